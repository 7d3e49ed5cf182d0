"""What batch norm gains on the digits: from a poor start, and from a start repaired otherwise.

Each net gets its own best learning rate, chosen on training images that are held back; the test
images are used for the final comparison only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bnlib.activations import ActivationName
from bnlib.datasets import Digits, load_digits
from bnlib.network import Network
from bnlib.optimizers import SGD, Adam
from bnlib.training import DivergedError, fit, minibatches, train_step

SEEDS = (0, 1, 2, 3, 4)
SEEDS_FOR_RATES = (100, 101, 102, 103, 104)
LAYER_SIZES = (64, 100, 100, 100, 10)
BATCH_SIZE = 60
MEASURE_EVERY = 5
"""Steps between two measurements of accuracy, for a curve; a count of steps measures every one."""
NEVER = np.inf
"""A step count: the accuracy was not reached."""


@dataclass(frozen=True)
class Setting:
    """How a net starts and learns, all but batch norm."""

    name: str
    rate_with: float
    """The best learning rate with batch norm, of a sweep over doublings; see `sweep`."""
    rate_without: float
    """The same without batch norm."""
    weight_scale: float | None = None
    """As in `Network`."""
    activation: ActivationName = "sigmoid"
    standardized: bool = False
    """Whether every pixel is brought to mean 0 and about standard deviation 1 first."""
    optimizer: Callable = SGD


SMALL_START = Setting("small weights, raw pixels", 1, 2)
WIDER = Setting("+ wider weights", 4, 0.5, weight_scale=0.4)
GOOD_START = replace(WIDER, name="+ standardized pixels", rate_without=1, standardized=True)
WITH_ADAM = replace(GOOD_START, name="+ Adam", optimizer=Adam, rate_with=0.02, rate_without=0.02)
WITH_RELU = Setting("ReLU net, good start, SGD", 0.8, 0.4, activation="relu", standardized=True)
LADDER = (SMALL_START, WIDER, GOOD_START, WITH_ADAM, WITH_RELU)


@dataclass(frozen=True)
class Rung:
    """One setting's nets at their best learning rates: steps to the accuracy, one entry a seed."""

    setting: Setting
    steps_with: np.ndarray
    steps_without: np.ndarray


@dataclass(frozen=True)
class Sweep:
    """Steps to the accuracy over learning rates, `NEVER` where it was not reached."""

    setting: Setting
    rates: np.ndarray
    """(rates,)."""
    steps_with: np.ndarray
    """(seeds, rates)."""
    steps_without: np.ndarray
    """(seeds, rates)."""
    limit: int


@dataclass(frozen=True)
class Curves:
    """Accuracy on the test images while training, one seed a row."""

    steps: np.ndarray
    """(p,): the steps after which accuracy was measured."""
    accuracy: np.ndarray
    """(seeds, p)."""

    def steps_to(self, accuracy: float) -> np.ndarray:
        """(seeds,): the first measured step with at least this accuracy, or `NEVER`."""
        reached = self.accuracy >= accuracy
        return np.where(reached.any(axis=1), self.steps[reached.argmax(axis=1)], NEVER)

    @property
    def final(self) -> np.ndarray:
        """(seeds,): the mean accuracy of the last five measurements; a single one jumps about."""
        return self.accuracy[:, -5:].mean(axis=1)

    def summary(self, steps: np.ndarray) -> str:
        """Steps to 90 %, accuracy at the end, and after how many steps that was.

        Medians of the seeds (lowest to highest).

        Args:
            steps: (seeds,), the steps to 90 %, counted one by one.
        """
        texts = [
            f"{np.median(values):.0f}{unit} ({values.min():.0f} to {values.max():.0f})"
            for values, unit in ((steps, ""), (100 * self.final, " %"))
        ]
        return "".join(text.ljust(18) for text in texts) + f"after {self.steps[-1]:,} steps"


