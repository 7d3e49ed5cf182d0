"""Several functions timed in turn, and how one compares with each other: ratios within a round.

In a round every function is timed once, in an order drawn anew. What else the machine does then
meets all of them alike, and cancels in the ratio of two times of the same round.

pytest-benchmark and pyperf time one function to its end before they begin the next, and asv
interleaves whole processes: none has two in the same round of one process. So the rounds are here,
on `timeit`, and the statistics are NumPy's median and quantiles.
"""

from __future__ import annotations

import timeit
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from time import perf_counter

import numpy as np

OURS = "bnlib"


@dataclass(frozen=True)
class Effort:
    """How long to measure.

    Attributes:
        least_rounds: rounds at least, however long they take.
        most_rounds: rounds at most.
        seconds: the time after which no further round begins.
        sample: the seconds that a single timing lasts at least, by repeating a quick function.
        most_entries: the largest array that is measured.
        compiles: whether there is time for torch.compile.
        processes: how many fresh processes an import is timed in.
        exercise_stride: 1 grades all exercises, 5 every fifth.
    """

    least_rounds: int
    most_rounds: int
    seconds: float
    sample: float
    most_entries: int
    compiles: bool
    processes: int
    exercise_stride: int


FULL = Effort(
    least_rounds=9,
    most_rounds=301,
    seconds=2.0,
    sample=2e-3,
    most_entries=1 << 24,
    compiles=True,
    processes=7,
    exercise_stride=1,
)
QUICK = Effort(
    least_rounds=3,
    most_rounds=5,
    seconds=0.1,
    sample=1e-4,
    most_entries=1 << 19,
    compiles=False,
    processes=2,
    exercise_stride=6,
)


def settle_memory() -> None:
    """Bring the C library's allocator to the state in which a longer session has it.

    glibc fetches large blocks afresh from the system, at a page fault for every 4 KB, until the
    first has been given back; then it keeps up to 64 MB. Without this line, results would depend
    on what ran before.
    """
    np.ones(31 << 20, np.uint8)


def calls_for(function: Callable[[], object], seconds: float) -> int:
    """How often to call `function` so that it takes `seconds`: 1, 2, 5, 10, ... as timeit does."""
    for power, digit in product(range(7), (1, 2, 5)):
        calls = digit * 10**power
        if timeit.timeit(function, number=calls) >= seconds:
            break
    return calls


def times_in_turn(
    functions: Mapping[str, Callable[[], object]], effort: Effort, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Seconds a call of each function, one a round: arrays of the same length, in rounds' order."""
    settle_memory()
    for function in functions.values():
        function()  # what is compiled, loaded or allocated at a first call is not measured
    calls = {name: calls_for(function, effort.sample) for name, function in functions.items()}
    times: dict[str, list[float]] = {name: [] for name in functions}
    end, rounds = perf_counter() + effort.seconds, 0
    while rounds < effort.least_rounds or (rounds < effort.most_rounds and perf_counter() < end):
        for name in rng.permutation(list(functions)):
            seconds = timeit.timeit(functions[name], number=calls[name])
            times[name].append(seconds / calls[name])
        rounds += 1
    return {name: np.array(seconds) for name, seconds in times.items()}


def quartiles(values: np.ndarray) -> dict[str, float]:
    """The median of `values`, and the quartiles around it, to four digits."""
    low, median, high = (float(f"{q:.4g}") for q in np.quantile(values, (0.25, 0.5, 0.75)))
    return {"median": median, "low": low, "high": high}


def compared(times: dict[str, np.ndarray], ours: str = OURS) -> dict[str, dict]:
    """For every function its time in microseconds, and `ours` over it, round by round.

    Returns:
        {name: {"microseconds": quartiles, "ratio": quartiles}}; `ours` itself has no ratio. A
        ratio below 1 says that ours is the quicker.
    """
    found = {}
    for name, seconds in times.items():
        found[name] = {"microseconds": quartiles(seconds * 1e6)}
        if name != ours:
            found[name]["ratio"] = quartiles(times[ours] / seconds)
    return found


def measure(
    functions: Mapping[str, Callable[[], object]],
    effort: Effort,
    rng: np.random.Generator,
    ours: str = OURS,
) -> dict[str, dict]:
    """`times_in_turn`, compared."""
    return compared(times_in_turn(functions, effort, rng), ours)
