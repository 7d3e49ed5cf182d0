"""Answers to `update_average`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_formula(average, value, decay):
    return decay * average + (1 - decay) * value


@right
def correct_step_towards_value(average, value, decay):
    return average + (1 - decay) * (value - average)


@right
def correct_from_the_value(average, value, decay):
    return value - decay * (value - average)


@right
def correct_np_average(average, value, decay):
    pair = np.stack(np.broadcast_arrays(average, value))
    return np.average(pair, axis=0, weights=[decay, 1 - decay])


@right
def correct_copy_then_in_place(average, value, decay):
    new_average = np.zeros(np.broadcast(average, value).shape)
    new_average += decay * np.asarray(average)
    new_average += (1 - decay) * np.asarray(value)
    return new_average


@right
def correct_verbose(average, value, decay):
    weight_of_old = decay
    weight_of_new = 1.0 - decay
    old_part = np.multiply(weight_of_old, average)
    new_part = np.multiply(weight_of_new, value)
    return np.add(old_part, new_part)


@wrong("exchanges-the-weights")
def wrong_weights_exchanged(average, value, decay):
    """decay weighs the new value instead of the old average."""
    return (1 - decay) * average + decay * value


@wrong("adds-the-value-whole")
def wrong_no_one_minus(average, value, decay):
    """The new value is added whole, without its 1 - decay."""
    return decay * average + value


@wrong("keeps-the-average-whole")
def wrong_momentum_sum(average, value, decay):
    """The old average is kept whole, only the value is weighed."""
    return average + (1 - decay) * value


@wrong("weighs-both-by-decay")
def wrong_same_weight(average, value, decay):
    """Both terms are weighed by decay."""
    return decay * average + decay * value


@wrong("takes-the-plain-mean")
def wrong_plain_mean(average, value, decay):
    """Takes the plain mean of both and ignores decay."""
    return (average + value) / 2


@wrong("changed-arguments")
def wrong_in_place(average, value, decay):
    """The augmented assignments change the average passed in."""
    average *= decay
    average += (1 - decay) * value
    return average


@wrong("printed-not-returned")
def wrong_printed(average, value, decay):
    """The result is printed, not returned."""
    print(decay * average + (1 - decay) * value)


@wrong("nothing-returned")
def wrong_missing_return(average, value, decay):
    """Computes the new average but forgets to return it."""
    new = decay * average + (1 - decay) * value  # noqa: F841


@wrong("moves-the-wrong-way")
def wrong_sign(average, value, decay):
    """The step goes away from the value, not towards it."""
    return average - (1 - decay) * (value - average)


@wrong("ignores-decay")
def wrong_hard_coded(average, value, decay):
    """decay is hard-coded to 0.9."""
    return 0.9 * average + 0.1 * value


@wrong("corrects-for-the-start")
def wrong_bias_correction(average, value, decay):
    """Divides by 1 - decay, a bias correction nobody asked for."""
    return (decay * average + (1 - decay) * value) / (1 - decay)


@wrong("raised-NameError")
def wrong_misspelt(average, value, decay):
    """A misspelt name raises NameError."""
    return decay * avarage + (1 - decay) * value  # noqa: F821


@wrong("number-for-array+exchanges-the-weights")
def wrong_exchanged_and_mean(average, value, decay):
    """Two slips: the weights are exchanged and the arrays are averaged down to one number."""
    return np.mean((1 - decay) * average + decay * value)


@wrong("flat-shape+extra-dimensions")
def wrong_flat(average, value, decay):
    """Flattens (n, 1) statistics to (n,)."""
    return np.ravel(decay * np.asarray(average) + (1 - decay) * np.asarray(value))
