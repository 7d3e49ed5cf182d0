"""What an answer is put through: the calls it is given, and the report of what it did.

`Plan` is made in the parent. `attempt` runs in the child process (or, where there are none, in
this one under guard) and gives plain data; `Report` is that data, read again in the parent.
"""

from __future__ import annotations

import copy
import dataclasses
import itertools
import marshal
import operator
import random
import sys
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from bnlib.exercises import sandbox
from bnlib.exercises.compare import holds_float32, same
from bnlib.exercises.exercise import Exercise
from bnlib.exercises.handed import handed
from bnlib.exercises.outcomes import decode, encode, encode_exception
from bnlib.exercises.stubs import is_stub

ROUNDING = 1e-12
"""How far an argument that was changed may be from what it was, when it is put back."""
_SEED_OF_ANOTHER = 987654321
_deepcopy, _dumps = copy.deepcopy, marshal.dumps


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
    """Call -> the case and the name of the one argument that is changed in it."""
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


def attempt(answer: Callable[..., Any], calls: tuple[tuple[Any, ...], ...]) -> bytes:
    """Run an answer through `calls`: what each gave, which argument it changed, what it printed."""
    if _asked(is_stub, answer, False):
        return _dumps((True, (), False, ()))
    before = _global_random_state()
    # A verdict must not depend on how the notebook has set Python's warnings or NumPy's errors.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results = _call(answer, calls)
    used_global_random = _global_random_state() != before
    global_names = _asked(_globals_read, answer, ())
    return _dumps((False, results, used_global_random, global_names))


def _asked(question: Callable[[Any], Any], answer: Any, otherwise: Any) -> Any:
    # A strange object may do anything when it is looked at.
    try:
        return question(answer)
    except BaseException:
        return otherwise


def _call(
    answer: Callable[..., Any], calls: tuple[tuple[Any, ...], ...]
) -> tuple[tuple[Any, ...], ...]:
    ready = [_deepcopy(arguments) for arguments in calls]
    # Held on to here: an answer may put another stream in its place.
    take = getattr(sys.stdout, "take", lambda: "")
    with np.errstate(all="ignore"):
        return tuple(map(_one_call, itertools.repeat(answer), ready, calls, itertools.repeat(take)))


def _one_call(
    answer: Callable[..., Any],
    arguments: tuple[Any, ...],
    original: tuple[Any, ...],
    take: Callable[[], str],
) -> tuple[Any, ...]:
    take()
    held = list(map(_arrays_in, arguments))
    try:
        outcome = encode(answer(*handed(arguments)))
    except BaseException as error:
        outcome = encode_exception(error)
    changed = [k for k in range(len(original)) if encode(arguments[k]) != encode(original[k])]
    drew = any(map(_has_moved, arguments, original))
    now = [(k, encode(arguments[k]), _holds_still(held[k], arguments[k])) for k in changed]
    return outcome, tuple(now), take(), drew


def _arrays_in(value: Any) -> list[Any]:
    """The arrays in a list or a dictionary."""
    inside = value.values() if isinstance(value, dict) else value
    return list(inside) if isinstance(value, (dict, list)) else []


def _holds_still(held: list[Any], value: Any) -> bool:
    """Whether a list or a dictionary holds the same arrays as before the call."""
    now = _arrays_in(value)
    return bool(held) and len(held) == len(now) and all(map(operator.is_, held, now))


def _has_moved(value: Any, original: Any) -> bool:
    """Whether something was drawn from a generator."""
    if not _is_generator(original):
        return False
    return bool(value.bit_generator.state != original.bit_generator.state)


def _global_random_state() -> tuple[Any, ...]:
    state: Any = np.random.get_state()  # noqa: NPY002
    name, keys, position, *gauss = state
    return name, keys.tobytes(), position, gauss, random.getstate()


def _globals_read(answer: Any) -> tuple[str, ...]:
    """Variables of the notebook, not functions or modules, that the answer's code names."""
    code = getattr(answer, "__code__", None)
    namespace = getattr(answer, "__globals__", {})
    data = (np.ndarray, float, int, list, dict, tuple)
    return tuple(n for n in getattr(code, "co_names", ()) if isinstance(namespace.get(n), data))


@dataclasses.dataclass(frozen=True)
class Report:
    """What an answer did."""

    stub: bool
    outcomes: tuple[Any, ...]
    changed: frozenset[int]
    """The positions of the arguments that it did not leave as they were."""
    changed_inside: frozenset[int]
    """Those of them that still hold the same arrays, with other numbers in them."""
    printed: tuple[str, ...]
    """The beginning of what each call printed."""
    used_global_random: bool
    drew: bool
    """Whether it drew from a generator that it was given."""
    globals_read: tuple[str, ...]


def read_report(data: bytes, calls: tuple[tuple[Any, ...], ...]) -> Report:
    """The inverse of `attempt`.

    Raises:
        Exception: the bytes are not a whole report.
    """
    stub, results, used_global_random, globals_read = marshal.loads(data)
    return Report(
        stub=stub,
        outcomes=tuple(decode(outcome) for outcome, *_ in results),
        changed=_changed_arguments(results, calls),
        changed_inside=_changed_inside(results),
        printed=tuple(printed for _, _, printed, _ in results),
        used_global_random=used_global_random,
        drew=any(drew for *_, drew in results),
        globals_read=globals_read,
    )


def _changed_inside(results: tuple[Any, ...]) -> frozenset[int]:
    held = {(k, still) for _, now, *_ in results for k, _, still in now}
    return frozenset(k for k, still in held if still and (k, False) not in held)


def _changed_arguments(
    results: tuple[Any, ...], calls: tuple[tuple[Any, ...], ...]
) -> frozenset[int]:
    # Changed and put back, as `x += h; ...; x -= h` does, may leave rounding behind.
    return frozenset(
        k
        for (_, now, _, _), arguments in zip(results, calls, strict=False)
        for k, encoded, _ in now
        if not same(decode(encoded), arguments[k], ROUNDING)
    )


def outcomes_of(
    answer: Callable[..., Any], calls: tuple[tuple[Any, ...], ...]
) -> tuple[tuple[Any, ...], frozenset[int]]:
    """What one of the course's own functions gives on `calls`, and which arguments it changes."""
    with sandbox.without_warnings():
        results = _call(answer, calls)
    outcomes = tuple(decode(outcome) for outcome, *_ in results)
    return outcomes, _changed_arguments(results, calls)
