"""Answers to `affine_gradients`."""

import numpy as np
from legal import signed, sizes

from answers import right, wrong


def anything(rng, dtype):
    """Any n and m, both of both signs."""
    shape = sizes(rng, 1, 1)
    return signed(rng, *shape).astype(dtype), signed(rng, *shape).astype(dtype)


@right
def two_sums(dz_tilde, z_norm):
    dgamma = np.sum(dz_tilde * z_norm, axis=1, keepdims=True)
    return dgamma, np.sum(dz_tilde, axis=1, keepdims=True)


@right
def with_einsum(dz_tilde, z_norm):
    dgamma = np.einsum("ij,ij->i", dz_tilde, z_norm).reshape(-1, 1)
    return dgamma, np.einsum("ij->i", dz_tilde).reshape(-1, 1)


@right
def by_the_diagonal(dz_tilde, z_norm):
    dgamma = np.diag(dz_tilde @ z_norm.T)[:, None]
    return [dgamma, dz_tilde @ np.ones((dz_tilde.shape[1], 1), dz_tilde.dtype)]


@right
def in_loops(dz_tilde, z_norm):
    n, m = z_norm.shape
    dgamma, dbeta = np.zeros((n, 1)), np.zeros((n, 1))
    for i in range(n):
        for j in range(m):
            dgamma[i] += dz_tilde[i, j] * z_norm[i, j]
            dbeta[i] += dz_tilde[i, j]
    return dgamma, dbeta


@right
def means_times_m(dz_tilde, z_norm):
    m = dz_tilde.shape[1]
    return m * (dz_tilde * z_norm).mean(1)[:, None], m * dz_tilde.mean(1)[:, None]


@right
def row_by_row(dz_tilde, z_norm):
    dgamma = np.array([[np.dot(d, z)] for d, z in zip(dz_tilde, z_norm, strict=True)])
    return dgamma, np.array([[d.sum()] for d in dz_tilde])


@wrong("averages-over-the-batch")
def means(dz_tilde, z_norm):
    return (dz_tilde * z_norm).mean(1, keepdims=True), dz_tilde.mean(1, keepdims=True)


@wrong("flat-shape")
def flat(dz_tilde, z_norm):
    return (dz_tilde * z_norm).sum(axis=1), dz_tilde.sum(axis=1)


@wrong("swapped-results")
def beta_first(dz_tilde, z_norm):
    return dz_tilde.sum(1, keepdims=True), (dz_tilde * z_norm).sum(1, keepdims=True)


@wrong("sums-over-units")
def wrong_axis(dz_tilde, z_norm):
    return (dz_tilde * z_norm).sum(0, keepdims=True), dz_tilde.sum(0, keepdims=True)


@wrong("multiplies-as-matrices")
def matrix_product(dz_tilde, z_norm):
    return np.dot(dz_tilde, z_norm.T), np.sum(dz_tilde, axis=1, keepdims=True)


@wrong("does-not-sum")
def no_sums(dz_tilde, z_norm):
    return z_norm * dz_tilde, dz_tilde


@wrong("forgets-z-norm-in-dgamma")
def twice_the_same(dz_tilde, z_norm):
    total = dz_tilde.sum(axis=1, keepdims=True)
    return total, total


@wrong("averages-dbeta")
def one_mean(dz_tilde, z_norm):
    return (dz_tilde * z_norm).sum(1, keepdims=True), dz_tilde.mean(1, keepdims=True)


@wrong("flat-shape+averages-over-the-batch")
def flat_means(dz_tilde, z_norm):
    return np.mean(dz_tilde * z_norm, axis=1), np.mean(dz_tilde, axis=1)


@wrong("wrong-number-of-results")
def three_results(dz_tilde, z_norm):
    return (dz_tilde * z_norm).sum(1, keepdims=True), dz_tilde.sum(1, keepdims=True), None


@wrong("number-for-array+sums-over-everything")
def two_numbers(dz_tilde, z_norm):
    return np.sum(dz_tilde * z_norm), np.sum(dz_tilde)


@wrong("one-array-for-two")
def stacked(dz_tilde, z_norm):
    return np.array([(dz_tilde * z_norm).sum(1, keepdims=True), dz_tilde.sum(1, keepdims=True)])


