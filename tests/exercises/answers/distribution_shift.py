"""Answers to `distribution_shift`."""

import numpy as np
from legal import scale, sizes

from answers import right, wrong


def anything(rng, dtype):
    """Any n; batches of any two sizes, the second on either side; every row of the first varies."""
    n, m, m_after = sizes(rng, 1, 2, 1)
    spread, level = scale(rng, (n, 1)), rng.uniform(-5, 5, (n, 1))
    before = spread * (level + rng.normal(size=(n, m)) + np.arange(m))
    after = spread * (level + rng.uniform(-9, 9, (n, 1)) + rng.normal(size=(n, m_after)))
    return before.astype(dtype), after.astype(dtype)


@right
def in_one_line(z_before, z_after):
    moved = z_after.mean(1, keepdims=True) - z_before.mean(1, keepdims=True)
    return abs(moved / z_before.std(1, keepdims=True))


@right
def row_by_row(z_before, z_after):
    rows = []
    for before, after in zip(z_before, z_after, strict=True):
        mu = sum(before) / len(before)
        var = sum((value - mu) ** 2 for value in before) / len(before)
        rows.append([abs(sum(after) / len(after) - mu) / var**0.5])
    return np.array(rows)


@right
def root_of_the_square(z_before, z_after):
    moved = np.mean(z_before, axis=1) - np.mean(z_after, axis=1)
    return np.sqrt(moved**2 / np.var(z_before, axis=1)).reshape(-1, 1)


@wrong("flat-shape")
def a_flat_array(z_before, z_after):
    return np.abs(z_after.mean(1) - z_before.mean(1)) / z_before.std(1)


@wrong("divides-by-the-variance+keeps-the-direction")
def two_at_once(z_before, z_after):
    moved = z_after.mean(1, keepdims=True) - z_before.mean(1, keepdims=True)
    return moved / z_before.var(1, keepdims=True)


@wrong("changed-arguments")
def in_place(z_before, z_after):
    z_after -= z_before.mean(1, keepdims=True)
    return np.abs(z_after.mean(1, keepdims=True)) / z_before.std(1, keepdims=True)


@wrong("number-for-array+averages-over-everything")
def one_number(z_before, z_after):
    return np.abs(z_after.mean() - z_before.mean()) / z_before.std()
