"""Exponentially weighted averages: of a unit's batch means in training, and of made-up values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bnlib.experiments.trained_net import train
from bnlib.network import Network


def update_average(average: Any, value: Any, decay: Any) -> Any:
    """decay * average + (1 - decay) * value, of numbers or of arrays."""
    return decay * average + (1 - decay) * value


def averages(values: np.ndarray, decay: float, *, corrected: bool) -> np.ndarray:
    """The average after each of `values (t,)`, started at zero, `(t,)`.

    `corrected` divides each by the sum of the weights given so far, 1 - decay^t.
    """
    average, found = 0.0, np.empty(len(values))
    for t, value in enumerate(values):
        average = update_average(average, value, decay)
        found[t] = average
    return found / (1 - decay ** np.arange(1, len(values) + 1)) if corrected else found


def window(decay: Any) -> Any:
    """About how many values the average remembers: 1 / (1 - decay)."""
    return 1 / (1 - decay)


def noise_left(decay: Any) -> Any:
    """The average's standard deviation over that of the values, if those are independent.

    The squared weights (1 - decay)^2 decay^(2k) sum to (1 - decay) / (1 + decay).
    """
    return np.sqrt((1 - decay) / (1 + decay))


def steps_behind(decay: Any) -> Any:
    """How many steps the average lags behind values that rise evenly: decay / (1 - decay)."""
    return decay / (1 - decay)


@dataclass(frozen=True)
class UnitMeans:
    """One unit of the first layer through training: `batch (t,)`, the mean of z over each step's
    batch; `all_images (t,)`, the mean over all training images, with the weights of that step."""

    batch: np.ndarray
    all_images: np.ndarray


def unit_means(
    seed: int, unit: int, *, batch_size: int = 8, learning_rate: float = 0.1
) -> UnitMeans:
    """Train for one epoch and record the mean of one unit's z at every step."""
    batch_means: list[float] = []
    weights: list[np.ndarray] = []

    def record(net: Network, step: int) -> None:
        batch_means.append(float(net.batch_norms[0].running_mean[unit, 0]))
        weights.append(net.parameters["W1"][unit].copy())

    # decay = 0 keeps the last batch's statistics alone; the weights recorded are those after it
    trained = train(
        seed, batch_size=batch_size, epochs=1, learning_rate=learning_rate, decay=0, callback=record
    )
    true = np.array(weights) @ trained.digits.x_train.mean(axis=1)
    return UnitMeans(np.array(batch_means), true)


def typical_distance(unit: UnitMeans, decays: Sequence[float]) -> list[float]:
    """The root mean square of average minus true mean, in the second half, at each decay."""
    half = unit.batch.size // 2
    errors = [averages(unit.batch, d, corrected=False) - unit.all_images for d in decays]
    return [float(np.sqrt(np.mean(error[half:] ** 2))) for error in errors]


def measured(decays: Sequence[float], seeds: Sequence[int], length: int = 4000) -> np.ndarray:
    """The noise left of independent values, and the steps behind a straight line, measured.

    (seeds, decays, 2), in the second half of `length` values, when the start is forgotten.
    """
    values = [np.random.default_rng(seed).standard_normal(length) for seed in seeds]
    average, found, decay = 0.0, [], np.array(decays)
    for value in np.stack([*values, np.arange(length)], axis=1)[:, :, np.newaxis]:
        average = update_average(average, value, decay)  # (seeds and the line, decays)
        found.append(average)
    late = np.array(found)[length // 2 :]
    noise = np.sqrt(np.mean(late[:, :-1] ** 2, axis=0))
    behind = np.mean(np.arange(length // 2, length)[:, np.newaxis] - late[:, -1], axis=0)
    return np.stack([noise, np.broadcast_to(behind, noise.shape)], axis=-1)
