"""Answers to `hidden_layer`."""

import numpy as np
from legal import eps, rows, signed, sizes

from answers import right, wrong
from bnlib import batch_norm


def anything(rng, dtype):
    """Any sizes, everything of both signs."""
    n_in, n_out, m = sizes(rng, 1, 1, 1)
    shapes = (n_out, n_in), (n_out, 1), (n_out, 1)
    arrays = rows(rng, n_in, m), *(signed(rng, *shape) for shape in shapes)
    return *(a.astype(dtype) for a in arrays), *eps(rng)


def _batch_norm(z, gamma, beta, eps):
    mu = z.mean(axis=1, keepdims=True)
    return gamma * (z - mu) / np.sqrt(z.var(axis=1, keepdims=True) + eps) + beta


@right
def step_by_step(a_prev, w, gamma, beta, eps=1e-5):
    z = np.dot(w, a_prev)
    mu = np.mean(z, axis=1, keepdims=True)
    var = np.var(z, axis=1, keepdims=True)
    z_norm = (z - mu) / np.sqrt(var + eps)
    z_tilde = gamma * z_norm + beta
    return np.maximum(0, z_tilde)


@right
def with_a_helper(a_prev, w, gamma, beta, eps=1e-5):
    z_tilde = _batch_norm(w @ a_prev, gamma, beta, eps)
    return z_tilde * (z_tilde > 0)


@right
def with_where(a_prev, w, gamma, beta, eps=1e-5):
    z_tilde = _batch_norm(np.matmul(w, a_prev), gamma, beta, eps)
    return np.where(z_tilde > 0, z_tilde, 0)


@right
def unit_by_unit(a_prev, w, gamma, beta, eps=1e-5):
    rows = []
    for i in range(w.shape[0]):
        z = w[i] @ a_prev
        z_norm = (z - z.mean()) / np.sqrt(z.var() + eps)
        rows.append([max(0.0, gamma[i, 0] * v + beta[i, 0]) for v in z_norm])
    return np.array(rows)


@right
def with_clip(a_prev, w, gamma, beta, eps=1e-5):
    return _batch_norm(np.einsum("oi,im->om", w, a_prev), gamma, beta, eps).clip(min=0)


@right
def with_a_mask(a_prev, w, gamma, beta, eps=1e-5):
    a = _batch_norm(w @ a_prev, gamma, beta, eps)
    a[a < 0] = 0
    return a


@wrong("leaves-out-relu")
def linear(a_prev, w, gamma, beta, eps=1e-5):
    return _batch_norm(w @ a_prev, gamma, beta, eps)


@wrong("applies-relu-before-batch-norm")
def relu_first(a_prev, w, gamma, beta, eps=1e-5):
    return _batch_norm(np.maximum(w @ a_prev, 0), gamma, beta, eps)


@wrong("leaves-out-batch-norm")
def plain(a_prev, w, gamma, beta, eps=1e-5):
    return np.maximum(w @ a_prev, 0)


@wrong("divides-by-the-variance")
def over_the_variance(a_prev, w, gamma, beta, eps=1e-5):
    z = w @ a_prev
    z = (z - z.mean(1, keepdims=True)) / (z.var(1, keepdims=True) + eps)
    return np.maximum(gamma * z + beta, 0)


@wrong("averages-over-units")
def wrong_axis(a_prev, w, gamma, beta, eps=1e-5):
    z = w @ a_prev
    z = (z - z.mean(0)) / np.sqrt(z.var(0) + eps)
    return np.maximum(gamma * z + beta, 0)


@wrong("averages-over-units+leaves-out-relu", "leaves-out-relu+averages-over-units")
def two_slips(a_prev, w, gamma, beta, eps=1e-5):
    z = w @ a_prev
    return gamma * (z - z.mean(0)) / np.sqrt(z.var(0) + eps) + beta


@wrong("hard-coded-eps")
def small_eps(a_prev, w, gamma, beta, eps=1e-5):
    return np.maximum(_batch_norm(w @ a_prev, gamma, beta, 1e-8), 0)


@wrong("transposes-the-weights", "raised-ValueError")
def turned(a_prev, w, gamma, beta, eps=1e-5):
    return np.maximum(_batch_norm(w.T @ a_prev, gamma, beta, eps), 0)


@wrong("raised-ValueError")
def the_other_product(a_prev, w, gamma, beta, eps=1e-5):
    return np.maximum(_batch_norm(a_prev @ w, gamma, beta, eps), 0)


