"""Answers to `batch_statistics`."""

import numpy as np
from legal import rows, sizes

from answers import right, wrong


def anything(rng, dtype):
    """Any n and m."""
    return (rows(rng, *sizes(rng, 1, 1)).astype(dtype),)


@right
def two_calls(z):
    return np.mean(z, axis=1, keepdims=True), np.var(z, axis=1, keepdims=True)


@right
def a_list_of_two(z):
    mu = z.sum(axis=1).reshape(-1, 1) / z.shape[1]
    return [mu, np.sum((z - mu) ** 2, axis=1)[:, None] / z.shape[1]]


@right
def difference_of_squares(z):
    mu = z.mean(1, keepdims=True)
    return mu, (z**2).mean(1, keepdims=True) - mu**2


@right
def in_plain_loops(z):
    mu, var = [], []
    for row in z:
        mean = sum(row) / len(row)
        mu.append([mean])
        var.append([sum((x - mean) ** 2 for x in row) / len(row)])
    return np.array(mu), np.array(var)


@right
def by_matrix_products(z):
    m = z.shape[1]
    ones = np.ones((m, 1), dtype=z.dtype)
    mu = z @ ones / m
    return mu, ((z - mu) ** 2) @ ones / m


@wrong("flat-shape")
def forgets_keepdims(z):
    return z.mean(axis=1), z.var(axis=1)


@wrong("flat-shape+averages-over-units", "averages-over-units+flat-shape")
def over_the_units(z):
    return z.mean(axis=0), z.var(axis=0)


@wrong("swapped-results")
def variance_first(z):
    return z.var(axis=1, keepdims=True), z.mean(axis=1, keepdims=True)


@wrong("gives-the-standard-deviation")
def deviation(z):
    return z.mean(axis=1, keepdims=True), z.std(axis=1, keepdims=True)


@wrong("divides-by-m-minus-one+gives-the-standard-deviation",
       "gives-the-standard-deviation+divides-by-m-minus-one")  # fmt: skip
def sample_deviation(z):
    return z.mean(axis=1, keepdims=True), z.std(axis=1, keepdims=True, ddof=1)


@wrong("wrong-number-of-results")
def only_the_variance(z):
    return z.var(axis=1, keepdims=True)


@right
def row_loop(z):
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
def einsum(z):
    m = z.shape[-1]
    mu = np.einsum("ij->i", z)[:, None] / m
    d = z - mu
    return mu, np.einsum("ij,ij->i", d, d)[:, np.newaxis] / m


@right
def std_squared(z):
    return np.average(z, axis=1)[:, None], np.std(z, axis=1)[:, None] ** 2


@wrong("averages-over-units")
def wrong_axis(z):
    """Averages over the units (axis 0) instead of over the examples."""
    return z.mean(axis=0, keepdims=True), z.var(axis=0, keepdims=True)


@wrong("divides-by-m-minus-one")
def wrong_ddof(z):
    """Divides by m - 1 (ddof=1), the unbiased variance."""
    return z.mean(axis=1, keepdims=True), z.var(axis=1, ddof=1, keepdims=True)


@wrong("averages-over-everything")
def wrong_global(z):
    """Forgets the axis, so there is one mean and one variance for the whole array."""
    return z.mean(keepdims=True), z.var(keepdims=True)


@wrong("leaves-the-mean-in-the-variance")
def not_centred(z):
    """Forgets to subtract the mean: returns the mean square."""
    mu = z.mean(axis=1, keepdims=True)
    return mu, (z**2).mean(axis=1, keepdims=True)


@wrong("forgets-to-divide-the-variance")
def missing_division(z):
    """Sums the squared deviations but forgets to divide by m."""
    mu = z.mean(axis=1, keepdims=True)
    return mu, np.sum((z - mu) ** 2, axis=1, keepdims=True)


@wrong("divides-by-the-number-of-units")
def divides_by_n(z):
    """Divides by the number of units n = z.shape[0] instead of by m."""
    m = z.shape[0]
    mu = z.sum(axis=1, keepdims=True) / m
    var = ((z - mu) ** 2).sum(axis=1, keepdims=True) / m
    return mu, var


@wrong("transposed")
def row_shape(z):
    """Reshapes the statistics to a row (1, n) instead of a column."""
    return z.mean(axis=1).reshape(1, -1), z.var(axis=1).reshape(1, -1)


@wrong("changed-arguments")
def in_place(z):
    """Centres z in place, which changes the argument."""
    mu = z.mean(axis=1, keepdims=True)
    z -= mu
    return mu, (z**2).mean(axis=1, keepdims=True)


