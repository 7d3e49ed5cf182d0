"""Every change of one node that a learner's slip may have been, from the slightest on.

An edit puts one new node in place of one of the learner's. Its cost is 1 for a change in place (an
axis, a sign, an operator, a name), 2 for something dropped, turned round or bracketed otherwise,
and 3 for something that was missing. Its kind says what to look at; see `place`.
"""

from __future__ import annotations

import ast
import collections
import copy
import dataclasses
import itertools
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Literal, TypeAlias

from bnlib.exercises.nodes import (
    argument_of,
    called,
    chooses,
    counts_entries,
    is_axis,
    is_bound,
    is_count,
    is_digits,
    is_factor,
    is_limit,
    is_plain_function,
    is_set,
    is_size,
    limited,
    sets_a_number,
    with_argument,
)
from bnlib.exercises.source import Source, Spot
from bnlib.exercises.stubs import is_constant

Kind: TypeAlias = Literal[
    "axis", "axes", "number", "name", "sign", "function", "operator", "comparison", "extra",
    "order", "brackets", "transpose", "index", "power", "missing", "indent", "overwritten",
    "factor", "limit", "reset", "set", "argument", "surplus",
]  # fmt: skip
"""What to look at; the question of each is in `place`."""

Change: TypeAlias = tuple[int, Kind, ast.AST | list[Any]]
"""Cost, kind, and what comes in place of the node."""

_SWAPS = {
    "mean": ("sum", "median"), "sum": ("mean", "prod"), "var": ("std",), "std": ("var",),
    "max": ("min", "maximum", "mean", "sum"), "min": ("max", "minimum"), "median": ("mean",),
    "amax": ("amin",), "amin": ("amax",), "argmax": ("argmin",), "argmin": ("argmax",),
    "exp": ("log",), "log": ("exp",), "log2": ("log",), "log10": ("log",), "log1p": ("log",),
    "expm1": ("exp",),
    "maximum": ("minimum",), "minimum": ("maximum",), "zeros": ("ones",), "ones": ("zeros",),
    "zeros_like": ("ones_like",), "ones_like": ("zeros_like",), "sqrt": ("square",),
    "square": ("sqrt", "abs"), "abs": ("square",), "prod": ("sum",), "multiply": ("divide",),
    "cumsum": ("sum",), "outer": ("multiply",), "divide": ("multiply",),
    "add": ("subtract",), "subtract": ("add",), "eigvals": ("eigvalsh",), "floor": ("ceil",),
}  # fmt: skip
_REDUCERS = {"sum", "mean", "var", "std", "max", "min", "amax", "amin", "prod", "median", "norm"}
_OPERATORS: dict[type, tuple[type, ...]] = {
    ast.Add: (ast.Sub, ast.Mult, ast.Div), ast.Sub: (ast.Add, ast.Mult, ast.Div),
    ast.Mult: (ast.Div, ast.Add, ast.Sub, ast.MatMult), ast.Div: (ast.Mult, ast.Sub, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,), ast.MatMult: (ast.Mult,), ast.Pow: (ast.Mult,),
    ast.Mod: (ast.Div, ast.FloorDiv),
}  # fmt: skip
_COMPARISONS: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.Gt), ast.LtE: (ast.Lt, ast.GtE), ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE), ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,),
}  # fmt: skip
_MORE: dict[str, Kind] = {
    "sqrt": "power", "square": "power", "reciprocal": "power", "negative": "sign",
    "transpose": "transpose",
}  # fmt: skip
"""The kind of a function put around something, where nothing was forgotten."""
_TINY = 1e-4
"""A number below it only keeps something from 0: no other number is due in its place."""
_LOOSE = (ast.Name, ast.Attribute, ast.Call, ast.BinOp, ast.Subscript, ast.UnaryOp)


