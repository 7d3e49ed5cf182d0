"""Answers to `division_backward`."""

import numpy as np

from answers import right, wrong


def anything(rng, dtype):
    """Any n and m; rows of centred with mean 0, std at least theirs."""
    n, m = rng.integers(1, 6), rng.integers(1, 9)
    z = np.exp(rng.normal(0, 0.5, (n, 1))) * rng.normal(size=(n, m))
    centred = z - z.mean(axis=1, keepdims=True)
    std = np.sqrt((centred**2).mean(axis=1, keepdims=True) + rng.uniform(0.1, 1))
    return tuple(part.astype(dtype) for part in (rng.normal(size=(n, m)), centred, std))


@right
def by_z_norm(dz_norm, centred, std):
    z_norm = centred / std
    return dz_norm / std, -np.sum(dz_norm * z_norm, axis=1, keepdims=True) / std


@right
def with_inverse(dz_norm, centred, std):
    inverse = 1.0 / std
    dinverse = (dz_norm * centred).sum(axis=1, keepdims=True)
    return dz_norm * inverse, -(inverse**2) * dinverse


@right
def with_loops(dz_norm, centred, std):
    n, m = centred.shape
    dcentred, dstd = np.zeros_like(centred), np.zeros_like(std)
    for i in range(n):
        for k in range(m):
            dcentred[i, k] = dz_norm[i, k] / std[i, 0]
            dstd[i, 0] -= dz_norm[i, k] * centred[i, k] / std[i, 0] ** 2
    return dcentred, dstd


@right
def einsum_in_a_list(dz_norm, centred, std):
    dstd = -np.einsum("ij,ij->i", dz_norm, centred)[:, np.newaxis] * std**-2
    return [dz_norm * std**-1, dstd]


@right
def diagonal_of_the_product(dz_norm, centred, std):
    return dz_norm / std, -np.diag(dz_norm @ centred.T)[:, None] / (std * std)


@right
def centres_dz_norm_first(dz_norm, centred, std):
    # the rows of centred add up to 0
    inner = dz_norm - dz_norm.mean(axis=1, keepdims=True)
    return dz_norm / std, -(inner * centred).sum(axis=1, keepdims=True) / std**2


@wrong("loses-the-minus")
def no_minus(dz_norm, centred, std):
    return dz_norm / std, (dz_norm * centred).sum(axis=1, keepdims=True) / std**2


@wrong("divides-dstd-once")
def first_power(dz_norm, centred, std):
    return dz_norm / std, -(dz_norm * centred).sum(axis=1, keepdims=True) / std


@wrong("divides-dstd-three-times")
def z_norm_and_square(dz_norm, centred, std):
    z_norm = centred / std
    return dz_norm / std, -(dz_norm * z_norm).sum(axis=1, keepdims=True) / std**2


@wrong("does-not-sum")
def not_gathered(dz_norm, centred, std):
    return dz_norm / std, -dz_norm * centred / std**2


@wrong("averages-over-the-batch")
def averaged(dz_norm, centred, std):
    return dz_norm / std, -(dz_norm * centred).mean(axis=1, keepdims=True) / std**2


@wrong("sums-over-units", None)
def axis_zero(dz_norm, centred, std):
    return dz_norm / std, -(dz_norm * centred).sum(axis=0, keepdims=True) / std**2


@wrong("sums-over-everything")
def no_axis(dz_norm, centred, std):
    return dz_norm / std, -np.sum(dz_norm * centred) / std**2


@wrong("adds-up-to-nothing")
def sums_apart(dz_norm, centred, std):
    total = dz_norm.sum(axis=1, keepdims=True) * centred.sum(axis=1, keepdims=True)
    return dz_norm / std, -total / std**2


@wrong("swapped-results")
def other_order(dz_norm, centred, std):
    return -(dz_norm * centred).sum(axis=1, keepdims=True) / std**2, dz_norm / std


@wrong("flat-shape")
def flat(dz_norm, centred, std):
    return dz_norm / std, -(dz_norm * centred).sum(axis=1) / std[:, 0] ** 2


@wrong("forgets-std-in-dcentred")
def hands_on(dz_norm, centred, std):
    return dz_norm.copy(), -(dz_norm * centred).sum(axis=1, keepdims=True) / std**2


@wrong("goes-on-through-std")
def both_roads(dz_norm, centred, std):
    m = centred.shape[1]
    dstd = -(dz_norm * centred).sum(axis=1, keepdims=True) / std**2
    return dz_norm / std + dstd / std * centred / m, dstd


@wrong("halves-dstd")
def dvar_like(dz_norm, centred, std):
    return dz_norm / std, -0.5 * (dz_norm * centred).sum(axis=1, keepdims=True) / std**2


@wrong("forgets-centred-in-dstd")
def no_centred(dz_norm, centred, std):
    return dz_norm / std, -dz_norm.sum(axis=1, keepdims=True) / std**2


@right
def local_derivatives(dz_norm, centred, std):
    by_centred = np.ones_like(centred) / std
    by_std = -centred / np.square(std)
    return dz_norm * by_centred, np.sum(dz_norm * by_std, axis=1).reshape(-1, 1)


@right
def rowwise(dz_norm, centred, std):
    dstd = [[-(g @ c) / s[0] ** 2] for g, c, s in zip(dz_norm, centred, std, strict=True)]
    return dz_norm / std, np.array(dstd)