def held_back(digits: Digits, m: int = 297) -> Digits:
    """Digits whose "test" images are the last `m` training images; the real ones stay unseen."""
    x, y = digits.x_train, digits.y_train
    return Digits(x[:, :-m], y[:-m], x[:, -m:], y[-m:])


def standardize(digits: Digits) -> Digits:
    """Every pixel minus its mean over the training images, over its standard deviation.

    0.01 is added to the variance, as batch norm adds eps: some pixels are nearly always blank.
    """
    mean = digits.x_train.mean(axis=1, keepdims=True)
    std = np.sqrt(digits.x_train.var(axis=1, keepdims=True) + 0.01)
    return digits._replace(
        x_train=(digits.x_train - mean) / std, x_test=(digits.x_test - mean) / std
    )


def make_net(setting: Setting, batch_norm: bool, rng: np.random.Generator) -> Network:
    """A fresh net as the setting says."""
    return Network(
        LAYER_SIZES, batch_norm, setting.activation, rng=rng, weight_scale=setting.weight_scale
    )


def steps_to(
    accuracy: float,
    setting: Setting,
    batch_norm: bool,
    rate: float,
    seed: int,
    digits: Digits,
    limit: int = 1000,
) -> float:
    """Training steps until `accuracy` on the test images of `digits`; `NEVER` within `limit`."""
    digits = standardize(digits) if setting.standardized else digits
    rng = np.random.default_rng(seed)
    net = make_net(setting, batch_norm, rng)
    optimizer = setting.optimizer(net, rate)
    step = 0
    while step < limit:
        for x, y in minibatches(digits.x_train, digits.y_train, BATCH_SIZE, rng):
            try:
                train_step(net, optimizer, x, y)
            except DivergedError:
                return NEVER
            step += 1
            with np.errstate(over="ignore", invalid="ignore"):  # a net that is diverging
                if net.accuracy(digits.x_test, digits.y_test) >= accuracy:
                    return step
            if step == limit:
                return NEVER
    return NEVER


def sweep(
    setting: Setting,
    rates: Sequence[float],
    *,
    accuracy: float = 0.9,
    seeds: Sequence[int] = SEEDS_FOR_RATES,
    limit: int = 90,
) -> Sweep:
    """Steps to `accuracy` over learning rates, on training images that are held back."""
    digits = held_back(load_digits())
    with_norm, without = (
        np.array(
            [
                [steps_to(accuracy, setting, bn, rate, seed, digits, limit) for rate in rates]
                for seed in seeds
            ]
        )
        for bn in (True, False)
    )
    return Sweep(setting, np.array(rates), with_norm, without, limit)


def climb(
    settings: Sequence[Setting] = LADDER, *, accuracy: float = 0.9, seeds: Sequence[int] = SEEDS
) -> list[Rung]:
    """Steps to `accuracy` on the test images, each net at its own best learning rate."""
    digits = load_digits()
    return [
        Rung(
            setting,
            *(
                np.array([steps_to(accuracy, setting, bn, rate, seed, digits) for seed in seeds])
                for bn, rate in ((True, setting.rate_with), (False, setting.rate_without))
            ),
        )
        for setting in settings
    ]


def curves(
    setting: Setting,
    batch_norm: bool,
    epochs: int,
    *,
    seeds: Sequence[int] = SEEDS,
    every: int = MEASURE_EVERY,
) -> Curves:
    """Train one net a seed and measure accuracy on the test images every so many steps."""
    rate = setting.rate_with if batch_norm else setting.rate_without
    digits = standardize(load_digits()) if setting.standardized else load_digits()
    histories = []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        net = make_net(setting, batch_norm, rng)
        histories.append(
            fit(
                net,
                setting.optimizer(net, rate),
                digits.x_train,
                digits.y_train,
                batch_size=BATCH_SIZE,
                epochs=epochs,
                rng=rng,
                validation=(digits.x_test, digits.y_test),
                validate_every=every,
            )
        )
    return Curves(np.array(histories[0].steps), np.array([h.accuracy for h in histories]))
