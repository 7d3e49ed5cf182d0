"""Hardmax: 1 at each column's largest entry, the first of equals, and 0 elsewhere."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def hardmax(z):
    """z (C, m) -> (C, m): a 1 at each column's largest entry, the first of equals."""
    h = np.zeros_like(z)
    h[z.argmax(axis=0), np.arange(z.shape[1])] = 1
    return h


HINTS = (
    "One example is one column. Which function tells you where in a column its largest entry "
    "stands, and which of two equal ones does it name?",
    "The argmax along axis 0 gives one row number for every column. Start from zeros of z's shape, "
    "and set one entry a column: an entry needs a row number and a column number.",
    "Index the zeros with two arrays of length m at once: the row numbers from argmax, and the "
    "column numbers 0 to m - 1. Set what they name to 1.",
)

FACT = (
    "Softmax of z times a larger and larger number comes to hardmax, but for ties, which softmax "
    "shares out evenly."
)


def inputs():
    """Ties at the top and nearly so, columns below 0, and columns of different levels."""
    ties = np.array([
        [1.0, -2.0, 1.0, 130.0, -51.0],
        [4.0, -2.0, 5.0, 5.0, -60.0],
        [4.0, -2.0, 9.0, 102.0, -55.0],
        [4.00001, -2.0, 6.0, 3.0, -60.5],
        [-4.0, -2.0, 9.0, 130.00000001, -51.0],
    ])  # fmt: skip
    return [
        (np.array([[0.2, -3.0], [0.7, -0.5], [0.6, -3.2], [0.1, -3.5]]),),
        (ties,),
        (np.array([[-1.0], [3.0], [2.5]]),),
        (np.array([[-4.0, 0.0, 2.0, -70.0, 130.0]]),),
        (np.array([[1e4, -1e4, 3], [9e3, -2e4, 5]], np.float32),),
    ]


def faulty(z, *, axis=0, ties="first", end="largest", value="one"):
    """The reference, with one or two things done wrong."""
    s = -z if end == "smallest" else z
    mask = s == s.max(axis=axis, keepdims=True)
    if ties in ("first", "last"):
        lines = mask.reshape(-1, 1) if axis is None else mask if axis == 0 else mask.T
        lines = lines if ties == "first" else lines[::-1]
        lines = lines & (np.cumsum(lines, axis=0) == 1)
        lines = lines if ties == "first" else lines[::-1]
        mask = (lines.T if axis == 1 else lines).reshape(z.shape)
    h = mask * 1.0
    if ties == "shared":
        h = h / mask.sum(axis=axis, keepdims=True)
    return {"logit": h * z, "minus": 2 * h - 1, "turned": 1 - h, "kept": np.where(h, h, z)}.get(
        value, h
    )


@fault(axis=1)
def picks_within_each_row():
    """You choose within every row, so each class gets an example. It is each example that is to get
    one class, and arrays here have one column an example. Look at the axis along which you search,
    or at what a loop walks through."""


@fault(axis=None)
def picks_one_of_all():
    """You search the whole matrix at once, so nothing is picked in a column that does not hold what
    you look for. Every column needs one of its own. Look at what you search: without an axis, NumPy
    takes all numbers."""


@fault(ties="all")
def marks_every_tie():
    """Where equal logits compete for the 1, you mark them all. A column is to hold a single 1, or
    an example would belong to several classes at once: the first of the equals gets it. Look at
    what your rule gives for a tie."""


@fault(ties="last")
def takes_the_last_of_equals():
    """Where equal logits compete for the 1, you do not always take the first, as the exercise asks
    and as argmax does. Look at what decides between equals: the comparison that replaces the best
    so far, the order in which you walk, which of several places you take, or a sort, which need not
    keep equals in order."""


@fault(ties="shared")
def shares_the_one_between_equals():
    """Where equal logits compete for the 1, you share it out between them. That is what softmax
    does in the limit; hardmax chooses, and the first of the equals gets the whole 1. Look at what
    your rule gives for a tie, such as a division by how many there are."""


@fault(end="smallest")
def picks_the_smallest():
    """You mark the smallest entry where the largest is due. Of two logits of a column, the larger
    belongs to the likelier class. Look at which end you search for."""


