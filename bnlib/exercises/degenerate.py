"""Results that no formula made: an argument as it came, zeros, one number everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from bnlib.exercises import slips, wording
from bnlib.exercises.compare import is_number, same
from bnlib.exercises.exercise import dashed
from bnlib.exercises.known import Expectations, Outcomes

NOTHING = 1e-14
"""Of the largest number that is due: what rounding leaves where numbers cancel."""


def degenerate(expected: Expectations, got: Outcomes) -> tuple[str, str] | None:
    """What is plain about such a result, as an id and a message; None of any other."""
    if expected.plan.reseeded:
        return None
    handed_back = _argument_handed_back(expected, got)
    if handed_back:
        return f"hands-back-{dashed(handed_back)}", slips.handed_back(handed_back)
    given, due = (list(map(list, map(_numbers, raw))) for raw in (got.raw, expected.right.raw))
    if not all(map(_of_one_form, given, due)):
        return None
    entries = np.concatenate([np.ravel(one) for some in given for one in some])
    wanted = np.concatenate([np.ravel(one) for some in due for one in some])
    if entries.size == 0 or wanted.size == 0 or entries.dtype.kind not in "biuf":
        return None
    if entries.dtype.kind == "b" and all(is_number(one) for some in given for one in some):
        return "gives-yes-or-no", slips.YES_OR_NO
    if np.any(wanted) and np.all(np.abs(entries) <= NOTHING * np.abs(wanted).max()):
        return "zeros-everywhere", slips.ZEROS
    if np.all(entries == entries[0]) and not np.all(wanted == wanted[0]):
        return "one-number-everywhere", slips.one_number(wording.number(entries[0]))
    if all(isinstance(right, tuple) for right in expected.right.raw):
        part = _one_number_in_a_part(given, due)
        if part is not None:
            return part
    whole = [one for some in given for one in some if isinstance(one, np.ndarray)]
    if whole and all(one.dtype.kind in "iu" for one in whole) and np.any(wanted % 1 != 0):
        return "whole-numbers-only", slips.whole_numbers(whole[0].dtype.name)
    return None


_WHICH = ("first", "second", "third")


def _one_number_in_a_part(given: list[list[Any]], due: list[list[Any]]) -> tuple[str, str] | None:
    """One of several results that is the same number everywhere; not where all of them are."""
    parts = zip(zip(*given, strict=False), zip(*due, strict=False), strict=False)
    constant = [_the_number(got) if _the_number(due) is None else None for got, due in parts]
    where = [i for i, number in enumerate(constant) if number is not None]
    if len(where) != 1 or len(constant) == 1:
        return None
    number = wording.number(constant[where[0]])
    return "one-number-everywhere", slips.one_number(number, f"{_WHICH[where[0]]} result")


def _the_number(results: tuple[Any, ...]) -> float | None:
    """The number that all entries of all these results are, or None."""
    entries = np.concatenate(list(map(np.ravel, results)))
    return float(entries[0]) if entries.size and np.all(entries == entries[0]) else None


def _of_one_form(given: list[Any], due: list[Any]) -> bool:
    """Whether as many results come as are due, each a number or of the shape that is due."""
    pairs = zip(given, due, strict=False)
    shapes = (is_number(one) or np.shape(one) == np.shape(other) for one, other in pairs)
    return 0 < len(given) == len(due) and all(shapes)


def _argument_handed_back(expected: Expectations, got: Outcomes) -> str | None:
    plan = expected.plan
    for k, name in enumerate(expected.exercise.parameters):
        pairs = [(got.raw[i], plan.calls[i][k]) for i in range(plan.cases)
                 if len(plan.calls[i]) > k]  # fmt: skip
        if len(pairs) == plan.cases and all(_as_it_came(one, came) for one, came in pairs):
            return name
    return None


def _as_it_came(result: Any, argument: Any) -> bool:
    kinds = (np.ndarray, dict, list, tuple, int, float)
    return isinstance(argument, kinds) and same(result, argument, 0)


def _numbers(result: Any) -> Iterator[Any]:
    """All arrays and numbers in a result; none if there is anything else in it."""
    if isinstance(result, dict):
        result = tuple(result.values())
    if isinstance(result, (tuple, list)):
        for one in result:
            yield from _numbers(one)
    elif isinstance(result, np.ndarray) or is_number(result):
        yield result
