"""The front page, from the README and the notebooks' opening cells: nothing is said twice."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from bnlib.course.site import notebook_page, on_page
from bnlib.course.site.about import CARDS, SMALL, About
from bnlib.course.site.elsewhere import Link
from bnlib.exercises import on_page as checker
from bnlib.records import notebooks

PICTURES = {
    "1_normalizing_activations.ipynb": "draw-zigzag",
    "2_fitting_batch_norm.ipynb": "run-sweeps",
    "3_why_it_works.ipynb": "run-cats",
    "4_test_time.ipynb": "run-switch",
    "5_softmax.ipynb": "draw-plane-temperatures",
    "6_frameworks.ipynb": "draw-timeline",
}
"""The cell with each notebook's most telling figure."""
SHOWN = "1_normalizing_activations"
"""The notebook whose figure stands for the whole course."""
SECTIONS = ("Work through it", "How a check answers", "Start", "Licences and sources")
"""Of the README, what the front page has, too."""
NOTHING_INSTALLED = "**Without installing anything**"
"""How the README's paragraph begins in whose place the front page has a section."""
UNPUBLISHED = "Links to Binder, Colab and Codespaces stand here once the course is published."
TRIED = "normalize"
"""The exercise that the front page begins with."""
SLIP = '''\
def normalize(z, eps=1e-5):
    """Give each row of z mean 0, variance 1."""
    mu = z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    return (z - mu) / (var + eps)
'''
"""An answer to it that is wrong, for a visitor to mend."""
TRY = """\
Here is batch norm's third equation, written in a hurry, and what the course says to it. **Mend it
and press Check**, or make another mistake."""
MOVING = ("4_test_time.ipynb", "widget-company")
"""The moving figure that the front page has, too: its notebook and its cell."""
COMPANY = """\
## One image, several answers

A small network has learned to read digits. In training mode, batch norm takes mean and variance
from the batch, so **the same image can get another answer in other company**. Draw other
batch-mates, or click one to swap it. [Notebook 4](4_test_time.ipynb) says what cures it."""
NOT_FOUND = """\
---
orphan: true
---

# There is no such page

The address may have a slip in it, or the page may have been renamed.
[The front page](index.md) leads to all six notebooks, and the search finds any word of the course.
"""
NOT_FOUND_ABOUT = About("No such page", "A page that is not here, and the way to those that are.")
SEARCH_ABOUT = About("Search", "Find any word of the course on batch normalization.")
SHARPNESS = (1, 2)
"""Pixels of a screen to one of the page: a card's picture comes in as many sizes."""


def page(
    readme: str,
    by_name: dict[str, dict],
    places: Sequence[Link],
    version: str = "",
    *,
    published: bool = True,
    python_bytes: int = 0,
) -> str:
    """The front page as Markdown.

    Args:
        readme: the README's text.
        by_name: the notebooks, Jupyter's JSON, by file name.
        places: where else the first notebook runs, whose conditions hold for all.
        version: the course's.
        published: whether the repository's address is known; if not, the page says what is missing.
        python_bytes: what a page loads to check answers; 0 where it cannot.
    """
    head, sections = split(readme)
    title, _picture, introduction, table = re.split(r"\n\n+", head)
    first = next(iter(by_name))
    return "\n\n".join(
        [
            "---\nhtml_theme.sidebar_secondary.remove: true\n---",
            title,
            introduction,
            *tried(first, version, python_bytes),
            *company(by_name),
            "## The six notebooks",
            *map(entry, by_name, by_name.values(), abilities(table)),
            "## Without installing",
            *without_installing(places, published),
            *(f"## {name}\n\n{_for_the_site(sections[name])}" for name in SECTIONS),
        ]
    )


