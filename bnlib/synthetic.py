"""Small made-up data sets, each from a generator that is passed in."""

from __future__ import annotations

import numpy as np


def flats(m: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Rents of `m` flats: features `x (2, m)` and the rent above or below what is usual `y (1, m)`.

    The rows of `x` are the floor area, in units of 10 square metres (mean 7, standard deviation 2),
    and the age, in decades (mean 3, standard deviation 1), independent of each other. The rent is
    3 a unit of area and -2 a decade, plus noise, in units of 100.
    """
    x = np.array([[7.0], [3.0]]) + np.array([[2.0], [1.0]]) * rng.standard_normal((2, m))
    y = np.array([[3.0, -2.0]]) @ x + rng.standard_normal((1, m))
    return x, y


def features_with_spreads(spreads: np.ndarray, m: int, rng: np.random.Generator) -> np.ndarray:
    """Independent normal features `(n, m)` of mean 0 and the given standard deviations `(n,)`."""
    return np.asarray(spreads)[:, np.newaxis] * rng.standard_normal((len(spreads), m))
