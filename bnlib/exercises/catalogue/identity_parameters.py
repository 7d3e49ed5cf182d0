"""The gamma and beta for which batch norm undoes its own normalization and gives z back."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def identity_parameters(z, eps=1e-5):
    """z (n, m) -> (gamma, beta), each (n, 1), for which batch norm gives z back."""
    mu = z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    return np.sqrt(var + eps), mu


HINTS = (
    "Write batch norm as one line, z_tilde = gamma * (z - mu) / (a root) + beta, and ask: which "
    "gamma cancels the root, and which beta cancels the mu?",
    "gamma has to be what z was divided by, all of it: eps was added to the variance before the "
    "root was taken. beta has to put back what was taken away.",
    "gamma is the square root of (var + eps), beta is mu, both of shape (n, 1), with var and mu "
    "taken over each row of z.",
)

FACT = (
    "So on a batch, batch norm takes nothing away from what a layer can express: it makes another "
    "point the easy one to start from."
)


def inputs():
    """Rows of different scales and means, and means that add up to 0; eps that counts."""
    rng = np.random.default_rng(5)
    levels = np.array([[250.0], [0.5], [0.0], [-300.0], [-0.03]])
    spreads = np.array([[0.0], [1.0], [0.0], [60.0], [0.003]])
    return [
        (np.array([[1.0, 2.0, 6.0], [10.0, 40.0, 25.0]]), 3.7),
        (levels + spreads * rng.normal(size=(5, 5)),),
        (np.array([[20.1000013], [-20.1000013]]), 1e-6),
        (np.array([[101.0, 350.0, 203.0, 147.0]]), 2.1),
        (rng.normal(3, [[2.0], [0.3], [0.0]], size=(3, 2)).astype(np.float32), 0.25),
    ]


def observe(result, z, eps=1e-5):
    """A unit that does not vary is normalized to 0, and any gamma gives it back."""
    gamma, beta = result
    still = z.max(axis=1, keepdims=True) == z.min(axis=1, keepdims=True)
    if gamma.shape != still.shape:
        return result
    return np.where(still & np.isfinite(gamma), 1.0, gamma), beta


def faulty(z, eps=1e-5, *, axis=1, count="m", gamma="root", beta="mean", eps_in="variance"):
    """The reference, with one or two things done wrong."""
    mu, var = z.mean(axis=axis, keepdims=True), z.var(axis=axis, keepdims=True)
    if count != "m":
        m = z.size // mu.size
        var = var * m / (m - 1 if count == "m-1" else 1)
    if gamma == "one for all":
        var = np.full_like(var, z.var())
    inside = {
        "none": var,
        "outside": var,
        "apart": var,
        "minus": var - eps,
        "floor": np.maximum(var, eps),
    }.get(eps_in, var + eps)
    root = np.sqrt(inside) + {"outside": eps, "apart": np.sqrt(eps)}.get(eps_in, 0)
    scale = {"square": inside, "inverse": 1 / root, "one": 0 * root + 1}.get(gamma, root)
    shift = {"minus": -mu, "zero": 0 * mu, "scaled": mu / root, "times": mu * root}.get(beta, mu)
    if beta == "affine":
        shift = -mu / root
    if beta == "one for all":
        shift = np.full_like(mu, z.mean())
    if beta == "median":
        shift = np.median(z, axis=axis, keepdims=True)
    return scale, shift


@fault(axis=0)
def averages_over_units():
    """You average down the columns, over the units of one example. Batch norm normalized every unit
    over the batch, so what undoes it belongs to a row too. Look at the axis along which you
    average, or at what a loop runs over."""


@fault(axis=None)
def averages_over_everything():
    """Your statistics are those of the whole matrix. Every unit was normalized by its own, and
    needs its own to get back. Look at what you average over: without an axis, NumPy takes all
    numbers."""


@fault(gamma="square")
def gives_the_variance():
    """Your gamma is a variance. Batch norm divided by a root, and gamma has to cancel exactly that
    divisor. Look at what was under the line."""


@fault(gamma="inverse")
def gives_the_inverse():
    """Your gamma is 1 over the root. Batch norm has divided by the root once; with this gamma it is
    divided twice. To undo a division, look for the opposite."""


@fault(gamma="one")
def leaves_gamma_at_one():
    """Your gamma is 1, which leaves the normalized spread as it is. To get z back every unit has to
    be made as wide as it was. Look at what z was divided by."""


@fault(eps_in="none")
def leaves_out_eps():
    """Your gamma does not depend on eps. Batch norm adds it in its divisor, and gamma has to
    cancel exactly that. Look at the whole divisor."""


@fault(eps_in="outside")
def adds_eps_outside_the_root():
    """You add eps after taking the root. Batch norm adds it before, to the variance, and gamma has
    to be exactly what it divided by. Look at what eps is added to."""


@fault(eps_in="floor")
def takes_eps_for_a_floor():
    """You put eps in the place of too small a variance, as with a floor. Batch norm added eps to
    every variance, large or small. Look at how the two come together."""


@fault(eps_in="apart")
def takes_two_roots():
    """You take the root of the variance and the root of eps, and add the two. The root of a sum is
    at most the sum of the roots. Look at which comes first, the sum or the root."""


@fault(eps_in="minus")
def subtracts_eps():
    """You take eps away from the variance. That does not undo the adding: gamma has to be equal to
    the divisor, which has eps added. Look at the sign in front of eps."""


@fault(count="m-1")
def divides_by_m_minus_one():
    """For several numbers your variance divides by one less. Batch norm's divisor is made of the
    plain mean of the squared deviations, and only the same number cancels it. Look at the count you
    divide by, or for `ddof` or a function that takes one less by itself."""


@fault(count="1")
def forgets_to_divide_by_m():
    """Your gamma is made from the sum of the squared deviations. Batch norm's divisor is made of
    their mean, and gamma has to cancel exactly that. Look at where a mean should be made of the
    sum."""


@fault(gamma="one for all")
def takes_one_variance_for_all_units():
    """You give every unit one and the same gamma, made of the whole matrix. Every unit was divided
    by its own spread, and gamma is to cancel that. Look at what your variance is taken over:
    without an axis, NumPy takes all numbers."""


@fault(beta="one for all")
def takes_one_mean_for_all_units():
    """You give every unit one and the same beta, the mean of the whole matrix. From every unit its
    own mean was taken away, and that has to return. Look at what your mean is taken over: without
    an axis, NumPy takes all numbers."""


@fault(beta="minus")
def negates_the_mean():
    """Your beta is minus the mean. Batch norm has taken the mean away already, and it has to
    return. To undo a subtraction, look for the opposite."""


@fault(beta="zero")
def leaves_beta_at_zero():
    """Your beta is 0, so the unit keeps the mean 0. To get z back its old mean has to return. Look
    at what was taken away from z."""


@fault(beta="scaled")
def divides_the_mean_by_the_root():
    """Your beta is the mean over the root. beta is added after the scaling, so the mean goes in on
    its old scale. Look at the order of the two steps."""


@fault(beta="affine")
def gives_the_normalizing_shift():
    """Your beta is minus the mean, over the root: the shift that normalizes. You are asked for the
    one that undoes it. Write batch norm as one line and see what must cancel."""


@fault(beta="times")
def scales_the_mean():
    """Your beta is the mean times the root. beta is added after the scaling and is not scaled
    itself. Look at the order of the two steps."""


@fault(beta="median")
def gives_the_median():
    """Your beta is the median. What batch norm took away is the mean, and only the same number puts
    it back. Look at how you get your beta."""


@mistake
def gives_z_back(z, eps=1e-5):
    """You return z, what batch norm is to give, and the question is for which gamma and beta it
    does. Two columns of shape (n, 1) are asked for. Look at what you return."""
    return z + 0.0


@mistake
def takes_the_root_mean_square(z, eps=1e-5):
    """Your gamma is made from the mean of z squared. Perhaps the mean is not taken away from what
    you square, or is taken away twice. Batch norm divided by a spread around the mean, and gamma
    has to cancel exactly that. Look at what you square."""
    return np.sqrt((z**2).mean(axis=1, keepdims=True) + eps), z.mean(axis=1, keepdims=True)


@mistake
def takes_the_statistics_of_z_norm(z, eps=1e-5):
    """Your gamma and beta are the deviation and the mean of the normalized numbers. Their mean is 0
    whatever z was, so nothing there tells what was taken away. Look at which numbers you take the
    statistics of."""
    mu, var = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
    return np.sqrt(var / (var + eps)), 0 * mu


@also(subtracts_eps)
def subtracts_eps_down_to_zero(z, eps=1e-5):
    mu, var = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
    return np.sqrt(np.maximum(var - eps, 0)), mu


@also(subtracts_eps)
def subtracts_eps_and_drops_the_sign(z, eps=1e-5):
    mu, var = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
    return np.sqrt(abs(var - eps)), mu


@mistake
def takes_the_spread_of_z_norm(z, eps=1e-5):
    """Your gamma is the spread that z_norm has, which is never above 1. To get z back,
    every unit has to be made as wide as z was: gamma has to cancel all that z was divided by. Look
    at which numbers your spread is taken of, or for a division."""
    mu, var = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
    return np.sqrt(var / (var + eps)), mu


@also(takes_the_spread_of_z_norm)
def takes_the_variance_of_z_norm(z, eps=1e-5):
    mu, var = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
    return var / (var + eps), mu


@mistake
def takes_an_example_for_the_mean(z, eps=1e-5):
    """Your beta is an example of the batch, the first or the last. What batch norm took away from
    every example is the mean of all, and only the same number puts it back. Look at what is picked
    out of a row, and what should be made of all of it."""
    return identity_parameters(z, eps)[0], z[:, :1] + 0.0


@also(takes_an_example_for_the_mean)
def takes_the_last_example_for_the_mean(z, eps=1e-5):
    return identity_parameters(z, eps)[0], z[:, -1:] + 0.0
