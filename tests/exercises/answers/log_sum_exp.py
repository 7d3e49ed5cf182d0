"""Answers to `log_sum_exp`."""

import math

import numpy as np
from legal import logits, sizes

from answers import right, wrong


def anything(rng, dtype):
    """Any number of classes and examples, logits of any size."""
    return (logits(rng, *sizes(rng, 1, 1)).astype(dtype),)


@right
def by_logaddexp(z):
    return np.logaddexp.reduce(z, axis=0, keepdims=True)


@right
def by_logaddexp_in_a_loop(z):
    total = z[0]
    for row in z[1:]:
        total = np.logaddexp(total, row)
    return total.reshape(1, -1)


@right
def flat_then_a_new_axis(z):
    top = np.max(z, axis=0)
    return (top + np.log(np.sum(np.exp(z - top), axis=0)))[np.newaxis, :]


@right
def in_plain_loops(z):
    classes, m = z.shape
    result = np.zeros((1, m))
    for j in range(m):
        top = max(z[:, j])
        result[0, j] = top + math.log(sum(math.exp(z[i, j] - top) for i in range(classes)))
    return result


@right
def as_a_list_of_columns(z):
    def one(column):
        return column.max() + np.log(np.exp(column - column.max()).sum())

    return np.array([[one(column) for column in z.T]])


@right
def through_the_largest_probability(z):
    shifted = z - z.max(axis=0, keepdims=True)
    e = np.exp(shifted)
    largest = (e / e.sum(axis=0, keepdims=True)).max(axis=0, keepdims=True)
    return z.max(axis=0, keepdims=True) - np.log(largest)


@right
def with_log1p_of_the_others(z):
    ordered = np.sort(z, axis=0)
    others = np.exp(ordered[:-1] - ordered[-1:]).sum(axis=0, keepdims=True)
    return ordered[-1:] + np.log1p(others)


@wrong("does-not-shift")
def as_it_is_written(z):
    return np.log(np.exp(z).sum(axis=0, keepdims=True))


@wrong("flat-shape")
def forgets_the_axis(z):
    top = z.max(axis=0)
    return top + np.log(np.exp(z - top).sum(axis=0))


@wrong("flat-shape+does-not-shift")
def flat_and_unshifted(z):
    return np.log(np.sum(np.exp(z), axis=0))


@wrong("shifts-by-the-largest-of-all")
def one_shift_for_all(z):
    return z.max() + np.log(np.exp(z - z.max()).sum(axis=0, keepdims=True))


@wrong("does-not-add-the-shift-back")
def forgets_the_largest(z):
    top = z.max(axis=0)
    return np.log(np.exp(z - top).sum(axis=0, keepdims=True))


@wrong("sums-over-examples")
def along_the_rows(z):
    return np.logaddexp.reduce(z, axis=1, keepdims=True)


@wrong("sums-over-everything")
def one_number(z):
    return np.log(np.sum(np.exp(z)))


@wrong("adds-a-constant-for-safety")
def with_a_constant(z):
    return np.log(np.exp(z).sum(axis=0, keepdims=True) + 1e-8)


@wrong("shifts-by-another-logit")
def centred(z):
    mean = z.mean(axis=0, keepdims=True)
    return mean + np.log(np.exp(z - mean).sum(axis=0, keepdims=True))


@wrong("takes-the-logarithm-too-early")
def logarithm_first(z):
    return np.log(np.exp(z)).sum(axis=0, keepdims=True)


@wrong("transposed")
def a_column(z):
    return np.logaddexp.reduce(z, axis=0).reshape(-1, 1)


@wrong("changed-arguments")
def in_place(z):
    top = z.max(axis=0, keepdims=True)
    z -= top
    return top + np.log(np.exp(z).sum(axis=0, keepdims=True))


@wrong("averages-the-exponentials")
def mean_of_exponentials(z):
    top = z.max(axis=0, keepdims=True)
    return top + np.log(np.exp(z - top).mean(axis=0, keepdims=True))


@right
def pairwise_fold(z):
    total = z[:1]
    for i in range(1, z.shape[0]):
        row = z[i : i + 1]
        larger, smaller = np.maximum(total, row), np.minimum(total, row)
        total = larger + np.log1p(np.exp(smaller - larger))
    return total


@wrong("subtracts-the-shift-again")
def max_subtracted(z):
    """Subtracts the maximum again instead of adding it back."""
    top = z.max(axis=0, keepdims=True)
    return np.log(np.exp(z - top).sum(axis=0, keepdims=True)) - top


