"""The trained networks that notebook 4 puts to the test: three ReLU layers with batch norm."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from bnlib.activations import ActivationName
from bnlib.datasets import Digits, load_digits, split_anew
from bnlib.network import Network
from bnlib.optimizers import SGD
from bnlib.training import fit

SIZES = (64, 50, 50, 50, 10)


class Trained(NamedTuple):
    """A trained network, and the images it was trained on and is to be tested on."""

    net: Network
    digits: Digits


def train(
    seed: int,
    *,
    batch_size: int = 60,
    epochs: int = 5,
    learning_rate: float = 0.3,
    activation: ActivationName = "relu",
    decay: float = 0.9,
    callback: Callable[[Network, int], None] | None = None,
) -> Trained:
    """Train on 1,297 of the digits; every seed holds out another 500, and starts anew.

    In float64, in which so short a training comes out the same on every machine.
    """
    rng = np.random.default_rng(seed)
    digits = split_anew(load_digits(), rng)
    net = Network(SIZES, activation=activation, rng=rng, decay=decay)
    fit(
        net,
        SGD(net, learning_rate),
        digits.x_train,
        digits.y_train,
        batch_size=batch_size,
        epochs=epochs,
        rng=rng,
        callback=callback,
        progress=False,
    )
    return Trained(net, digits)
