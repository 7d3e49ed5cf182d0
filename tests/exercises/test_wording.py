"""Numbers, arrays, arguments and results in words, and the tip that goes with an exception."""

import numpy as np
import pytest

from bnlib.exercises import slips, tips, wording
from bnlib.exercises.handed import OnceThrough
from bnlib.exercises.outcomes import Other, Raised

LARGE = np.zeros((5, 5))


def doubled(w):
    """the gradient 2 w"""
    return 2 * w


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1 / 3, "0.3333"),
        (-0.0, "0"),
        (120_000, "1.2e+5"),
        (1e-7, "1e-7"),
        (1e-12, "1e-12"),
        (0.5 - 2j, "0.5-2j"),
        (np.bool_(True), "True"),
        (True, "True"),
        (np.float32(0.1), "0.1"),
        (np.array(2.0), "2"),
        (np.arange(24.0)[:2], "[0, 1]"),
        (np.zeros((2, 12)), str([[0] * 12] * 2)),
        (LARGE, "an array of shape (5, 5)"),
        ((1, [2.5, None]), "(1, [2.5, nothing])"),
        ({"a": 1, "b": (2,)}, "{a: 1, b: (2)}"),
        (OnceThrough([1, 2]), "a generator of [1, 2]"),
        (np.random.default_rng(1), "a generator"),
        (doubled, "the gradient 2 w"),
        (lambda w: w, "a function"),
        ("text", "text"),
    ],
)
def test_a_value_is_shown_in_few_digits(value, said):
    assert wording.shown(value) == said


def test_arguments_are_named_and_large_ones_by_their_shape():
    names = ("z", "gamma", "eps")
    values = (np.zeros((2, 1)), LARGE, 0.5)
    said = "z = [[0], [0]], gamma = an array of shape (5, 5) and eps = 0.5"
    assert wording.arguments(names, values) == said
    assert wording.arguments(names, values[:1]) == "z = [[0], [0]]"
    said = "z of shape (2, 1), gamma of shape (5, 5) and eps = 0.5"
    assert wording.shapes(names, values) == said
    column, row = values[0], np.zeros((1, 3))
    for value, words in (
        ([column, row], "a list of arrays of shapes (2, 1), (1, 3)"),
        ([column], "a list of one array of shape (2, 1)"),
        (OnceThrough([column]), "a generator of one array of shape (2, 1)"),
        ({"w": row}, "a dictionary of one array of shape (1, 3)"),
        ([], "[]"),
        ([row, 1], "[[[0, 0, 0]], 1]"),
        (np.array(3.0), "3"),
    ):
        assert wording.shapes(["x"], (value,)) == f"x = {words}"


def test_what_there_is_to_look_at_is_counted():
    assert wording.size((np.zeros((2, 3)), 0.5, [1, (2, 3)], {"a": np.zeros(4)})) == 14
    assert wording.size((np.zeros((0, 3)), "text", None)) == 3
    assert wording.all_shown((np.zeros(24), {"a": [np.zeros(24), 1]}))
    assert not wording.all_shown((1, {"a": [np.zeros(25)]}))
    assert not wording.all_shown((np.full(24, 1 / 3),))


@pytest.mark.parametrize(
    ("one", "due", "said"),
    [
        (np.ones(2), np.ones((2, 1)),
         ("[1, 1], of shape (2,)", "the same numbers in shape (2, 1)")),
        (np.ones(2), np.zeros((2, 1)), ("[1, 1]", "[[0], [0]]")),
        (LARGE, LARGE + np.eye(5)[2], ("an array of shape (5, 5), with 0 at [0, 2]",
                                       "the one due there, with 1 at [0, 2],")),
        (LARGE + 1, LARGE + 1 + 1e-6,
         ("an array of shape (5, 5)",
          "the number due there, which differs beyond the fourth digit,")),
    ],
)  # fmt: skip
def test_a_value_in_the_answer_and_the_one_due_are_told_apart(one, due, said):
    assert wording.told_apart(one, due) == said


