"""Answers to `bias_corrected_average`."""

import functools

import numpy as np
from legal import signed, sizes

from answers import right, wrong


def anything(rng, dtype):
    """Numbers or arrays, one or several of them."""
    count, shape = int(rng.integers(1, 7)), sizes(rng, 1, 1)
    values = [signed(rng, *shape).astype(dtype) for _ in range(count)]
    if rng.random() < 0.4:
        values = [float(v[0, 0]) for v in values]
    return values, float(rng.choice([rng.uniform(0, 1), rng.uniform(0.9, 0.999), 0.01]))


@right
def as_the_lecture_writes_it(values, decay):
    v = np.zeros_like(values[0], dtype=float)
    for t in range(1, len(values) + 1):
        v = decay * v + (1 - decay) * values[t - 1]
    return v / (1 - decay**t)


@right
def as_a_weighted_mean(values, decay):
    weights = [decay ** (len(values) - 1 - i) for i in range(len(values))]
    return sum(w * x for w, x in zip(weights, values, strict=True)) / sum(weights)


@right
def by_reduce(values, decay):
    v = functools.reduce(lambda v, x: decay * v + (1 - decay) * x, values, 0)
    return v / (1 - decay ** len(values))


@right
def with_the_weight_carried_along(values, decay):
    v, weight = 0, 0
    for x in values:
        v = decay * v + (1 - decay) * x
        weight = decay * weight + (1 - decay)
    return v / weight


@right
def by_numpy(values, decay):
    t = len(values)
    weights = (1 - decay) * decay ** np.arange(t - 1, -1, -1)
    return np.tensordot(weights, np.array(values), axes=1) / (1 - decay**t)


@wrong("does-not-correct")
def without_correction(values, decay):
    v = 0
    for x in values:
        v = decay * v + (1 - decay) * x
    return v


@wrong("counts-from-zero")
def index_as_count(values, decay):
    v = 0
    for t, x in enumerate(values):  # noqa: B007
        v = decay * v + (1 - decay) * x
    return v / np.float64(1 - decay**t)


@wrong("exchanges-the-weights")
def weights_exchanged(values, decay):
    v = 0
    for x in values:
        v = (1 - decay) * v + decay * x
    return v / (1 - decay ** len(values))


@wrong("corrects-within-the-recursion")
def carries_on_the_corrected(values, decay):
    v = 0
    for t, x in enumerate(values, 1):
        v = decay * v + (1 - decay) * x
        v = v / (1 - decay**t)
    return v


@wrong("starts-at-the-first-value")
def from_the_first(values, decay):
    v = values[0]
    for x in values:
        v = decay * v + (1 - decay) * x
    return v / (1 - decay ** len(values))


@wrong(None, "raised-TypeError", "raised-ValueError")
def numbers_only(values, decay):
    v = 0.0
    for x in values:
        v = decay * v + (1 - decay) * float(x)
    return v / (1 - decay ** len(values))


@wrong("raised-AttributeError")
def arrays_only(values, decay):
    v = np.zeros(values[0].shape)
    for x in values:
        v = decay * v + (1 - decay) * x
    return v / (1 - decay ** len(values))


@wrong("changed-arguments")
def empties_the_list(values, decay):
    v, t = 0, len(values)
    while values:
        v = decay * v + (1 - decay) * values.pop(0)
    return v / (1 - decay**t)


@wrong("returns-the-whole-history")
def all_averages(values, decay):
    v, every = 0, []
    for t, x in enumerate(values, 1):
        v = decay * v + (1 - decay) * x
        every.append(v / (1 - decay**t))
    return every


@wrong("not-finite")
def for_two_or_more(values, decay):
    v = 0
    for x in values:
        v = decay * v + (1 - decay) * x
    return v / (1 - decay ** len(values)) if len(values) > 1 else v * np.nan


@right
def np_average(values, decay):
    stacked = np.stack([np.asarray(v) for v in values])
    weights = decay ** np.arange(len(values))[::-1]
    return np.average(stacked, axis=0, weights=weights)


