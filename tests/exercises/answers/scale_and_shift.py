"""Answers to `scale_and_shift`."""

import numpy as np
from legal import signed, sizes

from answers import right, wrong


def anything(rng, dtype):
    """Any n and m, everything of both signs."""
    n, m = sizes(rng, 1, 1)
    return tuple(signed(rng, *shape).astype(dtype) for shape in ((n, m), (n, 1), (n, 1)))


@right
def as_written(z_norm, gamma, beta):
    return z_norm * gamma + beta


@right
def by_a_diagonal_matrix(z_norm, gamma, beta):
    return np.diag(gamma.ravel()) @ z_norm + beta


@right
def entry_by_entry(z_norm, gamma, beta):
    out = np.empty_like(z_norm)
    for i in range(z_norm.shape[0]):
        for j in range(z_norm.shape[1]):
            out[i, j] = gamma[i, 0] * z_norm[i, j] + beta[i, 0]
    return out


@right
def with_flat_parameters(z_norm, gamma, beta):
    return (z_norm.T * gamma.ravel() + beta.ravel()).T


@right
def with_einsum(z_norm, gamma, beta):
    return np.einsum("i,ij->ij", gamma[:, 0], z_norm) + np.tile(beta, (1, z_norm.shape[1]))


@right
def by_named_functions(z_norm, gamma, beta):
    return np.add(np.multiply(gamma, z_norm), beta)


@wrong("swaps-gamma-and-beta")
def the_other_way(z_norm, gamma, beta):
    return z_norm * beta + gamma


@wrong("shifts-before-scaling")
def with_brackets(z_norm, gamma, beta):
    return gamma * (z_norm + beta)


@wrong("only-scales")
def no_beta(z_norm, gamma, beta):
    return gamma * z_norm


@wrong("changed-arguments")
def in_place(z_norm, gamma, beta):
    z_norm *= gamma
    z_norm += beta
    return z_norm


@wrong("multiplies-as-matrices")
def matrix_product(z_norm, gamma, beta):
    return gamma @ z_norm + beta


@wrong("raised-ValueError")
def one_gamma(z_norm, gamma, beta):
    return gamma.item() * z_norm + beta


@wrong("raised-ValueError", "lines-gamma-up-with-the-examples")
def flat(z_norm, gamma, beta):
    return gamma.ravel() * z_norm + beta.ravel()


@wrong("divides-by-gamma")
def division(z_norm, gamma, beta):
    return z_norm / gamma + beta


@wrong("undoes-it")
def the_inverse(z_norm, gamma, beta):
    return (z_norm - beta) / gamma


@wrong("normalizes-again")
def once_more(z_norm, gamma, beta):
    z = (z_norm - np.mean(z_norm, 1, keepdims=True)) / np.std(z_norm, 1, keepdims=True)
    return z * gamma + beta


@right
def diag(z_norm, gamma, beta):
    return np.diag(gamma[:, 0]) @ z_norm + beta


@right
def einsum(z_norm, gamma, beta):
    return np.einsum("ik,ij->ij", gamma, z_norm) + beta


@right
def row_stack(z_norm, gamma, beta):
    rows = []
    for row, g, b in zip(z_norm, gamma.ravel(), beta.ravel()):
        rows.append(g * row + b)
    return np.vstack(rows)


@right
def transposed(z_norm, gamma, beta):
    return (z_norm.T * gamma.reshape(-1) + beta.reshape(-1)).T


@wrong("subtracts-beta")
def sign(z_norm, gamma, beta):
    """Subtracts beta instead of adding it."""
    return gamma * z_norm - beta


@wrong("only-shifts")
def no_gamma(z_norm, gamma, beta):
    """Forgets gamma."""
    return z_norm + beta


@wrong("raised-ValueError")
def transposed_beta(z_norm, gamma, beta):
    """Transposes beta, which raises, or shifts the columns when n = m."""
    return gamma * z_norm + beta.T


@wrong("nothing-returned")
def no_return(z_norm, gamma, beta):
    """Stores the result in a variable and does not return it."""
    z_tilde = gamma * z_norm + beta  # noqa: F841


@wrong("uses-the-first-units-parameters")
def first_unit(z_norm, gamma, beta):
    """Uses the first unit's gamma and beta for every unit."""
    return gamma[0] * z_norm + beta[0]


@wrong("subtracts-beta+swaps-gamma-and-beta")
def swapped_and_sign(z_norm, gamma, beta):
    """Two slips: gamma and beta swapped, and a minus."""
    return beta * z_norm - gamma


@wrong("raised-NameError")
def misspelt(z_norm, gamma, beta):
    """Uses the undefined name znorm."""
    return gamma * znorm + beta  # noqa: F821


@wrong("takes-the-root-of-gamma")
def root_of_gamma_as_it_is(z_norm, gamma, beta):
    return np.sqrt(gamma) * z_norm + beta


@wrong("normalizes-again")
def normalized_again_with_eps(z_norm, gamma, beta):
    """Normalizes z_norm once more, so it does not scale what it was given."""
    z = z_norm - z_norm.mean(axis=1, keepdims=True)
    z = z / np.sqrt(z.var(axis=1, keepdims=True) + 1e-5)
    return gamma * z + beta


@right
def as_one_matrix(z_norm, gamma, beta):
    m = z_norm.shape[1]
    return np.hstack([np.diagflat(gamma), beta]) @ np.vstack([z_norm, np.ones((1, m))])


@wrong("takes-the-units-from-the-back")
def pops_from_the_end(z_norm, gamma, beta):
    scales, shifts = list(gamma), list(beta)
    return np.array([scales.pop() * row + shifts.pop() for row in z_norm])


@wrong("uses-the-first-units-gamma")
def gamma_of_the_first_row(z_norm, gamma, beta):
    return np.array([gamma[0] * row + beta[unit] for unit, row in enumerate(z_norm)])


@wrong("uses-the-last-units-parameters", "overwrites-in-the-loop")
def the_last_round_counts(z_norm, gamma, beta):
    for scale, shift in zip(gamma, beta):
        z_tilde = scale * z_norm + shift
    return z_tilde


@wrong("lines-gamma-up-with-the-examples")
def column_by_column(z_norm, gamma, beta):
    z_tilde = np.empty_like(z_norm)
    for i in range(z_norm.shape[1]):
        z_tilde[:, i] = z_norm[:, i] * gamma[i, 0] + beta[i, 0]
    return z_tilde


@wrong("normalizes-again")
def once_more_with_a_small_number(z_norm, gamma, beta):
    mu = z_norm.mean(axis=1, keepdims=True)
    std = z_norm.std(axis=1, keepdims=True)
    return gamma * ((z_norm - mu) / (std + 1e-8)) + beta


@wrong("takes-the-root-of-gamma")
def as_a_variance_with_its_sign(z_norm, gamma, beta):
    return np.sign(gamma) * np.sqrt(np.abs(gamma)) * z_norm + beta


@wrong("carries-over-from-unit-to-unit")
def beta_collects(z_norm, gamma, beta):
    rows, shift = [], 0
    for i in range(len(z_norm)):
        shift = shift + beta[i]
        rows.append(gamma[i] * z_norm[i] + shift)
    return np.array(rows)


@wrong("multiplies-as-matrices")
def gamma_in_every_column(z_norm, gamma, beta):
    n = len(gamma)
    return (gamma @ np.ones((1, n), gamma.dtype)) @ z_norm + beta
