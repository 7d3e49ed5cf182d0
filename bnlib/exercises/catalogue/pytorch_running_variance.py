"""PyTorch's running variance after a training batch: unbiased, and momentum weighs the new."""

import numpy as np

from bnlib.exercises.catalogue import keras_moving_variance as keras
from bnlib.exercises.exercise import also, fault, mistake


def pytorch_running_variance(running, z, momentum=0.1):
    """running (n, 1), z (n, m) -> (n, 1), with momentum the weight of the new variance."""
    var = z.var(axis=1, keepdims=True, ddof=1)
    return (1 - momentum) * running + momentum * var


HINTS = (
    "With momentum 0.1, is it the old average or the new batch that counts less? And by what does "
    "an unbiased variance divide?",
    "PyTorch's momentum weighs the new variance, and the old average has what is left. The "
    "variance kept is the unbiased one.",
    "(1 - momentum) times running, plus momentum times the variance along axis 1 divided by m - 1, "
    "as a column.",
)

FACT = (
    "PyTorch normalizes the batch itself with the biased variance: it keeps one and uses the other."
)


def inputs():
    """Small batches, where biased and unbiased lie apart; momenta far from one half.

    Once a unit that is constant, at a level that would not survive rounding.
    """
    rng = np.random.default_rng(5)
    running = np.array([[4.0], [0.5]])
    wide = np.array([[2.0], [60.0], [-0.007], [1.3], [-170.0]])
    z = -wide * rng.normal(1.5, 1, size=(5, 8))
    z[2] = 0.0123456
    narrow = rng.normal(3, 2, size=(3, 2)).astype(np.float32)
    return [
        (running, np.array([[1.0, 2.0, 6.0], [10.0, 40.0, 25.0]])),
        (running[:1], np.array([[1.0, 5.0, 3.0, 4.0]]), 0.97),
        (np.array([[4], [0.5], [2]], np.float32), narrow, 0.04),
        (running, running @ [[1.0, -3.0, 2.0]], 0.00012345),
        (1.01234 * wide**2, z, 0.99923456),
        (np.array([[130.0123456], [0.5]]), np.array([[1.0, 2.5, 7.0], [3.0, -1.0, 0.5]]), 0.3),
    ]


def faulty(running, z, momentum=0.1, *, count="m-1", **other):
    """The reference, with one or two things done wrong: Keras's, with the weights turned round."""
    return keras.faulty(running, z, 1 - momentum, count=count, **other)


@fault(weights="exchanged")
def exchanges_the_weights():
    """You let momentum weigh the old average, as Keras does. In PyTorch it weighs the new variance:
    0.1 lets a tenth of it in. Yours would keep only a tenth of the old. Look at which of the two
    stands beside momentum."""


@fault(count="m")
def keeps_the_biased_variance():
    """Your variance is divided by the whole count. That kind normalizes the batch; PyTorch keeps
    the unbiased kind. With small batches the two can lie far apart. Look at the count that your
    variance is divided by, be it inside a function of NumPy's."""


@mistake
def turns_the_correction_over(running, z, momentum=0.1):
    """You correct the variance the wrong way: by a factor below 1, where the unbiased variance is
    never the smaller one of the two. Look at which of m and m - 1 belongs above the line."""
    m = z.shape[1]
    var = z.var(axis=1, keepdims=True) * (m - 1) / m
    return (1 - momentum) * running + momentum * var


@mistake
def corrects_twice(running, z, momentum=0.1):
    """Your variance is corrected twice, by the square of the factor, as where a function corrects
    it already and a factor follows. Look for two places that correct it, or for a power; one
    correction is due."""
    m = z.shape[1]
    var = z.var(axis=1, keepdims=True, ddof=1) * m / (m - 1)
    return (1 - momentum) * running + momentum * var


@mistake
def corrects_the_average(running, z, momentum=0.1):
    """You apply the factor m / (m - 1) to the old average as well. What earlier batches put into it
    was corrected then; now only the new variance is to be. Look at what your factor multiplies."""
    m = z.shape[1]
    var = z.var(axis=1, keepdims=True)
    return ((1 - momentum) * running + momentum * var) * m / (m - 1)


@mistake
def adds_eps(running, z, momentum=0.1):
    """An eps comes into the variance you keep. It is added when the variance is used, under the
    root, and every time afresh; an eps that is kept comes on top of that. Look at what goes into
    the average, or is added to it."""
    return pytorch_running_variance(running, z, momentum) + 1e-3


