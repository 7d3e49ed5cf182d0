"""Notebook 3 on the scale of weights, batch noise and regularizing: its claims on five seeds."""

import functools

import numpy as np
import pytest

import bnlib
from bnlib.experiments import batch_noise, regularization, scale_invariance

DIGITS = bnlib.load_digits()
SEEDS = range(10)


@functools.cache
def fitted(batch_norm, batch_size):
    return regularization.fitted(DIGITS, SEEDS, batch_norm=batch_norm, batch_size=batch_size)


@pytest.mark.parametrize("seed", SEEDS)
def test_output_is_kept_gradient_is_over_a_and_at_a_right_angle(seed):
    for a in (0.01, 0.5, 10, 1000):
        layer = scale_invariance.scaled_layer(a, seed)
        assert layer.output_change < 1e-12
        assert layer.gradient_ratio == pytest.approx(1 / a, rel=1e-9)
        assert layer.cosine < 1e-13
    with_eps = scale_invariance.scaled_layer(0.01, seed, eps=1e-5)
    assert with_eps.output_change > 1e-3
    assert with_eps.cosine > 1e-6


def test_norms_only_grow_and_visibly_at_large_rates_only():
    for seed in SEEDS:
        growth = {}
        for rate in (0.1, 10.0):
            run = scale_invariance.descent(DIGITS, seed, learning_rate=rate, steps=25)
            assert (np.diff(run.norms, axis=0) > -1e-12).all()
            growth[rate] = np.median(run.norms[-1] / run.norms[0])
            assert (run.costs.max() > 2 * run.costs[0]) == (rate == 10)
        assert growth[0.1] < 1.01
        assert growth[10.0] > 3


def test_scaled_weights_with_the_rate_scaled_by_the_square_descend_alike():
    for seed in SEEDS:
        settings = {"learning_rate": 0.3, "steps": 25}
        first = scale_invariance.descent(DIGITS, seed, **settings)
        third = scale_invariance.descent(
            DIGITS, seed, weights_times=10, hidden_rate_times=100, **settings
        )
        slow = scale_invariance.descent(DIGITS, seed, weights_times=10, **settings)
        np.testing.assert_allclose(first.costs, third.costs, rtol=1e-10)
        assert slow.costs[-1] > 1.5 * first.costs[-1]


def test_effective_learning_rate_by_hand():
    rates = scale_invariance.effective_learning_rate(0.5, np.array([[3.0, 4.0], [0.0, 0.5]]))
    np.testing.assert_allclose(rates, [[0.02], [2.0]])


@pytest.mark.parametrize("seed", SEEDS)
def test_noise_of_a_batch_mean_follows_both_theories(seed):
    rng = np.random.default_rng(seed)
    z = rng.exponential(size=300)
    sizes = (2, 10, 50, 200, 300)
    measured = batch_noise.batch_noise(z, sizes, rng, draws=2000)
    independent = [batch_noise.batch_mean_noise(1, m) for m in sizes]
    corrected = [batch_noise.without_replacement(1, m, 300) for m in sizes]
    np.testing.assert_allclose(measured.independent, independent, rtol=0.1)
    np.testing.assert_allclose(measured.mini_batches[:-1], corrected[:-1], rtol=0.1)
    assert measured.mini_batches[-1] < 1e-12
    assert corrected[-1] == 0


def test_within_batch_norm_smaller_batches_help_down_to_a_point():
    four, sixteen, whole = (fitted(True, m).test for m in (4, 16, 128))
    assert (sixteen > whole).sum() >= 4
    assert 0.005 < np.median(sixteen - whole) < 0.03
    assert np.median(sixteen - four) > 0.02


def test_against_no_batch_norm_the_gain_is_within_noise():
    ahead = fitted(True, 16).test - fitted(False, 64).test
    assert abs(np.median(ahead)) < np.std(ahead)


def test_a_little_dropout_helps_beside_batch_norm_and_strong_dropout_hurts_without():
    gain = {}
    for norm, keep in ((True, 0.9), (False, 0.5)):
        gain[norm] = regularization.dropout_gain(
            DIGITS, fitted(norm, 64), SEEDS, batch_norm=norm, keep_prob=keep
        )
    assert (gain[True] > 0).sum() >= 4
    assert (gain[False] < -0.02).all()


def test_dropout_keeps_the_expectation_and_lets_all_through_at_test_time():
    rng = np.random.default_rng(0)
    a = np.ones((100, 200))
    layer = regularization.Dropout(0.8, rng)
    dropped = layer.forward(a)
    assert set(np.unique(dropped)) == {0.0, 1.25}
    assert dropped.mean() == pytest.approx(1, abs=0.02)
    np.testing.assert_array_equal(layer.backward(a), dropped)
    assert layer.forward(a, training=False) is a
