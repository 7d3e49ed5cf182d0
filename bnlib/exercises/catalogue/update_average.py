"""One step of an exponentially weighted average: the average after one more value."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def update_average(average, value, decay):
    """decay weighs the old average, and what is left of 1 weighs the new value."""
    return decay * average + (1 - decay) * value


HINTS = (
    "If every value so far was 7 and the next is 7 too, what must the average stay at? What does "
    "that say about the two weights together?",
    "The new average is a weighted sum of two things: the old average and the new value. decay is "
    "one of the weights, and the other follows from it.",
    "Multiply the old average by decay, multiply the value by what is missing from decay to 1, "
    "and add the two.",
)

FACT = (
    "With a decay below 1, an average with this recursion remembers about 1 / (1 - decay) values: "
    "ten for decay 0.9."
)


def inputs():
    """Numbers of both signs and 0, columns; no decay of one half, which hides exchanged weights.

    Many digits, and numbers beyond 100: what rounds or caps is seen.
    """
    levels = np.array([[4.0], [-10.0], [0.5]])
    return [
        (levels, np.array([[1.0], [30.0], [0.25]]), 0.9),
        (0.0, 0.0456789, 0.4),
        (0.0678912, 0.0, 0.4),
        (-130.678912, 161.9276441, 0.0234567),
        (153.456789, -76.54321, 0.98765),
        (-12.3, -4.56789, 0.9),
        (
            np.array([[-3.12345, 130.0, 0.02, -7.0, -240.0]]),
            np.array([[3.1, -250.0, 0.0312345, 7.0, 140.0]]),
            0.98765,
        ),
        (
            np.array([[0.3456789], [-0.7654321], [0.1234567], [0.9182736]]),
            np.array([[-0.2345678], [0.5678912], [0.8765432], [-0.1357924]]),
            0.0654321,
        ),
        (np.array([[3, 1], [0, 2]], np.float32), np.array([[-5, 8], [4, 1]], np.float32), 0.6),
    ]


def faulty(average, value, decay, *, old="decay", new="rest", sign=1):
    """The reference, with other weights."""
    weights = {"decay": decay, "rest": 1 - decay, "one": 1, "none": 0, "half": 0.5}
    return weights[old] * average + sign * weights[new] * value


@fault(old="rest", new="decay")
def exchanges_the_weights():
    """You let decay weigh the new value. Here decay is the share of the old average that is kept:
    with 0.9, the average is to move a tenth of the way towards each new value. PyTorch's batch
    norm counts its momentum that other way; look at the weight that the value gets."""


@fault(new="one")
def adds_the_value_whole():
    """The new value comes in with its full weight, and the two weights of an average sum to 1. Look
    at how much of the value may come in, when decay is the share that stays."""


@fault(old="one")
def keeps_the_average_whole():
    """You keep the old average with its full weight, and the two weights of an average sum to 1.
    Look at how much of the old average is to stay."""


@fault(old="one", new="one")
def adds_both():
    """The old average and the value come in as they are, so that decay has no say. Look for where
    two weights should come in, which sum to 1."""


@fault(new="decay")
def weighs_both_by_decay():
    """You give the value the weight decay, which belongs to the old average. The weights of an
    average sum to 1. Look at what is left of 1 once decay is taken."""


@fault(old="rest")
def weighs_both_by_the_rest():
    """You give the old average the weight that belongs to the value. With decay 0.9, nine tenths of
    it are lost at every step. Look at the weight beside the old average."""


@fault(old="half", new="half")
def takes_the_plain_mean():
    """The old average and the value come in with a weight of one half each, however long the memory
    is meant to be. Look for where decay should come in."""


@fault(old="none")
def forgets_the_average():
    """The old average does not come into your result, so nothing is remembered from one batch to
    the next. decay says how much of it is to stay. Look for where it should come in."""


@fault(new="none")
def forgets_the_value():
    """The new value does not come into your result, so the average learns nothing, and can fade to
    0. Look for where the value should come in."""


@fault(old="one", new="none")
def returns_the_old_average():
    """Your result equals the old average, so the new value has no effect. It is to have the weight
    that decay leaves of 1. Look at where the value should come in: it may be missing, the average
    may stand in its place, or the new average may have another name than what you return."""


@fault(old="none", new="one")
def returns_the_value():
    """Your result holds only the new value, so the memory is one batch long. Noise of single
    batches is what the average is there to smooth. Look where the old average should come in."""


@fault(sign=-1)
def subtracts_the_value():
    """You subtract the value's part. An average lies between the numbers it is made of, so both
    parts are to be added. Look at the sign with which the value's term comes in: between the two
    terms, or in the value's weight."""


@mistake
def corrects_for_the_start(average, value, decay):
    """Your result is the right one divided by 1 - decay. That correction belongs to an average that
    started at zero, and to its first value only; here any average may be handed in, and the two
    weights sum to 1 without it. Look for a division by 1 - decay."""
    return (decay * average + (1 - decay) * value) / (1 - decay)


@mistake
def takes_zero_for_a_start(average, value, decay):
    """You return the value itself when the average is 0, as if nothing had been averaged yet. Zero
    is an average like any other, and the recursion also holds there. Look for a special case in
    your code."""
    if np.all(np.asarray(average) == 0):
        return value
    return decay * average + (1 - decay) * value


