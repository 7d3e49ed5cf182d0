"""The mean and the variance of every unit over the examples of a batch."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def batch_statistics(z):
    """z (n, m) -> (mu, var), each (n, 1): every row's mean and biased variance."""
    mu = z.mean(axis=1, keepdims=True)
    var = ((z - mu) ** 2).mean(axis=1, keepdims=True)
    return mu, var


HINTS = (
    "z has one row a unit, one column an example. Along which axis do you walk to meet "
    "all the examples of one unit?",
    "A mean along axis 1 gives a flat array of n numbers. NumPy can keep the axis as one of "
    "length 1, so that the result is a column.",
    "mu is the mean along axis 1 with keepdims; var is the mean, in the same way, of the squared "
    "difference between z and mu. Return both, mu first.",
)

FACT = "In float32, E[z^2] - mu^2 can lose every digit once the mean is some 4,000 deviations away."


def inputs():
    """Rows of different scales and means; fewer units than examples, as many, and more."""
    rng = np.random.default_rng(2)
    levels = np.array([[5.0], [-300.0], [0.0], [-0.2], [250.0]])
    spreads = np.array([[1.0], [60.0], [0.2], [0.03], [30.0]])
    return [
        (np.array([[1.0, 2.0, 6.0], [10.0, 40.0, 25.0]]),),
        (levels + spreads * rng.normal(size=(5, 5)),),
        (np.array([[3000.0], [-1.0]]),),
        (np.array([[1.0, 5.0, 3.0, 4.0]]),),
        (rng.normal(3, 2, size=(2, 6)).astype(np.float32),),
        (rng.normal(-2, 5, size=(4, 3)),),
    ]


def faulty(z, *, axis=1, ddof=0, spread="var", centre="mean", around="mean", by="m"):
    """The reference, with one or two things done wrong."""
    mean = z.mean(axis=axis, keepdims=True)
    count = z.size if axis is None else z.shape[axis]
    if by == "n":
        mean, count = mean * count / z.shape[0], z.shape[0]
    squares = ((z - (mean if around == "mean" else 0)) ** 2).sum(axis=axis, keepdims=True)
    divisor = {"sum": 1, 1: count - 1}.get(ddof, count)
    with np.errstate(all="ignore"):
        var = squares / divisor
        var = {
            "std": np.sqrt(var),
            "absolute": abs(z - mean).mean(axis=axis, keepdims=True),
            "squared": var**2,
        }.get(spread, var)
    mu = {"sum": mean * count, "median": np.median(z, axis=axis, keepdims=True)}.get(centre, mean)
    return mu, var


@fault(axis=0)
def averages_over_units():
    """You average down the columns, over the units of one example. Batch norm asks how one unit
    behaves over the batch, and arrays here have one row a unit. Look at the axis along which you
    average, or at what your loop runs over."""


@fault(axis=None)
def averages_over_everything():
    """Your statistics are those of the whole matrix. Every unit needs its own, since units may live
    on different scales. Look at what you average over: without an axis, NumPy takes all numbers."""


@fault(spread="std")
def gives_the_standard_deviation():
    """A root is in your second result, as in a standard deviation. In the next step eps is added to
    the variance and the root is taken then; it would be taken twice. Look for a root, or for a
    `std`."""


@fault(spread="absolute")
def gives_the_absolute_deviation():
    """Your second result is the mean absolute deviation. It is a spread too, but not the variance,
    on which all that follows is built. Look at how you make the distances positive."""


@fault(spread="squared")
def squares_the_variance():
    """Your second result is squared once too often. The distances from the mean are squared once,
    before they are averaged, and not again after that. Look for a square too many."""


@fault(ddof=1)
def divides_by_m_minus_one():
    """Where your variance is of several numbers, it divides by one less. Batch norm uses the plain
    mean of the squared deviations over the batch. Look at what you divide by, or what a function
    divides by for you."""


@fault(ddof="sum")
def forgets_to_divide_the_variance():
    """Your squares are added up and not divided by their number: such a sum can grow with how many
    they are. A variance is a mean, so that batches of different sizes can be compared. Look at what
    should follow the sum."""


