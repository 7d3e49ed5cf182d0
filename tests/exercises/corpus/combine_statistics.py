"""Answers to `combine_statistics`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_within_plus_between(means, variances, sizes):
    total = sum(sizes)
    mean = sum(k * mu for mu, k in zip(means, sizes)) / total
    var = sum(k * (v + (mu - mean) ** 2) for mu, v, k in zip(means, variances, sizes)) / total
    return mean, var


@right
def correct_second_moment(means, variances, sizes):
    total = sum(sizes)
    mean = sum(k * mu for mu, k in zip(means, sizes)) / total
    second = sum(k * (v + mu**2) for mu, v, k in zip(means, variances, sizes)) / total
    return mean, second - mean**2


@right
def correct_stacked(means, variances, sizes):
    mu, v = np.hstack(means), np.hstack(variances)
    k = np.array(sizes, dtype=float) / np.sum(sizes)
    mean = (mu * k).sum(axis=1, keepdims=True)
    var = (v * k).sum(axis=1, keepdims=True) + ((mu - mean) ** 2 * k).sum(axis=1, keepdims=True)
    return mean, var


@right
def correct_np_average(means, variances, sizes):
    mean = np.average(means, axis=0, weights=sizes)
    within = np.average(variances, axis=0, weights=sizes)
    between = np.average([(m - mean) ** 2 for m in means], axis=0, weights=sizes)
    return [mean, within + between]


@right
def correct_chan_pairwise(means, variances, sizes):
    mean, var, count = means[0], variances[0], sizes[0]
    for mu, v, k in zip(means[1:], variances[1:], sizes[1:]):
        delta = mu - mean
        total = count + k
        m2 = count * var + k * v + delta**2 * count * k / total
        mean = mean + delta * k / total
        var = m2 / total
        count = total
    return mean, var


@right
def correct_einsum(means, variances, sizes):
    share = np.asarray(sizes) / sum(sizes)
    mean = np.einsum("k,kij->ij", share, np.stack(means))
    deviations = np.stack(means) - mean
    var = np.einsum("k,kij->ij", share, np.stack(variances) + deviations**2)
    return mean, var


@right
def correct_sums_loop(means, variances, sizes):
    number_of_examples = 0
    sum_of_z = np.zeros(means[0].shape)
    sum_of_squares = np.zeros(means[0].shape)
    for i in range(len(sizes)):
        number_of_examples += sizes[i]
        sum_of_z += sizes[i] * means[i]
        sum_of_squares += sizes[i] * (variances[i] + np.square(means[i]))
    mean = sum_of_z / number_of_examples
    return mean, sum_of_squares / number_of_examples - mean**2


@wrong("forgets-the-spread-of-the-means")
def wrong_between_forgotten(means, variances, sizes):
    """The spread of the batches' means is missing from the variance."""
    total = sum(sizes)
    mean = sum(k * mu for mu, k in zip(means, sizes)) / total
    var = sum(k * v for v, k in zip(variances, sizes)) / total
    return mean, var


@wrong("ignores-the-sizes")
def wrong_sizes_ignored(means, variances, sizes):
    """Every batch counts alike, whatever its size."""
    mean = np.mean(means, axis=0)
    var = np.mean(variances, axis=0) + np.var(means, axis=0)
    return mean, var


@wrong("ignores-the-sizes+forgets-the-spread-of-the-means")
def wrong_only_averages(means, variances, sizes):
    """Two slips: sizes ignored and the spread of the means forgotten."""
    return np.mean(means, axis=0), np.mean(variances, axis=0)


@wrong("divides-by-one-less")
def wrong_unbiased_total(means, variances, sizes):
    """Divides the summed squares by the number of examples minus one."""
    total = sum(sizes)
    mean = sum(k * mu for mu, k in zip(means, sizes)) / total
    var = sum(k * (v + (mu - mean) ** 2) for mu, v, k in zip(means, variances, sizes))
    return mean, var / (total - 1)