@right
def einsum_list(dz_tilde, z_norm):
    return [np.einsum("ij,ij->i", dz_tilde, z_norm)[:, None], np.einsum("ij->i", dz_tilde)[:, None]]


@right
def diagonal(dz_tilde, z_norm):
    dgamma = np.diag(dz_tilde @ z_norm.T).reshape(-1, 1)
    dbeta = dz_tilde @ np.ones((dz_tilde.shape[1], 1), dtype=dz_tilde.dtype)
    return dgamma, dbeta


@right
def loop_over_examples(dz_tilde, z_norm):
    n, m = z_norm.shape
    dgamma, dbeta = np.zeros((n, 1)), np.zeros((n, 1))
    for i in range(m):
        dgamma += dz_tilde[:, i : i + 1] * z_norm[:, i : i + 1]
        dbeta += dz_tilde[:, i : i + 1]
    return dgamma, dbeta


@wrong("multiplies-the-sums")
def product_of_sums(dz_tilde, z_norm):
    """Multiplies the sums instead of summing the products."""
    dbeta = dz_tilde.sum(axis=1, keepdims=True)
    return dbeta * z_norm.sum(axis=1, keepdims=True), dbeta


@wrong("turns-the-sign")
def sign(dz_tilde, z_norm):
    """Returns both gradients with a minus sign, as if already for descent."""
    return -(dz_tilde * z_norm).sum(axis=1, keepdims=True), -dz_tilde.sum(axis=1, keepdims=True)


@wrong("sums-z-norm-for-dbeta")
def dbeta_of_z(dz_tilde, z_norm):
    """Sums z_norm instead of dz_tilde for dbeta."""
    return (dz_tilde * z_norm).sum(axis=1, keepdims=True), z_norm.sum(axis=1, keepdims=True)


@wrong("multiplies-dbeta-by-z-norm+changed-arguments")
def in_place(dz_tilde, z_norm):
    """Multiplies dz_tilde in place, so dbeta is spoilt and the argument changed."""
    dz_tilde *= z_norm
    return dz_tilde.sum(axis=1, keepdims=True), dz_tilde.sum(axis=1, keepdims=True)


@wrong("changed-arguments")
def changes_after(dz_tilde, z_norm):
    """Gets both results right but multiplies dz_tilde in place on the way."""
    dbeta = dz_tilde.sum(axis=1, keepdims=True)
    dz_tilde *= z_norm
    return dz_tilde.sum(axis=1, keepdims=True), dbeta


@wrong("nothing-returned")
def no_return(dz_tilde, z_norm):
    """Has no return."""
    dgamma = np.sum(dz_tilde * z_norm, axis=1, keepdims=True)  # noqa: F841
    dbeta = np.sum(dz_tilde, axis=1, keepdims=True)  # noqa: F841


@wrong("raised-TypeError")
def misspelt(dz_tilde, z_norm):
    """Writes keepdim instead of keepdims, so a TypeError is raised."""
    return np.sum(dz_tilde * z_norm, axis=1, keepdim=True), np.sum(dz_tilde, axis=1, keepdim=True)


@wrong("sums-dbeta-over-everything")
def dbeta_of_the_whole_array(dz_tilde, z_norm):
    dgamma = np.sum(dz_tilde * z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dz_tilde) * np.ones_like(dgamma)
    return dgamma, dbeta


@wrong("sums-over-units")
def summed_over_units_as_a_column(dz_tilde, z_norm):
    """Summed over the units, then reshaped into a column: (m, 1)."""
    dgamma = np.sum(dz_tilde * z_norm, axis=0).reshape(-1, 1)
    dbeta = np.sum(dz_tilde, axis=0).reshape(-1, 1)
    return dgamma, dbeta


@wrong("fits-a-slope")
def as_a_slope(dz_tilde, z_norm):
    """Divides dgamma by the sum of z_norm squared, as in a least-squares fit of the slope."""
    dgamma = np.sum(dz_tilde * z_norm, axis=1, keepdims=True)
    dgamma = dgamma / (np.sum(z_norm**2, axis=1, keepdims=True) + 1e-12)
    return dgamma, np.sum(dz_tilde, axis=1, keepdims=True)


