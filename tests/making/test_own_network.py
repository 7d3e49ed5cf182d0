"""The two cells that run the learner's own functions, in notebooks 2 and 5: in every state."""

import json
import os
import time
from pathlib import Path

import numpy as np
import pytest

import bnlib
from bnlib.exercises import own_network, sandbox
from bnlib.exercises.exercise import load
from bnlib.experiments import linear_softmax
from bnlib.figures import fitting
from bnlib.figures.canvas import picture

ROOT = Path(__file__).parents[2]
RIGHT = {name: load(name).reference for name in own_network.NEEDED}
needs_processes = pytest.mark.skipif(not sandbox.CAN_FORK, reason="no child processes here")


def left_open(*_):
    """What the notebook ships: `...`."""
    ...


def endless(parameters, gradients, learning_rate):
    """A step that never comes back."""
    while True:
        pass


def half_the_gradient(parameters, x, y, eps=1e-5):
    """Right but for W1, whose gradient points uphill."""
    found = dict(RIGHT["network_gradients"](parameters, x, y, eps))
    return {**found, "W1": -found["W1"], "W2": -found["W2"]}


def test_the_cost_is_the_one_whose_gradients_are_asked_for():
    rng = np.random.default_rng(0)
    p = own_network.start(3, 2, rng) | {"beta1": rng.normal(size=(own_network.HIDDEN, 1))}
    x, y = rng.normal(size=(3, 6)), np.eye(2)[:, rng.integers(0, 2, 6)]
    for name, gradient in RIGHT["network_gradients"](p, x, y).items():
        numerical = bnlib.numerical_gradient(
            lambda value, name=name: own_network.cost(p | {name: value}, x, y), p[name]
        )
        np.testing.assert_allclose(gradient, numerical, atol=1e-8)


@pytest.fixture(scope="module")
def small():
    """The digits, some of them: a curve in a tenth of the time."""
    d = bnlib.load_digits()
    return d._replace(x_train=d.x_train[:, :240], y_train=d.y_train[:240])


def cell_source(notebook, name):
    """A notebook's cell, which no test compares with its output."""
    path = ROOT / "notebooks" / f"{notebook}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    [found] = [cell for cell in cells if cell["id"] == name]
    assert found["metadata"]["tags"] == ["nbval-ignore-output"]
    return "".join(found["source"])


@pytest.fixture
def run_cell(small, monkeypatch):
    """Run notebook 2's own cell with some functions; the sentence, and the figure's text."""
    source, said = cell_source("2_fitting_batch_norm", "run-own"), []
    monkeypatch.setattr(
        "bnlib.figures.health.show", lambda figure, alt: said.append(picture(figure, alt).alt)
    )

    def run(**functions):
        space = {"digits": small, "own_network": own_network, "draw": fitting, "print": said.append}
        exec(source, space | RIGHT | functions)
        return said

    return run


def test_nothing_attempted_shows_the_courses_curve_alone(run_cell):
    sentence, alt = run_cell(**dict.fromkeys(RIGHT, left_open))
    assert sentence == (
        "The course's curve alone: split_into_minibatches, network_gradients, gradient_step are "
        "not attempted yet."
    )
    assert "with the course's functions" in alt and "yours" not in alt


def test_right_functions_give_the_courses_curve(run_cell):
    sentence, alt = run_cell()
    assert sentence.startswith("The curve is yours")
    course, own = (part.split("%")[0].split()[-1] for part in alt.split(";"))
    assert course == own


@needs_processes
def test_a_wrong_gradient_shows_and_is_said(run_cell):
    sentence, alt = run_cell(network_gradients=half_the_gradient)
    assert "while network_gradients is not right yet" in sentence
    course, own = (int(part.split("%")[0].split()[-1]) for part in alt.split(";"))
    assert own < course - 30


@needs_processes
def test_an_endless_loop_is_ended(run_cell):
    start = time.monotonic()
    sentence, alt = run_cell(gradient_step=endless)
    assert sentence == "The course's curve alone: gradient_step does not come to an end by itself."
    assert "yours" not in alt
    assert time.monotonic() - start < 120


@needs_processes
@pytest.mark.parametrize(
    ("does", "said"),
    [
        (lambda p, x, y, eps=1e-5: {}, "training stopped with KeyError"),
        (lambda p, x, y, eps=1e-5: {k: v * np.inf for k, v in p.items()}, "while network_grad"),
    ],
    ids=["raises in training", "infinite"],
)
def test_functions_that_break_in_training(small, does, said):
    mine = {**RIGHT, "network_gradients": does}
    data = (small.x_train, small.y_train, small.x_test, small.y_test)
    found = own_network.train(tuple(mine.values()), data, epochs=1)
    assert said in found.said


