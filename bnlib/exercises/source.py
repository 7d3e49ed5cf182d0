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
from typing import Any, NamedTuple

from bnlib.exercises.nodes import called, is_set
from bnlib.records import verdicts


@dataclasses.dataclass(frozen=True, eq=False)
class Source:
    """The `def` of an answer, its decorators left out: 1 is the line it begins in."""

    text: str
    function: ast.FunctionDef
    namespace: dict[str, Any]
    first_line: int
    """Where the `def` stands in its file or cell."""
    above: int
    """How many of the lines above it are counted, as `Written` says."""

    def counted(self, line: int, code: str) -> int:
        """A line of the whole file or cell as a message counts it: if it is the `def`'s own."""
        index, lines = line - self.first_line, self.text.splitlines()
        mine = 0 <= index < len(lines) and lines[index].strip() == code
        return self.above + index + 1 if mine else line

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
        stored = (n.id for n in self.nodes if isinstance(n, ast.Name) and is_set(n))
        return list(dict.fromkeys((*self.parameters, *stored)))

    @cached_property
    def never_read(self) -> list[str]:
        """The arguments that the body never reads."""
        read = {n.id for n in self.nodes if isinstance(n, ast.Name) and not is_set(n)}
        whole = {"locals", "vars", "eval", "exec"} & read
        return [] if whole else [name for name in self.parameters if name not in read]

    def calls(self, name: str) -> bool:
        """Whether a function of that name is called, whatever it is reached by."""
        return any(isinstance(node, ast.Call) and called(node) == name for node in self.nodes)

    @cached_property
    def returns_values(self) -> bool:
        """Whether the last line is a `return` with a value, as every other `return` is."""
        own = [n for n in self.nodes if isinstance(n, ast.Return)]
        last = self.function.body[-1]
        return isinstance(last, ast.Return) and all(_gives_something(n.value) for n in own)

    def reads(self, name: str) -> bool:
        """Whether the body reads an argument of that name."""
        return name in self.parameters and name not in self.never_read

    def sets_what_is_read_in(self, part: ast.AST) -> bool:
        """Whether a name that is read in a part is set in the body."""
        names = [n for n in self.nodes if isinstance(n, ast.Name)]
        made = {n.id for n in names if is_set(n)}
        return any(isinstance(n, ast.Name) and n.id in made for n in ast.walk(part))

    def is_data(self, name: str) -> bool:
        """Whether a name of the notebook is no function or module; or nothing at all."""
        known = self.namespace.get(name, getattr(builtins, name, None))
        return not callable(known) and not isinstance(known, ModuleType)

    def segment(self, node: ast.AST) -> str:
        """The learner's own words for a node, in one line; of a loop or an `if`, its first line."""
        words = self._written_for(node)
        return " ".join((words.splitlines()[0] if _is_compound(node) else words).split())

    def _written_for(self, node: Any) -> str:
        """As `ast.get_source_segment`, which takes the whole text apart each time."""
        if not hasattr(node, "lineno"):
            return ""
        lines = self._lines[node.lineno - 1 : node.end_lineno]
        lines[-1] = lines[-1][: node.end_col_offset]
        lines[0] = lines[0][node.col_offset :]
        return b"".join(lines).decode()

    @cached_property
    def _lines(self) -> list[bytes]:
        return self.text.encode().splitlines(keepends=True)

    def compiled(self, extra: dict[str, Any] | None = None) -> Callable[..., Any]:
        """The function as its tree now stands, with `extra` names that it may use."""
        module = ast.Module([self.function], [])
        namespace = {**self.namespace, **(extra or {})}
        exec(compile(module, "<answer>", "exec"), namespace)
        made: Callable[..., Any] = namespace[self.function.name]
        return made


@dataclasses.dataclass(frozen=True, eq=False)
class Spot:
    """A node of a source, and where it hangs."""

    node: ast.AST
    parent: ast.AST
    field: str
    index: int | None

    def put(self, what: ast.AST | list[Any]) -> None:
        """Set something else in its place; a statement may become several, or none."""
        if self.index is None:
            setattr(self.parent, self.field, what)
        else:
            getattr(self.parent, self.field)[self.index] = what


def _gives_something(value: ast.expr | None) -> bool:
    return value is not None and not (isinstance(value, ast.Constant) and value.value is None)


def _is_compound(node: ast.AST) -> bool:
    return bool(getattr(node, "body", None)) and isinstance(node, ast.stmt)


def source_of(answer: Any) -> Source | None:
    """The source of a plain function that can be run again, as `written` finds it; or None."""
    answer = verdicts.plain_function(answer)
    found = written(answer)
    if answer is None or found is None or _cannot_be_run_again(found.function):
        return None
    first_line, above = found.first_line, found.above
    return Source(found.text, found.function, _names_it_sees(answer), first_line, above)


class Written(NamedTuple):
    """A function as its learner wrote it, from its `def` line on."""

    text: str
    function: ast.FunctionDef
    first_line: int
    """Where the `def` stands in its file or cell."""
    above: int = 0
    """Lines above it that are counted, too: those of a cell, as it numbers them, none of a file."""


def written(answer: Any) -> Written | None:
    """What was written of a plain function, or of the one that decorators wrapped; None without."""
    answer = verdicts.plain_function(answer)
    if answer is None:
        return None
    try:
        lines, first_line = inspect.getsourcelines(answer.__code__)
        text = textwrap.dedent("".join(lines))
        function = ast.parse(text).body[0]
    except Exception:  # no text, or one that has changed since
        return None
    if not isinstance(function, ast.FunctionDef):  # a lambda, with what is around it
        return None
    if function.name != answer.__code__.co_name:  # another text under the same name
        return None
    decorators = function.lineno - 1
    ast.increment_lineno(function, -decorators)
    function.decorator_list = []
    first_line += decorators
    # The text of a cell, or of a page's editor, is in memory alone.
    above = 0 if os.path.exists(answer.__code__.co_filename) else first_line - 1
    return Written("\n".join(text.split("\n")[decorators:]), function, first_line, above)


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
