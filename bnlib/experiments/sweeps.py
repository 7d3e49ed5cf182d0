"""Final accuracy over decades of learning rate and of weight scale, and from a good start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from bnlib.datasets import Digits
from bnlib.network import Network
from bnlib.optimizers import SGD, Adam
from bnlib.training import fit

RELU_SIZES = (64, 50, 50, 10)
SIGMOID_SIZES = (64, 50, 50, 50, 10)
EPOCHS = 5


def final_accuracy(
    digits: Digits,
    seed: int,
    *,
    batch_norm: bool,
    activation: str = "relu",
    learning_rate: float,
    weight_scale: float | None = None,
    standardize: bool = False,
    adam: bool = False,
    epochs: int = EPOCHS,
) -> float:
    """Train a small network on the digits; accuracy on the test images, NaN if it diverged.

    Args:
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
    optimizer = (Adam if adam else SGD)(net, learning_rate)
    history = fit(
        net, optimizer, x, digits.y_train, batch_size=60, epochs=epochs, rng=rng, progress=False
    )
    return np.nan if history.diverged else net.accuracy(x_test, digits.y_test)


@dataclass(frozen=True)
class Sweep:
    """Test accuracies (seeds, p) at each of `values (p,)`; that of chance where it diverged."""

    values: np.ndarray
    accuracy: np.ndarray

    def working(self, accuracy: float = 0.9) -> np.ndarray:
        """The values at which the median of the seeds reaches `accuracy`."""
        return self.values[np.median(self.accuracy, axis=0) >= accuracy]


CHANCE = 0.1


def sweep(digits: Digits, name: str, values: tuple[float, ...], seeds: range, **settings) -> Sweep:
    """`final_accuracy` with the setting `name` at each of `values`, the others fixed."""
    runs = [
        [final_accuracy(digits, seed, **{**settings, name: value}) for value in values]
        for seed in seeds
    ]
    return Sweep(np.array(values), np.nan_to_num(np.array(runs), nan=CHANCE))


GOOD_SCALE = 0.55
STARTS: dict[str, dict[str, Any]] = {
    "default start": {"learning_rate": 3.0},
    "standardized pixels": {"learning_rate": 1.0, "standardize": True},
    "larger weights": {"learning_rate": 1.0, "weight_scale": GOOD_SCALE},
    "Adam": {"learning_rate": 0.03, "adam": True},
    "all three": {
        "learning_rate": 0.03, "adam": True, "standardize": True, "weight_scale": GOOD_SCALE,
    },
}  # fmt: skip
"""Ways to start the plain sigmoid network, each at the best of the learning rates 0.1, 0.3, 1 and 3
(Adam: 0.003, 0.01 and 0.03) on seeds 100 to 103; batch norm's best is 1."""


def good_starts(digits: Digits, seeds: range) -> dict[str, np.ndarray]:
    """What a good start alone achieves: accuracies (seeds,) of the sigmoid network by start.

    The last entry is batch norm, from the default start.
    """
    ways = {name: {"batch_norm": False, **settings} for name, settings in STARTS.items()}
    ways["batch norm"] = {"batch_norm": True, "learning_rate": 1.0}
    return {
        name: np.array(
            [final_accuracy(digits, s, activation="sigmoid", epochs=7, **settings) for s in seeds]
        )
        for name, settings in ways.items()
    }
