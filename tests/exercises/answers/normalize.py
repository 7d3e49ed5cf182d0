"""Answers to `normalize`."""

import math

import numpy as np
from legal import eps, rows, sizes

from answers import right, wrong


def anything(rng, dtype):
    """Any n and m."""
    return rows(rng, *sizes(rng, 1, 1)).astype(dtype), *eps(rng)


@right
def two_lines(z, eps=1e-5):
    mu = np.mean(z, axis=1, keepdims=True)
    return (z - mu) / np.sqrt(np.var(z, axis=1, keepdims=True) + eps)


@right
def in_plain_loops(z, eps=1e-5):
    n, m = z.shape
    result = np.zeros((n, m))
    for i in range(n):
        total = 0.0
        for j in range(m):
            total += z[i, j]
        mu = total / m
        var = sum((z[i, j] - mu) ** 2 for j in range(m)) / m
        for j in range(m):
            result[i, j] = (z[i, j] - mu) / math.sqrt(var + eps)
    return result


@right
def difference_of_squares(z, eps=1e-5):
    mu = z.mean(1)[:, None]
    var = (z * z).mean(1)[:, None] - mu**2
    return (z - mu) * (var + eps) ** -0.5


@right
def with_einsum(z, eps=1e-5):
    m = z.shape[1]
    mu = np.einsum("ij->i", z) / m
    c = z - mu.reshape(-1, 1)
    return c / np.sqrt(np.einsum("ij,ij->i", c, c) / m + eps)[:, np.newaxis]


@right
def row_by_row(z, eps=1e-5, *, verbose=False):
    return np.array([(row - row.mean()) / np.sqrt(row.var() + eps) for row in z])


@wrong("divides-by-the-variance")
def forgets_the_root(z, eps=1e-5):
    return (z - z.mean(1, keepdims=True)) / (z.var(1, keepdims=True) + eps)


@wrong("averages-over-units+divides-by-the-variance")
def two_at_once(z, eps=1e-5):
    return (z - z.mean(0)) / (z.var(0) + eps)


@wrong("leaves-out-eps")
def no_eps(z, eps=1e-5):
    return (z - z.mean(1, keepdims=True)) / z.std(1, keepdims=True)


@wrong("hard-coded-eps")
def eps_of_its_own(z, eps=1e-5):
    return (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + 1e-8)


@wrong("adds-eps-outside-the-root")
def deviation_plus_eps(z, eps=1e-5):
    return (z - z.mean(1, keepdims=True)) / (z.std(1, keepdims=True) + eps)


@wrong("transposed")
def turned(z, eps=1e-5):
    return ((z.T - z.mean(axis=1)) / np.sqrt(z.var(axis=1) + eps)).reshape(z.T.shape)


@wrong("changed-arguments")
def in_place(z, eps=1e-5):
    z -= z.mean(axis=1, keepdims=True)
    return z / np.sqrt(z.var(axis=1, keepdims=True) + eps)


@wrong("list-for-array")
def a_list_of_rows(z, eps=1e-5):
    return [list((row - row.mean()) / np.sqrt(row.var() + eps)) for row in z]


@right
def transposed(z, eps=1e-5):
    zt = z.T
    return ((zt - zt.mean(0)) / np.sqrt(zt.var(0) + eps)).T


@right
def helper(z, eps=1e-5):
    def normalize_row(row):
        deviations = row - np.mean(row)
        return deviations / np.sqrt(np.mean(deviations**2) + eps)

    return np.array([normalize_row(row) for row in z])


@wrong("averages-over-units")
def wrong_axis(z, eps=1e-5):
    """Normalizes every column (axis 0) instead of every unit."""
    return (z - z.mean(axis=0, keepdims=True)) / np.sqrt(z.var(axis=0, keepdims=True) + eps)


@wrong("divides-by-m-minus-one")
def wrong_ddof(z, eps=1e-5):
    """Uses the unbiased variance (ddof=1)."""
    mu = z.mean(axis=1, keepdims=True)
    return (z - mu) / np.sqrt(z.var(axis=1, keepdims=True, ddof=1) + eps)


@wrong("squares-eps")
def eps_squared(z, eps=1e-5):
    """Adds eps squared to the variance instead of eps."""
    mu = z.mean(axis=1, keepdims=True)
    return (z - mu) / np.sqrt(z.var(axis=1, keepdims=True) + eps**2)


@wrong("subtracts-eps")
def minus_eps(z, eps=1e-5):
    """Subtracts eps from the variance."""
    mu = z.mean(axis=1, keepdims=True)
    return (z - mu) / np.sqrt(z.var(axis=1, keepdims=True) - eps)


@wrong("averages-over-everything")
def wrong_global(z, eps=1e-5):
    """Uses one mean and one variance for the whole array."""
    return (z - z.mean()) / np.sqrt(z.var() + eps)


@wrong("loses-the-brackets")
def missing_brackets(z, eps=1e-5):
    """Forgets the brackets, so only the mean is divided."""
    mu = z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    return z - mu / np.sqrt(var + eps)


