"""Answers to `batch_norm_inference`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_plain(z, gamma, beta, mean, var, eps=1e-5):
    return gamma * (z - mean) / np.sqrt(var + eps) + beta


@right
def correct_scale_shift_form(z, gamma, beta, mean, var, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    return scale * z + (beta - scale * mean)


@right
def correct_two_steps(z, gamma, beta, mean, var, eps=1e-5):
    standard_deviation = (var + eps) ** 0.5
    z_norm = (z - mean) / standard_deviation
    z_tilde = gamma * z_norm + beta
    return z_tilde


@right
def correct_loops(z, gamma, beta, mean, var, eps=1e-5):
    n, m = z.shape
    out = np.empty((n, m), dtype=float)
    for i in range(n):
        for j in range(m):
            z_norm = (z[i, j] - mean[i, 0]) / np.sqrt(var[i, 0] + eps)
            out[i, j] = gamma[i, 0] * z_norm + beta[i, 0]
    return out


@right
def correct_helper_functions(z, gamma, beta, mean, var, eps=1e-5):
    def normalize(x):
        return (x - mean) * np.power(var + eps, -0.5)

    def scale_and_shift(x):
        return np.multiply(gamma, x) + beta

    return scale_and_shift(normalize(z))


@right
def correct_einsum(z, gamma, beta, mean, var, eps=1e-5):
    scale = (gamma / np.sqrt(var + eps))[:, 0]
    return np.einsum("i,ij->ij", scale, z - mean) + beta


@right
def correct_transposed(z, gamma, beta, mean, var, eps=1e-5):
    z_norm = (z.T - mean[:, 0]) / np.sqrt(var[:, 0] + eps)
    return (z_norm * gamma[:, 0] + beta[:, 0]).T


@wrong("uses-the-batch-statistics")
def wrong_batch_statistics(z, gamma, beta, mean, var, eps=1e-5):
    """Uses the batch's own mean and variance."""
    mu = z.mean(axis=1, keepdims=True)
    v = z.var(axis=1, keepdims=True)
    return gamma * (z - mu) / np.sqrt(v + eps) + beta


@wrong("divides-by-the-variance")
def wrong_no_sqrt(z, gamma, beta, mean, var, eps=1e-5):
    """Divides by the variance instead of the standard deviation."""
    return gamma * (z - mean) / (var + eps) + beta


@wrong("adds-eps-outside-the-root")
def wrong_eps_outside(z, gamma, beta, mean, var, eps=1e-5):
    """eps is added outside the square root."""
    return gamma * (z - mean) / (np.sqrt(var) + eps) + beta


@wrong("leaves-out-eps")
def wrong_no_eps(z, gamma, beta, mean, var, eps=1e-5):
    """eps is forgotten."""
    return gamma * (z - mean) / np.sqrt(var) + beta


@wrong("hard-coded-eps")
def wrong_eps_hard_coded(z, gamma, beta, mean, var, eps=1e-5):
    """eps is hard-coded to 1e-5."""
    return gamma * (z - mean) / np.sqrt(var + 1e-5) + beta


@wrong("forgets-beta")
def wrong_no_beta(z, gamma, beta, mean, var, eps=1e-5):
    """beta is forgotten."""
    return gamma * (z - mean) / np.sqrt(var + eps)


@wrong("stops-after-normalizing")
def wrong_no_scale_shift(z, gamma, beta, mean, var, eps=1e-5):
    """Returns z_norm, without gamma and beta."""
    return (z - mean) / np.sqrt(var + eps)


@wrong("exchanges-gamma-and-beta")
def wrong_gamma_beta_exchanged(z, gamma, beta, mean, var, eps=1e-5):
    """gamma and beta are exchanged."""
    return beta * (z - mean) / np.sqrt(var + eps) + gamma


@wrong("does-not-centre")
def wrong_mean_forgotten(z, gamma, beta, mean, var, eps=1e-5):
    """The mean is not subtracted."""
    return gamma * z / np.sqrt(var + eps) + beta


@wrong("uses-the-batch-mean")
def wrong_batch_mean_only(z, gamma, beta, mean, var, eps=1e-5):
    """Centres with the batch's mean but scales with the given variance."""
    return gamma * (z - z.mean(axis=1, keepdims=True)) / np.sqrt(var + eps) + beta


@wrong("changed-arguments")
def wrong_in_place(z, gamma, beta, mean, var, eps=1e-5):
    """The augmented assignments change the z passed in."""
    z -= mean
    z /= np.sqrt(var + eps)
    return gamma * z + beta


@wrong("loses-the-brackets")
def wrong_parentheses(z, gamma, beta, mean, var, eps=1e-5):
    """A parenthesis is missing, so only the mean is divided."""
    return gamma * (z - mean / np.sqrt(var + eps)) + beta


@wrong("multiplies-by-the-deviation")
def wrong_multiplied(z, gamma, beta, mean, var, eps=1e-5):
    """Multiplies by the standard deviation instead of dividing."""
    return gamma * (z - mean) * np.sqrt(var + eps) + beta


@wrong("printed-not-returned")
def wrong_printed(z, gamma, beta, mean, var, eps=1e-5):
    """The result is printed, not returned."""
    print(gamma * (z - mean) / np.sqrt(var + eps) + beta)


@wrong("uses-the-batch-statistics+leaves-out-eps")
def wrong_batch_and_no_eps(z, gamma, beta, mean, var, eps=1e-5):
    """Two slips: the batch's own statistics, and eps forgotten."""
    mu = z.mean(axis=1, keepdims=True)
    return gamma * (z - mu) / z.std(axis=1, keepdims=True) + beta


@wrong("scales-the-shift-too")
def wrong_shift_inside(z, gamma, beta, mean, var, eps=1e-5):
    """gamma multiplies beta as well."""
    return gamma * ((z - mean) / np.sqrt(var + eps) + beta)