@fault(centre="sum")
def forgets_to_divide_the_mean():
    """Your first result is a sum. A mean lies among the values it is the mean of, and a sum need
    not. Look at what should follow the sum."""


@fault(centre="median")
def gives_the_median():
    """Your first result is the median. Batch norm uses the mean: it is what the variance is taken
    around, and what the backward pass differentiates. Look at how you get your first result."""


@fault(around="zero")
def leaves_the_mean_in_the_variance():
    """Your variance comes out as if z itself were squared. Perhaps the mean is not taken away from
    what you square, or is taken away twice. A mean that is large beside the spread can then drown
    it. Look at what you square."""


@fault(by="n")
def divides_by_the_number_of_units():
    """You divide by the number of units, where the examples are to be counted: a row is to be added
    up, with an entry for every example. Look at how you get the number you divide by."""


@mistake
def adds_eps_already(z):
    """Your second result has eps in it. The variance itself is asked for; eps is added where the
    root is taken, in the next step, and would come in twice. Look for a small number that you
    add."""
    return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True) + 1e-5


@mistake
def squares_after_averaging(z):
    """Your variance is 0 but for rounding. So it comes out when distances from the mean are
    averaged before they are squared, or never squared: those above and below cancel. Or what you
    average holds one number for a row, or it never gets a value. Look at what you average, and
    when."""
    mu = z.mean(axis=1, keepdims=True)
    return mu, (z - mu).mean(axis=1, keepdims=True) ** 2


@mistake
def subtracts_the_wrong_way_round(z):
    """Your variance is the right one with a minus: a variance is never negative. If you take one
    square away from another, look at which is to stand first; if not, look for a minus."""
    mu = z.mean(axis=1, keepdims=True)
    return mu, mu**2 - (z**2).mean(axis=1, keepdims=True)


@mistake
def forgets_to_square_the_mean(z):
    """You take the mean itself away from the mean of the squares. The two do not even have the same
    units. In that way of writing a variance, the mean is squared too: look at the second term."""
    mu = z.mean(axis=1, keepdims=True)
    return mu, (z**2).mean(axis=1, keepdims=True) - mu


@mistake
def centres_with_flat_means(z):
    """With several units, the means in your variance line up with the columns of z, not its rows,
    as a flat array (n,) does. That is an error for most shapes, and can be silent where n = m. Look
    at the shape of the mean when you take it away."""
    mu = z.mean(axis=1)
    return mu[:, np.newaxis], ((z - mu) ** 2).mean(axis=1, keepdims=True)


@also(averages_over_everything)
def repeats_one_mean_and_variance(z):
    return np.full((len(z), 1), z.mean()), np.full((len(z), 1), z.var())


@mistake
def takes_one_mean_for_all_units(z):
    """You take one mean of the whole matrix for all units. Every unit needs its own: units may live
    on different levels, and a row's variance is taken around the row's own mean. Look at what you
    average over: without an axis, NumPy takes all numbers."""
    mu = np.full((len(z), 1), z.mean())
    return mu, ((z - mu) ** 2).mean(axis=1, keepdims=True)


@also(takes_one_mean_for_all_units)
def takes_one_mean_and_the_rows_variances(z):
    return np.full((len(z), 1), z.mean()), z.var(axis=1, keepdims=True)


@mistake
def takes_one_variance_for_all_units(z):
    """You give every unit one and the same variance, that of the whole matrix. Every unit needs its
    own, since units may live on different scales. Look at what your variance is taken over: without
    an axis, NumPy takes all numbers."""
    return z.mean(axis=1, keepdims=True), np.full((len(z), 1), z.var())


@mistake
def takes_the_variance_around_one_mean_for_all(z):
    """Your means are right, and your variance is taken around the mean of the whole matrix. A unit
    that lies far from that one then seems to vary widely, however still it stands. Look at what you
    subtract before you square."""
    return z.mean(axis=1, keepdims=True), ((z - z.mean()) ** 2).mean(axis=1, keepdims=True)


