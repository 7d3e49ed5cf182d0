"""Answers to `minimize`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_loop(gradient, w, learning_rate, steps):
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
    return w


@right
def correct_while(gradient, w, learning_rate, steps):
    done = 0
    current = w
    while done < steps:
        current = current - learning_rate * gradient(current)
        done += 1
    return current


@right
def correct_copy_in_place(gradient, w, learning_rate, steps):
    w = np.array(w, dtype=float)
    for _ in range(steps):
        w -= learning_rate * gradient(w)
    return w


@right
def correct_recursion(gradient, w, learning_rate, steps):
    if steps == 0:
        return w
    if steps == 1:
        return w - learning_rate * gradient(w)
    halfway = correct_recursion(gradient, w, learning_rate, steps // 2)
    return correct_recursion(gradient, halfway, learning_rate, steps - steps // 2)


@right
def correct_reduce(gradient, w, learning_rate, steps):
    from functools import reduce

    return reduce(lambda v, _: v - learning_rate * gradient(v), range(steps), w)


@right
def correct_history(gradient, w, learning_rate, steps):
    path = [w]
    for step in range(steps):  # noqa: B007
        slope = gradient(path[-1])
        path.append(np.subtract(path[-1], np.multiply(learning_rate, slope)))
    return path[-1]


@wrong("climbs")
def wrong_ascent(gradient, w, learning_rate, steps):
    """Adds the gradient: ascent instead of descent."""
    for _ in range(steps):
        w = w + learning_rate * gradient(w)
    return w


@wrong("keeps-the-first-gradient")
def wrong_gradient_once(gradient, w, learning_rate, steps):
    """Computes the gradient once, before the loop."""
    g = gradient(w)
    for _ in range(steps):
        w = w - learning_rate * g
    return w


@wrong("takes-a-step-too-few")
def wrong_one_too_few(gradient, w, learning_rate, steps):
    """range(1, steps) takes one step too few."""
    for _ in range(1, steps):
        w = w - learning_rate * gradient(w)
    return w


@wrong("takes-a-step-too-many")
def wrong_one_too_many(gradient, w, learning_rate, steps):
    """range(steps + 1) takes one step too many."""
    for _ in range(steps + 1):
        w = w - learning_rate * gradient(w)
    return w


@wrong("takes-a-single-step")
def wrong_return_in_loop(gradient, w, learning_rate, steps):
    """The return stands inside the loop: only one step."""
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
        return w


@wrong("changed-arguments")
def wrong_in_place(gradient, w, learning_rate, steps):
    """w -= changes the array passed in."""
    for _ in range(steps):
        w -= learning_rate * gradient(w)
    return w


@wrong("forgets-the-learning-rate")
def wrong_no_learning_rate(gradient, w, learning_rate, steps):
    """The learning rate is forgotten."""
    for _ in range(steps):
        w = w - gradient(w)
    return w


@wrong("replaces-w-by-the-step")
def wrong_replaced(gradient, w, learning_rate, steps):
    """Replaces w by the step instead of subtracting it."""
    for _ in range(steps):
        w = -learning_rate * gradient(w)
    return w


@wrong("steps-from-the-start-each-time")
def wrong_start_point(gradient, w, learning_rate, steps):
    """Every step is taken from the starting point."""
    start = w
    for _ in range(steps):
        w = start - learning_rate * gradient(w)
    return w


@wrong("never-calls-the-gradient")
def wrong_multiplied_by_w(gradient, w, learning_rate, steps):
    """Multiplies by w instead of calling gradient at w with the rate."""
    for _ in range(steps):
        w = w - learning_rate * w
    return w


@wrong("divides-by-the-rate")
def wrong_divided(gradient, w, learning_rate, steps):
    """Divides by the learning rate."""
    for _ in range(steps):
        w = w - gradient(w) / learning_rate
    return w


@wrong("stops-when-it-is-flat")
def wrong_early_stop(gradient, w, learning_rate, steps):
    """Stops early when a step is shorter than 0.1, not after the steps asked for."""
    for _ in range(steps):
        g = gradient(w)
        if np.max(np.abs(learning_rate * g)) < 0.1:
            break
        w = w - learning_rate * g
    return w


@wrong("steps-by-the-sign")
def wrong_normalized(gradient, w, learning_rate, steps):
    """Takes steps of a fixed length, along the gradient's sign."""
    for _ in range(steps):
        w = w - learning_rate * np.sign(gradient(w))
    return w


@wrong("shrinks-the-learning-rate")
def wrong_decaying(gradient, w, learning_rate, steps):
    """Divides the learning rate by the step's number."""
    for t in range(1, steps + 1):
        w = w - learning_rate / t * gradient(w)
    return w


@wrong("returns-the-whole-path")
def wrong_returns_history(gradient, w, learning_rate, steps):
    """Returns all the points on the way, not the last."""
    path = [w]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return path


@wrong("climbs+takes-a-step-too-few")
def wrong_ascent_too_few(gradient, w, learning_rate, steps):
    """Two slips: ascent, and one step too few."""
    for _ in range(steps - 1):
        w = w + learning_rate * gradient(w)
    return w


@wrong("raised-TypeError")
def wrong_to_float(gradient, w, learning_rate, steps):
    """float(w) makes arrays fail."""
    w = float(w)
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
    return w
