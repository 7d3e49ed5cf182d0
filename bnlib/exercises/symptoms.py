"""What can be said of a wrong answer that is no known mistake, from the surest to the least.

The last resort is the smallest input on which it is wrong, with both results.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Collection
from typing import Any

import numpy as np

from bnlib.exercises import extremes, slips, wording
from bnlib.exercises.compare import FLOAT32, is_number, same
from bnlib.exercises.evidence import (
    Cases,
    Evidence,
    Finding,
    are_numbers_alike,
    is_not_finite,
    leaves,
)
from bnlib.exercises.exercise import dashed
from bnlib.exercises.outcomes import Other, Raised
from bnlib.exercises.unused import constant, unused_argument

_ORDINALS = ("first", "second")
_ON_PAPER = 10
"""Steps, or what else an argument counts, that somebody may go through by hand."""


def exception(seen: Evidence, alone: bool = False) -> Cases:
    """An exception, where a result is due; if that is told `alone`, with what else is wrong."""
    stopped = {i: error for i, error, _ in seen.results() if isinstance(error, Raised)}
    if not stopped:
        return [], None
    case, error = next(iter(stopped.items()))
    if error.at_call and error.type_name == "TypeError":
        signature = seen.expected.exercise.signature
        return list(stopped), ("wrong-arguments", slips.wrong_arguments(signature, error))
    source = seen.source()
    if source and error.line:
        counted = source.counted(error.line, error.code)
        error = dataclasses.replace(error, line=counted)
    results = [got for _, got, _ in seen.results() if not isinstance(got, Raised)]
    wrong_elsewhere = alone and any(got is not None for got in results)
    message = slips.raised(error, seen.shapes(case), wrong_elsewhere)
    return list(stopped), (f"raised-{error.type_name}", message)


def nothing(seen: Evidence) -> Cases:
    """None, where a result is due."""
    without = [i for i, result, _ in seen.results() if result is None]
    if not without:
        return [], None
    if any(seen.report.printed):
        return without, ("printed-not-returned", slips.PRINTED)
    message = slips.NOTHING_RETURNED
    source = seen.source()
    if len(without) < seen.expected.plan.cases:
        message = slips.nothing_for(seen.shapes(without[0]))
    elif source and source.returns_values:
        message = slips.NOTHING_HANDED_ON
    return without, ("nothing-returned", message)


def _only_there(seen: Evidence) -> Finding | None:
    """Wrong on inputs of one kind, and right on the others."""
    exercise = seen.expected.exercise
    *_, last = exercise.parameters
    given = [i for i, case in enumerate(exercise.cases) if len(case) == len(exercise.parameters)]
    left_out = seen.expected.plan.shortened
    if left_out and set(given) == set(seen.wrong) and _right_on(seen, left_out):
        return f"right-for-default-{dashed(last)}-only", slips.default_only(last)
    return extremes.only_on_one_kind(exercise, seen.wrong, _right_in_float64(seen))


def _right_in_float64(seen: Evidence) -> bool:
    """Whether the float32 inputs on which it is wrong come out right as float64."""
    widened = seen.expected.plan.widened.items()
    return _right_on(seen, {call for call, case in widened if case in seen.wrong})


def _right_on(seen: Evidence, calls: Collection[int]) -> bool:
    """Whether it is right on all of these calls, cases or not, to a few digits."""
    return all(seen.expected.right_on(call, seen.report.outcomes[call]) for call in calls)


def _kind(seen: Evidence) -> Finding | None:
    for i, got, right in seen.results():
        if isinstance(right, tuple) and isinstance(got, (tuple, list, np.ndarray)):
            one = "one array" if isinstance(got, np.ndarray) else "one result"
            count = len(got) if isinstance(got, (tuple, list)) else 1
            many = one if count == 1 else f"{count or 'no'} results"
            if count != len(right):
                message = slips.wrong_count(many, len(right), seen.shapes(i))
                return "wrong-number-of-results", message
        if isinstance(right, dict) and isinstance(got, dict) and got.keys() != right.keys():
            return "wrong-keys", slips.wrong_keys(list(got), list(right), _always(seen, got, right))
        for one, due in leaves(got, right):
            if isinstance(one, Other) and one.type_name == "generator":
                return "wrong-type", slips.gives_one_by_one(wording.kind(due))
            if isinstance(one, Other) or _family(one) != _family(due):
                kinds = wording.kind(one), wording.kind(due)
                return "wrong-type", slips.wrong_type(*kinds, seen.shapes(i), due is right)
    return None


def _always(seen: Evidence, got: dict[str, Any], right: dict[str, Any]) -> bool:
    """Whether these are the keys given, and those due, on all inputs."""
    both = zip(seen.got.raw, seen.expected.right.raw, strict=True)
    return all(
        isinstance(one, dict) and one.keys() == got.keys() and due.keys() == right.keys()
        for one, due in both
    )


def _family(value: Any) -> str:
    if is_number(value):
        return "complex" if isinstance(value, complex) else "number"
    return "sequence" if isinstance(value, (tuple, list)) else type(value).__name__


def _under_another_key(seen: Evidence) -> Finding | None:
    """A dictionary with a value under the key of another, on all wrong cases the same."""
    found: set[tuple[str, str]] | None = None
    for i, got, right in seen.results():
        if not (isinstance(right, dict) and isinstance(got, dict) and got.keys() == right.keys()):
            return None
        tolerance = seen.expected.tolerances[i]
        off = [key for key in right if not same(got[key], right[key], tolerance)]
        moved = {
            pair for pair in itertools.permutations(off, 2)
            if same(got[pair[0]], right[pair[1]], tolerance)
        }  # fmt: skip
        found = moved if found is None else found & moved
    if not found:
        return None
    one, other = min(found)
    return "exchanged-entries", slips.exchanged(one, other, (other, one) in found)


def _shape(seen: Evidence) -> Finding | None:
    for i, got, right in seen.results():
        if isinstance(seen.got.observed[i], dict) and seen.got.observed[i] is not got:
            return None  # the sizes of a random result are for `observe` to judge
        for place, (one, due) in enumerate(leaves(got, right)):
            if isinstance(due, np.ndarray) and np.shape(one) != due.shape:
                which = "Your result" if due is right else "Something in your result"
                if isinstance(right, tuple) and len(right) <= len(_ORDINALS):
                    which = f"Your {_ORDINALS[place]} result"
                message = slips.wrong_shape(which, np.shape(one), due.shape, seen.shapes(i))
                return "wrong-shape", message
    return None


def _one_line(seen: Evidence) -> Finding | None:
    """A first or last row or column that alone is wrong, wherever anything is."""
    pairs = [(i, pair) for i, *both in seen.results() for pair in leaves(*both)]
    everywhere = [pair for right in seen.expected.right.raw for pair in leaves(right, right)]
    if not all(_are_matrices(*pair) for pair in [*everywhere, *(pair for _, pair in pairs)]):
        return None
    for axis, line in enumerate(("row", "column")):
        # Of a single row nothing is the rest, and of two, one may be right by chance.
        lengths = {i: due.shape[axis] for i, (_, due) in pairs}
        most = max(due.shape[axis] for _, due in everywhere)
        seen_elsewhere = most > 2 and sum(n > 1 for n in lengths.values()) > 1
        for place, which in enumerate(("first", "last")):
            alone = seen_elsewhere and all(
                same(
                    _without(one, axis, place),
                    _without(due, axis, place),
                    seen.expected.tolerances[i],
                )
                for i, (one, due) in pairs
            )
            if alone:
                return f"wrong-in-the-{which}-{line}", slips.one_line_wrong(which, line)
    return None


def _are_matrices(one: Any, due: Any) -> bool:
    both = isinstance(one, np.ndarray) and isinstance(due, np.ndarray)
    return both and one.shape == due.shape and due.ndim == 2


def _without(matrix: np.ndarray, axis: int, place: int) -> np.ndarray:
    """The matrix without its first (0) or its last (1) row or column."""
    kept = slice(1, None) if place == 0 else slice(None, -1)
    return matrix[kept] if axis == 0 else matrix[:, kept]


def not_finite(seen: Evidence) -> Cases:
    """NaN or infinity where the right result is an ordinary number."""
    cases = [i for i in seen.wrong if is_not_finite(seen, i)]
    return cases, ("not-finite", slips.not_finite(seen.shapes(cases[0]))) if cases else None


def _not_finite_at_all(seen: Evidence) -> Finding | None:
    """The same, where no other input shows more: a NaN often comes of a slip that they show."""
    cases, finding = not_finite(seen)
    return finding if len(cases) == len(seen.wrong) else None


def _lost_precision(seen: Evidence) -> Finding | None:
    if seen.expected.agree(seen.got, seen.expected.right, loosely=True):
        return "lost-precision", slips.LOST_PRECISION
    return None


def _rounded(seen: Evidence) -> Finding | None:
    """The right result, rounded to so many digits on every case."""
    results = zip(seen.got.raw, seen.expected.right.raw, seen.expected.tolerances, strict=False)
    pairs = [(*pair, tolerance) for one, due, tolerance in results for pair in leaves(one, due)]
    if not pairs or not all(are_numbers_alike(one, due) for one, due, _ in pairs):
        return None
    for digits in range(7):
        if all(
            np.allclose(one, np.round(due, digits), 2e-7 if about >= FLOAT32 else 1e-12, 1e-12)
            for one, due, about in pairs
        ):
            return "rounds-the-result", slips.rounded(digits)
    return None


def _multiple(seen: Evidence) -> Finding | None:
    """The right result times one number, on every case."""
    factors: dict[int, float] = {}
    entries = 0
    for i in range(seen.expected.plan.cases):
        pairs = leaves(seen.got.observed[i], seen.expected.right.observed[i])
        if not all(are_numbers_alike(one, due) for one, due in pairs):
            return None
        one, due = (np.concatenate([np.ravel(p[k]) for p in pairs]) for k in (0, 1))
        factor = _common_factor(one, due, seen.expected.tolerances[i])
        if factor is None:
            return None
        if due.any():
            factors[i] = factor
        if i in seen.wrong:
            entries += due.size
    if factors and all(abs(factor + 1) < FLOAT32 for factor in factors.values()):
        return "wrong-sign", slips.WRONG_SIGN
    off = [i for i in seen.wrong if i in factors]
    values = [factors[i] for i in off]
    # Any single number is a multiple of any other: then the factor has to come back elsewhere.
    comes_back = len(off) > 1 and max(values) - min(values) < FLOAT32 * max(values)
    if not off or values[0] <= 0 or not (entries > len(seen.wrong) or comes_back):
        return None
    return "wrong-factor", slips.wrong_factor(values[0], seen.shapes(off[0]))


def _common_factor(one: np.ndarray, due: np.ndarray, tolerance: float) -> float | None:
    """The number by which all of `due` is multiplied in `one`, or None."""
    largest = np.argmax(np.abs(due))
    if due[largest] == 0:
        return 1.0 if same(one, due, tolerance) else None
    factor = float(np.real(one[largest] / due[largest]))
    fits = factor != 0 and np.isfinite(factor) and same(one / factor, due * 1.0, tolerance)
    return factor if fits else None


def _global_variable(seen: Evidence) -> Finding | None:
    if seen.report.globals_read:
        return "global-variable", slips.uses_global(seen.report.globals_read[0])
    return None


def _smallest_example(seen: Evidence) -> Finding:
    case, exercise = seen.wrong[0], seen.expected.exercise
    call = seen.expected.plan.calls[case]
    inputs = wording.arguments(exercise.parameters, call)
    yours, right = seen.got.observed[case], seen.expected.right.observed[case]
    if isinstance(yours, dict) and isinstance(right, dict) and yours.keys() == right.keys():
        # Of a random result only what correct answers share can be compared.
        within = (FLOAT32, seen.expected.tolerances[case])
        part = next(k for w in within for k in right if not same(yours[k], right[k], w))
        both = wording.apart(yours[part], right[part])
        said = slips.unknown_part if exercise.observe is None else slips.unknown_trait
        return None, said(inputs, part, *both)
    both = wording.apart(seen.got.raw[case], right)
    many_steps = any(type(argument) is int and argument > _ON_PAPER for argument in call)
    return None, slips.unknown(inputs, *both, small=wording.all_shown(call) and not many_steps)


SURE = (
    lambda seen: exception(seen, alone=True)[1], lambda seen: nothing(seen)[1], _only_there,
    constant, _kind, _under_another_key, _shape, _one_line, _rounded, _not_finite_at_all,
    unused_argument,
)  # fmt: skip
"""Looked for before a known mistake that fits only nearly."""


LESS_SURE = (_lost_precision, _multiple, _global_variable, _smallest_example)
"""Looked for after; the last says something of any wrong answer."""
