"""Answers to `pytorch_running_variance`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_ddof(running, z, momentum=0.1):
    return (1 - momentum) * running + momentum * z.var(axis=1, ddof=1, keepdims=True)


@right
def correct_bessel(running, z, momentum=0.1):
    m = z.shape[1]
    unbiased = np.var(z, axis=1, keepdims=True) * m / (m - 1)
    return running + momentum * (unbiased - running)


@right
def correct_sum_of_squares(running, z, momentum=0.1):
    mu = z.mean(axis=1, keepdims=True)
    unbiased = ((z - mu) ** 2).sum(axis=1, keepdims=True) / (z.shape[1] - 1)
    return running * (1 - momentum) + unbiased * momentum


@right
def correct_loop(running, z, momentum=0.1):
    n, m = z.shape
    result = np.zeros_like(running)
    for i in range(n):
        mu = sum(z[i]) / m
        total = 0.0
        for j in range(m):
            total += (z[i, j] - mu) ** 2
        result[i, 0] = (1 - momentum) * running[i, 0] + momentum * total / (m - 1)
    return result


@right
def correct_cov(running, z, momentum=0.1):
    unbiased = np.diag(np.atleast_2d(np.cov(z)))
    return (1 - momentum) * running + momentum * unbiased[:, None]


@right
def correct_einsum_average(running, z, momentum=0.1):
    centred = z - np.average(z, axis=1)[:, None]
    unbiased = np.einsum("ij,ij->i", centred, centred).reshape(-1, 1) / (z.shape[1] - 1)
    return np.average(np.stack([running, unbiased]), axis=0, weights=[1 - momentum, momentum])


@wrong("keeps-the-biased-variance")
def wrong_biased(running, z, momentum=0.1):
    """Uses the biased variance."""
    return (1 - momentum) * running + momentum * z.var(axis=1, keepdims=True)


@wrong("exchanges-the-weights")
def wrong_momentum_direction(running, z, momentum=0.1):
    """momentum weighs the old variance, as in Keras."""
    return momentum * running + (1 - momentum) * z.var(axis=1, ddof=1, keepdims=True)


@wrong("exchanges-the-weights+keeps-the-biased-variance")
def wrong_keras(running, z, momentum=0.1):
    """Two slips: Keras's momentum direction and Keras's biased variance."""
    return momentum * running + (1 - momentum) * z.var(axis=1, keepdims=True)


@wrong("averages-over-units")
def wrong_axis(running, z, momentum=0.1):
    """The variance runs over the units (axis 0)."""
    return (1 - momentum) * running + momentum * z.var(axis=0, ddof=1, keepdims=True)


@wrong("wrong-shape")
def wrong_flat(running, z, momentum=0.1):
    """The flat variance (n,) broadcasts to (n, n)."""
    return (1 - momentum) * running + momentum * z.var(axis=1, ddof=1)


@wrong("flat-shape")
def wrong_flat_result(running, z, momentum=0.1):
    """The result comes flat, of shape (n,)."""
    return ((1 - momentum) * running + momentum * z.var(axis=1, ddof=1, keepdims=True)).squeeze(
        axis=1
    )


@wrong("averages-in-the-deviation")
def wrong_std(running, z, momentum=0.1):
    """Uses the standard deviation instead of the variance."""
    return (1 - momentum) * running + momentum * z.std(axis=1, ddof=1, keepdims=True)


@wrong("turns-the-correction-over")
def wrong_bessel_inverse(running, z, momentum=0.1):
    """The unbiasing factor is upside down."""
    m = z.shape[1]
    return (1 - momentum) * running + momentum * z.var(axis=1, keepdims=True) * (m - 1) / m


@wrong("corrects-twice")
def wrong_bessel_twice(running, z, momentum=0.1):
    """Unbiases twice: ddof=1, and m / (m - 1)."""
    m = z.shape[1]
    return (1 - momentum) * running + momentum * z.var(axis=1, ddof=1, keepdims=True) * m / (m - 1)


@wrong("corrects-with-the-number-of-units")
def wrong_bessel_with_n(running, z, momentum=0.1):
    """Unbiases with the number of units, shape[0], instead of the examples."""
    n = z.shape[0]
    return (1 - momentum) * running + momentum * z.var(axis=1, keepdims=True) * n / (n - 1)


@wrong("corrects-the-average")
def wrong_bessel_on_everything(running, z, momentum=0.1):
    """The unbiasing factor is applied to the old variance as well."""
    m = z.shape[1]
    return ((1 - momentum) * running + momentum * z.var(axis=1, keepdims=True)) * m / (m - 1)


@wrong("hard-coded-momentum")
def wrong_hard_coded(running, z, momentum=0.1):
    """momentum is hard-coded to 0.1."""
    return 0.9 * running + 0.1 * z.var(axis=1, ddof=1, keepdims=True)


@wrong("changed-arguments")
def wrong_in_place(running, z, momentum=0.1):
    """The augmented assignment changes the running variance passed in."""
    running += momentum * (z.var(axis=1, ddof=1, keepdims=True) - running)
    return running


@wrong("keeps-the-average-whole")
def wrong_old_not_weighed(running, z, momentum=0.1):
    """The old variance keeps its full weight."""
    return running + momentum * z.var(axis=1, ddof=1, keepdims=True)


@wrong("averages-in-the-mean")
def wrong_mean(running, z, momentum=0.1):
    """Updates with the batch mean instead of the variance."""
    return (1 - momentum) * running + momentum * z.mean(axis=1, keepdims=True)


@wrong("averages-over-everything")
def wrong_whole_array(running, z, momentum=0.1):
    """Takes one variance over all units."""
    return (1 - momentum) * running + momentum * np.var(z, ddof=1)


@wrong("printed-not-returned")
def wrong_printed(running, z, momentum=0.1):
    """The variance is printed, not returned."""
    print((1 - momentum) * running + momentum * z.var(axis=1, ddof=1, keepdims=True))


@wrong("forgets-the-average")
def wrong_only_batch(running, z, momentum=0.1):
    """Returns the batch's variance without averaging."""
    return z.var(axis=1, ddof=1, keepdims=True)
