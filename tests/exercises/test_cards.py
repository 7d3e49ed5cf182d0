"""How each part of a card is drawn, as text and as HTML, and what an array's block is made of."""

import ast
import re

import numpy as np
import pytest

from bnlib.exercises import catalogue
from bnlib.exercises.cards import arrays, code, compose, html, own_code, text
from bnlib.exercises.cards.card import Block, Card, Code, Fold, Row, Side, Table, Words
from bnlib.exercises.exercise import load
from bnlib.exercises.source import Written

LONG = "word " * 15 + "end"


def as_text(*parts, colors=False):
    return text.page(Card("hint", "f", "said", parts), colors).partition("\n\n")[2]


def as_html(*parts):
    return html._all(parts)


def test_the_head_of_a_card():
    assert text.page(Card("wrong", "f", "no")) == "✗ f: no"
    assert text.page(Card("wrong", "f", "no"), colors=True) == "\x1b[1;31m✗ f: no\x1b[0m"
    assert text.page(Card("untried", "f", "no"), colors=True) == "f: no"
    page = html.page(Card("right", "f<", "`yes`"))
    assert page.startswith('<div class="bn-card bn-right"><style>')
    assert page.endswith(
        '<p class="bn-head"><span class="bn-sign" aria-hidden="true">✓</span> '
        "<strong>f&lt;</strong><span>: <code>yes</code></span></p></div>"
    )


def test_words():
    assert as_text(Words("Look."), Words(LONG, label="So")) == (
        "Look.\n\nSo: " + ("word " * 15).strip() + "\nend"
    )
    assert (
        as_html(Words("a's `b` < c", small=True))
        == '<p class="bn-small">a\'s <code>b</code> &lt; c</p>'
    )
    assert as_html(Words("a", label="So")) == '<p><span class="bn-label">So</span> a</p>'


@pytest.mark.parametrize(
    ("first", "span", "drawn"),
    [
        (None, None, ["  a = 1", "  b = 2"]),
        (9, (0, 1), [" 9 | a = 1", "10 | b = 2", "     ^"]),
        (1, (4, 4), ["1 | a = 1", "2 | b = 2", "        ^"]),
        (1, None, ["1 | a = 1", "2 | b = 2", "    ^^^^^"]),
    ],
)
def test_code_as_text(first, span, drawn):
    part = Code("Yours", "a = 1\nb = 2", first, None if first is None else 1, span)
    assert as_text(part).splitlines() == ["Yours:", *drawn]
    drawn[2:] = [f"\x1b[31m{line}\x1b[0m" for line in drawn[2:]]
    assert as_text(part, colors=True).splitlines() == ["Yours:", *drawn]


def test_code_as_html():
    drawn = as_html(Code("", "if a:\n    f(1)", 9, 1, (4, 6)))
    assert drawn == (
        '<div class="bn-figure"><span class="bn-label">Your code</span><pre class="bn-code"><code>'
        '<span class="bn-line"><span class="bn-number" aria-hidden="true">9</span>'
        '<span class="bn-keyword">if</span> a:\n</span>'
        '<span class="bn-line bn-here" style="--bn-in:4">'
        '<span class="bn-number" aria-hidden="true">10</span>'
        '    <mark>f(</mark><span class="bn-literal">1</span>)\n</span></code></pre></div>'
    )
    assert 'bn-here"><mark>a</mark>' in as_html(Code("x", "a", line=0))
    assert "<mark>" not in as_html(Code("x", "a", span=(0, 1)))
    assert "--bn-in:8" in as_html(Code("x", "if a:\n" + " " * 9 + "b"))
    assert "style" not in as_html(Code("x", "a"))


def test_a_mark_may_lie_across_pieces_and_outside():
    assert html._marked("a<b>c", [(-3, 2), (1, 4), (4, 9)]) == (
        "<mark>a&lt;</mark><mark>b&gt;</mark><mark>c</mark>"
    )
    assert html._marked("abc", [(5, 9), (-2, 0)]) == "abc"


