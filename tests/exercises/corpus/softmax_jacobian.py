"""Answers to `softmax_jacobian`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_diag_minus_outer(p):
    return np.diagflat(p) - p @ p.T


@right
def correct_loops(p):
    classes = p.shape[0]
    jacobian = np.zeros((classes, classes))
    for i in range(classes):
        for j in range(classes):
            if i == j:
                jacobian[i, j] = p[i, 0] * (1 - p[i, 0])
            else:
                jacobian[i, j] = -p[i, 0] * p[j, 0]
    return jacobian


@right
def correct_kronecker(p):
    return p * (np.eye(len(p)) - p.T)


@right
def correct_outer_then_diagonal(p):
    flat = p.ravel()
    jacobian = -np.outer(flat, flat)
    jacobian[np.diag_indices(flat.size)] += flat
    return jacobian


@right
def correct_einsum(p):
    v = p[:, 0]
    return np.einsum("i,ij->ij", v, np.eye(v.size)) - np.einsum("i,j->ij", v, v)


@right
def correct_comprehension(p):
    q = [float(x) for x in p.flatten()]
    return np.array([[a * ((i == j) - b) for j, b in enumerate(q)] for i, a in enumerate(q)])


@wrong("keeps-only-the-diagonal")
def wrong_only_diagonal(p):
    """Only the diagonal p (1 - p) is filled."""
    return np.diagflat(p * (1 - p))


@wrong("gives-p-times-one-minus-p")
def wrong_elementwise(p):
    """Returns the sigmoid's derivative p (1 - p), of shape (C, 1)."""
    return p * (1 - p)


@wrong("subtracts-the-wrong-way-round")
def wrong_sign(p):
    """The whole Jacobian has the wrong sign."""
    return p @ p.T - np.diagflat(p)


@wrong("gives-other-classes-a-plus")
def wrong_off_diagonal_sign(p):
    """The entries off the diagonal are positive."""
    off = p @ p.T
    np.fill_diagonal(off, p * (1 - p))
    return off


@wrong("takes-the-diagonal-of-a-column")
def wrong_diag_of_column(p):
    """np.diag of a (C, 1) array picks its one diagonal entry, not a diagonal matrix."""
    return np.diag(p) - p @ p.T


@wrong("takes-the-identity")
def wrong_identity(p):
    """Subtracts from the identity instead of diag(p)."""
    return np.eye(p.shape[0]) - p @ p.T


@wrong("takes-the-inner-product")
def wrong_inner_product(p):
    """p.T @ p is a number, not the outer product."""
    return np.diagflat(p) - p.T @ p


@wrong("leaves-out-the-products")
def wrong_no_outer(p):
    """Forgets the outer product."""
    return np.diagflat(p)


@wrong("leaves-out-the-diagonal")
def wrong_diagonal_not_squared(p):
    """The diagonal stays at -p_i^2: p_i is forgotten there."""
    return -p @ p.T


@wrong("gives-the-diagonal-a-plus")
def wrong_diagonal_plus(p):
    """The diagonal is p (1 + p)."""
    j = -(p @ p.T)
    np.fill_diagonal(j, p * (1 + p))
    return j


@wrong("squares-the-products")
def wrong_elementwise_square(p):
    """p * p.T is right, but it is squared once more."""
    return np.diagflat(p) - (p * p.T) ** 2


@wrong("leaves-out-a-factor")
def wrong_p_for_row(p):
    """Subtracts p_i instead of p_i p_j."""
    return np.diagflat(p) - p


@wrong("changed-arguments")
def wrong_changes_p(p):
    """Computes 1 - p in place, changing the argument."""
    j = np.diagflat(p) - p @ p.T
    p *= -1
    p += 1
    return j


@wrong("wrong-factor")
def wrong_divided_by_classes(p):
    """Divides by the number of classes."""
    return (np.diagflat(p) - p @ p.T) / p.shape[0]


@wrong("printed-not-returned")
def wrong_printed(p):
    """The matrix is printed, not returned."""
    print(np.diagflat(p) - p @ p.T)


@wrong("applies-softmax-again")
def wrong_softmax_again(p):
    """Applies softmax to the probabilities first."""
    q = np.exp(p) / np.exp(p).sum()
    return np.diagflat(q) - q @ q.T


@wrong("gives-p-times-one-minus-p")
def wrong_row_sums(p):
    """Two slips: only the diagonal, and it is summed to a column (C, 1)."""
    return np.diagflat(p * (1 - p)).sum(axis=1, keepdims=True)


@wrong("uses-one-minus-p-everywhere")
def wrong_times_one_minus_row(p):
    """Every entry is p_i (1 - p_j), as if all lay on the diagonal."""
    return p * (1 - p).T
