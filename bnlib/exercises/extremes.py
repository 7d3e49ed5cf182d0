"""Inputs of an extreme kind: float32, a batch of one example, a layer of one unit.

An answer that is wrong on inputs of one kind only has another slip than one that is wrong always.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from bnlib.exercises import slips
from bnlib.exercises.compare import holds_float32
from bnlib.exercises.exercise import Exercise

_BATCHES = {
    "a", "a_prev", "batches", "centred", "dcentred", "dz_norm", "dz_tilde", "x", "y", "z",
    "z_before", "z_norm",
}  # fmt: skip
"""Arguments that have one column an example."""
_OF_CLASSES = 5
"""The notebook in which arrays have one row a class."""


def matrices(value: Any) -> Iterator[np.ndarray]:
    """The 2-D arrays among arguments, in lists and dicts too."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from matrices(item)
    elif isinstance(value, np.ndarray) and value.ndim == 2:
        yield value


def has_one_unit(arguments: tuple[Any, ...]) -> bool:
    """Whether any matrix among the arguments has one row."""
    return any(matrix.shape[0] == 1 for matrix in matrices(arguments))


def _is_batch_of_one(arguments: tuple[Any, ...], exercise: Exercise) -> bool:
    named = zip(exercise.parameters, arguments, strict=False)
    batch = next((value for name, value in named if name in _BATCHES), None)
    first = next(matrices(batch), None)
    return first is not None and first.shape[1] == 1


def _is_of_one_unit(arguments: tuple[Any, ...], exercise: Exercise) -> bool:
    # A row of Keras' kernel is an input.
    return "kernel" not in exercise.parameters and has_one_unit(arguments)


_KINDS: tuple[tuple[str, str, Callable[[tuple[Any, ...], Exercise], bool]], ...] = (
    ("wrong-for-float32", slips.FLOAT32_ONLY, lambda arguments, _: holds_float32(arguments)),
    ("wrong-for-one-example", slips.ONE_EXAMPLE_ONLY, _is_batch_of_one),
    ("wrong-for-one-unit", slips.ONE_UNIT_ONLY, _is_of_one_unit),
)


def says_little(arguments: tuple[Any, ...], exercise: Exercise) -> bool:
    """Whether there is little to see on an input: one class, or a batch of one example."""
    if exercise.notebook == _OF_CLASSES:
        return has_one_unit(arguments)
    return _is_batch_of_one(arguments, exercise)


def ordinary_cases(exercise: Exercise) -> list[int]:
    """The cases of no extreme kind."""
    return [
        i
        for i, case in enumerate(exercise.cases)
        if not any(is_of_kind(case, exercise) for _, _, is_of_kind in _KINDS)
    ]


def only_on_one_kind(
    exercise: Exercise, wrong: list[int], right_in_float64: bool
) -> tuple[str, str] | None:
    """The slip of an answer that is wrong on these cases, if they are all of one kind.

    Args:
        exercise: what it is an answer to.
        wrong: the cases.
        right_in_float64: whether those of them in float32 come out right in float64.
    """
    for name, message, is_of_kind in _KINDS if right_in_float64 else _KINDS[1:]:
        there = {i for i, case in enumerate(exercise.cases) if is_of_kind(case, exercise)}
        if there.issuperset(wrong) and len(there) < len(exercise.cases):
            return name, message
    return None