@wrong("forgets-dz-norm-in-dcentred")
def local(dz_norm, centred, std):
    dstd = np.sum(dz_norm * -centred / std**2, axis=1).reshape(-1, 1)
    return np.ones_like(centred) / std, dstd


@wrong("multiplies-by-std")
def times(dz_norm, centred, std):
    return dz_norm * std, np.sum(dz_norm * -centred / std**2, axis=1).reshape(-1, 1)


@wrong("forgets-std-in-dstd")
def no_square(dz_norm, centred, std):
    return dz_norm / std, np.sum(dz_norm * -centred, axis=1).reshape(-1, 1)


@wrong("takes-std-for-a-variance")
def power_of_three_halves(dz_norm, centred, std):
    return dz_norm / std, -0.5 * np.sum(dz_norm * centred, axis=1, keepdims=True) * std**-1.5


@wrong("works-std-out-again")
def std_worked_out_again(dz_norm, centred, std):
    """std is worked out from centred again: the eps inside the given one is lost."""
    s = np.sqrt(np.mean(centred**2, axis=1, keepdims=True))
    dcentred = dz_norm / std
    dstd = -np.sum(dz_norm * centred, axis=1, keepdims=True) / np.maximum(s, 1e-8) ** 2
    return dcentred, dstd


@wrong("gives-the-gradient-of-the-variance")
def as_for_the_variance(dz_norm, centred, std):
    """The power of the variance: -1/2 * std ** -3, the formula for dvar."""
    dstd = np.sum(dz_norm * centred * -0.5 * std**-3, axis=1, keepdims=True)
    return dz_norm / std, dstd


@wrong("works-std-out-again")
def own_variance_with_the_usual_eps(dz_norm, centred, std):
    var = np.mean(np.square(centred), axis=1)[:, None] + 1e-5
    return dz_norm / std, -np.sum(dz_norm * centred, axis=1)[:, None] / var


@wrong("works-std-out-again-for-both")
def own_deviation_with_the_usual_eps(dz_norm, centred, std):
    std = np.sqrt(centred.var(axis=1, keepdims=True) + 1e-5)
    return dz_norm / std, -np.sum(dz_norm * centred / std**2, axis=1, keepdims=True)


@wrong("keeps-the-last-share")
def dstd_written_over(dz_norm, centred, std):
    n, m = centred.shape
    dstd = np.zeros((n, 1))
    for i in range(n):
        for k in range(m):
            dstd[i, 0] = -dz_norm[i, k] * centred[i, k] / std[i, 0] ** 2
    return dz_norm / std, dstd


@wrong("multiplies-by-two-for-the-square")
def a_star_too_few(dz_norm, centred, std):
    dstd = -np.sum(dz_norm * centred, axis=1, keepdims=True) / std * 2
    return dz_norm / std, dstd


@wrong("takes-std-for-a-variance-for-both")
def one_root_too_many(dz_norm, centred, std):
    root = np.sqrt(std)
    droot = -np.sum(dz_norm * centred, axis=1, keepdims=True) / root**2
    return dz_norm / root, droot / (2 * root)


@wrong("forgets-dz-norm-in-dstd")
def squares_of_centred(dz_norm, centred, std):
    dcentred = dz_norm / std
    dstd = -np.sum(centred**2, axis=1, keepdims=True) / std**2
    return dcentred, dstd


@wrong("adds-the-rows-above")
def a_total_set_back_once(dz_norm, centred, std):
    n, m = centred.shape
    dcentred = dz_norm / std
    dstd = np.zeros((n, 1))
    total = 0.0
    for i in range(n):
        for j in range(m):
            total += dz_norm[i, j] * centred[i, j]
        dstd[i, 0] = -total / std[i, 0] ** 2
    return dcentred, dstd


@wrong("adds-the-rows-above")
def a_gradient_set_back_once(dz_norm, centred, std):
    dstd, d = np.zeros(std.shape), 0.0
    for i, s in enumerate(std[:, 0]):
        for g, c in zip(dz_norm[i], centred[i], strict=True):
            d -= g * c / s**2
        dstd[i] = d
    return dz_norm / std, dstd


@wrong("lays-dstd-in-a-row")
def divided_by_std_laid_the_same_way(dz_norm, centred, std):
    s = std.T
    dots = [np.dot(d, c) for d, c in zip(dz_norm, centred, strict=True)]
    return dz_norm / std, -np.array([dots]) / s**2


@wrong("goes-on-through-std")
def two_roads_to_centred(dz_norm, centred, std):
    dstd = -np.sum(dz_norm * centred, axis=1, keepdims=True) / std**2
    dcentred = dz_norm / std + dstd * centred / std
    return dcentred, dstd


@wrong("leaves-out-an-example")
def from_the_second_example_on(dz_norm, centred, std):
    n, m = dz_norm.shape
    dstd = np.zeros((n, 1))
    for j in range(1, m):
        dstd[:, 0] -= dz_norm[:, j] * centred[:, j] / std[:, 0] ** 2
    return dz_norm / std, dstd


@wrong("sums-dstd-over-all-units")
def one_sum_in_every_row(dz_norm, centred, std):
    dcentred = dz_norm / std
    total = -np.sum(dz_norm * centred / std**2)
    dstd = np.full(std.shape, total)
    return dcentred, dstd
