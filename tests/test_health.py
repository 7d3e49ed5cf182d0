"""The check-up of a net: its numbers are those of the definitions, and the net is left alone."""

import numpy as np
import pytest

import bnlib
from bnlib.equations.softmax import softmax_cross_entropy
from bnlib.experiments import health
from bnlib.figures.canvas import picture
from bnlib.figures.health import check_up as draw_check_up
from bnlib.figures.style import WITH, WITHOUT


def batch(seed=0, m=12):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(5, m)), rng.integers(0, 3, size=m)


@pytest.mark.parametrize("batch_norm", [True, False])
@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
def test_its_four_numbers_against_nudging(batch_norm, activation):
    x, y = batch()
    rng = np.random.default_rng(1)
    net = bnlib.Network([5, 7, 6, 3], batch_norm, activation, rng=rng)
    report = health.check_up(net, bnlib.SGD(net, 0.1), x, y)
    outputs = [layer.a for layer in net.trace(x, training=True)]
    np.testing.assert_allclose(report.activation, [np.sqrt(a.var(axis=1).mean()) for a in outputs])

    def cost(theta):
        net.theta[:] = theta
        return softmax_cross_entropy(net.forward(x, training=True), y)[0]

    start = net.theta.copy()
    net.dtheta[:] = bnlib.numerical_gradient(cost, start)
    net.theta[:] = start
    for layer in (1, 2):
        step, w = 0.1 * net.gradients[f"W{layer}"], net.parameters[f"W{layer}"]
        expected = np.linalg.norm(step) / np.linalg.norm(w)
        np.testing.assert_allclose(report.update[layer - 1], expected, rtol=1e-5)


def test_the_gradient_is_that_at_z():
    """By nudging a bias before plain units: its gradient is the sum of dz over the batch."""
    x, y = batch(m=1)
    net = bnlib.Network([5, 4, 3], batch_norm=False, rng=np.random.default_rng(0))
    report = health.check_up(net, bnlib.SGD(net, 0.1), x, y)
    net.backward(softmax_cross_entropy(net.forward(x, training=True), y)[1])
    np.testing.assert_allclose(report.gradient, np.sqrt(np.mean(net.gradients["b1"] ** 2)))


def test_dead_units_are_those_that_never_answer():
    x, y = batch()
    net = bnlib.Network(
        [5, 4, 3], batch_norm=False, activation="relu", rng=np.random.default_rng(0)
    )
    net.parameters["b1"][:3] = -1e3
    report = health.check_up(net, bnlib.SGD(net, 0.1), x, y)
    assert report.dead.tolist() == [0.75]


@pytest.mark.parametrize("optimizer", [bnlib.SGD, bnlib.Momentum, bnlib.Adam])
def test_the_net_is_left_as_it_was(optimizer):
    x, y = batch()
    net = bnlib.Network([5, 4, 3], rng=np.random.default_rng(0))
    net.forward(x, training=True)  # running statistics that differ from the start
    theta, norm = net.theta.copy(), net.batch_norms[0]
    mean, var = norm.running_mean.copy(), norm.running_var.copy()
    report = health.check_up(net, optimizer(net, 0.1), x, y)
    assert report.update.min() > 0
    np.testing.assert_array_equal(net.theta, theta)
    np.testing.assert_array_equal(norm.running_mean, mean)
    np.testing.assert_array_equal(norm.running_var, var)


REPORT = health.Health(*np.array([[0.5, 0.02], [3e-3, 1e-2], [0.0, 0.25], [1e-2, 2e-2]]))
DEEPER = health.Health(*np.geomspace(1e-4, 1, 40).reshape(4, 10))
DEAD = health.Health(np.zeros(3), np.zeros(3), np.ones(3), np.full(3, np.nan))


@pytest.mark.parametrize(
    "reports",
    [{"mine": REPORT}, {"first": REPORT, "second": DEEPER, "third": DEAD}],
    ids=["one", "three"],
)
def test_the_picture_of_any_number_of_reports(reports, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        "bnlib.figures.health.show",
        lambda figure, alt: drawn.append((figure, picture(figure, alt))),
    )
    draw_check_up(reports)
    [(figure, found)] = drawn
    for ax in figure.axes:
        assert [line.get_xdata().size for line in ax.lines] == [
            r.dead.size for r in reports.values()
        ]
        for look in ("get_color", "get_marker"):
            assert len({getattr(line, look)() for line in ax.lines}) == len(reports)
    assert [text.get_text()[2:] for text in figure.axes[2].texts] == list(reports)
    for name in reports:
        assert found.alt.count(f", {name}: ") == 4
    assert "share of dead units, " + next(iter(reports)) + ": 0 in the first" in found.alt
    assert not {line.get_color() for line in figure.axes[0].lines} & {WITH, WITHOUT}


def test_a_name_of_the_courses_has_its_colour(monkeypatch):
    drawn = []
    monkeypatch.setattr("bnlib.figures.health.show", lambda figure, alt: drawn.append(figure))
    draw_check_up({"mine": REPORT, "without": REPORT, "with batch norm": REPORT})
    assert [line.get_color() for line in drawn[0].axes[0].lines][1:] == [WITHOUT, WITH]