@wrong("raised-ValueError", "raised-TypeError")
def pythons_max(a_prev, w, gamma, beta, eps=1e-5):
    return max(0, _batch_norm(w @ a_prev, gamma, beta, eps))


@wrong("raised-ValueError")
def takes_the_pair_for_an_array(a_prev, w, gamma, beta, eps=1e-5):
    return np.maximum(batch_norm(w @ a_prev, gamma, beta, eps), 0)


@wrong("returns-a-pair")
def the_pair_as_it_is(a_prev, w, gamma, beta, eps=1e-5):
    return batch_norm(w @ a_prev, gamma, beta, eps)


@wrong("uses-a-sigmoid")
def sigmoid(a_prev, w, gamma, beta, eps=1e-5):
    return 1 / (1 + np.exp(-_batch_norm(w @ a_prev, gamma, beta, eps)))


@wrong("swaps-gamma-and-beta")
def swapped(a_prev, w, gamma, beta, eps=1e-5):
    return np.maximum(_batch_norm(w @ a_prev, beta, gamma, eps), 0)


@wrong("raised-NameError")
def forgets_the_product(a_prev, w, gamma, beta, eps=1e-5):
    return np.maximum(_batch_norm(z, gamma, beta, eps), 0)  # noqa: F821


@wrong("changed-arguments")
def scales_gamma_in_place(a_prev, w, gamma, beta, eps=1e-5):
    z = w @ a_prev
    gamma /= np.sqrt(z.var(1, keepdims=True) + eps)
    return np.maximum(gamma * (z - z.mean(1, keepdims=True)) + beta, 0)


def _bn(z, gamma, beta, eps):
    z_norm = (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z.var(axis=1, keepdims=True) + eps)
    return gamma * z_norm + beta


@right
def helpers(a_prev, w, gamma, beta, eps=1e-5):
    def relu(x):
        return np.where(x > 0, x, 0)

    def batch_norm(x):
        centred = x - np.mean(x, axis=1)[:, None]
        return gamma * centred / np.sqrt(np.mean(centred**2, axis=1)[:, None] + eps) + beta

    return relu(batch_norm(np.dot(w, a_prev)))


@right
def einsum(a_prev, w, gamma, beta, eps=1e-5):
    z = np.einsum("oi,im->om", w, a_prev)
    m = z.shape[1]
    d = z - np.einsum("om->o", z)[:, None] / m
    var = np.einsum("om,om->o", d, d)[:, None] / m
    out = gamma * d / np.sqrt(var + eps) + beta
    return out * (out > 0)


@right
def abs_relu(a_prev, w, gamma, beta, eps=1e-5):
    z = w.dot(a_prev)
    mu = z.mean(1, keepdims=True)
    var = (z**2).mean(1, keepdims=True) - mu**2
    t = gamma * (z - mu) * (var + eps) ** -0.5 + beta
    return (t + np.abs(t)) / 2


@right
def loops(a_prev, w, gamma, beta, eps=1e-5):
    n_out, m = w.shape[0], a_prev.shape[1]
    a = np.zeros((n_out, m))
    for unit in range(n_out):
        z = np.array([np.sum(w[unit] * a_prev[:, j]) for j in range(m)])
        mean, variance = np.mean(z), np.var(z)
        for j in range(m):
            value = gamma[unit, 0] * (z[j] - mean) / np.sqrt(variance + eps) + beta[unit, 0]
            a[unit, j] = max(0, value)
    return a


@wrong("applies-relu-before-the-shift")
def relu_before_affine(a_prev, w, gamma, beta, eps=1e-5):
    """Applies ReLU to z_norm, before gamma and beta."""
    z = w @ a_prev
    z_norm = (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + eps)
    return gamma * np.maximum(0, z_norm) + beta


@wrong("normalizes-the-input")
def normalizes_input(a_prev, w, gamma, beta, eps=1e-5):
    """Normalizes a_prev instead of z, then multiplies by w."""
    a = (a_prev - a_prev.mean(1, keepdims=True)) / np.sqrt(a_prev.var(1, keepdims=True) + eps)
    return np.maximum(0, gamma * (w @ a) + beta)


@wrong("applies-relu-to-z-norm")
def no_affine(a_prev, w, gamma, beta, eps=1e-5):
    """Forgets gamma and beta."""
    z = w @ a_prev
    return np.maximum(0, (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + eps))


