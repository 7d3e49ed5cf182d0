"""A wrong answer with all that is known of it: on which inputs it is wrong, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from bnlib.exercises import extremes, wording
from bnlib.exercises.known import Expectations, Outcomes
from bnlib.exercises.source import Source
from bnlib.exercises.trial import Report

Finding = tuple[str | None, str]
"""A misconception's id, or None, and the message."""
Cases = tuple[list[int], Finding | None]
"""The cases of which something is said, and what; none, and None."""


class Evidence(NamedTuple):
    """A wrong answer."""

    expected: Expectations
    report: Report
    got: Outcomes
    wrong: list[int]
    """The cases on which it is wrong, the smallest first of those that show something."""
    source: Callable[[], Source | None]
    """Gives the answer's own source, where it is to be had."""

    def shapes(self, case: int) -> str:
        """The arguments of a case, in words; of one of several, where these fit several."""
        names, plan = self.expected.exercise.parameters, self.expected.plan
        told = [wording.shapes(names, call) for call in plan.calls[: plan.cases]]
        alone = told.count(told[case]) == 1
        return told[case] if alone else f"one input with {told[case]}"

    def results(self) -> Iterator[tuple[int, Any, Any]]:
        """Every wrong case with the answer's result and the right one."""
        return ((i, self.got.raw[i], self.expected.right.raw[i]) for i in self.wrong)


def evidence(
    expected: Expectations, report: Report, got: Outcomes, source: Callable[[], Source | None]
) -> Evidence:
    """The evidence against an answer with these outcomes."""
    wrong = expected.wrong_cases(got)
    exercise, calls = expected.exercise, expected.plan.calls
    seen = Evidence(expected, report, got, wrong, source)
    spoilt = {i for i in wrong if is_not_finite(seen, i)}
    wrong.sort(
        key=lambda i: (
            extremes.says_little(calls[i], exercise),
            i in spoilt,
            wording.size(calls[i]),
        )
    )
    return seen


def leaves(got: Any, want: Any) -> list[tuple[Any, Any]]:
    """Arrays and numbers of a result, with what they should be."""
    if isinstance(want, dict) and isinstance(got, dict):
        return [pair for key in want if key in got for pair in leaves(got[key], want[key])]
    if isinstance(want, (tuple, list)) and isinstance(got, (tuple, list)):
        return [pair for g, w in zip(got, want, strict=False) for pair in leaves(g, w)]
    return [(got, want)]


def is_not_finite(seen: Evidence, case: int) -> bool:
    """Whether NaN or infinity stands there where the right result is an ordinary number."""
    # As they came: what is compared of them may be infinite where they are not.
    pairs = leaves(seen.got.raw[case], seen.expected.right.raw[case])
    return any(
        are_numbers_alike(one, due) and np.all(np.isfinite(due)) and not np.all(np.isfinite(one))
        for one, due in pairs
    )


def are_numbers_alike(one: Any, due: Any) -> bool:
    """Whether both are arrays or numbers, of one shape."""
    numeric = (np.ndarray, int, float, complex)
    both = isinstance(one, numeric) and isinstance(due, numeric)
    return both and np.shape(one) == np.shape(due)
