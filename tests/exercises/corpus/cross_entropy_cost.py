"""Answers to `cross_entropy_cost`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_where(y, y_hat):
    safe = np.where(y == 1, y_hat, 1)
    return -np.sum(np.log(safe)) / y.shape[1]


@right
def correct_probability_of_the_label(y, y_hat):
    return -np.mean(np.log((y * y_hat).sum(axis=0)))


@right
def correct_argmax_index(y, y_hat):
    m = y.shape[1]
    return float(-np.log(y_hat[y.argmax(axis=0), np.arange(m)]).mean())


@right
def correct_loops(y, y_hat):
    classes, m = y.shape
    total = 0.0
    for j in range(m):
        for i in range(classes):
            if y[i, j] != 0:
                total -= y[i, j] * np.log(y_hat[i, j])
    return total / m


@right
def correct_log_where(y, y_hat):
    logs = np.zeros(y_hat.shape)
    np.log(y_hat, out=logs, where=y > 0)
    return -np.einsum("ij,ij->", y, logs) / y.shape[1]


@right
def correct_boolean_mask(y, y_hat):
    mask = y > 0
    losses = -y[mask] * np.log(y_hat[mask])
    return losses.sum() / y.shape[1]


@right
def correct_nansum_errstate(y, y_hat):
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = y * np.log(y_hat)
    return -np.nansum(terms) / y.shape[-1]


@wrong("takes-the-log-of-zero")
def wrong_log_of_zero(y, y_hat):
    """Takes the log of every entry, so 0 * log 0 gives nan."""
    return -np.sum(y * np.log(y_hat)) / y.shape[1]


@wrong("averages-over-classes-too")
def wrong_mean_over_all(y, y_hat):
    """np.mean divides by C * m instead of m."""
    safe = np.where(y > 0, y_hat, 1)
    return -np.mean(y * np.log(safe))


@wrong("sums-over-the-batch")
def wrong_sum(y, y_hat):
    """Sums over the batch, without 1/m."""
    safe = np.where(y > 0, y_hat, 1)
    return -np.sum(y * np.log(safe))


@wrong("forgets-the-minus")
def wrong_sign(y, y_hat):
    """The minus sign is missing."""
    safe = np.where(y > 0, y_hat, 1)
    return np.sum(y * np.log(safe)) / y.shape[1]


@wrong("divides-by-the-number-of-classes")
def wrong_divided_by_classes(y, y_hat):
    """Divides by the number of classes instead of examples."""
    safe = np.where(y > 0, y_hat, 1)
    return -np.sum(y * np.log(safe)) / y.shape[0]


@wrong("adds-the-two-class-terms")
def wrong_binary_terms(y, y_hat):
    """Adds the binary cross-entropy's (1 - y) terms."""
    a = np.where(y > 0, y_hat, 1)
    b = np.where(y > 0, 1, 1 - y_hat)
    return -np.sum(y * np.log(a) + (1 - y) * np.log(b)) / y.shape[1]


@wrong("does-not-average")
def wrong_per_example(y, y_hat):
    """Returns every example's loss, without the mean."""
    safe = np.where(y > 0, y_hat, 1)
    return -np.sum(y * np.log(safe), axis=0)


@wrong("swaps-y-and-y-hat")
def wrong_exchanged(y, y_hat):
    """Exchanges y and y_hat: the log of the zeros in y."""
    return -np.sum(y_hat * np.log(y)) / y.shape[1]


@wrong("adds-a-large-eps-under-the-logarithm")
def wrong_big_epsilon(y, y_hat):
    """Adds 0.01 inside the log against log 0, which shifts the cost."""
    return -np.sum(y * np.log(y_hat + 0.01)) / y.shape[1]


@wrong("takes-the-squared-error")
def wrong_squared_error(y, y_hat):
    """Takes the squared error instead of the cross-entropy."""
    return np.sum((y - y_hat) ** 2) / y.shape[1]


@wrong("takes-the-logarithm-to-base-two")
def wrong_log2(y, y_hat):
    """Takes the logarithm to base 2."""
    safe = np.where(y > 0, y_hat, 1)
    return -np.sum(y * np.log2(safe)) / y.shape[1]


@wrong("leaves-out-the-logarithm")
def wrong_no_log(y, y_hat):
    """Forgets the logarithm."""
    return -np.sum(y * y_hat) / y.shape[1]


@wrong("changed-arguments")
def wrong_fills_y_hat(y, y_hat):
    """Replaces the zeros inside the y_hat passed in."""
    y_hat[y == 0] = 1
    return -np.sum(y * np.log(y_hat)) / y.shape[1]


@wrong("printed-not-returned")
def wrong_printed(y, y_hat):
    """The cost is printed, not returned."""
    print(-np.mean(np.log((y * y_hat).sum(axis=0))))


@wrong("averages-over-classes-too+takes-the-log-of-zero")
def wrong_mean_over_all_log_zero(y, y_hat):
    """Two slips: the mean over all entries, and the log of 0."""
    return -np.mean(y * np.log(y_hat))


@wrong("applies-softmax-again")
def wrong_softmax_again(y, y_hat):
    """Applies softmax to probabilities, as if they were logits."""
    e = np.exp(y_hat)
    p = e / e.sum(axis=0)
    return -np.sum(y * np.log(p)) / y.shape[1]


@wrong("averages-before-the-logarithm")
def wrong_log_of_mean(y, y_hat):
    """Takes the log of the mean probability instead of the mean log."""
    return -np.log(np.mean((y * y_hat).sum(axis=0)))
