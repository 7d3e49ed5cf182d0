"""What a practitioner looks at first in a net that will not train: four numbers a hidden layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from bnlib.equations.softmax import softmax_cross_entropy
from bnlib.layers import BatchNorm, Linear
from bnlib.network import Network


@dataclass(frozen=True)
class Health:
    """One number a hidden layer, in order, for one mini-batch and one step of an optimizer."""

    activation: np.ndarray
    """Standard deviation of the layer's output over the examples, root mean square of the units."""
    gradient: np.ndarray
    """Root mean square of the cost's gradient at z."""
    dead: np.ndarray
    """The share of units that give the same for every example."""
    update: np.ndarray
    """The length of the step of W, over the length of W."""


def check_up(net: Network, optimizer: Any, x: np.ndarray, y: np.ndarray) -> Health:
    """Activations, gradients, dead units and update-to-weight ratio, layer by layer.

    Takes a training step on a mini-batch and undoes it: parameters and running statistics are
    afterwards what they were. An optimizer that remembers (Momentum, Adam) has seen one batch more.

    Args:
        net: any `Network`, with batch norm or without, before, during or after training.
        optimizer: one of the course's, made for `net`.
        x, y: (n_0, m) and (m,), a mini-batch.
    """
    before = net.theta.copy()
    norms = [layer for layer in net.layers if isinstance(layer, BatchNorm)]
    statistics = [(norm.running_mean.copy(), norm.running_var.copy()) for norm in norms]
    outputs = [layer.a for layer in net.trace(x, training=True)]
    _, dz = softmax_cross_entropy(net.forward(x, training=True), y)
    gradients = []
    for layer, below in zip(net.layers[:0:-1], net.layers[-2::-1], strict=True):
        dz = layer.backward(dz)
        if isinstance(below, Linear):  # then dz is the gradient at what it gives, z
            gradients.append(float(np.sqrt(np.mean(dz**2))))
    net.first.parameter_gradients(dz)
    weights = [f"W{i}" for i in range(1, len(outputs) + 1)]
    start = {name: net.parameters[name].copy() for name in weights}
    optimizer.step()
    updates = [
        float(np.linalg.norm(net.parameters[w] - start[w]) / np.linalg.norm(start[w]))
        for w in weights
    ]
    net.theta[:] = before
    for norm, (mean, var) in zip(norms, statistics, strict=True):
        norm.running_mean, norm.running_var = mean, var
    return Health(
        np.array([np.sqrt(a.var(axis=1).mean()) for a in outputs]),
        np.array(gradients[::-1]),
        np.array([np.mean(np.ptp(a, axis=1) == 0) for a in outputs]),
        np.array(updates),
    )
