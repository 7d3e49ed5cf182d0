"""`make reset NOTEBOOK=2`: a clean copy of a notebook, with the learner's kept beside it.

The clean copy is looked for in git: the newest commit whose version of the file is the one in the
shipped record, for a learner may have committed work of their own since.
"""

import argparse
import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

from bnlib.course import git
from bnlib.course.trouble import wrapped
from bnlib.records import notebooks, shipped


def main(arguments: argparse.Namespace) -> int:
    """Reset one notebook; 0 if there is a clean copy in the end."""
    try:
        root = notebooks.require_root()
        record = shipped.load(root)
        name = notebooks.find(getattr(arguments, "notebook", None), record)
        print(wrapped(reset(root, name)))
        return 0
    except notebooks.NotebookError as error:
        print(wrapped(error))
        return 2


def reset(root: Path, name: str, now: datetime.datetime | None = None) -> str:
    """Put a clean copy of the notebook `name` in place; what was done, in words."""
    recorded = shipped.load(root)[name]
    path = root / notebooks.FOLDER / name
    if path.exists():
        try:
            if shipped.is_as_shipped(notebooks.read(path), recorded):
                return f"{name} is as it was shipped already. Nothing was done."
        except notebooks.NotebookError:
            pass  # a damaged file is the best reason for a clean copy
    clean = clean_copy(root, name, recorded)
    if not path.exists():
        notebooks.write(path, clean)
        return f"{name} was not there; a clean copy is."
    kept = set_aside(path, now)
    notebooks.write(path, clean)
    return (
        f"{name} is a clean copy again. Your own is {kept.name}, in the same folder.\n"
        "If it is open in JupyterLab, choose File > Reload Notebook from Disk."
    )


def set_aside(path: Path, now: datetime.datetime | None = None) -> Path:
    """Copy a file to a dated name beside it, one that was free: `2_fit.2026-11-20-1430.ipynb`."""
    stamp = f"{now or datetime.datetime.now():%Y-%m-%d-%H%M}"
    for suffix in ["", *(f"-{i}" for i in range(2, 1000))]:
        kept = path.with_name(f"{path.stem}.{stamp}{suffix}{path.suffix}")
        try:
            with path.open("rb") as original, kept.open("xb") as copy:
                shutil.copyfileobj(original, copy)
        except FileExistsError:
            continue
        return kept
    raise notebooks.NotebookError(f"{path.name}: there are too many copies of this minute.")


def clean_copy(root: Path, name: str, recorded: dict) -> str:
    """The shipped text of a notebook, from git; NotebookError says what to do without it."""
    by_hand = (
        f"Rename your own notebooks/{name} to keep it, download the course again, "
        "and copy the notebook from there."
    )
    git.require(root, by_hand)
    for text in _versions(root, f"{notebooks.FOLDER}/{name}"):
        try:
            if shipped.is_as_shipped(notebooks.parse(text, name), recorded):
                return text
        except notebooks.NotebookError:
            continue
    raise notebooks.NotebookError(f"git has no version of {name} as it was shipped.\n{by_hand}")


def _versions(root: Path, path: str) -> Iterator[str]:
    """Every version of a file, newest first: this branch's, then any branch's."""
    seen = set()
    for reach in ("HEAD", "--all"):
        for commit in git.ask(root, "log", "--format=%H", reach, "--", path).split():
            text = git.file_at(root, commit, path)
            if text is not None and text not in seen:
                seen.add(text)
                yield text
