"""How far each unit's mean has moved, in units of its old standard deviation."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def distribution_shift(z_before, z_after):
    """z_before (n, m), z_after (n, m'): (n, 1), by how many old deviations each mean has moved."""
    moved = z_after.mean(axis=1, keepdims=True) - z_before.mean(axis=1, keepdims=True)
    return np.abs(moved) / z_before.std(axis=1, keepdims=True)


HINTS = (
    "There is one row a unit. What number says where a row lies, and what number says how wide "
    "it was before anything moved?",
    "Take the mean of every row before and after, and the standard deviation of every row before, "
    "each as a column of shape (n, 1). A distance has no sign.",
    "It is the absolute difference of the two columns of means, divided by the column of standard "
    "deviations of z_before.",
)

FACT = (
    "Of the new values, the measure sees the mean alone. A unit whose spread has doubled around "
    "the same mean has, by it, not shifted at all."
)


def inputs():
    """Means that go up and down, spreads that change, either batch the larger.

    No mean is more than 10 of its deviations from 0: E[z^2] - mu^2 is a right variance here.
    """
    rng = np.random.default_rng(31)
    levels = np.array([[4.0], [-300.0], [0.5], [250.0], [-0.03]])
    spreads = np.array([[2.0], [60.0], [3.0], [40.0], [0.006]])
    before = levels + spreads * rng.normal(size=(5, 5))
    moves = np.array([[-120.0], [2.0], [0.1], [-2.0], [90.0]])
    after = levels + spreads * (moves + rng.normal(size=(5, 5)))
    after[2] = before[2] + 0.03
    single = np.array([[1.0, 3.0, 5.0, 4.0]]), np.array([[-2.5]])
    wide = rng.normal(5, 2, size=(2, 4)), rng.normal(4, 3, size=(2, 6))
    return [
        (np.array([[1.0, 3.0, 8.0], [10.0, 20.0, 60.0]]), np.array([[9.0, 5.0], [-1.0, 4.0]])),
        (before, after),
        (before[:, :3], after[:, :2]),
        single,
        tuple(z.astype(np.float32) for z in wide),
    ]


def faulty(
    z_before, z_after, *, axis=1, spread="before", ddof=0, divisor="std", sign="none", centre="mean"
):
    """The reference, with one or two things done wrong."""
    middle = np.median if centre == "median" else np.mean
    moved = middle(z_after, axis=axis, keepdims=True) - middle(z_before, axis=axis, keepdims=True)
    if centre == "std":
        moved = z_after.std(axis=axis, keepdims=True) - z_before.std(axis=axis, keepdims=True)
    width = {
        "before": z_before,
        "after": z_after,
        "both": np.concatenate([z_before, z_after], axis=1),
    }[spread]
    var = width.var(axis=axis, ddof=ddof, keepdims=True)
    if divisor == "mean":
        scale = np.abs(z_before.mean(axis=axis, keepdims=True))
    else:
        scale = {
            "var": var,
            "eps": np.sqrt(var + 1e-5),
            "eps outside": np.sqrt(var) + 1e-5,
            "new mean": np.sqrt(
                np.mean((width - z_after.mean(axis=axis, keepdims=True)) ** 2, axis, keepdims=True)
            ),
            "from zero": np.sqrt(np.mean(width**2, axis=axis, keepdims=True)),
            "none": 1,
        }.get(divisor, np.sqrt(var))
    if divisor == "times":
        scale = 1 / scale
    distance = {"kept": moved, "turned": -moved, "squared": moved**2}.get(sign, np.abs(moved))
    return distance / scale


@fault(axis=0)
def averages_over_units():
    """You go down the columns, over the units of one example. The question is how the values of one
    unit have moved, and arrays here have one row a unit. Look at the axis along which you go."""


@fault(axis=None)
def averages_over_everything():
    """You take the whole matrix together. Units that go up and units that go down can cancel then,
    and every unit is to have its own number. Look for an axis: without one, NumPy takes all
    numbers."""


@fault(divisor="var")
def divides_by_the_variance():
    """You divide by the variance. The shift is to be counted in standard deviations: measured in
    volts, a variance is in volts squared, and the units would not cancel. Look at the divisor."""


@fault(divisor="times")
def multiplies_by_the_deviation():
    """You multiply by the standard deviation. Of two units that both move by 3, the one that varies
    more has the shorter way, counted in its own deviations. Look at how the deviation comes in."""


@fault(divisor="none")
def leaves_it_in_the_old_units():
    """Your result is not counted in deviations. A move of 3 is a lot for a unit that varies by 0.1
    and little for one that varies by 100, so units cannot be compared. Look for where it should
    come in how widely a unit varied before."""


@fault(divisor="mean")
def divides_by_the_old_mean():
    """You divide by the old mean, which gives a relative change. A unit whose mean happened to be
    near 0 could then seem to have moved very far. Look at what the distance is counted in."""


@fault(divisor="eps")
def adds_eps():
    """You add a small eps to the variance, as batch norm does. None is asked for, since every row
    of z_before varies, and it can make the shift of a narrow unit too small. Look at the
    divisor."""


@fault(divisor="eps outside")
def adds_eps_to_the_deviation():
    """You add a small eps to the deviation. None is asked for, since every row of z_before varies,
    and it can make the shift of a narrow unit too small. Look at the divisor."""


@fault(divisor="from zero")
def measures_the_spread_from_zero():
    """Your spread is the root of the mean square: the old mean is not taken away from what you
    square. A unit far from 0 would then seem to vary widely. Look at what you square."""


@fault(divisor="new mean")
def measures_the_spread_from_the_new_mean():
    """You measure the spread from the new mean. The move itself then widens it, so that a large
    shift can hide itself. Look at which mean is taken away from z_before."""


@fault(spread="after")
def divides_by_the_new_deviation():
    """The spread that you use comes from the values after the move. The question is asked from the
    old place: by how many of the old deviations. Look at whose spread you take."""


@fault(spread="both")
def divides_by_the_pooled_deviation():
    """You take the spread of old and new values together. The move itself widens that; the old
    deviation alone is asked for. Look at which values the spread is to come from."""


@fault(ddof=1)
def divides_by_m_minus_one():
    """Over several numbers, your spread divides by their count less one. In this course a batch's
    variance is the plain mean of the squared deviations. Look at what you divide by, or what a
    function divides by for you."""


@fault(sign="kept")
def keeps_the_direction():
    """Your result can be negative. A shift is a distance here, and up and down could cancel as soon
    as you average over units. Look for where the difference should become a distance."""


@fault(sign="turned")
def subtracts_the_wrong_way_round():
    """You take the new away from the old, and keep the sign. A distance is not negative, whichever
    of the two is larger. Look for where the difference should become a distance."""


@fault(sign="squared")
def squares_the_distance():
    """You square the difference. That takes its sign away, but a move twice as far is to count
    twice as much, and not four times. Look at how you get rid of the sign."""


@fault(sign="squared", divisor="var")
def gives_the_square():
    """Your distance and your deviation both come in squared. A move twice as far then counts four
    times as much. Look for a root that is missing, or a square too many."""


@fault(centre="median")
def compares_the_medians():
    """You compare medians. They say where a unit lies, too, but the exercise asks for the mean, the
    number that batch norm subtracts. Look at the two statistics that you compare."""


@fault(centre="std")
def compares_the_spreads():
    """You compare the standard deviations before and after. That says whether a unit's width has
    changed, not whether it moved. Look at what says where the values of a unit lie."""


@mistake
def compares_example_by_example(z_before, z_after):
    """You compare z_before and z_after column by column, before taking a mean. No column
    of one belongs to a column of the other, and the two batches need not have as many examples.
    Look at which comes first, the means or the comparison."""
    apart = np.abs(z_after - z_before).mean(axis=1, keepdims=True)
    return apart / z_before.std(axis=1, keepdims=True)


@mistake
def cuts_both_to_one_size(z_before, z_after):
    """You leave out columns that one of the two batches has beyond the other's. Each mean and
    deviation belongs to a whole batch, whatever the size of the other. Look at what you take the
    mean and deviation of."""
    m = min(z_before.shape[1], z_after.shape[1])
    with np.errstate(all="ignore"):
        return distribution_shift(z_before[:, :m], z_after[:, :m])


@also(cuts_both_to_one_size)
def cuts_both_for_their_means(z_before, z_after):
    m = min(z_before.shape[1], z_after.shape[1])
    return _distance(z_before[:, :m], z_after[:, :m]) / z_before.std(axis=1, keepdims=True)


@also(cuts_both_to_one_size)
def cuts_the_new_to_the_old_size(z_before, z_after):
    return distribution_shift(z_before, z_after[:, : z_before.shape[1]])


@mistake
def divides_by_the_standard_error(z_before, z_after):
    """You divide by the standard error of the old mean, the deviation over the root of m. The same
    move would then count for more in a larger batch. The question is how far the unit moved beside
    how widely its values vary. Look at what m does in your result."""
    return distribution_shift(z_before, z_after) * np.sqrt(z_before.shape[1])


@mistake
def takes_one_deviation_for_all_units(z_before, z_after):
    """You divide every unit by one and the same deviation, that of the whole old matrix. For a unit
    that varied less than the whole, a shift then comes out smaller than it was on its own scale.
    Look at what your deviation is taken over."""
    moved = z_after.mean(axis=1, keepdims=True) - z_before.mean(axis=1, keepdims=True)
    return np.abs(moved) / z_before.std()


@mistake
def compares_absolute_means(z_before, z_after):
    """You make each mean positive before you compare them. A unit whose mean went from -3 to 3
    would then seem not to have moved. Look at which comes first, the difference or what makes it
    positive."""
    before, after = (np.abs(z.mean(axis=1, keepdims=True)) for z in (z_before, z_after))
    return np.abs(after - before) / z_before.std(axis=1, keepdims=True)


@mistake
def loses_the_brackets(z_before, z_after):
    """You divide the old mean alone by the deviation, and subtract that from the new mean. It is
    the difference of the two that is to be counted in deviations. Look at what your division
    covers: without brackets, it comes before subtraction."""
    before, after = (z.mean(axis=1, keepdims=True) for z in (z_before, z_after))
    return np.abs(after - before / z_before.std(axis=1, keepdims=True))


@mistake
def measures_each_in_its_own_deviations(z_before, z_after):
    """What you divide each mean by comes from its own batch. A unit that only became wider may then
    seem to have moved, and a batch of one example has the deviation 0. Both means are to be
    measured by the old deviation. Look at what each mean is divided by."""
    return np.abs(_in_own_deviations(z_after) - _in_own_deviations(z_before))


@also(measures_each_in_its_own_deviations)
def measures_each_in_its_own_deviations_with_a_sign(z_before, z_after):
    return _in_own_deviations(z_after) - _in_own_deviations(z_before)


def _in_own_deviations(z):
    return z.mean(axis=1, keepdims=True) / z.std(axis=1, keepdims=True)


@mistake
def cuts_moves_down(z_before, z_after):
    """You put 0 for a unit whose mean went down. It has moved as well: a move down counts like a
    move up. Look at how you get rid of the sign."""
    moved = z_after.mean(axis=1, keepdims=True) - z_before.mean(axis=1, keepdims=True)
    return np.maximum(moved, 0) / z_before.std(axis=1, keepdims=True)


@mistake
def averages_the_distances(z_before, z_after):
    """You average how far each new value lies from the old mean. Since the values of a unit may
    scatter, that need not be 0 where nothing has moved. The distance of the new mean is asked for.
    Look at which comes first, the mean or what makes a difference positive."""
    distances = np.abs(z_after - z_before.mean(axis=1, keepdims=True))
    return distances.mean(axis=1, keepdims=True) / z_before.std(axis=1, keepdims=True)


@mistake
def averages_the_two_variances(z_before, z_after):
    """You divide by a spread made of those of both batches, the old and the new, as a comparison of
    two groups does. Here the question is asked from the old place: by how many of the old
    deviations. Look at whose spread you take."""
    moved = z_after.mean(axis=1, keepdims=True) - z_before.mean(axis=1, keepdims=True)
    both = z_before.var(axis=1, keepdims=True) + z_after.var(axis=1, keepdims=True)
    return np.abs(moved) / np.sqrt(both / 2)


@mistake
def forgets_the_old_mean(z_before, z_after):
    """You count in old deviations where the new mean lies, and not how far it has moved: the old
    mean does not come into your distance. Look at what your distance starts from."""
    return np.abs(z_after.mean(axis=1, keepdims=True)) / z_before.std(axis=1, keepdims=True)


@mistake
def takes_the_deviation_of_the_differences(z_before, z_after):
    """You subtract the two batches column by column and divide by the deviation of that. Columns of
    two batches need not belong to the same examples, nor be as many. The old deviation alone is the
    unit here. Look at which comes first, the mean or the difference."""
    moved = z_after - z_before
    return abs(moved.mean(axis=1, keepdims=True)) / moved.std(axis=1, keepdims=True)


@mistake
def divides_both_sums_by_the_old_count(z_before, z_after):
    """You divide the sum of the new values by the number of old ones. The two batches may differ in
    size, and each mean has its own count. Look at what each sum is divided by."""
    after = z_after.sum(axis=1, keepdims=True) / z_before.shape[1]
    moved = np.abs(after - z_before.mean(axis=1, keepdims=True))
    return moved / z_before.std(axis=1, keepdims=True)


@also(compares_example_by_example)
def compares_as_many_as_both_have(z_before, z_after):
    k = min(z_before.shape[1], z_after.shape[1])
    distance = np.abs(z_after[:, :k] - z_before[:, :k]).mean(axis=1, keepdims=True)
    return distance / z_before.std(axis=1, keepdims=True)


@also(averages_the_two_variances)
def adds_the_two_variances(z_before, z_after):
    both = z_before.var(axis=1, keepdims=True) + z_after.var(axis=1, keepdims=True)
    return _distance(z_before, z_after) / np.sqrt(both)


@also(averages_the_two_variances)
def averages_the_two_deviations(z_before, z_after):
    both = z_before.std(axis=1, keepdims=True) + z_after.std(axis=1, keepdims=True)
    return _distance(z_before, z_after) / (both / 2)


@also(averages_the_two_variances)
def adds_the_two_deviations(z_before, z_after):
    both = z_before.std(axis=1, keepdims=True) + z_after.std(axis=1, keepdims=True)
    return _distance(z_before, z_after) / both


@also(averages_the_two_variances)
def adds_the_variances_of_both_means(z_before, z_after):
    both = (z.var(axis=1, keepdims=True) / z.shape[1] for z in (z_before, z_after))
    return _distance(z_before, z_after) / np.sqrt(sum(both))


def _distance(z_before, z_after):
    return np.abs(z_after.mean(axis=1, keepdims=True) - z_before.mean(axis=1, keepdims=True))


@also(compares_absolute_means)
def compares_absolute_means_and_keeps_the_sign(z_before, z_after):
    before, after = (np.abs(z.mean(axis=1, keepdims=True)) for z in (z_before, z_after))
    return (after - before) / z_before.std(axis=1, keepdims=True)


@mistake
def compares_the_sums(z_before, z_after):
    """You compare sums, without dividing them by their counts. A sum can grow with the number of
    examples, and the two batches need not have as many; where a unit lies is said by its mean. Look
    at what you subtract."""
    moved = z_after.sum(axis=1, keepdims=True) - z_before.sum(axis=1, keepdims=True)
    return np.abs(moved) / z_before.std(axis=1, keepdims=True)


@mistake
def takes_the_mean_distance_for_the_deviation(z_before, z_after):
    """You divide by the mean distance of the old values from their mean. That is a spread, too, but
    a standard deviation is made of squares, in which a value that is far off weighs more. Look at
    how you get your divisor."""
    mean = z_before.mean(axis=1, keepdims=True)
    return _distance(z_before, z_after) / np.abs(z_before - mean).mean(axis=1, keepdims=True)


@mistake
def turns_it_over(z_before, z_after):
    """Your quotient stands on its head, the old deviation over the move. Asked for is how many old
    deviations the move is. Look at which of the two is divided by which."""
    return z_before.std(axis=1, keepdims=True) / _distance(z_before, z_after)


@mistake
def mixes_the_units(z_before, z_after):
    """Where there are several units, their numbers meet in your result, as where a flat array meets
    a column and NumPy makes a table of all pairs. A unit's new mean is to be compared with its own
    old one, in its own old deviations. Look at the shape of each of your means and deviations."""
    return _table(z_before, z_after)


@also(mixes_the_units)
def mixes_the_units_and_keeps_a_column(z_before, z_after):
    return _table(z_before, z_after)[:, :1]


@also(mixes_the_units)
def mixes_the_units_and_averages(z_before, z_after):
    return _table(z_before, z_after).mean(axis=1, keepdims=True)


@also(mixes_the_units)
def mixes_the_old_means(z_before, z_after):
    moved = z_after.mean(axis=1, keepdims=True) - z_before.mean(axis=1)
    return np.abs(moved) / z_before.std(axis=1, keepdims=True)


@also(mixes_the_units)
def mixes_the_deviations(z_before, z_after):
    return _distance(z_before, z_after) / z_before.std(axis=1)


@also(mixes_the_units)
def mixes_flat_means_with_a_column_of_deviations(z_before, z_after):
    return _distance(z_before, z_after).T / z_before.std(axis=1, keepdims=True)


def _table(z_before, z_after):
    moved = z_after.mean(axis=1) - z_before.mean(axis=1, keepdims=True)
    return np.abs(moved) / z_before.std(axis=1, keepdims=True)


@mistake
def averages_sizes(z_before, z_after):
    """The minus signs of single entries are lost before you take the means, so a unit that goes
    from -1 to 1 seems not to have moved. Only the distance between the two means needs its sign
    taken off. Look at what you take the size of."""
    distance = np.abs(z_after).mean(axis=1, keepdims=True)
    distance = distance - np.abs(z_before).mean(axis=1, keepdims=True)
    return np.abs(distance) / z_before.std(axis=1, keepdims=True)
