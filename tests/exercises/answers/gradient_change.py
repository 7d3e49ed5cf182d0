"""Answers to `gradient_change`."""

import numpy as np
from legal import scale, signed

from answers import right, wrong


def anything(rng, dtype):
    """Gradients of several functions, at arrays of 1 to 3 dimensions."""
    shape = tuple(rng.integers(1, 4, rng.integers(1, 4)))
    weights, kind = signed(rng, *shape).astype(dtype), rng.integers(0, 3)

    def gradient_at(w):
        """a gradient that knows the shape of w"""
        if kind == 0:
            return weights * w
        return np.sin(weights * w) if kind == 1 else weights + w**3

    w = signed(rng, *shape).astype(dtype)
    return gradient_at, w, float(scale(rng) / 10)


@right
def with_a_norm(gradient_at, w, step):
    g = gradient_at(w)
    return np.linalg.norm(gradient_at(w - step * g) - g)


@right
def with_a_root(gradient_at, w, step):
    before = gradient_at(w)
    difference = before - gradient_at(w + -step * before)
    return float(np.sqrt((difference * difference).sum()))


@right
def with_loops(gradient_at, w, step):
    g = gradient_at(w)
    total = 0.0
    for change in (gradient_at(w - step * g) - g).ravel():
        total += float(change) ** 2
    return total**0.5


@wrong("changed-arguments")
def moves_w_itself(gradient_at, w, step):
    g = gradient_at(w)
    w -= step * g
    return np.linalg.norm(gradient_at(w) - g)


@wrong("steps-uphill+gives-the-squared-length")
def two_at_once(gradient_at, w, step):
    g = gradient_at(w)
    return np.sum((gradient_at(w + step * g) - g) ** 2)


@wrong("uses-the-spectral-norm")
def two_norm(gradient_at, w, step):
    g = gradient_at(w)
    return np.linalg.norm(gradient_at(w - step * g) - g, ord=2)


@wrong("raised-ValueError")
def for_matrices_only(gradient_at, w, step):
    g = gradient_at(w)
    return np.linalg.norm(gradient_at(w - step * g) - g, "fro")


@wrong("leaves-out-the-norm")
def the_difference_itself(gradient_at, w, step):
    g = gradient_at(w)
    return gradient_at(w - step * g) - g


@wrong("raised-TypeError", "raised-ValueError", None)
def calls_it_with_the_step(gradient_at, w, step):
    return np.linalg.norm(gradient_at(w, step) - gradient_at(w))
