"""What every public function asks of its arguments, and what it says when it does not get it.

Each message has the same shape: `function: argument has ..., expected ...`.
"""

from __future__ import annotations

import math
from numbers import Integral, Real
from typing import Any

import numpy as np


class NonFiniteError(ValueError):
    """An array holds NaN or infinity where only finite numbers make sense."""


def float_array(where: str, name: str, value: Any) -> np.ndarray:
    """`value` as a floating-point array: floats keep their dtype, integers become float64.

    Raises TypeError for anything that is not numeric.
    """
    array = value if type(value) is np.ndarray else np.asarray(value)
    kind = array.dtype.kind
    if kind == "f":
        return array
    if kind in "iub":
        return array.astype(np.float64)
    raise TypeError(f"{where}: {name} has dtype {array.dtype}, expected floating-point numbers")


def batch(where: str, name: str, value: Any) -> np.ndarray:
    """`value` as a float array of shape (n, m): one row a unit, one column an example."""
    array = float_array(where, name, value)
    if array.ndim != 2:
        raise ValueError(
            f"{where}: {name} has shape {array.shape}, expected (n, m): one row a unit, one "
            "column an example"
        )
    if array.size == 0:
        raise ValueError(f"{where}: {name} has shape {array.shape}, an empty batch has no mean")
    if array.dtype.itemsize < 4:
        raise TypeError(
            f"{where}: {name} has dtype {array.dtype}, whose squares overflow beyond 255; convert "
            "it to float32"
        )
    return array


def column(where: str, name: str, value: Any, like: np.ndarray) -> np.ndarray:
    """`value` as an array of shape (n, 1) in the dtype of `like (n, m)`: one entry a unit."""
    array = float_array(where, name, value)
    expected = (like.shape[0], 1)
    if array.shape != expected:
        raise ValueError(
            f"{where}: {name} has shape {array.shape}, expected {expected}, one entry a unit"
        )
    return array if array.dtype == like.dtype else array.astype(like.dtype)


def same_shape(where: str, name: str, value: Any, like: np.ndarray, like_name: str) -> np.ndarray:
    """`value` as an array in the shape and dtype of `like`."""
    array = float_array(where, name, value)
    if array.shape != like.shape:
        raise ValueError(
            f"{where}: {name} has shape {array.shape}, expected {like.shape}, the shape of "
            f"{like_name}"
        )
    return array if array.dtype == like.dtype else array.astype(like.dtype)


def finite(where: str, name: str, array: np.ndarray) -> None:
    """Raise NonFiniteError, naming the first bad entry, unless every entry is finite."""
    bad = ~np.isfinite(array)
    if bad.any():
        first = tuple(int(i) for i in np.argwhere(bad)[0])
        raise NonFiniteError(
            f"{where}: {name} holds {array[first]} at {list(first)} ({int(bad.sum())} of "
            f"{array.size} entries are not finite)"
        )


def positive(where: str, name: str, value: Any, *, zero_allowed: bool = False) -> float:
    """`value` as a finite float above zero (or, where allowed, equal to it)."""
    if type(value) is float and 0 < value < math.inf:  # nearly always, and soonest found
        return value
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{where}: {name} is {value!r}, expected a number")
    number = float(value)
    if not math.isfinite(number) or number < 0 or (number == 0 and not zero_allowed):
        bound = "of at least 0" if zero_allowed else "above 0"
        raise ValueError(f"{where}: {name} is {value!r}, expected a finite number {bound}")
    return number


def fraction(where: str, name: str, value: Any) -> float:
    """`value` as a float with 0 <= value < 1, such as the decay of an average."""
    number = positive(where, name, value, zero_allowed=True)
    if number >= 1:
        raise ValueError(f"{where}: {name} is {value!r}, expected a number from 0 to below 1")
    return number


def count(where: str, name: str, value: Any) -> int:
    """`value` as an integer of at least 1."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{where}: {name} is {value!r}, expected a whole number")
    if value < 1:
        raise ValueError(f"{where}: {name} is {value!r}, expected at least 1")
    return int(value)


def generator(where: str, value: Any) -> np.random.Generator:
    """`value` if it is a numpy Generator, the only source of randomness that this course uses."""
    if not isinstance(value, np.random.Generator):
        raise TypeError(
            f"{where}: rng is {value!r}, expected a numpy Generator, such as "
            "np.random.default_rng(0)"
        )
    return value


def labels(where: str, value: Any, classes: int, examples: int) -> np.ndarray:
    """Integer labels `(m,)` of 0 ... classes - 1, one for each of `examples`."""
    array = np.asarray(value)
    if array.shape != (examples,):
        raise ValueError(
            f"{where}: y has shape {array.shape}, expected ({examples},), one label an example, or "
            f"({classes}, {examples}), one column an example"
        )
    if array.dtype.kind not in "iu":
        raise TypeError(f"{where}: y has dtype {array.dtype}, expected integer labels")
    if np.minimum.reduce(array) < 0 or np.maximum.reduce(array) >= classes:
        wrong = array[(array < 0) | (array >= classes)][0]
        raise ValueError(
            f"{where}: y holds the label {wrong}, expected 0 to {classes - 1} for {classes} classes"
        )
    return array


def float_dtype(where: str, dtype: Any) -> np.dtype:
    """`dtype` as float32 or float64; TypeError for any other."""
    chosen: np.dtype = np.dtype(dtype)
    if chosen not in (np.float32, np.float64):
        raise TypeError(f"{where}: dtype is {chosen}, expected float32 or float64")
    return chosen
