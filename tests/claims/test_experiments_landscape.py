"""Notebook 3 on smoothness, learning rates and starts: its claims on five seeds."""

import numpy as np
import pytest

import bnlib
from bnlib.experiments import smoothness, sweeps

DIGITS = bnlib.load_digits()
SEEDS = range(10)


def median_accuracy(**settings):
    return np.median([sweeps.final_accuracy(DIGITS, seed, **settings) for seed in SEEDS])


def test_relu_is_smoother_with_batch_norm_later_and_not_at_first():
    for seed in SEEDS:
        with_norm, without = (
            smoothness.smoothness(DIGITS, seed, batch_norm=norm, activation="ReLU")
            for norm in (True, False)
        )
        assert (with_norm.cost_range[:3] > 1.5 * without.cost_range[:3]).all()
        assert with_norm.cost_range[-1] < 0.4 * without.cost_range[-1]
        assert (with_norm.change[-3:] < 0.2 * without.change[-3:]).all()
        assert with_norm.rise.max() < 0.01 * with_norm.cost_range.max()


def test_on_the_sigmoid_plateau_the_range_is_smaller_without():
    for seed in SEEDS:
        with_norm, without = (
            smoothness.smoothness(DIGITS, seed, batch_norm=norm, activation="sigmoid")
            for norm in (True, False)
        )
        assert (with_norm.cost_range > without.cost_range).all()
        assert with_norm.cost[-1] < 1.1
        assert without.cost[-1] > 2.2  # the plateau: guessing costs log(10) = 2.30


def test_smoothness_is_measured_without_a_trace():
    settings = {"batch_norm": True, "activation": "ReLU"}
    one, other = (smoothness.smoothness(DIGITS, 0, **settings) for _ in range(2))
    np.testing.assert_array_equal(one.change, other.change)
    net = bnlib.Network([64, 10, 10], rng=np.random.default_rng(0))
    theta, mean = net.theta.copy(), net.batch_norms[0].running_mean.copy()
    smoothness._measure(net, DIGITS.x_train[:, :50], DIGITS.y_train[:50], 0.1)
    np.testing.assert_array_equal(net.theta, theta)
    np.testing.assert_array_equal(net.batch_norms[0].running_mean, mean)


def test_gradient_change_on_a_bowl():
    w = np.array([[1.0, -2.0]])
    # gradient 3 w; after the step w is 0.7 of what it was, so the gradient changes by 0.9 w.
    change = smoothness.gradient_change(lambda w: 3 * w, w, 0.1)
    assert change == pytest.approx(0.9 * np.sqrt(5))


def test_batch_norm_adds_one_decade_of_learning_rates_at_the_top():
    assert median_accuracy(batch_norm=True, learning_rate=3.0) > 0.88
    assert median_accuracy(batch_norm=True, learning_rate=10.0) < 0.4
    assert median_accuracy(batch_norm=False, learning_rate=0.3) > 0.85
    assert median_accuracy(batch_norm=False, learning_rate=3.0) < 0.4


def test_on_standardized_pixels_the_plain_net_keeps_up():
    behind = [
        sweeps.final_accuracy(DIGITS, seed, batch_norm=True, learning_rate=0.01, standardize=True)
        < sweeps.final_accuracy(
            DIGITS, seed, batch_norm=False, learning_rate=0.01, standardize=True
        )
        for seed in SEEDS
    ]
    assert sum(behind) >= 4
    assert median_accuracy(batch_norm=False, learning_rate=1.0, standardize=True) > 0.94


def test_on_standardized_pixels_batch_norm_allows_three_times_the_rate():
    for norm, rate, works in ((True, 3.0, True), (False, 3.0, False), (True, 10.0, False)):
        accuracy = median_accuracy(batch_norm=norm, learning_rate=rate, standardize=True)
        assert accuracy > 0.9 if works else accuracy < 0.3, (norm, rate, accuracy)


def test_scales_of_the_first_weights_that_work():
    for norm, scale, works in (
        (True, 1e-6, False),
        (True, 1e-3, True),
        (False, 1e-3, False),
        (True, 3.0, False),
    ):
        accuracy = median_accuracy(batch_norm=norm, learning_rate=0.1, weight_scale=scale)
        assert (accuracy > 0.8) == works, (norm, scale, accuracy)


def test_other_remedies_do_what_batch_norm_does():
    starts = {k: np.median(v) for k, v in sweeps.good_starts(DIGITS, range(3, 6)).items()}
    assert starts["default start"] < 0.3
    assert starts["default start"] < starts["standardized pixels"] < starts["larger weights"]
    assert starts["larger weights"] > 0.85
    assert starts["Adam"] > 0.9
    assert starts["all three"] > starts["batch norm"] - 0.01


@pytest.mark.parametrize("seed", range(2))
def test_at_a_rate_of_10_norms_level_off_because_units_are_dead(seed):
    rng, norms = np.random.default_rng(seed), []
    net = bnlib.Network(sweeps.RELU_SIZES, activation="relu", rng=rng, dtype=np.float32)
    x, y = DIGITS.x_train, DIGITS.y_train
    bnlib.fit(
        net,
        bnlib.SGD(net, 10.0),
        x,
        y,
        batch_size=60,
        epochs=5,
        rng=rng,
        callback=lambda net, step: norms.append(np.linalg.norm(net.parameters["W2"])),
        progress=False,
    )
    assert norms[-1] < 1.05 * norms[60]
    assert np.mean(net.trace(x)[1].a.max(axis=1) <= 0) > 0.8
