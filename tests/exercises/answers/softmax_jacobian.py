"""Answers to `softmax_jacobian`."""

import numpy as np
from legal import sizes

from answers import right, wrong


def anything(rng, dtype):
    """The probabilities of any number of classes, some next to 0."""
    classes = sizes(rng, 1)[0]
    return (rng.dirichlet(np.full(classes, rng.choice([0.2, 1, 5]))).reshape(-1, 1).astype(dtype),)


@right
def with_diagflat(p):
    return np.diagflat(p) - np.dot(p, p.T)


@right
def with_outer(p):
    flat = p.ravel()
    return np.diag(flat) - np.outer(flat, flat)


@right
def in_plain_loops(p):
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
def with_kroneckers_delta(p):
    return p * (np.eye(len(p)) - p.T)


@right
def the_other_factor_outside(p):
    return p.T * (np.identity(p.size) - p)


@right
def with_einsum(p):
    q = p.squeeze(axis=1)
    return np.einsum("i,ij->ij", q, np.eye(len(q))) - np.einsum("i,j->ij", q, q)


@right
def diagonal_from_the_row_sums(p):
    jacobian = -p @ p.T
    np.fill_diagonal(jacobian, 0)
    np.fill_diagonal(jacobian, -jacobian.sum(axis=1))
    return jacobian


@right
def diagonal_filled_in(p):
    jacobian = -p * p.T
    jacobian[np.diag_indices(len(p))] += p[:, 0]
    return jacobian


@wrong("gives-p-times-one-minus-p")
def often_quoted(p):
    return p * (1 - p)


@wrong("flat-shape+gives-p-times-one-minus-p")
def often_quoted_and_flat(p):
    return p[:, 0] * (1 - p[:, 0])


@wrong("keeps-only-the-diagonal")
def on_a_diagonal(p):
    return np.diagflat(p * (1 - p))


@wrong("takes-the-diagonal-of-a-column")
def diag_of_a_column(p):
    return np.diag(p) - p @ p.T


@wrong("takes-the-inner-product")
def row_times_column(p):
    return np.diagflat(p) - p.T @ p


@wrong("adds-the-products")
def plus(p):
    return np.diagflat(p) + p @ p.T


@wrong("subtracts-the-wrong-way-round")
def turned_over(p):
    return p @ p.T - np.diagflat(p)


@wrong("subtracts-the-squares")
def two_columns(p):
    return np.diagflat(p) - p * p


@wrong("takes-the-identity")
def from_an_identity(p):
    return np.eye(len(p)) - p @ p.T


@wrong("uses-one-minus-p-everywhere")
def without_a_delta(p):
    return p * (1 - p.T)


@wrong("transposed+uses-one-minus-p-everywhere")
def without_a_delta_and_turned(p):
    return p.T * (1 - p)


@wrong("takes-the-inner-product+takes-the-diagonal-of-a-column")
def two_at_once(p):
    return np.diag(p) - p.T @ p


@wrong("reads-a-diagonal-where-it-should-make-one")
def diag_of_a_column_alone(p):
    return np.diag(p * (1 - p))


@wrong("gives-other-classes-a-plus")
def no_minus_off_the_diagonal(p):
    jacobian = p @ p.T
    np.fill_diagonal(jacobian, p * (1 - p))
    return jacobian


@wrong("list-for-array")
def a_list_of_rows(p):
    q = p[:, 0]
    return [[a * (float(i == j) - b) for j, b in enumerate(q)] for i, a in enumerate(q)]


@right
def outer_then_diagonal(p):
    flat = p.ravel()
    jacobian = -np.outer(flat, flat)
    jacobian[np.diag_indices(flat.size)] += flat
    return jacobian


@right
def einsum(p):
    v = p[:, 0]
    return np.einsum("i,ij->ij", v, np.eye(v.size)) - np.einsum("i,j->ij", v, v)


@right
def comprehension(p):
    q = [float(x) for x in p.flatten()]
    return np.array([[a * ((i == j) - b) for j, b in enumerate(q)] for i, a in enumerate(q)])


@wrong("leaves-out-the-products")
def no_outer(p):
    """Forgets the outer product."""
    return np.diagflat(p)


@wrong("leaves-out-the-diagonal")
def diagonal_not_squared(p):
    """The diagonal stays at -p_i^2: p_i is forgotten there."""
    return -p @ p.T


@wrong("gives-the-diagonal-a-plus")
def diagonal_plus(p):
    """The diagonal is p (1 + p)."""
    j = -(p @ p.T)
    np.fill_diagonal(j, p * (1 + p))
    return j


@wrong("squares-the-products")
def elementwise_square(p):
    """p * p.T is right, but it is squared once more."""
    return np.diagflat(p) - (p * p.T) ** 2


@wrong("leaves-out-a-factor")
def p_for_row(p):
    """Subtracts p_i instead of p_i p_j."""
    return np.diagflat(p) - p


