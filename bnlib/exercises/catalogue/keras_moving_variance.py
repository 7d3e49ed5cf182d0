"""Keras 3's moving variance after a training batch: biased, and momentum weighs the old."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def keras_moving_variance(moving, z, momentum=0.99):
    """moving (n, 1), z (n, m) -> (n, 1), with momentum the weight of the old average."""
    var = z.var(axis=1, keepdims=True)
    return momentum * moving + (1 - momentum) * var


HINTS = (
    "With momentum 0.99, is it the old average or the new batch that hardly counts?",
    "Keras's momentum weighs the old average. The batch's variance, the biased one that also "
    "normalizes the batch, has the weight that is left.",
    "momentum times moving, plus (1 - momentum) times the variance along axis 1, as a column.",
)

FACT = (
    "The fused 4-D kernel of Keras 2 kept the unbiased variance; its 2-D layer kept the biased one."
)


def inputs():
    """Small batches, where biased and unbiased lie apart; momenta far from one half."""
    rng = np.random.default_rng(5)
    moving = np.array([[4.0], [0.5], [30.0]])
    wide = np.array([[2.0], [60.0], [-0.07], [1.3], [-400.0]])
    narrow = rng.normal(3, 2, size=(2, 4)).astype(np.float32)
    return [
        (moving[:2], np.array([[1.0, 2.0, 6.0], [10.0, 40.0, 25.0]])),
        (moving, np.array([[3.0], [-1.0], [7.0]]), 0.6),
        (np.array([[4.0123456]]), np.array([[1.0, 5.0, 3.0, 4.0]]), 0.3),
        (moving[:2].astype(np.float32), narrow, 0.00123),
        (wide**2, -wide * rng.normal(0.3, 1, size=(5, 5)), 0.123456),
        (2 * moving, moving @ moving.T, 0.99987654),
        (moving, rng.normal(1, 3, size=(3, 2)), 0.4),
        (np.array([[0.0004]]), np.array([[0.01234567, 0.01298765, 0.0111111]]), 0.4),
    ]


def faulty(
    moving, z, momentum=0.99, *,
    weights="right", count="m", spread="var", axis=1, around="mean", eps=0.0,
):  # fmt: skip
    """The reference, with one or two things done wrong."""
    old, new = momentum, 1 - momentum
    old, new = {
        "exchanged": (new, old),
        "old whole": (1, new),
        "new whole": (old, 1),
        "new alone": (0, 1),
        "old alone": (1, 0),
        "both old": (old, old),
        "both new": (new, new),
        "away": (1 + new, -new),
    }.get(weights, (old, new))
    mean = z.mean(axis=axis, keepdims=True)
    size = z.size / mean.size
    with np.errstate(all="ignore"):
        centre = {
            "zero": 0,
            "the mean of all": z.mean(),
            "a mean over m-1": mean * size / np.float64(size - 1),
        }.get(around, mean)
        squares = ((z - centre) ** 2).sum(axis=axis, keepdims=True)
        var = squares / np.float64({"m": size, "m-1": size - 1, "1": 1}[count]) + eps
        value = {"std": np.sqrt(var), "mean": mean}.get(spread, var)
        if spread == "averaged as std":
            return (old * np.sqrt(moving) + new * np.sqrt(var)) ** 2
    return old * moving + new * value


@mistake
def loses_the_brackets(moving, z, momentum=0.99):
    """Your result has 1 in it as it stands, and momentum times the variance taken away. That
    happens when the bracket around the new variance's weight is missing. Look at the order in which
    Python works out your line."""
    return momentum * moving + 1 - momentum * z.var(axis=1, keepdims=True)


@mistake
def fixes_the_weight_of_the_new(moving, z, momentum=0.99):
    """The new variance comes in with the weight 0.01, whatever the momentum. That belongs to the
    default of 0.99 alone; for any other, your two weights do not sum to 1. Look at what the weight
    of the new is to be made from."""
    return momentum * moving + 0.01 * z.var(axis=1, keepdims=True)


@fault(weights="exchanged")
def exchanges_the_weights():
    """You let momentum weigh what is new, as PyTorch does. In Keras it weighs the old average: 0.99
    keeps nearly all of it, where yours forgets nearly all. Look at which of the two stands beside
    momentum."""


@fault(weights="new whole")
def adds_the_variance_whole():
    """You add what is new with its full weight, beside a share of the old average. Two weights of
    an average sum to 1, whatever the momentum. Look at the weight that the new variance should
    have."""


@fault(weights="old whole")
def keeps_the_average_whole():
    """You keep the old average with its full weight, and add a share of what is new. An average of
    variances can then never fall. Look at how much of the old one is to stay."""


@fault(weights="new alone")
def forgets_the_average():
    """The old average has no part in your result, so nothing is remembered of earlier batches. At
    test time the network would depend on the last batch of training. Look at where the old average
    should come in."""


@fault(weights="old alone")
def forgets_the_batch():
    """You return the average as it was, so the batch leaves no trace. Look at where the batch's
    variance should come in."""


@fault(weights="both old")
def gives_both_one_weight():
    """You give the old average and what is new the same weight. Two weights of an average sum to 1,
    whatever the momentum. Look at what stands beside each of the two."""


@fault(weights="away")
def moves_the_wrong_way():
    """You move the average by the right share in the wrong direction: away from what is new. Look
    at your signs: which of the two is taken away from the other?"""


@fault(count="m-1")
def keeps_the_unbiased_variance():
    """Where your variance is of several numbers, it is divided by one less than their count, as
    is the one PyTorch keeps. Keras 3 keeps the biased one, with which it also normalizes. Look at
    the count that your variance is divided by, be it inside a function of NumPy's."""


