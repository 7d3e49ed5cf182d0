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
def folded(a_prev, w, gamma, beta, eps=1e-5):
    z = w @ a_prev
    scale = gamma / np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_tilde = scale * z + (beta - scale * z.mean(axis=1, keepdims=True))
    return (abs(z_tilde) + z_tilde) / 2


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
