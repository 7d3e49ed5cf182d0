"""Every wrong answer that an exercise knows, with what it gives on all cases; made once a process.

Beside the mistakes of the exercise's file these are its pairs (settings of `faulty` merged), and
for every parameter with a default, such as eps, answers in which the default is hard-coded.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

import numpy as np

from bnlib.exercises import slips
from bnlib.exercises.adjust import Form, put_in_form
from bnlib.exercises.compare import (
    FLOAT32,
    begin_apart,
    beginning,
    first_number,
    same,
    tolerance_for,
)
from bnlib.exercises.exercise import Exercise, Mistake, dashed
from bnlib.exercises.outcomes import Raised
from bnlib.exercises.plan import Plan, for_many_generators, make_plan
from bnlib.exercises.trial import outcomes_of

USUAL = (1e-2, 1e-3, 1e-4, 1e-6, 1e-7, 1e-8, 1e-10, 1e-12, 1.0)
"""Numbers that somebody may write in place of eps."""
NEXT_TO_NOTHING = 1e-300
"""In place of eps: what is left of it where a division by 0 is kept off by hand."""
NEGLIGIBLE = 1e-2
"""Up to here a default, such as that of eps, stands for a number that hardly counts."""
OF_ANOTHER_KIND = (TypeError, ValueError, IndexError, AttributeError, KeyError)
"""What `observe` and `over_draws` may raise: they are written for results of the right kind."""


@dataclasses.dataclass(frozen=True, eq=False)
class Outcomes:
    """What an answer gave on the cases."""

    raw: tuple[Any, ...]
    observed: tuple[Any, ...]
    """As they are compared: random ones as what all correct answers share."""

    @functools.cached_property
    def beginnings(self) -> tuple[tuple[float, float] | None, ...]:
        """What tells most apart at once: the first number of each, with the largest beside it."""
        return tuple(map(beginning, self.observed))

    @functools.cached_property
    def first_numbers(self) -> tuple[float | None, ...]:
        """What is held against the beginnings of others."""
        return tuple(map(first_number, self.observed))


@dataclasses.dataclass(frozen=True, eq=False)
class Known:
    """A known wrong answer: the names and messages of its mistakes, and its outcomes."""

    names: tuple[str, ...]
    messages: tuple[str, ...]
    outcomes: Outcomes
    answer: Callable[..., Any]
    spoilt: frozenset[int] = frozenset()
    """The cases on which it gives nothing, or NaN or infinity where a number is due."""
    changed: frozenset[int] = frozenset()
    """The positions of the arguments that it changes: then that is no mistake besides."""


class Expectations:
    """What is expected of an exercise's answers: right outcomes, and wrong ones by name."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.plan: Plan = make_plan(exercise)
        self.tolerances = tuple(tolerance_for(case, exercise.tolerance) for case in self.plan.calls)
        self.right_on_all_calls, _ = outcomes_of(exercise.reference, self.plan.calls)
        self.right = self.observed(self.right_on_all_calls)

    def observed(self, raw: tuple[Any, ...]) -> Outcomes:
        """The outcomes of the cases (and perhaps more calls), with what is compared of them."""
        raw = raw[: self.plan.cases]
        return Outcomes(raw, tuple(map(self.compared, raw, self.plan.calls)))

    def right_on(self, call: int, outcome: Any) -> bool:
        """Whether an outcome is right on one of the calls, cases or not, to a few digits."""
        both = (outcome, self.right_on_all_calls[call])
        mine, right = (self.compared(one, self.plan.calls[call]) for one in both)
        return same(mine, right, FLOAT32)

    def compared(self, outcome: Any, arguments: tuple[Any, ...]) -> Any:
        """What is compared of an outcome: of a random one what all correct answers share."""
        observe = self.exercise.observe
        if observe is None:
            return outcome
        try:
            return observe(outcome, *arguments)
        except OF_ANOTHER_KIND:
            return outcome

    def agree(
        self,
        got: Outcomes,
        want: Outcomes,
        forms: tuple[Form, ...] = (),
        cases: Iterable[int] | None = None,
        loosely: bool = False,
    ) -> bool:
        """Whether two sets of outcomes agree on every case (of `cases`), once put in form."""

        def agrees(i: int) -> bool:
            mine = got.observed[i]
            tolerance = max(FLOAT32, self.tolerances[i]) if loosely else self.tolerances[i]
            if forms:
                mine = put_in_form(forms, got.raw[i], want.raw[i])
                mine = self.compared(mine, self.plan.calls[i])
            elif begin_apart(got.first_numbers[i], want.beginnings[i], tolerance):
                return False
            return same(mine, want.observed[i], tolerance)

        return all(map(agrees, range(self.plan.cases) if cases is None else cases))

    def wrong_cases(self, got: Outcomes) -> list[int]:
        """The cases on which an answer is wrong."""
        return [i for i in range(self.plan.cases) if not self.agree(got, self.right, cases=[i])]

    @functools.cached_property
    def singles(self) -> list[Known]:
        """Every mistake by itself."""
        mistakes = [*self.exercise.mistakes, *self._hard_coded]
        return [self._known((m.name,), (m.message,), m.answer) for m in mistakes]

    @functools.cached_property
    def pairs(self) -> list[Known]:
        """Two mistakes at once, where that is not the same as one, or as none."""
        told = [self.right, *(single.outcomes for single in self.singles)]
        pairs = []
        for first, second, answer in self._pairs():
            names, messages = (first.name, second.name), (first.message, second.message)
            known = self._known(names, messages, answer)
            if self._only_stops(known):
                continue  # so does many an answer of which this is not true
            if not any(self.agree(known.outcomes, outcomes) for outcomes in told):
                pairs.append(known)
                told.append(known.outcomes)
        return pairs

    def _only_stops(self, known: Known) -> bool:
        """Whether a known answer raises wherever it is not right."""
        wrong = self.wrong_cases(known.outcomes)
        return all(isinstance(known.outcomes.raw[i], Raised) for i in wrong)

    def _known(
        self, names: tuple[str, ...], messages: tuple[str, ...], answer: Callable[..., Any]
    ) -> Known:
        raw, changed = outcomes_of(answer, self.exercise.cases)
        pairs = enumerate(zip(raw, self.right.raw, strict=True))
        spoilt = frozenset(i for i, (got, due) in pairs if _fails(got) and not _fails(due))
        return Known(names, messages, self.observed(raw), answer, spoilt, changed)

    def _pairs(self) -> Iterator[tuple[Mistake, Mistake, Callable[..., Any]]]:
        for first, second in itertools.combinations(self.exercise.mistakes, 2):
            if first.setting and second.setting and not first.setting.keys() & second.setting:
                faulty = cast("functools.partial[Any]", first.answer).func
                yield first, second, functools.partial(faulty, **first.setting, **second.setting)
        for first, hard_coded in itertools.product(self.exercise.mistakes, self._hard_coded):
            parameter = hard_coded.setting["parameter"]
            default = self.exercise.parameters[parameter].default
            yield first, hard_coded, self._with_value(first.answer, parameter, default)

    @functools.cached_property
    def negligible(self) -> list[str]:
        """The parameters, such as eps, whose default hardly counts."""
        return [
            name
            for name, parameter in self.exercise.parameters.items()
            if type(parameter.default) is float and 0 < parameter.default <= NEGLIGIBLE
        ]

    def makes_no_difference(self, known: Known, name: str) -> bool:
        """Whether a known answer gives the same whenever this one argument is changed."""
        probes = self.plan.probes_of(name)
        changed, _ = outcomes_of(known.answer, tuple(self.plan.calls[call] for call, _ in probes))
        as_they_were = (known.outcomes.raw[case] for _, case in probes)
        return all(map(_equal, changed, as_they_were))

    def hangs_on_the_generator(self, known: Known) -> bool:
        """Whether a known answer gives something else for another generator."""
        case = next(iter(self.plan.reseeded.values()))
        calls = for_many_generators(self.plan.calls[case])
        results, _ = outcomes_of(known.answer, tuple(calls))
        return not all(_equal(one, results[0]) for one in results)

    @functools.cached_property
    def without(self) -> dict[str, list[Known]]:
        """For every parameter such as eps: what answers give that have no use for it.

        Right ones and known mistakes with a 0 in its place, and right ones with another constant.
        """
        reference = self.exercise.reference
        found = {}
        for name in self.negligible:
            left_out, hard_coded = slips.left_out(name), slips.hard_coded(name)
            ids = f"leaves-out-{dashed(name)}", f"hard-coded-{dashed(name)}"
            told: list[tuple[tuple[str, ...], tuple[str, ...], Callable[..., Any], float]]
            told = [((ids[0],), (left_out,), reference, value) for value in (0.0, NEXT_TO_NOTHING)]
            told += [
                ((m.name, ids[0]), (m.message, left_out), m.answer, 0.0)
                for m in self.exercise.mistakes
            ]
            told += [((ids[1],), (hard_coded,), reference, value) for value in USUAL]
            found[name] = [
                self._known(names, messages, self._with_value(answer, name, value))
                for names, messages, answer, value in told
            ]
        return found

    @functools.cached_property
    def _hard_coded(self) -> list[Mistake]:
        return [
            Mistake(
                f"hard-coded-{dashed(name)}",
                slips.hard_coded(name),
                self._with_value(self.exercise.reference, name, parameter.default),
                {"parameter": name},
            )
            for name, parameter in self.exercise.parameters.items()
            if parameter.default is not inspect.Parameter.empty
        ]

    def _with_value(
        self, answer: Callable[..., Any], parameter: str, value: Any
    ) -> Callable[..., Any]:
        position = list(self.exercise.parameters).index(parameter)

        def hard_coded(*arguments: Any) -> Any:
            if len(arguments) >= position:
                arguments = (*arguments[:position], value, *arguments[position + 1 :])
            return answer(*arguments)

        return hard_coded


def _fails(outcome: Any) -> bool:
    whole = list(outcome.values()) if isinstance(outcome, dict) else outcome
    parts = whole if isinstance(whole, (tuple, list)) else [whole]
    return isinstance(outcome, Raised) or any(
        isinstance(part, (np.ndarray, float)) and not np.all(np.isfinite(part)) for part in parts
    )


def _equal(one: Any, other: Any) -> bool:
    return same(one, other, tolerance=0)


@functools.cache
def expectations(exercise: Exercise) -> Expectations:
    """The expectations of an exercise, made on first use."""
    return Expectations(exercise)
