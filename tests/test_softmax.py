"""Softmax and cross-entropy: identities, extremes, gradients, errors."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import relative_error

import bnlib


@st.composite
def logits(draw):
    """(z, labels) of random shape."""
    classes, m = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return 3 * rng.standard_normal((classes, m)), rng.integers(classes, size=m)


def test_the_lecture_example():
    """z = [5, 2, -1, 3]: Ng's slide gives 0.842, 0.042, 0.002, 0.114."""
    p = bnlib.softmax([5, 2, -1, 3])
    np.testing.assert_allclose(p, [0.842, 0.042, 0.002, 0.114], atol=5e-4)
    np.testing.assert_array_equal(bnlib.hardmax([5, 2, -1, 3]), [1, 0, 0, 0])


@given(logits())
def test_softmax_is_its_definition(case):
    z, _ = case
    p = bnlib.softmax(z)
    np.testing.assert_allclose(p, np.exp(z) / np.exp(z).sum(axis=0), rtol=1e-12)
    np.testing.assert_allclose(bnlib.log_softmax(z), np.log(p), rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(bnlib.softmax(z + 1000), p, rtol=1e-10)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_extreme_logits_in_every_dtype(dtype):
    z = np.array([[1e4, 0], [-1e4, 0], [5e3, 0]], dtype)
    p, log_p, h = bnlib.softmax(z), bnlib.log_softmax(z), bnlib.hardmax(z)
    np.testing.assert_allclose(p, [[1, 1 / 3], [0, 1 / 3], [0, 1 / 3]], rtol=1e-3)
    np.testing.assert_allclose(log_p[:, 0], [0, -2e4, -5e3], rtol=1e-3)
    np.testing.assert_array_equal(h, [[1, 1], [0, 0], [0, 0]])
    assert p.dtype == log_p.dtype == h.dtype == dtype


def test_a_logit_of_minus_infinity_is_probability_zero():
    np.testing.assert_array_equal(bnlib.softmax([0.0, -np.inf]), [1, 0])


@given(logits())
def test_integer_and_one_hot_labels_agree(case):
    z, y = case
    cost, dz = bnlib.softmax_cross_entropy(z, y)
    soft_cost, soft_dz = bnlib.softmax_cross_entropy(z, np.eye(len(z))[:, y])
    assert cost == pytest.approx(soft_cost, rel=1e-12)
    np.testing.assert_allclose(dz, soft_dz, rtol=1e-12, atol=1e-15)
    assert cost == pytest.approx(-np.log(bnlib.softmax(z)[y, np.arange(len(y))]).mean())
    for labels in (y, np.eye(len(z))[:, y]):
        assert bnlib.softmax_cross_entropy(z + 1000, labels)[0] == pytest.approx(cost, abs=1e-9)


@given(logits(), st.floats(0, 1))
def test_gradient_holds_against_the_numerical_one(case, amount):
    z, labels = case
    y = (1 - amount) * np.eye(len(z))[:, labels] + amount / len(z)
    cost, dz = bnlib.softmax_cross_entropy(z, y)
    numerical = bnlib.numerical_gradient(lambda z: bnlib.softmax_cross_entropy(z, y)[0], z, 1e-4)
    assert isinstance(cost, float)
    assert np.abs(dz - numerical).max() < 1e-7
    np.testing.assert_allclose(dz.sum(axis=0), 0, atol=1e-12)


def test_gradient_to_seven_digits_in_norm():
    rng = np.random.default_rng(0)
    z, y = rng.standard_normal((5, 8)), rng.integers(5, size=8)
    _, dz = bnlib.softmax_cross_entropy(z, y)
    numerical = bnlib.numerical_gradient(lambda z: bnlib.softmax_cross_entropy(z, y)[0], z)
    assert relative_error(dz, numerical) < 1e-7


def test_a_hopeless_logit_costs_what_it_should():
    z = np.array([[1e4], [0], [-1e4], [5e3]], np.float32)
    assert bnlib.softmax_cross_entropy(z, np.array([2]))[0] == 20000
    assert bnlib.softmax_cross_entropy(z, np.array([0]))[0] == 0


@given(logits())
def test_float32_stays_float32_and_arguments_are_left_alone(case):
    z, y = case
    z = z.astype(np.float32)
    before = z.copy()
    for result in (bnlib.softmax(z), bnlib.log_softmax(z), bnlib.hardmax(z)):
        assert result.dtype == np.float32
    assert bnlib.softmax_cross_entropy(z, y)[1].dtype == np.float32
    np.testing.assert_array_equal(z, before)


def test_hardmax_takes_the_first_of_equals():
    np.testing.assert_array_equal(bnlib.hardmax([[1, 2], [1, 7], [0, 7]]), [[1, 0], [0, 1], [0, 0]])


Z = np.zeros((3, 2))
BAD_CALLS = [
    (lambda: bnlib.softmax(np.zeros((2, 2, 2))), ValueError, r"expected \(C, m\)"),
    (lambda: bnlib.softmax(np.zeros((0, 2))), ValueError, r"shape \(0, 2\)"),
    (lambda: bnlib.softmax([np.nan, 1.0]), ValueError, "holds nan"),
    (lambda: bnlib.log_softmax([np.inf, 1.0]), ValueError, "holds inf"),
    (lambda: bnlib.hardmax([-np.inf, -np.inf]), ValueError, "holds -inf"),
    (lambda: bnlib.softmax(["a"]), TypeError, "expected floating-point"),
    (lambda: bnlib.softmax_cross_entropy(Z[:, 0], [0]), ValueError, r"z has shape \(3,\)"),
    (lambda: bnlib.softmax_cross_entropy(Z, [0]), ValueError, r"y has shape \(1,\)"),
    (lambda: bnlib.softmax_cross_entropy(Z, [0, 3]), ValueError, "label 3, expected 0 to 2"),
    (lambda: bnlib.softmax_cross_entropy(Z, [0, -1]), ValueError, "label -1"),
    (lambda: bnlib.softmax_cross_entropy(Z, [0.0, 1.0]), TypeError, "expected integer labels"),
    (lambda: bnlib.softmax_cross_entropy(Z, Z), ValueError, "sum to 1"),
    (lambda: bnlib.softmax_cross_entropy(Z, Z.T), ValueError, r"shape \(2, 3\)"),
    (
        lambda: bnlib.softmax_cross_entropy(Z - [[np.inf], [0], [0]], [0, 0]),
        ValueError,
        "z holds -inf",
    ),
    (lambda: bnlib.softmax_cross_entropy(Z + np.nan, [0, 0]), ValueError, r"z holds nan at \[0, 0"),
    (
        lambda: bnlib.softmax_cross_entropy(np.array([[3e38], [-3e38]], np.float32), [1]),
        ValueError,
        "beyond the range of float32",
    ),
]


@pytest.mark.parametrize(("call", "error", "message"), BAD_CALLS)
@pytest.mark.filterwarnings("ignore:invalid value", "ignore:divide by zero")
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_many_classes_in_float16():
    """Their exponentials add up to more than float16 holds, the cost does not."""
    classes = 70_000
    z = np.zeros((classes, 2), np.float16)
    cost, dz = bnlib.softmax_cross_entropy(z, np.array([0, 5]))
    assert cost == pytest.approx(np.log(classes), rel=1e-3)
    assert dz.dtype == np.float16
    soft = np.full((classes, 2), 1 / classes)
    assert bnlib.softmax_cross_entropy(z, soft)[0] == pytest.approx(np.log(classes), rel=1e-2)
    np.testing.assert_allclose(bnlib.log_softmax(z), -np.log(classes), rtol=1e-3)
    np.testing.assert_allclose(bnlib.softmax(z).astype(float), 1 / classes, rtol=5e-3)
