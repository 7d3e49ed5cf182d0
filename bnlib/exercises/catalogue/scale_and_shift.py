"""The last of batch norm's equations: give every unit a standard deviation and a mean that it
learns."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def scale_and_shift(z_norm, gamma, beta):
    """z_norm (n, m), gamma (n, 1), beta (n, 1) -> z_tilde (n, m)."""
    return gamma * z_norm + beta


HINTS = (
    "gamma is to set how widely a unit varies after this step, and beta around which number. Which "
    "of the two is a factor, and which a term?",
    "gamma and beta are columns, one number a unit. Multiplied with or added to z_norm, NumPy "
    "stretches them over the examples by itself.",
    "Multiply z_norm by gamma, entry by entry and not as matrices; then add beta.",
)

FACT = "A gamma and a beta for every unit: for a layer of 100 units, 200 numbers that are learned."


def inputs():
    """Numbers that are not quite normalized; gamma and beta of both signs."""
    rng = np.random.default_rng(4)
    narrow = [rng.normal(size=shape).astype(np.float32) for shape in ((3, 4), (3, 1), (3, 1))]
    return [
        (
            np.array([[1.0, -1.0, 3.0], [0.5, -2.0, 1.0]]),
            np.array([[2.0], [0.5]]),
            np.array([[3.0], [-1.0]]),
        ),
        tuple(90 * rng.normal(size=shape) for shape in ((5, 5), (5, 1), (5, 1))),
        tuple(rng.normal(size=shape) for shape in ((2, 1), (2, 1), (2, 1))),
        tuple(rng.normal(size=shape) for shape in ((1, 4), (1, 1), (1, 1))),
        tuple(narrow),
    ]


def faulty(z_norm, gamma, beta, *, scale="times", shift="plus", first="scale", swap=False):
    """The reference, with one or two things done wrong."""
    gamma, beta = (beta, gamma) if swap else (gamma, beta)
    factor = {
        "none": np.ones_like(gamma),
        "over": 1 / gamma,
        "square": gamma**2,
        "root": np.sqrt(abs(gamma)),
        "one plus": 1 + gamma,
        "positive": abs(gamma),
        "mean": gamma.mean(keepdims=True),
    }.get(scale, gamma)
    term = {
        "none": np.zeros_like(beta),
        "minus": -beta,
        "mean": beta.mean(keepdims=True),
    }.get(shift, beta)
    return factor * (z_norm + term) if first == "shift" else factor * z_norm + term


@fault(scale="none")
def only_shifts():
    """You add beta and leave gamma out. Every unit then keeps the spread it was normalized to,
    which can hold a sigmoid in its almost linear middle. Look at where gamma is to come in, and
    whether what comes of it is kept."""


@fault(shift="none")
def only_scales():
    """You multiply by gamma and leave beta out. Every unit then lies around 0 in training, and,
    since the layer's own bias is cancelled, nothing else can move it. Look at where beta is to come
    in, and whether what comes of it is kept."""


@fault(scale="over")
def divides_by_gamma():
    """You divide where gamma is to multiply: a gamma of 2 is to make a unit twice as wide. Look at
    the operator beside the scale, or at the sign of an exponent."""


@fault(scale="square")
def squares_gamma():
    """You multiply by a square. gamma is the factor itself, not its root. Look for a
    product or a power too many."""


@fault(scale="root")
def takes_the_root_of_gamma():
    """You multiply by a root made of gamma, as though gamma were a variance. It is the factor
    itself, and may even be negative, sign and all. Look for a root, and perhaps an absolute
    value."""


@fault(scale="one plus")
def multiplies_by_one_plus_gamma():
    """You multiply by 1 + gamma. Some networks store a scale that way, as a difference from 1; here
    gamma is the whole scale. Look for a 1, or z_norm itself, that is added once too often."""


@fault(scale="positive")
def drops_the_sign_of_gamma():
    """Your factor has lost its sign. A negative gamma is allowed: it turns the unit over, and
    training may choose it. Look for an absolute value, or a root of a square."""


@fault(scale="mean")
def uses_one_gamma_for_all():
    """You multiply every unit by the same number, the mean of gamma. Every unit has a gamma of its
    own, learned for it. Look for a step that makes one number of a column."""


@fault(shift="mean")
def uses_one_beta_for_all():
    """You add the same number to every unit, the mean of beta. Every unit has a beta of its own.
    Look for a step that makes one number of a column."""


@fault(shift="minus")
def subtracts_beta():
    """You subtract where beta is to be added: it is the mean that the unit is to have. Look for a
    minus."""


@fault(first="shift")
def shifts_before_scaling():
    """You bring in the shift before the scale, or scale both terms, so the shift is scaled too,
    where beta alone is to set the new mean. Look at what gamma multiplies."""


@fault(swap=True)
def swaps_gamma_and_beta():
    """You have gamma and beta in each other's place. gamma makes the new spread, beta the new mean.
    Look at which of them stands beside z_norm."""


@mistake
def normalizes_again(z_norm, gamma, beta):
    """You normalize z_norm once more before scaling. In training it comes normalized as far as eps
    allows, and at test time its mean need not be 0. Look for a mean or a deviation that this step
    does not need."""
    mean, deviation = z_norm.mean(axis=1, keepdims=True), z_norm.std(axis=1, keepdims=True)
    return gamma * (z_norm - mean) / deviation + beta


@mistake
def uses_the_first_units_parameters(z_norm, gamma, beta):
    """You use the first unit's gamma and beta for every unit. Every row has its own. Look at what
    picks one out of a column, such as an index [0], or a `return` in the first round of a loop."""
    return gamma[0] * z_norm + beta[0]


@mistake
def uses_the_first_units_gamma(z_norm, gamma, beta):
    """You multiply every unit by the first unit's gamma. Every row has its own. Look at what picks
    one out of a column, such as an index [0]."""
    return gamma[0] * z_norm + beta


@mistake
def uses_the_first_units_beta(z_norm, gamma, beta):
    """You add the first unit's beta to every unit. Every row has its own. Look at what picks one
    out of a column, such as an index [0]."""
    return gamma * z_norm + beta[0]


@mistake
def multiplies_as_matrices(z_norm, gamma, beta):
    """Your product adds up over the units or over the examples, as a product of matrices does, or
    fails where the shapes do not fit. Each unit is to be scaled by its own gamma, entry by entry.
    Look for `@`, `dot` or a sum: `*` goes entry by entry."""
    return gamma.T @ z_norm + beta


@also(multiplies_as_matrices)
def multiplies_a_column_by_a_matrix(z_norm, gamma, beta):
    return gamma @ z_norm + beta


@also(multiplies_as_matrices)
def multiplies_a_matrix_by_a_column(z_norm, gamma, beta):
    return z_norm @ gamma + beta


@mistake
def lines_gamma_up_with_the_examples(z_norm, gamma, beta):
    """With several units, your gamma and beta line up with the columns, as they do when they are
    flat, or turned, or picked by a column's index. There is one column an example, and they belong
    to the units, which are rows. That is an error for many shapes, and can be silent where n = m.
    Look at their shape, or at the index."""
    return gamma.T * z_norm + beta.T


@mistake
def adds_everything(z_norm, gamma, beta):
    """You add gamma where it is to multiply. Added, it moves the unit as beta does already, and
    nothing sets its spread. Look at the operator beside gamma."""
    return z_norm + gamma + beta


@mistake
def adds_gamma_alone(z_norm, gamma, beta):
    """You add gamma, and beta does not come in. beta is the new mean, which is added; gamma is the
    new spread, which multiplies. Look at where each of the two is to stand."""
    return z_norm + gamma


@mistake
def multiplies_by_beta_alone(z_norm, gamma, beta):
    """You multiply by beta, and gamma does not come in. gamma is the new spread, which multiplies;
    beta is the new mean, which is added. Look at where each of the two is to stand."""
    return z_norm * beta


@mistake
def multiplies_everything(z_norm, gamma, beta):
    """You multiply by beta where it is to be added. Multiplied, it scales the unit as gamma does
    already, and nothing sets its mean. Look at the operator beside beta."""
    return z_norm * gamma * beta


@also(takes_the_root_of_gamma)
def takes_the_root_of_negative_numbers_too(z_norm, gamma, beta):
    with np.errstate(all="ignore"):
        return np.sqrt(gamma) * z_norm + beta


@mistake
def undoes_it(z_norm, gamma, beta):
    """You take beta away and divide by gamma: that is the way back from z_tilde to z_norm. Here
    z_norm comes in, and z_tilde is to go out. Look at the two operators, and at which of them
    comes first."""
    return (z_norm - beta) / gamma


@also(normalizes_again)
def normalizes_again_with_eps(z_norm, gamma, beta):
    mean, var = z_norm.mean(axis=1, keepdims=True), z_norm.var(axis=1, keepdims=True)
    return gamma * (z_norm - mean) / np.sqrt(var + 1e-5) + beta


@also(normalizes_again)
def normalizes_again_with_a_little_beside_the_deviation(z_norm, gamma, beta):
    mean, deviation = z_norm.mean(axis=1, keepdims=True), z_norm.std(axis=1, keepdims=True)
    return gamma * (z_norm - mean) / (deviation + 1e-8) + beta


@mistake
def takes_the_units_from_the_back(z_norm, gamma, beta):
    """You take gamma and beta from the last unit to the first, so a unit can get those of another.
    Row i of all three is one unit. Look at how you take them, as by an index, a slice or a
    `pop`."""
    return gamma[::-1] * z_norm + beta[::-1]


@also(lines_gamma_up_with_the_examples)
def picks_them_by_the_columns_index(z_norm, gamma, beta):
    result = np.zeros_like(z_norm)
    for j in range(z_norm.shape[1]):
        result[:, j] = gamma[j] * z_norm[:, j] + beta[j]
    return result


@mistake
def uses_the_last_units_parameters(z_norm, gamma, beta):
    """You use the last unit's gamma and beta for every unit. Every row has its own. Look at what
    picks one out of a column, such as an index [-1], or for a loop of which only the last round
    counts."""
    return gamma[-1] * z_norm + beta[-1]


@also(takes_the_root_of_gamma)
def takes_the_root_and_keeps_the_sign(z_norm, gamma, beta):
    return np.sign(gamma) * np.sqrt(abs(gamma)) * z_norm + beta


@mistake
def carries_over_from_unit_to_unit(z_norm, gamma, beta):
    """From the second unit on, what belongs to the units above comes into gamma or beta too, as
    where a number goes on from row to row. Every unit has its own pair. If you loop over the units:
    look at what should be set anew in each round."""
    return gamma * z_norm + np.cumsum(beta, axis=0)


@also(carries_over_from_unit_to_unit)
def carries_gamma_over(z_norm, gamma, beta):
    return np.cumsum(gamma, axis=0) * z_norm + beta


@also(carries_over_from_unit_to_unit)
def carries_both_over(z_norm, gamma, beta):
    return np.cumsum(gamma, axis=0) * z_norm + np.cumsum(beta, axis=0)


@also(carries_over_from_unit_to_unit)
def carries_a_product_of_gammas_over(z_norm, gamma, beta):
    return np.cumprod(gamma, axis=0) * z_norm + beta


@also(multiplies_as_matrices)
def spreads_gamma_over_a_matrix(z_norm, gamma, beta):
    return gamma * z_norm.sum(axis=0, keepdims=True) + beta
