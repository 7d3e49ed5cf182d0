"""Answers to `log_sum_exp`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_shifted(z):
    top = z.max(axis=0, keepdims=True)
    return top + np.log(np.exp(z - top).sum(axis=0, keepdims=True))


@right
def correct_logaddexp(z):
    return np.logaddexp.reduce(z, axis=0, keepdims=True)


@right
def correct_columns_loop(z):
    result = np.zeros((1, z.shape[1]))
    for j in range(z.shape[1]):
        largest = max(z[:, j])
        result[0, j] = largest + np.log(sum(np.exp(z[i, j] - largest) for i in range(z.shape[0])))
    return result


@right
def correct_reshape(z):
    top = np.max(z, axis=0)
    return (np.log(np.sum(np.exp(z - top), axis=0)) + top).reshape(1, -1)


@right
def correct_log1p_sorted(z):
    s = np.sort(z, axis=0)[::-1]
    top, rest = s[:1], s[1:]
    return top + np.log1p(np.exp(rest - top).sum(axis=0, keepdims=True))


@right
def correct_pairwise_fold(z):
    total = z[:1]
    for i in range(1, z.shape[0]):
        row = z[i : i + 1]
        larger, smaller = np.maximum(total, row), np.minimum(total, row)
        total = larger + np.log1p(np.exp(smaller - larger))
    return total


@wrong("does-not-shift")
def wrong_no_shift(z):
    """No maximum is subtracted, so large logits overflow."""
    return np.log(np.exp(z).sum(axis=0, keepdims=True))


@wrong("does-not-add-the-shift-back")
def wrong_max_not_added(z):
    """Forgets to add the maximum back."""
    top = z.max(axis=0, keepdims=True)
    return np.log(np.exp(z - top).sum(axis=0, keepdims=True))


@wrong("subtracts-the-shift-again")
def wrong_max_subtracted(z):
    """Subtracts the maximum again instead of adding it back."""
    top = z.max(axis=0, keepdims=True)
    return np.log(np.exp(z - top).sum(axis=0, keepdims=True)) - top


@wrong("flat-shape")
def wrong_flat(z):
    """The result is flat, of shape (m,)."""
    top = z.max(axis=0)
    return top + np.log(np.exp(z - top).sum(axis=0))


@wrong("sums-over-examples")
def wrong_axis(z):
    """Sums over the examples instead of the classes."""
    top = z.max(axis=1, keepdims=True)
    return top + np.log(np.exp(z - top).sum(axis=1, keepdims=True))


@wrong("sums-over-everything")
def wrong_whole_sum(z):
    """Sums over the whole array."""
    top = z.max()
    return top + np.log(np.exp(z - top).sum())


@wrong("shifts-by-the-largest-of-all")
def wrong_global_max(z):
    """Shifts by the maximum of the whole array, so a low column gives log of 0."""
    top = z.max()
    return top + np.log(np.exp(z - top).sum(axis=0, keepdims=True))


@wrong("averages-the-exponentials")
def wrong_mean(z):
    """Takes the mean of the exponentials instead of the sum."""
    top = z.max(axis=0, keepdims=True)
    return top + np.log(np.exp(z - top).mean(axis=0, keepdims=True))


@wrong("takes-the-logarithm-too-early")
def wrong_sum_of_logs(z):
    """Takes the logarithm before the sum, which only sums the logits."""
    return np.log(np.exp(z)).sum(axis=0, keepdims=True)


@wrong("gives-the-largest")
def wrong_only_max(z):
    """Returns the maximum, an approximation."""
    return z.max(axis=0, keepdims=True)


@wrong("takes-the-logarithm-to-base-two")
def wrong_log2(z):
    """Takes the logarithm to base 2."""
    top = z.max(axis=0, keepdims=True)
    return top + np.log2(np.exp(z - top).sum(axis=0, keepdims=True))


@wrong("changed-arguments")
def wrong_in_place(z):
    """z -= top changes the logits passed in."""
    top = z.max(axis=0, keepdims=True)
    z -= top
    return top + np.log(np.exp(z).sum(axis=0, keepdims=True))


@wrong("adds-one-under-the-logarithm")
def wrong_log1p(z):
    """log1p adds a 1 that is already in the sum."""
    top = z.max(axis=0, keepdims=True)
    return top + np.log1p(np.exp(z - top).sum(axis=0, keepdims=True))


@wrong("gives-the-log-probabilities")
def wrong_log_softmax(z):
    """Returns z minus the log-sum-exp, the log-probabilities."""
    top = z.max(axis=0, keepdims=True)
    return z - top - np.log(np.exp(z - top).sum(axis=0, keepdims=True))


@wrong("clips-the-logits")
def wrong_clipped(z):
    """Clips the logits to ±80 against overflow."""
    return np.log(np.exp(np.clip(z, -80, 80)).sum(axis=0, keepdims=True))


@wrong("flat-shape+does-not-shift")
def wrong_flat_no_shift(z):
    """Two slips: the flat shape, and no maximum subtracted."""
    return np.log(np.sum(np.exp(z), axis=0))


@wrong("shifts-by-the-smallest")
def wrong_min_shift(z):
    """Shifts by the minimum, so a wide column overflows."""
    low = z.min(axis=0, keepdims=True)
    return low + np.log(np.exp(z - low).sum(axis=0, keepdims=True))
