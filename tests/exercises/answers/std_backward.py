"""Answers to `std_backward`."""

import numpy as np

from answers import right, wrong


def anything(rng, dtype):
    """Any n and m; rows of centred with mean 0, std at least theirs."""
    n, m = rng.integers(1, 6), rng.integers(1, 9)
    z = np.exp(rng.normal(0, 0.5, (n, 1))) * rng.normal(size=(n, m))
    centred = z - z.mean(axis=1, keepdims=True)
    std = np.sqrt((centred**2).mean(axis=1, keepdims=True) + rng.uniform(0.1, 1))
    return tuple(part.astype(dtype) for part in (rng.normal(size=(n, 1)), centred, std))


@wrong("averages-centred")
def mean_of_twice_centred(dstd, centred, std):
    inner = np.mean(2 * centred, axis=1, keepdims=True)
    return dstd * inner / (2 * std) * np.ones(centred.shape)


@right
def three_steps(dstd, centred, std):
    dvar = dstd / (2 * std)
    dsquares = dvar * np.ones_like(centred) / centred.shape[1]
    return dsquares * 2 * centred


@right
def z_norm_over_m(dstd, centred, std):
    return dstd * (centred / std) / centred.shape[1]


@right
def with_loops(dstd, centred, std):
    n, m = centred.shape
    dcentred = np.zeros_like(centred)
    for i in range(n):
        for k in range(m):
            dcentred[i, k] = dstd[i, 0] * 0.5 / std[i, 0] * 2 * centred[i, k] / m
    return dcentred


@right
def matrix_of_a_row(dstd, centred, std):
    return np.diag((dstd / std)[:, 0]) @ centred / centred.shape[1]


@right
def centred_at_the_end(dstd, centred, std):
    # the rows of centred have mean 0, so this takes nothing away
    dcentred = dstd * centred / (centred.shape[1] * std)
    return dcentred - dcentred.mean(axis=1, keepdims=True)


@wrong("loses-the-half-of-the-root")
def no_half(dstd, centred, std):
    return dstd / std * 2 * centred / centred.shape[1]


@wrong("loses-the-two-of-the-square")
def no_two(dstd, centred, std):
    return dstd / (2 * std) * centred / centred.shape[1]


@wrong("forgets-to-divide-by-m")
def no_mean(dstd, centred, std):
    return dstd * centred / std


@wrong("forgets-std")
def no_root(dstd, centred, std):
    return dstd * centred / centred.shape[1]


@wrong("divides-by-the-variance")
def z_norm_over_std(dstd, centred, std):
    z_norm = centred / std
    return dstd * z_norm / (centred.shape[1] * std)


@wrong("computes-its-own-std")
def std_anew(dstd, centred, std):
    return dstd * centred / (centred.shape[1] * centred.std(axis=1, keepdims=True))


@wrong("returns-the-gradient-of-the-variance")
def stops_at_var(dstd, centred, std):
    return 0.5 * dstd / std


@wrong("forgets-dstd")
def local_only(dstd, centred, std):
    return centred / (centred.shape[1] * std)


@wrong("keeps-the-square")
def squared(dstd, centred, std):
    return dstd * centred**2 / (centred.shape[1] * std)


@wrong("counts-the-units")
def len_of_centred(dstd, centred, std):
    return dstd * centred / (len(centred) * std)


@wrong("counts-every-entry")
def size_of_centred(dstd, centred, std):
    return dstd * centred / (centred.size * std)


@wrong("forgets-centred")
def spread_out(dstd, centred, std):
    return np.ones_like(centred) * dstd / (centred.shape[1] * std)


@wrong("divides-by-m-minus-one")
def bessel(dstd, centred, std):
    return dstd * centred / ((centred.shape[1] - 1) * std)


@wrong("turns-the-sign")
def a_minus(dstd, centred, std):
    return -dstd * centred / (centred.shape[1] * std)


@wrong("sums-over-the-batch", None)
def summed(dstd, centred, std):
    return np.sum(dstd * centred, axis=1, keepdims=True) / (centred.shape[1] * std)


@wrong("changed-arguments")
def in_place(dstd, centred, std):
    centred *= dstd
    centred /= centred.shape[1] * std
    return centred


@wrong("repeated-columns", "wrong-for-one-example", None)
def squeezes(dstd, centred, std):
    return dstd * centred.squeeze() / (centred.shape[1] * std)


@wrong("counts-along-the-longer-side")
def takes_the_larger_size_for_m(dstd, centred, std):
    return dstd * centred / (max(centred.shape) * std)


@right
def rowwise(dstd, centred, std):
    rows = zip(dstd[:, 0], centred, std[:, 0], strict=True)
    return np.array([d * c / (s * len(c)) for d, c, s in rows])


@wrong("takes-the-root-for-an-inverse-root")
def power(dstd, centred, std):
    return dstd * std**-3 * centred / centred.shape[1]


@wrong("multiplies-by-std")
def times(dstd, centred, std):
    return dstd * std * centred / centred.shape[1]


@wrong("takes-the-root-of-std")
def root_once_more(dstd, centred, std):
    m = centred.shape[1]
    return dstd * centred / (m * np.sqrt(std))


@wrong("divides-by-m-minus-one")
def guarded_m_minus_one(dstd, centred, std):
    m = centred.shape[1]
    return dstd * centred / (max(m - 1, 1) * std)


@wrong("stops-before-the-root")
def no_root_on_the_way(dstd, centred, std):
    dsquares = np.ones_like(centred) * dstd / centred.shape[1]
    return dsquares * (centred + centred)


@wrong("adds-an-eps-of-its-own")
def the_eps_of_keras(dstd, centred, std):
    std = np.sqrt(centred.var(axis=1, keepdims=True) + 1e-3)
    return dstd * centred / (centred.shape[1] * std)


@wrong("adds-an-eps-of-its-own")
def the_eps_of_an_optimizer(dstd, centred, std):
    variance = np.mean(centred**2, axis=1, keepdims=True)
    return 0.5 * dstd * (variance + 1e-8) ** -0.5 * 2 * centred / centred.shape[1]


@wrong("gives-the-row-its-last-share")
def into_the_whole_row(dstd, centred, std):
    n, m = centred.shape
    dcentred = np.zeros((n, m))
    for i in range(n):
        for k in range(m):
            dcentred[i] = dstd[i, 0] * centred[i, k] / (m * std[i, 0])
    return dcentred


@wrong("takes-a-matrix-product")
def transposed_to_fit(dstd, centred, std):
    return np.dot(dstd.T, centred) / centred.shape[1] / std


@wrong("loses-the-two-of-the-square")
def half_and_no_two(dstd, centred, std):
    n_examples = centred.shape[-1]
    dvar = dstd * 0.5 * (1 / std)
    return dvar * centred / n_examples
