"""Images that have changed at test time, and what refreshing batch norm's statistics repairs.

Refreshing replaces the running statistics by those of the changed images themselves, for which no
label is needed: AdaBN, Li et al. 2016 (arXiv 1603.04779).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bnlib.experiments.company import accuracy_in_batches
from bnlib.experiments.trained_net import Trained
from bnlib.network import Network


def moved(x: np.ndarray, pixels: int) -> np.ndarray:
    """Images (64, m) moved right by some pixels; what enters at the left is blank."""
    images = x.reshape(8, 8, -1)
    result = np.zeros_like(images)
    result[:, pixels:] = images[:, : 8 - pixels]
    return result.reshape(x.shape)


def covered(x: np.ndarray) -> np.ndarray:
    """Images (64, m) with the two columns right of the middle painted over, in full ink."""
    images = x.reshape(8, 8, -1).copy()
    images[:, 4:6] = 1
    return images.reshape(x.shape)


CHANGES: dict[str, Callable[[np.ndarray, np.random.Generator], np.ndarray]] = {
    "unchanged": lambda x, rng: x,
    "half the contrast": lambda x, rng: 0.5 * x,
    "darker paper": lambda x, rng: x + 0.5,
    "both": lambda x, rng: 0.5 * x + 0.5,
    "noise": lambda x, rng: x + 0.4 * rng.standard_normal(x.shape),
    "two columns inked": lambda x, rng: covered(x),
    "moved by 1 pixel": lambda x, rng: moved(x, 1),
    "moved by 2 pixels": lambda x, rng: moved(x, 2),
    "inverted": lambda x, rng: 1 - x,
}
"""What becomes of the pixels, 0 (paper) to 1 (ink). The first four are affine: x -> a x + c."""


@dataclass(frozen=True)
class Repair:
    """Accuracies on changed test images `(seeds,)`: statistics as trained, and refreshed."""

    kept: np.ndarray
    refreshed: np.ndarray


def repair(nets: Sequence[Trained]) -> dict[str, Repair]:
    """For every change, test accuracy before and after refreshing on those 500 images."""
    rows: dict[str, list] = {name: [] for name in CHANGES}
    for seed, (net, digits) in enumerate(nets):
        for name, change in CHANGES.items():
            x = change(digits.x_test, np.random.default_rng(seed))
            rows[name].append((net.accuracy(x, digits.y_test), _refreshed(net, x, digits.y_test)))
    return {name: Repair(*np.array(pairs).T) for name, pairs in rows.items()}


def one_sided(nets: Sequence[Trained], classes: int = 5) -> Repair:
    """Nothing has changed but the mix: only images of the first few classes come."""
    pairs = []
    for net, digits in nets:
        here = digits.y_test < classes
        x, y = digits.x_test[:, here], digits.y_test[here]
        pairs.append((net.accuracy(x, y), _refreshed(net, x, y)))
    return Repair(*np.array(pairs).T)


def _refreshed(net: Network, x: np.ndarray, y: np.ndarray) -> float:
    """By the statistics of `x` itself, which is training mode with all of it as one batch."""
    return accuracy_in_batches(net, x, y, batch_size=y.size)
