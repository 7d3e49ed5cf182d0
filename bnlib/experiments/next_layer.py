"""Does normalizing z[1] speed up W[2], b[2]? Train the output layer alone, on fixed features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bnlib.equations.softmax import softmax_cross_entropy
from bnlib.experiments.bowl import condition_number, normalized


@dataclass(frozen=True)
class NextLayer:
    """How the output layer learned from the activations of random hidden layers, one a seed."""

    costs: np.ndarray
    """(seeds, steps + 1): the cost at each seed's best learning rate, in nats."""
    learning_rate: np.ndarray
    """(seeds,)"""
    condition: np.ndarray
    """(seeds,): the condition number of the activations it learned from."""


def train_next_layer(
    x: np.ndarray,
    y: np.ndarray,
    *,
    normalize_z: bool,
    seeds: Sequence[int],
    hidden: int = 30,
    learning_rates: Sequence[float] = (4, 8, 16, 32, 64),
    steps: int = 100,
) -> NextLayer:
    """Gradient descent on W[2], b[2] alone; W[1] is random and stays as it is.

    Args:
        x: (n_0, m), inputs.
        y: (m,), integer labels.
        normalize_z: whether z[1] is normalized before its tanh.
        seeds: one W[1] each.
        learning_rates: all are tried; the one with the lowest mean cost counts.
    """
    costs, rates, conditions = [], [], []
    for seed in seeds:
        w = np.random.default_rng(seed).standard_normal((hidden, x.shape[0]))
        z = w @ x / np.sqrt(x.shape[0])
        a = np.tanh(normalized(z) if normalize_z else z)
        runs = [_costs(a, y, rate, steps) for rate in learning_rates]
        best = int(np.argmin([run.mean() for run in runs]))
        costs.append(runs[best])
        rates.append(learning_rates[best])
        conditions.append(condition_number(a))
    return NextLayer(np.array(costs), np.array(rates), np.array(conditions))


def _costs(a: np.ndarray, y: np.ndarray, rate: float, steps: int) -> np.ndarray:
    classes = int(y.max()) + 1
    w, b = np.zeros((classes, a.shape[0])), np.zeros((classes, 1))
    costs = np.empty(steps + 1)
    for step in range(steps + 1):
        costs[step], dz = softmax_cross_entropy(w @ a + b, y)
        w -= rate * dz @ a.T
        b -= rate * dz.sum(axis=1, keepdims=True)
    return costs
