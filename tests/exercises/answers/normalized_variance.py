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
def divided_above_and_below(var, eps=1e-5):
    return 1 / (1 + eps / var)


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


@wrong("hard-coded-eps")
def another_eps(var, eps=1e-5):
    return var / (var + 1e-3)


@wrong("divides-by-the-variance")
def squared(var, eps=1e-5):
    return var / (var + eps) ** 2


@wrong("wrong-type", "wrong-shape", "extra-dimensions")
def one_number(var, eps=1e-5):
    return float(var[0, 0] / (var[0, 0] + eps))


@wrong("subtracts-eps-from-one")
def one_minus_as_a_number(var, eps=1e-5):
    return 1 - eps


@wrong("says-one")
def one(var, eps=1e-5):
    return 1


@wrong("subtracts-eps-from-one")
def one_minus(var, eps=1e-5):
    return np.ones_like(var) - eps
