"""What is left of the differences between examples in a deep network that was never trained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bnlib.network import Network


class Collapse(NamedTuple):
    """Of the last hidden layer, for each seed: `(seeds,)`.

    `cosine`: the mean cosine between two examples' activations. `rank`: in how many directions they
    spread out, as exp of the entropy of the squared singular values' shares. `likeness`: whether
    pairs that were alike stay so, as the correlation of their cosines with those of the inputs.
    """

    cosine: np.ndarray
    rank: np.ndarray
    likeness: np.ndarray


def collapse(
    x: np.ndarray, *, batch_norm: bool, depth: int, seeds: Sequence[int], width: int = 100
) -> Collapse:
    """Networks of `depth` ReLU layers at He's start, without training; x (n_0, m) is one batch.

    All weights have a standard deviation of sqrt(2 / width), as in `deep_random_network`.

    Source: Daneshmand et al. 2020 (arXiv 2003.01652), who prove that batch norm keeps the rank up.
    """
    cosines, ranks, likeness = [], [], []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        scale = float(np.sqrt(2 / width))
        sizes = [x.shape[0], *[width] * depth, 10]
        net = Network(sizes, batch_norm, "relu", rng=rng, weight_scale=scale)
        a = net.trace(x, training=True)[-1].a
        of_pairs = _cosines(a)
        cosines.append(of_pairs.mean())
        likeness.append(np.corrcoef(of_pairs, _cosines(x))[0, 1])
        share = np.linalg.svd(a, compute_uv=False) ** 2
        share = share[share > 0] / share.sum()
        ranks.append(np.exp(-(share * np.log(share)).sum()))
    return Collapse(np.array(cosines), np.array(ranks), np.array(likeness))


def _cosines(a: np.ndarray) -> np.ndarray:
    """Of every pair of columns of a (n, m): (m (m - 1) / 2,)."""
    direction = a / np.linalg.norm(a, axis=0)
    return (direction.T @ direction)[np.triu_indices(a.shape[1], 1)]
