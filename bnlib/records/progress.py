"""How far a learner has come, from the notebooks themselves and the last verdicts.

An exercise whose cell is still as shipped, or whose function still has nothing in it, is not
attempted, whatever was tried before. For any other the last verdict counts, if it was given on what
now stands in the cell.
"""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from bnlib.records import notebooks, predictions, shipped, verdicts

Status: TypeAlias = Literal[
    "passed", "wrong", "changed since the last check", "not checked yet", "not attempted"
]
STATUSES: tuple[Status, ...] = get_args(Status)
_SHOWN: dict[str, Status] = {
    "passed": "passed",
    "failed": "wrong",
    "not attempted": "not attempted",
}


@dataclass(frozen=True)
class Row:
    """One notebook: its file name, its title, and the status of each of its exercises."""

    name: str
    title: str
    exercises: dict[str, Status]
    problem: str | None = None
    predictions: dict[str, bool | None] = field(default_factory=dict)
    """Of each that the notebook asks: was the first answer right? None: not answered yet."""

    @property
    def answered(self) -> int:
        """How many predictions were answered, right or wrong."""
        return sum(first is not None for first in self.predictions.values())

    @property
    def passed(self) -> int:
        """How many exercises are passed."""
        return Counter(self.exercises.values())["passed"]

    @property
    def rest(self) -> str:
        """What the others are: `1 wrong, 3 not attempted`."""
        counts = Counter(self.exercises.values())
        return ", ".join(f"{counts[s]} {s}" for s in STATUSES[1:] if counts[s])


@dataclass(frozen=True)
class Progress:
    """The whole course."""

    rows: tuple[Row, ...]

    def of_exercise(self, name: str) -> Row:
        """The notebook that an exercise is in; an empty row where there is none."""
        found = (row for row in self.rows if name in row.exercises)
        return next(found, Row("", "", {}))

    @property
    def summary(self) -> str:
        """The course in one line."""
        passed = sum(row.passed for row in self.rows)
        said = f"{passed} of {sum(len(row.exercises) for row in self.rows)} exercises passed."
        if answered := sum(row.answered for row in self.rows):
            asked = sum(len(row.predictions) for row in self.rows)
            right = sum(first is True for row in self.rows for first in row.predictions.values())
            said += f" {answered} of {asked} predictions answered, {right} right at the first try."
        return said


def progress(root: Path | None = None) -> Progress:
    """The state of every exercise of the course.

    root: the course's folder; without it, the one this library stands in.
    """
    root = root or notebooks.course_root()
    if root is None:
        return Progress(())
    store = verdicts.folder(None if root == notebooks.course_root() else root)
    kept, answers = verdicts.load(store), predictions.load(store)
    record = shipped.load(root)
    return Progress(tuple(_row(root, name, record[name], kept, answers) for name in sorted(record)))


def _row(
    root: Path,
    name: str,
    recorded: dict[str, Any],
    kept: dict[str, dict[str, Any]],
    answers: dict[str, predictions.Answer],
) -> Row:
    path = root / notebooks.FOLDER / name
    title = _title_from_name(name)
    missing: dict[str, Status] = dict.fromkeys(recorded["exercises"], "not attempted")
    if not path.exists():
        return Row(name, title, missing, "the notebook is not there")
    try:
        notebook = notebooks.read(path)
    except notebooks.NotebookError as error:
        return Row(name, title, missing, str(error))
    saved = path.stat().st_mtime
    statuses: dict[str, Status] = {
        exercise: status(notebook, exercise, recorded, kept.get(exercise), saved)
        for exercise in recorded["exercises"]
    }
    answers = predictions.exported(notebook) | answers
    asked = {
        question: answers[question]["right_at_first"] if question in answers else None
        for question in predictions.asked(notebook)
    }
    return Row(name, title, statuses, predictions=asked)


def status(
    notebook: dict[str, Any],
    exercise: str,
    recorded: dict[str, Any],
    verdict: dict[str, Any] | None,
    saved: float,
) -> Status:
    """One exercise's status.

    verdict: the one that is kept here; if it is none on what stands in the cell, one that a page of
        the site has put into the notebook may be.
    saved: when the notebook was last written. A verdict given later is on a cell that Jupyter has
        not saved yet, and counts.
    """
    if verdict is not None and float(verdict.get("time") or 0) > saved:
        return _SHOWN.get(verdict["status"], "not checked yet")
    cell = notebooks.exercise_cell(notebook, exercise)
    if cell is None:
        return "not attempted"
    text = notebooks.digest(notebooks.source(cell))
    as_shipped = text == shipped.stub_digest(recorded, exercise)
    if as_shipped or _is_stub(notebooks.source(cell), exercise):
        return "not attempted"
    if verdict is None or verdict.get("source_hash") != text:
        verdict = verdicts.exported(notebook).get(exercise, verdict)
    if verdict is None:
        return "not checked yet"
    if verdict.get("source_hash") != text:
        return "changed since the last check"
    return _SHOWN.get(verdict["status"], "not checked yet")


def _is_stub(text: str, exercise: str) -> bool:
    """Whether a cell's function has not been begun, read from its text: nothing is run.

    As `bnlib.exercises.stubs.is_stub` has it of a function, and `raise NotImplementedError` too.
    """
    try:
        statements = ast.parse("\n".join(notebooks.python_lines(text))).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False  # begun, and not finished
    named = [statement for statement in statements if exercise in _names_given(statement)]
    if not named or not isinstance(named[-1], ast.FunctionDef):
        return False
    return all(_says_nothing(statement) for statement in named[-1].body)


def _names_given(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    nodes = ast.walk(statement)
    return {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def _says_nothing(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Raise):
        raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    constant = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return constant or isinstance(statement, ast.Pass)


def _title_from_name(name: str) -> str:
    number, _, words = name.removesuffix(".ipynb").partition("_")
    return f"{number} {words.replace('_', ' ').capitalize()}"
