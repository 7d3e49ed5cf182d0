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


@right
def turned_and_back(z, gamma, beta, mean, var, eps=1e-5):
    g, b, mu, s = (c.ravel() for c in (gamma, beta, mean, np.sqrt(var + eps)))
    return (((z.T - mu) / s) * g + b).T


@right
def with_a_diagonal_matrix(z, gamma, beta, mean, var, eps=1e-5):
    return np.diagflat(gamma / np.sqrt(var + eps)) @ (z - mean) + beta


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
