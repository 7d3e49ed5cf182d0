"""A linear softmax classifier of the digits, and scikit-learn's logistic regression beside it.

scikit-learn minimises C times the sum of the losses plus half the squared weights (not the biases).
Over C m, that is the cost here:  J + penalty / 2 * sum of W^2,  with  penalty = 1 / (C m).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bnlib.datasets import Digits
from bnlib.equations.softmax import softmax_cross_entropy

RATE = 2.0
MOMENTUM = 0.93


@dataclass(frozen=True)
class Linear:
    """`w (C, n)` and `b (C, 1)`."""

    w: np.ndarray
    b: np.ndarray

    def logits(self, x: np.ndarray) -> np.ndarray:
        """x (n, m) -> (C, m)."""
        return self.w @ x + self.b

    def mistakes(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """The numbers of the columns of `x (n, m)` whose label `y (m,)` is not the likeliest."""
        return np.flatnonzero(self.logits(x).argmax(axis=0) != y)


def train(x: np.ndarray, y: np.ndarray, *, penalty: float = 0.0, steps: int = 500) -> Linear:
    """Gradient descent with momentum on all of `x (n, m)`, `y (m,)` at once, from 0."""
    w, b = np.zeros((int(y.max()) + 1, len(x))), np.zeros((int(y.max()) + 1, 1))
    v_w, v_b = np.zeros_like(w), np.zeros_like(b)
    for _ in range(steps):
        _, dz = softmax_cross_entropy(w @ x + b, y)
        v_w = MOMENTUM * v_w + dz @ x.T + penalty * w
        v_b = MOMENTUM * v_b + dz.sum(axis=1, keepdims=True)
        w, b = w - RATE * v_w, b - RATE * v_b
    return Linear(w, b)


def descend(x: np.ndarray, y: np.ndarray, learning_rate: float, steps: int) -> Linear:
    """Plain gradient descent on all of `x (n, m)`, `y (m,)` at once, from 0: exercise 5.8."""
    w, b = np.zeros((int(y.max()) + 1, len(x))), np.zeros((int(y.max()) + 1, 1))
    for _ in range(steps):
        _, dz = softmax_cross_entropy(w @ x + b, y)
        w = w - learning_rate * dz @ x.T
        b = b - learning_rate * dz.sum(axis=1, keepdims=True)
    return Linear(w, b)


@dataclass(frozen=True)
class Recorded:
    """What scikit-learn's LogisticRegression answered, with how it was asked."""

    versions: str
    settings: str
    mistakes: tuple[int, ...]
    """The numbers of the test images that it got wrong."""
    accuracy_of_splits: tuple[float, ...]
    """On the ten other splits of `digit_classifier.split(seed)`, seeds 0 to 9."""


SCIKIT_LEARN = Recorded(
    versions="scikit-learn 1.9.1, NumPy 2.4.6, SciPy 1.17.1, Python 3.11",
    settings="LogisticRegression(C=1, solver='lbfgs', max_iter=5000), the rest by default",
    mistakes=(3, 40, 79, 91, 167, 175, 214, 216, 318, 338, 342, 347, 362, 391, 395, 402),
    accuracy_of_splits=(0.954, 0.98, 0.968, 0.972, 0.948, 0.97, 0.97, 0.964, 0.952, 0.974),
)
"""Measured by running it; `measure_scikit_learn` does so again."""


def measure_scikit_learn(digits: Digits) -> tuple[str, np.ndarray] | None:
    """The installed scikit-learn's version and its mistakes on the test images; None without it."""
    try:
        import sklearn
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        return None
    model = LogisticRegression(C=1, max_iter=5000).fit(digits.x_train.T, digits.y_train)
    wrong = model.predict(digits.x_test.T) != digits.y_test
    return sklearn.__version__, np.flatnonzero(wrong)
