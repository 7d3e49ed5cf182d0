"""Slips of form: results that would be right, or a known mistake, in another shape or order.

Each takes one outcome and the one it is compared with, and gives the first put in form; or itself,
where there is nothing to put.
"""

from __future__ import annotations

import contextlib
import math
import operator
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from bnlib.exercises import slips
from bnlib.exercises.compare import is_number


class Form(NamedTuple):
    """A slip of form: its id, its message, and how to put an outcome in form."""

    name: str
    message: str
    put: Callable[[Any, Any], Any]


def _each(change: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Apply `change(got, want)` to every array and number, inside tuples, lists and dicts too."""

    def walk(got: Any, want: Any) -> Any:
        if isinstance(want, (tuple, list)) and isinstance(got, (tuple, list)):
            if len(got) != len(want):
                return got
            new = [walk(g, w) for g, w in zip(got, want, strict=True)]
            return got if all(map(operator.is_, new, got)) else type(got)(new)
        if isinstance(want, dict) and isinstance(got, dict):
            made = {key: walk(got[key], want.get(key)) for key in got}
            return got if all(made[key] is got[key] for key in got) else made
        return change(got, want)

    return walk


def _arrays_from_numbers(got: Any, want: Any) -> Any:
    if is_number(got) and isinstance(want, np.ndarray) and want.size == 1:
        return np.full(want.shape, got)
    return got


def _unflattened(got: Any, want: Any) -> Any:
    if is_number(got):  # where a flat array of one was squeezed further
        return _arrays_from_numbers(got, want)
    if isinstance(got, np.ndarray) and isinstance(want, np.ndarray) and got.ndim < want.ndim:
        # A flat result of another length may still be a mistake's: then its own column.
        return got.reshape(want.shape if got.size == want.size else (-1, 1))
    return got


def _stripped(got: Any, want: Any) -> Any:
    if not isinstance(got, np.ndarray):
        return got
    if is_number(want):
        return got.item() if got.size == 1 else got
    if isinstance(want, np.ndarray) and got.size == want.size:
        return got.reshape(want.shape) if got.ndim > want.ndim else got
    # Another size is no form of the right result, but perhaps of a mistake's, which may be flat.
    return got.squeeze() if got.ndim > 1 and 1 in got.shape else got


def _first_column(got: Any, want: Any) -> Any:
    matrix = isinstance(got, np.ndarray) and isinstance(want, np.ndarray) and got.ndim == 2
    if matrix and want.shape == (got.shape[0], 1) != got.shape and np.all(got == got[:, :1]):
        return got[:, :1]
    return got


def _first_row(got: Any, want: Any) -> Any:
    matrix = isinstance(got, np.ndarray) and isinstance(want, np.ndarray) and got.ndim == 2
    if matrix and want.shape == (1, got.shape[1]) != got.shape and np.all(got == got[:1]):
        return got[:1]
    return got


def _array_from_list(got: Any, want: Any) -> Any:
    if isinstance(want, np.ndarray) and isinstance(got, (list, tuple)):
        with contextlib.suppress(TypeError, ValueError):
            return np.array(got, dtype=float)
    return got


def _turned(got: Any, want: Any) -> Any:
    return got.T if isinstance(got, np.ndarray) and got.ndim > 1 else got


def _turned_alone(which: int) -> Callable[[Any, Any], Any]:
    """Turn one of several results round."""

    def put(got: Any, want: Any) -> Any:
        several = isinstance(got, (tuple, list)) and isinstance(want, tuple)
        if not several or not which < len(got) == len(want):
            return got
        one = got[which]
        if not isinstance(one, np.ndarray) or one.ndim != 2:
            return got
        return (*got[:which], one.T, *got[which + 1 :])

    return put


def _unstacked(got: Any, want: Any) -> Any:
    several = isinstance(got, np.ndarray) and isinstance(want, tuple)
    return tuple(got) if several and got.shape[:1] == (len(want),) else got


def _cut_apart(got: Any, want: Any) -> Any:
    """Results side by side in one array, or one below the other."""
    if isinstance(got, np.ndarray) and isinstance(want, tuple) and got.ndim:
        shapes, count = list(map(np.shape, want)), len(want)
        for axis in (1, 0) if got.ndim > 1 else (0,):
            parts = tuple(np.split(got, count, axis)) if got.shape[axis] % count == 0 else ()
            if list(map(np.shape, parts)) == shapes:
                return parts
    return got


def _swapped(got: Any, want: Any) -> Any:
    two = isinstance(got, (tuple, list)) and isinstance(want, tuple) and len(got) == len(want) == 2
    return tuple(got[::-1]) if two else got


FORMS = (
    Form("one-array-for-two", slips.ONE_ARRAY_FOR_TWO, _unstacked),
    Form("one-array-for-two", slips.ONE_ARRAY_FOR_TWO, _cut_apart),
    Form("number-for-array", slips.NUMBER_FOR_ARRAY, _each(_arrays_from_numbers)),
    Form("flat-shape", slips.FLAT, _each(_unflattened)),
    Form("transposed", slips.TRANSPOSED, _each(_turned)),
    Form("transposed", slips.TRANSPOSED_FIRST, _turned_alone(0)),
    Form("transposed", slips.TRANSPOSED_SECOND, _turned_alone(1)),
    Form("extra-dimensions", slips.EXTRA_DIMENSIONS, _each(_stripped)),
    Form("repeated-columns", slips.REPEATED_COLUMNS, _each(_first_column)),
    Form("repeated-rows", slips.REPEATED_ROWS, _each(_first_row)),
    Form("list-for-array", slips.LIST_FOR_ARRAY, _each(_array_from_list)),
    Form("swapped-results", slips.SWAPPED, _swapped),
)


_UNLIKE_AXES = (["extra-dimensions", "flat-shape"], ["extra-dimensions", "number-for-array"])


def possible_forms(got: tuple[Any, ...], want: tuple[Any, ...]) -> Iterator[tuple[Form, ...]]:
    """No slip of form, one, or two: those that these outcomes may be out of form by."""
    possible = [form for form in FORMS if _changes(form, got, want)]
    yield ()
    yield from ((form,) for form in possible)
    for first in possible:
        once = tuple(map(first.put, got, want))
        for second in FORMS:
            if second.name != first.name and _changes(second, once, want):
                yield first, second


def _changes(form: Form, got: tuple[Any, ...], want: tuple[Any, ...]) -> bool:
    return any(form.put(g, w) is not g for g, w in zip(got, want, strict=True))


def as_told(forms: tuple[Form, ...]) -> list[tuple[str | None, str]]:
    """What is said of slips of form: of axes too few and too many, one thing."""
    names = [form.name for form in forms]
    if sorted(names) in _UNLIKE_AXES:
        return [("+".join(names), slips.UNLIKE_AXES)]
    return [(form.name, form.message) for form in forms]


def put_in_form(forms: tuple[Form, ...], got: Any, want: Any) -> Any:
    """An outcome after all of `forms`."""
    for form in forms:
        got = form.put(got, want)
    return got


def is_due_else(form: str, pairs: list[tuple[Any, Any]]) -> bool:
    """Whether these results come less near to the form due by a slip of form beside a mistake.

    A mistake may be of another form itself: turned round or wrapped, it may have the one due.
    """
    both = [(a.shape, np.shape(b)) for a, b in pairs if _are_arrays(a, b)]
    if form == "extra-dimensions":
        # A number for every example, in a row, is no number that was wrapped.
        deeper = [(one, due) for one, due in both if len(one) > len(due)]
        return bool(deeper) and all(math.prod(one) == math.prod(due) for one, due in deeper)
    if form == "transposed":
        turned = sum(_alike(one[::-1], due) for one, due in both)
        return turned >= sum(_alike(one, due) for one, due in both)
    return True


def _are_arrays(one: Any, due: Any) -> bool:
    return isinstance(one, np.ndarray) and isinstance(due, (np.ndarray, int, float))


def _alike(one: tuple[int, ...], due: tuple[int, ...]) -> int:
    """How many axes have the length that is due."""
    return sum(map(operator.eq, one, due)) if len(one) == len(due) else 0
