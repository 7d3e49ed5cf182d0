"""Normalize every unit over the batch: mean 0 and, but for eps, variance 1."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def normalize(z, eps=1e-5):
    """z (n, m) -> z_norm (n, m): every row with mean 0 and, but for eps, variance 1."""
    mu = z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    return (z - mu) / np.sqrt(var + eps)


HINTS = (
    "Which numbers of z belong to one unit: a row or a column? Its mean and variance are taken "
    "over those, and no others.",
    "Take the mean and the variance of every row, each as a column of shape (n, 1), so that they "
    "broadcast over the row. Then subtract one, and divide by a root made from the other.",
    "With mu and var of shape (n, 1): subtract mu from z; the divisor is the square root of (var "
    "+ eps), so eps goes in before the root.",
)

FACT = (
    "With an eps above 0, the variance of the result is under 1 for every unit: by a little where "
    "the unit's variance is far above eps, by more where it is not, and 0 for a unit that does not "
    "vary. How far under is the question of exercise 1.6."
)


def inputs():
    """Rows of different scales and means; eps that counts."""
    rng = np.random.default_rng(1)
    levels = np.array([[2.0], [-300.0], [0.5], [250.0], [-0.3]])
    spreads = np.array([[0.0], [40.0], [1.0], [30.0], [0.004]])
    square = levels + spreads * rng.normal(size=(5, 5))
    narrow = rng.normal(3, 2, size=(2, 6)).astype(np.float32)
    return [
        # Variance and deviation on one side of eps, and on the other.
        (np.array([[1.0, 2.0, 6.0], [10.0, 40.0, 25.0]]), 5.0),
        # n = m, a unit that is constant over the batch, and eps left to its default.
        (square,),
        (np.array([[3.0], [-1.0], [7.0]]), 0.1),
        (np.array([[1.0, 5.0, 3.0, 4.0]]), 2.0),
        (narrow, 0.25),
    ]


def faulty(
    z,
    eps=1e-5,
    *,
    mean_axis=1,
    var_axis=1,
    centre="mean",
    divide=True,
    spread="std",
    count="m",
    eps_in="",
):
    """The reference, with one or two things done wrong."""
    mean = z.mean(axis=mean_axis, keepdims=True)
    var = z.var(axis=var_axis, keepdims=True)
    m = z.size / var.size
    if count != "m":
        var = var * m / (m - 1 if count == "m-1" else 1)
    var = {
        "outside": var,
        "apart": var,
        "none": var,
        "minus": var - eps,
        "squared": var + eps**2,
        "floor": np.maximum(var, eps),
    }.get(eps_in, var + eps)
    divisor = var if spread == "var" else np.sqrt(var)
    divisor = divisor + {"outside": eps, "apart": np.sqrt(eps)}.get(eps_in, 0)
    median = np.median(z, axis=mean_axis, keepdims=True)
    centred = z - {"none": 0, "plus": -mean, "median": median}.get(centre, mean)
    if not divide:
        return centred
    return centred * divisor if spread == "times" else centred / divisor


@fault(mean_axis=0, var_axis=0)
def averages_over_units():
    """Your statistics run down the columns, over the units of one example. Batch norm asks how one
    unit behaves over the batch, and arrays here have one row a unit. Look at the axis along which
    you average, or at what your loop runs over."""


@fault(mean_axis=None, var_axis=None)
def averages_over_everything():
    """Your statistics are those of the whole matrix, the same for all units. Units may live on
    different scales, and each is to be normalized by its own, or large ones can drown small ones.
    Look at what you average over: without an axis, NumPy takes all numbers."""


@fault(mean_axis=0)
def takes_the_mean_over_units():
    """What serves as the mean runs down the columns, over the units of one example. Mean and
    variance are both to tell how one unit behaves over the batch: a row's variance is taken around
    the row's own mean. Look at the axis there."""


@fault(var_axis=0)
def takes_the_variance_over_units():
    """You take the variance down the columns, over the units of one example. Then how much the
    units differ comes into the result, in place of a unit's own spread over the batch. Look at the
    axis of your variance."""


@fault(mean_axis=None)
def takes_one_mean_for_all_units():
    """One number of the whole matrix stands for every unit's mean. Each is to lie around 0 by
    itself, so each is to lose its own mean. Look at what that is taken over: without an axis, NumPy
    takes all numbers."""


