"""An answer is put through its calls, and what it did is reported.

`attempt` runs in the child process (or, where there are none, in this one under guard) and gives
plain data; `Report` is that data, read again in the parent.
"""

from __future__ import annotations

import copy
import dataclasses
import dis
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
from bnlib.exercises.compare import same
from bnlib.exercises.handed import handed
from bnlib.exercises.outcomes import decode, encode, encode_exception
from bnlib.exercises.stubs import is_stub

ROUNDING = 1e-12
"""How far an argument that was changed may be from what it was, when it is put back."""
_deepcopy, _dumps = copy.deepcopy, marshal.dumps


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
    ready = [tuple(map(copied, arguments)) for arguments in calls]
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
    changed = [k for k in range(len(original)) if not _alike(arguments[k], original[k])]
    drew = any(map(_has_moved, arguments, original))
    now = [(k, encode(arguments[k]), _holds_still(held[k], arguments[k])) for k in changed]
    return outcome, tuple(now), take(), drew


def copied(value: Any) -> Any:
    """An argument that an answer may change, and the checker's own stays as it was."""
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, np.ndarray):
        return value.copy(order="K")
    if isinstance(value, (list, tuple)):
        return type(value)(map(copied, value))
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    return _deepcopy(value)  # a function is itself, and a generator draws for itself


def _alike(value: Any, original: Any) -> bool:
    return value is original or encode(value) == encode(original)


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
    drawn_from = isinstance(original, np.random.Generator)
    return drawn_from and bool(value.bit_generator.state != original.bit_generator.state)


def _global_random_state() -> tuple[Any, ...]:
    state: Any = np.random.get_state()  # noqa: NPY002
    name, keys, position, *gauss = state
    return name, keys.tobytes(), position, gauss, random.getstate()


def _globals_read(answer: Any) -> tuple[str, ...]:
    """Variables of the notebook, not functions or modules, that the answer's code names."""
    code = getattr(answer, "__code__", None)
    namespace = getattr(answer, "__globals__", {})
    data = (np.ndarray, float, int, list, dict, tuple)
    names = [n for n in getattr(code, "co_names", ()) if isinstance(namespace.get(n), data)]
    # A method may be called as a variable is: `z.mean` reads no `mean`.
    steps = dis.get_instructions(answer) if names else ()
    read = {step.argval for step in steps if step.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
    return tuple(name for name in names if name in read)


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
