"""The command: the unit tests, then every notebook under nbval, then a table of what happened.

Each notebook has a pytest process of its own, as many side by side as there are cores (up to
four), and the unit tests go along as one more. Nothing is written but verdicts, in `.progress/`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path
from xml.etree import ElementTree

from bnlib.course import kernels
from bnlib.course.testing import report
from bnlib.course.testing.pytest_run import Run
from bnlib.course.trouble import wrapped
from bnlib.exercises.cards import text
from bnlib.progress_bar import ProgressBar
from bnlib.records import notebooks, shipped, verdicts

CELL_TIMEOUT = 60.0
CONFIGURATION = ("-o", "addopts=", "-o", "filterwarnings=")  # the unit tests' is not for notebooks
UNIT_TESTS = ("-q", "--tb=short", "-n", "2", "--dist", "loadfile")
RUN_TIMEOUT = 1800.0  # for a pytest process as a whole; cells have their own, far shorter one


def main(arguments: argparse.Namespace) -> int:
    """Run everything; 0 if all is well."""
    try:
        root = notebooks.require_root()
        wanted = getattr(arguments, "notebook", None)
        timeout = float(getattr(arguments, "cell_timeout", None) or CELL_TIMEOUT)
        return check_course(root, wanted, cell_timeout=timeout)
    except notebooks.NotebookError as error:
        print(wrapped(error))
        return 2


def check_course(
    root: Path, wanted: str | None = None, *, cell_timeout: float = CELL_TIMEOUT
) -> int:
    """Check the course at `root`, or one notebook of it, and print the result.

    cell_timeout: seconds after which a cell is stopped.
    """
    record = shipped.load(root)
    chosen, left_out = choose(root, record, wanted)
    with_unit_tests = wanted is None and (root / "tests").is_dir()
    started = time.monotonic()
    colors = text.has_colors()
    print(report.opening(chosen, with_unit_tests), flush=True)
    runs = []
    with _bar(chosen, record) as bar:
        for run in _run_all(root, chosen, with_unit_tests, cell_timeout, bar):
            bar.clear()
            print(report.one_run(run, colors), flush=True)
            runs.append(run)
    runs.sort(key=lambda run: (run.name == "unit tests", run.name))
    seconds = time.monotonic() - started
    print(text.fitting(report.whole(runs, record, left_out, seconds, colors)))
    return 0 if runs and all(report.is_fine(run) for run in runs) else 1


def choose(root: Path, record: dict, wanted: str | None) -> tuple[list[Path], list[str]]:
    """The notebooks to run, and the names of those that are somebody's own and left out."""
    folder = root / notebooks.FOLDER
    if wanted is not None:
        return [folder / notebooks.find(wanted, record)], []
    own = [path.name for path in sorted(folder.glob("*.ipynb")) if path.name not in record]
    return [folder / name for name in sorted(record) if (folder / name).exists()], own


def _bar(chosen: list[Path], record: dict) -> ProgressBar:
    """A bar over the cells of all notebooks, on a terminal."""
    cells = [len(entry["cells"]) for path in chosen if (entry := record.get(path.name))]
    return ProgressBar(
        max(1, sum(cells)), shown=sys.stderr.isatty(), doing="notebooks", unit="cells"
    )


def _run_all(
    root: Path, chosen: list[Path], with_unit_tests: bool, cell_timeout: float, bar: ProgressBar
) -> Iterator[Run]:
    workers = min(4, os.cpu_count() or 1)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        environment = kernels.environment(Path(scratch), verdicts.folder(root))
        with ThreadPoolExecutor(workers) as pool:
            futures = []
            if with_unit_tests:
                futures.append(pool.submit(run_unit_tests, root, Path(scratch), environment))
            for path in chosen:
                futures.append(
                    pool.submit(run_notebook, root, path, Path(scratch), environment, cell_timeout)
                )
            waiting = set(futures)
            try:
                while waiting:
                    ended, waiting = wait(waiting, timeout=0.3, return_when=FIRST_COMPLETED)
                    for future in ended:
                        yield future.result()
                    done = _cells_done(Path(scratch))
                    if waiting and done:
                        bar.update(min(done, bar.total))
            finally:
                pool.shutdown(cancel_futures=True)


def _cells_done(scratch: Path) -> int:
    """How many cells have been run in all notebooks: `nbval_plugin` writes a byte for each."""
    return sum(path.stat().st_size for path in scratch.glob("*.done"))


def run_unit_tests(root: Path, scratch: Path, environment: dict[str, str]) -> Run:
    """pytest over tests/."""
    run, tests = Run("unit tests"), scratch / "tests.xml"
    own = environment | {"MPLBACKEND": "agg", verdicts.VARIABLE: ""}
    del own["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
    _pytest(run, [*UNIT_TESTS, f"--junit-xml={tests}", "tests"], root, own)
    if tests.exists():
        run.tests = unit_tests(tests)
    return run


def unit_tests(path: Path) -> list[tuple[str, str]]:
    """Each test's outcome and, of one that was skipped, why: from pytest's JUnit file."""
    found = []
    for case in ElementTree.parse(path).iter("testcase"):
        said = next((e for e in case if e.tag in ("failure", "error", "skipped")), None)
        found.append(("passed", "") if said is None else (said.tag, said.get("message", "")))
    return found


def run_notebook(
    root: Path, path: Path, scratch: Path, environment: dict[str, str], cell_timeout: float
) -> Run:
    """nbval over one notebook."""
    run = Run(path.name)
    try:
        notebooks.read(path)
    except notebooks.NotebookError as error:
        number = path.name.split("_")[0]
        run.damage = (
            f"{error}\n`make reset NOTEBOOK={number}` gives a clean copy and keeps this one."
        )
        return run
    rows = scratch / f"{path.name}.json"
    options = ["-p", "bnlib.course.testing.nbval_plugin", "-p", "nbval.plugin"]
    options += ["-q", "--tb=no", "--nbval", "--nbval-current-env"]
    options += [f"--nbval-cell-timeout={cell_timeout:g}"]
    options += [f"--course-root={root}", f"--course-report={rows}", *CONFIGURATION, str(path)]
    _pytest(run, options, root, environment)
    if rows.exists():
        run.rows = json.loads(rows.read_text(encoding="utf-8"))
    else:
        run.damage = f"{path.name} could not be run:\n{report.tail(run.output)}"
    return run


def _pytest(run: Run, options: list[str], root: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--color=no", *options]
    started = time.monotonic()
    try:
        done = subprocess.run(
            command,
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=RUN_TIMEOUT,
        )
        run.code, run.output = done.returncode, done.stdout
    except subprocess.TimeoutExpired:
        run.code, run.damage = 1, f"{run.name}: stopped after {RUN_TIMEOUT:g} s"
    run.seconds = time.monotonic() - started
