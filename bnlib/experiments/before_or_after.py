"""Batch norm before the activation (on z) or after it (on a): two nets, paired seed by seed.

Every seed splits the 1,797 digits anew. On one fixed split the same images decide every run, and a
difference of two images, seen ten times, looks like a finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bnlib.activations import ActivationName
from bnlib.datasets import load_digits, split_anew
from bnlib.network import Network, NormPosition
from bnlib.optimizers import SGD
from bnlib.training import fit

SEEDS = tuple(range(10))
RATE = 0.3
"""For both positions and activations; not tuned for each."""
EPOCHS = 8


@dataclass(frozen=True)
class Pairs:
    """Accuracy on held-out images, one entry a seed: the same split, weights and shuffling."""

    activation: ActivationName
    before: np.ndarray
    after: np.ndarray

    @property
    def difference(self) -> np.ndarray:
        """(seeds,): after minus before, in percentage points."""
        return 100 * (self.after - self.before)

    @property
    def mean(self) -> float:
        """The mean difference, in percentage points."""
        return float(self.difference.mean())

    @property
    def standard_error(self) -> float:
        """Of the mean difference: its standard deviation, were all seeds drawn again."""
        return float(self.difference.std(ddof=1) / np.sqrt(self.difference.size))

    def __str__(self) -> str:
        mean = round(self.mean, 1) + 0.0  # no -0.0
        return f"{mean:+.1f} ± {self.standard_error:.1f}"


def accuracies(
    norm_position: NormPosition,
    activation: ActivationName,
    seed: int,
    epochs: Sequence[int] = (EPOCHS,),
    *,
    rate: float = RATE,
) -> list[float]:
    """Accuracy on the held-out images of one net, after each of these numbers of epochs."""
    rng = np.random.default_rng(seed)
    digits = split_anew(load_digits(), rng)
    sizes = [64, 100, 100, 100, 10]
    net = Network(sizes, activation=activation, norm_position=norm_position, rng=rng)
    optimizer, found = SGD(net, rate), []
    for more in np.diff([0, *epochs]):
        x, y = digits.x_train, digits.y_train
        fit(net, optimizer, x, y, batch_size=60, epochs=int(more), rng=rng)
        found.append(net.accuracy(digits.x_test, digits.y_test))
    return found


def compare(activation: ActivationName, seeds: Sequence[int] = SEEDS) -> Pairs:
    """Both positions, with the same split, initial weights and shuffling for each seed."""
    positions: tuple[NormPosition, NormPosition] = ("before", "after")
    before, after = (
        np.array([accuracies(position, activation, seed)[-1] for seed in seeds])
        for position in positions
    )
    return Pairs(activation, before, after)
