"""Answers to `smooth_labels`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_formula(y, amount):
    return (1 - amount) * y + amount / y.shape[0]


@right
def correct_step_to_uniform(y, amount):
    return y + amount * (1 / len(y) - y)


@right
def correct_uniform_array(y, amount):
    uniform = np.full(y.shape, 1 / y.shape[0])
    return (1 - amount) * y + amount * uniform


@right
def correct_where(y, amount):
    off = amount / y.shape[0]
    on = 1 - amount + off
    return np.where(y == 1, on, off)


@right
def correct_loops(y, amount):
    classes, m = y.shape
    smoothed = np.zeros((classes, m))
    for i in range(classes):
        for j in range(m):
            smoothed[i, j] = (1 - amount) * y[i, j] + amount / classes
    return smoothed


@right
def correct_matrix(y, amount):
    c = y.shape[0]
    mixing = (1 - amount) * np.eye(c) + amount * np.ones((c, c)) / c
    return mixing @ y


@right
def correct_column_mean(y, amount):
    return (1 - amount) * y + amount * y.mean(axis=0, keepdims=True)


@wrong("adds-the-whole-amount")
def wrong_no_classes(y, amount):
    """Adds amount instead of amount / C, so columns sum to more than 1."""
    return (1 - amount) * y + amount


@wrong("swaps-the-weights")
def wrong_weights_exchanged(y, amount):
    """amount weighs the labels instead of the uniform part."""
    return amount * y + (1 - amount) / y.shape[0]


@wrong("adds-without-removing")
def wrong_labels_not_reduced(y, amount):
    """The labels keep their full weight."""
    return y + amount / y.shape[0]


@wrong("divides-by-the-number-of-examples")
def wrong_divided_by_m(y, amount):
    """Divides by the number of examples instead of classes."""
    return (1 - amount) * y + amount / y.shape[1]


@wrong("spreads-over-the-other-classes")
def wrong_other_classes(y, amount):
    """Spreads amount over the C - 1 other classes only."""
    return np.where(y == 1, 1 - amount, amount / max(y.shape[0] - 1, 1))


@wrong("removes-without-adding")
def wrong_only_scaled(y, amount):
    """Forgets the uniform part."""
    return (1 - amount) * y


@wrong("gives-each-other-class-the-amount")
def wrong_clipped(y, amount):
    """Clips to [amount, 1 - amount]."""
    return np.clip(y, amount, 1 - amount)


@wrong("leaves-the-true-class-out")
def wrong_true_class_forgotten(y, amount):
    """The true class gets 1 - amount, without its share of the uniform part."""
    return np.where(y == 1, 1 - amount, amount / y.shape[0])


@wrong("changed-arguments")
def wrong_in_place(y, amount):
    """y *= ... changes the labels passed in (and fails on integers)."""
    c = y.shape[0]
    y *= 1 - amount
    y += amount / c
    return y


@wrong("adds-half-the-amount")
def wrong_binary(y, amount):
    """Divides by 2, as for two classes."""
    return (1 - amount) * y + amount / 2


@wrong("subtracts-the-uniform-part")
def wrong_sign(y, amount):
    """Subtracts the uniform part."""
    return (1 - amount) * y - amount / y.shape[0]


@wrong("mixes-with-the-class-frequencies")
def wrong_row_mean(y, amount):
    """Mixes with each class's frequency in the batch, the mean over the wrong axis."""
    return (1 - amount) * y + amount * y.mean(axis=1, keepdims=True)


@wrong("ignores-amount")
def wrong_hard_coded(y, amount):
    """amount is hard-coded to 0.1."""
    return 0.9 * y + 0.1 / y.shape[0]


@wrong("rounds-to-whole-numbers")
def wrong_integer_copy(y, amount):
    """The result is written into integers and rounds down to 0."""
    out = np.zeros(y.shape, dtype=int)
    out[:] = ((1 - amount) * y + amount / y.shape[0]).astype(int)
    return out


@wrong("nothing-returned")
def wrong_missing_return(y, amount):
    """The return is missing."""
    smoothed = (1 - amount) * y + amount / y.shape[0]  # noqa: F841


@wrong("adds-without-removing+divides-by-the-number-of-examples")
def wrong_unreduced_and_m(y, amount):
    """Two slips: the labels keep their weight, and amount is divided by m."""
    return y + amount / y.shape[1]


@wrong("mixes-with-random-noise")
def wrong_noise(y, amount):
    """Adds random noise instead of the uniform distribution."""
    return (1 - amount) * y + amount * np.random.rand(*y.shape)  # noqa: NPY002