@wrong("changed-arguments")
def changes_p(p):
    """Computes 1 - p in place, changing the argument."""
    j = np.diagflat(p) - p @ p.T
    p *= -1
    p += 1
    return j


@wrong("wrong-factor")
def divided_by_classes(p):
    """Divides by the number of classes."""
    return (np.diagflat(p) - p @ p.T) / p.shape[0]


@wrong("printed-not-returned")
def printed(p):
    """The matrix is printed, not returned."""
    print(np.diagflat(p) - p @ p.T)


@wrong("applies-softmax-again")
def softmax_again(p):
    """Applies softmax to the probabilities first."""
    q = np.exp(p) / np.exp(p).sum()
    return np.diagflat(q) - q @ q.T


@wrong("starts-anew-for-every-row")
def an_array_for_every_row(p):
    C = p.shape[0]
    for i in range(C):
        J = np.zeros((C, C))
        for j in range(C):
            J[i, j] = p[i, 0] * ((i == j) - p[j, 0])
    return J


@wrong("uses-one-minus-p-off-the-diagonal")
def one_minus_p_off_the_diagonal(p):
    C = p.shape[0]
    J = np.zeros((C, C))
    for i in range(C):
        for j in range(C):
            J[i, j] = p[i, 0] * (1 - p[i, 0]) if i == j else -p[i, 0] * (1 - p[j, 0])
    return J


@wrong("takes-the-square-away-twice")
def square_taken_twice(p):
    return np.diag((p * (1 - p))[:, 0]) - p @ p.T


@wrong("leaves-the-last-column-empty")
def inner_range_one_short(p):
    C = len(p)
    J = np.zeros((C, C))
    for i in range(C):
        for j in range(C - 1):
            J[i, j] = p[i, 0] * ((i == j) - p[j, 0])
    return J


@wrong("fills-one-triangle")
def above_the_diagonal_only(p):
    c = p.shape[0]
    jac = np.zeros((c, c))
    for i in range(c):
        jac[i, i] = p[i, 0] * (1 - p[i, 0])
        for j in range(i + 1, c):
            jac[i, j] = -p[i, 0] * p[j, 0]
    return jac


@wrong("nothing-returned")
def returns_what_fills_in_place(p):
    return np.fill_diagonal(-p @ p.T, p * (1 - p))


@wrong("subtracts-the-squares-down-the-columns")
def squares_of_the_other_class(p):
    c = len(p)
    return np.array(
        [
            [p[i, 0] - p[i, 0] ** 2 if i == j else -(p[j, 0] ** 2) for j in range(c)]
            for i in range(c)
        ]
    )


@wrong("gives-other-classes-a-plus+leaves-out-the-diagonal")
def plus_off_and_no_p_on_it(p):
    outer = np.outer(p, p)
    d = np.diagonal(outer)
    return np.subtract(outer, 2 * np.diag(d))


@wrong("leaves-out-a-factor")
def minus_p_i_for_other_classes(p):
    C = len(p)
    J = np.zeros((C, C))
    for i in range(C):
        for j in range(C):
            J[i, j] = p[i, 0] * (1 - p[i, 0]) if i == j else -p[i, 0]
    return J


@wrong("leaves-out-a-factor")
def a_flat_array_taken_away(p):
    q = p.ravel()
    return np.diag(q) - q


@wrong("swaps-the-two-cases")
def cases_exchanged_in_a_loop(p):
    C = len(p)
    J = np.zeros((C, C))
    for i in range(C):
        for j in range(C):
            if i == j:
                J[i, j] = -p[i, 0] * p[j, 0]
            else:
                J[i, j] = p[i, 0] * (1 - p[i, 0])
    return J


@wrong("leaves-the-last-class-out")
def both_ranges_one_short(p):
    C = len(p)
    J = np.zeros((C, C))
    for i in range(C - 1):
        for j in range(C - 1):
            J[i, j] = p[i, 0] * ((i == j) - p[j, 0])
    return J


@wrong("repeats-p-times-one-minus-p")
def whole_rows_for_a_diagonal(p):
    J = -(p @ p.T)
    for i in range(len(p)):
        J[i] = p[i] * (1 - p[i])
    return J


@wrong("fills-one-line-only")
def the_likeliest_row_only(p):
    k = int(np.argmax(p))
    jacobian = np.zeros((len(p), len(p)))
    jacobian[k] = -p[k, 0] * p[:, 0]
    jacobian[k, k] = p[k, 0] * (1 - p[k, 0])
    return jacobian


@wrong("fills-one-line-only")
def returns_in_the_loop(p):
    jacobian = np.zeros((len(p), len(p)))
    for i in range(len(p)):
        jacobian[i] = p[i, 0] * ((np.arange(len(p)) == i) - p[:, 0])
        return jacobian
