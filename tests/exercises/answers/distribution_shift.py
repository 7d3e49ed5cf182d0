"""Answers to `distribution_shift`."""

import numpy as np
from legal import scale, sizes

from answers import right, wrong


def anything(rng, dtype):
    """Any n; batches of any two sizes, the second on either side; every row of the first varies."""
    n, m, m_after = sizes(rng, 1, 2, 1)
    spread, level = scale(rng, (n, 1)), rng.uniform(-5, 5, (n, 1))
    before = spread * (level + rng.normal(size=(n, m)) + np.arange(m))
    after = spread * (level + rng.uniform(-9, 9, (n, 1)) + rng.normal(size=(n, m_after)))
    return before.astype(dtype), after.astype(dtype)


@right
def in_one_line(z_before, z_after):
    moved = z_after.mean(1, keepdims=True) - z_before.mean(1, keepdims=True)
    return abs(moved / z_before.std(1, keepdims=True))


@right
def row_by_row(z_before, z_after):
    rows = []
    for before, after in zip(z_before, z_after, strict=True):
        mu = sum(before) / len(before)
        var = sum((value - mu) ** 2 for value in before) / len(before)
        rows.append([abs(sum(after) / len(after) - mu) / var**0.5])
    return np.array(rows)


@right
def root_of_the_square(z_before, z_after):
    moved = np.mean(z_before, axis=1) - np.mean(z_after, axis=1)
    return np.sqrt(moved**2 / np.var(z_before, axis=1)).reshape(-1, 1)


@wrong("flat-shape")
def a_flat_array(z_before, z_after):
    return np.abs(z_after.mean(1) - z_before.mean(1)) / z_before.std(1)


@wrong("divides-by-the-variance+keeps-the-direction")
def two_at_once(z_before, z_after):
    moved = z_after.mean(1, keepdims=True) - z_before.mean(1, keepdims=True)
    return moved / z_before.var(1, keepdims=True)


@wrong("changed-arguments")
def in_place(z_before, z_after):
    z_after -= z_before.mean(1, keepdims=True)
    return np.abs(z_after.mean(1, keepdims=True)) / z_before.std(1, keepdims=True)


@wrong("number-for-array+averages-over-everything")
def one_number(z_before, z_after):
    return np.abs(z_after.mean() - z_before.mean()) / z_before.std()


def _m(z):
    return z.mean(axis=1, keepdims=True)


@right
def sqrt_of_square(z_before, z_after):
    d = np.mean(z_after, 1)[:, None] - np.mean(z_before, 1)[:, None]
    return np.sqrt(d**2 / np.var(z_before, 1)[:, None])


@right
def loop(z_before, z_after):
    n = z_before.shape[0]
    shift = np.zeros((n, 1))
    for unit in range(n):
        old_mean, new_mean = np.mean(z_before[unit]), np.mean(z_after[unit])
        shift[unit, 0] = abs(new_mean - old_mean) / np.std(z_before[unit])
    return shift


@right
def einsum(z_before, z_after):
    mu_0 = np.einsum("ij->i", z_before) / z_before.shape[1]
    mu_1 = np.einsum("ij->i", z_after) / z_after.shape[1]
    centred = z_before - mu_0[:, None]
    variance = np.einsum("ij,ij->i", centred, centred) / z_before.shape[1]
    return (np.abs(mu_1 - mu_0) / np.sqrt(variance)).reshape(-1, 1)


@right
def max_of_both_signs(z_before, z_after):
    def stats(z):
        return z.mean(axis=1, keepdims=True), z.std(axis=1, keepdims=True)

    mean_old, std_old = stats(z_before)
    mean_new, _ = stats(z_after)
    moved = (mean_new - mean_old) / std_old
    return np.maximum(moved, -moved)


@wrong("keeps-the-direction")
def no_abs(z_before, z_after):
    """Forgets the absolute value, so shifts downwards are negative."""
    return (_m(z_after) - _m(z_before)) / z_before.std(axis=1, keepdims=True)


@wrong("divides-by-the-new-deviation")
def new_std(z_before, z_after):
    """Divides by the new standard deviation."""
    return np.abs(_m(z_after) - _m(z_before)) / z_after.std(axis=1, keepdims=True)


@wrong("divides-by-the-variance")
def variance(z_before, z_after):
    """Divides by the variance."""
    return np.abs(_m(z_after) - _m(z_before)) / z_before.var(axis=1, keepdims=True)


@wrong("leaves-it-in-the-old-units")
def not_divided(z_before, z_after):
    """Returns the movement of the mean without dividing by the old deviation."""
    return np.abs(_m(z_after) - _m(z_before))


@wrong("averages-over-units")
def axis(z_before, z_after):
    """Works over the units (axis 0)."""
    return np.abs(z_after.mean(0, keepdims=True) - z_before.mean(0, keepdims=True)) / z_before.std(
        0, keepdims=True
    )


