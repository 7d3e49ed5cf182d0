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


@right
def an_array_of_no_dimensions(sigma, m):
    return np.array(sigma) / np.sqrt(m)


@wrong("loses-the-brackets-of-the-exponent")
def half_a_power(sigma, m):
    return sigma / m**1 / 2


@wrong("divides-by-the-root-of-m-minus-one")
def sample_deviation(sigma, m):
    return sigma / math.sqrt(m - 1)


@wrong("ignores-sigma", None)
def without_sigma(sigma, m):
    return 1 / math.sqrt(m)


@wrong("wrong-factor", None)
def two_deviations(sigma, m):
    return 1.96 * sigma / math.sqrt(m)


@wrong("rounds-the-root")
def right_for_squares_only(sigma, m):
    return sigma / math.isqrt(m + 1)


@wrong("ignores-sigma", None)
def right_below_one_only(sigma, m):
    return min(sigma, 1) / math.sqrt(m)
