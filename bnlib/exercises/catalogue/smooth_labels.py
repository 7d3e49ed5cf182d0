"""Label smoothing: one-hot labels mixed with the uniform distribution over the classes."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def smooth_labels(y, amount):
    """One-hot y (C, m) -> (C, m): `amount` of the weight on the uniform distribution, rest on y."""
    classes = y.shape[0]
    return (1 - amount) * y + amount / classes


HINTS = (
    "A mixture of two distributions has two weights that sum to 1. One of them is the amount: what "
    "is the other, and which distribution does it go with?",
    "The uniform distribution gives the same probability to each of the C classes, the true one "
    "included. Which probability? Check that your columns still sum to 1.",
    "Weigh y by (1 - amount), and add to every entry the amount divided by the number of classes, "
    "which is the number of rows.",
)

FACT = (
    "With hard labels, and several classes, a larger logit of the true class always lowers the "
    "cost; with smooth ones the cost has its minimum at finite logits."
)


def inputs():
    """Amounts that count, a class that never occurs, as many classes as examples."""
    square = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 0.0], [1.0, 0.0, 1.0]])
    return [
        (np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 1.0], [0.0, 0.0]]), 0.2),
        (square, 0.3),
        (np.eye(5)[:, [3, 0, 4, 0]], 0.0123456),
        (np.array([[0.0], [1.0], [0.0]]), 0.95),
        (np.array([[1.0, 1.0]]), 0.5),
        (np.array([[1, 0, 0, 1], [0, 1, 1, 0]], np.float32), 0.125),
    ]


def faulty(y, amount, *, keep="rest", uniform="C", sign=1):
    """The reference, with one or two things done wrong."""
    classes, m = y.shape
    with np.errstate(all="ignore"):
        share = {
            "C-1": np.divide(1, classes - 1),
            "m": 1 / m,
            "all": 1 / y.size,
            "one": 1,
            "half": 0.5,
            "occurring": 1 / y.any(axis=1).sum(),
            "frequencies": y.mean(axis=1, keepdims=True),
            "none": 0,
            "rest too": (1 - amount) / classes,
        }.get(uniform, 1 / classes)
        if keep == "amount":
            return amount * y + sign * (1 - amount) * share
        return (y if keep == "all" else (1 - amount) * y) + sign * amount * share


@fault(keep="all")
def adds_without_removing():
    """You leave y at its full weight, so in general the columns do not sum to 1, and are no
    distributions any more. Look at what y is weighed by: what the uniform part gets, y has to
    give."""


@fault(keep="amount")
def swaps_the_weights():
    """You give y the weight that belongs to the uniform part. With several classes and a small
    amount, nearly all of the labels would be gone. Look at which of the two is weighed by
    `amount`."""


@fault(uniform="none")
def removes_without_adding():
    """With several classes, the weight that y gives up goes to nobody in your result, and the
    columns can sum to less than 1. The second part of the mixture, which every class gets, is then
    missing or comes to 0."""


@fault(uniform="C-1")
def divides_by_one_class_too_few():
    """For C above 1 you divide the uniform part by C - 1 and give it to all C classes. The uniform
    distribution covers every class, the true one too. Look at the number you divide by."""


@fault(uniform="m")
def divides_by_the_number_of_examples():
    """You divide the uniform part by the number of examples. It is spread over the classes, which
    are the rows. Look at the number you divide by."""


@fault(uniform="all")
def divides_by_every_entry():
    """You divide the uniform part by the number of all entries. It is spread over the classes of
    one example, and each example has its own. Look at the number you divide by."""


@fault(uniform="one")
def adds_the_whole_amount():
    """Every class gets the whole weight of the uniform part in your result. It is one weight, to be
    shared by the C classes. The division that spreads it is missing."""


@fault(uniform="half")
def adds_half_the_amount():
    """You give every class half the weight of the uniform part. That is right for two classes,
    where the uniform distribution has a half for each. Look at where the number of classes should
    come in."""


@fault(uniform="occurring")
def spreads_over_the_classes_that_occur():
    """You divide the uniform part by the number of classes that occur in this batch. A class does
    not cease to exist because no example of it is there, and the number can change from batch to
    batch. Look at what you count."""


@fault(uniform="frequencies")
def mixes_with_the_class_frequencies():
    """You mix y with how often each class occurs in the batch. The uniform distribution gives every
    class the same, also one that never occurs here. Look at where the second distribution comes
    from; if it is a mean, look at its axis."""


@fault(uniform="rest too")
def scales_the_uniform_part_too():
    """You weigh the uniform part by (1 - amount) as well. That weight is for y alone. Look at how
    much (1 - amount) multiplies."""


@fault(sign=-1)
def subtracts_the_uniform_part():
    """You take the uniform part away, so that the other classes can get negative probabilities.
    They are to get a share, not to lose one. Look at the sign with which that part comes in."""


@mistake
def spreads_over_the_other_classes(y, amount):
    """You share the amount among the classes that are not the true one. The uniform distribution
    covers all C classes, so the true one gets a share back. With several classes both versions sum
    to 1, but for an amount above 0 this one takes more from the true class than is asked for. Look
    at who gets a share."""
    return (1 - amount) * y + (1 - y) * amount / (y.shape[0] - 1)


@mistake
def leaves_the_true_class_out(y, amount):
    """With several classes, the true one does not get its share of the uniform part, though you
    divide by C. For an amount above 0 the columns then sum to less than 1. Look at the entry where
    y is 1: on top of what it keeps of its own weight, it gets as much as any other."""
    return np.where(y == 1, 1 - amount, amount / y.shape[0])


@mistake
def gives_each_other_class_the_amount(y, amount):
    """You give the whole amount, at least a small one, to each of the other classes. It is one
    weight, to be shared by all C classes. The division that spreads it is missing. Look also at who
    gets it."""
    return np.where(y == 1, 1 - amount, amount)


@mistake
def smooths_only_the_true_class(y, amount):
    """The true class gets the right number, and all others stay at 0. The weight that it gave up
    has to go somewhere: the columns are to sum to 1. Look at what becomes of the entries where y is
    0, such as a factor y."""
    return y * (1 - amount + amount / y.shape[0])


@mistake
def adds_then_normalizes(y, amount):
    """You add the same to every entry of y and divide by the new sum. The columns sum to 1 that
    way, but the uniform part then, as a rule, has another weight than `amount`. Look at how much y
    has to give up for the weights to sum to 1 by themselves."""
    return (y + amount / y.shape[0]) / (1 + amount)


@mistake
def shares_without_the_ones(y, amount):
    """You return the uniform part alone, the same for every class, and the labels are gone. Only
    `amount` of the weight is uniform; the rest stays with y. The first part of the mixture is
    missing, or comes to 0."""
    return np.full(y.shape, amount / y.shape[0])


@mistake
def rounds_to_whole_numbers(y, amount):
    """Your result is cut down to whole numbers, so that with several classes and an amount above 0
    everything becomes 0. An integer array keeps no fractions, whatever is written into it. Look for
    `int`, for something that rounds down, or for an array that takes over the type of the
    labels."""
    return np.trunc(smooth_labels(y, amount))


@mistake
def divides_by_ten(y, amount):
    """You share the amount among ten classes, whatever the labels are. Ten is right for the digits;
    other labels may have more classes or fewer, and then, for an amount above 0, your columns do
    not sum to 1. Look at the number you divide by."""
    return (1 - amount) * y + amount / 10


@mistake
def leaves_the_labels(y, amount):
    """You give the labels as they came, at least for small amounts. Look at what `amount` is to do
    to them, whether that reaches your `return` line, and whether it is rounded."""
    return y + 0.0


@also(adds_then_normalizes)
def adds_the_amount_then_normalizes(y, amount):
    raised = y + amount
    return raised / raised.sum(axis=0, keepdims=True)


@mistake
def takes_the_amount_off_every_class(y, amount):
    """You take the amount off every entry. Only the true class has weight to give: the others stand
    at 0, and for an amount above 0 fall below it, where nothing can be a probability. Look at what
    y is multiplied by in the mixture, and what you take away."""
    return y - amount + amount / y.shape[0]


@mistake
def takes_one_share_off_the_true_class(y, amount):
    """With several classes, your true one gives up a single share, one C-th of the amount, where
    each of the others gets one. With more than two and an amount above 0, the columns then sum to
    more than 1. Look at how much weight y is to give up, and at how much the true class gets
    back."""
    share = amount / y.shape[0]
    return np.where(y == 1, 1 - share, share)


@mistake
def leaves_the_true_class_at_one(y, amount):
    """Your true class keeps all of its weight, and the other classes get a share besides. Where
    there are others and the amount is above 0, the columns then sum to more than 1. Look at what
    becomes of the entries where y is 1: what the uniform part gets, they have to give."""
    return np.where(y == 1, 1, amount / y.shape[0])


@also(leaves_the_true_class_at_one)
def leaves_it_at_one_and_shares_among_the_others(y, amount):
    return np.where(y == 1, 1, amount / max(y.shape[0] - 1, 1))


@mistake
def divides_the_labels_too(y, amount):
    """You divide by the number of classes what is left of the labels, too. Only the part that all
    classes share is divided by it. Look at what your division, or your brackets, take in."""
    return ((1 - amount) * y + amount) / y.shape[0]
