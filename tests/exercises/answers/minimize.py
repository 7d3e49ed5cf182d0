"""Answers to `minimize`."""

import numpy as np
from legal import scale, signed

from answers import right, wrong


def anything(rng, dtype):
    """Several functions of a number or an array; any number of steps."""
    shape = tuple(rng.integers(1, 4, rng.integers(1, 4)))
    weights, kind = np.abs(signed(rng, *shape)).astype(dtype), rng.integers(0, 3)
    w = signed(rng, *shape).astype(dtype)
    if rng.random() < 0.4:
        weights, w = float(weights.flat[0]), float(w.flat[0])

    def gradient(w):
        """a slope that knows the shape of w"""
        if kind == 0:
            return weights * w - 1
        return np.sin(w) * weights if kind == 1 else w + np.sum(weights * w)

    return gradient, w, float(scale(rng) / 10), int(rng.integers(0, 7))


@right
def in_a_for_loop(gradient, w, learning_rate, steps):
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
    return w


@right
def in_a_while_loop(gradient, w, learning_rate, steps):
    position, done = w, 0
    while done < steps:
        dw = gradient(position)
        position = position - learning_rate * dw
        done += 1
    return position


@right
def calling_itself(gradient, w, learning_rate, steps):
    if steps == 0:
        return w
    return calling_itself(gradient, w - learning_rate * gradient(w), learning_rate, steps - 1)


@right
def last_of_the_path(gradient, w, learning_rate, steps):
    path = [w]
    for t in range(steps):
        path.append(path[t] + -learning_rate * gradient(path[t]))
    return path[-1]


@wrong("climbs")
def uphill(gradient, w, learning_rate, steps):
    for _ in range(steps):
        w = w + learning_rate * gradient(w)
    return w


@wrong("keeps-the-first-gradient")
def gradient_before_the_loop(gradient, w, learning_rate, steps):
    dw = gradient(w)
    for _ in range(steps):
        w = w - learning_rate * dw
    return w


@wrong("takes-a-step-too-many")
def one_too_many(gradient, w, learning_rate, steps):
    for _ in range(steps + 1):
        w = w - learning_rate * gradient(w)
    return w


@wrong("takes-a-single-step", "takes-a-step-too-few", None)
def returns_inside_the_loop(gradient, w, learning_rate, steps):
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
        return w
    return w


@wrong("changed-arguments")
def in_place(gradient, w, learning_rate, steps):
    for _ in range(steps):
        w -= learning_rate * gradient(w)
    return w


@wrong("nothing-returned")
def no_return(gradient, w, learning_rate, steps):
    for _ in range(steps):
        w = w - learning_rate * gradient(w)


@wrong("raised-TypeError", None, "raised-ValueError")
def numbers_only(gradient, w, learning_rate, steps):
    for _ in range(steps):
        w = float(w) - learning_rate * float(gradient(w))
    return w


@wrong("raised-AttributeError")
def arrays_only(gradient, w, learning_rate, steps):
    w = w.copy()
    for _ in range(steps):
        w -= learning_rate * gradient(w)
    return w


