"""What becomes of a net whose backward pass takes mu and var for constants.

`toy` is the example of Ioffe and Szegedy 2015 (arXiv 1502.03167), section 2: a bias that grows for
ever while the loss stands still. `train` does the same to a whole net on the digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from bnlib.datasets import load_digits
from bnlib.equations.batch_norm import BatchNormCache, batch_norm_backward
from bnlib.layers import BatchNorm
from bnlib.network import Network
from bnlib.optimizers import SGD
from bnlib.training import fit

SEEDS = (0, 1, 2, 3, 4)
Held: TypeAlias = Literal["mu", "var", "both"]
"""Which statistics the backward pass takes for constants."""


@dataclass(frozen=True)
class Toy:
    """One run of the toy: the bias and the loss before each step, and after the last."""

    b: np.ndarray
    loss: np.ndarray
    beta: float


@dataclass(frozen=True)
class Training:
    """Nets trained on the digits, one seed a row, one step a column."""

    rate: float
    cost: np.ndarray
    """(seeds, steps): the cost on each mini-batch."""
    bias: np.ndarray
    """(seeds, steps): the largest bias before batch norm, in absolute value."""
    alike: np.ndarray
    """(seeds,): mean absolute correlation between the last hidden layer's units, at the end."""

    @property
    def last_cost(self) -> np.ndarray:
        """(seeds,): the mean cost over the last 22 steps, an epoch."""
        return self.cost_at(self.cost.shape[1])

    def cost_at(self, step: int) -> np.ndarray:
        """(seeds,): the mean cost over the 22 steps up to `step`."""
        return self.cost[:, step - 22 : step].mean(axis=1)


def constant_statistics_backward(dz_tilde: np.ndarray, cache: BatchNormCache) -> np.ndarray:
    """The slip: dz as if mu and var did not depend on z.

        dz = gamma / sqrt(var + eps) * dz_tilde

    Args:
        dz_tilde: (n, m), the gradient with respect to `z_tilde`.
        cache: the second result of `batch_norm`.
    """
    return cache.gamma * cache.inv_std * dz_tilde


def toy(
    u: np.ndarray,
    target: np.ndarray,
    *,
    constant: bool,
    with_beta: bool = False,
    learning_rate: float = 0.1,
    steps: int = 100,
) -> Toy:
    """Fit one unit that subtracts the batch's mean, by gradient descent on its bias b.

        z = u + b,    z_hat = z - mean(z) + beta,    loss = mean of (z_hat - target)^2 / 2

    Args:
        u: (m,), the unit's inputs.
        target: (m,), what z_hat is to be.
        constant: take mean(z) for a constant in the backward pass.
        with_beta: learn beta too; otherwise it stays 0.
    """
    b = beta = 0.0
    biases, losses = [], []
    for step in range(steps + 1):
        z = u + b
        dz_hat = (z - z.mean() + beta - target) / u.size
        biases.append(b)
        losses.append(float(np.sum((dz_hat * u.size) ** 2) / (2 * u.size)))
        if step < steps:
            dz = dz_hat if constant else dz_hat - dz_hat.mean()
            b -= learning_rate * dz.sum()
            beta -= learning_rate * dz_hat.sum() * with_beta
    return Toy(np.array(biases), np.array(losses), float(beta))


class ConstantStatistics(Network):
    """A network whose backward pass takes statistics of every batch norm for constants."""

    held: Held = "both"

    def backward(self, dz: np.ndarray) -> None:
        """As in `Network`, with the slip in it; dgamma and dbeta are right all the same."""
        for layer in reversed(self.layers[1:]):
            if isinstance(layer, BatchNorm):
                dz_tilde, cache = dz, layer._cache
                assert cache is not None, "backward follows a forward pass in training"
                _, layer.dgamma[...], layer.dbeta[...] = batch_norm_backward(dz_tilde, cache)
                dz = constant_statistics_backward(dz_tilde, cache)
                if self.held == "var":
                    dz = dz - dz.mean(axis=1, keepdims=True)
                elif self.held == "mu":
                    along = (dz * cache.z_norm).mean(axis=1, keepdims=True)
                    dz = dz - cache.z_norm * along
            else:
                dz = layer.backward(dz)
        self.first.parameter_gradients(dz)


def train(
    held: Held | Literal["none"],
    rate: float,
    *,
    epochs: int = 3,
    seeds: Sequence[int] = SEEDS,
) -> Training:
    """Sigmoid nets with batch norm and, for once, biases before it, trained on the digits.

    Args:
        held: which statistics the backward pass takes for constants: "mu", "var", "both", or
            "none", which is the right gradient.
        rate: the learning rate of gradient descent.
    """
    digits = load_digits()
    x, y = digits.x_train, digits.y_train
    costs, biases, alike = [], [], []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        sizes = [64, 100, 100, 100, 10]
        if held == "none":
            net: Network = Network(sizes, bias=True, rng=rng)
        else:
            slipping = ConstantStatistics(sizes, bias=True, rng=rng)
            slipping.held, net = held, slipping
        largest: list[float] = []

        def keep(net: Network, step: int, largest: list[float] = largest) -> None:
            biases_now = (net.parameters[f"b{hidden}"] for hidden in (1, 2, 3))
            largest.append(max(float(abs(b).max()) for b in biases_now))

        history = fit(
            net, SGD(net, rate), x, y, batch_size=60, epochs=epochs, rng=rng, callback=keep
        )
        costs.append(history.costs)
        biases.append(largest)
        z = net.trace(x, training=True)[-1].z
        alike.append(np.abs(np.corrcoef(z)[np.triu_indices(len(z), 1)]).mean())
    return Training(rate, np.array(costs), np.array(biases), np.array(alike))
