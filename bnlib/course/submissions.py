"""`make progress FOLDER=...`: a class's submissions as one CSV, a row each.

Everything directly in the folder is a submission: a folder with notebooks somewhere in it, or a
single notebook. Each is graded in a process of its own (`submission`), several side by side, and
is stopped after a time; so one that is broken, endless or hostile spoils its own row only. This
guards against accidents. Strangers' code belongs in a container.
"""

import contextlib
import csv
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bnlib.course import kernels
from bnlib.records import notebooks, shipped

TIME_LIMIT = 180.0
LARGEST_ANSWER = 1_000_000  # bytes of a submission's results that are read


def report(folder: Path, target: str | None = None, time_limit: float = TIME_LIMIT) -> int:
    """Grade every submission in `folder`, and write the CSV.

    target: the CSV's path; by default `progress.csv` in `folder`, "-" for standard output.
    time_limit: seconds a submission may take.
    """
    record = shipped.load(notebooks.require_root())
    if not folder.is_dir():
        raise notebooks.NotebookError(f"There is no folder {folder}.")
    submissions = [path for path in sorted(folder.iterdir()) if _is_submission(path)]
    if not submissions:
        raise notebooks.NotebookError(f"There is no notebook in {folder}, nor in a folder in it.")
    rows = []
    with ThreadPoolExecutor(max(1, min(8, os.cpu_count() or 1))) as pool:
        graded = pool.map(lambda path: grade(path, record, time_limit), submissions)
        for path, row in zip(submissions, graded):
            rows.append(row)
            note = f"  ({row['problem']})" if row["problem"] else ""
            print(f"{path.name}: {row['passed']} passed{note}", file=sys.stderr, flush=True)
    names = [name for recorded in record.values() for name in recorded["exercises"]]
    columns = ["submission", "passed", "wrong", "not attempted", "problem", *names]
    if target == "-":
        _write(sys.stdout, columns, rows)
        return 0
    path = Path(target) if target else folder / "progress.csv"
    # A byte-order mark, for Excel takes the file for Latin-1 without one.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        _write(file, columns, rows)
    print(f"{len(rows)} submissions: {path}", file=sys.stderr)
    return 0


def _write(file: object, columns: list[str], rows: list[dict]) -> None:
    table = csv.DictWriter(file, columns, restval="", extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    table.writerows({key: _harmless(value) for key, value in row.items()} for row in rows)


def _harmless(value: object) -> object:
    """A spreadsheet runs a text that begins like a formula; an apostrophe keeps it a text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


def _is_submission(path: Path) -> bool:
    if path.name.startswith("."):
        return False
    return path.suffix == ".ipynb" if path.is_file() else bool(_notebooks_in(path))


def _notebooks_in(path: Path) -> list[Path]:
    found = [path] if path.is_file() else sorted(path.rglob("*.ipynb"))
    return [file for file in found if ".ipynb_checkpoints" not in file.parts]


def grade(path: Path, record: dict[str, dict], time_limit: float) -> dict:
    """One submission's row: counts, a problem or "", and each exercise's status."""
    files = _notebooks_in(path)
    jobs = [
        {"file": str(file.resolve()), "exercises": recorded["exercises"]}
        for name, recorded in record.items()
        if (file := _copy_of(name, files)) is not None
    ]
    answers, problems = {}, [f"no notebook of the course, but {files[0].name}"]
    if jobs:
        answers, problems = _understood(*_run(jobs, time_limit), jobs)
    statuses = list(answers.values())
    return {
        "submission": path.name,
        "passed": statuses.count("passed"),
        "wrong": sum(status.startswith("wrong") for status in statuses),
        "not attempted": statuses.count("not attempted"),
        "problem": "; ".join(problems),
        **answers,
    }


def _copy_of(name: str, files: list[Path]) -> Path | None:
    """The file that is the course's notebook `name`, or else `ada_2_fitting_batch_norm (1)`."""
    stem = name.removesuffix(".ipynb")
    copies = [file for file in files if stem in file.name]
    return min(copies, key=lambda file: (len(file.name), file.name), default=None)


def _run(jobs: list[dict], time_limit: float) -> tuple[bytes, bool]:
    """Grade in a process of its own: what it wrote, and whether its time was up."""
    late = threading.Event()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        process = subprocess.Popen(
            [sys.executable, "-m", "bnlib.course.submission", json.dumps(jobs)],
            cwd=scratch,
            env=kernels.environment(Path(scratch), None) | {"MPLBACKEND": "agg"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        timer = threading.Timer(time_limit, lambda: (late.set(), _kill(process)))
        timer.start()
        try:
            output = process.stdout.read(LARGEST_ANSWER)
        finally:
            timer.cancel()
            _kill(process)
            process.wait()
            process.stdout.close()
    return output, late.is_set()


def _kill(process: subprocess.Popen) -> None:
    """End a process and, where the system can, all it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _understood(output: bytes, late: bool, jobs: list[dict]) -> tuple[dict[str, str], list[str]]:
    """Statuses and problems in what a submission's process wrote; only their form is believed."""
    answers = {name: "" for job in jobs for name in job["exercises"]}
    problems, done = [], False
    for line in output.decode("utf-8", "replace").splitlines():
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if not isinstance(said, dict):
            continue
        done = done or "done" in said
        name, status = said.get("exercise"), said.get("status")
        if isinstance(name, str) and name in answers and isinstance(status, str):
            answers[name] = status[:120]
        elif isinstance(said.get("problem"), str):
            problems.append(said["problem"][:200])
    if not done:
        problems.append("it took too long and was stopped" if late else "it ended Python")
    return answers, problems
