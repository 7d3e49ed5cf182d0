"""What gamma and beta become in training: notebook 2's sigmoid net from the small start."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bnlib.datasets import load_digits
from bnlib.network import Network
from bnlib.optimizers import SGD
from bnlib.training import fit

SIZES = (64, 100, 100, 100, 10)
EPOCHS = 6
MEASURED = ("gamma", "beta", "spread of z", "spread of z_tilde")


def trained(seed: int, epochs: Sequence[int]) -> tuple[Network, np.ndarray]:
    """A net trained at rate 1: after the last of these numbers of epochs; `summary` after each."""
    digits, rng = load_digits(), np.random.default_rng(seed)
    net, found = Network(SIZES, rng=rng), []
    optimizer = SGD(net, 1.0)
    for more in np.diff([0, *epochs]):
        x, y = digits.x_train, digits.y_train
        fit(net, optimizer, x, y, batch_size=60, epochs=int(more), rng=rng)
        found.append(summary(net, x))
    return net, np.array(found)


def summary(net: Network, x: np.ndarray) -> np.ndarray:
    """(layers, 4): the median over a layer's units of what `MEASURED` names, on the examples x."""
    return np.array(
        [
            [
                np.median(net.parameters[f"gamma{i}"]),
                np.median(net.parameters[f"beta{i}"]),
                np.median(layer.z.std(axis=1)),
                np.median(np.std(layer.z_tilde, axis=1)) if layer.z_tilde is not None else np.nan,
            ]
            for i, layer in enumerate(net.trace(x, training=True), start=1)
        ]
    )
