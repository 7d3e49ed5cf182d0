"""Answers to `normalize_backward`."""

import numpy as np
from legal import eps, rows, signed, sizes

from answers import right, wrong


def anything(rng, dtype):
    """Any n and m."""
    shape = sizes(rng, 1, 1)
    return signed(rng, *shape).astype(dtype), rows(rng, *shape).astype(dtype), *eps(rng)


@right
def closed_form(dz_norm, z, eps=1e-5):
    m = z.shape[1]
    mu, var = z.mean(1, keepdims=True), z.var(1, keepdims=True)
    z_norm = (z - mu) / np.sqrt(var + eps)
    total = m * dz_norm - dz_norm.sum(1, keepdims=True)
    total = total - z_norm * (dz_norm * z_norm).sum(1, keepdims=True)
    return total / (m * np.sqrt(var + eps))


@right
def staged(dz_norm, z, eps=1e-5):
    m = z.shape[1]
    mu = z.mean(axis=1, keepdims=True)
    centred = z - mu
    var = (centred**2).mean(axis=1, keepdims=True)
    std = np.sqrt(var + eps)
    dvar = np.sum(dz_norm * centred, axis=1, keepdims=True) * -0.5 * (var + eps) ** -1.5
    dmu = np.sum(-dz_norm / std, axis=1, keepdims=True)
    dmu = dmu + dvar * np.mean(-2 * centred, axis=1, keepdims=True)
    return dz_norm / std + dvar * 2 * centred / m + dmu / m


@right
def node_by_node(dz_norm, z, eps=1e-5):
    n, m = z.shape
    mu = 1.0 / m * np.sum(z, axis=1)[:, None]
    zmu = z - mu
    sqrtvar = np.sqrt(1.0 / m * np.sum(zmu**2, axis=1)[:, None] + eps)
    ivar = 1.0 / sqrtvar
    divar = np.sum(dz_norm * zmu, axis=1)[:, None]
    dzmu1 = dz_norm * ivar
    dsqrtvar = -1.0 / sqrtvar**2 * divar
    dvar = 0.5 * 1.0 / sqrtvar * dsqrtvar
    dsq = 1.0 / m * np.ones((n, m)) * dvar
    dz1 = dzmu1 + 2 * zmu * dsq
    dmu = -1 * np.sum(dz1, axis=1)[:, None]
    return dz1 + 1.0 / m * np.ones((n, m)) * dmu


@right
def by_the_jacobian(dz_norm, z, eps=1e-5):
    m = z.shape[1]
    rows = []
    for d, row in zip(dz_norm, z, strict=True):
        inv = 1 / np.sqrt(row.var() + eps)
        z_norm = (row - row.mean()) * inv
        jacobian = inv * (np.eye(m) - 1 / m - np.outer(z_norm, z_norm) / m)
        rows.append(jacobian.T @ d)
    return np.array(rows)


@wrong("takes-both-statistics-as-constants")
def only_the_divisor(dz_norm, z, eps=1e-5):
    return dz_norm / np.sqrt(z.var(axis=1, keepdims=True) + eps)


@wrong("takes-the-variance-as-a-constant")
def mean_only(dz_norm, z, eps=1e-5):
    std = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    return (dz_norm - dz_norm.mean(axis=1, keepdims=True)) / std


@wrong("takes-the-mean-as-a-constant")
def variance_only(dz_norm, z, eps=1e-5):
    m = z.shape[1]
    c = z - z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    dvar = np.sum(dz_norm * c, axis=1, keepdims=True) * -0.5 * (var + eps) ** -1.5
    return dz_norm / np.sqrt(var + eps) + dvar * 2 * c / m


@wrong("loses-the-half-of-the-root")
def no_half(dz_norm, z, eps=1e-5):
    m = z.shape[1]
    c = z - z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    dvar = -np.sum(dz_norm * c, axis=1, keepdims=True) * (var + eps) ** -1.5
    dmu = -np.sum(dz_norm, axis=1, keepdims=True) / np.sqrt(var + eps)
    return dz_norm / np.sqrt(var + eps) + dvar * 2 * c / m + dmu / m


