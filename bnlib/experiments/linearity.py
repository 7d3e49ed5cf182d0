"""How much of an activation function is a straight line, over the values that reach it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np


class StraightLine(NamedTuple):
    """The line a = slope * z + level that comes closest to an activation, in mean square."""

    slope: float
    level: float
    share: float
    """The share of the variance of the activation that the line explains; 1: it is a line."""


def straight_line(
    activation: Callable[[np.ndarray], np.ndarray], spread: float = 1.0
) -> StraightLine:
    """The best line for z normal with mean 0 and standard deviation `spread`.

    Computed on a grid, not by drawing, so that it has no noise.
    """
    z = spread * np.linspace(-8, 8, 4001)
    weight = np.exp(-0.5 * (z / spread) ** 2)
    weight /= weight.sum()
    a = activation(z)
    level = weight @ a
    covariance = weight @ (z * (a - level))
    slope = covariance / (weight @ z**2)
    return StraightLine(
        float(slope), float(level), float(slope * covariance / (weight @ (a - level) ** 2))
    )
