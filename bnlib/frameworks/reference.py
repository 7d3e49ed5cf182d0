"""The network that every framework runs: its inputs, and bnlib's own results for them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from bnlib.datasets import load_digits
from bnlib.equations.softmax import softmax_cross_entropy
from bnlib.frameworks.layer import FrameworkBatchNorm, batch_norm_like
from bnlib.layers import Activation, Linear

SMALL, DIGITS = [6, 8, 8, 4], [64, 100, 100, 100, 10]
SEED = 20261120


def weights(layer_sizes: list[int], rng: np.random.Generator) -> dict[str, np.ndarray]:
    """W1, gamma1, beta1, ..., WL, bL in float32; gamma and beta are not 1 and 0."""
    found = {}
    for number, (n_in, n_out) in enumerate(pairwise(layer_sizes), start=1):
        found[f"W{number}"] = rng.standard_normal((n_out, n_in)) / np.sqrt(n_in)
        if number < len(layer_sizes) - 1:
            found[f"gamma{number}"] = rng.uniform(0.5, 2, (n_out, 1))
            found[f"beta{number}"] = rng.standard_normal((n_out, 1))
        else:
            found[f"b{number}"] = rng.standard_normal((n_out, 1))
    return {name: value.astype(np.float32) for name, value in found.items()}


def inputs() -> dict[str, Any]:
    """Everything that an adapter gets: a small network whose numbers are compared, and the digits
    network of the course, batch of 60, whose steps are timed. From a fixed seed.
    """
    rng = np.random.default_rng(SEED)
    found = {f"small.weights.{name}": value for name, value in weights(SMALL, rng).items()}
    for step in ("1", "2"):
        x = 2 * rng.standard_normal((SMALL[0], 16)) + rng.standard_normal((SMALL[0], 1))
        found[f"small.x{step}"] = x.astype(np.float32)
        found[f"small.y{step}"] = rng.integers(0, SMALL[-1], 16)
    digits = load_digits()
    found |= {f"digits.weights.{name}": value for name, value in weights(DIGITS, rng).items()}
    found["digits.x"] = digits.x_train[:, :60].astype(np.float32)
    found["digits.y"] = digits.y_train[:60].astype(np.int64)
    return found


class Net:
    """An adapter as the others are (see `adapters/__init__.py`), of bnlib's own layers.

    Args:
        weights: W1, gamma1, beta1, ..., WL, bL.
        like: the framework whose batch norm is imitated.
    """

    def __init__(self, weights: dict[str, np.ndarray], like: str) -> None:
        depth = sum(name.startswith("W") for name in weights)
        self.layers: list[Any] = []
        self.linears: list[Linear] = []
        self.norms: list[FrameworkBatchNorm] = []
        for number in range(1, depth + 1):
            self.linears.append(Linear(weights[f"W{number}"], weights.get(f"b{number}")))
            self.layers.append(self.linears[-1])
            if number < depth:
                gamma, beta = weights[f"gamma{number}"], weights[f"beta{number}"]
                self.norms.append(batch_norm_like(like, gamma, beta))
                self.layers += [self.norms[-1], Activation("sigmoid")]

    def batch(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return x, y

    def step(
        self, batch: tuple[np.ndarray, np.ndarray]
    ) -> tuple[np.ndarray, float, dict[str, Any]]:
        """Logits (C, m), cost, and gradients by name."""
        a, y = batch
        for layer in self.layers:
            a = layer.forward(a, training=True)
        cost, dz = softmax_cross_entropy(a, y)
        for layer in reversed(self.layers):
            dz = layer.backward(dz)
        gradients = {f"W{i}": linear.dw for i, linear in enumerate(self.linears, 1)}
        gradients[f"b{len(self.linears)}"] = self.linears[-1].db
        for i, norm in enumerate(self.norms, 1):
            gradients[f"gamma{i}"], gradients[f"beta{i}"] = norm.dgamma, norm.dbeta
        return a, cost, {name: value.copy() for name, value in gradients.items()}

    def running(self) -> dict[str, np.ndarray]:
        """mean1, var1, ..., each (n, 1)."""
        found = {}
        for i, norm in enumerate(self.norms, 1):
            found[f"mean{i}"], found[f"var{i}"] = norm.running_mean, norm.running_var
        return found

    def infer(self, x: np.ndarray) -> np.ndarray:
        """Logits (C, m) at test time."""
        for layer in self.layers:
            x = layer.forward(x, training=False)
        return x
