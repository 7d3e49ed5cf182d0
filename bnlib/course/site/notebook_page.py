"""A notebook of the course as the site's notebook: the same argument, for reading in a page."""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from bnlib.course.site import foldouts, live, narrow, on_page, side_notes, webp
from bnlib.course.site.elsewhere import Link
from bnlib.records import notebooks, predictions
from bnlib.widgets import covered

FIGURES = "figures"
MOVING = "moving"
INTRODUCTION = (
    "Here, answer each question: what it is about stays folded until you have. {exercises} To run "
    "the other code, open the notebook in Jupyter."
)
IN_JUPYTER = "**How it goes:**"
"""How the paragraph begins that holds for Jupyter alone."""
CHECKED_HERE = "Write your answers to the exercises right here: Check names the mistake."
CHECKED_ELSEWHERE = (
    "Answers to the exercises are checked in Jupyter; here, hints and our solution fold out under "
    "each."
)
WORK = """\
<div class="bn-work pst-js-only">
<p>What you type here stays in this browser. Exported as a notebook, it goes on in Jupyter.</p>
<div class="bn-buttons">
<button type="button" data-does="export">Export my answers</button>
<button type="button" data-does="import">Import a notebook</button>
<button type="button" data-does="forget">Forget everything</button>
<input type="file" accept=".ipynb" hidden aria-label="Notebook to import">
<span role="status"></span>
</div></div>"""
"""What exercises.js brings to life; it stands there from the beginning, so that nothing moves."""
START = 'For JupyterLab on your own computer: see <a href="index.html#start">how to start</a>.'
NEXT_CELL = re.compile(r"\b([Tt])he next cell\b")
"""On a page there are no cells to see."""
BARE_QUESTION = re.compile(r'(?:widgets\.)?predict\("[^"\n]*"\)')
FOR_LINTERS = re.compile(r" *# noqa\b.*$", re.MULTILINE)
"""Words in the code that tell a reader nothing."""


def page(
    notebook: dict,
    name: str,
    states: dict[str, dict[str, Any]],
    places: Sequence[Link],
    with_links: Callable[[str], str],
    version: str = "",
    python_bytes: int = 0,
    narrow_of: Callable[[str, int], bytes | None] = lambda cell_id, number: None,
) -> tuple[dict, dict[str, bytes], dict[str, str]]:
    """The notebook for Sphinx to render, its figures as WebP and its moving figures' scripts, both
    by their path within the site.

    Args:
        notebook: Jupyter's JSON, executed.
        name: its file name, `1_normalizing_activations.ipynb`.
        states: of its widgets, as `live.of_notebook` gives them.
        places: where else the notebook runs.
        with_links: turns Markdown's links to files into links for the site.
        version: the course's.
        python_bytes: what a page loads to check answers; 0 where it cannot.
        narrow_of: a cell's figure, by its number, for a phone, if there is one.
    """
    answers = {
        cell["id"]
        for question in predictions.asked(notebook)
        for cell in covered.answering(notebook["cells"], question)
    }
    cells: list[dict] = []
    pictures: dict[str, bytes] = {}
    moving: dict[str, str] = {}
    scripts: set[str] = set()
    works = side_notes.references(notebook)
    for cell in notebook["cells"]:
        source = notebooks.source(cell)
        if cell["cell_type"] == "markdown":
            source = NEXT_CELL.sub(r"\1he code below", with_links(_of_the_page(source)))
            if not cells:
                source = _opening(source, where_it_runs(name, places, python_bytes > 0))
            else:
                source = side_notes.add(source, works)
            if cell["id"] in answers:  # one element, which a question can fold
                source = _foldable(source)
            cells.append(_markdown(cell["id"], source))
            continue
        outputs = cell["outputs"]
        exercise = cell["id"].removeprefix("exercise-") if _is_exercise(cell) else None
        if exercise:
            outputs = []
        elif cell["id"] in states:
            words, state = notebooks.joined(outputs[0]["data"]["text/plain"]), states[cell["id"]]
            if live.widget_of(cell) == "predict":
                outputs = [_html(widget(cell["id"], state, words, scripts))]
            else:
                moving[moving_path(name, cell["id"])] = moving_script(cell["id"], state, words)
                outputs = [_html(later(name, cell["id"], words))]
        else:
            phone = functools.partial(narrow_of, cell["id"])
            outputs = [_shown(output, cell["id"], name, pictures, phone) for output in outputs]
        # Of a question, what it asks matters, not the call that shows it
        tags = ["remove-input"] if BARE_QUESTION.fullmatch(source.strip()) else []
        source = FOR_LINTERS.sub("", source)
        cells.append({**cell, "source": source, "outputs": outputs, "metadata": {"tags": tags}})
        if exercise:
            code = [c for c in notebook["cells"] if c["cell_type"] == "code"]
            above = on_page.imports_above(code[: code.index(cell)])
            place = on_page.exercise(exercise, source, above)
            cells.append(_markdown(f"place-{exercise}", place))
            cells.append(_markdown(f"help-{exercise}", foldouts.markdown(exercise)))
    cells.append(_markdown("course", on_page.course(name, version, python_bytes)))
    return {**notebook, "cells": cells}, pictures, moving


