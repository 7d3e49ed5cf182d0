"""The variance that z_norm really has: under 1, because of eps."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def normalized_variance(var, eps=1e-5):
    """var (n, 1), a batch's variance -> the variance (n, 1) of z_norm."""
    return var / (var + eps)


HINTS = (
    "What happens to the variance of a set of numbers when every one of them is divided by 3? And "
    "by c?",
    "z_norm is z - mu divided by a constant for each unit. The variance is divided by that "
    "constant squared, which has no root left in it.",
    "The constant is the root of (var + eps), so its square is var + eps: put var over that.",
)

FACT = (
    "A unit whose variance is as small as eps ends with half the variance it should have, and one "
    "far below with almost none: very small weights can hide from batch norm."
)


def inputs():
    """Variances above and below eps, and that of a constant unit."""
    return [
        (np.array([[1.0], [4.0], [0.0]]), 0.5),
        (np.array([[4e-6], [0.003], [700.0], [0.07], [60.0]]),),
        (np.array([[3.0]]), 2.0),
        (np.array([[1.5], [0.2]], dtype=np.float32), 0.25),
    ]


def faulty(var, eps=1e-5, *, above="var", below="var", power=1.0, turned=False):
    """The reference, with one or two things done wrong."""
    top = {"one": 1, "square": var**2, "eps": eps, "deviation": np.sqrt(var)}.get(above, var)
    bottom = {
        "outside": (np.sqrt(var) + eps) ** 2,
        "minus": var - eps,
        "squared eps": var + eps**2,
        "root": np.sqrt(var + eps),
        "twice": (var + eps) ** 2,
        "double": var + 2 * eps,
        "floor": np.maximum(var, eps),
    }.get(below, var + eps)
    fraction = bottom / top if turned else top / bottom
    return np.abs(fraction) ** power * np.sign(fraction)


@fault(power=0.5)
def gives_the_standard_deviation():
    """A root is left in your result, as in a standard deviation. A variance changes with the square
    of a factor. Look at every root you take, above the line and below."""


@fault(turned=True)
def turns_the_fraction_over():
    """Your fraction is upside down. eps makes the divisor larger, so what is due is under 1 for
    every unit. Write your result as one fraction, and look at what stands above the line and what
    below."""


@fault(power=2)
def squares_the_fraction():
    """You square the fraction. Dividing by a constant divides the variance by the constant's
    square, and the constant here is itself a root. Look at whether both are counted."""


@fault(above="one")
def forgets_the_old_variance():
    """You have 1 above the line, as in the factor by which the variance changes. The factor acts on
    what was there, the old variance. Look for where that should come in."""


@fault(above="eps")
def gives_what_is_missing():
    """In your fraction eps stands where var is due, as in the part that is missing from 1. Asked
    for is the part that is there. Look at what stands above the line, or for a 1 from which you
    take something away."""


@fault(above="deviation")
def puts_the_deviation_above():
    """In your fraction the standard deviation stands where the old variance is due. Its units are
    others, and what is asked for has none. A square got lost, or a root came in: look there."""


@fault(above="square")
def squares_the_variance_above():
    """The square of var stands where var is due. It is a variance already, which changes by a
    factor; a square would go with the fourth power of z. Look for a square or a product too
    many."""


@fault(below="outside")
def adds_eps_outside_the_root():
    """You work as though z were divided by the deviation plus eps. Batch norm adds eps to the
    variance, before the root, and not to the deviation. Look at what eps is added to."""


@fault(below="minus")
def subtracts_eps():
    """You take eps away from the variance. It is added in batch norm, so that the divisor can never
    be 0. Look at the sign in front of eps."""


@fault(below="squared eps")
def squares_eps():
    """You add the square of eps. eps is added to the variance as it stands, under the root, and
    squaring a root gives what is under it. Look at what you do to eps."""


@fault(below="root")
def divides_by_the_deviation_once():
    """The root comes in once. Every number of z is divided by it, and a variance is made of
    squares. Look at how a variance changes when all numbers are divided by c."""


@fault(below="twice")
def divides_by_the_variance():
    """You work as though z were divided by var + eps, without the root. That is a slip that is
    often printed, and not batch norm. Look at the divisor in the equation of z_norm."""


@fault(below="floor")
def takes_eps_for_a_floor():
    """You use eps as a floor, and take the larger of it and the spread. Batch norm adds eps to
    every variance, large or small. Look at how the two come together."""


