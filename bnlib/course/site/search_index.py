"""What the site's search looks through: every section's heading and words, from the built pages."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

FILE = "searchindex.js"
HEADINGS = {"h1", "h2", "h3", "h4"}
NOT_TEXT = {"bn-elsewhere", "bn-words", "bn-exercise", "bn-tex", "toctree-wrapper", "headerlink"}
NEVER = {"script", "style", "noscript", "template", "button"}
EMPTY = {"img", "br", "hr", "input", "meta", "link", "source", "wbr", "col"}


class Section(NamedTuple):
    """A section: the id of its place, its heading, and its words."""

    id: str
    heading: str
    text: str


class _Reader(HTMLParser):
    """Reads a page's article; what is set in TeX or for scripts is no text."""

    def __init__(self) -> None:
        super().__init__()
        self.sections: list[tuple[str, list[str], list[str]]] = []
        self.open: list[tuple[str, bool]] = []  # tags, and whether what is in them is left out
        self.place = ""
        self.in_heading = False

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag in EMPTY:
            return
        if tag == "article":
            self.open = []
        classes = set((found.get("class") or "").split())
        self.open.append((tag, tag in NEVER or bool(classes & NOT_TEXT)))
        if tag == "section":
            self.place = found.get("id") or ""
        if tag in HEADINGS and self._inside():
            self.in_heading = True
            self.sections.append((self.place, [], []))

    def handle_endtag(self, tag):
        if tag in HEADINGS:
            self.in_heading = False
        if any(name == tag for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        if self._inside() and self.sections:
            self.sections[-1][1 if self.in_heading else 2].append(data)

    def _inside(self) -> bool:
        names = [name for name, _ in self.open]
        return "article" in names and not any(left_out for _, left_out in self.open)


def sections(page: str) -> list[Section]:
    """The sections of a built page."""
    reader = _Reader()
    reader.feed(page)
    return [
        Section(place, " ".join("".join(heading).split()), " ".join("".join(text).split()))
        for place, heading, text in reader.sections
    ]


def write(site: Path) -> None:
    """Write the index of all pages: a script, as pages opened as files may not fetch."""
    rows = []
    for path in sorted(site.glob("*.html")):
        found = sections(path.read_text(encoding="utf-8"))
        if path.stem not in ("search", "404") and found:
            rows += [[path.name, found[0].heading, *section] for section in found]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    (site / FILE).write_text(f"globalThis.bnIndex = {text};\n", encoding="utf-8")