def test_blocks():
    matrix = Block("z", ("1 2", "3 4"), (((0, 1),), ()), matrix=True)
    assert as_text(matrix) == "z:\n[ 1 2 ]\n[ 3 4 ]"
    assert as_html(matrix) == (
        '<div class="bn-figure"><span class="bn-label">z</span>'
        '<pre class="bn-matrix"><mark>1</mark> 2\n3 4</pre></div>'
    )
    for letters, wide in ((34, False), (35, True)):
        plain = Block("", ("x" * letters,))
        assert as_text(plain) == f"  {'x' * letters}"
        reach = ' tabindex="0" role="region" aria-label=""' if wide else ""
        assert f'<pre class="bn-plain"{reach}>' in as_html(plain)
    assert as_text(Block("", ("x" * 79,))) == "  " + "x" * 75 + "..."
    assert as_text(Block("", ("x" * 78,))) == "  " + "x" * 78


def test_what_fits_stands_side_by_side():
    one, two = Block("a", ("x" * 30, "y")), Block("bb", ("z",))
    wide = Side((Block("c", ("w" * 40,)), Block("d", ("v",))))
    assert as_text(Side((one, two, wide))).splitlines() == [
        "a:".ljust(32) + "   bb:",
        f"  {'x' * 30}     z",
        "  y",
        "",
        "c:".ljust(42) + "   d:",
        f"  {'w' * 40}     v",
    ]
    exact = Side((Block("", ("a" * 40,)), Block("", ("b" * 33,))))
    assert as_text(exact) == f"  {'a' * 40}     {'b' * 33}"
    assert "\n\n" in as_text(Side((Block("", ("a" * 40,)), Block("", ("b" * 34,)))))
    assert as_text(Side((Code("a", "x"), Code("b", "y")))) == "a:\n  x\n\nb:\n  y"
    assert as_html(Side((Code("a", "x"),))).startswith('<div class="bn-side"><div class="bn-fig')


def test_a_fold_is_told_of_in_text():
    fold = Fold("A <hint>", (Words("It."),), "Ask.")
    assert as_text(fold) == "Ask."
    assert as_text(Fold("A", (Words("It."),)), Words("more")) == "more"
    assert as_html(fold) == "<details><summary>A &lt;hint&gt;</summary><p>It.</p></details>"


def test_a_table_of_notebooks():
    first = Row("One", (("a", "passed"), ("b", "wrong")), "1 of 2", "1 wrong")
    second = Row("Second", (("c", "not attempted"),), "0 of 1", "n" * 61)
    table = Table((first, second))
    assert as_text(table).splitlines() == [
        "One     ✓✗  1 of 2  1 wrong",
        "Second  ○   0 of 1",
        " " * 12 + "n" * 61,
    ]
    fits = Table((first, Row("Second", second.exercises, "0 of 1", "n" * 60)))
    assert as_text(fits).splitlines()[1] == f"Second  ○   0 of 1  {'n' * 60}"
    assert as_text(table, colors=True).startswith("One     \x1b[32m✓\x1b[0m\x1b[31m✗\x1b[0m  1 of")
    assert as_html(Table((first,))) == (
        '<div class="bn-rows"><div class="bn-row"><span class="bn-title">One</span>'
        '<span class="bn-dots" role="img" aria-label="a: passed, b: wrong">'
        '<span class="bn-dot bn-dot-passed" title="a: passed">✓</span>'
        '<span class="bn-dot bn-dot-wrong" title="b: wrong">✗</span></span>'
        '<span>1 of 2</span><span class="bn-note">1 wrong</span></div></div>'
    )


def test_a_text_without_an_encoding_stays_as_it_is(monkeypatch):
    class Stream:
        encoding = None

    monkeypatch.setattr(text.sys, "stdout", Stream())
    assert text.fitting("✗ é") == "✗ é"
    assert not text.has_colors()
    Stream.encoding = "ascii"
    assert text.fitting("✗ é") == "x ?"


SOURCE = "def f(z):\n    a = z + z\n\n    b = (\n        z\n    )\n    return b"


@pytest.mark.parametrize(
    ("line", "expression", "first", "marked", "span", "shown"),
    [
        (1, "z", 1, 0, (6, 7), "def f(z):\n    a = z + z"),
        (2, "z + z", 1, 1, (8, 13), "def f(z):\n    a = z + z"),
        (2, "z", 1, 1, None, "def f(z):\n    a = z + z"),
        (4, "(\n        z\n    )", 4, 0, (4, 5), "b = (\n    z"),
        (7, None, 6, 1, None, ")\nreturn b"),
        (7, " ", 6, 1, None, ")\nreturn b"),
    ],
)
def test_the_place_in_ones_own_code(line, expression, first, marked, span, shown):
    own = Written(SOURCE, ast.parse(SOURCE).body[0], 30, 2)
    assert own_code.place(own, line, expression) == Code("", shown, 2 + first, marked, span)
    for nowhere in (0, 8):
        assert own_code.place(own, nowhere, expression) is None


