"""Gradient accumulation: a step on 64 images as one batch, or as several whose gradients are added.

Without batch norm the two are the same. With it they are not: each part is normalized by itself.
"""

from __future__ import annotations

import numpy as np

from bnlib.datasets import load_digits, split_anew
from bnlib.equations.softmax import softmax_cross_entropy
from bnlib.experiments.inside import exact_statistics
from bnlib.network import Network
from bnlib.optimizers import SGD
from bnlib.training import minibatches

SIZES = (64, 50, 50, 10)
BATCH = 64


def step_in_parts(net: Network, optimizer: SGD, x: np.ndarray, y: np.ndarray, parts: int) -> None:
    """A step on x (n_0, m), y (m,), gone through in equal parts whose gradients are averaged.

    To batch norm each part is a batch: it has its own statistics, and moves the running averages.
    """
    total = np.zeros_like(net.dtheta)
    for part in np.split(np.arange(y.size), parts):
        _, dz = softmax_cross_entropy(net.forward(x[:, part], training=True), y[part])
        net.backward(dz)
        total += net.dtheta / parts
    net.dtheta[...] = total
    optimizer.step()


def accumulated(
    seed: int,
    parts: int,
    moments: tuple[int, ...],
    *,
    batch_norm: bool = True,
    learning_rate: float = 0.3,
) -> list[tuple[float, float]]:
    """After so many epochs of steps on 64 images gone through in `parts` batches: test accuracy.

    By the running averages, and by the exact statistics of the training images. Every seed holds
    out its own 500 images, starts anew, and shuffles alike for any number of parts.
    """
    rng = np.random.default_rng(seed)
    digits = split_anew(load_digits(), rng)
    net = Network(SIZES, batch_norm, "relu", rng=rng)
    optimizer = SGD(net, learning_rate)
    test, found = (digits.x_test, digits.y_test), []
    for epoch in range(1, max(moments) + 1):
        for x, y in minibatches(digits.x_train, digits.y_train, BATCH, rng):
            if y.size == BATCH:
                step_in_parts(net, optimizer, x, y, parts)
        if epoch in moments:
            by_running = net.accuracy(*test)
            with exact_statistics(net, digits.x_train):
                found.append((by_running, net.accuracy(*test)))
    return found
