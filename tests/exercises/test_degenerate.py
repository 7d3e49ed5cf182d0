"""Results that no formula made, and inputs of an extreme kind."""

from types import SimpleNamespace

import numpy as np
import pytest

from bnlib.exercises import extremes
from bnlib.exercises.degenerate import degenerate
from bnlib.exercises.exercise import load

Z = np.array([[1.0, 3.0]])
DUE = np.array([[0.5, 2.0]])
INTS = np.array([[7, 9]])


def said_of(*gives: object, due: tuple = (DUE,), reseeded: bool = False) -> tuple[str, str] | None:
    """What is plain about these results, one a case, of a function of z, where `due` is right."""
    plan = SimpleNamespace(
        reseeded=reseeded, cases=len(gives), calls=[(Z + i, 0.5 + i) for i in range(len(gives))]
    )
    exercise = SimpleNamespace(parameters={"z": None, "of_z": None, "eps": None})
    right = SimpleNamespace(raw=due * (len(gives) // len(due)))
    expected = SimpleNamespace(plan=plan, exercise=exercise, right=right)
    return degenerate(expected, SimpleNamespace(raw=gives))


@pytest.mark.parametrize(
    ("gives", "due", "name", "words"),
    [
        ((Z, Z + 1), (DUE,), "hands-back-z", "You hand z back"),
        ((0.5, 1.5), (DUE,), "hands-back-of-z", "You hand of_z back"),
        ((DUE > 1,), (DUE,), None, ""),
        ((True, False), (0.5,), "gives-yes-or-no", ""),
        ((0 * DUE, 1e-15 * DUE), (DUE,), "zeros-everywhere", ""),
        ((1e-13 * DUE,), (DUE,), None, ""),
        ((0 * DUE,), (0 * DUE,), None, ""),
        ((0 * DUE + 7, 0 * DUE + 7), (DUE,), "one-number-everywhere", "7"),
        ((0 * DUE + 7, 0 * DUE + 8), (DUE,), None, ""),
        ((0 * DUE + 7,), (0 * DUE + 1,), None, ""),
        (((0 * DUE + 7, DUE),), ((DUE, DUE),), "one-number-everywhere", "first result"),
        (((DUE, 0 * DUE + 7),), ((DUE, DUE),), "one-number-everywhere", "second result"),
        (((DUE, 0 * DUE + 7),), ((DUE, 0 * DUE),), None, ""),
        (((0 * DUE + 6, 0 * DUE + 7),), ((DUE, DUE),), None, ""),
        ((INTS,), (DUE,), "whole-numbers-only", "whole numbers"),
        ((INTS,), (0.5 * INTS,), "whole-numbers-only", ""),
        ((INTS,), (2.0 * INTS,), None, ""),
        (((INTS, DUE),), ((DUE, DUE),), None, ""),
        ((7,), (0.5,), None, ""),
        ((np.ones((2, 1)),), (DUE,), None, ""),
        (("text",), (DUE,), None, ""),
        ((np.zeros((0, 2)),), (np.zeros((0, 2)),), None, ""),
        ((1j * DUE,), (DUE,), None, ""),
        (({"a": 0 * DUE},), ({"a": DUE},), "zeros-everywhere", ""),
    ],
)  # fmt: skip
def test_what_is_plain_of_a_result(gives, due, name, words):
    found = said_of(*gives, due=due)
    assert (found[0] if found else None) == name
    assert found is None or words in found[1]


def test_of_random_results_nothing_is_plain():
    assert said_of(0 * DUE, reseeded=True) is None


def test_extreme_inputs_are_known():
    normalize, softmax = load("normalize"), load("softmax")
    one_example, one_unit = (np.ones((3, 1)),), (np.ones((1, 3)),)
    single = (np.ones((3, 2), np.float32),)
    assert extremes.says_little(one_example, normalize)
    assert not extremes.says_little(one_unit, normalize)
    assert extremes.says_little(one_unit, softmax)
    assert not extremes.says_little(one_example, softmax)
    cases = [(np.ones((3, 2)),), one_example, one_unit, single, one_unit]
    exercise = SimpleNamespace(parameters=normalize.parameters, notebook=1, cases=cases)
    assert extremes.ordinary_cases(exercise) == [0]
    for wrong, in_float64, name in (
        ([3], True, "wrong-for-float32"),
        ([3], False, None),
        ([1], False, "wrong-for-one-example"),
        ([2], True, "wrong-for-one-unit"),
        ([1, 2], True, None),
        ([0, 1], True, None),
    ):
        found = extremes.only_on_one_kind(exercise, wrong, in_float64)
        assert (found[0] if found else None) == name
    exercise.cases = [one_unit, one_unit]
    assert extremes.only_on_one_kind(exercise, [0], True) is None
    assert [m.shape for m in extremes.matrices({"a": [Z, (Z.T, Z[0])], "b": 1})] == [(1, 2), (2, 1)]
