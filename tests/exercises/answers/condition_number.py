"""Answers to `condition_number`."""

import numpy as np
from legal import scale

from answers import right, wrong


def anything(rng, dtype):
    """Features of any scale and level, at least as many examples as features."""
    n = int(rng.integers(1, 6))
    m = n + int(rng.integers(1 if rng.random() < 0.2 else 3, 9))
    x = scale(rng, (n, 1), 0.5) * rng.normal(rng.normal(0, 1, (n, 1)), 1, size=(n, m))
    return ((x * scale(rng, None, 2)).astype(dtype),)


@right
def by_the_symmetric_solver(x):
    values = np.linalg.eigvalsh(x @ x.T / x.shape[1])
    return values[-1] / values[0]


@right
def without_dividing_by_m(x):
    values, _ = np.linalg.eigh(np.dot(x, x.T))
    return float(max(values) / min(values))


@right
def by_numpys_own(x):
    return np.linalg.cond(x @ x.T / x.shape[1])


@right
def by_singular_values(x):
    s = np.linalg.svd(x, compute_uv=False)
    return (s[0] / s[-1]) ** 2


@right
def by_summing_over_examples(x):
    n, m = x.shape
    h = np.zeros((n, n))
    for j in range(m):
        h += np.outer(x[:, j], x[:, j]) / m
    values = np.linalg.eigvalsh(h)
    return values.max() / values.min()


@wrong("turns-the-ratio-over")
def first_over_last(x):
    values = np.linalg.eigvalsh(x @ x.T / x.shape[1])
    return values[0] / values[-1]


@wrong("compares-singular-values")
def cond_of_x(x):
    return np.linalg.cond(x)


@wrong("centres-the-features")
def of_the_covariance(x):
    values = np.linalg.eigvalsh(np.atleast_2d(np.cov(x, bias=True)))
    return values[-1] / values[0]


@wrong("gives-the-largest-eigenvalue")
def only_the_top(x):
    return np.linalg.eigvalsh(x @ x.T / x.shape[1]).max()


@wrong("multiplies-over-the-units")
def the_other_product(x):
    values = np.linalg.eigvalsh(x.T @ x / x.shape[0])
    return values[-1] / values[0]


@wrong("compares-the-standard-deviations")
def by_the_spreads(x):
    s = np.std(x, axis=1)
    return np.max(s) / np.min(s)


@wrong("leaves-out-the-products-between-features")
def by_mean_squares(x):
    squares = (x**2).mean(axis=1)
    return squares.max() / squares.min()


@wrong("extra-dimensions")
def in_an_array(x):
    values = np.linalg.eigvalsh(x @ x.T)
    return values[-1:] / values[:1]


@wrong("centres-the-features+compares-singular-values")
def of_the_centred_features(x):
    s = np.linalg.svd(x - x.mean(axis=1, keepdims=True), compute_uv=False)
    return s[0] / s[-1]


@wrong("wrong-type", "raised-LinAlgError")
def all_eigenvalues(x):
    return list(np.linalg.eigvalsh(x @ x.T))


@right
def no_division_by_m(x):
    # the 1/m cancels in the ratio
    lam = np.linalg.eigvalsh(x @ x.T)
    return lam.max() / lam.min()


@right
def outer_product_loop(x):
    n, m = x.shape
    moment = np.zeros((n, n))
    for i in range(m):
        column = x[:, i : i + 1]
        moment += column @ column.T
    moment /= m
    largest = np.linalg.eigvalsh(moment)[-1]
    smallest = np.linalg.eigvalsh(moment)[0]
    return largest / smallest


@wrong("leaves-out-the-products-between-features")
def diagonal(x):
    """Uses the diagonal entries (mean squares) as if they were the eigenvalues."""
    d = np.diag(x @ x.T / x.shape[1])
    return d.max() / d.min()


@wrong("looks-among-the-eigenvectors")
def whole_eig_result(x):
    """Takes the maximum of the eigenvectors instead of the eigenvalues from eigh."""
    lam, vec = np.linalg.eigh(x @ x.T / x.shape[1])
    return vec.max() / lam.min()


@wrong("takes-eigenvalues-as-they-come")
def unsorted_eig(x):
    """Assumes that eig returns the largest eigenvalue first and the smallest last."""
    lam, _ = np.linalg.eig(x @ x.T / x.shape[1])
    return float(np.real(lam[0] / lam[-1]))


@wrong("keeps-the-eigenvalues-complex")
def eigvals_as_numpy_2_5_gives_them(x):
    lam = np.linalg.eigvals(x @ x.T / x.shape[1]).astype(complex)
    return lam.max() / lam.min()