@wrong("adds-the-road-through-the-variance")
def plus_dvar(dz_norm, z, eps=1e-5):
    m = z.shape[1]
    c = z - z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    dvar = np.sum(dz_norm * c, axis=1, keepdims=True) * 0.5 * (var + eps) ** -1.5
    dmu = -np.sum(dz_norm, axis=1, keepdims=True) / np.sqrt(var + eps)
    return dz_norm / np.sqrt(var + eps) + dvar * 2 * c / m + dmu / m


@wrong("forgets-to-scale-z-norm")
def wrong_power(dz_norm, z, eps=1e-5):
    m = z.shape[1]
    c = z - z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    dvar = np.sum(dz_norm * c, axis=1, keepdims=True) * -0.5 * (var + eps) ** -0.5
    dmu = -np.sum(dz_norm, axis=1, keepdims=True) / np.sqrt(var + eps)
    return dz_norm / np.sqrt(var + eps) + dvar * 2 * c / m + dmu / m


@wrong("leaves-out-eps")
def no_eps(dz_norm, z, eps=1e-5):
    std = z.std(1, keepdims=True)
    z_norm = (z - z.mean(1, keepdims=True)) / std
    inner = dz_norm - dz_norm.mean(1, keepdims=True)
    return (inner - z_norm * (dz_norm * z_norm).mean(1, keepdims=True)) / std


@wrong("leaves-out-the-deviation")
def no_divisor(dz_norm, z, eps=1e-5):
    z_norm = (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + eps)
    inner = dz_norm - dz_norm.mean(1, keepdims=True)
    return inner - z_norm * (dz_norm * z_norm).mean(1, keepdims=True)


@wrong("forgets-to-divide-by-m")
def sums(dz_norm, z, eps=1e-5):
    std = np.sqrt(z.var(1, keepdims=True) + eps)
    z_norm = (z - z.mean(1, keepdims=True)) / std
    inner = dz_norm - dz_norm.sum(1, keepdims=True)
    return (inner - z_norm * (dz_norm * z_norm).sum(1, keepdims=True)) / std


@wrong("averages-over-units")
def wrong_axis(dz_norm, z, eps=1e-5):
    std = np.sqrt(z.var(0) + eps)
    z_norm = (z - z.mean(0)) / std
    return (dz_norm - dz_norm.mean(0) - z_norm * (dz_norm * z_norm).mean(0)) / std


@wrong("changed-arguments")
def reuses_z(dz_norm, z, eps=1e-5):
    std = np.sqrt(z.var(1, keepdims=True) + eps)
    z -= z.mean(1, keepdims=True)
    z /= std
    inner = dz_norm - dz_norm.mean(1, keepdims=True)
    return (inner - z * (dz_norm * z).mean(1, keepdims=True)) / std


@wrong("swaps-dz-and-z", "normalizes-the-gradient", None)
def arguments_swapped(dz_norm, z, eps=1e-5):
    return closed_form(z, dz_norm, eps)


def _parts(z, eps):
    mu = z.mean(axis=1, keepdims=True)
    std = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    return std, (z - mu) / std


@right
def jacobian_per_row(dz_norm, z, eps=1e-5):
    n, m = z.shape
    dz = np.zeros((n, m))
    for i in range(n):
        s = np.sqrt(z[i].var() + eps)
        h = (z[i] - z[i].mean()) / s
        jacobian = (np.eye(m) - 1 / m - np.outer(h, h) / m) / s
        dz[i] = jacobian.T @ dz_norm[i]
    return dz


@right
def einsum(dz_norm, z, eps=1e-5):
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
def centre_last(dz_norm, z, eps=1e-5):
    # the gradient through the division first, then through the centring
    centred = z - z.mean(1, keepdims=True)
    v = (centred**2).mean(1, keepdims=True) + eps
    d_centred = dz_norm / v**0.5 - centred * (dz_norm * centred).mean(1, keepdims=True) / v**1.5
    return d_centred - d_centred.mean(1, keepdims=True)


@wrong("takes-the-mean-as-a-constant")
def no_mean_term(dz_norm, z, eps=1e-5):
    """Forgets the term through the mean."""
    std, h = _parts(z, eps)
    return (dz_norm - h * (dz_norm * h).mean(axis=1, keepdims=True)) / std


