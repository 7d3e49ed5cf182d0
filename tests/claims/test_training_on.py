"""Notebooks 3 and 4 on deep starts, weight decay, accumulation, fine-tuning, averaged weights."""

import numpy as np
import pytest

import bnlib
from bnlib.experiments import (
    accumulation,
    collapse,
    deep_random_network,
    fine_tuning,
    long_runs,
    trained_net,
)
from bnlib.experiments.pairs import paired_difference, points, times

DIGITS = bnlib.load_digits()
X, Y = DIGITS.x_train[:, :100], DIGITS.y_train[:100]


def test_points_are_the_paired_difference_in_percent():
    one, other = np.array([0.95, 0.90, 0.98]), np.array([0.93, 0.90, 0.94])
    mean, error = paired_difference(one, other)
    assert mean == pytest.approx(0.02)
    assert error == pytest.approx(0.02 / np.sqrt(3))
    assert points(one, other) == "+2.0 ± 1.2"
    # logarithms of 2 and of 8: their mean is that of 4, their distance 2 log 2
    assert times(np.array([2.0, 8.0]), np.ones(2)) == f"4 times ± {100 * np.log(2):.0f} %"


@pytest.mark.parametrize("depth", [5, 20])
def test_batch_norm_keeps_directions_and_makes_gradients_explode(depth):
    kept, lost = (
        collapse.collapse(X, batch_norm=norm, depth=depth, seeds=range(12))
        for norm in (True, False)
    )
    assert kept.cosine.max() < 0.4
    assert kept.rank.min() > 15
    assert lost.cosine.min() > 0.75
    assert lost.rank.max() < 5
    growth = deep_random_network.gradient_by_layer(
        X, Y, batch_norm=True, times=1, seeds=range(12), depth=depth
    )[:, 0]
    low, high = (80, 250) if depth == 20 else (4, 10)
    assert low < np.median(growth) < high
    plain = deep_random_network.gradient_by_layer(
        X, Y, batch_norm=False, times=1, seeds=range(12), depth=depth
    )[:, 0]
    assert 0.3 < np.median(plain) < 2


def test_norms_under_weight_decay_end_close_together():
    norms = long_runs.recorded("weight_decay")  # seeds, starts, epochs
    ends = np.median(norms, axis=0)[:, -1]
    assert np.median(norms, axis=0)[-1, 0] > 15 * np.median(norms, axis=0)[0, 0]
    assert ends.max() < 1.5 * ends.min()
    quotient, _ = paired_difference(np.log(norms[:, 2, -1]), np.log(norms[:, 0, -1]))
    assert 1.1 < np.exp(quotient) < 1.5, "close together, and not yet one"
    assert np.median(norms, axis=0)[-1, 40] > 1.3 * ends.min(), "after 40 epochs not yet"


def test_accumulation_is_exact_without_batch_norm_and_is_not_with_it():
    one, two = (
        accumulation.accumulated(3, k, (1,), batch_norm=False, learning_rate=0.1) for k in (1, 32)
    )
    assert one == two
    record = long_runs.recorded("accumulation")  # seeds, parts, epochs
    for k, low, high in ((1, -0.01, 0.002), (2, -0.04, -0.015), (3, -0.45, -0.25)):
        for moment in (0, 1):
            mean, error = paired_difference(record[:, k, moment], record[:, 0, moment])
            assert low < mean < high
            assert k == 1 or abs(mean) > 4 * error


def test_fine_tuning_in_twos_ruins_a_net_whose_batch_norm_trains():
    record = long_runs.recorded("fine_tuning")  # seeds, frozen or not, images, sizes, steps
    lost = record[:, 1] - record[:, 0]
    for steps in (0, 1):
        assert lost[:, :, 0, steps].mean(axis=0).max() < -0.15
        assert -0.03 < lost[:, 0, 1, steps].mean() < -0.01
        assert abs(lost[:, 0, 2, steps].mean()) < 0.005
    mean, error = paired_difference(record[:, 1, 1, 1, 0], record[:, 0, 1, 1, 0])
    assert 0.02 < mean > 2.5 * error, "on changed images, batches of 4 adapt sooner"
    for size, steps in ((1, 1), (2, 0), (2, 1)):
        mean, error = paired_difference(record[:, 1, 1, size, steps], record[:, 0, 1, size, steps])
        assert abs(mean) < 2 * error, "and gain nothing later, nor at 32"
    trained = trained_net.train(0)
    before = trained.net.theta.copy()
    found = fine_tuning.fine_tuned(trained, "unchanged", (5,), frozen=True, batch_size=2)
    assert found[0] > 0.9
    np.testing.assert_array_equal(trained.net.theta, before)


def test_averaged_weights_gain_a_little_by_their_own_statistics():
    record = long_runs.recorded("averaged_weights")  # seeds, epochs, networks
    gains = [paired_difference(record[:, k, 2], record[:, k, 1]) for k in range(3)]
    assert all(-0.001 < mean < 0.01 for mean, _ in gains)
    assert all(mean > error for mean, error in gains[1:])
    for k in range(3):
        mean, error = paired_difference(record[:, k, 2], record[:, k, 0])
        assert mean > 1.5 * error
