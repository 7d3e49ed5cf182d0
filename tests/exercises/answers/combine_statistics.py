"""Answers to `combine_statistics`."""

import numpy as np
from legal import signed, sizes, variances

from answers import right, wrong


def anything(rng, dtype):
    """Any number of batches of any size."""
    n, batches = sizes(rng, 1, 1)
    means = [signed(rng, n, 1).astype(dtype) for _ in range(batches)]
    spreads = [variances(rng, n, 1).astype(dtype) for _ in range(batches)]
    return means, spreads, [int(m) for m in rng.integers(1, rng.choice([3, 30]), batches)]


@right
def by_the_mean_of_squares(means, variances, sizes):
    total = sum(sizes)
    mean = sum(m * mu for m, mu in zip(sizes, means, strict=True)) / total
    squares = sum(m * (v + mu**2) for m, v, mu in zip(sizes, variances, means, strict=True)) / total
    return mean, squares - mean**2


@right
def side_by_side(means, variances, sizes):
    mu, v, m = np.hstack(means), np.hstack(variances), np.array(sizes)
    mean = (mu * m).sum(axis=1, keepdims=True) / m.sum()
    return mean, ((v + (mu - mean) ** 2) * m).sum(axis=1, keepdims=True) / m.sum()


@right
def by_average(means, variances, sizes):
    mean = np.average(means, axis=0, weights=sizes)
    within = np.average(variances, axis=0, weights=sizes)
    between = np.average([(mu - mean) ** 2 for mu in means], axis=0, weights=sizes)
    return mean, within + between


@right
def two_at_a_time(means, variances, sizes):
    """Chan's parallel algorithm."""
    mean, var, m = means[0], variances[0], sizes[0]
    for mu_b, var_b, m_b in zip(means[1:], variances[1:], sizes[1:], strict=True):
        delta, total = mu_b - mean, m + m_b
        var = (m * var + m_b * var_b) / total + delta**2 * m * m_b / total**2
        mean = mean + delta * m_b / total
        m = total
    return mean, var


@right
def from_sums(means, variances, sizes):
    count, first, second = 0, np.zeros_like(means[0], dtype=float), 0.0
    for i in range(len(sizes)):
        count += sizes[i]
        first = first + sizes[i] * means[i]
        second = second + sizes[i] * variances[i] + sizes[i] * means[i] * means[i]
    mean = first / count
    return [mean, second / count - mean * mean]


@right
def from_examples_that_have_these_statistics(means, variances, sizes):
    weights = np.array(sizes) / sum(sizes)
    mean = sum(w * mu for w, mu in zip(weights, means, strict=True))
    distances = [((mu + s * np.sqrt(v)) - mean) ** 2
                 for mu, v in zip(means, variances, strict=True) for s in (-1, 1)]  # fmt: skip
    return mean, sum(w * d for w, d in zip(np.repeat(weights / 2, 2), distances, strict=True))


@wrong("forgets-the-spread-of-the-means")
def averages_variances(means, variances, sizes):
    total = sum(sizes)
    mean = sum(m * mu for m, mu in zip(sizes, means, strict=True)) / total
    return mean, sum(m * v for m, v in zip(sizes, variances, strict=True)) / total


@wrong("ignores-the-sizes+forgets-the-spread-of-the-means")
def plain_means(means, variances, sizes):
    return sum(means) / len(means), sum(variances) / len(variances)


@wrong("ignores-the-sizes")
def equal_weights(means, variances, sizes):
    mean = np.mean(means, axis=0)
    return mean, np.mean([v + (mu - mean) ** 2 for mu, v in zip(means, variances, strict=True)], 0)


@wrong("forgets-to-take-the-mean-away")
def mean_of_squares(means, variances, sizes):
    mean = np.average(means, axis=0, weights=sizes)
    return mean, np.average(np.array(variances) + np.array(means) ** 2, axis=0, weights=sizes)


@wrong("swapped-results")
def variance_first(means, variances, sizes):
    mean = np.average(means, axis=0, weights=sizes)
    spread = [v + (mu - mean) ** 2 for mu, v in zip(means, variances, strict=True)]
    return np.average(spread, axis=0, weights=sizes), mean


@wrong("divides-by-one-less")
def unbiased(means, variances, sizes):
    mean, var = by_the_mean_of_squares(means, variances, sizes)
    return mean, var * sum(sizes) / np.float64(sum(sizes) - 1)


@wrong("changed-arguments")
def in_place(means, variances, sizes):
    for mu, m in zip(means, sizes, strict=True):
        mu *= m
    return sum(means) / sum(sizes), variances[0]


@wrong("weighs-by-one-less", None)
def pooled_as_in_statistics(means, variances, sizes):
    weights = [m - 1.0 for m in sizes]
    mean = sum(w * mu for w, mu in zip(weights, means, strict=True)) / sum(weights)
    spread = [v + (mu - mean) ** 2 for mu, v in zip(means, variances, strict=True)]
    return mean, sum(w * s for w, s in zip(weights, spread, strict=True)) / sum(weights)


@wrong("wrong-for-one-unit")
def numbers_for_one_unit(means, variances, sizes):
    mean, var = by_the_mean_of_squares(means, variances, sizes)
    return (mean, var) if len(mean) > 1 else (mean.item(), var.item())


@wrong(None, "raised-StatisticsError", "not-finite")
def for_two_or_more_batches(means, variances, sizes):
    mean, var = by_the_mean_of_squares(means, variances, sizes)
    return mean, var if len(sizes) > 1 else var * np.nan
