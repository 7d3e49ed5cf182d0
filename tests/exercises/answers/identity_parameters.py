"""Answers to `identity_parameters`."""

import numpy as np
from legal import eps, rows, sizes

from answers import right, wrong


def anything(rng, dtype):
    """Any n and m; in float32 an eps beyond the rounding of the squares, or E[z^2] - mu^2 fails."""
    z = rows(rng, *sizes(rng, 1, 1)).astype(dtype)
    return z, *(eps(rng) if dtype == np.float64 else (float(rng.uniform(0.1, 3)),))


@right
def one_where_any_gamma_will_do(z, eps=1e-5):
    beta = np.average(z, axis=1)[:, None]
    var = np.einsum("ij,ij->i", z - beta, z - beta)[:, None] / z.shape[1]
    return np.where(var == 0, 1.0, (var + eps) ** 0.5), beta


@right
def two_statistics(z, eps=1e-5):
    return np.sqrt(np.var(z, axis=1, keepdims=True) + eps), np.mean(z, axis=1, keepdims=True)


@right
def by_a_power(z, eps=1e-5):
    m = z.shape[1]
    beta = z.sum(axis=1, keepdims=True) / m
    gamma = (((z - beta) ** 2).sum(axis=1, keepdims=True) / m + eps) ** 0.5
    return [gamma, beta]


@right
def by_the_deviation(z, eps=1e-5):
    s = z.std(axis=1).reshape(-1, 1)
    return np.sqrt(s * s + eps), z.mean(axis=1).reshape(-1, 1)


@right
def difference_of_squares(z, eps=1e-5):
    mu = z.mean(1, keepdims=True)
    return np.sqrt((z**2).mean(1, keepdims=True) - mu**2 + eps), mu


@right
def row_by_row(z, eps=1e-5):
    gamma = np.array([[np.sqrt(row.var() + eps)] for row in z])
    return gamma, np.array([[row.mean()] for row in z])


@wrong("leaves-out-eps")
def deviation(z, eps=1e-5):
    return z.std(axis=1, keepdims=True), z.mean(axis=1, keepdims=True)


@wrong("gives-the-variance")
def variance(z, eps=1e-5):
    return z.var(axis=1, keepdims=True) + eps, z.mean(axis=1, keepdims=True)


@wrong("swapped-results")
def beta_first(z, eps=1e-5):
    return z.mean(axis=1, keepdims=True), np.sqrt(z.var(axis=1, keepdims=True) + eps)


@wrong("flat-shape")
def flat(z, eps=1e-5):
    return np.sqrt(z.var(axis=1) + eps), z.mean(axis=1)


@wrong("gives-the-inverse+gives-the-normalizing-shift")
def normalizing(z, eps=1e-5):
    inv = 1 / np.sqrt(z.var(axis=1, keepdims=True) + eps)
    return inv, -z.mean(axis=1, keepdims=True) * inv


@wrong("negates-the-mean")
def minus_mean(z, eps=1e-5):
    return np.sqrt(z.var(axis=1, keepdims=True) + eps), -z.mean(axis=1, keepdims=True)


@wrong("hard-coded-eps")
def usual_eps(z, eps=1e-5):
    return np.sqrt(z.var(axis=1, keepdims=True) + 1e-5), z.mean(axis=1, keepdims=True)


@wrong("adds-eps-outside-the-root")
def eps_last(z, eps=1e-5):
    return z.std(axis=1, keepdims=True) + eps, z.mean(axis=1, keepdims=True)


@wrong("averages-over-units")
def over_the_layer(z, eps=1e-5):
    return np.sqrt(z.var(axis=0, keepdims=True) + eps), z.mean(axis=0, keepdims=True)


@wrong("leaves-gamma-at-one+leaves-beta-at-zero")
def as_initialized(z, eps=1e-5):
    n = z.shape[0]
    return np.ones((n, 1)), np.zeros((n, 1))


