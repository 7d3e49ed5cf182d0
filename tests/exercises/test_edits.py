"""Every kind of edit, by what it makes of a line."""

import ast
import itertools
import linecache

import numpy as np
import pytest

from bnlib.exercises.edits import edits
from bnlib.exercises.nodes import has_two_limits, is_limit
from bnlib.exercises.source import Source, written
from bnlib.exercises.substitute import _adds_up_to_the_same, _spots

EDITS = [
    ("z.sum(0)", 1, "axis", "z.sum(1)"),
    ("np.sum(z, 1)", 1, "axis", "np.sum(z, 0)"),
    ("z.argmax(1)", 1, "axis", "z.argmax(0)"),
    ("z.sum(axis=0)", 1, "axis", "z.sum(axis=1)"),
    ("z.sum(axis=-1)", 1, "axis", "z.sum(axis=0)"),
    ("z.sum(axis=1)", 1, "axis", "z.sum(axis=0)"),
    ("z.sum(axis=1)", 1, "axis", "z.sum(axis=None)"),
    ("z.sum(axis=1)", 2, "axis", "z.sum()"),
    ("z.sum()", 2, "axis", "z.sum(axis=1)"),
    ("z.sum()", 2, "axis", "z.sum(axis=0)"),
    ("z.sum()", 2, "axis", "z.sum(axis=1, keepdims=True)"),
    ("np.sum(z - np.mean(z, 1), 1)", 1, "axis", "np.sum(z - np.mean(z, axis=0), axis=0)"),
    ("(z - z.mean(1)).sum(1)", 1, "axis", "(z - z.mean(axis=0)).sum(axis=0)"),
    (
        "z.max(0) - z.min(0)",
        2,
        "axis",
        "z.max(axis=1, keepdims=True) - z.min(axis=1, keepdims=True)",
    ),
    ("z.sum(1) / z.std(1)", 2, "axes", "z.sum(1, keepdims=True) / z.std(1, keepdims=True)"),
    ("z.sum(axis=1)", 2, "axes", "z.sum(axis=1, keepdims=True)"),
    ("z.sum(1, keepdims=True)", 2, "axes", "z.sum(1)"),
    ("z.sum(1, keepdims=True)", 1, "axes", "z.sum(1, keepdims=False)"),
    ("z.var(1)", 2, "number", "z.var(1, ddof=1)"),
    ("z.var(ddof=1)", 2, "number", "z.var()"),
    ("a + 3", 1, "number", "a + 4"),
    ("a + 4", 1, "number", "a + 0.25"),
    ("a + 8", 1, "number", "a + 4.0"),
    ("a + 8", 1, "number", "a + 16"),
    ("a + 8", 1, "number", "a + 7"),
    ("a + 8", 1, "number", "a + 0.5"),
    ("a + 4", 1, "argument", "a + b"),
    ("a + 1e-05", 1, "surplus", "a + 0"),
    ("max(a, 0.01)", 2, "limit", "a"),
    ("np.minimum(3, a)", 2, "limit", "a"),
    ("np.clip(a, 0, 6)", 2, "limit", "a"),
    ("np.clip(a, 0, 6)", 2, "limit", "_np.maximum(a, 0)"),
    ("np.clip(a, 0, 6)", 2, "limit", "_np.minimum(a, 6)"),
    ("a.clip(0, 6)", 2, "limit", "a"),
    ("a + 2", 2, "sign", "a + -2"),
    ("-a", 1, "sign", "a"),
    ("not a", 1, "extra", "a"),
    ("a * z", 1, "name", "b * z"),
    ("z.std()", 1, "function", "z.var()"),
    ("np.exp(a)", 1, "function", "np.log(a)"),
    ("np.exp(a)", 2, "function", "_np.maximum(a, 0)"),
    ("max(z)", 1, "function", "min(z)"),
    ("max(a, b)", 1, "function", "_np.maximum(a, b)"),
    ("a - b", 1, "operator", "a + b"),
    ("a * (z + b)", 3, "brackets", "a * (z / a + b)"),
    ("a * (z + b)", 3, "missing", "a * (z / b + b)"),
    ("a * z + b", 3, "missing", "a * z + b / a"),
    ("a // b", 1, "operator", "a / b"),
    ("a < b", 1, "comparison", "a <= b"),
    ("a - b", 2, "extra", "a"),
    ("a - b", 2, "extra", "b"),
    ("np.exp(a)", 2, "extra", "a"),
    ("z.sum()", 2, "extra", "z"),
    ("a if z else b", 2, "extra", "a"),
    ("a if z else b", 2, "extra", "b"),
    ("np.where(a < 0, b, z)", 2, "extra", "b"),
    ("np.where(a < 0, b, z)", 2, "extra", "z"),
    ("np.where(a < 0, b, z)", 1, "comparison", "np.where(a <= 0, b, z)"),
    ("np.where(a < 0, b + 2, z)", 1, "number", "np.where(a < 0, b + 3, z)"),
    ("np.where(a < 0, b, z + 2)", 1, "number", "np.where(a < 0, b, z + 3)"),
    ("np.tile(a, reps=z)", 2, "extra", "np.tile(a)"),
    ("a - (b - z)", 2, "brackets", "a - b - z"),
    ("a - b - z", 2, "brackets", "a - (b - z)"),
    ("z.sum(axis=-1)", 1, "axis", "z.sum(axis=1)"),
    ("min(z)", 1, "function", "max(z)"),
    ("max(a, b)", 2, "limit", "b"),
    ("a + 0.5", 1, "surplus", "a + 0"),
    ("a + 8", 1, "number", "a + 0"),
    ("a + 8", 1, "number", "a + 1"),
    ("a + 8", 1, "number", "a + 2"),
    ("a + 8", 1, "number", "a + 9"),
    ("a if z else b", 2, "order", "b if z else a"),
    ("a - b", 2, "order", "b - a"),
    ("dot(a, b)", 2, "order", "dot(b, a)"),
    ("(a, b)", 2, "order", "(b, a)"),
    ("a + b / z", 2, "brackets", "(a + b) / z"),
    ("(a + b) / z", 2, "brackets", "a + b / z"),
    ("a ** 2 / z", 2, "brackets", "(a / z) ** 2"),
    ("-a + b", 2, "brackets", "-(a + b)"),
    ("np.sqrt(a) + b", 2, "brackets", "np.sqrt(a + b)"),
    ("b + a.sum()", 2, "brackets", "(b + a).sum()"),
    ("np.sqrt(a + b)", 2, "brackets", "np.sqrt(a) + b"),
    ("np.sqrt(a + b)", 2, "brackets", "a + np.sqrt(b)"),
    ("z.T", 2, "transpose", "z"),
    ("z", 3, "transpose", "_np.transpose(z)"),
    ("z[a, b]", 2, "index", "z[b, a]"),
    ("z[a]", 2, "index", "z"),
    ("z[a:b]", 2, "index", "z[a:]"),
    ("z[a:b]", 2, "index", "z[:b]"),
    ("a", 3, "power", "_np.sqrt(a)"),
    ("a", 3, "sign", "_np.negative(a)"),
    ("a", 3, "missing", "_np.exp(a)"),
    ("a", 3, "missing", "_np.mean(a, axis=1, keepdims=True)"),
    ("a", 3, "missing", "_np.sum(a, axis=0, keepdims=True)"),
    ("a", 3, "missing", "_np.maximum(a, 0)"),
    ("a", 3, "missing", "1 - a"),
    ("a", 3, "missing", "a + 1"),
    ("a", 3, "missing", "a * z.shape[1]"),
    ("a", 3, "missing", "a / b"),
    ("a", 3, "missing", "a - b"),
]
NOT = [
    ("range(a)", "_np.sqrt(range(a))"),
    ("z.max(1) == a", "z.max(1) + b == a"),
    ("(a, b, z)", "(z, b, a)"),
    ("max(a, b)", "min(a, b)"),
    ("a + 1e-05", "a + 2e-05"),
    ("a + 4", "a + z"),
    ("np.zeros(3)", "np.zeros(4)"),
    ("round(a, 2)", "round(a, 4)"),
    ("a.max(1)", "1"),
    ("z.shape[1]", "a.shape[1]"),
    ("z.shape[1]", "1 - z.shape[1]"),
    ("len(z)", "1 - len(z)"),
    ("z.sum(1)", "z.sum(0).sum(1)"),
    ("np.where(a < 0, b, z)", "np.where(b < 0, b, z)"),
    ("np.where(a < 0, b, z)", "np.where(a < 1, b, z)"),
    ("np.exp(a)", "b.exp(a)"),
    ("np.exp(a)", "np"),
]
"""What is written, and what no edit makes of it."""
STATEMENTS = [
    ("if a < b:\n    pass", 2, "comparison", "if a > b:\n    pass"),
    ("a += b", 1, "operator", "a -= b"),
    ("a += b", 1, "operator", "a = b"),
    ("a = b", 1, "operator", "a += b"),
    ("a = b", 2, "extra", "pass"),
    ("a = 3", 1, "set", "pass"),
    (
        "for i in z:\n    s = 0\n    t = 1\n    s += i",
        2,
        "reset",
        "if True:\n    s = 0\n    t = 1\n    for i in z:\n        s += i",
    ),
    (
        "for b in z:\n    f()\n    g()\n    return a",
        2,
        "indent",
        "if True:\n    for b in z:\n        f()\n        g()\n    return a",
    ),
]
LONGER = [
    ("return np.repeat(z, 3)", "np.repeat(z, 6)"),
    ("for a in range(5):\n    pass", "for a in range(6):\n    pass"),
    ("while a < b:\n    pass", "while a > b:\n    pass"),
]


