"""Answers to `fold_into_next_layer`."""

import numpy as np
from legal import eps, signed, sizes, variances

from answers import right, wrong


def anything(rng, dtype):
    """Any sizes; variances that are now and then 0, with an eps that carries them."""
    n_out, n = sizes(rng, 1, 1)
    var = variances(rng, n, 1) + 0.01
    parts = signed(rng, n, 1), signed(rng, n, 1), signed(rng, n, 1), var
    parts = *parts, signed(rng, n_out, n), signed(rng, n_out, 1)
    return *(part.astype(dtype) for part in parts), *eps(rng)


@right
def multiplied_out(gamma, beta, mean, var, w, b, eps=1e-5):
    std = np.sqrt(var + eps)
    return w * (gamma / std).reshape(1, -1), b + w @ beta - w @ (gamma * mean / std)


@right
def with_a_diagonal_matrix(gamma, beta, mean, var, w, b, eps=1e-5):
    s = np.diag((gamma / np.sqrt(var + eps))[:, 0])
    w_folded = w @ s
    return w_folded, b + w @ beta - w_folded @ mean


@right
def with_loops(gamma, beta, mean, var, w, b, eps=1e-5):
    w_folded, b_folded = np.array(w), np.array(b)
    for j in range(w.shape[1]):
        s = gamma[j, 0] / (var[j, 0] + eps) ** 0.5
        for i in range(w.shape[0]):
            w_folded[i, j] = w[i, j] * s
            b_folded[i, 0] += w[i, j] * (beta[j, 0] - s * mean[j, 0])
    return w_folded, b_folded


@right
def by_trying_it(gamma, beta, mean, var, w, b, eps=1e-5):
    def both(a):
        return w @ (gamma * (a - mean) / np.sqrt(var + eps) + beta) + b

    b_folded = both(np.zeros_like(mean))
    return both(np.eye(len(mean), dtype=w.dtype)) - b_folded, b_folded


@right
def by_einsum(gamma, beta, mean, var, w, b, eps=1e-5):
    scale = (gamma / np.sqrt(var + eps)).ravel()
    shift = beta.ravel() - scale * mean.ravel()
    return np.einsum("ij,j->ij", w, scale), np.einsum("ij,j->i", w, shift)[:, None] + b


