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
