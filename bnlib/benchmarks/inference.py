"""A forward pass at test time, with batch norm and with batch norm folded into the weights."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

import bnlib
from bnlib.benchmarks.agreement import require_agreement
from bnlib.benchmarks.timing import Effort, measure
from bnlib.experiments.folding import folded

LAYER_SIZES = (64, 100, 100, 100, 10)
BATCHES = (1, 60, 500)


def measure_batch(m: int, effort: Effort, rng: np.random.Generator) -> dict[str, dict]:
    """`folded` over `unfolded`, for `m` examples, on a network that has seen a few batches."""
    net = bnlib.Network(LAYER_SIZES, rng=rng, dtype=np.float32)
    for _ in range(10):
        net.forward(rng.standard_normal((LAYER_SIZES[0], 60)), training=True)
    plain = folded(net)
    x = rng.standard_normal((LAYER_SIZES[0], m)).astype(np.float32)
    peers = {"folded": lambda: plain.forward(x), "unfolded": lambda: net.forward(x)}
    results: dict[str, Callable[[], Sequence[np.ndarray]]]
    results = {"folded": lambda: [plain.forward(x)], "unfolded": lambda: [net.forward(x)]}
    require_agreement(results, "folded")
    return measure(peers, effort, rng, "folded")


def run(effort: Effort, jax: bool, rng: np.random.Generator) -> dict[str, dict]:
    """{"batch of 60": {peer: times and ratios}}; JAX has no part in it."""
    return {f"batch of {m}": measure_batch(m, effort, rng) for m in BATCHES}