@wrong("sums-over-examples")
def wrong_axis(z):
    """Sums over the examples instead of the classes."""
    top = z.max(axis=1, keepdims=True)
    return top + np.log(np.exp(z - top).sum(axis=1, keepdims=True))


@wrong("gives-the-largest")
def only_max(z):
    """Returns the maximum, an approximation."""
    return z.max(axis=0, keepdims=True)


@wrong("takes-the-logarithm-to-base-two")
def log2(z):
    """Takes the logarithm to base 2."""
    top = z.max(axis=0, keepdims=True)
    return top + np.log2(np.exp(z - top).sum(axis=0, keepdims=True))


@wrong("adds-one-under-the-logarithm")
def log1p(z):
    """log1p adds a 1 that is already in the sum."""
    top = z.max(axis=0, keepdims=True)
    return top + np.log1p(np.exp(z - top).sum(axis=0, keepdims=True))


@wrong("gives-the-log-probabilities")
def log_softmax(z):
    """Returns z minus the log-sum-exp, the log-probabilities."""
    top = z.max(axis=0, keepdims=True)
    return z - top - np.log(np.exp(z - top).sum(axis=0, keepdims=True))


@wrong("clips-the-logits")
def clipped(z):
    """Clips the logits to ±80 against overflow."""
    return np.log(np.exp(np.clip(z, -80, 80)).sum(axis=0, keepdims=True))


@wrong("shifts-by-the-smallest")
def min_shift(z):
    """Shifts by the minimum, so a wide column overflows."""
    low = z.min(axis=0, keepdims=True)
    return low + np.log(np.exp(z - low).sum(axis=0, keepdims=True))


@wrong("sums-over-examples")
def along_the_rows_and_laid_flat(z):
    top = z.max(axis=1, keepdims=True)
    return (top + np.log(np.exp(z - top).sum(axis=1, keepdims=True))).reshape(1, -1)


@wrong("subtracts-the-logarithm")
def largest_less_the_logarithm(z):
    c = z.max(0)[np.newaxis]
    return c - np.log(np.sum(np.exp(z - c), 0)[np.newaxis])


@wrong("shifts-by-another-logit")
def against_the_last(z):
    rest = np.exp(z[:-1] - z[-1:]).sum(axis=0, keepdims=True)
    return z[-1:] + np.log1p(rest)


@wrong("adds-the-logarithm-of-the-number-of-classes")
def as_if_all_were_equal(z):
    top = np.max(z, axis=0, keepdims=True)
    return top + np.log(np.ones_like(z).sum(axis=0, keepdims=True))


@wrong("divides-by-the-largest")
def scaled_and_scaled_back(z):
    top = np.max(z, axis=0)[np.newaxis]
    return np.log(np.sum(np.exp(z / top), axis=0, keepdims=True)) * top


@wrong("divides-by-the-largest")
def scaled_and_shifted_back(z):
    top = np.max(z, axis=0)[np.newaxis]
    return np.log(np.sum(np.exp(z / top), axis=0, keepdims=True)) + top


@wrong("adds-a-constant-for-safety")
def with_a_smaller_constant(z):
    return np.log(1e-12 + np.sum(np.exp(z), axis=0, keepdims=True))


@wrong("clips-the-logits")
def no_logit_above_700(z):
    return np.log(np.exp(np.where(z > 700, 700, z)).sum(axis=0, keepdims=True))


@wrong("clips-the-logits")
def cut_off_at_fifty(z):
    kept = np.clip(z, -50, 50)
    return np.log(np.sum(np.exp(kept), axis=0)).reshape(1, -1)


@wrong("shifts-by-the-largest-of-all")
def relative_to_the_largest_in_size(z):
    c = np.max(np.abs(z), axis=0, keepdims=True)
    return c + np.log(np.sum(np.exp(z - c), axis=0, keepdims=True))


@wrong("counts-a-class-of-logit-zero")
def running_sum_from_zero(z):
    """The running log-sum starts at 0, which is one more class of logit 0."""
    total = np.zeros((1, z.shape[1]))
    for row in z:
        total = np.logaddexp(total, row)
    return total


@wrong("merges-the-wrong-way-round")
def merges_in_one_order(z):
    """Adds to the larger of two, but exponentiates row - total, whichever is larger."""
    total = np.array(z[:1], dtype=float)
    for row in z[1:]:
        with np.errstate(over="ignore"):
            total = np.maximum(total, row) + np.log1p(np.exp(row - total))
    return total
