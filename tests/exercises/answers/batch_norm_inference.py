"""Answers to `batch_norm_inference`."""

import numpy as np
from legal import eps, rows, signed, sizes, variances

from answers import right, wrong


def anything(rng, dtype):
    """Any n and m, everything of both signs, statistics that are not the batch's."""
    n, m = sizes(rng, 1, 1)
    gamma, beta, mean = (signed(rng, n, 1) for _ in range(3))
    arrays = rows(rng, n, m), gamma, beta, mean * 5, variances(rng, n, 1)
    return *(a.astype(dtype) for a in arrays), *eps(rng)


@right
def as_the_lecture_writes_it(z, gamma, beta, mean, var, eps=1e-5):
    z_norm = (z - mean) / np.sqrt(var + eps)
    return np.multiply(gamma, z_norm) + beta


@right
def as_a_straight_line(z, gamma, beta, mean, var, eps=1e-5):
    slope = gamma / np.sqrt(var + eps)
    return slope * z + (beta - slope * mean)


@right
def column_by_column(z, gamma, beta, mean, var, eps=1e-5):
    out = np.zeros(z.shape)
    for j in range(z.shape[1]):
        column = z[:, j : j + 1]
        out[:, j : j + 1] = gamma * (column - mean) * (var + eps) ** -0.5 + beta
    return out


@right
def in_loops(z, gamma, beta, mean, var, eps=1e-5):
    n, m = z.shape
    rows = []
    for i in range(n):
        std = float(var[i, 0] + eps) ** 0.5
        rows.append([gamma[i, 0] * (z[i, j] - mean[i, 0]) / std + beta[i, 0] for j in range(m)])
    return np.array(rows)


@wrong("uses-the-batch-statistics")
def as_in_training(z, gamma, beta, mean, var, eps=1e-5):
    mu, v = z.mean(1, keepdims=True), z.var(1, keepdims=True)
    return gamma * (z - mu) / np.sqrt(v + eps) + beta


@wrong("divides-by-the-variance")
def no_root(z, gamma, beta, mean, var, eps=1e-5):
    return gamma * (z - mean) / (var + eps) + beta


@wrong("hard-coded-eps")
def own_eps(z, gamma, beta, mean, var, eps=1e-5):
    return gamma * (z - mean) / np.sqrt(var + 1e-5) + beta


@wrong("leaves-out-eps")
def no_eps(z, gamma, beta, mean, var, eps=1e-5):
    return gamma * (z - mean) / np.sqrt(var) + beta


@wrong("divides-by-the-variance+forgets-beta")
def two_at_once(z, gamma, beta, mean, var, eps=1e-5):
    return gamma * (z - mean) / (var + eps)


@wrong("stops-after-normalizing")
def normalized_only(z, gamma, beta, mean, var, eps=1e-5):
    return (z - mean) / np.sqrt(var + eps)


@wrong("changed-arguments")
def in_place(z, gamma, beta, mean, var, eps=1e-5):
    z -= mean
    z /= np.sqrt(var + eps)
    z *= gamma
    z += beta
    return z


@wrong("flat-shape", "wrong-shape", "wrong-for-one-example", None)
def squeezed(z, gamma, beta, mean, var, eps=1e-5):
    return (gamma * (z - mean) / np.sqrt(var + eps) + beta).squeeze()


@wrong("raised-NameError")
def misspelt(z, gamma, beta, mean, var, eps=1e-5):
    return gama * (z - mean) / np.sqrt(var + eps) + beta  # noqa: F821


@right
def helper_functions(z, gamma, beta, mean, var, eps=1e-5):
    def normalize(x):
        return (x - mean) * np.power(var + eps, -0.5)

    def scale_and_shift(x):
        return np.multiply(gamma, x) + beta

    return scale_and_shift(normalize(z))


@right
def einsum(z, gamma, beta, mean, var, eps=1e-5):
    scale = (gamma / np.sqrt(var + eps))[:, 0]
    return np.einsum("i,ij->ij", scale, z - mean) + beta


@right
def transposed(z, gamma, beta, mean, var, eps=1e-5):
    z_norm = (z.T - mean[:, 0]) / np.sqrt(var[:, 0] + eps)
    return (z_norm * gamma[:, 0] + beta[:, 0]).T


@wrong("adds-eps-outside-the-root")
def eps_outside(z, gamma, beta, mean, var, eps=1e-5):
    """eps is added outside the square root."""
    return gamma * (z - mean) / (np.sqrt(var) + eps) + beta


@wrong("forgets-beta")
def no_beta(z, gamma, beta, mean, var, eps=1e-5):
    """beta is forgotten."""
    return gamma * (z - mean) / np.sqrt(var + eps)


@wrong("exchanges-gamma-and-beta")
def gamma_beta_exchanged(z, gamma, beta, mean, var, eps=1e-5):
    """gamma and beta are exchanged."""
    return beta * (z - mean) / np.sqrt(var + eps) + gamma


@wrong("does-not-centre")
def mean_forgotten(z, gamma, beta, mean, var, eps=1e-5):
    """The mean is not subtracted."""
    return gamma * z / np.sqrt(var + eps) + beta


@wrong("uses-the-batch-mean")
def batch_mean_only(z, gamma, beta, mean, var, eps=1e-5):
    """Centres with the batch's mean but scales with the given variance."""
    return gamma * (z - z.mean(axis=1, keepdims=True)) / np.sqrt(var + eps) + beta


