"""Batch norm at test time is a linear map a unit: fold it into W and b, and it is gone."""

from __future__ import annotations

import time

import numpy as np

from bnlib.network import Network

SHORTEST = 5e-3
"""What is worth timing, in seconds: a browser's clock goes in steps of up to a millisecond."""


def fold_batch_norm(
    w: np.ndarray,
    gamma: np.ndarray,
    beta: np.ndarray,
    mean: np.ndarray,
    var: np.ndarray,
    eps: float = 1e-5,
) -> tuple[np.ndarray, np.ndarray]:
    """w (n_out, n_in), the rest (n_out, 1) -> w and b of one linear layer that does what both did.

    gamma (w a - mean) / sqrt(var + eps) + beta = (scale w) a + (beta - scale mean).
    """
    scale = gamma / np.sqrt(var + eps)
    return scale * w, beta - scale * mean


def folded(net: Network) -> Network:
    """A network without batch norm that gives at test time what `net` gives.

    Raises:
        ValueError: batch norm does not stand right after W: there is a bias between the two, or it
            comes after the activation (it would then fold into the next layer instead).
    """
    plain = Network(
        net.layer_sizes,
        batch_norm=False,
        activation=net.activation,
        rng=np.random.default_rng(0),  # every weight is replaced
        dtype=net.dtype,
    )
    for number, bn in enumerate(net.batch_norms, start=1):
        if f"b{number}" in net.parameters:
            raise ValueError(
                f"folded: hidden layer {number} has a bias, expected batch norm right after W, and "
                "so none"
            )
        plain.parameters[f"W{number}"][...], plain.parameters[f"b{number}"][...] = fold_batch_norm(
            net.parameters[f"W{number}"], bn.gamma, bn.beta, bn.running_mean, bn.running_var, bn.eps
        )
    last = len(net.layer_sizes) - 1
    for name in (f"W{last}", f"b{last}"):
        plain.parameters[name][...] = net.parameters[name]
    return plain


def time_ratio(net: Network, other: Network, x: np.ndarray, repeats: int = 15) -> float:
    """`other`'s time for a forward pass over `net`'s: the median of pairs, taken in turn.

    Each of a pair is of as many passes as take `net` `SHORTEST` or longer.
    """

    def seconds(network: Network) -> float:
        start = time.perf_counter()
        for _ in range(passes):
            network.forward(x)
        return time.perf_counter() - start

    passes = 1
    while min(seconds(net) for _ in range(3)) < SHORTEST:  # one alone may have had to wait
        passes *= 2
    ratios = []
    for _ in range(repeats):
        first = seconds(net)
        ratios.append(seconds(other) / first)
    return float(np.median(ratios))