@pytest.mark.parametrize(
    ("one", "due", "said"),
    [
        (1.0, 2.0, ("1", "2")),
        (LARGE, LARGE, ("an array of shape (5, 5), with 0 at [0, 0]", "0 there")),
        (LARGE, LARGE - np.eye(5)[2] * 7, ("an array of shape (5, 5), with 0 at [0, 2]",
                                           "-7 there")),
        # By how much of its own array each is off.
        ((LARGE + 100, LARGE), (LARGE + 101, LARGE + 0.5),
         ("(an array of shape (5, 5), an array of shape (5, 5)), with 0 at [0, 0] of result 2",
          "0.5 there")),
        ({"a": 1.0, "b": LARGE}, {"a": 1.0000001, "b": LARGE},
         ("{a: 1, b: an array of shape (5, 5)}, with 1 of a", "1.0000001 there")),
        ([1.0, 2.0], np.array([1.0, 2.0000001]), ("[1, 2]", "[1, 2]")),
        (np.array([1.0, 2.0]), [1.0, 2.0000001], ("[1, 2]", "[1, 2]")),
        ("{a: 1}", {"a": 1.0}, ("{a: 1}", "{a: 1}")),
        ({"a": 1.0}, "{a: 1}", ("{a: 1}", "{a: 1}")),
        ({"a": 1.0, "b": 2.0}, {"a: 1, b": 2.0}, ("{a: 1, b: 2}", "{a: 1, b: 2}")),
        (("x", "y"), ("x, y",), ("(x, y)", "(x, y)")),
        ((), (), ("()", "()")),
        ("x", "x", ("x", "x")),
    ],
)  # fmt: skip
def test_results_that_read_alike_are_told_apart_where_they_differ_most(one, due, said):
    assert wording.apart(one, due) == said


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Other("array of str32"), "an array of str32"),
        (Other("ndarray"), "an array of objects"),
        (Other("Foo"), "a thing of type Foo"),
        (np.ones(1), "an array"),
        (None, "None"),
        ((1, 2), "several results"),
        ((1,), "a tuple of one result"),
        ((), "an empty tuple"),
        (Other("int"), "a whole number of hundreds of digits"),
        (True, "a number"),
        (Raised("E"), "something else"),
    ],
)
def test_a_kind_has_a_name(outcome, said):
    assert wording.kind(outcome) == said