@wrong("adds-the-road-through-the-variance")
def sign(dz_norm, z, eps=1e-5):
    """Adds the variance term instead of subtracting it."""
    std, h = _parts(z, eps)
    return (
        dz_norm
        - dz_norm.mean(axis=1, keepdims=True)
        + h * (dz_norm * h).mean(axis=1, keepdims=True)
    ) / std


@wrong("divides-by-the-variance")
def divides_by_variance(dz_norm, z, eps=1e-5):
    """Divides by the variance instead of the standard deviation."""
    std, h = _parts(z, eps)
    return (
        dz_norm - dz_norm.mean(1, keepdims=True) - h * (dz_norm * h).mean(1, keepdims=True)
    ) / std**2


@wrong("multiplies-by-the-deviation")
def multiplies(dz_norm, z, eps=1e-5):
    """Multiplies by the standard deviation instead of dividing."""
    std, h = _parts(z, eps)
    return (
        dz_norm - dz_norm.mean(1, keepdims=True) - h * (dz_norm * h).mean(1, keepdims=True)
    ) * std


@wrong("hard-coded-eps")
def hard_coded_eps(dz_norm, z, eps=1e-5):
    """Hard-codes eps as 1e-5."""
    std, h = _parts(z, 1e-5)
    return (
        dz_norm - dz_norm.mean(1, keepdims=True) - h * (dz_norm * h).mean(1, keepdims=True)
    ) / std


@wrong("uses-z-for-z-norm")
def z_not_z_norm(dz_norm, z, eps=1e-5):
    """Uses z where z_norm is due in the variance term."""
    std, h = _parts(z, eps)  # noqa: RUF059
    return (
        dz_norm - dz_norm.mean(1, keepdims=True) - z * (dz_norm * z).mean(1, keepdims=True)
    ) / std


@wrong("loses-the-half-of-the-root")
def missing_half(dz_norm, z, eps=1e-5):
    """Forgets the factor one half in the derivative of the square root."""
    std, h = _parts(z, eps)
    return (
        dz_norm - dz_norm.mean(1, keepdims=True) - 2 * h * (dz_norm * h).mean(1, keepdims=True)
    ) / std


@wrong("divides-everything-by-m", "wrong-factor")
def extra_m(dz_norm, z, eps=1e-5):
    """Divides the whole gradient by m once too often."""
    std, h = _parts(z, eps)
    out = (
        dz_norm - dz_norm.mean(1, keepdims=True) - h * (dz_norm * h).mean(1, keepdims=True)
    ) / std
    return out / z.shape[1]


@wrong("changed-arguments")
def in_place(dz_norm, z, eps=1e-5):
    """Gets the values right but scribbles over dz_norm."""
    std, h = _parts(z, eps)
    projection = (dz_norm * h).mean(1, keepdims=True)
    dz_norm -= dz_norm.mean(1, keepdims=True)
    dz_norm -= h * projection
    return dz_norm / std


@wrong("takes-both-statistics-as-constants+leaves-out-eps")
def constants_no_eps(dz_norm, z, eps=1e-5):
    """Two slips: mu and var as constants, and eps forgotten."""
    return dz_norm / z.std(axis=1, keepdims=True)


@wrong("raised-ValueError")
def flat_raises(dz_norm, z, eps=1e-5):
    """Forgets keepdims: raises, or broadcasts wrongly when n = m."""
    std = np.sqrt(z.var(axis=1) + eps)
    h = (z - z.mean(axis=1)) / std
    return (dz_norm - dz_norm.mean(axis=1) - h * (dz_norm * h).mean(axis=1)) / std


def _four_parts(z, eps):
    mu, var = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
    std = np.sqrt(var + eps)
    return mu, var, std, (z - mu) / std


@wrong("forgets-to-divide-the-mean-by-m")
def sum_in_first(dz_norm, z, eps=1e-5):
    _mu, _var, std, zn = _four_parts(z, eps)
    return (
        dz_norm
        - dz_norm.sum(axis=1, keepdims=True)
        - zn * (dz_norm * zn).mean(axis=1, keepdims=True)
    ) / std


