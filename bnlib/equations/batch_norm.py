"""Batch norm: forward with a batch's statistics, backward, and forward with given statistics.

Source: Ioffe and Szegedy 2015 (arXiv 1502.03167), algorithm 1, the derivatives of section 3, and
algorithm 2 for inference; the notation is that of the lecture (Ng, course 2, week 3).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from bnlib import validation
from bnlib.equations.blocks import by_rows, is_small

_vecdot = getattr(np, "vecdot", None)  # not in NumPy 1.26

_Into: TypeAlias = Sequence[np.ndarray | None]
"""Where the large results of an equation go: arrays, or None for new ones."""


class BatchNormCache(NamedTuple):
    """What the backward pass needs, and the batch's statistics."""

    centred: np.ndarray
    """(n, m): z - mu."""
    gamma: np.ndarray
    """(n, 1): the scale that was applied; not a copy, so do not change it before going back."""
    inv_std: np.ndarray
    """(n, 1): 1 / sqrt(var + eps)."""
    mu: np.ndarray
    """(n, 1): the batch's mean."""
    var: np.ndarray
    """(n, 1): the batch's biased variance."""

    @property
    def z_norm(self) -> np.ndarray:
        """(n, m): the normalized batch, (z - mu) / sqrt(var + eps)."""
        return self.centred * self.inv_std


@lru_cache(maxsize=8)
def _ones_and_average(m: int, dtype: np.dtype) -> tuple[np.ndarray, np.ndarray]:
    """(m, 1) of 1 and of 1 / m: `z @` these are the sum and the mean of every row.

    As a matrix product, a mean takes a quarter of the time of `z.mean(axis=1, keepdims=True)`.
    """
    ones = np.ones((m, 1), dtype)
    average = ones / float(m)
    ones.flags.writeable = average.flags.writeable = False
    return ones, average


