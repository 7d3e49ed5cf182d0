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


@right
def einsum(means, variances, sizes):
    share = np.asarray(sizes) / sum(sizes)
    mean = np.einsum("k,kij->ij", share, np.stack(means))
    deviations = np.stack(means) - mean
    var = np.einsum("k,kij->ij", share, np.stack(variances) + deviations**2)
    return mean, var


@right
def sums_loop(means, variances, sizes):
    number_of_examples = 0
    sum_of_z = np.zeros(means[0].shape)
    sum_of_squares = np.zeros(means[0].shape)
    for i in range(len(sizes)):
        number_of_examples += sizes[i]
        sum_of_z += sizes[i] * means[i]
        sum_of_squares += sizes[i] * (variances[i] + np.square(means[i]))
    mean = sum_of_z / number_of_examples
    return mean, sum_of_squares / number_of_examples - mean**2


@wrong("ignores-the-sizes+forgets-the-spread-of-the-means")
def only_averages(means, variances, sizes):
    """Two slips: sizes ignored and the spread of the means forgotten."""
    return np.mean(means, axis=0), np.mean(variances, axis=0)


@wrong("divides-by-one-less")
def unbiased_total(means, variances, sizes):
    """Divides the summed squares by the number of examples minus one."""
    total = sum(sizes)
    mean = sum(k * mu for mu, k in zip(means, sizes)) / total
    var = sum(k * (v + (mu - mean) ** 2) for mu, v, k in zip(means, variances, sizes))
    return mean, var / (total - 1)


@wrong("undoes-an-unbiased-variance")
def treats_as_unbiased(means, variances, sizes):
    """Multiplies each variance by its size minus one, as if it were unbiased."""
    total = sum(sizes)
    mean = sum(k * mu for mu, k in zip(means, sizes)) / total
    var = sum((k - 1) * v + k * (mu - mean) ** 2 for mu, v, k in zip(means, variances, sizes))
    return mean, var / total


@wrong("weighs-the-spread-of-the-means-equally")
def between_unweighted(means, variances, sizes):
    """The spread of the means is not weighed by the sizes."""
    mean = np.average(means, axis=0, weights=sizes)
    within = np.average(variances, axis=0, weights=sizes)
    return mean, within + np.var(means, axis=0)


@wrong("forgets-to-take-the-mean-away")
def squares_not_subtracted(means, variances, sizes):
    """Returns the second moment, without subtracting the squared mean."""
    total = sum(sizes)
    mean = sum(k * mu for mu, k in zip(means, sizes)) / total
    var = sum(k * (v + mu**2) for mu, v, k in zip(means, variances, sizes)) / total
    return mean, var


@wrong("flat-shape")
def flat(means, variances, sizes):
    """The results come flat, of shape (n,)."""
    share = np.array(sizes) / sum(sizes)
    mu, v = np.hstack(means), np.hstack(variances)
    mean = mu @ share
    return mean, (v + (mu - mean[:, None]) ** 2) @ share


@wrong("never-divides-the-variance")
def sum_not_divided(means, variances, sizes):
    """The variance's sum is never divided by the number of examples."""
    mean = np.average(means, axis=0, weights=sizes)
    return mean, sum(k * (v + (m - mean) ** 2) for m, v, k in zip(means, variances, sizes))


@wrong("changed-arguments")
def accumulates_in_first(means, variances, sizes):
    """+= adds into the first batch's own array, changing the argument."""
    total = sum(sizes)
    mean = means[0]
    mean *= sizes[0] / total
    for mu, k in zip(means[1:], sizes[1:]):
        mean += k / total * mu
    var = sum(k * (v + (mu - mean) ** 2) for mu, v, k in zip(means, variances, sizes)) / total
    return mean, var


@wrong("does-not-square-the-distances", "forgets-the-spread-of-the-means")
def deviation_not_squared(means, variances, sizes):
    """The deviation of the means is not squared, so it cancels."""
    mean = np.average(means, axis=0, weights=sizes)
    var = np.average([v + (m - mean) for m, v in zip(means, variances)], axis=0, weights=sizes)
    return mean, var


@wrong("averages-over-units")
def wrong_axis(means, variances, sizes):
    """Averages over the units instead of the batches."""
    mu, v = np.hstack(means), np.hstack(variances)
    mean = mu.mean(axis=0, keepdims=True)
    return mean, v.mean(axis=0, keepdims=True) + mu.var(axis=0, keepdims=True)


@wrong("gives-the-standard-deviation")
def returns_std(means, variances, sizes):
    """Returns the standard deviation instead of the variance."""
    mean = np.average(means, axis=0, weights=sizes)
    var = np.average([v + (m - mean) ** 2 for m, v in zip(means, variances)], axis=0, weights=sizes)
    return mean, np.sqrt(var)


