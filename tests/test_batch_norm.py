"""The equations of batch norm, against their textbook form and against numerical gradients."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from strategies import Batch, batches, relative_error

import bnlib
from bnlib.equations import batch_norm


def textbook_batch_norm(z, gamma, beta, eps):
    """Ioffe and Szegedy 2015, algorithm 1, as printed."""
    mu = np.mean(z, axis=1, keepdims=True)
    var = np.mean((z - mu) ** 2, axis=1, keepdims=True)
    z_norm = (z - mu) / np.sqrt(var + eps)
    return gamma * z_norm + beta, z_norm, mu, var


def textbook_backward(dz_tilde, z, gamma, eps):
    """The six derivatives of section 3 of the paper, as printed."""
    m = z.shape[1]
    _, z_norm, mu, var = textbook_batch_norm(z, gamma, 0, eps)
    dz_norm = dz_tilde * gamma
    dvar = np.sum(dz_norm * (z - mu) * -0.5 * (var + eps) ** -1.5, axis=1, keepdims=True)
    dmu = np.sum(-dz_norm / np.sqrt(var + eps), axis=1, keepdims=True)
    dmu += dvar * np.sum(-2 * (z - mu), axis=1, keepdims=True) / m
    dz = dz_norm / np.sqrt(var + eps) + dvar * 2 * (z - mu) / m + dmu / m
    dgamma = np.sum(dz_tilde * z_norm, axis=1, keepdims=True)
    return dz, dgamma, np.sum(dz_tilde, axis=1, keepdims=True)


@given(batches())
def test_forward_is_the_textbook(b: Batch):
    z_tilde, cache = bnlib.batch_norm(b.z, b.gamma, b.beta, b.eps)
    expected, z_norm, mu, var = textbook_batch_norm(b.z, b.gamma, b.beta, b.eps)
    np.testing.assert_allclose(z_tilde, expected, rtol=1e-10, atol=1e-10)
    np.testing.assert_allclose(cache.z_norm, z_norm, rtol=1e-10, atol=1e-10)
    np.testing.assert_allclose(cache.mu, mu, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(cache.var, var, rtol=1e-10, atol=1e-12)


@given(batches())
def test_backward_is_the_textbook(b: Batch):
    _, cache = bnlib.batch_norm(b.z, b.gamma, b.beta, b.eps)
    for actual, expected in zip(
        bnlib.batch_norm_backward(b.dz_tilde, cache),
        textbook_backward(b.dz_tilde, b.z, b.gamma, b.eps),
        strict=True,
    ):
        np.testing.assert_allclose(actual, expected, rtol=1e-8, atol=1e-8)


@given(batches(min_examples=3))
def test_gradients_hold_against_numerical_ones(b: Batch):
    def cost_of(z, gamma, beta):
        return float(np.sum(bnlib.batch_norm(z, gamma, beta, b.eps)[0] * b.dz_tilde))

    _, cache = bnlib.batch_norm(b.z, b.gamma, b.beta, b.eps)
    dz, dgamma, dbeta = bnlib.batch_norm_backward(b.dz_tilde, cache)
    for analytic, f, x in (
        (dz, lambda z: cost_of(z, b.gamma, b.beta), b.z),
        (dgamma, lambda gamma: cost_of(b.z, gamma, b.beta), b.gamma),
        (dbeta, lambda beta: cost_of(b.z, b.gamma, beta), b.beta),
    ):
        assert relative_error(analytic, richardson(f, x)) < 1e-7


def richardson(f, x):
    """Two central differences combined, so that the error of order h^2 cancels."""
    coarse, fine = bnlib.numerical_gradient(f, x, 2e-3), bnlib.numerical_gradient(f, x, 1e-3)
    finest = bnlib.numerical_gradient(f, x, 5e-4)
    first, second = (4 * fine - coarse) / 3, (4 * finest - fine) / 3
    return (16 * second - first) / 15


@given(batches())
def test_float32_stays_float32(b: Batch):
    z, gamma, beta, dz_tilde = (a.astype(np.float32) for a in b[:4])
    z_tilde, cache = bnlib.batch_norm(z, gamma, beta, b.eps)
    results = [z_tilde, *cache, *bnlib.batch_norm_backward(dz_tilde, cache)]
    results.append(bnlib.batch_norm_inference(z, gamma, beta, cache.mu, cache.var, b.eps))
    assert {array.dtype for array in results} == {np.dtype(np.float32)}


@pytest.mark.parametrize(("mean", "allowed"), [(1e4, 2e-6), (1e6, 1e-5)])
def test_a_large_mean_in_float32_does_no_harm(mean, allowed):
    """The error that is left is float32's own: the input itself is compared as rounded."""
    z = np.random.default_rng(0).normal(mean, 1, (3, 4096)).astype(np.float32)
    one, zero = np.ones((3, 1), np.float32), np.zeros((3, 1), np.float32)
    expected = textbook_batch_norm(z.astype(np.float64), 1.0, 0.0, 1e-5)[0]
    assert np.abs(bnlib.batch_norm(z, one, zero)[0] - expected).max() < allowed