@wrong("divides-by-m-minus-one")
def wrong_ddof(z_before, z_after):
    """Uses the standard deviation with ddof=1."""
    return np.abs(_m(z_after) - _m(z_before)) / z_before.std(axis=1, ddof=1, keepdims=True)


@wrong("compares-example-by-example")
def elementwise(z_before, z_after):
    """Averages the absolute differences instead of taking that of the averages."""
    return np.mean(np.abs(z_after - z_before), axis=1, keepdims=True) / z_before.std(
        axis=1, keepdims=True
    )


@wrong("squares-the-distance")
def squared(z_before, z_after):
    """Squares the difference and forgets the root."""
    return (_m(z_after) - _m(z_before)) ** 2 / z_before.std(axis=1, keepdims=True)


@wrong("divides-by-the-pooled-deviation")
def pooled_std(z_before, z_after):
    """Divides by the deviation of the old and new values together."""
    both = np.concatenate([z_before, z_after], axis=1)
    return np.abs(_m(z_after) - _m(z_before)) / both.std(axis=1, keepdims=True)


@wrong("takes-one-deviation-for-all-units")
def global_std(z_before, z_after):
    """Uses one standard deviation for all the units."""
    return np.abs(_m(z_after) - _m(z_before)) / z_before.std()


@wrong("divides-by-the-standard-error")
def standard_error(z_before, z_after):
    """Divides by the standard error std / sqrt(m) instead of by std."""
    m = z_before.shape[1]
    return np.abs(_m(z_after) - _m(z_before)) / (z_before.std(axis=1, keepdims=True) / np.sqrt(m))


@wrong("compares-absolute-means")
def difference_of_magnitudes(z_before, z_after):
    """Takes the absolute values of the means before subtracting."""
    return np.abs(np.abs(_m(z_after)) - np.abs(_m(z_before))) / z_before.std(axis=1, keepdims=True)


@wrong("loses-the-brackets")
def brackets(z_before, z_after):
    """Forgets the brackets, so only the old mean is divided."""
    return np.abs(_m(z_after) - _m(z_before) / z_before.std(axis=1, keepdims=True))


@wrong("wrong-type")
def average_unit(z_before, z_after):
    """Averages over the units into one number."""
    return np.mean(np.abs(_m(z_after) - _m(z_before)) / z_before.std(axis=1, keepdims=True))


@wrong("divides-by-the-new-deviation+subtracts-the-wrong-way-round")
def swapped_arguments(z_before, z_after):
    """Swaps the two batches (and so divides by the new deviation), without an absolute value."""
    return (_m(z_before) - _m(z_after)) / z_after.std(axis=1, keepdims=True)


@wrong("flat-shape+keeps-the-direction")
def flat_no_abs(z_before, z_after):
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
def no_return(z_before, z_after):
    """Has no return."""
    shift = np.abs(_m(z_after) - _m(z_before)) / z_before.std(axis=1, keepdims=True)  # noqa: F841


@wrong("raised-AttributeError")
def misspelt(z_before, z_after):
    """Uses the non-existent function np.stdev."""
    return np.abs(_m(z_after) - _m(z_before)) / np.stdev(z_before, axis=1, keepdims=True)


@wrong("measures-each-in-its-own-deviations")
def signed_in_deviations_of_their_own(z_before, z_after):
    return z_after.mean(axis=1, keepdims=True) / z_after.std(axis=1, keepdims=True) - z_before.mean(
        axis=1, keepdims=True
    ) / z_before.std(axis=1, keepdims=True)


@wrong("measures-each-in-its-own-deviations")
def in_deviations_of_their_own(z_before, z_after):
    return abs(
        z_after.mean(axis=1, keepdims=True) / z_after.std(axis=1, keepdims=True)
        - z_before.mean(axis=1, keepdims=True) / z_before.std(axis=1, keepdims=True)
    )


@wrong("cuts-moves-down")
def cut_at_0(z_before, z_after):
    """Cuts negative moves to 0 so that nothing is negative."""
    d = np.mean(z_after, axis=1, keepdims=True) - np.mean(z_before, axis=1, keepdims=True)
    return np.maximum(d / np.std(z_before, axis=1, keepdims=True), 0)


@wrong("averages-the-distances")
def the_mean_of_distances(z_before, z_after):
    """The mean of the distances, not the distance of the means."""
    mu = z_before.mean(axis=1, keepdims=True)
    sigma = z_before.std(axis=1, keepdims=True)
    return np.mean(np.abs(z_after - mu), axis=1, keepdims=True) / sigma


@right
def in_one_pass(z_before, z_after):
    m = z_before.shape[1]
    mean = np.einsum("ij->i", z_before) / m
    var = np.einsum("ij,ij->i", z_before, z_before) / m - mean**2
    moved = np.einsum("ij->i", z_after) / z_after.shape[1] - mean
    return np.sqrt(moved**2 / var)[:, None]


