"""Answers to `gradient_step`."""

import copy

import numpy as np
from legal import signed

from answers import right, wrong


def anything(rng, dtype):
    """Any number of arrays of any shape, by any names; the gradients in another order."""
    names = list(rng.permutation(["W1", "gamma1", "beta1", "W2", "b2", "W10", "a"]))
    shapes = {str(n): rng.integers(1, 4, size=2) for n in names[: rng.integers(1, 8)]}
    parameters = {n: signed(rng, *shape).astype(dtype) for n, shape in shapes.items()}
    order = rng.permutation(list(shapes))
    gradients = {str(n): signed(rng, *shapes[str(n)]).astype(dtype) for n in order}
    return parameters, gradients, float(10 ** rng.uniform(-3, 1))


@right
def comprehension(parameters, gradients, learning_rate):
    return {k: parameters[k] - learning_rate * gradients[k] for k in parameters}


@right
def a_loop(parameters, gradients, learning_rate):
    new = {}
    for key in gradients:
        new[key] = parameters[key] - learning_rate * gradients[key]
    return new


@right
def on_a_deep_copy(parameters, gradients, learning_rate):
    new = copy.deepcopy(parameters)
    for name, gradient in gradients.items():
        new[name] -= learning_rate * gradient
    return new


@right
def sorted_on_both_sides(parameters, gradients, learning_rate):
    keys = sorted(parameters)
    steps = [np.multiply(learning_rate, gradients[k]) for k in keys]
    return dict(zip(keys, map(np.subtract, map(parameters.get, keys), steps), strict=True))


@right
def on_a_shallow_copy(parameters, gradients, learning_rate):
    new = dict(parameters)
    for key in new:
        new[key] = new[key] - learning_rate * gradients[key]
    return new


@right
def into_empty_arrays(parameters, gradients, learning_rate):
    new = {k: np.empty_like(v) for k, v in parameters.items()}
    for k, v in new.items():
        v[...] = parameters[k] + (-learning_rate) * gradients[k]
    return new


@wrong("goes-uphill")
def plus(parameters, gradients, learning_rate):
    return {k: v + learning_rate * gradients[k] for k, v in parameters.items()}


@wrong("changed-arguments")
def in_place(parameters, gradients, learning_rate):
    for k in parameters:
        parameters[k] -= learning_rate * gradients[k]
    return parameters


@wrong("changed-arguments")
def in_the_same_dict(parameters, gradients, learning_rate):
    for k in parameters:
        parameters[k] = parameters[k] - learning_rate * gradients[k]
    return parameters


@wrong("changed-arguments")
def shallow_copy_in_place(parameters, gradients, learning_rate):
    new = parameters.copy()
    for k in new:
        new[k] -= learning_rate * gradients[k]
    return new


@wrong("pairs-by-position")
def zipped(parameters, gradients, learning_rate):
    pairs = zip(parameters.items(), gradients.values(), strict=True)
    return {k: v - learning_rate * g for (k, v), g in pairs}


@wrong("forgets-the-learning-rate")
def whole_gradient(parameters, gradients, learning_rate):
    return {k: v - gradients[k] for k, v in parameters.items()}


@wrong("returns-the-first-entry-only")
def returns_inside(parameters, gradients, learning_rate):
    new = {}
    for k in parameters:
        new[k] = parameters[k] - learning_rate * gradients[k]
        return new


@wrong("nothing-returned+changed-arguments", "changed-arguments", "nothing-returned")
def in_place_without_return(parameters, gradients, learning_rate):
    for k in parameters:
        parameters[k] -= learning_rate * gradients[k]


@wrong("raised-KeyError")
def with_the_lectures_names(parameters, gradients, learning_rate):
    return {k: v - learning_rate * gradients["d" + k] for k, v in parameters.items()}


@wrong("raised-TypeError")
def without_names(parameters, gradients, learning_rate):
    return parameters - learning_rate * gradients


@wrong("returns-a-list")
def a_list(parameters, gradients, learning_rate):
    return [parameters[k] - learning_rate * gradients[k] for k in parameters]


@wrong("updates-only-the-weights")
def weights_only(parameters, gradients, learning_rate):
    return {
        k: v - learning_rate * gradients[k] if k[0] == "W" else v for k, v in parameters.items()
    }


@wrong("goes-uphill+forgets-the-learning-rate")
def two_slips(parameters, gradients, learning_rate):
    return {k: v + gradients[k] for k, v in parameters.items()}
