"""The shape of a predict question."""

from __future__ import annotations

from typing import NamedTuple


class Choice(NamedTuple):
    """One answer to choose."""

    text: str
    reply: str
    """What who chooses it reads."""
    right: bool = False


class Question(NamedTuple):
    """A question to answer before running the cell that shows it."""

    id: str
    """Short and telling, words joined by hyphens."""
    text: str
    choices: tuple[Choice, ...]
    """In the order shown; exactly one is right."""
