"""Of a result in several parts, those that are right; what they come from is no place of a slip."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from bnlib.exercises.compare import same
from bnlib.exercises.exam import Exam, run
from bnlib.exercises.nodes import called
from bnlib.exercises.source import Source

Part: TypeAlias = tuple[ast.expr, list[ast.stmt]]
"""An expression, and the statements before it."""


def cleared(source: Source, exam: Exam) -> set[ast.AST]:
    """Statements and expressions that some part comes from which is right on every call.

    Only what surely decides about that part: followed back through plain assignments, no further
    than to a loop, a branch, or a line that changes something in place.
    """
    right = _right(source, exam)
    found: set[ast.AST] = set()
    for key, (expression, before) in _parts(source.function.body).items() if right else ():
        if key in right:
            behind = _behind(expression, before)
            found.add(expression)
            found.update(n for n in behind if not _may_be_turned(n, source, exam, right))
    return found


def _may_be_turned(node: ast.AST, source: Source, exam: Exam, right: set[Any]) -> bool:
    """Whether a difference in it may be turned round and the right parts stay right.

    Then they do not tell which way round it is due, as a deviation does not.
    """
    for inner in ast.walk(node):
        if turn := _turning(inner):
            turn()
            try:
                if right <= _right(source, exam):
                    return True
            finally:
                turn()
    return False


def _turning(node: ast.AST) -> Callable[[], None] | None:
    """Turns a difference round, and back the next time."""

    def swap() -> None:
        node.left, node.right = node.right, node.left  # type: ignore[attr-defined]

    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
        return swap
    if isinstance(node, ast.Call) and called(node) == "subtract" and len(node.args) == 2:
        return node.args.reverse
    return None


def _right(source: Source, exam: Exam) -> set[Any]:
    """The keys or positions of the parts that are right on every call."""
    answer = source.compiled()
    right: set[Any] | None = None
    for arguments, want, tolerance in exam.calls:
        got, wanted = exam.expected.compared(run(answer, arguments), arguments), want
        if isinstance(got, (list, tuple)) and isinstance(want, (list, tuple)):
            got, wanted = dict(enumerate(got)), dict(enumerate(want))
        if not isinstance(got, dict) or not isinstance(wanted, dict) or len(got) != len(wanted):
            return set()
        here = {key for key in wanted if key in got and same(got[key], wanted[key], tolerance)}
        right = here if right is None else right & here
    return right or set()


def _parts(body: list[ast.stmt]) -> dict[Any, Part]:
    """What each part of the result is, and the statements before it; empty if that is unclear."""
    *before, last = body
    if not isinstance(last, ast.Return) or last.value is None:
        return {}
    if not isinstance(last.value, ast.Name):
        return {key: (part, before) for key, part in _written(last.value).items()}
    # A dictionary that is filled line by line, and used for nothing else.
    name, found = last.value.id, dict[Any, Part]()
    for i, statement in enumerate(before):
        if isinstance(statement, ast.Assign) and [*map(ast.unparse, statement.targets)] == [name]:
            found = {key: (part, before[:i]) for key, part in _written(statement.value).items()}
        elif isinstance(statement, ast.Assign) and (key := _entry(statement, name)) is not None:
            found[key] = statement.value, before[:i]
        elif name in _touched(statement):
            return {}
    return found


def _written(value: ast.expr) -> dict[Any, ast.expr]:
    """The parts of a tuple or a dictionary that is written out."""
    if isinstance(value, (ast.Tuple, ast.List)):
        return dict(enumerate(value.elts))
    if isinstance(value, ast.Call) and not value.args and called(value) == "dict":
        return {keyword.arg: keyword.value for keyword in value.keywords}
    if isinstance(value, ast.Dict):
        pairs = zip(value.keys, value.values, strict=True)
        return {key.value: part for key, part in pairs if isinstance(key, ast.Constant)}
    return {}


def _entry(statement: ast.Assign, name: str) -> Any:
    """The key of the entry that an assignment makes in the dictionary of that name, or None."""
    target = statement.targets[0]
    if not isinstance(target, ast.Subscript) or not isinstance(target.slice, ast.Constant):
        return None
    alone = len(statement.targets) == 1 and isinstance(target.value, ast.Name)
    return target.slice.value if alone and ast.unparse(target.value) == name else None


def _behind(expression: ast.expr, before: list[ast.stmt]) -> Iterator[ast.AST]:
    """The assignments, of those before it, that an expression comes from."""
    needed = _read(expression)
    for statement in reversed(before):
        pairs = list(_assigned(statement))
        if not pairs:
            needed -= _touched(statement)
            continue
        mine = [(name, value) for name, value in pairs if name in needed]
        yield from (statement,) if len(mine) == len(pairs) else (value for _, value in mine)
        if not isinstance(statement, ast.AugAssign):
            needed -= {name for name, _ in mine}
        needed |= {name for _, value in mine for name in _read(value)}


def _assigned(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """The names that a plain assignment sets, each with its own value; nothing for another one."""
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        yield statement.target.id, statement.value
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return
    (target,), value = statement.targets, statement.value
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        names = [name for name in target.elts if isinstance(name, ast.Name)]
        if len(names) == len(target.elts) == len(value.elts):
            yield from ((n.id, v) for n, v in zip(names, value.elts, strict=True))


def _read(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def _touched(statement: ast.stmt) -> set[str]:
    """The names that a statement may set or change in place: of an assignment, those it is to."""
    parts = statement.targets if isinstance(statement, ast.Assign) else [statement]
    return {n.id for part in parts for n in ast.walk(part) if isinstance(n, ast.Name)}
