"""Which numbers batch, layer, instance and group norm average over, on images (N, C, H, W)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

GROUPS = 2
"""Of group norm: neighbouring channels are split into so many groups."""
Norm: TypeAlias = Literal["batch", "layer", "instance", "group"]
NORMS: dict[Norm, tuple[int, ...]] = {
    "batch": (0, 2, 3),
    "layer": (1, 2, 3),
    "instance": (2, 3),
    "group": (2, 3),
}
"""The axes averaged over; group norm averages over the channels of a group as well.

Source: Wu and He 2018, figure 2, which has layer norm over channels and pixels.
"""


def normalized(x: np.ndarray, norm: Norm, eps: float = 1e-5) -> np.ndarray:
    """x (N, C, H, W) -> the same shape, normalized by one of `NORMS`, without gamma and beta."""
    shape = x.shape
    if norm == "group":
        x = x.reshape(shape[0] * GROUPS, shape[1] // GROUPS, *shape[2:])
        axes: tuple[int, ...] = (1, 2, 3)
    else:
        axes = NORMS[norm]
    mu, var = x.mean(axis=axes, keepdims=True), x.var(axis=axes, keepdims=True)
    return ((x - mu) / np.sqrt(var + eps)).reshape(shape)


def averaged_with(norm: Norm, images: int, channels: int, at: tuple[int, int]) -> np.ndarray:
    """(images, channels): whether the pixels there share their statistics with those at `at`.

    Measured: a number added there changes the output here.
    """
    x = np.random.default_rng(0).normal(size=(images, channels, 2, 2))
    before = normalized(x, norm)[at]
    shared = np.zeros((images, channels), bool)
    for place in np.ndindex(shared.shape):
        changed = x.copy()
        changed[place][0, 0] += 1.0
        shared[place] = not np.allclose(normalized(changed, norm)[at], before, atol=1e-9)
    return shared


@dataclass(frozen=True)
class Brightened:
    """What becomes of a batch when its first image gets other contrast and brightness."""

    statistics: int
    """How many means the norm computes."""
    itself: float
    """The largest change in the output of the image itself."""
    others: float
    """The largest change in the output of all other images."""


def brighten(
    norm: Norm, rng: np.random.Generator, shape: tuple[int, ...] = (8, 4, 6, 6)
) -> Brightened:
    """The first of several images doubled, with 3 added to every pixel of every channel."""
    x = rng.normal(size=shape)
    bright = x.copy()
    bright[0] = 2 * x[0] + 3
    change = np.abs(normalized(bright, norm) - normalized(x, norm))
    images, channels = shape[:2]
    counts: dict[Norm, int] = {
        "batch": channels,
        "layer": images,
        "instance": images * channels,
        "group": images * GROUPS,
    }
    return Brightened(counts[norm], float(change[0].max()), float(change[1:].max()))
