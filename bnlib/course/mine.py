"""`make mine`: the answers that passed, from all notebooks, as one module of the learner's own."""

import argparse
import ast
import datetime
import re
import symtable
from pathlib import Path
from typing import NamedTuple

from bnlib.course.reset import set_aside
from bnlib.course.trouble import wrapped
from bnlib.exercises import catalogue
from bnlib.records import notebooks
from bnlib.records.progress import progress

NAME = "my_batch_norm.py"
_MADE = re.compile(r"\A# Made by make mine, (\w+)\.[^\n]*\n")


def main(arguments: argparse.Namespace) -> int:
    """Write the module, and say what is in it."""
    try:
        print(wrapped(make(notebooks.require_root())))
        return 0
    except notebooks.NotebookError as error:
        print(wrapped(error))
        return 2


def make(root: Path, now: datetime.datetime | None = None) -> str:
    """Write `my_batch_norm.py` at `root`; what was done, in words."""
    answers = passed(root)
    if not answers:
        return "No exercise is passed yet, so there is nothing to write."
    text, kept, said = module(answers)
    path = root / NAME
    if path.exists():
        old = path.read_text(encoding="utf-8")
        if old == text:
            held = f"{NAME} holds all of yours that passed ({len(kept)}). Nothing was done."
            return "\n".join([*said, held])
        if not _untouched(old):
            said.append(f"You had edited {NAME}: that version is {set_aside(path, now).name}.")
    notebooks.write(path, text)
    count = f"{len(kept)} function{'s' if len(kept) != 1 else ''}"
    said.append(f"{NAME} holds {count} of yours, each with a test.")
    said.append(f"Try them: .venv/bin/python -m pytest {NAME}")
    return "\n".join(said)


class Statement(NamedTuple):
    """A definition at the top of a cell: its text, the names it gives and those it uses."""

    text: str
    names: frozenset[str]
    used: frozenset[str]


def passed(root: Path) -> dict[str, list[Statement]]:
    """What every answer that passed is made of, by exercise, in the order of the course."""
    found = {}
    for row in progress(root).rows:
        wanted = [name for name, status in row.exercises.items() if status == "passed"]
        cells = notebooks.read(root / notebooks.FOLDER / row.name)["cells"] if wanted else []
        defined = [_statements(cell) for cell in cells]
        for place, statements in enumerate(defined):
            for name in wanted:
                if any(name in s.names and "def " in s.text for s in statements):
                    found[name] = _with_what_they_use(statements, defined[:place], defined[place:])
    return {name: found[name] for name in catalogue.NAMES if name in found}


def _statements(cell: dict) -> list[Statement]:
    """What a cell defines: imports, functions, classes, constants."""
    if cell["cell_type"] != "code":
        return []
    lines = notebooks.python_lines(notebooks.source(cell))
    try:
        tree = ast.parse("\n".join(lines))
    except SyntaxError:
        return []
    kept = []
    for statement in tree.body:
        if not isinstance(statement, _DEFINE):
            continue  # check(normalize), hint("normalize"), a line to look at something
        decorators = getattr(statement, "decorator_list", [])
        first = min([statement.lineno, *(d.lineno for d in decorators)])
        text = "\n".join(lines[first - 1 : statement.end_lineno])
        try:
            table = symtable.symtable(text, "cell", "exec")
        except SyntaxError:  # a second statement on the same line
            continue
        names = frozenset(
            s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()
        )
        kept.append(Statement(text, names, _used(table)))
    return kept


_DEFINE = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)


def _used(table: symtable.SymbolTable) -> frozenset[str]:
    """The names that code reads and does not find in its own functions."""
    own = {
        s.get_name()
        for s in table.get_symbols()
        if s.is_referenced() and (table.get_type() == "module" or s.is_global())
    }
    return frozenset(own.union(*(_used(child) for child in table.get_children())))


def _with_what_they_use(
    statements: list[Statement], above: list[list[Statement]], below: list[list[Statement]]
) -> list[Statement]:
    """A cell's statements, after those of other cells that give the names they use.

    Of several cells that give a name it is the nearest one above, else the first one below.
    """
    kept = list(statements)
    missing = set().union(*(s.used for s in kept)) - set().union(*(s.names for s in kept))
    seen: set[str] = set()
    while missing - seen:
        name = min(missing - seen)
        seen.add(name)
        for others in [*reversed(above), *below]:
            giving = [s for s in others if name in s.names]
            if giving:
                kept = [s for s in giving if s not in kept] + kept
                missing |= set().union(*(s.used for s in giving))
                break
        missing -= set().union(*(s.names for s in kept))
    # Imports first, as a helper may be copied before one that it uses
    return sorted(kept, key=lambda s: not s.text.startswith(("import ", "from ")))


def module(answers: dict[str, list[Statement]]) -> tuple[str, list[str], list[str]]:
    """The text of the module, the exercises in it, and what is to be said of those that are not.

    An answer that gives another meaning to a name of an earlier one is left out: in one module
    a name has one meaning.
    """
    defined = {"np": "import numpy as np", "grade": "from bnlib.exercises import grade"}
    parts, kept, said = [*defined.values()], [], []
    for exercise, statements in answers.items():
        clash = sorted(
            name
            for s in statements
            for name in s.names
            if defined.get(name, s.text) != s.text and name != exercise
        )
        if clash:
            said.append(
                f"{exercise} is left out: its {clash[0]} is another than that of an answer before "
                "it. Give one of them another name, run its cell, and call make mine again."
            )
            continue
        kept.append(exercise)
        for statement in statements:
            if statement.text not in parts:
                parts.append(statement.text)
            defined |= dict.fromkeys(statement.names, statement.text)
    tests = [f'def test_{n}():\n    assert grade("{n}", {n}).status == "passed"' for n in kept]
    heading = f'"""What I wrote in the course on batch normalization: {len(kept)} functions."""'
    body = "\n\n\n".join([heading, "\n\n".join(parts[:2]), *parts[2:], *tests]) + "\n"
    digest = f"# Made by make mine, {_digest(body)}. Edit it: an edited one is never overwritten."
    return f"{digest}\n{body}", kept, said


def _digest(body: str) -> str:
    return notebooks.digest(body)[:12]


def _untouched(text: str) -> bool:
    made = _MADE.match(text)
    return made is not None and made[1] == _digest(text[made.end() :])
