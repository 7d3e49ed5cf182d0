"""Weight decay before batch norm: the norm of the weights finds an equilibrium of its own.

Sources: van Laarhoven 2017 (arXiv 1706.05350); Arora, Li and Lyu 2018 (arXiv 1812.03981).
"""

from __future__ import annotations

import numpy as np

from bnlib.datasets import Digits
from bnlib.experiments.quiet import fit_quietly
from bnlib.network import Network
from bnlib.optimizers import SGD

SIZES = (64, 50, 50, 10)
STEPS_AN_EPOCH = 22


def decayed(
    digits: Digits,
    seed: int,
    *,
    weight_scale: float,
    decay: float = 0.01,
    learning_rate: float = 0.3,
    epochs: int = 60,
) -> np.ndarray:
    """The median norm of the hidden weights' rows after each epoch, the start first: (epochs + 1,).

    After each step, `W := (1 - learning_rate * decay) W` for the weights before batch norm.
    """
    rng = np.random.default_rng(seed)
    net = Network(SIZES, True, "relu", rng=rng, weight_scale=weight_scale)

    def norm() -> float:
        rows = [np.linalg.norm(net.parameters[name], axis=1) for name in ("W1", "W2")]
        return float(np.median(np.concatenate(rows)))

    norms = [norm()]

    def shrink(net: Network, step: int) -> None:
        for name in ("W1", "W2"):
            net.parameters[name] *= 1 - learning_rate * decay
        if step % STEPS_AN_EPOCH == 0:
            norms.append(norm())

    x, y = digits.x_train, digits.y_train
    fit_quietly(net, SGD(net, learning_rate), x, y, epochs=epochs, rng=rng, callback=shrink)
    return np.array(norms)
