"""Answers to `normalize`."""

import math

import numpy as np
from legal import eps, rows, sizes

from answers import right, wrong


def anything(rng, dtype):
    """Any n and m."""
    return rows(rng, *sizes(rng, 1, 1)).astype(dtype), *eps(rng)


@right
def two_lines(z, eps=1e-5):
    mu = np.mean(z, axis=1, keepdims=True)
    return (z - mu) / np.sqrt(np.var(z, axis=1, keepdims=True) + eps)


@right
def in_plain_loops(z, eps=1e-5):
    n, m = z.shape
    result = np.zeros((n, m))
    for i in range(n):
        total = 0.0
        for j in range(m):
            total += z[i, j]
        mu = total / m
        var = sum((z[i, j] - mu) ** 2 for j in range(m)) / m
        for j in range(m):
            result[i, j] = (z[i, j] - mu) / math.sqrt(var + eps)
    return result


@right
def difference_of_squares(z, eps=1e-5):
    mu = z.mean(1)[:, None]
    var = (z * z).mean(1)[:, None] - mu**2
    return (z - mu) * (var + eps) ** -0.5


@right
def with_einsum(z, eps=1e-5):
    m = z.shape[1]
    mu = np.einsum("ij->i", z) / m
    c = z - mu.reshape(-1, 1)
    return c / np.sqrt(np.einsum("ij,ij->i", c, c) / m + eps)[:, np.newaxis]


@right
def turned_and_turned_back(z, eps=1e-5):
    return ((z.T - z.mean(axis=1)) / np.sqrt(z.var(axis=1) + eps)).T


@right
def in_the_dtype_it_came_in(z, eps=1e-5):
    mu = z.mean(axis=1, keepdims=True, dtype=np.float64)
    var = np.square(z - mu).mean(axis=1, keepdims=True)
    return ((z - mu) / np.sqrt(var + eps)).astype(z.dtype)


@right
def row_by_row(z, eps=1e-5, *, verbose=False):
    return np.array([(row - row.mean()) / np.sqrt(row.var() + eps) for row in z])


@right
def on_a_copy_in_place(z, eps=1e-5):
    z = z.copy()
    z -= z.mean(axis=-1, keepdims=True)
    z /= np.sqrt((z**2).mean(axis=-1, keepdims=True) + eps)
    return z


@wrong("divides-by-the-variance")
def forgets_the_root(z, eps=1e-5):
    return (z - z.mean(1, keepdims=True)) / (z.var(1, keepdims=True) + eps)


@wrong("averages-over-units+divides-by-the-variance")
def two_at_once(z, eps=1e-5):
    return (z - z.mean(0)) / (z.var(0) + eps)


@wrong("leaves-out-eps")
def no_eps(z, eps=1e-5):
    return (z - z.mean(1, keepdims=True)) / z.std(1, keepdims=True)


@wrong("hard-coded-eps")
def eps_of_its_own(z, eps=1e-5):
    return (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + 1e-8)


@wrong("adds-eps-outside-the-root")
def deviation_plus_eps(z, eps=1e-5):
    return (z - z.mean(1, keepdims=True)) / (z.std(1, keepdims=True) + eps)


@wrong("transposed")
def turned(z, eps=1e-5):
    return ((z.T - z.mean(axis=1)) / np.sqrt(z.var(axis=1) + eps)).reshape(z.T.shape)


@wrong("changed-arguments")
def in_place(z, eps=1e-5):
    z -= z.mean(axis=1, keepdims=True)
    return z / np.sqrt(z.var(axis=1, keepdims=True) + eps)


@wrong("list-for-array")
def a_list_of_rows(z, eps=1e-5):
    return [list((row - row.mean()) / np.sqrt(row.var() + eps)) for row in z]
