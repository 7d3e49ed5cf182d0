"""Long runs kept: what a notebook has no time for is computed by a script, and recorded.

A record is a JSON file in `recorded/`: which axes its numbers have, with what versions they were
made, and the numbers of each seed on a line of their own. A notebook reads records, and runs a
seed or a few itself beside them; tests run some again and hold them to the record.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

FOLDER = Path(__file__).parent / "recorded"


class Record(NamedTuple):
    """How a record is made: `one(seed)` gives an array, whose axes are named in order."""

    one: Callable[[int], np.ndarray]
    seeds: Sequence[int]
    axes: Mapping[str, Sequence]


def recorded(name: str) -> np.ndarray:
    """The record `name` as an array, (seeds, *axes); a step count never reached is infinite."""
    runs = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["runs"]
    values = np.array(runs, dtype=float)
    return np.where(np.isnan(values), np.inf, values)


def write(name: str, record: Record) -> None:
    """Compute a record, and write it as `recorded/NAME.json`."""
    runs = [_plain(record.one(seed)) for seed in record.seeds]
    axes = {"seed": list(record.seeds), **{axis: list(v) for axis, v in record.axes.items()}}
    versions = {"python": platform.python_version(), "numpy": np.__version__}
    lines = ",\n".join(json.dumps(run) for run in runs)  # a seed a line: changes are readable
    text = f'{{"axes": {json.dumps(axes)},\n"versions": {json.dumps(versions)},\n'
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.json").write_text(f'{text}"runs": [\n{lines}\n]}}\n', encoding="utf-8")


def main(records: Mapping[str, Record], names: Sequence[str]) -> None:
    """Write the records of these names, or all."""
    for name in names or records:
        write(name, records[name])
        print(f"{name}: {len(records[name].seeds)} seeds")


def _plain(values: np.ndarray) -> Any:
    """Nested lists of five digits each, with None for what is not finite: JSON has no infinity."""
    if values.ndim:
        return [_plain(v) for v in values]
    number = float(values)
    return float(f"{number:.5g}") if np.isfinite(number) else None
