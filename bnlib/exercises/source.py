"""An answer's own source, as a tree that can be edited and run again."""

from __future__ import annotations

import ast
import builtins
import dataclasses
import inspect
import textwrap
from collections.abc import Callable
from functools import cached_property
from types import CellType, FunctionType, ModuleType
from typing import Any

from bnlib.records import verdicts


@dataclasses.dataclass(frozen=True, eq=False)
class Source:
    """The `def` of an answer, its decorators left out: 1 is the line it begins in."""

    text: str
    function: ast.FunctionDef
    namespace: dict[str, Any]

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

    def is_data(self, name: str) -> bool:
        """Whether a name of the notebook is no function or module; or nothing at all."""
        known = self.namespace.get(name, getattr(builtins, name, None))
        return not callable(known) and not isinstance(known, ModuleType)

    def segment(self, node: ast.AST) -> str:
        """The learner's own words for a node, in one line."""
        return " ".join((ast.get_source_segment(self.text, node) or "").split())

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


def _is_set(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def source_of(answer: Any) -> Source | None:
    """The source of a plain function that can be run again, as `written` finds it; or None."""
    answer = verdicts.plain_function(answer)
    found = written(answer)
    if answer is None or found is None or _cannot_be_run_again(found[1]):
        return None
    text, function = found
    return Source(text, function, _names_it_sees(answer))


def written(answer: Any) -> tuple[str, ast.FunctionDef] | None:
    """The text of a plain function, or of the one that decorators wrapped, and its tree.

    Both from its `def` line on, which is line 1; None where there is no such text.
    """
    answer = verdicts.plain_function(answer)
    if answer is None:
        return None
    try:
        text = textwrap.dedent(inspect.getsource(answer.__code__))
        function = ast.parse(text).body[0]
    except Exception:  # no text, or one that has changed since
        return None
    if not isinstance(function, ast.FunctionDef):  # a lambda, with what is around it
        return None
    above = function.lineno - 1
    ast.increment_lineno(function, -above)
    function.decorator_list = []
    return "\n".join(text.split("\n")[above:]), function


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
