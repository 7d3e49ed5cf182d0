"""Answers to `softmax_cross_entropy_gradient`."""

import math

import numpy as np
from legal import logits, one_hot_labels, sizes

from answers import right, wrong


def anything(rng, dtype):
    """Any number of classes and examples, logits of any size."""
    classes, m = sizes(rng, 1, 1)
    return logits(rng, classes, m).astype(dtype), one_hot_labels(rng, classes, m).astype(dtype)


def softmax(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)


@right
def with_a_helper(z, y):
    return (softmax(z) - y) / y.shape[1]


@wrong("does-not-shift")
def without_a_shift(z, y):
    return (np.exp(z) / np.exp(z).sum(axis=0) - y) / z.shape[1]


@right
def by_the_log_of_the_sum(z, y):
    return 1 / z.shape[1] * (np.exp(z - np.logaddexp.reduce(z, axis=0)) - y)


@right
def one_taken_away_at_the_label(z, y):
    m = z.shape[1]
    dz = softmax(z)
    dz[y.argmax(axis=0), np.arange(m)] -= 1
    return dz / m


@right
def in_plain_loops(z, y):
    classes, m = z.shape
    dz = np.zeros((classes, m))
    for j in range(m):
        top = max(z[k, j] for k in range(classes))
        total = sum(math.exp(z[k, j] - top) for k in range(classes))
        for i in range(classes):
            dz[i, j] = (math.exp(z[i, j] - top) / total - y[i, j]) / m
    return dz


@right
def through_every_jacobian(z, y):
    m = z.shape[1]
    p = softmax(z.astype(float))
    dz = np.empty(z.shape)
    for j in range(m):
        q = p[:, j]
        # The cost's slope is -1/q at the label, times q in each of the Jacobian's entries.
        label = y[:, j].argmax()
        dz[:, j] = -(np.eye(len(q))[label] - q) / m
    return dz


@right
def column_by_column(z, y):
    columns = [(softmax(a) - b) / len(z.T) for a, b in zip(z.T, y.T, strict=True)]
    return np.array(columns).T


@wrong("forgets-to-divide-by-m")
def of_one_example(z, y):
    return softmax(z) - y


@wrong("divides-by-the-number-of-classes")
def counts_rows(z, y):
    return (softmax(z) - y) / len(y)


@wrong("subtracts-the-wrong-way-round")
def turned_over(z, y):
    return (y - softmax(z)) / y.shape[1]


@wrong("forgets-to-divide-by-m+subtracts-the-wrong-way-round")
def two_at_once(z, y):
    return y - softmax(z)


@wrong("divides-only-the-labels")
def without_brackets(z, y):
    return softmax(z) - y / y.shape[1]


@wrong("forgets-the-softmax")
def from_the_logits(z, y):
    return (z - y) / z.shape[1]


@wrong("multiplies-by-the-diagonal")
def an_extra_factor(z, y):
    p = softmax(z)
    return (p - y) * p * (1 - p) / z.shape[1]


@wrong("stops-at-the-probabilities")
def one_step_short(z, y):
    return -(y / softmax(z)) / z.shape[1]


@wrong("keeps-only-the-true-class+not-finite")
def by_the_diagonal_alone(z, y):
    p = softmax(z)
    return -y / p * (p * (1 - p)) / z.shape[1]


@wrong("normalizes-over-examples+does-not-shift")
def along_the_rows(z, y):
    e = np.exp(z)
    return (e / e.sum(axis=1, keepdims=True) - y) / z.shape[1]


@wrong("averages-over-the-examples")
def of_a_bias(z, y):
    return np.sum(softmax(z) - y, axis=1, keepdims=True) / z.shape[1]


@wrong("flat-shape+averages-over-the-examples")
def of_a_bias_and_flat(z, y):
    return np.mean(softmax(z) - y, axis=1)


@wrong("forgets-to-divide-by-m+gives-a-derivative-of-softmax")
def often_quoted(z, y):
    return softmax(z) * (1 - softmax(z))


@wrong("forgets-to-divide-by-m+normalizes-over-everything+not-finite")
def without_an_axis(z, y):
    return np.exp(z) / np.sum(np.exp(z)) - y


@wrong("does-not-shift+changed-arguments")
def in_place(z, y):
    np.exp(z, out=z)
    return (z / z.sum(axis=0) - y) / z.shape[1]


@right
def formula(z, y):
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return (e / e.sum(axis=0, keepdims=True) - y) / z.shape[1]


@right
def jacobian_product(z, y):
    classes, m = z.shape
    dz = np.empty((classes, m))
    for j in range(m):
        e = np.exp(z[:, j] - z[:, j].max())
        p = e / e.sum()
        label = np.argmax(y[:, j])
        row = -p.copy()
        row[label] += 1
        dz[:, j] = -row / m
    return dz


@right
def subtract_at_labels(z, y):
    top = z.max(axis=0)
    dz = np.exp(z - top - np.logaddexp.reduce(z - top, axis=0))
    dz[y.argmax(axis=0), np.arange(z.shape[1])] -= 1
    return dz / z.shape[1]