@wrong("forgets-to-divide-the-variance-by-m")
def sum_in_second(dz_norm, z, eps=1e-5):
    _mu, _var, std, zn = _four_parts(z, eps)
    return (
        dz_norm
        - dz_norm.mean(axis=1, keepdims=True)
        - zn * (dz_norm * zn).sum(axis=1, keepdims=True)
    ) / std


@wrong("forgets-to-divide-by-m")
def staged_without_m(dz_norm, z, eps=1e-5):
    mu, var, std, _zn = _four_parts(z, eps)
    dvar = np.sum(dz_norm * (z - mu) * -0.5 * (var + eps) ** -1.5, axis=1, keepdims=True)
    dmu = np.sum(-dz_norm / std, axis=1, keepdims=True)
    return dz_norm / std + dvar * 2 * (z - mu) + dmu


@wrong("forgets-to-divide-the-variance-by-m")
def staged_dvar_without_m(dz_norm, z, eps=1e-5):
    mu, var, std, _zn = _four_parts(z, eps)
    m = z.shape[1]
    dvar = np.sum(dz_norm * (z - mu) * -0.5 * (var + eps) ** -1.5, axis=1, keepdims=True)
    dmu = np.sum(-dz_norm / std, axis=1, keepdims=True)
    return dz_norm / std + dvar * 2 * (z - mu) + dmu / m


@wrong("forgets-to-divide-the-mean-by-m")
def staged_dmu_without_m(dz_norm, z, eps=1e-5):
    mu, var, std, _zn = _four_parts(z, eps)
    m = z.shape[1]
    dvar = np.sum(dz_norm * (z - mu) * -0.5 * (var + eps) ** -1.5, axis=1, keepdims=True)
    dmu = np.sum(-dz_norm / std, axis=1, keepdims=True)
    return dz_norm / std + dvar * 2 * (z - mu) / m + dmu


@wrong("divides-everything-by-m")
def all_by_m_std(dz_norm, z, eps=1e-5):
    _mu, _var, std, zn = _four_parts(z, eps)
    m = z.shape[1]
    return (
        dz_norm
        - dz_norm.mean(axis=1, keepdims=True)
        - zn * (dz_norm * zn).mean(axis=1, keepdims=True)
    ) / (m * std)


@wrong("forgets-the-m-before-the-gradient")
def m_forgotten_in_kratzert(dz_norm, z, eps=1e-5):
    _mu, _var, std, zn = _four_parts(z, eps)
    m = z.shape[1]
    return (
        1
        / (m * std)
        * (
            dz_norm
            - dz_norm.sum(axis=1, keepdims=True)
            - zn * (dz_norm * zn).sum(axis=1, keepdims=True)
        )
    )


@wrong("projects-by-the-length-of-z-norm")
def z_norm_without_eps(dz_norm, z, eps=1e-5):
    c = z - z.mean(axis=1, keepdims=True)
    var = np.mean(c**2, axis=1, keepdims=True)
    z_norm = c / np.sqrt(np.where(var == 0, 1, var))
    g = dz_norm - dz_norm.mean(axis=1, keepdims=True)
    return (g - z_norm * np.mean(dz_norm * z_norm, axis=1, keepdims=True)) / np.sqrt(var + eps)


@wrong("leaves-the-mean-in-z-norm")
def z_norm_not_centred(dz_norm, z, eps=1e-5):
    std = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = z / std
    g = dz_norm - dz_norm.mean(axis=1, keepdims=True)
    return (g - z_norm * np.mean(dz_norm * z_norm, axis=1, keepdims=True)) / std


@wrong("keeps-the-road-through-var-alone")
def writes_over_the_first_road(dz_norm, z, eps=1e-5):
    m = z.shape[1]
    centred = z - z.mean(axis=1, keepdims=True)
    std = np.sqrt((centred**2).mean(axis=1, keepdims=True) + eps)
    dcentred = dz_norm / std
    dstd = -(dz_norm * centred).sum(axis=1, keepdims=True) / std**2
    dcentred = dstd * centred / (m * std)
    return dcentred - dcentred.mean(axis=1, keepdims=True)


@wrong("keeps-the-diagonal-alone")
def the_diagonal_of_the_derivative(dz_norm, z, eps=1e-5):
    std = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    zn = (z - z.mean(axis=1, keepdims=True)) / std
    return (1 - 1 / z.shape[1] - zn**2 / z.shape[1]) * dz_norm / std


