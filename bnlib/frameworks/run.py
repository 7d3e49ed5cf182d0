"""Run a framework on the same network as the others, compare with bnlib, and record what came out.

`make frameworks` is the command.
"""

from __future__ import annotations

import ast
import datetime
import importlib.util
import json
import sys
import tempfile
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from bnlib.environments import (
    folder_of,
    install,
    is_installed,
    python_of,
    size_in_megabytes,
)
from bnlib.frameworks import machine, measure, reference
from bnlib.frameworks.adapters import ADAPTERS
from bnlib.frameworks.needs import ENVIRONMENTS
from bnlib.frameworks.process import run_in_one_thread

HERE = Path(__file__).resolve().parent
RECORDS = HERE / "recorded" / "networks"
TOLERANCE = 1e-5
PROGRAM = ("Model", "parameters", "network", "training", "cost_of", "train_step")
"""What a user of a framework writes; in an adapter the rest is for the comparison."""


def run(name: str) -> dict[str, Any]:
    """Install the framework `name` if need be, run its adapter, and compare.

    Returns the record: what was run and when, the largest absolute difference from bnlib for
    each kind of number, times, and the numbers themselves.

    Raises:
        NotInstalledError: it cannot be installed, or crashed; the message says why.
    """
    environment = ENVIRONMENTS[ADAPTERS[name].environment]
    result = measured(name, install(environment))
    result["pins"] = list(environment.pins)
    result["installed_megabytes"] = size_in_megabytes(environment.name)
    return result


def live(name: str) -> dict[str, Any] | None:
    """The record of the framework `name` measured now, where it is installed already; else None.

    Looks in the environment that runs this, then among those that `make frameworks` has made.
    Raises NotInstalledError if it is installed and crashes.
    """
    adapter = ADAPTERS[name]
    if all(importlib.util.find_spec(module) for module in adapter.modules):
        return measured(name, sys.executable)
    environment = ENVIRONMENTS[adapter.environment]
    python = python_of(folder_of(environment.name))
    return measured(name, python) if is_installed(environment) else None


def measured(name: str, python: Path | str) -> dict[str, Any]:
    """Run the adapter `name` with the interpreter `python`; its record, compared with bnlib."""
    adapter = ADAPTERS[name]
    report, found = run_adapter(name, python)
    differences = compare(found, expected(adapter.like))
    return {
        "framework": adapter.title,
        "date": datetime.date.today().isoformat(),
        "source": "measured by running the framework, in one thread",
        "machine": machine.description(),
        **report,
        "lines": lines_of_code(name),
        "like": adapter.like,
        "largest_difference": max(differences.values()),
        "differences": differences,
        "values": {key: short(value) for key, value in found.items()},
    }


def run_adapter(name: str, python: Path | str) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Run an adapter with the interpreter `python`, in one thread. Returns report and arrays."""
    variables = ENVIRONMENTS[ADAPTERS[name].environment].variables
    with tempfile.TemporaryDirectory() as folder:
        inputs, results = Path(folder, "inputs.npz"), Path(folder, "results.npz")
        np.savez(inputs, **reference.inputs())
        script, adapter = HERE / "measure.py", HERE / "adapters" / f"{name}.py"
        run_in_one_thread([python, script, adapter, inputs, results], folder, variables)
        with np.load(results) as file:
            arrays = {key: file[key] for key in file.files}
    return json.loads(str(arrays.pop("report"))), arrays


def expected(like: str) -> dict[str, np.ndarray]:
    """bnlib's own results in float64, under the convention of the framework `like`."""
    small = measure.part(reference.inputs(), "small.")
    wide = {
        key: value.astype(np.float64) if value.dtype.kind == "f" else value
        for key, value in small.items()
    }
    return measure.values(SimpleNamespace(Net=partial(reference.Net, like=like)), wide)


def compare(found: dict[str, np.ndarray], ours: dict[str, np.ndarray]) -> dict[str, float]:
    """The largest absolute difference a kind of number: logits, cost, gradient, running, inferred.

    NaN, or a shape that is not ours, counts as infinite.
    """
    differences: dict[str, float] = {}
    for key, value in found.items():
        kind = key.split(".")[0].rstrip("12")
        difference = np.inf
        if value.shape == ours[key].shape and np.isfinite(value).all():
            difference = float(np.abs(value - ours[key]).max())
        differences[kind] = max(differences.get(kind, 0.0), difference)
    return {kind: float(f"{difference:.2g}") for kind, difference in differences.items()}


def lines_of_code(name: str) -> int:
    """Lines of the model and of the training step, as a user writes them.

    Those of the functions and classes in `PROGRAM`; what takes in given weights and hands out
    gradients is not counted, nor are imports.
    """
    text = (HERE / "adapters" / f"{name}.py").read_text(encoding="utf-8")
    tree = ast.parse(text)
    shared = any(
        isinstance(node, ast.Import) and node.names[0].name == "keras_model" for node in tree.body
    )
    counted: list[Any]
    counted = [node for node in tree.body if getattr(node, "name", None) in PROGRAM]
    lines = [
        line.strip()
        for node in counted
        for line in (ast.get_source_segment(text, node) or "").splitlines()
    ]
    lines += ["@"] * sum(len(node.decorator_list) for node in counted)
    own = sum(line != "" and not line.startswith("#") for line in lines)
    return own + (lines_of_code("keras_model") if shared else 0)


def short(value: np.ndarray) -> Any:
    """An array as lists of numbers of 9 digits, which hold a float32 exactly."""
    if value.ndim:
        return [short(each) for each in value]
    return float(f"{float(value):.9g}")


def save(name: str, result: dict[str, Any]) -> None:
    """Write the record of `name`, in place of the one before."""
    RECORDS.mkdir(parents=True, exist_ok=True)
    text = json.dumps(result, separators=(",", ":"), ensure_ascii=False) + "\n"
    (RECORDS / f"{name}.json").write_text(text, encoding="utf-8")


def recorded_megabytes(environment: str) -> int | None:
    """How large an environment was when one of its frameworks was recorded."""
    sizes = [
        json.loads(path.read_text(encoding="utf-8")).get("installed_megabytes")
        for path in sorted(RECORDS.glob("*.json"))
        if path.stem in ADAPTERS and ADAPTERS[path.stem].environment == environment
    ]
    return max(filter(None, sizes), default=None)


def summary(name: str, result: dict[str, Any]) -> str:
    """One line: versions, largest difference, time."""
    versions = ", ".join(f"{key} {value}" for key, value in result["versions"].items())
    agrees = "agrees" if result["largest_difference"] <= TOLERANCE else "DISAGREES"
    doing = "a training step" if result["trains"] else "a forward pass"
    return (
        f"{name:17} {agrees}, largest difference {result['largest_difference']:.1e}; "
        f"{doing} {result['microseconds_a_step']:,} us, "
        f"its products alone {result['microseconds_of_products']:,} in NumPy; {versions}"
    )
