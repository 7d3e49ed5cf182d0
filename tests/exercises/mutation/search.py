"""Which one-edit mutants of right answers the checker accepts although they are wrong."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import difflib
import random
import signal
import warnings
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import answers
import numpy as np

from bnlib.exercises import compare, grade
from bnlib.exercises.exercise import Exercise, load
from bnlib.exercises.handed import handed
from bnlib.exercises.known import expectations
from bnlib.exercises.outcomes import Raised, decode, encode
from mutation.edits import Mutable

OPEN: tuple[str, ...] = ()
"""Exercises in which the search still finds faults: none is to be added."""
LEGAL_INPUTS = 80
MARGIN = 10
"""How far beyond the tolerance a result must be off, to be looked at."""
SAME = object()
SECONDS = 0.25
"""Of processor time: a mutant has no more for all its calls, and most take a thousandth of it."""


class Endless(BaseException):
    """The mutant took too long."""


@dataclasses.dataclass(frozen=True)
class Fault:
    """A wrong answer that the checker accepts, with a legal input on which it is wrong."""

    exercise: str
    source: str
    before: str
    arguments: tuple
    want: Any

    @property
    def edit(self) -> str:
        """The lines that were edited, before and after."""
        pair = self.before.splitlines(), self.source.splitlines()
        return "\n".join(d for d in difflib.ndiff(*pair) if d[0] in "-+")

    def __str__(self) -> str:
        return (
            f"{self.exercise} accepts {self.source.splitlines()[0]}\n{self.edit}\n"
            f"which is wrong for {self.arguments}, where this is right: {self.want}\n"
        )


@dataclasses.dataclass(frozen=True)
class Found:
    """What a search of one exercise came to."""

    mutants: int
    accepted: int
    faults: tuple[Fault, ...]


class Search:
    """An exercise with its own inputs and its legal ones, and the right outcomes on both."""

    def __init__(self, name: str, legal_inputs: int = LEGAL_INPUTS) -> None:
        self.exercise: Exercise = load(name)
        self._expected = expectations(self.exercise)
        self.right = [self.exercise.reference, *answers.right_ones(name)]
        self.legal = list(self._counting(legal_inputs))

    def _outcome(self, answer: Callable, arguments: tuple, want: tuple | None = None) -> Any:
        """What is compared of an answer's result; SAME, if it is `want` to the last bit."""
        try:
            encoded = encode(answer(*handed(copied(arguments))))
            if encoded == want:
                return SAME
            outcome = decode(encoded)
        except Endless:
            raise
        except BaseException as error:
            return Raised(type(error).__name__)
        if self.exercise.observe is not None:
            with contextlib.suppress(TypeError, ValueError, IndexError, AttributeError, KeyError):
                return self.exercise.observe(outcome, *arguments)
        return outcome

    def _counting(self, count: int) -> Iterator[tuple[tuple, Any, float]]:
        """Legal inputs on which all right answers agree, with their outcome."""
        anything = answers.of(self.exercise.name).anything
        for seed in range(count):
            dtype = np.float64 if seed % 3 else np.float32
            arguments = anything(np.random.default_rng(seed), dtype)
            tolerance = compare.tolerance_for(arguments, self.exercise.tolerance)
            with _quiet():
                want, *others = (self._outcome(answer, arguments) for answer in self.right)
            if isinstance(want, Raised):
                raise AssertionError(f"{self.exercise.name}{arguments} raises {want}")
            if all(compare.same(other, want, tolerance) for other in others):
                encoded = encode(self.exercise.reference(*copied(arguments)))
                yield arguments, want, encoded, tolerance

    def run(self, seed: int | None = None, sample: int | None = None) -> Found:
        """Judge all mutants, or a seeded sample of about so many."""
        with _quiet():
            return self._run(seed, sample)

    def _run(self, seed: int | None, sample: int | None) -> Found:
        mutants = accepted = 0
        faults: dict[str, Fault] = {}
        chosen = random.Random(seed)
        share = 1.0 if sample is None else sample / max(1, sum(1 for _ in self._mutants()))
        for mutable, make in self._mutants():
            if share < 1 and chosen.random() >= share:
                continue
            try:
                mutant = make()
            except (SyntaxError, ValueError, TypeError):
                continue
            mutants += 1
            if self._is_accepted(mutant):
                accepted += 1
                fault = self._fault(mutant, mutable)
                if fault:
                    faults.setdefault(fault.source, fault)
        return Found(mutants, accepted, tuple(faults.values()))

    def _mutants(self) -> Iterator[tuple[Mutable, Callable[[], Callable]]]:
        for answer in self.right:
            with contextlib.suppress(ValueError):
                mutable = Mutable(answer)
                for make in mutable.mutants():
                    yield mutable, make

    def _is_accepted(self, mutant: Callable) -> bool:
        """Whether the checker's cases see nothing wrong."""
        plan, right = self._expected.plan, self._expected.right.observed
        with contextlib.suppress(Endless), _alarm(SECONDS):
            return all(
                compare.same(self._outcome(mutant, case), want, tolerance)
                for case, want, tolerance in zip(
                    plan.calls[: plan.cases], right, self._expected.tolerances, strict=False
                )
            )
        return False

    def needs(self, case: int) -> bool:
        """Whether a mutant is refused for this case of the checker's alone."""
        plan, right = self._expected.plan, self._expected.right.observed
        cases = [*(i for i in range(plan.cases) if i != case), case]
        with _quiet():
            for _, make in self._mutants():
                with contextlib.suppress(SyntaxError, ValueError, TypeError, Endless):
                    mutant = make()
                    with _alarm(SECONDS):
                        for i in cases:
                            outcome = self._outcome(mutant, plan.calls[i])
                            if not compare.same(outcome, right[i], self._expected.tolerances[i]):
                                break
                        else:
                            continue
                    if i == case:
                        return True
        return False

    def _fault(self, mutant: Callable, mutable: Mutable) -> Fault | None:
        """Where it is wrong, if it is, and if the whole checker accepts it."""
        wrong = self._first_wrong(mutant)
        if wrong is not None:
            with contextlib.suppress(Endless), _alarm(4 * SECONDS):
                if grade(self.exercise.name, mutant, fork=False, place=False).status == "passed":
                    arguments, want, *_ = self.legal[wrong]
                    # What tells one mutant apart may tell the next.
                    self.legal.insert(0, self.legal.pop(wrong))
                    source = mutable.source()
                    return Fault(self.exercise.name, source, mutable.before, arguments, want)
        return None

    def _is_rounding(self, mutant: Callable, arguments: tuple, got: Any, tolerance: float) -> bool:
        """Whether a result is off by rounding alone: then it is right in the next wider floats."""
        wider = tuple(map(widened, arguments))
        want, now = (self._outcome(answer, wider) for answer in (self.exercise.reference, mutant))
        return finite(got) and not isinstance(want, Raised) and compare.same(now, want, tolerance)

    def _first_wrong(self, mutant: Callable) -> int | None:
        """The place of the first legal input on which a mutant is wrong."""
        place = 0
        with contextlib.suppress(Endless), _alarm(40 * SECONDS):
            for place, (arguments, want, encoded, tolerance) in enumerate(self.legal):
                got = self._outcome(mutant, arguments, encoded)
                if got is SAME or compare.same(got, want, MARGIN * tolerance):
                    continue
                if not self._is_rounding(mutant, arguments, got, tolerance):
                    return place
            return None
        return place


def copied(value: Any) -> Any:
    """As `copy.deepcopy`, and quicker for what exercises are given."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) in (list, tuple):
        return type(value)(map(copied, value))
    return value if type(value) in (int, float, bool) else copy.deepcopy(value)


def widened(value: Any) -> Any:
    """float32 as float64, and float64 as the longest that there is."""
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return value.astype(np.float64 if value.itemsize == 4 else np.longdouble)
    if isinstance(value, dict):
        return {key: widened(item) for key, item in value.items()}
    return type(value)(map(widened, value)) if isinstance(value, (list, tuple)) else value


def finite(outcome: Any) -> bool:
    """Whether all numbers of an outcome are, and nothing else is in it."""
    if isinstance(outcome, (list, tuple)):
        return all(map(finite, outcome))
    if isinstance(outcome, dict):
        return all(map(finite, outcome.values()))
    numeric = isinstance(outcome, (np.ndarray, int, float, complex))
    return numeric and bool(np.all(np.isfinite(outcome)))


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise Endless

    # Processor time: on a busy machine an answer is no other.
    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
