"""Statistics of many examples from those of their parts: exact when pooled, not when averaged.

Source of the formula: Chan, Golub and LeVeque 1983, "Algorithms for computing the sample variance".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias, get_args

import numpy as np

EPS = 1e-5
SHARDS = (20, 20, 20, 4)
"""How many of a batch's 64 examples each of four workers has."""
Way: TypeAlias = Literal["each its own", "averaged", "pooled"]
WAYS: tuple[Way, ...] = get_args(Way)


def combine_statistics(
    means: Sequence[np.ndarray], variances: Sequence[np.ndarray], sizes: Sequence[int]
) -> tuple[np.ndarray, np.ndarray]:
    """Lists of (n, 1), (n, 1), ints -> (mean, var), each (n, 1), of all examples together.

    mean = sum m_k mu_k / M,  var = sum m_k (var_k + (mu_k - mean)^2) / M,  with M = sum m_k.
    """
    total = sum(sizes)
    mean = np.asarray(sum(m * mu for mu, m in zip(means, sizes)) / total)
    spread = (m * (v + (mu - mean) ** 2) for mu, v, m in zip(means, variances, sizes))
    return mean, np.asarray(sum(spread) / total)


def statistics(z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """z (n, m) -> mean and biased variance, each (n, 1)."""
    return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)


def split(z: np.ndarray, sizes: Sequence[int] = SHARDS) -> list[np.ndarray]:
    """The columns of z in parts of the given sizes."""
    return np.split(z, np.cumsum(sizes)[:-1], axis=1)


def normalized_by_workers(z: np.ndarray, way: Way) -> np.ndarray:
    """z_norm (n, 64) as four workers compute it: each on its shard, by statistics got in one `way`.

    "each its own": of its shard alone; "averaged": the plain mean of all workers' means and
    variances; "pooled": `combine_statistics` of them.
    """
    shards = split(z)
    own = [statistics(shard) for shard in shards]
    means, variances = zip(*own)
    if way == "averaged":
        used = [(np.mean(means, axis=0), np.mean(variances, axis=0))] * len(shards)
    elif way == "pooled":
        used = [combine_statistics(means, variances, SHARDS)] * len(shards)
    else:
        used = own
    parts = [(shard - mu) / np.sqrt(var + EPS) for shard, (mu, var) in zip(shards, used)]
    return np.hstack(parts)


def errors(z: np.ndarray) -> dict[str, float]:
    """Of every way, how far z_norm is from that of the whole batch.

    The root mean square over all units and examples at once.
    """
    mu, var = statistics(z)
    whole = (z - mu) / np.sqrt(var + EPS)
    return {
        way: float(np.sqrt(np.mean((normalized_by_workers(z, way) - whole) ** 2))) for way in WAYS
    }


def batch_of_digits(x: np.ndarray, y: np.ndarray, seed: int, *, by_class: bool) -> np.ndarray:
    """z (10, 64) of ten random units, their weights standard normal, for 64 images of `x (n_0, m)`.

    All 64 are different. `by_class` sorts them by their label before they are dealt.
    """
    rng = np.random.default_rng(seed)
    chosen = rng.permutation(y.size)[: sum(SHARDS)]
    if by_class:
        chosen = chosen[np.argsort(y[chosen], kind="stable")]
    return rng.standard_normal((10, x.shape[0])) @ x[:, chosen]