@pytest.mark.parametrize(
    ("kind", "text", "code", "said"),
    [
        ("ValueError", "The truth value of an array with", "x = max(a, b)", "`np.maximum`"),
        ("ValueError", "The truth value of an array with", "if np.max(a) or min(b):", "np.minimum"),
        ("ValueError", "The truth value of an array with", "a.max() and np.min(b)", "`and`"),
        ("TypeError", "only integer scalar arrays can be a scalar index", "np.max(a, b)", "second"),
        ("TypeError", "only integer scalar arrays can be a scalar index", "a[b]", "by itself"),
        ("ValueError", "not enough values to unpack (expected 2)", "n, m = x.shape", "every axis"),
        ("ValueError", "not enough values to unpack (expected 2)", "n, m = f(x)", "several res"),
        ("ValueError", "could not be broadcast: (3,) (3,1)", "", "make a column"),
        ("TypeError", "can't multiply sequence by non-int of type 'list'", "a * b", "arrays of"),
        ("TypeError", "can't multiply sequence by non-int of type 'tuple'", "f(x) * b", "several"),
        ("TypeError", "unsupported operand: 'float' and 'tuple'", "1 / y.shape", "`.shape[0]`"),
        ("TypeError", "unsupported operand: 'float' and 'tuple'", "1 - f(y)", "several results"),
        ("ValueError", "could not be broadcast: (2,3) (3,4)", "w * x", "product of two"),
        ("ValueError", "could not be broadcast: (2,3) (3,4)", "w + x", "have to be equal"),
        ("ValueError", "could not be broadcast: (2,3) (4,3)", "w * x", "have to be equal"),
        ("TypeError", "unsupported operand: 'float' and 'builtin_function'", "", "a call"),
        ("TypeError", "unsupported operand: 'float' and 'dict_values'", "", "A dictionary"),
        ("TypeError", "unsupported operand: 'float' and 'NoneType'", "", "by itself"),
        ("ValueError", "all input arrays must have the same shape", "", "`np.concatenate`"),
        ("TypeError", "'function' object is not subscriptable", "", "round ones"),
        ("TypeError", "'float' object is not subscriptable", "", "Call your function by itself"),
        ("TypeError", "'float' object is not subscriptable", "x[0]", "Try that line by itself"),
        ("ValueError", "too many values to unpack", "n, m = z.shape", "an entry for every axis"),
        ("ValueError", "too many values to unpack", "a, b = f(z, z.shape)", "several results at"),
        ("TypeError", "Cannot interpret '3' as a data type", "", "brackets of its own"),
        ("TypeError", "Cannot interpret '-1' as a data type", "z.view(-1)", "`reshape`"),
        ("TypeError", "unsupported operand type(s) for ^: 'float'", "", "`**`"),
        ("TypeError", "'list' object cannot be interpreted as", "z.mean(axis=a)", "a tuple"),
        ("TypeError", "'list' object cannot be interpreted as", "range(z)", "by itself"),
        ("UFuncTypeError", "Cannot cast ufunc 'add' from float64 to int64", "", "`dtype`"),
        ("UFuncTypeError", "Cannot cast ufunc 'add' from complex to float", "", "by itself"),
        ("TypeError", "object of type 'generator' has no len()", "", "one by one"),
        ("TypeError", "object of type 'int' has no len()", "", "by itself"),
        ("IndexError", "tuple index out of range", "z.shape[2]", "fewer axes"),
        ("IndexError", "tuple index out of range", "z[2]", "by itself"),
        ("TypeError", "unsupported: 'Ellipsis'", "", "of the stub"),
        ("RecursionError", "", "", "calls itself"),
        ("UnboundLocalError", "", "", "makes that variable somewhere"),
        ("NameError", "", "", "has to be an argument"),
        ("SystemExit", "", "", "`exit()`"),
        ("MemoryError", "", "", "the sizes you ask for"),
        ("EOFError", "", "", "`input()`"),
        ("ValueError", "matmul: mismatch", "", "as many columns"),
        ("ValueError", "shapes (2,3) and (2,3) not aligned", "", "as many columns"),
        ("KeyError", "'w'", "", "print its keys"),
        ("TypeError", "f() got an unexpected keyword argument 'a'", "", "which ones it takes"),
        ("AttributeError", "'list' object has no attribute 'mean'", "", "of type list"),
        ("AttributeError", "'list' object has no attribute 'meen'", "", "by itself"),
        ("AttributeError", "module 'numpy' has no attribute 'meen'", "", "how it is spelt"),
        ("ValueError", "module 'numpy' has no attribute 'meen'", "", "by itself"),
    ],
)  # fmt: skip
def test_a_tip_goes_by_what_the_exception_says_and_by_its_line(kind, text, code, said):
    assert said in tips.tip(Raised(kind, text, 3, code))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Raised("IndexError", "out of range", 3, "z[9]"),
         "an IndexError in line 3, `z[9]`: out of range. It"),
        (Raised("ValueError", " no\n way! ", 3, ""), "a ValueError: no way! It"),
        (Raised("UnboundLocalError"), "an UnboundLocalError: no reason given. It"),
        (Raised("UserWarning", "so?", None, "f()"), "a UserWarning: so? It"),
    ],
)  # fmt: skip
def test_an_exception_is_told_in_a_sentence(error, said):
    told = slips.raised(error, "z of shape (3, 1)")
    assert told.startswith(f"Your answer stops with {said} happens for z of shape (3, 1). ")


def test_of_some_kinds_of_repair_a_slip_is_known():
    assert slips.of_a_kind("limit") == ("holds-to-a-limit", slips.LIMIT)
    assert slips.of_a_kind("axis") is slips.of_a_kind(None) is None


def test_several_mistakes_are_numbered():
    assert slips.together(["A."]) == "A."
    assert slips.together(["A.", "B."]) == "Two things at once. (1) A. (2) B."
    assert slips.together(["A."] * 3).startswith("Three things")
    assert slips.together(["A."] * 4).startswith("Several things")


@pytest.mark.parametrize(
    ("got", "said"),
    [
        (["a", "b", "c"], "has the keys a, b, c; asked for: the keys a, b. c is too"),
        (["a", "b", "c", "d"], "c and d are too many"),
        (["a", "c"], "b is missing or spelt otherwise"),
        ([], "has no key; asked for: the keys a, b. a, b are missing or misspelt"),
    ],
)
def test_keys_that_are_wrong_are_named(got, said):
    assert said in slips.wrong_keys(got, ["a", "b"], always=True)


def test_an_argument_that_makes_no_difference_is_named():
    assert slips.ignores("rng") == slips.IGNORES_RNG
    assert slips.ignores("z").startswith("Your result stays the same when z changes")


def test_digits_are_cut_where_a_list_holds_more_than_are_shown():
    short, long = [np.array([1.5]), np.array([2.0])], [np.array([1.5]), np.array([1 / 3])]
    assert "four digits" not in wording.arguments(["a"], (short,))
    assert wording.arguments(["a"], (long,)).endswith("(to four digits)")
