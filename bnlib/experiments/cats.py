"""Covariate shift: a classifier of cats meets cats of other colours; the true boundary is the same.

A two-dimensional stand-in for the lecture's pictures. Each animal has a colour (below 0: black) and
a shape, and is a cat where its shape lies above a curve over the colours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bnlib.network import Network
from bnlib.optimizers import Adam
from bnlib.training import fit

COLOURS = {"black": (-2.6, -0.6), "coloured": (0.4, 3.2)}
HIDDEN = 12


def true_boundary(colour: np.ndarray) -> np.ndarray:
    """The shape above which an animal of that colour is a cat."""
    return 1.2 * np.sin(1.1 * colour)


def animals(kind: str, m: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """`m` animals, "black" or "coloured": x (2, m), colour and shape; y (m,), 1 for a cat."""
    colour = rng.uniform(*COLOURS[kind], m)
    shape = true_boundary(colour) + rng.normal(0, 0.9, m)
    return np.stack([colour, shape]), (shape > true_boundary(colour)).astype(int)


def standardized(x: np.ndarray) -> np.ndarray:
    """`x (n, m)` with mean 0 and standard deviation 1 a row."""
    return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)


def classifier(x: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> Network:
    """A small tanh network trained on `x (2, m)`, `y (m,)`."""
    net = Network([2, HIDDEN, 2], batch_norm=False, activation="tanh", rng=rng)
    fit(net, Adam(net, 0.03), x, y, batch_size=100, epochs=80, rng=rng, progress=False)
    return net


@dataclass(frozen=True)
class CatResult:
    """Accuracies on animals that were not trained on, for one seed.

    `black`, `coloured`: trained on black cats alone. `coloured_own`: the same, with each population
    standardized by its own statistics. `camera`: black cats photographed by a camera that moves and
    stretches both features, and `camera_own`, the same with each set standardized. `both`: trained
    on cats of all colours, tried on coloured ones.
    """

    black: float
    coloured: float
    coloured_own: float
    camera: float
    camera_own: float
    both: float


def covariate_shift(seed: int, m: int = 300) -> CatResult:
    """Train on `m` black animals, and try others and another camera, `m` each.

    For `both`, on `m` black and `m` coloured ones.
    """
    rng = np.random.default_rng(seed)
    x, y = animals("black", m, rng)
    black, y_black = animals("black", m, rng)
    coloured, y_coloured = animals("coloured", m, rng)
    camera = np.array([[1.4], [0.7]]) * black + np.array([[3.0], [1.5]])

    net = classifier(x, y, rng)
    net_own = classifier(standardized(x), y, rng)
    more, y_more = animals("coloured", m, rng)
    net_both = classifier(np.hstack([x, more]), np.hstack([y, y_more]), rng)
    return CatResult(
        black=net.accuracy(black, y_black),
        coloured=net.accuracy(coloured, y_coloured),
        coloured_own=net_own.accuracy(standardized(coloured), y_coloured),
        camera=net.accuracy(camera, y_black),
        camera_own=net_own.accuracy(standardized(camera), y_black),
        both=net_both.accuracy(coloured, y_coloured),
    )
