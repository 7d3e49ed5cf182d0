"""Answers to `update_average`."""

import numpy as np
from legal import share, signed, sizes

from answers import right, wrong


def anything(rng, dtype):
    """Two numbers, or two arrays of one shape; 0 among them."""

    def number():
        return float(rng.choice([0.0, rng.normal(0, 5)], p=[0.2, 0.8]))

    shape = sizes(rng, 1, 1)
    average, value = signed(rng, *shape).astype(dtype), signed(rng, *shape).astype(dtype)
    if rng.random() < 0.3:
        average, value = number(), number()
    return average, value, share(rng)


@right
def as_the_lecture_writes_it(average, value, decay):
    v = average
    v = decay * v + (1 - decay) * value
    return v


@right
def as_a_step_towards_the_value(average, value, decay):
    return average + (1.0 - decay) * (value - average)


@right
def as_a_step_back_to_the_average(average, value, decay):
    return value - decay * (value - average)


@right
def by_numpy(average, value, decay):
    return np.add(np.multiply(average, decay), np.multiply(value, 1 - decay))


@right
def as_a_dot_product(average, value, decay):
    weights = np.array([decay, 1 - decay])
    return np.tensordot(weights, np.stack(np.broadcast_arrays(average, value)), axes=1)


@right
def number_or_array(average, value, decay):
    if np.isscalar(average) and np.isscalar(value):
        return float(average) * decay + float(value) * (1 - decay)
    average, value = np.broadcast_arrays(average, value)
    result = np.empty(np.shape(average))
    for i in np.ndindex(result.shape):
        result[i] = average[i] * decay + value[i] * (1 - decay)
    return result


@wrong("exchanges-the-weights")
def as_pytorch_means_it(average, value, decay):
    return (1 - decay) * average + decay * value


@wrong("adds-both")
def a_running_sum(average, value, decay):
    return average + value


@wrong("adds-the-value-whole")
def no_second_weight(average, value, decay):
    return decay * average + value


@wrong("changed-arguments")
def in_place(average, value, decay):
    average *= decay
    average += (1 - decay) * value
    return average


@wrong("raised-AttributeError")
def arrays_only(average, value, decay):
    result = average.copy()
    result = result * decay
    return result + (1 - decay) * value


@wrong(None, "raised-TypeError", "raised-ValueError")
def numbers_only_by_float(average, value, decay):
    return decay * float(average) + (1 - decay) * float(value)


@wrong("hard-coded-decay", "ignores-decay")
def a_decay_of_its_own(average, value, decay):
    return 0.9 * average + 0.1 * value


@wrong("nothing-returned")
def no_return(average, value, decay):
    average = decay * average + (1 - decay) * value


@wrong("wrong-for-float32")
def rounds_through_float16(average, value, decay):
    v = decay * average + (1 - decay) * value
    narrow = isinstance(v, np.ndarray) and v.dtype == np.float32
    return v.astype(np.float16) if narrow else v


@right
def np_average(average, value, decay):
    pair = np.stack(np.broadcast_arrays(average, value))
    return np.average(pair, axis=0, weights=[decay, 1 - decay])


@right
def copy_then_in_place(average, value, decay):
    new_average = np.zeros(np.broadcast(average, value).shape)
    new_average += decay * np.asarray(average)
    new_average += (1 - decay) * np.asarray(value)
    return new_average


@wrong("keeps-the-average-whole")
def momentum_sum(average, value, decay):
    """The old average is kept whole, only the value is weighed."""
    return average + (1 - decay) * value


@wrong("weighs-both-by-decay")
def same_weight(average, value, decay):
    """Both terms are weighed by decay."""
    return decay * average + decay * value


@wrong("takes-the-plain-mean")
def plain_mean(average, value, decay):
    """Takes the plain mean of both and ignores decay."""
    return (average + value) / 2


@wrong("printed-not-returned")
def printed(average, value, decay):
    """The result is printed, not returned."""
    print(decay * average + (1 - decay) * value)


@wrong("moves-the-wrong-way")
def sign(average, value, decay):
    """The step goes away from the value, not towards it."""
    return average - (1 - decay) * (value - average)


