"""Answers to `affine_gradients`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_plain(dz_tilde, z_norm):
    dgamma = np.sum(dz_tilde * z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dz_tilde, axis=1, keepdims=True)
    return dgamma, dbeta


@right
def correct_einsum_list(dz_tilde, z_norm):
    return [np.einsum("ij,ij->i", dz_tilde, z_norm)[:, None], np.einsum("ij->i", dz_tilde)[:, None]]


@right
def correct_diagonal(dz_tilde, z_norm):
    dgamma = np.diag(dz_tilde @ z_norm.T).reshape(-1, 1)
    dbeta = dz_tilde @ np.ones((dz_tilde.shape[1], 1), dtype=dz_tilde.dtype)
    return dgamma, dbeta


@right
def correct_loop_over_examples(dz_tilde, z_norm):
    n, m = z_norm.shape
    dgamma, dbeta = np.zeros((n, 1)), np.zeros((n, 1))
    for i in range(m):
        dgamma += dz_tilde[:, i : i + 1] * z_norm[:, i : i + 1]
        dbeta += dz_tilde[:, i : i + 1]
    return dgamma, dbeta


@right
def correct_row_dots(dz_tilde, z_norm):
    scale_gradient = np.array([[np.dot(d, z)] for d, z in zip(dz_tilde, z_norm)])
    shift_gradient = np.array([[d.sum()] for d in dz_tilde])
    return scale_gradient, shift_gradient


@right
def correct_mean_times_m(dz_tilde, z_norm):
    m = z_norm.shape[1]
    return m * np.mean(z_norm * dz_tilde, 1)[:, np.newaxis], m * np.mean(dz_tilde, 1)[:, np.newaxis]


@wrong("swapped-results")
def wrong_swapped(dz_tilde, z_norm):
    """Returns (dbeta, dgamma) in the wrong order."""
    dgamma = np.sum(dz_tilde * z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dz_tilde, axis=1, keepdims=True)
    return dbeta, dgamma


@wrong("averages-over-the-batch")
def wrong_extra_mean(dz_tilde, z_norm):
    """Averages over the examples: an extra 1/m."""
    return (dz_tilde * z_norm).mean(axis=1, keepdims=True), dz_tilde.mean(axis=1, keepdims=True)


@wrong("averages-dbeta")
def wrong_mean_of_dbeta(dz_tilde, z_norm):
    """Averages dbeta only."""
    return (dz_tilde * z_norm).sum(axis=1, keepdims=True), dz_tilde.mean(axis=1, keepdims=True)


@wrong("sums-over-units")
def wrong_axis(dz_tilde, z_norm):
    """Sums over the units (axis 0)."""
    return (dz_tilde * z_norm).sum(axis=0, keepdims=True), dz_tilde.sum(axis=0, keepdims=True)


@wrong("flat-shape")
def wrong_flat(dz_tilde, z_norm):
    """Returns flat (n,) arrays."""
    return (dz_tilde * z_norm).sum(axis=1), dz_tilde.sum(axis=1)


@wrong("does-not-sum")
def wrong_no_sum(dz_tilde, z_norm):
    """Forgets to sum over the examples."""
    return dz_tilde * z_norm, dz_tilde


@wrong("forgets-z-norm-in-dgamma")
def wrong_no_z_norm(dz_tilde, z_norm):
    """Forgets the factor z_norm in dgamma."""
    dbeta = dz_tilde.sum(axis=1, keepdims=True)
    return dbeta, dbeta


@wrong("multiplies-the-sums")
def wrong_product_of_sums(dz_tilde, z_norm):
    """Multiplies the sums instead of summing the products."""
    dbeta = dz_tilde.sum(axis=1, keepdims=True)
    return dbeta * z_norm.sum(axis=1, keepdims=True), dbeta


@wrong("multiplies-as-matrices")
def wrong_matrix_product(dz_tilde, z_norm):
    """Uses dz_tilde @ z_norm.T, an (n, n) matrix, for dgamma."""
    return dz_tilde @ z_norm.T, dz_tilde.sum(axis=1, keepdims=True)


@wrong("turns-the-sign")
def wrong_sign(dz_tilde, z_norm):
    """Returns both gradients with a minus sign, as if already for descent."""
    return -(dz_tilde * z_norm).sum(axis=1, keepdims=True), -dz_tilde.sum(axis=1, keepdims=True)


@wrong("sums-z-norm-for-dbeta")
def wrong_dbeta_of_z(dz_tilde, z_norm):
    """Sums z_norm instead of dz_tilde for dbeta."""
    return (dz_tilde * z_norm).sum(axis=1, keepdims=True), z_norm.sum(axis=1, keepdims=True)


@wrong("number-for-array+sums-over-everything")
def wrong_total(dz_tilde, z_norm):
    """Forgets the axis and sums over everything."""
    return np.sum(dz_tilde * z_norm), np.sum(dz_tilde)


@wrong("multiplies-dbeta-by-z-norm+changed-arguments")
def wrong_in_place(dz_tilde, z_norm):
    """Multiplies dz_tilde in place, so dbeta is spoilt and the argument changed."""
    dz_tilde *= z_norm
    return dz_tilde.sum(axis=1, keepdims=True), dz_tilde.sum(axis=1, keepdims=True)


@wrong("changed-arguments")
def wrong_changes_after(dz_tilde, z_norm):
    """Gets both results right but multiplies dz_tilde in place on the way."""
    dbeta = dz_tilde.sum(axis=1, keepdims=True)
    dz_tilde *= z_norm
    return dz_tilde.sum(axis=1, keepdims=True), dbeta


@wrong("nothing-returned")
def wrong_no_return(dz_tilde, z_norm):
    """Has no return."""
    dgamma = np.sum(dz_tilde * z_norm, axis=1, keepdims=True)  # noqa: F841
    dbeta = np.sum(dz_tilde, axis=1, keepdims=True)  # noqa: F841


@wrong("flat-shape+averages-over-the-batch")
def wrong_flat_and_mean(dz_tilde, z_norm):
    """Two slips: flat shape, and an extra 1/m."""
    return (dz_tilde * z_norm).mean(axis=1), dz_tilde.mean(axis=1)


@wrong("raised-TypeError")
def wrong_misspelt(dz_tilde, z_norm):
    """Writes keepdim instead of keepdims, so a TypeError is raised."""
    return np.sum(dz_tilde * z_norm, axis=1, keepdim=True), np.sum(dz_tilde, axis=1, keepdim=True)