def test_code_is_coloured():
    source = 'class A:  # a\n    b = f"""x\ny""" if None else 2\n'
    assert code.pieces(source) == [
        [("keyword", "class"), ("", " "), ("name", "A"), ("", ":  "), ("comment", "# a")],
        [("", "    b = "), ("string", 'f"""x')],
        [("string", 'y"""'), ("", " "), ("keyword", "if"), ("", " "), ("literal", "None"),
         ("", " "), ("keyword", "else"), ("", " "), ("literal", "2")],
    ]  # fmt: skip
    assert code.pieces("def f(\n  '") == [
        [("keyword", "def"), ("", " "), ("name", "f"), ("", "(")],
        [("", "  '")],
    ]


SMALL = np.array([[1.0, -20.0], [3.5, 4.0]])


def test_arrays_stand_in_blocks_and_the_rest_in_lines():
    given = (("z", SMALL), ("eps", 0.5), ("flag", True), ("long", "x" * 61), ("v", np.ones(2)))
    assert arrays.arguments(given) == [
        Block("z", ("  1  -20", "3.5    4"), matrix=True),
        Block("v", ("1  1",), matrix=True),
        Block("", ("eps = 0.5", "flag = True", f"long = {'x' * 57}...")),
    ]
    assert arrays.arguments((("z", SMALL),)) == [Block("z", ("  1  -20", "3.5    4"), matrix=True)]


@pytest.mark.parametrize(
    ("value", "small"),
    [
        (np.ones((3, 8)), True),
        (np.ones((2, 9)), False),
        (np.ones(8), True),
        (np.ones(9), False),
        (np.ones((25, 1)), False),
        (np.ones((24, 1)), True),
        (np.ones((0, 1)), False),
        (np.ones((1, 1, 1)), False),
        (1.0, True),
        (np.ones(1, complex), False),
        ("x", False),
    ],
)
def test_what_is_small_can_be_shown_whole(value, small):
    assert arrays._is_small(value) == small
    assert not arrays._is_small(value, least_dimensions=1) or np.ndim(value)


def test_results_stand_beside_one_another_where_they_differ():
    off = SMALL + np.array([[0, 1], [0, 0]])
    marked = Block("yours", ("  1  -19", "3.5    4"), (((5, 8),), ()), matrix=True)
    due = Block("expected", ("  1  -20", "3.5    4"), matrix=True)
    assert arrays.results(off, SMALL) == (marked, due)
    assert arrays.results(SMALL, SMALL) == ()
    labels = [block.label for block in arrays.results(SMALL[0], SMALL)]
    assert labels == ["yours, shape (2,)", "expected, shape (2, 2)"]
    labels = [block.label for block in arrays.results(1.0, SMALL[:1, :1])]
    assert labels == ["yours, a number", "expected, shape (1, 1)"]
    found = arrays.results((1.0, {"a": 2.0}, [3.0, 4.0]), (0.0, {"a": 1.0}, [3.0, 5.0]))
    assert [block.label for block in found] == [
        "yours[0]", "expected[0]", "yours[1]['a']", "expected[1]['a']",
    ]  # fmt: skip
    assert not found[0].matrix
    for yours, expected in (
        ((1.0,), (1.0, 2.0)), ("x", 1.0), (1.0, "x"), ({"a": 1.0}, {"b": 1.0}),
        ((1.0, np.ones(25)), (2.0, np.ones(25))),
    ):  # fmt: skip
        assert arrays.results(yours, expected) == ()


def test_counts_stand_below_one_another_beside_the_longest_row_of_dots():
    rule = re.search(r"\.bn-dots \{.*?min-width: ([\d.]+)rem;.*?gap: ([\d.]+)rem", html.style())
    wide = float(re.search(r"\.bn-dot \{.*? width: ([\d.]+)rem", html.style())[1])
    most = max(map(len, catalogue.NOTEBOOKS.values()))
    assert float(rule[1]) >= most * wide + (most - 1) * float(rule[2])


def test_a_hint_says_whether_another_follows():
    said = [page_of(compose.of_hint(load("normalize"), number)) for number in range(3)]
    assert ["once more gives the next" in one for one in said] == [True, True, False]
    assert ["That was the last" in one for one in said] == [False, False, True]


def page_of(card):
    return text.page(card, False)
