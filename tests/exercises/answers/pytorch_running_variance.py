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


@right
def sum_of_squares(running, z, momentum=0.1):
    mu = z.mean(axis=1, keepdims=True)
    unbiased = ((z - mu) ** 2).sum(axis=1, keepdims=True) / (z.shape[1] - 1)
    return running * (1 - momentum) + unbiased * momentum


@right
def loop(running, z, momentum=0.1):
    n, m = z.shape
    result = np.zeros_like(running)
    for i in range(n):
        mu = sum(z[i]) / m
        total = 0.0
        for j in range(m):
            total += (z[i, j] - mu) ** 2
        result[i, 0] = (1 - momentum) * running[i, 0] + momentum * total / (m - 1)
    return result


@right
def einsum_average(running, z, momentum=0.1):
    centred = z - np.average(z, axis=1)[:, None]
    unbiased = np.einsum("ij,ij->i", centred, centred).reshape(-1, 1) / (z.shape[1] - 1)
    return np.average(np.stack([running, unbiased]), axis=0, weights=[1 - momentum, momentum])


@wrong("adds-a-flat-variance", "wrong-shape")
def wrong_flat(running, z, momentum=0.1):
    """The flat variance (n,) broadcasts to (n, n)."""
    return (1 - momentum) * running + momentum * z.var(axis=1, ddof=1)


@wrong("averages-in-the-deviation")
def std(running, z, momentum=0.1):
    """Uses the standard deviation instead of the variance."""
    return (1 - momentum) * running + momentum * z.std(axis=1, ddof=1, keepdims=True)


@wrong("turns-the-correction-over")
def bessel_inverse(running, z, momentum=0.1):
    """The unbiasing factor is upside down."""
    m = z.shape[1]
    return (1 - momentum) * running + momentum * z.var(axis=1, keepdims=True) * (m - 1) / m


@wrong("corrects-twice")
def bessel_twice(running, z, momentum=0.1):
    """Unbiases twice: ddof=1, and m / (m - 1)."""
    m = z.shape[1]
    return (1 - momentum) * running + momentum * z.var(axis=1, ddof=1, keepdims=True) * m / (m - 1)


@wrong("corrects-with-the-number-of-units")
def bessel_with_n(running, z, momentum=0.1):
    """Unbiases with the number of units, shape[0], instead of the examples."""
    n = z.shape[0]
    return (1 - momentum) * running + momentum * z.var(axis=1, keepdims=True) * n / (n - 1)


@wrong("corrects-the-average")
def bessel_on_everything(running, z, momentum=0.1):
    """The unbiasing factor is applied to the old variance as well."""
    m = z.shape[1]
    return ((1 - momentum) * running + momentum * z.var(axis=1, keepdims=True)) * m / (m - 1)


@wrong("keeps-the-average-whole")
def old_not_weighed(running, z, momentum=0.1):
    """The old variance keeps its full weight."""
    return running + momentum * z.var(axis=1, ddof=1, keepdims=True)


@wrong("averages-in-the-mean")
def mean(running, z, momentum=0.1):
    """Updates with the batch mean instead of the variance."""
    return (1 - momentum) * running + momentum * z.mean(axis=1, keepdims=True)


@wrong("averages-over-everything")
def whole_array(running, z, momentum=0.1):
    """Takes one variance over all units."""
    return (1 - momentum) * running + momentum * np.var(z, ddof=1)


@wrong("printed-not-returned")
def printed(running, z, momentum=0.1):
    """The variance is printed, not returned."""
    print((1 - momentum) * running + momentum * z.var(axis=1, ddof=1, keepdims=True))


@wrong("forgets-the-average")
def only_batch(running, z, momentum=0.1):
    """Returns the batch's variance without averaging."""
    return z.var(axis=1, ddof=1, keepdims=True)


@wrong("adds-a-flat-variance")
def without_keepdims(running, z, momentum=0.1):
    return (1 - momentum) * running + momentum * z.var(axis=1, ddof=1)


@wrong("counts-the-units")
def counts_units(running, z, momentum=0.1):
    n = z.shape[0]
    c = z - z.mean(axis=1, keepdims=True)
    var = (c**2).sum(axis=1, keepdims=True) / max(n - 1, 1)
    return (1 - momentum) * running + momentum * var


@wrong("corrects-with-the-number-of-units")
def counts_units_but_never_one(running, z, momentum=0.1):
    m = max(z.shape[0], 2)
    return (1 - momentum) * running + momentum * z.var(axis=1, keepdims=True) * m / (m - 1)


