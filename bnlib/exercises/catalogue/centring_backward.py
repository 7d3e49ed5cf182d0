"""Backward through the subtraction of the mean: centred = z - mu, and mu is made of z."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def centring_backward(dcentred):
    """dcentred (n, m) -> dz (n, m), the gradient through centred = z - mean of z."""
    return dcentred - dcentred.mean(axis=1, keepdims=True)


HINTS = (
    "One entry of z goes two ways: into its own place in centred, and into mu, which is taken away "
    "from the whole row. What comes back along each of the two?",
    "Directly, dcentred comes back as it is. By way of mu: the whole row of centred falls when its "
    "mu alone rises, and one entry of z moves mu by the m-th part of its own step.",
    "What comes back by way of mu is minus the row's sum of dcentred, over m: the same number for "
    "every entry of a row. Add it to what comes back directly.",
)

FACT = (
    "Going back through the centring centres the gradient: the matrix that does the one does the "
    "other."
)


def inputs():
    """Gradients whose rows have means of their own; more units than examples, and as many."""
    rng = np.random.default_rng(21)

    def case(n, m, dtype=float):
        scale = (-6.0) ** np.arange(n)[:, np.newaxis] / 20
        return ((scale * (1 + rng.normal(size=(n, m)))).astype(dtype),)

    return [
        (np.array([[1.0, 2.0, -9.0, 2.0], [0.5, 3.0, 1.0, 1.5]]),),
        case(5, 5),
        case(2, 1),
        case(1, 7),
        case(3, 5, np.float32),
    ]


def faulty(dcentred, *, axis=1, direct=1, sign=-1, count="m", reduce="mean"):
    """The reference, with one or two things done wrong."""
    n, m = dcentred.shape
    total = dcentred.sum(axis=axis, keepdims=True)
    used = dcentred.size if axis is None else dcentred.shape[axis]
    divisor = {"1": 1, "n": n, "m-1": m - 1, "m^2": used**2}.get(count, used)
    share = np.median(dcentred, axis=axis, keepdims=True) if reduce == "median" else total / divisor
    return direct * dcentred + sign * share


@fault(sign=0)
def takes_the_mean_as_a_constant():
    """You hand the gradient back as it came, as if mu were a constant. mu is made of z: when one
    entry rises, mu rises too, and is taken away from every entry of the row. Look at the graph:
    which arrows leave the box z?"""


@fault(sign=1)
def adds_the_road_through_the_mean():
    """What comes back by way of mu has the wrong sign. mu is taken away, so when it alone rises,
    every entry of its row of centred falls by as much. Look at the sign with which it comes in."""


@fault(count="1")
def forgets_to_divide_by_m():
    """What comes back by way of mu is the whole sum in your answer. A whole row of centred moves
    with mu, but one entry of z moves mu by the m-th part of its own step only. Look at the
    derivative of a mean by one of its entries."""


@fault(count="n")
def counts_the_units():
    """You divide the sum by the number of units. A mean over the batch has as many terms as there
    are examples, and those are the columns. Look at how you get the number you divide by."""


@fault(count="m-1")
def divides_by_m_minus_one():
    """For m above 1 you divide the sum by m - 1. The mean of the forward pass divides by m, and a
    gradient must belong to the function that was computed. Look at the count you divide by."""


@fault(count="m^2")
def divides_by_m_twice():
    """The part that comes back by way of mu is divided by a count twice. dmu is a sum, since every
    entry of the row uses mu; the division comes when mu passes its gradient on to the entries of z.
    Look at where you divide, or take a mean."""


@fault(axis=0)
def averages_over_units():
    """You go down the columns, over the units of one example. A unit's mean runs over the batch,
    and arrays here have one row a unit. Look at the axis along which you go for the mean."""


@fault(axis=None)
def averages_over_everything():
    """What comes back by way of mu is made of the whole matrix. Every unit has its own mean, so its
    gradient stays in its row. Look for an axis: without one, NumPy takes all numbers."""


@fault(reduce="median")
def takes_the_median():
    """A median comes into your result. The forward pass used the mean, and what comes back by way
    of it is a sum over the row, divided. Look at the function that you use."""


@fault(direct=0)
def leaves_out_the_direct_road():
    """You give only what comes back by way of mu. An entry of z also goes into its own place in
    centred, and what comes back from there is added. Look at both arrows that leave the box z."""


@mistake
def returns_the_gradient_of_the_mean(dcentred):
    """You return one number a unit: what comes back by way of mu. That is a stop on the way: every
    entry of z gets its share, and meets there what comes back directly. Look at the shape of z."""
    return -dcentred.sum(axis=1, keepdims=True)


@also(returns_the_gradient_of_the_mean)
def returns_the_share_of_the_mean(dcentred):
    return -dcentred.mean(axis=1, keepdims=True)


@mistake
def counts_only_its_own_entry(dcentred):
    """You let an entry of z move only its own place in centred: directly, and by way of mu. But mu
    is taken away from the whole row, so what comes back by way of it is added up over the row. The
    sum over the examples is missing there."""
    return dcentred * (1 - 1 / dcentred.shape[1])


@mistake
def counts_its_own_share_twice(dcentred):
    """You count what an entry of z does to its own place by way of mu twice: its own m-th part goes
    off, and once more with the mean, which holds that entry as well. Look at which of the two is
    needed."""
    return dcentred * (1 - 1 / dcentred.shape[1]) - dcentred.mean(axis=1, keepdims=True)


@mistake
def divides_everything_by_m(dcentred):
    """You divide the direct part by m too. Directly, a step in z is the same step in centred; only
    what goes by way of mu is shared among m. Look at how far your division reaches."""
    m = dcentred.shape[1]
    return (dcentred - dcentred.sum(axis=1, keepdims=True)) / m


@also(divides_everything_by_m)
def divides_the_right_result_by_m(dcentred):
    m = dcentred.shape[1]
    return (dcentred - dcentred.mean(axis=1, keepdims=True)) / m


@mistake
def also_divides_by_the_deviation(dcentred):
    """You also divide, as if the gradient were to be normalized. This box only takes the mean away,
    and so does the way back. Look for a root, a power or a `std` in your answer."""
    centred = dcentred - dcentred.mean(axis=1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)


@also(also_divides_by_the_deviation)
def divides_by_the_deviation_without_eps(dcentred):
    return (dcentred - dcentred.mean(axis=1, keepdims=True)) / dcentred.std(axis=1, keepdims=True)


@mistake
def averages_what_it_has_changed(dcentred):
    """You take the mean anew for every entry, from a row of which some entries may be changed
    already. The mean belongs to the row as it came. Look at which array you average, and which you
    write into."""
    dz = dcentred.copy()
    for row in dz:
        for k in range(len(row)):
            row[k] -= row.mean()
    return dz


@mistake
def normalizes_the_gradient(dcentred):
    """You divide as well, as if the gradient were to be normalized. From z to centred nothing is
    divided by a deviation. Look for a root, a power or a `std`."""
    gradient = centring_backward(dcentred)
    return gradient / (dcentred.std(axis=1, keepdims=True) + 1e-8)


@mistake
def takes_away_a_growing_sum(dcentred):
    """You take away what has been added up so far, divided by a count. Every entry of a row is to
    lose the same, the mean of the whole row. Look at whether the sum is complete where you use
    it."""
    return dcentred - np.cumsum(dcentred, axis=1) / dcentred.shape[1]


@also(takes_away_a_growing_sum)
def takes_away_a_running_mean(dcentred):
    return dcentred - np.cumsum(dcentred, axis=1) / np.arange(1, dcentred.shape[1] + 1)


@mistake
def keeps_the_last_share(dcentred):
    """What comes back by way of mu is made of the last example of each row. Every entry of the row
    uses mu, so the whole row is added up before it is shared out. Look at what becomes of the
    entries before the last."""
    return dcentred - dcentred[:, -1:] / dcentred.shape[1]


@mistake
def leaves_its_own_entry_out(dcentred):
    """By way of mu, you bring back to each entry what all the others give, and leave out its own.
    An entry's own place in centred falls too when mu alone rises. Look at what your sum runs over,
    or at what is taken from it."""
    return dcentred - _others(dcentred) / dcentred.shape[1]


@also(leaves_its_own_entry_out)
def takes_the_mean_of_the_others(dcentred):
    return dcentred - _others(dcentred) / max(dcentred.shape[1] - 1, 1)


def _others(dcentred):
    return dcentred.sum(axis=1, keepdims=True) - dcentred


@mistake
def adds_the_rows_above(dcentred):
    """What comes back by way of mu holds the rows above as well. Every unit has a mean of its own,
    so its sum runs over its own row only. If you have loops, look at where the sum is set back to
    0, or should be; if not, look for a running sum."""
    totals = np.cumsum(dcentred.sum(axis=1, keepdims=True), axis=0)
    return dcentred - totals / dcentred.shape[1]


@mistake
def divides_without_remainder(dcentred):
    """What comes back by way of mu is a whole number in your answer: what is behind the decimal
    point is lost. Gradients are often small beside 1, and a whole number then says little about
    them. Look at your division sign, or for a rounding."""
    return dcentred - dcentred.sum(axis=1, keepdims=True) // dcentred.shape[1]


@also(divides_without_remainder)
def divides_minus_the_sum_without_remainder(dcentred):
    return dcentred + -dcentred.sum(axis=1, keepdims=True) // dcentred.shape[1]


@also(divides_without_remainder)
def rounds_the_mean(dcentred):
    return dcentred - np.round(dcentred.mean(axis=1, keepdims=True))


@also(divides_without_remainder)
def cuts_the_mean(dcentred):
    return dcentred - np.trunc(dcentred.mean(axis=1, keepdims=True))


@mistake
def leaves_out_an_example(dcentred):
    """One example, the first or the last, is left out of what you gather of a row. Look at where
    your loop or your slice begins and ends: `range(1, m)` and `range(m - 1)` go one round less."""
    return dcentred - dcentred[:, 1:].sum(axis=1, keepdims=True) / dcentred.shape[1]


@also(leaves_out_an_example)
def leaves_out_the_last_example(dcentred):
    return dcentred - dcentred[:, :-1].sum(axis=1, keepdims=True) / dcentred.shape[1]
