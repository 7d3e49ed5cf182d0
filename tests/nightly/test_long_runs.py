"""Notebooks 3 and 4: twelve seeds that are not in the records tell what the records tell."""

import numpy as np
import pytest

from bnlib.experiments import long_runs


@pytest.mark.parametrize("name", long_runs.RECORDS)
def test_twelve_other_seeds(name):
    """Cell by cell, the means lie within a few of their combined standard errors."""
    kept, found = long_runs.recorded(name), long_runs.compute(name, range(100, 112))
    error = np.sqrt(sum(runs.var(axis=0, ddof=1) / len(runs) for runs in (kept, found)))
    # Where all runs agree, as at chance, the spread of the mean is below one test image
    apart = np.abs(found.mean(axis=0) - kept.mean(axis=0)) / np.maximum(error, 0.0005)
    assert (apart < 2.5).mean() > 0.85
    assert apart.max() < 5