@wrong("drops-the-last-batch")
def last_batch_dropped(means, variances, sizes):
    """An off-by-one loop leaves the last batch out."""
    total = sum(sizes)
    mean = sum(sizes[i] * means[i] for i in range(len(sizes) - 1)) / total
    var = (
        sum(sizes[i] * (variances[i] + (means[i] - mean) ** 2) for i in range(len(sizes) - 1))
        / total
    )
    return mean, var


@wrong("pools-sample-variances")
def pooled_over_degrees_of_freedom(means, variances, sizes):
    N = sum(sizes)
    mean = sum(n * m for n, m in zip(sizes, means, strict=True)) / N
    var = sum((n - 1) * v for n, v in zip(sizes, variances, strict=True)) / (N - len(sizes))
    return mean, var


@wrong("takes-the-spread-of-the-means-unweighted")
def without_sizes(means, variances, sizes):
    N = sum(sizes)
    mean = sum(n * m for n, m in zip(sizes, means, strict=True)) / N
    var = sum(n * v + (m - mean) ** 2 for n, v, m in zip(sizes, variances, means, strict=True)) / N
    return mean, var


@wrong("averages-the-variances-unweighted")
def plain_mean_of_variances(means, variances, sizes):
    total = sum(sizes)
    mean = sum(m * mu for m, mu in zip(sizes, means)) / total
    within = sum(variances) / len(variances)
    between = sum(m * (mu - mean) ** 2 for m, mu in zip(sizes, means)) / total
    return mean, within + between


@wrong("averages-the-deviations")
def deviations_weighted_and_squared(means, variances, sizes):
    total = sum(sizes)
    mean = sum(m * mu for m, mu in zip(sizes, means)) / total
    std = sum(m * np.sqrt(v) for m, v in zip(sizes, variances)) / total
    between = sum(m * (mu - mean) ** 2 for m, mu in zip(sizes, means)) / total
    return mean, std**2 + between


@wrong("moves-the-mean-too-soon")
def one_by_one_too_soon(means, variances, sizes):
    """Merges one after the other, but moves the mean before the difference is taken."""
    n, mean, squares = sizes[0], means[0], variances[0] * sizes[0]
    for mu, v, m in zip(means[1:], variances[1:], sizes[1:]):
        mean = (n * mean + m * mu) / (n + m)
        squares = squares + v * m + (mu - mean) ** 2 * n * m / (n + m)
        n = n + m
    return mean, squares / n


@wrong("combines-two-batches-only")
def first_and_last(means, variances, sizes):
    """Two batches are combined, the first and the last; any between are skipped."""
    na, nb = sizes[0], sizes[-1]
    mean = (na * means[0] + nb * means[-1]) / (na + nb)
    var = (na * variances[0] + nb * variances[-1]) / (na + nb)
    return mean, var + na * nb * (means[0] - means[-1]) ** 2 / (na + nb) ** 2


@wrong("pools-sample-variances")
def pooled_within(means, variances, sizes):
    """Pooled within the batches: weights m - 1, over the total less the number of batches."""
    total = sum(sizes)
    mean = sum(m * mu for m, mu in zip(sizes, means)) / total
    within = sum((m - 1) * v for m, v in zip(sizes, variances)) / max(total - len(sizes), 1)
    between = sum(m * (mu - mean) ** 2 for m, mu in zip(sizes, means)) / total
    return mean, within + between


@wrong("takes-one-mean-for-all-units")
def one_mean_for_all(means, variances, sizes):
    """np.average over everything without an axis: one mean for all units, filled into (n, 1)."""
    mu = np.concatenate(means, axis=1)
    v = np.concatenate(variances, axis=1)
    weights = np.ones_like(mu) * np.array(sizes)
    mean = np.full((len(mu), 1), np.average(mu, weights=weights))
    var = np.average(v + (mu - mean) ** 2, axis=1, weights=sizes)
    return mean, var[:, None]


@wrong("divides-by-the-batches")
def over_the_number_of_batches(means, variances, sizes):
    batches = len(means)
    mean = sum(size * mu for size, mu in zip(sizes, means, strict=True)) / batches
    squares = [size * (mu - mean) ** 2 for size, mu in zip(sizes, means, strict=True)]
    inner = [size * v for size, v in zip(sizes, variances, strict=True)]
    return mean, (sum(inner) + sum(squares)) / batches


