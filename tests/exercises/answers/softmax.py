"""Answers to `softmax`."""

import math

import numpy as np
from legal import logits, sizes

from answers import right, wrong


def anything(rng, dtype):
    """Any number of classes and examples, logits of any size."""
    return (logits(rng, *sizes(rng, 1, 1)).astype(dtype),)


@right
def two_lines(z):
    e = np.exp(z - np.max(z, axis=0))
    return e / np.sum(e, axis=0)


@right
def by_the_log_of_the_sum(z):
    return np.exp(z - np.logaddexp.reduce(z, axis=0))


@right
def by_the_log_of_the_shifted_sum(z):
    top = z.max(0)
    return np.exp(z - (top + np.log(np.sum(np.exp(z - top), 0))))


@right
def in_plain_loops(z):
    classes, m = z.shape
    p = np.zeros((classes, m))
    for j in range(m):
        top = max(z[i, j] for i in range(classes))
        e = [math.exp(z[i, j] - top) for i in range(classes)]
        for i in range(classes):
            p[i, j] = e[i] / sum(e)
    return p


@right
def column_by_column(z):
    columns = []
    for column in z.T:
        e = np.exp(column - column.max())
        columns.append(e / e.sum())
    return np.stack(columns, axis=1)


@right
def by_differences(z):
    with np.errstate(over="ignore"):
        return 1 / np.exp(z[np.newaxis] - z[:, np.newaxis]).sum(axis=1)


@right
def turned_and_turned_back(z):
    rows = z.T - z.T.max(axis=1, keepdims=True)
    e = np.exp(rows)
    return (e / e.sum(axis=1, keepdims=True)).T


@right
def in_place_on_a_copy(z):
    p = z - z.max(axis=0)
    np.exp(p, out=p)
    p *= 1 / np.einsum("ij->j", p)
    return p


@right
def with_apply_along_axis(z):
    def one(column):
        e = np.exp(column - np.amax(column))
        return e / (np.ones(len(e)) @ e)

    return np.apply_along_axis(one, 0, z)


@wrong("does-not-shift")
def as_in_the_lecture(z):
    return np.exp(z) / np.exp(z).sum(axis=0, keepdims=True)


@wrong("shifts-by-the-largest-of-all")
def one_shift_for_all(z):
    e = np.exp(z - np.max(z))
    return e / e.sum(axis=0)


@wrong("shifts-by-another-logit")
def centred(z):
    e = np.exp(z - z.mean(axis=0))
    return e / e.sum(axis=0)


