"""The recorded results: measured by running each framework, and kept in `recorded/`.

Arrays in the files are in the framework's own layout, one row an example. Numbers that are not
finite are the strings "NaN", "Infinity" and "-Infinity".
"""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import numpy as np

NOT_FINITE = {"NaN": np.nan, "Infinity": np.inf, "-Infinity": -np.inf}


def recorded(file: str) -> dict[str, Any]:
    """The record `recorded/<file>.json`, such as "torch", "keras_jax" or "inputs".

    Every record says when it was measured (`date`), of which `versions` and how (`source`).

    Raises ValueError, with the names there are, for a file that is not there.
    """
    folder = resources.files(__package__) / "recorded"
    path = folder / f"{file}.json"
    if not path.is_file():
        names = sorted(each.name[:-5] for each in folder.iterdir() if each.name.endswith(".json"))
        raise ValueError(f"recorded: got {file!r}, expected one of {', '.join(names)}")
    decoded: dict[str, Any] = _decoded(json.loads(path.read_text(encoding="utf-8")))
    return decoded


def _decoded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _decoded(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_decoded(each) for each in value]
    return NOT_FINITE.get(value, value) if isinstance(value, str) else value


def columns(rows: Any, dtype: Any = np.float64) -> np.ndarray:
    """A recorded array, one row an example or a vector of units, in bnlib's layout.

    `(m, n)` becomes `(n, m)`; `(n,)` becomes `(n, 1)`.
    """
    array = np.array(rows, dtype)
    return array[:, np.newaxis] if array.ndim == 1 else np.ascontiguousarray(array.T)
