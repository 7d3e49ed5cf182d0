"""What a candidate, an answer with one thing changed, has to pass; and how long it may take."""

from __future__ import annotations

import contextlib
import functools
import itertools
import signal
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import numpy as np

from bnlib.exercises import wording
from bnlib.exercises.compare import begin_apart, beginning, first_number, same
from bnlib.exercises.handed import handed
from bnlib.exercises.known import Expectations
from bnlib.exercises.outcomes import decode, encode
from bnlib.exercises.trial import copied, outcomes_of

SECONDS = 1.0
"""Of processor time, for all candidates together."""
_FOR_ONE = 0.1
"""Of processor time, for one candidate on one input: a busy machine ends no candidate."""
_FRESH = 3


class OutOfTime(Exception):
    """Not every candidate could be tried."""


class _TooLong(BaseException):
    """One candidate runs for too long."""


class Exam:
    """The cases of an exercise, those first on which the answer is wrong, then fresh inputs."""

    def __init__(self, expected: Expectations, wrong: list[int], seconds: float = SECONDS) -> None:
        self.expected = expected
        plan = expected.plan
        order = [*wrong, *(i for i in range(plan.cases) if i not in wrong)]
        cases = [(plan.calls[i], expected.right.observed[i], expected.tolerances[i]) for i in order]
        self.calls = [*cases, *fresh(expected)]
        """Arguments, what is right, and how nearly it has to be met."""
        self._beginnings = [beginning(right) for _, right, _ in self.calls]
        self._end = time.process_time() + seconds

    def passes(self, candidate: Callable[..., Any]) -> bool:
        """Whether a candidate is right on everything.

        Raises:
            OutOfTime: the time for all candidates is over.
        """
        self.check_time()
        return all(map(self.right, itertools.repeat(candidate), range(len(self.calls))))

    def leaves_alone(self, candidate: Callable[..., Any]) -> bool:
        """Whether a candidate is right on everything, and leaves its arguments as they were.

        Raises:
            OutOfTime: the time for all candidates is over.
        """
        self.check_time()
        for arguments, right, tolerance in self.calls:
            handed_in = tuple(map(copied, arguments))
            outcome = self.expected.compared(_run(candidate, handed_in), arguments)
            if not same(outcome, right, tolerance) or encode(handed_in) != encode(arguments):
                return False
        return True

    def check_time(self) -> None:
        """Raise OutOfTime if the time is over."""
        if time.process_time() > self._end:
            raise OutOfTime

    def right(self, candidate: Callable[..., Any], call: int) -> bool:
        """Whether a candidate is right on one of the calls."""
        arguments, right, tolerance = self.calls[call]
        outcome = self.expected.compared(run(candidate, arguments), arguments)
        if begin_apart(first_number(outcome), self._beginnings[call], tolerance):
            return False
        return same(outcome, right, tolerance)


def run(candidate: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """The outcome of one call, on copies; None where it raises or takes too long."""
    return _run(candidate, tuple(map(copied, arguments)))


def _run(candidate: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    with _limit():
        try:
            return decode(encode(candidate(*handed(arguments))))
        except BaseException:  # an answer may raise anything, and so may what ends it
            return None


@contextlib.contextmanager
def _limit() -> Iterator[None]:
    if not _calls_are_limited:
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, _FOR_ONE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


_calls_are_limited: list[bool] = []


def limit_calls() -> None:
    """In a child process: let every call that takes too long end in an exception."""

    def ends(number: int, frame: FrameType | None) -> None:
        raise _TooLong

    signal.signal(signal.SIGPROF, ends)
    _calls_are_limited.append(True)


@functools.cache
def fresh(expected: Expectations) -> list[tuple[tuple[Any, ...], Any, float]]:
    """Inputs that are no cases, near the largest of those, with what is right for them."""
    rng = np.random.default_rng(20150211)
    plan = expected.plan
    largest = sorted(range(plan.cases), key=lambda i: -wording.size(plan.calls[i]))[:_FRESH]
    calls = tuple(tuple(_moved(a, rng) for a in plan.calls[i]) for i in largest)
    outcomes, _ = outcomes_of(expected.exercise.reference, calls)
    right = map(expected.compared, outcomes, calls)
    return list(zip(calls, right, (expected.tolerances[i] for i in largest), strict=True))


def _moved(value: Any, rng: np.random.Generator) -> Any:
    """Every number a little nearer to 0, each by another factor; but for counts, and 0 and 1."""
    if isinstance(value, np.ndarray) and value.dtype.kind == "f" and np.any((value % 1) != 0):
        return (value * rng.uniform(0.6, 1, value.shape)).astype(value.dtype)
    if isinstance(value, float):
        return value * rng.uniform(0.6, 1)
    if isinstance(value, (list, tuple)):
        return type(value)(_moved(item, rng) for item in value)
    return {k: _moved(v, rng) for k, v in value.items()} if isinstance(value, dict) else value
