"""When two results are the same: shapes, types, and how far rounding may take two numbers apart.

A number may be off by `tolerance` of the largest one in its row (two correct ways of writing a sum
round differently, and a sum's rounding is as large as its largest term), plus a tenth of
`tolerance` outright, for results that are 0 but for rounding.

* 1e-9 in float64. The way with the worst rounding that still counts as correct, E[z^2] - mu^2 with
  a mean of 10 standard deviations, loses a factor of 100 on float64's 1e-16; the smallest fault
  worth telling, eps = 1e-8 in place of 1e-5 beside a variance of 1, changes results by 5e-6.
* 1e-4 where any argument is float32, whose 1e-7 the same way of writing turns into 1e-5. A result
  rounded to float16 (5e-4) is refused.
* An exercise whose own arithmetic rounds more (a difference quotient divides rounding by h) sets
  TOLERANCE in its file, and says why.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from bnlib.exercises.outcomes import Raised

FLOAT64 = 1e-9
FLOAT32 = 1e-4
_ABOUT = (("matmul", "not aligned"), ("broadcast",), ("truth value",))
"""Words of NumPy's by which a ValueError is told from another; `dot` says "not aligned"."""


def tolerance_for(arguments: tuple[Any, ...], float64: float = FLOAT64) -> float:
    """The tolerance for a call with these arguments: float32's if any of them is float32."""
    return FLOAT32 if holds_float32(arguments) else float64


def holds_float32(value: Any) -> bool:
    """Whether an argument is, or holds, a float32 array."""
    if isinstance(value, (list, tuple)):
        return any(holds_float32(item) for item in value)
    if isinstance(value, dict):
        return any(holds_float32(item) for item in value.values())
    return isinstance(value, (np.ndarray, np.generic)) and value.dtype == np.float32


def same(got: Any, want: Any, tolerance: float) -> bool:
    """Whether two outcomes agree, in type, shape and value.

    A list may stand where a tuple is due and the other way round; NaN equals NaN.
    """
    if isinstance(want, Raised):
        return isinstance(got, Raised) and _trouble(got) == _trouble(want)
    if isinstance(want, np.ndarray):
        return (
            isinstance(got, np.ndarray) and got.shape == want.shape and close(got, want, tolerance)
        )
    if isinstance(want, (list, tuple)):
        return (
            isinstance(got, (list, tuple))
            and len(got) == len(want)
            and all(same(g, w, tolerance) for g, w in zip(got, want, strict=True))
        )
    if isinstance(want, dict):
        return (
            isinstance(got, dict)
            and got.keys() == want.keys()
            and all(same(got[key], want[key], tolerance) for key in want)
        )
    if is_number(want):
        # As floats: an int beyond 64 bits would make an array of objects.
        return is_number(got) and close(np.asarray(got * 1.0), np.asarray(want * 1.0), tolerance)
    return type(got) is type(want) and got == want


def _trouble(error: Raised) -> tuple[Any, ...]:
    """What an exception is about: its type, and for errors of shape, which kind of them."""
    return error.type_name, *(any(word in error.text for word in words) for words in _ABOUT)


def is_number(value: Any) -> bool:
    """Whether an outcome is a number; True and False are the numbers 1 and 0."""
    return isinstance(value, (int, float, complex))


def close(got: np.ndarray, want: np.ndarray, tolerance: float) -> bool:
    """Whether two arrays of one shape agree to `tolerance`, as the module says."""
    if "c" in got.dtype.kind + want.dtype.kind and got.dtype.kind != want.dtype.kind:
        return False
    with np.errstate(all="ignore"):
        got, want = got * 1.0, want * 1.0
        size, apart, finite = np.abs(want), np.abs(got - want), np.isfinite(want)
        if not finite.all():
            if not np.array_equal(got[~finite], want[~finite], equal_nan=True):
                return False
            size, apart = np.where(finite, size, 0), np.where(finite, apart, 0)
        largest = size.max(axis=-1, keepdims=True, initial=0) if size.ndim else size
        return bool((apart <= tolerance * (largest + 0.1)).all())


def first_number(outcome: Any) -> float | None:
    """The first number in an outcome; None if there is none, or it is an integer or not finite."""
    first = _first(outcome)
    if isinstance(first, np.ndarray) and first.dtype.kind == "f" and first.size:
        first = float(first.item(0))
    return first if isinstance(first, float) and math.isfinite(first) else None


def beginning(outcome: Any) -> tuple[float, float] | None:
    """The first number in an outcome, and the largest by size in its array; None if not finite."""
    first = first_number(outcome)
    if first is None:
        return None
    largest = float(np.abs(_first(outcome)).max())
    return (first, largest) if math.isfinite(largest) else None


def _first(outcome: Any) -> Any:
    while isinstance(outcome, (list, tuple, dict)) and outcome:
        outcome = outcome[min(outcome)] if isinstance(outcome, dict) else outcome[0]
    return outcome


def begin_apart(got: float | None, want: tuple[float, float] | None, tolerance: float) -> bool:
    """Whether an outcome with this first number cannot be the `same` as one that begins so."""
    if got is None or want is None:
        return False
    return abs(got - want[0]) > 1.01 * tolerance * (want[1] + 0.1)
