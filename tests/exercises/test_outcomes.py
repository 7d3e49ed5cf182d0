"""What an answer gives, as plain data and back, and what is too large or too strange for that."""

import numpy as np
import pytest

from bnlib.exercises.outcomes import (
    DEEPEST,
    LARGEST_ARRAY,
    LONGEST_LIST,
    Other,
    Raised,
    Unfinished,
    decode,
    encode,
    encode_exception,
    is_unfinished,
)


class Array(np.ndarray):
    pass


def nested(depth: int, last: object = None) -> object:
    """Lists and dicts in turn."""
    if not depth:
        return last
    inside = nested(depth - 1, last)
    return [inside] if depth % 2 else {"a": inside}


KEPT = [
    (None, None),
    (..., Unfinished()),
    (NotImplemented, Unfinished()),
    (True, True),
    (3, 3),
    (2j, 2j),
    (np.float32(0.5), 0.5),
    (np.bool_(True), True),
    (np.longdouble(0.5), 0.5),
    (np.array(3), 3),
    ([1, (2.5, None)], [1, (2.5, None)]),
    ({"a": [1]}, {"a": [1]}),
    ((1 << 1000) - 1, (1 << 1000) - 1),
    (1 << 1000, Other("int")),
    ([0] * LONGEST_LIST, [0] * LONGEST_LIST),
    ([0] * (LONGEST_LIST + 1), Other("list")),
    (dict.fromkeys(map(str, range(LONGEST_LIST + 1))), Other("dict")),
    ({1: 2}, Other("dict of other keys")),
    ({np.str_("a"): 2}, {"a": 2}),
    (nested(DEEPEST), nested(DEEPEST)),
    (nested(DEEPEST, []), nested(DEEPEST, Other("list"))),
    (nested(DEEPEST - 1, {"a": {}}), nested(DEEPEST - 1, {"a": Other("dict")})),
    (np.datetime64("2026-11-28"), Other("datetime64")),
    ("x" * 300, Other("str", "x" * 200)),
    (b"x", Other("bytes")),
    (np.array(["a"]), Other("array of str32")),
    (np.ones(LARGEST_ARRAY + 1, bool), Other(f"array of shape ({LARGEST_ARRAY + 1},)")),
]


def test_no_more_is_kept_than_any_exercise_asks_for():
    assert (LARGEST_ARRAY, LONGEST_LIST, DEEPEST) == (1_000_000, 1_000, 5)


@pytest.mark.parametrize(("value", "outcome"), KEPT)
def test_a_value_comes_back(value, outcome):
    found = decode(encode(value))
    assert found == outcome and type(found) is type(outcome)


@pytest.mark.parametrize(
    ("array", "dtype"),
    [
        (np.array([[1, 2]], np.int16), np.int16),
        (np.array([0.5], np.float32), np.float32),
        (np.array([0.5], np.longdouble), np.float64),
        (np.array([1j], np.complex64), np.complex128),
        (np.ones(LARGEST_ARRAY, bool), bool),
        (np.ones((2, 3)).view(Array), float),
    ],
)
def test_an_array_comes_back(array, dtype):
    found = decode(encode(array))
    assert type(found) is np.ndarray and found.dtype == dtype
    assert np.array_equal(found, array)


def test_an_exception_comes_with_the_learners_own_line():
    def answer():
        return np.ones(2).reshape(3)

    with pytest.raises(ValueError, match="reshape") as caught:
        answer()
    found = decode(encode_exception(caught.value))
    assert isinstance(found, Raised) and found.type_name == "ValueError"
    assert found.code == "return np.ones(2).reshape(3)"
    assert found.line == answer.__code__.co_firstlineno + 1
    assert found.text == str(caught.value) and not found.at_call
    assert len(decode(encode_exception(ValueError("x" * 400))).text) == 300


def test_a_part_that_is_left_open_is_found():
    assert is_unfinished((1, {"a": [Unfinished()]}))
    assert not is_unfinished((1, {"a": [None]}))
