"""Notebooks 3 and 4 on deep starts, weight decay, accumulation, fine-tuning, averaged weights."""

import copy

import numpy as np
import pytest

import bnlib
from bnlib.experiments import (
    accumulation,
    averaged_weights,
    collapse,
    deep_random_network,
    fine_tuning,
    long_runs,
    trained_net,
)
from bnlib.experiments.inside import use_exact_statistics
from bnlib.experiments.pairs import paired_difference, points, times

DIGITS = bnlib.load_digits()
TUNED = long_runs.recorded("fine_tuning")  # seeds, way, images, sizes, rates, steps, statistics
SEEDS = range(100, 112)  # none of them is in the notebooks
X, Y = DIGITS.x_train[:, :100], DIGITS.y_train[:100]


def test_points_are_the_paired_difference_in_percent():
    one, other = np.array([0.95, 0.90, 0.98]), np.array([0.93, 0.90, 0.94])
    mean, error = paired_difference(one, other)
    assert mean == pytest.approx(0.02)
    assert error == pytest.approx(0.02 / np.sqrt(3))
    assert points(one, other) == "+2.0 ± 1.2"
    # logarithms of 2 and of 8: their mean is that of 4, their distance 2 log 2
    assert times(np.array([2.0, 8.0]), np.ones(2)) == f"4 times ± {100 * np.log(2):.0f} %"
    assert times(np.array([16.0, 16.0]), np.ones(2)) == "16 times"
    assert times(np.array([1.001, 0.999]), np.ones(2)) == "equal"


@pytest.mark.parametrize("depth", [5, 20])
def test_batch_norm_keeps_directions_and_makes_gradients_explode(depth):
    kept, lost = (
        collapse.collapse(X, batch_norm=norm, depth=depth, seeds=SEEDS) for norm in (True, False)
    )
    assert kept.cosine.max() < 0.4
    assert kept.rank.min() > 15
    low, high = (-0.15, 0.15) if depth == 20 else (0.15, 0.5)
    assert low < kept.likeness.min() and kept.likeness.max() < high
    mean, error = paired_difference(kept.likeness, lost.likeness)
    assert mean < -4 * error
    assert lost.cosine.min() > 0.75
    assert lost.rank.max() < 5
    low, high = (80, 250) if depth == 20 else (4, 10)
    for of_he, least, most in ((0.5, 0, 0.1), (1, 0.3, 2), (2, 10, np.inf)):
        growth, plain = (
            deep_random_network.gradient_by_layer(
                X, Y, batch_norm=norm, times=of_he, seeds=SEEDS, depth=depth
            )
            for norm in (True, False)
        )
        assert low < np.median(growth[:, 0]) < high, "at any scale of the weights"
        assert 1.15 < np.exp(np.log(growth[:, 1]).mean() / (depth - 2)) < 1.3
        assert least < np.median(plain[:, 0]) < most
        if depth == 20 and of_he != 1:
            assert 3e5 < np.exp(abs(np.log(plain[:, 0]).mean())) < 9e5, "about half a million"


def test_norms_under_weight_decay_end_close_together():
    norms = long_runs.recorded("weight_decay")  # seeds, starts, epochs
    ends = np.median(norms, axis=0)[:, -1]
    assert np.median(norms, axis=0)[-1, 0] > 15 * np.median(norms, axis=0)[0, 0]
    assert ends.max() < 1.5 * ends.min()
    quotient, _ = paired_difference(np.log(norms[:, 2, -1]), np.log(norms[:, 0, -1]))
    assert 1.1 < np.exp(quotient) < 1.3, "close together, and not yet one"
    assert np.median(norms, axis=0)[-1, 40] > 1.3 * ends.min(), "after 40 epochs not yet"


def test_accumulation_is_exact_without_batch_norm_and_is_not_with_it():
    one, two = (
        accumulation.accumulated(3, k, (1,), batch_norm=False, learning_rate=0.1) for k in (1, 32)
    )
    assert one == two
    record = long_runs.recorded("accumulation")  # seeds, parts, epochs
    for k, low, high in ((1, -0.01, 0.002), (2, -0.04, -0.01), (3, -0.45, -0.25)):
        for moment in (0, 1):
            for statistics in (0, 1):
                mean, error = paired_difference(
                    record[:, k, moment, statistics], record[:, 0, moment, statistics]
                )
                assert low < mean < high
                assert k == 1 or abs(mean) > 4 * error
    by_running, recomputed = record[:, 3].mean(axis=0).T
    assert (np.abs(recomputed - by_running - 0.03) < 0.01).all(), "most is in the weights"


def test_fine_tuning_in_twos_ruins_a_net_whose_batch_norm_trains():
    record = TUNED[:, :, 0]  # on images as in training
    lost = record[:, 1] - record[:, 0, ..., :1]
    slow, fast = lost.mean(axis=0).swapaxes(0, 1)  # sizes, steps, statistics
    assert -0.1 < slow[0, 0, 0] < -0.06 and fast[0, :, 0].max() < -0.3, "ruined in twos"
    assert 0.03 < slow[0, 0, 1] - slow[0, 0, 0] < 0.06, "half of it is given back"
    assert 0.05 < fast[0, 0, 1] - fast[0, 0, 0] < 0.15, "less than half"
    assert np.all((slow[1, :, 0] > -0.025) & (slow[1, :, 0] < -0.005)), "in fours a point or two"
    assert np.all((fast[1, :, 0] > -0.03) & (fast[1, :, 0] < -0.01))
    assert np.abs(slow[1, :, 1]).max() < 0.002, "all of it in the averages"
    assert np.abs([slow[2], fast[2]]).max() < 0.005, "no difference at 32"


