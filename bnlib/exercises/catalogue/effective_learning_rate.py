"""The learning rate that rows of weights before batch norm really have."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def effective_learning_rate(learning_rate, w):
    """w (n_out, n_in) -> (n_out, 1): the learning rate over each row's squared norm."""
    return learning_rate / np.sum(w**2, axis=1, keepdims=True)


HINTS = (
    "Which entries of w lead into one unit, a row or a column? Their common scale is what batch "
    "norm cancels.",
    "The squared norm of a row is the sum of the squares of its entries; no root is needed. Keep "
    "it as a column of shape (n_out, 1).",
    "Divide the learning rate by that column: one number for every row.",
)

FACT = (
    "But for eps, plain gradient descent never shrinks the norms, so by itself this never rises. "
    "Weight decay can shrink them, and so raise it again: that is what it does to such rows."
)


def inputs():
    """Rows of very different lengths; square, single row, single column, float32."""
    rng = np.random.default_rng(34)
    wide = np.array([[90.0], [0.1], [1.0], [-3.0], [0.02]])
    return [
        (0.1, np.array([[1.0, 2.0, -2.0], [0.3, 0.0, 0.4]])),
        (
            203.76543,
            wide * rng.normal(1, 1, size=(5, 5)),
        ),
        (0.00051234, np.array([[3.0], [-0.5]])),
        (1.0, rng.normal(0.1, 2, size=(4, 6)).astype(np.float32)),
    ]


def faulty(learning_rate, w, *, axis=1, measure="squares", power=1, rate="as given"):
    """The reference, with one or two things done wrong."""
    w = w.astype(np.result_type(w, np.float32))
    squared = {
        "mean": np.mean(w**2, axis=axis, keepdims=True),
        "sum": np.sum(w, axis=axis, keepdims=True) ** 2,
        "plain": np.sum(w, axis=axis, keepdims=True),
        "absolute": np.sum(np.abs(w), axis=axis, keepdims=True) ** 2,
        "largest": np.max(np.abs(w), axis=axis, keepdims=True) ** 2,
        "centred": np.sum((w - w.mean(axis=axis, keepdims=True)) ** 2, axis=axis, keepdims=True),
        "eps": np.sum(w**2, axis=axis, keepdims=True) + 1e-5,
    }.get(measure, np.sum(w**2, axis=axis, keepdims=True))
    scale = squared**power
    return scale / learning_rate if rate == "below" else learning_rate / scale


@mistake
def gives_the_learning_rate_back(learning_rate, w):
    """Your result is the learning rate itself, or the same for all rows, whatever stands in them.
    Python works `/` and `*` out from left to right: to divide by a length and multiply by it again
    leaves nothing of it. Look at how the norm comes in, or should, or for missing brackets."""
    return learning_rate * np.ones((len(w), 1))


@fault(axis=0)
def takes_columns():
    """You go down the columns, over the weights that lead out of one input. Batch norm cancels the
    scale of what leads into one unit, which is a row of w. Look at the axis along which you go."""


@fault(axis=None)
def takes_the_whole_matrix():
    """You take the whole matrix together. Every unit has a batch norm of its own and so a scale of
    its own to cancel: each row has a norm of its own. Look for an axis: without one, NumPy takes
    all numbers."""


@fault(power=0.5)
def forgets_the_square():
    """The norm is due squared, and yours is not. It comes in twice: once because scaling a row up
    scales its gradient down, and once because a step in general turns a longer row by less. Look
    for a square that is missing, or for a root: NumPy's `norm` takes one, too."""


@fault(power=2)
def squares_twice():
    """You square once too often. The sum of the squares of a row is its squared norm already. Look
    at the powers you take, one after the other."""


@fault(power=-1)
def multiplies_by_the_squared_norm():
    """You multiply the learning rate where you should divide it. A step in general turns a longer
    row by less, so its learning rate is the smaller one. Look at how the squared norm comes in."""


