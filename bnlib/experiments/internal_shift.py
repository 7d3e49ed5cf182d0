"""How the inputs of hidden units move while a network trains, with and without batch norm.

After figure 1 of Ioffe and Szegedy 2015 (arXiv 1502.03167): a network of 3 x 100 sigmoid units,
batches of 60, and the 15th, 50th and 85th percentile of one unit of the last hidden layer. Theirs
read MNIST for 50,000 steps, ours the 8 x 8 digits for a few hundred.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bnlib.datasets import Digits
from bnlib.experiments.inside import activation_inputs
from bnlib.experiments.quiet import fit_quietly
from bnlib.network import Network
from bnlib.optimizers import SGD

SIZES = (64, 100, 100, 100, 10)
PERCENTILES = (15, 50, 85)
WATCHED_IMAGES = 200
UNIT = 0  # of the last hidden layer; chosen before looking


def distribution_shift(z_before: np.ndarray, z_after: np.ndarray) -> np.ndarray:
    """By how many of its old standard deviations each unit's mean has moved: (n, m) -> (n, 1)."""
    moved = z_after.mean(axis=1, keepdims=True) - z_before.mean(axis=1, keepdims=True)
    return np.abs(moved) / z_before.std(axis=1, keepdims=True)


@dataclass(frozen=True)
class ShiftRun:
    """One training, watched at `steps (p,)`.

    `percentiles (3, p)`: of the input of the sigmoid of one unit of the last hidden layer.
    `shift (3, p)`: a row a hidden layer, how far the mean of a unit's input has moved since the
    start, in standard deviations at the start; the median over the layer's units.
    `first_spread (3,)`: those standard deviations, again the median over the units.
    `accuracy`: at the end, on the test images.
    """

    steps: np.ndarray
    percentiles: np.ndarray
    shift: np.ndarray
    first_spread: np.ndarray
    accuracy: float


def internal_shift(
    digits: Digits,
    seed: int,
    *,
    batch_norm: bool,
    weight_scale: float | None = None,
    learning_rate: float = 1.0,
    epochs: int = 10,
    watch_every: int = 10,
) -> ShiftRun:
    """Train the 3 x 100 sigmoid network on the digits, and watch its sigmoids' inputs.

    These are of the first 200 training images as one batch.
    """
    rng = np.random.default_rng(seed)
    x = digits.x_train.astype(np.float32)
    net = Network(
        SIZES, batch_norm, "sigmoid", rng=rng, dtype=np.float32, weight_scale=weight_scale
    )
    watched = x[:, :WATCHED_IMAGES]
    start = activation_inputs(net, watched)
    steps, percentiles, shift = [], [], []

    def watch(net: Network, step: int) -> None:
        if step % watch_every:
            return
        now = activation_inputs(net, watched)
        steps.append(step)
        percentiles.append(np.percentile(now[-1][UNIT], PERCENTILES))
        shift.append([np.median(distribution_shift(a, b)) for a, b in zip(start, now)])

    watch(net, 0)
    fit_quietly(
        net, SGD(net, learning_rate), x, digits.y_train, epochs=epochs, rng=rng, callback=watch
    )
    return ShiftRun(
        np.array(steps),
        np.array(percentiles).T,
        np.array(shift).T,
        np.array([np.median(z.std(axis=1)) for z in start]),
        net.accuracy(digits.x_test, digits.y_test),
    )
