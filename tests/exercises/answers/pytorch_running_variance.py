"""Answers to `pytorch_running_variance`."""

import statistics

import numpy as np
from legal import rows, share, sizes, variances

from answers import right, wrong


def anything(rng, dtype):
    """Any n, any m of two or more, and any momentum."""
    n, m = sizes(rng, 1, 2)
    arrays = variances(rng, n, 1).astype(dtype), rows(rng, n, m).astype(dtype)
    return arrays if rng.random() < 0.3 else (*arrays, share(rng))


@right
def in_one_line(running, z, momentum=0.1):
    return (1 - momentum) * running + momentum * np.var(z, axis=1, ddof=1, keepdims=True)


@right
def by_the_factor(running, z, momentum=0.1):
    m = z.shape[1]
    return running + momentum * (z.var(1, keepdims=True) * m / (m - 1) - running)


@right
def by_cov(running, z, momentum=0.1):
    var = np.atleast_2d(np.cov(z)).diagonal()[:, None]
    return running * (1 - momentum) + var * momentum


@right
def by_statistics(running, z, momentum=0.1):
    var = np.array([[statistics.variance(map(float, row))] for row in z])
    return (1.0 - momentum) * running + momentum * var


@right
def from_pairs_of_examples(running, z, momentum=0.1):
    m = z.shape[1]
    apart = (z[:, :, None] - z[:, None, :]) ** 2
    var = apart.sum(axis=(1, 2)) / (2 * m * (m - 1))
    return (1 - momentum) * running + momentum * var[:, None]


@right
def in_loops(running, z, momentum=0.1):
    out = np.zeros((len(z), 1))
    for i, row in enumerate(z):
        mu = row.sum() / row.size
        var = ((row - mu) ** 2).sum() / (row.size - 1)
        out[i] = running[i] * (1 - momentum) + momentum * var
    return out


@wrong("exchanges-the-weights")
def as_keras_does(running, z, momentum=0.1):
    return momentum * running + (1 - momentum) * z.var(axis=1, ddof=1, keepdims=True)


@wrong("keeps-the-biased-variance")
def biased(running, z, momentum=0.1):
    return (1 - momentum) * running + momentum * z.var(axis=1, keepdims=True)


@wrong("exchanges-the-weights+keeps-the-biased-variance")
def two_at_once(running, z, momentum=0.1):
    return momentum * running + (1 - momentum) * z.var(axis=1, keepdims=True)


@wrong("changed-arguments")
def in_place(running, z, momentum=0.1):
    running += momentum * (z.var(axis=1, ddof=1, keepdims=True) - running)
    return running


@wrong("hard-coded-momentum")
def own_momentum(running, z, momentum=0.1):
    return 0.9 * running + 0.1 * z.var(axis=1, ddof=1, keepdims=True)


@wrong("forgets-the-batch")
def never_updates(running, z, momentum=0.1):
    return running


@wrong("averages-over-units")
def down_the_columns(running, z, momentum=0.1):
    with np.errstate(all="ignore"):
        m = np.float64(len(z))
        return (1 - momentum) * running + momentum * z.var(axis=0, keepdims=True) * m / (m - 1)


@wrong("flat-shape")
def flat(running, z, momentum=0.1):
    return (1 - momentum) * running[:, 0] + momentum * z.var(axis=1, ddof=1)


@wrong("repeated-columns")
def for_every_example(running, z, momentum=0.1):
    new = (1 - momentum) * running + momentum * z.var(axis=1, ddof=1, keepdims=True)
    return np.ones_like(z) * new
