"""One step of gradient descent for a whole network: W, gamma and beta alike."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def gradient_step(parameters, gradients, learning_rate):
    """Two dicts of arrays with the same keys, a number -> a new dict, every parameter a step on."""
    return {name: value - learning_rate * gradients[name] for name, value in parameters.items()}


HINTS = (
    "A gradient points uphill. Where does a parameter go, and how is its gradient found in the "
    "other dictionary, whose keys may come in another order?",
    "Go through the parameters by name, and look each gradient up under the same name. Put the "
    "results into a new dictionary.",
    "The new value under a name is the old one minus learning_rate times the gradient under that "
    "name: a new array, so the old dictionary and its arrays stay as they were.",
)

FACT = (
    "gamma and beta move by the same rule as W: to the optimizer they are parameters like any "
    "other."
)


def inputs():
    """Gradients in another order, long and short; arrays of one shape, so that a wrong pairing goes
    unnoticed."""
    rng = np.random.default_rng(9)
    parameters = {
        "W1": np.array([[1.0, 2.0], [3.0, -1.0]]),
        "gamma1": np.array([[1.0], [2.0]]),
        "beta1": np.array([[0.5], [-1.0]]),
        "W2": np.array([[0.5, 1.5], [-2.0, 4.0]]),
    }
    gradients = {
        "W2": np.array([[1.0, -1.0], [0.5, 2.0]]),
        "beta1": np.array([[3.0], [-2.0]]),
        "gamma1": np.array([[-1.0], [0.4]]),
        "W1": np.array([[2.0, 4.0], [-3.0, 1.0]]),
    }
    single = {"b": rng.normal(size=(1, 1)).astype(np.float32)}
    shapes = {"W1": (4, 5), "a": (5, 1), "b10": (1, 4), "b2": (1, 1)}
    wide = {name: 90 * rng.normal(size=shape) for name, shape in shapes.items()}
    slopes = {name: 90 * rng.normal(size=shape) for name, shape in reversed(shapes.items())}
    return [
        (parameters, gradients, 0.2),
        (wide, slopes, 3.765432),
        (single, {"b": np.array([[3.0]], dtype=np.float32)}, 0.25**6),
        ({"W": np.array([[0.5, 2.0]])}, {"W": np.array([[0.3, -0.01]])}, 0.7),
    ]


def faulty(parameters, gradients, learning_rate, *, sign=-1, rate="times", pair="name", keep="all"):
    """The reference, with one or two things done wrong."""
    factor = {
        "none": 1,
        "over": 1 / learning_rate,
        "squared": learning_rate**2,
        "half": learning_rate / 2,
    }.get(rate, learning_rate)
    by_name = {name: gradients[name] for name in parameters}
    by_position = dict(zip(parameters, gradients.values(), strict=True))
    by_sorting = dict(zip(parameters, map(gradients.get, sorted(gradients)), strict=True))
    paired = {"position": by_position, "sorted": by_sorting}.get(pair, by_name)
    return {
        name: value + sign * factor * paired[name]
        if keep == "all" or name.startswith(keep)
        else value
        for name, value in parameters.items()
    }


@fault(sign=1)
def goes_uphill():
    """You add the gradient. It points to where the cost rises, and the step is to go down. Look at
    the sign."""


@fault(rate="none")
def forgets_the_learning_rate():
    """In general your step is the whole gradient, without the learning rate. How much of it a step
    takes is for the rate to say: a step too long may jump across the valley. Look at where the rate
    comes in, or should."""


@fault(rate="over")
def divides_by_the_learning_rate():
    """You divide by the learning rate, so a smaller rate can make a larger step. Look at the
    operator beside it, or at a power."""


@fault(rate="squared")
def uses_the_learning_rate_twice():
    """The learning rate goes into your step twice. Look for a square, or a second place in which it
    multiplies."""


@fault(rate="half")
def halves_the_step():
    """In general your step is too short, as by half. A half or a mean in the cost is in its
    gradients already. Look for a half, or a division too many."""


@fault(pair="position")
def pairs_by_position():
    """You pair parameters and gradients by their position, and the two dictionaries may come in
    different orders: W1 may then move by W2's gradient, without any error if their shapes fit. Look
    at how you find the gradient of a name."""


@fault(pair="sorted")
def pairs_after_sorting_one_side():
    """You sort the names on one side only, so parameters can meet the gradients of others. Look at
    how you find the gradient of a name: no order is needed for it."""


@fault(keep="W")
def updates_only_the_weights():
    """In general you move W, and leave the others as they are, or some of them. gamma and beta are
    learned by gradient descent too, and so is b. Look at what is let through."""


@fault(keep=("gamma", "beta", "b"))
def updates_only_gamma_and_beta():
    """In general you move gamma, beta or b, and leave W as it is. W is learned by gradient descent
    too. Look at what is let through."""


@fault(keep=("W", "b"))
def leaves_some_parameters():
    """In general some parameters are moved, and others come back as they were, perhaps a gamma, a
    beta or a b. Each is to take a step, whatever its name. Look at which names are let through."""


@also(leaves_some_parameters)
def _moves_weights_and_beta(parameters, gradients, learning_rate):
    return faulty(parameters, gradients, learning_rate, keep=("W", "beta"))


@also(leaves_some_parameters)
def _moves_weights_gamma_and_beta(parameters, gradients, learning_rate):
    return faulty(parameters, gradients, learning_rate, keep=("W", "gamma", "beta"))


@also(leaves_some_parameters)
def _leaves_gamma(parameters, gradients, learning_rate):
    new = gradient_step(parameters, gradients, learning_rate)
    return new | {n: v for n, v in parameters.items() if n.startswith("gamma")}


@also(leaves_some_parameters)
def _leaves_beta(parameters, gradients, learning_rate):
    new = gradient_step(parameters, gradients, learning_rate)
    return new | {n: v for n, v in parameters.items() if n.startswith("beta")}


@mistake
def returns_the_old_parameters(parameters, gradients, learning_rate):
    """In general you return the parameters unmoved. Perhaps the new values are never stored, the
    old dictionary is what you return, or a gradient is looked up under a name that is not there.
    Look at where each gradient comes from and each result goes."""
    return {name: value.copy() for name, value in parameters.items()}


@mistake
def returns_the_steps(parameters, gradients, learning_rate):
    """You return the steps, not where they lead to. Look at what you store, and where the old value
    of each parameter belongs in it."""
    return {name: -learning_rate * gradients[name] for name in parameters}


@mistake
def returns_the_steps_uphill(parameters, gradients, learning_rate):
    """You return learning rate times gradient, not where the step leads to. Look at where the old
    value of each parameter belongs, and at what the step does to it."""
    return {name: learning_rate * gradients[name] for name in parameters}


@mistake
def scales_the_parameter_too(parameters, gradients, learning_rate):
    """The learning rate multiplies the parameter along with the gradient. Look at what it is to
    scale, the step or where you are."""
    return {n: learning_rate * (v - gradients[n]) for n, v in parameters.items()}


@mistake
def subtracts_the_rate_first(parameters, gradients, learning_rate):
    """Your result is the gradient times the difference of parameter and learning rate. The rate is
    to scale the gradient, and their product to be taken away. Look at which of the two is worked
    out first."""
    return {n: (v - learning_rate) * gradients[n] for n, v in parameters.items()}


@mistake
def sums_the_gradient(parameters, gradients, learning_rate):
    """You make one number of several entries of a gradient, all or a row or a column, so entries of
    a parameter can move alike. Each entry has its own slope. Look for a sum, a mean, or a product
    that adds up."""
    return {n: v - learning_rate * np.sum(gradients[n]) for n, v in parameters.items()}


@also(sums_the_gradient)
def averages_the_gradient(parameters, gradients, learning_rate):
    return {n: v - learning_rate * np.mean(gradients[n]) for n, v in parameters.items()}


@mistake
def shrinks_the_parameter(parameters, gradients, learning_rate):
    """You also take a share of the parameter itself away, as weight decay does. That is another
    method, which can draw gamma towards 0. Look for the parameter inside your step, or for a factor
    on its old value."""
    return {n: v - learning_rate * (gradients[n] + v) for n, v in parameters.items()}


@mistake
def swaps_the_dictionaries(parameters, gradients, learning_rate):
    """You take a share of the parameters away from the gradients: the two have changed places. Look
    at which of them is moved."""
    return {n: gradients[n] - learning_rate * v for n, v in parameters.items()}


@mistake
def normalizes_the_step(parameters, gradients, learning_rate):
    """You divide the gradients by their lengths, or the long ones at least. Plain gradient descent
    takes longer steps where the slope is steeper. Look for a norm, root or limit."""
    return {
        n: v - learning_rate * gradients[n] / np.linalg.norm(gradients[n])
        for n, v in parameters.items()
    }


@mistake
def shortens_long_gradients(parameters, gradients, learning_rate):
    """You shorten a gradient whose length is above 1. That is another method, clipping; plain
    gradient descent steps as far as the slope says. Look for a norm, or for a limit."""
    return {
        n: v - learning_rate * gradients[n] / max(1.0, float(np.linalg.norm(gradients[n])))
        for n, v in parameters.items()
    }


@mistake
def steps_by_the_sign(parameters, gradients, learning_rate):
    """You use only the sign of each gradient. Then an entry moves as far on a gentle slope as on a
    steep one. Look at what you multiply the learning rate by."""
    return {n: v - learning_rate * np.sign(gradients[n]) for n, v in parameters.items()}


@mistake
def returns_a_list(parameters, gradients, learning_rate):
    """You return the new arrays without their names. A parameter cannot be looked up by its name
    then. Look at the kind of container that you fill."""
    return list(gradient_step(parameters, gradients, learning_rate).values())


@mistake
def returns_the_last_array(parameters, gradients, learning_rate):
    """You return one array, that of the last name, and the others are lost. Look at where your
    `return` stands, and at what it returns."""
    return list(gradient_step(parameters, gradients, learning_rate).values())[-1]


@mistake
def returns_the_first_entry_only(parameters, gradients, learning_rate):
    """Your dictionary holds the first name only, as happens when the `return` comes in the first
    round of a loop. Look at how far yours is indented, or at how many names you go through."""
    name = next(iter(parameters))
    return {name: parameters[name] - learning_rate * gradients[name]}


@mistake
def returns_the_last_entry_only(parameters, gradients, learning_rate):
    """Your dictionary holds the last name only, as happens when a new one is made in every round of
    a loop. Look at where yours is made."""
    name = list(parameters)[-1]
    return {name: parameters[name] - learning_rate * gradients[name]}


@mistake
def renames_the_parameters(parameters, gradients, learning_rate):
    """Your dictionary has other names than the one you were given, such as dW1 for W1. The network
    looks its parameters up by name, and finds none. Look at the key under which you store."""
    new = gradient_step(parameters, gradients, learning_rate)
    return {f"d{name}": value for name, value in new.items()}


@mistake
def averages_with_the_gradient(parameters, gradients, learning_rate):
    """You mix each parameter with its gradient, as a weighted average of the two does. A gradient
    is a slope and not a value that the parameter is to come close to. Look at what is to be left of
    the old value, and at the sign of the step."""
    share = 1 - learning_rate
    return {n: share * v + learning_rate * gradients[n] for n, v in parameters.items()}


@mistake
def multiplies_the_step_by_the_parameter(parameters, gradients, learning_rate):
    """Your step is multiplied by the parameter itself, so an entry that is 0 cannot move at all. A
    step is made of the gradient and the rate. Look at what your step is made of, or at what a
    bracket multiplies."""
    return {n: v - learning_rate * gradients[n] * v for n, v in parameters.items()}


@mistake
def divides_by_a_count(parameters, gradients, learning_rate):
    """Your step is divided by a count: of the parameters, of a gradient's entries, or of its rows
    or columns. A mean in the cost is in its gradients already, and the whole step is due. Look for
    a length, a size or a shape that divides."""
    rate = learning_rate / len(parameters)
    return {name: value - rate * gradients[name] for name, value in parameters.items()}


@also(divides_by_a_count)
def divides_by_the_count_of_entries(parameters, gradients, learning_rate):
    return {n: v - learning_rate * gradients[n] / v.size for n, v in parameters.items()}


@also(divides_by_a_count)
def divides_by_the_count_of_rows(parameters, gradients, learning_rate):
    return {n: v - learning_rate * gradients[n] / len(v) for n, v in parameters.items()}


@also(divides_by_a_count)
def divides_by_the_count_of_columns(parameters, gradients, learning_rate):
    return {n: v - learning_rate * gradients[n] / v.shape[1] for n, v in parameters.items()}


@also(sums_the_gradient)
def sums_the_rows_of_the_gradient(parameters, gradients, learning_rate):
    slopes = {n: gradients[n].sum(axis=1, keepdims=True) for n in parameters}
    return {n: v - learning_rate * slopes[n] for n, v in parameters.items()}


@also(sums_the_gradient)
def averages_the_rows_of_the_gradient(parameters, gradients, learning_rate):
    slopes = {n: gradients[n].mean(axis=1, keepdims=True) for n in parameters}
    return {n: v - learning_rate * slopes[n] for n, v in parameters.items()}


@also(sums_the_gradient)
def sums_the_columns_of_the_gradient(parameters, gradients, learning_rate):
    slopes = {n: gradients[n].sum(axis=0, keepdims=True) for n in parameters}
    return {n: v - learning_rate * slopes[n] for n, v in parameters.items()}


@also(sums_the_gradient)
def averages_the_columns_of_the_gradient(parameters, gradients, learning_rate):
    slopes = {n: gradients[n].mean(axis=0, keepdims=True) for n in parameters}
    return {n: v - learning_rate * slopes[n] for n, v in parameters.items()}


@mistake
def subtracts_the_parameter(parameters, gradients, learning_rate):
    """Your step is made of the parameter itself, not of its gradient, so it knows nothing of the
    cost. Look at which of the two dictionaries the step is read from."""
    return {n: v - learning_rate * v for n, v in parameters.items()}
