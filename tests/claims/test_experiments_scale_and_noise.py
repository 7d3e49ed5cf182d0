"""Notebook 3 on the scale of weights, batch noise and regularizing, on other seeds."""

import numpy as np
import pytest

import bnlib
from bnlib.experiments import batch_noise, long_runs, pairs, regularization, scale_invariance

DIGITS = bnlib.load_digits()
SEEDS = range(100, 112)  # none of them is in the notebook


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
    for seed in SEEDS[:6]:
        for rate in long_runs.GROWN_RATES:
            run = scale_invariance.descent(DIGITS, seed, learning_rate=rate, steps=200)
            grown = np.median(run.norms / run.norms[0], axis=1)[[49, 99, 199]]
            assert (run.costs.max() > 2 * run.costs[0]) == (rate == 10)
            assert run.costs[49] < 0.015
            assert np.ptp(grown) < 0.02 * grown[0], "at half and at twice the steps it is the same"
    record = long_runs.recorded("growing_norms")
    growth, highest, last = record[..., :-2], record[..., -2], record[..., -1]
    np.testing.assert_allclose(np.median(growth[..., -1], axis=0), [1.0, 1.37, 8.3], rtol=0.03)
    assert ((highest > 2) == (np.array(long_runs.GROWN_RATES) == 10)).all()
    assert (last < 0.01).all()


def test_scaled_weights_with_the_rate_scaled_by_the_square_descend_alike():
    ends = []
    for seed in SEEDS[:6]:
        settings = {"learning_rate": 0.3, "steps": 200}
        first = scale_invariance.descent(DIGITS, seed, **settings)
        third = scale_invariance.descent(
            DIGITS, seed, weights_times=10, hidden_rate_times=100, **settings
        )
        slow = scale_invariance.descent(DIGITS, seed, weights_times=10, **settings)
        np.testing.assert_allclose(first.costs, third.costs, rtol=1e-10)
        ends.append([run.costs[[49, 99, 199]] for run in (slow, first)])
    for at in np.log(ends).transpose(2, 1, 0):
        mean, _ = pairs.paired_difference(*at)
        assert 4 < np.exp(mean) < 9, "at half and at twice the 100 steps, too"


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


def gain(one, other):
    mean, error = pairs.paired_difference(one, other)
    return 100 * mean, 100 * error


def test_within_batch_norm_smaller_batches_help_and_the_plain_net_gains_nothing():
    record = long_runs.recorded("batch_sizes")  # seeds, norm, sizes, moments, images
    new = record[..., 1]
    assert (record[:, :, 1:, 1:, 0] == 1).all(), "all training images are fitted"
    for moment in (1, 2):
        mean, error = gain(new[:, 0, 1, moment], new[:, 0, 3, moment])
        assert 1 < mean < 2.2
        assert mean > 5 * error
        mean, error = gain(new[:, 1, 1, moment], new[:, 1, 3, moment])
        assert abs(mean) < 0.15
        four = [gain(new[:, k, 0, moment], new[:, k, 3, moment])[0] for k in (0, 1)]
        assert min(four) > -0.5, "the harm of batches of 4 is gone"
    assert gain(new[:, 1, 0, 0], new[:, 1, 3, 0])[0] < -5, "after 128 steps it was there"
    late = [gain(new[:, 1, 0, moment], new[:, 1, 3, moment]) for moment in (1, 2)]
    assert abs(late[0][0]) < late[0][1]
    assert 0.2 < late[1][0] < 0.4, "the plain net gains 0.3 by them, after 1,024"
    ghost = long_runs.recorded("ghost")[..., 1]
    for moment in range(3):
        mean, error = gain(ghost[:, moment], new[:, 0, 3, moment])
        assert 1 < mean < 1.8
        assert mean > 10 * error
    against = [gain(new[:, 0, i, 1], new[:, 1, i, 1]) for i in range(4)]
    for mean, error in against:
        assert -2.5 < mean < -2 * error


