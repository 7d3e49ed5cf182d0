"""Every mutant of a function that differs from it by one edit of its syntax tree.

An edit is what a tired hand does: another operator, axis, constant, name or function, something
dropped, or something put around an expression (a sign, a root, a sum, a clip, a cast).
"""

from __future__ import annotations

import ast
import copy
import inspect
import textwrap
from collections.abc import Callable, Iterator

_AROUND = """
-e; abs(e); np.maximum(e, 0); np.minimum(e, 0); np.clip(e, -50, 50); np.clip(e, 0.1, None);
np.clip(e, None, 100); np.round(e, 4); np.round(e, 2); np.asarray(e, np.float32);
np.asarray(e, int); int(e); np.transpose(e); np.sqrt(e); e**2; e**3; 1 / e; 1 - e; e + 1; e - 1;
2 * e; e / 2; e + 1e-3; e + 1e-7; e * (1 + 1e-6); np.sum(e); np.mean(e); np.max(e); np.min(e);
np.exp(e); np.log(e); np.sign(e); np.tanh(e); np.sort(e); np.ravel(e); e[:1]; e[1:];
e[:2]; e[:3]; e[:-1]; e[::-1]; e[0]; e[-1]; e * e.shape[-1]; e / e.shape[-1]; e / e.shape[0];
e - np.mean(e); e / np.sum(e); np.zeros_like(e); np.ones_like(e); np.nan_to_num(e);
0; 1; 2; -1; 0.5; None; 1e-5; 0.1; 0.9
"""
_PEERS = (
    "mean sum max min var std median prod cumsum argmax argmin any all",
    "sqrt square exp log abs sign tanh log1p expm1 cbrt log2 log10 reciprocal negative",
    "maximum minimum add subtract multiply divide power fmax hypot",
    "zeros_like ones_like empty_like",
    "zeros ones empty",
    "nanmax nanmin nanmean nansum",
    "permutation shuffle",
    "eigvalsh eigvals svd",
    "outer dot multiply inner",
    "append extend",
    "floor ceil round",
    "vstack hstack concatenate",
)
_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.FloorDiv, ast.Mod, ast.MatMult)
_COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)


class _Wrapper:
    """Something to put around an expression: a tree with a hole."""

    def __init__(self, source: str) -> None:
        self.tree = ast.parse(source.strip(), mode="eval").body
        self._holes = [p for p in _everything(self.tree) if getattr(p[-1], "id", None) == "e"]

    def around(self, node: ast.AST) -> ast.AST:
        """The one tree, with `node` in its hole."""
        for parent, field, index, _ in self._holes:
            _put(parent, field, index, node)
        return self.tree


class Mutable:
    """An answer whose source is at hand."""

    def __init__(self, answer: Callable) -> None:
        source = textwrap.dedent(inspect.getsource(answer))
        self.module = ast.parse(source)
        self.function = self.module.body[0]
        if not isinstance(self.function, ast.FunctionDef) or answer.__code__.co_freevars:
            raise ValueError(f"{answer.__name__} is no plain function")
        self.function.decorator_list = []
        self.before = self.source()
        self._scope = dict(answer.__globals__)
        self._name = self.function.name
        self._names = sorted(
            {a.arg for a in self.function.args.args}
            | {n.id for n in ast.walk(self.function) if _stored(n)}
        )

    def source(self) -> str:
        """The tree as it now is."""
        return ast.unparse(self.module)

    def mutants(self) -> Iterator[Callable[[], Callable]]:
        """Makers of mutants, one an edit; the tree stands edited until the next is asked for."""
        for parent, field, index, node in list(_places(self.function)):
            for new in self._instead(node, parent, field):
                _put(parent, field, index, new)
                yield self._compiled
            _put(parent, field, index, node)

    def _compiled(self) -> Callable:
        scope = dict(self._scope)
        exec(compile(self.module, "<mutant>", "exec"), scope)
        return scope[self._name]

    def _instead(self, node: ast.AST, parent: ast.AST, field: str) -> Iterator[ast.AST]:
        if isinstance(node, ast.stmt):
            yield from _statements(node)
        elif not isinstance(node, (ast.Slice, ast.Starred)):
            yield from _expressions(node)
            if not (isinstance(parent, ast.Call) and field == "func"):
                yield from (wrapper.around(node) for wrapper in _WRAPPERS)
                yield from (_new(ast.Name, n, ast.Load()) for n in self._names)
        elif isinstance(node, ast.Slice):
            yield from _dropped(node, ("lower", "upper", "step"))


