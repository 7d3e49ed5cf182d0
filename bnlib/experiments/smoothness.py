"""How smooth the cost is along the gradient: the two measures of Santurkar et al. 2018, section 3.

At some moments of a training (arXiv 1805.11604, figure 4), take the gradient of the cost on a fixed
batch, walk against it by several lengths around the learning rate, and note how much the cost
varies on the way, and how far the gradient there is from the gradient at the start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bnlib.activations import ActivationName
from bnlib.datasets import Digits
from bnlib.equations.softmax import softmax_cross_entropy
from bnlib.experiments.inside import running_statistics_kept
from bnlib.experiments.quiet import fit_quietly
from bnlib.network import Network
from bnlib.optimizers import SGD

SIZES = (64, 100, 100, 100, 10)
LENGTHS = (0.5, 1.0, 2.0, 4.0)  # of the walk, in learning rates
MEASURED_IMAGES = 128
MOMENTS = (1, 2, 4, 8, 16, 32, 64)


def gradient_change(
    gradient_at: Callable[[np.ndarray], np.ndarray], w: np.ndarray, step: float
) -> float:
    """How far the gradient is, after a step against it from `w`, from what it was at `w`.

    The Euclidean norm of gradient_at(w - step * gradient_at(w)) - gradient_at(w).
    """
    gradient = gradient_at(w)
    return float(np.linalg.norm(gradient_at(w - step * gradient) - gradient))


_ACTIVATIONS: dict[str, ActivationName] = {"ReLU": "relu", "sigmoid": "sigmoid"}
"""By what the figure calls them."""


@dataclass(frozen=True)
class Smoothness:
    """One training, measured just before each of `steps (p,)`.

    `cost (p,)`; `cost_range (p,)`: highest minus lowest cost on the walk, its start included;
    `rise (p,)`: how far the cost rises on the walk above its start; `change (p,)`: the largest
    change of the gradient on the walk.
    """

    steps: np.ndarray
    cost: np.ndarray
    cost_range: np.ndarray
    rise: np.ndarray
    change: np.ndarray


def smoothness(
    digits: Digits,
    seed: int,
    *,
    batch_norm: bool,
    activation: str,
    learning_rate: float = 0.1,
) -> Smoothness:
    """Train a network of 3 x 100 units, and measure the cost's smoothness at `MOMENTS`.

    It trains in shuffled batches of 60, from the default start. Every measurement is of the cost on
    the first 128 training images as one batch, by its own statistics.
    """
    rng = np.random.default_rng(seed)
    x = digits.x_train.astype(np.float32)
    net = Network(SIZES, batch_norm, _ACTIVATIONS[activation], rng=rng, dtype=np.float32)
    batch = x[:, :MEASURED_IMAGES], digits.y_train[:MEASURED_IMAGES]
    rows = [_measure(net, *batch, learning_rate)]

    def measure(net: Network, step: int) -> None:
        if step + 1 in MOMENTS:
            rows.append(_measure(net, *batch, learning_rate))

    fit_quietly(
        net, SGD(net, learning_rate), x, digits.y_train, epochs=3, rng=rng, callback=measure
    )
    return Smoothness(np.array(MOMENTS), *np.array(rows).T)


def _measure(
    net: Network, x: np.ndarray, y: np.ndarray, learning_rate: float
) -> tuple[float, float, float, float]:
    here = net.theta.copy()

    def cost_and_gradient(theta: np.ndarray) -> tuple[float, np.ndarray]:
        net.theta[:] = theta
        cost, dz = softmax_cross_entropy(net.forward(x, training=True), y)
        net.backward(dz)
        return cost, net.dtheta.copy()

    with running_statistics_kept(net):
        cost, gradient = cost_and_gradient(here)
        walk = [cost_and_gradient(here - k * learning_rate * gradient) for k in LENGTHS]
    net.theta[:] = here
    costs = [cost, *(c for c, _ in walk)]
    change = max(float(np.linalg.norm(g - gradient)) for _, g in walk)
    return cost, max(costs) - min(costs), max(costs) - cost, change