@dataclasses.dataclass(frozen=True, eq=False)
class Edit:
    """One node changed."""

    cost: int
    kind: Kind
    spot: Spot
    new: Any

    def made(self) -> Any:
        """What comes there, with the node's place in the text."""
        return _at(self.spot.node, self.new)

    @property
    def told(self) -> ast.AST:
        """The node that a place tells: of a loop, the line that belongs outside it."""
        node, line = self.spot.node, {"indent": -1, "reset": 0}.get(self.kind)
        return node if line is None or not isinstance(node, ast.For) else node.body[line]


def edits(
    source: Source,
    bounded: bool = False,
    numbers: frozenset[str] = frozenset(),
    right: Container[ast.AST] = (),
) -> Iterator[Iterable[Edit]]:
    """The edits of a source, those of one cost together, the slightest first.

    Most of them cost 3, and few answers need those: each is made when it is asked for.

    Args:
        source: the answer.
        bounded: only those that cannot make it run longer or larger, for a place without limits.
        numbers: the arguments that are numbers, in whose place another may have been written.
        right: what is left as it is, with all below it.
    """
    slight = list(_Finder(source, bounded, numbers, right).within(source.function))
    yield [edit for edit in slight if edit.cost == 1]
    yield [edit for edit in slight if edit.cost == 2]
    yield _Finder(source, bounded, numbers, right, missing=True).within(source.function)


def _at(node: ast.AST, new: Any) -> Any:
    """`new` with the place of `node`, as deep as it has none."""
    if isinstance(new, ast.AST) and not hasattr(new, "lineno"):
        if "lineno" in new._attributes:
            ast.copy_location(new, node)
        for child in ast.iter_child_nodes(new):
            _at(node, child)
    return new


def _call(name: str, *arguments: ast.expr, **keywords: Any) -> ast.Call:
    made = [ast.keyword(key, ast.Constant(value)) for key, value in keywords.items()]
    return ast.Call(ast.Attribute(_name("_np"), name, ast.Load()), list(arguments), made)


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


