"""Every kind of edit, by what it makes of a line."""

import ast

import pytest

from bnlib.exercises.edits import edits
from bnlib.exercises.source import Source

EDITS = [
    ("z.sum(0)", "axis", "z.sum(1)"),
    ("np.sum(z, 1)", "axis", "np.sum(z, 0)"),
    ("z.argmax(1)", "axis", "z.argmax(0)"),
    ("z.sum(axis=0)", "axis", "z.sum(axis=1)"),
    ("z.sum(axis=-1)", "axis", "z.sum(axis=0)"),
    ("z.sum(axis=1)", "axis", "z.sum()"),
    ("z.sum()", "axis", "z.sum(axis=1)"),
    ("z.sum()", "axis", "z.sum(axis=1, keepdims=True)"),
    ("z.max(0) - z.min(0)", "axis", "z.max(axis=1, keepdims=True) - z.min(axis=1, keepdims=True)"),
    ("z.sum(1) / z.std(1)", "axes", "z.sum(1, keepdims=True) / z.std(1, keepdims=True)"),
    ("z.sum(axis=1)", "axes", "z.sum(axis=1, keepdims=True)"),
    ("z.sum(1, keepdims=True)", "axes", "z.sum(1)"),
    ("z.sum(1, keepdims=True)", "axes", "z.sum(1, keepdims=False)"),
    ("z.var(1)", "number", "z.var(1, ddof=1)"),
    ("z.var(ddof=1)", "number", "z.var()"),
    ("a + 3", "number", "a + 4"),
    ("a + 4", "number", "a + 0.25"),
    ("a + 4", "number", "a + z"),
    ("a + 1e-05", "number", "a + 0"),
    ("a + 2", "sign", "a + -2"),
    ("-a", "sign", "a"),
    ("not a", "extra", "a"),
    ("a * z", "name", "b * z"),
    ("z.std()", "function", "z.var()"),
    ("np.exp(a)", "function", "np.log(a)"),
    ("np.exp(a)", "function", "_np.maximum(a, 0)"),
    ("max(z)", "function", "min(z)"),
    ("max(a, b)", "function", "_np.maximum(a, b)"),
    ("a - b", "operator", "a + b"),
    ("a // b", "operator", "a / b"),
    ("a < b", "comparison", "a <= b"),
    ("a - b", "extra", "a"),
    ("a - b", "extra", "b"),
    ("np.exp(a)", "extra", "a"),
    ("z.sum()", "extra", "z"),
    ("a if z else b", "extra", "b"),
    ("a if z else b", "order", "b if z else a"),
    ("a - b", "order", "b - a"),
    ("dot(a, b)", "order", "dot(b, a)"),
    ("(a, b)", "order", "(b, a)"),
    ("a + b / z", "brackets", "(a + b) / z"),
    ("(a + b) / z", "brackets", "a + b / z"),
    ("a ** 2 / z", "brackets", "(a / z) ** 2"),
    ("-a + b", "brackets", "-(a + b)"),
    ("np.sqrt(a) + b", "brackets", "np.sqrt(a + b)"),
    ("b + a.sum()", "brackets", "(b + a).sum()"),
    ("np.sqrt(a + b)", "brackets", "np.sqrt(a) + b"),
    ("np.sqrt(a + b)", "brackets", "a + np.sqrt(b)"),
    ("z.T", "transpose", "z"),
    ("z", "transpose", "_np.transpose(z)"),
    ("z[a, b]", "index", "z[b, a]"),
    ("z[a]", "index", "z"),
    ("z[a:b]", "index", "z[a:]"),
    ("z[a:b]", "index", "z[:b]"),
    ("a", "power", "_np.sqrt(a)"),
    ("a", "sign", "_np.negative(a)"),
    ("a", "missing", "_np.exp(a)"),
    ("a", "missing", "_np.mean(a, axis=1, keepdims=True)"),
    ("a", "missing", "1 - a"),
    ("a", "missing", "a + 1"),
    ("a", "missing", "a * z.shape[1]"),
    ("a", "missing", "a / b"),
    ("a", "missing", "a - b"),
]
NOT = [
    ("(a, b, z)", "(z, b, a)"),
    ("max(a, b)", "min(a, b)"),
    ("a + 1e-05", "a + 2e-05"),
    ("np.zeros(3)", "np.zeros(4)"),
    ("z.shape[1]", "a.shape[1]"),
    ("z.shape[1]", "1 - z.shape[1]"),
    ("len(z)", "1 - len(z)"),
    ("z.sum(1)", "z.sum(0).sum(1)"),
    ("np.exp(a)", "b.exp(a)"),
]
"""What is written, and what no edit makes of it."""
STATEMENTS = [
    ("a += b", "operator", "a -= b"),
    ("a += b", "operator", "a = b"),
    ("a = b", "operator", "a += b"),
    ("a = b", "extra", "pass"),
    (
        "for b in z:\n    f()\n    return a",
        "indent",
        "if True:\n    for b in z:\n        f()\n    return a",
    ),
]


def made_of(body: str, bounded: bool = False) -> set[tuple[str, str]]:
    """Kind and outcome of every edit of a function with this body."""
    text = "def f(z, a, b):\n    " + body.replace("\n", "\n    ")
    function = ast.parse(text).body[0]
    found = set()
    for edit in edits(Source(text, function, {}), bounded):
        edit.spot.put(edit.new)
        outcome = "\n".join(map(ast.unparse, function.body))
        found.add((edit.kind, outcome.removeprefix("return ")))
        edit.spot.put(edit.spot.node)
    assert ast.unparse(function) == ast.unparse(ast.parse(text))
    return found


@pytest.mark.parametrize(("written", "kind", "outcome"), EDITS)
def test_an_expression_is_edited(written, kind, outcome):
    assert (kind, outcome) in made_of(f"return {written}")


@pytest.mark.parametrize(("written", "kind", "outcome"), STATEMENTS)
def test_a_statement_is_edited(written, kind, outcome):
    assert (kind, outcome) in made_of(written)


@pytest.mark.parametrize(("written", "outcome"), NOT)
def test_what_nobody_can_have_meant_is_not_tried(written, outcome):
    assert outcome not in {made for _, made in made_of(f"return {written}")}
