"""Notebook 4: statistics pooled over batches, and over processes that each have a part."""

import numpy as np
import pytest

import bnlib
from bnlib.experiments import pairs, pooling, workers

SEEDS = range(10)


def test_pooled_statistics_are_those_of_all_examples():
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        sizes = rng.integers(1, 9, size=5)
        z = 5 * rng.standard_normal((3, 1)) + rng.standard_normal((3, sizes.sum()))
        own = [pooling.statistics(part) for part in pooling.split(z, sizes)]
        mean, var = pooling.combine_statistics(*zip(*own), sizes)
        np.testing.assert_allclose(mean, z.mean(axis=1, keepdims=True))
        np.testing.assert_allclose(var, z.var(axis=1, keepdims=True))


@pytest.mark.parametrize("by_class", [False, True])
def test_workers_agree_with_the_whole_batch_only_when_they_pool(by_class):
    digits = bnlib.load_digits()
    for seed in SEEDS:
        z = pooling.batch_of_digits(digits.x_train, digits.y_train, seed, by_class=by_class)
        errors = pooling.errors(z)
        assert errors["pooled"] < 1e-12
        assert errors["each its own"] > errors["averaged"] > 0.1
    found = [
        pooling.errors(
            pooling.batch_of_digits(digits.x_train, digits.y_train, seed, by_class=by_class)
        )
        for seed in range(100, 200)
    ]
    own, averaged = ([error[way] for error in found] for way in ("each its own", "averaged"))
    mean, _ = pairs.paired_difference(np.log(own), np.log(averaged))
    assert 1.8 < np.exp(mean) < 2.1, "on batches that are not the notebook's"


def test_what_is_recorded_of_the_processes_is_what_numpy_gives():
    in_numpy = pooling.errors(workers.batch()[0])
    for way in pooling.WAYS:
        assert workers.RECORDED[way] == pytest.approx(in_numpy[way], abs=1e-6)


def test_real_processes_agree_with_the_whole_batch():
    pytest.importorskip("torch")
    found, said = workers.run()
    assert found is not None, said
    assert found == pytest.approx(workers.RECORDED, abs=1e-6)


def test_failed_processes_are_told_and_no_error(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert workers.run() == (None, "PyTorch is not installed here")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    monkeypatch.setattr("sys.executable", "false")
    found, said = workers.run()
    assert found is None
    assert said.startswith("PyTorch's processes failed here")