def made_of(body: str, bounded: bool = False) -> set[tuple[int, str, str]]:
    """Cost, kind and outcome of every edit of a function with this body."""
    text = "def f(z, a, b):\n    " + body.replace("\n", "\n    ")
    function = ast.parse(text).body[0]
    found = set()
    groups = edits(Source(text, function, {}, 1, 0), bounded, frozenset("b"))
    for edit in itertools.chain(*groups):
        edit.spot.put(edit.made())
        compile(ast.Module([function], []), "an edit", "exec")
        outcome = "\n".join(map(ast.unparse, function.body))
        found.add((edit.cost, edit.kind, outcome.removeprefix("return ")))
        edit.spot.put(edit.spot.node)
    assert ast.unparse(function) == ast.unparse(ast.parse(text))
    return found


@pytest.mark.parametrize(("written", "cost", "kind", "outcome"), EDITS)
def test_an_expression_is_edited(written, cost, kind, outcome):
    assert (cost, kind, outcome) in made_of(f"return {written}")


@pytest.mark.parametrize(("written", "cost", "kind", "outcome"), STATEMENTS)
def test_a_statement_is_edited(written, cost, kind, outcome):
    assert (cost, kind, outcome) in made_of(written)


@pytest.mark.parametrize(("written", "outcome"), LONGER)
def test_where_nothing_can_be_ended_nothing_is_made_longer(written, outcome):
    assert outcome in {made for *_, made in made_of(written)}
    assert outcome not in {made for *_, made in made_of(written, bounded=True)}
    assert (1, "number", "a + 8") in made_of("return a + 7", bounded=True)