def test_dropout_costs_after_128_steps_and_pays_beside_batch_norm_later():
    new = long_runs.recorded("dropout")[..., 1]
    for norm, kept, moment, low, high in (
        (0, 1, 0, 0.7, 1.7), (0, 1, 1, 0.9, 2.0), (0, 1, 2, 0.9, 2.0),
        (0, 2, 0, -2.5, -0.5), (0, 2, 1, 1.2, 2.8), (0, 2, 2, 1.2, 2.5),
        (1, 2, 0, -13, -8), (1, 2, 1, -2.5, -0.5), (1, 2, 2, -0.7, 0.3),
    ):  # fmt: skip
        mean, _ = gain(new[:, norm, kept, moment], new[:, norm, 0, moment])
        assert low < mean < high, (norm, kept, moment, mean)
    for moment, low, high in ((0, -4, -1.5), (1, 0.2, 1.2), (2, 0, 1)):
        mean, _ = gain(new[:, 0, 2, moment], new[:, 0, 1, moment])
        assert low < mean < high, "beside batch norm, half against 90 %"
    record = long_runs.recorded("dropout")[:, 0, 2]
    lost = [np.divide(*gain(record[:, j, 2], record[:, j, 1])) for j in range(3)]
    assert round(lost[0], 1) == -1.7 and max(map(abs, lost)) < 2, "by running averages: as luck"
    without = long_runs.recorded("dropout")[:, 0, 0]
    assert abs(gain(without[:, 0, 2], without[:, 0, 1])[0]) < 0.05, "where nothing is dropped, none"


def test_gains_after_256_steps():
    """Between the moments of the records, what the text says of 512 steps and does not of 128."""
    full, half = regularization.TRAINED_ON, regularization.DROPOUT_AT

    def new(batch_norm, batch_size, **how):
        return np.array(
            [
                regularization.accuracies(
                    DIGITS, seed, (256,), batch_norm=batch_norm, batch_size=batch_size, **how
                )[0, 1]
                for seed in SEEDS[:8]
            ]
        )

    whole = {norm: new(norm, full) for norm in (True, False)}
    of_half = {norm: new(norm, half) for norm in (True, False)}
    for one, other, low, high in (
        (new(True, 16), whole[True], 0.9, 2.4),
        (new(False, 16), whole[False], -0.8, 0.4),
        (new(True, full, parts=full // long_runs.GHOSTS), whole[True], 0.9, 2.0),
        (whole[True], whole[False], -3.5, -1.2),
        (new(True, half, keep_prob=0.9), of_half[True], 0.7, 2.2),
        (new(True, half, keep_prob=0.5), of_half[True], 0.4, 2.4),
        (new(False, half, keep_prob=0.5), of_half[False], -6, -2),
    ):
        assert low < gain(one, other)[0] < high


def test_ghost_batch_norm_normalizes_in_groups():
    """It makes a difference to batch norm, and none without."""
    settings = {"batch_norm": True, "batch_size": 128}
    one, ghost = (regularization.accuracies(DIGITS, 0, (1,), parts=k, **settings) for k in (1, 8))
    assert (one != ghost).any()
    plain = [
        regularization.accuracies(DIGITS, 0, (4,), batch_norm=False, batch_size=128, parts=k)
        for k in (1, 8)
    ]
    np.testing.assert_allclose(*plain, atol=0.002)  # a few images, by rounding


def test_strong_dropout_pays_beside_batch_norm_on_other_seeds():
    gains = [
        np.subtract(
            *(
                regularization.accuracies(
                    DIGITS, seed, (512,), batch_norm=True, batch_size=64, keep_prob=keep
                )[0, 1]
                for keep in (0.5, 1.0)
            )
        )
        for seed in range(40, 44)
    ]
    assert np.mean(gains) > 0


def test_dropout_keeps_the_expectation_and_lets_all_through_at_test_time():
    rng = np.random.default_rng(0)
    a = np.ones((100, 200))
    layer = regularization.Dropout(0.8, rng)
    dropped = layer.forward(a)
    assert set(np.unique(dropped)) == {0.0, 1.25}
    assert dropped.mean() == pytest.approx(1, abs=0.02)
    np.testing.assert_array_equal(layer.backward(a), dropped)
    assert layer.forward(a, training=False) is a