class _Finder:
    """Finds what may be there for something else, or what may be missing."""

    def __init__(
        self,
        source: Source,
        bounded: bool,
        numbers: frozenset[str],
        right: Container[ast.AST],
        missing: bool = False,
    ) -> None:
        self.source, self.bounded, self.numbers, self.right = source, bounded, numbers, right
        self.missing = missing

    def within(self, parent: ast.AST, axis: bool = False, guard: bool = False) -> Iterator[Edit]:
        """The edits of everything below a node."""
        for field, value in ast.iter_fields(parent):
            if isinstance(parent, ast.FunctionDef) and field != "body":
                continue
            axis_here = axis or (isinstance(parent, ast.keyword) and parent.arg == "axis")
            nodes = enumerate(value) if isinstance(value, list) else ((None, value),)
            for index, node in nodes:
                if not isinstance(node, ast.AST) or isinstance(node, ast.expr_context):
                    continue
                if node in self.right or is_size(parent, field) or is_digits(node, parent):
                    continue
                if self.bounded and is_count(parent):
                    continue
                in_test = field == "test" and isinstance(parent, (ast.If, ast.While))
                in_test = in_test or (index == 0 and field == "args" and chooses(parent))
                guards = guard or field == "test" or is_bound(node, parent)
                for cost, kind, new in self._changes(node, parent, field, index, axis_here):
                    if not in_test or kind == "comparison":
                        # To turn a guard is no slighter than to leave out what it guards.
                        cost = max(cost, 2) if guards else cost
                        yield Edit(cost, kind, Spot(node, parent, field, index), new)
                if not in_test or isinstance(node, (ast.BoolOp, ast.UnaryOp)):
                    yield from self.within(node, axis_here, guards)

    def _changes(
        self, node: ast.AST, parent: ast.AST, field: str, index: int | None, axis: bool
    ) -> Iterator[Change]:
        if isinstance(node, ast.stmt) and not self.missing:
            yield from _statement(node, parent, self.source.parameters)
        if not isinstance(node, ast.expr) or isinstance(getattr(node, "ctx", None), ast.Store):
            return
        if isinstance(parent, ast.Call) and field == "func":
            yield from () if self.missing else _other_function(node, len(parent.args))
            return
        if isinstance(parent, ast.Attribute) and isinstance(node, ast.Name) and node.id == "np":
            return
        if self.missing:
            may_lack = isinstance(node, _LOOSE) and not axis and not isinstance(parent, ast.Expr)
            # Two sides that are never equal any more would only put an end to a comparison.
            if may_lack and node not in self._compared:
                yield from self._more(node)
            return
        if isinstance(parent, ast.stmt):
            yield from _everywhere(node)
        rule = getattr(self, f"_of_{type(node).__name__}", None)
        if rule and not self._sets_what_is_read_often(node, parent):
            for cost, kind, new in rule(node, axis):
                if not _cancels(new, parent, node):
                    factor = kind in ("number", "argument") and is_factor(node, parent)
                    yield cost, "factor" if factor else kind, new

    def _of_Constant(self, node: ast.Constant, axis: bool) -> Iterator[Change]:
        value = node.value
        if isinstance(value, bool):
            yield 1, "axes", ast.Constant(not value)
        elif axis:
            for another in {0, 1, None} - {value}:
                yield 1, "axis", ast.Constant(another)
        elif isinstance(value, (int, float)):
            near = [value - 1, value + 1, 2 * value, value / 2, 0, 1, 2, 0.5]
            if value:
                near.append(1 / value)
            if 0 < value < _TINY:
                near = [0]
            for other in dict.fromkeys(near):
                if other != value:
                    # A fraction that makes way for 0 was a term too many.
                    yield (
                        1,
                        "surplus" if other == 0 and value % 1 else "number",
                        ast.Constant(other),
                    )
            # Not before a difference is turned round, which does the same elsewhere.
            yield 2, "sign", ast.Constant(-value)
            for name in self.numbers:
                yield 1, "argument", _name(name)

    def _of_Name(self, node: ast.Name, axis: bool) -> Iterator[Change]:
        if node.id in self.source.names or self.source.is_data(node.id):
            for name in self.source.names:
                if name != node.id:
                    yield 1, "name", _name(name)

    def _of_UnaryOp(self, node: ast.UnaryOp, axis: bool) -> Iterator[Change]:
        yield 1, "extra" if isinstance(node.op, ast.Not) else "sign", node.operand
        if axis:
            for other in (0, 1):
                yield 1, "axis", ast.Constant(other)

    def _of_Compare(self, node: ast.Compare, axis: bool) -> Iterator[Change]:
        for other in _COMPARISONS.get(type(node.ops[0]), ()):
            yield 1, "comparison", ast.Compare(node.left, [other()], node.comparators)

    def _of_IfExp(self, node: ast.IfExp, axis: bool) -> Iterator[Change]:
        yield 2, "order", ast.IfExp(node.test, node.orelse, node.body)
        yield 2, "extra", node.body
        yield 2, "extra", node.orelse

    def _of_BinOp(self, node: ast.BinOp, axis: bool) -> Iterator[Change]:
        left, right = node.left, node.right
        for other in _OPERATORS.get(type(node.op), ()):
            yield 1, "operator", ast.BinOp(left, other(), right)
        yield 2, "extra", left
        yield 2, "extra", right
        if isinstance(node.op, (ast.Sub, ast.Div, ast.MatMult, ast.Pow, ast.FloorDiv)):
            yield 2, "order", ast.BinOp(right, node.op, left)
        yield from ((2, "brackets", new) for new in _regrouped(node))

    def _of_Call(self, node: ast.Call, axis: bool) -> Iterator[Change]:
        name, given = called(node), {k.arg for k in node.keywords}
        positional = node.args[1:] if is_plain_function(node) else node.args
        if positional and name in _REDUCERS | {"argmax", "argmin"} and is_axis(positional[0]):
            for other in {0, 1, None} - {getattr(positional[0], "value", -1)}:
                args = [a if a is not positional[0] else ast.Constant(other) for a in node.args]
                yield 1, "axis", ast.Call(node.func, args, node.keywords)
            given = given | {"axis"}
        for k in range(len(node.keywords)):
            rest = [*node.keywords[:k], *node.keywords[k + 1 :]]
            yield 2, _kind_of(node.keywords[k].arg), ast.Call(node.func, node.args, rest)
        yield from _more_keywords(node, name, given)
        if len(node.args) == 2:
            yield 2, "order", ast.Call(node.func, node.args[::-1], node.keywords)
        if chooses(node):
            yield from ((2, "extra", value) for value in node.args[1:])
        elif is_limit(node):
            yield from ((2, "limit", value) for value in limited(node))
            if called(node) == "clip":
                yield 2, "limit", _call("maximum", node.args[0], node.args[1])
                yield 2, "limit", _call("minimum", node.args[0], node.args[2])
        elif node.args and is_plain_function(node):
            yield 2, "extra", node.args[0]
            yield 2, "function", _call("maximum", node.args[0], ast.Constant(0))
        if isinstance(node.func, ast.Attribute) and not is_plain_function(node):
            yield 2, "limit" if name == "clip" else "extra", node.func.value
        yield from ((2, "brackets", new) for new in _outside(node))

    def _of_Attribute(self, node: ast.Attribute, axis: bool) -> Iterator[Change]:
        if node.attr == "T":
            yield 2, "transpose", node.value

    def _of_Subscript(self, node: ast.Subscript, axis: bool) -> Iterator[Change]:
        yield 2, "index", node.value
        if isinstance(node.slice, ast.Tuple):
            for turned in itertools.permutations(node.slice.elts):
                if list(turned) != node.slice.elts:
                    new = ast.Tuple(list(turned), ast.Load())
                    yield 2, "index", ast.Subscript(node.value, new, node.ctx)

    def _of_Slice(self, node: ast.Slice, axis: bool) -> Iterator[Change]:
        if node.lower:
            yield 2, "index", ast.Slice(None, node.upper, node.step)
        if node.upper:
            yield 2, "index", ast.Slice(node.lower, None, node.step)

    def _of_Tuple(self, node: ast.Tuple, axis: bool) -> Iterator[Change]:
        if len(node.elts) == 2:
            yield 2, "order", ast.Tuple(node.elts[::-1], node.ctx)

    def _sets_what_is_read_often(self, node: ast.expr, parent: ast.AST) -> bool:
        """Whether `node` sets several names, and one of them is read in more than one place.

        Turned round, it would mend whatever is wrong with one use of them, far from that use.
        """
        if not (isinstance(node, ast.Tuple) and isinstance(parent, ast.Assign)):
            return False
        names = {n.id for n in ast.walk(parent.targets[0]) if isinstance(n, ast.Name)}
        nodes = (n for n in self.source.nodes if isinstance(n, ast.Name))
        read = collections.Counter(n.id for n in nodes if isinstance(n.ctx, ast.Load))
        return any(read[name] > 1 for name in names)

    def _more(self, node: ast.expr) -> Iterator[Change]:
        """Something put around a node, or beside it; a `range` says only how often."""
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "range":
            return
        for name in ("sqrt", "square", "reciprocal", "negative", "abs", "exp", "log", "transpose"):
            yield 3, _MORE.get(name, "missing"), _call(name, node)
        yield 3, "missing", _call("maximum", node, ast.Constant(0))
        for name, axis in itertools.product(("sum", "mean"), (0, 1)):
            yield 3, "missing", _call(name, node, axis=axis, keepdims=True)
        operator: type[ast.operator]
        for operator in (ast.Add, ast.Sub):
            yield 3, "missing", ast.BinOp(node, operator(), ast.Constant(1))
        if not counts_entries(node):
            yield 3, "missing", ast.BinOp(ast.Constant(1), ast.Sub(), node)
        undone = self._multiplied_by.get(node, ())
        for factor in (ast.Constant(2), *map(_name, self.source.names), *self._counts()):
            for operator in (ast.Mult, ast.Div):
                kind: Kind = "brackets" if getattr(factor, "id", "") in undone else "missing"
                yield 3, kind, ast.BinOp(node, operator(), factor)
        for name in self.source.names:
            for operator in (ast.Add, ast.Sub):
                yield 3, "missing", ast.BinOp(node, operator(), _name(name))

    @cached_property
    def _compared(self) -> set[ast.AST]:
        compared = (n for n in self.source.nodes if isinstance(n, ast.Compare))
        return {inner for n in compared for inner in ast.walk(n) if inner is not n}

    @cached_property
    def _multiplied_by(self) -> dict[ast.AST, set[str]]:
        """The names that multiply a bracket with a node in it: a division undoes one of them."""
        found = collections.defaultdict[ast.AST, set[str]](set)
        for node in self.source.nodes:
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
                for one, other in itertools.permutations((node.left, node.right)):
                    if isinstance(one, ast.Name):
                        for inner in ast.walk(other):
                            found[inner].add(one.id)
        return found

    def _counts(self) -> Iterator[ast.expr]:
        if self.source.parameters:
            first = self.source.parameters[0]
            for axis in (1, 0):
                shape = ast.Attribute(_name(first), "shape", ast.Load())
                yield ast.Subscript(shape, ast.Constant(axis), ast.Load())