@right
def formula(z, eps=1e-5):
    m = z.shape[1]
    beta = np.sum(z, axis=1)[:, None] / m
    gamma = np.sqrt(np.sum((z - beta) ** 2, axis=1)[:, None] / m + eps)
    return gamma, beta


@right
def loop(z, eps=1e-5):
    n, m = z.shape  # noqa: RUF059
    gamma, beta = np.zeros((n, 1)), np.zeros((n, 1))
    for unit in range(n):
        beta[unit] = np.mean(z[unit])
        gamma[unit] = np.sqrt(np.var(z[unit]) + eps)
    return gamma, beta


@right
def einsum(z, eps=1e-5):
    m = z.shape[1]
    mu = np.einsum("ij->i", z).reshape(-1, 1) / m
    d = z - mu
    return np.sqrt(np.einsum("ij,ij->i", d, d).reshape(-1, 1) / m + eps), mu


@wrong("gives-the-inverse")
def inverse(z, eps=1e-5):
    """Returns one over the standard deviation for gamma."""
    return 1 / np.sqrt(z.var(axis=1, keepdims=True) + eps), z.mean(axis=1, keepdims=True)


@wrong("divides-the-mean-by-the-root")
def beta_scaled(z, eps=1e-5):
    """Divides the mean by the standard deviation for beta."""
    gamma = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    return gamma, z.mean(axis=1, keepdims=True) / gamma


@wrong("divides-by-m-minus-one")
def wrong_ddof(z, eps=1e-5):
    """Uses the unbiased variance (ddof=1)."""
    return np.sqrt(z.var(axis=1, ddof=1, keepdims=True) + eps), z.mean(axis=1, keepdims=True)


@wrong("swapped-results+leaves-out-eps")
def swapped_no_eps(z, eps=1e-5):
    """Two slips: results swapped, and eps forgotten."""
    return z.mean(axis=1, keepdims=True), z.std(axis=1, keepdims=True)


@wrong("printed-not-returned")
def printed(z, eps=1e-5):
    """Prints the parameters and returns nothing."""
    print(np.sqrt(z.var(axis=1, keepdims=True) + eps), z.mean(axis=1, keepdims=True))


@wrong("wrong-number-of-results")
def only_gamma(z, eps=1e-5):
    """Returns gamma alone."""
    return np.sqrt(z.var(axis=1, keepdims=True) + eps)


@wrong("gives-z-back")
def returns_z(z, eps=1e-5):
    """Returns the reconstructed activations in place of the parameters."""
    gamma = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    beta = z.mean(axis=1, keepdims=True)
    return gamma * (z - beta) / gamma + beta


@wrong("raised-AttributeError")
def misspelt(z, eps=1e-5):
    """Calls the non-existent method z.average."""
    return np.sqrt(z.var(axis=1, keepdims=True) + eps), z.average(axis=1, keepdims=True)


@wrong("takes-two-roots")
def root_by_root(z, eps=1e-5):
    """Hypot forgotten: the roots of var and eps are added one by one."""
    return np.sqrt(z.var(1, keepdims=True)) + np.sqrt(eps), z.mean(1, keepdims=True)


@wrong("takes-the-statistics-of-z-norm")
def of_what_came_out(z, eps=1e-5):
    z = (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + eps)
    return z.std(1, keepdims=True), z.mean(1, keepdims=True)


@wrong("subtracts-eps")
def eps_undone(z, eps=1e-5):
    var = z.var(axis=1, keepdims=True)
    return np.sqrt(np.maximum(var - eps, 0)), z.mean(axis=1, keepdims=True)


@wrong("takes-the-spread-of-z-norm")
def shrinkage(z, eps=1e-5):
    mu = z.mean(axis=1, keepdims=True)
    var = ((z - mu) ** 2).mean(axis=1, keepdims=True)
    return np.sqrt(var / (var + eps)), mu


@wrong("takes-an-example-for-the-mean")
def the_first_example_fits(z, eps=1e-5):
    return np.sqrt(z.var(axis=1, keepdims=True) + eps), z[:, :1].copy()