@wrong("divides-both-sums-by-the-old-count")
def one_count(z_before, z_after):
    m = z_before.shape[1]
    moved = abs(z_after.sum(axis=1) / m - z_before.sum(axis=1) / m)
    return (moved / z_before.std(axis=1))[:, np.newaxis]


@wrong("compares-example-by-example")
def example_by_example(z_before, z_after):
    pairs = min(z_before.shape[1], z_after.shape[1])
    d = np.abs(z_after[:, :pairs] - z_before[:, :pairs])
    return d.mean(axis=1, keepdims=True) / z_before.std(axis=1, keepdims=True)


@wrong("measures-the-spread-from-the-new-mean")
def spread_from_the_new_mean(z_before, z_after):
    old, new = z_before.mean(axis=1, keepdims=True), z_after.mean(axis=1, keepdims=True)
    return np.abs(new - old) / np.sqrt(((z_before - new) ** 2).mean(axis=1, keepdims=True))


@wrong("measures-the-spread-from-zero")
def over_the_root_mean_square(z_before, z_after):
    old, new = z_before.mean(axis=1, keepdims=True), z_after.mean(axis=1, keepdims=True)
    return np.abs(new - old) / np.sqrt((z_before**2).mean(axis=1, keepdims=True))


@wrong("adds-eps-to-the-deviation+divides-by-m-minus-one")
def a_sample_with_eps(z_before, z_after):
    d = z_after.mean(axis=1) - z_before.mean(axis=1)
    return np.abs(d / (np.std(z_before, axis=1, ddof=1) + 1e-5)).reshape(-1, 1)


@wrong("cuts-both-to-one-size")
def as_many_columns_of_each(z_before, z_after):
    k = min(z_before.shape[1], z_after.shape[1])
    old, new = z_before[:, :k], z_after[:, :k]
    d = new.mean(axis=1, keepdims=True) - old.mean(axis=1, keepdims=True)
    return np.abs(d) / np.maximum(old.std(axis=1, keepdims=True), 1e-12)


@wrong("divides-by-m-minus-one+gives-the-square")
def squares_over_squares(z_before, z_after):
    out = np.empty((len(z_before), 1))
    for i, (old, new) in enumerate(zip(z_before, z_after, strict=True)):
        out[i] = np.square(new.mean() - old.mean()) / np.var(old, ddof=1)
    return out


@wrong("compares-the-sums")
def sums_of_both(z_before, z_after):
    moved = np.abs(np.sum(z_after, axis=1) - np.sum(z_before, axis=1))
    return (moved / np.std(z_before, axis=1)).reshape(-1, 1)


@wrong("takes-the-mean-distance-for-the-deviation")
def mean_absolute_deviation(z_before, z_after):
    mu = z_before.mean(axis=1, keepdims=True)
    spread = np.mean(np.abs(z_before - mu), axis=1, keepdims=True)
    return np.abs((z_after - mu).mean(axis=1, keepdims=True)) / spread


@wrong("turns-it-over")
def deviations_over_the_move(z_before, z_after):
    moved = z_before.mean(axis=1, keepdims=True) - z_after.mean(axis=1, keepdims=True)
    return np.abs(z_before.std(axis=1, keepdims=True) / moved)


@wrong("averages-the-two-variances")
def between_the_two_deviations(z_before, z_after):
    moved = abs(z_before.mean(axis=1, keepdims=True) - z_after.mean(axis=1, keepdims=True))
    return 2 * moved / (z_before.std(axis=1, keepdims=True) + z_after.std(axis=1, keepdims=True))


@wrong("mixes-the-units")
def first_column_of_a_table(z_before, z_after):
    diff = z_after.mean(axis=1) - z_before.mean(axis=1, keepdims=True)
    return np.abs(diff / z_before.std(axis=1, keepdims=True))[:, :1]


@wrong("mixes-the-units")
def a_table(z_before, z_after):
    old, new = z_before.mean(axis=1), z_after.mean(axis=1, keepdims=True)
    return abs(new - old) / z_before.std(axis=1, keepdims=True)


@wrong("cuts-both-to-one-size")
def as_many_columns_for_the_means(z_before, z_after):
    k = min(z_before.shape[1], z_after.shape[1])
    d = z_after[:, :k] - z_before[:, :k]
    return np.abs(d.mean(axis=1, keepdims=True)) / z_before.std(axis=1, keepdims=True)


@wrong("cuts-both-to-one-size")
def loops_over_the_old_columns(z_before, z_after):
    n, m = z_before.shape
    new = [np.mean([z for z, _ in zip(row, range(m))]) for row in z_after]
    moved = np.reshape(new, (n, 1)) - z_before.mean(axis=1, keepdims=True)
    return np.abs(moved) / z_before.std(axis=1, keepdims=True)


@wrong("averages-sizes")
def sizes_before_means(z_before, z_after):
    before = np.mean(np.abs(z_before), axis=1, keepdims=True)
    after = np.mean(np.abs(z_after), axis=1, keepdims=True)
    return np.abs(after - before) / np.std(z_before, axis=1, keepdims=True)