def _everywhere(node: ast.expr) -> Iterator[Change]:
    """One change at every sum, mean or variance of a statement: another axis, the axes kept."""
    calls = [n for n in ast.walk(node) if isinstance(n, ast.Call) and called(n) in _REDUCERS]
    if len(calls) < 2:
        return
    for axis in (0, 1):
        yield 1, "axis", _Keywords(axis=axis).visit(copy.deepcopy(node))
        yield 2, "axis", _Keywords(axis=axis, keepdims=True).visit(copy.deepcopy(node))
    yield 2, "axes", _Keywords(keepdims=True).visit(copy.deepcopy(node))


class _Keywords(ast.NodeTransformer):
    """Gives every sum, mean and variance these keywords."""

    def __init__(self, **keywords: Any) -> None:
        self.keywords = keywords

    def visit_Call(self, node: ast.Call) -> Any:
        self.generic_visit(node)
        if called(node) in _REDUCERS:
            positional = node.args[1:] if is_plain_function(node) else node.args
            args = [a for a in node.args if a not in positional or not is_axis(a)]
            kept = [k for k in node.keywords if k.arg not in self.keywords]
            made = [ast.keyword(k, ast.Constant(v)) for k, v in self.keywords.items()]
            node.args, node.keywords = args if "axis" in self.keywords else node.args, kept + made
        return ast.fix_missing_locations(node)


