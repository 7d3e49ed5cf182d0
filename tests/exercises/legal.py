"""Parts of legal inputs, for `anything` in the files of `answers/`: wide, and now and then odd.

Signs, levels and scales of every kind; sizes from 1 to 6, now and then equal; rows that are
constant; a default left out as often as given.
"""

import numpy as np


def sizes(rng, *least):
    """Sizes of at least so many and at most 5 more; all equal in one draw of four."""
    drawn = [int(rng.integers(low, low + 6)) for low in least]
    return [max(drawn)] * len(drawn) if rng.random() < 0.25 else drawn


def scale(rng, size=None, decades=1.0):
    """A factor from 1/10 to 10 (to the power of `decades`)."""
    return 10 ** rng.uniform(-decades, decades, size)


def signed(rng, *shape):
    """Numbers of both signs, each of its own scale."""
    return rng.normal(size=shape) * scale(rng, shape, 0.5)


def rows(rng, n, m):
    """A batch: every row of its own scale and of a level up to ten deviations, a few constant."""
    spread = scale(rng, (n, 1), 1.5)
    level = rng.uniform(-10, 10, (n, 1)) * rng.integers(0, 2, (n, 1))
    varies = rng.random((n, 1)) < 0.9
    return spread * (level + varies * rng.normal(size=(n, m)))


def variances(rng, *shape):
    """Variances over four decades, one in twenty of them 0."""
    return scale(rng, shape, 2) * (rng.random(shape) < 0.95)


def eps(rng, default=True):
    """The last argument, eps: left out or given, negligible or not."""
    if default and rng.random() < 0.4:
        return ()
    return (float(10 ** rng.uniform(-6, 0.5)),)


def share(rng):
    """A number of 0 to 1, the ends among them."""
    return float(
        rng.choice([rng.uniform(0, 1), rng.uniform(0.9, 1), 0.0, 1.0], p=[0.5, 0.4, 0.05, 0.05])
    )


def one_hot_labels(rng, classes, m):
    """(C, m): one 1 in every column."""
    return np.eye(classes)[:, rng.integers(0, classes, size=m)]


def logits(rng, classes, m):
    """(C, m): ordinary ones, and some so large that exp overflows; columns of other levels."""
    kind = rng.integers(0, 4)
    if kind == 0:
        return rng.integers(-10, 11, (classes, m)) * 1000.0
    if kind == 1:
        return rng.uniform(-1e4, 1e4, (1, m)) + rng.normal(size=(classes, m)) * 3
    return rng.uniform(-9, 9, (1, m)) + rng.normal(size=(classes, m)) * scale(rng)
