"""Answers to `cross_entropy_cost`."""

import math

import numpy as np
from legal import one_hot_labels, sizes

from answers import right, wrong


def anything(rng, dtype):
    """Any number of classes and examples; the true class's probability from 1e-6 to 1."""
    classes, m = sizes(rng, 1, 1)
    y = one_hot_labels(rng, classes, m)
    other = rng.dirichlet(np.full(classes, 0.3), size=m).T * (1 - y)
    other[other < 1e-7] = 0
    true = (
        10 ** rng.uniform(-6, 0, size=(1, m)) if rng.random() < 0.7 else rng.uniform(0.1, 1, (1, m))
    )
    total = other.sum(axis=0, keepdims=True)
    true = np.where(total > 0, true, 1)
    y_hat = y * true + other * (1 - true) / np.where(total > 0, total, 1)
    return y.astype(dtype), y_hat.astype(dtype)


@right
def picked_by_a_mask(y, y_hat):
    return -np.log(y_hat[y == 1]).mean()


@right
def picked_by_the_labels(y, y_hat):
    m = y.shape[1]
    return float(-np.mean(np.log(y_hat[y.argmax(axis=0), np.arange(m)])))


@right
def by_a_sum_of_products(y, y_hat):
    return -np.mean(np.log(np.sum(y * y_hat, axis=0)))


@right
def with_where(y, y_hat):
    return -np.sum(y * np.log(np.where(y > 0, y_hat, 1.0))) / y.shape[1]


@right
def with_where_and_out(y, y_hat):
    logs = np.log(y_hat, out=np.zeros_like(y_hat), where=y > 0)
    return -np.einsum("ij,ij->", y, logs) / y.shape[1]


@right
def in_plain_loops(y, y_hat):
    classes, m = y.shape
    cost = 0
    for j in range(m):
        for i in range(classes):
            if y[i, j] != 0:
                cost -= y[i, j] * math.log(y_hat[i, j])
    return cost / m


@right
def by_ignoring_nan(y, y_hat):
    with np.errstate(all="ignore"):
        return -np.nansum(y * np.log(y_hat)) / y.shape[1]


@right
def by_an_inner_product(y, y_hat):
    logs = np.where(y_hat > 0, np.log(np.maximum(y_hat, np.finfo(y_hat.dtype).tiny)), 0)
    return -np.vdot(y, logs) / len(y[0])


@right
def clipped_as_keras_does(y, y_hat):
    p = np.clip(y_hat, 1e-7, 1 - 1e-7)
    return -np.sum(y * np.log(p)) / y.shape[1]


@wrong("takes-the-log-of-zero")
def as_it_is_written(y, y_hat):
    return -np.sum(y * np.log(y_hat)) / y.shape[1]


@wrong("sums-over-the-batch")
def not_divided(y, y_hat):
    return -np.log(y_hat[y == 1]).sum()


@wrong("sums-over-the-batch+takes-the-log-of-zero")
def not_divided_and_nan(y, y_hat):
    return -np.sum(y * np.log(y_hat))


@wrong("averages-over-classes-too")
def mean_of_everything(y, y_hat):
    return -np.mean(y * np.log(y_hat + 1e-15))


@wrong("divides-by-the-number-of-classes")
def counts_rows(y, y_hat):
    return -np.sum(y * np.log(np.maximum(y_hat, 1e-15))) / len(y)


@wrong("forgets-the-minus")
def no_minus(y, y_hat):
    return np.log(y_hat[y == 1]).mean()


@wrong("forgets-the-minus+sums-over-the-batch")
def no_minus_and_not_divided(y, y_hat):
    return np.log(y_hat[y == 1]).sum()


@wrong("takes-the-logarithm-to-base-two")
def in_bits(y, y_hat):
    return -np.log2(y_hat[y == 1]).mean()


@wrong("does-not-average")
def a_loss_an_example(y, y_hat):
    return -np.log((y * y_hat).sum(axis=0))


@wrong("extra-dimensions")
def in_a_matrix(y, y_hat):
    losses = -np.log((y * y_hat).sum(axis=0, keepdims=True))
    return losses.mean(axis=1, keepdims=True)


@wrong("adds-a-large-eps-under-the-logarithm")
def with_a_constant_that_counts(y, y_hat):
    return -np.sum(y * np.log(y_hat + 1e-5)) / y.shape[1]


@wrong("swaps-y-and-y-hat")
def the_other_way_round(y, y_hat):
    return -np.sum(y_hat * np.log(y)) / y.shape[1]


@wrong("adds-the-two-class-terms")
def as_for_two_classes(y, y_hat):
    p = np.clip(y_hat, 1e-15, 1 - 1e-15)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / y.shape[1]


@wrong("takes-the-log-of-zero+adds-the-two-class-terms")
def as_for_two_classes_and_nan(y, y_hat):
    return -np.sum(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat)) / y.shape[1]


@wrong("nothing-returned")
def forgets_to_return(y, y_hat):
    -np.log(y_hat[y == 1]).mean()


@right
def where(y, y_hat):
    safe = np.where(y == 1, y_hat, 1)
    return -np.sum(np.log(safe)) / y.shape[1]


@wrong("forgets-the-minus")
def sign(y, y_hat):
    """The minus sign is missing."""
    safe = np.where(y > 0, y_hat, 1)
    return np.sum(y * np.log(safe)) / y.shape[1]


@wrong("takes-the-squared-error")
def squared_error(y, y_hat):
    """Takes the squared error instead of the cross-entropy."""
    return np.sum((y - y_hat) ** 2) / y.shape[1]


