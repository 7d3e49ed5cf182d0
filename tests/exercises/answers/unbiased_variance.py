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


@wrong("adds-one-to-m")
def plus_one(var, m):
    """Uses m + 1 for m - 1."""
    return var * m / (m + 1)


@wrong("loses-the-brackets")
def precedence(var, m):
    """The parentheses around m - 1 are missing."""
    return var * m / m - 1


@wrong("takes-the-root-of-the-factor")
def sqrt(var, m):
    """Takes the root of the factor, as for a standard deviation."""
    return var * np.sqrt(m / (m - 1))


@wrong("takes-the-variance-of-the-variances")
def ddof_of_var(var, m):
    """Takes the variance of the variances with ddof=1."""
    return np.var(var, ddof=1)


@wrong("counts-units-for-examples")
def rows_for_m(var, m):
    """Uses the number of units for the number of examples."""
    n = np.size(var)
    return var * n / (n - 1)


@wrong("nothing-returned")
def missing_return(var, m):
    """The return is missing."""
    unbiased = var * m / (m - 1)  # noqa: F841


@wrong("printed-not-returned")
def printed(var, m):
    """The result is printed, not returned."""
    print(var * m / (m - 1))


@wrong("takes-two-away")
def m_minus_two(var, m):
    """Divides by m - 2, which fails at m = 2."""
    return var * m / (m - 2)


@wrong("applies-the-factor-twice")
def twice(var, m):
    """The correction is applied twice."""
    return var * (m / (m - 1)) ** 2


@wrong("flat-shape+extra-dimensions+turns-the-factor-over")
def inverse_and_flat(var, m):
    """Two slips: the factor is upside down and the shape is flat."""
    return np.ravel(var) * (m - 1) / m


@wrong("counts-units-for-examples")
def m_from_the_shape(var, m):
    m = np.shape(var)[0]
    return var * m / (m - 1)


@wrong("takes-the-variance-of-the-variances")
def variance_of_the_variances_kept_in_form(var, m):
    return np.var(var, ddof=1, keepdims=True)


@wrong("counts-units-for-examples")
def units_where_there_are_some(var, m):
    count = m if np.isscalar(var) else max(2, np.size(var))
    return var / (1 - 1 / count)


@wrong("adds-in-place-of-multiplying")
def the_factor_as_a_summand(var, m):
    factor = m / (m - 1)
    return var + factor


@wrong("divides-by-m-again")
def over_m(var, m):
    return np.divide(var, m)


@wrong("takes-one-from-the-sum")
def sum_less_one(var, m):
    return m * var - 1


@wrong("uses-m-plus-one-over-m")
def a_share_of_m_more(var, m):
    return var + var / m


@wrong("takes-one-from-m-twice")
def m_made_less_first(var, m):
    m = m - 1
    return var * m / (m - 1)


@wrong("adds-in-place-of-multiplying")
def one_over_m_more(var, m):
    return 1 / m + var
