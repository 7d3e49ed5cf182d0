"""Gradient descent on a least-squares cost: how its speed depends on the features' scales.

The cost of weights w on features x (n, m) and targets y (1, m) is

    J(w) = 1/2 * mean of (w' x - y)^2,    gradient x (w' x - y)' / m,    Hessian x x' / m,

the same Hessian everywhere: a bowl. Its eigenvalues are its curvatures along its axes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bnlib import synthetic
from bnlib.equations.batch_norm import batch_norm


@dataclass(frozen=True)
class Path:
    """Where gradient descent went."""

    w: np.ndarray
    """(steps + 1, n): the weights, from the start on."""
    excess: np.ndarray
    """(steps + 1,): how far the cost is above the lowest one."""
    lowest: np.ndarray
    """(n,): the weights of the lowest cost."""


@dataclass(frozen=True)
class StepCounts:
    """Steps to a small cost, over several bowls (rows) and seeds (columns)."""

    condition: np.ndarray
    """(bowls, seeds): the condition number of the features that were drawn."""
    steps: np.ndarray
    """(bowls, seeds): steps until the excess cost is `shrink` times what it was."""
    shrink: float


def normalized(x: np.ndarray) -> np.ndarray:
    """Each row of `x (n, m)` at mean 0 and variance 1; a constant row at 0."""
    ones = np.ones((x.shape[0], 1))
    return batch_norm(x, ones, 0 * ones)[0]


def curvatures(x: np.ndarray) -> np.ndarray:
    """The eigenvalues `(n,)` of x x' / m, smallest first, for features `x (n, m)` as they are."""
    return np.linalg.eigvalsh(x @ x.T / x.shape[1])


def condition_number(x: np.ndarray) -> float:
    """The largest curvature over the smallest, for features `x (n, m)` as they are, not centred."""
    eigenvalues = curvatures(x)
    return float(eigenvalues[-1] / eigenvalues[0])


def largest_stable_rate(x: np.ndarray) -> float:
    """2 over the largest curvature: above it, gradient descent diverges."""
    return float(2 / curvatures(x)[-1])


def best_rate(x: np.ndarray) -> float:
    """The learning rate that serves the worst start best: 2 / (largest + smallest curvature).

    A step multiplies the distance along a direction of curvature c by 1 - rate * c. At this rate
    that is as far from 0 in the flattest direction as in the steepest, with the other sign. From
    another start another rate can be faster.
    """
    eigenvalues = curvatures(x)
    return float(2 / (eigenvalues[0] + eigenvalues[-1]))


def descend(
    x: np.ndarray,
    y: np.ndarray,
    learning_rate: float,
    steps: int,
    *,
    start: Sequence[float] | None = None,
    shrink: float = 0.0,
) -> Path:
    """Gradient descent from `start (n,)`, by default 0, for `steps` steps.

    It ends sooner once the excess cost is at most `shrink` times what it was at the start.
    """
    hessian, pull = x @ x.T / x.shape[1], x @ y[0] / x.shape[1]
    lowest = np.linalg.solve(hessian, pull)
    w = np.zeros(len(x)) if start is None else np.array(start, dtype=float)
    away = w - lowest
    gradient = hessian @ away  # hessian @ w - pull
    visited, excess = [w], [away @ gradient / 2]
    while len(excess) <= steps and excess[-1] > shrink * excess[0]:
        w = w - learning_rate * gradient
        away = w - lowest
        gradient = hessian @ away
        visited.append(w)
        excess.append(away @ gradient / 2)
    return Path(np.array(visited), np.array(excess), lowest)


def steps_over_condition_numbers(
    condition_numbers: Sequence[float],
    seeds: Sequence[int],
    *,
    n: int = 5,
    m: int = 200,
    shrink: float = 1e-3,
) -> StepCounts:
    """Steps at each bowl's own `best_rate`, for features whose spreads differ more and more.

    Args:
        condition_numbers: of the distribution; the features that are drawn come close to it.
        n, m: features and examples. The spreads of the n features grow evenly on a log scale.
    """
    condition, steps = np.empty((2, len(condition_numbers), len(seeds)))
    for i, wanted in enumerate(condition_numbers):
        for j, seed in enumerate(seeds):
            rng = np.random.default_rng(seed)
            x = synthetic.features_with_spreads(np.geomspace(1, np.sqrt(wanted), n), m, rng)
            y = rng.standard_normal((1, n)) @ x
            path = descend(x, y, best_rate(x), 100_000, shrink=shrink)
            condition[i, j], steps[i, j] = condition_number(x), len(path.excess) - 1
    return StepCounts(condition, steps, shrink)


def most_steps(condition: np.ndarray, shrink: float) -> np.ndarray:
    """The steps that suffice from any start, at the best learning rate.

    A step multiplies the worst direction by (c - 1) / (c + 1) for the condition number c, and the
    cost by its square.
    """
    c = np.asarray(condition, dtype=float)
    return np.log(shrink) / (2 * np.log((c - 1) / (c + 1)))
