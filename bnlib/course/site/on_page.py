"""Exercises answered on the page: what the page's scripts need of the notebook.

sphinx/static/exercises.js   editors, buttons, what is kept in the browser
sphinx/editor.mjs            CodeMirror; bundled into static/editor.js
sphinx/static/worker.js      Pyodide in a worker, which runs bnlib.exercises.on_page
"""

from __future__ import annotations

import ast
import html
import json
import re

from bnlib.exercises.cards.html import style
from bnlib.records import notebooks


def course(notebook: str, version: str, size: int) -> str:
    """What the page's script must know, and the style of cards that it takes from a file.

    Args:
        notebook: its file.
        version: the course's.
        size: Python's, in bytes.
    """
    about = {"notebook": notebook, "version": version, "bytes": size}
    return json_in_page(about, 'id="bn-course"') + f"<style>{style()}</style>"


def exercise(name: str, source: str, imports: list[str], said: str = "") -> str:
    """The place of an exercise on its page, which the page's script fills.

    Args:
        name: the exercise.
        source: its cell.
        imports: as `imports_above` gives them.
        said: a card, as HTML, that stands there from the beginning.
    """
    stub = re.sub(rf"\n+check\({name}\)\s*$", "\n", source)
    about = json_in_page({"stub": stub, "imports": imports})
    label = html.escape(f"Exercise {name}")
    return (
        f'<div class="bn-exercise" data-exercise="{name}" role="group" aria-label="{label}">'
        f'{about}<div class="bn-verdict" role="status">{said}</div></div>'
    )


def imports_above(cells: list[dict]) -> list[str]:
    """The import statements of code cells, in their order."""
    trees = (ast.parse(notebooks.source(cell)) for cell in cells)
    kinds = (ast.Import, ast.ImportFrom)
    return [ast.unparse(node) for tree in trees for node in tree.body if isinstance(node, kinds)]


def json_in_page(value: object, attributes: str = "") -> str:
    """JSON for a page's scripts to read; a `</script>` in it must not end it."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/json" {attributes}>{text}</script>'
