"""Notebooks 3 and 4: twelve seeds that are not in the records tell what the records tell."""

import numpy as np
import pytest

from bnlib.experiments import long_runs, sweeps


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