@wrong("normalizes-over-examples")
def along_the_rows(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@wrong("normalizes-over-everything")
def without_any_axis(z):
    return np.exp(z) / np.sum(np.exp(z))


@wrong("forgets-keepdims")
def flat_sums_of_rows(z):
    return np.exp(z) / np.exp(z).sum(axis=1)


@wrong("hides-what-overflowed")
def nan_to_zero(z):
    p = np.exp(z) / np.exp(z).sum(axis=0)
    return np.where(np.isnan(p), 0, p)


@wrong("does-not-normalize")
def divides_by_the_largest(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.max(axis=0)


@wrong("does-not-normalize")
def only_the_exponential(z):
    return np.exp(z)


@wrong("transposed")
def turned(z):
    e = np.exp(z - z.max(axis=0))
    return (e / e.sum(axis=0)).T


@wrong("changed-arguments")
def in_place(z):
    z -= z.max(axis=0)
    return np.exp(z) / np.exp(z).sum(axis=0)


@wrong("lost-precision", "wrong-for-float32")
def half_precision(z):
    e = np.exp(z - z.max(axis=0)).astype(np.float32)
    return e / e.sum(axis=0)


@wrong("clips-the-logits")
def clipped_to_seven_hundred(z):
    e = np.exp(np.clip(z, -700, 700).astype(z.dtype))
    return e / e.sum(axis=0)


@right
def columns_loop(z):
    p = np.zeros(z.shape, dtype=float)
    for j in range(z.shape[1]):
        column = z[:, j] - np.max(z[:, j])
        p[:, j] = np.exp(column) / np.sum(np.exp(column))
    return p


@right
def einsum_helper(z):
    def stable_exp(x):
        return np.exp(x - np.max(x, axis=0))

    numerator = stable_exp(z)
    denominator = np.einsum("ij->j", numerator)
    return numerator / denominator


@wrong("adds-the-largest")
def plus_max(z):
    """Adds the maximum instead of subtracting it."""
    e = np.exp(z + z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


@wrong("leaves-out-the-exponential")
def no_exp(z):
    """Divides the logits themselves by their sum, without exp."""
    return z / z.sum(axis=0, keepdims=True)


@wrong("exponentiates-minus-z")
def negative(z):
    """Takes exp(-z), a wrong sign."""
    s = z.min(axis=0, keepdims=True) - z
    e = np.exp(s)
    return e / e.sum(axis=0, keepdims=True)


@wrong("shifts-the-denominator-only")
def shift_in_denominator_only(z):
    """Subtracts the maximum in the denominator only."""
    return np.exp(z) / np.exp(z - z.max(axis=0)).sum(axis=0)


@wrong("applies-the-sigmoid")
def sigmoid(z):
    """Applies the sigmoid to each entry."""
    return 0.5 * (1 + np.tanh(z / 2))


@wrong("returns-the-logarithm")
def log_softmax(z):
    """Returns the logarithms of the probabilities."""
    s = z - z.max(axis=0, keepdims=True)
    return s - np.log(np.exp(s).sum(axis=0, keepdims=True))


@wrong("divides-by-the-mean")
def mean(z):
    """Divides by the mean of the exponentials instead of their sum."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.mean(axis=0, keepdims=True)


@wrong("adds-one-to-the-sum")
def eps_in_denominator(z):
    """Adds 1 to the denominator against a division by zero that cannot happen."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / (1 + e.sum(axis=0, keepdims=True))


@wrong("raised-TypeError")
def missing_axis_name(z):
    """Misspells keepdims, which raises TypeError."""
    e = np.exp(z - z.max(axis=0, keepdim=True))
    return e / e.sum(axis=0, keepdim=True)


@wrong("normalizes-over-everything")
def one_sum_after_column_shifts(z):
    shifted = z - z.max(axis=0)
    return np.exp(shifted) / np.sum(np.exp(shifted))


@wrong("shifts-the-numerator-only")
def shift_above_the_line_only(z):
    top = z.max(axis=0, keepdims=True)
    return np.exp(z - top) / np.sum(np.exp(z), axis=0, keepdims=True)


@wrong("divides-by-the-largest-logit")
def divides_by_the_largest_size(z):
    e = np.exp(z / np.abs(z).max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


@wrong("divides-by-the-first-columns-sum")
def one_sum_before_the_loop(z):
    e = np.exp(z - z.max(axis=0, keepdims=True))
    total = e.sum(axis=0)[0]
    return np.stack([column / total for column in e.T], axis=1)


@wrong("adds-a-constant-to-the-sum")
def a_floor_of_a_thousandth(z):
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / (0.001 + np.einsum("ij->j", e))


@wrong("divides-the-logits-by-their-spread")
def standardized_first(z):
    centred = z - z.mean(axis=0, keepdims=True)
    std = z.std(axis=0, keepdims=True)
    t = np.exp(centred / np.where(std > 0, std, 1))
    return t / t.sum(axis=0, keepdims=True)


@wrong("subtracts-the-largest-in-size")
def largest_without_its_sign(z):
    top = np.max(np.abs(z), axis=0, keepdims=True)
    p = np.exp(z - top)
    return p / np.sum(p, axis=0, keepdims=True)


@wrong("squeezes-the-logits-between-0-and-1")
def scaled_to_a_unit_range(z):
    low, high = z.min(axis=0, keepdims=True), z.max(axis=0, keepdims=True)
    e = np.exp((z - low) / (high - low + 1e-8))
    return e / e.sum(axis=0, keepdims=True)


@wrong("divides-by-the-largest-logit")
def divides_by_one_for_all(z):
    e = np.exp(z / np.max(z))
    return e / np.sum(e, axis=0)


@wrong("sums-anew-while-dividing")
def row_by_row_in_place(z):
    p = np.exp(z - np.max(z, axis=0, keepdims=True))
    for k in range(z.shape[0]):
        p[k] = p[k] / np.sum(p, axis=0)
    return p


@wrong("starts-the-largest-at-zero")
def the_largest_from_zero_on(z):
    out = np.empty(z.shape, dtype=z.dtype)
    for j in range(z.shape[1]):
        largest = 0
        for v in z[:, j]:
            if v > largest:
                largest = v
        e = np.exp(z[:, j] - largest)
        out[:, j] = e / e.sum()
    return out


@wrong("starts-the-largest-at-zero")
def the_size_of_the_largest(z):
    e = np.exp(z - abs(z.max(axis=0)))
    return e / e.sum(axis=0)


@wrong("divides-by-the-largest-logit")
def divides_by_a_magnitude_of_one_at_least(z):
    biggest = np.maximum(np.max(np.abs(z), axis=0, keepdims=True), 1)
    p = np.exp(z / biggest)
    return p / p.sum(axis=0, keepdims=True)


@wrong("subtracts-the-sum-of-exponentials")
def no_logarithm_of_the_sum(z):
    a = z - z.max(axis=0)
    return np.exp(a - np.sum(np.exp(a), axis=0))


@wrong("subtracts-the-largest-in-size")
def the_size_of_the_smallest(z):
    e = np.exp(z - abs(z.min(axis=0)))
    return e / e.sum(axis=0)


@wrong("leaves-out-the-exponential")
def shifted_over_their_sum(z):
    shifted = z - z.max(axis=0, keepdims=True)
    return shifted / shifted.sum(axis=0, keepdims=True)


@wrong("divides-by-the-number-of-classes")
def over_the_count_of_classes(z):
    c, m = z.shape
    out = np.zeros((c, m))
    for j in range(m):
        e = np.exp(z[:, j] - z[:, j].max())
        out[:, j] = e / c
    return out


@wrong("normalizes-over-examples")
def sums_of_rows_alone(z):
    e = np.exp(z - np.max(z, axis=0, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@wrong("clips-the-logits")
def eighty_at_most(z):
    z = np.clip(z, -80, 80)
    e = np.exp(z)
    return e / e.sum(axis=0, keepdims=True)
