"""`make ship`: run notebooks from the top, strip what varies from run to run, refresh the record.

What is kept is what a reader without a kernel needs and a second run gives again: text, pictures
with their alternative text, and a widget's description. Left out: timings, the kernel's version,
and widgets' states and ids, which are random (a page with live widgets makes its own).
"""

import argparse
import asyncio
import copy
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from bnlib.course import kernels
from bnlib.course.site import narrow
from bnlib.course.trouble import wrapped
from bnlib.figures.narrow import WANTED
from bnlib.records import notebooks, shipped

CELL_TIMEOUT = 300  # seconds
NEEDS_BACKGROUND = "needs_background"  # a figure's, for Jupyter
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def main(arguments: argparse.Namespace) -> int:
    """Ship one notebook, or all."""
    try:
        root = notebooks.require_root()
        return ship(root, getattr(arguments, "notebook", None))
    except notebooks.NotebookError as error:
        print(wrapped(error))
        return 2


def ship(root: Path, wanted: str | None = None) -> int:
    """Execute, normalise and record. A notebook that raises is left as it was; then 1."""
    paths = notebooks.course_notebooks(root)
    if wanted is not None:
        name = notebooks.find(wanted, [path.name for path in paths])
        paths = [root / notebooks.FOLDER / name]
    failed, new = False, {}
    for path in paths:
        print(f"{path.name} ...", end=" ", flush=True)
        notebook, error = execute(notebooks.read(path), path.parent)
        if error:
            failed = True
            print(f"not shipped\n{error}")
            continue
        narrow.keep(root, path.name, notebook)
        notebook = normalised(notebook)
        notebooks.write(path, notebooks.to_text(notebook))
        new[path.name] = shipped.entry(notebook)
        print(f"{len(notebooks.code_cells(notebook))} cells run and recorded")
    # Read only now: another notebook may have been shipped meanwhile.
    record = shipped.load(root) | new
    there = {name for name in record if (root / notebooks.FOLDER / name).exists()}
    shipped.save(root, {name: record[name] for name in there})
    return 1 if failed else 0


def execute(notebook: dict, folder: Path) -> tuple[dict, str | None]:
    """Run all cells in a fresh kernel: the notebook with its outputs, and the error that ended it.

    folder: the kernel's working directory.
    """
    kernels.skip_address_checks()
    import nbformat
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from nbval.kernel import CURRENT_ENV_KERNEL_NAME, NbvalKernelspecManager

    node = nbformat.from_dict(cleared(notebook))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        # This environment's own Python, whatever kernels somebody has registered.
        manager = AsyncKernelManager(
            kernel_name=CURRENT_ENV_KERNEL_NAME, kernel_spec_manager=NbvalKernelspecManager()
        )
        client = NotebookClient(node, km=manager, timeout=CELL_TIMEOUT)
        where: dict[str, Any] = {
            "cwd": str(folder),
            "env": {**kernels.environment(Path(scratch), None), WANTED: "1"},
            "stderr": subprocess.DEVNULL,  # the kernel's own remarks; a cell's stderr is an output
        }
        try:
            asyncio.run(client.async_execute(cleanup_kc=True, **where))
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            return dict(node), str(error)
    return _plain(node), None


def _plain(node: Any) -> Any:
    """nbformat's node as ordinary dictionaries and lists."""
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    return [_plain(value) for value in node] if isinstance(node, list) else node


def cleared(notebook: dict) -> dict:
    """A copy without outputs and counts, and with empty code cells dropped."""
    notebook = copy.deepcopy(notebook)
    notebook["cells"] = [
        cell
        for cell in notebook["cells"]
        if cell["cell_type"] != "code" or notebooks.source(cell).strip()
    ]
    for cell in notebooks.code_cells(notebook):
        cell["outputs"], cell["execution_count"] = [], None
        cell["source"] = notebooks.source(cell)
        cell.setdefault("metadata", {})
    return notebook


def normalised(notebook: dict) -> dict:
    """The notebook without anything that differs from run to run or machine to machine."""
    cells = []
    for cell in notebook["cells"]:
        kept = {key: cell[key] for key in ("cell_type", "id", "attachments") if key in cell}
        tags = notebooks.tags(cell)
        kept["metadata"] = {"tags": tags} if tags else {}
        kept["source"] = notebooks.source(cell).strip("\n").splitlines(keepends=True)
        if cell["cell_type"] == "code":
            kept["execution_count"] = cell["execution_count"]
            kept["outputs"] = [_output(output) for output in _merged(cell["outputs"])]
        cells.append(kept)
    return {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}


def _merged(outputs: list[dict]) -> list[dict]:
    """Text that came in several pieces as one: how it was cut depends on the clock alone."""
    merged: list[dict] = []
    for output in outputs:
        if output["output_type"] == "stream":
            output = {**output, "text": notebooks.joined(output["text"])}
            same = [o for o in merged if o.get("name") == output["name"]]
            if same:
                same[0]["text"] += output["text"]
                continue
        merged.append(output)
    return merged


def _output(output: dict) -> dict:
    kept = {key: value for key, value in output.items() if key != "transient"}
    if kept["output_type"] == "stream":
        # A progress bar overwrites its line; what stands there in the end is the output.
        text = re.sub(r"^.*\r(?=[^\n])", "", kept["text"], flags=re.MULTILINE)
        kept["text"] = text.splitlines(keepends=True)
    elif "data" in kept:
        kept["data"] = {
            mime: _lines(mime, data) for mime, data in kept["data"].items() if mime != WIDGET_VIEW
        }
        kept["metadata"] = {
            key: _without_narrow(about)
            for key, about in kept["metadata"].items()
            if key in kept["data"] or key == NEEDS_BACKGROUND
        }
    return kept


def _without_narrow(about: Any) -> Any:
    if not isinstance(about, dict):
        return about
    return {key: value for key, value in about.items() if key != narrow.KEY}


def _lines(mime: str, data: Any) -> Any:
    text = notebooks.joined(data)
    if mime in ("image/png", "image/jpeg"):
        return text.strip() + "\n"
    return text.splitlines(keepends=True) if isinstance(text, str) else text
