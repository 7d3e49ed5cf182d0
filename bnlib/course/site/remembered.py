"""Widgets' states from an earlier build, while nothing that they are made of has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import bnlib
from bnlib.environments import folder_of

FOLDER = "widgets"
NOT_SHOWN = {"course", "exercises", "benchmarks", "records", "__pycache__"}
"""Parts of bnlib that no widget is made of."""


def states(path: Path, make: Callable[[Path], dict[str, Any]]) -> dict[str, Any]:
    """`make(path)` for the notebook in a file, or what it gave when all was the same."""
    folder = folder_of(FOLDER)
    kept = folder / f"{path.stem}-{fingerprint(path)}.json"
    if kept.exists():
        return json.loads(kept.read_text(encoding="utf-8"))
    made = make(path)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{path.stem}-*.json"):
        old.unlink(missing_ok=True)
    kept.write_text(json.dumps(made), encoding="utf-8")
    return made


def fingerprint(path: Path) -> str:
    """Of the notebook in a file, bnlib, and NumPy's version."""
    package = Path(bnlib.__file__).parent
    used = [
        file
        for file in sorted(package.rglob("*"))
        if file.is_file() and not NOT_SHOWN & set(file.relative_to(package).parts)
    ]
    digest = hashlib.sha256(np.__version__.encode())
    for file in [path, *used]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
