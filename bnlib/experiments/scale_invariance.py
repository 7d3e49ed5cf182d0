"""Batch norm cancels the scale of the weights before it: what follows for gradient and step.

Sources: van Laarhoven 2017 (arXiv 1706.05350); Hoffer et al. 2018 (arXiv 1803.01814).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bnlib.datasets import Digits
from bnlib.equations.batch_norm import batch_norm, batch_norm_backward
from bnlib.equations.softmax import softmax_cross_entropy
from bnlib.network import Network

SIZES = (64, 50, 50, 10)
BATCH = 100


@dataclass(frozen=True)
class ScaledLayer:
    """One layer with weights a W beside the same layer with W.

    `output_change`: the largest difference between the outputs. `gradient_ratio`: the norm of the
    gradient with respect to the weights, over that at a = 1. `cosine`: the largest cosine, over the
    units, between a row of the weights and its gradient.
    """

    a: float
    output_change: float
    gradient_ratio: float
    cosine: float


def scaled_layer(a: float, seed: int = 0, *, eps: float = 0.0) -> ScaledLayer:
    """Multiply the weights before batch norm by `a`, and compare output and gradient."""
    rng = np.random.default_rng(seed)
    w, x = rng.standard_normal((20, 30)), rng.standard_normal((30, 60))
    gamma, beta = rng.uniform(0.5, 2, (20, 1)), rng.standard_normal((20, 1))
    target = rng.standard_normal((20, 60))

    def output_and_gradient(w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        z_tilde, cache = batch_norm(w @ x, gamma, beta, eps)
        # The gradient of the cost sum of tanh(z_tilde) * target; any other would do.
        dz, _, _ = batch_norm_backward(target * (1 - np.tanh(z_tilde) ** 2), cache)
        return z_tilde, dz @ x.T

    output, gradient = output_and_gradient(w)
    scaled_output, scaled_gradient = output_and_gradient(a * w)
    lengths = np.linalg.norm(a * w, axis=1) * np.linalg.norm(scaled_gradient, axis=1)
    return ScaledLayer(
        a,
        float(np.abs(scaled_output - output).max()),
        float(np.linalg.norm(scaled_gradient) / np.linalg.norm(gradient)),
        float(np.abs((a * w * scaled_gradient).sum(axis=1) / lengths).max()),
    )


def effective_learning_rate(learning_rate: float, w: np.ndarray) -> np.ndarray:
    """The learning rate over each row's squared norm: w (n_out, n_in) -> (n_out, 1)."""
    return learning_rate / np.sum(w**2, axis=1, keepdims=True)


@dataclass(frozen=True)
class DescentRun:
    """Full-batch gradient descent: `costs (steps,)`; `norms (steps, units)` of the rows of W1."""

    costs: np.ndarray
    norms: np.ndarray


def descent(
    digits: Digits,
    seed: int,
    *,
    learning_rate: float,
    batch_norm: bool = True,
    weights_times: float = 1.0,
    hidden_rate_times: float = 1.0,
    steps: int = 100,
) -> DescentRun:
    """Plain gradient descent on one fixed batch, in float64, with eps = 0.

    Args:
        weights_times: factor on the initial weights of the hidden layers.
        hidden_rate_times: factor on the learning rate of those weights alone.
    """
    rng = np.random.default_rng(seed)
    net = Network(SIZES, batch_norm, "tanh", rng=rng, eps=0.0)
    rates = dict.fromkeys(net.parameters, learning_rate)
    for name in ("W1", "W2"):
        net.parameters[name] *= weights_times
        rates[name] *= hidden_rate_times
    x, y = digits.x_train[:, :BATCH], digits.y_train[:BATCH]
    costs, norms = [], []
    for _ in range(steps):
        cost, dz = softmax_cross_entropy(net.forward(x, training=True), y)
        net.backward(dz)
        costs.append(cost)
        norms.append(np.linalg.norm(net.parameters["W1"], axis=1))
        for name, rate in rates.items():
            net.parameters[name] -= rate * net.gradients[name]
    return DescentRun(np.array(costs), np.array(norms))
