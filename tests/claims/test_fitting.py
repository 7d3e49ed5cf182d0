"""Notebook 2: what it says holds on every seed it names and on others; its figures say numbers."""

import numpy as np
import pytest

import bnlib
from bnlib.experiments import before_or_after, detached_statistics, with_and_without
from bnlib.experiments.with_and_without import GOOD_START, LADDER, SMALL_START, WITH_RELU
from bnlib.figures import fitting as draw

SEEDS = range(5)


@pytest.fixture
def alt(monkeypatch):
    """What the last figure said; the figure is laid out as well, but no PNG is made."""
    said = []

    def show(figure, alt):
        figure.draw_without_rendering()
        said.append(" ".join(alt.split()))

    for module in ("fitting", "backward", "before_or_after", "chain"):
        monkeypatch.setattr(f"bnlib.figures.{module}.show", show)
    return said


def batch(seed):
    """z, gamma, beta and a target for a small batch, as in the notebook."""
    rng = np.random.default_rng(seed)
    z, target = rng.normal(2, 1.5, size=(4, 8)), rng.normal(1, 1, size=(4, 8))
    return z, rng.uniform(0.5, 1.5, size=(4, 1)), rng.normal(0, 0.5, size=(4, 1)), target


@pytest.mark.parametrize("seed", SEEDS)
def test_constant_statistics_give_a_wrong_gradient(seed):
    z, gamma, beta, target = batch(seed)
    z_tilde, cache = bnlib.batch_norm(z, gamma, beta)
    dz_tilde = (z_tilde - target) / 8
    numerical = bnlib.numerical_gradient(
        lambda v: np.sum((bnlib.batch_norm(v, gamma, beta)[0] - target) ** 2) / 16, z
    )
    right, _, _ = bnlib.batch_norm_backward(dz_tilde, cache)
    slip = detached_statistics.constant_statistics_backward(dz_tilde, cache)
    assert np.linalg.norm(right - numerical) < 1e-7 * np.linalg.norm(numerical)
    assert np.linalg.norm(slip - numerical) > np.linalg.norm(numerical)
    np.testing.assert_allclose(right.sum(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose((right * cache.z_norm).sum(axis=1), 0, atol=5e-5)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_toys_bias_grows_while_its_loss_stands_still(seed):
    u = np.random.default_rng(seed).normal(2, 1, size=50)
    wanted = u - u.mean() + 1
    slip = detached_statistics.toy(u, wanted, constant=True, steps=1000)
    np.testing.assert_allclose(slip.b, 0.1 * np.arange(1001), rtol=1e-9)
    np.testing.assert_allclose(slip.loss, 0.5, rtol=1e-9)
    right = detached_statistics.toy(u, wanted, constant=False)
    np.testing.assert_allclose(right.b, 0, atol=1e-12)
    np.testing.assert_allclose(right.loss, 0.5, rtol=1e-9)
    helped = detached_statistics.toy(u, wanted, constant=True, with_beta=True)
    assert helped.loss[-1] < 1e-8
    assert abs(helped.b[-1] - 1) < 1e-3
    assert abs(helped.beta - 1) < 1e-3


def test_with_the_slip_a_real_net_trains_worse_on_every_seed():
    right, slip = (detached_statistics.train(c, 0.3, seeds=range(5, 10)) for c in (False, True))
    assert np.all(right.last_cost < 0.95 * slip.last_cost)
    assert slip.last_cost.max() < 0.7  # it does train
    assert right.bias.max() < 1e-12
    assert slip.bias[:, -1].min() > 0.1
    assert slip.bias.shape == (5, 3 * 22)


def test_with_the_slip_a_real_net_does_not_train_at_rate_1():
    right, slip = (detached_statistics.train(c, 1.0, seeds=range(5, 8)) for c in (False, True))
    assert right.last_cost.max() < 0.3
    assert slip.last_cost.min() > np.log(10)


def test_constant_statistics_change_dz_only():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(5, 8)), rng.integers(0, 3, size=8)
    nets = [
        kind([5, 4, 3], rng=np.random.default_rng(1))
        for kind in (bnlib.Network, detached_statistics.ConstantStatistics)
    ]
    for net in nets:
        net.backward(bnlib.softmax_cross_entropy(net.forward(x, training=True), y)[1])
    right, slip = (net.gradients for net in nets)
    for name in ("gamma1", "beta1", "W2", "b2"):
        np.testing.assert_array_equal(right[name], slip[name])
    assert np.linalg.norm(right["W1"] - slip["W1"]) > 0.1 * np.linalg.norm(right["W1"])


def test_held_back_images_are_no_test_images():
    digits = bnlib.load_digits()
    held = with_and_without.held_back(digits)
    assert held.x_train.shape == (64, 1000)
    np.testing.assert_array_equal(np.hstack([held.x_train, held.x_test]), digits.x_train)
    np.testing.assert_array_equal(np.hstack([held.y_train, held.y_test]), digits.y_train)


def test_standardized_pixels():
    digits = with_and_without.standardize(bnlib.load_digits())
    np.testing.assert_allclose(digits.x_train.mean(axis=1), 0, atol=1e-12)
    assert digits.x_train.std(axis=1).max() < 1
    assert np.abs(digits.x_test).max() < 30


def test_the_ladder_holds_on_other_seeds():
    """Each repair of the start shortens what the plain net needs; batch norm needs 10 to 50."""
    rungs = with_and_without.climb(LADDER[1:], seeds=range(5, 8))
    without = [np.median(rung.steps_without) for rung in rungs]
    with_norm = [np.median(rung.steps_with) for rung in rungs]
    assert without[0] > 1.5 * without[1] > 1.5 * 1.5 * without[2]
    assert max(with_norm) <= 30
    assert all(1 <= w / n < 7 for w, n in zip(without, with_norm, strict=True))


def test_from_the_small_start_the_plain_net_waits_and_then_learns():
    digits = bnlib.load_digits()
    for seed in range(5, 7):
        steps = with_and_without.steps_to(0.9, SMALL_START, False, 2, seed, digits, limit=1500)
        assert 500 < steps <= 1300
        assert with_and_without.steps_to(0.9, SMALL_START, True, 1, seed, digits) <= 60


@pytest.mark.parametrize("setting", LADDER[1:], ids=lambda setting: setting.name)
def test_each_nets_learning_rate_is_its_best(setting):
    """On the held-back images neither half nor twice the rate needs clearly fewer steps."""
    for which, rate in (("steps_with", setting.rate_with), ("steps_without", setting.rate_without)):
        rates = (rate / 2, rate, 2 * rate)
        swept = with_and_without.sweep(setting, rates, seeds=(100, 101, 102), limit=180)
        half, here, double = np.median(getattr(swept, which), axis=0)
        # Every step is measured, so a tenth is within what three seeds can tell.
        assert here <= 1.1 * min(half, double), which


def test_on_the_relu_net_batch_norm_gains_nothing_at_small_rates_and_learns_at_larger_ones():
    swept = with_and_without.sweep(WITH_RELU, (0.05, 1.6), seeds=range(5))
    assert np.median(swept.steps_with[:, 0]) >= 0.95 * np.median(swept.steps_without[:, 0])
    assert np.isfinite(swept.steps_with[:, 1]).all()
    assert np.isinf(swept.steps_without[:, 1]).all()


def test_steps_that_are_never_reached():
    run = with_and_without.Curves(np.array([5, 10]), np.array([[0.2, 0.95], [0.1, 0.3]]))
    assert run.steps_to(0.9).tolist() == [10, np.inf]
    np.testing.assert_allclose(run.final, [0.575, 0.2])


@pytest.mark.parametrize("seed", SEEDS)
def test_gamma_moves_furthest_in_the_last_hidden_layer(seed):
    digits, rng = bnlib.load_digits(), np.random.default_rng(seed)
    net = bnlib.Network([64, 100, 100, 100, 10], rng=rng)
    x, y = digits.x_train, digits.y_train
    bnlib.fit(net, bnlib.SGD(net, 1.0), x, y, batch_size=60, epochs=6, rng=rng)
    gamma, beta = (
        [np.median(net.parameters[f"{name}{i}"]) for i in (1, 2, 3)] for name in ("gamma", "beta")
    )
    assert max(gamma[:2]) < 1.1 < 1.2 < gamma[2]
    assert beta[2] < -0.08
    for layer in net.trace(x, training=True):
        assert np.median(layer.z.std(axis=1)) < 0.5 * np.median(layer.z_tilde.std(axis=1))


def test_positions_are_compared_in_pairs():
    digits = bnlib.load_digits()
    splits = [before_or_after.split_anew(digits, np.random.default_rng(s)) for s in (0, 0, 1)]
    np.testing.assert_array_equal(splits[0].x_test, splits[1].x_test)
    assert not np.array_equal(splits[0].y_test, splits[2].y_test)
    assert splits[0].x_train.shape == (64, 1297)
    pairs = before_or_after.Pairs("relu", np.array([0.5, 0.5]), np.array([0.51, 0.53]))
    np.testing.assert_allclose([pairs.mean, pairs.standard_error], [2, 1])


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_neither_position_wins(activation):
    pairs = before_or_after.compare(activation, seeds=range(10, 14))
    assert abs(pairs.mean) < 1.0
    assert min(pairs.before.mean(), pairs.after.mean()) > 0.94


def test_the_figures_say_their_numbers(alt):
    steps = np.arange(5, 105, 5)
    fast, slow = (
        with_and_without.Curves(steps, np.clip([steps / s] * 3, 0, 0.97)) for s in (40, 90)
    )
    draw.training_curves(fast, slow)
    assert "with batch norm 40 steps to 90 %, 97% at the end, after 100" in alt[-1]
    draw.optimizers(dict.fromkeys(("SGD", "Momentum", "RMSprop", "Adam"), slow))
    assert "SGD 85 (85 to 85), Momentum 85 (85 to 85), RMSprop 85 (85 to 85), Adam 85" in alt[-1]
    draw.ladder([with_and_without.Rung(GOOD_START, np.array([20, 30, 20]), np.array([60, 60, 50]))])
    assert "+ standardized pixels: 20 with, 60 without, 3 times as many" in alt[-1]
    never = np.array([[40, 20, np.inf]] * 2)
    sweep = with_and_without.Sweep(GOOD_START, np.array([0.5, 1, 2]), never / 2, never, 250)
    draw.rate_sweep([sweep, sweep], ["one net", "another"])
    assert "without 40 at 0.5, 20 at 1, not always within 250 at 2" in alt[-1]
    pairs = before_or_after.Pairs("relu", np.array([0.95, 0.96]), np.array([0.96, 0.96]))
    draw.before_and_after([pairs])
    assert "ReLU +0.5 ± 0.5 (before 95.5%, after 96.0%)" in alt[-1]
    net = bnlib.Network([64, 100, 100, 100, 10], rng=np.random.default_rng(0))
    draw.learned_parameters(net)
    assert "gamma1 1.00 (1.00 to 1.00), gamma2 1.00" in alt[-1]
    draw.chain(net, m=60)
    assert "X (64, 60), with W1 (100, 64): Z1 (100, 60), gamma1 and beta1 (100, 1)" in alt[-1]
    assert "W4 (10, 100) and b4 (10, 1): Z4 (10, 60), softmax" in alt[-1]
    draw.graph()
    assert "dz, dmu, dcentred, dvar, dstd, dz_norm, dz_tilde, dgamma, dbeta" in alt[-1]


def test_the_figures_of_gradients_say_their_numbers(alt):
    draw.cost_over_bias(np.array([[-1.0, 1.0, -2.0, 2.0]]), target=1.0)
    assert "lowest at b = 1.0 with cost 1.25" in alt[-1]
    assert "flat line at 1.00" in alt[-1]
    draw.three_paths([-1, 0, 1], [1, 0, 0])
    assert "dz to 0.00" in alt[-1]
    draw.right_and_wrong(np.array([1.0, -1.0]), np.array([1.0, -1.0]), np.array([1.0, 1.0]))
    assert "the error is 141% of the gradient's norm, and 50% of the entries" in alt[-1]
    u = np.array([1.0, 3.0])
    runs = [
        detached_statistics.toy(u, u - 1, constant=constant, with_beta=beta)
        for constant, beta in ((True, False), (False, False), (True, True))
    ]
    draw.bias_that_grows(*runs)
    assert "from 0 to 10.0" in alt[-1]
    assert "0.50 before and 0.50 after" in alt[-1]
    costs = np.full((2, 44), 0.5)
    training = detached_statistics.Training(0.3, costs, 0 * costs)
    draw.slip_in_training([(training, training)] * 2)
    assert "at learning rate 0.3, 0.50 with the right gradient and 0.50 with the slip" in alt[-1]