@given(batches())
def test_inference_with_the_batch_statistics_is_training(b: Batch):
    z_tilde, cache = bnlib.batch_norm(b.z, b.gamma, b.beta, b.eps)
    again = bnlib.batch_norm_inference(b.z, b.gamma, b.beta, cache.mu, cache.var, b.eps)
    np.testing.assert_allclose(again, z_tilde, rtol=1e-9, atol=1e-9)


@given(batches())
def test_inference_treats_every_example_alone(b: Batch):
    mean, var = b.gamma + 1, b.beta**2 + 0.5
    whole = bnlib.batch_norm_inference(b.z, b.gamma, b.beta, mean, var, b.eps)
    for i in range(b.z.shape[1]):
        alone = bnlib.batch_norm_inference(b.z[:, i : i + 1], b.gamma, b.beta, mean, var, b.eps)
        np.testing.assert_allclose(alone, whole[:, i : i + 1], rtol=1e-13)


def test_a_batch_of_one_and_a_constant_unit_give_beta():
    gamma, beta = np.array([[2.0], [3.0]]), np.array([[5.0], [-7.0]])
    for z in (np.array([[4.0], [9.0]]), np.full((2, 6), 3e7)):
        z_tilde, _ = bnlib.batch_norm(z, gamma, beta)
        np.testing.assert_array_equal(z_tilde, np.broadcast_to(beta, z.shape))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("m", [6, 41, 60, 4096, 300_000])
def test_a_constant_unit_is_centred_to_nothing(m, dtype):
    """The mean of equal numbers is rounded too; what is left must not look like a spread."""
    constants = np.array([[3], [1 / 3], [1e8], [-1e12], [1e25]], dtype)
    gamma, beta = np.full((5, 1), 2, dtype), np.arange(5, dtype=dtype).reshape(5, 1)
    z_tilde, cache = bnlib.batch_norm(np.repeat(constants, m, axis=1), gamma, beta)
    assert not cache.var.any()
    np.testing.assert_array_equal(z_tilde, np.repeat(beta, m, axis=1))


def test_large_numbers_that_are_valid_pass_without_a_warning():
    z = np.array([[1, 2, 3, 4], [1, 1, 2, 2]], np.float32) * np.float32(5e9)
    large = np.full((2, 1), 1e30, np.float32)
    z_tilde, cache = bnlib.batch_norm(z, large, large)
    assert np.isfinite(z_tilde).all()
    dz, *_ = bnlib.batch_norm_backward(z * np.float32(1e10), cache)
    assert np.isfinite(dz).all()


@given(batches())
def test_arguments_are_left_alone(b: Batch):
    before = [array.copy() for array in b[:4]]
    _, cache = bnlib.batch_norm(b.z, b.gamma, b.beta, b.eps)
    kept = [array.copy() for array in cache]
    bnlib.batch_norm_backward(b.dz_tilde, cache)
    bnlib.batch_norm_inference(b.z, b.gamma, b.beta, cache.mu, cache.var)
    for array, copy in zip([*b[:4], *cache], before + kept, strict=True):
        np.testing.assert_array_equal(array, copy)


