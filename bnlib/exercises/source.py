"""An answer's own source, as a tree that can be edited and run again."""

from __future__ import annotations

import ast
import builtins
import dataclasses
import inspect
import os
import textwrap
from collections.abc import Callable
from functools import cached_property
from types import CellType, FunctionType, ModuleType
from typing import Any


@dataclasses.dataclass(frozen=True, eq=False)
class Source:
    """The `def` of an answer, its decorators left out: 1 is the line it begins in."""

    text: str
    function: ast.FunctionDef
    namespace: dict[str, Any]
    first_line: int
    """Where the `def` stands in its file or cell."""
    in_cell: bool
    """Whether that is a cell, or a page's editor: then lines are counted as they are there."""

    def counted(self, line: int) -> int:
        """A line of the `def`, the first being 1, as a message counts it."""
        return line + self.first_line - 1 if self.in_cell else line

    def counted_in_file(self, line: int, code: str) -> int:
        """The same of a line of the whole file or cell, if it is one of the `def` and reads so."""
        index, lines = line - self.first_line, self.text.splitlines()
        mine = 0 <= index < len(lines) and lines[index].strip() == code
        return self.counted(index + 1) if mine else line

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node, in one order that holds for this source."""
        return list(ast.walk(self.function))

    @cached_property
    def parameters(self) -> list[str]:
        """The names of the arguments."""
        return [argument.arg for argument in ast.walk(self.function.args)
                if isinstance(argument, ast.arg)]  # fmt: skip

    @cached_property
    def names(self) -> list[str]:
        """The arguments and every variable that the function sets."""
        stored = (n.id for n in self.nodes if isinstance(n, ast.Name) and _is_set(n))
        return list(dict.fromkeys((*self.parameters, *stored)))

    @cached_property
    def never_read(self) -> list[str]:
        """The arguments that the body never reads."""
        read = {n.id for n in self.nodes if isinstance(n, ast.Name) and not _is_set(n)}
        whole = {"locals", "vars", "eval", "exec"} & read
        return [] if whole else [name for name in self.parameters if name not in read]

    @cached_property
    def returns_values(self) -> bool:
        """Whether the last line is a `return` with a value, as every other `return` is."""
        own = [n for n in self.nodes if isinstance(n, ast.Return)]
        last = self.function.body[-1]
        return isinstance(last, ast.Return) and all(_gives_something(n.value) for n in own)

    def reads(self, name: str) -> bool:
        """Whether the body reads an argument of that name."""
        return name in self.parameters and name not in self.never_read

    def is_data(self, name: str) -> bool:
        """Whether a name of the notebook is no function or module; or nothing at all."""
        known = self.namespace.get(name, getattr(builtins, name, None))
        return not callable(known) and not isinstance(known, ModuleType)

    def segment(self, node: ast.AST) -> str:
        """The learner's own words for a node, in one line; of a loop or an `if`, its first line."""
        words = ast.get_source_segment(self.text, node) or ""
        return " ".join((words.splitlines()[0] if _is_compound(node) else words).split())

    def compiled(self, extra: dict[str, Any] | None = None) -> Callable[..., Any]:
        """The function as its tree now stands, with `extra` names that it may use."""
        module = ast.Module([self.function], [])
        namespace = {**self.namespace, **(extra or {})}
        exec(compile(module, "<answer>", "exec"), namespace)
        made: Callable[..., Any] = namespace[self.function.name]
        return made


def _gives_something(value: ast.expr | None) -> bool:
    return value is not None and not (isinstance(value, ast.Constant) and value.value is None)


def _is_compound(node: ast.AST) -> bool:
    return bool(getattr(node, "body", None)) and isinstance(node, ast.stmt)


def _is_set(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def source_of(answer: Any) -> Source | None:
    """The source of a plain function, or of the one that a decorator wrapped; None without it."""
    while type(answer) is FunctionType and type(answer.__dict__.get("__wrapped__")) is FunctionType:
        answer = answer.__dict__["__wrapped__"]
    if type(answer) is not FunctionType:
        return None
    try:
        lines, first_line = inspect.getsourcelines(answer.__code__)
        text = textwrap.dedent("".join(lines))
        function = ast.parse(text).body[0]
    except (OSError, TypeError, SyntaxError, ValueError, IndexError):
        return None
    if not isinstance(function, ast.FunctionDef) or _cannot_be_run_again(function):
        return None
    above = function.lineno - 1
    ast.increment_lineno(function, -above)
    function.decorator_list = []
    text = "\n".join(text.split("\n")[above:])
    in_cell = is_in_cell(answer)
    return Source(text, function, _names_it_sees(answer), first_line + above, in_cell)


def is_in_cell(function: FunctionType) -> bool:
    """Whether a function's source is in memory only, as a cell's and a page's is."""
    return not os.path.exists(function.__code__.co_filename)


def _cannot_be_run_again(function: ast.FunctionDef) -> bool:
    kinds = (ast.Global, ast.Nonlocal, ast.Yield, ast.YieldFrom, ast.Await)
    return any(isinstance(node, kinds) for node in ast.walk(function))


def _names_it_sees(answer: FunctionType) -> dict[str, Any]:
    cells = zip(answer.__code__.co_freevars, answer.__closure__ or (), strict=False)
    return {**answer.__globals__, **{name: _content(cell) for name, cell in cells}}


def _content(cell: CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return None