def _cancels(new: Any, parent: ast.AST, old: ast.AST) -> bool:
    """Whether a name in place of another makes `x - x` or `x / x`: that mends nothing."""
    if not (isinstance(parent, ast.BinOp) and isinstance(parent.op, (ast.Sub, ast.Div))):
        return False
    other = parent.right if parent.left is old else parent.left
    return isinstance(new, ast.Name) and isinstance(other, ast.Name) and new.id == other.id


def _kind_of(keyword: str | None) -> Kind:
    kinds: dict[str, Kind] = {"axis": "axis", "keepdims": "axes", "ddof": "number"}
    return kinds.get(keyword or "", "extra")


def _more_keywords(node: ast.Call, name: str, given: set[str | None]) -> Iterator[Change]:
    def adding(**more: Any) -> ast.Call:
        made = [ast.keyword(key, ast.Constant(value)) for key, value in more.items()]
        return ast.Call(node.func, node.args, [*node.keywords, *made])

    if name in _REDUCERS:
        if "keepdims" not in given:
            yield 2, "axes", adding(keepdims=True)
        if "axis" not in given:
            for axis in (1, 0):
                yield 2, "axis", adding(axis=axis)
                if "keepdims" not in given:
                    yield 2, "axis", adding(axis=axis, keepdims=True)
    if name in {"var", "std"} and "ddof" not in given:
        yield 2, "number", adding(ddof=1)


