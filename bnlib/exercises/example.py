"""An input on which an answer is wrong, and what the answer did: shown beside a verdict."""

from __future__ import annotations

import dataclasses
from typing import Any

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


def example_of(expected: Expectations, got: Outcomes, told: list[int]) -> Example | None:
    """An input on which the answer is wrong: the first one, or the one that a message tells of.

    None where the answer's result is right on all inputs, or is random: then no single result is
    the right one.

    Args:
        expected: what is expected of the exercise's answers.
        got: what the answer gave.
        told: the wrong cases, the one that a message tells of first; none to take the first.
    """
    wrong = told or expected.wrong_cases(got)
    if not wrong or expected.plan.reseeded:
        return None
    case = wrong[0]
    return Example(case, _arguments(expected, case), got.raw[case], expected.right.raw[case])


def printed_for(
    expected: Expectations, got: Outcomes, told: list[int], report: Report
) -> Printed | None:
    """What the answer printed for the input that `example_of` takes, or else for the first wrong.

    Where its results are right, and something else is wrong with it, for the first input.
    """
    if not any(report.printed):
        return None
    for case in (*told[:1], next(iter(expected.wrong_cases(got)), 0)):
        if text := report.printed[case].rstrip():
            return Printed(case, _arguments(expected, case), text)
    return None


def _arguments(expected: Expectations, case: int) -> Arguments:
    return tuple(zip(expected.exercise.parameters, expected.plan.calls[case], strict=False))
