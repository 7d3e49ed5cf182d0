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


@right
def helper(parameters, gradients, learning_rate):
    def step(value, slope):
        return np.subtract(value, np.multiply(slope, learning_rate))

    return dict((key, step(value, gradients[key])) for key, value in parameters.items())  # noqa: C402


@right
def sorted_zip(parameters, gradients, learning_rate):
    keys = sorted(parameters)
    values = [parameters[k] + (-learning_rate) * gradients[k] for k in keys]
    return dict(zip(keys, values))


@wrong("divides-by-the-learning-rate")
def divides(parameters, gradients, learning_rate):
    """Divides the gradient by the learning rate."""
    return {k: parameters[k] - gradients[k] / learning_rate for k in parameters}


@wrong("returns-the-steps")
def step_only(parameters, gradients, learning_rate):
    """Returns only the step, not the parameters after it."""
    return {k: -learning_rate * gradients[k] for k in parameters}


@wrong("returns-the-last-entry-only")
def last_key(parameters, gradients, learning_rate):
    """Makes a new dictionary in every turn of the loop, so only the last key is left."""
    for k in parameters:
        new = {}
        new[k] = parameters[k] - learning_rate * gradients[k]
    return new


@wrong("raised-KeyError")
def d_prefix(parameters, gradients, learning_rate):
    """Looks for gradient keys such as 'dW1', which do not exist: KeyError."""
    return {k: parameters[k] - learning_rate * gradients["d" + k] for k in parameters}


@wrong("subtracts-the-rate-first")
def brackets(parameters, gradients, learning_rate):
    """Misplaces the brackets: (p - rate) * g."""
    return {k: (parameters[k] - learning_rate) * gradients[k] for k in parameters}


@wrong("ignores-learning-rate")
def hard_coded_rate(parameters, gradients, learning_rate):
    """Hard-codes the learning rate as 0.01."""
    return {k: parameters[k] - 0.01 * gradients[k] for k in parameters}


@wrong("nothing-returned")
def no_return(parameters, gradients, learning_rate):
    """Forgets the return."""
    new = {k: parameters[k] - learning_rate * gradients[k] for k in parameters}  # noqa: F841


@wrong("sums-the-gradient")
def matrix_product(parameters, gradients, learning_rate):
    """Sums every gradient into one number before the step."""
    return {k: parameters[k] - learning_rate * np.sum(gradients[k]) for k in parameters}


@wrong("goes-uphill+changed-arguments")
def ascent_in_place(parameters, gradients, learning_rate):
    """Two slips: adds the gradient, and in place."""
    for k in parameters:
        parameters[k] += learning_rate * gradients[k]
    return parameters


@wrong("forgets-the-learning-rate+pairs-by-position")
def zip_order_no_rate(parameters, gradients, learning_rate):
    """Two slips: pairs by order, and forgets the learning rate."""
    return {k: p - g for k, p, g in zip(parameters, parameters.values(), gradients.values())}


@wrong("raised-NameError")
def misspelt(parameters, gradients, learning_rate):
    """Uses the undefined name alpha."""
    return {k: parameters[k] - alpha * gradients[k] for k in parameters}  # noqa: F821


@wrong("shortens-long-gradients")
def no_gradient_longer_than_one(parameters, gradients, learning_rate):
    lengths = {k: max(np.sqrt(np.sum(g**2)), 1) for k, g in gradients.items()}
    return {k: p - learning_rate * gradients[k] / lengths[k] for k, p in parameters.items()}


@wrong("sums-the-gradient")
def one_mean_for_all(parameters, gradients, learning_rate):
    new = {}
    for name in parameters:
        new[name] = parameters[name] - learning_rate * gradients[name].mean()
    return new


@wrong("averages-with-the-gradient")
def as_a_moving_average(parameters, gradients, learning_rate):
    new = {}
    for name, old in parameters.items():
        new[name] = (1 - learning_rate) * old + learning_rate * gradients[name]
    return new


@wrong("multiplies-the-step-by-the-parameter")
def parameter_taken_out_of_the_bracket(parameters, gradients, learning_rate):
    return {key: parameters[key] * (1 - learning_rate * gradients[key]) for key in gradients}


@wrong("leaves-some-parameters")
def weights_and_biases(parameters, gradients, learning_rate):
    new = {}
    for key, value in parameters.items():
        if key.startswith("W") or key.startswith("b"):
            new[key] = value - learning_rate * gradients[key]
        else:
            new[key] = value.copy()
    return new


@wrong("leaves-some-parameters")
def all_but_gamma(parameters, gradients, learning_rate):
    return {
        k: v if "gamma" in k else v - learning_rate * gradients[k] for k, v in parameters.items()
    }


@wrong("leaves-some-parameters")
def no_bias(parameters, gradients, learning_rate):
    new = dict(parameters)
    for key in new:
        if key.startswith(("W", "gamma", "beta")):
            new[key] = new[key] - learning_rate * gradients[key]
    return new


@wrong("divides-by-a-count")
def shares_out_the_rate(parameters, gradients, learning_rate):
    rate = learning_rate / len(parameters)
    return {k: v - rate * gradients[k] for k, v in parameters.items()}


@wrong("divides-by-a-count")
def over_the_number_of_columns(parameters, gradients, learning_rate):
    new = {}
    for k in parameters:
        m = gradients[k].shape[1]
        new[k] = parameters[k] - learning_rate * gradients[k] / m
    return new


@wrong("sums-the-gradient")
def as_for_a_bias(parameters, gradients, learning_rate):
    new = {}
    for k, p in parameters.items():
        g = gradients[k]
        if g.ndim == 2:
            g = g.sum(axis=1, keepdims=True)
        new[k] = p - learning_rate * g
    return new


@wrong("subtracts-the-parameter")
def a_step_of_the_parameter(parameters, gradients, learning_rate):
    return {k: parameters[k] - learning_rate * parameters[k] for k in gradients}