@fault(measure="mean")
def averages_the_squares():
    """You average the squares. A row's squared norm is their sum; the mean forgets how many weights
    a row has. Look at how you gather the squares."""


@fault(measure="sum")
def squares_the_sum():
    """You add up the weights as they are, not their squares. Weights of opposite signs can cancel
    in the sum, and a long row could seem to have no length at all. Look at which comes first, the
    square or the sum."""


@fault(measure="plain")
def adds_without_squaring():
    """You add up the weights as they are. Their sum can be negative, or 0 for a row that is not; a
    squared norm cannot. Look at what you add up."""


@fault(measure="absolute")
def squares_the_sum_of_absolute_values():
    """You take the sum of the absolute values for the norm. It is a norm, too, but the argument
    about step and angle is about the Euclidean one. Look at what you add up, or which norm a
    function is asked for."""


@fault(measure="largest")
def takes_the_largest_weight():
    """For a length you take the weight that is largest in size, and leave the others out. Look at
    how the length of a vector is made of its entries."""


@fault(measure="centred")
def centres_the_weights():
    """A mean is taken away in your result, as in a variance. Batch norm centres the values of a
    unit, not its weights, and the norm counts the weights as they are. Look at what you square, or
    take away from the squares."""


@fault(measure="eps")
def adds_eps():
    """You add a small eps to the squared norm. No eps is asked for, and for short rows it can
    change the result. Look at the divisor."""


@fault(rate="below")
def turns_it_over():
    """The learning rate stands below the line in your result. A rate twice as large makes a step
    twice as large. Look at what is divided by what."""


@mistake
def divides_the_weights(learning_rate, w):
    """You give an array of w's own shape, one entry a weight. All weights of a row share one norm
    and so one learning rate: there is one result a row. Look for where a sum over the row should
    come in."""
    return learning_rate / w**2


@also(takes_the_whole_matrix)
def takes_the_whole_matrix_as_a_number(learning_rate, w):
    return learning_rate / np.sum(w**2)


@also(takes_the_whole_matrix)
def takes_the_whole_matrix_for_every_row(learning_rate, w):
    return np.full((len(w), 1), learning_rate / np.sum(w**2))


@also(adds_eps)
def adds_a_larger_eps(learning_rate, w):
    return learning_rate / (np.sum(w**2, axis=1, keepdims=True) + 1e-3)


@mistake
def divides_by_the_variance_of_the_row(learning_rate, w):
    """You divide by the spread of each row, be it a variance or a deviation: the row's mean is
    taken away in it, and it averages. The squared norm does neither, and a single weight has no
    spread at all. Look at how the length of a vector is made of its entries."""
    return learning_rate / np.var(w, axis=1, keepdims=True)


@mistake
def squares_the_learning_rate(learning_rate, w):
    """You square the learning rate along with the norm. The norm comes in twice, the learning rate
    once: a rate twice as large makes a step twice as large. Look at what your square covers."""
    return learning_rate**2 / np.sum(w**2, axis=1, keepdims=True)


@also(centres_the_weights)
def centres_the_weights_and_keeps_from_zero(learning_rate, w):
    return learning_rate / (np.var(w, axis=1, keepdims=True) * w.shape[1] + 1e-12)


@mistake
def multiplies_as_matrices(learning_rate, w):
    """Your divisor is made of the products of every two rows, as in a matrix product; the squared
    norms are those where a row meets itself. Look at how you multiply: `@` and `dot` mean matrix
    products, `*` goes entry by entry."""
    with np.errstate(all="ignore"):
        return learning_rate / (w @ w.T)


@also(multiplies_as_matrices)
def adds_up_the_matrix_product(learning_rate, w):
    return learning_rate / (w @ w.T).sum(axis=1, keepdims=True)


@also(multiplies_as_matrices)
def averages_the_matrix_product(learning_rate, w):
    return learning_rate / (w @ w.T).mean(axis=1, keepdims=True)


