"""The learner's own lines: a function's source, and where in it a slip stands."""

from __future__ import annotations

from bnlib.exercises.cards.card import Code, Span
from bnlib.exercises.source import Written

AROUND = 1
"""Lines shown above and below the one that is meant."""


def place(own: Written, line: int, expression: str | None) -> Code | None:
    """The lines around one of them, with an expression in it marked, numbered as messages do.

    line: 1 is the `def` line.
    """
    index, source = line - 1, own.text.splitlines()
    if not 0 <= index < len(source):
        return None
    start, end = max(0, index - AROUND), min(len(source), index + AROUND + 1)
    start, end = _without_blank_ends(source, index, start, end)
    indent = min(_indent(text) for text in source[start:end] if text.strip())
    shown = [text[indent:] for text in source[start:end]]
    span = _find(shown[index - start], expression)
    return Code("", "\n".join(shown), own.above + start + 1, index - start, span)


def _without_blank_ends(lines: list[str], index: int, start: int, end: int) -> Span:
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
