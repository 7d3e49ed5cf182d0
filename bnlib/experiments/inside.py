"""Looking inside a network in training: what its activations receive, without leaving a trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from bnlib.layers import Activation, BatchNorm, Layer
from bnlib.network import Network


@contextmanager
def running_statistics_kept(net: Network) -> Iterator[None]:
    """Inside this block, forward passes in training mode leave the running statistics alone."""
    before = [(bn.running_mean.copy(), bn.running_var.copy()) for bn in net.batch_norms]
    try:
        yield
    finally:
        for bn, (mean, var) in zip(net.batch_norms, before, strict=True):
            bn.running_mean, bn.running_var = mean, var


def activation_inputs(net: Network, x: np.ndarray) -> list[np.ndarray]:
    """What each hidden activation receives for `x (n_0, m)` in training mode: a list of (n, m).

    With batch norm that is z_tilde, by the statistics of `x` itself; without, it is z. Layers of
    noise, where a network has them, are at work.
    """
    inputs, a = [], x
    with running_statistics_kept(net):
        for layer in net.layers[:-1]:
            if isinstance(layer, Activation):
                inputs.append(a)
            a = layer.forward(a, training=True)
    return inputs


def use_exact_statistics(net: Network, x: np.ndarray) -> None:
    """Set the running statistics to those of `x (n_0, m)`, with layers of noise switched off."""
    decays = [bn.decay for bn in net.batch_norms]
    for bn in net.batch_norms:
        bn.decay = 0.0
    try:
        a = x
        for layer in net.layers:
            a = layer.forward(a, training=isinstance(layer, BatchNorm))
    finally:
        for bn, decay in zip(net.batch_norms, decays, strict=True):
            bn.decay = decay


@contextmanager
def exact_statistics(net: Network, x: np.ndarray) -> Iterator[None]:
    """Inside this block, `use_exact_statistics`; after it, the running statistics are back."""
    with running_statistics_kept(net):
        use_exact_statistics(net, x)
        yield


def insert_after(net: Network, kind: type, make: Callable[[], Layer]) -> None:
    """Put a new layer, made by `make()`, after every layer of class `kind`."""
    layers: list[Layer] = []
    for layer in net.layers:
        layers.append(layer)
        if isinstance(layer, kind):
            layers.append(make())
    net.layers = layers