def where_it_runs(name: str, places: Sequence[Link], checks: bool) -> str:
    """The links to the notebook itself, as one block of HTML."""
    exercises = CHECKED_HERE if checks else CHECKED_ELSEWHERE
    items = [(name, "Download", START)]
    items += [(place.url, place.label, html.escape(place.needs)) for place in places]
    lines = [
        f'<li><a href="{html.escape(url)}"{" download" if label == "Download" else ""}>'
        f"{html.escape(label)}</a> <span>{needs}</span></li>"
        for url, label, needs in items
    ]
    return "\n".join(
        [
            '<nav class="bn-elsewhere" aria-label="Run this notebook">',
            f"<p>{INTRODUCTION.format(exercises=exercises)}</p>",
            "<ul>",
            *lines,
            f"</ul>\n{WORK}</nav>",
            "",
        ]
    )


def widget(cell_id: str, state: dict[str, Any], words: str, scripts: set[str]) -> str:
    """A place in the page that `live.js` fills; without JavaScript it shows the widget's words.

    A page needs each script once: `scripts` holds the names of those that it has, and is added to.
    """
    digest = hashlib.sha256(state["script"].encode()).hexdigest()[:12]
    parts = [f'<div class="bn-widget" data-widget="{cell_id}" data-script="{digest}">']
    if digest not in scripts:
        scripts.add(digest)
        parts.append(on_page.json_in_page(state["script"], f'id="script-{digest}"'))
    parts += [
        on_page.json_in_page(state["traits"], 'class="bn-traits"'),
        f'<pre class="bn-words">{html.escape(words)}</pre></div>',
    ]
    return "".join(parts)


def moving_path(name: str, cell_id: str) -> str:
    """Where the site has the script that brings a notebook's moving figure."""
    return f"{MOVING}/{name.removesuffix('.ipynb')}/{cell_id}.js"


def moving_script(cell_id: str, state: dict[str, Any], words: str) -> str:
    """The script that brings it: a page opened as a file may load that, and no JSON."""
    return f"globalThis.bnWidget = {json.dumps(widget(cell_id, state, words, set()))};\n"


def later(name: str, cell_id: str, words: str) -> str:
    """A moving figure's words, until `live.js` loads its script: that weighs as much as a page."""
    words = f'<pre class="bn-words">{html.escape(words)}</pre>'
    return f'<div class="bn-later" data-src="{moving_path(name, cell_id)}">{words}</div>'


def figure(path: str, about: dict[str, Any], for_phone: bytes | None = None) -> str:
    """A picture with its alternative text, which sighted readers can unfold, too.

    Args:
        path: its file.
        about: what the notebook says of it.
        for_phone: the narrow variant, at `narrow_path`; the title then stands above it as text.
    """
    words, wide = html.escape(about["alt"]), f'width="{about["width"]}" height="{about["height"]}"'
    title = variant = ""
    if for_phone:
        width, height = narrow.size(for_phone)
        title = f'<p class="bn-title">{html.escape(about["title"])}</p>'
        variant = (
            f'<source media="(max-width: 600px)" srcset="{narrow_path(path)}" '
            f'width="{width}" height="{height}">'
        )
    return (
        f'<figure class="bn-figure">{title}<div class="bn-paper"><picture>{variant}<img '
        f'src="{path}" alt="{words}" {wide} loading="lazy"></picture></div><figcaption><details>'
        f"<summary>This figure in words</summary><p>{words}</p></details></figcaption></figure>"
    )


def narrow_path(path: str) -> str:
    """Where a figure's narrow variant stands."""
    return f"{path.removesuffix('.webp')}-narrow.webp"


def _shown(
    output: dict,
    cell_id: str,
    name: str,
    pictures: dict[str, bytes],
    narrow_of: Callable[[int], bytes | None],
) -> dict:
    """An output of a code cell; a picture becomes a file of the site."""
    data = output.get("data", {})
    if "image/png" not in data:
        return output
    about = output["metadata"]["image/png"]
    start = f"{FIGURES}/{name.removesuffix('.ipynb')}/{cell_id}-"
    number = sum(re.fullmatch(rf"{start}[0-9]+\.webp", key) is not None for key in pictures)
    path, for_phone = f"{start}{number}.webp", narrow_of(number)
    pictures[path] = webp.of_png(base64.b64decode(notebooks.joined(data["image/png"])))
    if for_phone:
        pictures[narrow_path(path)] = webp.of_png(for_phone)
    return _html(figure(path, about, for_phone))


def _opening(source: str, where: str) -> str:
    """The first cell: its title and first paragraph, where it runs, and what else it says."""
    title, lead, *others = re.split(r"\n\n+", source)
    return "\n\n".join([title, lead, where, *others])


def _of_the_page(source: str) -> str:
    """Markdown without how to go about it in Jupyter: on a page `where_it_runs` says how."""
    paragraphs = source.split("\n\n")
    return "\n\n".join(text for text in paragraphs if not text.startswith(IN_JUPYTER))


def _foldable(source: str) -> str:
    """A cell's text in one element, up to its first heading: that begins a section of the page."""
    heading = re.search(r"^#+ ", source, flags=re.MULTILINE)
    end = heading.start() if heading else len(source)
    if not source[:end].strip():
        return source
    return f'<div class="bn-answer">\n\n{source[:end].rstrip()}\n\n</div>\n\n{source[end:]}'


def _is_exercise(cell: dict) -> bool:
    return "exercise" in notebooks.tags(cell)


def _markdown(cell_id: str, source: str) -> dict:
    return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": source}


def _html(text: str) -> dict:
    return {"output_type": "display_data", "metadata": {}, "data": {"text/html": text}}
