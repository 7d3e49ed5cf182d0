"""Merge two versions of a notebook cell by cell: the new course around the learner's own work.

git merges lines, and a notebook's lines are JSON: two harmless changes can make a file that no
longer opens. Here every cell is a whole. A cell that the learner changed stays the learner's; one
that only the course changed is the course's; cells the learner added follow the cell they followed.

git runs this file by its path as a merge driver (see `update`), so it uses the standard library
alone: `python merge_notebooks.py BASE OURS THEIRS NAME` leaves the result in OURS.
"""

import json
import shutil
import sys
from pathlib import Path


def merge(base: dict, ours: dict, theirs: dict) -> dict:
    """The merged notebook.

    base: the version both come from; ours: the learner's; theirs: the course's new one.
    """
    old, new = _keyed(base, {}), _keyed(theirs, {})
    own = _keyed(ours, {_text(cell): key for key, cell in old.items()})
    merged = []
    for key, cell in new.items():
        if key in own:
            changed = key not in old or _text(own[key]) != _text(old[key])
            merged.append((key, own[key] if changed and _text(own[key]) != _text(cell) else cell))
        elif key not in old or _text(cell) != _text(old[key]):
            merged.append((key, cell))  # new, or deleted by the learner but since rewritten
    present = [key for key, _ in merged]
    before = ""
    for key, cell in own.items():
        added = key not in old and key not in new
        edited = key in old and key not in new and _text(cell) != _text(old[key])
        if added or edited:
            place = present.index(before) + 1 if before in present else 0
            merged.insert(place, (key, cell))
            present.insert(place, key)
        if key in present:
            before = key
    return {**theirs, "cells": _with_unique_ids([cell for _, cell in merged])}


def clashes(base: dict, ours: dict, theirs: dict) -> list[str]:
    """The ids of cells that both sides changed, each otherwise: in `merge` the learner's stay."""
    old, new = _keyed(base, {}), _keyed(theirs, {})
    own = _keyed(ours, {_text(cell): key for key, cell in old.items()})
    return [
        key
        for key in own
        if key in old and key in new and len({_text(v[key]) for v in (old, own, new)}) == 3
    ]


def _keyed(notebook: dict, known: dict[str, str]) -> dict[str, dict]:
    """Cells by id; one without (Colab drops ids) by the key that is known for its content."""
    cells: dict[str, dict] = {}
    for cell in notebook["cells"]:
        key = str(cell.get("id") or known.get(_text(cell)) or f":{_text(cell)}")
        while key in cells:
            key += "'"
        cells[key] = cell
    return cells


def _text(cell: dict) -> str:
    return f"{cell['cell_type']}\n{''.join(cell['source']).rstrip()}"  # a text, or its lines


def _with_unique_ids(cells: list[dict]) -> list[dict]:
    seen: set[str] = set()
    kept = []
    for cell in cells:
        name = base = str(cell.get("id") or "cell")
        number = 2
        while name in seen:
            name, number = f"{base}-{number}", number + 1
        seen.add(name)
        kept.append({**cell, "id": name})
    return kept


def main(base: str, ours: str, theirs: str, name: str) -> int:
    """Merge three files into the second. name: the file's name in the repository.

    The shipped record is the course's alone. Where a version is not a notebook, the learner's
    stays, and `update`, which looks at every file in the end, decides.
    """
    if not name.endswith(".ipynb"):
        shutil.copyfile(theirs, ours)
        return 0
    try:
        text = Path(base).read_text(encoding="utf-8") or '{"cells": []}'
        versions = [json.loads(Path(path).read_text(encoding="utf-8")) for path in (ours, theirs)]
        merged = merge(json.loads(text), *versions)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return 0
    text = json.dumps(merged, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    Path(ours).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
