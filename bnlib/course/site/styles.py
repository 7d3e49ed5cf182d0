"""The site's styles as one sheet, without what no page uses: the theme's are for other sites."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from bnlib.course.site import tools

PATTERNS = ("_static/styles/*.css", "_static/basic.css", "_static/mystnb.*.css")
_WORD = re.compile(r"[\w-]+")
_CLASS = re.compile(r"\.(-?[A-Za-z_](?:[\w-]|\\.)*)")
_RULE = re.compile(r"([^{}@;]+)(\{[^{}]*\})")
_IN_BRACKETS = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ICON_FONT = re.compile(r"@font-face\{[^}]*Awesome[^}]*\}")
_LINK = re.compile(r'\s*<link\b[^>]*\brel="stylesheet"[^>]*>')
_SHEET = re.compile(r'\bhref="_static/([^"?]+)')


def shorten(site: Path) -> None:
    """Take out of the theme's style sheets the rules for classes that no page or script names."""
    files = [*site.glob("*.html"), *(site / "_static").rglob("*.js")]
    used = {word for file in files for word in _WORD.findall(file.read_text(encoding="utf-8"))}
    for pattern in PATTERNS:
        for style in site.glob(pattern):
            text = _COMMENT.sub("", style.read_text(encoding="utf-8"))
            style.write_text(only(_ICON_FONT.sub("", text), used), encoding="utf-8")


def bundle(site: Path, packages: Path) -> None:
    """Make one sheet of those that the pages name, in their order, so that one request brings it.

    Raises:
        ToolError: esbuild fails; the reason is the message.
        ValueError: two pages name other sheets.
    """
    pages = {page: page.read_text(encoding="utf-8") for page in site.glob("*.html")}
    named = {tuple(_SHEET.findall("".join(_LINK.findall(text)))) for text in pages.values()}
    if len(named) != 1:
        raise ValueError(f"expected the same style sheets on every page, got {sorted(named)}")
    static, sheets = site / "_static", named.pop()
    entry, made = static / "entry.css", static / "all.css"
    entry.write_text("".join(f'@import "./{sheet}";\n' for sheet in sheets), encoding="utf-8")
    fonts = [f"--external:{folder.resolve()}/*" for folder in static.rglob("fonts")]
    tools.esbuild(packages, entry.resolve(), made.resolve(), *fonts)
    for name in ("entry.css", "basic.css", *sheets):
        (static / name).unlink(missing_ok=True)
    version = hashlib.sha256(made.read_bytes()).hexdigest()[:8]
    link = f'\n<link rel="stylesheet" href="_static/all.css?v={version}" />'
    for page, text in pages.items():
        first, *others = _LINK.findall(text)
        text = text.replace(first, link, 1)
        for other in others:
            text = text.replace(other, "", 1)
        page.write_text(text, encoding="utf-8")


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
