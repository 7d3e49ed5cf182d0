"""Three ways to compute a variance in float32, when the mean is large."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np


def running_mean_of(values: np.ndarray) -> np.ndarray:
    """The mean over the examples, `(n, 1)`, summed one example after another in `values`' dtype.

    So a simple loop adds. NumPy's own sum adds in blocks whose size depends on the processor: a
    little more accurate, and not the same digits everywhere.
    """
    total = np.zeros(values.shape[0], values.dtype)
    for column in values.T:
        total += column
    return (total / values.dtype.type(values.shape[1]))[:, np.newaxis]


def one_pass(z: np.ndarray) -> np.ndarray:
    """E[z^2] - mu^2: both sums in one reading of the data. `z (n, m)` -> `(n, 1)`."""
    return running_mean_of(z * z) - running_mean_of(z) ** 2


def two_passes(z: np.ndarray) -> np.ndarray:
    """First mu, then the mean of (z - mu)^2. `z (n, m)` -> `(n, 1)`."""
    return running_mean_of((z - running_mean_of(z)) ** 2)


def centred_twice(z: np.ndarray) -> np.ndarray:
    """Two passes that subtract the mean of z - mu as well: mu's own rounding. Used by `bnlib`."""
    centred = z - running_mean_of(z)
    return two_passes(centred)


METHODS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "one pass": one_pass,
    "two passes": two_passes,
    "centred twice": centred_twice,
}


@dataclass(frozen=True)
class Errors:
    """What rounding does to a variance, over means (columns), for many units of variance 1."""

    means: np.ndarray
    """(p,): the units' mean, in standard deviations."""
    error: dict[str, np.ndarray]
    """By method, (p,): the median over the units of the relative error."""
    negative: dict[str, np.ndarray]
    """By method, (p,): the share of units whose variance comes out below 0."""


def variance_errors(
    means: Sequence[float], rng: np.random.Generator, *, units: int = 200, m: int = 256
) -> Errors:
    """Compare the methods in float32 with float64 on the very same (rounded) numbers."""
    noise = rng.standard_normal((units, m))
    error = {name: np.empty(len(means)) for name in METHODS}
    negative = {name: np.empty(len(means)) for name in METHODS}
    for i, mean in enumerate(means):
        z = (mean + noise).astype(np.float32)
        exact = z.astype(np.float64).var(axis=1, keepdims=True)
        for name, method in METHODS.items():
            var = method(z)
            error[name][i] = np.median(np.abs(var - exact) / exact)
            negative[name][i] = np.mean(var < 0)
    return Errors(np.asarray(means, dtype=float), error, negative)