def _row_dot(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    # sum(a * b) along each row, without the product array: in two thirds of the time, and with
    # NumPy 2's vecdot in a third to a half.
    row_dot = _vecdot(a, b) if _vecdot else np.einsum("ij,ij->i", a, b)
    return row_dot[:, np.newaxis]


_TOLD_IN_WORDS = np.errstate(divide="ignore", invalid="ignore", over="ignore")


@_TOLD_IN_WORDS
def batch_norm(
    z: Any, gamma: Any, beta: Any, eps: float = 1e-5
) -> tuple[np.ndarray, BatchNormCache]:
    """Normalize each unit over the batch, then scale and shift it (training time).

        mu      = mean of z over the examples
        var     = mean of (z - mu)^2
        z_norm  = (z - mu) / sqrt(var + eps)
        z_tilde = gamma * z_norm + beta

    Args:
        z: (n, m), one row a unit, one column an example; float32 or float64.
        gamma: (n, 1), the scale: each unit's new standard deviation, but for eps and for its sign.
        beta: (n, 1), the shift: each unit's new mean.
        eps: added to the variance, under the root; at least 0.

    Returns:
        `z_tilde (n, m)` in `z`'s dtype, and the cache for `batch_norm_backward`.
        A batch of one gives `beta`, whatever `z` is. So does a unit that is constant over the
        batch, for eps > 0.

    Raises:
        ValueError: a wrong shape, an empty batch, a value that is not finite, a variance beyond the
            dtype's range, a variance of 0 with eps = 0.
        TypeError: `z` is not numeric, or float16.

    Source: Ioffe and Szegedy 2015, algorithm 1.
    """
    z = validation.batch("batch_norm", "z", z)
    gamma = validation.column("batch_norm", "gamma", gamma, z)
    beta = validation.column("batch_norm", "beta", beta, z)
    eps = validation.positive("batch_norm", "eps", eps, zero_allowed=True)
    return batch_norm_unchecked(z, gamma, beta, eps)


def batch_norm_unchecked(
    z: np.ndarray, gamma: np.ndarray, beta: np.ndarray, eps: float
) -> tuple[np.ndarray, BatchNormCache]:
    """`batch_norm` of arrays that need no check, such as those that a network computes itself.

    What comes of them is still asked: a network that diverges is told so.
    """
    if is_small(z):
        results = _forward(z, gamma, beta, eps)
    else:
        results = by_rows(partial(_forward, eps=eps), z, gamma, beta, outputs=2)
    z_tilde, centred, inv_std, mu, var = results
    if not (_all_finite(var, inv_std) and _all_finite(gamma * inv_std, beta)):
        _explain(z, gamma, beta, eps, var)
    return z_tilde, BatchNormCache(centred, gamma, inv_std, mu, var)


def _forward(
    z: np.ndarray, gamma: np.ndarray, beta: np.ndarray, eps: float, out: _Into = (None, None)
) -> tuple[np.ndarray, ...]:
    """The four equations. `out` is where z_tilde and z - mu go."""
    ones, average = _ones_and_average(z.shape[1], z.dtype)
    m = float(z.shape[1])  # as an integer beyond 65,535 it would make NumPy 1.26 go to float64
    mu = z @ average
    centred = np.subtract(z, mu, out=out[1])
    # In float32 a large mean is rounded; what that leaves behind is the mean of z - mu. Centring a
    # second time takes it out: at mean 1e4, an output error of 6e-7 in place of 3e-3.
    rest = centred @ ones / m
    centred -= rest
    mu += rest
    var = _row_dot(centred, centred) / m
    inv_std = 1 / np.sqrt(var + eps)
    # z_norm = centred * inv_std; z_tilde = gamma * z_norm + beta. Columns are multiplied first, so
    # that z_norm need not be formed: one pass over z less.
    z_tilde = np.multiply(centred, gamma * inv_std, out=out[0])
    z_tilde += beta
    return z_tilde, centred, inv_std, mu, var


def _all_finite(a: np.ndarray, b: np.ndarray) -> bool:
    # NaN or infinity anywhere in an array of (n, m) reaches its row's sums, so columns tell all;
    # and so does the product of two. That may also overflow by itself: whoever asks looks again.
    return math.isfinite(a[:, 0].dot(b[:, 0]))


def _explain(
    z: np.ndarray, gamma: np.ndarray, beta: np.ndarray, eps: float, var: np.ndarray
) -> None:
    """Say where an argument is not finite, or what is beyond the dtype's range."""
    for name, array in (("z", z), ("gamma", gamma), ("beta", beta)):
        validation.finite("batch_norm", name, array)
    if not np.isfinite(var).all():
        raise validation.NonFiniteError(
            f"batch_norm: the variance of z is beyond the range of {z.dtype}; scale z down"
        )
    if (still := np.flatnonzero(var + eps == 0)).size:
        raise ValueError(
            f"batch_norm: the variance of unit {still[0]} is 0 in {z.dtype}, as it is constant "
            f"over the batch or nearly, and eps is {eps:g}; expected a larger eps"
        )
    if not np.isfinite(gamma / np.sqrt(var + eps)).all():
        raise validation.NonFiniteError(
            f"batch_norm: gamma / sqrt(var + eps) is beyond the range of {z.dtype}"
        )


def _explain_gradients(dz_tilde: np.ndarray, dgamma: np.ndarray, dbeta: np.ndarray) -> None:
    """Say where dz_tilde is not finite, or that its sums are not."""
    validation.finite("batch_norm_backward", "dz_tilde", dz_tilde)
    if not (np.isfinite(dbeta).all() and np.isfinite(dgamma).all()):
        raise validation.NonFiniteError(
            "batch_norm_backward: the sum of dz_tilde or of dz_tilde * (z - mu) is beyond the "
            f"range of {dz_tilde.dtype}"
        )


@_TOLD_IN_WORDS
def batch_norm_backward(
    dz_tilde: Any, cache: BatchNormCache
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The gradients of the cost through `batch_norm`, in closed form.

        dgamma = sum of dz_tilde * z_norm over the examples
        dbeta  = sum of dz_tilde
        dz     = gamma / sqrt(var + eps) * (dz_tilde - dbeta / m - z_norm * dgamma / m)

    Args:
        dz_tilde: (n, m), the gradient with respect to `z_tilde`.
        cache: the second result of `batch_norm`.

    Returns:
        `dz (n, m)`, `dgamma (n, 1)`, `dbeta (n, 1)`, in the dtype of the forward pass.

    Raises:
        ValueError: `dz_tilde` has another shape than the batch, or is not finite.

    Source: Ioffe and Szegedy 2015, section 3, whose six derivatives these are, gathered.
    """
    dz_tilde = validation.same_shape(
        "batch_norm_backward", "dz_tilde", dz_tilde, cache.centred, "z"
    )
    return batch_norm_backward_unchecked(dz_tilde, cache)


def batch_norm_backward_unchecked(
    dz_tilde: np.ndarray, cache: BatchNormCache
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """`batch_norm_backward` for a gradient that needs no check: see `batch_norm_unchecked`."""
    centred, gamma, inv_std, _, _ = cache
    if is_small(centred):
        dz, dgamma, dbeta = _backward(dz_tilde, centred, gamma, inv_std)
    else:
        dz, dgamma, dbeta = by_rows(_backward, dz_tilde, centred, gamma, inv_std, outputs=1)
    if not _all_finite(dgamma, dbeta):
        _explain_gradients(dz_tilde, dgamma, dbeta)
    return dz, dgamma, dbeta


def _backward(
    dz_tilde: np.ndarray,
    centred: np.ndarray,
    gamma: np.ndarray,
    inv_std: np.ndarray,
    out: _Into = (None,),
) -> tuple[np.ndarray, ...]:
    """The three derivatives. `out` is where dz goes."""
    ones, _ = _ones_and_average(dz_tilde.shape[1], dz_tilde.dtype)
    m = float(dz_tilde.shape[1])
    dbeta = dz_tilde @ ones
    dgamma = _row_dot(dz_tilde, centred) * inv_std
    # dz, from its innermost term out, in one array: a new one for each term costs twice the time.
    dz = np.multiply(centred, inv_std * dgamma / -m, out=out[0])  # -z_norm * dgamma / m
    dz += dz_tilde
    dz -= dbeta / m
    dz *= gamma * inv_std
    return dz, dgamma, dbeta


@_TOLD_IN_WORDS
def batch_norm_inference(
    z: Any, gamma: Any, beta: Any, mean: Any, var: Any, eps: float = 1e-5
) -> np.ndarray:
    """Batch norm with given statistics (test time): one fixed affine map a unit.

        z_tilde = gamma * (z - mean) / sqrt(var + eps) + beta

    Args:
        z: (n, m), any number of examples, each treated alone.
        gamma, beta: (n, 1).
        mean, var: (n, 1), the statistics to use, such as running averages; var at least 0.
        eps: added to the variance, under the root.

    Returns:
        `z_tilde (n, m)` in `z`'s dtype.

    Raises:
        ValueError: a wrong shape, an empty batch, a negative variance, a value that is not finite.
        TypeError: `z` is not numeric, or float16.

    Source: Ioffe and Szegedy 2015, algorithm 2, line 11.
    """
    where = "batch_norm_inference"
    z = validation.batch(where, "z", z)
    gamma = validation.column(where, "gamma", gamma, z)
    beta = validation.column(where, "beta", beta, z)
    mean = validation.column(where, "mean", mean, z)
    var = validation.column(where, "var", var, z)
    eps = validation.positive(where, "eps", eps, zero_allowed=True)
    # Written so that NaN fails too.
    if not (var >= 0).all():
        raise ValueError(f"{where}: var holds {var.min()}, expected numbers of at least 0")
    if not (var + eps).all():
        raise ValueError(
            f"{where}: var holds 0 and eps is {eps:g}, expected numbers above 0 or a larger eps"
        )
    z_tilde = z - mean  # first, so that a large mean cancels before anything is rounded
    z_tilde *= gamma / np.sqrt(var + eps)
    z_tilde += beta
    if not np.isfinite(z_tilde.sum() + var.sum()):  # divided by an infinite var, z leaves no trace
        given = {"z": z, "gamma": gamma, "beta": beta, "mean": mean, "var": var}
        for name, array in (given | {"z_tilde": z_tilde}).items():
            validation.finite(where, name, array)
    return z_tilde