def _other_function(node: ast.expr, arguments: int) -> Iterator[Change]:
    if isinstance(node, ast.Attribute):
        for other in _SWAPS.get(node.attr, ()):
            yield 1, "function", ast.Attribute(node.value, other, node.ctx)
    elif isinstance(node, ast.Name):
        swaps = {"max": ("min",), "min": ("max",), "sum": ("max",)}
        # The larger of two numbers is a guard: what is guarded may be wrong, not the guard.
        for other in swaps.get(node.id, ()) if arguments == 1 else ():
            yield 1, "function", _name(other)
        if node.id in ("max", "min"):
            yield 1, "function", ast.Attribute(_name("_np"), f"{node.id}imum", ast.Load())


def _regrouped(node: ast.BinOp) -> Iterator[ast.expr]:
    left, right = node.left, node.right
    if isinstance(left, ast.BinOp):
        yield ast.BinOp(left.left, left.op, ast.BinOp(left.right, node.op, right))
        if isinstance(left.op, ast.Pow):
            yield ast.BinOp(ast.BinOp(left.left, node.op, right), ast.Pow(), left.right)
    if isinstance(right, ast.BinOp):
        yield ast.BinOp(ast.BinOp(left, node.op, right.left), right.op, right.right)
    if isinstance(left, ast.UnaryOp):
        yield ast.UnaryOp(left.op, ast.BinOp(left.operand, node.op, right))
    for side, other in ((left, right), (right, left)):
        if isinstance(side, ast.Call):
            inner = argument_of(side)
            if inner is not None:
                both = (inner, other) if side is left else (other, inner)
                yield with_argument(side, ast.BinOp(both[0], node.op, both[1]))


def _outside(node: ast.Call) -> Iterator[ast.expr]:
    """`f(a + b)` as `f(a) + b` and as `a + f(b)`."""
    inner = argument_of(node)
    if isinstance(inner, ast.BinOp):
        yield ast.BinOp(with_argument(node, inner.left), inner.op, inner.right)
        yield ast.BinOp(inner.left, inner.op, with_argument(node, inner.right))


def _statement(node: ast.stmt, parent: ast.AST, parameters: Sequence[str]) -> Iterator[Change]:
    """A statement with another operator, or left out."""
    if isinstance(node, ast.AugAssign):
        for other in _OPERATORS.get(type(node.op), ()):
            yield 1, "operator", ast.AugAssign(node.target, other(), node.value)
        if isinstance(node.op, ast.Add):
            yield 1, "operator", ast.Assign([node.target], node.value)
    elif isinstance(node, ast.For) and (first := _set_back(node)):
        inside = ast.For(node.target, node.iter, node.body[len(first) :], node.orelse)
        yield 2, "reset", ast.If(ast.Constant(True), [*first, inside], [])
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], (ast.Subscript, ast.Name)):
        target = node.targets[0]
        old = ast.unparse(target) in map(ast.unparse, ast.walk(node.value))
        kind: Kind = "operator" if old or not isinstance(parent, ast.For) else "overwritten"
        yield 1, kind, ast.AugAssign(target, ast.Add(), node.value)
    if isinstance(node, ast.Assign) and sets_a_number(node, parameters):
        yield 1, "set", ast.Pass()
    elif not isinstance(node, ast.Return) and not is_constant(node):
        yield 2, "extra", ast.Pass()
    if isinstance(node, ast.For) and isinstance(node.body[-1], ast.Return):
        yield 2, "indent", _dedented(node)


def _set_back(loop: ast.For) -> list[ast.stmt]:
    """The lines at the beginning of a loop that do the same in every round."""
    changing = {n.id for n in ast.walk(loop) if isinstance(n, ast.Name) and is_set(n)}
    first = itertools.takewhile(
        lambda line: (
            isinstance(line, ast.Assign)
            and not any(isinstance(n, ast.Name) and n.id in changing for n in ast.walk(line.value))
        ),
        loop.body[:-1],
    )
    return list(first)


def _dedented(loop: ast.For) -> ast.stmt:
    body = loop.body[:-1] or [ast.Pass()]
    again = ast.For(loop.target, loop.iter, body, loop.orelse)
    return ast.If(ast.Constant(True), [again, loop.body[-1]], [])