@wrong("adds-beta-before-normalizing", "leaves-out-beta")
def beta_is_bias(a_prev, w, gamma, beta, eps=1e-5):
    """Adds beta to z before the normalization, like a bias, where it cancels."""
    z = w @ a_prev + beta
    z_norm = (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + eps)
    return np.maximum(0, gamma * z_norm)


@wrong("adds-eps-outside-the-root")
def eps_outside(a_prev, w, gamma, beta, eps=1e-5):
    """Adds eps outside the square root."""
    z = w @ a_prev
    z_norm = (z - z.mean(1, keepdims=True)) / (z.std(1, keepdims=True) + eps)
    return np.maximum(0, gamma * z_norm + beta)


@wrong("takes-the-largest-unit")
def np_max(a_prev, w, gamma, beta, eps=1e-5):
    """Uses np.max(out, 0), the maximum along axis 0, for ReLU."""
    return np.max(_bn(w @ a_prev, gamma, beta, eps), 0)


@wrong("keeps-the-negative-part")
def minimum(a_prev, w, gamma, beta, eps=1e-5):
    """Uses minimum instead of maximum for ReLU."""
    return np.minimum(0, _bn(w @ a_prev, gamma, beta, eps))


@wrong("takes-absolute-values")
def wrong_abs(a_prev, w, gamma, beta, eps=1e-5):
    """Takes the absolute value for ReLU."""
    return np.abs(_bn(w @ a_prev, gamma, beta, eps))


@wrong("scales-without-normalizing")
def no_batch_norm(a_prev, w, gamma, beta, eps=1e-5):
    """Scales and shifts z without normalizing it."""
    return np.maximum(0, gamma * (w @ a_prev) + beta)


@wrong("divides-by-m-minus-one")
def wrong_ddof(a_prev, w, gamma, beta, eps=1e-5):
    """Uses the unbiased variance (ddof=1)."""
    z = w @ a_prev
    z_norm = (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True, ddof=1) + eps)
    return np.maximum(0, gamma * z_norm + beta)


@wrong("applies-relu-before-batch-norm+leaves-out-beta")
def relu_first_no_beta(a_prev, w, gamma, beta, eps=1e-5):
    """Two slips: ReLU before batch norm, and beta forgotten."""
    return _bn(np.maximum(0, w @ a_prev), gamma, 0, eps)


@wrong("wrong-type")
def wrong_tuple(a_prev, w, gamma, beta, eps=1e-5):
    """Returns (a, z) instead of only the activations."""
    z = w @ a_prev
    return np.maximum(0, _bn(z, gamma, beta, eps)), z


@wrong("raised-AttributeError")
def misspelt(a_prev, w, gamma, beta, eps=1e-5):
    """Calls the non-existent np.relu."""
    return np.relu(_bn(w @ a_prev, gamma, beta, eps))


def _four_parts(z, eps):
    mu, var = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
    std = np.sqrt(var + eps)
    return mu, var, std, (z - mu) / std


@wrong("multiplies-gamma-as-a-matrix")
def gamma_turned(a_prev, w, gamma, beta, eps=1e-5):
    z = w @ a_prev
    _mu, _var, _std, zn = _four_parts(z, eps)
    return np.maximum(gamma.T @ zn + beta, 0)


@wrong("cuts-by-another-number")
def cut_by_z(a_prev, w, gamma, beta, eps=1e-5):
    """Cuts where z, not z_tilde, is negative."""
    z = w @ a_prev
    mu = z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    z_tilde = gamma * (z - mu) / np.sqrt(var + eps) + beta
    return np.where(z > 0, z_tilde, 0)


@wrong("leaves-the-mean-in-the-variance")
def centred_twice(a_prev, w, gamma, beta, eps=1e-5):
    """The variance is computed from the already centred z minus mu again (mu subtracted twice)."""
    z = w @ a_prev
    mu = z.mean(axis=1, keepdims=True)
    z = z - mu
    var = np.mean((z - mu) ** 2, axis=1, keepdims=True)
    z_tilde = gamma * z / np.sqrt(var + eps) + beta
    return np.maximum(z_tilde, 0)


