"""Optimizers, mini-batches and fit."""

from __future__ import annotations

import io
import re
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bnlib
from bnlib import datasets, progress_bar

OPTIMIZERS = [bnlib.SGD, bnlib.Momentum, bnlib.RMSprop, bnlib.Adam]
DIGITS = bnlib.load_digits()


def small_net(seed=0, **options):
    return bnlib.Network([64, 20, 10], rng=np.random.default_rng(seed), **options)


def test_digits_are_as_documented():
    d = DIGITS
    assert (d.x_train.shape, d.x_test.shape) == ((64, 1297), (64, 500))
    assert d.x_train.dtype == np.float64 and d.y_train.dtype == np.int64
    assert (d.x_train.min(), d.x_train.max()) == (0, 1)
    shares = np.bincount(d.y_train) / 1297 - np.bincount(d.y_test) / 500
    assert np.abs(shares).max() < 0.003
    both = np.concatenate([d.x_train, d.x_test], axis=1)
    assert len(np.unique(both, axis=1).T) == 1797, "an image is in both sets"


def one_step(optimizer_class, gradients, **options):
    """The weights of a tiny network after one step a gradient, starting from 1."""
    net = bnlib.Network([1, 2], rng=np.random.default_rng(0))
    net.theta[...] = 1
    optimizer = optimizer_class(net, 0.1, **options)
    for gradient in gradients:
        net.dtheta[...] = gradient
        optimizer.step()
    return net.theta[0]


def test_each_optimizer_is_its_formula():
    """Two steps with the gradients 2 and -1, worked out by hand."""
    assert one_step(bnlib.SGD, [2, -1]) == pytest.approx(1 - 0.1 * 2 + 0.1 * 1)
    v1 = 0.1 * 2
    assert one_step(bnlib.Momentum, [2, -1]) == pytest.approx(1 - 0.1 * v1 - 0.1 * (0.9 * v1 - 0.1))
    s1 = 0.1 * 4
    s2 = 0.9 * s1 + 0.1
    assert one_step(bnlib.RMSprop, [2, -1]) == pytest.approx(1 - 0.2 / s1**0.5 + 0.1 / s2**0.5)
    v2, s2 = (0.9 * 0.2 - 0.1) / (1 - 0.81), (0.999 * 0.004 + 0.001) / (1 - 0.999**2)
    assert one_step(bnlib.Adam, [2, -1]) == pytest.approx(1 - 0.1 - 0.1 * v2 / s2**0.5)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("batch_norm", [True, False])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_training_learns_and_keeps_its_dtype(optimizer, batch_norm, dtype):
    rng = np.random.default_rng(3)
    net = small_net(batch_norm=batch_norm, activation="relu", dtype=dtype)
    optimizer = optimizer(net, 0.5 if optimizer in (bnlib.SGD, bnlib.Momentum) else 0.01)
    history = bnlib.fit(
        net,
        optimizer,
        DIGITS.x_train,
        DIGITS.y_train,
        batch_size=60,
        epochs=6,
        rng=rng,
        validation=(DIGITS.x_test, DIGITS.y_test),
    )
    assert history.accuracy[-1] > 0.85 and history.costs[-1] < history.costs[0] / 2
    arrays = [net.theta, net.dtheta, net.forward(DIGITS.x_test)]
    arrays += [a for bn in net.batch_norms for a in (bn.running_mean, bn.running_var, bn.dgamma)]
    arrays += [a for a in vars(optimizer).values() if isinstance(a, np.ndarray)]
    assert {array.dtype for array in arrays} == {np.dtype(dtype)}


def test_train_step_returns_the_cost_before_the_update():
    net, x, y = small_net(), DIGITS.x_train[:, :50], DIGITS.y_train[:50]
    before = bnlib.softmax_cross_entropy(net.forward(x, training=True), y)[0]
    assert bnlib.train_step(net, bnlib.SGD(net, 0.1), x, y) == before
    assert bnlib.softmax_cross_entropy(net.forward(x, training=True), y)[0] < before


@given(st.integers(1, 40), st.integers(1, 12), st.integers(0, 99))
def test_minibatches_hold_every_pair_once(m, batch_size, seed):
    x, y = np.arange(2 * m).reshape(2, m), np.arange(m)
    batches = list(bnlib.minibatches(x, y, batch_size, np.random.default_rng(seed)))
    assert sorted(np.concatenate([y_t for _, y_t in batches])) == list(range(m))
    assert all((x_t[0] == y_t).all() and (x_t[1] == y_t + m).all() for x_t, y_t in batches)
    sizes = [len(y_t) for _, y_t in batches]
    assert all(size == batch_size for size in sizes[:-1])
    assert sizes[-1] == 1 if min(batch_size, m) == 1 else 1 < sizes[-1] <= batch_size + 1