@fault(var_axis=None)
def takes_one_variance_for_all_units():
    """All your units get one and the same spread, made of the whole matrix. Units may live on
    different scales, and each is to be divided by its own. Look at what your variance is taken
    over: without an axis, NumPy takes all numbers."""


@fault(spread="var")
def divides_by_the_variance():
    """You divide by the variance, or by it and eps, a slip that is often printed. For a small eps a
    standard deviation of 10 can become 0.1, and one of 0.1 can become 10: spreads are turned over,
    not made equal. Look at the divisor: which quantity has the units of z itself?"""


@fault(spread="times")
def multiplies_by_the_deviation():
    """You multiply where you should divide. A unit of deviation 10 can end with 100 or more then,
    where it is to end with at most 1. Look at the operator beside the root, or at the sign of an
    exponent."""


@fault(eps_in="outside")
def adds_eps_outside_the_root():
    """You add eps after taking the square root. Inside, it is a variance added to another; outside,
    a deviation, and its effect can be quite different: the root of 1e-5 is about 0.003. Look at
    what eps is added to."""


@fault(eps_in="none")
def leaves_out_eps():
    """Your result does not depend on eps. It is there for a unit that is constant over the batch,
    whose variance is 0: to divide by its root can give NaN, and one NaN can spoil the whole
    network. Look at how you get what you divide by."""


@fault(eps_in="floor")
def takes_eps_for_a_floor():
    """You use eps as a floor, and take the larger of it and the spread. Batch norm adds eps to
    every variance, large or small. Look at how the two come together."""


@fault(eps_in="apart")
def takes_two_roots():
    """The root of eps is added by itself in your result. The root of a sum is at most the sum of
    the roots. Look at which comes first, the sum or the root."""


@fault(eps_in="minus")
def subtracts_eps():
    """You subtract eps from the variance. It is there to keep a small variance away from 0, and
    this moves it nearer, or below. Look at the sign in front of eps."""


@fault(eps_in="squared")
def squares_eps():
    """You add the square of eps to the variance. Here eps is itself a variance, not a deviation, so
    it is added as it stands. Look at what you add."""


@fault(count="m-1")
def divides_by_m_minus_one():
    """For several numbers your variance divides by one less than their count. Batch norm uses the
    plain mean of the squared deviations: nothing is estimated for a larger population. Look at the
    count you divide by, or for `ddof` or a function that takes one less by itself."""


@fault(count="1")
def forgets_to_divide_by_m():
    """Your spread is made of a sum of squared deviations, where their mean is due. Such a sum can
    grow with how many they are. Look at where a mean should be made of it, or for a vector's length
    in place of a deviation."""


@fault(centre="none")
def does_not_centre():
    """You leave the mean in. The result is to lie around 0, wherever z lay. Look at what you have
    in the numerator."""


@fault(centre="plus")
def adds_the_mean():
    """You add the mean where it is to be taken away: what lay around 5 can come to lie around 10,
    and not around 0. Look at the sign in front of the mean."""


@fault(centre="median")
def centres_on_the_median():
    """You centre on a median. Batch norm uses the mean: it is what the variance is taken around,
    and what the backward pass differentiates. Look at what you take away from z."""


@fault(divide=False)
def only_centres():
    """You take the mean away and stop there. The rows lie around 0 now, but still on their old
    scales. Look at where the variance should come in."""


@mistake
def leaves_the_mean_in_the_variance(z, eps=1e-5):
    """Your variance comes to the mean of z squared. Perhaps the mean is not taken away from what
    you square, or is taken away twice. Where the mean is large beside the spread, it is far too
    large, and the result can be far too small. Look at what you square."""
    mu = z.mean(axis=1, keepdims=True)
    return (z - mu) / np.sqrt((z**2).mean(axis=1, keepdims=True) + eps)


@mistake
def divides_by_the_absolute_deviation(z, eps=1e-5):
    """Your divisor is made of the mean absolute deviation. It is a spread too, but not batch
    norm's, which is the root of a variance. Look at how you make distances positive."""
    centred = z - z.mean(axis=1, keepdims=True)
    return centred / np.sqrt(np.abs(centred).mean(axis=1, keepdims=True) ** 2 + eps)


