"""Answers to `condition_number`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_eigvalsh(x):
    m = x.shape[1]
    lam = np.linalg.eigvalsh(x @ x.T / m)
    return lam[-1] / lam[0]


@right
def correct_svd(x):
    s = np.linalg.svd(x, compute_uv=False)
    return float((s[0] / s[-1]) ** 2)


@right
def correct_cond(x):
    return np.linalg.cond(x @ x.T / x.shape[1])


@right
def correct_general_eig(x):
    n, m = x.shape  # noqa: RUF059
    values, vectors = np.linalg.eig(np.dot(x, x.T) / m)  # noqa: RUF059
    values = np.real(values)
    return float(max(values) / min(values))


@right
def correct_einsum(x):
    second_moment = np.einsum("ik,jk->ij", x, x) / x.shape[1]
    eigenvalues = np.sort(np.linalg.eigvalsh(second_moment))[::-1]
    return eigenvalues[0] / eigenvalues[-1]


@right
def correct_no_division_by_m(x):
    # the 1/m cancels in the ratio
    lam = np.linalg.eigvalsh(x @ x.T)
    return lam.max() / lam.min()


@right
def correct_outer_product_loop(x):
    n, m = x.shape
    moment = np.zeros((n, n))
    for i in range(m):
        column = x[:, i : i + 1]
        moment += column @ column.T
    moment /= m
    largest = np.linalg.eigvalsh(moment)[-1]
    smallest = np.linalg.eigvalsh(moment)[0]
    return largest / smallest


@wrong("turns-the-ratio-over")
def wrong_inverted(x):
    """Divides the smallest eigenvalue by the largest."""
    lam = np.linalg.eigvalsh(x @ x.T / x.shape[1])
    return lam[0] / lam[-1]


@wrong("centres-the-features")
def wrong_centred(x):
    """Centres the features first, as for a covariance matrix."""
    xc = x - x.mean(axis=1, keepdims=True)
    lam = np.linalg.eigvalsh(xc @ xc.T / x.shape[1])
    return lam[-1] / lam[0]


@wrong("centres-the-features")
def wrong_np_cov(x):
    """Uses np.cov, which centres the features (and divides by m - 1)."""
    lam = np.linalg.eigvalsh(np.atleast_2d(np.cov(x)))
    return lam[-1] / lam[0]


@wrong("multiplies-over-the-units")
def wrong_transposed(x):
    """Forms x.T @ x (m, m) in place of x @ x.T."""
    lam = np.linalg.eigvalsh(x.T @ x / x.shape[1])
    return lam[-1] / lam[0]


@wrong("compares-singular-values")
def wrong_singular_values(x):
    """Takes the ratio of the singular values of x and forgets to square it."""
    return np.linalg.cond(x)


@wrong("leaves-out-the-products-between-features")
def wrong_diagonal(x):
    """Uses the diagonal entries (mean squares) as if they were the eigenvalues."""
    d = np.diag(x @ x.T / x.shape[1])
    return d.max() / d.min()


@wrong("looks-among-the-eigenvectors")
def wrong_whole_eig_result(x):
    """Takes the maximum of the eigenvectors instead of the eigenvalues from eigh."""
    lam, vec = np.linalg.eigh(x @ x.T / x.shape[1])
    return vec.max() / lam.min()


@wrong("takes-eigenvalues-as-they-come")
def wrong_unsorted_eig(x):
    """Assumes that eig returns the largest eigenvalue first and the smallest last."""
    lam, _ = np.linalg.eig(x @ x.T / x.shape[1])
    return float(np.real(lam[0] / lam[-1]))


@wrong("subtracts-the-eigenvalues")
def wrong_difference(x):
    """Subtracts the smallest eigenvalue instead of dividing by it."""
    lam = np.linalg.eigvalsh(x @ x.T / x.shape[1])
    return lam[-1] - lam[0]


@wrong("divides-by-the-second-largest")
def wrong_second_largest(x):
    """Divides the largest by the second eigenvalue, not by the smallest."""
    lam = np.sort(np.linalg.eigvalsh(x @ x.T / x.shape[1]))[::-1]
    return lam[0] / lam[1]


@wrong("printed-not-returned")
def wrong_printed(x):
    """Prints the answer instead of returning it."""
    lam = np.linalg.eigvalsh(x @ x.T / x.shape[1])
    print(lam[-1] / lam[0])


@wrong("raised-AttributeError")
def wrong_misspelt(x):
    """Misspells eigvalsh, so an AttributeError is raised."""
    lam = np.linalg.eigvalesh(x @ x.T / x.shape[1])
    return lam[-1] / lam[0]


@wrong("multiplies-entry-by-entry")
def wrong_elementwise_product(x):
    """Squares x elementwise with * where a matrix product @ is needed."""
    lam = np.linalg.eigvalsh(x * x / x.shape[1])
    return lam[-1] / lam[0]


@wrong("centres-the-features+compares-singular-values")
def wrong_centred_and_square_root(x):
    """Two slips: centres the features and uses singular values without squaring."""
    return np.linalg.cond(x - x.mean(axis=1, keepdims=True))
