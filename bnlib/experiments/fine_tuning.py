"""Fine-tuning a trained network in small batches: batch norm in training, or frozen.

Frozen: statistics, gamma and beta stay as they are, and the statistics are constants in the
gradient too, as under `trainable=False` in Keras; the weights and the last layer's bias learn. The
statistics may be refreshed before. In training all parameters learn, and the running averages go
on, with the decay of the training before.
"""

from __future__ import annotations

import copy
from typing import Literal

import numpy as np

from bnlib.equations.softmax import softmax_cross_entropy
from bnlib.experiments.inside import exact_statistics, use_exact_statistics
from bnlib.experiments.shifted_inputs import CHANGES
from bnlib.experiments.trained_net import Trained
from bnlib.layers import BatchNorm
from bnlib.optimizers import SGD

Way = Literal["frozen", "training", "refreshed, then frozen"]


class Frozen:
    """A batch norm that is frozen as it is: a scale and a shift of each unit, all constants."""

    PARAMETERS = ()

    def __init__(self, bn: BatchNorm) -> None:
        self.bn = bn

    def forward(self, z: np.ndarray, training: bool = True) -> np.ndarray:
        """(n, m) -> (n, m): test-time batch norm, whatever the mode."""
        return self.bn.forward(z, training=False)

    def backward(self, dz_tilde: np.ndarray) -> np.ndarray:
        """dz_tilde (n, m) -> dz (n, m); gamma and beta stay."""
        return dz_tilde * self.bn.gamma / np.sqrt(self.bn.running_var + self.bn.eps)


def fine_tuned(
    trained: Trained,
    change: str,
    moments: tuple[int, ...],
    *,
    way: Way,
    batch_size: int,
    learning_rate: float,
    seed: int = 0,
) -> list[tuple[float, float]]:
    """Test accuracy on changed images (see `shifted_inputs`) after so many steps on such images.

    Each step draws a batch of different training images, by plain gradient descent.
    By the running averages (frozen: as frozen), and by the exact statistics of the changed training
    images, with which batch norm is also refreshed before it is frozen.
    """
    rng = np.random.default_rng(seed)
    net, digits = copy.deepcopy(trained.net), trained.digits
    x, x_test = (CHANGES[change](images, rng) for images in (digits.x_train, digits.x_test))
    if way == "refreshed, then frozen":
        use_exact_statistics(net, x)
    if way != "training":
        net.layers = [Frozen(one) if isinstance(one, BatchNorm) else one for one in net.layers]
        for name, gradient in net.gradients.items():
            if name.startswith(("gamma", "beta")):
                gradient[...] = 0
    optimizer, found = SGD(net, learning_rate), []
    for step in range(1, max(moments) + 1):
        chosen = rng.choice(digits.y_train.size, batch_size, replace=False)
        _, dz = softmax_cross_entropy(
            net.forward(x[:, chosen], training=True), digits.y_train[chosen]
        )
        net.backward(dz)
        optimizer.step()
        if step in moments:
            by_running = net.accuracy(x_test, digits.y_test)
            with exact_statistics(net, x):  # frozen, there are none to recompute
                found.append((by_running, net.accuracy(x_test, digits.y_test)))
    return found