@wrong("divides-by-a-deviation-without-eps")
def plain_std_at_the_end(dz_norm, z, eps=1e-5):
    mu, s = z.mean(axis=1)[:, None], z.std(axis=1)[:, None]
    h = (z - mu) / (s * s + eps) ** 0.5
    return (dz_norm - dz_norm.mean(axis=1)[:, None] - h * np.mean(dz_norm * h, 1)[:, None]) / s


@wrong("averages-products-with-z")
def raw_z_in_the_inner_product(dz_norm, z, eps=1e-5):
    std = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - z.mean(axis=1, keepdims=True)) / std
    along = (dz_norm * z).mean(axis=1, keepdims=True)
    return (dz_norm - dz_norm.mean(axis=1, keepdims=True) - z_norm * along) / std


@wrong("multiplies-the-mean-of-products-by-z")
def raw_z_beside_the_inner_product(dz_norm, z, eps=1e-5):
    std = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - z.mean(axis=1, keepdims=True)) / std
    along = (dz_norm * z_norm).mean(axis=1, keepdims=True)
    return (dz_norm - dz_norm.mean(axis=1, keepdims=True) - z * along) / std


@wrong("forgets-one-division-by-the-root")
def power_of_minus_one(dz_norm, z, eps=1e-5):
    m, mu = z.shape[1], z.mean(axis=1, keepdims=True)
    v = z.var(axis=1, keepdims=True) + eps
    dvar = np.sum(dz_norm * (z - mu), axis=1, keepdims=True) * -0.5 * v**-1.0
    dmu = -np.sum(dz_norm, axis=1, keepdims=True) * v**-0.5
    return dz_norm * v**-0.5 + dvar * 2 * (z - mu) / m + dmu / m


@wrong("does-not-sum-through-var")
def dvar_of_every_entry(dz_norm, z, eps=1e-5):
    m = z.shape[1]
    centred = z - z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True) + eps
    dvar = dz_norm * centred * -0.5 * var**-1.5
    dmu = -np.sum(dz_norm, axis=1, keepdims=True) / np.sqrt(var)
    return dz_norm / np.sqrt(var) + dvar * 2 * centred / m + dmu / m


@wrong("does-not-sum-through-var")
def product_without_a_mean(dz_norm, z, eps=1e-5):
    std, h = _parts(z, eps)
    return (dz_norm - dz_norm.mean(axis=1, keepdims=True) - h**2 * dz_norm) / std


@wrong("divides-some-parts-only")
def no_brackets(dz_norm, z, eps=1e-5):
    std, h = _parts(z, eps)
    mean, along = (np.mean(a, axis=1, keepdims=True) for a in (dz_norm, dz_norm * h))
    return dz_norm - mean - h * along / std


@wrong("divides-some-parts-only")
def divided_too_early(dz_norm, z, eps=1e-5):
    std, h = _parts(z, eps)
    dz = dz_norm / std
    dz = dz - dz_norm.mean(axis=1, keepdims=True)
    return dz - h * np.mean(dz_norm * h, axis=1, keepdims=True)


@wrong("divides-some-parts-only")
def dmu_without_the_root(dz_norm, z, eps=1e-5):
    m, c = z.shape[1], z - z.mean(axis=1, keepdims=True)
    v = z.var(axis=1, keepdims=True) + eps
    dvar = np.sum(dz_norm * c, axis=1, keepdims=True) * -0.5 * v**-1.5
    dmu = -np.sum(dz_norm, axis=1, keepdims=True)
    return dz_norm / np.sqrt(v) + dvar * 2 * c / m + dmu / m


@wrong("keeps-the-last-share")
def dvar_written_over(dz_norm, z, eps=1e-5):
    n, m = z.shape
    c, v = z - z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True) + eps
    dvar, dmu = np.zeros((n, 1)), np.zeros((n, 1))
    for i in range(n):
        for k in range(m):
            dvar[i] = dz_norm[i, k] * c[i, k] * -0.5 * v[i] ** -1.5
            dmu[i] -= dz_norm[i, k] / np.sqrt(v[i])
    return dz_norm / np.sqrt(v) + dvar * 2 * c / m + dmu / m