@wrong("leaves-out-the-first-example")
def from_the_second_column_on(dz_tilde, z_norm):
    dgamma = dbeta = 0
    for k in range(1, z_norm.shape[1]):
        dgamma = dgamma + dz_tilde[:, k] * z_norm[:, k]
        dbeta = dbeta + dz_tilde[:, k]
    return (dgamma + 0 * z_norm[:, 0])[:, None], (dbeta + 0 * z_norm[:, 0])[:, None]


@wrong("mixes-the-units")
def rows_of_a_matrix_product(dz_tilde, z_norm):
    dgamma = np.sum(dz_tilde @ z_norm.T, axis=1, keepdims=True)
    return dgamma, np.sum(dz_tilde, axis=1, keepdims=True)


@wrong("keeps-the-last-shares", "starts-anew-in-every-round")
def sums_that_start_anew(dz_tilde, z_norm):
    for j in range(dz_tilde.shape[1]):
        dgamma = np.zeros((dz_tilde.shape[0], 1))
        dbeta = np.zeros((dz_tilde.shape[0], 1))
        dgamma += dz_tilde[:, j : j + 1] * z_norm[:, j : j + 1]
        dbeta += dz_tilde[:, j : j + 1]
    return dgamma, dbeta


@wrong("does-not-sum-dbeta")
def dbeta_as_it_came(dz_tilde, z_norm):
    return np.sum(dz_tilde * z_norm, axis=1, keepdims=True), dz_tilde


@wrong("averages-dbeta+multiplies-the-sums")
def product_of_totals(dz_tilde, z_norm):
    total = np.array([[sum(row)] for row in dz_tilde])
    return total * np.array([[sum(row)] for row in z_norm]), total / len(dz_tilde[0])


@wrong("keeps-the-last-share-of-dbeta")
def dbeta_written_over(dz_tilde, z_norm):
    n, m = z_norm.shape
    dgamma, dbeta = np.zeros((n, 1)), np.zeros((n, 1))
    for i in range(n):
        for k in range(m):
            dgamma[i] += dz_tilde[i, k] * z_norm[i, k]
            dbeta[i] = dz_tilde[i, k]
    return dgamma, dbeta


@wrong("keeps-the-last-share-of-dgamma")
def dgamma_written_over(dz_tilde, z_norm):
    dbeta = np.zeros((len(dz_tilde), 1))
    for k in range(dz_tilde.shape[1]):
        dgamma = dz_tilde[:, [k]] * z_norm[:, [k]]
        dbeta += dz_tilde[:, [k]]
    return dgamma, dbeta


@wrong("keeps-the-last-shares")
def both_written_over(dz_tilde, z_norm):
    n, m = z_norm.shape
    dgamma, dbeta = np.zeros((n, 1)), np.zeros((n, 1))
    for i in range(n):
        for k in range(m):
            dgamma[i, 0] = dz_tilde[i, k] * z_norm[i, k]
            dbeta[i, 0] = dz_tilde[i, k]
    return dgamma, dbeta


@wrong("takes-a-mean-away-first")
def upstream_centred(dz_tilde, z_norm):
    d = dz_tilde - dz_tilde.mean(axis=1, keepdims=True)
    return (d * z_norm).sum(axis=1, keepdims=True), d.sum(axis=1, keepdims=True)


@wrong("adds-one-to-the-other")
def beta_leaks_into_gamma(dz_tilde, z_norm):
    dbeta = dz_tilde.sum(axis=1, keepdims=True)
    dgamma = (dz_tilde * z_norm).sum(axis=1, keepdims=True) + dbeta
    return dgamma, dbeta


@wrong("carries-the-sum-over")
def sums_that_go_on(dz_tilde, z_norm):
    dgamma, dbeta = np.zeros((len(z_norm), 1)), np.zeros((len(z_norm), 1))
    for_gamma = for_beta = 0.0
    for i, (d_row, row) in enumerate(zip(dz_tilde, z_norm, strict=True)):
        for d, v in zip(d_row, row, strict=True):
            for_gamma += d * v
            for_beta += d
        dgamma[i], dbeta[i] = for_gamma, for_beta
    return dgamma, dbeta


@wrong("sums-over-everything")
def one_number_in_every_row(dz_tilde, z_norm):
    n = len(dz_tilde)
    return np.full((n, 1), np.sum(dz_tilde * z_norm)), np.full((n, 1), np.sum(dz_tilde))