def _stored(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _places(tree: ast.FunctionDef) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Where something can be replaced: statements, and expressions that are read."""
    first = 1 if ast.get_docstring(tree) else 0
    waiting = [(tree, "body", i, tree.body[i]) for i in range(first, len(tree.body))]
    while waiting:
        place = waiting.pop()
        node = place[-1]
        read = isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
        if isinstance(node, (ast.stmt, ast.expr)) and read:
            yield place
        if isinstance(node, (ast.JoinedStr, ast.Raise)):
            continue
        for field, value in ast.iter_fields(node):
            if isinstance(value, list):
                waiting += [(node, field, i, v) for i, v in enumerate(value) if _inner(v)]
            elif _inner(value):
                waiting.append((node, field, None, value))


def _inner(value: object) -> bool:
    kinds = (ast.stmt, ast.expr, ast.keyword, ast.comprehension)
    return isinstance(value, kinds)


def _put(parent: ast.AST, field: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[index] = node


def _everything(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """All places in a tree, outermost first."""
    for field, value in ast.iter_fields(tree):
        for i, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST):
                yield tree, field, i, node
                yield from _everything(node)


_WRAPPERS = [_Wrapper(source) for source in " ".join(_AROUND.split()).split(";")]


def _new(kind: type, *fields: object) -> ast.AST:
    """A node that may be compiled."""
    return kind(*fields, lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)


def _with(node: ast.AST, **changes: object) -> ast.AST:
    new = copy.copy(node)
    vars(new).update(changes)
    return new


def _dropped(node: ast.AST, fields: tuple[str, ...]) -> Iterator[ast.AST]:
    for field in fields:
        if getattr(node, field) is not None:
            yield _with(node, **{field: None})


def _without_each(items: list) -> Iterator[list]:
    return (items[:i] + items[i + 1 :] for i in range(len(items)))


def _statements(node: ast.stmt) -> Iterator[ast.AST]:
    yield _new(ast.Pass)
    if isinstance(node, ast.AugAssign):
        others = [op for op in _OPERATORS[:4] if not isinstance(node.op, op)]
        yield from (_with(node, op=op()) for op in others)
        target = _with(node.target, ctx=ast.Load())
        yield _new(ast.Assign, [node.target], node.value)
        yield _new(ast.Assign, [node.target], _new(ast.BinOp, target, node.op, node.value))
    if isinstance(node, (ast.If, ast.While, ast.For)):
        yield _new(ast.If, _new(ast.Constant, True), node.body, [])
        if node.orelse:
            yield _new(ast.If, _new(ast.Constant, True), node.orelse, [])
    if isinstance(node, ast.For):
        yield _with(node, body=[*node.body, _new(ast.Break)])


def _expressions(node: ast.expr) -> Iterator[ast.AST]:
    match node:
        case ast.BinOp():
            others = [op for op in _OPERATORS if not isinstance(node.op, op)]
            yield from (_with(node, op=op()) for op in others)
            yield from (node.left, node.right, _with(node, left=node.right, right=node.left))
        case ast.Compare(ops=[operator]):
            others = [op for op in _COMPARISONS if not isinstance(operator, op)]
            yield from (_with(node, ops=[op()]) for op in others)
        case ast.BoolOp():
            yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
            yield from node.values
        case ast.UnaryOp():
            yield node.operand
        case ast.IfExp():
            yield from (node.body, node.orelse)
        case ast.Constant():
            yield from _constants(node.value)
        case ast.Call():
            yield from (_with(node, keywords=k) for k in _without_each(node.keywords))
            yield from (_with(node, args=a) for a in _without_each(node.args))
            yield from node.args
            if len(node.args) > 1:
                yield _with(node, args=[node.args[1], node.args[0], *node.args[2:]])
            if isinstance(node.func, ast.Attribute):
                yield node.func.value
                for axis in (0, 1, None, -1):
                    keyword = _new(ast.keyword, "axis", _new(ast.Constant, axis))
                    rest = [k for k in node.keywords if k.arg != "axis"]
                    yield _with(node, keywords=[*rest, keyword])
                ddof = _new(ast.keyword, "ddof", _new(ast.Constant, 1))
                yield _with(node, keywords=[*node.keywords, ddof])
        case ast.Attribute():
            for peers in map(str.split, _PEERS):
                if node.attr in peers:
                    yield from (_with(node, attr=peer) for peer in peers if peer != node.attr)
            if node.attr != "shape":
                yield node.value
        case ast.Name(id="max" | "min" | "sum"):
            yield from (_with(node, id=n) for n in ("max", "min", "sum") if n != node.id)
        case ast.Subscript():
            yield node.value
        case ast.Tuple() | ast.List():
            yield from (_with(node, elts=elts) for elts in _without_each(node.elts))
            yield _with(node, elts=node.elts[::-1])


def _constants(value: object) -> Iterator[ast.AST]:
    new: list[object] = []
    if isinstance(value, bool):
        new = [not value]
    elif isinstance(value, int):
        new = [value + 1, value - 1, -value, value + 0.001]
    elif isinstance(value, float):
        new = [value * 10, value / 10, value * 1.001, 0.0]
    return (_new(ast.Constant, v) for v in new if v != value)