@pytest.mark.parametrize(("written", "outcome"), NOT)
def test_what_nobody_can_have_meant_is_not_tried(written, outcome):
    assert outcome not in {made for *_, made in made_of(f"return {written}")}


def test_neither_a_docstring_nor_a_return_is_left_out():
    assert not any("pass" in made for *_, made in made_of("'Do it.'\nreturn a"))


def test_of_a_branch_all_is_edited_but_of_its_test_the_comparison_alone():
    made = {made for *_, made in made_of("if a < 2:\n    b = 4")}
    assert {"if a < 2:\n    b = 5", "if a <= 2:\n    b = 4"} < made
    assert "if a < 3:\n    b = 4" not in made
    assert (2, "number", "a if z < 3 else b") in made_of("return a if z < 2 else b")


def test_what_stands_above_the_body_stays():
    text = "@g(2)\ndef f(z, a=3):\n    return z"
    function = ast.parse(text).body[0]
    edited = {edit.spot.node for edit in itertools.chain(*edits(Source(text, function, {}, 1, 0)))}
    assert edited == {function.body[0].value}


def test_the_slightest_edits_come_first():
    text = "def f(z, a):\n    return np.exp(z.sum(1)) + 3 * a"
    groups = edits(Source(text, ast.parse(text).body[0], {}, 1, 0))
    assert [{edit.cost for edit in group} for group in groups] == [{1}, {2}, {3}]


@pytest.mark.parametrize(
    ("body", "returns"),
    [
        ("return z", True),
        ("if a: return b\nreturn z", True),
        ("if a: return\nreturn z", False),
        ("if a: return None\nreturn z", False),
        ("if a: return 0\nreturn z", True),
        ("return None", False),
        ("if a: return z", False),
    ],
)
def test_whether_a_function_returns_values_whichever_way_it_takes(body, returns):
    text = "def f(z, a, b):\n    " + body.replace("\n", "\n    ")
    assert Source(text, ast.parse(text).body[0], {}, 1, 0).returns_values == returns


