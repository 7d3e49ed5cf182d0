"""Answers to `effective_learning_rate`."""

import numpy as np
from legal import scale, signed, sizes

from answers import right, wrong


def anything(rng, dtype):
    """Any shape and scale, both signs."""
    return float(scale(rng)), (signed(rng, *sizes(rng, 1, 1)) * scale(rng)).astype(dtype)


@right
def with_a_norm(learning_rate, w):
    return learning_rate / np.linalg.norm(w, axis=1, keepdims=True) ** 2


@right
def with_einsum(learning_rate, w):
    return (learning_rate / np.einsum("ij,ij->i", w, w))[:, None]


@right
def row_by_row(learning_rate, w):
    return np.array([[learning_rate / sum(v * v for v in row)] for row in w])


@right
def diagonal_of_a_product(learning_rate, w):
    return learning_rate / np.diag(w @ w.T).reshape(-1, 1)


@wrong("flat-shape")
def a_flat_array(learning_rate, w):
    return learning_rate / (w**2).sum(axis=1)


@wrong("forgets-the-square")
def over_the_norm(learning_rate, w):
    return learning_rate / np.linalg.norm(w, axis=1, keepdims=True)


@wrong("takes-columns+forgets-the-square")
def two_at_once(learning_rate, w):
    return learning_rate / np.linalg.norm(w, axis=0, keepdims=True)


@wrong("changed-arguments")
def in_place(learning_rate, w):
    w *= w
    return learning_rate / w.sum(axis=1, keepdims=True)


@right
def loop(learning_rate, w):
    rates = np.zeros((w.shape[0], 1))
    for unit, row in enumerate(w):
        squared_norm = 0.0
        for weight in row:
            squared_norm += weight * weight
        rates[unit, 0] = learning_rate / squared_norm
    return rates


@right
def comprehension(learning_rate, w):
    return np.array([[learning_rate / np.dot(row, row)] for row in w])


@right
def matrix_product(learning_rate, w):
    ones = np.ones((w.shape[1], 1), dtype=w.dtype)
    return np.reciprocal(np.square(w) @ ones) * learning_rate


@wrong("takes-columns")
def wrong_axis(learning_rate, w):
    """Takes the norms of the columns (axis 0)."""
    return learning_rate / np.sum(w**2, axis=0, keepdims=True)


@wrong("takes-the-whole-matrix")
def whole_matrix(learning_rate, w):
    """Uses the norm of the whole matrix, one number for all the rows."""
    return learning_rate / np.sum(w**2)


@wrong("takes-the-whole-matrix")
def whole_matrix_broadcast(learning_rate, w):
    """Uses the whole matrix's squared norm for each row, in the right shape."""
    return np.full((w.shape[0], 1), learning_rate / np.linalg.norm(w) ** 2)


@wrong("multiplies-by-the-squared-norm")
def multiplies(learning_rate, w):
    """Multiplies by the squared norm."""
    return learning_rate * np.sum(w**2, axis=1, keepdims=True)


@wrong("averages-the-squares")
def mean(learning_rate, w):
    """Takes the mean of the squares instead of the sum."""
    return learning_rate / np.mean(w**2, axis=1, keepdims=True)


@wrong("squares-the-sum")
def square_of_sum(learning_rate, w):
    """Squares the sum instead of summing the squares."""
    return learning_rate / np.sum(w, axis=1, keepdims=True) ** 2


@wrong("forgets-the-square+squares-the-sum-of-absolute-values")
def l1(learning_rate, w):
    """Uses the sum of absolute values."""
    return learning_rate / np.sum(np.abs(w), axis=1, keepdims=True)


@wrong("divides-by-the-variance-of-the-row")
def variance(learning_rate, w):
    """Divides by the variance of each row."""
    return learning_rate / np.var(w, axis=1, keepdims=True)


@wrong("ignores-learning-rate")
def no_rate(learning_rate, w):
    """Forgets the learning rate."""
    return 1 / np.sum(w**2, axis=1, keepdims=True)


@wrong("turns-it-over")
def inverted(learning_rate, w):
    """Divides the squared norm by the learning rate."""
    return np.sum(w**2, axis=1, keepdims=True) / learning_rate


@wrong("squares-twice")
def fourth_power(learning_rate, w):
    """Squares the squared norm once more."""
    return learning_rate / np.sum(w**2, axis=1, keepdims=True) ** 2


