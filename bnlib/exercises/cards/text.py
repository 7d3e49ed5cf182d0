"""A card as plain text of at most 80 columns, with colours where a terminal shows them."""

from __future__ import annotations

import itertools
import os
import sys
import textwrap
from collections.abc import Callable, Iterable
from typing import Any

from bnlib.exercises.cards.card import (
    SIGNS,
    STATUS_SIGNS,
    Block,
    Card,
    Code,
    Fold,
    Side,
    Table,
    Words,
)

WIDTH = 80
_GAP = "   "
_STATUS_COLORS = {"✓": "32", "✗": "31", "~": "33"}
_PLAIN_SIGNS = str.maketrans({"✓": "+", "✗": "x", "○": ".", "·": "-", "≡": "=", "◔": "*"})
_COLORS = {"wrong": "31", "right": "32", "hint": "36", "solution": "36", "unknown": "33"}


def has_colors() -> bool:
    """Whether colours reach a reader: on a terminal, unless NO_COLOR is set (no-color.org)."""
    is_terminal = getattr(sys.stdout, "isatty", lambda: False)()
    return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def fitting(words: str) -> str:
    """A text in what standard output's encoding has: a Windows console may have no ✓."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        words.encode(encoding)
    except UnicodeEncodeError:
        return words.translate(_PLAIN_SIGNS).encode(encoding, "replace").decode(encoding)
    return words


def painted(text: str, code: str, colors: bool) -> str:
    """A text in a colour, or as it is."""
    return f"\x1b[{code}m{text}\x1b[0m" if colors else text


def page(card: Card, colors: bool = False) -> str:
    """The card as text."""
    head = f"{card.name}: {card.status}"
    if card.kind == "untried":
        return head
    head = painted(f"{SIGNS[card.kind]} {head}", f"1;{_COLORS.get(card.kind, '')}", colors)
    blocks = [_DRAWN[type(part)](part, colors) for part in card.parts]
    return "\n\n".join([head, *filter(None, blocks)])


def _words(part: Words, colors: bool) -> str:
    label = f"{part.label}: " if part.label else ""
    return textwrap.fill(label + part.text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _code(part: Code, colors: bool) -> str:
    lines = [f"{part.label}:"] if part.label else []
    source = part.source.splitlines()
    width = len(str((part.first or 0) + len(source)))
    for i, line in enumerate(source):
        gutter = f"{part.first + i:>{width}} | " if part.first is not None else "  "
        lines += _wrapped(gutter, line)
        if i == part.line:
            start, end = part.span or (len(line) - len(line.lstrip()), len(line))
            under = " " * (len(gutter) + start) + "^" * max(1, end - start)
            lines.append(painted(_cut(under), "31", colors))
    return "\n".join(lines)


def _wrapped(gutter: str, line: str) -> list[str]:
    """A line of code; one that is too long goes on below, further in."""
    indent = " " * (len(gutter) + len(line) - len(line.lstrip()) + 4)
    if gutter.strip() or len(gutter + line) <= WIDTH:
        return [_cut(gutter + line)]  # a mark may follow, which needs the line in one piece
    return textwrap.wrap(gutter + line, WIDTH, subsequent_indent=indent, break_on_hyphens=False)


def _cut(line: str) -> str:
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 3]}..."


def _block(part: Block, colors: bool) -> str:
    return "\n".join(map(_cut, _lines(part)))


def _lines(part: Block) -> list[str]:
    label = [f"{part.label}:"] if part.label else []
    if not part.matrix:
        return label + [f"  {line}" for line in part.lines]
    return label + [f"[ {line} ]" for line in part.lines]


def _side(part: Side, colors: bool) -> str:
    """Side by side as far as they fit, and the rest below."""
    code = [one for one in part.parts if isinstance(one, Code)]
    if code:
        return "\n\n".join(_code(one, colors) for one in code)
    bands: list[list[list[str]]] = [[]]
    for one in part.parts:
        blocks = one.parts if isinstance(one, Side) else (one,)
        columns = [_lines(block) for block in blocks if isinstance(block, Block)]
        if bands[-1] and _total([*bands[-1], *columns]) > WIDTH:
            bands.append([])
        bands[-1] += columns
    return "\n\n".join("\n".join(_beside(band)) for band in bands)


def _total(columns: list[list[str]]) -> int:
    return sum(_width(column) + len(_GAP) for column in columns) - len(_GAP)


def _width(lines: list[str]) -> int:
    return max(map(len, lines), default=0)


def _beside(columns: list[list[str]]) -> Iterable[str]:
    for row in itertools.zip_longest(*columns, fillvalue=""):
        cells = [text.ljust(_width(of)) for text, of in zip(row, columns, strict=True)]
        yield _cut(_GAP.join(cells).rstrip())


def _fold(part: Fold, colors: bool) -> str:
    return textwrap.fill(part.instead, WIDTH) if part.instead else ""


def _table(part: Table, colors: bool) -> str:
    title = max(len(row.title) for row in part.rows)
    dots = max(len(row.exercises) for row in part.rows)
    lines = []
    for row in part.rows:
        signs = "".join(STATUS_SIGNS[status] for _, status in row.exercises)
        painted_signs = "".join(painted(s, _STATUS_COLORS.get(s, "0"), colors) for s in signs)
        start = f"{row.title.ljust(title)}  "
        end = f"{' ' * (dots - len(signs))}  {row.count}"
        room = WIDTH - len(start) - dots - 2 - len(row.count)
        if len(row.note) + 2 <= room:
            lines.append(f"{start}{painted_signs}{end}  {row.note}".rstrip())
        else:
            indent = " " * (len(start) + dots + 2)
            below = textwrap.fill(row.note, WIDTH, initial_indent=indent, subsequent_indent=indent)
            lines += [f"{start}{painted_signs}{end}", below]
    return "\n".join(lines)


_DRAWN: dict[type, Callable[[Any, bool], str]] = {
    Words: _words,
    Code: _code,
    Block: _block,
    Side: _side,
    Fold: _fold,
    Table: _table,
}
