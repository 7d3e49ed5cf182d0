"""Points of several classes in a plane, and their classifiers, with and without a hidden layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bnlib.network import Network
from bnlib.optimizers import SGD, Adam
from bnlib.training import fit

HIDDEN = 16


def blobs(
    classes: int, m: int, rng: np.random.Generator, *, spread: float = 0.6
) -> tuple[np.ndarray, np.ndarray]:
    """`m` points around each of `classes` places on a circle of radius 2: x (2, classes m), y."""
    y = np.repeat(np.arange(classes), m)
    angle = 2 * np.pi * (y / classes + 0.15)
    x = 2 * np.stack([np.cos(angle), np.sin(angle)]) + spread * rng.standard_normal((2, y.size))
    return x, y


def spirals(
    m: int, rng: np.random.Generator, *, arms: int = 3, turn: float = 0.6
) -> tuple[np.ndarray, np.ndarray]:
    """`m` points on each arm of a spiral, with some noise: x (2, arms m), y (arms m,).

    `turn` is how far an arm turns from the middle to its end at radius 3, in whole turns.
    """
    y = np.repeat(np.arange(arms), m)
    radius = 0.3 + 2.7 * np.tile(np.linspace(0, 1, m), arms)
    angle = 2 * np.pi * (y / arms + turn * radius / 3) + 0.15 * rng.standard_normal(y.size)
    return radius * np.stack([np.cos(angle), np.sin(angle)]), y


def linear_classifier(x: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> Network:
    """An output layer alone, on `x (2, m)`, `y (m,)`: 300 steps of gradient descent."""
    net = Network([2, int(y.max()) + 1], rng=rng)
    fit(net, SGD(net, 0.3), x, y, batch_size=y.size, epochs=300, rng=rng, progress=False)
    return net


def hidden_classifier(x: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> Network:
    """The same with one hidden layer of batch norm and ReLU."""
    net = Network([2, HIDDEN, int(y.max()) + 1], activation="relu", rng=rng)
    fit(net, Adam(net, 0.02), x, y, batch_size=60, epochs=80, rng=rng, progress=False)
    return net


@dataclass(frozen=True)
class SpiralAccuracies:
    """Accuracy on new points of the spirals, (seeds,) each."""

    linear: np.ndarray
    hidden: np.ndarray


def spiral_accuracies(seeds: Sequence[int], m: int = 100) -> SpiralAccuracies:
    """Train both classifiers on 3 arms of `m` points, and try them on as many new ones."""
    accuracies = []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        x, y = spirals(m, rng)
        new = spirals(m, rng)
        nets = linear_classifier(x, y, rng), hidden_classifier(x, y, rng)
        accuracies.append([net.accuracy(*new) for net in nets])
    return SpiralAccuracies(*np.array(accuracies).T)
