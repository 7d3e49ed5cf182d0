"""Answers to `normalize`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_plain(z, eps=1e-5):
    mu = z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    return (z - mu) / np.sqrt(var + eps)


@right
def correct_loops(z, eps=1e-5):
    n, m = z.shape
    out = np.empty((n, m))
    for i in range(n):
        row = z[i]
        mean = sum(row) / m
        variance = sum((v - mean) ** 2 for v in row) / m
        for j in range(m):
            out[i, j] = (row[j] - mean) / (variance + eps) ** 0.5
    return out


@right
def correct_einsum(z, eps=1e-5):
    m = z.shape[1]
    centred = z - np.einsum("ij->i", z)[:, None] / m
    var = np.einsum("ij,ij->i", centred, centred) / m
    return np.einsum("ij,i->ij", centred, 1 / np.sqrt(var + eps))


@right
def correct_mean_of_squares(z, eps=1e-5):
    mu = np.mean(z, 1)[:, np.newaxis]
    var = np.mean(z * z, 1)[:, np.newaxis] - mu**2
    return (z - mu) * (var + eps) ** -0.5


@right
def correct_transposed(z, eps=1e-5):
    zt = z.T
    return ((zt - zt.mean(0)) / np.sqrt(zt.var(0) + eps)).T


@right
def correct_helper(z, eps=1e-5):
    def normalize_row(row):
        deviations = row - np.mean(row)
        return deviations / np.sqrt(np.mean(deviations**2) + eps)

    return np.array([normalize_row(row) for row in z])


@right
def correct_copy_in_place(z, eps=1e-5):
    z = z.copy()
    z -= z.mean(axis=1, keepdims=True)
    z /= np.sqrt((z**2).mean(axis=1, keepdims=True) + eps)
    return z


@wrong("averages-over-units")
def wrong_axis(z, eps=1e-5):
    """Normalizes every column (axis 0) instead of every unit."""
    return (z - z.mean(axis=0, keepdims=True)) / np.sqrt(z.var(axis=0, keepdims=True) + eps)


@wrong("divides-by-m-minus-one")
def wrong_ddof(z, eps=1e-5):
    """Uses the unbiased variance (ddof=1)."""
    mu = z.mean(axis=1, keepdims=True)
    return (z - mu) / np.sqrt(z.var(axis=1, keepdims=True, ddof=1) + eps)


@wrong("divides-by-the-variance")
def wrong_no_sqrt(z, eps=1e-5):
    """Divides by the variance instead of by its square root."""
    mu = z.mean(axis=1, keepdims=True)
    return (z - mu) / (z.var(axis=1, keepdims=True) + eps)


@wrong("adds-eps-outside-the-root")
def wrong_eps_outside(z, eps=1e-5):
    """Adds eps to the standard deviation, outside the square root."""
    mu = z.mean(axis=1, keepdims=True)
    return (z - mu) / (np.sqrt(z.var(axis=1, keepdims=True)) + eps)


@wrong("squares-eps")
def wrong_eps_squared(z, eps=1e-5):
    """Adds eps squared to the variance instead of eps."""
    mu = z.mean(axis=1, keepdims=True)
    return (z - mu) / np.sqrt(z.var(axis=1, keepdims=True) + eps**2)


@wrong("leaves-out-eps")
def wrong_no_eps(z, eps=1e-5):
    """Forgets eps altogether."""
    return (z - z.mean(axis=1, keepdims=True)) / z.std(axis=1, keepdims=True)


@wrong("hard-coded-eps")
def wrong_hard_coded_eps(z, eps=1e-5):
    """Writes 1e-5 into the formula and ignores the eps argument."""
    mu = z.mean(axis=1, keepdims=True)
    return (z - mu) / np.sqrt(z.var(axis=1, keepdims=True) + 1e-5)


@wrong("subtracts-eps")
def wrong_minus_eps(z, eps=1e-5):
    """Subtracts eps from the variance."""
    mu = z.mean(axis=1, keepdims=True)
    return (z - mu) / np.sqrt(z.var(axis=1, keepdims=True) - eps)


@wrong("averages-over-everything")
def wrong_global(z, eps=1e-5):
    """Uses one mean and one variance for the whole array."""
    return (z - z.mean()) / np.sqrt(z.var() + eps)


@wrong("loses-the-brackets")
def wrong_missing_brackets(z, eps=1e-5):
    """Forgets the brackets, so only the mean is divided."""
    mu = z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    return z - mu / np.sqrt(var + eps)


@wrong("does-not-centre")
def wrong_not_centred(z, eps=1e-5):
    """Forgets to subtract the mean."""
    return z / np.sqrt(z.var(axis=1, keepdims=True) + eps)


@wrong("wrong-sign")
def wrong_sign(z, eps=1e-5):
    """Subtracts z from the mean instead of the mean from z."""
    mu = z.mean(axis=1, keepdims=True)
    return (mu - z) / np.sqrt(z.var(axis=1, keepdims=True) + eps)


@wrong("changed-arguments")
def wrong_in_place(z, eps=1e-5):
    """Works in place and so changes z."""
    z -= z.mean(axis=1, keepdims=True)
    z /= np.sqrt((z**2).mean(axis=1, keepdims=True) + eps)
    return z


@wrong("forgets-keepdims")
def wrong_no_keepdims(z, eps=1e-5):
    """Forgets keepdims: raises, or broadcasts along the wrong axis when n = m."""
    return (z - z.mean(axis=1)) / np.sqrt(z.var(axis=1) + eps)


@wrong("scales-to-the-range")
def wrong_min_max(z, eps=1e-5):
    """Scales every row to the range 0 to 1 instead."""
    low = z.min(axis=1, keepdims=True)
    return (z - low) / (z.max(axis=1, keepdims=True) - low + eps)


@wrong("averages-over-units+adds-eps-outside-the-root")
def wrong_axis_and_eps_outside(z, eps=1e-5):
    """Two slips: axis 0, and eps outside the square root."""
    return (z - z.mean(axis=0)) / (z.std(axis=0) + eps)


@wrong("raised-NameError")
def wrong_misspelt(z, eps=1e-5):
    """Uses the undefined name epsilon."""
    mu = z.mean(axis=1, keepdims=True)
    return (z - mu) / np.sqrt(z.var(axis=1, keepdims=True) + epsilon)  # noqa: F821