@mistake
def squares_the_absolute_deviation(z):
    """Your second result is the square of the mean absolute deviation. The order counts: a variance
    is the mean of squares, not the square of a mean. Look at which comes first, the mean or the
    square."""
    mu = z.mean(axis=1, keepdims=True)
    return mu, abs(z - mu).mean(axis=1, keepdims=True) ** 2


@mistake
def leaves_out_the_first_example(z):
    """A sum of yours, or a mean, leaves out the first example of the batch. Columns are counted
    from 0, so a loop or a slice that begins at 1 begins with the second. Look at where yours
    begins."""
    m = z.shape[1]
    mu = z[:, 1:].sum(axis=1, keepdims=True) / m
    return mu, ((z[:, 1:] - mu) ** 2).sum(axis=1, keepdims=True) / m


@also(leaves_out_the_first_example)
def leaves_the_first_out_of_the_count_too(z):
    m = max(z.shape[1] - 1, 1)
    mu = z[:, 1:].sum(axis=1, keepdims=True) / m
    return mu, ((z[:, 1:] - mu) ** 2).sum(axis=1, keepdims=True) / m


@mistake
def leaves_out_the_last_example(z):
    """A sum of yours, or a mean, leaves out the last example of the batch. A `range` and a slice
    leave out the number where they end. Look at where yours ends."""
    m = z.shape[1]
    mu = z[:, :-1].sum(axis=1, keepdims=True) / m
    return mu, ((z[:, :-1] - mu) ** 2).sum(axis=1, keepdims=True) / m


@also(leaves_out_the_last_example)
def leaves_the_last_out_of_the_count_too(z):
    m = max(z.shape[1] - 1, 1)
    mu = z[:, :-1].sum(axis=1, keepdims=True) / m
    return mu, ((z[:, :-1] - mu) ** 2).sum(axis=1, keepdims=True) / m


@mistake
def divides_the_variance_by_the_number_of_units(z):
    """You divide your sum of squares by the number of units. It has a term for every example, and
    those are the columns. Look at how you get the number you divide by."""
    mu, var = batch_statistics(z)
    return mu, var * z.shape[1] / z.shape[0]


@mistake
def carries_the_sum_over(z):
    """A sum of yours goes on from one row to the next: from the second unit on, it holds what
    belongs to the units above. Every unit begins anew. If you loop over the units: is the sum set
    to 0 inside that loop?"""
    mu, var = batch_statistics(z)
    return mu, np.cumsum(var, axis=0)


@also(carries_the_sum_over)
def carries_the_sum_of_the_mean_over(z):
    mu = np.cumsum(z.mean(axis=1, keepdims=True), axis=0)
    return mu, ((z - mu) ** 2).mean(axis=1, keepdims=True)


@also(carries_the_sum_over)
def carries_the_sum_of_the_mean_over_alone(z):
    return np.cumsum(z.mean(axis=1, keepdims=True), axis=0), z.var(axis=1, keepdims=True)


@also(carries_the_sum_over)
def carries_both_sums_over(z):
    mu = np.cumsum(z.mean(axis=1, keepdims=True), axis=0)
    return mu, np.cumsum(((z - mu) ** 2).mean(axis=1, keepdims=True), axis=0)


@also(leaves_out_the_first_example)
def leaves_the_first_out_of_the_variance(z):
    mu = z.mean(axis=1, keepdims=True)
    return mu, ((z[:, 1:] - mu) ** 2).sum(axis=1, keepdims=True) / z.shape[1]


@also(leaves_out_the_first_example)
def leaves_the_first_out_of_the_mean(z):
    mu = z[:, 1:].sum(axis=1, keepdims=True) / z.shape[1]
    return mu, ((z - mu) ** 2).mean(axis=1, keepdims=True)


@also(leaves_out_the_last_example)
def leaves_the_last_out_of_the_variance(z):
    mu = z.mean(axis=1, keepdims=True)
    return mu, ((z[:, :-1] - mu) ** 2).sum(axis=1, keepdims=True) / z.shape[1]


