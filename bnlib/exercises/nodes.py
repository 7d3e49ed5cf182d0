"""What a node of an answer's source is: a size, an axis, a bound, a call of a plain function."""

from __future__ import annotations

import ast
from collections.abc import Collection

_SIZES = {"zeros", "ones", "empty", "full", "eye", "reshape", "arange", "linspace"}
_BOUNDS = {"max", "min", "maximum", "minimum", "clip"}


def called(call: ast.Call) -> str:
    """The last part of the name of what is called."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def is_set(name: ast.Name) -> bool:
    """Whether a value is given to the name there, and not read."""
    return isinstance(name.ctx, ast.Store)


def is_factor(node: ast.AST, parent: ast.AST) -> bool:
    """Whether a number multiplies or divides, or may do so with the sign before it."""
    product = isinstance(parent, ast.BinOp) and isinstance(parent.op, (ast.Mult, ast.Div))
    return isinstance(node, ast.Constant) and (product or isinstance(parent, ast.UnaryOp))


def is_size(parent: ast.AST, field: str) -> bool:
    """What a size stands in: `z.shape[...]`, or the arguments of `np.zeros(...)`."""
    if isinstance(parent, ast.Attribute) and parent.attr == "shape":
        return True
    return isinstance(parent, ast.Call) and field == "args" and called(parent) in _SIZES


def counts_entries(node: ast.expr) -> bool:
    """`z.shape[1]`, `z.size` or `len(z)`."""
    if isinstance(node, ast.Call):
        return called(node) == "len"
    owner = node.value if isinstance(node, ast.Subscript) else node
    return isinstance(owner, ast.Attribute) and owner.attr in {"shape", "size"}


def is_bound(node: ast.AST, parent: ast.AST) -> bool:
    """A number beside which the larger or the smaller is taken."""
    bounded = isinstance(parent, ast.Call) and called(parent) in _BOUNDS
    return bounded and isinstance(node, ast.Constant)


def is_limit(node: ast.Call) -> bool:
    """`max(a, b)`, `np.minimum(a, b)` or `np.clip(a, b, c)`."""
    name, given = called(node), len(node.args)
    plain = name in ("maximum", "minimum") or (
        name in ("max", "min") and isinstance(node.func, ast.Name)
    )
    return given == 2 if plain else name == "clip" and given == 3 and is_plain_function(node)


def has_two_limits(node: ast.AST | None) -> bool:
    """`np.clip(a, b, c)` or `a.clip(b, c)`, both of them given."""
    if not isinstance(node, ast.Call) or called(node) != "clip":
        return False
    given = [*node.args[is_plain_function(node) :], *(word.value for word in node.keywords)]
    return sum(getattr(value, "value", value) is not None for value in given) == 2


def limited(node: ast.Call) -> list[ast.expr]:
    """What such a call holds to a limit: of two, any that is no number."""
    args = node.args[:1] if called(node) == "clip" else node.args
    return [arg for arg in args if not isinstance(arg, ast.Constant)]


def sets_a_number(node: ast.Assign, names: Collection[str]) -> bool:
    """`eps = 1e-8`, where eps is one of the names."""
    target = node.targets[0]
    return (
        isinstance(target, ast.Name) and target.id in names and isinstance(node.value, ast.Constant)
    )


def is_digits(node: ast.AST, parent: ast.AST) -> bool:
    """The number of digits that something is rounded to."""
    rounds = isinstance(parent, ast.Call) and called(parent) in {"round", "around"}
    return rounds and isinstance(node, ast.Constant)


def chooses(node: ast.AST) -> bool:
    """`np.where(condition, one, other)`."""
    return isinstance(node, ast.Call) and called(node) == "where" and len(node.args) == 3


def is_count(parent: ast.AST) -> bool:
    """Where a number says how often: in `range(...)`, `np.repeat(...)`, or a `while`."""
    counts = isinstance(parent, ast.Call) and called(parent) in {"range", "repeat", "tile"}
    return counts or isinstance(parent, ast.While)


def is_axis(node: ast.expr) -> bool:
    """A number that may be an axis."""
    return isinstance(node, ast.Constant) and node.value in (0, 1, None)


def is_plain_function(call: ast.Call) -> bool:
    """`f(x)` or `np.f(x)`, not a method of an array."""
    func = call.func
    owner = func.value if isinstance(func, ast.Attribute) else None
    while isinstance(owner, ast.Attribute):
        owner = owner.value
    return owner is None or (isinstance(owner, ast.Name) and owner.id in {"np", "numpy", "math"})


def argument_of(call: ast.Call) -> ast.expr | None:
    """What a function is called with: `x` of `f(x)` and of `x.f()`."""
    if is_plain_function(call):
        return call.args[0] if call.args else None
    return call.func.value if isinstance(call.func, ast.Attribute) else None


def with_argument(call: ast.Call, inner: ast.expr) -> ast.Call:
    """The same call of something else."""
    if is_plain_function(call):
        return ast.Call(call.func, [inner, *call.args[1:]], call.keywords)
    func = call.func
    assert isinstance(func, ast.Attribute)
    return ast.Call(ast.Attribute(inner, func.attr, func.ctx), call.args, call.keywords)