def tried(notebook: str, version: str, python_bytes: int) -> list[str]:
    """An exercise to answer right away, with a wrong answer in it and what is said of that."""
    imports = ["import numpy as np"]
    said = checker.answer(TRIED, SLIP, imports)["html"]
    place = on_page.exercise(TRIED, SLIP, imports, said)
    begin = notebook.removesuffix(".ipynb") + ".html"
    start, end = place.split(">", 1)
    return [
        TRY,
        # Where the page's script puts the editor, so that nothing moves then
        f'{start}>\n<div class="bn-own"><div class="bn-editor">',
        f"```python\n{SLIP}```",
        "</div></div>",
        _raw(end + on_page.course(notebook, version, python_bytes)),
        _raw(f'<p><a class="bn-begin" href="{begin}">Begin with notebook 1</a></p>'),
    ]


def company(by_name: dict[str, dict]) -> list[str]:
    name, cell_id = MOVING
    cell = next(cell for cell in by_name[name]["cells"] if cell["id"] == cell_id)
    words = notebooks.joined(cell["outputs"][0]["data"]["text/plain"])
    return [COMPANY, _raw(notebook_page.later(name, cell_id, words))]


def picture(name: str) -> str:
    """Where the site has a notebook's most telling figure."""
    return f"{notebook_page.FIGURES}/{name.removesuffix('.ipynb')}/{PICTURES[name]}-0.webp"


def split(readme: str) -> tuple[str, dict[str, str]]:
    """A README's beginning, and the text of each of its sections by their headings."""
    head, *rest = re.split(r"^## ", readme, flags=re.MULTILINE)
    parts = (section.split("\n", 1) for section in rest)
    return head.strip(), {heading.strip(): text.strip() for heading, text in parts}


def entry(name: str, notebook: dict, ability: str) -> str:
    """A notebook's card: its picture, a link, what one can do afterwards, how long it takes."""
    opening = notebooks.source(notebook["cells"][0])
    (title,) = re.findall(r"\A# (.+)", opening)
    (minutes,) = re.findall(r"\*\*It takes\*\* ([^.,:;]+)[.,:;]", opening)
    image = _raw(thumbnail(name, notebook))
    return f"### [{title}]({name})\n\n{image}\n\nYou will {ability}. {minutes.capitalize()}."


def abilities(table: str) -> list[str]:
    """What one can do after each notebook, from the README's table."""
    return [row.split("|")[3].strip() for row in table.splitlines()[2:]]


def thumbnail(name: str, notebook: dict) -> str:
    """The figure of a notebook's card. Its title is its text: the page itself has all its words."""
    cell = next(cell for cell in notebook["cells"] if cell["id"] == PICTURES[name])
    about = next(
        output["metadata"]["image/png"]
        for output in cell["outputs"]
        if "image/png" in output.get("data", {})
    )
    words = html.escape(about.get("title", about["alt"].split(". ")[0]))
    width, height = SMALL
    sizes = ", ".join(f"{thumbnail_of(name, times)} {times}x" for times in SHARPNESS)
    return (
        f'<div class="bn-paper bn-thumbnail"><img src="{thumbnail_of(name, 1)}" srcset="{sizes}" '
        f'alt="{words}" width="{width}" height="{height}" loading="lazy"></div>'
    )


def thumbnail_of(name: str, times: int) -> str:
    """Where the site has the picture of a notebook's card, for a screen that is so sharp."""
    return f"{CARDS}/{name.removesuffix('.ipynb')}-{times}x.webp"


def _raw(text: str) -> str:
    return f"```{{raw}} html\n{text}\n```"


def _for_the_site(section: str) -> str:
    """A section of the README without what is said elsewhere on the page."""
    paragraphs = re.split(r"\n\n+", section)
    return "\n\n".join(p for p in paragraphs if not p.startswith(NOTHING_INSTALLED))


def without_installing(places: Sequence[Link], published: bool) -> list[str]:
    """Where the course runs with nothing installed, and what each place needs."""
    reading = (
        "Read it right here: every page is a notebook with its results; its questions, its moving "
        "figures and its exercises answer in the page."
    )
    if places:
        where = "this place" if len(places) == 1 else "these places"
        reading += f" To run all its code, every page links to {where}:"
    items = [f"- **{place.label}.** {place.needs}" for place in places]
    return [reading, "\n".join(items), *([] if published else [UNPUBLISHED])]
