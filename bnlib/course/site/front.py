"""The front page, from the README and the notebooks' opening cells: nothing is said twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bnlib.course.site.elsewhere import Link
from bnlib.records import notebooks

SECTIONS = ("Start", "Work through it", "How a check answers", "Licences and sources")
"""Of the README, what the front page has, too."""
NOTHING_INSTALLED = "**Without installing anything**"
"""How the README's paragraph begins in whose place the front page has a section."""
UNPUBLISHED = "Links to Binder, Colab and Codespaces stand here once the course is published."


def page(
    readme: str, openings: dict[str, str], places: Sequence[Link], *, published: bool = True
) -> str:
    """The front page as Markdown.

    Args:
        readme: the README's text.
        openings: each notebook's first cell, by file name.
        places: where else the first notebook runs, whose conditions hold for all.
        published: whether the repository's address is known; if not, the page says what is missing.
    """
    head, sections = split(readme)
    title, picture, introduction, _table = re.split(r"\n\n+", head)
    start, *others = (f"## {name}\n\n{_without_the_sites(sections[name])}" for name in SECTIONS)
    return "\n\n".join(
        [
            title,
            introduction,
            picture,
            "## Without installing",
            *without_installing(places, published),
            start,
            "## The six notebooks",
            *(entry(name, opening) for name, opening in openings.items()),
            *others,
        ]
    )


def split(readme: str) -> tuple[str, dict[str, str]]:
    """A README's beginning, and the text of each of its sections by their headings."""
    head, *rest = re.split(r"^## ", readme, flags=re.MULTILINE)
    parts = (section.split("\n", 1) for section in rest)
    return head.strip(), {heading.strip(): text.strip() for heading, text in parts}


def entry(name: str, opening: str) -> str:
    """A notebook in the list: a link, how long it takes, and what one can do afterwards."""
    (title,) = re.findall(r"\A# (.+)", opening)
    (abilities,) = re.findall(r"\*\*Afterwards you can\*\*\n\n((?:- .+\n)+)", opening)
    (minutes,) = re.findall(r"\*\*It takes\*\* ([^.,:;]+)[.,:;]", opening)
    return f"### [{title}]({name})\n\n{minutes.capitalize()}. Afterwards you can\n\n{abilities}"


def _without_the_sites(section: str) -> str:
    """A section of the README without the paragraph that tells of the site."""
    paragraphs = re.split(r"\n\n+", section)
    return "\n\n".join(p for p in paragraphs if not p.startswith(NOTHING_INSTALLED))


def without_installing(places: Sequence[Link], published: bool) -> list[str]:
    """Where the course runs with nothing installed, and what each place needs."""
    where = "this place" if len(places) == 1 else "these places"
    reading = (
        "Read it right here: every page is a notebook with its results, and its questions and "
        f"moving figures answer in the page. To run code, every page links to {where}:"
    )
    items = [f"- **{place.label}.** {place.needs}" for place in places]
    return [reading, "\n".join(items), *([] if published else [UNPUBLISHED])]


def openings(by_name: dict[str, dict]) -> dict[str, str]:
    """The first cell's text of every notebook."""
    return {name: notebooks.source(notebook["cells"][0]) for name, notebook in by_name.items()}
