"""Mean, variance and output of a batch, in the order of operations that a framework has.

In exact numbers the orders agree; in float32 some of them do not (see `Convention.output`).
"""

from __future__ import annotations

import numpy as np

from bnlib.frameworks.conventions import Convention


def batch_statistics(z: np.ndarray, convention: Convention) -> tuple[np.ndarray, np.ndarray]:
    """z (n, m) -> mean and biased variance, each (n, 1), in z's type; NaN where m = 0."""
    m = z.shape[1]
    wide = np.float64 if convention.sums_in == "float64" else z.dtype
    mu = z.sum(axis=1, keepdims=True, dtype=wide) / as_array(m, wide)
    if convention.variance_in == "two passes":
        squares = (z - mu) ** 2
        var = squares.sum(axis=1, keepdims=True) / as_array(m, wide)
    else:
        var = (z * z).sum(axis=1, keepdims=True) / as_array(m, wide) - mu * mu
        if convention.variance_in == "one pass, at least 0":
            var = np.maximum(var, 0)
    return mu.astype(z.dtype, copy=False), var.astype(z.dtype, copy=False)


def as_array(m: int, dtype: np.dtype | type) -> np.ndarray:
    """m as an array, so that dividing by 0 examples gives NaN as a framework does, not an error."""
    return np.array(m, dtype)


def inverse_std(var: np.ndarray, eps: float, convention: Convention) -> np.ndarray:
    """1 / sqrt(var + eps), (n, 1), in var's type."""
    wide = np.float64 if convention.sums_in == "float64" else var.dtype
    inv_std = 1 / np.sqrt(var.astype(wide) + np.array(eps, wide))
    return inv_std.astype(var.dtype, copy=False)


def scale_and_shift(
    z: np.ndarray,
    mean: np.ndarray,
    inv_std: np.ndarray,
    gamma: np.ndarray,
    beta: np.ndarray,
    output: str,
) -> np.ndarray:
    """gamma * (z - mean) * inv_std + beta in the order that `output` names (`Convention.output`).

    Args:
        z: (n, m).
        mean, inv_std, gamma, beta: (n, 1), in z's type.

    Returns:
        (n, m), in z's type.
    """
    if output == "gamma * z_norm + beta":
        return gamma * ((z - mean) * inv_std) + beta
    a = gamma * inv_std
    b = beta - mean * a
    if output == "a * z + b":
        return z * a + b
    # The processor's fused multiply-add does not round z * a. A product of two float32 numbers is
    # exact in float64, so float32 can be imitated; for float64 this is the plain formula.
    return (z.astype(np.float64) * a + b).astype(z.dtype, copy=False)
