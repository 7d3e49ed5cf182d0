"""How far a mini-batch's mean is from the mean of all examples, over batch sizes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


def batch_mean_noise(sigma: float, m: int) -> float:
    """Standard deviation of the mean of `m` independent examples: sigma / sqrt(m)."""
    return sigma / np.sqrt(m)


def without_replacement(sigma: float, m: int, population: int) -> float:
    """The same for `m` different examples out of `population`: smaller, and 0 when all are drawn.

    sigma / sqrt(m) * sqrt((N - m) / (N - 1)), the finite-population correction.
    """
    return batch_mean_noise(sigma, m) * np.sqrt((population - m) / (population - 1))


@dataclass(frozen=True)
class BatchNoise:
    """Measured standard deviations of a batch's mean, in units of sigma, at `batch_sizes (p,)`.

    `independent (p,)`: examples drawn with replacement. `mini_batches (p,)`: without, as training
    draws them.
    """

    batch_sizes: np.ndarray
    independent: np.ndarray
    mini_batches: np.ndarray


def batch_noise(
    z: np.ndarray, batch_sizes: tuple[int, ...], rng: np.random.Generator, draws: int = 1000
) -> BatchNoise:
    """Draw `draws` batches of every size from one unit's values `z (m,)`, in both ways."""
    sizes = np.array(batch_sizes)
    rows = np.tile((z - z.mean()) / z.std(), (draws, 1))
    shuffled = rng.permuted(rows, axis=1)
    drawn = rng.choice(rows[0], rows.shape)

    def noise(examples: np.ndarray) -> np.ndarray:
        means = np.cumsum(examples, axis=1)[:, sizes - 1] / sizes
        return np.sqrt(np.mean(means**2, axis=0))  # around the true mean, which is 0

    return BatchNoise(sizes, noise(drawn), noise(shuffled))
