"""Softmax with cross-entropy, cost and gradient: bnlib, the textbook, PyTorch."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

import bnlib
from bnlib.benchmarks import textbook
from bnlib.benchmarks.agreement import require_agreement
from bnlib.benchmarks.timing import Effort, measure

SIZES = ((10, 128), (1000, 1024), (50_000, 256))
TEXTBOOK_UP_TO = 1000
"""Classes: the textbook's one-hot matrix is built from an identity of classes x classes."""


def numpy_peers(z: np.ndarray, y: np.ndarray) -> dict[str, Callable[[], tuple]]:
    """Those that need NumPy alone; each returns the cost and its gradient (C, m)."""
    peers = {"bnlib": lambda: bnlib.softmax_cross_entropy(z, y)}
    if len(z) <= TEXTBOOK_UP_TO:
        peers["textbook"] = lambda: textbook.softmax_cross_entropy(z, y)
    return peers


def as_rows(peer: Callable[[], tuple]) -> Callable[[], tuple]:
    """A peer whose gradient is (m, C) as one whose gradient is (C, m)."""

    def turned():
        cost, dz = peer()
        return cost, np.asarray(dz).T

    return turned


def measure_size(classes: int, m: int, effort: Effort, jax: bool, rng: np.random.Generator) -> dict:
    """All peers at one size: first that they agree, then their times."""
    from bnlib.benchmarks import torch_peers

    z = 3 * rng.standard_normal((classes, m), np.float32)
    y = rng.integers(classes, size=m)
    peers = numpy_peers(z, y)
    in_rows = {"PyTorch": torch_peers.softmax_cross_entropy(z, y)}
    if jax:
        from bnlib.benchmarks import jax_peers

        in_rows["JAX jit"] = jax_peers.softmax_cross_entropy(z, y)
    require_agreement(peers | {name: as_rows(peer) for name, peer in in_rows.items()})
    return measure(peers | in_rows, effort, rng)


def run(effort: Effort, jax: bool, rng: np.random.Generator) -> dict[str, dict]:
    """{"10 classes, 128 examples": {peer: times and ratios}}."""
    return {
        f"{classes:,} classes, {m} examples": measure_size(classes, m, effort, jax, rng)
        for classes, m in SIZES
        if classes * m <= effort.most_entries
    }
