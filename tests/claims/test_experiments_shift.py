"""Notebook 3 on shift: what it claims holds on other seeds, at half and at twice the steps."""

import numpy as np
import pytest

import bnlib
from bnlib.experiments import cats, inside, internal_shift, long_runs, noisy_norm
from bnlib.experiments.pairs import paired_difference
from bnlib.layers import Activation, BatchNorm

DIGITS = bnlib.load_digits()
SEEDS = range(100, 112)  # none of them is in the notebook


@pytest.mark.parametrize("epochs", [40, 80, 160])
def test_the_classifier_fails_on_other_cats_and_normalizing_repairs_another_camera_only(
    epochs, monkeypatch
):
    monkeypatch.setattr(cats, "fit", lambda *a, **k: bnlib.fit(*a, **k | {"epochs": epochs}))
    results = [cats.covariate_shift(seed) for seed in SEEDS]
    for r in results:
        assert r.black > 0.9
        assert r.coloured < 0.6
        assert r.camera < 0.6
        assert 0.7 < r.coloured_own < 0.87 < r.camera_own
        assert r.both > 0.9
    for one, other, low, high in (
        ("coloured", "black", -0.55, -0.4), ("camera", "black", -0.55, -0.4),
        ("coloured_own", "coloured", 0.2, 0.35), ("both", "coloured", 0.4, 0.55),
        ("camera_own", "black", -0.03, 0.03),
    ):  # fmt: skip
        found = [[getattr(r, name) for r in results] for name in (one, other)]
        mean, error = paired_difference(*np.array(found))
        assert low < mean < high
        assert (abs(mean) > 4 * error) == (one != "camera_own")


def test_far_from_its_cats_the_classifier_calls_nearly_every_animal_a_cat():
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        net = cats.classifier(*cats.animals("black", 300, rng), rng)
        x, y = cats.animals("coloured", 300, rng)
        assert net.predict(x).mean() > 0.85
        assert 0.4 < y.mean() < 0.6


def test_the_rule_of_the_cats_is_one_for_all_colours():
    for kind in cats.COLOURS:
        (colour, shape), y = cats.animals(kind, 500, np.random.default_rng(0))
        np.testing.assert_array_equal(y, shape > cats.true_boundary(colour))


def test_inputs_shift_less_with_batch_norm_and_more_in_deeper_layers_without():
    record = long_runs.recorded("internal_shift")  # seeds, networks, measures
    shift, spread, accuracy = record[..., :3], record[..., 3:6], record[..., 6]
    failed, learned, normed = np.moveaxis(shift, 1, 0)
    assert (normed < 0.1 * learned).all()
    for runs in (failed, learned):
        assert (np.diff(runs, axis=1) > 0).all(), "it grows from layer to layer"
    assert (normed.argmax(axis=1) == 2).all()
    assert np.median(learned[:, 2]) > 4, "means move by whole deviations"
    for k in (0, 1):
        moved = np.median(shift[:, k], axis=0) * np.median(spread[:, k], axis=0)
        assert (np.diff(moved) > 0.4).all(), "means move farther from layer to layer"
        assert (np.diff(spread[:, k], axis=1) < 0).all(), "in deviations that are smaller"
    assert (spread[:, 0, 2] < 0.03).all()
    assert (accuracy[:, 0] < 0.3).all(), "the network that hardly learned"
    mean, error = paired_difference(accuracy[:, 1], accuracy[:, 2])
    assert -0.04 < mean < -2 * error
    assert np.median(accuracy[:, 1]) > 0.9


