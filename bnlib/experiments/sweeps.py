"""Final accuracy over decades of learning rate and of weight scale, and from a good start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from bnlib.activations import ActivationName
from bnlib.datasets import Digits
from bnlib.experiments.quiet import fit_quietly
from bnlib.network import Network
from bnlib.optimizers import SGD, Adam

RELU_SIZES = (64, 50, 50, 10)
SIGMOID_SIZES = (64, 50, 50, 50, 10)
STEPS_AN_EPOCH = 22
CHANCE = 0.1


def accuracies(
    digits: Digits,
    seed: int,
    moments: tuple[int, ...],
    *,
    batch_norm: bool,
    activation: ActivationName = "relu",
    learning_rate: float,
    weight_scale: float | None = None,
    standardize: bool = False,
    adam: bool = False,
) -> np.ndarray:
    """Train a small network on the digits: test accuracy after so many steps, `(moments,)`.

    Where training has diverged it is that of chance.

    Args:
        moments: steps of batches of 60, 22 an epoch; the last is a whole number of epochs.
        weight_scale: the standard deviation of the initial weights; None for the default start.
        standardize: whether each pixel is given mean 0 and standard deviation 1 first.
        adam: Adam in place of plain gradient descent.
    """
    rng = np.random.default_rng(seed)
    x, x_test = digits.x_train, digits.x_test
    if standardize:
        # A hundredth keeps the pixels of the rim, which are always white, from dividing by 0
        mean, std = x.mean(axis=1, keepdims=True), x.std(axis=1, keepdims=True) + 0.01
        x, x_test = (x - mean) / std, (x_test - mean) / std
    sizes = RELU_SIZES if activation == "relu" else SIGMOID_SIZES
    net = Network(
        sizes, batch_norm, activation, rng=rng, dtype=np.float32, weight_scale=weight_scale
    )
    found = np.full(len(moments), CHANCE)

    def measure(net: Network, step: int) -> None:
        if step in moments:
            found[moments.index(step)] = net.accuracy(x_test, digits.y_test)

    optimizer, epochs = (Adam if adam else SGD)(net, learning_rate), max(moments) // STEPS_AN_EPOCH
    fit_quietly(net, optimizer, x, digits.y_train, epochs=epochs, rng=rng, callback=measure)
    return found


WORKS = 0.8  # the test accuracy from which a setting counts as working


def reached(values: Sequence[float], moments: Sequence[int], runs: np.ndarray) -> str:
    """A table: how many seeds reach `WORKS`, by value and by steps; runs (seeds, norm, p, q)."""
    lines = [f"{'seeds of ' + str(len(runs)):24}" + "".join(f"{value:>8g}" for value in values)]
    for k, name in enumerate(("with batch norm", "without")):
        for j, steps in enumerate(moments):
            counts = (runs[:, k, :, j] >= WORKS).sum(axis=0)
            lines.append(f"{name:15}{steps:4} steps" + "".join(f"{c:8}" for c in counts))
    return "\n".join(lines)


GOOD_SCALE = 0.55
STARTS: dict[str, dict[str, Any]] = {
    "default start": {"learning_rate": 3.0},
    "standardized pixels": {"learning_rate": 1.0, "standardize": True},
    "larger weights": {"learning_rate": 1.0, "weight_scale": GOOD_SCALE},
    "Adam": {"learning_rate": 0.03, "adam": True},
    "all three": {
        "learning_rate": 0.03, "adam": True, "standardize": True, "weight_scale": GOOD_SCALE,
    },
    "batch norm": {"learning_rate": 1.0, "batch_norm": True},
}  # fmt: skip
"""Ways to start the sigmoid network, all but the last without batch norm, each at the best of the
learning rates 0.1, 0.3, 1, 3 and 10 (Adam: 0.003, 0.01, 0.03 and 0.1) on seeds 100 to 103, by the
mean accuracy after 154 steps: each best lies inside its list."""


def start(digits: Digits, seed: int, name: str, moments: tuple[int, ...]) -> np.ndarray:
    """`accuracies` of the sigmoid network, started in one of the ways of `STARTS`."""
    settings = {"batch_norm": False, **STARTS[name]}
    return accuracies(digits, seed, moments, activation="sigmoid", **settings)
