"""The shipped record: what every notebook held when it was shipped, kept in `shipped.json`.

A learner's copy is judged against it. As long as a notebook's code cells, from the top, are those
of the record, a fresh run must give the shipped outputs; below the first cell that was changed,
added or removed, only errors count.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from bnlib.records import notebooks

NAME = Path("bnlib") / "records" / "shipped.json"


def load(root: Path) -> dict[str, dict[str, Any]]:
    """The record: notebook file name -> its entry. Empty where none was written yet."""
    try:
        record: dict[str, dict[str, Any]]
        record = json.loads((root / NAME).read_text(encoding="utf-8"))
        return record
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise notebooks.NotebookError(f"{NAME.as_posix()} cannot be read: {error}") from None


def save(root: Path, record: dict[str, dict[str, Any]]) -> None:
    """Write the record, laid out so that a change shows as few lines."""
    (root / NAME).parent.mkdir(parents=True, exist_ok=True)
    notebooks.write(root / NAME, notebooks.to_text(record))


def entry(notebook: dict[str, Any]) -> dict[str, Any]:
    """What the record keeps of a notebook."""
    cells: list[dict[str, Any]] = [
        {
            "id": cell.get("id"),
            "source": notebooks.digest(notebooks.source(cell)),
            "tags": notebooks.tags(cell),
            "outputs": notebooks.compared_outputs(cell),
        }
        for cell in notebooks.code_cells(notebook)
    ]
    exercises = [
        cell["id"].removeprefix("exercise-")
        for cell in cells
        if "exercise" in cell["tags"] and str(cell["id"]).startswith("exercise-")
    ]
    return {"digest": digest(notebook), "exercises": exercises, "cells": cells}


def digest(notebook: dict[str, Any]) -> str:
    """A fingerprint of a whole notebook, the same however its JSON is laid out."""
    cells = [{**c, "source": notebooks.source(c)} for c in notebook["cells"]]
    text = json.dumps({**notebook, "cells": cells}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def is_as_shipped(notebook: dict[str, Any], recorded: dict[str, Any]) -> bool:
    """Whether nothing at all was changed, run or cleared."""
    return bool(digest(notebook) == recorded["digest"])


def stub_digest(recorded: dict[str, Any], exercise: str) -> str | None:
    """The fingerprint of an exercise's cell as shipped, unsolved."""
    for cell in recorded["cells"]:
        if cell["id"] == f"exercise-{exercise}":
            return str(cell["source"])
    return None


def expectations(notebook: dict[str, Any], recorded: dict[str, Any]) -> list[dict[str, Any]]:
    """For every code cell, what a fresh run is held to: {"tags": ..., "outputs": ...}.

    "outputs" is None where only errors count. Otherwise they are the file's own stored outputs, so
    that a number changed in them is seen, if they come from a run in order from the top. Cleared,
    half-run or re-run cells are held to the record instead: what they store is no claim about a
    run from the top. Tags are the record's too, since some programs drop them.
    """
    known_tags = {cell["source"]: cell["tags"] for cell in recorded["cells"]}
    expected = []
    as_shipped = in_order = True
    for number, cell in enumerate(notebooks.code_cells(notebook), 1):
        text = notebooks.digest(notebooks.source(cell))
        known = recorded["cells"][number - 1] if number <= len(recorded["cells"]) else None
        as_shipped = as_shipped and known is not None and known["source"] == text
        in_order = in_order and cell.get("execution_count") == number
        outputs = _held_to(cell, known, in_order) if known and as_shipped else None
        tags = known_tags.get(text, notebooks.tags(cell))
        expected.append({"tags": tags, "outputs": outputs})
    return expected


def _held_to(cell: dict[str, Any], known: dict[str, Any], in_order: bool) -> list[dict[str, Any]]:
    own = notebooks.compared_outputs(cell)
    cleared = known["outputs"] and not own
    failed = any(output["output_type"] == "error" for output in own)
    use_own = in_order and not cleared and (not failed or may_raise(known["tags"]))
    return own if use_own else known["outputs"]


def may_raise(tags: list[str]) -> bool:
    """Whether a cell of these tags is meant to raise an exception."""
    return any(tag.endswith("raises-exception") for tag in tags)
