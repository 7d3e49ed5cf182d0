"""Gradient descent and its kin. Each changes a network's parameters in place, one `step` a batch.

Source: Ng, Deep Learning Specialization, course 2, week 2, whose symbols these are. The beta of
Momentum and Adam has nothing to do with batch norm's.
"""

from __future__ import annotations

import numpy as np

from bnlib import validation
from bnlib.network import Network


class SGD:
    """w = w - learning_rate * dw."""

    def __init__(self, net: Network, learning_rate: float) -> None:
        where = type(self).__name__
        if not isinstance(net, Network):
            raise TypeError(f"{where}: net is {net!r}, expected a Network")
        self.net = net
        self.learning_rate = validation.positive(where, "learning_rate", learning_rate)

    def step(self) -> None:
        """One update, from the gradients that the last backward pass left in the network."""
        self.net.theta -= self.learning_rate * self.direction(self.net.dtheta)

    def direction(self, gradient: np.ndarray) -> np.ndarray:
        """The direction to step against, for the gradient of all parameters as one vector."""
        return gradient

    def __repr__(self) -> str:
        return f"{type(self).__name__}(learning_rate={self.learning_rate:g})"


class Momentum(SGD):
    """v = beta v + (1 - beta) dw;  w = w - learning_rate * v."""

    def __init__(self, net: Network, learning_rate: float, beta: float = 0.9) -> None:
        super().__init__(net, learning_rate)
        self.beta = validation.fraction("Momentum", "beta", beta)
        self._v = np.zeros_like(net.theta)

    def direction(self, gradient: np.ndarray) -> np.ndarray:
        """The exponentially weighted average of the gradients."""
        self._v *= self.beta
        self._v += (1 - self.beta) * gradient
        return self._v


class RMSprop(SGD):
    """s = beta s + (1 - beta) dw^2;  w = w - learning_rate * dw / (sqrt(s) + eps)."""

    def __init__(
        self, net: Network, learning_rate: float, beta: float = 0.9, eps: float = 1e-8
    ) -> None:
        super().__init__(net, learning_rate)
        self.beta = validation.fraction("RMSprop", "beta", beta)
        self.eps = validation.positive("RMSprop", "eps", eps)
        self._s = np.zeros_like(net.theta)

    def direction(self, gradient: np.ndarray) -> np.ndarray:
        """The gradient over the root of its average square."""
        self._s *= self.beta
        self._s += (1 - self.beta) * gradient**2
        return gradient / (np.sqrt(self._s) + self.eps)


class Adam(SGD):
    """Momentum and RMSprop together, both corrected for their start at zero.

        v = beta1 v + (1 - beta1) dw;    s = beta2 s + (1 - beta2) dw^2
        w = w - learning_rate * (v / (1 - beta1^t)) / (sqrt(s / (1 - beta2^t)) + eps)

    Source: Kingma and Ba 2015 (arXiv 1412.6980), algorithm 1.
    """

    def __init__(
        self,
        net: Network,
        learning_rate: float,
        beta1: float = 0.9,
        beta2: float = 0.999,
        eps: float = 1e-8,
    ) -> None:
        super().__init__(net, learning_rate)
        self.beta1 = validation.fraction("Adam", "beta1", beta1)
        self.beta2 = validation.fraction("Adam", "beta2", beta2)
        self.eps = validation.positive("Adam", "eps", eps)
        self._v, self._s = np.zeros_like(net.theta), np.zeros_like(net.theta)
        self._t = 0

    def direction(self, gradient: np.ndarray) -> np.ndarray:
        """The corrected average gradient over the root of the corrected average square."""
        self._t += 1
        self._v *= self.beta1
        self._v += (1 - self.beta1) * gradient
        self._s *= self.beta2
        self._s += (1 - self.beta2) * gradient**2
        root = np.sqrt(self._s / (1 - self.beta2**self._t))
        root += self.eps
        return self._v / (1 - self.beta1**self._t) / root
