"""How long a learner waits for a verdict: `grade` on every reference and every known mistake."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from bnlib.benchmarks.timing import Effort, quartiles
from bnlib.exercises import catalogue, grade
from bnlib.exercises.exercise import load


def seconds(name: str, answer) -> float:
    """One verdict on `answer`, in a child process where the system has fork, as in a notebook."""
    start = perf_counter()
    grade(name, answer)
    return perf_counter() - start


def run(effort: Effort) -> dict[str, dict]:
    """{"first of an exercise" and "every further one": {"milliseconds": quartiles, "count": int}}.

    The first verdict reads the exercise's file and works out what its mistakes return; from then on
    that is known.
    """
    first, further = [], []
    names = catalogue.NAMES[:: effort.exercise_stride]
    for name in names:
        start = perf_counter()
        exercise = load(name)
        grade(name, exercise.reference)
        first.append(perf_counter() - start)
        answers = [exercise.reference, *(mistake.answer for mistake in exercise.mistakes)]
        further += [seconds(name, answer) for answer in answers]
    return {
        label: {"milliseconds": quartiles(np.array(times) * 1e3), "count": len(times)}
        for label, times in (("first of an exercise", first), ("every further one", further))
    }