@wrong("ignores-z")
def takes_one_from_the_quotient(running, z, momentum=0.1):
    m = z.shape[1]
    var = z.var(axis=1, keepdims=True) * (m / m - 1)
    return (1 - momentum) * running + momentum * var


@wrong("centres-on-the-running-variance")
def around_the_running_variance(running, z, momentum=0.1):
    m = z.shape[1]
    var = ((z - running) ** 2).sum(axis=1, keepdims=True) / (m - 1)
    return (1 - momentum) * running + momentum * var


@wrong("adds-up-distances")
def without_a_square(running, z, momentum=0.1):
    d = abs(z - z.mean(axis=1, keepdims=True)).sum(axis=1, keepdims=True) / (z.shape[1] - 1)
    return (1 - momentum) * running + momentum * d


@wrong("holds-to-a-limit", None)
def momentum_of_a_thousandth_at_least(running, z, momentum=0.1):
    momentum = max(momentum, 1e-3)
    return (1 - momentum) * running + momentum * z.var(axis=1, ddof=1, keepdims=True)


@wrong("updates-for-every-example")
def an_update_for_every_example(running, z, momentum=0.1):
    var = np.var(z, axis=1, ddof=1, keepdims=True)
    for _ in range(z.shape[1]):
        running = (1 - momentum) * running + momentum * var
    return running


@wrong("makes-a-column-of-the-examples")
def columns_stood_up(running, z, momentum=0.1):
    var = np.var(z, axis=0, ddof=1).reshape(-1, 1)
    return (1 - momentum) * running + momentum * var


@wrong("makes-a-column-of-the-examples")
def biased_columns_stood_up(running, z, momentum=0.1):
    return (1 - momentum) * running + momentum * np.var(z, axis=0, keepdims=True).T


@wrong("adds-up-distances")
def mean_distance(running, z, momentum=0.1):
    d = np.abs(z - z.mean(axis=1, keepdims=True)).mean(axis=1, keepdims=True)
    return running + momentum * (d - running)


@wrong("counts-the-units")
def divided_by_all_units(running, z, momentum=0.1):
    c = z - z.mean(axis=1, keepdims=True)
    var = np.sum(c**2, axis=1, keepdims=True) / len(z)
    return (1 - momentum) * running + momentum * var


@wrong("gives-both-one-weight")
def the_small_weight_for_both(running, z, momentum=0.1):
    return momentum * (running + z.var(axis=1, ddof=1, keepdims=True))


@wrong("takes-a-step-for-every-example")
def example_by_example(running, z, momentum=0.1):
    centred = z - z.mean(axis=1, keepdims=True)
    for k in range(z.shape[1]):
        running = running + momentum * (centred[:, [k]] ** 2 - running)
    return running


@wrong("takes-one-away-at-the-end")
def minus_one_outside(running, z, momentum=0.1):
    """Brackets missing: divides by m and then subtracts 1."""
    c = z - z.mean(axis=1, keepdims=True)
    var = (c * c).sum(axis=1, keepdims=True) / z.shape[1] - 1
    return (1 - momentum) * running + momentum * var


@wrong("divides-the-mean-by-m-minus-one")
def mean_over_m_minus_one(running, z, momentum=0.1):
    """Divides by m - 1 in the mean as well as in the variance."""
    m = z.shape[1]
    mu = z.sum(axis=1, keepdims=True) / (m - 1)
    var = ((z - mu) ** 2).sum(axis=1, keepdims=True) / (m - 1)
    return (1 - momentum) * running + momentum * var


@wrong("leaves-out-an-example")
def drops_an_example(running, z, momentum=0.1):
    """Leaves out the last example from the sum to come to m - 1."""
    mu = z.mean(axis=1, keepdims=True)
    total = 0.0
    for j in range(z.shape[1] - 1):
        total = total + (z[:, j : j + 1] - mu) ** 2
    return (1 - momentum) * running + momentum * total / (z.shape[1] - 1)


@wrong("divides-by-one-more")
def over_m_plus_one(running, z, momentum=0.1):
    m = z.shape[1]
    result = []
    for i in range(len(z)):
        d = z[i] - z[i].mean()
        result.append((1 - momentum) * running[i] + momentum * (d @ d) / (m + 1))
    return np.array(result)


@wrong("divides-by-two-less")
def a_ddof_of_two(running, z, momentum=0.1):
    return running * (1 - momentum) + momentum * np.var(z, axis=1, ddof=2, keepdims=True)