@pytest.mark.parametrize(("epochs", "low", "high"), [(5, -0.16, -0.04), (20, -0.02, 0.02)])
def test_the_shift_at_half_and_at_twice_the_steps(epochs, low, high):
    """How far the accuracy is behind depends on the steps, and so says the text; the rest not."""
    runs = [
        [
            internal_shift.internal_shift(DIGITS, seed, epochs=epochs, **settings)
            for settings in long_runs.SHIFTED.values()
        ]
        for seed in SEEDS
    ]
    shift = np.array([[run.shift[:, -1] for run in of_seed] for of_seed in runs])
    assert (shift[:, 2] < 0.12 * shift[:, 1]).all()
    assert (np.diff(shift[:, :2], axis=2) > 0).all(), "it grows from layer to layer"
    assert (shift[:, 2].argmax(axis=1) == 2).all()
    accuracy = np.array([[run.accuracy for run in of_seed] for of_seed in runs])
    assert low < paired_difference(accuracy[:, 1], accuracy[:, 2])[0] < high
    wandered = np.array([[np.ptp(run.percentiles[1]) for run in of_seed] for of_seed in runs])
    assert (wandered[:, [2]] < 0.5 * wandered[:, :2]).all()


def test_the_median_of_one_unit_wanders_less_with_batch_norm():
    with_norm, without = (
        internal_shift.internal_shift(DIGITS, 0, **long_runs.SHIFTED[name]).percentiles
        for name in ("with batch norm", "without, larger first weights")
    )
    assert np.ptp(with_norm[1]) < 0.3 * np.ptp(without[1])
    spread = (with_norm[2] - with_norm[0])[[0, -1]]
    np.testing.assert_allclose(spread, [2.0, 3.1], atol=0.1)


def test_distribution_shift_counts_old_deviations():
    before = np.array([[0.0, 2.0], [10.0, 30.0]])  # deviations 1 and 10
    after = np.array([[4.0, 4.0, 4.0], [15.0, 15.0, 15.0]])
    np.testing.assert_allclose(internal_shift.distribution_shift(before, after), [[3.0], [0.5]])


def test_jitter_is_silent_at_test_time_and_has_the_right_gradient():
    z = np.random.default_rng(0).normal(size=(3, 5))
    layer = noisy_norm.Jitter(3.0, 2.0, np.random.default_rng(1))
    np.testing.assert_array_equal(layer.forward(z, training=False), z)
    upstream = np.random.default_rng(2).normal(size=z.shape)

    def cost(z):
        again = noisy_norm.Jitter(3.0, 2.0, np.random.default_rng(1))
        return np.sum(again.forward(z) * upstream)

    layer.forward(z)
    np.testing.assert_allclose(
        layer.backward(upstream), bnlib.numerical_gradient(cost, z), rtol=1e-6
    )


@pytest.fixture
def net():
    return bnlib.Network([64, 8, 6, 10], rng=np.random.default_rng(0))


def test_looking_inside_leaves_no_trace(net):
    theta, means = net.theta.copy(), [bn.running_mean.copy() for bn in net.batch_norms]
    inputs = inside.activation_inputs(net, DIGITS.x_train)
    assert [z.shape for z in inputs] == [(8, 1297), (6, 1297)]
    np.testing.assert_allclose(inputs[1].mean(axis=1), 0, atol=1e-12)
    with inside.exact_statistics(net, DIGITS.x_train):
        assert (net.batch_norms[0].running_mean != means[0]).all()
    np.testing.assert_array_equal(net.theta, theta)
    for bn, mean in zip(net.batch_norms, means, strict=True):
        np.testing.assert_array_equal(bn.running_mean, mean)


def test_exact_statistics_make_test_time_equal_to_training(net):
    inside.insert_after(
        net, BatchNorm, lambda: noisy_norm.Jitter(3.0, 2.0, np.random.default_rng(0))
    )
    assert sum(isinstance(layer, noisy_norm.Jitter) for layer in net.layers) == 2
    inside.use_exact_statistics(net, DIGITS.x_train)
    assert [bn.decay for bn in net.batch_norms] == [0.9, 0.9]
    at_test = net.forward(DIGITS.x_train)
    net.layers = [layer for layer in net.layers if not isinstance(layer, noisy_norm.Jitter)]
    assert any(isinstance(layer, Activation) for layer in net.layers)
    np.testing.assert_allclose(at_test, net.forward(DIGITS.x_train, training=True), atol=1e-12)
