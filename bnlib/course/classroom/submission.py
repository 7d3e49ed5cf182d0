"""One submission's row in the table, wherever it is graded."""

import functools
import json
import os
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from bnlib.course import kernels
from bnlib.course.classroom import confine, container, find
from bnlib.exercises import sandbox
from bnlib.records import notebooks, shipped

A_LAST_VERDICT = 20.0
MOST_SUBMISSIONS = 50  # for one grader, so that it stays small

_own = threading.local()


@dataclass(frozen=True)
class Task:
    """What an executor is given; all of it may be sent to another machine.

    Attributes:
        path: the submission's.
        known: the fingerprint that the table has of it, or "".
        version: of the course, as `find.version` gives it.
        contained: whether to grade in a container.
        seconds: for one notebook; an exercise that was begun is finished.
    """

    path: str
    known: str
    version: str
    contained: bool
    seconds: float


def course() -> tuple[str, dict[str, dict[str, str | None]]]:
    """This copy's version, and of every notebook the exercises with their stubs' digests."""
    return _course(notebooks.require_root())


@functools.cache
def _course(root: Path) -> tuple[str, dict[str, dict[str, str | None]]]:
    recorded = shipped.load(root).items()
    stubs = {
        name: {each: shipped.stub_digest(entry, each) for each in entry["exercises"]}
        for name, entry in recorded
    }
    return find.version(root), stubs


def row(task: Task) -> dict[str, object] | None:
    """Counts, a problem or "", each exercise's status; None if the table has it already.

    Without a fingerprint where it may be another time: it will then be graded again.

    Raises:
        confine.Stopped: the run was stopped.
    """
    version, exercises = course()
    if version != task.version:
        return problem(task, "the machine it was sent to has another version of the course")
    if task.contained:
        container.require()
    path = Path(task.path)
    if path.is_symlink() and not path.exists():
        return problem(task, "it is a link that leads nowhere")
    try:
        files = find.notebooks_of(path)
        copies = ((name, find.copy_of(name, files)) for name in exercises)
        chosen = {name: file for name, file in copies if file}
        print_ = find.fingerprint([*chosen.values()], version, task.contained, task.seconds)
    except OSError as error:
        return problem(task, f"it cannot be read: {error.strerror}")
    if task.known == print_:
        return None
    if not chosen:
        named = f"no notebook of the course, but {files[0].name}" if files else "no notebook in it"
        return {**problem(task, named), "fingerprint": print_}
    jobs = [
        {"file": os.path.abspath(file), "exercises": exercises[name]}
        for name, file in chosen.items()
    ]
    statuses, problems = _graded(jobs, task)
    given = list(statuses.values())
    return {
        "submission": path.name,
        "passed": given.count("passed"),
        "wrong": sum(status.startswith("wrong") for status in given),
        "not attempted": given.count("not attempted"),
        "problem": " / ".join(problems),
        **statuses,
        "fingerprint": print_,
    }


def problem(task: Task, words: str) -> dict[str, object]:
    """The row of a submission of which nothing is known but a problem."""
    return {
        "submission": Path(task.path).name,
        "passed": 0,
        "wrong": 0,
        "not attempted": 0,
        "problem": words,
        "fingerprint": "",
    }


def _graded(jobs: list[dict], task: Task) -> tuple[dict[str, str], list[str]]:
    """Every exercise's status, and problems; where a notebook ends its process, the rest go on."""
    statuses = {name: "" for job in jobs for name in job["exercises"]}
    problems: list[str] = []
    while jobs:
        output, late = _run(jobs, task)
        done = _understood(output, statuses, problems)
        if done < len(jobs):
            why = "took too long and was stopped" if late else "ended its process"
            problems.append(f"{Path(jobs[done]['file']).name} {why}")
        jobs = jobs[done + 1 :]
    return statuses, problems


def _run(jobs: list[dict], task: Task) -> tuple[list[bytes], bool]:
    child = _grader(jobs, task)
    request = json.dumps({"jobs": jobs, "seconds": task.seconds}).encode()
    try:
        return child.ask(request, (task.seconds + A_LAST_VERDICT) * len(jobs))
    finally:
        if child is not getattr(_own, "grader", None):
            child.end()


def _grader(jobs: list[dict], task: Task) -> confine.Child:
    """A process to grade in: this thread's own, where no line of a submission runs in it.

    In a container, and where answers are not forked off, every submission has a new one.
    """
    command = [sys.executable, "-m", "bnlib.course.classroom.grader"]
    if task.contained:
        settings = _settings(Path("/tmp"))
        needed = ("PATH", "LANG", "PYTHON", *kernels.THREADS, "MPL", "BNLIB", "IPYTHON")
        kept = {name: value for name, value in settings.items() if name.startswith(needed)}
        command = container.contained(command, [job["file"] for job in jobs], kept)
        return confine.Child(command, settings)
    if not sandbox.CAN_FORK:
        return confine.Child(command, _settings(Path(tempfile.gettempdir())))
    own = getattr(_own, "grader", None)
    if own is None or own.ended or own.asked >= MOST_SUBMISSIONS:
        if own and not own.ended:
            own.end()
        _own.grader = confine.Child(command, _settings(Path(tempfile.gettempdir())))
    return _own.grader


def _settings(scratch: Path) -> dict[str, str]:
    return kernels.environment(scratch, None) | {"MPLBACKEND": "agg"}


def _understood(output: list[bytes], statuses: dict[str, str], problems: list[str]) -> int:
    """Take down what a grader wrote; gives how many notebooks it was done with."""
    done = 0
    for line in output:
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):  # UnicodeDecodeError is one
            continue
        if not isinstance(said, dict):
            continue
        name, status = said.get("exercise"), said.get("status")
        if isinstance(name, str) and name in statuses and isinstance(status, str):
            statuses[name] = status[:120]
        elif isinstance(said.get("problem"), str):
            problems.append(said["problem"][:200])
        elif "done" in said:
            done += 1
    return done
