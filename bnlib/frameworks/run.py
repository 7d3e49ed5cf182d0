"""Run every framework on the same network, compare with bnlib, and record what came out.

`python -m bnlib.course frameworks` (or `make frameworks`) runs all of them; with a name, one. A
framework that does not install is reported with the reason, and the rest go on.
"""

from __future__ import annotations

import datetime
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from argparse import Namespace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from bnlib.environments import (
    NotInstalledError,
    cache_folder,
    folder_of,
    install,
    is_installed,
    last_line,
    python_of,
    size_in_megabytes,
)
from bnlib.frameworks import measure, reference
from bnlib.frameworks.adapters import ADAPTERS, RECORDED_ONLY
from bnlib.frameworks.needs import ENVIRONMENTS

HERE = Path(__file__).resolve().parent
RECORDS = HERE / "recorded" / "networks"
TOLERANCE = 1e-5
RUN_TIMEOUT = 600


def main(arguments: Namespace) -> int:
    """Run `arguments.name`, or all. Returns 1 if a framework that ran disagrees with bnlib."""
    name = getattr(arguments, "name", None)
    if name in RECORDED_ONLY:
        print(f"{name}: cannot be installed: {RECORDED_ONLY[name]}.")
        return 0
    if name is not None and name not in ADAPTERS:
        known = ", ".join([*ADAPTERS, *RECORDED_ONLY])
        print(f"frameworks: got {name!r}, expected one of {known}.")
        return 2
    print(f"Environments go to {cache_folder()}; the first run installs up to 6 GB.")
    disagreeing = 0
    for each in [name] if name else ADAPTERS:
        try:
            result = run(each)
        except NotInstalledError as error:
            print(f"{each:17} not run: {error}", flush=True)
            continue
        save(each, result)
        disagreeing += result["largest_difference"] > TOLERANCE
        print(summary(each, result), flush=True)
    if name is None:
        for each, reason in RECORDED_ONLY.items():
            print(f"{each:17} not run: {reason}")
    return 1 if disagreeing else 0


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
        **report,
        "lines": lines_of_code(name),
        "like": adapter.like,
        "largest_difference": max(differences.values()),
        "differences": differences,
        "values": {key: short(value) for key, value in found.items()},
    }


def run_adapter(name: str, python: Path | str) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Run an adapter with the interpreter `python`, in one thread. Returns report and arrays."""
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    one_thread |= {
        "TF_NUM_INTRAOP_THREADS": "1",
        "TF_NUM_INTEROP_THREADS": "1",
        "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    }
    variables = {**os.environ, **one_thread, **ENVIRONMENTS[ADAPTERS[name].environment].variables}
    variables.pop("PYTHONPATH", None)
    with tempfile.TemporaryDirectory() as folder:
        inputs, results = Path(folder, "inputs.npz"), Path(folder, "results.npz")
        np.savez(inputs, **reference.inputs())
        script, adapter = HERE / "measure.py", HERE / "adapters" / f"{name}.py"
        command = [str(each) for each in (python, script, adapter, inputs, results)]
        try:
            done = subprocess.run(
                command,
                env=variables,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=RUN_TIMEOUT,
            )
        except subprocess.TimeoutExpired:
            raise NotInstalledError(f"took more than {RUN_TIMEOUT} s") from None
        if done.returncode:
            raise NotInstalledError("crashed: " + last_line(done.stderr))
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
    """Lines of the adapter that say something: no blanks, no comments, no docstring."""
    body = (HERE / "adapters" / f"{name}.py").read_text(encoding="utf-8").split('"""', 2)[2]
    lines = [line.strip() for line in body.splitlines()]
    shared = lines_of_code("keras_model") if "import keras_model" in lines else 0
    return shared + sum(bool(line) and not line.startswith("#") for line in lines)


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


def summary(name: str, result: dict[str, Any]) -> str:
    """One line: versions, largest difference, time."""
    versions = ", ".join(f"{key} {value}" for key, value in result["versions"].items())
    agrees = "agrees" if result["largest_difference"] <= TOLERANCE else "DISAGREES"
    doing = "a training step" if result["trains"] else "a forward pass"
    return (
        f"{name:17} {agrees}, largest difference {result['largest_difference']:.1e}; "
        f"{doing} {result['microseconds_a_step']:,} us; {versions}"
    )
