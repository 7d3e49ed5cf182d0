"""The output error of batch norm in float32 when the mean is large beside the deviation."""

from __future__ import annotations

import numpy as np

import bnlib
from bnlib.benchmarks import textbook
from bnlib.benchmarks.timing import Effort

MEANS = {"mean 1e4": 1e4, "mean 1e6": 1e6}
UNITS, M = 16, 4096


def outputs(z: np.ndarray) -> dict[str, np.ndarray]:
    """z_tilde (n, m) for gamma 1 and beta 0, by those that need NumPy alone."""
    one, zero = np.ones((len(z), 1), z.dtype), np.zeros((len(z), 1), z.dtype)
    return {
        "bnlib": bnlib.batch_norm(z, one, zero)[0],
        "textbook": textbook.batch_norm(z, one, zero)[0],
    }


def errors(found: dict[str, np.ndarray], z: np.ndarray) -> dict[str, float]:
    """The largest distance from float64's result for the same float32 numbers z (n, m)."""
    right = textbook.batch_norm(z.astype(np.float64), 1.0, 0.0)[0]
    return {name: float(f"{np.abs(out - right).max():.2g}") for name, out in found.items()}


def run(effort: Effort, jax: bool, rng: np.random.Generator) -> dict[str, dict]:
    """{"mean 1e4": {peer: largest error}}."""
    from bnlib.benchmarks import torch_peers

    table = {}
    for name, mean in MEANS.items():
        z = rng.normal(mean, 1, (UNITS, M)).astype(np.float32)
        found = outputs(z) | {"PyTorch BatchNorm1d": torch_peers.batch_norm_output(z)}
        if jax:
            from bnlib.benchmarks import jax_peers

            found["Flax BatchNorm"] = jax_peers.batch_norm_output(z)
        table[name] = errors(found, z)
    return table
