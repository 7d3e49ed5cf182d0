"""An input on which an answer is wrong, and what the answer did: shown beside a verdict."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from bnlib.exercises import wording
from bnlib.exercises.known import Expectations, Outcomes
from bnlib.exercises.trial import Report

Arguments = tuple[tuple[str, Any], ...]
"""Name and value of every argument of a call."""


@dataclasses.dataclass(frozen=True, eq=False)
class Example:
    """One input, what the answer gave for it, and what is right."""

    case: int
    arguments: Arguments
    yours: Any
    expected: Any


@dataclasses.dataclass(frozen=True, eq=False)
class Printed:
    """What an answer printed for one input."""

    case: int
    arguments: Arguments
    text: str


def example_of(expected: Expectations, got: Outcomes, ordinary: bool) -> Example | None:
    """An input on which the answer is wrong: the first one, or the most telling.

    None where the answer's result is right on all inputs, or is random: then no single result is
    the right one.

    Args:
        expected: what is expected of the exercise's answers.
        got: what the answer gave.
        ordinary: take the first, which is the more ordinary one.
    """
    wrong = _wrong_cases(expected, got)
    if not wrong or expected.exercise.observe is not None:
        return None
    case = wrong[0] if ordinary else most_telling(expected, got, wrong)
    return Example(case, _arguments(expected, case), got.raw[case], expected.right.raw[case])


def most_telling(expected: Expectations, got: Outcomes, wrong: list[int]) -> int:
    """The smallest of the cases `wrong` that shows a difference, and is no corner.

    With a single class every probability is 1 and every gradient 0, whatever the logits.
    """

    def key(case: int) -> tuple[bool, bool, int]:
        arguments, right = expected.plan.calls[case], expected.right.raw[case]
        alike = wording.shown(got.raw[case]) == wording.shown(right)
        return alike, _is_a_corner(right, arguments), wording.size(arguments)

    return min(wrong, key=key)


def _is_a_corner(right: Any, arguments: tuple[Any, ...]) -> bool:
    """Whether a result is 0 and 1 all over, or what was given."""
    if not isinstance(right, (np.ndarray, np.generic, float)):
        return False
    given = [each for each in arguments if np.shape(each) == np.shape(right)]
    return bool(np.isin(right, (0, 1)).all() or any(np.array_equal(each, right) for each in given))


def printed_for(expected: Expectations, got: Outcomes, report: Report) -> Printed | None:
    """What the answer printed for the first input on which it is wrong.

    Where its results are right, and something else is wrong with it, for the first input.
    """
    case = next(iter(_wrong_cases(expected, got)), 0)
    text = report.printed[case].rstrip()
    return Printed(case, _arguments(expected, case), text) if text else None


def _wrong_cases(expected: Expectations, got: Outcomes) -> list[int]:
    cases = range(expected.plan.cases)
    return [i for i in cases if not expected.agree(got, expected.right, cases=[i])]


def _arguments(expected: Expectations, case: int) -> Arguments:
    return tuple(zip(expected.exercise.parameters, expected.plan.calls[case], strict=False))