@fault(below="double")
def counts_eps_twice():
    """You count eps twice. It is added once to the variance, and squaring a root gives what is
    under it, no more. Look at how often you add it."""


@mistake
def loses_the_brackets(var, eps=1e-5):
    """You divide by var alone, and add eps to the quotient, as happens without brackets: division
    comes before addition. Look at what stands below the line."""
    return var / var + eps


@mistake
def says_one(var, eps=1e-5):
    """You give 1 for every unit. eps makes the divisor larger, so the variance of z_norm is under
    1, and far under where that of z is small beside eps. Look at the divisor as it really is, and
    at what stands above the line."""
    return np.ones_like(var)


@also(says_one)
def says_one_for_all_units(var, eps=1e-5):
    return 1.0


@mistake
def subtracts_eps_from_one(var, eps=1e-5):
    """You take eps away from 1. What eps takes depends on how large it is beside the variance: a
    unit of small variance loses most, and your result is one and the same for all above 0. Look at
    where var should come in, or goes out again."""
    return 1 - eps + 0 * var


@also(subtracts_eps_from_one)
def subtracts_eps_from_one_for_all_units(var, eps=1e-5):
    return 1 - eps


@mistake
def stops_at_the_first_order(var, eps=1e-5):
    """You give 1 - eps / var, which is close where eps is tiny beside var and further off the
    larger it is: it can even turn negative. Look for the exact fraction that it approximates."""
    return 1 - eps / var


@mistake
def adds_eps(var, eps=1e-5):
    """You give the sum under the root, which is the square of the divisor, not the variance of the
    quotient. What is to be divided by it is missing."""
    return var + eps


@mistake
def leaves_the_variance(var, eps=1e-5):
    """You give the variance that z had before. In general the division changes it: z_norm has a
    variance near 1 wherever eps is small beside var. Look at what dividing by a constant does."""
    return var + 0.0


@mistake
def normalizes_the_variances(var, eps=1e-5):
    """Your result is 0 for every unit. That comes out when `var` itself is normalized as if it held
    activations, since along its rows nothing varies, or when a division throws away what is behind
    the decimal point. Look at your division, and at what you take a variance of, if you do."""
    return np.zeros_like(var)


@mistake
def takes_the_variance_of_normalized_variances(var, eps=1e-5):
    """You normalize `var` itself, as if it held the activations, and take the variance of that, one
    number for all. `var` holds variances already, each of a unit of its own. Look at what you take
    the variance of: the variance you are asked for follows from var and eps."""
    return float(np.var((var - np.mean(var)) / np.sqrt(np.var(var) + eps)))


@also(takes_the_variance_of_normalized_variances)
def takes_it_for_every_unit(var, eps=1e-5):
    return np.full_like(var, np.var((var - np.mean(var)) / np.sqrt(np.var(var) + eps)))


@mistake
def takes_var_for_a_deviation(var, eps=1e-5):
    """You square var, as though it were a standard deviation. It is a variance already, to which
    eps is added as it stands. Look for a square too many."""
    return var**2 / (var**2 + eps)


@mistake
def takes_eps_from_the_variance(var, eps=1e-5):
    """You take eps away from the variance that z had. Dividing changes a variance by a factor:
    where eps is small beside var, that of z_norm is near 1, however large var is. Look at what the
    division does to a variance."""
    return var - eps


@also(takes_eps_from_the_variance)
def takes_it_without_a_sign(var, eps=1e-5):
    return abs(var - eps)


@mistake
def gives_the_divisor(var, eps=1e-5):
    """You give the root that z is divided by. The question is what variance there is after the
    division. Look at how a variance changes when all numbers are divided by c."""
    return np.sqrt(var + eps)


@mistake
def normalizes_var_itself(var, eps=1e-5):
    """You normalize `var` itself, as if it held the activations. It holds variances already, each
    of a unit of its own, and they are not to be compared with each other. Look at what you
    subtract: no mean is needed here."""
    return (var - var.mean()) / np.sqrt(var.var() + eps)


@mistake
def adds_eps_above_too(var, eps=1e-5):
    """You add eps above the line too, and once more below. Above belongs the variance that z has,
    which is var, without eps; eps comes in with the divisor alone. Look at where you add it first,
    and whether that sum is used again."""
    return (var + eps) / (var + 2 * eps)
