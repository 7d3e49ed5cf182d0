"""A notebook's code, read and not run: what each exercise's answer needs of it.

Of a notebook only imports, definitions and assignments of plain values count, not its
experiments; and of those only what the answer names, in turn.
"""

import ast
import contextlib
import linecache
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any

from bnlib.exercises.source import Source, source_of
from bnlib.exercises.unopened import Unopened
from bnlib.records import notebooks

DEFINITIONS = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


@dataclass(frozen=True)
class Statement:
    """A statement at the top of a cell: which names it sets, and which it may read."""

    node: ast.stmt
    place: str
    sets: frozenset[str]
    reads: frozenset[str]


class Written:
    """The statements of a notebook.

    name: the notebook's, for places such as <1_normalizing_activations.ipynb [3]>.
    """

    def __init__(self, notebook: dict, name: str) -> None:
        self.statements: list[Statement] = []
        self._cells: dict[str, str] = {}
        self._unreadable: list[str] = []
        for number, cell in enumerate(notebooks.code_cells(notebook), 1):
            place = f"<{name} [{number}]>"
            self._cells[place] = text = notebooks.source(cell)
            try:
                self.statements += _statements(text, place)
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                self._unreadable.append(text)

    def answer(self, name: str) -> Unopened | None:
        """What was written as `name`, not run; None where nothing was."""
        needed = self._needed(name)
        if not any(name in statement.sets for statement in needed):
            return None
        last = next(s for s in reversed(needed) if name in s.sets)
        namespace: dict[str, object] = {"__name__": "__main__"}

        def open_it() -> object:
            for statement in needed:
                module = ast.Module([statement.node], type_ignores=[])
                with contextlib.suppress(Exception):
                    exec(compile(module, statement.place, "exec"), namespace)
            return namespace.get(name)

        return Unopened(open_it, lambda: _source(last, namespace))

    def cannot_be_read(self, name: str) -> bool:
        """Whether a function of that name begins in a cell that Python cannot read."""
        begins = re.compile(rf"^\s*def\s+{name}\b", re.MULTILINE)
        return any(map(begins.search, self._unreadable))

    def is_stub(self, name: str, digest: str | None) -> bool:
        """Whether a name is set once, in a cell that is still as it was shipped."""
        places = [statement.place for statement in self.statements if name in statement.sets]
        return len(places) == 1 and notebooks.digest(self._cells[places[0]]) == digest

    def _needed(self, name: str) -> list[Statement]:
        """The statements that set a name, or one that those read, and so on, as they stand."""
        names, before = {name}, set[str]()
        while names != before:
            before = set(names)
            for statement in self.statements:
                if statement.sets & names:
                    names |= statement.reads
        return [s for s in self.statements if s.sets & names or "*" in s.sets]


def _statements(text: str, place: str) -> Iterator[Statement]:
    lines = notebooks.python_lines(text)
    # Where Jupyter keeps a cell's text, for those who ask for a function's source.
    linecache.cache[place] = (len(text), None, [f"{line}\n" for line in lines], place)
    for node in ast.parse("\n".join(lines)).body:
        if isinstance(node, (*DEFINITIONS, ast.Assign, ast.AnnAssign)):
            nodes = list(ast.walk(node))
            if isinstance(node, DEFINITIONS) or not any(isinstance(n, ast.Call) for n in nodes):
                read = frozenset(inner.id for inner in nodes if isinstance(inner, ast.Name))
                yield Statement(node, place, frozenset(_set_by(node)), read)


def _set_by(node: Any) -> Iterator[str]:
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from ((alias.asname or alias.name).split(".")[0] for alias in node.names)
    elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        yield node.name
    else:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for inner in (inner for target in targets for inner in ast.walk(target)):
            if isinstance(inner, ast.Name):  # `x[0] = 1` sets something of x
                yield inner.id


def _source(statement: Statement, namespace: dict) -> Source | None:
    """The source of a plain `def`; it is compiled, and not run."""
    node = statement.node
    if not isinstance(node, ast.FunctionDef) or node.decorator_list:
        return None
    try:
        whole = compile(ast.Module([node], type_ignores=[]), statement.place, "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    codes = [c for c in whole.co_consts if isinstance(c, CodeType) and c.co_name == node.name]
    return source_of(FunctionType(codes[-1], namespace)) if codes else None
