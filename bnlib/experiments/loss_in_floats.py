"""The loss of a wrong answer in float16, float32 and float64: from probabilities, from logits.

And a loss that is cut off: Keras, asked for the loss of probabilities, keeps them at 1e-7 or more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bnlib.datasets import Digits
from bnlib.equations.softmax import log_softmax, softmax, softmax_cross_entropy

DTYPES = (np.float16, np.float32, np.float64)
KERAS_CUT_OFF = 1e-7
"""Keras 3.15.1, `keras.config.epsilon()`: probabilities are clipped to it before the logarithm."""


@dataclass(frozen=True)
class Losses:
    """The loss over `gaps (p,)`: by how much the wrong logit is above the true class's."""

    dtype: str
    gaps: np.ndarray
    from_probabilities: np.ndarray
    """(p,): -log(softmax(z)), infinite where the probability has rounded to 0."""
    from_logits: np.ndarray
    """(p,): log_sum_exp(z) - z of the true class."""

    @property
    def last_finite(self) -> float:
        """The largest gap whose loss is still finite, computed from the probability."""
        return float(self.gaps[np.isfinite(self.from_probabilities)].max())


def losses(dtype: type[np.floating], gaps: np.ndarray) -> Losses:
    """Two classes with logits (gap, 0), the second one true, all in `dtype`; `gaps (p,)`."""
    z = np.stack([gaps, np.zeros_like(gaps)]).astype(dtype)
    with np.errstate(divide="ignore"):
        from_probabilities = -np.log(softmax(z)[1])
    return Losses(np.dtype(dtype).name, gaps, from_probabilities, -log_softmax(z)[1])


def cut_off_loss(z: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    """The mean of -log(max(softmax(z), 1e-7)) at the labels `y (m,)`, and its gradient, (C, m).

    z: (C, m). Where the true class has less than 1e-7 the loss is constant and the gradient 0. (At
    the other end Keras clips at 1 - 1e-7; that is left out here.)
    """
    cost, dz = softmax_cross_entropy(z, y)
    true = softmax(z)[y, np.arange(y.size)]
    cost = float(-np.log(np.maximum(true, KERAS_CUT_OFF)).mean())
    return cost, dz * (true >= KERAS_CUT_OFF)


LOSSES = {"from the logits": softmax_cross_entropy, "cut off": cut_off_loss}


def one_sure_mistake(loss: str, gap: float, steps: int, *, rate: float = 1.0) -> float:
    """The true class's probability after descent on the logits of one example.

    They start at (gap, 0, 0), the second class is the true one; `loss` is one of `LOSSES`.
    """
    z, y = np.array([[gap], [0.0], [0.0]]), np.array([1])
    for _ in range(steps):
        z = z - rate * LOSSES[loss](z, y)[1]
    return float(softmax(z)[1, 0])


@dataclass(frozen=True)
class FromFarAway:
    """A linear classifier of the digits that starts with large weights."""

    sure_mistakes: tuple[float, float]
    """The share of training images whose true class has less than 1e-7, at start and end."""
    accuracy: float
    """On the test images."""


def from_far_away(
    digits: Digits, loss: str, seed: int, *, scale: float = 4.0, steps: int = 250
) -> FromFarAway:
    """Descent on the whole training set, learning rate 0.5, from weights of deviation `scale`."""
    w = np.random.default_rng(seed).normal(0, scale, size=(10, 64))
    b, x, y = np.zeros((10, 1)), digits.x_train, digits.y_train

    def sure_mistakes() -> float:
        true = softmax(w @ x + b)[y, np.arange(y.size)]
        return float((true < KERAS_CUT_OFF).mean())

    before = sure_mistakes()
    for _ in range(steps):
        dz = LOSSES[loss](w @ x + b, y)[1]
        w, b = w - 0.5 * dz @ x.T, b - 0.5 * dz.sum(axis=1, keepdims=True)
    right = (w @ digits.x_test + b).argmax(axis=0) == digits.y_test
    return FromFarAway((before, sure_mistakes()), float(right.mean()))