@mistake
def updates_twice(running, z, momentum=0.1):
    """Your result is what two updates by the same batch give. Each batch counts once. Look at how
    often your update runs, and whether a weight is squared."""
    return pytorch_running_variance(pytorch_running_variance(running, z, momentum), z, momentum)


@mistake
def updates_for_every_example(running, z, momentum=0.1):
    """Your result is what an update for every example gives, each with the whole batch's variance.
    A batch counts once, however many examples it has. Look at what is repeated for every example,
    or raised to a power."""
    for _ in range(z.shape[1]):
        running = pytorch_running_variance(running, z, momentum)
    return running


# These are the same in both frameworks.
adds_the_variance_whole = keras.adds_the_variance_whole
keeps_the_average_whole = keras.keeps_the_average_whole
forgets_the_average = keras.forgets_the_average
forgets_the_batch = keras.forgets_the_batch
gives_both_one_weight = keras.gives_both_one_weight
forgets_to_divide = keras.forgets_to_divide
averages_in_the_deviation = keras.averages_in_the_deviation
averages_in_the_mean = keras.averages_in_the_mean
averages_deviations = keras.averages_deviations
averages_over_units = keras.averages_over_units
moves_the_wrong_way = keras.moves_the_wrong_way
averages_over_everything = keras.averages_over_everything
leaves_the_mean_in_the_variance = keras.leaves_the_mean_in_the_variance
centres_on_one_mean_of_all = keras.centres_on_one_mean_of_all


@fault(around="a mean over m-1")
def divides_the_mean_by_m_minus_one():
    """Your mean is a sum divided by one less than the count. The one taken away belongs to the
    variance, since a mean comes into that already. Look at the count in your mean."""


# This is the same as `var * m / m - 1`.
@mistake
def takes_one_away_at_the_end(running, z, momentum=0.1):
    """You divide by m, and take 1 away from what comes out, as happens where brackets are missing:
    division comes before subtraction. The variance can then fall below 0. Look at how far your
    divisor reaches."""
    var = z.var(axis=1, keepdims=True) - 1
    return (1 - momentum) * running + momentum * var


@mistake
def leaves_out_an_example(running, z, momentum=0.1):
    """One example's square does not come into your variance, the first's or the last's. All m
    squares count, also where their sum is divided by m - 1. Look at where your loop or your slice
    begins and ends."""
    return _without(running, z, momentum, slice(None, -1), 1)


def _without(running, z, momentum, kept, less, centre=slice(None)):
    mean = z[:, centre].mean(axis=1, keepdims=True)
    with np.errstate(all="ignore"):
        squares = ((z - mean)[:, kept] ** 2).sum(axis=1, keepdims=True)
        return (1 - momentum) * running + momentum * squares / np.float64(z.shape[1] - less)


def _leaves_out(kept, less, centre=slice(None)):
    return lambda running, z, momentum=0.1: _without(running, z, momentum, kept, less, centre)


_FIRST, _LAST = slice(1, None), slice(None, -1)
leaves_out_the_first = also(leaves_out_an_example)(_leaves_out(_FIRST, 1))
leaves_out_the_first_of_m = also(leaves_out_an_example)(_leaves_out(_FIRST, 0))
leaves_out_the_last_of_m = also(leaves_out_an_example)(_leaves_out(_LAST, 0))
leaves_out_the_first_in_all = also(leaves_out_an_example)(_leaves_out(_FIRST, 1, _FIRST))
leaves_out_the_last_in_all = also(leaves_out_an_example)(_leaves_out(_LAST, 1, _LAST))


@mistake
def corrects_with_the_number_of_units(running, z, momentum=0.1):
    """Your correction uses the number of units. The variance is taken over the examples, and it is
    their number that one is taken away from. Look at where your count comes from."""
    n = z.shape[0]
    return (1 - momentum) * running + momentum * z.var(axis=1, keepdims=True) * n / (n - 1)


@mistake
def adds_a_flat_variance(running, z, momentum=0.1):
    """Where there are several units, your result is a square (n, n), in which every unit meets
    every other's variance. That comes of a column (n, 1) and a flat variance of shape (n,), or one
    that lies in a row. Look at what happens to the axis when you take the variance."""
    return (1 - momentum) * running + momentum * z.var(axis=1, ddof=1)