@fault(count="1")
def forgets_to_divide():
    """Your variance is a sum of squares that is not divided by their number, so it can grow with
    every further one. Look at where a mean should be made of it."""


@fault(spread="std")
def averages_in_the_deviation():
    """What you take of the batch is a standard deviation, and the average is one of variances. The
    two have different units, and the square of one is the other. Look at what you compute of the
    batch."""


@fault(spread="mean")
def averages_in_the_mean():
    """What you take of the batch is its mean, and the average is one of variances. The running mean
    is an average of its own. Look at which statistic of the batch you compute."""


@fault(spread="averaged as std")
def averages_deviations():
    """You average standard deviations and square the result. The framework averages the variances
    themselves, which is in general not the same. (Lasagne kept 1 / std; that is yet another
    average.) Look at where your roots are."""


@fault(axis=0)
def averages_over_units():
    """You go down the columns, over the units of one example. A unit's variance is over the
    examples, and arrays here have one row a unit. Look at what each variance is taken over."""


@fault(axis=None)
def averages_over_everything():
    """You take one number of the whole matrix. Each unit keeps its own running variance. Look at
    the axis, or where one should be: without, NumPy takes all the numbers together."""


@fault(around="zero")
def leaves_the_mean_in_the_variance():
    """The spread that you average in is the one around 0, not around the mean. With a mean far
    above the deviation it tells mostly of that. Look at where the mean should be taken off."""


@fault(around="the mean of all")
def centres_on_one_mean_of_all():
    """You take one mean of the whole matrix away from all units. What lies between a unit's own
    mean and that one then counts as its spread. Look at what your mean is taken over."""


@mistake
def updates_for_every_example(moving, z, momentum=0.99):
    """Your result is what an update for every example gives, each with the whole batch's variance.
    A batch counts once, however many examples it has. Look at what is repeated for every example,
    or raised to a power."""
    for _ in range(z.shape[1]):
        moving = keras_moving_variance(moving, z, momentum)
    return moving


@fault(eps=1e-3)
def adds_eps_to_the_batch():
    """You add an eps to the batch's variance before averaging it in. Keras adds its own when the
    variance is used, under the root; an eps that is kept comes on top of that. Look at what goes
    into the average."""


@mistake
def centres_on_the_moving_variance(moving, z, momentum=0.99):
    """You measure the distances from the moving average you are given, which is a variance, and not
    a mean. The batch's variance is taken around the batch's own mean. Look at what you subtract
    from z."""
    var = ((z - moving) ** 2).mean(axis=1, keepdims=True)
    return momentum * moving + (1 - momentum) * var


@mistake
def adds_eps(moving, z, momentum=0.99):
    """You add an eps to the variance you keep. It is added when the variance is used, under the
    root, and every time afresh; an eps that is kept comes on top of that. Look at what goes into
    the average, or is added to it."""
    return keras_moving_variance(moving, z, momentum) + 1e-3


