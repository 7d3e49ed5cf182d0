"""One value from the right answer, in place of one of the learner's, that makes the rest right.

Where no single edit repairs an answer, a whole expression may be wrong and all that is done with it
right. The values are those that the reference computes on its way.
"""

from __future__ import annotations

import ast
import dataclasses
from collections import Counter
from collections.abc import Container, Iterator
from typing import Any

import numpy as np

from bnlib.exercises.compare import same
from bnlib.exercises.exam import Exam, run
from bnlib.exercises.nodes import called
from bnlib.exercises.source import Source, Spot, source_of

MOST_VALUES = 60
_CANNOT_STAND_ALONE = (ast.Slice, ast.Starred, ast.Constant, ast.Lambda, ast.JoinedStr)
_NO_VALUES = {"test", "slice", "targets", "target", "optional_vars", "iter", "keywords", "ifs"}
"""Fields of nodes that hold conditions, places and what is assigned to."""

Values = list[Any]
"""What an expression gives on every call; None where it is no number or array, or several."""


@dataclasses.dataclass(frozen=True, eq=False)
class Substitution:
    """The node, its value where the answer is first wrong, and the one needed."""

    node: ast.AST
    got: Any
    needed: Any


def substitutions(source: Source, exam: Exam, right: Container[ast.AST] = ()) -> list[Substitution]:
    """The innermost expressions that may be replaced so that the answer passes, but for `right`.

    Raises:
        exam.OutOfTime: not all of them could be tried.
    """
    reference = source_of(exam.expected.exercise.reference)
    if reference is None:
        return []
    needed = _distinct([v for _, v in _traced(reference, exam)][:MOST_VALUES], exam)
    found: list[Substitution] = []
    for spot, own in _traced(source, exam, right):
        for values in needed:
            exam.check_time()
            if not _differ(own[0], values[0], exam) or _is_all(source, spot, values, exam):
                continue
            if _adds_up_to_the_same(own, values):
                continue
            if _passes(source, spot, values, exam):
                found.append(Substitution(spot.node, own[0], values[0]))
                break
    return [one for one in found if not any(_holds(one, other) for other in found)]


def _holds(outer: Substitution, inner: Substitution) -> bool:
    return outer is not inner and any(node is inner.node for node in ast.walk(outer.node))


def _spots(source: Source, right: Container[ast.AST]) -> Iterator[Spot]:
    """Expressions whose value may be wrong: no sizes, no conditions, no names of variables."""
    read = Counter(n.id for n in source.nodes if isinstance(n, ast.Name) and _is_read(n))
    stack: list[ast.AST] = [node for node in source.function.body if node not in right]
    while stack:
        parent = stack.pop()
        if _has_a_default_of_its_own(parent, source):
            continue
        for field, value in ast.iter_fields(parent):
            if _is_no_value(parent, field):
                continue
            for index, node in enumerate(value) if isinstance(value, list) else ((None, value),):
                if not isinstance(node, ast.AST) or isinstance(node, ast.expr_context):
                    continue
                if node in right:
                    continue
                stack.append(node)
                if isinstance(node, ast.expr) and not isinstance(node, _CANNOT_STAND_ALONE):
                    spot = Spot(node, parent, field, index)
                    if _may_be_replaced(spot, source, read):
                        yield spot


def _has_a_default_of_its_own(node: ast.AST, source: Source) -> bool:
    """Whether it is an inner function with a default for eps, say: its call may be the slip."""
    if not isinstance(node, ast.FunctionDef) or not node.args.defaults:
        return False
    return any(arg.arg in source.parameters for arg in node.args.args[-len(node.args.defaults) :])


def _is_read(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Load)


def _is_no_value(parent: ast.AST, field: str) -> bool:
    if isinstance(parent, ast.Call) and called(parent) in {"zeros", "ones", "range", "reshape"}:
        return True
    if field == "func":  # what a method is called on has a value; the method itself is no number
        return not isinstance(getattr(parent, "func", None), ast.Attribute)
    return field in _NO_VALUES


def _may_be_replaced(spot: Spot, source: Source, read: Counter[str]) -> bool:
    node, parent = spot.node, spot.parent
    if isinstance(node, ast.Name):
        return node.id in source.parameters
    if isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Name):
        return read[parent.targets[0].id] <= 1
    return not isinstance(node, (ast.Tuple, ast.List, ast.Dict))


def _traced(
    source: Source, exam: Exam, right: Container[ast.AST] = ()
) -> list[tuple[Spot, Values]]:
    """Every expression that is worked out once a call, with its values on all calls."""
    spots = list(_spots(source, right))
    seen: list[dict[int, Any]] = []

    def keep(which: int, value: Any) -> Any:
        # A second value of one expression, in a loop, stands for nothing.
        number = isinstance(value, (np.ndarray, np.floating, float))
        seen[-1][which] = np.array(value) if which not in seen[-1] and number else None
        return value

    for which, spot in enumerate(spots):
        spot.put(_named(spot.node, "_keep", [ast.Constant(which), spot.node]))
    try:
        traced = source.compiled({"_keep": keep})
    finally:
        for spot in spots:
            spot.put(spot.node)
    for arguments, _, _ in exam.calls:
        exam.check_time()
        seen.append({})
        run(traced, arguments)
    columns = ((spot, [one.get(i) for one in seen]) for i, spot in enumerate(spots))
    return [(spot, values) for spot, values in columns if all(v is not None for v in values)]


def _named(at: ast.AST, name: str, arguments: list[Any]) -> ast.Call:
    call = ast.Call(ast.Name(name, ast.Load()), arguments, [])
    for node in (call, call.func, *arguments):
        if not hasattr(node, "lineno"):
            ast.copy_location(node, at)
    return call


def _distinct(columns: list[Values], exam: Exam) -> list[Values]:
    kept: list[Values] = []
    for values in columns:
        if all(any(_differ(a, b, exam) for a, b in zip(values, k, strict=True)) for k in kept):
            kept.append(values)
    return kept


def _differ(one: Any, other: Any, exam: Exam) -> bool:
    return not same(np.asarray(one), np.asarray(other), exam.calls[0][2])


def _is_all(source: Source, spot: Spot, values: Values, exam: Exam) -> bool:
    """Whether it is the whole result that would be replaced by the right one."""
    whole = isinstance(spot.parent, ast.Return)
    if isinstance(spot.parent, ast.Assign):
        last = source.function.body[-1]
        target = spot.parent.targets[0]
        whole = (
            isinstance(last, ast.Return)
            and isinstance(last.value, ast.Name)
            and isinstance(target, ast.Name)
            and last.value.id == target.id
        )
    right = exam.calls[0][1]
    return whole or (
        isinstance(right, (np.ndarray, float)) and not _differ(values[0], np.asarray(right), exam)
    )


def _adds_up_to_the_same(own: Values, values: Values) -> bool:
    """Whether less stands in for what is only then summed or picked from: right, and no help."""
    return any(np.size(o) > np.size(v) for o, v in zip(own, values, strict=True))


def _passes(source: Source, spot: Spot, values: Values, exam: Exam) -> bool:
    given = iter(())

    def value() -> Any:
        return next(given)

    spot.put(_named(spot.node, "_given", []))
    try:
        changed = source.compiled({"_given": value})
    finally:
        spot.put(spot.node)
    for call, now in enumerate(values):
        given = iter((now.copy(),))
        if not exam.right(changed, call):
            return False
    return True
