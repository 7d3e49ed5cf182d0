"""Answers to `fold_batch_norm`."""

import numpy as np
from legal import eps, signed, sizes, variances

from answers import right, wrong


def anything(rng, dtype):
    """Any sizes, everything of both signs."""
    n, n_in = sizes(rng, 1, 1)
    gamma, beta, mean = (signed(rng, n, 1) for _ in range(3))
    arrays = signed(rng, n, n_in), gamma, beta, mean * 5, variances(rng, n, 1)
    return *(a.astype(dtype) for a in arrays), *eps(rng)


@right
def in_two_lines(w, gamma, beta, mean, var, eps=1e-5):
    std = np.sqrt(var + eps)
    return gamma * w / std, beta - gamma * mean / std


@right
def with_a_diagonal_matrix(w, gamma, beta, mean, var, eps=1e-5):
    scale = np.diagflat(gamma / np.sqrt(var + eps))
    return scale @ w, beta - scale @ mean


@right
def row_by_row(w, gamma, beta, mean, var, eps=1e-5):
    w_folded, b_folded = np.zeros(w.shape), np.zeros((len(w), 1))
    for i in range(len(w)):
        k = gamma[i, 0] / (var[i, 0] + eps) ** 0.5
        w_folded[i] = k * w[i]
        b_folded[i, 0] = beta[i, 0] - k * mean[i, 0]
    return [w_folded, b_folded]


@right
def bias_from_an_input_of_zero(w, gamma, beta, mean, var, eps=1e-5):
    def through(z):
        return gamma * (z - mean) / np.sqrt(var + eps) + beta

    b = through(np.zeros((len(w), 1)))
    return through(w) - b, b


@right
def by_einsum(w, gamma, beta, mean, var, eps=1e-5):
    k = (gamma * (var + eps) ** -0.5).ravel()
    return np.einsum("i,ij->ij", k, w), beta - k[:, None] * mean


@right
def mean_negated_first(w, gamma, beta, mean, var, eps=1e-5):
    k = gamma / np.sqrt(var + eps)
    return np.multiply(w, k), -mean * k + beta


@wrong("forgets-the-mean")
def beta_as_bias(w, gamma, beta, mean, var, eps=1e-5):
    return gamma / np.sqrt(var + eps) * w, beta


@wrong("does-not-scale-the-mean")
def mean_unscaled(w, gamma, beta, mean, var, eps=1e-5):
    return gamma / np.sqrt(var + eps) * w, beta - mean


@wrong("divides-by-the-variance")
def no_root(w, gamma, beta, mean, var, eps=1e-5):
    scale = gamma / (var + eps)
    return scale * w, beta - scale * mean


@wrong("leaves-out-eps+forgets-beta")
def two_at_once(w, gamma, beta, mean, var, eps=1e-5):
    scale = gamma / np.sqrt(var)
    return scale * w, -scale * mean


