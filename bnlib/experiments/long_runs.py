"""What a notebook has no time for: many seeds and long trainings, computed here and recorded.

    python -m bnlib.experiments.long_runs [NAME ...]

writes `recorded/NAME.json` for each record named, or for all. A notebook reads them by `recorded`,
trains a few of the seeds itself, and says which is which. tests/claims trains some again and holds
them to the record.
"""

from __future__ import annotations

import functools
import itertools
import sys
from collections.abc import Sequence
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
NORMS = (True, False)
MOMENTS = (128, 512, 1024)
KEPT = (0.9, 0.5)
SCORES = ("trained on", "new", "new, by running averages")
GHOSTS = 16
SWEPT_MOMENTS = (55, 110, 220)
RATES = (0.01, 0.1, 0.2, 0.6, 1.0, 3.0, 10.0)
STANDARDIZED_RATES = (0.01, 0.1, 1.0, 3.0, 10.0)
SCALES = (1e-6, 1e-5, 1e-4, 1e-3, 0.1, 0.2, 0.3, 1.0, 3.0)
START_MOMENTS = (77, 154, 308)
NOISY: dict[str, dict[str, Any]] = {
    "batch norm": {},
    "noisy": {"mean": 3.0, "stretch": 2.0},
    "very noisy": {"mean": 12.0, "stretch": 4.0},
    "without": {"batch_norm": False, "weight_scale": 0.55, "learning_rate": 1.0},
}
NOISY_MEASURES = ("accuracy", "shift_since_start", "shift_in_one_step")
SHIFTED: dict[str, dict[str, Any]] = {
    "without batch norm": {"batch_norm": False},
    "without, larger first weights": {"batch_norm": False, "weight_scale": 0.4},
    "with batch norm": {"batch_norm": True},
}
ACTIVATIONS = ("ReLU", "sigmoid")
SMOOTHNESS = ("cost", "cost_range", "rise", "change")
SERVED_BATCHES = (1, 2, 4, 8, 16, 32, 64, 125, 250, 500)
DECAYED_STARTS = (0.05, 0.2, 0.8)
DECAYED_EPOCHS = 80
PARTS, ACCUMULATED_EPOCHS = (1, 4, 16, 32), (5, 10)
STATISTICS = ("running averages", "recomputed")
AVERAGED_EPOCHS = (5, 10, 20)
AVERAGES = (
    "last weights",
    "average, statistics of the last weights",
    "average, its own statistics",
    "last weights, their own statistics",
)
GROWN_RATES = (1.0, 3.0, 10.0)
GROWN_STEPS = (*range(1, 21), 25, *range(30, 101, 10))
MOMENTA = (0.01, 0.1, 0.99)
INKS = (1, 1 / 16)
DIAGONAL_SIZES = ((64, 10), digit_classifier.SIZES)
TUNED_WAYS = get_args(fine_tuning.Way)
SPLIT_NETWORKS = ("batch norm, hard labels", "batch norm, smoothed labels", "linear softmax")
SPLIT_MEASURES = ("accuracy", "confidence", "cost")
TUNED = ("unchanged", "two columns inked")
TUNED_BATCHES, TUNED_RATES, TUNED_STEPS = (2, 4, 32), (0.001, 0.01), (100, 200)
DECAYS = (0, 0.5, 0.9, 0.99)


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


def _ghost(seed: int) -> np.ndarray:
    return regularization.accuracies(
        DIGITS, seed, MOMENTS, batch_norm=True, batch_size=128, parts=128 // GHOSTS
    )


def _dropout(seed: int) -> np.ndarray:
    settings = {"batch_size": regularization.DROPOUT_AT}
    return np.array(
        [
            [
                regularization.accuracies(
                    DIGITS, seed, MOMENTS, batch_norm=norm, keep_prob=keep, **settings
                )
                for keep in (1.0, *KEPT)
            ]
            for norm in NORMS
        ]
    )


def _swept(name: str, values: tuple[float, ...], seed: int, **settings) -> np.ndarray:
    return np.array(
        [
            [
                sweeps.accuracies(
                    DIGITS, seed, SWEPT_MOMENTS, batch_norm=norm, **{**settings, name: value}
                )
                for value in values
            ]
            for norm in NORMS
        ]
    )


