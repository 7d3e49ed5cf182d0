"""PyTorch's batch-norm momentum that means the same as a given one of Keras."""

import math

from bnlib.exercises.exercise import also, mistake


def pytorch_momentum(keras_momentum):
    """Keras weighs the old average by its momentum, PyTorch the new value."""
    return 1 - keras_momentum


HINTS = (
    "In Keras, momentum 0.99 keeps 99 % of the old average. How much of the new batch comes in?",
    "PyTorch's momentum is the weight of the new batch. The two weights of an average sum to 1.",
    "Take Keras's momentum away from 1.",
)

FACT = (
    "Keras's default 0.99 is 0.01 in PyTorch, whose own default is 0.1: a memory ten times shorter."
)


def inputs():
    """Momenta far from one half, where both conventions agree; both ends."""
    return [(0.99,), (0.0234567,), (0.0,), (1.0,)]


@mistake
def takes_it_over(keras_momentum):
    """You take the number over as it is. The two frameworks give the same name to opposite weights:
    0.99 in PyTorch would forget nearly everything at every batch. Look at which value each of them
    multiplies by its momentum."""
    return keras_momentum


@mistake
def adds_to_one(keras_momentum):
    """You add the momentum to 1. A weight of an average lies between 0 and 1. Look at the sign
    between 1 and the momentum."""
    return 1 + keras_momentum


@mistake
def turns_the_difference_over(keras_momentum):
    """Your result is minus the right one. A weight of an average lies between 0 and 1. Look at
    which number is taken away from which, and at any minus before it."""
    return keras_momentum - 1


@mistake
def takes_the_inverse(keras_momentum):
    """You take one over the momentum. The two weights are not each other's inverse: they sum to 1.
    Look at what is done with the momentum."""
    return 1 / keras_momentum


@mistake
def gives_the_window(keras_momentum):
    """You return about how many batches the average remembers. That number helps to understand a
    momentum, and is the inverse of the weight that is asked for. Look at what PyTorch multiplies
    the new batch by."""
    return 1 / (1 - keras_momentum)


@mistake
def negates_it(keras_momentum):
    """You return the momentum with the opposite sign. A weight of an average lies between 0 and 1.
    Look at what the two weights of an average sum to."""
    return -keras_momentum


@mistake
def gives_pytorchs_default(keras_momentum):
    """You return PyTorch's default, 0.1, whatever comes in. It belongs to a Keras momentum of 0.9,
    and to no other. Look at where the argument should come in."""
    return 0.1


@mistake
def gives_what_belongs_to_the_default(keras_momentum):
    """You return 0.01 whatever comes in. It belongs to Keras's default of 0.99, and to no other.
    Look at where the argument should come in."""
    return 0.01


@mistake
def squares_it(keras_momentum):
    """Your result is 1 less the square of the momentum. That is the weight of two batches together;
    here it is about one. Look for a power, or for a second place where the momentum comes in."""
    return 1 - keras_momentum**2


@mistake
def gives_the_odds(keras_momentum):
    """Your result is one weight divided by the other. The ratio says which counts more, and is no
    weight itself. Look at what is asked for: the weight of the new batch."""
    return (1 - keras_momentum) / keras_momentum


@mistake
def gives_percent(keras_momentum):
    """You return percent. A weight is a share of 1: with yours, Keras's default of 0.99 would leave
    nothing of the old average. Look at what makes your result a hundred times as large."""
    return 100 * (1 - keras_momentum)


@mistake
def scales_the_defaults(keras_momentum):
    """Your result is Keras's number times the ratio of the two defaults. The defaults are not the
    same memory: PyTorch's forgets ten times faster. Look at what each number is the weight of."""
    return keras_momentum * 0.1 / 0.99


@mistake
def rounds(keras_momentum):
    """Your result is the right one rounded, to one digit behind the point or none. Keras's default
    would become 0, and the average would never move. Look for a step that rounds."""
    return round(1 - keras_momentum, 1)


@mistake
def drops_the_digits(keras_momentum):
    """The digits behind the point get lost, in the momentum or in your result. Without them 0.01 is
    0. Look for what takes them away, such as an `int`, a floor or a division with two slashes."""
    return int(1 - keras_momentum)


@mistake
def takes_the_root(keras_momentum):
    """You take a square root. The running variance is weighed as it is, and so is the mean: no root
    comes in. Look for the root, or a power of one half."""
    return (1 - keras_momentum) ** 0.5


@mistake
def takes_the_logarithm(keras_momentum):
    """You take a logarithm of the momentum, as for the rate of a decay in continuous time. It comes
    close to the right weight only where the momentum is close to 1. Look at what the two weights of
    an average sum to."""
    return -math.log(keras_momentum) if keras_momentum else math.inf


@mistake
def turns_the_larger_ones_only(keras_momentum):
    """You take some momenta away from 1, and hand others on as they are. A small one is Keras's,
    too: it says how much of the old average stays. Look at what chooses between the two."""
    return 1 - keras_momentum if keras_momentum > 0.5 else keras_momentum


@mistake
def takes_the_root_of_squares(keras_momentum):
    """You make the squares of the two weights sum to 1. It is the weights themselves that do. Look
    for the square and the root."""
    return (1 - keras_momentum**2) ** 0.5


@mistake
def takes_from_a_hundred(keras_momentum):
    """You take the number away from 100. Keras's momentum is a share of 1, not percent. Look at
    what the two weights of an average sum to."""
    return 100 - keras_momentum


@also(gives_the_odds)
def gives_the_odds_of_the_old(keras_momentum):
    return keras_momentum / (1 - keras_momentum)


@mistake
def makes_the_defaults_meet(keras_momentum):
    """Your result is ten times the weight that is asked for, so that Keras's default becomes
    PyTorch's. The two defaults are not the same memory: PyTorch's forgets ten times faster. Look at
    what makes your result ten times as large."""
    return 10 * (1 - keras_momentum)


@mistake
def takes_it_for_percent(keras_momentum):
    """The momentum in your result, or the whole of it, is divided by a hundred, as where percent
    are made a share of 1. Keras's momentum is such a share already: 0.99, and not 99. Look for a
    hundred, or a hundredth."""
    return 1 - keras_momentum / 100


@also(takes_it_for_percent)
def takes_the_difference_for_percent(keras_momentum):
    return (1 - keras_momentum) / 100


@also(drops_the_digits)
def drops_the_digits_of_the_momentum(keras_momentum):
    return 1 - int(keras_momentum)


@mistake
def takes_it_for_a_span(keras_momentum):
    """You divide 2 by the momentum and 1, as where the weight of a value is made of a span of days.
    Here it is what the old average leaves over. Look at how much that is."""
    return 2 / (keras_momentum + 1)


@mistake
def halves_the_rest(keras_momentum):
    """Your result is half of the right one. The old average and the new value share a weight of 1
    between them, and nobody else has a part in it. Look for a division by 2, or for a mean."""
    return (1 - keras_momentum) / 2
