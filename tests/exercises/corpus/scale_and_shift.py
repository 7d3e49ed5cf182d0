"""Answers to `scale_and_shift`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_plain(z_norm, gamma, beta):
    return gamma * z_norm + beta


@right
def correct_diag(z_norm, gamma, beta):
    return np.diag(gamma[:, 0]) @ z_norm + beta


@right
def correct_loops(z_norm, gamma, beta):
    n, m = z_norm.shape
    result = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            result[i, j] = gamma[i, 0] * z_norm[i, j] + beta[i, 0]
    return result


@right
def correct_einsum(z_norm, gamma, beta):
    return np.einsum("ik,ij->ij", gamma, z_norm) + beta


@right
def correct_functions(z_norm, gamma, beta):
    return np.add(np.multiply(z_norm, gamma), beta)


@right
def correct_row_stack(z_norm, gamma, beta):
    rows = []
    for row, g, b in zip(z_norm, gamma.ravel(), beta.ravel()):
        rows.append(g * row + b)
    return np.vstack(rows)


@right
def correct_transposed(z_norm, gamma, beta):
    return (z_norm.T * gamma.reshape(-1) + beta.reshape(-1)).T


@wrong("swaps-gamma-and-beta")
def wrong_swapped(z_norm, gamma, beta):
    """Swaps the roles of gamma and beta."""
    return beta * z_norm + gamma


@wrong("subtracts-beta")
def wrong_sign(z_norm, gamma, beta):
    """Subtracts beta instead of adding it."""
    return gamma * z_norm - beta


@wrong("shifts-before-scaling")
def wrong_brackets(z_norm, gamma, beta):
    """Shifts before scaling: gamma * (z_norm + beta)."""
    return gamma * (z_norm + beta)


@wrong("only-scales")
def wrong_no_beta(z_norm, gamma, beta):
    """Forgets beta."""
    return gamma * z_norm


@wrong("only-shifts")
def wrong_no_gamma(z_norm, gamma, beta):
    """Forgets gamma."""
    return z_norm + beta


@wrong("multiplies-as-matrices")
def wrong_matrix_product(z_norm, gamma, beta):
    """Uses the matrix product gamma.T @ z_norm, which mixes the units."""
    return gamma.T @ z_norm + beta


@wrong("divides-by-gamma")
def wrong_divides(z_norm, gamma, beta):
    """Divides by gamma instead of multiplying."""
    return z_norm / gamma + beta


@wrong("normalizes-again")
def wrong_normalizes_again(z_norm, gamma, beta):
    """Normalizes z_norm a second time before scaling."""
    mu = z_norm.mean(axis=1, keepdims=True)
    var = z_norm.var(axis=1, keepdims=True)
    return gamma * (z_norm - mu) / np.sqrt(var + 1e-5) + beta


@wrong("changed-arguments")
def wrong_in_place(z_norm, gamma, beta):
    """Multiplies z_norm in place, which changes the argument."""
    z_norm *= gamma
    z_norm += beta
    return z_norm


@wrong("lines-gamma-up-with-the-examples")
def wrong_flat_parameters(z_norm, gamma, beta):
    """Flattens gamma and beta, which raises, or scales the columns when n = m."""
    return z_norm * gamma.flatten() + beta.flatten()


@wrong("raised-ValueError")
def wrong_transposed_beta(z_norm, gamma, beta):
    """Transposes beta, which raises, or shifts the columns when n = m."""
    return gamma * z_norm + beta.T


@wrong("nothing-returned")
def wrong_no_return(z_norm, gamma, beta):
    """Stores the result in a variable and does not return it."""
    z_tilde = gamma * z_norm + beta  # noqa: F841


@wrong("uses-the-first-units-parameters")
def wrong_first_unit(z_norm, gamma, beta):
    """Uses the first unit's gamma and beta for every unit."""
    return gamma[0] * z_norm + beta[0]


@wrong("subtracts-beta+swaps-gamma-and-beta")
def wrong_swapped_and_sign(z_norm, gamma, beta):
    """Two slips: gamma and beta swapped, and a minus."""
    return beta * z_norm - gamma


@wrong("raised-NameError")
def wrong_misspelt(z_norm, gamma, beta):
    """Uses the undefined name znorm."""
    return gamma * znorm + beta  # noqa: F821
