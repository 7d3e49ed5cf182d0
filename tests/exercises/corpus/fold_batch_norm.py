"""Answers to `fold_batch_norm`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_plain(w, gamma, beta, mean, var, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    return scale * w, beta - scale * mean


@right
def correct_list(w, gamma, beta, mean, var, eps=1e-5):
    std = np.sqrt(var + eps)
    return [w * gamma / std, beta - gamma * mean / std]


@right
def correct_diagonal_matrix(w, gamma, beta, mean, var, eps=1e-5):
    s = np.diag((gamma / np.sqrt(var + eps)).ravel())
    return s @ w, beta - s @ mean


@right
def correct_loop(w, gamma, beta, mean, var, eps=1e-5):
    w_folded = w.astype(float)
    b_folded = beta.astype(float)
    for i in range(w.shape[0]):
        scale = gamma[i, 0] / np.sqrt(var[i, 0] + eps)
        w_folded[i, :] *= scale
        b_folded[i, 0] -= scale * mean[i, 0]
    return w_folded, b_folded


@right
def correct_einsum(w, gamma, beta, mean, var, eps=1e-5):
    scale = gamma * (var + eps) ** -0.5
    w_folded = np.einsum("ik,ij->ij", scale, w)
    return w_folded, beta - np.einsum("ik,ik->ik", scale, mean)


@right
def correct_probe_the_layer(w, gamma, beta, mean, var, eps=1e-5):
    def layer(x):
        return gamma * (w @ x - mean) / np.sqrt(var + eps) + beta

    n_in = w.shape[1]
    b_folded = layer(np.zeros((n_in, 1)))
    w_folded = layer(np.eye(n_in)) - b_folded
    return w_folded, b_folded


@wrong("forgets-the-mean")
def wrong_bias_is_beta(w, gamma, beta, mean, var, eps=1e-5):
    """The mean's part is missing from the bias."""
    scale = gamma / np.sqrt(var + eps)
    return scale * w, beta


@wrong("adds-the-mean")
def wrong_bias_sign(w, gamma, beta, mean, var, eps=1e-5):
    """The mean's part of the bias has the wrong sign."""
    scale = gamma / np.sqrt(var + eps)
    return scale * w, beta + scale * mean


@wrong("does-not-scale-the-mean")
def wrong_mean_unscaled(w, gamma, beta, mean, var, eps=1e-5):
    """The mean is subtracted without its scale."""
    return gamma / np.sqrt(var + eps) * w, beta - mean


@wrong("leaves-gamma-out-of-the-bias")
def wrong_gamma_forgotten_in_bias(w, gamma, beta, mean, var, eps=1e-5):
    """gamma is forgotten in the bias."""
    std = np.sqrt(var + eps)
    return gamma / std * w, beta - mean / std


@wrong("leaves-gamma-out-of-the-weights")
def wrong_gamma_forgotten_in_w(w, gamma, beta, mean, var, eps=1e-5):
    """gamma is forgotten in the weights."""
    std = np.sqrt(var + eps)
    return w / std, beta - gamma * mean / std


@wrong("scales-the-columns")
def wrong_columns_scaled(w, gamma, beta, mean, var, eps=1e-5):
    """The scale is applied to the columns of w instead of its rows."""
    scale = gamma / np.sqrt(var + eps)
    return w * scale.T, beta - scale * mean


@wrong("flat-shape")
def wrong_flat_bias(w, gamma, beta, mean, var, eps=1e-5):
    """The bias comes flat, of shape (n,)."""
    scale = gamma / np.sqrt(var + eps)
    return scale * w, (beta - scale * mean).ravel()


@wrong("swapped-results")
def wrong_swapped(w, gamma, beta, mean, var, eps=1e-5):
    """Returns the bias first."""
    scale = gamma / np.sqrt(var + eps)
    return beta - scale * mean, scale * w


@wrong("divides-by-the-variance")
def wrong_no_sqrt(w, gamma, beta, mean, var, eps=1e-5):
    """Divides by the variance, without the square root."""
    scale = gamma / (var + eps)
    return scale * w, beta - scale * mean


@wrong("leaves-out-eps")
def wrong_no_eps(w, gamma, beta, mean, var, eps=1e-5):
    """eps is forgotten."""
    scale = gamma / np.sqrt(var)
    return scale * w, beta - scale * mean


@wrong("adds-eps-outside-the-root")
def wrong_eps_outside(w, gamma, beta, mean, var, eps=1e-5):
    """eps is added outside the square root."""
    scale = gamma / (np.sqrt(var) + eps)
    return scale * w, beta - scale * mean


@wrong("forgets-eps-in-the-bias")
def wrong_eps_only_in_w(w, gamma, beta, mean, var, eps=1e-5):
    """eps is forgotten in the bias only."""
    return gamma / np.sqrt(var + eps) * w, beta - gamma * mean / np.sqrt(var)


@wrong("changed-arguments")
def wrong_in_place(w, gamma, beta, mean, var, eps=1e-5):
    """w *= scale changes the weights passed in."""
    scale = gamma / np.sqrt(var + eps)
    w *= scale
    return w, beta - scale * mean


@wrong("wrong-number-of-results")
def wrong_only_weights(w, gamma, beta, mean, var, eps=1e-5):
    """Returns the weights only."""
    return gamma / np.sqrt(var + eps) * w


@wrong("multiplies-the-mean-by-w")
def wrong_b_multiplies_w(w, gamma, beta, mean, var, eps=1e-5):
    """The bias subtracts w times the mean, a shape error for most layers."""
    scale = gamma / np.sqrt(var + eps)
    return scale * w, beta - scale * (w @ mean)


@wrong("flat-shape+adds-the-mean")
def wrong_sign_and_flat(w, gamma, beta, mean, var, eps=1e-5):
    """Two slips: the bias's sign, and its flat shape."""
    scale = gamma / np.sqrt(var + eps)
    return scale * w, np.squeeze(beta + scale * mean, axis=1)
