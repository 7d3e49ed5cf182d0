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
    "The factor is about 1.017 at m = 60 and 1.14 at m = 8: it matters most for small batches. "
    "In training PyTorch's batch norm uses the biased one, and keeps the unbiased one."
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
    """Your result is the variance times (m - 1) / m, which is below 1, and the factor is to be
    above 1: distances are measured from the batch's own mean, which lies in the middle of just
    these examples. Look at what var meets: would a variance of 1 become larger by it?"""
    return var * (m - 1) / m


@mistake
def leaves_it_biased(var, m):
    """Your result is the variance as it came. It was divided by m, and on average falls short of
    the population's, unless that is 0: with two examples by half. Look at where m should come in,
    or whether two steps undo each other."""
    return var * 1.0


@mistake
def divides_without_undoing(var, m):
    """Your result is var over m - 1, and var is divided by m already. One division has to be undone
    where another one is made, or the result goes to 0 as the batch grows. Look at what you divide,
    and how often: it should be the sum of squares, and once."""
    return var / (m - 1)


@mistake
def stops_at_the_sum(var, m):
    """Your result is var times m, which is the sum of squares. Further examples can only add to it.
    To make a variance of it, it is still to be divided: look for where that should come."""
    return var * m


@mistake
def multiplies_by_m_minus_one(var, m):
    """Your result is var times (m - 1). A count that is one less undoes nothing here: the variance
    came from a division by m. Look at which count undoes it, and which one comes after."""
    return var * (m - 1)


@mistake
def adds_one_to_m(var, m):
    """Your factor is m / (m + 1). The correction makes a variance above 0 larger, as one of the m
    distances is no news once the mean is known; a larger divisor makes it smaller. Look at the sign
    beside the 1."""
    return var * m / (m + 1)


@mistake
def uses_m_plus_one_over_m(var, m):
    """Your factor is (m + 1) / m, or 1 + 1 / m. It is too small: a little for large batches, and
    more for small ones, where it matters most. Begin with the sum of squares: how do you get
    it from var and m, and what is it to be divided by?"""
    return var * (m + 1) / m


@mistake
def takes_two_away(var, m):
    """For m above 2 your factor is m / (m - 2). One degree of freedom is lost, to the mean that was
    estimated from the same examples; nothing else was estimated. Look at how many you take away
    from m."""
    return var * m / (m - 2) if m != 2 else var * np.inf


@mistake
def returns_the_deviation(var, m):
    """Your result is the square root of what is asked for: a standard deviation. A variance is due,
    and what batch norm averages over batches is the variance too. Look for a root."""
    return np.sqrt(var * m / (m - 1))


@mistake
def applies_the_factor_twice(var, m):
    """You apply the correction twice, or its square. For variances it is used once; perhaps it went
    into a step before as well. Look at how often the variance meets the factor."""
    return var * (m / (m - 1)) ** 2


@mistake
def takes_the_root_of_the_factor(var, m):
    """You use the square root of the factor. That is the factor for a standard deviation, and here
    a variance comes in and goes out. Look for a root."""
    return var * np.sqrt(m / (m - 1))


@mistake
def divides_whole_numbers(var, m):
    """Your factor is rounded down to a whole number, so for all m above 2 it is 1 and the variance
    stays biased. Look for what drops the digits behind the point: a division with two slashes, a
    floor or an `int`."""
    return var * (m // (m - 1))


@mistake
def corrects_small_batches_only(var, m):
    """You correct small batches and leave large ones as they are. For 170 examples the factor is
    close to 1, and still not 1; what is asked for is exact. Look for a condition, or a limit."""
    return var * m / (m - 1) if m < 30 else var * 1.0


@mistake
def leaves_out_the_variance(var, m):
    """You return the factor alone. It says how the two variances are related, and is still to be
    applied to the one you are given. Look for where `var` should come in."""
    return var * 0 + m / (m - 1)


@mistake
def adds_in_place_of_multiplying(var, m):
    """You add a correction that does not depend on the variance. A unit with a variance of 1000
    needs a larger one than a unit with 0.001: the bias is a share of the variance. Look at what you
    add: either it lacks something, or it is no sum that is due."""
    return var + 1 / (m - 1)


@mistake
def loses_the_brackets(var, m):
    """Your result is var less 1, as comes out without brackets: then var is multiplied by m and
    divided by it again, and 1 is taken away from what is left, since division comes before
    subtraction. Look at how far your divisor reaches."""
    return var * m / m - 1


@mistake
def takes_the_variance_of_the_variances(var, m):
    """Where there are several, you take the variance of the numbers in `var`, as if they were
    examples. Each is a unit's
    variance already, and only its divisor is to change. Look for where m should come in."""
    return np.var(var, ddof=1)


@also(takes_the_variance_of_the_variances)
def spreads_the_variance_of_the_variances(var, m):
    return np.var(var, ddof=1) * np.ones_like(var)


@also(takes_the_variance_of_the_variances)
def takes_their_plain_variance(var, m):
    return np.var(var)


@mistake
def counts_units_for_examples(var, m):
    """You correct with the number of entries in `var`, at least where it has several. Those are the
    units; the examples that each variance came from are no longer to be seen, which
    is why their number is handed to you. Look at where your count comes from."""
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


@also(adds_in_place_of_multiplying)
def adds_the_factor(var, m):
    return var + m / (m - 1)


@mistake
def divides_by_m_again(var, m):
    """Your result is var over m, and var came from a division by m already. To divide once more
    leads away from the sum of squares, and an unbiased variance is no smaller than the biased one.
    Look at your division: which count has to be undone, and which one takes its place?"""
    return var / m


@mistake
def takes_one_from_the_sum(var, m):
    """Your result is var times m, less 1: the 1 is taken away from a sum of squares, and it belongs
    to a count. Look at your brackets, and for a division that is missing."""
    return var * m - 1


@mistake
def takes_one_from_m_twice(var, m):
    """For m above 2 your factor is (m - 1) / (m - 2), as where you take 1 from m, and once more in
    the divisor. The variance came from a division by m itself, and one degree of freedom is lost,
    not two. Look at what m stands for in each place."""
    return var * (m - 1) / (m - 2) if m != 2 else var * np.inf


@also(adds_in_place_of_multiplying)
def adds_one_over_m(var, m):
    return var + 1 / m
