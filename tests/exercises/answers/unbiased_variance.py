"""Answers to `unbiased_variance`."""

import numpy as np
from legal import sizes, variances

from answers import right, wrong


def anything(rng, dtype):
    """Columns of any length, and numbers."""
    column = variances(rng, sizes(rng, 1)[0], 1).astype(dtype)
    var = column if rng.random() < 0.6 else float(column[0, 0])
    return var, int(rng.choice([2, 3, rng.integers(2, 200)]))


@right
def by_the_factor(var, m):
    return var * (m / (m - 1))


@right
def through_the_sum(var, m):
    sum_of_squares = np.multiply(var, m)
    return sum_of_squares / (m - 1)


@right
def by_what_is_missing(var, m):
    return var + var / (m - 1)


@right
def divided_by_what_is_left(var, m):
    return var / (1 - 1 / m)


@right
def entry_by_entry(var, m):
    if np.ndim(var) == 0:
        return float(var) * m / (m - 1)
    out = np.zeros(var.shape)
    for i in range(var.shape[0]):
        for j in range(var.shape[1]):
            out[i, j] = m * var[i, j] / (m - 1)
    return out


@right
def in_the_dtype_it_came_in(var, m):
    return np.asarray(var) * np.asarray(m / (m - 1), dtype=np.asarray(var).dtype)


@wrong("turns-the-factor-over")
def upside_down(var, m):
    return var * ((m - 1) / m)


@wrong("divides-without-undoing")
def over_one_less(var, m):
    return var / (m - 1)


@wrong("leaves-it-biased")
def as_it_came(var, m):
    return var


@wrong("divides-whole-numbers")
def floor_division(var, m):
    return m // (m - 1) * var


@wrong("changed-arguments")
def in_place(var, m):
    var *= m / (m - 1)
    return var


@wrong("raised-TypeError", "raised-ValueError", None)
def numbers_only(var, m):
    return float(var) * m / (m - 1)


@wrong("raised-AttributeError", "raised-TypeError")
def arrays_only(var, m):
    return var.copy() * m / (m - 1)


@wrong("flat-shape+extra-dimensions")
def of_a_made_up_batch(var, m):
    return np.ravel(var) * m / (m - 1)


@wrong("ignores-m", "wrong-factor")
def for_sixty(var, m):
    return var * 60 / 59
