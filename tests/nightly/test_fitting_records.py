"""Notebook 2's records: one seed of each computed anew, and each net's rate is its best."""

import numpy as np
import pytest
from wrong_curves import wrong_gradients

from bnlib.experiments import fitting_runs, with_and_without
from bnlib.experiments.records import recorded
from bnlib.experiments.with_and_without import LADDER


@pytest.mark.parametrize("name", fitting_runs.RECORDS)
def test_a_seed_of_each_record(name):
    """Rounding differs between machines: on single entries of long runs it may show."""
    seed = 3
    found, kept = fitting_runs.RECORDS[name].one(seed), recorded(name)[seed]
    assert found.shape == kept.shape
    close = np.isclose(found, kept, rtol=0.05, atol=0.01)
    assert close.mean() > 0.95


@pytest.mark.parametrize("setting", LADDER[1:], ids=lambda setting: setting.name)
def test_each_nets_learning_rate_is_its_best(setting):
    """On the held-back images neither half nor twice the rate needs clearly fewer steps."""
    for which, rate in (("steps_with", setting.rate_with), ("steps_without", setting.rate_without)):
        rates = (rate / 2, rate, 2 * rate)
        swept = with_and_without.sweep(setting, rates, seeds=(100, 101, 102), limit=180)
        half, here, double = np.median(getattr(swept, which), axis=0)
        # Every step is measured, so a tenth is within what three seeds can tell.
        assert here <= 1.1 * min(half, double), which


@pytest.mark.parametrize("seed", range(100, 112))
@pytest.mark.parametrize("epochs", [1, 3, 6])
def test_about_half_of_the_wrong_gradients_train_well(seed, epochs):
    gaps = wrong_gradients(seed, epochs)
    assert 0.4 < np.mean(np.abs(gaps) <= 0.03) < 0.65