def test_one_example_a_step_is_measured_after_every_epoch():
    net, rng = small_net(batch_norm=False), np.random.default_rng(0)
    x, y = DIGITS.x_train[:, :7], DIGITS.y_train[:7]
    history = bnlib.fit(
        net, bnlib.SGD(net, 0.1), x, y, batch_size=1, epochs=2, rng=rng, validation=(x, y)
    )
    assert len(history.costs) == 14 and history.steps == [7, 14]


def test_the_same_seed_trains_the_same_network():
    def trained(seed):
        net = small_net()
        bnlib.fit(
            net,
            bnlib.SGD(net, 0.5),
            DIGITS.x_train,
            DIGITS.y_train,
            batch_size=100,
            epochs=1,
            rng=np.random.default_rng(seed),
        )
        return net.theta

    np.testing.assert_array_equal(trained(0), trained(0))
    assert not np.array_equal(trained(0), trained(1))


def test_history_counts_steps_and_measures_when_asked():
    net, seen = small_net(activation="relu"), []
    history = bnlib.fit(
        net,
        bnlib.SGD(net, 0.5),
        DIGITS.x_train[:, :121],
        DIGITS.y_train[:121],
        batch_size=40,
        epochs=4,
        rng=np.random.default_rng(0),
        validation=(DIGITS.x_test, DIGITS.y_test),
        validate_every=5,
        callback=lambda _, step: seen.append(step),
    )
    assert len(history.costs) == 4 * 3 and seen == list(range(1, 13))  # 121 = 40 + 40 + 41
    assert history.steps == [5, 10]
    assert history.steps_to(0.0) == 5 and history.steps_to(1.01) is None
    last = f"last cost {history.costs[-1]:.3g}, last accuracy {history.accuracy[-1]:.1%}"
    assert repr(history) == f"History(12 steps, {last})"


def test_a_history_counts_from_its_end_and_a_target_met_is_reached():
    history = bnlib.History(costs=[3, 2, 1], steps=[1, 2, 3], accuracy=[0.25, 0.75, 1.0])
    assert history.steps_to(0.75) == 2
    assert repr(history) == "History(3 steps, last cost 1, last accuracy 100.0%)"


def test_other_held_out_images_are_the_same_images():
    anew = datasets.split_anew(DIGITS, np.random.default_rng(0))
    for mine, theirs in ((anew.x_train, DIGITS.x_train), (anew.x_test, DIGITS.x_test)):
        assert mine.shape == theirs.shape and not np.array_equal(mine, theirs)

    def images(digits):
        labelled = [np.vstack([digits.x_train, digits.y_train]).T]
        labelled.append(np.vstack([digits.x_test, digits.y_test]).T)
        return sorted(map(tuple, np.vstack(labelled)))

    assert images(anew) == images(DIGITS)


def test_training_shows_how_far_it_is(monkeypatch, capsys):
    now = iter(range(100))
    monkeypatch.setattr(progress_bar.time, "monotonic", lambda: float(next(now)))
    fit(epochs=3, progress=True)
    assert re.findall(r"(\d/\d) steps", capsys.readouterr().err) == [f"{i}/6" for i in range(1, 7)]


def test_divergence_is_told():
    net = small_net(batch_norm=False, activation="relu", dtype=np.float32)
    optimizer = bnlib.SGD(net, 1e30)
    history = bnlib.fit(
        net,
        optimizer,
        DIGITS.x_train,
        DIGITS.y_train,
        batch_size=60,
        epochs=2,
        rng=np.random.default_rng(0),
    )
    assert history.diverged and "diverged" in repr(history) and len(history.costs) < 44
    assert np.isfinite(history.costs).all()
    net.theta[...] = 1e38
    with pytest.raises(bnlib.DivergedError, match="smaller learning rate"):
        bnlib.train_step(net, optimizer, DIGITS.x_train, DIGITS.y_train)


