"""Noisy batch norm: shifts put back on purpose, right after batch norm has taken them out.

After section 2.1 of Santurkar et al. 2018 (arXiv 1805.11604): after every batch norm, each unit is
moved and stretched by random amounts that are drawn anew at every step, and a little more for each
example. Accuracy is measured without the noise, and with statistics recomputed without it.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass

import numpy as np

from bnlib.datasets import Digits
from bnlib.experiments.inside import activation_inputs, insert_after, use_exact_statistics
from bnlib.experiments.internal_shift import distribution_shift
from bnlib.experiments.quiet import fit_quietly
from bnlib.layers import BatchNorm
from bnlib.network import Network
from bnlib.optimizers import SGD

SIZES = (64, 50, 50, 50, 10)
EACH_EXAMPLE = 0.1
WATCHED_IMAGES = 200


class Jitter:
    """Moves and stretches every unit at random, anew at every step: z_tilde -> s z_tilde + t.

    Args:
        mean: t of a unit is uniform from -mean to mean.
        stretch: s of a unit is uniform from 1 to stretch.
        rng: the source of the noise.

    Each example's s and t differ from the unit's by about `EACH_EXAMPLE`. At test time it does
    nothing.
    """

    PARAMETERS: tuple[str, ...] = ()

    def __init__(self, mean: float, stretch: float, rng: np.random.Generator) -> None:
        self.mean, self.stretch, self._rng = mean, stretch, rng

    def forward(self, z: np.ndarray, training: bool = True) -> np.ndarray:
        """(n, m) -> (n, m)."""
        if not training:
            return z
        n = len(z)
        own = self._rng.standard_normal((2, *z.shape), dtype=z.dtype)
        own *= EACH_EXAMPLE
        own[0] += self._rng.uniform(1, self.stretch, (n, 1))
        own[1] += self._rng.uniform(-self.mean, self.mean, (n, 1))
        self._s = own[0]
        return self._s * z + own[1]

    def backward(self, dz: np.ndarray) -> np.ndarray:
        """dz (n, m) -> (n, m)."""
        return dz * self._s


@dataclass(frozen=True)
class NoisyRun:
    """One training, measured at `steps (p,)`.

    `accuracy (p,)`: on the test images, without noise.
    `shift_since_start`, `shift_in_one_step (p,)`: how far the mean of an activation's input has
    moved, in its old standard deviations: the median over all hidden units.
    """

    steps: np.ndarray
    accuracy: np.ndarray
    shift_since_start: np.ndarray
    shift_in_one_step: np.ndarray


def noisy_norm(
    digits: Digits,
    seed: int,
    *,
    batch_norm: bool = True,
    mean: float = 0.0,
    stretch: float = 1.0,
    weight_scale: float | None = None,
    learning_rate: float = 0.3,
    epochs: int = 5,
    measure_every: int = 22,
) -> NoisyRun:
    """Train a sigmoid network on the digits; with `mean` above 0, noise follows its batch norm."""
    rng = np.random.default_rng(seed)
    x = digits.x_train.astype(np.float32)
    watched = x[:, :WATCHED_IMAGES]
    net = Network(
        SIZES, batch_norm, "sigmoid", rng=rng, dtype=np.float32, weight_scale=weight_scale
    )
    if mean > 0:
        noise = np.random.default_rng([seed, 1])
        insert_after(net, BatchNorm, lambda: Jitter(mean, stretch, noise))
    inputs = {"start": activation_inputs(net, watched)}
    steps, accuracy, since_start, one_step = [], [], [], []

    def measure(net: Network, step: int) -> None:
        if step % measure_every == measure_every - 1:
            inputs["before"] = activation_inputs(net, watched)
        elif step % measure_every == 0:
            now = activation_inputs(net, watched)
            steps.append(step)
            since_start.append(_median_shift(inputs["start"], now))
            one_step.append(_median_shift(inputs["before"], now))
            tested = copy.deepcopy(net)
            use_exact_statistics(tested, x)
            accuracy.append(tested.accuracy(digits.x_test, digits.y_test))

    fit_quietly(
        net, SGD(net, learning_rate), x, digits.y_train, epochs=epochs, rng=rng, callback=measure
    )
    return NoisyRun(*map(np.array, (steps, accuracy, since_start, one_step)))


def _median_shift(before: list[np.ndarray], after: list[np.ndarray]) -> float:
    return float(np.median([distribution_shift(a, b) for a, b in zip(before, after)]))