@mistake
def scales_to_the_range(z, eps=1e-5):
    """You scale every row by its smallest and largest value. One outlier can then squeeze the other
    examples together. Batch norm divides by the root of a variance instead: look at the two
    statistics it is built on."""
    low, high = z.min(axis=1, keepdims=True), z.max(axis=1, keepdims=True)
    return (z - low) / (high - low + eps)


@mistake
def adds_eps_to_the_result(z, eps=1e-5):
    """You add eps to the quotient, after dividing. That moves the quotient by eps, and does not
    keep the division away from 0, which is what eps is for. Look at which number has to stay away
    from 0."""
    mu, var = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
    return (z - mu) / np.sqrt(var) + eps


@mistake
def loses_the_brackets(z, eps=1e-5):
    """Only the mean is divided, not the difference, as happens without brackets: division comes
    before subtraction. The rows keep their old scale. Look at what you divide."""
    return z - z.mean(axis=1, keepdims=True) / np.sqrt(z.var(axis=1, keepdims=True) + eps)


@mistake
def forgets_keepdims(z, eps=1e-5):
    """With several units, your mean and variance line up with the columns of z, not its rows, as
    flat arrays (n,) do. That is an error for many shapes, and can be a silent slip where n = m.
    Look at what happens to the axis that a mean or a variance runs along."""
    return (z - z.mean(axis=1)) / np.sqrt(z.var(axis=1) + eps)


@also(takes_one_variance_for_all_units)
def takes_one_variance_of_the_centred_rows(z, eps=1e-5):
    centred = z - z.mean(axis=1, keepdims=True)
    return centred / np.sqrt((centred**2).mean() + eps)


@also(takes_eps_for_a_floor)
def takes_eps_for_a_floor_of_the_deviation(z, eps=1e-5):
    return (z - z.mean(axis=1, keepdims=True)) / np.maximum(z.std(axis=1, keepdims=True), eps)


@mistake
def takes_the_root_twice(z, eps=1e-5):
    """Under your root stands a standard deviation, which is a root already. A unit that is a
    hundred times as wide is then divided by at most ten times as much, and stays wider. Look at
    what your root is taken of."""
    centred = z - z.mean(axis=1, keepdims=True)
    return centred / np.sqrt(z.std(axis=1, keepdims=True) + eps)


@also(scales_to_the_range)
def centres_and_divides_by_the_range(z, eps=1e-5):
    spread = z.max(axis=1, keepdims=True) - z.min(axis=1, keepdims=True)
    return (z - z.mean(axis=1, keepdims=True)) / (spread + eps)


@also(scales_to_the_range)
def divides_by_the_range_squared_with_eps(z, eps=1e-5):
    spread = z.max(axis=1, keepdims=True) - z.min(axis=1, keepdims=True)
    return (z - z.mean(axis=1, keepdims=True)) / np.sqrt(spread**2 + eps)


@also(subtracts_eps)
def subtracts_eps_and_drops_the_sign(z, eps=1e-5):
    centred = z - z.mean(axis=1, keepdims=True)
    return centred / np.sqrt(abs(z.var(axis=1, keepdims=True) - eps))


@mistake
def halves_where_a_root_is_due(z, eps=1e-5):
    """You take no root: what you divide by is the variance with eps, halved or doubled. So it comes
    out with `** 1 / 2`, in which the power is taken first and the quotient then. Look for an
    exponent that needs brackets, or for a 2 that divides or multiplies."""
    var = z.var(axis=1, keepdims=True)
    return (z - z.mean(axis=1, keepdims=True)) / ((var + eps) / 2)


@also(halves_where_a_root_is_due)
def halves_the_quotient(z, eps=1e-5):
    var = z.var(axis=1, keepdims=True)
    return (z - z.mean(axis=1, keepdims=True)) / (var + eps) / 2


@mistake
def divides_by_the_root_mean_square(z, eps=1e-5):
    """You divide z by a root made of its mean square: the mean is taken away neither from z nor
    from what you square. A unit's result is to lie around 0, with the spread around its mean for a
    measure. Look at where the mean should come in."""
    return z / np.sqrt((z**2).mean(axis=1, keepdims=True) + eps)


