"""Answers to `normalize_backward`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_compact(dz_norm, z, eps=1e-5):
    mu = z.mean(axis=1, keepdims=True)
    std = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - mu) / std
    return (
        dz_norm
        - dz_norm.mean(axis=1, keepdims=True)
        - z_norm * (dz_norm * z_norm).mean(axis=1, keepdims=True)
    ) / std


@right
def correct_paper(dz_norm, z, eps=1e-5):
    m = z.shape[1]
    mu = np.mean(z, axis=1, keepdims=True)
    var = np.var(z, axis=1, keepdims=True)
    dvar = np.sum(dz_norm * (z - mu), axis=1, keepdims=True) * -0.5 * (var + eps) ** -1.5
    dmu = (
        np.sum(-dz_norm / np.sqrt(var + eps), axis=1, keepdims=True)
        + dvar * np.sum(-2 * (z - mu), axis=1, keepdims=True) / m
    )
    return dz_norm / np.sqrt(var + eps) + dvar * 2 * (z - mu) / m + dmu / m


@right
def correct_jacobian_per_row(dz_norm, z, eps=1e-5):
    n, m = z.shape
    dz = np.zeros((n, m))
    for i in range(n):
        s = np.sqrt(z[i].var() + eps)
        h = (z[i] - z[i].mean()) / s
        jacobian = (np.eye(m) - 1 / m - np.outer(h, h) / m) / s
        dz[i] = jacobian.T @ dz_norm[i]
    return dz


@right
def correct_sums(dz_norm, z, eps=1e-5):
    m = z.shape[1]
    d = z - z.sum(1, keepdims=True) / m
    inv = 1 / np.sqrt((d * d).sum(1, keepdims=True) / m + eps)
    h = d * inv
    return (
        inv
        / m
        * (m * dz_norm - dz_norm.sum(1, keepdims=True) - h * (dz_norm * h).sum(1, keepdims=True))
    )


@right
def correct_einsum(dz_norm, z, eps=1e-5):
    m = z.shape[1]
    centred = z - np.einsum("ij->i", z)[:, None] / m
    inv = (np.einsum("ij,ij->i", centred, centred) / m + eps) ** -0.5
    h = centred * inv[:, None]
    projection = np.einsum("ij,ij->i", dz_norm, h) / m
    bracket = (
        dz_norm - np.einsum("ij->i", dz_norm)[:, None] / m - np.einsum("i,ij->ij", projection, h)
    )
    return np.einsum("i,ij->ij", inv, bracket)


@right
def correct_centre_last(dz_norm, z, eps=1e-5):
    # the gradient through the division first, then through the centring
    centred = z - z.mean(1, keepdims=True)
    v = (centred**2).mean(1, keepdims=True) + eps
    d_centred = dz_norm / v**0.5 - centred * (dz_norm * centred).mean(1, keepdims=True) / v**1.5
    return d_centred - d_centred.mean(1, keepdims=True)


def _parts(z, eps):
    mu = z.mean(axis=1, keepdims=True)
    std = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    return std, (z - mu) / std


@wrong("takes-both-statistics-as-constants")
def wrong_constants(dz_norm, z, eps=1e-5):
    """Treats mu and var as constants."""
    return dz_norm / np.sqrt(z.var(axis=1, keepdims=True) + eps)


@wrong("takes-the-variance-as-a-constant")
def wrong_no_variance_term(dz_norm, z, eps=1e-5):
    """Forgets the term through the variance."""
    std, h = _parts(z, eps)  # noqa: RUF059
    return (dz_norm - dz_norm.mean(axis=1, keepdims=True)) / std


@wrong("takes-the-mean-as-a-constant")
def wrong_no_mean_term(dz_norm, z, eps=1e-5):
    """Forgets the term through the mean."""
    std, h = _parts(z, eps)
    return (dz_norm - h * (dz_norm * h).mean(axis=1, keepdims=True)) / std


@wrong("forgets-to-divide-by-m")
def wrong_sums_without_m(dz_norm, z, eps=1e-5):
    """Uses sums where means are due (1/m missing)."""
    std, h = _parts(z, eps)
    return (
        dz_norm - dz_norm.sum(axis=1, keepdims=True) - h * (dz_norm * h).sum(axis=1, keepdims=True)
    ) / std


@wrong("adds-the-road-through-the-variance")
def wrong_sign(dz_norm, z, eps=1e-5):
    """Adds the variance term instead of subtracting it."""
    std, h = _parts(z, eps)
    return (
        dz_norm
        - dz_norm.mean(axis=1, keepdims=True)
        + h * (dz_norm * h).mean(axis=1, keepdims=True)
    ) / std


@wrong("leaves-out-the-deviation")
def wrong_no_division(dz_norm, z, eps=1e-5):
    """Forgets to divide by the standard deviation."""
    std, h = _parts(z, eps)  # noqa: RUF059
    return (
        dz_norm
        - dz_norm.mean(axis=1, keepdims=True)
        - h * (dz_norm * h).mean(axis=1, keepdims=True)
    )


@wrong("divides-by-the-variance")
def wrong_divides_by_variance(dz_norm, z, eps=1e-5):
    """Divides by the variance instead of the standard deviation."""
    std, h = _parts(z, eps)
    return (
        dz_norm - dz_norm.mean(1, keepdims=True) - h * (dz_norm * h).mean(1, keepdims=True)
    ) / std**2


@wrong("multiplies-by-the-deviation")
def wrong_multiplies(dz_norm, z, eps=1e-5):
    """Multiplies by the standard deviation instead of dividing."""
    std, h = _parts(z, eps)
    return (
        dz_norm - dz_norm.mean(1, keepdims=True) - h * (dz_norm * h).mean(1, keepdims=True)
    ) * std


@wrong("hard-coded-eps")
def wrong_hard_coded_eps(dz_norm, z, eps=1e-5):
    """Hard-codes eps as 1e-5."""
    std, h = _parts(z, 1e-5)
    return (
        dz_norm - dz_norm.mean(1, keepdims=True) - h * (dz_norm * h).mean(1, keepdims=True)
    ) / std


@wrong("leaves-out-eps")
def wrong_no_eps(dz_norm, z, eps=1e-5):
    """Forgets eps."""
    std, h = _parts(z, 0)
    return (
        dz_norm - dz_norm.mean(1, keepdims=True) - h * (dz_norm * h).mean(1, keepdims=True)
    ) / std


@wrong("averages-over-units")
def wrong_axis(dz_norm, z, eps=1e-5):
    """Works over the units (axis 0)."""
    std = np.sqrt(z.var(0) + eps)
    h = (z - z.mean(0)) / std
    return (dz_norm - dz_norm.mean(0) - h * (dz_norm * h).mean(0)) / std


@wrong("uses-z-for-z-norm")
def wrong_z_not_z_norm(dz_norm, z, eps=1e-5):
    """Uses z where z_norm is due in the variance term."""
    std, h = _parts(z, eps)  # noqa: RUF059
    return (
        dz_norm - dz_norm.mean(1, keepdims=True) - z * (dz_norm * z).mean(1, keepdims=True)
    ) / std


@wrong("loses-the-half-of-the-root")
def wrong_missing_half(dz_norm, z, eps=1e-5):
    """Forgets the factor one half in the derivative of the square root."""
    std, h = _parts(z, eps)
    return (
        dz_norm - dz_norm.mean(1, keepdims=True) - 2 * h * (dz_norm * h).mean(1, keepdims=True)
    ) / std


@wrong("multiplies-the-means")
def wrong_product_of_means(dz_norm, z, eps=1e-5):
    """Averages dz_norm first and then multiplies by z_norm's mean."""
    std, h = _parts(z, eps)
    g = dz_norm.mean(1, keepdims=True)
    return (dz_norm - g - h * g * h.mean(1, keepdims=True)) / std


