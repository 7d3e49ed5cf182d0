"""Arguments and results in few words and few digits, for messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from bnlib.exercises.handed import OnceThrough
from bnlib.exercises.outcomes import Other, Raised

MOST_ENTRIES = 24


def number(value: Any) -> str:
    """At most four digits: 0.3333, -2, 1.2e+05; 0 has no sign."""
    if isinstance(value, complex):
        return f"{value + 0:.4g}"
    return f"{float(value) + 0.0:.4g}".replace("e-0", "e-").replace("e+0", "e+")


def shown(value: Any) -> str:
    """An argument or an outcome, compact and the same on every NumPy."""
    if isinstance(value, np.ndarray):
        if value.size > MOST_ENTRIES:
            return f"an array of shape {value.shape}"
        return _nested(value)
    if isinstance(value, Raised):
        return f"{value.type_name} raised"
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (int, float, complex, np.generic)):
        return number(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {shown(v)}" for k, v in value.items()) + "}"
    if isinstance(value, OnceThrough):
        return f"a generator of {shown(list(value))}"
    if isinstance(value, (tuple, list)):
        left, right = "()" if isinstance(value, tuple) else "[]"
        return left + ", ".join(map(shown, value)) + right
    if isinstance(value, np.random.Generator):
        return "a generator"
    if callable(value):
        return (value.__doc__ or "a function").strip()
    return "nothing" if value is None else str(value)


def told_apart(one: Any, due: Any) -> tuple[str, str]:
    """A value and the one that is due, so that it can be seen how they differ."""
    both = shown(one), shown(due)
    one, due = np.asarray(one), np.asarray(due)
    if one.shape != due.shape and np.array_equal(one.ravel(), due.ravel()):
        return f"{both[0]}, of shape {one.shape}", f"the same numbers in shape {due.shape}"
    if both[0] != both[1]:
        return both
    place = np.unravel_index(np.argmax(np.abs(one - due)), one.shape)
    entry, right = number(one[place]), number(due[place])
    if entry == right:
        return both[0], "the number due there, which differs beyond the fourth digit,"
    at = f"[{', '.join(map(str, place))}]"
    return f"{both[0]}, with {entry} at {at}", f"the one due there, with {right} at {at},"


def apart(one: Any, due: Any) -> tuple[str, str]:
    """An outcome and the right one; where both read alike, with the entry that is most off."""
    both = shown(one), shown(due)
    if both[0] != both[1]:
        return both
    pairs = [(w, np.asarray(a), np.asarray(b)) for w, a, b in _numbers_in(one, due)]
    off = [(np.abs(a - b) / (np.abs(b).max() + 0.1), w, a, b) for w, a, b in pairs if a.size]
    if not off:
        return both
    distance, which, a, b = max(off, key=lambda found: found[0].max())
    place = np.unravel_index(np.argmax(distance), a.shape)
    entry, right = number(a[place]), number(b[place])
    if entry == right:
        entry, right = f"{a[place]:.10g}", f"{b[place]:.10g}"
    if not place and not which:
        return entry, right
    at = f" at [{', '.join(map(str, place))}]" if place else ""
    return f"{both[0]}, with {entry}{at}{which}", f"{right} there"


def _numbers_in(one: Any, due: Any, which: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Arrays and numbers of one shape in two outcomes, by pairs, with where they stand."""
    if isinstance(due, dict) and isinstance(one, dict):
        for key in due.keys() & one.keys():
            yield from _numbers_in(one[key], due[key], f" of {key}")
    elif isinstance(due, (tuple, list)) and isinstance(one, (tuple, list)):
        for i, pair in enumerate(zip(one, due, strict=False), 1):
            yield from _numbers_in(*pair, f" of result {i}")
    elif _is_numeric(one) and _is_numeric(due) and np.shape(one) == np.shape(due):
        yield which, one, due


def _is_numeric(value: Any) -> bool:
    return isinstance(value, (np.ndarray, int, float))


def all_shown(values: Any) -> bool:
    """Whether `shown` spells out every number among arguments, with all its digits."""
    if isinstance(values, dict):
        values = tuple(values.values())
    if isinstance(values, (tuple, list)):
        return all(map(all_shown, values))
    return getattr(values, "size", 1) <= MOST_ENTRIES and _in_full(values)


def _nested(array: np.ndarray) -> str:
    if array.ndim == 0:
        return number(array.item())
    return "[" + ", ".join(map(_nested, array)) + "]"


def arguments(names: Iterable[str], values: tuple[Any, ...]) -> str:
    """`z = [[1, 3]] and eps = 0.5`; with a word where four digits are not all there are."""
    said = _joined(f"{name} = {shown(v)}" for name, v in zip(names, values, strict=False))
    return said if all(map(_in_full, values)) else f"{said} (to four digits)"


def _in_full(value: Any) -> bool:
    """Whether `shown` gives every digit of the numbers that it spells out."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return all(map(_in_full, value))
    if not _is_numeric(value) or np.size(value) > MOST_ENTRIES:
        return True
    array = np.asarray(value)
    return all(array.dtype.type(float(number(entry))) == entry for entry in array.ravel())


def shapes(names: Iterable[str], values: tuple[Any, ...]) -> str:
    """`z of shape (3, 1) and eps = 0.5`."""
    return _joined(_shape(name, value) for name, value in zip(names, values, strict=False))


def _shape(name: str, value: Any) -> str:
    if isinstance(value, np.ndarray) and value.ndim:
        return f"{name} of shape {value.shape}"
    inside = list(value.values()) if isinstance(value, dict) else value
    if isinstance(inside, list) and inside and all(isinstance(v, np.ndarray) for v in inside):
        kind = {"OnceThrough": "a generator", "dict": "a dictionary"}.get(
            type(value).__name__, "a list"
        )
        shapes = ", ".join(str(v.shape) for v in inside)
        of = "arrays of shapes" if len(inside) > 1 else "one array of shape"
        return f"{name} = {kind} of {of} {shapes}"
    return f"{name} = {shown(value)}"


def _joined(parts: Iterable[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def size(values: tuple[Any, ...]) -> int:
    """How much there is to look at: the number of entries of all arguments."""
    total = 0
    for value in values:
        if isinstance(value, dict):
            value = tuple(value.values())
        if isinstance(value, (tuple, list)):
            total += size(tuple(value))
        else:
            total += getattr(value, "size", 1) or 1
    return total


def kind(outcome: Any) -> str:
    """An outcome's kind, in a learner's words."""
    if isinstance(outcome, Other):
        if outcome.type_name.startswith("array of "):
            return f"an {outcome.type_name}"
        names = {
            "ndarray": "an array of objects",
            "generator": "a generator",
            "coroutine": "a coroutine",
            "str": "a text",
            "dict": "a dictionary of another kind",
            "dict of other keys": "a dictionary with keys that are not plain texts",
            "int": "a whole number of hundreds of digits",
        }
        return names.get(outcome.type_name, f"a thing of type {outcome.type_name}")
    if isinstance(outcome, tuple) and len(outcome) < 2:
        return "a tuple of one result" if outcome else "an empty tuple"
    kinds = {
        "ndarray": "an array", "NoneType": "None", "dict": "a dictionary", "list": "a list",
        "tuple": "several results", "int": "a number", "float": "a number", "bool": "a number",
        "complex": "a complex number",
    }  # fmt: skip
    return kinds.get(type(outcome).__name__, "something else")