@also(divides_by_the_absolute_deviation)
def divides_by_the_absolute_deviation_and_eps(z, eps=1e-5):
    centred = z - z.mean(axis=1, keepdims=True)
    return centred / (abs(centred).mean(axis=1, keepdims=True) + eps)


@mistake
def divides_by_the_count_of_all_entries(z, eps=1e-5):
    """You add up a row, and divide by the number of entries in the whole matrix. With a second unit
    those are too many. Look at how you get the number you divide by: `z.size` counts every entry of
    every row."""
    mu = z.mean(axis=1, keepdims=True)
    var = ((z - mu) ** 2).sum(axis=1, keepdims=True) / z.size
    return (z - mu) / np.sqrt(var + eps)


@also(divides_by_the_count_of_all_entries)
def divides_both_by_the_count_of_all_entries(z, eps=1e-5):
    mu = z.sum(axis=1, keepdims=True) / z.size
    var = ((z - mu) ** 2).sum(axis=1, keepdims=True) / z.size
    return (z - mu) / np.sqrt(var + eps)


@mistake
def divides_only_z(z, eps=1e-5):
    """You divide z, and take the mean away after that, as happens without brackets. It is still on
    z's old scale, so in general the result does not lie around 0. Look at what the division
    reaches, and in which order the two steps come."""
    mu = z.mean(axis=1, keepdims=True)
    return z / np.sqrt(z.var(axis=1, keepdims=True) + eps) - mu


@mistake
def normalizes_twice(z, eps=1e-5):
    """You normalize twice over. The first time, eps leaves at most a variance of 1; the second
    time, the result is divided by the root of that, with eps once more, which can change it again.
    Look for a step that is done twice."""
    once = normalize(z, eps)
    return normalize(once, eps)


@mistake
def takes_statistics_of_half_done_work(z, eps=1e-5):
    """Your statistics, or the means alone, are taken anew while you write into the same array, so
    they can see some examples centred or normalized already and others not yet. The whole batch is
    to have one mean and one variance a unit. Look at when you take them, and at which array."""
    out = z.copy()
    for j in range(z.shape[1]):
        out[:, j] = (out[:, j] - out.mean(axis=1)) / np.sqrt(out.var(axis=1) + eps)
    return out


@also(takes_statistics_of_half_done_work)
def takes_the_mean_of_half_done_work(z, eps=1e-5):
    out, root = z.copy(), np.sqrt(z.var(axis=1) + eps)
    for j in range(z.shape[1]):
        out[:, j] = (out[:, j] - out.mean(axis=1)) / root
    return out


@also(takes_statistics_of_half_done_work)
def centres_in_place_one_by_one(z, eps=1e-5):
    out, root = z.copy(), np.sqrt(z.var(axis=1, keepdims=True) + eps)
    for j in range(z.shape[1]):
        out[:, j] -= out.mean(axis=1)
    return out / root


@mistake
def uses_one_units_statistics(z, eps=1e-5):
    """The mean of one unit, or its variance, serves all of yours: that of the first, or of the
    last. Each unit is to be normalized by its own. Look at what picks one out of a column, such as
    an index, or at a name that a loop sets anew in each round, so that the last value is left."""
    return (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z[-1].var() + eps)


@also(uses_one_units_statistics)
def uses_the_first_units_variance(z, eps=1e-5):
    return (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z[0].var() + eps)


@also(uses_one_units_statistics)
def uses_the_last_units_mean(z, eps=1e-5):
    return (z - z[-1].mean()) / np.sqrt(z.var(axis=1, keepdims=True) + eps)


@also(uses_one_units_statistics)
def uses_the_first_units_mean(z, eps=1e-5):
    return (z - z[0].mean()) / np.sqrt(z.var(axis=1, keepdims=True) + eps)


@also(uses_one_units_statistics)
def uses_both_of_the_last_unit(z, eps=1e-5):
    return (z - z[-1].mean()) / np.sqrt(z[-1].var() + eps)


@also(uses_one_units_statistics)
def uses_both_of_the_first_unit(z, eps=1e-5):
    return (z - z[0].mean()) / np.sqrt(z[0].var() + eps)
