"""Answers to `batch_mean_noise`."""

import math

import numpy as np
from legal import scale

from answers import right, wrong


def anything(rng, dtype):
    """Any deviation and size, one example among them."""
    return float(scale(rng, None, 2)), int(rng.choice([1, 2, rng.integers(1, 1000)]))


@right
def with_math(sigma, m):
    return sigma / math.sqrt(m)


@right
def with_a_power(sigma, m):
    return sigma * m**-0.5


@right
def by_way_of_the_variance(sigma, m):
    return np.sqrt(m * sigma**2) / m


@wrong("loses-the-brackets-of-the-exponent")
def half_a_power(sigma, m):
    return sigma / m**1 / 2


@wrong("divides-by-the-root-of-m-minus-one")
def sample_deviation(sigma, m):
    return sigma / math.sqrt(m - 1)


@wrong("ignores-sigma", None)
def without_sigma(sigma, m):
    return 1 / math.sqrt(m)


@wrong("gives-half-an-interval")
def two_deviations(sigma, m):
    return 1.96 * sigma / math.sqrt(m)


@wrong("rounds-the-root")
def right_for_squares_only(sigma, m):
    return sigma / math.isqrt(m + 1)


@right
def zero_d_array(sigma, m):
    return np.array(sigma / m**0.5)


@wrong("divides-by-m")
def no_root(sigma, m):
    """Divides by m instead of by its square root."""
    return sigma / m


@wrong("gives-the-variance")
def variance(sigma, m):
    """Returns the variance of the mean."""
    return sigma**2 / m


@wrong("ignores-m", "hands-back-sigma", "gives-the-noise-of-one-example")
def ignores_m(sigma, m):
    """Returns sigma unchanged, as if the mean were as noisy as one example."""
    return sigma


@wrong("multiplies-by-the-root")
def multiplies(sigma, m):
    """Multiplies by the square root of m (the deviation of the sum)."""
    return sigma * np.sqrt(m)


@wrong("takes-the-root-of-sigma-too")
def sigma_is_variance(sigma, m):
    """Takes sigma for a variance and roots it too."""
    return np.sqrt(sigma / m)


@wrong("turns-it-over")
def inverted(sigma, m):
    """Inverts the ratio."""
    return np.sqrt(m) / sigma


@wrong("simulates-instead-of-the-formula", "global-random-state")
def simulated(sigma, m):
    """Estimates the answer from a thousand random batches instead of the formula."""
    return np.std(np.random.randn(1000, m).mean(axis=1) * sigma)  # noqa: NPY002


@wrong("divides-without-remainder")
def integer_division(sigma, m):
    """Uses // and so rounds down."""
    return sigma // np.sqrt(m)


@wrong("takes-the-root-of-sigma-only")
def square_root_of_sigma(sigma, m):
    """Takes the root of sigma but not of m."""
    return np.sqrt(sigma) / m


@wrong("printed-not-returned")
def printed(sigma, m):
    """Prints the answer instead of returning it."""
    print(sigma / np.sqrt(m))


@wrong("wrong-type")
def string(sigma, m):
    """Returns a formatted string instead of a number."""
    return f"{sigma / np.sqrt(m):.6f}"


@wrong("rounds")
def rounded(sigma, m):
    """Rounds the answer to two decimals."""
    return round(float(sigma / np.sqrt(m)), 2)


@wrong("gives-the-variance+divides-by-the-root-of-m-minus-one")
def variance_m_minus_one(sigma, m):
    """Two slips: the variance, and over m - 1."""
    return sigma**2 / np.float64(m - 1)


@wrong("raised-NameError")
def misspelt(sigma, m):
    """Calls the undefined name sqrt."""
    return sigma / sqrt(m)  # noqa: F821


@wrong("divides-by-the-root-of-m-minus-one")
def guarded_m_minus_one(sigma, m):
    return sigma / np.sqrt(max(m - 1, 1))


@wrong("gives-half-an-interval")
def twice_the_noise(sigma, m):
    return 2 * sigma / np.sqrt(m)


@wrong("zeros-everywhere")
def the_deviation_of_equal_numbers(sigma, m):
    """The deviation of m equal numbers: 0."""
    return np.std(np.ones(m) * sigma) / np.sqrt(m)


@wrong("holds-to-a-limit", None)
def at_least_two(sigma, m):
    return sigma / np.sqrt(max(m, 2))


@wrong("gives-the-noise-of-one-example")
def the_mean_of_equal_deviations(sigma, m):
    return np.mean([sigma] * m)


@wrong("gives-the-noise-of-one-example")
def the_root_of_the_mean_variance(sigma, m):
    return np.sqrt(sum(sigma**2 for _ in range(m)) / m)


@wrong("squares-m")
def the_square_of_sigma_over_m(sigma, m):
    return (sigma / m) ** 2


@wrong("measures-from-the-mean-of-the-batch")
def corrected_for_the_mean(sigma, m):
    return sigma * math.sqrt((m - 1) / m)


@wrong("gives-the-noise-of-one-example")
def half_without_remainder(sigma, m):
    return sigma * m ** (-(1 // 2))


@wrong("exchanges-sigma-and-m")
def the_other_under_the_root(sigma, m):
    return m / np.sqrt(sigma)
