"""One edit of the answer's own source that makes it right: where it is, and of what kind."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from bnlib.exercises.compare import is_number
from bnlib.exercises.edits import Edit, edits
from bnlib.exercises.exam import Exam
from bnlib.exercises.source import Source

MOST = 4_000
"""Candidates that are tried at all."""
FEW = 120
"""Candidates that are tried where a name is known already."""
Repair = tuple[int, str]
"""The position of the node among the source's nodes, and the kind of edit."""


def repairs(source: Source, exam: Exam, most: int = MOST, bounded: bool = False) -> list[Repair]:
    """The slightest edits after which the answer passes, all of one cost; or none.

    Edits of one cost are tried all or not at all: others of them might lead to another place.

    Args:
        source: the answer.
        exam: what it has to pass.
        most: how many edits may be tried.
        bounded: try only what cannot make the answer run longer.

    Raises:
        exam.OutOfTime: not all of them could be tried.
    """
    position = {id(node): i for i, node in enumerate(source.nodes)}
    tried = edits(source, bounded, _numbers(source, exam))
    for _, group in itertools.groupby(tried, key=lambda edit: edit.cost):
        candidates = list(group)
        most -= len(candidates)
        if most < 0:
            break
        found: list[Repair] = [
            (position[id(e.told)], e.kind) for e in passing(source, exam, candidates)
        ]
        if found:
            return found
    return []


def _numbers(source: Source, exam: Exam) -> frozenset[str]:
    """The arguments that are numbers in all calls."""
    calls = [arguments for arguments, _, _ in exam.calls]
    given = [[call[k] for call in calls if len(call) > k] for k in range(len(source.parameters))]
    named = zip(source.parameters, given, strict=True)
    return frozenset(name for name, values in named if values and all(map(is_number, values)))


def passing(source: Source, exam: Exam, candidates: Iterable[Edit]) -> Iterable[Edit]:
    """Those candidates that pass."""
    for edit in candidates:
        made = _made(source, edit)
        if made is not None and exam.passes(made):
            yield edit


def _made(source: Source, edit: Edit) -> Callable[..., Any] | None:
    edit.spot.put(edit.new)
    try:
        return source.compiled({"_np": np})
    except (SyntaxError, ValueError, TypeError, NameError):
        return None
    finally:
        edit.spot.put(edit.spot.node)
