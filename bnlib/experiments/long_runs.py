"""What a notebook has no time for: many seeds and long trainings, computed here and recorded.

    python -m bnlib.experiments.long_runs [NAME ...]

writes `recorded/NAME.json` for each record named, or for all. A notebook reads them by `recorded`,
trains a few of the seeds itself, and says which is which. tests/claims trains some again and holds
them to the record.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args

import numpy as np

from bnlib.datasets import load_digits
from bnlib.experiments import (
    accumulation,
    averaged_weights,
    carrying,
    company,
    decision_boundaries,
    diagonal_gradient,
    digit_classifier,
    estimators,
    fine_tuning,
    internal_shift,
    moving_average,
    noisy_norm,
    regularization,
    scale_invariance,
    smoothness,
    sweeps,
    trained_net,
    weight_decay,
)
from bnlib.experiments.records import Record, main, recorded

__all__ = ["RECORDS", "compute", "recorded"]
DIGITS = load_digits()
RECORDS: dict[str, Record] = {}

NORMS = (True, False)
MOMENTS = (128, 512, 1024)
SCORES = ("trained on", "new", "new, by running averages")
SWEPT_MOMENTS = (55, 110, 220)
STATISTICS = ("running averages", "recomputed")

One = Callable[[int], np.ndarray]


def kept(seeds: int, axes: Mapping[str, Sequence]) -> Callable[[One], One]:
    """Enter `_name` into `RECORDS` as "name": of one seed it gives an array with these axes."""

    def enter(one: One) -> One:
        RECORDS[one.__name__.removeprefix("_")] = Record(one, range(seeds), axes)
        return one

    return enter


@kept(
    40,
    {
        "batch norm": NORMS,
        "batch size": regularization.BATCH_SIZES,
        "steps": MOMENTS,
        "images": SCORES,
    },
)
def _batch_sizes(seed: int) -> np.ndarray:
    return np.array(
        [
            [
                regularization.accuracies(DIGITS, seed, MOMENTS, batch_norm=norm, batch_size=m)
                for m in regularization.BATCH_SIZES
            ]
            for norm in NORMS
        ]
    )


GHOSTS = 16


@kept(40, {"steps": MOMENTS, "images": SCORES})
def _ghost(seed: int) -> np.ndarray:
    return regularization.accuracies(
        DIGITS, seed, MOMENTS, batch_norm=True, batch_size=128, parts=128 // GHOSTS
    )


KEPT = (0.9, 0.5)


@kept(20, {"batch norm": NORMS, "kept": (1.0, *KEPT), "steps": MOMENTS, "images": SCORES})
def _dropout(seed: int) -> np.ndarray:
    size = regularization.DROPOUT_AT
    return np.array(
        [
            [
                regularization.accuracies(
                    DIGITS, seed, MOMENTS, batch_norm=norm, keep_prob=keep, batch_size=size
                )
                for keep in (1.0, *KEPT)
            ]
            for norm in NORMS
        ]
    )


def _swept(seed: int, settings: Sequence[dict[str, Any]]) -> np.ndarray:
    return np.array(
        [
            [sweeps.accuracies(DIGITS, seed, SWEPT_MOMENTS, batch_norm=norm, **s) for s in settings]
            for norm in NORMS
        ]
    )


RATES = (0.01, 0.1, 0.2, 0.6, 1.0, 3.0, 10.0)


@kept(20, {"batch norm": NORMS, "learning rate": RATES, "steps": SWEPT_MOMENTS})
def _learning_rates(seed: int) -> np.ndarray:
    return _swept(seed, [{"learning_rate": rate} for rate in RATES])


SCALES = (1e-6, 1e-5, 1e-4, 1e-3, 0.1, 0.2, 0.3, 1.0, 3.0)


@kept(20, {"batch norm": NORMS, "weight scale": SCALES, "steps": SWEPT_MOMENTS})
def _weight_scales(seed: int) -> np.ndarray:
    return _swept(seed, [{"weight_scale": scale, "learning_rate": 0.1} for scale in SCALES])


STANDARDIZED_RATES = (0.01, 0.1, 1.0, 3.0, 10.0)


@kept(20, {"batch norm": NORMS, "learning rate": STANDARDIZED_RATES, "steps": SWEPT_MOMENTS})
def _standardized(seed: int) -> np.ndarray:
    return _swept(
        seed, [{"learning_rate": rate, "standardize": True} for rate in STANDARDIZED_RATES]
    )


START_MOMENTS = (77, 154, 308)


@kept(20, {"start": tuple(sweeps.STARTS), "steps": START_MOMENTS})
def _starts(seed: int) -> np.ndarray:
    return np.array([sweeps.start(DIGITS, seed, name, START_MOMENTS) for name in sweeps.STARTS])


SHIFTED: dict[str, dict[str, Any]] = {
    "without batch norm": {"batch_norm": False},
    "without, larger first weights": {"batch_norm": False, "weight_scale": 0.4},
    "with batch norm": {"batch_norm": True},
}


@kept(
    20,
    {
        "network": tuple(SHIFTED),
        "measure": (*(f"{what} {n}" for what in ("shift", "spread") for n in "123"), "accuracy"),
    },
)
def _internal_shift(seed: int) -> np.ndarray:
    runs = [internal_shift.internal_shift(DIGITS, seed, **s) for s in SHIFTED.values()]
    return np.array([[*run.shift[:, -1], *run.first_spread, run.accuracy] for run in runs])


NOISY: dict[str, dict[str, Any]] = {
    "batch norm": {},
    "noisy": {"mean": 3.0, "stretch": 2.0},
    "very noisy": {"mean": 12.0, "stretch": 4.0},
    "without": {"batch_norm": False, "weight_scale": 0.55, "learning_rate": 1.0},
}
NOISY_MEASURES = ("accuracy", "shift_since_start", "shift_in_one_step")


@kept(20, {"network": tuple(NOISY), "measure": NOISY_MEASURES, "steps": tuple(range(22, 221, 22))})
def _noisy_norm(seed: int) -> np.ndarray:
    runs = [noisy_norm.noisy_norm(DIGITS, seed, epochs=10, **s) for s in NOISY.values()]
    return np.array([[getattr(run, name) for name in NOISY_MEASURES] for run in runs])


ACTIVATIONS = ("ReLU", "sigmoid")
SMOOTHNESS = ("cost", "cost_range", "rise", "change")


@kept(
    20,
    {
        "activation": ACTIVATIONS,
        "batch norm": NORMS,
        "measure": SMOOTHNESS,
        "step": smoothness.MOMENTS,
    },
)
def _smoothness(seed: int) -> np.ndarray:
    runs = [
        [smoothness.smoothness(DIGITS, seed, batch_norm=b, activation=a) for b in NORMS]
        for a in ACTIVATIONS
    ]
    return np.array([[[getattr(run, m) for m in SMOOTHNESS] for run in pair] for pair in runs])


DECAYED_STARTS = (0.05, 0.2, 0.8)
DECAYED_EPOCHS = 80


@kept(20, {"weight scale": DECAYED_STARTS, "epochs": tuple(range(DECAYED_EPOCHS + 1))})
def _weight_decay(seed: int) -> np.ndarray:
    return np.array(
        [
            weight_decay.decayed(DIGITS, seed, weight_scale=scale, epochs=DECAYED_EPOCHS)
            for scale in DECAYED_STARTS
        ]
    )


PARTS, ACCUMULATED_EPOCHS = (1, 4, 16, 32), (5, 10)


@kept(40, {"parts": PARTS, "epochs": ACCUMULATED_EPOCHS, "statistics": STATISTICS})
def _accumulation(seed: int) -> np.ndarray:
    return np.array([accumulation.accumulated(seed, k, ACCUMULATED_EPOCHS) for k in PARTS])


AVERAGED_EPOCHS = (5, 10, 20)
AVERAGES = (
    "last weights",
    "average, statistics of the last weights",
    "average, its own statistics",
    "last weights, their own statistics",
)


@kept(40, {"epochs": AVERAGED_EPOCHS, "network": AVERAGES})
def _averaged_weights(seed: int) -> np.ndarray:
    runs = [averaged_weights.averaged(seed, epochs=epochs) for epochs in AVERAGED_EPOCHS]
    return np.array([[run[name] for name in AVERAGES] for run in runs])


GROWN_RATES = (1.0, 3.0, 10.0)
GROWN_STEPS = (*range(1, 21), 25, *range(30, 101, 10))


@kept(
    20,
    {
        "learning rate": GROWN_RATES,
        "measure": (
            *(f"median row's norm over the start, step {step}" for step in GROWN_STEPS),
            "highest cost over the first",
            "last cost",
        ),
    },
)
def _growing_norms(seed: int) -> np.ndarray:
    runs = [scale_invariance.descent(DIGITS, seed, learning_rate=rate) for rate in GROWN_RATES]
    growth = [np.median(run.norms / run.norms[0], axis=1) for run in runs]
    steps = np.array(GROWN_STEPS) - 1
    return np.array(
        [
            [*grown[steps], run.costs.max() / run.costs[0], run.costs[-1]]
            for grown, run in zip(growth, runs, strict=True)
        ]
    )


@kept(
    40,
    {
        "training": tuple(estimators.CASES),
        "estimate": (*estimators.ESTIMATES, *estimators.VARIATIONS),
        "score": ("test accuracy", "training accuracy", "test cost"),
    },
)
def _estimators(seed: int) -> np.ndarray:
    runs = [estimators.record(seed, **case) for case in estimators.CASES.values()]
    return np.array([estimators.scores(run) for run in runs])


DECAYS = (0, 0.5, 0.9, 0.99)


@kept(20, {"decay": DECAYS})
def _decays(seed: int) -> np.ndarray:
    unit = moving_average.unit_means(seed, unit=0)
    return np.array(moving_average.typical_distance(unit, DECAYS))


SERVED_BATCHES = (1, 2, 4, 8, 16, 32, 64, 125, 250, 500)


@kept(20, {"batch size": (*SERVED_BATCHES, "test mode")})
def _forgotten_switch(seed: int) -> np.ndarray:
    net, its = trained_net.train(seed)
    test = its.x_test, its.y_test
    found = [company.accuracy_in_batches(net, *test, m) for m in SERVED_BATCHES]
    return np.array([*found, net.accuracy(*test)])


DIAGONAL_SIZES = ((64, 10), digit_classifier.SIZES)


@kept(
    20,
    {
        "network": DIAGONAL_SIZES,
        "diagonal alone": (False, True),
        "epoch": range(1, diagonal_gradient.EPOCHS + 1),
    },
)
def _diagonal_gradient(seed: int) -> np.ndarray:
    return np.array(
        [
            [
                diagonal_gradient.train(sizes, diagonal=diagonal, seeds=[seed]).accuracy[0]
                for diagonal in (False, True)
            ]
            for sizes in DIAGONAL_SIZES
        ]
    )


@kept(20, {"network": ("linear", "one hidden layer")})
def _spirals(seed: int) -> np.ndarray:
    found = decision_boundaries.spiral_accuracies([seed])
    return np.concatenate([found.linear, found.hidden])


INKS = (1, 1 / 16)


@kept(10, {"ink": INKS, "way": carrying.WAYS, "share": ("right", "changed")})
def _carrying(seed: int) -> np.ndarray:
    found = [carrying.carry([carrying.train(seed, ink=ink)]).values() for ink in INKS]
    return np.array([[[a.accuracy[0], a.changed[0]] for a in ways] for ways in found])


MOMENTA = (0.01, 0.1, 0.99)


@kept(10, {"PyTorch's momentum": MOMENTA})
def _going_on(seed: int) -> np.ndarray:
    return carrying.go_on([carrying.train(seed)], MOMENTA)[0]


SPLIT_NETWORKS = ("batch norm, hard labels", "batch norm, smoothed labels", "linear softmax")


@kept(20, {"network": SPLIT_NETWORKS, "measure": ("accuracy", "confidence", "cost")})
def _digit_splits(seed: int) -> np.ndarray:
    hard, smoothed = (digit_classifier.train(amount, seeds=[seed]) for amount in (0.0, 0.1))
    runs = [*hard, *smoothed, *digit_classifier.train_linear(seeds=[seed])]
    return np.array([[run.accuracy, run.confidence.mean(), run.cost] for run in runs])


@kept(20, {"true digit": range(10), "read as": range(10)})
def _digit_confusions(seed: int) -> np.ndarray:
    return digit_classifier.confusion(digit_classifier.train(seeds=[seed]))


TUNED_WAYS = get_args(fine_tuning.Way)
TUNED = ("unchanged", "two columns inked")
TUNED_BATCHES, TUNED_RATES, TUNED_STEPS = (2, 4, 32), (0.001, 0.01), (100, 200)


@kept(
    24,
    {
        "batch norm": TUNED_WAYS,
        "images": TUNED,
        "batch size": TUNED_BATCHES,
        "learning rate": TUNED_RATES,
        "steps": TUNED_STEPS,
        "statistics": STATISTICS,
    },
)
def _fine_tuning(seed: int) -> np.ndarray:
    trained = trained_net.train(seed)
    cases = itertools.product(TUNED_WAYS, TUNED, TUNED_BATCHES, TUNED_RATES)
    runs = [
        fine_tuning.fine_tuned(
            trained, change, TUNED_STEPS, way=way, batch_size=size, learning_rate=rate, seed=seed
        )
        for way, change, size, rate in cases
    ]
    return np.reshape(runs, (3, 2, 3, 2, 2, 2))


def compute(name: str, seeds: Sequence[int]) -> np.ndarray:
    """The record `name` of other seeds, computed: (seeds, *axes)."""
    return np.array([RECORDS[name].one(seed) for seed in seeds])


if __name__ == "__main__":
    main(RECORDS, sys.argv[1:])