@right
def running_normalizer(values, decay):
    total, weight = 0.0, 0.0
    for value in values:
        total = decay * total + value
        weight = decay * weight + 1
    return total / weight


@right
def helper(values, decay):
    def update(average, value):
        return decay * average + (1 - decay) * value

    average = np.zeros_like(values[0], dtype=float)
    remaining = 1.0
    for value in values:
        average = update(average, value)
        remaining *= decay
    return average / (1 - remaining)


@right
def adaptive_step(values, decay):
    average = values[0]
    for t, value in enumerate(values[1:], start=2):
        rate = (1 - decay) / (1 - decay**t)
        average = average + rate * (value - average)
    return average


@wrong("counts-one-too-many")
def power_too_big(values, decay):
    """The power in the correction is one too big."""
    average = 0
    for value in values:
        average = decay * average + (1 - decay) * value
    return average / (1 - decay ** (len(values) + 1))


@wrong("multiplies-by-the-correction")
def multiply(values, decay):
    """Multiplies by the correction instead of dividing."""
    average = 0
    for value in values:
        average = decay * average + (1 - decay) * value
    return average * (1 - decay ** len(values))


@wrong("divides-by-the-rest-always")
def no_power(values, decay):
    """Divides by 1 - decay, without the power t."""
    average = 0
    for value in values:
        average = decay * average + (1 - decay) * value
    return average / (1 - decay)


@wrong("starts-at-the-first-value-instead-of-correcting")
def start_at_first(values, decay):
    """Starts the average at the first value instead of correcting the start at zero."""
    average = values[0]
    for value in values[1:]:
        average = decay * average + (1 - decay) * value
    return average


@wrong("takes-the-plain-mean")
def plain_mean(values, decay):
    """Takes the plain mean of the values."""
    return sum(values) / len(values)


@wrong("goes-backwards")
def wrong_reversed(values, decay):
    """The largest weight goes to the oldest value."""
    t = len(values)
    average = sum((1 - decay) * decay**i * v for i, v in enumerate(values))
    return average / (1 - decay**t)


@wrong("returns-in-the-loop")
def return_in_loop(values, decay):
    """The return stands inside the loop, so only the first value counts."""
    average = 0
    for t, value in enumerate(values, start=1):
        average = decay * average + (1 - decay) * value
        return average / (1 - decay**t)


@wrong("changed-arguments")
def aliases_first_value(values, decay):
    """Accumulates in place in the first array, changing the argument; numbers come out right."""
    total = values[0]
    total *= decay ** (len(values) - 1)
    for i, value in enumerate(values[1:], start=1):
        total += decay ** (len(values) - 1 - i) * value
    return total * (1 - decay) / (1 - decay ** len(values))


@wrong("does-not-correct+exchanges-the-weights")
def exchanged_uncorrected(values, decay):
    """Two slips: the weights are exchanged and the correction is missing."""
    average = 0
    for value in values:
        average = (1 - decay) * average + decay * value
    return average


@wrong("wrong-type")
def mean_over_everything(values, decay):
    """np.average without axis=0 collapses arrays to one number."""
    weights = decay ** np.arange(len(values))[::-1]
    stacked = np.array(values).reshape(len(values), -1)
    return np.mean(weights @ stacked) / weights.sum()


@wrong("counts-from-zero")
def t_from_zero(values, decay):
    v = 0
    for t, value in enumerate(values):
        v = decay * v + (1 - decay) * value
        corrected = v / (1 - decay**t)
    return corrected


@wrong("counts-from-zero")
def one_power_less_guarded(values, decay):
    average = 0
    for v in values:
        average = decay * average + (1 - decay) * v
    t = len(values)
    return average / (1 - decay ** (t - 1)) if t > 1 else average


@wrong("counts-from-zero")
def last_index_of_the_loop(values, decay):
    average = 0
    for i in range(len(values)):
        average = average + (1 - decay) * (values[i] - average)
    return average / (1 - decay ** (i or 1))


@wrong("corrects-each-value")
def corrected_on_the_way_in(values, decay):
    average, weight = 0, 1
    for v in values:
        weight = weight * decay
        average = decay * average + (1 - decay) * (v / (1 - weight))
    return average


