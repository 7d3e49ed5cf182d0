"""How bnlib's cost grows with the batch and with the units: the slope in a log-log plot.

A slope of 1 is twice the time for twice the numbers; below 1, fixed costs still show.
"""

from __future__ import annotations

import numpy as np

import bnlib
from bnlib.benchmarks.batch_norm import a_batch, equations_of
from bnlib.benchmarks.timing import Effort, quartiles, times_in_turn

M_AT_64_UNITS = (256, 1024, 4096, 16384)
N_AT_256_EXAMPLES = (16, 64, 256, 1024)


def slopes(sizes: tuple[int, ...], times: dict[str, np.ndarray]) -> np.ndarray:
    """One slope a round: of log time against log size, by least squares."""
    rounds = np.array(list(times.values()))
    return np.polyfit(np.log(sizes), np.log(rounds), 1)[0]


def run(effort: Effort, jax: bool, rng: np.random.Generator) -> dict[str, dict]:
    """{what grows: {"slope": quartiles, "microseconds": medians by size}}, float32."""
    table = {}
    for label, sizes, shapes in (
        ("examples, at 64 units", M_AT_64_UNITS, [(64, m) for m in M_AT_64_UNITS]),
        ("units, at 256 examples", N_AT_256_EXAMPLES, [(n, 256) for n in N_AT_256_EXAMPLES]),
    ):
        steps = {
            str(size): equations_of(bnlib, a_batch(n, m, "float32", rng))
            for size, (n, m) in zip(sizes, shapes)
        }
        times = times_in_turn(steps, effort, rng)
        table[label] = {
            "slope": quartiles(slopes(sizes, times)),
            "microseconds": {size: quartiles(t * 1e6)["median"] for size, t in times.items()},
        }
    return table