@wrong("swapped-results")
def bias_first(w, gamma, beta, mean, var, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    return beta - scale * mean, scale * w


@wrong("changed-arguments")
def in_place(w, gamma, beta, mean, var, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    w *= scale
    return w, beta - scale * mean


@wrong("hard-coded-eps")
def own_eps(w, gamma, beta, mean, var, eps=1e-5):
    scale = gamma / np.sqrt(var + 1e-5)
    return scale * w, beta - scale * mean


@wrong("flat-shape")
def flat_bias(w, gamma, beta, mean, var, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    return scale * w, (beta - scale * mean).ravel()


@wrong("scales-the-columns", "raised-ValueError", None)
def columns(w, gamma, beta, mean, var, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    return w * scale.T, beta - scale * mean


@right
def probe_the_layer(w, gamma, beta, mean, var, eps=1e-5):
    def layer(x):
        return gamma * (w @ x - mean) / np.sqrt(var + eps) + beta

    n_in = w.shape[1]
    b_folded = layer(np.zeros((n_in, 1)))
    w_folded = layer(np.eye(n_in)) - b_folded
    return w_folded, b_folded


@wrong("adds-the-mean")
def bias_sign(w, gamma, beta, mean, var, eps=1e-5):
    """The mean's part of the bias has the wrong sign."""
    scale = gamma / np.sqrt(var + eps)
    return scale * w, beta + scale * mean


@wrong("leaves-gamma-out-of-the-bias")
def gamma_forgotten_in_bias(w, gamma, beta, mean, var, eps=1e-5):
    """gamma is forgotten in the bias."""
    std = np.sqrt(var + eps)
    return gamma / std * w, beta - mean / std


@wrong("leaves-gamma-out-of-the-weights")
def gamma_forgotten_in_w(w, gamma, beta, mean, var, eps=1e-5):
    """gamma is forgotten in the weights."""
    std = np.sqrt(var + eps)
    return w / std, beta - gamma * mean / std


@wrong("leaves-out-eps")
def no_eps(w, gamma, beta, mean, var, eps=1e-5):
    """eps is forgotten."""
    scale = gamma / np.sqrt(var)
    return scale * w, beta - scale * mean


@wrong("adds-eps-outside-the-root")
def eps_outside(w, gamma, beta, mean, var, eps=1e-5):
    """eps is added outside the square root."""
    scale = gamma / (np.sqrt(var) + eps)
    return scale * w, beta - scale * mean


@wrong("forgets-eps-in-the-bias")
def eps_only_in_w(w, gamma, beta, mean, var, eps=1e-5):
    """eps is forgotten in the bias only."""
    return gamma / np.sqrt(var + eps) * w, beta - gamma * mean / np.sqrt(var)


@wrong("wrong-number-of-results")
def only_weights(w, gamma, beta, mean, var, eps=1e-5):
    """Returns the weights only."""
    return gamma / np.sqrt(var + eps) * w


@wrong("multiplies-the-mean-by-w")
def b_multiplies_w(w, gamma, beta, mean, var, eps=1e-5):
    """The bias subtracts w times the mean, a shape error for most layers."""
    scale = gamma / np.sqrt(var + eps)
    return scale * w, beta - scale * (w @ mean)


@wrong("flat-shape+adds-the-mean")
def sign_and_flat(w, gamma, beta, mean, var, eps=1e-5):
    """Two slips: the bias's sign, and its flat shape."""
    scale = gamma / np.sqrt(var + eps)
    return scale * w, np.squeeze(beta + scale * mean, axis=1)


@wrong("takes-a-diagonal-of-a-column")
def a_diagonal_of_a_column(w, gamma, beta, mean, var, eps=1e-5):
    s = np.diag(gamma / np.sqrt(var + eps))
    return s * w, beta - s * mean


@wrong("divides-beta-too")
def beta_inside_the_brackets(w, gamma, beta, mean, var, eps=1e-5):
    std = np.sqrt(var + eps)
    return w * (gamma / std), (beta - gamma * mean) / std


@wrong("uses-the-weights-own-statistics")
def standardized_rows(w, gamma, beta, mean, var, eps=1e-5):
    mu, s2 = np.mean(w, 1)[:, None], np.var(w, 1)[:, None]
    return gamma * (w - mu) * (s2 + eps) ** -0.5, beta.copy()


@wrong("takes-the-mean-from-the-weights")
def mean_off_the_weights(w, gamma, beta, mean, var, eps=1e-5):
    z = w - mean
    return z * (gamma / np.sqrt(var + eps)), beta * 1.0


@wrong("takes-the-mean-from-the-weights")
def mean_off_both(w, gamma, beta, mean, var, eps=1e-5):
    s = gamma / np.sqrt(var + eps)
    return s * w - s * mean, beta - s * mean


@wrong("divides-the-weights-by-the-variance")
def root_in_the_bias_only(w, gamma, beta, mean, var, eps=1e-5):
    bias = beta - gamma * mean * (var + eps) ** -0.5
    return w / (var + eps) * gamma, bias


@wrong("multiplies-by-the-deviation")
def with_the_root_above(w, gamma, beta, mean, var, eps=1e-5):
    root = (var + eps) ** (1 / 2)
    return np.diagflat(gamma * root) @ w, beta - root * gamma * mean


@wrong("drops-gammas-sign")
def root_of_gamma_squared(w, gamma, beta, mean, var, eps=1e-5):
    scale = np.sqrt(gamma**2 / (var + eps))
    return scale * w, beta - scale * mean


@wrong("exchanges-mean-and-beta")
def two_names_exchanged(w, gamma, beta, mean, var, eps=1e-5):
    s = gamma / np.sqrt(var + eps)
    return s * w, mean - s * beta


@wrong("normalizes-beta")
def one_divisor_for_all(w, gamma, beta, mean, var, eps=1e-5):
    std = np.sqrt(var + eps)
    return w * gamma / std, (beta - mean) / std


@wrong("divides-the-bias-by-the-variance")
def root_in_the_weights_only(w, gamma, beta, mean, var, eps=1e-5):
    return gamma * w / np.sqrt(var + eps), beta - gamma * mean / (var + eps)


@wrong("takes-the-weights-mean-into-the-bias")
def the_mean_of_a_row_too(w, gamma, beta, mean, var, eps=1e-5):
    s = gamma / np.sqrt(var + eps)
    return s * w, beta - s * (mean + w.mean(axis=1, keepdims=True))


@wrong("scales-the-mean-twice")
def a_mean_that_is_scaled_already(w, gamma, beta, mean, var, eps=1e-5):
    s = gamma / np.sqrt(var + eps)
    mean_folded = s * mean
    return s * w, beta - s * mean_folded


@wrong("scales-the-weights-twice")
def weights_that_are_scaled_already(w, gamma, beta, mean, var, eps=1e-5):
    s = gamma / np.sqrt(var + eps)
    w = w * s
    return s * w, beta - s * mean


@wrong("takes-a-diagonal-of-a-column")
def the_first_units_scale_for_w(w, gamma, beta, mean, var, eps=1e-5):
    scale = np.diag(gamma / np.sqrt(var + eps))
    return w * scale, beta - mean * gamma / np.sqrt(var + eps)


@wrong("turns-the-scale-over")
def unfolds(w, gamma, beta, mean, var, eps=1e-5):
    k = np.sqrt(var + eps) / gamma
    return k * w, mean - k * beta