@wrong("counts-the-entries-of-a-value")
def size_of_the_result(values, decay):
    average = 0.0
    for value in values:
        average = average * decay + value * (1 - decay)
    return average / (1 - decay ** np.size(average))


@wrong("takes-the-power-of-the-rest")
def bracket_closed_too_early(values, decay):
    t, average = 0, 0
    for value in values:
        t, average = t + 1, decay * average + (1 - decay) * value
    return average / np.power(1 - decay, t)


@wrong("starts-at-the-first-value-instead-of-correcting")
def adds_what_is_missing_of_the_first_value(values, decay):
    avg = 0.0
    for v in values:
        avg = decay * avg + (1 - decay) * v
    return avg + decay ** len(values) * values[0]


@wrong("corrects-short-lists-only")
def done_with_warming_up(values, decay):
    average = 0
    for value in values:
        average = decay * average + (1 - decay) * value
    return average if len(values) > 6 else average / (1 - decay ** len(values))


@wrong("starts-at-the-first-value")
def from_the_first_with_the_others(values, decay):
    average = values[0]
    for value in values[1:]:
        average = decay * average + (1 - decay) * value
    return average / (1 - decay ** len(values))


@wrong("corrects-the-plain-mean")
def numpy_mean_corrected(values, decay):
    return np.mean(values, axis=0) / (1 - decay ** len(values))


@wrong("discounts-once-too-often")
def powers_from_one(values, decay):
    t = len(values)
    average = (1 - decay) * sum(decay ** (t - i) * v for i, v in enumerate(values))
    return average / (1 - decay**t)


@wrong("turns-the-correction-over")
def power_less_one(values, decay):
    v = 0
    for x in values:
        v = decay * v + (1 - decay) * x
    return v / (decay ** len(values) - 1)


@wrong("corrects-within-the-recursion")
def correction_indented_too_far(values, decay):
    v = 0
    for x in values:
        v = decay * v + (1 - decay) * x
        v = v / (1 - decay ** len(values))
    return v


@wrong("corrects-short-lists-only")
def only_while_young(values, decay):
    average = 0
    for value in values:
        average = decay * average + (1 - decay) * value
    n = len(values)
    if n >= 1 / (1 - decay):
        return average
    return average / (1 - decay**n)


@wrong("corrects-the-new-share-only")
def the_last_term_only(values, decay):
    average = 0
    for i, value in enumerate(values):
        last = decay * average + (1 - decay) * value / (1 - decay ** (i + 1))
        average = decay * average + (1 - decay) * value
    return last


@wrong("exchanges-both")
def decay_for_the_new_all_through(values, decay):
    new = decay
    old = 1 - decay
    acc = 0
    for v in values:
        acc = old * acc + new * v
    return acc / (1 - old ** len(values))


@wrong("loses-the-brackets-of-the-divisor")
def no_brackets_below_the_line(values, decay):
    average = 0
    for value in values:
        average = decay * average + (1 - decay) * value
    return average / 1 - decay ** len(values)


@wrong("loses-the-brackets-of-the-rest")
def no_brackets_beside_the_value(values, decay):
    average, power = 0, 1
    for v in values:
        average, power = average * decay + 1 - decay * v, power * decay
    return average / (1 - power)


@wrong("skips-the-first-value")
def from_the_second_on_starting_at_a_number(values, decay):
    m = 0.0
    for t in range(1, len(values)):
        m = decay * m + (1 - decay) * values[t]
    bias = 1 - decay ** len(values)
    return m / bias


@wrong("returns-the-whole-history")
def an_average_after_every_value(values, decay):
    out, v = [], 0.0
    for t, x in enumerate(values, 1):
        v = decay * v + (1 - decay) * x
        out.append(v / (1 - decay**t))
    return np.array(out)


@wrong("raises-the-other-weight")
def the_power_of_the_new_weight(values, decay):
    v = 0
    beta = 1 - decay
    for x in values:
        v = (1 - beta) * v + beta * x
    return v / (1 - beta ** len(values))