@wrong("nothing-returned")
def no_return(z):
    """Computes both results but has no return."""
    mu = z.mean(axis=1, keepdims=True)  # noqa: F841
    var = z.var(axis=1, keepdims=True)  # noqa: F841


@wrong("flat-shape+divides-by-m-minus-one")
def flat_and_ddof(z):
    """Two slips: flat (n,) results and division by m - 1."""
    return z.mean(axis=1), z.var(axis=1, ddof=1)


@wrong("adds-eps-already")
def eps_added(z):
    """Already adds eps to the variance that is returned."""
    return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True) + 1e-5


@wrong("centres-with-flat-means")
def flat_deviation(z):
    """Subtracts a flat mean, which fails or broadcasts along the wrong axis when n = m."""
    mu = z.mean(axis=1)
    var = ((z - mu) ** 2).mean(axis=1)
    return mu.reshape(-1, 1), var.reshape(-1, 1)


@wrong("averages-over-everything")
def one_for_the_whole_array(z):
    n = z.shape[0]
    return np.full((n, 1), z.mean()), np.full((n, 1), z.var())


@wrong("one-array-for-two")
def side_by_side(z):
    """One (n, 2) array instead of a pair."""
    mu = z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    return np.hstack([mu, var])


@wrong("takes-one-mean-for-all-units")
def around_one_number(z):
    """The variance is summed by row but the mean is the whole batch's single number."""
    mu = np.mean(z) * np.ones((z.shape[0], 1))
    var = np.mean((z - mu) ** 2, axis=1, keepdims=True)
    return mu, var


@wrong("carries-the-sum-over")
def one_running_total(z):
    n, m = z.shape
    mu, var, total = np.empty((n, 1)), np.empty((n, 1)), 0.0
    for i in range(n):
        mu[i] = sum(z[i]) / m
        for j in range(m):
            total += (z[i, j] - mu[i, 0]) ** 2
        var[i] = total / m
    return mu, var


@wrong("divides-the-variance-by-the-number-of-units")
def len_for_the_second_mean(z):
    mu = z.mean(axis=1, keepdims=True)
    return mu, np.sum(np.square(z - mu), axis=1, keepdims=True) / len(z)


@wrong("swapped-results+divides-by-m-minus-one")
def variance_first_and_guarded(z):
    m, mu = z.shape[1], z.mean(axis=1, keepdims=True)
    return ((z - mu) ** 2).sum(axis=1, keepdims=True) / max(m - 1, 1), mu


@wrong("leaves-out-the-last-example")
def one_short_for_the_second(z):
    mu = z.mean(axis=1, keepdims=True)
    var = np.zeros_like(mu)
    for j in range(z.shape[1] - 1):
        var += (z[:, j : j + 1] - mu) ** 2
    return mu, var / z.shape[1]


@wrong("takes-the-variance-over-units")
def squares_down_the_columns(z):
    mu = np.mean(z, axis=1)[:, np.newaxis]
    return mu, np.mean((z - mu) ** 2, axis=0, keepdims=True)


@wrong("takes-the-mean-over-units")
def means_down_the_columns(z):
    return np.mean(z, axis=0, keepdims=True), np.var(z, axis=1, keepdims=True)


@wrong("divides-by-the-count-of-all-entries")
def by_size(z):
    mu = z.sum(axis=1).reshape(-1, 1) / np.size(z)
    return mu, np.square(z - mu).sum(axis=1).reshape(-1, 1) / np.size(z)


@wrong("squares-around-a-moving-mean")
def the_new_mean_in_both_factors(z):
    mu = np.zeros((z.shape[0], 1))
    s = np.zeros((z.shape[0], 1))
    for k in range(z.shape[1]):
        column = z[:, k : k + 1]
        mu = mu + (column - mu) / (k + 1)
        s = s + (column - mu) ** 2
    return mu, s / z.shape[1]


@wrong("squares-around-a-moving-mean")
def the_old_mean_in_both_factors(z):
    mu, s = z[:, [0]] + 0.0, 0 * z[:, [0]]
    for k in range(1, z.shape[1]):
        s = s + (z[:, [k]] - mu) ** 2
        mu = mu + (z[:, [k]] - mu) / (k + 1)
    return mu, s / z.shape[1]


@wrong("counts-an-example-too-many")
def its_zero_start_counts(z):
    mu = np.zeros((z.shape[0], 1))
    for k in range(z.shape[1]):
        mu += (z[:, [k]] - mu) / (k + 2)
    return mu, np.mean((z - mu) ** 2, axis=1, keepdims=True)
