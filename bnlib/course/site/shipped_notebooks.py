"""The notebooks as they are shipped: a learner's own work neither reaches the site nor stops it."""

from __future__ import annotations

import sys
from pathlib import Path

from bnlib.course import reset
from bnlib.records import notebooks, shipped


def write(root: Path, folder: Path) -> Path:
    """Write the shipped version of every notebook of the course into a new folder.

    A file that was changed since, or is gone, comes from git. Where git does not have it (a
    downloaded ZIP), the file is taken as it is, and that is said.

    Args:
        root: the course's folder.
        folder: where to write, as `folder/notebooks`.

    Returns:
        `folder`.
    """
    record = shipped.load(root)
    files = {path.name: path for path in notebooks.course_notebooks(root)}
    (folder / notebooks.FOLDER).mkdir(parents=True)
    for name in sorted({*record, *files}):
        text = _shipped(root, name, record.get(name))
        if text is None and name in files:
            print(f"{name}: taken as it is, as git has no shipped version.", file=sys.stderr)
            text = files[name].read_text(encoding="utf-8")
        if text is not None:
            notebooks.write(folder / notebooks.FOLDER / name, text)
    return folder


def _shipped(root: Path, name: str, recorded: dict | None) -> str | None:
    if recorded is None:
        return None
    path = root / notebooks.FOLDER / name
    try:
        if path.exists() and shipped.is_as_shipped(notebooks.read(path), recorded):
            return path.read_text(encoding="utf-8")
    except notebooks.NotebookError:
        pass  # damaged: git has another
    try:
        return reset.clean_copy(root, name, recorded)
    except notebooks.NotebookError:
        return None