@wrong("loses-the-brackets")
def parentheses(z, gamma, beta, mean, var, eps=1e-5):
    """A parenthesis is missing, so only the mean is divided."""
    return gamma * (z - mean / np.sqrt(var + eps)) + beta


@wrong("multiplies-by-the-deviation")
def multiplied(z, gamma, beta, mean, var, eps=1e-5):
    """Multiplies by the standard deviation instead of dividing."""
    return gamma * (z - mean) * np.sqrt(var + eps) + beta


@wrong("printed-not-returned")
def printed(z, gamma, beta, mean, var, eps=1e-5):
    """The result is printed, not returned."""
    print(gamma * (z - mean) / np.sqrt(var + eps) + beta)


@wrong("uses-the-batch-statistics+leaves-out-eps")
def batch_and_no_eps(z, gamma, beta, mean, var, eps=1e-5):
    """Two slips: the batch's own statistics, and eps forgotten."""
    mu = z.mean(axis=1, keepdims=True)
    return gamma * (z - mu) / z.std(axis=1, keepdims=True) + beta


@wrong("scales-the-shift-too")
def shift_inside(z, gamma, beta, mean, var, eps=1e-5):
    """gamma multiplies beta as well."""
    return gamma * ((z - mean) / np.sqrt(var + eps) + beta)


@wrong("normalizes-once-more")
def training_after_all(z, gamma, beta, mean, var, eps=1e-5):
    z = (z - mean) / np.sqrt(var + eps)
    mu, s2 = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
    return gamma * (z - mu) / np.sqrt(s2 + eps) + beta


@wrong("subtracts-the-mean-after-scaling")
def scales_first(z, gamma, beta, mean, var, eps=1e-5):
    z_tilde = gamma * z / np.sqrt(var + eps)
    return z_tilde - mean + beta


@wrong("takes-the-statistics-for-the-parameters")
def parameters_in_the_statistics_place(z, gamma, beta, mean, var, eps=1e-5):
    def apply(z, mean, var, gamma, beta):
        return gamma * (z - mean) * (var + eps) ** -0.5 + beta

    return apply(z, gamma, beta, mean, var)


@wrong("averages-in-the-batch")
def half_of_each(z, gamma, beta, mean, var, eps=1e-5):
    mean = (mean + np.mean(z, axis=1)[:, None]) / 2
    var = (var + np.var(z, axis=1)[:, None]) / 2
    return (z - mean) / np.sqrt(var + eps) * gamma + beta


@wrong("leaves-gamma-out-of-the-shift")
def the_mean_over_the_root(z, gamma, beta, mean, var, eps=1e-5):
    root = np.sqrt(var + eps)
    return z * (gamma / root) + (beta - mean / root)


@wrong("loses-the-brackets")
def without_any_brackets(z, gamma, beta, mean, var, eps=1e-5):
    return gamma * z - mean / np.sqrt(var + eps) + beta


@wrong("subtracts-z-from-the-mean")
def the_mean_less_z(z, gamma, beta, mean, var, eps=1e-5):
    return (mean - z) * (gamma / np.sqrt(var + eps)) + beta


@wrong("adds-eps-after-the-division")
def eps_outside_a_bracket(z, gamma, beta, mean, var, eps=1e-5):
    z_norm = (z - mean) / np.sqrt(var) + eps
    return gamma * z_norm + beta


@wrong("takes-the-root-twice")
def the_root_of_a_deviation(z, gamma, beta, mean, var, eps=1e-5):
    std = np.sqrt(var)
    return gamma * (z - mean) / np.sqrt(std + eps) + beta


@wrong("averages-in-the-batch")
def updates_the_mean_first(z, gamma, beta, mean, var, eps=1e-5):
    momentum = 0.9
    mean = momentum * mean + (1 - momentum) * np.mean(z, axis=1, keepdims=True)
    z_hat = (z - mean) / np.sqrt(var + eps)
    return gamma * z_hat + beta


@wrong("averages-in-the-batch")
def updates_the_var_first(z, gamma, beta, mean, var, eps=1e-5):
    var = var + 0.1 * (np.var(z, axis=1, keepdims=True) - var)
    return gamma * ((z - mean) / np.sqrt(var + eps)) + beta


@wrong("takes-var-for-the-mean-of-squares")
def var_as_a_second_moment(z, gamma, beta, mean, var, eps=1e-5):
    variance = np.maximum(var - mean**2, 0)
    return gamma * (z - mean) / np.sqrt(variance + eps) + beta


@wrong("takes-var-for-the-mean-of-squares")
def var_as_a_second_moment_unguarded(z, gamma, beta, mean, var, eps=1e-5):
    variance = var - mean * mean
    return gamma * (z - mean) / np.sqrt(variance + eps) + beta


@wrong("takes-the-batch-mean-away-too")
def centred_twice(z, gamma, beta, mean, var, eps=1e-5):
    z = z - np.mean(z, axis=1, keepdims=True)
    return beta + gamma * (z - mean) / np.sqrt(var + eps)


@wrong("takes-a-diagonal-of-a-column")
def a_diagonal_of_a_column(z, gamma, beta, mean, var, eps=1e-5):
    scale = np.diag(gamma / np.sqrt(var + eps))
    return scale * (z - mean) + beta