def _starts(seed: int) -> np.ndarray:
    return np.array([sweeps.start(DIGITS, seed, name, START_MOMENTS) for name in sweeps.STARTS])


def _noisy(seed: int) -> np.ndarray:
    runs = [noisy_norm.noisy_norm(DIGITS, seed, epochs=10, **s) for s in NOISY.values()]
    return np.array([[getattr(run, name) for name in NOISY_MEASURES] for run in runs])


def _internal_shift(seed: int) -> np.ndarray:
    runs = [internal_shift.internal_shift(DIGITS, seed, **s) for s in SHIFTED.values()]
    return np.array([[*run.shift[:, -1], *run.first_spread, run.accuracy] for run in runs])


def _smoothness(seed: int) -> np.ndarray:
    runs = [
        [smoothness.smoothness(DIGITS, seed, batch_norm=b, activation=a) for b in NORMS]
        for a in ACTIVATIONS
    ]
    return np.array([[[getattr(run, m) for m in SMOOTHNESS] for run in pair] for pair in runs])


def _estimators(seed: int) -> np.ndarray:
    runs = [estimators.record(seed, **case) for case in estimators.CASES.values()]
    return np.array([estimators.scores(run) for run in runs])


def _forgotten_switch(seed: int) -> np.ndarray:
    net, its = trained_net.train(seed)
    test = its.x_test, its.y_test
    found = [company.accuracy_in_batches(net, *test, m) for m in SERVED_BATCHES]
    return np.array([*found, net.accuracy(*test)])


def _weight_decay(seed: int) -> np.ndarray:
    return np.array(
        [
            weight_decay.decayed(DIGITS, seed, weight_scale=scale, epochs=DECAYED_EPOCHS)
            for scale in DECAYED_STARTS
        ]
    )


def _accumulation(seed: int) -> np.ndarray:
    return np.array([accumulation.accumulated(seed, k, ACCUMULATED_EPOCHS) for k in PARTS])


def _averaged_weights(seed: int) -> np.ndarray:
    runs = [averaged_weights.averaged(seed, epochs=epochs) for epochs in AVERAGED_EPOCHS]
    return np.array([[run[name] for name in AVERAGES] for run in runs])


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


def _decays(seed: int) -> np.ndarray:
    unit = moving_average.unit_means(seed, unit=0)
    return np.array(moving_average.typical_distance(unit, DECAYS))


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


def _spirals(seed: int) -> np.ndarray:
    found = decision_boundaries.spiral_accuracies([seed])
    return np.concatenate([found.linear, found.hidden])


def _carrying(seed: int) -> np.ndarray:
    found = [carrying.carry([carrying.train(seed, ink=ink)]).values() for ink in INKS]
    return np.array([[[a.accuracy[0], a.changed[0]] for a in ways] for ways in found])


def _going_on(seed: int) -> np.ndarray:
    return carrying.go_on([carrying.train(seed)], MOMENTA)[0]


def _digit_splits(seed: int) -> np.ndarray:
    hard, smoothed = (digit_classifier.train(amount, seeds=[seed]) for amount in (0.0, 0.1))
    runs = [*hard, *smoothed, *digit_classifier.train_linear(seeds=[seed])]
    return np.array([[run.accuracy, run.confidence.mean(), run.cost] for run in runs])


def _digit_confusions(seed: int) -> np.ndarray:
    return digit_classifier.confusion(digit_classifier.train(seeds=[seed]))


