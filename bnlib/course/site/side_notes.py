"""Sources beside the text: what a paragraph cites by name and year stands in the page's margin."""

from __future__ import annotations

import re

from bnlib.records import notebooks

HEADING = re.compile(r"^## References$", re.MULTILINE)
_ITEM = re.compile(r"^- (.+(?:\n  .+)*)", re.MULTILINE)
_FIRST_AUTHOR = re.compile(r"(?:[A-Z][a-z]?\. )*(?:van )?(\w+)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")
_PROSE = re.compile(r"(?:\*{1,2}|\(|\[|\")?[^\W\d_]")
"""How a paragraph begins that is no list, table, heading, formula, code or HTML."""


def references(notebook: dict) -> dict[tuple[str, str], str]:
    """Each work among a notebook's references, as Markdown, by its first author and its year."""
    found: dict[tuple[str, str], str] = {}
    listed = False
    for cell in notebook["cells"]:
        text = notebooks.source(cell)
        if cell["cell_type"] == "markdown" and (heading := HEADING.search(text)):
            listed, text = True, text[heading.end() :]
        if not listed:
            continue
        for item in _ITEM.findall(text):
            work = " ".join(item.split())
            author, years = _FIRST_AUTHOR.match(work), _YEAR.findall(_LINK.sub("", work))
            if author and years:
                found[author[1], years[-1]] = _short(work)
    return found


def add(markdown: str, works: dict[tuple[str, str], str]) -> str:
    """The text of a cell, with a note before every paragraph that is the first to cite a work.

    Takes those works out of `works`: a page says each once.
    """
    if HEADING.search(markdown):
        return markdown
    paragraphs = []
    for paragraph in markdown.split("\n\n"):
        cited = [key for key in works if _PROSE.match(paragraph) and _cites(paragraph, *key)]
        if cited:
            notes = "\n\n".join(works.pop(key) for key in cited)
            paragraphs.append(f'<div class="bn-source" role="note">\n\n{notes}\n\n</div>')
        paragraphs.append(paragraph)
    return "\n\n".join(paragraphs)


def _cites(paragraph: str, author: str, year: str) -> bool:
    """Whether the name comes first and the year soon after: "He and colleagues, 2015"."""
    return re.search(rf"\b{author}\b(?:\s+et al\.|[^.;]){{0,60}}?\b{year}\b", paragraph) is not None


def _short(work: str) -> str:
    """A reference up to its link: what it is cited for, the paragraph itself says."""
    link = _LINK.search(work)
    return work[: link.end()] if link else work
