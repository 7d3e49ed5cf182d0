"""Answers to `softmax`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_shifted(z):
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


@right
def correct_columns_loop(z):
    p = np.zeros(z.shape, dtype=float)
    for j in range(z.shape[1]):
        column = z[:, j] - np.max(z[:, j])
        p[:, j] = np.exp(column) / np.sum(np.exp(column))
    return p


@right
def correct_log_space(z):
    top = np.amax(z, axis=0)
    log_p = z - top - np.log(np.sum(np.exp(z - top), axis=0))
    return np.exp(log_p)


@right
def correct_transposed(z):
    rows = z.T
    rows = np.exp(rows - rows.max(axis=1, keepdims=True))
    return (rows / rows.sum(axis=1)[:, None]).T


@right
def correct_pairwise_differences(z):
    with np.errstate(over="ignore"):
        differences = z[None, :, :] - z[:, None, :]
        return 1 / np.exp(differences).sum(axis=1)


@right
def correct_logaddexp(z):
    z = z.astype(np.float64)
    return np.exp(z - np.logaddexp.reduce(z, axis=0, keepdims=True))


@right
def correct_einsum_helper(z):
    def stable_exp(x):
        return np.exp(x - np.max(x, axis=0))

    numerator = stable_exp(z)
    denominator = np.einsum("ij->j", numerator)
    return numerator / denominator


@wrong("does-not-shift")
def wrong_no_shift(z):
    """No maximum is subtracted, so large logits overflow."""
    e = np.exp(z)
    return e / e.sum(axis=0, keepdims=True)


@wrong("normalizes-over-examples")
def wrong_axis(z):
    """Sums over the examples instead of the classes."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@wrong("normalizes-over-everything")
def wrong_sum_of_all(z):
    """Divides by the sum over the whole array."""
    e = np.exp(z - z.max())
    return e / e.sum()


@wrong("shifts-by-the-largest-of-all")
def wrong_global_max(z):
    """Subtracts the maximum of the whole array, so a column of low logits underflows to 0/0."""
    e = np.exp(z - np.max(z))
    return e / e.sum(axis=0, keepdims=True)


@wrong("adds-the-largest")
def wrong_plus_max(z):
    """Adds the maximum instead of subtracting it."""
    e = np.exp(z + z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


@wrong("does-not-normalize")
def wrong_not_divided(z):
    """The exponentials are never divided by their sum."""
    return np.exp(z - z.max(axis=0, keepdims=True))


@wrong("leaves-out-the-exponential")
def wrong_no_exp(z):
    """Divides the logits themselves by their sum, without exp."""
    return z / z.sum(axis=0, keepdims=True)


@wrong("exponentiates-minus-z")
def wrong_negative(z):
    """Takes exp(-z), a wrong sign."""
    s = z.min(axis=0, keepdims=True) - z
    e = np.exp(s)
    return e / e.sum(axis=0, keepdims=True)


@wrong("shifts-the-denominator-only")
def wrong_shift_in_denominator_only(z):
    """Subtracts the maximum in the denominator only."""
    return np.exp(z) / np.exp(z - z.max(axis=0)).sum(axis=0)


@wrong("changed-arguments")
def wrong_in_place(z):
    """z -= max changes the logits passed in."""
    z -= z.max(axis=0, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=0, keepdims=True)


@wrong("applies-the-sigmoid")
def wrong_sigmoid(z):
    """Applies the sigmoid to each entry."""
    return 0.5 * (1 + np.tanh(z / 2))


@wrong("returns-the-logarithm")
def wrong_log_softmax(z):
    """Returns the logarithms of the probabilities."""
    s = z - z.max(axis=0, keepdims=True)
    return s - np.log(np.exp(s).sum(axis=0, keepdims=True))


@wrong("divides-by-the-mean")
def wrong_mean(z):
    """Divides by the mean of the exponentials instead of their sum."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.mean(axis=0, keepdims=True)


@wrong("clips-the-logits")
def wrong_clipped(z):
    """Clips the logits to ±50 instead of subtracting the maximum."""
    e = np.exp(np.clip(z, -50, 50))
    return e / e.sum(axis=0, keepdims=True)


@wrong("transposed")
def wrong_transposed(z):
    """Returns the probabilities transposed, (m, C)."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return (e / e.sum(axis=0, keepdims=True)).T


@wrong("normalizes-over-examples+does-not-shift")
def wrong_axis_no_shift(z):
    """Two slips: the wrong axis and no maximum subtracted."""
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


@wrong("adds-one-to-the-sum")
def wrong_eps_in_denominator(z):
    """Adds 1 to the denominator against a division by zero that cannot happen."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / (1 + e.sum(axis=0, keepdims=True))


@wrong("raised-TypeError")
def wrong_missing_axis_name(z):
    """Misspells keepdims, which raises TypeError."""
    e = np.exp(z - z.max(axis=0, keepdim=True))
    return e / e.sum(axis=0, keepdim=True)