@fault(value="logit")
def keeps_the_logit():
    """You leave the logit where it stands, in place of a 1. The place alone is the answer; its size
    has no meaning once the class is chosen. Look at what you put there."""


@fault(value="kept")
def leaves_the_other_logits():
    """The logits that are not picked still stand in your result. A column of hardmax is to look
    like a one-hot label, with which it can be compared: look at what the other entries of such a
    label are, and at what you start from."""


@fault(value="minus")
def marks_the_others_with_minus_one():
    """You put -1 at the entries that you do not pick. A column of hardmax is to look like a one-hot
    label, with which it can be compared: look at what the other entries of such a label are."""


@fault(value="turned")
def turns_zeros_and_ones_over():
    """Your zeros and ones have changed places. Look at a comparison, at the order of two values to
    choose between, or at what you start from and what you write into it."""


@mistake
def returns_the_index(z):
    """You return the row number of each column's largest entry. That is the class as a number; what
    is asked for is a matrix of z's shape, with a 1 at that place. What is missing is the step from
    a place to a column of zeros and a one."""
    return z.argmax(axis=0)


@mistake
def returns_the_largest_value(z):
    """You return how large each column's largest entry is. The exercise asks where it is, as a
    matrix of z's shape. What is missing is the place: NumPy has a function for it, beside the one
    for the value."""
    return z.max(axis=0)


@mistake
def gives_softmax(z):
    """You return softmax's probabilities. Hardmax keeps only the winner: 1 for it, 0 for the rest,
    and no exponential is needed. Look at what the exercise says a column consists of."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


@mistake
def rounds_the_probabilities(z):
    """You turn softmax's probabilities into zeros and ones, as by rounding, cutting down, or asking
    which are above a half. Even the largest may be too small for a 1 by such a rule, and then its
    column has none. The entries are to be compared with one another, and not with a fixed
    number."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return np.round(e / e.sum(axis=0, keepdims=True))


@also(rounds_the_probabilities)
def cuts_the_probabilities_down(z):
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return np.floor(e / e.sum(axis=0, keepdims=True))


@mistake
def marks_all_above_zero(z):
    """You mark every logit above 0. A column may have several of those, or none: only how logits
    compare with one another counts, not their sign. Look at what you compare each entry with."""
    return (z > 0) * 1.0


@mistake
def marks_all_above_the_mean(z):
    """You mark every entry above the mean of its column. There may be several of those, or none,
    and a column is to hold a single 1. Look at what you compare each entry with."""
    return (z > z.mean(axis=0, keepdims=True)) * 1.0


@mistake
def fills_whole_rows(z):
    """You set whole rows to 1: each row that argmax names for any example becomes 1 for all of
    them. A single array of indices names whole rows, with or without a colon after it. Look at your
    assignment: an entry needs a row number and a column number."""
    h = np.zeros_like(z)
    h[z.argmax(axis=0)] = 1
    return h


@mistake
def fills_whole_columns(z):
    """You use the row numbers of the largest entries as column numbers, and fill whole columns.
    Look at your assignment: a colon in the first place, for one, stands for all rows, where each
    column is to get a row number of its own."""
    h = np.zeros_like(z)
    h[:, z.argmax(axis=0)] = 1
    return h


@mistake
def swaps_the_indices(z):
    """You use the column number where the row number belongs, and the other way round. That can be
    an error, or a silent slip, as where there are as many classes as examples. Look at the order of
    the two indices: rows come first."""
    h = np.zeros_like(z)
    h[np.arange(z.shape[1]), z.argmax(axis=0)] = 1
    return h


@mistake
def counts_rows_from_one(z):
    """With several classes, your 1 stands one row too high, or at the bottom where it should be at
    the top. Rows are counted from 0 here, as argmax does. Look for a 1 that is taken away from the
    row number, or for rows counted from 1."""
    h = np.zeros_like(z)
    h[z.argmax(axis=0) - 1, np.arange(z.shape[1])] = 1
    return h


@mistake
def marks_near_ties(z):
    """You mark entries that are nearly the largest, equal ones too. A column is to hold a single 1:
    the largest entry wins by however little, and of equals the first. Look at how you compare with
    the maximum."""
    return np.isclose(z, z.max(axis=0)) * 1.0


