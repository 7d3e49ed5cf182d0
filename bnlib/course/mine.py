"""`make mine`: the answers that passed, from all notebooks, as one module of the learner's own."""

import argparse
import ast
import datetime
import re
from pathlib import Path

from bnlib.course.reset import set_aside
from bnlib.exercises import catalogue
from bnlib.records import notebooks
from bnlib.records.progress import progress

NAME = "my_batch_norm.py"
_MADE = re.compile(r"\A# Made by make mine, (\w+)\.[^\n]*\n")


def main(arguments: argparse.Namespace) -> int:
    """Write the module, and say what is in it."""
    try:
        print(make(notebooks.require_root()))
        return 0
    except notebooks.NotebookError as error:
        print(error)
        return 2


def make(root: Path, now: datetime.datetime | None = None) -> str:
    """Write `my_batch_norm.py` at `root`; what was done, in words."""
    answers = passed(root)
    if not answers:
        return "No exercise is passed yet, so there is nothing to write."
    path, said = root / NAME, []
    text = module(answers)
    if path.exists():
        old = path.read_text(encoding="utf-8")
        if old == text:
            return f"{NAME} holds all of yours that passed ({len(answers)}). Nothing was done."
        if not _untouched(old):
            said.append(f"You had edited {NAME}: that version is {set_aside(path, now).name}.")
    notebooks.write(path, text)
    count = f"{len(answers)} function{'s' if len(answers) > 1 else ''}"
    said.append(f"{NAME} holds {count} of yours, each with a test.")
    said.append(f"Try them: .venv/bin/python -m pytest {NAME}")
    return "\n".join(said)


def passed(root: Path) -> dict[str, str]:
    """The source of every answer that passed, by exercise, in the order of the course."""
    found = {}
    for row in progress(root).rows:
        wanted = [name for name, status in row.exercises.items() if status == "passed"]
        cells = notebooks.read(root / notebooks.FOLDER / row.name)["cells"] if wanted else []
        for cell in cells:
            source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
            for name in wanted if cell["cell_type"] == "code" else ():
                kept = _without_checks(source, name)
                if kept:
                    found[name] = kept
    return {name: found[name] for name in catalogue.NAMES if name in found}


def _without_checks(source: str, name: str) -> str | None:
    """What a cell defines: imports, functions, constants; None if `name` is not among it."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    if not any(isinstance(s, ast.FunctionDef) and s.name == name for s in tree.body):
        return None
    lines, kept = source.splitlines(), []
    for statement in tree.body:
        if isinstance(statement, ast.Expr):
            continue  # check(normalize), hint("normalize"), a line to look at something
        decorators = getattr(statement, "decorator_list", [])
        first = min([statement.lineno, *(d.lineno for d in decorators)])
        kept.append("\n".join(lines[first - 1 : statement.end_lineno]))
    return "\n\n\n".join(kept)


def module(answers: dict[str, str]) -> str:
    """The text of the module: the answers, then a test each."""
    parts = [
        f'"""What I wrote in the course on batch normalization: {len(answers)} functions."""',
        "import numpy as np\n\nfrom bnlib.exercises import grade",
        *answers.values(),
        *(
            f'def test_{name}():\n    assert grade("{name}", {name}).status == "passed"'
            for name in answers
        ),
    ]
    body = "\n\n\n".join(parts) + "\n"
    heading = f"# Made by make mine, {_digest(body)}. Edit it: an edited one is never overwritten."
    return f"{heading}\n{body}"


def _digest(body: str) -> str:
    return notebooks.digest(body)[:12]


def _untouched(text: str) -> bool:
    made = _MADE.match(text)
    return made is not None and made[1] == _digest(text[made.end() :])