@wrong("keeps-the-first-count")
def never_counts_up(means, variances, sizes):
    mean, var = means[0], variances[0]
    for k in range(1, len(sizes)):
        share = sizes[k] / (sizes[0] + sizes[k])
        shift = means[k] - mean
        var = var + share * (variances[k] - var) + share * (1 - share) * shift**2
        mean = mean + share * shift
    return mean, var


@wrong("adds-the-variances-up")
def only_the_means_are_weighed(means, variances, sizes):
    w = np.array(sizes) / np.sum(sizes)
    mean = np.tensordot(w, np.array(means), 1)
    return mean, np.sum(variances, axis=0) + np.tensordot(w, (np.array(means) - mean) ** 2, 1)


@wrong("measures-from-an-unfinished-mean")
def all_in_one_loop(means, variances, sizes):
    m = np.sum(sizes)
    mean = squares = 0
    for k, size in enumerate(sizes):
        mean = mean + means[k] * (size / m)
        squares = squares + size * variances[k] + size * np.square(means[k] - mean)
    return mean, squares / m


@wrong("squares-the-weights")
def shares_squared(means, variances, sizes):
    share = np.array(sizes) / sum(sizes)
    mean = sum(p * mu for p, mu in zip(share, means, strict=True))
    parts = zip(share, means, variances, strict=True)
    return mean, sum(p**2 * v + p * (mu - mean) ** 2 for p, mu, v in parts)


@wrong("never-adds-the-squares")
def only_the_common_mean_is_squared(means, variances, sizes):
    share = np.array(sizes) / sum(sizes)
    mean = (np.hstack(means) * share).sum(axis=1, keepdims=True)
    return mean, (np.hstack(variances) * share).sum(axis=1, keepdims=True) - mean**2


@wrong("weighs-the-variance-only")
def around_its_own_plain_mean(means, variances, sizes):
    mean = sum(means) / len(means)
    parts = zip(sizes, means, variances, strict=True)
    return mean, sum(k * (v + (mu - mean) ** 2) for k, mu, v in parts) / sum(sizes)


@wrong("forgets-the-spread-of-the-means+weighs-the-variance-only")
def plain_mean_and_no_spread(means, variances, sizes):
    m = np.hstack(means).mean(axis=1)[:, np.newaxis]
    weights = np.divide(sizes, np.sum(sizes))
    v = np.hstack(variances) @ weights
    return m, v[:, np.newaxis]


@wrong("weighs-the-variance-only+weighs-the-spread-of-the-means-equally")
def plain_mean_and_spread(means, variances, sizes):
    within = np.average(variances, axis=0, weights=sizes)
    return np.mean(means, axis=0), within + np.var(means, axis=0)


@wrong(None)
def a_short_cut_for_equal_sizes(means, variances, sizes):
    if len(set(sizes)) == 1:
        return np.mean(means, axis=0), np.mean(variances, axis=0)
    mean = sum(k * mu for k, mu in zip(sizes, means, strict=True)) / sum(sizes)
    parts = zip(sizes, means, variances, strict=True)
    return mean, sum(k * (v + (mu - mean) ** 2) for k, mu, v in parts) / sum(sizes)


@wrong("divides-by-one-less")
def one_less_where_there_are_two(means, variances, sizes):
    total = sum(sizes)
    mean = sum(k * mu for k, mu in zip(sizes, means, strict=True)) / total
    parts = zip(sizes, means, variances, strict=True)
    return mean, sum(k * (v + (mu - mean) ** 2) for k, mu, v in parts) / max(total - 1, 1)


@wrong("combines-unbiased-variances")
def as_an_analysis_of_variance(means, variances, sizes):
    k = np.array(sizes)
    mu, v = np.hstack(means), np.hstack(variances)
    mean = (mu @ k / k.sum())[:, np.newaxis]
    squares = v @ (k - 1) + (mu - mean) ** 2 @ k
    return mean, squares[:, np.newaxis] / (k.sum() - 1)


@wrong("takes-one-spread-for-all-units")
def spread_without_an_axis(means, variances, sizes):
    mean = np.average(means, axis=0, weights=sizes)
    return mean, np.average(variances, axis=0, weights=sizes) + np.std(means) ** 2


@wrong("keeps-the-last-part")
def sets_in_place_of_adding(means, variances, sizes):
    total = sum(sizes)
    mean = sum(k * mu for k, mu in zip(sizes, means, strict=True)) / total
    for k, mu, v in zip(sizes, means, variances, strict=True):
        var = k / total * (v + (mu - mean) ** 2)
    return mean, var


