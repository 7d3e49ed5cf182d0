"""When two results are the same, and when one is the other out of form."""

import itertools

import numpy as np
import pytest

from bnlib.exercises import adjust, compare
from bnlib.exercises.compare import holds_float32, same, tolerance_for
from bnlib.exercises.exercise import load
from bnlib.exercises.known import expectations
from bnlib.exercises.outcomes import Other, Raised

COLUMN, FLAT = np.array([[1.0], [2.0]]), np.array([1.0, 2.0])
SQUARE = np.array([[1.0, 2.0], [3.0, 4.0]])
NAN = np.array([np.nan, np.inf, 1.0])


@pytest.mark.parametrize(
    ("got", "want", "alike"),
    [
        (COLUMN, COLUMN.copy(), True),
        (COLUMN, FLAT, False),
        (FLAT, [1.0, 2.0], False),
        ([1.0, 2.0], FLAT, False),
        ([1, (2, {"a": 3})], (1, [2, {"a": 3}]), True),
        ([1, 2], (1, 2, 3), False),
        ([1, 2], (1, 3), False),
        (3, (3,), False),
        ({"a": 1}, {"a": 1.0}, True),
        ({"a": 1}, {"b": 1}, False),
        ({"a": 1, "b": 2}, {"a": 1}, False),
        ([1], {"a": 1}, False),
        (1, True, True),
        (1 << 100, float(1 << 100), True),
        (1j, 1, False),
        (np.array([1j]), np.array([1.0]), False),
        (np.array([1.0 + 0j]), np.array([1.0 + 0j]), True),
        (np.array([True]), np.array([1]), True),
        (None, None, True),
        (None, 0, False),
        (0, None, False),
        ("x", "x", True),
        (Other("a"), Other("a"), True),
        (Other("a"), Other("b"), False),
        (NAN, NAN.copy(), True),
        (NAN, np.array([np.nan, -np.inf, 1.0]), False),
        (np.array([1.0, np.inf, 1.0]), NAN, False),
        (np.array([np.nan, np.inf, np.nan]), NAN, False),
        (np.zeros((0, 2)), np.zeros((0, 2)), True),
        (Raised("ValueError", "operands could not be broadcast"),
         Raised("ValueError", "cannot broadcast", 7), True),
        (Raised("ValueError", "matmul: broadcast"), Raised("ValueError", "broadcast"), False),
        (Raised("ValueError", "not aligned"), Raised("ValueError", "matmul: other"), True),
        (Raised("ValueError", "truth value"), Raised("ValueError", ""), False),
        (Raised("TypeError"), Raised("ValueError"), False),
        (None, Raised("ValueError"), False),
    ],
)  # fmt: skip
def test_two_outcomes_are_the_same(got, want, alike):
    assert same(got, want, 1e-9) == alike


@pytest.mark.parametrize(
    ("off", "largest", "alike"),
    [(1.09e-3, 1, True), (1.11e-3, 1, False), (9e-5, 0, True), (1.1e-4, 0, False)],
)
def test_a_number_may_be_off_by_the_tolerance_of_the_largest_of_its_row(off, largest, alike):
    due = np.array([[largest, 0.0], [1e9, 0.0]])
    assert same(due + np.array([[0, off], [0, 0]]), due, 1e-3) == alike
    assert same(float(largest + off), float(largest), 1e-3) == alike


def test_float32_is_found_wherever_it_is():
    single = np.ones(2, np.float32)
    for value in (single, [1, single], {"a": (single,)}, np.float32(1)):
        assert holds_float32(value) and tolerance_for((1, value)) == 1e-4
    for value in (FLAT, [1, FLAT], {"a": 1.0}, 1.0, "x"):
        assert not holds_float32(value) and tolerance_for((value,), 1e-5) == 1e-5


def put(name: str, got: object, want: object) -> object:
    """A result after every slip of form of that name is mended."""
    return adjust.put_in_form(tuple(f for f in adjust.FORMS if f.name == name), got, want)


