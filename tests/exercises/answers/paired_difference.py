"""Answers to `paired_difference`."""

import math
import statistics

import numpy as np

from answers import right, wrong


def anything(rng, dtype):
    """Two to twelve pairs; differences of both signs."""
    k = int(rng.integers(2, 13))
    without = rng.uniform(0.2, 0.99, k)
    gain = rng.normal(rng.normal(0, 0.02), 0.05, k)
    gain[:2] = abs(gain[0]) + 0.01, -abs(gain[1]) - 0.02
    return (without + gain).astype(dtype), without.astype(dtype)


@right
def with_a_loop(accuracy_with, accuracy_without):
    k = len(accuracy_with)
    mean = 0.0
    for i in range(k):
        mean += (accuracy_with[i] - accuracy_without[i]) / k
    squares = 0.0
    for i in range(k):
        squares += (accuracy_with[i] - accuracy_without[i] - mean) ** 2
    return mean, math.sqrt(squares / (k - 1)) / math.sqrt(k)


@right
def by_the_statistics_module(accuracy_with, accuracy_without):
    differences = [float(a - b) for a, b in zip(accuracy_with, accuracy_without, strict=True)]
    return statistics.mean(differences), statistics.stdev(differences) / len(differences) ** 0.5


@right
def biased_over_k_minus_one(accuracy_with, accuracy_without):
    differences = np.subtract(accuracy_with, accuracy_without)
    return np.mean(differences), np.std(differences) / np.sqrt(len(differences) - 1)


@right
def by_variances_and_covariance(accuracy_with, accuracy_without):
    c = np.cov(accuracy_with, accuracy_without)
    var = c[0, 0] + c[1, 1] - 2 * c[0, 1]
    k = accuracy_with.shape[0]
    return [accuracy_with.mean() - accuracy_without.mean(), (var / k) ** 0.5]


@right
def in_one_row(accuracy_with, accuracy_without):
    d = (accuracy_with - accuracy_without)[np.newaxis, :]
    return d.mean(axis=1)[0], (d.var(axis=1, ddof=1) / d.shape[1])[0] ** 0.5


@wrong("divides-by-k")
def numpys_default(accuracy_with, accuracy_without):
    d = accuracy_with - accuracy_without
    return d.mean(), d.std() / np.sqrt(len(d))


@wrong("gives-the-standard-deviation")
def sample_deviation(accuracy_with, accuracy_without):
    d = accuracy_with - accuracy_without
    return d.mean(), np.std(d, ddof=1)


@wrong("gives-numpys-standard-deviation")
def mean_and_std(accuracy_with, accuracy_without):
    d = accuracy_with - accuracy_without
    return np.mean(d), np.std(d)


@wrong("forgets-the-pairs")
def as_two_samples(accuracy_with, accuracy_without):
    k = len(accuracy_with)
    error = np.sqrt(np.var(accuracy_with, ddof=1) / k + np.var(accuracy_without, ddof=1) / k)
    return np.mean(accuracy_with) - np.mean(accuracy_without), error


@wrong("subtracts-the-other-way-round")
def reversed_difference(accuracy_with, accuracy_without):
    d = accuracy_without - accuracy_with
    return d.mean(), d.std(ddof=1) / np.sqrt(len(d))


@wrong("divides-by-k-without-its-root")
def over_k(accuracy_with, accuracy_without):
    d = accuracy_with - accuracy_without
    return d.mean(), d.std(ddof=1) / len(d)


@wrong("gives-the-variance-of-the-mean")
def no_last_root(accuracy_with, accuracy_without):
    d = accuracy_with - accuracy_without
    return d.mean(), d.var(ddof=1) / len(d)


@wrong("takes-the-median")
def median(accuracy_with, accuracy_without):
    d = accuracy_with - accuracy_without
    return np.median(d), d.std(ddof=1) / np.sqrt(len(d))


@wrong("loses-the-signs")
def absolute(accuracy_with, accuracy_without):
    d = accuracy_with - accuracy_without
    return abs(d).mean(), d.std(ddof=1) / np.sqrt(len(d))


@wrong("gives-half-an-interval")
def interval(accuracy_with, accuracy_without):
    d = accuracy_with - accuracy_without
    return d.mean(), 1.96 * d.std(ddof=1) / np.sqrt(len(d))


@wrong("gives-the-errors-of-both")
def errors_added(accuracy_with, accuracy_without):
    root = np.sqrt(accuracy_with.size)
    errors = [side.std(ddof=1) / root for side in (accuracy_with, accuracy_without)]
    return accuracy_with.mean() - accuracy_without.mean(), sum(errors)