@pytest.mark.parametrize("batch_norm", [True, False])
@pytest.mark.filterwarnings("ignore:invalid value")
def test_a_diverged_network_predicts_nothing(batch_norm):
    net = small_net(batch_norm=batch_norm, activation="relu")
    net.theta[...] = np.inf
    assert net.accuracy(DIGITS.x_test, DIGITS.y_test) == 0
    with pytest.raises(ValueError, match=r"holds (nan|inf)"):
        net.predict(DIGITS.x_test)
    with pytest.raises(ValueError, match="x holds nan"):
        net.accuracy(np.full((64, 2), np.nan), np.array([0, 1]))


X, Y = DIGITS.x_train[:, :10], DIGITS.y_train[:10]


def fit(x=X, y=Y, **changes):
    net = small_net()
    settings = {"batch_size": 5, "epochs": 1, "rng": np.random.default_rng(0), **changes}
    return bnlib.fit(net, bnlib.SGD(net, 0.1), x, y, **settings)


def test_labels_may_be_one_hot_and_cost_is_that_of_test_time():
    one_hot = np.eye(10)[:, Y]
    # Where an array begins in memory may decide the last digit of a product.
    assert fit(y=one_hot).costs == pytest.approx(fit().costs, rel=1e-12)
    net = small_net()
    due = bnlib.softmax_cross_entropy(net.forward(X), Y)[0]
    assert [net.cost(X, Y), net.cost(X, one_hot)] == pytest.approx([due, due], rel=1e-12)


def minibatches(x=X, y=Y, batch_size=5, rng=None):
    """Checked when it is called, not when its first batch is asked for."""
    bnlib.minibatches(x, y, batch_size, rng or np.random.default_rng(0))


BAD_CALLS = [
    (lambda: fit(x=np.where(X == X.max(), np.nan, X)), ValueError, "fit: x holds nan"),
    (lambda: fit(y=Y[:9]), ValueError, r"y has shape \(9,\)"),
    (lambda: fit(y=Y + 10), ValueError, "expected 0 to 9"),
    (lambda: fit(y=Y * 1.0), TypeError, "expected integer labels"),
    (lambda: fit(batch_size=1), ValueError, "batches of one example"),
    (lambda: fit(x=X[:, :1], y=Y[:1]), ValueError, "batches of one example"),
    (lambda: fit(x=X[:, :0], y=Y[:0]), ValueError, "empty batch"),
    (lambda: fit(batch_size=2.5), TypeError, "batch_size is 2.5"),
    (lambda: fit(epochs=0), ValueError, "epochs is 0"),
    (lambda: fit(rng=np.random), TypeError, "expected a numpy Generator"),
    (lambda: minibatches(x=X[0]), ValueError, r"minibatches: x has shape \(10,\)"),
    (lambda: minibatches(y=Y[:9]), ValueError, r"minibatches: y has shape \(9,\)"),
    (lambda: minibatches(batch_size=0), ValueError, "minibatches: batch_size is 0"),
    (lambda: minibatches(batch_size=2.5), TypeError, "minibatches: batch_size is 2.5"),
    (lambda: minibatches(rng=7), TypeError, "minibatches: rng is 7"),
    *((lambda of=of: of(3, 0.1), TypeError, f"^{of.__name__}: net is 3") for of in OPTIMIZERS),
    (lambda: bnlib.SGD(small_net(), 0), ValueError, "learning_rate is 0"),
    (lambda: bnlib.Adam(small_net(), 0.1, beta1=1), ValueError, "beta1 is 1"),
    (lambda: bnlib.numerical_gradient(np.sum, X, h=0), ValueError, "h is 0"),
]


@pytest.mark.parametrize(("call", "error", "message"), BAD_CALLS)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_nan_in_a_batch_is_bad_data_not_divergence():
    net = small_net()
    with pytest.raises(ValueError, match="train_step: x holds nan"):
        bnlib.train_step(net, bnlib.SGD(net, 0.1), np.where(X == X.max(), np.nan, X), Y)


def test_the_progress_bar_shows_long_runs_only_and_cleans_up(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(progress_bar.time, "monotonic", lambda: now[0])
    for seconds_a_step, shown in ((0.01, False), (1.0, True)):
        monkeypatch.setattr(sys, "stderr", io.StringIO())
        with progress_bar.ProgressBar(100) as bar:
            for step in range(1, 101):
                now[0] += seconds_a_step
                bar.update(step)
        written = sys.stderr.getvalue()
        half = f"training [{'#' * 15}{'.' * 15}] 50/100 steps, 50 s left"
        assert (half in written) == shown == bool(written)
        assert written == "" or written.endswith("\r")
