"""What a card is made of. Words may hold code between backquotes."""

from __future__ import annotations

import dataclasses
from typing import Literal, TypeAlias

Span = tuple[int, int]
"""Where a part of a line begins and ends."""

Kind: TypeAlias = Literal["wrong", "right", "untried", "hint", "solution", "progress", "unknown"]
SIGNS: dict[Kind, str] = {
    "wrong": "✗",
    "right": "✓",
    "untried": "○",
    "hint": "?",
    "solution": "≡",
    "progress": "◔",
    "unknown": "!",
}
"""The kinds of cards, each with its sign: no kind is told by its colour alone."""


STATUS_SIGNS = {
    "passed": "✓",
    "wrong": "✗",
    "changed since the last check": "~",
    "not checked yet": "·",
    "not attempted": "○",
}
"""What an exercise may be, each with its sign."""


@dataclasses.dataclass(frozen=True)
class Words:
    """A paragraph, perhaps under a small heading."""

    text: str
    label: str = ""
    small: bool = False


@dataclasses.dataclass(frozen=True)
class Code:
    """Lines of Python, perhaps with a place that is marked."""

    label: str
    source: str
    first: int | None = None
    """The number of the first line; None for no numbers."""
    line: int | None = None
    """The marked line's index."""
    span: Span | None = None
    """What is marked of it; None for all of it."""


@dataclasses.dataclass(frozen=True)
class Block:
    """Lines that keep their spaces: an array, or what was printed."""

    label: str
    lines: tuple[str, ...]
    marks: tuple[tuple[Span, ...], ...] = ()
    """What is marked of every line."""
    matrix: bool = False


@dataclasses.dataclass(frozen=True)
class Side:
    """Parts that stand side by side where there is room; a side in it stays together."""

    parts: tuple[Code | Block | Side, ...]


@dataclasses.dataclass(frozen=True)
class Fold:
    """Parts that are shown when asked for; `instead` is what a page without folds says."""

    summary: str
    parts: tuple[Part, ...]
    instead: str = ""


@dataclasses.dataclass(frozen=True)
class Row:
    """A notebook: its title, a sign and a name for each exercise, and how many are passed."""

    title: str
    exercises: tuple[tuple[str, str], ...]
    """Name and status, a key of `STATUS_SIGNS`."""
    count: str
    note: str = ""


@dataclasses.dataclass(frozen=True)
class Table:
    """Notebooks below one another."""

    rows: tuple[Row, ...]


Part = Words | Code | Block | Side | Fold | Table


@dataclasses.dataclass(frozen=True)
class Card:
    """A card: its kind, whose it is, what it says in a word, and its parts."""

    kind: Kind
    name: str
    status: str
    parts: tuple[Part, ...] = ()
