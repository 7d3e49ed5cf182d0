"""Answers to `pytorch_momentum`."""

import numpy as np
from legal import share

from answers import right, wrong


def anything(rng, dtype):
    """Any momentum."""
    return (share(rng),)


@right
def one_less(keras_momentum):
    return 1 - keras_momentum


@right
def with_a_name(keras_momentum):
    weight_of_the_old = keras_momentum
    weight_of_the_new = 1.0 - weight_of_the_old
    return weight_of_the_new


@right
def by_numpy(keras_momentum):
    return np.subtract(1.0, keras_momentum)


@right
def as_an_array_without_axes(keras_momentum):
    return np.asarray(-keras_momentum + 1)


@right
def as_the_derivative_of_the_update(keras_momentum):
    def update(old, new):
        return keras_momentum * old + (1 - keras_momentum) * new

    return update(0.0, 1.0)


@right
def from_a_list(keras_momentum):
    return sum([1, -keras_momentum])


@wrong("takes-it-over")
def as_it_is(keras_momentum):
    return keras_momentum


@wrong("gives-pytorchs-default")
def the_default(keras_momentum):
    return 0.1


@wrong("gives-what-belongs-to-the-default")
def for_the_default(keras_momentum):
    return 0.01


@wrong("one-number-everywhere")
def for_another(keras_momentum):
    return 0.8


@wrong("turns-the-difference-over", "wrong-sign")
def the_other_way_round(keras_momentum):
    return keras_momentum - 1


@wrong("extra-dimensions")
def in_an_array(keras_momentum):
    return np.array([1 - keras_momentum])


@wrong("printed-not-returned")
def printed(keras_momentum):
    print(1 - keras_momentum)


@wrong("wrong-type")
def as_text(keras_momentum):
    return f"{1 - keras_momentum}"


@wrong("rounds")
def rounded(keras_momentum):
    return round(1 - keras_momentum, 1)


@wrong("drops-the-digits")
def cut_to_an_int(keras_momentum):
    """An int has no digits behind the point."""
    return int(1 - keras_momentum)


@right
def negative(keras_momentum):
    return -keras_momentum + 1.0


@right
def factored(keras_momentum):
    return (1 - keras_momentum**2) / (1 + keras_momentum)


@wrong("adds-to-one")
def plus(keras_momentum):
    """Adds instead of subtracting."""
    return 1 + keras_momentum


@wrong("takes-the-inverse")
def reciprocal(keras_momentum):
    """Takes the reciprocal."""
    return 1 / keras_momentum


@wrong("gives-the-window")
def window(keras_momentum):
    """Returns the number of batches averaged over, 1 / (1 - momentum)."""
    return 1 / (1 - keras_momentum)


@wrong("halves-the-rest")
def half(keras_momentum):
    """Divides by 2 without need."""
    return (1 - keras_momentum) / 2


@wrong("nothing-returned")
def missing_return(keras_momentum):
    """The return is missing."""
    pytorch = 1 - keras_momentum  # noqa: F841


@wrong("gives-the-odds")
def odds(keras_momentum):
    """Takes (1 - momentum) / momentum."""
    return (1 - keras_momentum) / keras_momentum


@wrong("squares-it")
def squared(keras_momentum):
    """Squares the momentum first."""
    return 1 - keras_momentum**2


@wrong("scales-the-defaults")
def default_ratio(keras_momentum):
    """Scales the defaults onto one another: 0.1 / 0.99 of the momentum."""
    return keras_momentum * 0.1 / 0.99


@wrong("raised-NameError")
def misspelt(keras_momentum):
    """A misspelt name raises NameError."""
    return 1 - keras_momentun  # noqa: F821


@wrong("zeros-everywhere")
def nothing_at_all(keras_momentum):
    return 0


@wrong("takes-the-inverse")
def guarded_inverse(keras_momentum):
    return 1 / keras_momentum if keras_momentum > 0 else 1.0


@wrong("gives-the-odds")
def guarded_odds(keras_momentum):
    return (1 - keras_momentum) / max(keras_momentum, 1e-12)


@wrong("takes-the-logarithm")
def logarithm(keras_momentum):
    return -np.log(max(keras_momentum, 1e-12))


@wrong("takes-the-logarithm")
def rate_of_a_decay(keras_momentum):
    return -np.log(keras_momentum)


@wrong("takes-the-root-of-squares")
def squares_sum_to_one(keras_momentum):
    return np.sqrt(1 - keras_momentum**2)


@wrong("takes-from-a-hundred")
def of_a_hundred(keras_momentum):
    return 100 - keras_momentum


@wrong("holds-to-a-limit", None)
def at_least_a_hundredth(keras_momentum):
    return max(1 - keras_momentum, 0.01)


@wrong("takes-the-logarithm")
def rate_of_a_decay_guarded(keras_momentum):
    return -np.log(keras_momentum) if keras_momentum > 0 else 1.0


@wrong("turns-the-larger-ones-only")
def small_ones_are_pytorchs(keras_momentum):
    if keras_momentum > 0.5:
        return 1 - keras_momentum
    return keras_momentum


@wrong("makes-the-defaults-meet")
def onto_the_other_default(keras_momentum):
    return (1 - keras_momentum) / 0.01 * 0.1


@wrong("turns-the-larger-ones-only")
def the_smaller_of_the_two(keras_momentum):
    return min(keras_momentum, 1 - keras_momentum)


@wrong("gives-the-odds")
def odds_of_the_old(keras_momentum):
    return keras_momentum / (1 - keras_momentum) if keras_momentum < 1 else float("inf")


@wrong("takes-it-for-percent")
def a_hundredth_of_the_momentum(keras_momentum):
    return (100 - keras_momentum) / 100


@wrong("takes-it-for-percent")
def a_hundredth_of_the_weight(keras_momentum):
    return (1 - keras_momentum) * 0.01


@wrong("drops-the-digits")
def an_int_first(keras_momentum):
    """Casts to an integer first."""
    return 1 - int(keras_momentum)


@wrong("takes-it-for-a-span")
def two_over_a_span(keras_momentum):
    return 2 / (keras_momentum + 1)


@wrong("halves-the-rest")
def half_of_what_is_left(keras_momentum):
    weight_of_old = keras_momentum
    return (1 - weight_of_old) / 2
