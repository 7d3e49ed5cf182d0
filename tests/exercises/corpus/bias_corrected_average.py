"""Answers to `bias_corrected_average`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_loop(values, decay):
    average = 0
    for value in values:
        average = decay * average + (1 - decay) * value
    return average / (1 - decay ** len(values))


@right
def correct_explicit_weights(values, decay):
    t = len(values)
    weights = [decay ** (t - 1 - i) for i in range(t)]
    return sum(w * v for w, v in zip(weights, values)) / sum(weights)


@right
def correct_np_average(values, decay):
    stacked = np.stack([np.asarray(v) for v in values])
    weights = decay ** np.arange(len(values))[::-1]
    return np.average(stacked, axis=0, weights=weights)


@right
def correct_tensordot(values, decay):
    t = len(values)
    weights = (1 - decay) * decay ** np.arange(t - 1, -1, -1)
    return np.tensordot(weights, np.array(values), axes=1) / (1 - decay**t)


@right
def correct_running_normalizer(values, decay):
    total, weight = 0.0, 0.0
    for value in values:
        total = decay * total + value
        weight = decay * weight + 1
    return total / weight


@right
def correct_helper(values, decay):
    def update(average, value):
        return decay * average + (1 - decay) * value

    average = np.zeros_like(values[0], dtype=float)
    remaining = 1.0
    for value in values:
        average = update(average, value)
        remaining *= decay
    return average / (1 - remaining)


@right
def correct_adaptive_step(values, decay):
    average = values[0]
    for t, value in enumerate(values[1:], start=2):
        rate = (1 - decay) / (1 - decay**t)
        average = average + rate * (value - average)
    return average


@wrong("does-not-correct")
def wrong_no_correction(values, decay):
    """Forgets the bias correction altogether."""
    average = 0
    for value in values:
        average = decay * average + (1 - decay) * value
    return average


@wrong("counts-from-zero")
def wrong_power_too_small(values, decay):
    """The loop's index, one too small, is the power in the correction."""
    average = 0
    for t, value in enumerate(values):  # noqa: B007
        average = decay * average + (1 - decay) * value
    return average / (1 - decay**t)


@wrong("counts-one-too-many")
def wrong_power_too_big(values, decay):
    """The power in the correction is one too big."""
    average = 0
    for value in values:
        average = decay * average + (1 - decay) * value
    return average / (1 - decay ** (len(values) + 1))


@wrong("corrects-within-the-recursion")
def wrong_correct_every_step(values, decay):
    """The corrected average is fed back into the recursion."""
    average = 0
    for t, value in enumerate(values, start=1):
        average = decay * average + (1 - decay) * value
        average = average / (1 - decay**t)
    return average


@wrong("multiplies-by-the-correction")
def wrong_multiply(values, decay):
    """Multiplies by the correction instead of dividing."""
    average = 0
    for value in values:
        average = decay * average + (1 - decay) * value
    return average * (1 - decay ** len(values))


@wrong("divides-by-the-rest-always")
def wrong_no_power(values, decay):
    """Divides by 1 - decay, without the power t."""
    average = 0
    for value in values:
        average = decay * average + (1 - decay) * value
    return average / (1 - decay)


@wrong("starts-at-the-first-value-instead-of-correcting")
def wrong_start_at_first(values, decay):
    """Starts the average at the first value instead of correcting the start at zero."""
    average = values[0]
    for value in values[1:]:
        average = decay * average + (1 - decay) * value
    return average


@wrong("exchanges-the-weights")
def wrong_weights_exchanged(values, decay):
    """decay weighs the new value instead of the old average."""
    average = 0
    for value in values:
        average = (1 - decay) * average + decay * value
    return average / (1 - decay ** len(values))


@wrong("takes-the-plain-mean")
def wrong_plain_mean(values, decay):
    """Takes the plain mean of the values."""
    return sum(values) / len(values)


@wrong("goes-backwards")
def wrong_reversed(values, decay):
    """The largest weight goes to the oldest value."""
    t = len(values)
    average = sum((1 - decay) * decay**i * v for i, v in enumerate(values))
    return average / (1 - decay**t)


@wrong("changed-arguments")
def wrong_pops_values(values, decay):
    """Empties the list of the caller while reading it."""
    t = len(values)
    average = 0
    while values:
        average = decay * average + (1 - decay) * values.pop(0)
    return average / (1 - decay**t)


@wrong("returns-in-the-loop")
def wrong_return_in_loop(values, decay):
    """The return stands inside the loop, so only the first value counts."""
    average = 0
    for t, value in enumerate(values, start=1):
        average = decay * average + (1 - decay) * value
        return average / (1 - decay**t)


@wrong("returns-the-whole-history")
def wrong_returns_history(values, decay):
    """Returns the list of all corrected averages, not the last."""
    average, history = 0, []
    for t, value in enumerate(values, start=1):
        average = decay * average + (1 - decay) * value
        history.append(average / (1 - decay**t))
    return history


@wrong("changed-arguments")
def wrong_aliases_first_value(values, decay):
    """Accumulates in place in the first array, changing the argument; numbers come out right."""
    total = values[0]
    total *= decay ** (len(values) - 1)
    for i, value in enumerate(values[1:], start=1):
        total += decay ** (len(values) - 1 - i) * value
    return total * (1 - decay) / (1 - decay ** len(values))


@wrong("does-not-correct+exchanges-the-weights")
def wrong_exchanged_uncorrected(values, decay):
    """Two slips: the weights are exchanged and the correction is missing."""
    average = 0
    for value in values:
        average = (1 - decay) * average + decay * value
    return average


@wrong("wrong-type")
def wrong_mean_over_everything(values, decay):
    """np.average without axis=0 collapses arrays to one number."""
    weights = decay ** np.arange(len(values))[::-1]
    stacked = np.array(values).reshape(len(values), -1)
    return np.mean(weights @ stacked) / weights.sum()
