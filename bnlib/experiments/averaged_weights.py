"""The average of the weights along a training (Izmailov et al. 2018, arXiv 1803.05407).

No batch has ever gone through the averaged network, so it has no running statistics of its own.
"""

from __future__ import annotations

import copy

import numpy as np

from bnlib.experiments import trained_net
from bnlib.experiments.inside import exact_statistics, use_exact_statistics
from bnlib.network import Network


def averaged(seed: int, *, epochs: int = 10, learning_rate: float = 1.0) -> dict[str, float]:
    """Test accuracies: the last weights; their average over the second half of the steps.

    The average is of all parameters, gamma and beta among them. Both are tried with the last
    weights' running statistics, and with their own exact ones, of all training images.
    """
    kept: list[np.ndarray] = []

    def keep(net: Network, step: int) -> None:
        kept.append(net.theta.copy())

    net, digits = trained_net.train(seed, epochs=epochs, learning_rate=learning_rate, callback=keep)
    test = digits.x_test, digits.y_test
    found = {"last weights": net.accuracy(*test)}
    with exact_statistics(net, digits.x_train):
        found["last weights, their own statistics"] = net.accuracy(*test)
    mean = copy.deepcopy(net)
    mean.theta[...] = np.mean(kept[len(kept) // 2 :], axis=0)
    found["average, statistics of the last weights"] = mean.accuracy(*test)
    use_exact_statistics(mean, digits.x_train)
    found["average, its own statistics"] = mean.accuracy(*test)
    return found