@wrong("does-not-centre")
def not_centred(z, eps=1e-5):
    """Forgets to subtract the mean."""
    return z / np.sqrt(z.var(axis=1, keepdims=True) + eps)


@wrong("wrong-sign")
def sign(z, eps=1e-5):
    """Subtracts z from the mean instead of the mean from z."""
    mu = z.mean(axis=1, keepdims=True)
    return (mu - z) / np.sqrt(z.var(axis=1, keepdims=True) + eps)


@wrong("forgets-keepdims")
def no_keepdims(z, eps=1e-5):
    """Forgets keepdims: raises, or broadcasts along the wrong axis when n = m."""
    return (z - z.mean(axis=1)) / np.sqrt(z.var(axis=1) + eps)


@wrong("scales-to-the-range")
def min_max(z, eps=1e-5):
    """Scales every row to the range 0 to 1 instead."""
    low = z.min(axis=1, keepdims=True)
    return (z - low) / (z.max(axis=1, keepdims=True) - low + eps)


@wrong("averages-over-units+adds-eps-outside-the-root")
def axis_and_eps_outside(z, eps=1e-5):
    """Two slips: axis 0, and eps outside the square root."""
    return (z - z.mean(axis=0)) / (z.std(axis=0) + eps)


@wrong("raised-NameError")
def misspelt(z, eps=1e-5):
    """Uses the undefined name epsilon."""
    mu = z.mean(axis=1, keepdims=True)
    return (z - mu) / np.sqrt(z.var(axis=1, keepdims=True) + epsilon)  # noqa: F821


@wrong("takes-the-mean-over-units")
def mean_down_the_columns(z, eps=1e-5):
    return (z - z.mean(axis=0)) / np.sqrt(z.var(axis=1, keepdims=True) + eps)


@wrong("takes-the-variance-over-units")
def variance_down_the_columns(z, eps=1e-5):
    return (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z.var(axis=0) + eps)


@wrong("takes-eps-for-a-floor")
def with_a_floor(z, eps=1e-5):
    """eps as a floor of the variance instead of a summand."""
    mu = z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    return (z - mu) / np.sqrt(np.maximum(var, eps))


@wrong("takes-the-root-twice")
def root_of_a_deviation(z, eps=1e-5):
    centred = z - np.mean(z, axis=1)[:, None]
    return centred / np.sqrt(np.sqrt(np.mean(centred**2, axis=1)[:, None]) + eps)


@wrong("scales-to-the-range")
def by_peak_to_peak(z, eps=1e-5):
    return (z - z.mean(1)[:, None]) / (np.ptp(z, 1)[:, None] + eps)


@wrong("halves-where-a-root-is-due")
def to_the_power_of_one_over_two(z, eps=1e-5):
    centred = z - z.mean(axis=1, keepdims=True)
    return centred / ((centred**2).mean(axis=1, keepdims=True) + eps) ** 1 / 2


@wrong("divides-by-the-root-mean-square")
def without_a_mean(z, eps=1e-5):
    return z * (np.mean(z * z, axis=1, keepdims=True) + eps) ** -0.5


@wrong("divides-by-the-absolute-deviation")
def distances_without_squares(z, eps=1e-5):
    centred = z - z.mean(axis=1, keepdims=True)
    return centred / (np.mean(np.abs(centred), axis=1, keepdims=True) + eps)


@wrong("divides-by-the-count-of-all-entries")
def by_size(z, eps=1e-5):
    mu = np.sum(z, axis=1, keepdims=True) / z.size
    return (z - mu) / np.sqrt(np.sum((z - mu) ** 2, axis=1, keepdims=True) / z.size + eps)


@wrong("scales-to-the-range")
def over_largest_less_smallest(z, eps=1e-5):
    mu = z.mean(axis=1, keepdims=True)
    spread = np.ptp(z, axis=1, keepdims=True)
    return (z - mu) / np.sqrt(spread**2 + eps)


@wrong("divides-only-z")
def mean_on_its_old_scale(z, eps=1e-5):
    std = np.sqrt(np.var(z, axis=1, keepdims=True) + eps)
    return z / std - np.mean(z, axis=1, keepdims=True)


@wrong("normalizes-twice")
def twice_for_safety(z, eps=1e-5):
    for _ in range(2):
        z = (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + eps)
    return z


@wrong("takes-statistics-of-half-done-work")
def column_by_column(z, eps=1e-5):
    out = z.copy()
    for j in range(z.shape[1]):
        out[:, j] = (out[:, j] - out.mean(axis=1)) / np.sqrt(out.var(axis=1) + eps)
    return out


@wrong("takes-statistics-of-half-done-work")
def entry_by_entry(z, eps=1e-5):
    out = np.array(z)
    for row in out:
        for j in range(row.size):
            row[j] = (row[j] - np.mean(row)) / (np.var(row) + eps) ** 0.5
    return out


@wrong("uses-one-units-statistics")
def the_scale_that_was_left(z, eps=1e-5):
    out = z - z.mean(axis=1, keepdims=True)
    for i in range(len(z)):
        scale = np.sqrt(z[i].var() + eps)
    for i in range(len(z)):
        out[i] /= scale
    return out
