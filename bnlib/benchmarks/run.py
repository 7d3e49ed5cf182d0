"""`make bench`: measure everything, compare with the targets, write the performance page.

One subject alone, which prints and writes nothing:

    python -m bnlib.benchmarks.run --only batch_norm

After a change of the page's words, write it anew from the numbers that there are:

    python -m bnlib.benchmarks.run --page
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from bnlib.benchmarks import figure, imports, measured, page, timing, verdicts
from bnlib.benchmarks.environment import ROOT, bench_python
from bnlib.environments import NotInstalledError
from bnlib.frameworks.process import ONE_THREAD

HERE = Path(__file__).resolve().parent
LATENCIES = ROOT / ".browser" / "latencies.json"
SUBJECTS = (*measured.SUBJECTS, "imports", "verdicts", "widgets")


def beside_pytorch(python: Path, subjects: list[str], quick: bool, jax: bool) -> dict:
    """What `measured.run` finds in a process of its own, in the benchmarks' environment."""
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder, "results.json")
        command = [str(python), "-m", "bnlib.benchmarks.run", "--only", *subjects]
        command += ["--into", str(results), *["--quick"] * quick, *["--jax"] * jax]
        variables = {**os.environ, **ONE_THREAD, "PYTHONPATH": str(ROOT)}
        subprocess.run(command, env=variables, stdin=subprocess.DEVNULL, check=True)
        return json.loads(results.read_text(encoding="utf-8"))


def in_the_course(subjects: list[str], python: Path, effort: timing.Effort) -> dict[str, Any]:
    """What is measured in the course's own environment, as a learner has it."""
    found: dict[str, Any] = {}
    if "imports" in subjects:
        pythons: dict[str, Path | str] = {
            "bnlib": sys.executable,
            "matplotlib.pyplot": sys.executable,
            "torch": python,
        }
        found["imports"] = imports.run(pythons, effort, np.random.default_rng(measured.SEED))
    if "verdicts" in subjects:
        found["verdicts"] = verdicts.run(effort)
    if "widgets" in subjects and LATENCIES.exists():
        found["widgets"] = json.loads(LATENCIES.read_text(encoding="utf-8"))
    return found


def measure(subjects: list[str], quick: bool, jax: bool) -> dict[str, Any]:
    """The results of `subjects` with date, versions and machine.

    Raises:
        NotInstalledError: PyTorch's environment cannot be made; the message says why.
    """
    python = bench_python(jax)
    effort = timing.QUICK if quick else timing.FULL
    with_torch = [subject for subject in subjects if subject in measured.SUBJECTS]
    found = beside_pytorch(python, with_torch, quick, jax) if with_torch else {"subjects": {}}
    found["subjects"] |= in_the_course(subjects, python, effort)
    return {"date": datetime.date.today().isoformat(), **found}


def write(results: dict[str, Any], folder: Path = HERE) -> None:
    """results.json, results.png, and README.md, which is the page."""
    text = json.dumps(results, indent=1, ensure_ascii=False) + "\n"
    (folder / "results.json").write_text(text, encoding="utf-8")
    (folder / "results.png").write_bytes(figure.draw(results["subjects"]))
    (folder / "README.md").write_text(page.text(results), encoding="utf-8")


def parse(argv: list[str]) -> argparse.Namespace:
    """The command line of this module."""
    parser = argparse.ArgumentParser(
        prog="python -m bnlib.benchmarks.run",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", nargs="+", choices=SUBJECTS, help="these subjects only")
    parser.add_argument("--quick", action="store_true", help="few rounds: does everything run?")
    parser.add_argument("--jax", action="store_true", help="measure JAX too")
    parser.add_argument("--page", action="store_true", help="measure nothing, write the page anew")
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def main(arguments: argparse.Namespace) -> int:
    """Measure and print; write the page, unless it is a quick run or one of single subjects."""
    if getattr(arguments, "page", False):
        write(json.loads((HERE / "results.json").read_text(encoding="utf-8")))
        return 0
    only = getattr(arguments, "only", None)
    subjects = list(only or SUBJECTS)
    if into := getattr(arguments, "into", None):
        effort = timing.QUICK if arguments.quick else timing.FULL
        into.write_text(json.dumps(measured.run(subjects, effort, arguments.jax)), encoding="utf-8")
        return 0
    try:
        results = measure(subjects, arguments.quick, arguments.jax)
    except NotInstalledError as reason:
        print(f"bench: the environment with PyTorch cannot be made: {reason}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"bench: measuring stopped with status {error.returncode}", file=sys.stderr)
        return 1
    print(page.for_terminal(results["subjects"]))
    if not (arguments.quick or only):
        write(results)
        print(f"\nWritten: {(HERE / 'README.md').relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(parse(sys.argv[1:])))
