"""Answers to `identity_parameters`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_plain(z, eps=1e-5):
    gamma = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    beta = z.mean(axis=1, keepdims=True)
    return gamma, beta


@right
def correct_list(z, eps=1e-5):
    return [(np.std(z, 1, keepdims=True) ** 2 + eps) ** 0.5, np.mean(z, 1, keepdims=True)]


@right
def correct_formula(z, eps=1e-5):
    m = z.shape[1]
    beta = np.sum(z, axis=1)[:, None] / m
    gamma = np.sqrt(np.sum((z - beta) ** 2, axis=1)[:, None] / m + eps)
    return gamma, beta


@right
def correct_helper(z, eps=1e-5):
    def statistics(a):
        mean = a.mean(1, keepdims=True)
        return mean, (a * a).mean(1, keepdims=True) - mean * mean

    mean, variance = statistics(z)
    return (np.sqrt(variance + eps), mean)


@right
def correct_loop(z, eps=1e-5):
    n, m = z.shape  # noqa: RUF059
    gamma, beta = np.zeros((n, 1)), np.zeros((n, 1))
    for unit in range(n):
        beta[unit] = np.mean(z[unit])
        gamma[unit] = np.sqrt(np.var(z[unit]) + eps)
    return gamma, beta


@right
def correct_einsum(z, eps=1e-5):
    m = z.shape[1]
    mu = np.einsum("ij->i", z).reshape(-1, 1) / m
    d = z - mu
    return np.sqrt(np.einsum("ij,ij->i", d, d).reshape(-1, 1) / m + eps), mu


@right
def correct_hypot(z, eps=1e-5):
    return np.hypot(z.std(axis=1, keepdims=True), np.sqrt(eps)), z.mean(axis=1, keepdims=True)


@wrong("leaves-out-eps")
def wrong_no_eps(z, eps=1e-5):
    """Forgets eps: gamma is the plain standard deviation."""
    return z.std(axis=1, keepdims=True), z.mean(axis=1, keepdims=True)


@wrong("adds-eps-outside-the-root")
def wrong_eps_outside(z, eps=1e-5):
    """Adds eps outside the square root."""
    return z.std(axis=1, keepdims=True) + eps, z.mean(axis=1, keepdims=True)


@wrong("gives-the-variance")
def wrong_variance(z, eps=1e-5):
    """Returns the variance plus eps without the square root."""
    return z.var(axis=1, keepdims=True) + eps, z.mean(axis=1, keepdims=True)


@wrong("swapped-results")
def wrong_swapped(z, eps=1e-5):
    """Returns (beta, gamma) in the wrong order."""
    gamma = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    beta = z.mean(axis=1, keepdims=True)
    return beta, gamma


@wrong("leaves-gamma-at-one+leaves-beta-at-zero")
def wrong_ones_zeros(z, eps=1e-5):
    """Returns gamma = 1 and beta = 0, which give z_norm back, not z."""
    n = z.shape[0]
    return np.ones((n, 1)), np.zeros((n, 1))


@wrong("gives-the-inverse")
def wrong_inverse(z, eps=1e-5):
    """Returns one over the standard deviation for gamma."""
    return 1 / np.sqrt(z.var(axis=1, keepdims=True) + eps), z.mean(axis=1, keepdims=True)


@wrong("negates-the-mean")
def wrong_beta_sign(z, eps=1e-5):
    """Returns minus the mean for beta."""
    return np.sqrt(z.var(axis=1, keepdims=True) + eps), -z.mean(axis=1, keepdims=True)


@wrong("divides-the-mean-by-the-root")
def wrong_beta_scaled(z, eps=1e-5):
    """Divides the mean by the standard deviation for beta."""
    gamma = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    return gamma, z.mean(axis=1, keepdims=True) / gamma


@wrong("averages-over-units")
def wrong_axis(z, eps=1e-5):
    """Takes the statistics over the units (axis 0)."""
    return np.sqrt(z.var(axis=0, keepdims=True) + eps), z.mean(axis=0, keepdims=True)


@wrong("flat-shape")
def wrong_flat(z, eps=1e-5):
    """Returns flat (n,) arrays."""
    return np.sqrt(z.var(axis=1) + eps), z.mean(axis=1)


@wrong("divides-by-m-minus-one")
def wrong_ddof(z, eps=1e-5):
    """Uses the unbiased variance (ddof=1)."""
    return np.sqrt(z.var(axis=1, ddof=1, keepdims=True) + eps), z.mean(axis=1, keepdims=True)


@wrong("hard-coded-eps")
def wrong_hard_coded_eps(z, eps=1e-5):
    """Hard-codes eps as 1e-5."""
    return np.sqrt(z.var(axis=1, keepdims=True) + 1e-5), z.mean(axis=1, keepdims=True)


@wrong("swapped-results+leaves-out-eps")
def wrong_swapped_no_eps(z, eps=1e-5):
    """Two slips: results swapped, and eps forgotten."""
    return z.mean(axis=1, keepdims=True), z.std(axis=1, keepdims=True)


@wrong("printed-not-returned")
def wrong_printed(z, eps=1e-5):
    """Prints the parameters and returns nothing."""
    print(np.sqrt(z.var(axis=1, keepdims=True) + eps), z.mean(axis=1, keepdims=True))


@wrong("wrong-number-of-results")
def wrong_only_gamma(z, eps=1e-5):
    """Returns gamma alone."""
    return np.sqrt(z.var(axis=1, keepdims=True) + eps)


@wrong("gives-z-back")
def wrong_returns_z(z, eps=1e-5):
    """Returns the reconstructed activations in place of the parameters."""
    gamma = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    beta = z.mean(axis=1, keepdims=True)
    return gamma * (z - beta) / gamma + beta


@wrong("raised-AttributeError")
def wrong_misspelt(z, eps=1e-5):
    """Calls the non-existent method z.average."""
    return np.sqrt(z.var(axis=1, keepdims=True) + eps), z.average(axis=1, keepdims=True)