def test_what_a_function_reads_and_sets():
    text = "def f(z, a, *b, c=1):\n    a[0] = x = z\n    return x + y"
    source = Source(text, ast.parse(text).body[0], {"y": 1, "g": len}, 7, 3)
    assert source.parameters == ["z", "a", "b", "c"]
    assert source.names == ["z", "a", "b", "c", "x"]
    assert source.never_read == ["b", "c"]
    assert source.reads("z") and not source.reads("c") and not source.reads("y")
    known = {name: source.is_data(name) for name in ("y", "g", "len", "unknown")}
    assert known == {"y": True, "g": False, "len": False, "unknown": True}
    whole = "def f(z):\n    return eval('z')"
    assert Source(whole, ast.parse(whole).body[0], {}, 1, 0).never_read == []
    assert source.counted(8, "a[0] = x = z") == 5
    assert [source.counted(line, "other") for line in (6, 8, 20)] == [6, 8, 20]
    assert source.counted(10, "return x + y") == 10


def test_the_lines_of_a_cell_are_counted_from_its_beginning(monkeypatch, tmp_path):
    text = "import numpy\n\ndef f(z):\n    return z\n"
    (tmp_path / "file.py").write_text(text)
    for path, above in (("<a cell>", 2), (str(tmp_path / "file.py"), 0)):
        lines = text.splitlines(keepends=True)
        monkeypatch.setitem(linecache.cache, path, (len(text), None, lines, path))
        scope = {}
        exec(compile(text, path, "exec"), scope)
        assert (written(scope["f"]).first_line, written(scope["f"]).above) == (3, above)


def test_where_a_value_may_be_replaced():
    text = """def f(z, a):
    b = z.sum(axis=1) * (z - a).mean()
    c, d = np.zeros(a + 1), [a, 2]
    if z.max() > a:
        b = np.exp(-c)
    e = a / 3
    return b / c.T, z[a + 3], z.reshape(d), b + e"""
    source = Source(text, ast.parse(text).body[0], {"np": np}, 1, 0)
    words = {source.segment(spot.node) for spot in _spots(source, ())}
    assert {
        "z - a",
        "(z - a).mean()",
        "-c",
        "a / 3",
        "b / c.T",
        "z[a + 3]",
        "np.zeros(a + 1)",
    } < words
    no_values = {"z.max() > a", "z.max()", "a + 1", "a + 3", "[a, 2]"}
    read_twice = {"b", "c", "np.exp(-c)", "z.sum(axis=1) * (z - a).mean()"}
    assert words.isdisjoint(no_values | read_twice)
    right = {node for node in source.nodes if source.segment(node) == "(z - a).mean()"}
    left = {source.segment(spot.node) for spot in _spots(source, right)}
    assert words - left >= {"z - a", "(z - a).mean()"}


def test_a_sum_stands_in_for_no_more_than_what_is_then_summed():
    longer, shorter = [np.ones(2), np.ones(3)], [np.ones(2), np.ones(1)]
    assert _adds_up_to_the_same(longer, shorter)
    assert not _adds_up_to_the_same(longer, longer)
    assert not _adds_up_to_the_same(shorter, longer)


@pytest.mark.parametrize(
    ("written", "two"),
    [
        ("np.clip(a, 0, 6)", True),
        ("a.clip(0, 6)", True),
        ("a.clip(min=0, max=6)", True),
        ("np.clip(a, 0, None)", False),
        ("np.maximum(a, 0)", False),
        ("a", False),
    ],
)
def test_a_clip_has_one_limit_or_two(written, two):
    assert has_two_limits(ast.parse(written, mode="eval").body) == two


@pytest.mark.parametrize(
    ("written", "limits"),
    [
        ("max(a, b)", True),
        ("np.minimum(a, b)", True),
        ("np.clip(a, b, z)", True),
        ("z.max(a, b)", False),
        ("f(a, b)", False),
        ("max(a)", False),
        ("np.clip(a, b)", False),
    ],
)
def test_what_takes_the_larger_or_the_smaller(written, limits):
    assert is_limit(ast.parse(written, mode="eval").body) == limits