@pytest.mark.parametrize(
    ("form", "got", "want", "mended"),
    [
        ("number-for-array", 3.0, np.array([[1.0]]), np.array([[3.0]])),
        ("number-for-array", 3.0, COLUMN, 3.0),
        ("number-for-array", [3.0, 4.0], [np.ones(1), 1.0], [np.array([3.0]), 4.0]),
        ("number-for-array", [3.0], [np.ones(1), 1.0], [3.0]),
        ("number-for-array", {"a": 3.0, "b": 1}, {"a": np.ones(1)},
         {"a": np.array([3.0]), "b": 1}),
        ("number-for-array", 3.0, {"a": np.ones(1)}, 3.0),
        ("number-for-array", {"a": 3.0}, np.ones(1), {"a": 3.0}),
        ("number-for-array", 3.0, (np.ones(1),), 3.0),
        ("number-for-array", (3.0,), np.ones(1), (3.0,)),
        ("flat-shape", FLAT, COLUMN, COLUMN),
        ("flat-shape", FLAT, np.ones((3, 1)), COLUMN),
        ("flat-shape", 2.0, np.ones((1, 1)), np.array([[2.0]])),
        ("flat-shape", COLUMN, FLAT, COLUMN),
        ("transposed", COLUMN, COLUMN, COLUMN.T),
        ("transposed", FLAT, FLAT, FLAT),
        ("extra-dimensions", COLUMN, FLAT, FLAT),
        ("extra-dimensions", np.array([[3.0]]), 1.0, 3.0),
        ("extra-dimensions", COLUMN, 1.0, COLUMN),
        ("extra-dimensions", COLUMN, np.ones(3), FLAT),
        ("extra-dimensions", SQUARE, np.ones(3), SQUARE),
        ("extra-dimensions", FLAT, COLUMN, FLAT),
        ("extra-dimensions", 3.0, FLAT, 3.0),
        ("repeated-columns", np.array([[1.0, 1], [2, 2]]), COLUMN, COLUMN),
        ("repeated-columns", SQUARE, COLUMN, SQUARE),
        ("repeated-columns", COLUMN, COLUMN, COLUMN),
        ("repeated-rows", np.array([[1.0, 2], [1, 2]]), FLAT[None], FLAT[None]),
        ("repeated-rows", SQUARE, FLAT[None], SQUARE),
        ("list-for-array", [[1, 2], [3, 4]], SQUARE, SQUARE),
        ("list-for-array", [[1, 2], [3]], SQUARE, [[1, 2], [3]]),
        ("list-for-array", ["a"], FLAT, ["a"]),
        ("swapped-results", (1, 2), (3, 4), (2, 1)),
        ("swapped-results", [1, 2], (3, 4), (2, 1)),
        ("swapped-results", (1, 2, 3), (3, 4, 5), (1, 2, 3)),
        ("swapped-results", (1, 2), 3, (1, 2)),
        ("one-array-for-two", SQUARE, (FLAT, FLAT), (SQUARE[0], SQUARE[1])),
        ("one-array-for-two", SQUARE.ravel(), (FLAT, FLAT), (SQUARE[0], SQUARE[1])),
        ("one-array-for-two", np.hstack([SQUARE] * 3), (SQUARE,) * 3, (SQUARE,) * 3),
        ("one-array-for-two", np.vstack([SQUARE] * 3), (SQUARE,) * 3, (SQUARE,) * 3),
        ("one-array-for-two", np.ones(3), (FLAT, FLAT), np.ones(3)),
        ("one-array-for-two", SQUARE, FLAT, SQUARE),
    ],
)  # fmt: skip
def test_a_result_is_put_in_form(form, got, want, mended):
    made = put(form, got, want)
    assert type(made) is type(mended) and same(made, mended, 0)
    assert (made is got) == (type(got) is type(mended) and same(got, mended, 0))


def test_no_slip_of_form_one_and_two_are_tried_in_turn():
    row_of_lists = ([[1.0, 2.0]],)
    tried = [[f.name for f in forms] for forms in adjust.possible_forms(row_of_lists, (COLUMN,))]
    assert tried == [[], ["list-for-array"], ["list-for-array", "transposed"]]
    assert list(adjust.possible_forms((1.0,), (2.0,))) == [()]


@pytest.mark.parametrize(
    ("form", "got", "due", "is_due"),
    [
        ("extra-dimensions", COLUMN, FLAT, True),
        ("extra-dimensions", FLAT, FLAT, False),
        ("extra-dimensions", COLUMN, 1.0, False),
        ("extra-dimensions", np.array([[3.0]]), 1.0, True),
        ("extra-dimensions", 1.0, FLAT, False),
        ("transposed", COLUMN, FLAT[None], True),
        ("transposed", COLUMN, COLUMN, False),
        ("transposed", SQUARE, SQUARE, True),
        ("flat-shape", FLAT, COLUMN, True),
    ],
)
def test_a_slip_of_form_is_told_beside_a_mistake_if_it_leads_from_what_is_due(
    form, got, due, is_due
):
    assert adjust.is_due_else(form, [(got, due)]) == is_due


def test_one_entry_where_several_results_are_due_is_no_error():
    """Squeezed, it is an array without a length."""
    found = list(adjust.possible_forms((np.ones((1, 1)),), ((COLUMN, COLUMN),)))
    assert ["extra-dimensions"] in [[form.name for form in forms] for forms in found]


@pytest.mark.parametrize("name", ["normalize", "softmax_regression", "to_pytorch_state"])
def test_outcomes_that_begin_apart_are_never_the_same(name):
    expected = expectations(load(name))
    known = [expected.right, *(one.outcomes for one in expected.singles)]
    apart = 0
    for one, other in itertools.permutations(known, 2):
        for i, tolerance in enumerate(expected.tolerances[: expected.plan.cases]):
            if compare.begin_apart(one.first_numbers[i], other.beginnings[i], tolerance):
                apart += 1
                assert not same(one.observed[i], other.observed[i], tolerance)
    assert apart > len(known) ** 2 * expected.plan.cases / 3


@pytest.mark.parametrize(
    ("outcome", "beginning"),
    [
        (np.array([[1.0, -3.0]]), (1, 3)),
        (({"b": np.array([5.0]), "a": np.array([-2.0])}, 7.0), (-2, 2)),
        (-2.5, (-2.5, 2.5)),
        (np.array([1.0, np.inf]), (1, None)),
        (np.array([np.inf, 1.0]), None),
        (np.nan, None),
        (np.zeros((0, 2)), None),
        (np.array([1]), None),
        ((), None),
        ("text", None),
    ],
)
def test_of_an_outcome_the_first_number_is_looked_at_first(outcome, beginning):
    first, largest = beginning or (None, None)
    assert compare.first_number(outcome) == first
    assert compare.beginning(outcome) == (None if largest is None else beginning)


def test_no_two_begin_apart_that_the_largest_of_a_row_excuses():
    tolerance = 1e-3
    for gap in np.linspace(0, 5, 101):
        one, other = np.array([1.0 + gap, 900.0]), np.array([1.0, 900.0])
        first, beginning = compare.first_number(one), compare.beginning(other)
        if compare.begin_apart(first, beginning, tolerance):
            assert not same(one, other, tolerance)
        else:
            assert same(one, other, 1.02 * tolerance)
    assert not compare.begin_apart(None, (1.0, 1.0), 0)
    assert not compare.begin_apart(1.0, None, 0)
