"""What a deep network of random weights does to the spread of z, and to gradients, by layer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bnlib.activations import ActivationName
from bnlib.equations.softmax import softmax_cross_entropy
from bnlib.layers import Linear
from bnlib.network import Network


def spread_by_layer(
    x: np.ndarray,
    *,
    batch_norm: bool,
    times: float,
    seeds: Sequence[int],
    depth: int = 20,
    width: int = 100,
) -> np.ndarray:
    """The spread of z in each of `depth` ReLU layers of networks that were never trained.

    Args:
        x: (n_0, m), the inputs.
        times: the weights' standard deviation, in units of He's sqrt(2 / width).
        seeds: one network each.
        depth, width: the number of hidden layers, and of units in each.

    Returns:
        (seeds, depth): the standard deviation of z over the examples, its root mean square over the
        units. z is what the weights give, before batch norm.
    """
    sizes = [x.shape[0], *[width] * depth, 10]
    scale = times * float(np.sqrt(2 / width))
    spreads = []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        net = Network(sizes, batch_norm, "relu", rng=rng, weight_scale=scale)
        layers = net.trace(x, training=True)
        spreads.append([np.sqrt(layer.z.var(axis=1).mean()) for layer in layers])
    return np.array(spreads)


def gradient_by_layer(
    x: np.ndarray,
    y: np.ndarray,
    *,
    batch_norm: bool,
    times: float,
    seeds: Sequence[int],
    activation: ActivationName = "relu",
    depth: int = 20,
    width: int = 100,
) -> np.ndarray:
    """The size of dz in each layer of the same networks, over its size in the last.

    With batch norm it grows towards the input at any scale of the weights that keeps the variance
    of z far above eps (Yang et al. 2019, arXiv 1902.08129: by a factor of 1.21 a layer, for wide
    ReLU layers), with sigmoids by less.

    Args:
        y: (m,), integer labels: the cost is softmax cross-entropy.
        activation: of all hidden layers.

    Returns:
        (seeds, depth): |dz[l]| / |dz[depth]|, Euclidean norms over units and examples. The last
        layer of the network, which gives the logits, is not among them.
    """
    sizes = [x.shape[0], *[width] * depth, 10]
    sizes_of_gradients = []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        scale = times * float(np.sqrt(2 / width))
        net = Network(sizes, batch_norm, activation, rng=rng, weight_scale=scale)
        _, dz = softmax_cross_entropy(net.forward(x, training=True), y)
        norms = []
        for layer, below in zip(net.layers[:0:-1], net.layers[-2::-1], strict=True):
            dz = layer.backward(dz)
            if isinstance(below, Linear):  # then dz is the gradient at what it gives, z
                norms.append(float(np.linalg.norm(dz)))
        sizes_of_gradients.append(norms[::-1])
    runs = np.array(sizes_of_gradients)
    return runs / runs[:, -1:]