@wrong("leaves-out-the-error")
def mean_alone(accuracy_with, accuracy_without):
    return (accuracy_with - accuracy_without).mean()


@wrong("changed-arguments")
def in_place(accuracy_with, accuracy_without):
    accuracy_with -= accuracy_without
    return accuracy_with.mean(), accuracy_with.std(ddof=1) / np.sqrt(accuracy_with.size)


@wrong("drops-the-signs")
def absolute_differences(accuracy_with, accuracy_without):
    d = np.abs(accuracy_with - accuracy_without)
    return d.mean(), d.std(ddof=1) / np.sqrt(len(d))


@wrong("divides-the-variance-by-the-root")
def variance_over_the_root(accuracy_with, accuracy_without):
    d = accuracy_with - accuracy_without
    return np.mean(d), np.var(d, ddof=1) / np.sqrt(d.shape[0])


@wrong("subtracts-the-deviations")
def absolute_difference_of_errors(accuracy_with, accuracy_without):
    k = len(accuracy_with)
    mean = accuracy_with.mean() - accuracy_without.mean()
    error = abs(np.std(accuracy_with, ddof=1) - np.std(accuracy_without, ddof=1))
    return mean, error / np.sqrt(k)


@wrong("divides-by-the-accuracy")
def as_shares(accuracy_with, accuracy_without):
    """The mean relative gain, in parts of the accuracy without."""
    d = (accuracy_with - accuracy_without) / accuracy_without
    return d.mean(), d.std(ddof=1) / np.sqrt(len(d))


@right
def from_the_covariances(accuracy_with, accuracy_without):
    k = accuracy_with.size
    c = np.cov(accuracy_with, accuracy_without)
    spread = np.array([1.0, -1.0]) @ c @ np.array([1.0, -1.0])
    return np.mean(accuracy_with) - np.mean(accuracy_without), np.sqrt(spread / k)


@wrong("measures-the-spread-of-the-sizes")
def spread_of_the_sizes(accuracy_with, accuracy_without):
    d = accuracy_with - accuracy_without
    return d.mean(), np.abs(d).std(ddof=1) / np.sqrt(len(d))


@wrong("gives-numpys-variance-of-the-mean")
def squared_error_over_k(accuracy_with, accuracy_without):
    d = accuracy_with - accuracy_without
    return np.mean(d), np.var(d) / len(d)


@wrong("takes-absolute-deviations")
def distances_from_the_mean(accuracy_with, accuracy_without):
    d = accuracy_with - accuracy_without
    mean = sum(d) / len(d)
    spread = sum(abs(one - mean) for one in d) / (len(d) - 1)
    return mean, spread / len(d) ** 0.5


@wrong("takes-absolute-deviations")
def the_mean_distance(accuracy_with, accuracy_without):
    d = accuracy_with - accuracy_without
    return d.mean(), np.mean(np.abs(d - d.mean()))


@wrong("divides-numpys-deviation-by-k")
def the_plain_deviation_over_k(accuracy_with, accuracy_without):
    d = accuracy_with - accuracy_without
    return np.mean(d), np.std(d) / len(d)


@wrong("loses-the-sign-of-the-mean")
def how_far_apart(accuracy_with, accuracy_without):
    d = accuracy_with - accuracy_without
    return abs(np.mean(d)), np.std(d, ddof=1) / np.sqrt(len(d))


@wrong("takes-the-error-of-one-side")
def the_error_without(accuracy_with, accuracy_without):
    d = accuracy_with - accuracy_without
    return np.mean(d), np.std(accuracy_without, ddof=1) / np.sqrt(len(d))


@wrong("forgets-the-pairs")
def two_plain_variances(accuracy_with, accuracy_without):
    k = len(accuracy_with)
    error = np.hypot(np.std(accuracy_with), np.std(accuracy_without)) / np.sqrt(k)
    return np.mean(accuracy_with) - np.mean(accuracy_without), error


@wrong("counts-one-less-twice")
def one_less_in_both_roots(accuracy_with, accuracy_without):
    d = accuracy_with - accuracy_without
    k = len(d)
    s = np.sqrt(((d - d.mean()) ** 2).sum() / (k - 1))
    return d.mean(), s / np.sqrt(k - 1) if k > 2 else s


@wrong("divides-by-k-without-its-root")
def over_one_less(accuracy_with, accuracy_without):
    d = accuracy_with - accuracy_without
    return d.mean(), np.std(d, ddof=1) / (len(d) - 1)


@wrong("subtracts-the-other-way-round")
def by_np_subtract(accuracy_with, accuracy_without):
    d = np.subtract(accuracy_without, accuracy_with)
    return d.mean(), d.std(ddof=1) / len(d) ** 0.5
