"""Runs in the benchmarks' environment, in one thread: measures subjects and returns plain data."""

from __future__ import annotations

import importlib
import sys
from time import perf_counter
from typing import Any

import numpy as np

from bnlib.benchmarks import facts
from bnlib.benchmarks.timing import Effort

SUBJECTS = ("batch_norm", "training", "softmax", "inference", "accuracy", "memory", "growth")
SEED = 20261120


def in_one_thread() -> None:
    """Hold PyTorch and NumPy's BLAS to one thread, also where nobody set their variables."""
    import threadpoolctl
    import torch

    torch.set_num_threads(1)
    threadpoolctl.threadpool_limits(1)


def run(subjects: list[str], effort: Effort, jax: bool) -> dict[str, Any]:
    """Versions, machine, and {subject: what its module's `run` found}, each from the same seed."""
    in_one_thread()
    machine, found = facts.machine(), {}
    for subject in subjects:
        start = perf_counter()
        module = importlib.import_module(f"bnlib.benchmarks.{subject}")
        found[subject] = module.run(effort, jax, np.random.default_rng(SEED))
        print(f"{subject}: {perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    return {"versions": facts.versions(), "machine": machine, "subjects": found}
