"""The calls that an answer is given: the cases of its exercise, and these changed on purpose."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from bnlib.exercises.compare import holds_float32, is_number, same
from bnlib.exercises.exercise import Exercise

_SEED_OF_ANOTHER = 987654321


@dataclasses.dataclass(frozen=True, eq=False)
class Plan:
    """The calls: every case, then repeats, probes, what is widened, and what is shortened."""

    calls: tuple[tuple[Any, ...], ...]
    cases: int
    repeats: dict[int, int]
    """Call -> the case that it repeats exactly, random generator and all."""
    reseeded: dict[int, int]
    """Call -> the case that it repeats with another state of the generator."""
    probes: dict[int, tuple[int, str]]
    """Call -> the case and the name of the one argument that is another in it."""
    widened: dict[int, int]
    """Call -> the case in float32 that it repeats in float64."""
    shortened: tuple[int, ...]
    """Calls that repeat a case without its last argument, which has a default."""

    @property
    def probed(self) -> list[str]:
        """The arguments that are changed by themselves."""
        return list(dict.fromkeys(name for _, name in self.probes.values()))

    def probes_of(self, name: str) -> list[tuple[int, int]]:
        """The calls in which this argument is changed, each with its case."""
        return [(call, case) for call, (case, of) in self.probes.items() if of == name]


def make_plan(exercise: Exercise) -> Plan:
    """All calls that an answer to `exercise` is given."""
    cases = list(exercise.cases)
    random_ones = [i for i, case in enumerate(cases) if any(map(_is_generator, case))]
    calls = list(cases)
    repeats, reseeded, probes = {}, {}, {}
    for i in random_ones or [0]:
        repeats[len(calls)] = i
        calls.append(cases[i])
    for i in random_ones:
        reseeded[len(calls)] = i
        calls.append(tuple(map(_another_generator, cases[i])))
    longest = [i for i in range(len(cases)) if len(cases[i]) == max(map(len, cases))]
    first, last = longest[0], longest[-1]
    for k, name in enumerate(list(exercise.parameters)[: len(cases[first])]):
        changes: list[tuple[int, Callable[[Any], Any]]]
        changes = [(first, _resized), (first, _turned), (last, _turned), (first, _repeated)]
        if type(cases[first][k]) in (int, float):  # on one input it may make no difference
            another = _of_the_other_end if name.endswith("axis") else _resized
            changes = [(i, another) for i in longest]
        counts = type(cases[first][k]) is int and not name.endswith("axis")
        if counts or type(exercise.parameters[name].default) is float:
            changes.append((first, _made_large))
        for i, change in [] if random_ones else changes:
            changed = change(cases[i][k])
            if changed is not None:
                probes[len(calls)] = (i, name)
                calls.append((*cases[i][:k], changed, *cases[i][k + 1 :]))
    for i, j in [] if random_ones else itertools.combinations(longest, 2):
        if (other := _only_other(cases[i], cases[j])) is not None:  # they are probes of each other
            probes.setdefault(j, (i, list(exercise.parameters)[other]))
    widened = {}
    for i, case in enumerate(cases):
        if holds_float32(case):
            widened[len(calls)] = i
            calls.append(tuple(map(_in_float64, case)))
    shortened = []
    if len(longest) < len(cases) and not random_ones:
        for i in dict.fromkeys((first, last)):
            shortened.append(len(calls))
            calls.append(cases[i][:-1])
    return Plan(tuple(calls), len(cases), repeats, reseeded, probes, widened, tuple(shortened))


def _only_other(case: tuple[Any, ...], other: tuple[Any, ...]) -> int | None:
    """The position of the one argument, a number or an array of one shape, that is another."""
    both = list(zip(case, other, strict=True))
    others = [k for k, (a, b) in enumerate(both) if not same(a, b, tolerance=0)]
    if len(others) != 1:
        return None
    a, b = both[others[0]]
    arrays = isinstance(a, np.ndarray) and isinstance(b, np.ndarray) and a.shape == b.shape
    return others[0] if arrays or (is_number(a) and is_number(b)) else None


def _in_float64(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(map(_in_float64, value))
    if isinstance(value, dict):
        return {key: _in_float64(item) for key, item in value.items()}
    return value.astype(float) if holds_float32(value) else value


def _is_generator(value: Any) -> bool:
    return isinstance(value, np.random.Generator)


def _another_generator(value: Any) -> Any:
    return np.random.default_rng(_SEED_OF_ANOTHER) if _is_generator(value) else value


def for_many_generators(arguments: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """The same call with ten other generators."""
    return [
        tuple(np.random.default_rng(seed) if _is_generator(a) else a for a in arguments)
        for seed in range(10)
    ]


def _resized(value: Any) -> Any:
    # Not by one factor: batch norm does not see that.
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return value * (1 + np.cos(np.arange(value.size).reshape(value.shape)) / 4)
    if isinstance(value, float):
        return value * 1.25
    return value + 1 if type(value) is int else None


def _made_large(value: Any) -> Any:
    # A floor shows only where it is above what stands on it, and a rounded root not for m + 1.
    return 4 * value if type(value) is int else 1e6 * value if isinstance(value, float) else None


def _of_the_other_end(axis: Any) -> Any:
    # No other axis is one of channels.
    return -axis


def _turned(value: Any) -> Any:
    # Some results answer to the order of the numbers alone.
    turns = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    return np.flip(value).copy() if turns else None


def _repeated(value: Any) -> Any:
    # Labels that are turned round may hold the same classes; of these, one is another's.
    if not (isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.ndim):
        return None
    repeated = value.copy()
    repeated[..., 0] = value[..., -1]
    return repeated
