"""What is left of the differences between examples in a deep network that was never trained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bnlib.network import Network


class Collapse(NamedTuple):
    """Of the last hidden layer, for each seed: `(seeds,)`.

    `cosine`: the mean cosine between two examples' activations. `rank`: in how many directions they
    spread out, as exp of the entropy of the squared singular values' shares.
    """

    cosine: np.ndarray
    rank: np.ndarray


def collapse(
    x: np.ndarray, *, batch_norm: bool, depth: int, seeds: Sequence[int], width: int = 100
) -> Collapse:
    """Networks of `depth` ReLU layers at He's start, without training; x (n_0, m).

    Source: Daneshmand et al. 2020 (arXiv 2003.01652), who prove that batch norm keeps the rank up.
    """
    cosines, ranks = [], []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        net = Network([x.shape[0], *[width] * depth, 10], batch_norm, "relu", rng=rng)
        a = net.trace(x, training=True)[-1].a
        direction = a / np.linalg.norm(a, axis=0)
        m = a.shape[1]
        cosines.append(((direction.T @ direction).sum() - m) / (m * (m - 1)))
        share = np.linalg.svd(a, compute_uv=False) ** 2
        share = share[share > 0] / share.sum()
        ranks.append(np.exp(-(share * np.log(share)).sum()))
    return Collapse(np.array(cosines), np.array(ranks))
