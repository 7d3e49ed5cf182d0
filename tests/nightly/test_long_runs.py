"""Notebooks 3 and 4: twelve seeds that are not in the records tell what the records tell."""

import numpy as np
import pytest
from estimates_by_step import scores_at

import bnlib
from bnlib.experiments import estimators, long_runs, pairs, sweeps, weight_decay


@pytest.mark.parametrize("name", long_runs.RECORDS)
def test_twelve_other_seeds(name):
    """Cell by cell, the means lie within a few of their combined standard errors."""
    kept, found = long_runs.recorded(name), long_runs.compute(name, range(100, 112))
    error = np.sqrt(sum(runs.var(axis=0, ddof=1) / len(runs) for runs in (kept, found)))
    # Where all runs agree, as at chance, the spread of the mean is below one test image
    apart = np.abs(found.mean(axis=0) - kept.mean(axis=0)) / np.maximum(error, 0.0005)
    assert (apart < 2.5).mean() > 0.85
    assert apart.max() < 5


@pytest.mark.parametrize("name", sweeps.STARTS)
def test_each_start_has_its_best_rate(name, monkeypatch):
    """Of all that were tried, on the seeds on which it was chosen."""
    chosen = sweeps.STARTS[name]
    rates = (0.003, 0.01, 0.03, 0.1) if chosen.get("adam") else (0.1, 0.3, 1.0, 3.0, 10.0)
    found = {}
    for rate in rates:
        monkeypatch.setitem(sweeps.STARTS, name, {**chosen, "learning_rate": rate})
        found[rate] = np.mean(
            [sweeps.start(long_runs.DIGITS, seed, name, (154,)) for seed in range(100, 104)]
        )
    assert found[chosen["learning_rate"]] > max(found.values()) - 0.003


@pytest.mark.parametrize("seed", range(3))
def test_at_the_balance_with_weight_decay_rows_turn_as_the_text_says(seed):
    """In the root mean square over steps and rows; most steps turn by far less."""
    rng, digits, turns = np.random.default_rng(seed), long_runs.DIGITS, []
    rate, decay = 0.3, 0.01
    net = bnlib.Network(weight_decay.SIZES, activation="relu", rng=rng, weight_scale=0.2)
    before = {name: net.parameters[name].copy() for name in ("W1", "W2")}

    def shrink_and_measure(net, step):
        for name, last in before.items():
            w = net.parameters[name]
            w *= 1 - rate * decay
            lengths = np.linalg.norm(w, axis=1) * np.linalg.norm(last, axis=1)
            cosines = (w * last).sum(axis=1) / lengths
            if step > 60 * weight_decay.STEPS_AN_EPOCH:
                turns.append(np.arccos(np.minimum(cosines, 1)))
            last[...] = w

    bnlib.fit(
        net,
        bnlib.SGD(net, rate),
        digits.x_train,
        digits.y_train,
        batch_size=60,
        epochs=80,
        rng=rng,
        callback=shrink_and_measure,
        progress=False,
    )
    typical = np.sqrt(np.mean(np.square(turns)))
    assert typical == pytest.approx(np.sqrt(2 * rate * decay), rel=0.15)


def test_at_60_a_decay_of_half_is_behind_exact_statistics_on_40_other_networks():
    """At half and at twice the steps, too; a decay of 0.9 by less."""
    runs = np.array(
        [
            scores_at(seed, (55, 110, 220), 60, epochs=10, learning_rate=0.3)
            for seed in range(100, 140)
        ]
    )
    for k in range(3):
        found = estimators.by_name(runs[:, k])
        exact = found["exact"].test
        mean, error = pairs.paired_difference(found["average, decay 0.5"].test, exact)
        assert -0.006 < mean < -1.9 * error
        assert abs(pairs.paired_difference(found["average, decay 0.9"].test, exact)[0]) < 0.005


def test_norms_under_weight_decay_at_twice_the_epochs():
    ends = np.log(
        [
            [
                weight_decay.decayed(long_runs.DIGITS, seed, weight_scale=scale, epochs=160)
                for scale in long_runs.DECAYED_STARTS
            ]
            for seed in range(100, 106)
        ]
    )
    for epoch, low, high in ((40, 1.4, 1.9), (80, 1.1, 1.35), (160, 1.02, 1.3)):
        mean, _ = pairs.paired_difference(ends[:, 2, epoch], ends[:, 0, epoch])
        assert low < np.exp(mean) < high
