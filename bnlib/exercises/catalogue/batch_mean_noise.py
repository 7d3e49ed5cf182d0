"""The standard deviation of the mean of a mini-batch of m independent examples."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def batch_mean_noise(sigma, m):
    """sigma: one example's standard deviation; m: examples in the batch. Returns a number."""
    return sigma / np.sqrt(m)


HINTS = (
    "The variances of independent numbers add up. What is the variance of the sum of m of them? "
    "And what does dividing that sum by m do to it?",
    "The sum has m times the variance of one example; dividing by m divides a variance by the "
    "square of m. The question asks for a standard deviation.",
    "The variance of the mean is sigma squared over m. Its root has sigma above and the root of m "
    "below.",
)

FACT = "To halve the noise, you need four times as many examples."


def inputs():
    """A batch whose size is a square, some whose size is none, a sigma below 1, one example."""
    return [(3.0, 16), (0.0712345, 1003), (234.5678, 7), (0.0325, 1)]


def faulty(sigma, m, *, power=1, less=0):
    """The reference, with one or two things done wrong."""
    return (sigma / np.sqrt(m - less)) ** power


@mistake
def divides_by_m(sigma, m):
    """You divide by m. In general a mean of several independent examples is less noisy than one of
    them, but not m times less: their errors cancel in part only. Look at how the variance of a mean
    falls, and at what a standard deviation is of it."""
    return sigma / m


@fault(power=2)
def gives_the_variance():
    """Your result is a variance. It is in squared units, and the noise is to be compared with sigma
    itself. Look for a root that is missing, or a square too many, of the whole."""


@fault(less=1)
def divides_by_the_root_of_m_minus_one():
    """Where m is due, m - 1 comes in, at least for several examples. It belongs to estimating sigma
    from a sample; here sigma is known. For one example m - 1 is 0, and the noise is sigma. Look at
    how many examples you reckon with."""


@mistake
def multiplies_by_the_root(sigma, m):
    """Your result is the noise of the sum of m examples. A mean is that sum over m, and larger
    batches have steadier means. Look at whether m, in the end, multiplies or divides."""
    return sigma * np.sqrt(m)


@mistake
def takes_the_root_of_sigma_too(sigma, m):
    """The root of sigma comes into your result beside the root of m. sigma is a standard deviation:
    the root of a variance already. Look at what you take the root of."""
    return np.sqrt(sigma / m)


@mistake
def squares_sigma(sigma, m):
    """You square sigma, and take the root of m alone. Either the whole quotient is a variance or
    the whole is a deviation; yours is half of each. Look at the numerator."""
    return sigma**2 / np.sqrt(m)


@mistake
def loses_the_brackets_of_the_exponent(sigma, m):
    """No root comes into your result, but a 2 does. So it goes with an exponent of one half that
    lacks its brackets: in Python, a power comes before a division. If you wrote one, look at how
    Python reads it."""
    return sigma / m / 2


@also(loses_the_brackets_of_the_exponent)
def loses_them_below_the_line(sigma, m):
    return sigma / (m / 2)


@also(loses_the_brackets_of_the_exponent)
def loses_them_around_the_quotient(sigma, m):
    return sigma**2 / m / 2


@mistake
def rounds_the_root(sigma, m):
    """In your result the root of m has become a whole number. Batches of 9 and of 12 would then be
    equally noisy. Look for what makes a whole number of it."""
    return sigma / int(np.sqrt(m))


@mistake
def divides_without_remainder(sigma, m):
    """Your result is a whole number: what is behind the decimal point is thrown away. Noise that is
    below 1 becomes 0 with it. Look at your division sign, or for a rounding."""
    return sigma // np.sqrt(m)


@also(divides_without_remainder)
def halves_without_remainder(sigma, m):
    return sigma / m // 2


@mistake
def turns_it_over(sigma, m):
    """Your quotient stands on its head: it grows with the batch, as a precision would. Noise does
    the opposite. Look at which number is above."""
    return np.sqrt(m) / sigma


@mistake
def squares_m(sigma, m):
    """You divide by m squared. That is what dividing a sum by m does to its variance, but the sum's
    own variance grew with m in the meantime, and the question is for a deviation. Look at the power
    of m."""
    return sigma / m**2


@also(squares_m)
def squares_both(sigma, m):
    return sigma**2 / m**2


@mistake
def compares_two_batches(sigma, m):
    """You give the noise of the difference of two batches' means, in which both are off. Here one
    batch is compared with the true mean, which has no noise. Look for a 2, or for something that
    comes in twice."""
    return sigma * np.sqrt(2 / m)


@mistake
def takes_another_root(sigma, m):
    """Your noise falls with the root of the root of m. The standard deviation of a mean falls with
    the root of m, its variance with m. Look at the power of m that is left in the end."""
    return sigma / m**0.25


@mistake
def takes_the_root_of_sigma_only(sigma, m):
    """You take the root of sigma and divide by the whole m. It is the other way round: sigma, a
    standard deviation, is the root of a variance already. Look at what you take the root of."""
    return np.sqrt(sigma) / m


@mistake
def rounds(sigma, m):
    """You round the result to a few digits. Noise that is small beside 1 can be lost in that. Look
    for a step that rounds; rounding is for what is printed."""
    return round(float(sigma / np.sqrt(m)), 2)


@mistake
def gives_half_an_interval(sigma, m):
    """Your noise is about twice the one asked for, as half the width of a 95 % interval is. One
    standard deviation is asked for. Look for a factor near 2, or a 4 under a root."""
    return 1.96 * sigma / np.sqrt(m)


@also(gives_half_an_interval)
def doubles_it(sigma, m):
    return 2 * sigma / np.sqrt(m)


@mistake
def gives_the_noise_of_the_deviation(sigma, m):
    """You divide by the root of 2 m. That is, for normal numbers and large m, the noise of a
    batch's standard deviation; the question is how far its mean strays. Look for a 2, or for
    something that comes in twice."""
    return sigma / np.sqrt(2 * m)


@mistake
def counts_one_example_too_many(sigma, m):
    """You divide by the root of m + 1. A batch of m examples has m: for a batch of one, the noise
    is just sigma. Look at where a count begins and ends, or for a 1 that is added."""
    return sigma / np.sqrt(m + 1)


@mistake
def leaves_one_example_out(sigma, m):
    """Your noise is that of the sum of m - 1 examples, over m. A batch has m; of a batch of one,
    nothing is left. If you have a loop, look at where it begins and ends: `range(1, m)` and
    `range(m - 1)` go one round less. If not, look for an m - 1."""
    return sigma * np.sqrt(m - 1) / m


@mistake
def gives_the_noise_of_one_example(sigma, m):
    """Your result is sigma, whatever m is: the noise of one example. Errors of several independent
    examples partly cancel in a mean. Look at whether m comes in, and how: to add up m equal
    deviations, or m equal variances, and to divide by m leaves it so, as one undoes the other; and
    a power of m is 1 where its exponent is 0."""
    return sigma * m / m


@mistake
def measures_from_the_mean_of_the_batch(sigma, m):
    """Your result is how far one example lies from the mean of its own batch: 0 for a batch of one,
    and nearer to sigma the larger the batch. Asked for is how far that mean lies from the true one.
    Look at what m is to do: what does the variance of a mean become with more examples?"""
    return sigma * np.sqrt((m - 1) / m)


@mistake
def exchanges_sigma_and_m(sigma, m):
    """In your result sigma and m have changed places. The noise of a mean is in sigma's units, and
    it falls as the number of examples grows. Look at which of the two stands under the root."""
    with np.errstate(all="ignore"):
        return m / np.sqrt(sigma)