@needs_processes
def test_functions_that_end_python_or_last_too_long_end_there(small, monkeypatch):
    data = (small.x_train, small.y_train, small.x_test, small.y_test)
    right = tuple(RIGHT.values())
    found = own_network.train(right, data, epochs=10_000, time_limit=0.5)
    assert found.accuracy == ()
    assert found.said.endswith("alone: what you wrote did not finish training in time.")
    monkeypatch.setattr(own_network, "curve", lambda *_: os._exit(1))
    found = own_network.train(right, data, epochs=1)
    assert found.said.endswith("alone: what you wrote ended Python before training was over.")


def test_without_processes_a_wrong_function_is_not_run(small):
    mine = {**RIGHT, "network_gradients": half_the_gradient}
    data = (small.x_train, small.y_train, small.x_test, small.y_test)
    found = own_network.train(tuple(mine.values()), data, fork=False)
    assert found == own_network.OwnRun(
        (), "The course's curve alone: network_gradients is not right yet."
    )


def test_a_curve_on_the_guessing_line_is_told_from_it(monkeypatch):
    drawn = []
    monkeypatch.setattr(
        "bnlib.figures.health.show", lambda figure, alt: drawn.append((figure.axes[0], alt))
    )
    fitting.own_network(np.linspace(0.1, 0.96, 20), [0.1] * 20)
    fitting.own_network(np.linspace(0.1, 0.96, 20), [0.1, 0.5, *[np.nan] * 18])
    (ax, _), (_, broken) = drawn
    own = next(line for line in ax.lines if len(line.get_ydata()) == 20 and line.get_zorder() == 3)
    assert all(line.get_zorder() < 3 for line in ax.lines if line.get_linestyle() == "--")
    assert set(own.get_ydata()) == {0.1}
    assert broken.endswith("with yours not finite after step 1.")


def test_the_net_begins_at_hes_scale():
    parameters = own_network.start(64, 10, np.random.default_rng(1))
    w1, w2 = parameters["W1"], parameters["W2"]
    assert w1.shape == (own_network.HIDDEN, 64) and w2.shape == (10, own_network.HIDDEN)
    assert w1.std() == pytest.approx(np.sqrt(2 / 64), rel=0.1)
    assert w2.std() == pytest.approx(np.sqrt(2 / own_network.HIDDEN), rel=0.15)
    assert np.all(parameters["gamma1"] == 1) and not parameters["beta1"].any()
    assert not parameters["b2"].any()


def run_regression(function, capsys):
    """Notebook 5's own cell: what it prints of the learner's function, scikit-learn's below it."""
    digits = bnlib.load_digits()
    space = {"own_network": own_network, "digits": digits, "theirs": linear_softmax.SCIKIT_LEARN}
    exec(cell_source("5_softmax", "run-own-regression"), space | {"softmax_regression": function})
    own, theirs = capsys.readouterr().out.splitlines()
    assert theirs == "scikit-learn: 484 of 500 right"
    return own.removeprefix("yours:        ")


def test_the_learners_regression_is_as_good_as_the_courses(capsys):
    digits = bnlib.load_digits()
    model = linear_softmax.descend(digits.x_train, digits.y_train, 0.5, 400)
    right = 500 - model.mistakes(digits.x_test, digits.y_test).size
    found = run_regression(load("softmax_regression").reference, capsys)
    assert found == f"{right} of 500 right"


@needs_processes
@pytest.mark.parametrize(
    ("does", "said"),
    [
        (left_open, "softmax_regression is not attempted yet."),
        (lambda x, y, *_: (1 / 0, 0), "training stopped with ZeroDivisionError: division by zero"),
        (lambda x, y, *_: os._exit(1), "softmax_regression does not come to an end by itself."),
        (
            lambda x, y, *_: endless(x, y, 0),
            "softmax_regression does not come to an end by itself.",
        ),
        (lambda x, y, *_: (np.ones((len(y), len(x))), 0), "softmax_regression is not right yet."),
        (7, "training stopped with TypeError: 'int' object is not callable"),
    ],
    ids=["stub", "raises", "ends Python", "endless", "wrong", "no function"],
)
def test_the_learners_regression_in_every_state(does, said, capsys):
    found = run_regression(does, capsys)
    assert found.endswith(said)
    assert (" of 500 right, while " in found) == (" not right" in said)


def test_without_processes_a_wrong_regression_is_not_run():
    def wrong(x, y, learning_rate, steps):
        return np.zeros((len(y), len(x))), np.zeros((len(y), 1))

    found = own_network.regression(wrong, bnlib.load_digits(), fork=False)
    assert found == "softmax_regression is not right yet."


def test_there_are_as_many_outputs_as_classes(monkeypatch):
    begin, classes = own_network.start, []
    monkeypatch.setattr(own_network, "start", lambda *a: classes.append(a[1]) or begin(*a))
    x, y = np.zeros((4, 6)), np.array([0, 2, 1, 2, 0, 1])
    own_network.course((x, y, x, y), epochs=0)
    assert classes == [3]
