"""Small arrays as blocks of a card, with what differs between two of them marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from bnlib.exercises import wording
from bnlib.exercises.cards.card import Block, Span

MOST_ENTRIES = 24
MOST_COLUMNS = 8
MOST_RESULTS = 2


def arguments(given: tuple[tuple[str, Any], ...]) -> list[Block]:
    """A call's arguments: each array a block, and one for all the others."""
    blocks = [_block(name, value) for name, value in given if _is_small(value, least_dimensions=1)]
    others = [(name, value) for name, value in given if not _is_small(value, least_dimensions=1)]
    if others:
        lines = [f"{name} = {_short(value)}" for name, value in others]
        blocks.append(Block("", tuple(lines)))
    return blocks


def results(yours: Any, expected: Any) -> tuple[Block, ...]:
    """What an answer gave and what was expected, where they differ; nothing if it is not small."""
    blocks: list[Block] = []
    for place, got, want in _leaves(yours, expected):
        if not (_is_small(got) and _is_small(want)):
            return ()
        if _rows(got) != _rows(want) or np.shape(got) != np.shape(want):
            shapes = np.shape(got) != np.shape(want)
            blocks += [
                _block(f"yours{place}{_shape(got) * shapes}", got, beside=want),
                _block(f"expected{place}{_shape(want) * shapes}", want),
            ]
    return tuple(blocks[: 2 * MOST_RESULTS])


def _shape(value: Any) -> str:
    return f", shape {np.shape(value)}" if np.ndim(value) else ", a number"


def _leaves(got: Any, want: Any, place: str = "") -> Iterator[tuple[str, Any, Any]]:
    """The arrays and numbers of two results, by pairs, each with its place in them."""
    if isinstance(want, dict) and isinstance(got, dict) and got.keys() == want.keys():
        for key in want:
            yield from _leaves(got[key], want[key], f"{place}[{key!r}]")
    elif isinstance(want, (tuple, list)) and isinstance(got, (tuple, list)):
        if len(want) == len(got):
            for i, pair in enumerate(zip(got, want)):
                yield from _leaves(*pair, f"{place}[{i}]")
    else:
        yield place, got, want


def _is_small(value: Any, least_dimensions: int = 0) -> bool:
    numeric = isinstance(value, (np.ndarray, np.generic, int, float)) and (
        np.asarray(value).dtype.kind in "biuf"
    )
    if not numeric or not least_dimensions <= np.ndim(value) <= 2:
        return False
    _, columns = np.atleast_2d(value).shape
    return 0 < np.size(value) <= MOST_ENTRIES and columns <= MOST_COLUMNS


def _short(value: Any) -> str:
    if isinstance(value, bool):
        return str(value)
    text = wording.shown(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _rows(value: Any) -> list[list[str]]:
    return [[wording.number(x) for x in row] for row in np.atleast_2d(value)]


def _block(label: str, value: Any, beside: Any = None) -> Block:
    """An array with its columns in line; entries that read otherwise `beside` are marked."""
    rows = _rows(value)
    alike = beside is not None and np.shape(beside) == np.shape(value)
    others = _rows(beside) if alike else rows
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines, marks = [], []
    for row, other in zip(rows, others, strict=True):
        line, here = "", []
        for entry, same, width in zip(row, other, widths, strict=True):
            line += ("  " if line else "") + entry.rjust(width)
            if entry != same:
                here.append((len(line) - len(entry), len(line)))
        lines.append(line)
        marks.append(tuple(here))
    return Block(label, tuple(lines), _worth_it(marks), matrix=np.ndim(value) > 0)


def _worth_it(marks: list[tuple[Span, ...]]) -> tuple[tuple[Span, ...], ...]:
    return tuple(marks) if any(marks) else ()