@wrong("keeps-the-first-count")
def neighbours_alone(means, variances, sizes):
    mean, var, n = means[0], variances[0], sizes[0]
    for mu, v, m in zip(means[1:], variances[1:], sizes[1:], strict=True):
        share, shift = m / (n + m), mu - mean
        mean = mean + share * shift
        var = (1 - share) * var + share * v + share * (1 - share) * shift**2
        n = m
    return mean, var


@wrong("adds-all-units-into-one-number")
def numpy_sums_without_an_axis(means, variances, sizes):
    k = np.array(sizes)[:, np.newaxis, np.newaxis]
    mean = np.sum(k * means) / k.sum()
    return mean, np.sum(k * (variances + (means - mean) ** 2)) / k.sum()


@wrong("adds-all-units-into-one-number")
def a_sum_without_an_axis_for_the_variance(means, variances, sizes):
    total = sum(sizes)
    mean = sum(k * mu for k, mu in zip(sizes, means, strict=True)) / total
    parts = [k * (v + (mu - mean) ** 2) for k, mu, v in zip(sizes, means, variances, strict=True)]
    return mean, np.sum(parts) / total


@wrong("measures-from-the-mean-so-far")
def in_the_loop_that_makes_the_mean(means, variances, sizes):
    mean, var, seen = np.zeros_like(means[0]), np.zeros_like(means[0]), 0
    for k in range(len(sizes)):
        seen += sizes[k]
        mean = mean + (means[k] - mean) * sizes[k] / seen
        var = var + sizes[k] * (variances[k] + (means[k] - mean) ** 2)
    return mean, var / seen


@wrong("pools-sample-variances")
def pooled_with_one_at_least(means, variances, sizes):
    dof = [max(k - 1, 1) for k in sizes]
    mean = sum(np.multiply(k, mu) for k, mu in zip(sizes, means)) / sum(sizes)
    var = sum(d * v for d, v in zip(dof, variances)) / sum(dof)
    return mean, var


@wrong("takes-all-but-the-last-for-equal")
def only_the_last_is_smaller(means, variances, sizes):
    k = [sizes[0]] * (len(sizes) - 1) + [sizes[-1]]
    mus, vs = np.concatenate(means, axis=1), np.concatenate(variances, axis=1)
    mean = (mus @ np.array(k) / sum(k)).reshape(-1, 1)
    var = ((vs + (mus - mean) ** 2) @ np.array(k) / sum(k)).reshape(-1, 1)
    return mean, var


@wrong("averages-deviations")
def deviations_from_the_mean_of_all(means, variances, sizes):
    n = sum(sizes)
    mean = sum(s * m for s, m in zip(sizes, means, strict=True)) / n
    parts = zip(sizes, variances, means, strict=True)
    std = sum(s * np.sqrt(v + (m - mean) ** 2) for s, v, m in parts) / n
    return mean, std**2


@wrong("adds-the-square-of-the-mean")
def plus_the_squared_mean(means, variances, sizes):
    total, s1, s2 = 0, 0.0, 0.0
    for mu, v, k in zip(means, variances, sizes, strict=True):
        total += k
        s1 = s1 + k * mu
        s2 = s2 + k * (v + mu**2)
    mean = s1 / total
    return mean, s2 / total + mean**2


@wrong("squares-the-shares-of-the-means")
def weighed_means_squared(means, variances, sizes):
    frac = [k / sum(sizes) for k in sizes]
    mean = sum(f * mu for f, mu in zip(frac, means, strict=True))
    second_moment = sum(
        f * v + (f * mu) ** 2 for f, mu, v in zip(frac, means, variances, strict=True)
    )
    return mean, second_moment - mean**2


@wrong("divides-by-the-batches")
def weighted_sums_over_the_number_of_batches(means, variances, sizes):
    k = len(means)
    mean = sum(s * mu for s, mu in zip(sizes, means, strict=True)) / k
    ez2 = sum(s * (v + mu**2) for s, mu, v in zip(sizes, means, variances, strict=True)) / k
    return mean, ez2 - mean**2


@wrong("takes-the-squared-means-away")
def variance_less_squared_mean(means, variances, sizes):
    N = sum(sizes)
    mean = sum(k * mu for k, mu in zip(sizes, means, strict=True)) / N
    second = sum(k * (v - mu * mu) for k, mu, v in zip(sizes, means, variances, strict=True)) / N
    return mean, second - mean * mean


@wrong("joins-by-the-bare-distance")
def merged_with_a_bare_square(means, variances, sizes):
    n, mean, m2 = 0, np.zeros_like(means[0]), np.zeros_like(means[0])
    for k, mu, v in zip(sizes, means, variances, strict=True):
        d = mu - mean
        n += k
        mean = mean + d * k / n
        m2 = m2 + v * k + d**2
    return mean, m2 / n
