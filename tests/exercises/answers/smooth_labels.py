"""Answers to `smooth_labels`."""

import numpy as np
from legal import one_hot_labels, share, sizes

from answers import right, wrong


def anything(rng, dtype):
    """Any number of classes and examples, any amount."""
    return one_hot_labels(rng, *sizes(rng, 1, 1)).astype(dtype), share(rng)


@right
def with_len(y, amount):
    return y * (1 - amount) + amount / len(y)


@right
def from_y_towards_uniform(y, amount):
    return y + amount * (1 / y.shape[0] - y)


@right
def with_a_uniform_matrix(y, amount):
    uniform = np.ones_like(y) / y.shape[0]
    return np.average([y, uniform], axis=0, weights=[1 - amount, amount])


@right
def with_each_columns_mean(y, amount):
    return (1 - amount) * y + amount * y.mean(axis=0, keepdims=True)


@right
def with_where(y, amount):
    classes, _ = y.shape
    return np.where(y == 1, 1 - amount + amount / classes, amount / classes)


@right
def with_where_by_the_rest(y, amount):
    off = amount / y.shape[0]
    return np.where(y > 0, 1 - (y.shape[0] - 1) * off, off)


@right
def in_plain_loops(y, amount):
    classes, m = y.shape
    smooth = np.empty((classes, m))
    for i in range(classes):
        for j in range(m):
            smooth[i, j] = (1 - amount) * y[i, j] + amount * (1 / classes)
    return smooth


@wrong("spreads-over-the-other-classes")
def to_the_others(y, amount):
    return np.where(y == 1, 1 - amount, amount / max(len(y) - 1, 1))


@wrong("adds-without-removing")
def on_top(y, amount):
    return y + amount / len(y)


@wrong("removes-without-adding")
def only_less(y, amount):
    return y * (1 - amount)


@wrong("swaps-the-weights")
def the_other_weight(y, amount):
    return amount * y + (1 - amount) / y.shape[0]


@wrong("divides-by-the-number-of-examples")
def by_m(y, amount):
    return (1 - amount) * y + amount / y.shape[1]


@wrong("adds-the-whole-amount")
def not_shared(y, amount):
    return (1 - amount) * y + amount


@wrong("adds-without-removing+adds-the-whole-amount")
def two_at_once(y, amount):
    return y + amount


@wrong("leaves-the-true-class-out")
def no_share_for_the_true_class(y, amount):
    smooth = np.full_like(y, amount / len(y))
    smooth[y == 1] = 1 - amount
    return smooth


@wrong("divides-by-one-class-too-few")
def one_too_few(y, amount):
    return (1 - amount) * y + np.divide(amount, len(y) - 1)


@wrong("changed-arguments")
def in_place(y, amount):
    y *= 1 - amount
    y += amount / len(y)
    return y


@wrong("ignores-amount")
def always_a_tenth(y, amount):
    return 0.9 * y + 0.1 / len(y)


@wrong("gives-each-other-class-the-amount")
def clipped(y, amount):
    """Clips to [amount, 1 - amount]."""
    return np.clip(y, amount, 1 - amount)


@wrong("adds-half-the-amount")
def binary(y, amount):
    """Divides by 2, as for two classes."""
    return (1 - amount) * y + amount / 2


@wrong("subtracts-the-uniform-part")
def sign(y, amount):
    """Subtracts the uniform part."""
    return (1 - amount) * y - amount / y.shape[0]


@wrong("mixes-with-the-class-frequencies")
def row_mean(y, amount):
    """Mixes with each class's frequency in the batch, the mean over the wrong axis."""
    return (1 - amount) * y + amount * y.mean(axis=1, keepdims=True)


@wrong("rounds-to-whole-numbers")
def integer_copy(y, amount):
    """The result is written into integers and rounds down to 0."""
    out = np.zeros(y.shape, dtype=int)
    out[:] = ((1 - amount) * y + amount / y.shape[0]).astype(int)
    return out


@wrong("nothing-returned")
def missing_return(y, amount):
    """The return is missing."""
    smoothed = (1 - amount) * y + amount / y.shape[0]  # noqa: F841


@wrong("adds-without-removing+divides-by-the-number-of-examples")
def unreduced_and_m(y, amount):
    """Two slips: the labels keep their weight, and amount is divided by m."""
    return y + amount / y.shape[1]


@wrong("mixes-with-random-noise", "global-random-state")
def noise(y, amount):
    """Adds random noise instead of the uniform distribution."""
    return (1 - amount) * y + amount * np.random.rand(*y.shape)  # noqa: NPY002


@wrong("divides-by-ten")
def ten_classes(y, amount):
    return (1 - amount) * y + amount / 10


@wrong("adds-then-normalizes")
def raises_then_normalizes(y, amount):
    raised = y + amount
    return raised / raised.sum(axis=0, keepdims=True)


@wrong("takes-one-share-off-the-true-class")
def between_two_ends(y, amount):
    return np.clip(y, amount / len(y), 1 - amount / len(y))


@wrong("leaves-the-true-class-at-one")
def fills_the_zeros_alone(y, amount):
    smooth = y.copy()
    smooth[smooth == 0] = amount / smooth.shape[0]
    return smooth


@wrong("leaves-the-true-class-at-one")
def no_entry_below_a_share(y, amount):
    others = len(y) - 1
    return np.maximum(y, amount / others) if others else y.copy()


@wrong("removes-without-adding")
def shares_by_floor_division(y, amount):
    """// rounds the uniform share down to 0."""
    classes = y.shape[0]
    return y * (1 - amount) + amount // classes


@wrong("divides-the-labels-too")
def everything_over_the_classes(y, amount):
    return ((1 - amount) * y + amount) / y.shape[0]