@also(leaves_out_the_last_example)
def leaves_the_last_out_of_the_mean(z):
    mu = z[:, :-1].sum(axis=1, keepdims=True) / z.shape[1]
    return mu, ((z - mu) ** 2).mean(axis=1, keepdims=True)


@mistake
def takes_the_variance_over_units(z):
    """You take the mean of every row, and your second result down the columns, over the units of
    one example. Both are to tell how one unit behaves over the batch. Look at the axis along which
    you average there."""
    return z.mean(axis=1, keepdims=True), z.var(axis=0, keepdims=True)


@also(takes_the_variance_over_units)
def averages_the_squares_over_units(z):
    mu = z.mean(axis=1, keepdims=True)
    return mu, ((z - mu) ** 2).mean(axis=0, keepdims=True)


@mistake
def takes_the_mean_over_units(z):
    """You take the variance of every row, and the mean down the columns, over the units of one
    example. Both are to tell how one unit behaves over the batch. Look at the axis along which you
    average for your first result."""
    return z.mean(axis=0, keepdims=True), z.var(axis=1, keepdims=True)


@mistake
def divides_by_the_count_of_all_entries(z):
    """You add up a row, and divide by the number of entries in the whole matrix. With a second unit
    those are too many. Look at how you get the number you divide by: `z.size` counts every entry of
    every row."""
    mu = z.sum(axis=1, keepdims=True) / z.size
    return mu, ((z - mu) ** 2).sum(axis=1, keepdims=True) / z.size


@also(divides_by_the_count_of_all_entries)
def divides_the_variance_by_the_count_of_all_entries(z):
    mu = z.mean(axis=1, keepdims=True)
    return mu, ((z - mu) ** 2).sum(axis=1, keepdims=True) / z.size


@mistake
def squares_around_a_moving_mean(z):
    """Your mean is right, but what you square is the distance from a mean of the examples so far,
    which each of them can move. A variance is taken around the mean of the whole batch. Where it is
    built up on the way, the old mean and the new one, as a rule, both come in. Look at what you
    square, and when the mean moves."""
    so_far = np.cumsum(z, axis=1) / np.arange(1, z.shape[1] + 1)
    return z.mean(axis=1, keepdims=True), ((z - so_far) ** 2).mean(axis=1, keepdims=True)


@also(squares_around_a_moving_mean)
def squares_around_the_mean_before(z):
    so_far = np.cumsum(z, axis=1) / np.arange(1, z.shape[1] + 1)
    before = np.hstack([np.zeros_like(z[:, :1]), so_far[:, :-1]])
    return z.mean(axis=1, keepdims=True), ((z - before) ** 2).mean(axis=1, keepdims=True)


@also(squares_around_a_moving_mean)
def squares_around_the_mean_before_from_the_second_on(z):
    so_far = np.cumsum(z, axis=1) / np.arange(1, z.shape[1] + 1)
    before = np.hstack([z[:, :1], so_far[:, :-1]])
    return z.mean(axis=1, keepdims=True), ((z - before) ** 2).mean(axis=1, keepdims=True)


@mistake
def counts_an_example_too_many(z):
    """You divide by one more than there are examples, or count one that is not there, such as the 0
    that a running mean starts from. A mean over the batch counts its columns and no more. Look at
    what you divide by, or at where your count begins."""
    mu = z.sum(axis=1, keepdims=True) / (z.shape[1] + 1)
    return mu, ((z - mu) ** 2).mean(axis=1, keepdims=True)


@also(counts_an_example_too_many)
def counts_an_example_too_many_twice(z):
    mu = z.sum(axis=1, keepdims=True) / (z.shape[1] + 1)
    return mu, ((z - mu) ** 2).sum(axis=1, keepdims=True) / (z.shape[1] + 1)


@also(counts_an_example_too_many)
def counts_an_example_too_many_for_the_mean(z):
    return z.sum(axis=1, keepdims=True) / (z.shape[1] + 1), batch_statistics(z)[1]


@also(counts_an_example_too_many)
def counts_an_example_too_many_for_the_variance(z):
    mu, var = batch_statistics(z)
    return mu, var * z.shape[1] / (z.shape[1] + 1)