@right
def transposed_rows(z, y):
    rows = np.exp(z.T - z.T.max(axis=1, keepdims=True))
    rows /= rows.sum(axis=1, keepdims=True)
    return np.divide(rows - y.T, len(rows)).T


@wrong("forgets-to-divide-by-m")
def no_mean(z, y):
    """Forgets the 1/m of the mean."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True) - y


@wrong("subtracts-the-wrong-way-round")
def sign(z, y):
    """Returns y - p, the wrong sign."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return (y - e / e.sum(axis=0, keepdims=True)) / z.shape[1]


@wrong("divides-by-the-number-of-classes")
def divided_by_classes(z, y):
    """Divides by the number of classes instead of examples."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return (e / e.sum(axis=0, keepdims=True) - y) / z.shape[0]


@wrong("divides-by-every-entry")
def divided_by_size(z, y):
    """Divides by C * m."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return (e / e.sum(axis=0, keepdims=True) - y) / z.size


@wrong("normalizes-over-examples")
def wrong_axis(z, y):
    """The softmax runs over the examples."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True) - y) / z.shape[1]


@wrong("stops-at-the-probabilities")
def gradient_of_y_hat(z, y):
    """Returns the gradient with respect to y_hat, -y / y_hat."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    p = e / e.sum(axis=0, keepdims=True)
    return -y / p / z.shape[1]


@wrong("keeps-only-the-true-class")
def diagonal_jacobian(z, y):
    """The chain rule with only the Jacobian's diagonal: -y (1 - p)."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    p = e / e.sum(axis=0, keepdims=True)
    return -y * (1 - p) / z.shape[1]


@wrong("averages-over-the-examples")
def mean_over_columns(z, y):
    """Averages the gradient over the examples, leaving (C, 1)."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return (e / e.sum(axis=0, keepdims=True) - y).mean(axis=1, keepdims=True)


@wrong("divides-only-the-labels")
def precedence(z, y):
    """A missing parenthesis divides only y by m."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True) - y / z.shape[1]


@wrong("uses-the-sigmoid")
def sigmoid(z, y):
    """Uses a sigmoid for each logit instead of softmax."""
    return (0.5 * (1 + np.tanh(z / 2)) - y) / z.shape[1]


@wrong("changed-arguments")
def wrong_in_place(z, y):
    """Computes the softmax inside the z passed in."""
    z -= z.max(axis=0, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(axis=0, keepdims=True)
    return (z - y) / z.shape[1]


@wrong("forgets-to-divide-by-m+subtracts-the-wrong-way-round")
def sign_no_mean(z, y):
    """Two slips: the wrong sign, and no 1/m."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return y - e / e.sum(axis=0, keepdims=True)


@wrong("uses-the-predicted-class")
def hardmax(z, y):
    """Subtracts y from the hardmax instead of the softmax."""
    h = (z == z.max(axis=0, keepdims=True)).astype(float)
    return (h - y) / z.shape[1]


@wrong("raised-NameError")
def misspelt(z, y):
    """Calls a softmax that is not defined here."""
    return (soft_max(z) - y) / z.shape[1]  # noqa: F821


@wrong("stops-at-the-probabilities")
def quotient_kept_from_zero(z, y):
    e = np.exp(z - z.max(axis=0))
    p = e / e.sum(axis=0)
    return -y / (p + 1e-12) / z.shape[1]


@wrong("gives-every-example-the-same")
def one_column_for_all(z, y):
    e = np.exp(z - z.max(axis=0))
    mean = (e / e.sum(axis=0) - y).mean(axis=1)
    return np.tile(mean[:, None], z.shape[1])


@wrong("shifts-by-another-logit")
def against_the_true_class(z, y):
    true = z[y.argmax(axis=0), np.arange(z.shape[1])]
    p = np.exp(z - true) / np.exp(z - true).sum(axis=0)
    return (p - y) / z.shape[1]


@wrong("leaves-the-logarithm-out-of-the-loss")
def jacobian_times_minus_y(z, y):
    p = softmax(z)
    gradient = np.empty_like(p)
    for j in range(z.shape[1]):
        jacobian = np.diag(p[:, j]) - np.outer(p[:, j], p[:, j])
        gradient[:, j] = jacobian @ -y[:, j]
    return gradient / z.shape[1]


@wrong("shifts-by-another-logit")
def against_the_mean(z, y):
    centred = z - np.mean(z, axis=0)
    e = np.exp(centred)
    return (e / np.sum(e, axis=0) - y) / z.shape[1]


@wrong("patches-the-overflow")
def sets_nan_to_zero(z, y):
    """Large logits overflow, and the resulting nan are set to 0 afterwards."""
    with np.errstate(all="ignore"):
        p = np.nan_to_num(np.exp(z) / np.exp(z).sum(axis=0))
    return (p - y) / z.shape[1]


@wrong("takes-one-from-whole-rows")
def rows_of_the_labels_less_one(z, y):
    labels = y.argmax(axis=0)
    p = np.exp(z - z.max(axis=0))
    p = p / p.sum(axis=0)
    p[labels] -= 1
    return p / z.shape[1]


@wrong("shifts-by-each-rows-largest")
def rows_largest(z, y):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=0, keepdims=True)
    return (p - y) / z.shape[1]
