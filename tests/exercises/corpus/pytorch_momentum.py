"""Answers to `pytorch_momentum`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_formula(keras_momentum):
    return 1 - keras_momentum


@right
def correct_negative(keras_momentum):
    return -keras_momentum + 1.0


@right
def correct_numpy(keras_momentum):
    return np.subtract(1.0, keras_momentum)


@right
def correct_verbose(keras_momentum):
    weight_of_the_old_in_keras = keras_momentum
    weight_of_the_new_in_keras = 1 - weight_of_the_old_in_keras
    weight_of_the_new_in_pytorch = weight_of_the_new_in_keras
    return weight_of_the_new_in_pytorch


@right
def correct_one_update(keras_momentum):
    def keras_update(moving, value):
        return keras_momentum * moving + (1 - keras_momentum) * value

    return keras_update(0.0, 1.0)


@right
def correct_factored(keras_momentum):
    return (1 - keras_momentum**2) / (1 + keras_momentum)


@wrong("takes-it-over")
def wrong_unchanged(keras_momentum):
    """Returns Keras's momentum unchanged."""
    return keras_momentum


@wrong("adds-to-one")
def wrong_plus(keras_momentum):
    """Adds instead of subtracting."""
    return 1 + keras_momentum


@wrong("turns-the-difference-over")
def wrong_sign(keras_momentum):
    """Subtracts 1 from the momentum: the wrong sign."""
    return keras_momentum - 1


@wrong("gives-pytorchs-default")
def wrong_default(keras_momentum):
    """Returns PyTorch's default 0.1, whatever is given."""
    return 0.1


@wrong("takes-the-inverse")
def wrong_reciprocal(keras_momentum):
    """Takes the reciprocal."""
    return 1 / keras_momentum


@wrong("gives-the-window")
def wrong_window(keras_momentum):
    """Returns the number of batches averaged over, 1 / (1 - momentum)."""
    return 1 / (1 - keras_momentum)


@wrong("rounds")
def wrong_rounded(keras_momentum):
    """Rounds to one decimal, so 0.01 becomes 0."""
    return round(1 - keras_momentum, 1)


@wrong("wrong-factor")
def wrong_half(keras_momentum):
    """Divides by 2 without need."""
    return (1 - keras_momentum) / 2


@wrong("nothing-returned")
def wrong_missing_return(keras_momentum):
    """The return is missing."""
    pytorch = 1 - keras_momentum  # noqa: F841


@wrong("printed-not-returned")
def wrong_printed(keras_momentum):
    """The momentum is printed, not returned."""
    print(1 - keras_momentum)


@wrong("wrong-type")
def wrong_string(keras_momentum):
    """Returns a text instead of a number."""
    return f"{1 - keras_momentum:.2f}"


@wrong("gives-the-odds")
def wrong_odds(keras_momentum):
    """Takes (1 - momentum) / momentum."""
    return (1 - keras_momentum) / keras_momentum


@wrong("squares-it")
def wrong_squared(keras_momentum):
    """Squares the momentum first."""
    return 1 - keras_momentum**2


@wrong("scales-the-defaults")
def wrong_default_ratio(keras_momentum):
    """Scales the defaults onto one another: 0.1 / 0.99 of the momentum."""
    return keras_momentum * 0.1 / 0.99


@wrong("raised-NameError")
def wrong_misspelt(keras_momentum):
    """A misspelt name raises NameError."""
    return 1 - keras_momentun  # noqa: F821


@wrong("printed-not-returned+turns-the-difference-over")
def wrong_sign_printed(keras_momentum):
    """Two slips: the wrong sign, and printed instead of returned."""
    print(keras_momentum - 1)