@mistake
def counts_the_units(running, z, momentum=0.1):
    """You divide the sum of squares by the number of units, or by one less. The sum runs over the
    examples of a unit, and those are the columns. Look at where your count comes from."""
    n, m = z.shape
    var = z.var(axis=1, keepdims=True) * m / max(n - 1, 1)
    return (1 - momentum) * running + momentum * var


@mistake
def centres_on_the_running_variance(running, z, momentum=0.1):
    """You take the old running variance away from z, where the batch's mean belongs. A variance is
    taken around the mean of the same numbers. Look at what you take away before you square."""
    m = z.shape[1]
    with np.errstate(all="ignore"):
        var = ((z - running) ** 2).sum(axis=1, keepdims=True) / np.float64(m - 1)
    return (1 - momentum) * running + momentum * var


@mistake
def adds_up_distances(running, z, momentum=0.1):
    """You add up the distances from the mean as they are. A variance is made of their squares. Look
    at what you add up."""
    distances = np.abs(z - z.mean(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
    return (1 - momentum) * running + momentum * distances / (z.shape[1] - 1)


@also(adds_up_distances)
def takes_the_mean_of_distances(running, z, momentum=0.1):
    distances = np.abs(z - z.mean(axis=1, keepdims=True)).mean(axis=1, keepdims=True)
    return (1 - momentum) * running + momentum * distances


@also(counts_the_units)
def counts_all_units(running, z, momentum=0.1):
    n, m = z.shape
    return (1 - momentum) * running + momentum * z.var(axis=1, keepdims=True) * m / n


@also(gives_both_one_weight)
def gives_both_the_new_ones_weight(running, z, momentum=0.1):
    return faulty(running, z, momentum, weights="both new")


@also(keras.makes_a_column_of_the_examples)
def makes_a_column_of_the_examples(running, z, momentum=0.1):
    with np.errstate(all="ignore"):
        n = np.float64(len(z))
        var = z.var(axis=0).reshape(-1, 1) * n / (n - 1)
    return (1 - momentum) * running + momentum * var


@also(makes_a_column_of_the_examples)
def makes_a_biased_column_of_the_examples(running, z, momentum=0.1):
    return (1 - momentum) * running + momentum * z.var(axis=0).reshape(-1, 1)


@mistake
def takes_a_step_for_every_example(running, z, momentum=0.1):
    """You move the average once for every example, towards its squared distance from the mean. It
    is to move once for a whole batch, towards the one variance that these squares make together.
    Look at what is done for every example by itself."""
    squares = (z - z.mean(axis=1, keepdims=True)) ** 2
    for column in squares.T:
        running = (1 - momentum) * running + momentum * column[:, np.newaxis]
    return running


@also(keras.gives_all_units_one_variance)
def gives_all_units_one_variance(running, z, momentum=0.1):
    return (1 - momentum) * running + momentum * z.var(axis=1, ddof=1)[0]


@also(gives_all_units_one_variance)
def gives_all_units_the_last_variance(running, z, momentum=0.1):
    return (1 - momentum) * running + momentum * z.var(axis=1, ddof=1)[-1]


@also(gives_all_units_one_variance)
def gives_all_units_the_mean_variance(running, z, momentum=0.1):
    return (1 - momentum) * running + momentum * z.var(axis=1, ddof=1).mean()


@also(adds_eps)
def adds_eps_to_the_batch(running, z, momentum=0.1):
    return pytorch_running_variance(running, z, momentum) + momentum * 1e-3


@mistake
def divides_by_one_more(running, z, momentum=0.1):
    """You divide by one more than the number of examples. The unbiased variance divides by one
    less. Look at the count you divide by."""
    m = z.shape[1]
    var = z.var(axis=1, keepdims=True) * m / (m + 1)
    return (1 - momentum) * running + momentum * var


@mistake
def divides_by_two_less(running, z, momentum=0.1):
    """You divide by two less than the number of examples, and the unbiased variance by one less.
    Look at your `ddof`, or at the count you divide by."""
    with np.errstate(all="ignore"):
        var = z.var(axis=1, keepdims=True) * z.shape[1] / np.float64(z.shape[1] - 2)
    return (1 - momentum) * running + momentum * var