RECORDS = {
    "batch_sizes": Record(
        _batch_sizes,
        range(40),
        {
            "batch norm": NORMS,
            "batch size": regularization.BATCH_SIZES,
            "steps": MOMENTS,
            "images": SCORES,
        },
    ),
    "ghost": Record(_ghost, range(40), {"steps": MOMENTS, "images": SCORES}),
    "dropout": Record(
        _dropout,
        range(20),
        {
            "batch norm": NORMS,
            "kept": (1.0, *KEPT),
            "steps": MOMENTS,
            "images": SCORES,
        },
    ),
    "learning_rates": Record(
        functools.partial(_swept, "learning_rate", RATES),
        range(20),
        {"batch norm": NORMS, "learning rate": RATES, "steps": SWEPT_MOMENTS},
    ),
    "weight_scales": Record(
        lambda seed: _swept("weight_scale", SCALES, seed, learning_rate=0.1),
        range(20),
        {"batch norm": NORMS, "weight scale": SCALES, "steps": SWEPT_MOMENTS},
    ),
    "standardized": Record(
        lambda seed: _swept("learning_rate", STANDARDIZED_RATES, seed, standardize=True),
        range(20),
        {"batch norm": NORMS, "learning rate": STANDARDIZED_RATES, "steps": SWEPT_MOMENTS},
    ),
    "starts": Record(_starts, range(20), {"start": tuple(sweeps.STARTS), "steps": START_MOMENTS}),
    "internal_shift": Record(
        _internal_shift,
        range(20),
        {
            "network": tuple(SHIFTED),
            "measure": (
                *(f"{what} {n}" for what in ("shift", "spread") for n in "123"),
                "accuracy",
            ),
        },
    ),
    "noisy_norm": Record(
        _noisy,
        range(20),
        {
            "network": tuple(NOISY),
            "measure": NOISY_MEASURES,
            "steps": tuple(range(22, 221, 22)),
        },
    ),
    "smoothness": Record(
        _smoothness,
        range(20),
        {
            "activation": ACTIVATIONS,
            "batch norm": NORMS,
            "measure": SMOOTHNESS,
            "step": smoothness.MOMENTS,
        },
    ),
    "weight_decay": Record(
        _weight_decay,
        range(20),
        {"weight scale": DECAYED_STARTS, "epochs": tuple(range(DECAYED_EPOCHS + 1))},
    ),
    "accumulation": Record(
        _accumulation,
        range(40),
        {"parts": PARTS, "epochs": ACCUMULATED_EPOCHS, "statistics": STATISTICS},
    ),
    "averaged_weights": Record(
        _averaged_weights, range(40), {"epochs": AVERAGED_EPOCHS, "network": AVERAGES}
    ),
    "growing_norms": Record(
        _growing_norms,
        range(20),
        {
            "learning rate": GROWN_RATES,
            "measure": (
                *(f"median row's norm over the start, step {step}" for step in GROWN_STEPS),
                "highest cost over the first",
                "last cost",
            ),
        },
    ),
    "estimators": Record(
        _estimators,
        range(40),
        {
            "training": tuple(estimators.CASES),
            "estimate": (*estimators.ESTIMATES, *estimators.VARIATIONS),
            "score": ("test accuracy", "training accuracy", "test cost"),
        },
    ),
    "decays": Record(_decays, range(20), {"decay": DECAYS}),
    "forgotten_switch": Record(
        _forgotten_switch, range(20), {"batch size": (*SERVED_BATCHES, "test mode")}
    ),
    "diagonal_gradient": Record(
        _diagonal_gradient,
        range(20),
        {
            "network": DIAGONAL_SIZES,
            "diagonal alone": (False, True),
            "epoch": range(1, diagonal_gradient.EPOCHS + 1),
        },
    ),
    "spirals": Record(_spirals, range(20), {"network": ("linear", "one hidden layer")}),
    "carrying": Record(
        _carrying,
        range(10),
        {"ink": INKS, "way": carrying.WAYS, "share": ("right", "changed")},
    ),
    "going_on": Record(_going_on, range(10), {"PyTorch's momentum": MOMENTA}),
    "digit_splits": Record(
        _digit_splits, range(20), {"network": SPLIT_NETWORKS, "measure": SPLIT_MEASURES}
    ),
    "digit_confusions": Record(
        _digit_confusions, range(20), {"true digit": range(10), "read as": range(10)}
    ),
    "fine_tuning": Record(
        _fine_tuning,
        range(24),
        {
            "batch norm": TUNED_WAYS,
            "images": TUNED,
            "batch size": TUNED_BATCHES,
            "learning rate": TUNED_RATES,
            "steps": TUNED_STEPS,
            "statistics": STATISTICS,
        },
    ),
}


def compute(name: str, seeds: Sequence[int]) -> np.ndarray:
    """The record `name` of other seeds, computed: (seeds, *axes)."""
    return np.array([RECORDS[name].one(seed) for seed in seeds])


if __name__ == "__main__":
    main(RECORDS, sys.argv[1:])
