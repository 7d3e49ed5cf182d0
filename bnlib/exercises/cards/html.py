"""A card as HTML, for notebooks and pages. It brings its style along; nothing in it varies."""

from __future__ import annotations

import functools
import html
from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import Any

from bnlib.exercises.cards import code
from bnlib.exercises.cards.card import (
    SIGNS,
    STATUS_SIGNS,
    Block,
    Card,
    Code,
    Fold,
    Part,
    Side,
    Span,
    Table,
    Words,
)

UNTRIED = "padding:.3em .8em;border-left:4px dotted"
"""The look of the one card that notebooks are shipped with: it brings no style sheet."""
_SIGN_IN_DOT = STATUS_SIGNS | {"not attempted": ""}  # the dot's ring says it
_WIDE = 34
"""Characters that fit a phone; longer lines may have to be scrolled, by the keyboard too."""
_MOST_INDENT = 8
"""Of what goes on below a wrapped line: a phone has little room."""


def page(card: Card) -> str:
    """The card as HTML."""
    name, status = html.escape(card.name), words(card.status)
    sign = SIGNS[card.kind]
    if card.kind == "untried":
        head = f"<strong>{name}</strong>: {status}"
        return f'<div class="bn-card bn-untried" style="{UNTRIED}">{head}</div>'
    head = (
        f'<p class="bn-head"><span class="bn-sign" aria-hidden="true">{sign}</span> '
        f"<strong>{name}</strong><span>: {status}</span></p>"
    )
    inside = f"<style>{style()}</style>{head}{_all(card.parts)}"
    return f'<div class="bn-card bn-{card.kind}">{inside}</div>'


@functools.cache
def style() -> str:
    """The one style sheet, without its comments."""
    lines = files(__package__).joinpath("style.css").read_text(encoding="utf-8").splitlines()
    return "".join(line.strip() for line in lines if not line.startswith("/*"))


def words(text: str) -> str:
    """Text as HTML, with what stands between backquotes as code."""
    parts = html.escape(text, quote=False).split("`")
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(parts))


def _all(parts: Iterable[Part]) -> str:
    return "".join(_DRAWN[type(part)](part) for part in parts)


def _words(part: Words) -> str:
    label = f'<span class="bn-label">{html.escape(part.label)}</span> ' if part.label else ""
    kind = ' class="bn-small"' if part.small else ""
    return f"<p{kind}>{label}{words(part.text)}</p>"


def _code(part: Code) -> str:
    lines = []
    for i, pieces in enumerate(code.pieces(part.source)):
        spans = [part.span] if i == part.line and part.span else []
        number = ""
        if part.first is not None:
            number = f'<span class="bn-number" aria-hidden="true">{part.first + i}</span>'
        here = " bn-here" if i == part.line else ""
        whole = i == part.line and not part.span
        drawn = _pieces(pieces, spans)
        if whole:
            drawn = f"<mark>{drawn}</mark>"
        lines.append(f'<span class="bn-line{here}"{_indent(pieces)}>{number}{drawn}\n</span>')
    label = part.label or "Your code"
    return _figure(label, "bn-code", f"<code>{''.join(lines)}</code>", wide=False)


def _indent(pieces: list[tuple[str, str]]) -> str:
    """How far in a line begins: where it is wrapped, it goes on further in than that."""
    line = "".join(text for _, text in pieces)
    spaces = min(len(line) - len(line.lstrip()), _MOST_INDENT)
    return f' style="--bn-in:{spaces}"' if spaces else ""


def _pieces(pieces: list[tuple[str, str]], spans: Iterable[Span]) -> str:
    """Coloured pieces of a line, with a mark laid over them."""
    drawn, at = [], 0
    for kind, text in pieces:
        inside = _marked(text, [(start - at, end - at) for start, end in spans])
        drawn.append(f'<span class="bn-{kind}">{inside}</span>' if kind else inside)
        at += len(text)
    return "".join(drawn)


def _marked(text: str, spans: Iterable[Span]) -> str:
    """A text with parts of it marked; spans may lie outside it in part."""
    drawn, at = "", 0
    for start, end in spans:
        start, end = max(at, start), min(len(text), end)
        if start < end:
            drawn += html.escape(text[at:start]) + f"<mark>{html.escape(text[start:end])}</mark>"
            at = end
    return drawn + html.escape(text[at:])


def _block(part: Block) -> str:
    marks = part.marks or ((),) * len(part.lines)
    lines = "\n".join(_marked(t, spans) for t, spans in zip(part.lines, marks, strict=True))
    kind = "bn-matrix" if part.matrix else "bn-plain"
    wide = max(map(len, part.lines), default=0) > _WIDE
    return _figure(part.label, kind, lines, wide)


def _figure(label: str, kind: str, inside: str, wide: bool) -> str:
    caption = f'<span class="bn-label">{html.escape(label)}</span>' if label else ""
    reach = f' tabindex="0" role="region" aria-label="{html.escape(label)}"' if wide else ""
    return f'<div class="bn-figure">{caption}<pre class="{kind}"{reach}>{inside}</pre></div>'


def _side(part: Side) -> str:
    return f'<div class="bn-side">{_all(part.parts)}</div>'


def _fold(part: Fold) -> str:
    inside = _all(part.parts)
    return f"<details><summary>{html.escape(part.summary)}</summary>{inside}</details>"


def _table(part: Table) -> str:
    rows = []
    for row in part.rows:
        dots = "".join(
            f'<span class="bn-dot bn-dot-{status.split()[-1]}" '
            f'title="{html.escape(name)}: {status}">{_SIGN_IN_DOT[status]}</span>'
            for name, status in row.exercises
        )
        said = html.escape(", ".join(f"{name}: {status}" for name, status in row.exercises))
        rows.append(
            f'<div class="bn-row"><span class="bn-title">{html.escape(row.title)}</span>'
            f'<span class="bn-dots" role="img" aria-label="{said}">{dots}</span>'
            f"<span>{row.count}</span>"
            f'<span class="bn-note">{html.escape(row.note)}</span></div>'
        )
    return f'<div class="bn-rows">{"".join(rows)}</div>'


_DRAWN: dict[type, Callable[[Any], str]] = {
    Words: _words,
    Code: _code,
    Block: _block,
    Side: _side,
    Fold: _fold,
    Table: _table,
}
