"""The numerical gradient, against which every backward pass of the course is held."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bnlib import validation


def numerical_gradient(
    f: Callable[[np.ndarray], float], x: np.ndarray, h: float = 1e-5
) -> np.ndarray:
    """The gradient of the scalar function `f` at `x`, by central differences.

        df/dx_i = (f(x + h e_i) - f(x - h e_i)) / (2 h), with an error of the order of h^2

    Args:
        f: takes an array of `x`'s shape, returns a number.
        x: where; not changed.
        h: the step, above 0.

    Returns:
        An array of `x`'s shape, float64: in float32 the difference drowns in rounding.
    """
    h = validation.positive("numerical_gradient", "h", h)
    point = np.array(x, dtype=np.float64)
    gradient = np.empty_like(point)
    for i in np.ndindex(point.shape):
        here = point[i]
        point[i] = here + h
        above = f(point)
        point[i] = here - h
        gradient[i] = (above - f(point)) / (2 * h)
        point[i] = here
    return gradient
