"""Answers to `normalized_variance`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_plain(var, eps=1e-5):
    return var / (var + eps)


@right
def correct_one_minus(var, eps=1e-5):
    return 1 - eps / (var + eps)


@right
def correct_loop(var, eps=1e-5):
    result = np.zeros_like(var)
    for i in range(var.shape[0]):
        result[i, 0] = var[i, 0] / (var[i, 0] + eps)
    return result


@right
def correct_std_ratio_squared(var, eps=1e-5):
    return (np.sqrt(var) / np.sqrt(var + eps)) ** 2


@right
def correct_functions(var, eps=1e-5):
    return np.divide(var, np.add(var, eps))


@right
def correct_comprehension(var, eps=1e-5):
    return np.array([v / (v + eps) for v in var])


@right
def correct_scale_factor(var, eps=1e-5):
    scale = 1.0 / np.sqrt(var + eps)
    return scale * scale * var


@wrong("says-one")
def wrong_always_one(var, eps=1e-5):
    """Claims that the variance is exactly 1."""
    return np.ones_like(var)


@wrong("gives-the-standard-deviation")
def wrong_square_root(var, eps=1e-5):
    """Returns the standard deviation of z_norm: the square root of the ratio."""
    return np.sqrt(var / (var + eps))


@wrong("divides-by-the-deviation-once")
def wrong_denominator_root(var, eps=1e-5):
    """Divides var by the square root of var + eps (scales the variance by 1/s, not 1/s^2)."""
    return var / np.sqrt(var + eps)


@wrong("turns-the-fraction-over")
def wrong_inverted(var, eps=1e-5):
    """Inverts the ratio."""
    return (var + eps) / var


@wrong("adds-eps-outside-the-root")
def wrong_eps_outside(var, eps=1e-5):
    """Puts eps outside the square root: var / (sqrt(var) + eps)^2."""
    return var / (np.sqrt(var) + eps) ** 2


@wrong("forgets-the-old-variance")
def wrong_one_over(var, eps=1e-5):
    """Forgets the var in the numerator."""
    return 1 / (var + eps)


@wrong("squares-the-fraction")
def wrong_squared(var, eps=1e-5):
    """Squares the ratio, treating var as a standard deviation."""
    return (var / (var + eps)) ** 2


@wrong("loses-the-brackets")
def wrong_brackets(var, eps=1e-5):
    """Forgets the brackets: var / var + eps."""
    return var / var + eps


@wrong("hard-coded-eps")
def wrong_hard_coded_eps(var, eps=1e-5):
    """Hard-codes eps as 1e-5."""
    return var / (var + 1e-5)


@wrong("subtracts-eps")
def wrong_minus_eps(var, eps=1e-5):
    """Subtracts eps instead of adding it."""
    return var / (var - eps)


@wrong("gives-what-is-missing")
def wrong_complement(var, eps=1e-5):
    """Returns the missing part eps / (var + eps)."""
    return eps / (var + eps)


@wrong("changed-arguments")
def wrong_in_place(var, eps=1e-5):
    """Divides in place, which changes var."""
    var /= var + eps
    return var


@wrong("flat-shape")
def wrong_flat(var, eps=1e-5):
    """Flattens the result to (n,)."""
    return (var / (var + eps)).ravel()


@wrong("wrong-type")
def wrong_mean(var, eps=1e-5):
    """Averages over the units into a single number."""
    return np.mean(var / (var + eps))


@wrong("nothing-returned")
def wrong_no_return(var, eps=1e-5):
    """Computes the result but has no return."""
    result = var / (var + eps)  # noqa: F841


@wrong("normalizes-the-variances")
def wrong_variance_of_var(var, eps=1e-5):
    """Normalizes var itself as if it were activations, and takes the variance of that."""
    z_norm = (var - var.mean()) / np.sqrt(var.var() + eps)
    return z_norm.var(axis=1, keepdims=True)


@wrong("gives-the-standard-deviation+turns-the-fraction-over")
def wrong_inverted_and_root(var, eps=1e-5):
    """Two slips: inverted ratio, and its square root."""
    return np.sqrt((var + eps) / var)


@wrong("raised-NameError")
def wrong_misspelt(var, eps=1e-5):
    """Uses the undefined name variance."""
    return variance / (variance + eps)  # noqa: F821