@wrong("scales-the-rows", "folds-backwards", None)
def rows(gamma, beta, mean, var, w, b, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    return scale * w, w @ (beta - scale * mean) + b


@wrong("folds-backwards", None)
def as_before(gamma, beta, mean, var, w, b, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    return w * scale, beta + scale * (b - mean)


@wrong("forgets-the-old-bias")
def no_b(gamma, beta, mean, var, w, b, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    return w * scale.T, w @ (beta - scale * mean)


@wrong("forgets-beta")
def no_beta(gamma, beta, mean, var, w, b, eps=1e-5):
    w_folded = w * (gamma / np.sqrt(var + eps)).T
    return w_folded, b - w_folded @ mean


@wrong("forgets-the-mean")
def no_mean(gamma, beta, mean, var, w, b, eps=1e-5):
    return w * (gamma / np.sqrt(var + eps)).T, w @ beta + b


@wrong("adds-beta-behind-w", None)
def beta_last(gamma, beta, mean, var, w, b, eps=1e-5):
    w_folded = w * (gamma / np.sqrt(var + eps)).T
    return w_folded, b - w_folded @ mean + beta


@wrong("scales-beta-too")
def with_folded_weights(gamma, beta, mean, var, w, b, eps=1e-5):
    w_folded = w * (gamma / np.sqrt(var + eps)).T
    return w_folded, w_folded @ (beta - mean) + b


@wrong("scales-the-shift-twice")
def folded_shift(gamma, beta, mean, var, w, b, eps=1e-5):
    s = gamma / np.sqrt(var + eps)
    w_folded = w * s.T
    return w_folded, w_folded @ (beta - s * mean) + b


@wrong("divides-by-the-variance")
def no_root(gamma, beta, mean, var, w, b, eps=1e-5):
    s = gamma / (var + eps)
    return w * s.T, w @ (beta - s * mean) + b


@wrong("leaves-out-eps")
def no_eps(gamma, beta, mean, var, w, b, eps=1e-5):
    s = gamma / np.sqrt(var)
    return w * s.T, w @ (beta - s * mean) + b


@wrong("adds-eps-outside-the-root")
def eps_outside(gamma, beta, mean, var, w, b, eps=1e-5):
    s = gamma / (np.sqrt(var) + eps)
    return w * s.T, w @ (beta - s * mean) + b


@wrong("does-not-scale-the-mean")
def plain_mean(gamma, beta, mean, var, w, b, eps=1e-5):
    s = gamma / np.sqrt(var + eps)
    return w * s.T, w @ (beta - mean) + b


@wrong("hard-coded-eps")
def fixed_eps(gamma, beta, mean, var, w, b, eps=1e-5):
    s = gamma / np.sqrt(var + 1e-5)
    return w * s.T, w @ (beta - s * mean) + b


@wrong("flat-shape", "wrong-shape")
def flat_bias(gamma, beta, mean, var, w, b, eps=1e-5):
    s = gamma / np.sqrt(var + eps)
    return w * s.T, (w @ (beta - s * mean) + b)[:, 0]


@wrong("changed-arguments")
def in_place(gamma, beta, mean, var, w, b, eps=1e-5):
    s = gamma / np.sqrt(var + eps)
    shift = w @ (beta - s * mean) + b
    w *= s.T
    return w, shift


@wrong("adds-the-shifts-up")
def sums_the_shift(gamma, beta, mean, var, w, b, eps=1e-5):
    s = gamma / np.sqrt(var + eps)
    return w * s.T, np.sum(beta - s * mean) + b


@wrong("adds-a-flat-sum")
def loses_the_axis_of_the_bias(gamma, beta, mean, var, w, b, eps=1e-5):
    s = gamma / np.sqrt(var + eps)
    shift = (beta - s * mean).T
    return w * s.T, np.sum(w * shift, axis=1) + b


@wrong("divides-the-weights-by-the-variance")
def root_in_the_bias_only(gamma, beta, mean, var, w, b, eps=1e-5):
    shift = beta - gamma * mean * (var + eps) ** -0.5
    return w * (gamma / (eps + var)).ravel(), w.dot(shift) + b


@wrong("adds-the-last-units-shift-only")
def outside_the_loop(gamma, beta, mean, var, w, b, eps=1e-5):
    new = w * 0
    for i in range(len(gamma)):
        factor = gamma[i] / np.sqrt(var[i] + eps)
        new[:, i] = w[:, i] * factor
    return new, b + w[:, [i]] * (beta[i] - factor * mean[i])


@wrong("multiplies-beta-by-gamma")
def gamma_before_the_bracket(gamma, beta, mean, var, w, b, eps=1e-5):
    std = np.sqrt(var + eps)
    return w * (gamma / std).ravel(), b + w @ (gamma * (beta - mean / std))


@wrong("averages-over-the-units")
def the_mean_of_the_products(gamma, beta, mean, var, w, b, eps=1e-5):
    s = (gamma / np.sqrt(var + eps)).ravel()
    return w * s, b + np.average(w * (beta.ravel() - s * mean.ravel()), axis=1)[:, None]


@wrong("forgets-eps-in-the-weights")
def eps_in_the_bias_alone(gamma, beta, mean, var, w, b, eps=1e-5):
    shift = beta - gamma * mean / np.sqrt(var + eps)
    return w * np.transpose(gamma / var**0.5), np.dot(w, shift) + b


@wrong("forgets-eps-in-the-bias")
def eps_in_the_weights_alone(gamma, beta, mean, var, w, b, eps=1e-5):
    shift = beta - gamma * mean / np.sqrt(var)
    return w / np.sqrt(var + eps).T * gamma.T, np.dot(w, shift) + b


@wrong("drops-gammas-sign")
def size_of_gamma_alone(gamma, beta, mean, var, w, b, eps=1e-5):
    scale = np.abs(gamma) / np.sqrt(var + eps)
    return w * scale.T, w @ (beta - scale * mean) + b


@wrong("folds-the-bias-backwards")
def bias_of_the_other_exercise(gamma, beta, mean, var, w, b, eps=1e-5):
    std = np.sqrt(var + eps)
    return w * (gamma / std).T, gamma * (b - mean) / std + beta


@wrong("takes-the-mean-from-the-outputs")
def beta_alone_through_w(gamma, beta, mean, var, w, b, eps=1e-5):
    std = np.sqrt(var + eps)
    return w * (gamma / std).T, w @ beta + b - gamma * mean / std


@wrong("adds-the-shift-to-the-weights")
def shift_in_the_weights(gamma, beta, mean, var, w, b, eps=1e-5):
    scale = (gamma / np.sqrt(var + eps)).T
    return w * scale + beta.T - scale * mean.T, b * 1.0


@wrong("adds-the-plain-sum-of-beta")
def a_sum_without_weights(gamma, beta, mean, var, w, b, eps=1e-5):
    w_folded = w * (gamma / np.sqrt(var + eps)).T
    return w_folded, b - w_folded @ mean + np.sum(beta)


@wrong("sends-the-old-bias-through-w")
def the_old_bias_in_the_brackets(gamma, beta, mean, var, w, b, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    shift = beta[:, 0] - scale[:, 0] * mean[:, 0]
    b_folded = [row @ (shift + own) for row, own in zip(w, b)]
    return w * scale[:, 0], np.array(b_folded).reshape(-1, 1)


@wrong("takes-a-diagonal-of-a-column")
def the_first_units_scale_for_all(gamma, beta, mean, var, w, b, eps=1e-5):
    scale = np.diag(gamma / np.sqrt(var + eps))
    return scale * w, b + w @ (beta - scale * mean)


@wrong("scales-the-mean-twice")
def folded_weights_on_a_scaled_mean(gamma, beta, mean, var, w, b, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    w_folded = w * scale.T
    return w_folded, w @ beta - w_folded @ (scale * mean) + b


@wrong("turns-the-scale-over")
def the_deviation_above(gamma, beta, mean, var, w, b, eps=1e-5):
    scale = np.sqrt(var + eps) / gamma
    return w * scale.T, b + w @ (beta - scale * mean)


@wrong("scales-the-rows")
def rows_where_the_shapes_allow(gamma, beta, mean, var, w, b, eps=1e-5):
    s = gamma / np.sqrt(var + eps)
    shift = w @ (beta - s * mean) + b
    if s.shape[0] == w.shape[0]:
        return s * w, shift
    return w * s.T, shift


@wrong("adds-a-flat-sum")
def a_sum_without_its_axis(gamma, beta, mean, var, w, b, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    shift = beta - scale * mean
    return w * scale.T, b + np.sum(w * shift.T, axis=1)
