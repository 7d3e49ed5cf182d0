"""Answers to `division_backward`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def right_local_derivatives(dz_norm, centred, std):
    by_centred = np.ones_like(centred) / std
    by_std = -centred / np.square(std)
    return dz_norm * by_centred, np.sum(dz_norm * by_std, axis=1).reshape(-1, 1)


@right
def right_rowwise(dz_norm, centred, std):
    dstd = [[-(g @ c) / s[0] ** 2] for g, c, s in zip(dz_norm, centred, std, strict=True)]
    return dz_norm / std, np.array(dstd)


@wrong("loses-the-minus")
def wrong_sign(dz_norm, centred, std):
    return dz_norm / std, np.sum(dz_norm * centred / std**2, axis=1).reshape(-1, 1)


@wrong("forgets-dz-norm-in-dcentred")
def wrong_local(dz_norm, centred, std):
    dstd = np.sum(dz_norm * -centred / std**2, axis=1).reshape(-1, 1)
    return np.ones_like(centred) / std, dstd


@wrong("multiplies-by-std")
def wrong_times(dz_norm, centred, std):
    return dz_norm * std, np.sum(dz_norm * -centred / std**2, axis=1).reshape(-1, 1)


@wrong("forgets-std-in-dstd")
def wrong_no_square(dz_norm, centred, std):
    return dz_norm / std, np.sum(dz_norm * -centred, axis=1).reshape(-1, 1)