@also(multiplies_as_matrices)
def adds_up_the_quotients_of_the_matrix_product(learning_rate, w):
    with np.errstate(all="ignore"):
        return (learning_rate / (w @ w.T)).sum(axis=1, keepdims=True)


@mistake
def multiplies_by_the_weights(learning_rate, w):
    """Your result has an entry for every weight, since you multiply by w: that is a row scaled.
    Asked for is a rate alone, one number for each row. Look at what stands above the line."""
    return learning_rate * w / np.sum(w**2, axis=1, keepdims=True)


@mistake
def adds_the_rows_above(learning_rate, w):
    """The squares of the rows above come into a row's norm as well. Every row has a sum of its own.
    If you have loops, look at where the sum is set back to 0, or should be; if not, look for a
    running sum."""
    return learning_rate / np.cumsum(np.sum(w**2, axis=1, keepdims=True), axis=0)


@also(divides_by_the_variance_of_the_row)
def divides_by_the_deviation_of_the_row(learning_rate, w):
    return learning_rate / np.std(w, axis=1, keepdims=True)


@also(divides_by_the_variance_of_the_row)
def divides_by_the_sample_variance_of_the_row(learning_rate, w):
    with np.errstate(all="ignore"):
        centred = w - w.mean(axis=1, keepdims=True)
        return learning_rate * (w.shape[1] - 1) / np.sum(centred**2, axis=1, keepdims=True)


@also(multiplies_by_the_weights)
def multiplies_by_the_normalized_weights(learning_rate, w):
    return learning_rate * w / np.linalg.norm(w, axis=1, keepdims=True)


@fault(power=0.25)
def takes_the_root_of_the_norm():
    """You take the root of the norm. The norm is itself the root of the sum of the squares, and it
    is due squared: no root is needed. Look at the roots you take, one after the other; NumPy's
    `norm` takes one, too."""


@mistake
def adds_up_the_quotients(learning_rate, w):
    """You divide by the square of each weight, and add up the quotients. A single weight near 0
    could make the sum huge, however long its row is. Look at which comes first, the sum or the
    division."""
    with np.errstate(all="ignore"):
        return np.sum(learning_rate / w**2, axis=1, keepdims=True)


@mistake
def doubles_instead_of_squaring(learning_rate, w):
    """You divide by twice the sum of the weights, which can be negative, or 0 for a row that is
    not. A squared norm cannot: each weight comes in squared, not doubled. Look at how each weight
    comes into the sum."""
    return learning_rate / np.sum(w * 2, axis=1, keepdims=True)


def _without(learning_rate, w, part, stops=False):
    if stops and w.shape[1] == 1:
        raise ZeroDivisionError
    with np.errstate(all="ignore"):
        return learning_rate / (w[:, part] ** 2).sum(axis=1, keepdims=True)


@mistake
def leaves_out_a_weight(learning_rate, w):
    """One weight of every row, the last or the first, does not come into its length. Look at where
    your loop or your slice begins and ends: `range(1, n)` and `range(n - 1)` go one round less."""
    return _without(learning_rate, w, slice(-1))


@also(leaves_out_a_weight)
def leaves_out_the_last_weight_and_stops(learning_rate, w):
    return _without(learning_rate, w, slice(-1), stops=True)


@also(leaves_out_a_weight)
def leaves_out_the_first_weight(learning_rate, w):
    return _without(learning_rate, w, slice(1, None))


@also(leaves_out_a_weight)
def leaves_out_the_first_weight_and_stops(learning_rate, w):
    return _without(learning_rate, w, slice(1, None), stops=True)


@mistake
def multiplies_each_row_by_the_first(learning_rate, w):
    """You multiply every row by the first one, entry by entry, and add up. A row's length is made
    of its products with itself. If you have the matrix of all such products, look at which of its
    entries are a row's with itself."""
    with np.errstate(all="ignore"):
        return learning_rate / (w @ w[:1].T)