@wrong("wrong-factor")
def wrong_extra_m(dz_norm, z, eps=1e-5):
    """Divides the whole gradient by m once too often."""
    std, h = _parts(z, eps)
    out = (
        dz_norm - dz_norm.mean(1, keepdims=True) - h * (dz_norm * h).mean(1, keepdims=True)
    ) / std
    return out / z.shape[1]


@wrong("changed-arguments")
def wrong_in_place(dz_norm, z, eps=1e-5):
    """Gets the values right but scribbles over dz_norm."""
    std, h = _parts(z, eps)
    projection = (dz_norm * h).mean(1, keepdims=True)
    dz_norm -= dz_norm.mean(1, keepdims=True)
    dz_norm -= h * projection
    return dz_norm / std


@wrong("takes-both-statistics-as-constants+leaves-out-eps")
def wrong_constants_no_eps(dz_norm, z, eps=1e-5):
    """Two slips: mu and var as constants, and eps forgotten."""
    return dz_norm / z.std(axis=1, keepdims=True)


@wrong("raised-ValueError")
def wrong_flat_raises(dz_norm, z, eps=1e-5):
    """Forgets keepdims: raises, or broadcasts wrongly when n = m."""
    std = np.sqrt(z.var(axis=1) + eps)
    h = (z - z.mean(axis=1)) / std
    return (dz_norm - dz_norm.mean(axis=1) - h * (dz_norm * h).mean(axis=1)) / std
