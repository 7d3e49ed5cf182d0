"""Answers to `std_backward`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def right_chain(dstd, centred, std):
    m = centred.shape[1]
    dvar = dstd * 0.5 / std
    return dvar * (2 / m) * centred


@right
def right_rowwise(dstd, centred, std):
    rows = zip(dstd[:, 0], centred, std[:, 0], strict=True)
    return np.array([d * c / (s * len(c)) for d, c, s in rows])


@wrong("forgets-to-divide-by-m")
def wrong_no_m(dstd, centred, std):
    return dstd * 0.5 / std * 2 * centred


@wrong("loses-the-half-of-the-root")
def wrong_no_half(dstd, centred, std):
    return dstd / std * (2 / centred.shape[1]) * centred


@wrong("takes-the-root-for-an-inverse-root")
def wrong_power(dstd, centred, std):
    return dstd * std**-3 * centred / centred.shape[1]


@wrong("multiplies-by-std")
def wrong_times(dstd, centred, std):
    return dstd * std * centred / centred.shape[1]
