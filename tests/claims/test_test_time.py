"""Notebook 4: what it says holds over ten seeds, and its figures say their numbers."""

import copy

import numpy as np
import pytest

import bnlib
from bnlib import figures
from bnlib.experiments import (
    company,
    estimators,
    folding,
    moving_average,
    shifted_inputs,
    trained_net,
)
from bnlib.figures import test_time as draw

SEEDS = range(10)


@pytest.fixture(scope="module")
def nets():
    return [trained_net.train(seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def few():
    return [estimators.record(seed, 8, epochs=1, learning_rate=0.1) for seed in SEEDS]


@pytest.fixture(scope="module")
def many():
    return [estimators.record(seed, 60, epochs=5, learning_rate=0.3) for seed in SEEDS]


@pytest.fixture(scope="module")
def scores(few, many):
    return estimators.compare(few), estimators.compare(many)


@pytest.fixture
def alt(monkeypatch):
    """What the last figure said; the figure is rendered as well."""
    said = []

    def show(figure, alt):
        said.append(figures.picture(figure, alt).alt)

    monkeypatch.setattr("bnlib.figures.test_time.show", show)
    monkeypatch.setattr("bnlib.figures.averages.show", show)
    return said


def test_one_example_alone_gets_the_same_answer_always(nets):
    for net, digits in nets:
        alone = company.predict_in_batches(net, digits.x_test[:, :50], batch_size=1)
        assert len(set(alone)) == 1
        bn = net.batch_norms[0]
        z = net.parameters["W1"] @ digits.x_test[:, :1]
        np.testing.assert_allclose(bnlib.batch_norm(z, bn.gamma, bn.beta)[0], bn.beta, atol=1e-12)


def test_sorting_the_images_costs_nearly_everything(nets):
    for net, digits in nets:
        order = np.argsort(digits.y_test, kind="stable")
        test = digits.x_test, digits.y_test
        assert company.accuracy_in_batches(net, *test, 50) > 0.93
        assert company.accuracy_in_batches(net, *test, 50, order) < 0.3


def test_most_answers_depend_on_the_company(nets):
    for net, digits in nets:
        rng = np.random.default_rng(0)
        chosen, share = company.most_divided(net, digits.x_test, digits.y_test, 8, rng, draws=5)
        assert share > 0.4
        assert net.predict(digits.x_test)[chosen] == digits.y_test[chosen]
        image, others = digits.x_test[:, [chosen]], np.delete(digits.x_test, chosen, axis=1)
        answers = company.answers(net, image, others, mates=7, draws=60, rng=rng)
        assert np.bincount(answers).max() < 50


def test_looking_in_training_mode_leaves_no_trace(nets):
    net, digits = nets[0]
    before = [bn.running_mean.copy() for bn in net.batch_norms]
    company.predict_in_batches(net, digits.x_test, 50)
    for bn, mean in zip(net.batch_norms, before):
        np.testing.assert_array_equal(bn.running_mean, mean)


def test_the_forgotten_switch_shows_in_small_batches_only(nets):
    accuracy = np.array(
        [
            [company.accuracy_in_batches(net, d.x_test, d.y_test, m) for m in (4, 8, 64, 500)]
            for net, d in nets
        ]
    )
    at_test = np.array([net.accuracy(d.x_test, d.y_test) for net, d in nets])
    assert ((accuracy[:, 0] > 0.55) & (accuracy[:, 0] < 0.8)).all()
    assert ((accuracy[:, 1] > 0.78) & (accuracy[:, 1] < 0.9)).all()
    assert (np.abs(accuracy[:, 2:].mean(axis=0) - at_test.mean()) < [0.015, 0.005]).all()


def test_a_careless_pass_spoils_the_running_averages(nets):
    for net, digits in nets:
        spoilt = copy.deepcopy(net)
        for start in range(0, 500, 50):
            spoilt.forward(1 - digits.x_test[:, start : start + 50], training=True)
        assert spoilt.accuracy(digits.x_test, digits.y_test) < 0.8


def test_averages_are_weighted_sums():
    values, decay = np.array([3.0, -1.0, 4.0, 1.0]), 0.8
    weights = 0.2 * decay ** np.arange(4)[::-1]
    plain = moving_average.averages(values, decay, corrected=False)
    corrected = moving_average.averages(values, decay, corrected=True)
    assert plain[-1] == pytest.approx(weights @ values)
    assert corrected[-1] == pytest.approx(weights @ values / weights.sum())
    assert corrected[0] == pytest.approx(values[0])


@pytest.mark.parametrize("decay", [0.5, 0.9, 0.98])
def test_noise_and_lag_are_as_the_theory_says(decay):
    noise, lag = np.mean([moving_average.measured(decay, seed) for seed in SEEDS], axis=0)
    assert noise == pytest.approx(moving_average.noise_left(decay), rel=0.05)
    assert lag == pytest.approx(moving_average.steps_behind(decay), rel=1e-6)


def test_a_middle_decay_follows_a_unit_best():
    off = []
    for seed in SEEDS:
        unit = moving_average.unit_means(seed, unit=0)
        half = unit.batch.size // 2
        averages = (
            moving_average.averages(unit.batch, decay, corrected=True) for decay in (0, 0.9, 0.99)
        )
        off.append([np.sqrt(np.mean((a - unit.all_images)[half:] ** 2)) for a in averages])
    single, middle, slow = np.median(off, axis=0)
    assert middle < 0.6 * single
    assert middle < slow


def test_a_corrected_slow_average_is_late_both_ways():
    unit = moving_average.unit_means(0, unit=0)
    from_zero = moving_average.averages(unit.batch, 0.99, corrected=False) - unit.all_images
    corrected = moving_average.averages(unit.batch, 0.99, corrected=True) - unit.all_images
    assert (corrected[59:125] < 0).all()
    assert (corrected[125:] > 0).all()
    assert (from_zero[:125] < 0).all()


def test_small_batches_tell_the_estimates_apart(scores):
    few, _ = scores
    exact = few["exact"].test

    def points(name):
        return 100 * (few[name].test - exact)

    assert -12 < points("last batch").mean() < -10
    assert -3 < points("average, decay 0.5").mean() < -0.7
    assert abs(points("average, decay 0.9").mean()) < 0.8
    assert points("average, decay 0.99").mean() < -1
    assert points("decay 0.99, corrected").mean() < -0.7
    assert (points("its own batch, training mode") < -6).all()
    assert (few["its own batch, training mode"].train < few["exact"].train - 0.06).all()


def test_estimates_differ_by_as_much_as_the_figure_says(scores):
    spread = []
    for case in scores:
        means = [100 * found.test.mean() for name, found in case.items() if "unbiased" not in name]
        spread.append(max(means) - min(means))
    assert 11 < spread[0] < 12.5
    assert 2 < spread[1] < 3


def test_large_batches_tie(scores):
    _, many = scores
    for name in ("average, decay 0.5", "average, decay 0.9", "decay 0.9, unbiased"):
        assert abs(100 * (many[name].test - many["exact"].test).mean()) < 0.5
    assert 100 * (many["average, decay 0.99"].test - many["exact"].test).mean() < -1
    assert (many["exact"].train > many["exact"].test).all()


def test_biased_or_unbiased_matters_in_small_batches_only(scores):
    cost, points = zip(
        *(
            (unbiased.cost - biased.cost, 100 * (unbiased.test - biased.test).mean())
            for case in scores
            for biased, unbiased in [(case["average, decay 0.9"], case["decay 0.9, unbiased"])]
        )
    )
    assert (cost[0] > 0.01).all()
    assert (np.abs(cost[1]) < 0.005).all()
    assert max(map(abs, points)) < 0.7


def test_a_smaller_variance_lowers_the_cost_whatever_the_batch_size(few, many):
    for runs in (few, many):
        accuracy, cost = estimators.with_scaled_variance(runs, (0.875, 1)).mean(axis=0)
        assert cost[0] < cost[1] - 0.003
        assert abs(accuracy[0] - accuracy[1]) < 0.005
        plain, louder = estimators.cost_of_louder_outputs(runs, 1.2)
        assert (louder < plain).all()


def test_exact_statistics_are_those_of_all_training_images(few):
    net, digits = few[0].trained
    mean, var = estimators.exact(few[0])[0]
    z = net.parameters["W1"] @ digits.x_train
    np.testing.assert_allclose(mean[:, 0], z.mean(axis=1), atol=1e-12)
    np.testing.assert_allclose(var[:, 0], z.var(axis=1), rtol=1e-9)


@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
def test_folding_changes_nothing_but_the_time(activation):
    net, digits = trained_net.train(0, activation=activation, epochs=1)
    plain = folding.folded(net)
    np.testing.assert_allclose(
        plain.forward(digits.x_test), net.forward(digits.x_test), rtol=1e-9, atol=1e-10
    )
    assert not plain.batch_norms
    assert len(plain.layers) == len(net.layers) - 3
    assert folding.time_ratio(net, plain, digits.x_test[:, :60]) < 0.95


@pytest.mark.parametrize("option", [{"norm_position": "after"}, {"bias": True}])
def test_only_batch_norm_right_after_w_is_folded(option):
    net = bnlib.Network([4, 3, 2], rng=np.random.default_rng(0), **option)
    with pytest.raises(ValueError, match="hidden layer 1 has a bias"):
        folding.folded(net)


def test_refreshing_repairs_affine_changes_wholly_others_partly_or_not(nets):
    found = shifted_inputs.repair(nets)
    clean = found["unchanged"].refreshed
    for name in ("half the contrast", "darker paper", "both"):
        assert (found[name].kept < 0.9).all()
        assert (np.abs(found[name].refreshed - clean) <= 0.002).all()  # one image, by eps
    gain = {name: 100 * (runs.refreshed - runs.kept).mean() for name, runs in found.items()}
    assert 30 < gain["two columns inked"] < 60
    assert 1 < gain["noise"] < 10
    assert (found["two columns inked"].refreshed < 0.9).all()
    assert abs(gain["moved by 1 pixel"]) < 6
    assert (found["moved by 1 pixel"].kept != found["moved by 1 pixel"].refreshed).all()
    assert gain["moved by 2 pixels"] < 2
    assert gain["inverted"] < 0
    assert (found["inverted"].refreshed < 0.1).all()


def test_refreshing_on_another_mix_of_classes_hurts(nets):
    mix = shifted_inputs.one_sided(nets)
    assert (mix.refreshed < mix.kept - 0.05).all()


def test_moved_and_covered_images_are_what_they_say():
    x = np.arange(64.0)[:, np.newaxis]
    image = shifted_inputs.moved(x, 2).reshape(8, 8)
    np.testing.assert_array_equal(image[:, 2:], x.reshape(8, 8)[:, :6])
    assert not image[:, :2].any()
    assert (shifted_inputs.covered(x).reshape(8, 8)[:, 4:6] == 1).all()
    assert x.max() == 63  # left as it was


def test_figures_of_the_averages_say_their_numbers(alt):
    unit = moving_average.UnitMeans(np.array([0.0, 2.0] * 10), np.ones(20))
    draw.averages_of_unit(unit, (0, 0.5, 0.9))
    assert "1.00 for a single batch, 1.00 at decay 0, 0.33 at decay 0.5" in alt[-1]
    draw.start_up(unit, 0.9)
    assert "from zero 0.69 and 0.92; corrected 1.05 and 1.05" in alt[-1]
    draw.noise_and_lag((0.5, 0.9), np.tile([[0.577, 1.0], [0.229, 9.0]], (3, 1, 1)))
    assert "decay 0.5: 0.58 and 1; decay 0.9: 0.23 and 9" in alt[-1]


def test_figures_of_the_networks_say_their_numbers(alt):
    rows = {"test mode": [0.9, 1.0], "at random": [0.8, 0.9], "sorted": [0.1, 0.3]}
    draw.company(np.array([3] * 6 + [8] * 3 + [9]), 8, np.zeros(64), rows)
    assert "3 (60.0 %), 8 (30.0 %) and 9 (10.0 %)" in alt[-1]
    assert "sorted 20 % (10 to 30)" in alt[-1]
    one = estimators.Scores(*np.array([[0.8, 0.9], [0.9, 1.0], [0.5, 0.5]]))
    draw.estimators({case: {"exact": one, "decay 0.9, unbiased": one} for case in ("few", "many")})
    assert "few: exact 85.0 ± 7.1, on training images 95.0. many: exact 85.0" in alt[-1]
    draw.forgotten_switch((1, 8, 64, 500), np.array([[0.1, 0.8, 0.9, 0.97]] * 3), np.full(3, 0.97))
    assert "10 (10 to 10) at 1, 80 (80 to 80) at 8, 90 (90 to 90) at 64" in alt[-1]
    assert "test mode: 97" in alt[-1]
    names = ("unchanged", "contrast", "paper", "both")
    found = {name: shifted_inputs.Repair(np.full(2, 0.4), np.full(2, 0.9)) for name in names}
    draw.repair(found)
    assert "both 40 and 90" in alt[-1]