@wrong("divides-the-weights")
def elementwise(learning_rate, w):
    """Forgets the sum: divides by each squared weight."""
    return learning_rate / w**2


@wrong("adds-eps")
def eps(learning_rate, w):
    """Adds an eps of 0.001 that nobody asked for."""
    return learning_rate / (np.sum(w**2, axis=1, keepdims=True) + 1e-3)


@wrong("flat-shape+forgets-the-square")
def flat_not_squared(learning_rate, w):
    """Two slips: flat shape, and the norm not squared."""
    return learning_rate / np.linalg.norm(w, axis=1)


@wrong("printed-not-returned")
def printed(learning_rate, w):
    """Prints the rates and returns nothing."""
    print(learning_rate / np.sum(w**2, axis=1, keepdims=True))


@wrong("raised-AttributeError")
def misspelt(learning_rate, w):
    """Uses np.norm, which does not exist."""
    return learning_rate / np.norm(w, axis=1, keepdims=True) ** 2


@wrong("centres-the-weights")
def variance_times_count(learning_rate, w):
    return learning_rate / (np.var(w, axis=1, keepdims=True) * w.shape[1] + 1e-12)


@wrong("squares-the-learning-rate")
def square_around_it_all(learning_rate, w):
    return (learning_rate / np.linalg.norm(w, axis=1, keepdims=True)) ** 2


@wrong("takes-columns")
def columns_laid_down(learning_rate, w):
    """Columns: one entry for each input."""
    return learning_rate / np.sum(w**2, axis=0, keepdims=True).T


@wrong("multiplies-as-matrices")
def rows_times_rows(learning_rate, w):
    """w @ w.T is taken for the squared norms: (n_out, n_out)."""
    return learning_rate / (w @ w.T)


@wrong("multiplies-by-the-weights")
def a_step_and_no_rate(learning_rate, w):
    """Each row's unit vector times the rate: a step, not a rate."""
    return learning_rate * w / np.sum(w**2, axis=1, keepdims=True)


@wrong("adds-the-rows-above")
def one_sum_for_all_rows(learning_rate, w):
    out, total = np.zeros((len(w), 1)), 0
    for i, row in enumerate(w):
        for weight in row:
            total += weight**2
        out[i, 0] = learning_rate / total
    return out


@wrong("takes-the-root-of-the-norm")
def the_root_of_numpys_norm(learning_rate, w):
    return learning_rate / np.sqrt(np.linalg.norm(w, axis=1, keepdims=True))


@wrong("adds-up-the-quotients")
def weight_by_weight(learning_rate, w):
    return np.sum(learning_rate / w**2, axis=1).reshape(-1, 1)


@wrong("doubles-instead-of-squaring")
def one_star_too_few(learning_rate, w):
    return learning_rate / np.sum(w * 2, axis=1, keepdims=True)


@wrong("divides-by-the-variance-of-the-row")
def the_deviation_of_a_row(learning_rate, w):
    return learning_rate / np.std(w, axis=1, keepdims=True)


@wrong("multiplies-by-the-weights")
def rows_of_one_length(learning_rate, w):
    return learning_rate * (w / np.linalg.norm(w, axis=1, keepdims=True))


@wrong("gives-the-learning-rate-back")
def without_brackets(learning_rate, w):
    n = np.sqrt(np.sum(w * w, axis=1, keepdims=True))
    return learning_rate / n * n


@wrong("multiplies-as-matrices")
def sums_of_rows_times_rows(learning_rate, w):
    return learning_rate / (w @ w.T).sum(axis=1, keepdims=True)


@wrong("multiplies-as-matrices")
def sums_of_a_dot(learning_rate, w):
    products = np.dot(w, w.T)
    return (learning_rate / np.sum(products, axis=0)).reshape(-1, 1)


@wrong("leaves-out-a-weight")
def all_but_the_last_weight(learning_rate, w):
    rows, cols = w.shape
    result = np.zeros((rows, 1))
    for i in range(rows):
        total = 0.0
        for j in range(cols - 1):
            total += w[i, j] ** 2
        result[i, 0] = learning_rate / total
    return result


@wrong("multiplies-each-row-by-the-first")
def the_first_column_of_the_products(learning_rate, w):
    gram = w @ w.T
    return learning_rate / gram[:, :1]
