"""Softmax, its logarithm, hardmax, and the cross-entropy cost computed from logits.

The classes are axis 0: `Z (C, m)` holds a column of logits an example.
Source: Ng, Deep Learning Specialization, course 2, week 3; Goodfellow, Bengio and Courville 2016,
equation 6.29, and section 4.1 for the shift that keeps exp from overflowing.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from bnlib import validation

_TOLD_IN_WORDS = np.errstate(over="ignore", invalid="ignore")


def _logits(where: str, z: Any) -> tuple[np.ndarray, np.ndarray]:
    """`z` as floats, and each example's largest logit with the axis kept."""
    z = _floats(where, z)
    largest = z.max(axis=0, keepdims=True)
    # The maximum is NaN or infinite exactly where softmax has no value: at a NaN, at a logit of
    # +infinity, and where every logit is -infinity. A single -infinity is probability 0.
    validation.finite(where, "the largest logit of each column of z", largest)
    return z, largest


def _floats(where: str, z: Any) -> np.ndarray:
    z = validation.float_array(where, "z", z)
    if z.ndim not in (1, 2) or z.size == 0:
        raise ValueError(
            f"{where}: z has shape {z.shape}, expected (C, m): one row a class, one "
            "column an example"
        )
    return z


def _wide(z: np.ndarray) -> np.dtype:
    """The type in which classes are summed: float16 ends at 65,504, which many classes pass."""
    return np.result_type(z.dtype, np.float32)


@_TOLD_IN_WORDS
def softmax(z: Any) -> np.ndarray:
    """Each column's probabilities: p_i = exp(z_i) / sum over j of exp(z_j).

    Args:
        z: (C, m) logits, one row a class, one column an example; or (C,), one example.

    Returns:
        The probabilities, in `z`'s shape and dtype; right for logits of any size.

    Raises:
        ValueError: an empty array, a wrong shape, NaN, +infinity, a column of -infinity alone.
        TypeError: `z` is not numeric.
    """
    z, largest = _logits("softmax", z)
    p = z - largest  # changes nothing in the quotient, and no exponent is above 0
    np.exp(p, out=p)
    p /= p.sum(axis=0, keepdims=True, dtype=_wide(p))
    return p


@_TOLD_IN_WORDS
def log_softmax(z: Any) -> np.ndarray:
    """The logarithm of softmax, without forming the probabilities: z_i - log sum_j exp(z_j).

    Arguments, shapes and errors as in `softmax`. Finite where the probability itself rounds to 0.
    """
    z, largest = _logits("log_softmax", z)
    shifted = z - largest
    shifted -= np.log(np.exp(shifted).sum(axis=0, keepdims=True, dtype=_wide(shifted)))
    return shifted


def hardmax(z: Any) -> np.ndarray:
    """1 at each column's largest entry, the first of equals, and 0 elsewhere.

    Arguments, shapes, dtype and errors as in `softmax`.
    """
    z, _ = _logits("hardmax", z)
    h = np.zeros_like(z)
    np.put_along_axis(h, np.expand_dims(z.argmax(axis=0), 0), 1, axis=0)
    return h


@_TOLD_IN_WORDS
def softmax_cross_entropy(z: Any, y: Any) -> tuple[float, np.ndarray]:
    """The cost J, the mean of -sum_i y_i log softmax(z)_i over the batch, and its gradient.

        dJ/dz = (softmax(z) - y) / m

    Args:
        z: (C, m) logits.
        y: (m,) integer labels of 0 ... C - 1; or (C, m), one column of probabilities an example
            (one-hot or soft), each of which sums to 1.

    Returns:
        The cost, a float, and its gradient `dz (C, m)` in `z`'s dtype.

    Raises:
        ValueError: a wrong shape, an empty batch, a label out of range, a column of `y` that is
            not a distribution; logits that are not finite, but for -infinity where `y` holds other
            labels.
        TypeError: `z` is not numeric; 1-D labels that are not integers.
    """
    where = "softmax_cross_entropy"
    z = _floats(where, z)
    if z.ndim != 2:
        raise ValueError(f"{where}: z has shape {z.shape}, expected (C, m)")
    return softmax_cross_entropy_unchecked(z, targets(where, y, z))


def targets(where: str, y: Any, z: np.ndarray) -> np.ndarray:
    """`y` as what logits `z (C, m)` can be held against: integer labels (m,), or columns (C, m)."""
    if np.ndim(y) == 2:
        return _distributions(where, y, z)
    return validation.labels(where, y, *z.shape)


def softmax_cross_entropy_unchecked(z: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    """`softmax_cross_entropy` of logits that a network computed, and of checked `targets`.

    What comes of them is still asked: a network that diverges is told so.
    """
    where = "softmax_cross_entropy"
    cost, dz = _against_distributions(z, y) if y.ndim == 2 else _against_labels(z, y)
    if not math.isfinite(cost):
        validation.finite(where, "z", z)
        raise validation.NonFiniteError(f"{where}: the cost is beyond the range of {z.dtype}")
    return cost, dz


def _against_labels(z: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    m = z.shape[1]
    at_label = y, np.arange(m)  # indexing with labels: a one-hot product costs C times as much
    p = z - z.max(axis=0)
    loss = -p[at_label].astype(_wide(p))
    np.exp(p, out=p)
    total = p.sum(axis=0, dtype=_wide(p))
    loss += np.log(total)
    p *= 1 / m / total  # a division a column, not an entry: a sixth less time where C is large
    p[at_label] -= 1 / m
    return float(loss.sum(dtype=np.float64)) / m, p


def _against_distributions(z: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    m = z.shape[1]
    p = z - z.max(axis=0)
    loss = -np.einsum("ij,ij->j", y, p, dtype=_wide(p), casting="same_kind")
    np.exp(p, out=p)
    total = p.sum(axis=0, dtype=_wide(p))
    loss += np.log(total)
    p *= 1 / total
    p -= y
    p *= 1 / m
    return float(loss.sum(dtype=np.float64)) / m, p


def _distributions(where: str, y: Any, z: np.ndarray) -> np.ndarray:
    y = validation.same_shape(where, "y", y, z, "z")
    sums = y.sum(axis=0, dtype=np.float64)
    tolerance = 1e-6 + (100 + np.sqrt(len(y))) * np.finfo(y.dtype).eps  # each entry is rounded
    # Written so that NaN fails too.
    if not (np.abs(sums - 1) <= tolerance).all() or y.min() < 0:
        raise ValueError(
            f"{where}: each column of y must hold probabilities that sum to 1; the sums go from "
            f"{sums.min()} to {sums.max()}, the smallest entry is {y.min()}"
        )
    return y
