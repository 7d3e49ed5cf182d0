"""Answers to `hidden_layer`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_plain(a_prev, w, gamma, beta, eps=1e-5):
    z = w @ a_prev
    mu = z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    z_norm = (z - mu) / np.sqrt(var + eps)
    return np.maximum(0, gamma * z_norm + beta)


@right
def correct_helpers(a_prev, w, gamma, beta, eps=1e-5):
    def relu(x):
        return np.where(x > 0, x, 0)

    def batch_norm(x):
        centred = x - np.mean(x, axis=1)[:, None]
        return gamma * centred / np.sqrt(np.mean(centred**2, axis=1)[:, None] + eps) + beta

    return relu(batch_norm(np.dot(w, a_prev)))


@right
def correct_einsum(a_prev, w, gamma, beta, eps=1e-5):
    z = np.einsum("oi,im->om", w, a_prev)
    m = z.shape[1]
    d = z - np.einsum("om->o", z)[:, None] / m
    var = np.einsum("om,om->o", d, d)[:, None] / m
    out = gamma * d / np.sqrt(var + eps) + beta
    return out * (out > 0)


@right
def correct_folded(a_prev, w, gamma, beta, eps=1e-5):
    z = np.matmul(w, a_prev)
    scale = gamma / np.sqrt(z.var(1, keepdims=True) + eps)
    shift = beta - scale * z.mean(1, keepdims=True)
    return np.clip(scale * z + shift, 0, None)


@right
def correct_abs_relu(a_prev, w, gamma, beta, eps=1e-5):
    z = w.dot(a_prev)
    mu = z.mean(1, keepdims=True)
    var = (z**2).mean(1, keepdims=True) - mu**2
    t = gamma * (z - mu) * (var + eps) ** -0.5 + beta
    return (t + np.abs(t)) / 2


@right
def correct_loops(a_prev, w, gamma, beta, eps=1e-5):
    n_out, m = w.shape[0], a_prev.shape[1]
    a = np.zeros((n_out, m))
    for unit in range(n_out):
        z = np.array([np.sum(w[unit] * a_prev[:, j]) for j in range(m)])
        mean, variance = np.mean(z), np.var(z)
        for j in range(m):
            value = gamma[unit, 0] * (z[j] - mean) / np.sqrt(variance + eps) + beta[unit, 0]
            a[unit, j] = max(0, value)
    return a


@right
def correct_mask(a_prev, w, gamma, beta, eps=1e-5):
    z = w @ a_prev
    a = gamma * (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + eps) + beta
    a[a < 0] = 0
    return a


def _bn(z, gamma, beta, eps):
    z_norm = (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z.var(axis=1, keepdims=True) + eps)
    return gamma * z_norm + beta


@wrong("leaves-out-relu")
def wrong_no_relu(a_prev, w, gamma, beta, eps=1e-5):
    """Forgets the ReLU."""
    return _bn(w @ a_prev, gamma, beta, eps)


@wrong("applies-relu-before-batch-norm")
def wrong_relu_first(a_prev, w, gamma, beta, eps=1e-5):
    """Applies ReLU before batch norm instead of after."""
    return _bn(np.maximum(0, w @ a_prev), gamma, beta, eps)


@wrong("applies-relu-before-the-shift")
def wrong_relu_before_affine(a_prev, w, gamma, beta, eps=1e-5):
    """Applies ReLU to z_norm, before gamma and beta."""
    z = w @ a_prev
    z_norm = (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + eps)
    return gamma * np.maximum(0, z_norm) + beta


@wrong("normalizes-the-input")
def wrong_normalizes_input(a_prev, w, gamma, beta, eps=1e-5):
    """Normalizes a_prev instead of z, then multiplies by w."""
    a = (a_prev - a_prev.mean(1, keepdims=True)) / np.sqrt(a_prev.var(1, keepdims=True) + eps)
    return np.maximum(0, gamma * (w @ a) + beta)


@wrong("leaves-out-gamma+leaves-out-beta")
def wrong_no_affine(a_prev, w, gamma, beta, eps=1e-5):
    """Forgets gamma and beta."""
    z = w @ a_prev
    return np.maximum(0, (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + eps))


@wrong("adds-beta-before-normalizing")
def wrong_beta_is_bias(a_prev, w, gamma, beta, eps=1e-5):
    """Adds beta to z before the normalization, like a bias, where it cancels."""
    z = w @ a_prev + beta
    z_norm = (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + eps)
    return np.maximum(0, gamma * z_norm)


@wrong("averages-over-units")
def wrong_axis(a_prev, w, gamma, beta, eps=1e-5):
    """Normalizes over the units (axis 0)."""
    z = w @ a_prev
    return np.maximum(0, gamma * (z - z.mean(0)) / np.sqrt(z.var(0) + eps) + beta)


@wrong("adds-eps-outside-the-root")
def wrong_eps_outside(a_prev, w, gamma, beta, eps=1e-5):
    """Adds eps outside the square root."""
    z = w @ a_prev
    z_norm = (z - z.mean(1, keepdims=True)) / (z.std(1, keepdims=True) + eps)
    return np.maximum(0, gamma * z_norm + beta)


@wrong("hard-coded-eps")
def wrong_hard_coded_eps(a_prev, w, gamma, beta, eps=1e-5):
    """Calls its helper with 1e-5 instead of passing eps on."""
    return np.maximum(0, _bn(w @ a_prev, gamma, beta, 1e-5))


@wrong("takes-the-largest-unit")
def wrong_np_max(a_prev, w, gamma, beta, eps=1e-5):
    """Uses np.max(out, 0), the maximum along axis 0, for ReLU."""
    return np.max(_bn(w @ a_prev, gamma, beta, eps), 0)


@wrong("keeps-the-negative-part")
def wrong_minimum(a_prev, w, gamma, beta, eps=1e-5):
    """Uses minimum instead of maximum for ReLU."""
    return np.minimum(0, _bn(w @ a_prev, gamma, beta, eps))


@wrong("uses-a-sigmoid")
def wrong_sigmoid(a_prev, w, gamma, beta, eps=1e-5):
    """Uses a sigmoid instead of ReLU."""
    return 1 / (1 + np.exp(-_bn(w @ a_prev, gamma, beta, eps)))


@wrong("takes-absolute-values")
def wrong_abs(a_prev, w, gamma, beta, eps=1e-5):
    """Takes the absolute value for ReLU."""
    return np.abs(_bn(w @ a_prev, gamma, beta, eps))


@wrong("scales-without-normalizing")
def wrong_no_batch_norm(a_prev, w, gamma, beta, eps=1e-5):
    """Scales and shifts z without normalizing it."""
    return np.maximum(0, gamma * (w @ a_prev) + beta)


@wrong("transposes-the-weights")
def wrong_transposed_w(a_prev, w, gamma, beta, eps=1e-5):
    """Uses w.T @ a_prev, which raises, or is wrong when w is square."""
    return np.maximum(0, _bn(w.T @ a_prev, gamma, beta, eps))


@wrong("divides-by-m-minus-one")
def wrong_ddof(a_prev, w, gamma, beta, eps=1e-5):
    """Uses the unbiased variance (ddof=1)."""
    z = w @ a_prev
    z_norm = (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True, ddof=1) + eps)
    return np.maximum(0, gamma * z_norm + beta)


@wrong("applies-relu-before-batch-norm+leaves-out-beta")
def wrong_relu_first_no_beta(a_prev, w, gamma, beta, eps=1e-5):
    """Two slips: ReLU before batch norm, and beta forgotten."""
    return _bn(np.maximum(0, w @ a_prev), gamma, 0, eps)


@wrong("wrong-type")
def wrong_tuple(a_prev, w, gamma, beta, eps=1e-5):
    """Returns (a, z) instead of only the activations."""
    z = w @ a_prev
    return np.maximum(0, _bn(z, gamma, beta, eps)), z


@wrong("raised-AttributeError")
def wrong_misspelt(a_prev, w, gamma, beta, eps=1e-5):
    """Calls the non-existent np.relu."""
    return np.relu(_bn(w @ a_prev, gamma, beta, eps))
