"""What the widgets of a notebook hold, so that a page can show them live, without a kernel.

The committed notebooks keep a widget's words only: its state is large, and its ids are random. So
the cells that lead to it run here once more, and the words must come out as committed.
"""

from __future__ import annotations

import ast
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bnlib import widgets
from bnlib.course import ship
from bnlib.course.site import remembered
from bnlib.records import notebooks

STATE = "application/vnd.jupyter.widget-state+json"
NOT_THE_PAGES = {"layout", "tabbable", "tooltip"}
"""Traits of every Jupyter widget, which ours make no use of."""


def of_course(root: Path) -> dict[str, dict[str, dict]]:
    """For every notebook's file name what `of_notebook` says, two notebooks at a time.

    Raises:
        NotebookError: a widget's words are not those that are committed.
    """
    paths = notebooks.course_notebooks(root)
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(lambda path: remembered.states(path, of_notebook), paths)
        return dict(zip([path.name for path in paths], found))


def of_notebook(path: Path) -> dict[str, dict[str, Any]]:
    """The state of each widget of the notebook in a file, by the id of the cell that shows it.

    Raises:
        NotebookError: a cell raises, or a widget's words are not those that are committed.
    """
    notebook = notebooks.read(path)
    cells = notebooks.code_cells(notebook)
    shown = {cell["id"]: cell for cell in cells if widget_of(cell)}
    while cells and cells[-1]["id"] not in shown:
        cells.pop()
    made, error = ship.execute({**notebook, "cells": cells}, path.parent)
    if error:
        raise notebooks.NotebookError(f"{path.name} does not run: {error}")
    models = made["metadata"].get("widgets", {}).get(STATE, {}).get("state", {})
    found = {}
    for cell in made["cells"]:
        if cell["id"] not in shown:
            continue
        if _words(cell) != _words(shown[cell["id"]]):
            raise notebooks.NotebookError(
                f"{path.name}: {cell['id']} now shows something else than it does in the notebook: "
                f"run make ship NOTEBOOK={path.name[0]} first."
            )
        data = cell["outputs"][0]["data"]
        found[cell["id"]] = _state(models[data[ship.WIDGET_VIEW]["model_id"]]["state"])
    return found


def widget_of(cell: dict) -> str | None:
    """The function of `bnlib.widgets` that the cell's last line calls, if it does."""
    body = ast.parse(notebooks.source(cell)).body
    call = body[-1].value if body and isinstance(body[-1], ast.Expr) else None
    if not isinstance(call, ast.Call):
        return None
    name = getattr(call.func, "attr", getattr(call.func, "id", None))
    return name if name in widgets.__all__ else None


def _words(cell: dict) -> str:
    """How the widget of a cell is described; nothing where it shows none."""
    first: dict[str, Any] = next(iter(cell["outputs"]), {})
    return notebooks.joined(first.get("data", {}).get("text/plain", ""))


def _state(state: dict[str, Any]) -> dict[str, Any]:
    """What the page needs of a widget: its script and its traits."""
    traits = {
        trait: value
        for trait, value in state.items()
        if not trait.startswith("_") and trait not in NOT_THE_PAGES
    }
    return {"script": state["_esm"], "traits": traits}
