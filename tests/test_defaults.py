"""Defaults and guards of the core that no other test would miss: each was once changed unseen."""

import inspect
import io
import sys

import numpy as np
import pytest

import bnlib
from bnlib import progress_bar


def _net(batch_norm=True):
    return bnlib.Network([3, 4, 2], batch_norm=batch_norm, rng=np.random.default_rng(0))


def test_the_batchs_mean_has_what_the_second_centring_found():
    rng = np.random.default_rng(1)
    z = (1e4 + rng.standard_normal((5, 4096))).astype(np.float32)
    one, zero = np.ones((5, 1), np.float32), np.zeros((5, 1), np.float32)
    _, cache = bnlib.batch_norm(z, one, zero)
    exact = z.astype(np.float64).mean(axis=1, keepdims=True)
    # Half a unit in the last place of float32 at 1e4, with a little room for rounding twice.
    np.testing.assert_allclose(cache.mu, exact, rtol=0, atol=0.75 * np.spacing(np.float32(1e4)))


def test_what_overflows_on_the_way_alone_is_no_error():
    # The product of columns that tells of NaN is 3e42 here, beyond float32; the results are not.
    z = np.zeros((1, 4), np.float32)
    z_tilde, _ = bnlib.batch_norm(z, np.full((1, 1), 1e20), np.full((1, 1), 1e20))
    np.testing.assert_array_equal(z_tilde, np.float32(1e20))


@pytest.mark.parametrize("batch_norm", [True, False])
def test_trace_has_z_tilde_with_batch_norm_only(batch_norm):
    x = np.random.default_rng(2).standard_normal((3, 6))
    (layer,) = _net(batch_norm).trace(x)
    assert (layer.z_tilde is not None) == batch_norm


@pytest.mark.parametrize(
    ("dtype", "rounding", "too_much"), [(float, 5e-7, 2e-6), ("f4", 1e-5, 2e-5)]
)
def test_labels_that_sum_to_almost_one_are_refused(dtype, rounding, too_much):
    z, y = np.zeros((2, 3), dtype), np.full((2, 3), 0.5, dtype)
    y[0, 1] += np.asarray(rounding, dtype)
    bnlib.softmax_cross_entropy(z, y)
    y[0, 1] = np.asarray(0.5 + too_much, dtype)
    with pytest.raises(ValueError, match="must hold probabilities"):
        bnlib.softmax_cross_entropy(z, y)


@pytest.mark.parametrize("made", [bnlib.Network, bnlib.BatchNorm])
def test_eps_and_decay_are_as_the_notebooks_say(made):
    parameters = inspect.signature(made).parameters
    assert (parameters["eps"].default, parameters["decay"].default) == (1e-5, 0.9)


@pytest.mark.parametrize("equation", [bnlib.batch_norm, bnlib.batch_norm_inference])
def test_eps_of_the_equations_is_as_the_notebooks_say(equation):
    assert inspect.signature(equation).parameters["eps"].default == 1e-5


def test_the_numerical_gradients_step_is_small_enough():
    # Of x^3 at 1, central differences are h^2 too large: 1e-10 for 1e-5, 1e-6 for 1e-3.
    gradient = bnlib.numerical_gradient(lambda x: float(x[0] ** 3), np.ones(1))
    assert abs(gradient[0] - 3) < 1e-8


@pytest.mark.parametrize("optimizer", [bnlib.RMSprop, bnlib.Adam])
def test_eps_is_beside_the_root_and_as_published(optimizer):
    # A gradient as small as eps: dw / (sqrt(s) + eps) is 1/2 after one step where s = dw^2, and
    # with eps under the root it would be 1e-4.
    net = _net()
    arguments = {"beta": 0.0} if optimizer is bnlib.RMSprop else {}
    direction = optimizer(net, 0.1, **arguments).direction(np.full_like(net.theta, 1e-8))
    np.testing.assert_allclose(direction, 0.5, rtol=1e-3)


@pytest.mark.parametrize(("seconds", "shown"), [(9, False), (11, True)])
def test_a_bar_is_shown_for_what_takes_ten_seconds(seconds, shown, monkeypatch, capsys):
    now = [0.0]
    monkeypatch.setattr(progress_bar.time, "monotonic", lambda: now[0])
    with progress_bar.ProgressBar(total=seconds) as bar:
        now[0] = 2.0
        bar.update(2)  # one step a second
        assert bool(capsys.readouterr().err) == shown


def test_a_bar_is_seen_at_once(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(raw))
    now = [0.0]
    monkeypatch.setattr(progress_bar.time, "monotonic", lambda: now[0])
    with progress_bar.ProgressBar(total=2, shown=True) as bar:
        now[0] = 1.0
        bar.update(1)
        assert b"1/2" in raw.getvalue()
    assert raw.getvalue().endswith(b" \r")  # and gone at once
    written = len(raw.getvalue())
    bar.clear()
    assert len(raw.getvalue()) == written


@pytest.mark.parametrize(("shown", "bars"), [(False, 0), (True, 2)])
def test_a_bar_is_drawn_where_it_may_be_and_five_times_a_second_at_most(shown, bars, monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    now = [100.0]
    monkeypatch.setattr(progress_bar.time, "monotonic", lambda: now[0])
    with progress_bar.ProgressBar(total=9, shown=shown) as bar:
        for step, now[0] in enumerate((101.0, 101.1, 101.15, 103.0), 1):
            bar.update(step)
    assert sys.stderr.getvalue().count("steps") == bars


@pytest.mark.parametrize("rest", [1, 2])
def test_accuracy_is_measured_after_each_epoch_whatever_is_left_over(rest):
    rng = np.random.default_rng(4)
    x, y = rng.standard_normal((3, 10 + rest)), np.arange(10 + rest) % 2
    net = _net()
    given = {"batch_size": 5, "epochs": 2, "rng": rng, "validation": (x, y), "progress": False}
    history = bnlib.fit(net, bnlib.SGD(net, 0.1), x, y, **given)
    steps = 2 + (rest > 1)  # a rest of one joins the batch before
    assert history.steps == [steps, 2 * steps]
