"""The last verdict on every exercise, kept from one day to the next in `.progress/`.

One small JSON file an exercise, replaced at once, so that two notebooks open side by side cannot
spoil each other's. The folder is the course's own and ignored by git; the environment variable
BNLIB_PROGRESS names another, or, empty, none.
"""

import contextlib
import json
import linecache
import os
import time
from pathlib import Path
from types import FunctionType
from typing import Any, Literal, Protocol, TypeAlias

from bnlib.records import notebooks

VARIABLE = "BNLIB_PROGRESS"
Status: TypeAlias = Literal["passed", "failed", "not attempted"]


class Verdict(Protocol):
    """What a check found, as `bnlib.exercises` tells it."""

    @property
    def status(self) -> Status: ...

    @property
    def misconception(self) -> str | None: ...

    @property
    def message(self) -> str: ...


def folder(root: Path | None = None) -> Path | None:
    """Where verdicts are kept, or None where nothing is to be kept."""
    named = os.environ.get(VARIABLE)
    if root is None and named is not None:
        return Path(named) if named else None
    root = root or notebooks.course_root()
    return root / ".progress" if root else None


def save(name: str, verdict: Verdict, source: str | None, store: Path | None) -> None:
    """Keep a verdict (.status, .misconception, .message) on the answer in `source`.

    A disk that is full or read-only must not get between a learner and the answer: then nothing
    is kept. Nor is the news that an exercise never tried has not been tried.
    """
    if store is None or not name.isidentifier():
        return
    file = store / f"{name}.json"
    kept = {
        "status": verdict.status,
        "misconception": verdict.misconception,
        "message": verdict.message,
        "source_hash": notebooks.digest(source) if source else None,
        "time": time.time(),
    }
    with contextlib.suppress(OSError):
        if verdict.status == "not attempted" and not file.exists():
            return
        store.mkdir(exist_ok=True)
        notebooks.write(file, json.dumps(kept, indent=1) + "\n")


def load(store: Path | None) -> dict[str, dict[str, Any]]:
    """Every kept verdict, by exercise; one that cannot be read is left out."""
    found = {}
    for path in sorted(store.glob("*.json")) if store and store.is_dir() else []:
        with contextlib.suppress(OSError, ValueError):
            kept = json.loads(path.read_text(encoding="utf-8"))
            if _is_verdict(kept):
                found[path.stem] = kept
    return found


def exported(notebook: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The verdicts in a notebook that a page of the site has written, by exercise."""
    kept = notebooks.exported(notebook, "verdicts")
    return {name: verdict for name, verdict in kept.items() if _is_verdict(verdict)}


def _is_verdict(kept: object) -> bool:
    return isinstance(kept, dict) and isinstance(kept.get("status"), str)


def cell_source(fn: object) -> str | None:
    """The text of the notebook cell that defines `fn`, or None where that is no plain function.

    Jupyter registers every cell it runs with linecache, under the name its code objects carry.
    """
    plain = plain_function(fn)
    return "".join(linecache.getlines(plain.__code__.co_filename)) or None if plain else None


def plain_function(fn: object) -> FunctionType | None:
    """`fn`, or what decorators have wrapped in it, if that is a plain function.

    Any other object is not asked for its attributes, which may run its code.
    """
    seen: set[int] = set()
    while type(fn) is FunctionType and "__wrapped__" in vars(fn) and id(fn) not in seen:
        seen.add(id(fn))  # a chain may bite its own tail
        fn = vars(fn)["__wrapped__"]
    return fn if type(fn) is FunctionType else None
