"""Answers to `minimize`."""

import functools

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
def by_reduce(gradient, w, learning_rate, steps):
    return functools.reduce(lambda v, _: v - learning_rate * gradient(v), range(steps), w)


@right
def on_a_copy_in_place(gradient, w, learning_rate, steps):
    w = np.array(w, dtype=float)
    for _ in range(steps):
        w -= learning_rate * gradient(w)
    return w


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