def test_accumulation_after_two_epochs():
    found = np.array(
        [[accumulation.accumulated(seed, k, (2,))[0] for k in (1, 4, 32)] for seed in SEEDS[:6]]
    )
    for k, low, high in ((1, -0.012, 0.012), (2, -0.5, -0.28)):
        for statistics in (0, 1):
            assert (
                low < paired_difference(found[:, k, statistics], found[:, 0, statistics])[0] < high
            )
    assert 0.01 < (found[:, 2, 1] - found[:, 2, 0]).mean() < 0.06, "most is in the weights"


def test_fine_tuning_for_half_the_steps():
    """It costs less than after 100; what helps is the same."""
    nets = [(seed, trained_net.train(seed)) for seed in SEEDS[:6]]

    def against_frozen(way, change, batch_size, rate):
        how = {"batch_size": batch_size, "learning_rate": rate}
        found = [
            [
                fine_tuning.fine_tuned(trained, change, (50,), way=one, seed=seed, **how)[0][0]
                for one in (way, "frozen")
            ]
            for seed, trained in nets
        ]
        return paired_difference(*np.transpose(found))[0]

    unchanged, inked = long_runs.TUNED
    for way, change, size, rate, low, high in (
        ("training", unchanged, 2, 0.001, -0.1, -0.02),
        ("training", unchanged, 2, 0.01, -0.4, -0.1),
        ("training", unchanged, 4, 0.001, -0.025, -0.003),
        ("training", unchanged, 4, 0.01, -0.04, -0.005),
        ("training", unchanged, 32, 0.01, -0.006, 0.004),
        ("refreshed, then frozen", inked, 4, 0.001, 0.03, 0.15),
        ("refreshed, then frozen", inked, 4, 0.01, -0.15, -0.01),
    ):
        assert low < against_frozen(way, change, size, rate) < high


def test_to_refresh_before_freezing_pays_at_a_small_rate_only():
    record = TUNED[:, :, 1, ..., 0]  # on changed images; seeds, way, sizes, rates, steps

    def against_frozen(way, *case):
        return paired_difference(record[:, way][:, *case], record[:, 0][:, *case])

    for size in range(3):
        mean, error = against_frozen(2, size, 0, 0)
        assert 0.015 < mean < 0.04 and mean > 3 * error
        assert against_frozen(2, size, 0, 1)[0] > 0
    for size, frozen_is_better_slow in ((0, 0.05), (1, 0.01)):
        mean, error = against_frozen(2, size, 1, 0)
        assert -0.2 < mean < -2.5 * error
        assert (record[:, 0, size, 0, 0] - record[:, 0, size, 1, 0]).mean() > frozen_is_better_slow
    mean, error = against_frozen(1, 1, 1, 0)
    assert 0.02 < mean > 4 * error, "in fours, training mode adapts sooner"
    mean, error = against_frozen(1, 1, 1, 1)
    assert abs(mean) < 2 * error, "and is hardly ahead after 200 steps"
    for way in range(3):
        mean, error = paired_difference(record[:, way, 2, 1, 0], record[:, way, 2, 0, 0])
        assert mean > 3 * error, "at 32 the larger rate is better, each way"


def test_fine_tuning_leaves_the_trained_network_alone():
    trained = trained_net.train(0)
    before = copy.deepcopy(trained.net)
    for way in long_runs.TUNED_WAYS:
        found = fine_tuning.fine_tuned(
            trained, "unchanged", (5,), way=way, batch_size=8, learning_rate=0.001
        )
        assert found[0][0] > 0.9
        assert (found[0][0] == found[0][1]) or way == "training"
    np.testing.assert_array_equal(trained.net.theta, before.theta)
    for own, kept in zip(trained.net.batch_norms, before.batch_norms, strict=True):
        np.testing.assert_array_equal(own.running_var, kept.running_var)


def test_averaged_weights_gain_a_little_by_their_own_statistics():
    record = long_runs.recorded("averaged_weights")  # seeds, epochs, networks
    gains = [paired_difference(record[:, k, 2], record[:, k, 1]) for k in range(3)]
    assert all(0.001 < mean < 0.005 for mean, _ in gains)
    assert all(mean > 2 * error for mean, error in gains)
    for k in range(3):
        mean, error = paired_difference(record[:, k, 2], record[:, k, 3])
        assert 0.005 < mean < 0.013 and mean > 2.5 * error, "both by exact statistics"
        of_average, of_last = record[:, k, 2] - record[:, k, 1], record[:, k, 3] - record[:, k, 0]
        mean, error = paired_difference(of_average, of_last)
        assert abs(mean) < 2 * error, "they give the last weights as much"


def test_last_weights_and_average_are_what_they_are_called():
    found = averaged_weights.averaged(0, epochs=1)
    net, digits = trained_net.train(0, epochs=1, learning_rate=1.0)
    test = digits.x_test, digits.y_test
    assert found["last weights"] == net.accuracy(*test)
    use_exact_statistics(net, digits.x_train)
    assert found["last weights, their own statistics"] == net.accuracy(*test)
    assert len(set(found.values())) == 4
