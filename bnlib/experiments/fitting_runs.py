"""The records of notebook 2: 14 seeds or more, at half, once and twice the steps.

    python -m bnlib.experiments.fitting_runs [NAME ...]

writes those named, or all.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import numpy as np

from bnlib.activations import ActivationName
from bnlib.datasets import load_digits
from bnlib.experiments import before_or_after, detached_statistics, learned, with_and_without
from bnlib.experiments.before_or_after import Pairs
from bnlib.experiments.detached_statistics import Held
from bnlib.experiments.records import Record, main, recorded
from bnlib.experiments.with_and_without import (
    GOOD_START,
    LADDER,
    SMALL_START,
    WITH_RELU,
    Curves,
    Rung,
    Setting,
    Sweep,
)
from bnlib.network import NormPosition
from bnlib.optimizers import Adam, Momentum, RMSprop

SEEDS = range(14)
POSITION_SEEDS = range(40)  # with 14 or 12 the difference came out anywhere from 0 to 0.7 points
OPTIMIZERS = {
    "SGD": SMALL_START,
    "Momentum": replace(SMALL_START, optimizer=Momentum, rate_with=1),
    "RMSprop": replace(SMALL_START, optimizer=RMSprop, rate_with=0.01),
    "Adam": replace(SMALL_START, optimizer=Adam, rate_with=0.01),
}
OPTIMIZER_EPOCHS = 6
CURVES = {
    "fitting_small_with": (SMALL_START, True, 20, 5),
    "fitting_small_without": (SMALL_START, False, 91, 20),
    "fitting_good_with": (GOOD_START, True, 20, 5),
    "fitting_good_without": (GOOD_START, False, 20, 5),
}
"""Setting, batch norm, epochs, and every how many steps accuracy is measured."""
NETS = (True, False)
RATES = {"good": (0.5, 1, 2, 4, 8), "relu": (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)}
SWEPT = {"good": GOOD_START, "relu": WITH_RELU}
SWEEP_LIMIT = 90
HELD: tuple[Held | Literal["none"], ...] = ("none", "var", "mu", "both")
HELD_RATES = (0.3, 1.0)
HELD_STEPS = (33, 66, 132)
POSITIONS: tuple[NormPosition, ...] = ("before", "after")
ACTIVATIONS: tuple[ActivationName, ...] = ("sigmoid", "relu")
POSITION_EPOCHS = (4, 8, 16)
LEARNED_EPOCHS = (3, 6, 12)


def _optimizers(seed: int) -> np.ndarray:
    return np.array(
        [
            with_and_without.curves(s, True, OPTIMIZER_EPOCHS, seeds=[seed], every=1).accuracy[0]
            for s in OPTIMIZERS.values()
        ]
    )


def _curve(setting: Setting, batch_norm: bool, epochs: int, every: int) -> Record:
    def one(seed: int) -> np.ndarray:
        run = with_and_without.curves(setting, batch_norm, epochs, seeds=[seed], every=every)
        return run.accuracy[0]

    return Record(one, SEEDS, {"step": range(every, 22 * epochs + 1, every)})


def _ladder(seed: int) -> np.ndarray:
    digits = load_digits()
    return np.array(
        [
            [
                with_and_without.steps_to(0.9, s, norm, rate, seed, digits, limit=2000)
                for norm, rate in zip(NETS, (s.rate_with, s.rate_without), strict=True)
            ]
            for s in LADDER
        ]
    )


def _sweep(name: str) -> Callable[[int], np.ndarray]:
    def one(seed: int) -> np.ndarray:
        # The seeds of sweeps: never those with which nets are compared
        swept = with_and_without.sweep(
            SWEPT[name], RATES[name], seeds=[100 + seed], limit=SWEEP_LIMIT
        )
        return np.array([swept.steps_with[0], swept.steps_without[0]])

    return one


def _held(seed: int) -> np.ndarray:
    found = np.empty((len(HELD_RATES), len(HELD), len(HELD_STEPS), 2))
    for i, rate in enumerate(HELD_RATES):
        for j, held in enumerate(HELD):
            run = detached_statistics.train(held, rate, epochs=6, seeds=[seed])
            for k, step in enumerate(HELD_STEPS):
                found[i, j, k] = run.cost_at(step)[0], run.bias[0, step - 1]
    return found


def _positions(seed: int) -> np.ndarray:
    return np.array(
        [
            [before_or_after.accuracies(p, a, seed, POSITION_EPOCHS) for p in POSITIONS]
            for a in ACTIVATIONS
        ]
    )


def _learned(seed: int) -> np.ndarray:
    return learned.trained(seed, LEARNED_EPOCHS)[1]


RECORDS = {
    "fitting_held": Record(
        _held,
        SEEDS,
        {
            "rate": HELD_RATES,
            "held": HELD,
            "step": HELD_STEPS,
            "what": ("cost of the last 22 steps", "largest bias"),
        },
    ),
    "fitting_learned": Record(
        _learned,
        SEEDS,
        {"epochs": LEARNED_EPOCHS, "layer": (1, 2, 3), "median of": learned.MEASURED},
    ),
    "fitting_optimizers": Record(
        _optimizers,
        SEEDS,
        {"optimizer": list(OPTIMIZERS), "step": range(1, 22 * OPTIMIZER_EPOCHS + 1)},
    ),
    **{name: _curve(*how) for name, how in CURVES.items()},
    "fitting_ladder": Record(
        _ladder, SEEDS, {"setting": [s.name for s in LADDER], "batch norm": NETS}
    ),
    **{
        f"fitting_sweep_{name}": Record(
            _sweep(name), SEEDS, {"batch norm": NETS, "rate": RATES[name]}
        )
        for name in SWEPT
    },
    "fitting_positions": Record(
        _positions,
        POSITION_SEEDS,
        {"activation": ACTIVATIONS, "position": POSITIONS, "epochs": POSITION_EPOCHS},
    ),
}


def optimizers(steps: int = 66) -> dict[str, Curves]:
    """The first steps of each optimizer, from the record."""
    runs = recorded("fitting_optimizers")[:, :, :steps]
    return {name: Curves(np.arange(1, steps + 1), runs[:, i]) for i, name in enumerate(OPTIMIZERS)}


def curves(name: str, steps: int) -> Curves:
    """The curve of `CURVES` with this name up to so many steps, from the record."""
    every = CURVES[name][-1]
    return Curves(np.arange(every, steps + 1, every), recorded(name)[:, : steps // every])


def small_start() -> tuple[Curves, Curves]:
    """With batch norm and without, from the small start, as long as each needs; from the record."""
    return curves("fitting_small_with", 220), curves("fitting_small_without", 1000)


def small_start_again(seed: int) -> str:
    """Train the net without batch norm from the small start once more, and say how it did."""
    run = with_and_without.curves(SMALL_START, False, 46, seeds=[seed], every=200)
    return (
        f"seed {seed}, run now, without batch norm:\n"
        f"  below 15 % after 200 steps: {run.accuracy[0, 0] < 0.15}\n"
        f"  above 75 % after 1,000: {run.accuracy[0, 4] > 0.75}"
    )


def lead(steps: int) -> Pairs:
    """Accuracy from the good start after so many steps: without batch norm, and with it."""
    without, with_norm = (curves(f"fitting_good_{n}", steps).final for n in ("without", "with"))
    return Pairs("sigmoid", without, with_norm)


def ladder() -> list[Rung]:
    """All rungs, from the record: every step was measured."""
    steps = recorded("fitting_ladder")
    return [Rung(s, steps[:, i, 0], steps[:, i, 1]) for i, s in enumerate(LADDER)]


def sweep(name: str) -> Sweep:
    """The sweep over learning rates of the "good" sigmoid net or of "relu", from the record."""
    steps = recorded(f"fitting_sweep_{name}")
    return Sweep(SWEPT[name], np.array(RATES[name]), steps[:, 0], steps[:, 1], SWEEP_LIMIT)


def positions(epochs: int = before_or_after.EPOCHS) -> list[Pairs]:
    """Both activations after so many epochs, from the record."""
    found = recorded("fitting_positions")[..., POSITION_EPOCHS.index(epochs)]
    return [Pairs(a, found[:, i, 0], found[:, i, 1]) for i, a in enumerate(ACTIVATIONS)]


def held(step: int = 66) -> dict[float, dict[str, np.ndarray]]:
    """By rate and by what was held: (seeds, 2), cost of the last 22 steps and largest bias."""
    found = recorded("fitting_held")[..., HELD_STEPS.index(step), :]
    return {
        rate: {name: found[:, i, j] for j, name in enumerate(HELD)}
        for i, rate in enumerate(HELD_RATES)
    }


def learned_medians(epochs: int = learned.EPOCHS) -> dict[str, np.ndarray]:
    """By what `learned.MEASURED` names: (seeds, layers), from the record."""
    found = recorded("fitting_learned")[:, LEARNED_EPOCHS.index(epochs)]
    return {name: found[..., i] for i, name in enumerate(learned.MEASURED)}


if __name__ == "__main__":
    main(RECORDS, sys.argv[1:])
