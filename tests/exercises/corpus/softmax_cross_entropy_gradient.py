"""Answers to `softmax_cross_entropy_gradient`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_formula(z, y):
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return (e / e.sum(axis=0, keepdims=True) - y) / z.shape[1]


@right
def correct_helper(z, y):
    def softmax(x):
        shifted = x - np.max(x, axis=0)
        return np.exp(shifted) / np.sum(np.exp(shifted), axis=0)

    m = y.shape[1]
    return 1 / m * (softmax(z) - y)


@right
def correct_loops(z, y):
    classes, m = z.shape
    dz = np.zeros((classes, m))
    for j in range(m):
        top = z[:, j].max()
        total = sum(np.exp(z[c, j] - top) for c in range(classes))
        for c in range(classes):
            dz[c, j] = (np.exp(z[c, j] - top) / total - y[c, j]) / m
    return dz


@right
def correct_jacobian_product(z, y):
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
def correct_subtract_at_labels(z, y):
    top = z.max(axis=0)
    dz = np.exp(z - top - np.logaddexp.reduce(z - top, axis=0))
    dz[y.argmax(axis=0), np.arange(z.shape[1])] -= 1
    return dz / z.shape[1]


@right
def correct_transposed_rows(z, y):
    rows = np.exp(z.T - z.T.max(axis=1, keepdims=True))
    rows /= rows.sum(axis=1, keepdims=True)
    return np.divide(rows - y.T, len(rows)).T


@wrong("forgets-to-divide-by-m")
def wrong_no_mean(z, y):
    """Forgets the 1/m of the mean."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True) - y


@wrong("subtracts-the-wrong-way-round")
def wrong_sign(z, y):
    """Returns y - p, the wrong sign."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return (y - e / e.sum(axis=0, keepdims=True)) / z.shape[1]


@wrong("forgets-the-softmax")
def wrong_no_softmax(z, y):
    """Subtracts y from the logits, without softmax."""
    return (z - y) / z.shape[1]


@wrong("divides-by-the-number-of-classes")
def wrong_divided_by_classes(z, y):
    """Divides by the number of classes instead of examples."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return (e / e.sum(axis=0, keepdims=True) - y) / z.shape[0]


@wrong("divides-by-every-entry")
def wrong_divided_by_size(z, y):
    """Divides by C * m."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return (e / e.sum(axis=0, keepdims=True) - y) / z.size


@wrong("normalizes-over-examples")
def wrong_axis(z, y):
    """The softmax runs over the examples."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True) - y) / z.shape[1]


@wrong("multiplies-by-the-diagonal")
def wrong_extra_derivative(z, y):
    """Multiplies by p (1 - p), as if only the diagonal of the Jacobian remained."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    p = e / e.sum(axis=0, keepdims=True)
    return (p - y) * p * (1 - p) / z.shape[1]


@wrong("stops-at-the-probabilities")
def wrong_gradient_of_y_hat(z, y):
    """Returns the gradient with respect to y_hat, -y / y_hat."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    p = e / e.sum(axis=0, keepdims=True)
    return -y / p / z.shape[1]


@wrong("keeps-only-the-true-class")
def wrong_diagonal_jacobian(z, y):
    """The chain rule with only the Jacobian's diagonal: -y (1 - p)."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    p = e / e.sum(axis=0, keepdims=True)
    return -y * (1 - p) / z.shape[1]


@wrong("averages-over-the-examples")
def wrong_mean_over_columns(z, y):
    """Averages the gradient over the examples, leaving (C, 1)."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return (e / e.sum(axis=0, keepdims=True) - y).mean(axis=1, keepdims=True)


@wrong("divides-only-the-labels")
def wrong_precedence(z, y):
    """A missing parenthesis divides only y by m."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True) - y / z.shape[1]


@wrong("uses-the-sigmoid")
def wrong_sigmoid(z, y):
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
def wrong_sign_no_mean(z, y):
    """Two slips: the wrong sign, and no 1/m."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return y - e / e.sum(axis=0, keepdims=True)


@wrong("uses-the-predicted-class")
def wrong_hardmax(z, y):
    """Subtracts y from the hardmax instead of the softmax."""
    h = (z == z.max(axis=0, keepdims=True)).astype(float)
    return (h - y) / z.shape[1]


@wrong("raised-NameError")
def wrong_misspelt(z, y):
    """Calls a softmax that is not defined here."""
    return (soft_max(z) - y) / z.shape[1]  # noqa: F821
