"""Answers to `centring_backward`."""

import numpy as np

from answers import right, wrong


def anything(rng, dtype):
    """Any n and m; gradients with means of their own."""
    n, m = rng.integers(1, 6), rng.integers(1, 9)
    return (rng.normal(rng.normal(0, 2, (n, 1)), 1, (n, m)).astype(dtype),)


@right
def two_roads(dcentred):
    dmu = -dcentred.sum(axis=1, keepdims=True)
    return dcentred + dmu / dcentred.shape[1]


@right
def with_loops(dcentred):
    n, m = dcentred.shape
    dz = np.empty_like(dcentred)
    for i in range(n):
        total = sum(dcentred[i, k] for k in range(m))
        for k in range(m):
            dz[i, k] = dcentred[i, k] - total / m
    return dz


@right
def by_the_matrix(dcentred):
    m = dcentred.shape[1]
    return dcentred @ (np.eye(m) - np.ones((m, m)) / m)


@right
def ones_times_dmu(dcentred):
    m = dcentred.shape[1]
    dmu = -np.sum(dcentred, axis=1)[:, None]
    return dcentred + 1.0 / m * np.ones_like(dcentred) * dmu


@right
def einsum(dcentred):
    return dcentred - np.einsum("ij->i", dcentred)[:, None] / dcentred.shape[1]


@right
def centred_twice(dcentred):
    once = dcentred - dcentred.mean(1, keepdims=True)
    return once - once.mean(1, keepdims=True)


@right
def turned_and_back(dcentred):
    return (dcentred.T - dcentred.T.mean(axis=0)).T


@wrong("takes-the-mean-as-a-constant")
def nothing_to_do(dcentred):
    return dcentred.copy()


@wrong("forgets-to-divide-by-m")
def sum_for_mean(dcentred):
    dmu = -dcentred.sum(axis=1, keepdims=True)
    return dcentred + dmu


@wrong("adds-the-road-through-the-mean")
def plus(dcentred):
    return dcentred + dcentred.mean(axis=1, keepdims=True)


@wrong("divides-by-m-twice")
def mean_of_mean(dcentred):
    dmu = -dcentred.mean(axis=1, keepdims=True)
    return dcentred + dmu / dcentred.shape[1]


@wrong("averages-over-units")
def axis_zero(dcentred):
    return dcentred - dcentred.mean(axis=0, keepdims=True)


@wrong("averages-over-everything")
def no_axis(dcentred):
    return dcentred - dcentred.mean()


@wrong("counts-only-its-own-entry")
def diagonal(dcentred):
    m = dcentred.shape[1]
    return dcentred - dcentred / m


@wrong("returns-the-gradient-of-the-mean")
def stops_at_mu(dcentred):
    return -np.sum(dcentred, axis=1, keepdims=True)


@wrong("counts-the-units")
def wrong_shape_entry(dcentred):
    n = dcentred.shape[0]
    return dcentred - dcentred.sum(axis=1, keepdims=True) / n


@wrong("changed-arguments")
def in_place(dcentred):
    dcentred -= dcentred.mean(axis=1, keepdims=True)
    return dcentred


@wrong("divides-everything-by-m")
def bracket_too_wide(dcentred):
    m = dcentred.shape[1]
    return 1 / m * (dcentred - dcentred.sum(axis=1, keepdims=True))


@wrong("divides-by-m-minus-one")
def bessel(dcentred):
    m = dcentred.shape[1]
    return dcentred - dcentred.sum(axis=1, keepdims=True) / (m - 1)


@right
def graph(dcentred):
    m = dcentred.shape[1]
    dz_direct = dcentred
    dmu = np.sum(-dcentred, axis=1).reshape(-1, 1)
    dz_through_mu = np.repeat(dmu, m, axis=1) / m
    return dz_direct + dz_through_mu


@right
def rowwise(dcentred):
    return np.stack([row - np.average(row) for row in dcentred])


@wrong("leaves-out-the-direct-road")
def only_mu(dcentred):
    return np.zeros_like(dcentred) - dcentred.mean(axis=1, keepdims=True)


@wrong("averages-what-it-has-changed")
def entry_by_entry_in_the_result(dcentred):
    out = np.array(dcentred)
    n, m = out.shape
    for j in range(m):
        for i in range(n):
            out[i, j] -= out[i, :].sum() / m
    return out


@wrong("normalizes-the-gradient")
def normalized(dcentred):
    mu = dcentred.mean(axis=1, keepdims=True)
    return (dcentred - mu) / (dcentred.std(axis=1, keepdims=True) + 1e-8)


@wrong("takes-away-a-growing-sum")
def in_one_loop(dcentred):
    out = np.zeros_like(dcentred)
    for i, row in enumerate(dcentred):
        total = 0
        for j, entry in enumerate(row):
            total += entry
            out[i, j] = entry - total / len(row)
    return out


@wrong("forgets-to-divide-by-m+averages-over-units")
def sums_of_the_columns(dcentred):
    return dcentred - dcentred.sum(axis=0, keepdims=True)


@wrong("counts-its-own-share-twice")
def own_share_and_mean(dcentred):
    own = dcentred * (1 - 1 / dcentred.shape[1])
    return own - dcentred.mean(axis=1, keepdims=True)


@wrong("takes-away-a-growing-sum")
def mean_of_the_row_so_far(dcentred):
    dz = np.zeros_like(dcentred)
    for k in range(dcentred.shape[1]):
        dz[:, k] = dcentred[:, k] - dcentred[:, : k + 1].mean(axis=1)
    return dz


@wrong("keeps-the-last-share")
def dmu_written_over(dcentred):
    n, m = dcentred.shape
    dmu = np.zeros((n, 1))
    for i in range(n):
        for k in range(m):
            dmu[i, 0] = -dcentred[i, k]
    return dcentred + dmu / m


@wrong("leaves-its-own-entry-out")
def without_the_diagonal(dcentred):
    m = dcentred.shape[1]
    jacobian = np.eye(m) - (np.ones((m, m)) - np.eye(m)) / m
    return dcentred @ jacobian


@wrong("leaves-its-own-entry-out")
def less_the_mean_of_the_others(dcentred):
    m = dcentred.shape[1]
    others = dcentred.sum(axis=1, keepdims=True) - dcentred
    return dcentred - others / max(m - 1, 1)


@wrong("leaves-its-own-entry-out")
def each_left_out_in_turn(dcentred):
    dz = dcentred.astype(float)
    for row, old in zip(dz, dcentred, strict=True):
        for k in range(row.size if row.size > 1 else 0):
            row[k] = old[k] - np.delete(old, k).mean()
    return dz


@wrong("divides-without-remainder")
def a_floor_for_the_mean(dcentred):
    total = np.sum(dcentred, axis=1, keepdims=True)
    return dcentred - total // dcentred.shape[1]


@wrong("divides-without-remainder")
def a_floor_for_the_share(dcentred):
    dmu = -dcentred.sum(axis=1, keepdims=True)
    return dcentred + dmu // dcentred.shape[1]


@wrong("adds-the-rows-above")
def a_total_set_back_once(dcentred):
    n, m = dcentred.shape
    dz, total = np.zeros((n, m)), 0.0
    for i in range(n):
        for j in range(m):
            total += dcentred[i, j]
        dz[i] = dcentred[i] - total / m
    return dz


@wrong("leaves-out-an-example")
def a_sum_from_the_second_on(dcentred):
    n, m = dcentred.shape
    dz = np.zeros((n, m))
    for i in range(n):
        s = 0.0
        for j in range(1, m):
            s += dcentred[i, j]
        dz[i] = dcentred[i] - s / m
    return dz