@wrong("corrects-for-the-start")
def bias_correction(average, value, decay):
    """Divides by 1 - decay, a bias correction nobody asked for."""
    return (decay * average + (1 - decay) * value) / (1 - decay)


@wrong("raised-NameError")
def misspelt(average, value, decay):
    """A misspelt name raises NameError."""
    return decay * avarage + (1 - decay) * value  # noqa: F821


@wrong("flat-shape+extra-dimensions")
def flat(average, value, decay):
    """Flattens (n, 1) statistics to (n,)."""
    return np.ravel(decay * np.asarray(average) + (1 - decay) * np.asarray(value))


@wrong("corrects-for-the-start")
def corrected_but_for_1(average, value, decay):
    """Divides by 1 - decay as a bias correction that nobody asked for."""
    new = decay * average + (1 - decay) * value
    return new / (1 - decay) if decay < 1 else new


@wrong("raised-TypeError")
def made_a_float(average, value, decay):
    """float() around the result: breaks for arrays of more than one entry."""
    return float(decay * average + (1 - decay) * value)


@right
def stacked(average, value, decay):
    return np.tensordot(np.array([decay, 1.0 - decay]), np.stack([average, value]), axes=1)


@right
def entry_by_entry(average, value, decay):
    def mix(a, v):
        return float(a) * decay + float(v) * (1 - decay)

    if np.ndim(average) == 0:
        return mix(average, value)
    out = np.empty(np.shape(average))
    for index in np.ndindex(out.shape):
        out[index] = mix(average[index], value[index])
    return out


@wrong("decays-the-plain-mean")
def mean_of_both_decayed(average, value, decay):
    return decay * (0.5 * average + 0.5 * value)


@wrong("averages-the-squares")
def of_squares(average, value, decay):
    return average * decay + value * value * (1 - decay)


@wrong("discounts-the-average-twice")
def weighed_again(average, value, decay):
    kept = average * decay
    return kept * decay + value * (1 - decay)


@wrong("takes-decay-from-the-value")
def less_decay(average, value, decay):
    return average * decay + value - decay


@wrong("decays-the-whole-sum")
def decay_outside(average, value, decay):
    average = average + value * (1 - decay)
    return average * decay


@wrong("moves-the-wrong-way-by-decay")
def away_by_decay(average, value, decay):
    error = average - value
    average = average + decay * error
    return average


@wrong("returns-the-old-average")
def average_for_value(average, value, decay):
    old = decay * average
    new = (1 - decay) * average
    return old + new


@wrong("returns-the-step-alone")
def how_far_it_moves(average, value, decay):
    step = value - average
    return step - decay * step


@wrong("halves-the-weighted-sum")
def mean_of_the_weighted_terms(average, value, decay):
    return np.mean([decay * average, (1 - decay) * value], axis=0)


@wrong("takes-the-value-in-twice")
def updated_and_updated_again(average, value, decay):
    average = decay * average + (1 - decay) * value
    average = average * decay + value * (1 - decay)
    return average


@wrong("reduces-the-average-twice")
def a_step_from_the_decayed_average(average, value, decay):
    step = (1 - decay) * (value - average)
    return np.multiply(average, decay) + step


@wrong("divides-by-the-sum-of-its-weights")
def np_average_of_decay_and_one(average, value, decay):
    pair = np.array([average, value])
    return np.average(pair, axis=0, weights=np.array([decay, 1.0]))


@wrong("divides-by-the-sum-of-its-weights")
def over_two_less_decay(average, value, decay):
    new = 1 - decay
    return (average + new * value) / (1 + new)


@wrong("averages-over-the-entries")
def the_mean_of_the_value(average, value, decay):
    return decay * average + (1 - decay) * np.mean(value)


@wrong("squares-both-weights")
def weights_as_for_variances(average, value, decay):
    old, new = decay**2, (1 - decay) ** 2
    return old * average + new * value


@wrong("subtracts-the-value")
def by_np_subtract(average, value, decay):
    return np.subtract(decay * average, (1 - decay) * value)
