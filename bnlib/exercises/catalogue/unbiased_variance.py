"""The unbiased estimate of a variance, from the biased variance of a batch of m examples."""

import numpy as np

from bnlib.exercises.exercise import also, mistake


def unbiased_variance(var, m):
    """var, a number or (n, 1), divided by m, becomes the same sum divided by m - 1."""
    return var * m / (m - 1)


HINTS = (
    "A biased variance is a sum of squares divided by m. What is the unbiased one divided by?",
    "Get back to the sum of squares first, from the biased variance and m. Then divide that sum "
    "by the count of an unbiased estimate.",
    "The sum of squares is var times m. Divide it by one less than m.",
)

FACT = (
    "At m = 60 the two differ by 1.7 %, at m = 8 by 14 %: it matters for small batches only. "
    "PyTorch normalizes with the biased one and keeps the unbiased one."
)


def inputs():
    """Few examples, where the two variances lie far apart, and many."""
    column = np.array([[3.0], [0.25], [40.0]], np.float32)
    return [
        (6.0, 3),
        (column, 2),
        (0.0234567, 1300),
        (130.7, 4),
        (0.0, 5),
        (np.array([[1.25], [0.03]]), 3),
        (np.array([[130000.7], [0.0123456], [7.1], [0.0], [60.0]]), 170),
    ]


@mistake
def turns_the_factor_over(var, m):
    """You make the variance smaller, and the unbiased one is larger: distances are measured from
    the batch's own mean, which lies closer to its examples than the true mean does. Look at what
    var meets: does it become larger by it?"""
    return var * (m - 1) / m


@mistake
def leaves_it_biased(var, m):
    """You return the variance as it came. It was divided by m, and on average falls short of the
    population's: with two examples by half. Look at where m comes in."""
    return var * 1.0


@mistake
def divides_without_undoing(var, m):
    """You divide by m - 1 a variance that is divided by m already. The first division has to be
    undone before another one is made, or the result becomes ever smaller as the batch grows. Look
    at what you divide: it should be the sum of squares."""
    return var / (m - 1)


@mistake
def stops_at_the_sum(var, m):
    """You multiply by m and stop there, which gives the sum of squares. Further examples only add
    to it. To make a variance of it, something is still to be divided by. Look at the second
    step."""
    return var * m


@mistake
def multiplies_by_m_minus_one(var, m):
    """You multiply by m - 1. A count that is one less undoes nothing here: the variance came from a
    division by m. Look at which count undoes it, and which one comes after."""
    return var * (m - 1)


@mistake
def adds_one_to_m(var, m):
    """Your factor is m / (m + 1). The correction makes the variance larger, as one of the m
    distances is no news once the mean is known; a larger divisor makes it smaller. Look at the sign
    beside the 1."""
    return var * m / (m + 1)


@mistake
def uses_m_plus_one_over_m(var, m):
    """Your factor is (m + 1) / m, or 1 + 1 / m. It is close to the right one for large batches, and
    too small for small ones, which are those that matter. Look for what undoes the division that
    was made, and for what divides in its place."""
    return var * (m + 1) / m


@mistake
def takes_two_away(var, m):
    """Your factor is m / (m - 2). One degree of freedom is lost, to the mean that was estimated
    from the same examples; nothing else was estimated. Look at how many you take away from m."""
    return var * m / (m - 2) if m != 2 else var * np.inf


@mistake
def returns_the_deviation(var, m):
    """You return the square root: a standard deviation. A variance is asked for, and what batch
    norm averages over batches is the variance too. Look at your last step."""
    return np.sqrt(var * m / (m - 1))


@mistake
def applies_the_factor_twice(var, m):
    """You apply the correction twice, or its square. For variances it is used once; perhaps it went
    into a step before as well. Look at how often the variance meets the factor."""
    return var * (m / (m - 1)) ** 2


@mistake
def takes_the_root_of_the_factor(var, m):
    """You use the square root of the factor. That is the factor for a standard deviation, and here
    a variance comes in and goes out. Look at what the root is taken of."""
    return var * np.sqrt(m / (m - 1))


@mistake
def divides_whole_numbers(var, m):
    """Your factor is rounded down to a whole number, so it is 1 for all m above 2, and the variance
    stays biased. Look for what drops the digits behind the point: a division with two slashes, a
    floor or an `int`."""
    return var * (m // (m - 1))


@mistake
def corrects_small_batches_only(var, m):
    """You correct small batches and leave large ones as they are. For 40 examples the correction is
    small, and still there; what is asked for is exact. Look at the condition in your code."""
    return var * m / (m - 1) if m < 30 else var * 1.0


@mistake
def leaves_out_the_variance(var, m):
    """You return the factor alone. It says how much larger the unbiased variance is, and is still
    to be applied to the variance you are given. Look at where `var` comes in."""
    return var * 0 + m / (m - 1)


@mistake
def adds_in_place_of_multiplying(var, m):
    """You add a correction that does not depend on the variance. A unit with a variance of 1000
    needs a larger one than a unit with 0.001: the bias is a share of the variance. Look at the
    operator before your correction."""
    return var + 1 / (m - 1)


@mistake
def loses_the_brackets(var, m):
    """Your result is var less 1. That comes out without brackets: var is multiplied by m and
    divided by it again, and 1 is taken away from what is left, since division comes before
    subtraction. Look at your divisor."""
    return var * m / m - 1


@mistake
def takes_the_variance_of_the_variances(var, m):
    """You take the variance of the numbers in `var`, as if they were examples. Each is a unit's
    variance already, and only its divisor is to change. Look at where m comes in."""
    return np.var(var, ddof=1)


@mistake
def counts_units_for_examples(var, m):
    """You count the entries of `var` and correct with that number. Those are the units; the
    examples that each variance came from are no longer to be seen, which is why their number is
    handed to you. Look at where your count comes from."""
    n = np.size(var)
    return var * n / (n - 1)


@also(counts_units_for_examples)
def takes_m_from_the_shape(var, m):
    n = np.shape(var)[0]
    return var * n / (n - 1)


@also(counts_units_for_examples)
def takes_m_from_the_length(var, m):
    n = len(var)
    return var * n / (n - 1)


@also(counts_units_for_examples)
def counts_the_units_of_an_array(var, m):
    n = max(len(var), 2) if np.ndim(var) else m
    return var * n / (n - 1)
