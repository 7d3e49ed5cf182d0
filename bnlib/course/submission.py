"""Grade one submission, in a process that is its own: `python -m bnlib.course.submission JOBS`.

JOBS is JSON: a list of {"file": a notebook's path, "exercises": names}. For every exercise a line
of JSON comes out as soon as it is known. Of a notebook only imports, definitions and the
exercises' own cells are run, not its experiments: a class is graded in minutes.
"""

import ast
import contextlib
import io
import json
import linecache
import os
import signal
import sys
from pathlib import Path

from bnlib.course import grading
from bnlib.records import notebooks

STATEMENT_LIMIT = 10  # seconds for one statement of a submission's own
DEFINITIONS = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


def main(jobs: list[dict], answer: io.TextIOBase) -> None:
    """Grade every job, and write what is found to `answer`."""
    for job in jobs:
        path = Path(job["file"])
        try:
            notebook = notebooks.read(path)
        except notebooks.NotebookError as error:
            _say(answer, problem=str(error))
            continue
        namespace = {"__name__": "__main__"}
        for number, cell in enumerate(notebooks.code_cells(notebook), 1):
            _define(notebooks.source(cell), f"<{path.name} [{number}]>", namespace)
        for name in job["exercises"]:
            with contextlib.redirect_stdout(io.StringIO()):
                verdict = json.loads(grading.verdict_json(name, namespace))
            _say(answer, exercise=name, status=_status(verdict))
    _say(answer, done="all")


def _status(verdict: dict) -> str:
    if verdict["status"] != "failed":
        return verdict["status"]
    mistake = verdict["misconception"]
    return f"wrong: {mistake}" if mistake else "wrong"


def _say(answer: io.TextIOBase, **said: str) -> None:
    answer.write(json.dumps(said) + "\n")
    answer.flush()


def _define(text: str, place: str, namespace: dict) -> None:
    """Run a cell's imports and definitions, and assignments of plain values."""
    lines = ["" if line.lstrip().startswith(("%", "!")) else line for line in text.splitlines()]
    # Where Jupyter keeps a cell's text, for those who ask for a function's source.
    linecache.cache[place] = (len(text), None, [f"{line}\n" for line in lines], place)
    try:
        tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError):
        return
    for statement in tree.body:
        plain = isinstance(statement, ast.Assign) and not any(
            isinstance(node, ast.Call) for node in ast.walk(statement.value)
        )
        if plain or isinstance(statement, DEFINITIONS):
            module = ast.Module([statement], type_ignores=[])
            with contextlib.suppress(BaseException), _time_limit():
                exec(compile(module, place, "exec"), namespace)


@contextlib.contextmanager
def _time_limit():
    """End a statement that takes too long; where there are no alarms, the whole process ends."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return
    signal.signal(signal.SIGALRM, _late)
    signal.alarm(STATEMENT_LIMIT)
    try:
        yield
    finally:
        signal.alarm(0)


def _late(*_: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    # What a submission prints must not pass for a verdict: it gets another standard output.
    own = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    main(json.loads(sys.argv[1]), own)
