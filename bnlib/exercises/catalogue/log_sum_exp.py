"""The logarithm of each column's sum of exponentials, for logits of any size."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def log_sum_exp(z):
    """z (C, m) -> (1, m): the log of each column's sum of exp(z), without overflow."""
    largest = z.max(axis=0, keepdims=True)
    return largest + np.log(np.exp(z - largest).sum(axis=0, keepdims=True))


HINTS = (
    "exp(1000) does not fit into a float, yet the log of exp(1000) + exp(1001) is an ordinary "
    "number. Roughly which one?",
    "Take a common factor exp(c) out of the sum. What becomes of it under the logarithm, and which "
    "c makes sure that no exponent is above 0?",
    "With c the column's largest logit: subtract c from the column, take the exponentials, their "
    "sum, its logarithm, and add c again. Keep the axis, so that the result has shape (1, m).",
)

FACT = (
    "It always lies between the largest logit and that plus the logarithm of C: a smooth maximum. "
    "Its gradient is softmax."
)


def inputs():
    """Columns of very different levels, far beyond what exp can hold."""
    levels = np.array([
        [10000.0, -1000.0, 400.0, -10000.0],
        [9999.0, -1001.5, 402.0, 0.0],
        [9997.0, -1000.5, 399.0, 2000.0],
        [10001.0, -1003.0, -600.0, 10000.0],
    ])  # fmt: skip
    return [
        (np.array([[5.0, 1.0], [2.0, 3.0], [-1.0, 0.5], [3.0, -2.0]]),),
        (levels,),
        (np.array([[0.5], [2.0], [2.0]]),),
        (np.array([[3.0, -1.0]]),),
        (
            np.array(
                [
                    [-60.345678, 7.123456, 55, 0.0123456],
                    [-61.212345, 6.712345, 54, 0.0234567],
                    [-63, 9.012345, 130.312345, -0.3123456],
                    [-60.891234, 8.512345, 129.812345, 0.2123456],
                    [-60.112233, 8.7, 129.7, 0.3345678],
                    [-59.998877, 7.9, 130.1, -0.1234567],
                ]
            ),
        ),
        (np.array([[300.0, -300, 2], [2.0, -301, 300], [-1.0, -299, -300]], np.float32),),
    ]


def faulty(z, *, axis=0, shift="largest", back="add", gather="sum", log="e"):
    """The reference, with one or two things done wrong."""
    # A sum without an axis gives a number, and one along an axis is kept as a row or a column.
    along = {"axis": axis, "keepdims": axis is not None}
    by = {
        "none": 0 * z.max(**along),
        "all": z.max(),
        "mean": z.mean(**along),
        "smallest": z.min(**along),
    }.get(shift, z.max(**along))
    e = np.exp(z - by)
    if gather == "early":
        e = np.log(e)
    total = (e.mean if gather == "mean" else e.sum)(**along)
    if back == "inside":
        return np.log(by + total)
    logs = {"2": np.log2, "10": np.log10, "plus one": np.log1p, "none": np.positive}
    rest = total if gather == "early" else logs.get(log, np.log)(total)
    return {"none": rest, "minus": rest - by, "times": rest * by}.get(back, rest + by)


@fault(axis=1)
def sums_over_examples():
    """You sum along the rows, over the examples. The exponentials of one example belong together,
    and arrays here have one column an example. Look at the axis along which you sum, and at that of
    the maximum, if you subtract one."""


@fault(axis=None)
def sums_over_everything():
    """You take one sum of the whole matrix, where every example is to have its own. Look at what
    you sum over: without an axis, NumPy takes all numbers. The same goes for the maximum, if you
    subtract one."""


@fault(shift="none")
def does_not_shift():
    """Your formula is right on paper, and not on a computer: there the exponential of 1000 is
    infinite, that of -1000 is 0, and the logarithm of 0 is minus infinity. No exponential of a
    large number may be left, not even that of the largest logit alone. Look for a factor to take
    out of the sum, and for what it is once the logarithm is taken."""


@fault(shift="all")
def shifts_by_the_largest_of_all():
    """What you subtract can lie far above all logits of a column, as the largest of the matrix may,
    or the largest absolute value. The column's exponentials can then all be 0, and the logarithm of
    0 is minus infinity. Look for the shift after which the largest exponent of every column is
    0."""


@also(shifts_by_the_largest_of_all)
def shifts_by_the_largest_in_size(z):
    c = abs(z).max(axis=0, keepdims=True)
    with np.errstate(all="ignore"):
        return c + np.log(np.exp(z - c).sum(axis=0, keepdims=True))


@fault(shift="mean")
def shifts_by_another_logit():
    """What you subtract from a column is, as a rule, not its largest logit. On paper any shift will
    do, but a logit that lies far above it still overflows as an exponential. Look for the shift
    after which the largest exponent of every column is 0."""


@fault(shift="smallest")
def shifts_by_the_smallest():
    """What you subtract is the smallest logit, or the smaller of two: then no exponent is below 0,
    and large ones still overflow; those do the harm, while one that rounds to 0 beside another does
    none. Look at which end of the column has to come to 0."""