@wrong("adds-eps-outside-the-root+swaps-gamma-and-beta")
def two_names_and_eps(a_prev, w, gamma, beta, eps=1e-5):
    """gamma and beta swapped, and eps outside the root."""
    z = w @ a_prev
    z_norm = (z - z.mean(axis=1, keepdims=True)) / (z.std(axis=1, keepdims=True) + eps)
    z_tilde = beta * z_norm + gamma
    z_tilde[z_tilde < 0] = 0
    return z_tilde


@wrong("gives-all-the-first-units-pair")
def always_the_first_pair(a_prev, w, gamma, beta, eps=1e-5):
    z = w @ a_prev
    out = np.zeros(z.shape)
    for i, row in enumerate(z):
        z_norm = (row - row.mean()) / np.sqrt(row.var() + eps)
        out[i] = np.maximum(0, gamma[0] * z_norm + beta[0])
    return out


@wrong("holds-to-a-limit", None)
def relu_of_a_phone(a_prev, w, gamma, beta, eps=1e-5):
    z = w @ a_prev
    mu = z.mean(axis=1, keepdims=True)
    sigma = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    return np.clip(gamma * (z - mu) / sigma + beta, 0, 6)


@wrong("scales-beta-too")
def shifts_inside_the_brackets(a_prev, w, gamma, beta, eps=1e-5):
    z = w @ a_prev
    z = z - z.mean(axis=1, keepdims=True)
    return np.maximum(gamma * (z / np.sqrt(z.var(axis=1, keepdims=True) + eps) + beta), 0)


@wrong("forgets-to-divide-by-m+adds-eps-outside-the-root")
def by_the_length_of_the_row(a_prev, w, gamma, beta, eps=1e-5):
    z = w @ a_prev
    c = z - z.mean(axis=1, keepdims=True)
    return np.maximum(gamma * c / (np.sqrt((c**2).sum(axis=1, keepdims=True)) + eps) + beta, 0)


@wrong("gives-all-the-last-units-pair")
def one_round_after_another(a_prev, w, gamma, beta, eps=1e-5):
    _mu, _var, _std, zn = _four_parts(w @ a_prev, eps)
    for scale, shift in zip(gamma, beta):
        a = np.maximum(scale * zn + shift, 0)
    return a


@wrong("applies-relu-twice")
def cuts_before_and_after(a_prev, w, gamma, beta, eps=1e-5):
    z = (w @ a_prev).clip(0)
    return np.maximum(_bn(z, gamma, beta, eps), 0)


@wrong("halves-where-a-root-is-due")
def to_the_power_of_one_over_two(a_prev, w, gamma, beta, eps=1e-5):
    z = w @ a_prev
    mu, var = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
    return np.maximum(gamma * (z - mu) / (var + eps) ** 1 / 2 + beta, 0)


@wrong("cuts-by-another-number")
def zeroes_below_the_mean(a_prev, w, gamma, beta, eps=1e-5):
    z = w @ a_prev
    t = gamma * (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + eps) + beta
    return np.where(t > beta, t, 0)


@wrong("adds-up-the-inputs-variances")
def as_of_independent_inputs(a_prev, w, gamma, beta, eps=1e-5):
    mu = w @ a_prev.mean(axis=1, keepdims=True)
    var = w**2 @ a_prev.var(axis=1, keepdims=True)
    return np.maximum(gamma * (w @ a_prev - mu) / np.sqrt(var + eps) + beta, 0)


@wrong("adds-beta-after-relu")
def the_larger_of_it_and_beta(a_prev, w, gamma, beta, eps=1e-5):
    z = w @ a_prev
    t = gamma * (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + eps) + beta
    return np.maximum(t, beta)


@wrong("scales-what-is-normalized-after")
def gamma_in_the_weights(a_prev, w, gamma, beta, eps=1e-5):
    z = (gamma * w) @ a_prev
    mu = z.mean(axis=1, keepdims=True)
    return np.maximum(0, (z - mu) / np.sqrt(z.var(axis=1, keepdims=True) + eps) + beta)


@wrong("applies-relu-to-z-norm")
def z_tilde_is_not_used(a_prev, w, gamma, beta, eps=1e-5):
    z = w @ a_prev
    mu = np.mean(z, axis=1, keepdims=True)
    var = np.var(z, axis=1, keepdims=True)
    z_norm = (z - mu) / np.sqrt(var + eps)
    z_tilde = gamma * z_norm + beta  # noqa: F841
    a = np.maximum(z_norm, 0)
    return a
