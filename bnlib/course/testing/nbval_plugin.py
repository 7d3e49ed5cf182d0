"""A pytest plugin that lets nbval judge a learner's copy of a notebook as well as a shipped one.

nbval runs every cell and compares its outputs, strictly. Before that, this plugin tells it what
to compare them with (`shipped.expectations`); after the last cell it grades, in the notebook's own
kernel, every exercise; and it writes what happened to a file, in words, for `report` to show.

    pytest -p bnlib.course.testing.nbval_plugin -p nbval.plugin --nbval --nbval-current-env
        --course-root ROOT --course-report FILE NOTEBOOK
"""

import ast
import json
import time
from pathlib import Path
from queue import Empty
from types import SimpleNamespace
from typing import Any

import pytest

from bnlib.course import kernels
from bnlib.course.testing import wording
from bnlib.records import notebooks, shipped, verdicts

kernels.skip_address_checks()

import nbformat  # noqa: E402
from nbval.kernel import RunningKernel  # noqa: E402
from nbval.plugin import IPyNbCell, IPyNbFile  # noqa: E402

# `grade` promises an answer within 15 s; a busy machine gets some more.
GRADE_TIMEOUT = 60


def pytest_addoption(parser: pytest.Parser) -> None:
    """Register the options."""
    group = parser.getgroup("course")
    group.addoption("--course-root", help="the course whose shipped record is used")
    group.addoption("--course-report", help="the file that gets the report, as JSON")


def pytest_configure(config: pytest.Config) -> None:
    """Switch the plugin on where a course is given."""
    if config.option.course_root:
        root, report = Path(config.option.course_root), config.option.course_report
        config.pluginmanager.register(Course(root, Path(report)), "course")


class GradingError(Exception):
    """An exercise could not be graded at all."""


class WrongExercise(Exception):
    """An exercise was graded, and is wrong."""


class ExerciseItem(pytest.Item):
    """Grades one exercise in the kernel that ran the notebook."""

    def __init__(self, *, exercise: str, cell: dict | None, store: Path | None, **kwargs: Any):
        super().__init__(**kwargs)
        self.exercise, self.cell, self.store = exercise, cell, store

    def runtest(self) -> None:
        """Grade, keep the verdict, and fail if it is wrong."""
        verdict = json.loads(self._ask_kernel())
        if self.cell is not None:
            source = notebooks.source(self.cell)
            verdicts.save(self.exercise, SimpleNamespace(**verdict), source, self.store)
        self.user_properties.append(("verdict", verdict))
        if verdict["status"] == "failed":
            raise WrongExercise(verdict["message"])

    def _ask_kernel(self) -> str:
        parent: Any = self.parent  # nbval's notebook
        client = parent.kernel.kc
        call = f"__import__('bnlib.course.grading', fromlist=['_']).verdict_json({self.exercise!r}"
        message = client.execute(
            "", silent=True, user_expressions={"verdict": f"{call}, globals())"}
        )
        end = time.monotonic() + GRADE_TIMEOUT
        while True:
            try:
                reply = client.get_shell_msg(timeout=max(0.0, end - time.monotonic()))
            except Empty:
                raise GradingError(f"no verdict within {GRADE_TIMEOUT} s") from None
            if reply["parent_header"].get("msg_id") == message:
                break
        answer = reply["content"].get("user_expressions", {}).get("verdict", {})
        if answer.get("status") != "ok":
            raise GradingError(f"{answer.get('ename')}: {answer.get('evalue')}")
        return ast.literal_eval(answer["data"]["text/plain"])

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where pytest says this item is."""
        return self.path, None, f"exercise {self.exercise}"


class Course:
    """The hooks, registered for one pytest run over one or more notebooks."""

    def __init__(self, root: Path, report: Path):
        self.root, self.report = root, report
        self.rows: list[dict[str, Any]] = []
        self.record = shipped.load(root)
        self.store = verdicts.folder(root)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Set what every cell is compared with, and add the exercises after the last cell."""
        files: dict[IPyNbFile, list[IPyNbCell]] = {}
        for item in items:
            files.setdefault(item.parent, []).append(item)
        items.clear()
        for file, cells in files.items():
            items += self._prepare(file, cells)

    def _prepare(self, file: IPyNbFile, items: list[IPyNbCell]) -> list[pytest.Item]:
        notebook = notebooks.read(file.path)
        entry = self.record.get(file.path.name, {"exercises": [], "cells": []})
        items = [item for item in items if item.cell.source.strip()]
        expected = shipped.expectations(notebook, entry)
        headings = notebooks.headings(notebook)
        for number, item in enumerate(items, 1):
            item.place = {"number": number, "heading": headings[number - 1]}
            _hold_to(item, expected[number - 1])
        exercises = [
            ExerciseItem.from_parent(
                file,
                name=f"exercise {name}",
                exercise=name,
                cell=notebooks.exercise_cell(notebook, name),
                store=self.store,
            )
            for name in entry["exercises"]
        ]
        return [*items, *exercises]

    @pytest.hookimpl(trylast=True)  # after nbval has started the kernel
    def pytest_runtest_setup(self, item: Any) -> None:
        """Run nothing in a notebook whose kernel was interrupted or has died."""
        kernel = item.parent.kernel
        if item.parent.timed_out or not kernel.is_alive():
            pytest.skip("not run: a cell above took too long or ended the kernel")
        if not hasattr(kernel, "has_died"):
            _notice_death(kernel)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: Any, call: pytest.CallInfo):
        """Note what happened, in words."""
        report = yield
        if call.when == "call" or not report.passed:
            row = {
                "notebook": item.path.name,
                "outcome": report.outcome,
                "seconds": round(call.duration, 2),
                "problem": wording.problem(item, call.excinfo) if report.failed else None,
            }
            if isinstance(item, ExerciseItem):
                row |= {"exercise": item.exercise, **dict(item.user_properties)}
            else:
                row |= item.place
                with self.report.with_suffix(".done").open("a") as done:
                    done.write(".")
            self.rows.append(row)
        return report

    def pytest_sessionfinish(self) -> None:
        """Write the report."""
        self.report.write_text(json.dumps(self.rows), encoding="utf-8")


def _notice_death(kernel: RunningKernel) -> None:
    """Have nbval stop waiting for a kernel that is gone; it would wait out the cell's time."""
    kernel.has_died = False
    wait = kernel.await_reply

    def await_reply(message: str, timeout: float) -> None:
        end = time.monotonic() + timeout
        while True:
            try:
                return wait(message, timeout=1)
            except Empty:
                kernel.has_died = not kernel.is_alive()
                if kernel.has_died or time.monotonic() > end:
                    raise

    kernel.await_reply = await_reply


def _hold_to(item: IPyNbCell, expected: dict) -> None:
    """Make nbval compare the cell with what is expected, or with nothing where that is None.

    A cell without a count, which was never run, nbval compares with nothing.
    """
    outputs, tags = expected["outputs"], expected["tags"]
    item.cell.outputs = [nbformat.from_dict(output) for output in outputs or []]
    item.cell.execution_count = None if outputs is None else 1
    item.options["check"] = "nbval-ignore-output" not in tags
    item.options["skip"] = "nbval-skip" in tags
    item.options["check_exception"] = shipped.may_raise(tags)