@fault(back="none")
def does_not_add_the_shift_back():
    """You take a shift away, and it is not brought back. In softmax it drops out of a quotient;
    here there is no quotient, and the logarithm of the factor taken out of the sum is a term of its
    own. Look at what becomes of that factor."""


@fault(back="minus")
def subtracts_the_shift_again():
    """You take the shift away a second time. It has to be brought back after the logarithm: the
    factor that you took out of the sum stands in front of it. Look at the sign with which the shift
    comes in there."""


@fault(back="inside")
def adds_the_shift_inside_the_logarithm():
    """You add the shift, or its size, under the logarithm. What you took out of the sum was a
    factor, not a term, and it becomes a term only once the logarithm is taken. Look at what your
    logarithm covers."""


@fault(back="times")
def multiplies_by_the_shift():
    """You multiply by the shift. A factor in front of a sum turns into something else when the
    logarithm of the whole is taken. Look at the rule for the logarithm of a product."""


@fault(gather="mean")
def averages_the_exponentials():
    """Your result is made with the mean of the exponentials, and the exercise asks for their sum. A
    logit that comes twice counts twice in a sum. Look for a mean, or for a count that comes in."""


@fault(log="2")
def takes_the_logarithm_to_base_two():
    """You take the logarithm to base 2. It has to undo an exponential with base e, as the natural
    one does. Look at which logarithm you take."""


@fault(log="10")
def takes_the_logarithm_to_base_ten():
    """You take the logarithm to base 10. It has to undo an exponential with base e, as the natural
    one does. Look at which logarithm you take."""


@fault(log="plus one")
def adds_one_under_the_logarithm():
    """There is a 1 too many under your logarithm: in a sum, one more class, whose logit is the
    shift or, without one, 0. Look at which logarithm you use, at where your sum starts, or for a 1
    put there for safety: after a shift by the largest the sum is never below 1."""


@fault(log="none")
def leaves_out_the_logarithm():
    """There is no logarithm in your result: the exponentials are left as they are. A sum of
    exponentials of large logits may not fit into a float; its logarithm does, which is why it is
    asked for. Look at what is to happen to the sum."""


@fault(gather="early")
def takes_the_logarithm_too_early():
    """On paper you sum logits, shifted or not: the logarithm of each exponential, taken before the
    sum, undoes it. Look at the order of exponential, sum and
    logarithm."""


@mistake
def sums_the_logits(z):
    """Your result is the sum of the logits. The logarithm of a sum is, in general, not the sum of
    the logarithms. Look at whether exponential, sum and logarithm are all there, and in which
    order."""
    return z.sum(axis=0, keepdims=True)


@mistake
def gives_the_largest(z):
    """You return the largest logit alone. It is close when one logit stands far above the rest, and
    off by the logarithm of C when all are equal. The term that adds what the other logits give is
    missing, or comes to 0."""
    return z.max(axis=0, keepdims=True)


@mistake
def leaves_out_the_exponential(z):
    """You take the logarithm of a sum of logits. Logits may be negative, and a negative number has
    no real logarithm; the exponential comes first. Look at what you sum."""
    return np.log(z.sum(axis=0, keepdims=True))


@mistake
def gives_the_log_probabilities(z):
    """You return the logarithms of the softmax probabilities, a number for every class. They are
    the logits minus what is asked for, one number a column. Look at your last step."""
    return z - log_sum_exp(z)


@mistake
def adds_a_constant_for_safety(z):
    """There is a small constant under your logarithm, perhaps to keep it away from 0. That does not
    help against overflow, and where all logits of a column are very negative it puts the constant's
    own logarithm in place of the result. Look for a way to bring the exponents themselves to a
    harmless size."""
    return np.log(np.exp(z).sum(axis=0, keepdims=True) + 1e-8)


def _adds(constant):
    return lambda z: np.log(np.exp(z).sum(axis=0, keepdims=True) + constant)


adds_1e_6 = also(adds_a_constant_for_safety)(_adds(1e-6))
adds_1e_10 = also(adds_a_constant_for_safety)(_adds(1e-10))
adds_1e_12 = also(adds_a_constant_for_safety)(_adds(1e-12))
adds_1e_15 = also(adds_a_constant_for_safety)(_adds(1e-15))


@also(takes_the_logarithm_too_early)
def takes_the_logarithm_too_early_without_a_shift(z):
    return np.log(np.exp(z)).sum(axis=0, keepdims=True)


@mistake
def clips_the_logits(z):
    """You cut the logits off at a fixed size, perhaps against an overflow. Two logits
    that both lie beyond it at an end that is cut off then count alike, however far they are apart.
    Look for something to take out of the sum that loses nothing."""
    return np.log(np.exp(np.clip(z, -80, 80)).sum(axis=0, keepdims=True))


def _clips(low, high):
    return lambda z: np.log(np.exp(np.clip(z, low, high)).sum(axis=0, keepdims=True))


clips_at_20, clips_at_30, clips_at_50, clips_at_100, clips_at_500, clips_at_700 = (
    also(clips_the_logits)(_clips(-size, size)) for size in (20, 30, 50, 100, 500, 700)
)
clips_above_50, clips_above_80, clips_above_100, clips_above_500, clips_above_700 = (
    also(clips_the_logits)(_clips(None, size)) for size in (50, 80, 100, 500, 700)
)


