"""The exponentially weighted average of a list, started at zero, without its start-up bias."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def bias_corrected_average(values, decay):
    """The average after the last of `values`, over the sum of the weights it has given so far."""
    average = 0.0
    for value in values:
        average = decay * average + (1 - decay) * value
    return average / (1 - decay ** len(values))


HINTS = (
    "Average the single value 8 with decay 0.9, starting at zero. What do you get, and by which "
    "factor is it too small?",
    "Run the recursion over the list from zero. The weights it has given so far need not sum to "
    "1; divide by what they sum to, once, at the end.",
    "After t values the weights sum to 1 minus decay to the power of t. Divide the average by "
    "that, with t the length of the list.",
)

FACT = (
    "Adam corrects both of its averages so. With decay near 1, about a third of the bias is left "
    "after 1 / (1 - decay) values."
)


def inputs():
    """Lists of numbers and of columns, one of them long; a decay far from one half."""
    column = np.array([[1], [-3], [20]], np.float32)
    return [
        ([4.0, 10.0, -5.0], 0.75),
        ([column, column**2, column + 5], 0.9),
        ([np.array([[7.0], [2.0]])], 0.95),
        ([np.array([[3.0], [-1.0], [0.5], [2.0], [7.0]]) + i**2 for i in range(6)], 1e-14),
        (
            [
                v * np.array([[1.3], [-230.0], [0.0234567], [170.0]])
                for v in (1, -3.7, 0.2, 1.9, 0.61)
            ],
            0.9865432,
        ),
        ([float(7 * i % 11 - 4) for i in range(40)], 0.97),
    ]


def faulty(values, decay, *, power=0, weights="right", correct="divide", start="zero", order=1):
    """The reference, with one or two things done wrong."""
    values = values[::order]
    old, new = (1 - decay, decay) if weights == "exchanged" else (decay, 1 - decay)
    new = 1 if weights == "new whole" else new
    average = values[0] if start == "first" else 0.0
    for value in values:
        average = old * average + new * value
    total = 1 - decay ** (len(values) + power)
    with np.errstate(all="ignore"):
        total = np.float64(total) if not isinstance(average, np.ndarray) else total
        corrected = {
            "none": average,
            "times": average * total,
            "by the rest": average / (1 - decay),
            "by the power": average / decay ** len(values),
            "by the rest's power": average / (1 - decay) ** len(values),
        }
        return corrected[correct] if correct in corrected else average / total


@fault(correct="none")
def does_not_correct():
    """You return the average without its correction. As a rule it then lies too near to 0, where it
    started, while few values have come in: the weights given so far need not come to 1. Look at
    what they sum to."""


@fault(correct="times")
def multiplies_by_the_correction():
    """You multiply in your correction where you should divide. The sum of the weights is below 1,
    as a rule: to divide by it makes up for what is missing. Look at the operator in your
    correction."""


@fault(correct="by the rest")
def divides_by_the_rest_always():
    """Your result is that of an average over 1 - decay, as it also comes out where values are added
    whole and nothing is corrected. After the first value 1 - decay is the sum of the weights;
    later, and with a decay above 0, they sum to more. Look at what each further value adds."""


@fault(correct="by the power")
def divides_by_the_power():
    """You divide by decay to the power of t. That is the weight still missing, not the weight given
    so far, and it goes to 0 for long lists. Look at how the two make up 1."""


@fault(correct="by the rest's power")
def takes_the_power_of_the_rest():
    """You divide by 1 - decay, all of it to the power of t. Each step multiplies what is left of
    the start by decay; the weights given so far are what that leaves of 1. Look at what your power
    covers."""


@fault(power=-1)
def counts_from_zero():
    """Your correction counts one value too few, at least in a list of several, as happens when the
    count starts from 0. There, and with a decay above 0, its power of decay is larger than it
    should be. Look at how many values the average has seen."""


@fault(power=1)
def counts_one_too_many():
    """Your correction counts one value too many. With a decay above 0, its power of decay is
    smaller than it should be. Look at how many values the average has seen when you correct it."""


@fault(weights="exchanged")
def exchanges_the_weights():
    """You let decay weigh the new value. Here decay is the share of the old average that is kept:
    with 0.9, nine tenths of it. Look at which of the two weights stands beside the value."""


@fault(weights="new whole")
def adds_the_values_whole():
    """In your result the values come in whole, where a weight of 1 - decay is due. It is such
    weights that the correction is for: theirs is the sum that goes to 1. Look at the factor with
    which you add a value, or for a division by 1 - decay."""


@fault(start="first")
def starts_at_the_first_value():
    """Your average starts at a value, such as the first, or takes it in whole, and is corrected all
    the same. The correction is for a start at zero, from which every value comes in with a weight
    of 1 - decay. Look at what your average starts from, and at whether all values come in after
    that."""


@fault(order=-1)
def goes_backwards():
    """Your oldest value has the newest one's place, as happens where the list is gone through from
    its end, or the powers of decay run the wrong way. The last value is the newest and should count
    most. Look at the order of values or powers."""


@mistake
def takes_the_plain_mean(values, decay):
    """You take the plain mean of the list. It has no start-up bias, but it remembers every value
    equally, so it may follow a changing network too slowly. Look for where decay should come in."""
    return sum(values) / len(values)


@mistake
def returns_the_last_value(values, decay):
    """Your result is the last value alone. With a decay above 0, the earlier ones are to count too,
    the less the older they are. If you have a loop, look at whether it carries the average from one
    round to the next."""
    return values[-1] * 1.0


@mistake
def corrects_within_the_recursion(values, decay):
    """You correct the average in every step and go on from the corrected one. The correction is for
    the reader only: the recursion must go on with the uncorrected average, or it is corrected again
    and again. Look at which of the two is carried on to the next value."""
    average = 0.0
    for t, value in enumerate(values, start=1):
        average = (decay * average + (1 - decay) * value) / (1 - decay**t)
    return average


@mistake
def exchanges_both(values, decay):
    """You let decay weigh the new value, and correct for that. In general that is an average of
    another memory: here decay is the share of the old average that is kept. Look at which weight
    stands beside the value."""
    return bias_corrected_average(values, 1 - decay)


@mistake
def multiplies_in_place_of_a_power(values, decay):
    """Your correction uses decay times t, not decay to the power of t. Each step multiplies what is
    left of the start by decay once more. Look at how decay and the count are joined."""
    with np.errstate(all="ignore"):
        average = _uncorrected(values, decay)
        return np.divide(average, 1 - decay * len(values))


@mistake
def turns_the_power_over(values, decay):
    """Your correction raises t to the power of decay. It is decay that is due as a factor, t times.
    Look at which of the two stands above."""
    with np.errstate(all="ignore"):
        return np.divide(_uncorrected(values, decay), 1 - len(values) ** decay)


@mistake
def starts_at_one(values, decay):
    """You start the average at one. The correction is for a start at zero, and with a decay above
    0, every later result keeps a part of that 1. Look at what your average starts from."""
    return (_uncorrected(values, decay) + decay ** len(values)) / (1 - decay ** len(values))


@mistake
def skips_the_first_value(values, decay):
    """The first value of the list does not come into your average. Perhaps a loop or a slice starts
    from index 1. Look at which values you go through."""
    return _uncorrected([0 * values[0], *values[1:]], decay) / (1 - decay ** len(values))


def _uncorrected(values, decay):
    return bias_corrected_average(values, decay) * (1 - decay ** len(values))


@mistake
def starts_at_the_first_value_instead_of_correcting(values, decay):
    """Your result is that of an average which starts at the first value and is not corrected. That
    value then comes in whole and each later one with a weight of 1 - decay; started at zero, all of
    them come in with the same weight. Look at what your average starts from, or at what you add to
    it."""
    return faulty(values, decay, start="first", correct="none")


@mistake
def returns_in_the_loop(values, decay):
    """Your result is the first value alone. Perhaps the `return` stands inside the loop, so that
    the function ends in the first round and the later values are never seen. If so, look at how far
    it is indented."""
    return values[0] * 1.0


@mistake
def returns_the_whole_history(values, decay):
    """You return the averages after every value. They make a fine curve; asked for is the average
    after the last value alone. Look at which of them you hand back."""
    return [bias_corrected_average(values[:t], decay) for t in range(1, len(values) + 1)]


@also(counts_from_zero)
def counts_from_zero_in_the_loop(values, decay):
    average = corrected = 0.0
    for t, value in enumerate(values):
        average = decay * average + (1 - decay) * value
        corrected = average / (1 - decay**t)
    return corrected


@also(counts_from_zero)
def counts_one_too_few_from_the_second_on(values, decay):
    count = max(len(values) - 1, 1)
    return _uncorrected(values, decay) / ((1 - decay**count) if len(values) > 1 else 1)


@mistake
def leaves_out_the_last_value(values, decay):
    """The last value of the list does not come into your average. Look at where a loop or a slice
    ends: a slice leaves its own end out."""
    average = 0
    for value in values[:-1]:
        average = decay * average + (1 - decay) * value
    return average / (1 - decay ** len(values))


@mistake
def forgets_the_average(values, decay):
    """Only the last value counts in your result: the average of the earlier ones does not come into
    it. Look for where the old average should come in."""
    return (1 - decay) * values[-1] / (1 - decay ** len(values))


@also(counts_from_zero)
def counts_one_too_few_but_never_zero(values, decay):
    return _uncorrected(values, decay) / (1 - decay ** max(len(values) - 1, 1))


@mistake
def corrects_each_value(values, decay):
    """You correct every value before it goes into the average. It is the average that lies, as a
    rule, too near to zero, not the values; with a decay above 0, yours blows the early ones up.
    Look at what you divide, and when."""
    average = 0.0
    for t, value in enumerate(values, start=1):
        average = decay * average + (1 - decay) * value / (1 - decay**t)
    return average


@mistake
def counts_the_entries_of_a_value(values, decay):
    """The power in your correction counts the entries or rows of one value, and not the
    values of the list. What the weights sum to depends on how many values have come, whatever the
    shape of each. Look at what you take the length or the size of."""
    with np.errstate(all="ignore"):
        return _uncorrected(values, decay) / np.float64(1 - decay ** np.size(values[-1]))


@also(counts_the_entries_of_a_value)
def counts_the_rows_of_a_value(values, decay):
    return _uncorrected(values, decay) / (1 - decay ** len(values[-1]))


@mistake
def corrects_the_plain_mean(values, decay):
    """You take the plain mean of the list and correct that. Its weights sum to 1 already, and every
    value counts alike in it, however old. decay belongs into the average as well as into its
    correction. Look at how each value is weighed."""
    return sum(values) / len(values) / (1 - decay ** len(values))


@mistake
def discounts_once_too_often(values, decay):
    """Your result is decay times what is due: every value has been discounted once too often. The
    last value is the newest, and nothing has come after it. Look at the power of decay that it
    gets, or for a step that follows your last value."""
    return decay * bias_corrected_average(values, decay)


@mistake
def turns_the_correction_over(values, decay):
    """Your result has the right size and, where it is not 0, the wrong sign. The weights given so
    far sum to a number above 0, and so must what the average is divided by. Look at the order of
    your differences with 1: in the correction, or in the weight of a value."""
    return -bias_corrected_average(values, decay)


def _divided_in_every_round(values, decay, divisor):
    average = 0.0
    for value in values:
        average = (decay * average + (1 - decay) * value) / divisor
    return average


@also(corrects_within_the_recursion)
def corrects_for_the_whole_list_in_every_round(values, decay):
    return _divided_in_every_round(values, decay, 1 - decay ** len(values))


@also(corrects_within_the_recursion)
def corrects_by_the_rest_in_every_round(values, decay):
    return _divided_in_every_round(values, decay, 1 - decay)


@also(exchanges_both)
def exchanges_both_step_by_step(values, decay):
    old, average = 1 - decay, 0.0
    for value in values:
        average = old * average + decay * value
    return average / (1 - old ** len(values))


def _corrects_up_to(length):
    def answer(values, decay):
        average = _uncorrected(values, decay)
        return average / (1 - decay ** len(values)) if len(values) <= length else average

    return answer


@mistake
def corrects_short_lists_only(values, decay):
    """You correct the average of some lists, such as short ones, and leave others as they are. What
    the weights still lack fades with every value, but with decay near 1 it fades slowly, and the
    result asked for is exact. Look for a condition, such as one on how many values there are."""
    return _corrects_up_to(10)(values, decay)


corrects_up_to_three = also(corrects_short_lists_only)(_corrects_up_to(3))
corrects_one_alone = also(corrects_short_lists_only)(_corrects_up_to(1))


@mistake
def corrects_the_new_share_only(values, decay):
    """Only the newest value's share is divided by the sum of the weights in your result; the old
    average beside it is not. As a rule the whole of the average lies too near to 0 at the start.
    Look at how far your division reaches: without brackets, it comes before an addition."""
    share = (1 - decay) * values[-1]
    return _uncorrected(values, decay) - share + share / (1 - decay ** len(values))


@mistake
def loses_the_brackets_of_the_divisor(values, decay):
    """You take a power of decay away from the average, where it should come into what you divide
    by. So it goes without brackets: a division comes before a subtraction in Python, and to divide
    by 1 changes nothing. Look at how far your divisor reaches."""
    return _uncorrected(values, decay) - decay ** len(values)


@mistake
def loses_the_brackets_of_the_rest(values, decay):
    """Your recursion adds 1 and takes decay times the value away, as happens when 1 - decay stands
    without brackets beside the value: a product comes before a subtraction in Python. The weight of
    the new value is the whole difference. Look at what multiplies the value."""
    average = 0.0
    for value in values:
        average = decay * average + 1 - decay * value
    return average / (1 - decay ** len(values))


@also(skips_the_first_value)
def skips_the_first_value_from_a_number(values, decay):
    if len(values) == 1:
        return 0.0
    return _uncorrected([0 * values[0], *values[1:]], decay) / (1 - decay ** len(values))


@also(returns_the_whole_history)
def returns_an_array_of_averages(values, decay):
    return np.array([bias_corrected_average(values[: t + 1], decay) for t in range(len(values))])


@mistake
def raises_the_other_weight(values, decay):
    """In your correction stands the new value's weight, to the power of the number of values. What
    is missing in the sum of the weights is made of the other one. Look at which of the two
    weights is multiplied once more in each round."""
    return _uncorrected(values, decay) / (1 - (1 - decay) ** len(values))