@wrong("subtracts-the-eigenvalues")
def difference(x):
    """Subtracts the smallest eigenvalue instead of dividing by it."""
    lam = np.linalg.eigvalsh(x @ x.T / x.shape[1])
    return lam[-1] - lam[0]


@wrong("divides-by-the-second-largest")
def second_largest(x):
    """Divides the largest by the second eigenvalue, not by the smallest."""
    lam = np.sort(np.linalg.eigvalsh(x @ x.T / x.shape[1]))[::-1]
    return lam[0] / lam[1]


@wrong("printed-not-returned")
def printed(x):
    """Prints the answer instead of returning it."""
    lam = np.linalg.eigvalsh(x @ x.T / x.shape[1])
    print(lam[-1] / lam[0])


@wrong("raised-AttributeError")
def misspelt(x):
    """Misspells eigvalsh, so an AttributeError is raised."""
    lam = np.linalg.eigvalesh(x @ x.T / x.shape[1])
    return lam[-1] / lam[0]


@wrong("multiplies-entry-by-entry")
def elementwise_product(x):
    """Squares x elementwise with * where a matrix product @ is needed."""
    lam = np.linalg.eigvalsh(x * x / x.shape[1])
    return lam[-1] / lam[0]


@wrong("takes-the-eigenvectors")
def of_the_eigenvectors(x):
    """eigh returns vectors as well: max and min over the tuple's second item, the eigenvectors."""
    vectors = np.linalg.eigh(x @ x.T / x.shape[1])[1]
    return vectors.max() / vectors.min()


@wrong(None)
def with_a_ridge(x):
    """Adds a ridge to the matrix 'so that nothing is divided by zero'."""
    m = x.shape[1]
    values = np.linalg.eigvalsh(x @ x.T / m + 0.01 * np.eye(x.shape[0]))
    return values[-1] / values[0]


@wrong("centres-each-example")
def examples_centred(x):
    values = np.linalg.svd(x - np.mean(x, axis=0, keepdims=True), compute_uv=False) ** 2
    return values.max() / values.min()


@wrong("compares-the-lengths-of-the-matrices")
def frobenius(x):
    return np.linalg.cond(x @ x.T / x.shape[1], "fro")


@wrong("takes-the-logarithm")
def in_powers_of_e(x):
    values = np.linalg.eigvalsh(x @ x.T)
    return np.log(values[-1]) - np.log(values[0])


@wrong("compares-the-entries")
def by_the_entries_of_x(x):
    return float(np.max(np.abs(x)) / np.min(np.abs(x)))


@wrong("compares-the-first-two-eigenvalues")
def as_for_two_features(x):
    low, high = np.linalg.eigvalsh(x @ x.T / x.shape[1])[[0, 1]]
    return high / low


@wrong("centres-each-example")
def at_which_places(x):
    """Asks where they stand, not how large they are, and divides by place 0."""
    values = np.linalg.eigvalsh(x @ x.T / x.shape[1])
    return np.argmax(values) / np.argmin(values)


@wrong("scales-the-features-first")
def by_their_deviations(x):
    s = np.linalg.svd(x / np.std(x, axis=1, keepdims=True), compute_uv=False)
    return np.square(s[0] / s[-1])


@wrong("divides-by-each-eigenvalue")
def over_all_of_them(x):
    values, _ = np.linalg.eigh(x @ x.T / x.shape[1])
    return values.max() / values


@wrong("divides-by-each-eigenvalue")
def the_largest_first(x):
    values = np.sort(np.linalg.eigvalsh(x @ x.T / x.shape[1]))[::-1]
    return values[0] / values


@wrong("divides-by-each-eigenvalue")
def over_all_of_them_unsorted(x):
    values, _ = np.linalg.eig(x @ x.T / x.shape[1])
    return np.max(values.real) / values.real


@wrong("brings-m-into-one-of-the-two")
def the_largest_over_m(x):
    values = np.linalg.eigvalsh(x @ x.T)
    largest, smallest = values.max() / x.shape[1], values.min()
    return largest / smallest


@wrong("brings-m-into-one-of-the-two")
def the_smallest_over_m(x):
    values = np.linalg.eigvalsh(x @ x.T)
    return values[-1] / (values[0] / len(x.T))


@wrong("uses-the-formula-for-two-features")
def by_trace_and_determinant(x):
    c = x @ x.T / x.shape[1]
    t, d = np.trace(c), np.linalg.det(c)
    root = abs(t * t - 4 * d) ** 0.5
    return (t + root) / (t - root)