@mistake
def marks_above_a_threshold(z):
    """You mark every entry above a fixed number, such as one half. Logits are no probabilities, and
    a column may have several above it, or none. Look at what you compare each entry with: it should
    be the rest of its column."""
    return (z > 0.5) * 1.0


@mistake
def starts_the_maximum_at_zero(z):
    """In a column of negative logits class 0 wins by default, as happens where the search for the
    largest starts from 0, so that nothing is ever found to be larger. Look at the best so far
    before the first comparison, or at what becomes of negative logits."""
    return hardmax(np.vstack([np.maximum(z[:1], 0), z[1:]]))


@mistake
def makes_a_row_for_every_example(z):
    """You make your rows or your identity matrix as large as the number of examples. It is the
    classes that are numbered, and they are the rows of z. Unless the two numbers are equal, the
    result gets another shape, or there is an error. Look at how you get that size."""
    return np.eye(z.shape[1])[:, z.argmax(axis=0)]


@mistake
def leaves_columns_without_a_positive_logit_empty(z):
    """A column without a logit above 0 gets no 1 in your result, as happens where the search for
    the largest starts from 0. One class has to win in every column. Look at what the best so far is
    before the first comparison."""
    return hardmax(z) * (z.max(axis=0) > 0)


@mistake
def takes_the_largest_in_size(z):
    """You look for the largest logit without its sign. A logit far below the others speaks against
    its class. Look at what you compare: is it the logits themselves?"""
    return hardmax(abs(z))


@mistake
def marks_every_best_so_far(z):
    """Every entry that is the best so far on the way down its column gets a 1, and keeps it when a
    better one comes. A column is to hold a single 1, and the winner is known only at the column's
    end. Look at when you write the 1."""
    before = np.maximum.accumulate(z, axis=0)[:-1]
    return np.vstack([np.ones_like(z[:1]), z[1:] > before])


@also(marks_every_best_so_far)
def marks_what_is_no_worse_than_the_best_so_far(z):
    before = np.maximum.accumulate(z, axis=0)[:-1]
    return np.vstack([np.ones_like(z[:1]), z[1:] >= before])


def _goes_on(row):
    def answer(z):
        h, best, k = np.zeros_like(z), -np.inf, 0
        for j in range(z.shape[1]):
            k = row(k)
            for i in range(len(z)):
                if z[i, j] > best:
                    best, k = z[i, j], i
            h[k, j] = 1
        return h

    return answer


@mistake
def goes_on_with_the_best_of_other_columns(z):
    """You search a later column only for something that is larger than all in the columns before
    it. Each example has a contest of its own, at whatever level its logits are. Look at where the
    best so far gets its first value."""
    return _goes_on(lambda k: 0)(z)


goes_on_with_its_row_too = also(goes_on_with_the_best_of_other_columns)(_goes_on(lambda k: k))


@mistake
def compares_whole_numbers(z):
    """Logits that differ can count as equal in your comparison, as when what stands behind the
    point is cut or rounded away first. The largest wins by however little. Look for what loses
    digits, such as `int`, a floor or a rounding, or for a tolerance."""
    return hardmax(np.trunc(z))


@also(compares_whole_numbers)
def compares_rounded_numbers(z):
    return hardmax(np.round(z))


@also(compares_whole_numbers)
def marks_all_of_the_largest_whole_numbers(z):
    return (np.trunc(z) == np.trunc(z).max(axis=0)) * 1.0


@mistake
def breaks_ties_out_of_the_column(z):
    """The step that is to leave one 1 of several does not stay within a column: it goes along
    the rows, or over everything, so that one example's 1 can take away another's. Equals that
    compete stand in the same column. Look at the axis of that step, or at where a loop breaks
    off."""
    hit = z == z.max(axis=0)
    return (hit & (np.cumsum(hit, axis=1) == 1)) * 1.0


@also(breaks_ties_out_of_the_column)
def breaks_ties_over_everything(z):
    hit = z == z.max(axis=0)
    return (hit & (np.cumsum(hit).reshape(z.shape) == 1)) * 1.0
