"""Answers to `gradient_step`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_comprehension(parameters, gradients, learning_rate):
    return {k: parameters[k] - learning_rate * gradients[k] for k in parameters}


@right
def correct_loop(parameters, gradients, learning_rate):
    updated = {}
    for name in parameters:
        updated[name] = parameters[name] - learning_rate * gradients[name]
    return updated


@right
def correct_copy(parameters, gradients, learning_rate):
    new = {key: value.copy() for key, value in parameters.items()}
    for key in new:
        new[key] -= learning_rate * gradients[key]
    return new


@right
def correct_shallow_copy(parameters, gradients, learning_rate):
    new = dict(parameters)
    for key, gradient in gradients.items():
        new[key] = new[key] - learning_rate * gradient
    return new


@right
def correct_helper(parameters, gradients, learning_rate):
    def step(value, slope):
        return np.subtract(value, np.multiply(slope, learning_rate))

    return dict((key, step(value, gradients[key])) for key, value in parameters.items())  # noqa: C402


@right
def correct_sorted_zip(parameters, gradients, learning_rate):
    keys = sorted(parameters)
    values = [parameters[k] + (-learning_rate) * gradients[k] for k in keys]
    return dict(zip(keys, values))


@right
def correct_deepcopy(parameters, gradients, learning_rate):
    from copy import deepcopy

    result = deepcopy(parameters)
    for key in result.keys():  # noqa: SIM118
        result[key] = result[key] - gradients[key] * learning_rate
    return result


@wrong("goes-uphill")
def wrong_ascent(parameters, gradients, learning_rate):
    """Adds the gradient: ascent instead of descent."""
    return {k: parameters[k] + learning_rate * gradients[k] for k in parameters}


@wrong("changed-arguments")
def wrong_in_place(parameters, gradients, learning_rate):
    """Changes the arrays in place with -=."""
    for k in parameters:
        parameters[k] -= learning_rate * gradients[k]
    return parameters


@wrong("changed-arguments")
def wrong_same_dict(parameters, gradients, learning_rate):
    """Writes the new arrays into the dictionary it was given."""
    for k in parameters:
        parameters[k] = parameters[k] - learning_rate * gradients[k]
    return parameters


@wrong("changed-arguments")
def wrong_shallow_in_place(parameters, gradients, learning_rate):
    """Copies the dictionary shallowly, then changes the shared arrays with -=."""
    new = parameters.copy()
    for k in new:
        new[k] -= learning_rate * gradients[k]
    return new


@wrong("pairs-by-position")
def wrong_zip_order(parameters, gradients, learning_rate):
    """Pairs the values by their order in the two dictionaries, not by key."""
    return {k: p - learning_rate * g for (k, p), g in zip(parameters.items(), gradients.values())}


@wrong("forgets-the-learning-rate")
def wrong_no_learning_rate(parameters, gradients, learning_rate):
    """Forgets the learning rate."""
    return {k: parameters[k] - gradients[k] for k in parameters}


@wrong("divides-by-the-learning-rate")
def wrong_divides(parameters, gradients, learning_rate):
    """Divides the gradient by the learning rate."""
    return {k: parameters[k] - gradients[k] / learning_rate for k in parameters}


@wrong("returns-the-steps")
def wrong_step_only(parameters, gradients, learning_rate):
    """Returns only the step, not the parameters after it."""
    return {k: -learning_rate * gradients[k] for k in parameters}


@wrong("returns-a-list")
def wrong_list(parameters, gradients, learning_rate):
    """Returns a list of arrays instead of a dict."""
    return [parameters[k] - learning_rate * gradients[k] for k in parameters]


@wrong("returns-the-last-entry-only")
def wrong_last_key(parameters, gradients, learning_rate):
    """Makes a new dictionary in every turn of the loop, so only the last key is left."""
    for k in parameters:
        new = {}
        new[k] = parameters[k] - learning_rate * gradients[k]
    return new


@wrong("raised-KeyError")
def wrong_d_prefix(parameters, gradients, learning_rate):
    """Looks for gradient keys such as 'dW1', which do not exist: KeyError."""
    return {k: parameters[k] - learning_rate * gradients["d" + k] for k in parameters}


@wrong("updates-only-the-weights")
def wrong_weights_only(parameters, gradients, learning_rate):
    """Updates only the keys that start with W, and returns the others unchanged."""
    return {
        k: v - learning_rate * gradients[k] if k.upper().startswith("W") else v
        for k, v in parameters.items()
    }


@wrong("subtracts-the-rate-first")
def wrong_brackets(parameters, gradients, learning_rate):
    """Misplaces the brackets: (p - rate) * g."""
    return {k: (parameters[k] - learning_rate) * gradients[k] for k in parameters}


@wrong("ignores-learning-rate")
def wrong_hard_coded_rate(parameters, gradients, learning_rate):
    """Hard-codes the learning rate as 0.01."""
    return {k: parameters[k] - 0.01 * gradients[k] for k in parameters}


@wrong("nothing-returned")
def wrong_no_return(parameters, gradients, learning_rate):
    """Forgets the return."""
    new = {k: parameters[k] - learning_rate * gradients[k] for k in parameters}  # noqa: F841


@wrong("returns-the-first-entry-only")
def wrong_return_in_loop(parameters, gradients, learning_rate):
    """Returns inside the loop, after the first key."""
    new = {}
    for k in parameters:
        new[k] = parameters[k] - learning_rate * gradients[k]
        return new


@wrong("sums-the-gradient")
def wrong_matrix_product(parameters, gradients, learning_rate):
    """Sums every gradient into one number before the step."""
    return {k: parameters[k] - learning_rate * np.sum(gradients[k]) for k in parameters}


@wrong("goes-uphill+changed-arguments")
def wrong_ascent_in_place(parameters, gradients, learning_rate):
    """Two slips: adds the gradient, and in place."""
    for k in parameters:
        parameters[k] += learning_rate * gradients[k]
    return parameters


@wrong("forgets-the-learning-rate+pairs-by-position")
def wrong_zip_order_no_rate(parameters, gradients, learning_rate):
    """Two slips: pairs by order, and forgets the learning rate."""
    return {k: p - g for k, p, g in zip(parameters, parameters.values(), gradients.values())}


@wrong("raised-NameError")
def wrong_misspelt(parameters, gradients, learning_rate):
    """Uses the undefined name alpha."""
    return {k: parameters[k] - alpha * gradients[k] for k in parameters}  # noqa: F821
