"""Batch norm, forward and backward: bnlib, the textbook, PyTorch, JAX, and the copy floor."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

import bnlib
from bnlib.benchmarks import textbook
from bnlib.benchmarks.agreement import require_agreement
from bnlib.benchmarks.timing import Effort, measure

SIZES = ((64, 64), (100, 60), (256, 256), (512, 1024), (512, 4096), (4096, 4096))
DTYPES = ("float32", "float64")


class Batch(NamedTuple):
    """What goes in: z and dz_tilde (n, m), gamma and beta (n, 1)."""

    z: np.ndarray
    gamma: np.ndarray
    beta: np.ndarray
    dz_tilde: np.ndarray


def a_batch(n: int, m: int, dtype: str, rng: np.random.Generator) -> Batch:
    """Random numbers of an ordinary layer."""
    z = 2 * rng.standard_normal((n, m), np.float32) + 1
    gamma, beta = rng.uniform(0.5, 2, (n, 1)), rng.standard_normal((n, 1))
    dz_tilde = rng.standard_normal((n, m), np.float32)
    return Batch(*(each.astype(dtype) for each in (z, gamma, beta, dz_tilde)))


Peer = Callable[[], tuple]
"""Forward and backward once; returns z_tilde, dz, dgamma, dbeta in its own layout and type."""


def equations_of(library: ModuleType, b: Batch) -> Peer:
    """The equations of bnlib, or of the textbook."""

    def step():
        z_tilde, cache = library.batch_norm(b.z, b.gamma, b.beta)
        return z_tilde, *library.batch_norm_backward(b.dz_tilde, cache)

    return step


def copy_floor(b: Batch) -> Peer:
    """The memory traffic alone: read z, write one array; read two arrays, write one."""
    z_tilde, dz = np.empty_like(b.z), np.empty_like(b.z)

    def step():
        np.copyto(z_tilde, b.z)
        np.add(b.dz_tilde, b.z, out=dz)
        return z_tilde, dz

    return step


def numpy_peers(b: Batch) -> dict[str, Peer]:
    """Those that need NumPy alone."""
    return {"bnlib": equations_of(bnlib, b), "textbook": equations_of(textbook, b)}


def as_rows(z_tilde, dz, dgamma, dbeta) -> tuple[np.ndarray, ...]:
    """Results in PyTorch's layout, (m, n) and (n,), as bnlib has them: (n, m) and (n, 1)."""
    return (
        np.asarray(z_tilde).T,
        np.asarray(dz).T,
        np.asarray(dgamma)[:, np.newaxis],
        np.asarray(dbeta)[:, np.newaxis],
    )


def measure_size(
    n: int, m: int, dtype: str, effort: Effort, jax: bool, rng: np.random.Generator
) -> dict[str, dict]:
    """All peers at one size: first that they agree, then their times."""
    from bnlib.benchmarks import torch_peers

    b = a_batch(n, m, dtype, rng)
    peers, in_rows = numpy_peers(b), torch_peers.batch_norm(b)
    if jax:
        from bnlib.benchmarks import jax_peers

        in_rows |= jax_peers.batch_norm(b)
    checked: dict[str, Any] = {
        name: lambda peer=peer: as_rows(*peer()) for name, peer in in_rows.items()
    }
    require_agreement(peers | checked)
    return measure(peers | in_rows | {"copy floor": copy_floor(b)}, effort, rng)


def run(effort: Effort, jax: bool, rng: np.random.Generator) -> dict[str, dict]:
    """{"64 x 64, float32": {peer: times and ratios}}."""
    return {
        f"{n} x {m}, {dtype}": measure_size(n, m, dtype, effort, jax, rng)
        for dtype in DTYPES
        for n, m in SIZES
        if n * m <= effort.most_entries
    }
