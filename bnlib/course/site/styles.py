"""The theme's styles without what no page uses: most are for parts that ours do not have."""

from __future__ import annotations

import re
from pathlib import Path

PATTERNS = ("_static/styles/*.css", "_static/basic.css", "_static/mystnb.*.css")
_WORD = re.compile(r"[\w-]+")
_CLASS = re.compile(r"\.(-?[A-Za-z_](?:[\w-]|\\.)*)")
_RULE = re.compile(r"([^{}@;]+)(\{[^{}]*\})")
_IN_BRACKETS = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ICON_FONT = re.compile(r"@font-face\{[^}]*Awesome[^}]*\}")


def shorten(site: Path) -> None:
    """Take out of the theme's style sheets the rules for classes that no page or script names."""
    files = [*site.glob("*.html"), *(site / "_static").rglob("*.js")]
    used = {word for file in files for word in _WORD.findall(file.read_text(encoding="utf-8"))}
    for pattern in PATTERNS:
        for style in site.glob(pattern):
            text = _COMMENT.sub("", style.read_text(encoding="utf-8"))
            style.write_text(only(_ICON_FONT.sub("", text), used), encoding="utf-8")


def only(style: str, used: set[str]) -> str:
    """A style sheet's rules for classes among `used`, and for no class.

    What stands within brackets is not looked at: `:not(.a)` holds where no page has `a`.
    """

    def one(found: re.Match) -> str:
        kept = [
            selector
            for selector in selectors(found[1])
            if used.issuperset(_CLASS.findall(_IN_BRACKETS.sub("", selector)))
        ]
        return ",".join(kept) + found[2] if kept else ""

    return _RULE.sub(one, style)


def selectors(text: str) -> list[str]:
    """The selectors of a list; a comma within brackets divides none."""
    found, depth = [""], 0
    for letter in text:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(letter, 0)
        if letter == "," and not depth:
            found.append("")
        else:
            found[-1] += letter
    return found
