"""Answers to `distribution_shift`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_plain(z_before, z_after):
    difference = z_after.mean(axis=1, keepdims=True) - z_before.mean(axis=1, keepdims=True)
    return np.abs(difference) / z_before.std(axis=1, keepdims=True)


@right
def correct_sqrt_of_square(z_before, z_after):
    d = np.mean(z_after, 1)[:, None] - np.mean(z_before, 1)[:, None]
    return np.sqrt(d**2 / np.var(z_before, 1)[:, None])


@right
def correct_loop(z_before, z_after):
    n = z_before.shape[0]
    shift = np.zeros((n, 1))
    for unit in range(n):
        old_mean, new_mean = np.mean(z_before[unit]), np.mean(z_after[unit])
        shift[unit, 0] = abs(new_mean - old_mean) / np.std(z_before[unit])
    return shift


@right
def correct_normalize_both(z_before, z_after):
    mu = z_before.mean(1, keepdims=True)
    sigma = z_before.std(1, keepdims=True)
    return abs(np.mean((z_after - mu) / sigma, axis=1, keepdims=True))


@right
def correct_einsum(z_before, z_after):
    mu_0 = np.einsum("ij->i", z_before) / z_before.shape[1]
    mu_1 = np.einsum("ij->i", z_after) / z_after.shape[1]
    centred = z_before - mu_0[:, None]
    variance = np.einsum("ij,ij->i", centred, centred) / z_before.shape[1]
    return (np.abs(mu_1 - mu_0) / np.sqrt(variance)).reshape(-1, 1)


@right
def correct_max_of_both_signs(z_before, z_after):
    def stats(z):
        return z.mean(axis=1, keepdims=True), z.std(axis=1, keepdims=True)

    mean_old, std_old = stats(z_before)
    mean_new, _ = stats(z_after)
    moved = (mean_new - mean_old) / std_old
    return np.maximum(moved, -moved)


def _m(z):
    return z.mean(axis=1, keepdims=True)


@wrong("keeps-the-direction")
def wrong_no_abs(z_before, z_after):
    """Forgets the absolute value, so shifts downwards are negative."""
    return (_m(z_after) - _m(z_before)) / z_before.std(axis=1, keepdims=True)


@wrong("divides-by-the-new-deviation")
def wrong_new_std(z_before, z_after):
    """Divides by the new standard deviation."""
    return np.abs(_m(z_after) - _m(z_before)) / z_after.std(axis=1, keepdims=True)


@wrong("divides-by-the-variance")
def wrong_variance(z_before, z_after):
    """Divides by the variance."""
    return np.abs(_m(z_after) - _m(z_before)) / z_before.var(axis=1, keepdims=True)


@wrong("leaves-it-in-the-old-units")
def wrong_not_divided(z_before, z_after):
    """Returns the movement of the mean without dividing by the old deviation."""
    return np.abs(_m(z_after) - _m(z_before))


@wrong("flat-shape")
def wrong_flat(z_before, z_after):
    """Returns a flat (n,) array."""
    return np.abs(z_after.mean(axis=1) - z_before.mean(axis=1)) / z_before.std(axis=1)


@wrong("averages-over-units")
def wrong_axis(z_before, z_after):
    """Works over the units (axis 0)."""
    return np.abs(z_after.mean(0, keepdims=True) - z_before.mean(0, keepdims=True)) / z_before.std(
        0, keepdims=True
    )


@wrong("divides-by-m-minus-one")
def wrong_ddof(z_before, z_after):
    """Uses the standard deviation with ddof=1."""
    return np.abs(_m(z_after) - _m(z_before)) / z_before.std(axis=1, ddof=1, keepdims=True)


@wrong("compares-example-by-example")
def wrong_elementwise(z_before, z_after):
    """Averages the absolute differences instead of taking that of the averages."""
    return np.mean(np.abs(z_after - z_before), axis=1, keepdims=True) / z_before.std(
        axis=1, keepdims=True
    )


@wrong("squares-the-distance")
def wrong_squared(z_before, z_after):
    """Squares the difference and forgets the root."""
    return (_m(z_after) - _m(z_before)) ** 2 / z_before.std(axis=1, keepdims=True)


@wrong("divides-by-the-pooled-deviation")
def wrong_pooled_std(z_before, z_after):
    """Divides by the deviation of the old and new values together."""
    both = np.concatenate([z_before, z_after], axis=1)
    return np.abs(_m(z_after) - _m(z_before)) / both.std(axis=1, keepdims=True)


@wrong("takes-one-deviation-for-all-units")
def wrong_global_std(z_before, z_after):
    """Uses one standard deviation for all the units."""
    return np.abs(_m(z_after) - _m(z_before)) / z_before.std()


@wrong("divides-by-the-standard-error")
def wrong_standard_error(z_before, z_after):
    """Divides by the standard error std / sqrt(m) instead of by std."""
    m = z_before.shape[1]
    return np.abs(_m(z_after) - _m(z_before)) / (z_before.std(axis=1, keepdims=True) / np.sqrt(m))


@wrong("compares-absolute-means")
def wrong_difference_of_magnitudes(z_before, z_after):
    """Takes the absolute values of the means before subtracting."""
    return np.abs(np.abs(_m(z_after)) - np.abs(_m(z_before))) / z_before.std(axis=1, keepdims=True)


@wrong("loses-the-brackets")
def wrong_brackets(z_before, z_after):
    """Forgets the brackets, so only the old mean is divided."""
    return np.abs(_m(z_after) - _m(z_before) / z_before.std(axis=1, keepdims=True))


@wrong("wrong-type")
def wrong_average_unit(z_before, z_after):
    """Averages over the units into one number."""
    return np.mean(np.abs(_m(z_after) - _m(z_before)) / z_before.std(axis=1, keepdims=True))


@wrong("divides-by-the-new-deviation+subtracts-the-wrong-way-round")
def wrong_swapped_arguments(z_before, z_after):
    """Swaps the two batches (and so divides by the new deviation), without an absolute value."""
    return (_m(z_before) - _m(z_after)) / z_after.std(axis=1, keepdims=True)


@wrong("flat-shape+keeps-the-direction")
def wrong_flat_no_abs(z_before, z_after):
    """Two slips: flat shape, and no absolute value."""
    return (z_after.mean(axis=1) - z_before.mean(axis=1)) / z_before.std(axis=1)


@wrong("changed-arguments")
def wrong_in_place(z_before, z_after):
    """Centres both arguments in place, which changes them."""
    mu = _m(z_before)
    z_before -= mu
    z_after -= mu
    return np.abs(_m(z_after)) / z_before.std(axis=1, keepdims=True)


@wrong("nothing-returned")
def wrong_no_return(z_before, z_after):
    """Has no return."""
    shift = np.abs(_m(z_after) - _m(z_before)) / z_before.std(axis=1, keepdims=True)  # noqa: F841


@wrong("raised-AttributeError")
def wrong_misspelt(z_before, z_after):
    """Uses the non-existent function np.stdev."""
    return np.abs(_m(z_after) - _m(z_before)) / np.stdev(z_before, axis=1, keepdims=True)
