"""Training with y_hat (1 - y_hat) taken for the derivative of softmax.

The chain rule through the whole Jacobian J = diag(p) - p p^T gives, for one example's loss,

    J^T (-y / p) = p - y,

and through its diagonal alone -y (1 - p): right for the true class, and 0 for every other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bnlib.datasets import load_digits
from bnlib.equations.softmax import softmax_cross_entropy
from bnlib.network import Network
from bnlib.optimizers import SGD
from bnlib.training import minibatches

EPOCHS = 9
RATE = 0.5
BATCH_SIZE = 60


def diagonal_only(dz: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The gradient `dz (C, m)` of the cost, as the diagonal alone would give it; labels y (m,)."""
    return np.where(np.arange(len(dz))[:, np.newaxis] == y, dz, 0)


@dataclass(frozen=True)
class Training:
    """Test accuracy after each epoch, and the largest logit in the end.

    `accuracy (seeds, epochs)`, `largest_logit (seeds,)`, on the test images.
    """

    accuracy: np.ndarray
    largest_logit: np.ndarray


def train(layer_sizes: Sequence[int], *, diagonal: bool, seeds: Sequence[int]) -> Training:
    """Train on the digits with the whole gradient, or with the diagonal's part of it."""
    digits = load_digits()
    accuracies: list[list[float]] = []
    largest: list[list[float]] = []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        net = Network(layer_sizes, activation="relu", rng=rng)
        optimizer = SGD(net, RATE)
        accuracies.append([])
        for _ in range(EPOCHS):
            for x, y in minibatches(digits.x_train, digits.y_train, BATCH_SIZE, rng):
                _, dz = softmax_cross_entropy(net.forward(x, training=True), y)
                net.backward(diagonal_only(dz, y) if diagonal else dz)
                optimizer.step()
            accuracies[-1].append(net.accuracy(digits.x_test, digits.y_test))
        largest.append(np.abs(net.forward(digits.x_test)).max())
    return Training(np.array(accuracies), np.array(largest))
