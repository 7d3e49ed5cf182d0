"""The learner's own lines: a function's source, and where in it a slip stands."""

from __future__ import annotations

import ast
import contextlib
import inspect
import textwrap
from types import FunctionType
from typing import Any, NamedTuple

from bnlib.exercises.cards.card import Code, Span
from bnlib.exercises.source import is_in_cell

AROUND = 1
"""Lines shown above and below the one that is meant."""


class Own(NamedTuple):
    """A function as its learner wrote it, from its `def` line on."""

    lines: tuple[str, ...]
    above: int = 0
    """Lines that stand above it in its cell, which are counted too."""


def own(fn: Any) -> Own | None:
    """The learner's source of `fn`, or None where it is not to be had."""
    with contextlib.suppress(Exception):  # a strange object may do anything when it is looked at
        seen: set[int] = set()
        while type(fn) is FunctionType and "__wrapped__" in vars(fn) and id(fn) not in seen:
            seen.add(id(fn))  # a chain may bite its own tail
            fn = vars(fn)["__wrapped__"]
        if type(fn) is FunctionType:
            lines, first = inspect.getsourcelines(fn.__code__)
            text = textwrap.dedent("".join(lines))
            statement = ast.parse(text).body[0]
            if isinstance(statement, ast.FunctionDef):  # not a lambda, with what is around it
                skipped = statement.lineno - 1  # decorators
                above = first - 1 + skipped if is_in_cell(fn) else 0
                return Own(tuple(text.splitlines()[skipped:]), above)
    return None


def place(source: Own, line: int, expression: str | None) -> Code | None:
    """The lines around one of them, with an expression in it marked.

    line: 1 is the `def` line; shown are the numbers that the message counts them by.
    """
    index = line - 1
    if not 0 <= index < len(source.lines):
        return None
    start, end = max(0, index - AROUND), min(len(source.lines), index + AROUND + 1)
    start, end = _without_blank_ends(source.lines, index, start, end)
    indent = min(_indent(text) for text in source.lines[start:end] if text.strip())
    shown = [text[indent:] for text in source.lines[start:end]]
    span = _find(shown[index - start], expression)
    return Code("", "\n".join(shown), source.above + start + 1, index - start, span)


def _without_blank_ends(lines: tuple[str, ...], index: int, start: int, end: int) -> Span:
    while start < index and not lines[start].strip():
        start += 1
    while end - 1 > index and not lines[end - 1].strip():
        end -= 1
    return start, end


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _find(line: str, expression: str | None) -> Span | None:
    """Where `expression` stands in the line, if it does once."""
    wanted = (expression or "").strip().splitlines()
    if not wanted or line.count(wanted[0]) != 1:
        return None
    at = line.index(wanted[0])
    return at, at + len(wanted[0])
