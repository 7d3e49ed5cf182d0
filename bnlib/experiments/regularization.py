"""Whether batch norm's noise regularizes: test accuracy over batch sizes, at equal steps."""

from __future__ import annotations

import numpy as np

from bnlib.datasets import Digits
from bnlib.experiments.accumulation import step_in_parts
from bnlib.experiments.inside import exact_statistics, insert_after
from bnlib.layers import Activation
from bnlib.network import Network
from bnlib.optimizers import SGD
from bnlib.training import minibatches

SIZES = (64, 50, 50, 10)
TRAINED_ON = 128  # few, so that there is something to regularize; divisible by the batch sizes
BATCH_SIZES = (4, 16, 64, 128)
DROPOUT_AT = 64
LEARNING_RATE = 0.1


def inverted_dropout(
    a: np.ndarray, keep_prob: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Keep each entry of `a` with probability `keep_prob`, and divide by it: (result, factors).

    The expectation is unchanged, so nothing needs to be done at test time.
    Source: Srivastava et al. 2014 (section 10 on the scaling).
    """
    factors = ((rng.random(a.shape) < keep_prob) / keep_prob).astype(a.dtype)
    return a * factors, factors


class Dropout:
    """Inverted dropout as a layer."""

    PARAMETERS: tuple[str, ...] = ()

    def __init__(self, keep_prob: float, rng: np.random.Generator) -> None:
        self.keep_prob, self._rng = keep_prob, rng

    def forward(self, a: np.ndarray, training: bool = True) -> np.ndarray:
        """(n, m) -> (n, m)."""
        if not training:
            return a
        dropped, self._factors = inverted_dropout(a, self.keep_prob, self._rng)
        return dropped

    def backward(self, da: np.ndarray) -> np.ndarray:
        """da (n, m) -> (n, m)."""
        return da * self._factors


def accuracies(
    digits: Digits,
    seed: int,
    moments: tuple[int, ...],
    *,
    batch_norm: bool,
    batch_size: int,
    keep_prob: float = 1.0,
    parts: int = 1,
) -> np.ndarray:
    """Accuracies after so many steps: (moments, 3).

    On the 128 images and on the other 1,669, both by the exact statistics of the 128 images, so
    that only training differs; and on the others by the running averages. Each seed draws its own
    images. `parts` above 1: ghost batch norm, which normalizes equal parts of a batch separately
    (Hoffer, Hubara and Soudry 2017, arXiv 1705.08741).
    """
    rng = np.random.default_rng(seed)
    x = np.hstack([digits.x_train, digits.x_test]).astype(np.float32)
    y = np.hstack([digits.y_train, digits.y_test])
    order = rng.permutation(y.size)
    few, rest = order[:TRAINED_ON], order[TRAINED_ON:]
    net = Network(SIZES, batch_norm, "relu", rng=rng, dtype=np.float32)
    if keep_prob < 1:
        insert_after(net, Activation, lambda: Dropout(keep_prob, rng))
    optimizer, step, found = SGD(net, LEARNING_RATE), 0, []
    for _ in range(max(moments) * batch_size // TRAINED_ON):
        for batch in minibatches(x[:, few], y[few], batch_size, rng):
            step_in_parts(net, optimizer, *batch, parts)
            step += 1
            if step in moments:
                running = net.accuracy(x[:, rest], y[rest])
                with exact_statistics(net, x[:, few]):
                    exact = [net.accuracy(x[:, chosen], y[chosen]) for chosen in (few, rest)]
                found.append([*exact, running])
    return np.array(found)
