"""Answers to `batch_mean_noise`, written from its text alone."""

import math

import numpy as np
from answers import right, wrong


@right
def correct_plain(sigma, m):
    return sigma / np.sqrt(m)


@right
def correct_math(sigma, m):
    return float(sigma) / math.sqrt(m)


@right
def correct_power(sigma, m):
    return sigma * m**-0.5


@right
def correct_variance_first(sigma, m):
    variance_of_mean = sigma**2 / m
    return np.sqrt(variance_of_mean)


@right
def correct_zero_d_array(sigma, m):
    return np.array(sigma / m**0.5)


@right
def correct_sum_of_variances(sigma, m):
    # Var(sum) = m * sigma^2; the mean divides the deviation of the sum by m
    deviation_of_sum = math.sqrt(m * sigma**2)
    return deviation_of_sum / m


@wrong("divides-by-m")
def wrong_no_root(sigma, m):
    """Divides by m instead of by its square root."""
    return sigma / m


@wrong("gives-the-variance")
def wrong_variance(sigma, m):
    """Returns the variance of the mean."""
    return sigma**2 / m


@wrong("ignores-m")
def wrong_ignores_m(sigma, m):
    """Returns sigma unchanged, as if the mean were as noisy as one example."""
    return sigma


@wrong("multiplies-by-the-root")
def wrong_multiplies(sigma, m):
    """Multiplies by the square root of m (the deviation of the sum)."""
    return sigma * np.sqrt(m)


@wrong("divides-by-the-root-of-m-minus-one")
def wrong_m_minus_one(sigma, m):
    """Divides by the square root of m - 1, which is wrong and infinite for m = 1."""
    return sigma / np.sqrt(m - 1)


@wrong("takes-the-root-of-sigma-too")
def wrong_sigma_is_variance(sigma, m):
    """Takes sigma for a variance and roots it too."""
    return np.sqrt(sigma / m)


@wrong("turns-it-over")
def wrong_inverted(sigma, m):
    """Inverts the ratio."""
    return np.sqrt(m) / sigma


@wrong("ignores-sigma")
def wrong_no_sigma(sigma, m):
    """Forgets sigma."""
    return 1 / np.sqrt(m)


@wrong("simulates-instead-of-the-formula")
def wrong_simulated(sigma, m):
    """Estimates the answer from a thousand random batches instead of the formula."""
    return np.std(np.random.randn(1000, m).mean(axis=1) * sigma)  # noqa: NPY002


@wrong("divides-without-remainder")
def wrong_integer_division(sigma, m):
    """Uses // and so rounds down."""
    return sigma // np.sqrt(m)


@wrong("takes-the-root-of-sigma-only")
def wrong_square_root_of_sigma(sigma, m):
    """Takes the root of sigma but not of m."""
    return np.sqrt(sigma) / m


@wrong("printed-not-returned")
def wrong_printed(sigma, m):
    """Prints the answer instead of returning it."""
    print(sigma / np.sqrt(m))


@wrong("wrong-type")
def wrong_string(sigma, m):
    """Returns a formatted string instead of a number."""
    return f"{sigma / np.sqrt(m):.6f}"


@wrong("rounds")
def wrong_rounded(sigma, m):
    """Rounds the answer to two decimals."""
    return round(float(sigma / np.sqrt(m)), 2)


@wrong("gives-the-variance+divides-by-the-root-of-m-minus-one")
def wrong_variance_m_minus_one(sigma, m):
    """Two slips: the variance, and over m - 1."""
    return sigma**2 / np.float64(m - 1)


@wrong("raised-NameError")
def wrong_misspelt(sigma, m):
    """Calls the undefined name sqrt."""
    return sigma / sqrt(m)  # noqa: F821
