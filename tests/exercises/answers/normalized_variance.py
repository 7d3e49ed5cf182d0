"""Answers to `normalized_variance`."""

import numpy as np
from legal import eps, sizes, variances

from answers import right, wrong


def anything(rng, dtype):
    """Variances over several decades, 0 among them."""
    return variances(rng, sizes(rng, 1)[0], 1).astype(dtype), *eps(rng)


@right
def as_a_fraction(var, eps=1e-5):
    return var / (var + eps)


@right
def what_eps_leaves(var, eps=1e-5):
    return 1 - eps / (var + eps)


@right
def by_the_deviation(var, eps=1e-5):
    return (np.sqrt(var) / np.sqrt(var + eps)) ** 2


@right
def one_by_one(var, eps=1e-5):
    return np.array([[v / (v + eps)] for v in var[:, 0]])


@right
def by_a_power(var, eps=1e-5):
    return var * np.power(var + eps, -1)


@wrong("says-one")
def ones(var, eps=1e-5):
    return np.ones(var.shape)


@wrong("gives-the-standard-deviation")
def root(var, eps=1e-5):
    return np.sqrt(var / (var + eps))


@wrong("turns-the-fraction-over")
def upside_down(var, eps=1e-5):
    return (var + eps) / var


@wrong("divides-by-the-deviation-once")
def over_the_root(var, eps=1e-5):
    return var / np.sqrt(var + eps)


@wrong("adds-eps-outside-the-root")
def outside(var, eps=1e-5):
    return var / (np.sqrt(var) + eps) ** 2


@wrong("flat-shape")
def flat(var, eps=1e-5):
    return np.ravel(var / (var + eps))


@wrong("hard-coded-eps")
def own_eps(var, eps=1e-5):
    return var / (var + 1e-5)


@wrong("divides-by-the-variance")
def squared(var, eps=1e-5):
    return var / (var + eps) ** 2


@wrong("wrong-type", "wrong-shape", "extra-dimensions")
def one_number(var, eps=1e-5):
    return float(var[0, 0] / (var[0, 0] + eps))


@wrong("subtracts-eps-from-one")
def one_minus_as_a_number(var, eps=1e-5):
    return 1 - eps


@right
def loop(var, eps=1e-5):
    result = np.zeros_like(var)
    for i in range(var.shape[0]):
        result[i, 0] = var[i, 0] / (var[i, 0] + eps)
    return result


@right
def functions(var, eps=1e-5):
    return np.divide(var, np.add(var, eps))


@right
def scale_factor(var, eps=1e-5):
    scale = 1.0 / np.sqrt(var + eps)
    return scale * scale * var


@wrong("forgets-the-old-variance")
def one_over(var, eps=1e-5):
    """Forgets the var in the numerator."""
    return 1 / (var + eps)


@wrong("squares-the-fraction")
def wrong_squared(var, eps=1e-5):
    """Squares the ratio, treating var as a standard deviation."""
    return (var / (var + eps)) ** 2


@wrong("loses-the-brackets")
def brackets(var, eps=1e-5):
    """Forgets the brackets: var / var + eps."""
    return var / var + eps


@wrong("subtracts-eps")
def minus_eps(var, eps=1e-5):
    """Subtracts eps instead of adding it."""
    return var / (var - eps)


@wrong("gives-what-is-missing")
def complement(var, eps=1e-5):
    """Returns the missing part eps / (var + eps)."""
    return eps / (var + eps)


@wrong("changed-arguments")
def in_place(var, eps=1e-5):
    """Divides in place, which changes var."""
    var /= var + eps
    return var


@wrong("wrong-type")
def mean(var, eps=1e-5):
    """Averages over the units into a single number."""
    return np.mean(var / (var + eps))


@wrong("nothing-returned")
def no_return(var, eps=1e-5):
    """Computes the result but has no return."""
    result = var / (var + eps)  # noqa: F841


@wrong("normalizes-the-variances")
def variance_of_var(var, eps=1e-5):
    """Normalizes var itself as if it were activations, and takes the variance of that."""
    z_norm = (var - var.mean()) / np.sqrt(var.var() + eps)
    return z_norm.var(axis=1, keepdims=True)


@wrong("gives-the-standard-deviation+turns-the-fraction-over")
def inverted_and_root(var, eps=1e-5):
    """Two slips: inverted ratio, and its square root."""
    return np.sqrt((var + eps) / var)


@wrong("raised-NameError")
def misspelt(var, eps=1e-5):
    """Uses the undefined name variance."""
    return variance / (variance + eps)  # noqa: F821


@wrong("takes-eps-from-the-variance")
def less_eps(var, eps=1e-5):
    return np.subtract(var, eps)


@wrong("squares-the-variance-above")
def a_square_above(var, eps=1e-5):
    return var * (var / (var + eps))


@wrong("leaves-out-eps")
def one_or_nothing(var, eps=1e-5):
    return (var > 1e-12 * eps) * 1.0


@wrong("gives-the-divisor")
def what_z_is_divided_by(var, eps=1e-5):
    return (var + eps) ** 0.5


@wrong("normalizes-var-itself")
def over_the_units(var, eps=1e-5):
    mean = np.mean(var, axis=0)
    return (var - mean) / np.sqrt(np.mean((var - mean) ** 2, axis=0) + eps)


@wrong("adds-eps-above-too")
def eps_in_both_variances(var, eps=1e-5):
    v = var + eps
    return v / (v + eps)
