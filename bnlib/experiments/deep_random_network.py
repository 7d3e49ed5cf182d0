"""What a deep network of random weights does to the spread of z, layer by layer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

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