@mistake
def moves_the_wrong_way(average, value, decay):
    """You move the average by the right distance in the wrong direction: away from the value. Look
    at the order in the difference between value and average, or at the sign before it."""
    return average - (1 - decay) * (value - average)


@mistake
def moves_the_wrong_way_by_decay(average, value, decay):
    """You move the average away from the value, and by decay times their distance. It is to move
    towards the value, by what decay leaves of 1. Look at the order in your difference, and at its
    factor."""
    return average + decay * (average - value)


@mistake
def loses_the_brackets(average, value, decay):
    """Your result has 1 in it as it stands, and decay times the value taken away. That happens when
    the bracket around the value's weight is missing: the weight should be one number, made first.
    Look at the order in which Python works out your line."""
    return decay * average + 1 - decay * value


@mistake
def weighs_the_value_twice(average, value, decay):
    """Your weight for the value is the square of what it should be. Weights of an average are not
    spreads: they sum to 1 as they stand. Look at how often the factor of the value is applied."""
    return decay * average + (1 - decay) ** 2 * value


@mistake
def decays_the_plain_mean(average, value, decay):
    """You take the plain mean of the old average and the value, and decay works on both alike. The
    weights then sum to decay, where those of an average sum to 1. Look at what decay is to
    multiply."""
    return decay * (average + value) / 2


@mistake
def averages_the_squares(average, value, decay):
    """You square the value. An average of squares is kept by some optimizers, of their gradients;
    here the value itself comes in. Look at the power of the value."""
    return decay * average + (1 - decay) * value**2


@mistake
def discounts_the_average_twice(average, value, decay):
    """You multiply the old average by decay twice. Between 0 and 1, that keeps too little of it:
    the two weights then sum to less than 1. Look at how often the average meets decay."""
    return decay**2 * average + (1 - decay) * value


@mistake
def takes_decay_from_the_value(average, value, decay):
    """You take decay away from the value. It is to be taken away from 1, and what is left of that
    weighs the value. Look at what decay is subtracted from."""
    return decay * average + (value - decay)


@mistake
def decays_the_whole_sum(average, value, decay):
    """Decay multiplies the value's part as well in your result. With a decay below 1, the two
    weights then sum to less than 1, so the average of a constant other than 0 comes out nearer to
    0. Look at how far the decay reaches."""
    return decay * (average + (1 - decay) * value)


@mistake
def returns_the_step_alone(average, value, decay):
    """Your result is how far the average is to move: a share of the distance between the value and
    it. Where the value equals the average, that is 0, and the average is to stay where it is. Look
    for what the step is to be added to."""
    return (1 - decay) * (value - average)


@mistake
def halves_the_weighted_sum(average, value, decay):
    """Your result is half of what is due, as where a mean is taken of the two weighted terms. Their
    weights sum to 1 already, so their sum is an average as it stands. Look at what you do with the
    two terms once they are weighed."""
    return (decay * average + (1 - decay) * value) / 2


@mistake
def takes_the_value_in_twice(average, value, decay):
    """Your result is what the average would be if the same value came twice in a row. Each call
    takes in one value, once. Look for an update that is made twice, or for a square of decay."""
    return decay**2 * average + (1 - decay**2) * value


@mistake
def reduces_the_average_twice(average, value, decay):
    """With a decay below 1, the old average is reduced twice in your result: by decay, and by what
    a difference takes away. The two weights then sum to decay, and those of an average sum to 1.
    Look at how often the old average comes in: a step starts from all of it, a weighted sum takes
    nothing more away."""
    return decay * average + (1 - decay) * (value - average)


@mistake
def squares_both_weights(average, value, decay):
    """Both weights come in squared in your result, as in the variance of a sum. The weights of an
    average sum to 1 as they stand; squared, they do not, for a decay between 0 and 1. Look at the
    power of each."""
    return decay**2 * average + (1 - decay) ** 2 * value


@also(squares_both_weights)
def squares_both_weights_and_divides_by_their_sum(average, value, decay):
    old, new = decay**2, (1 - decay) ** 2
    return (old * average + new * value) / (old + new)


@mistake
def divides_by_the_sum_of_its_weights(average, value, decay):
    """One of your two weights is 1 before both are divided by their sum, as `np.average` does.
    decay and what it leaves of 1 need no such division, since they sum to 1. Look at the two
    weights that you hand over, or at what you divide by."""
    return (decay * average + value) / (decay + 1)


@also(divides_by_the_sum_of_its_weights)
def divides_by_the_sum_with_the_average_whole(average, value, decay):
    return (average + (1 - decay) * value) / (2 - decay)


@mistake
def averages_over_the_entries(average, value, decay):
    """Of an array you take the mean, or the sum, over its entries. In an array of statistics every
    unit has an average of its own, which its own values move. Look for what makes one number of
    many."""
    return decay * average + (1 - decay) * np.mean(value)


@also(averages_over_the_entries)
def averages_over_the_entries_of_the_average(average, value, decay):
    return decay * np.mean(average) + (1 - decay) * value


@also(averages_over_the_entries)
def adds_up_the_entries(average, value, decay):
    return decay * average + (1 - decay) * np.sum(value)
