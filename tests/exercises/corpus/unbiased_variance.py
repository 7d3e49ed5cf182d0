"""Answers to `unbiased_variance`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_formula(var, m):
    return var * m / (m - 1)


@right
def correct_factor(var, m):
    bessel = m / (m - 1)
    return bessel * var


@right
def correct_sum_of_squares(var, m):
    sum_of_squares = var * m
    degrees_of_freedom = m - 1
    return np.divide(sum_of_squares, degrees_of_freedom)


@right
def correct_add_a_part(var, m):
    return var + var / (m - 1)


@right
def correct_divide_by_share(var, m):
    return var / (1 - 1 / m)


@right
def correct_loop(var, m):
    if np.ndim(var) == 0:
        return var * m / (m - 1)
    out = np.zeros(np.shape(var))
    for i in range(out.shape[0]):
        out[i, 0] = m * var[i, 0] / (m - 1)
    return out


@wrong("turns-the-factor-over")
def wrong_inverse(var, m):
    """The factor is upside down."""
    return var * (m - 1) / m


@wrong("divides-without-undoing")
def wrong_no_m(var, m):
    """Divides by m - 1 without first multiplying by m."""
    return var / (m - 1)


@wrong("adds-one-to-m")
def wrong_plus_one(var, m):
    """Uses m + 1 for m - 1."""
    return var * m / (m + 1)


@wrong("leaves-it-biased")
def wrong_unchanged(var, m):
    """Returns the variance as it is."""
    return var


@wrong("divides-whole-numbers")
def wrong_integer_division(var, m):
    """The factor m // (m - 1) is rounded down to an int."""
    return var * (m // (m - 1))


@wrong("changed-arguments")
def wrong_in_place(var, m):
    """var *= ... changes the array passed in."""
    var *= m / (m - 1)
    return var


@wrong("loses-the-brackets")
def wrong_precedence(var, m):
    """The parentheses around m - 1 are missing."""
    return var * m / m - 1


@wrong("takes-the-root-of-the-factor")
def wrong_sqrt(var, m):
    """Takes the root of the factor, as for a standard deviation."""
    return var * np.sqrt(m / (m - 1))


@wrong("takes-the-variance-of-the-variances")
def wrong_ddof_of_var(var, m):
    """Takes the variance of the variances with ddof=1."""
    return np.var(var, ddof=1)


@wrong("counts-units-for-examples")
def wrong_rows_for_m(var, m):
    """Uses the number of units for the number of examples."""
    n = np.size(var)
    return var * n / (n - 1)


@wrong("nothing-returned")
def wrong_missing_return(var, m):
    """The return is missing."""
    unbiased = var * m / (m - 1)  # noqa: F841


@wrong("printed-not-returned")
def wrong_printed(var, m):
    """The result is printed, not returned."""
    print(var * m / (m - 1))


@wrong("takes-two-away")
def wrong_m_minus_two(var, m):
    """Divides by m - 2, which fails at m = 2."""
    return var * m / (m - 2)


@wrong("flat-shape+extra-dimensions")
def wrong_flat(var, m):
    """Flattens (n, 1) to (n,)."""
    return np.ravel(var) * m / (m - 1)


@wrong("applies-the-factor-twice")
def wrong_twice(var, m):
    """The correction is applied twice."""
    return var * (m / (m - 1)) ** 2


@wrong("flat-shape+extra-dimensions+turns-the-factor-over")
def wrong_inverse_and_flat(var, m):
    """Two slips: the factor is upside down and the shape is flat."""
    return np.ravel(var) * (m - 1) / m