@mistake
def updates_twice(moving, z, momentum=0.99):
    """Your result is what two updates by the same batch give. Each batch counts once. Look at how
    often your update runs, and whether a weight is squared."""
    return keras_moving_variance(keras_moving_variance(moving, z, momentum), z, momentum)


@mistake
def corrects_for_the_start(moving, z, momentum=0.99):
    """Your result is the right one divided by (1 - momentum). That is a correction for an average
    started at zero, after its first value; Keras by default starts its variance at one and corrects
    nothing. Look at your two weights, and at what they sum to in the end."""
    return keras_moving_variance(moving, z, momentum) / (1 - momentum)


@mistake
def adds_a_flat_variance(moving, z, momentum=0.99):
    """Where there are several units, your result is a square (n, n), in which every unit meets
    every other's variance. That comes of a column (n, 1) and a flat variance of shape (n,), or one
    that lies in a row. Look at what happens to the axis when you take the variance."""
    return momentum * moving + (1 - momentum) * z.var(axis=1)


@also(keeps_the_unbiased_variance)
def keeps_the_unbiased_variance_but_for_one_example(moving, z, momentum=0.99):
    m = z.shape[1]
    var = z.var(axis=1, keepdims=True) * m / max(m - 1, 1)
    return momentum * moving + (1 - momentum) * var


@mistake
def takes_a_step_for_every_example(moving, z, momentum=0.99):
    """You move the average once for every example, towards its squared distance from the mean. It
    is to move once for a whole batch, towards the mean of those squares. Look at what is done for
    every example by itself."""
    squares = (z - z.mean(axis=1, keepdims=True)) ** 2
    for column in squares.T:
        moving = momentum * moving + (1 - momentum) * column[:, np.newaxis]
    return moving


@also(gives_both_one_weight)
def gives_both_the_new_ones_weight(moving, z, momentum=0.99):
    return faulty(moving, z, momentum, weights="both new")


@mistake
def makes_a_column_of_the_examples(moving, z, momentum=0.99):
    """Each of your variances goes down a column, over the units of one example, and then stands
    where a unit's should. Where examples and units differ in number, that may stop with an error;
    where it goes on, the numbers are as a rule wrong. Look at what each variance is taken
    over."""
    return momentum * moving + (1 - momentum) * z.var(axis=0).reshape(-1, 1)


@mistake
def gives_all_units_one_variance(moving, z, momentum=0.99):
    """Where there are several units, the same number of the batch comes in for all: the variance of
    one of them, or a mean of the variances. Each unit has its own. Look at what becomes of the
    units' axis, as where a flat variance meets a column, or one entry or column is picked out."""
    return momentum * moving + (1 - momentum) * z.var(axis=1)[0]


@also(gives_all_units_one_variance)
def gives_all_units_the_last_variance(moving, z, momentum=0.99):
    return momentum * moving + (1 - momentum) * z.var(axis=1)[-1]


@also(gives_all_units_one_variance)
def gives_all_units_the_mean_variance(moving, z, momentum=0.99):
    return momentum * moving + (1 - momentum) * z.var(axis=1).mean()


@mistake
def leaves_out_an_example(moving, z, momentum=0.99):
    """Where there are several examples, one does not come into your sum of squares: the first or
    the last. Look at where your sum begins and ends."""
    squares = ((z - z.mean(axis=1, keepdims=True))[:, :-1] ** 2).sum(axis=1, keepdims=True)
    return momentum * moving + (1 - momentum) * squares / z.shape[1]


@also(leaves_out_an_example)
def leaves_out_the_first_example(moving, z, momentum=0.99):
    squares = ((z - z.mean(axis=1, keepdims=True))[:, 1:] ** 2).sum(axis=1, keepdims=True)
    return momentum * moving + (1 - momentum) * squares / z.shape[1]


@mistake
def adds_up_distances(moving, z, momentum=0.99):
    """You add up the distances from the mean as they are. A variance is made of their squares. Look
    at what you add up."""
    distances = np.abs(z - z.mean(axis=1, keepdims=True)).mean(axis=1, keepdims=True)
    return momentum * moving + (1 - momentum) * distances
