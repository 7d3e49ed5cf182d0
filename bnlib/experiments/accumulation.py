"""Gradient accumulation: a step on 64 images as one batch, or as several whose gradients are added.

Without batch norm the two are the same. With it they are not: each part is normalized by itself.
"""

from __future__ import annotations

import numpy as np

from bnlib.datasets import load_digits
from bnlib.equations.softmax import softmax_cross_entropy
from bnlib.experiments.before_or_after import split_anew
from bnlib.network import Network
from bnlib.optimizers import SGD
from bnlib.training import minibatches

SIZES = (64, 50, 50, 10)
BATCH = 64


def accumulated(
    seed: int,
    parts: int,
    moments: tuple[int, ...],
    *,
    batch_norm: bool = True,
    learning_rate: float = 0.3,
) -> list[float]:
    """Test accuracy after so many epochs, of steps on 64 images gone through in `parts` batches."""
    rng = np.random.default_rng(seed)
    digits = split_anew(load_digits(), rng)
    net = Network(SIZES, batch_norm, "relu", rng=rng)
    optimizer = SGD(net, learning_rate)
    found = []
    for epoch in range(1, max(moments) + 1):
        for x, y in minibatches(digits.x_train, digits.y_train, BATCH, rng):
            if y.size < BATCH:
                continue
            total = np.zeros_like(net.dtheta)
            for part in np.split(np.arange(BATCH), parts):
                _, dz = softmax_cross_entropy(net.forward(x[:, part], training=True), y[part])
                net.backward(dz)
                total += net.dtheta / parts
            net.dtheta[...] = total
            optimizer.step()
        if epoch in moments:
            found.append(net.accuracy(digits.x_test, digits.y_test))
    return found
