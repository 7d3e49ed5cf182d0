"""What an answer did, as plain data: it crosses from the child process, and is compared later.

The answer's own objects never reach the parent: what is not an array, a number, or a tuple, list or
dict of those arrives as the name of its type. Types are asked of `type(value)`, so that an object
that pretends to be of another class runs none of its code here; NumPy's and the operating system's
functions are bound when this module is imported, so that an answer that replaces them is no matter.
"""

from __future__ import annotations

import dataclasses
import linecache
import os
from collections.abc import Callable
from typing import Any

import numpy as np

LARGEST_ARRAY = 1_000_000
"""Entries; no exercise's result comes near it."""
LONGEST_LIST = 1_000
DEEPEST = 5

_array, _ndarray, _generic, _text = np.array, np.ndarray, np.generic, np.str_
_getline = linecache.getline

_NOT_THE_LEARNERS = tuple(
    os.path.dirname(os.path.abspath(path)) + os.sep
    for path in (os.__file__, np.__file__, os.path.dirname(os.path.abspath(__file__)))
)


@dataclasses.dataclass(frozen=True)
class Other:
    """A result of a type that no exercise asks for."""

    type_name: str
    text: str = ""


@dataclasses.dataclass(frozen=True)
class Unfinished:
    """`...` or `NotImplemented`: the answer says itself that it is not done."""


@dataclasses.dataclass(frozen=True)
class Raised:
    """An exception that came out of the answer."""

    type_name: str
    text: str = ""
    line: int | None = None
    """Where in the learner's own code, as numbered in the notebook cell."""
    code: str = ""
    at_call: bool = False
    """It was raised by the call itself, before any line of the answer ran."""


def encode(value: Any, depth: int = 0) -> tuple[Any, ...]:
    """A result as tuples, numbers, strings and bytes."""
    kind = type(value)
    if value is None:
        return ("none",)
    if value is Ellipsis or value is NotImplemented:
        return ("unfinished",)
    if issubclass(kind, _ndarray) and value.ndim:
        return _encode_array(_array(value, subok=False))
    if issubclass(kind, (_generic, _ndarray)):
        return _encode_number(value.item(), kind)
    if issubclass(kind, (bool, int, float, complex)):
        return _encode_number(value, kind)
    if depth < DEEPEST and issubclass(kind, (tuple, list)) and len(value) <= LONGEST_LIST:
        name = "tuple" if issubclass(kind, tuple) else "list"
        return (name, tuple(encode(item, depth + 1) for item in value))
    if depth < DEEPEST and issubclass(kind, dict) and len(value) <= LONGEST_LIST:
        pairs = [
            (str(key) if type(key) is _text else key, encode(item, depth + 1))
            for key, item in value.items()
        ]
        if all(type(key) is str for key, _ in pairs):
            return ("dict", tuple(pairs))
        return ("other", "dict of other keys", "")
    return ("other", kind.__name__, value[:200] if kind is str else "")


def _encode_array(array: np.ndarray) -> tuple[Any, ...]:
    if array.dtype.kind not in "biufc":
        return ("other", f"array of {array.dtype.name}", "")
    if array.size > LARGEST_ARRAY:
        return ("other", f"array of shape {array.shape}", "")
    if array.dtype.itemsize > 8 and array.dtype.kind == "f":
        array = array.astype(float)
    if array.dtype.kind == "c":
        array = array.astype(complex)
    return ("array", array.dtype.str, array.shape, array.tobytes())


def _encode_number(number: Any, kind: type) -> tuple[Any, ...]:
    plain: Any
    for plain in (bool, int, float, complex):
        if isinstance(number, plain):
            if plain is int and int(number).bit_length() > 1000:
                return ("other", "int", "")
            return ("number", plain(number))
    if isinstance(number, np.floating):  # long double, which has no Python type
        return ("number", float(number))
    return ("other", kind.__name__, "")


def encode_exception(error: BaseException) -> tuple[Any, ...]:
    """An exception as plain data, with the last line of the learner's own code on its way."""
    traceback = error.__traceback__.tb_next if error.__traceback__ else None
    at_call = traceback is None
    line, code = None, ""
    while traceback is not None:
        filename = traceback.tb_frame.f_code.co_filename
        if not filename.startswith(("<__array_function__", "<frozen", *_NOT_THE_LEARNERS)):
            line = traceback.tb_lineno
            code = _getline(filename, line).strip()
        traceback = traceback.tb_next
    try:
        text = str(error)[:300]
    except BaseException:
        text = ""
    return ("raised", type(error).__name__, text, line, code, at_call)


def decode(plain: tuple[Any, ...]) -> Any:
    """An outcome: array, number, None, tuple, list or dict of those, Other, Unfinished, Raised."""
    kind, *content = plain
    if kind == "array":
        dtype, shape, data = content
        return np.frombuffer(data, dtype).reshape(shape)
    if kind == "number":
        return content[0]
    if kind in ("tuple", "list"):
        return (tuple if kind == "tuple" else list)(decode(item) for item in content[0])
    if kind == "dict":
        return {key: decode(item) for key, item in content[0]}
    makers: dict[str, Callable[..., Any]] = {
        "none": lambda: None,
        "unfinished": Unfinished,
        "other": Other,
        "raised": Raised,
    }
    return makers[kind](*content)


def is_unfinished(outcome: Any) -> bool:
    """Whether an outcome is, or holds, `...` or `NotImplemented`."""
    if isinstance(outcome, (tuple, list)):
        return any(is_unfinished(item) for item in outcome)
    if isinstance(outcome, dict):
        return any(is_unfinished(item) for item in outcome.values())
    return isinstance(outcome, Unfinished)
