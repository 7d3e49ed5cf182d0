"""What the widgets of a notebook hold, so that a page can show them live, without a kernel.

The committed notebooks keep a widget's words only: its state is large, and its ids are random. So
the cells that lead to it run here once more, and the words must come out as committed.
"""

from __future__ import annotations

import ast
import contextlib
import io
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bnlib import widgets
from bnlib.course.site import remembered
from bnlib.records import notebooks
from bnlib.widgets.predict import unanswered

NOT_THE_PAGES = {"layout", "tabbable", "tooltip"}
"""Traits of every Jupyter widget, which ours make no use of."""


def of_course(root: Path) -> dict[str, dict[str, dict]]:
    """For every notebook's file name what `of_notebook` says, two notebooks at a time.

    Raises:
        NotebookError: a widget's words are not those that are committed.
    """
    paths = notebooks.course_notebooks(root)
    # One thread a process: on two cores, more would only wait for one another.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        return dict(zip([path.name for path in paths], pool.map(_remembered, paths)))


def _remembered(path: Path) -> dict[str, dict[str, Any]]:
    return remembered.states(path, of_notebook)


def of_notebook(path: Path) -> dict[str, dict[str, Any]]:
    """The state of each widget of the notebook in a file, by the id of the cell that shows it.

    Raises:
        NotebookError: a widget's words are not those that are committed.
    """
    cells = notebooks.code_cells(notebooks.read(path))
    shown = {cell["id"]: widget for cell in cells if (widget := widget_of(cell)) is not None}
    to_run = [cell["id"] for cell in cells if shown.get(cell["id"], "predict") != "predict"]
    namespace: dict[str, Any] = {"__name__": "__main__"}
    found = {}
    for cell in cells:
        if shown.get(cell["id"]) == "predict":
            call = ast.parse(_last_expression(cell), mode="eval").body
            made = unanswered(ast.literal_eval(call.args[0]))  # type: ignore[attr-defined]
        elif to_run and "exercise" not in notebooks.tags(cell):
            said = io.StringIO()  # among it the bars of trainings
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                made = _run(cell, namespace)
        if cell["id"] in shown:
            found[cell["id"]] = _state(made, cell, path.name)
        if to_run and cell["id"] == to_run[-1]:
            to_run = []
    return found


def widget_of(cell: dict) -> str | None:
    """The function of `bnlib.widgets` that the cell's last line calls, if it does."""
    body = ast.parse(notebooks.source(cell)).body
    call = body[-1].value if body and isinstance(body[-1], ast.Expr) else None
    if not isinstance(call, ast.Call):
        return None
    name = getattr(call.func, "attr", getattr(call.func, "id", None))
    return name if name in widgets.__all__ else None


def _last_expression(cell: dict) -> str:
    return ast.unparse(ast.parse(notebooks.source(cell)).body[-1])


def _run(cell: dict, namespace: dict[str, Any]) -> Any:
    """Run a cell as a notebook does. Returns the value of its last line."""
    tree = ast.parse(notebooks.source(cell))
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, cell["id"], "exec"), namespace)
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), cell["id"], "eval"), namespace)


def _state(widget: Any, cell: dict, name: str) -> dict[str, Any]:
    """What the page needs of a widget: its script and its traits."""
    committed = (
        notebooks.joined(cell["outputs"][0]["data"]["text/plain"]) if cell["outputs"] else ""
    )
    if repr(widget) != committed:
        raise notebooks.NotebookError(
            f"{name}: {cell['id']} now shows something else than it does in the notebook: "
            f"run make ship NOTEBOOK={name[0]} first."
        )
    traits = {
        trait: value
        for trait, value in widget.get_state().items()
        if not trait.startswith("_") and trait not in NOT_THE_PAGES
    }
    return {"script": widget._esm, "traits": traits}