Z, G = np.arange(6.0).reshape(2, 3), np.ones((2, 1))
BAD_CALLS = [
    (lambda: bnlib.batch_norm(Z[0], G, G), ValueError, r"z has shape \(3,\), expected \(n, m\)"),
    (lambda: bnlib.batch_norm(Z[:, :0], G, G), ValueError, "an empty batch has no mean"),
    (
        lambda: bnlib.batch_norm(Z, G[:, 0], G),
        ValueError,
        r"gamma has shape \(2,\), expected \(2, 1\)",
    ),
    (
        lambda: bnlib.batch_norm(Z, G, G[:1]),
        ValueError,
        r"beta has shape \(1, 1\), expected \(2, 1\)",
    ),
    (lambda: bnlib.batch_norm(Z, G, G, -1.0), ValueError, "eps is -1.0"),
    (lambda: bnlib.batch_norm(Z, G, G, np.nan), ValueError, "eps is nan"),
    (lambda: bnlib.batch_norm(Z, G, G, "1"), TypeError, "eps is '1', expected a number"),
    (lambda: bnlib.batch_norm(Z * 1j, G, G), TypeError, "dtype complex128"),
    (lambda: bnlib.batch_norm(Z.astype(np.float16), G, G), TypeError, "float16"),
    (lambda: bnlib.batch_norm(np.where(Z == 4, np.nan, Z), G, G), ValueError, r"nan at \[1, 1\]"),
    (lambda: bnlib.batch_norm(np.where(Z == 4, np.inf, Z), G, G), ValueError, r"inf at \[1, 1\]"),
    (lambda: bnlib.batch_norm(Z, G * np.nan, G), ValueError, r"gamma holds nan at \[0, 0\]"),
    (lambda: bnlib.batch_norm(Z, G, G * np.inf), ValueError, r"beta holds inf at \[0, 0\]"),
    (lambda: bnlib.batch_norm(Z * 1e300, G, G), ValueError, "beyond the range of float64"),
    (lambda: bnlib.batch_norm(Z * 0, G, G, 0), ValueError, "variance of unit 0 is 0 in float64"),
    (lambda: backward(np.ones((2, 4))), ValueError, r"shape \(2, 4\), expected \(2, 3\)"),
    (lambda: backward(np.full((2, 3), np.nan)), ValueError, r"dz_tilde holds nan at \[0, 0\]"),
    (lambda: bnlib.batch_norm_inference(Z, G, G, G, -G), ValueError, "var holds -1.0"),
    (lambda: bnlib.batch_norm(Z * 0 + 1 / 3, G, G, 0), ValueError, "variance of unit 0 is 0"),
    (
        lambda: bnlib.batch_norm(np.ones((2, 6), np.float32), G, G, 1e-50),
        ValueError,
        "0 in float32.* eps is 1e-50",
    ),
    (
        # dbeta is 0, dgamma is not finite.
        lambda: bnlib.batch_norm_backward(
            np.array([[1e308, 0, -1e308]] * 2), bnlib.batch_norm(Z, G, G, 0.0)[1]
        ),
        ValueError,
        "batch_norm_backward: the sum of dz_tilde .* is beyond the range",
    ),
    (
        lambda: bnlib.batch_norm_backward(Z * 0 + 1e308, bnlib.batch_norm(Z, G, G)[1]),
        ValueError,
        "batch_norm_backward: the sum of dz_tilde .* is beyond the range",
    ),
    (
        lambda: bnlib.batch_norm(np.zeros((2, 3), np.float32), G, G, 1e-60),
        ValueError,
        "the variance of unit 0 is 0 in float32, .* and eps is 1e-60",
    ),
    (lambda: bnlib.batch_norm(Z * 0, G * 1e308, G, 1e-9), ValueError, "beyond the range"),
    (lambda: bnlib.batch_norm_inference(Z, G, G, G, G * 0, 0), ValueError, "var holds 0 and eps"),
    (lambda: bnlib.batch_norm_inference(Z, G, G, G, G * np.nan), ValueError, "var holds nan"),
    (lambda: bnlib.batch_norm_inference(Z, G, G, G, G * np.inf), ValueError, "var holds inf"),
    (lambda: bnlib.batch_norm_inference(Z, G, G, G * np.nan, G), ValueError, "mean holds nan"),
    (lambda: bnlib.batch_norm_inference(Z, G * np.nan, G, G, G), ValueError, "gamma holds nan"),
]


def backward(dz_tilde):
    return bnlib.batch_norm_backward(dz_tilde, bnlib.batch_norm(Z, G, G)[1])


@pytest.mark.parametrize(("call", "error", "message"), BAD_CALLS)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_a_variance_as_large_as_eps_is_no_variance_of_0():
    z, none, one = np.array([[-1.0, 1.0]]), np.zeros((1, 1)), np.ones((1, 1))
    # So large, gamma and beta have the arguments looked at again: the result may not be finite.
    gamma, beta = np.array([[1e200]]), np.array([[1e150]])
    expected = np.array([[-1e200, 1e200]]) / np.sqrt(2)
    np.testing.assert_allclose(bnlib.batch_norm(z, gamma, beta, eps=1.0)[0], expected)
    np.testing.assert_allclose(bnlib.batch_norm_inference(z, gamma, beta, none, one, 1.0), expected)


def test_a_gradient_comes_in_the_dtype_of_its_batch():
    _, cache = bnlib.batch_norm(Z.astype(np.float32), G, G)
    assert all(g.dtype == np.float32 for g in bnlib.batch_norm_backward(np.ones((2, 3)), cache))


def test_integers_become_float64():
    z_tilde, _ = bnlib.batch_norm([[1, 2, 3]], [[1]], [[0]])
    assert z_tilde.dtype == np.float64
    np.testing.assert_allclose(z_tilde[0, 2], np.sqrt(1.5), rtol=1e-4)


def test_what_all_batches_share_cannot_be_changed():
    for shared in batch_norm._ones_and_average(3, np.dtype(np.float64)):
        with pytest.raises(ValueError, match="read-only"):
            shared[0] = 2