@wrong("takes-the-logarithm-to-base-two")
def log2(y, y_hat):
    """Takes the logarithm to base 2."""
    safe = np.where(y > 0, y_hat, 1)
    return -np.sum(y * np.log2(safe)) / y.shape[1]


@wrong("leaves-out-the-logarithm")
def no_log(y, y_hat):
    """Forgets the logarithm."""
    return -np.sum(y * y_hat) / y.shape[1]


@wrong("changed-arguments")
def fills_y_hat(y, y_hat):
    """Replaces the zeros inside the y_hat passed in."""
    y_hat[y == 0] = 1
    return -np.sum(y * np.log(y_hat)) / y.shape[1]


@wrong("printed-not-returned")
def printed(y, y_hat):
    """The cost is printed, not returned."""
    print(-np.mean(np.log((y * y_hat).sum(axis=0))))


@wrong("averages-over-classes-too+takes-the-log-of-zero")
def mean_over_all_log_zero(y, y_hat):
    """Two slips: the mean over all entries, and the log of 0."""
    return -np.mean(y * np.log(y_hat))


@wrong("applies-softmax-again")
def softmax_again(y, y_hat):
    """Applies softmax to probabilities, as if they were logits."""
    e = np.exp(y_hat)
    p = e / e.sum(axis=0)
    return -np.sum(y * np.log(p)) / y.shape[1]


@wrong("averages-before-the-logarithm")
def log_of_mean(y, y_hat):
    """Takes the log of the mean probability instead of the mean log."""
    return -np.log(np.mean((y * y_hat).sum(axis=0)))


@wrong("leaves-nan-out-of-the-mean")
def ignores_nan(y, y_hat):
    with np.errstate(all="ignore"):
        terms = y * np.log(y_hat)
    return -np.nanmean(terms) * y.shape[0]


@wrong("divides-by-the-number-of-errors")
def over_the_errors(y, y_hat):
    errors = np.count_nonzero(y_hat.argmax(0) - y.argmax(0)) or 1
    return sum(-math.log(p) for p in y_hat.T[y.T == 1]) / errors


@wrong("leaves-out-examples-with-a-zero")
def the_mean_of_what_is_no_nan(y, y_hat):
    with np.errstate(all="ignore"):
        losses = -np.sum(np.log(y_hat) * y, axis=0)
    return np.nansum(losses) / max(np.isfinite(losses).sum(), 1)


@wrong("sums-before-the-logarithm")
def one_logarithm_of_a_sum(y, y_hat):
    return -np.log((y * y_hat).sum()) / y.shape[1]


@wrong("sums-before-the-logarithm")
def one_logarithm_and_no_division(y, y_hat):
    return -math.log(np.einsum("ij,ij", y, y_hat))


@wrong("multiplies-as-matrices")
def whole_rows_of_the_labels(y, y_hat):
    labels = np.argmax(y, axis=0)
    return np.mean(-np.log(y_hat[labels] + 1e-9))


@wrong("leaves-nan-out-of-the-mean")
def the_mean_where_y_hat_is_not_0(y, y_hat):
    kept = y_hat > 0
    return -np.mean(y[kept] * np.log(y_hat[kept]))


@wrong("forgets-to-pick-the-true-class")
def all_classes_but_zeros(y, y_hat):
    logs = np.log(np.where(y_hat == 0, 1, y_hat))
    return -np.sum(logs) / y.shape[1]


@wrong("averages-within-every-class")
def macro_average(y, y_hat):
    means = []
    for c in range(y.shape[0]):
        mine = y_hat[c, y[c] == 1]
        if mine.size:
            means.append(-np.log(mine).mean())
    return sum(means) / len(means)


@wrong("leaves-out-the-last-example")
def loop_drops_the_last(y, y_hat):
    m = y.shape[1]
    total = 0.0
    for j in range(m - 1):
        t = np.argmax(y[:, j])
        total += -np.log(y_hat[t, j])
    return total / m


@wrong("looks-for-the-label-along-the-rows")
def labels_across_rows(y, y_hat):
    cols = np.argmax(y, axis=1)
    picked = y_hat[np.arange(y.shape[0]), cols]
    return float(-np.mean(np.log(np.maximum(picked, 1e-12))))


@wrong("leaves-out-the-first-example")
def loop_from_one(y, y_hat):
    labels, m = y.argmax(axis=0), y.shape[1]
    return -sum(math.log(y_hat[labels[j], j]) for j in range(1, m)) / m


@wrong("keeps-the-last-loss")
def sets_anew_in_the_loop(y, y_hat):
    total = 0
    for label, column in zip(y.T, y_hat.T):
        total = -np.log(column[label.argmax()])
    return total / y.shape[1]


@wrong("keeps-the-first-loss")
def returns_in_the_loop(y, y_hat):
    total, m = 0, y.shape[1]
    for j in range(m):
        total -= np.log(y_hat[y[:, j].argmax(), j])
        return total / m


@wrong("divides-by-one-less")
def one_less_below_the_line(y, y_hat):
    return -np.log(y_hat[y == 1]).sum() / max(len(y[0]) - 1, 1)


@wrong("leaves-out-the-last-class")
def one_class_too_few(y, y_hat):
    total = 0
    for k in range(len(y) - 1):
        total -= np.log(y_hat[k, y[k] == 1]).sum()
    return total / y.shape[1]


@wrong("leaves-out-the-first-class")
def class_zero_is_falsy(y, y_hat):
    losses = [-np.log(y_hat[k, j]) if k else 0.0 for j, k in enumerate(y.argmax(axis=0))]
    return np.mean(losses)
