"""`make progress FOLDER=...`: a class's submissions as one CSV, a row each.

Everything directly in the folder is a submission: a folder with notebooks somewhere in it, or a
single notebook. TEACHING.md says what this guards against, and what it does not.
"""

import argparse
import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import Any

from bnlib.course.classroom import (
    confine,
    container,
    executors,
    find,
    schedule,
    submission,
    table,
)
from bnlib.course.trouble import wrapped
from bnlib.progress_bar import ProgressBar
from bnlib.records import notebooks

COUNTS = [table.FIRST, "passed", "wrong", "not attempted", "problem"]


def main(arguments: argparse.Namespace) -> int:
    """Grade what is in `arguments.folder`. Returns the exit status."""
    # Ended by another program, it ends as by Control-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    folder = _path(arguments.folder)
    if not folder.is_dir():
        raise notebooks.NotebookError(f"There is no folder {table.safe(folder)}.")
    if arguments.contained and not arguments.dask:
        container.require()
    try:
        shard = _shard(arguments.shard)
        total = sum(1 for _ in find.submissions(folder, shard))
        if not total and not arguments.shard:
            raise notebooks.NotebookError(f"There is no submission in {table.safe(folder)}.")
        with _table(arguments, folder) as rows:
            status = _fill(rows, arguments, find.submissions(folder, shard), total)
            if status != 2 and isinstance(rows, table.Table) and rows.changed():
                _say(
                    f"But {table.safe(rows.path)} is not as this run wrote it: meanwhile it was "
                    "changed, replaced or deleted. The same command grades what is missing."
                )
                return 2
            return status
    except OSError as error:
        raise notebooks.NotebookError(f"{table.safe(folder)}: {error.strerror}.") from None


def _path(text: str) -> Path:
    """A path. Of FOLDER=~/x zsh leaves the `~` as it is, and of ARGS every shell does."""
    first = Path(text).parts[:1]
    return Path(text if first and Path(*first).exists() else os.path.expanduser(text))


def _shard(text: str | None) -> tuple[int, int]:
    part, _, of = (text or "0/1").partition("/")
    if not (part.isdecimal() and of.isdecimal() and int(part) < int(of)):
        raise notebooks.NotebookError(f"--shard {text}: expected K/N with K from 0 to N - 1.")
    return int(part), int(of)


def _table(arguments: argparse.Namespace, folder: Path) -> table.Table | table.Stream:
    _, exercises = submission.course()
    columns = [*COUNTS, *(name for names in exercises.values() for name in names)]
    if arguments.csv == "-":
        stdout: Any = sys.stdout
        stdout.reconfigure(encoding="utf-8")
        return table.Stream(stdout, columns)
    return table.Table(_path(arguments.csv) if arguments.csv else folder / "progress.csv", columns)


def _fill(
    rows: table.Table | table.Stream,
    arguments: argparse.Namespace,
    found: Iterator[Path],
    total: int,
) -> int:
    """Grade what the table does not have yet. Returns the exit status."""
    left = Left(rows.known)
    version, _ = submission.course()
    given = (version, arguments.contained, arguments.seconds)
    tasks = (submission.Task(str(path.absolute()), left.take(path), *given) for path in found)
    where = executors.dask(arguments.dask) if arguments.dask else executors.here()
    bar = ProgressBar(total, shown=sys.stderr.isatty(), doing="grading", unit="submissions")
    done = new = 0
    try:
        with bar, where as (executor, ahead):
            for task, future in schedule.results(executor, submission.row, tasks, ahead):
                row = _row(task, future)
                if row and (row[table.LAST] or not task.known):
                    rows.add(row)  # before it is told, for an interrupt may come at any time
                done += 1
                if row:
                    new += 1
                    bar.clear()
                    _say(f"{done} of {total}  {_in_a_line(row)}")
                bar.update(done)
    except KeyboardInterrupt:
        _say(
            f"Stopped: {done} of {total} are graded, and kept. The same command goes on from here."
        )
        return 130
    except (OSError, RuntimeError) as error:  # a full disk; an executor that is broken
        _say(f"Stopped at {done} of {total}, which are kept, by: {error}")
        return 2
    where_to = f": {table.safe(rows.path)}" if isinstance(rows, table.Table) else ""
    as_it_was = f" ({done - new} as they were)" if new < done else ""
    _say(f"{done} submissions{where_to}{as_it_was}")
    if left.count:
        _say(f"Rows of submissions that are no longer there: {left.count}. They are kept.")
    return 0


class Left:
    """How many of the table's rows no submission was found for."""

    def __init__(self, known: dict[str, str]) -> None:
        self.known, self.count = known, len(known)

    def take(self, path: Path) -> str:
        """The fingerprint that the table has of a submission, or ""."""
        name = table.safe(path.name)
        self.count -= name in self.known
        return self.known.get(name, "")


def _row(task: submission.Task, future: Future) -> dict | None:
    try:
        return future.result()
    except (confine.Stopped, CancelledError):
        raise KeyboardInterrupt from None
    except Exception as error:  # the machine's, not the submission's
        return submission.problem(task, f"it could not be graded: {error or type(error).__name__}")


def _in_a_line(row: dict) -> str:
    note = f"  ({table.safe(row['problem'])})" if row["problem"] else ""
    return f"{table.safe(row[table.FIRST])}: {row['passed']} passed{note}"


def _say(words: str) -> None:
    print(wrapped(words), file=sys.stderr, flush=True)
