"""Answers to `batch_statistics`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_keepdims(z):
    mu = np.mean(z, axis=1, keepdims=True)
    var = np.var(z, axis=1, keepdims=True)
    return mu, var


@right
def correct_list_from_formula(z):
    m = z.shape[1]
    mu = z.sum(axis=1).reshape(-1, 1) / m
    var = ((z - mu) ** 2).sum(axis=1).reshape(-1, 1) / m
    return [mu, var]


@right
def correct_mean_of_squares(z):
    mu = z.mean(1, keepdims=True)
    return mu, (z**2).mean(1, keepdims=True) - mu**2


@right
def correct_row_loop(z):
    number_of_units, number_of_examples = z.shape
    mean = np.zeros((number_of_units, 1))
    variance = np.zeros((number_of_units, 1))
    for unit in range(number_of_units):
        mean[unit, 0] = sum(z[unit]) / number_of_examples
        for example in range(number_of_examples):
            variance[unit, 0] += (z[unit, example] - mean[unit, 0]) ** 2
        variance[unit, 0] /= number_of_examples
    return (mean, variance)


@right
def correct_matrix_product(z):
    m = z.shape[1]
    ones = np.ones((m, 1), dtype=z.dtype) / m
    mu = z @ ones
    return mu, np.square(z - mu) @ ones


@right
def correct_einsum(z):
    m = z.shape[-1]
    mu = np.einsum("ij->i", z)[:, None] / m
    d = z - mu
    return mu, np.einsum("ij,ij->i", d, d)[:, np.newaxis] / m


@right
def correct_std_squared(z):
    return np.average(z, axis=1)[:, None], np.std(z, axis=1)[:, None] ** 2


@wrong("averages-over-units")
def wrong_axis(z):
    """Averages over the units (axis 0) instead of over the examples."""
    return z.mean(axis=0, keepdims=True), z.var(axis=0, keepdims=True)


@wrong("flat-shape")
def wrong_flat(z):
    """Forgets keepdims, so the results have shape (n,)."""
    return z.mean(axis=1), z.var(axis=1)


@wrong("divides-by-m-minus-one")
def wrong_ddof(z):
    """Divides by m - 1 (ddof=1), the unbiased variance."""
    return z.mean(axis=1, keepdims=True), z.var(axis=1, ddof=1, keepdims=True)


@wrong("gives-the-standard-deviation")
def wrong_std(z):
    """Returns the standard deviation in place of the variance."""
    return z.mean(axis=1, keepdims=True), z.std(axis=1, keepdims=True)


@wrong("swapped-results")
def wrong_swapped(z):
    """Returns (var, mu) in the wrong order."""
    mu = z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    return var, mu


@wrong("averages-over-everything")
def wrong_global(z):
    """Forgets the axis, so there is one mean and one variance for the whole array."""
    return z.mean(keepdims=True), z.var(keepdims=True)


@wrong("leaves-the-mean-in-the-variance")
def wrong_not_centred(z):
    """Forgets to subtract the mean: returns the mean square."""
    mu = z.mean(axis=1, keepdims=True)
    return mu, (z**2).mean(axis=1, keepdims=True)


@wrong("forgets-to-divide-the-variance")
def wrong_missing_division(z):
    """Sums the squared deviations but forgets to divide by m."""
    mu = z.mean(axis=1, keepdims=True)
    return mu, np.sum((z - mu) ** 2, axis=1, keepdims=True)


@wrong("divides-by-the-number-of-units")
def wrong_divides_by_n(z):
    """Divides by the number of units n = z.shape[0] instead of by m."""
    m = z.shape[0]
    mu = z.sum(axis=1, keepdims=True) / m
    var = ((z - mu) ** 2).sum(axis=1, keepdims=True) / m
    return mu, var


@wrong("transposed")
def wrong_row_shape(z):
    """Reshapes the statistics to a row (1, n) instead of a column."""
    return z.mean(axis=1).reshape(1, -1), z.var(axis=1).reshape(1, -1)


@wrong("wrong-number-of-results")
def wrong_only_mean(z):
    """Returns only the mean and forgets the variance."""
    return z.mean(axis=1, keepdims=True)


@wrong("changed-arguments")
def wrong_in_place(z):
    """Centres z in place, which changes the argument."""
    mu = z.mean(axis=1, keepdims=True)
    z -= mu
    return mu, (z**2).mean(axis=1, keepdims=True)


@wrong("nothing-returned")
def wrong_no_return(z):
    """Computes both results but has no return."""
    mu = z.mean(axis=1, keepdims=True)  # noqa: F841
    var = z.var(axis=1, keepdims=True)  # noqa: F841


@wrong("flat-shape")
def wrong_squeeze(z):
    """Squeezes the mean, which becomes 0-d when n = 1 and flat otherwise; var is right."""
    return np.squeeze(z.mean(axis=1, keepdims=True)), z.var(axis=1, keepdims=True)


@wrong("flat-shape+divides-by-m-minus-one")
def wrong_flat_and_ddof(z):
    """Two slips: flat (n,) results and division by m - 1."""
    return z.mean(axis=1), z.var(axis=1, ddof=1)


@wrong("adds-eps-already")
def wrong_eps_added(z):
    """Already adds eps to the variance that is returned."""
    return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True) + 1e-5


@wrong("centres-with-flat-means")
def wrong_flat_deviation(z):
    """Subtracts a flat mean, which fails or broadcasts along the wrong axis when n = m."""
    mu = z.mean(axis=1)
    var = ((z - mu) ** 2).mean(axis=1)
    return mu.reshape(-1, 1), var.reshape(-1, 1)