@right
def recursion(gradient, w, learning_rate, steps):
    if steps == 0:
        return w
    if steps == 1:
        return w - learning_rate * gradient(w)
    halfway = recursion(gradient, w, learning_rate, steps // 2)
    return recursion(gradient, halfway, learning_rate, steps - steps // 2)


@wrong("takes-a-step-too-few")
def one_too_few(gradient, w, learning_rate, steps):
    """range(1, steps) takes one step too few."""
    for _ in range(1, steps):
        w = w - learning_rate * gradient(w)
    return w


@wrong("forgets-the-learning-rate")
def no_learning_rate(gradient, w, learning_rate, steps):
    """The learning rate is forgotten."""
    for _ in range(steps):
        w = w - gradient(w)
    return w


@wrong("replaces-w-by-the-step")
def replaced(gradient, w, learning_rate, steps):
    """Replaces w by the step instead of subtracting it."""
    for _ in range(steps):
        w = -learning_rate * gradient(w)
    return w


@wrong("steps-from-the-start-each-time")
def start_point(gradient, w, learning_rate, steps):
    """Every step is taken from the starting point."""
    start = w
    for _ in range(steps):
        w = start - learning_rate * gradient(w)
    return w


@wrong("never-calls-the-gradient")
def multiplied_by_w(gradient, w, learning_rate, steps):
    """Multiplies by w instead of calling gradient at w with the rate."""
    for _ in range(steps):
        w = w - learning_rate * w
    return w


@wrong("divides-by-the-rate")
def divided(gradient, w, learning_rate, steps):
    """Divides by the learning rate."""
    for _ in range(steps):
        w = w - gradient(w) / learning_rate
    return w


@wrong("stops-when-it-is-flat")
def early_stop(gradient, w, learning_rate, steps):
    """Stops early when a step is shorter than 0.1, not after the steps asked for."""
    for _ in range(steps):
        g = gradient(w)
        if np.max(np.abs(learning_rate * g)) < 0.1:
            break
        w = w - learning_rate * g
    return w


@wrong("steps-by-the-sign")
def normalized(gradient, w, learning_rate, steps):
    """Takes steps of a fixed length, along the gradient's sign."""
    for _ in range(steps):
        w = w - learning_rate * np.sign(gradient(w))
    return w


@wrong("shrinks-the-learning-rate")
def decaying(gradient, w, learning_rate, steps):
    """Divides the learning rate by the step's number."""
    for t in range(1, steps + 1):
        w = w - learning_rate / t * gradient(w)
    return w


@wrong("returns-the-whole-path")
def returns_history(gradient, w, learning_rate, steps):
    """Returns all the points on the way, not the last."""
    path = [w]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return path


@wrong("climbs+takes-a-step-too-few")
def ascent_too_few(gradient, w, learning_rate, steps):
    """Two slips: ascent, and one step too few."""
    for _ in range(steps - 1):
        w = w + learning_rate * gradient(w)
    return w


@wrong("raised-TypeError")
def to_float(gradient, w, learning_rate, steps):
    """float(w) makes arrays fail."""
    w = float(w)
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
    return w


@wrong("keeps-a-velocity")
def with_momentum(gradient, w, learning_rate, steps):
    v = 0
    for _ in range(steps):
        v = 0.9 * v + gradient(w)
        w = w - learning_rate * v
    return w


@wrong("holds-to-a-limit", None)
def a_hundred_steps_at_most(gradient, w, learning_rate, steps):
    for _ in range(min(steps, 100)):
        w = w - learning_rate * gradient(w)
    return w


@wrong("replaces-w-by-the-step")
def replaced_uphill(gradient, w, learning_rate, steps):
    for _ in range(steps):
        w = learning_rate * gradient(w)
    return w


@wrong("takes-a-step-where-none-is-asked")
def first_step_before_the_loop(gradient, w, learning_rate, steps):
    w = w - learning_rate * gradient(w)
    for _ in range(steps - 1):
        w = w - learning_rate * gradient(w)
    return w


@wrong("keeps-a-velocity")
def averaged_gradients(gradient, w, learning_rate, steps):
    v = 0
    for _ in range(steps):
        v = 0.9 * v + 0.1 * gradient(w)
        w = w - learning_rate * v
    return w


@wrong("takes-a-step-too-many")
def counts_up_to_steps_itself(gradient, w, learning_rate, steps):
    step = 0
    while step <= steps:
        w = w - learning_rate * gradient(w)
        step += 1
    return w


@wrong("takes-a-single-step-and-loses-the-start")
def another_name_for_the_new_point(gradient, w, learning_rate, steps):
    for _ in range(steps):
        new_w = w - learning_rate * gradient(w)
    return new_w


@wrong("takes-a-single-step-and-loses-the-start")
def steps_once_after_the_loop(gradient, w, learning_rate, steps):
    for _ in range(steps):
        slope = gradient(w)
    return w - learning_rate * slope


@wrong("takes-a-single-step-and-loses-the-start")
def no_return_but_inside_the_loop(gradient, w, learning_rate, steps):
    for _ in range(steps):
        return w - learning_rate * gradient(w)


@wrong("takes-a-single-step-and-loses-the-start")
def one_step_whatever_is_asked(gradient, w, learning_rate, steps):
    return w - learning_rate * gradient(w)


@wrong("averages-the-path")
def mean_of_all_points(gradient, w, learning_rate, steps):
    """Returns the mean of all points on the way."""
    visited = [w]
    for _ in range(steps):
        visited.append(visited[-1] - learning_rate * gradient(visited[-1]))
    return sum(visited) / len(visited)


@wrong("takes-a-negative-slope-for-flat")
def stops_below_a_half(gradient, w, learning_rate, steps):
    """Stops as soon as the gradient's largest entry is below 0.5, before all steps are made."""
    for _ in range(steps):
        g = gradient(w)
        if np.max(g) < 0.5:
            break
        w = w - learning_rate * g
    return w


@wrong("returns-the-whole-path")
def all_the_points(gradient, w, learning_rate, steps):
    ws = [w]
    for _ in range(steps):
        ws.append(ws[-1] - learning_rate * gradient(ws[-1]))
    return np.array(ws)
