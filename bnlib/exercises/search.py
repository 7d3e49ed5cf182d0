"""Looking for the place of a slip: in the child process of the answer, with limits of its own.

The child tries changed versions of the answer and sends numbers back: which nodes of the source
they changed. Lines and words are taken from the source here, so an answer can write none of them.

Without processes (Windows, the browser) only edits are tried that cannot make the answer run longer
or ask for more, and only of answers without a `while`; and for a shorter time.
"""

from __future__ import annotations

import ast
import dataclasses
import marshal
from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from bnlib.exercises import child, right_parts, sandbox, slips, wording
from bnlib.exercises.exam import SECONDS, Exam, OutOfTime, fresh, limit_calls
from bnlib.exercises.known import Expectations
from bnlib.exercises.outcomes import decode, encode
from bnlib.exercises.place import Place, place_of
from bnlib.exercises.repair import FEW, MOST, repairs, unsharing
from bnlib.exercises.source import Source, source_of
from bnlib.exercises.substitute import substitutions
from bnlib.exercises.unopened import Unopened

_MEMORY = 256 << 20
"""Bytes that the candidates may use beyond what the process has."""
_BUSY = 4
"""How much longer than its processor time a search may take, beside other work."""
_WITHOUT_LIMITS = 0.5
"""Seconds where no process can be ended."""


@dataclasses.dataclass(frozen=True)
class Found:
    """A place, whether one edit there makes the answer right, and what is said of it."""

    place: Place
    one_edit: bool
    message: str


class Search:
    """Looks for the place in one answer, when it is asked to.

    Args:
        answer: what was handed in.
        expected: what is expected of it.
        fork: whether the answer runs in a child process, which looks for the place as well.
        waiting: called once if it takes longer than a moment.
        place: False to look for no place, and only give the source.
    """

    ask: sandbox.Ask
    """Has `look` run where the answer has run."""

    def __init__(
        self,
        answer: Any,
        expected: Expectations,
        fork: bool,
        waiting: Callable[[], None] | None,
        place: bool,
    ) -> None:
        self.answer, self.expected, self.fork, self.waiting = answer, expected, fork, waiting
        self.place = place

    @cached_property
    def source(self) -> Source | None:
        """The answer's source, where it is to be had."""
        return self.answer.source() if isinstance(self.answer, Unopened) else source_of(self.answer)

    def prepare(self) -> None:
        """Make here, once, what every child would make for itself."""
        if self.place:
            fresh(self.expected)

    def read(self) -> None:
        """Read the source, if a place is to be looked for."""
        if self.place:
            _ = self.source

    def find(self, wrong: list[int], quickly: bool) -> Found | None:
        """The place where the answer goes wrong, if it is sure.

        Args:
            wrong: the cases on which the answer is wrong, the smallest first.
            quickly: only try the few slightest edits.
        """
        return self._asked(wrong, FEW if quickly else MOST) if wrong else None

    def find_change(self, wrong: list[int]) -> Found | None:
        """The place where the answer changes an argument, if that is all that is wrong with it."""
        return self._asked(wrong, 0)

    def _asked(self, wrong: list[int], most: int) -> Found | None:
        source = self.source if self.place else None
        if source is None or (not self.fork and _has_while(source)):
            return None
        if self.expected.plan.reseeded:  # one draw proves no repair
            return None
        try:
            data = self.ask(marshal.dumps((wrong, most)), _BUSY * self._seconds, self.waiting)
            repaired, replaced = marshal.loads(data)
            if repaired:
                return _repaired(source, repaired)
            return self._replaced(source, replaced, wrong[0]) if replaced else None
        except Exception:  # whatever a candidate did: a search that fails has found nothing
            return None

    @property
    def _seconds(self) -> float:
        return SECONDS if self.fork else _WITHOUT_LIMITS

    def look(self, request: bytes) -> bytes:
        """What is found where the answer has run: nodes by their positions, and values."""
        wrong, most = marshal.loads(request)
        source = self.source
        if source is None:
            raise ValueError("there is no source to look at")
        if self.fork:
            child.limit(_MEMORY, round(5 * self._seconds))
            limit_calls()
        if isinstance(self.answer, Unopened):
            source.namespace.update(getattr(self.answer.open(), "__globals__", {}))
        exam = Exam(self.expected, wrong, self._seconds)
        return _look(source, exam, most, not self.fork) if most else _look_for_change(source, exam)

    def _replaced(self, source: Source, replaced: list[Any], case: int) -> Found | None:
        place = place_of(source, [(node, "") for node, _, _ in replaced])
        if place is None:
            return None
        which, got, needed = replaced[0]
        smaller = np.size(decode(needed)) < np.size(decode(got))
        if smaller or place.expression != source.segment(source.nodes[which]):
            return Found(place, False, slips.another_value_due(place.where))
        names, calls = self.expected.exercise.parameters, self.expected.plan.calls
        values = wording.told_apart(decode(got), decode(needed))
        inputs = wording.arguments(names, calls[case])
        made = source.sets_what_is_read_in(source.nodes[which])
        message = slips.other_value_needed(place.where, inputs, *values, made)
        return Found(place, False, message)


def _repaired(source: Source, found: list[Any]) -> Found | None:
    place = place_of(source, found)
    return Found(place, True, slips.one_slip(place.where, place.question)) if place else None


def _look(source: Source, exam: Exam, most: int, bounded: bool) -> bytes:
    """What a child sends: the repairs, and the values that one was needed for."""
    position = {id(node): i for i, node in enumerate(source.nodes)}
    found: list[Any]
    replaced: list[Any]
    try:
        right = right_parts.cleared(source, exam)
        found = repairs(source, exam, most, bounded, right)
        replaced = [] if found or most < MOST else substitutions(source, exam, right)
    except OutOfTime:
        found = replaced = []
    values = [(position[id(r.node)], encode(r.got), encode(r.needed)) for r in replaced]
    return marshal.dumps((found, values))


def _look_for_change(source: Source, exam: Exam) -> bytes:
    try:
        return marshal.dumps((unsharing(source, exam), []))
    except OutOfTime:
        return marshal.dumps(([], []))


def _has_while(source: Source) -> bool:
    return any(isinstance(node, ast.While) for node in source.nodes)
