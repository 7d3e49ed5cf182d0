"""Notebook 5: what it says holds on the seeds it names, and its figures say their numbers."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

import bnlib
from bnlib import widgets
from bnlib.experiments import (
    decision_boundaries,
    diagonal_gradient,
    digit_classifier,
    linear_softmax,
    long_runs,
    loss_in_floats,
    two_classes,
)
from bnlib.figures import canvas
from bnlib.figures import softmax as draw
from bnlib.frameworks import recorded

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "5_softmax.ipynb"
OTHERS = range(100, 112)
"""Seeds that the notebook does not show."""


@pytest.fixture
def alt(monkeypatch):
    """What the last figure said; the figure is rendered as well."""
    said = []

    def show(figure, alt, **_):
        said.append(canvas.picture(figure, alt).alt)

    monkeypatch.setattr("bnlib.figures.canvas.PIXELS_PER_INCH", 40)  # nobody looks at them here
    for module in ("softmax", "planes", "digit_softmax"):
        monkeypatch.setattr(f"bnlib.figures.{module}.show", show)
    return said


@pytest.fixture(scope="module")
def hard():
    return digit_classifier.train(seeds=range(4))


@pytest.fixture(scope="module")
def smoothed():
    return digit_classifier.train(0.1, seeds=range(4))


@pytest.mark.parametrize("classes", [3, 4, 5, 6])
def test_without_a_hidden_layer_every_region_is_convex(classes):
    rng = np.random.default_rng(classes)
    net = decision_boundaries.linear_classifier(*decision_boundaries.blobs(classes, 40, rng), rng)
    ends = rng.uniform(-4, 4, (2, 2, 3000))
    winners = net.predict(ends[0]), net.predict(ends[1])
    between = net.predict(0.3 * ends[0] + 0.7 * ends[1])
    same = winners[0] == winners[1]
    assert same.sum() > 300
    assert (between[same] == winners[0][same]).all()


def test_a_hidden_layer_reads_the_spiral_and_the_output_layer_alone_does_not():
    np.testing.assert_allclose(long_runs.recorded("spirals").min(axis=0), [0.583, 0.993], atol=0.01)
    accuracies = decision_boundaries.spiral_accuracies(OTHERS)
    assert (accuracies.linear < 0.67).all()
    assert (accuracies.hidden > 0.98).all()


@pytest.mark.parametrize("seed", OTHERS)
def test_two_classes_are_logistic_regression(seed):
    both = two_classes.train_both(np.random.default_rng(seed))
    np.testing.assert_allclose(both.softmax, both.logistic, rtol=0, atol=1e-12)
    np.testing.assert_allclose(np.diff(both.softmax_weights, axis=0), both.logistic_weights)
    assert 0.3 < np.mean(both.softmax > 0.5) < 0.7


def test_the_diagonal_gives_the_true_class_and_nothing_else():
    rng = np.random.default_rng(0)
    z, y = rng.standard_normal((5, 8)), rng.integers(5, size=8)
    p = bnlib.softmax(z)
    by_hand = p * (1 - p) * (-np.eye(5)[:, y] / p) / 8
    _, dz = bnlib.softmax_cross_entropy(z, y)
    np.testing.assert_allclose(diagonal_gradient.diagonal_only(dz, y), by_hand, atol=1e-15)


@pytest.mark.parametrize("epochs", [5, 9, 18])
def test_with_the_diagonal_alone_a_linear_net_stays_behind(epochs, monkeypatch):
    monkeypatch.setattr(diagonal_gradient, "EPOCHS", epochs)
    whole, alone = (
        diagonal_gradient.train([64, 10], diagonal=diagonal, seeds=OTHERS)
        for diagonal in (False, True)
    )
    assert (whole.accuracy[:, -1] - alone.accuracy[:, -1] > 0.03).all()
    assert (alone.accuracy[:, -1] > 0.8).all()


def test_with_the_diagonal_alone_a_deep_net_falls_apart():
    ends = long_runs.recorded("diagonal_gradient")[:, :, :, -1]
    assert (np.median(ends, axis=0).round(2) == [[0.94, 0.88], [0.98, 0.10]]).all()
    assert (ends[:, 1, 1] < 0.2).all()
    assert diagonal_gradient.EPOCHS == 9
    deep = diagonal_gradient.train(digit_classifier.SIZES, diagonal=True, seeds=OTHERS)
    assert (deep.accuracy[:, 0] > 0.75).all()
    assert (deep.accuracy[:, 4] < 0.5).all()  # at half the training already
    assert (deep.accuracy[:, -1] < 0.2).all()
    assert (deep.largest_logit > 1e6).all()


def test_the_loss_from_logits_is_finite_where_that_of_probabilities_is_not():
    for dtype, limit in zip(loss_in_floats.DTYPES, (17, 103, 744), strict=True):
        run = loss_in_floats.losses(dtype, np.linspace(0, 1.5 * limit, 301))
        assert run.last_finite == pytest.approx(limit, rel=0.03)
        expected = np.logaddexp(0, run.gaps)
        np.testing.assert_allclose(run.from_logits, expected, rtol=2e-3, atol=1e-3)


def test_the_largest_exponent_that_the_notebook_prints_is_one():
    """Rounded down: a tenth more, and the exponential is infinite."""
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    (cell,) = (cell for cell in cells if cell["id"] == "limits-of-floats")
    rows = "".join(cell["outputs"][0]["text"]).splitlines()[1:]
    with np.errstate(over="ignore"):
        for row, dtype in zip(rows, loss_in_floats.DTYPES, strict=True):
            largest = float(row.split()[1])
            assert np.isfinite(np.exp(dtype(largest))) and np.isinf(np.exp(dtype(largest + 0.1)))


def test_where_the_reported_loss_is_cut_off_the_gradient_is_right():
    said = {"caffe": "87.34", "paddle": "64.00", "onnx_reference": "inf", "torch": "20000.00"}
    for name, loss in said.items():
        found = recorded(name)["xent"]["overflow_1e4_label2"]
        assert f"{float(found['loss']):.2f}" == loss
        if "dlogits" in found:
            np.testing.assert_allclose(found["dlogits"], [[1, 0, -1, 0]], rtol=0, atol=2e-28)


def test_the_linear_classifier_makes_the_mistakes_of_scikit_learn():
    digits = bnlib.load_digits()
    assert (digits.y_train.size, digits.y_test.size) == (1297, 500)
    penalty = 1 / digits.y_train.size
    model = linear_softmax.train(digits.x_train, digits.y_train, penalty=penalty)
    mistakes = model.mistakes(digits.x_test, digits.y_test)
    assert tuple(mistakes) == linear_softmax.SCIKIT_LEARN.mistakes
    dz = bnlib.softmax_cross_entropy(model.logits(digits.x_train), digits.y_train)[1]
    assert np.abs(dz @ digits.x_train.T + penalty * model.w).max() < 1e-5
    measured = linear_softmax.measure_scikit_learn(digits)
    if measured is not None:
        assert abs(measured[1].size - mistakes.size) <= 1


def test_hidden_layers_beat_the_linear_classifier_on_most_splits(hard):
    deep, smoothed, linear = np.moveaxis(long_runs.recorded("digit_splits"), 1, 0)
    again = [run.accuracy for run in hard]
    np.testing.assert_allclose(again, deep[: len(hard), 0], rtol=0, atol=0.0041)
    gain = deep[:, 0] - linear[:, 0]
    assert (gain > 0).sum() == 18
    assert round((1 - deep[:, 0]).mean() / (1 - linear[:, 0]).mean(), 1) == 0.6
    theirs = np.array(linear_softmax.SCIKIT_LEARN.accuracy_of_splits)
    apart = linear[: theirs.size, 0] - theirs
    assert np.abs(apart).max() < 0.0021 and round(100 * apart.mean(), 1) == 0.1  # one image of 500
    rise = (smoothed - deep).mean(axis=0)
    assert round(100 * rise[0], 1) == 0.2 and (smoothed[:, 2] > 1.8 * deep[:, 2]).all()
    assert [round(100 * v, 1) for v in deep.mean(axis=0)[:2]] == [98.1, 97.3]
    confused = long_runs.recorded("digit_confusions").sum(axis=0)
    np.testing.assert_allclose(np.trace(confused) / confused.sum(), deep[:, 0].mean())
    np.fill_diagonal(confused, 0)
    assert np.unravel_index(confused.argmax(), confused.shape) == (8, 1)


@pytest.mark.parametrize(("epochs", "seeds"), [(6, OTHERS), (12, OTHERS), (24, OTHERS[:6])])
def test_on_other_splits_at_half_and_twice_the_training(epochs, seeds, monkeypatch):
    """What the notebook says of its splits, with their margins, on others."""
    assert digit_classifier.EPOCHS == 12
    monkeypatch.setattr(digit_classifier, "EPOCHS", epochs)
    hard, smoothed = (digit_classifier.train(amount, seeds=seeds) for amount in (0.0, 0.1))
    accuracy, after = (np.array([run.accuracy for run in group]) for group in (hard, smoothed))
    linear = np.array([run.accuracy for run in digit_classifier.train_linear(seeds=seeds)])
    assert np.mean(accuracy > linear) > 0.7
    assert 0.4 < (1 - accuracy).mean() / (1 - linear).mean() < 0.75
    counts = digit_classifier.confusion(hard)
    np.fill_diagonal(counts, 0)
    assert counts[8, 1] == counts.max()
    assert -0.002 < (after - accuracy).mean() < 0.006
    if epochs == 12:
        assert round(100 * (after - accuracy).mean(), 1) == 0.3
    for before, run in zip(hard, smoothed, strict=True):
        assert run.accuracy - run.confidence.mean() > 0.08
        assert run.cost > 1.9 * before.cost
        assert before.confidence.mean() - before.accuracy < 0.01
    assert np.mean([run.confidence.mean() for run in hard]) < accuracy.mean()


def test_label_smoothing_hardly_moves_accuracy_and_costs_honesty(hard, smoothed):
    for before, after in zip(hard, smoothed, strict=True):
        assert abs(after.accuracy - before.accuracy) <= 0.012
        assert after.cost > 1.8 * before.cost
        assert abs(before.confidence.mean() - before.accuracy) < 0.025
        assert after.accuracy - after.confidence.mean() > 0.08


def test_smoothed_labels_are_distributions():
    y = np.eye(4)[:, [2, 0]]
    smooth = digit_classifier.smooth_labels(y, 0.2)
    np.testing.assert_allclose(smooth.sum(axis=0), 1)
    assert smooth[2, 0] == pytest.approx(0.85)
    assert smooth[0, 0] == pytest.approx(0.05)


def run_of(z, y):
    return digit_classifier.Run(np.arange(64.0 * len(y)).reshape(64, -1), np.array(y), z)


def test_counts_and_mistakes_are_those_of_the_runs():
    z = np.zeros((10, 3))
    z[3, 0], z[7, 1], z[2, 2] = 5, 2, 1
    runs = [run_of(z, [3, 1, 4]), run_of(z, [3, 1, 2])]
    counts = digit_classifier.confusion(runs)
    assert counts.sum() == 6
    assert counts[1, 7] == 2
    assert counts[3, 3] == 2
    first, second = digit_classifier.surest_mistakes(runs)
    assert (first.true, first.read, first.answers) == (1, 7, (7, 7))
    assert (second.true, second.read, second.answers) == (4, 2, (2, 2))
    np.testing.assert_array_equal(first.pixels.ravel(), runs[0].x[:, 1])
    edges = np.array([0, 0.5, 0.9, 1])
    confidence, right, error, count = digit_classifier.calibration(runs, edges)
    assert list(count) == [4, 2]
    assert list(right) == [0.25, 1]
    # In the first bin one image was answered twice, so its answers count as one.
    unsure = np.hstack([run.confidence for run in runs]) < 0.5
    assert np.unique(np.hstack([run.x for run in runs])[:, unsure], axis=1).shape[1] < 4
    independent = np.sqrt(0.25 * 0.75 / 4)
    assert error[0] != pytest.approx(independent)
    assert error[1] == 0
    assert confidence[1] == pytest.approx(runs[0].p.max())


def test_the_widget_folds_the_network_that_it_is_given():
    rng = np.random.default_rng(0)
    x, y = decision_boundaries.spirals(40, rng)
    hidden = decision_boundaries.hidden_classifier(x, y, rng)
    linear = decision_boundaries.linear_classifier(x, y, rng)
    for classifier, net in (("linear", linear), ("hidden", hidden)):
        figure = widgets.temperature(x, y, linear, hidden, classifier=classifier, x1=1.5, x2=-2.0)
        p = bnlib.softmax(net.forward([[1.5], [-2.0]]))
        assert figure.numbers()["p"] == pytest.approx(p.max(), rel=1e-9)
        assert figure.numbers()["winner"] == p.argmax()
        shares = []
        for t in (0.2, 1, 5):
            figure.state = {**figure.state, "temperature": t}
            shares.append(figure.numbers()["sure"])
            assert figure.numbers()["winner"] == p.argmax()
        assert shares[0] > shares[1] > shares[2]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": np.zeros((3, 4))}, r"x has shape \(3, 4\) and y \(4,\)"),
        ({"y": [0, 1, 2, 4]}, "classes up to 4, expected 0 to 3"),
        ({"hidden": bnlib.Network([2, 3, 3], rng=np.random.default_rng(0))}, "a sigmoid network"),
        ({"temperature": 30.0}, "temperature is 30.0, expected 0.05 to 20"),
        ({"classifier": "deep"}, "expected one of linear, hidden"),
    ],
)
def test_the_widget_says_what_it_cannot_show(change, message):
    net = bnlib.Network([2, 3], rng=np.random.default_rng(0))
    given = {"x": np.zeros((2, 4)), "y": [0, 1, 2, 0], "linear": net, "hidden": net, **change}
    with pytest.raises(ValueError, match=message):
        widgets.temperature(**given)


def test_figures_of_softmax_say_their_numbers(alt):
    z, names = np.array([5.0, 2, -1, 3]), ["cat", "dog", "chick", "other"]
    draw.from_logits(z, names)
    assert "their sum, 176.3: 0.842, 0.042, 0.002, 0.114" in alt[-1]
    draw.over_temperatures(z, names)
    assert "T = 5: 0.40, 0.22, 0.12, 0.27" in alt[-1]
    draw.likelihood(4, 1)
    assert "lowest at q = 0.8 too, where it is 0.50" in alt[-1]
    p = bnlib.softmax(z)
    draw.jacobian(np.diag(p) - np.outer(p, p), names)
    assert "answer with 0.133, -0.035, -0.002, -0.096" in alt[-1]
    runs = [loss_in_floats.losses(t, np.linspace(0, 1000, 401)) for t in (np.float32, np.float64)]
    draw.losses(runs)
    assert "100 in float32, 740 in float64" in alt[-1]
    runs = np.array([[0.5, 0.9], [0.6, 0.82]])
    draw.diagonal_training({"a": (runs, runs / 2), "b": (runs, runs)})
    assert "a: 86 % and 43 %; b: 86 % and 86 %" in alt[-1]


def test_figures_of_planes_say_their_numbers(alt):
    rng = np.random.default_rng(0)
    trained = []
    for classes in (3, 6):
        x, y = decision_boundaries.blobs(classes, 20, rng)
        trained.append((x, y, decision_boundaries.linear_classifier(x, y, rng)))
    draw.boundaries(trained)
    x, y, net = trained[1]
    assert f"C = 6: {100 * net.accuracy(x, y):.0f} %" in alt[-1]
    draw.temperatures(*trained[0], (0.3, 1, 4))
    shares = [int(share) for share in re.findall(r"(\d+) %", alt[-1])]
    assert shares[0] > shares[1] > shares[2]
    accuracies = decision_boundaries.SpiralAccuracies(np.array([0.5, 0.6]), np.array([0.9, 1.0]))
    draw.hidden_layer(x, y, {"one": net, "two": net}, accuracies)
    assert "one: 55 % (50 to 60); two: 95 % (90 to 100)" in alt[-1]


def test_figures_of_the_digits_say_their_numbers(alt, hard, smoothed):
    counts = digit_classifier.confusion(hard)
    draw.confusion(counts)
    assert f"{counts.sum() - np.trace(counts)} of them wrong" in alt[-1]
    mistakes = digit_classifier.surest_mistakes(hard)
    draw.surest_mistakes(mistakes[:5])
    first = mistakes[0]
    assert f"{first.true} read as {first.read} with {100 * first.probability:.1f} %" in alt[-1]
    draw.calibration({0.0: hard, 0.1: smoothed})
    assert "amount 0: 97 % and 98 %; amount 0.1: 87 % and 98 %" in alt[-1]


@pytest.mark.parametrize("steps", [125, 250, 500])
def test_a_cut_off_leaves_sure_mistakes_and_costs_accuracy(steps):
    digits, left = bnlib.load_digits(), []
    for seed in OTHERS:
        whole, cut = (
            loss_in_floats.from_far_away(digits, loss, seed, steps=steps)
            for loss in loss_in_floats.LOSSES
        )
        assert whole.sure_mistakes[0] == cut.sure_mistakes[0] > 0.4
        assert whole.sure_mistakes[1] < 0.06
        assert whole.sure_mistakes[1] < cut.sure_mistakes[1] or steps == 500  # once, as few
        assert whole.accuracy > cut.accuracy
        left.append(cut.sure_mistakes[1])
    assert np.mean(left) > 0.15
    if steps == 250:
        assert [round(end(left), 2) for end in (min, max)] == [0.01, 0.79]


@pytest.mark.parametrize("steps", [25, 50, 100])
def test_one_sure_mistake_is_never_unlearned_with_a_cut_off(steps):
    for gap in (16.2, 17, 20, 200):
        assert loss_in_floats.one_sure_mistake("cut off", gap, steps) == pytest.approx(np.exp(-gap))
    # Twice as far takes longer, and no gradient is lost.
    assert loss_in_floats.one_sure_mistake("from the logits", 20, steps) > 0.9


def test_the_cut_off_loss_is_keras_own():
    """Keras 3.15.1 on JAX 0.10.2, float32, logits (gap, 0, 0), label 1, in November 2026."""
    measured = {5: (5.0134, -0.99335), 15: (15.0, -1.0), 16.2: (16.1181, 0.0), 200: (16.1181, 0.0)}
    for gap, (loss, slope) in measured.items():
        cost, dz = loss_in_floats.cut_off_loss(np.array([[gap], [0.0], [0.0]]), np.array([1]))
        assert (cost, dz[1, 0]) == pytest.approx((loss, slope), abs=1e-4)


def test_plain_descent_improves_with_its_steps_on_other_splits():
    for seed in OTHERS:
        digits, _ = digit_classifier.split(seed)
        models = (
            linear_softmax.descend(digits.x_train, digits.y_train, 0.5, steps)
            for steps in (25, 100, 400)
        )
        wrong = [model.mistakes(digits.x_test, digits.y_test).size for model in models]
        assert wrong[0] > wrong[1] > wrong[2]