@wrong("undoes-an-unbiased-variance")
def wrong_treats_as_unbiased(means, variances, sizes):
    """Multiplies each variance by its size minus one, as if it were unbiased."""
    total = sum(sizes)
    mean = sum(k * mu for mu, k in zip(means, sizes)) / total
    var = sum((k - 1) * v + k * (mu - mean) ** 2 for mu, v, k in zip(means, variances, sizes))
    return mean, var / total


@wrong("weighs-the-spread-of-the-means-equally")
def wrong_between_unweighted(means, variances, sizes):
    """The spread of the means is not weighed by the sizes."""
    mean = np.average(means, axis=0, weights=sizes)
    within = np.average(variances, axis=0, weights=sizes)
    return mean, within + np.var(means, axis=0)


@wrong("forgets-to-take-the-mean-away")
def wrong_squares_not_subtracted(means, variances, sizes):
    """Returns the second moment, without subtracting the squared mean."""
    total = sum(sizes)
    mean = sum(k * mu for mu, k in zip(means, sizes)) / total
    var = sum(k * (v + mu**2) for mu, v, k in zip(means, variances, sizes)) / total
    return mean, var


@wrong("swapped-results")
def wrong_swapped(means, variances, sizes):
    """Returns (var, mean)."""
    mean = np.average(means, axis=0, weights=sizes)
    var = np.average([v + (m - mean) ** 2 for m, v in zip(means, variances)], axis=0, weights=sizes)
    return var, mean


@wrong("flat-shape")
def wrong_flat(means, variances, sizes):
    """The results come flat, of shape (n,)."""
    share = np.array(sizes) / sum(sizes)
    mu, v = np.hstack(means), np.hstack(variances)
    mean = mu @ share
    return mean, (v + (mu - mean[:, None]) ** 2) @ share


@wrong("never-divides-the-variance")
def wrong_sum_not_divided(means, variances, sizes):
    """The variance's sum is never divided by the number of examples."""
    mean = np.average(means, axis=0, weights=sizes)
    return mean, sum(k * (v + (m - mean) ** 2) for m, v, k in zip(means, variances, sizes))


@wrong("changed-arguments")
def wrong_accumulates_in_first(means, variances, sizes):
    """+= adds into the first batch's own array, changing the argument."""
    total = sum(sizes)
    mean = means[0]
    mean *= sizes[0] / total
    for mu, k in zip(means[1:], sizes[1:]):
        mean += k / total * mu
    var = sum(k * (v + (mu - mean) ** 2) for mu, v, k in zip(means, variances, sizes)) / total
    return mean, var


@wrong("does-not-square-the-distances")
def wrong_deviation_not_squared(means, variances, sizes):
    """The deviation of the means is not squared, so it cancels."""
    mean = np.average(means, axis=0, weights=sizes)
    var = np.average([v + (m - mean) for m, v in zip(means, variances)], axis=0, weights=sizes)
    return mean, var


@wrong("averages-over-units")
def wrong_wrong_axis(means, variances, sizes):
    """Averages over the units instead of the batches."""
    mu, v = np.hstack(means), np.hstack(variances)
    mean = mu.mean(axis=0, keepdims=True)
    return mean, v.mean(axis=0, keepdims=True) + mu.var(axis=0, keepdims=True)


@wrong("gives-the-standard-deviation")
def wrong_returns_std(means, variances, sizes):
    """Returns the standard deviation instead of the variance."""
    mean = np.average(means, axis=0, weights=sizes)
    var = np.average([v + (m - mean) ** 2 for m, v in zip(means, variances)], axis=0, weights=sizes)
    return mean, np.sqrt(var)


@wrong("drops-the-last-batch")
def wrong_last_batch_dropped(means, variances, sizes):
    """An off-by-one loop leaves the last batch out."""
    total = sum(sizes)
    mean = sum(sizes[i] * means[i] for i in range(len(sizes) - 1)) / total
    var = (
        sum(sizes[i] * (variances[i] + (means[i] - mean) ** 2) for i in range(len(sizes) - 1))
        / total
    )
    return mean, var
