"""Where the benchmarks run: an environment with PyTorch, in the user's cache folder."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from bnlib.environments import Environment, install
from bnlib.frameworks.needs import ENVIRONMENTS

ROOT = Path(__file__).resolve().parents[2]


def bench_python(jax: bool) -> Path:
    """The interpreter to measure with: this one if it has all, else that of an environment.

    PyTorch and JAX are installed side by side: only in one process can they be measured in turn.

    Raises:
        NotInstalledError: the environment cannot be made; the message says why.
    """
    modules = ("torch", "threadpoolctl", "pyperf", *["jax", "flax"] * jax)
    if all(importlib.util.find_spec(module) for module in modules):
        return Path(sys.executable)
    if not jax:
        return install(ENVIRONMENTS["pytorch"])
    return install(Environment("bench-jax"))
