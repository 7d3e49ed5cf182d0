"""Softmax with two classes beside logistic regression, trained step by step on the same points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bnlib.activations import sigmoid
from bnlib.equations.softmax import softmax, softmax_cross_entropy
from bnlib.experiments.decision_boundaries import blobs


@dataclass(frozen=True)
class TwoWays:
    """The probability of class 1 for each point, (m,), by either way; and the weights."""

    softmax: np.ndarray
    logistic: np.ndarray
    softmax_weights: np.ndarray
    """(2, n): one row a class."""
    logistic_weights: np.ndarray
    """(1, n)."""


def train_both(
    rng: np.random.Generator, *, steps: int = 200, rate: float = 0.1, m: int = 100
) -> TwoWays:
    """Gradient descent from 0, softmax at `rate` and logistic regression at twice that.

    Twice, because a step moves softmax's two rows apart from both sides.
    """
    x, y = blobs(2, m, rng, spread=1.5)
    x = np.vstack([x, np.ones(y.size)])  # the bias as a weight
    two, one = np.zeros((2, 3)), np.zeros((1, 3))
    for _ in range(steps):
        _, dz = softmax_cross_entropy(two @ x, y)
        two = two - rate * dz @ x.T
        dz = (sigmoid(one @ x) - y) / y.size
        one = one - 2 * rate * dz @ x.T
    return TwoWays(softmax(two @ x)[1], sigmoid(one @ x)[0], two, one)
