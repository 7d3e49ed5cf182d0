"""What an import costs beyond NumPy's own, in fresh processes."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import numpy as np

from bnlib.benchmarks.environment import ROOT
from bnlib.benchmarks.timing import Effort, quartiles

PROGRAM = """
from time import perf_counter
start = perf_counter()
import numpy
middle = perf_counter()
import {module}
print(middle - start, perf_counter() - middle)
"""


def seconds(python: Path | str, module: str) -> tuple[float, float]:
    """How long NumPy takes to import, and `module` after it, in a process of their own."""
    # Bytecode is cached, as it is for everybody, also where a machine's settings say otherwise.
    settings = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [str(python), "-c", PROGRAM.format(module=module)],
        env={**settings, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    numpy_seconds, module_seconds = map(float, done.stdout.split())
    return numpy_seconds, module_seconds


def run(pythons: dict[str, Path | str], effort: Effort, rng: np.random.Generator) -> dict:
    """{module: {"milliseconds": quartiles}}; `pythons` says for each module who imports it.

    Modules take turns, in a new order each round. The first round, which may have to compile and
    to read from the disk, is dropped.
    """
    times: dict[str, list[float]] = {name: [] for name in ("numpy", *pythons)}
    for _ in range(effort.processes + 1):
        for module in rng.permutation(list(pythons)):
            of_numpy, of_module = seconds(pythons[str(module)], str(module))
            times[str(module)].append(of_module)
            if module == "bnlib":
                times["numpy"].append(of_numpy)
    return {
        name: {"milliseconds": quartiles(np.array(found[1:]) * 1e3)}
        for name, found in times.items()
    }