@wrong("keeps-the-last-share")
def dmu_written_over(dz_norm, z, eps=1e-5):
    std, h = _parts(z, eps)
    dcentred = (dz_norm - h * (dz_norm * h).mean(axis=1, keepdims=True)) / std
    for k in range(z.shape[1]):
        dmu = -dz_norm[:, k : k + 1] / std
    return dcentred + dmu / z.shape[1]


@wrong("keeps-the-last-share")
def both_written_over(dz_norm, z, eps=1e-5):
    n, m = z.shape
    c, v = z - z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True) + eps
    dvar, dmu = np.zeros((n, 1)), np.zeros((n, 1))
    for i in range(n):
        for k in range(m):
            dvar[i] = dz_norm[i, k] * c[i, k] * -0.5 * v[i] ** -1.5
            dmu[i] = -dz_norm[i, k] / np.sqrt(v[i])
    return dz_norm / np.sqrt(v) + dvar * 2 * c / m + dmu / m


@wrong("averages-a-part-over-the-units")
def means_of_the_columns_through_mu(dz_norm, z, eps=1e-5):
    mu = z.mean(axis=1, keepdims=True)
    std = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - mu) / std
    dz = dz_norm - dz_norm.mean(axis=0)
    dz = dz - z_norm * (dz_norm * z_norm).mean(axis=1, keepdims=True)
    return dz / std


@wrong("averages-a-part-over-the-units")
def both_means_of_columns(dz_norm, z, eps=1e-5):
    std = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - z.mean(axis=1, keepdims=True)) / std
    g1, g2 = dz_norm.mean(axis=0), (dz_norm * z_norm).mean(axis=0)
    return (dz_norm - g1 - z_norm * g2) / std


@wrong("multiplies-some-parts-by-the-deviation")
def times_std_on_the_direct_way(dz_norm, z, eps=1e-5):
    m = z.shape[1]
    c = z - z.mean(axis=1, keepdims=True)
    s = np.sqrt((c * c).mean(axis=1, keepdims=True) + eps)
    ds = -(dz_norm * c).sum(axis=1, keepdims=True) / s**2
    dc = dz_norm * s + ds * c / (m * s)
    return dc - dc.mean(axis=1, keepdims=True)


@wrong("multiplies-some-parts-by-the-deviation")
def times_std_for_mu_alone(dz_norm, z, eps=1e-5):
    m = z.shape[1]
    c = z - z.mean(axis=1, keepdims=True)
    var = np.mean(c**2, axis=1, keepdims=True)
    dmu = -dz_norm.sum(axis=1, keepdims=True) * np.sqrt(var + eps)
    dvar = np.sum(dz_norm * c, axis=1, keepdims=True) * -0.5 * (var + eps) ** -1.5
    return dz_norm / np.sqrt(var + eps) + dmu / m + dvar * 2 * c / m


@wrong("leaves-out-the-m-below")
def m_times_and_two_sums(dz_norm, z, eps=1e-5):
    n, m = z.shape
    mu = np.mean(z, axis=1).reshape(n, 1)
    inv = 1 / np.sqrt(np.var(z, axis=1).reshape(n, 1) + eps)
    zn = (z - mu) * inv
    s1 = np.sum(dz_norm, axis=1).reshape(n, 1)
    s2 = np.sum(dz_norm * zn, axis=1).reshape(n, 1)
    return inv * (m * dz_norm - s1 - zn * s2)


@wrong("multiplies-two-means")
def two_means(dz_norm, z, eps=1e-5):
    std = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - z.mean(axis=1, keepdims=True)) / std

    def mean(a):
        return a.mean(axis=1, keepdims=True)

    return (dz_norm - mean(dz_norm) - z_norm * mean(dz_norm) * mean(z_norm**2)) / std


@wrong("loses-the-two-of-the-square")
def half_of_the_way_back(dz_norm, z, eps=1e-5):
    m = z.shape[1]
    mu = z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    dvar = np.sum(dz_norm * (z - mu), axis=1, keepdims=True) * -0.5 * (var + eps) ** -1.5
    dmu = np.sum(-dz_norm / np.sqrt(var + eps), axis=1, keepdims=True)
    return dz_norm / np.sqrt(var + eps) + dvar * (z - mu) / m + dmu / m