@also(adds_the_shift_inside_the_logarithm)
def adds_its_size_inside_the_logarithm(z):
    largest = z.max(axis=0, keepdims=True)
    return np.log(abs(largest) + np.exp(z - largest).sum(axis=0, keepdims=True))


def _shifted(by):
    return lambda z: by(z) + np.log(np.exp(z - by(z)).sum(axis=0, keepdims=True))


shifts_by_the_first = also(shifts_by_another_logit)(_shifted(lambda z: z[:1]))
shifts_by_the_last = also(shifts_by_another_logit)(_shifted(lambda z: z[-1:]))


@mistake
def subtracts_the_logarithm(z):
    """You take the logarithm of the sum away from the largest logit. A sum of exponentials is never
    smaller than the largest of them, so its logarithm is not below the largest logit. Look at the
    sign between the two."""
    largest = z.max(axis=0, keepdims=True)
    return largest - np.log(np.exp(z - largest).sum(axis=0, keepdims=True))


@mistake
def adds_the_logarithm_of_the_number_of_classes(z):
    """Your result is each column's largest logit plus the logarithm of C. That is right where all
    logits of a column are equal, and too large elsewhere: a logit far below the largest adds next
    to nothing. Look at what the other logits add to the largest."""
    return z.max(axis=0, keepdims=True) + np.log(len(z))


@mistake
def divides_by_the_largest(z):
    """You divide by each column's largest logit, where it is to be taken away. A division, as a
    rule, changes how far the logits of a column lie apart, and exp(z / c) is then no common factor
    times exp(z). Look at what can be taken out of a sum of exponentials."""
    largest = z.max(axis=0, keepdims=True)
    return largest * np.log(np.exp(z / largest).sum(axis=0, keepdims=True))


@also(divides_by_the_largest)
def divides_by_the_largest_and_adds_it(z):
    largest = z.max(axis=0, keepdims=True)
    return largest + np.log(np.exp(z / largest).sum(axis=0, keepdims=True))


@also(divides_by_the_largest)
def divides_by_the_largest_and_is_done(z):
    return np.log(np.exp(z / z.max(axis=0, keepdims=True)).sum(axis=0, keepdims=True))


@mistake
def counts_a_class_of_logit_zero(z):
    """Your sum holds one class more than there are, with a logit of 0, as where a running result
    starts at 0: the exponential of 0 is 1, and an empty sum of exponentials is 0. Look at what your
    result starts from."""
    return np.logaddexp(0, np.logaddexp.reduce(z, axis=0, keepdims=True))


@mistake
def counts_a_class_twice(z):
    """One class counts twice, as where a running result starts from one row and the loop comes by
    that row again. Every class is to come in once. If you have a loop, look at where it begins and
    ends."""
    return np.logaddexp(z[:1], np.logaddexp.reduce(z, axis=0, keepdims=True))


@also(counts_a_class_twice)
def counts_the_last_twice(z):
    return np.logaddexp(z[-1:], np.logaddexp.reduce(z, axis=0, keepdims=True))


@mistake
def leaves_a_class_out(z):
    """Where there are several classes, one has no part in your result: the first or the last. Look
    at where a loop or a slice begins and ends."""
    return np.logaddexp.reduce(z[:-1] if len(z) > 1 else z, axis=0, keepdims=True)


@also(leaves_a_class_out)
def leaves_the_first_out(z):
    return np.logaddexp.reduce(z[1:], axis=0, keepdims=True)


@also(leaves_a_class_out)
def leaves_the_only_one_out(z):
    return np.logaddexp.reduce(z[:-1], axis=0, keepdims=True)


@also(leaves_a_class_out)
def leaves_the_first_out_unless_alone(z):
    return np.logaddexp.reduce(z[1:] if len(z) > 1 else z, axis=0, keepdims=True)


@mistake
def merges_the_wrong_way_round(z):
    """You bring in one row after the other, and add to the larger of two; but the difference under
    your exponential is not always the smaller less the larger. Where it comes out above 0, too much
    is added, and it may overflow. Look at that difference and its sign."""
    return _merged(z, lambda row, total: row - total)


def _merged(z, difference):
    total = z[:1]
    for row in z[1:]:
        total = np.maximum(total, row) + np.log1p(np.exp(difference(row, total)))
    return total


merges_the_other_way_round = also(merges_the_wrong_way_round)(
    lambda z: _merged(z, lambda row, total: total - row)
)
merges_by_the_distance = also(merges_the_wrong_way_round)(
    lambda z: _merged(z, lambda row, total: abs(total - row))
)


@mistake
def adds_to_the_smaller(z):
    """You bring in one row after the other, and add to the smaller of two. What the exponential of
    their distance tells belongs to the larger: the log of a sum of exponentials is never below
    that. Look at what you add to."""
    total = z[:1]
    for row in z[1:]:
        total = np.minimum(total, row) + np.log1p(np.exp(-abs(total - row)))
    return total
