"""Answers to `centring_backward`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def right_graph(dcentred):
    m = dcentred.shape[1]
    dz_direct = dcentred
    dmu = np.sum(-dcentred, axis=1).reshape(-1, 1)
    dz_through_mu = np.repeat(dmu, m, axis=1) / m
    return dz_direct + dz_through_mu


@right
def right_rowwise(dcentred):
    return np.stack([row - np.average(row) for row in dcentred])


@wrong("takes-the-mean-as-a-constant")
def wrong_identity(dcentred):
    return 1.0 * dcentred


@wrong("forgets-to-divide-by-m")
def wrong_no_m(dcentred):
    return dcentred - np.sum(dcentred, axis=1).reshape(-1, 1)


@wrong("leaves-out-the-direct-road")
def wrong_only_mu(dcentred):
    return np.zeros_like(dcentred) - dcentred.mean(axis=1, keepdims=True)


@wrong("adds-the-road-through-the-mean")
def wrong_sign(dcentred):
    return dcentred + np.mean(dcentred, 1).reshape(-1, 1)
