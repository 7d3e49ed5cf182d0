"""Answers to `hardmax`."""

import numpy as np
from legal import signed, sizes

from answers import right, wrong


def anything(rng, dtype):
    """Any number of classes and examples, with many ties or none, of any sign and scale."""
    shape = sizes(rng, 1, 1)
    ties = rng.integers(-3, 3, size=shape) + rng.integers(-9, 9)
    z = ties if rng.random() < 0.5 else signed(rng, *shape) + rng.normal(0, 20)
    return (z.astype(dtype),)


@right
def columns_of_an_identity(z):
    return np.eye(z.shape[0])[:, np.argmax(z, axis=0)]


@right
def rows_of_an_identity_turned(z):
    return np.eye(len(z), dtype=int)[z.argmax(0)].T


@right
def by_comparing_row_numbers(z):
    return np.arange(z.shape[0]).reshape(-1, 1) == z.argmax(axis=0)


@right
def with_where(z):
    rows = np.arange(z.shape[0])[:, None]
    return np.where(rows == np.argmax(z, axis=0)[None, :], 1, 0)


@right
def put_along_the_axis(z):
    h = np.zeros(z.shape)
    np.put_along_axis(h, np.argmax(z, axis=0)[np.newaxis], 1.0, axis=0)
    return h


@right
def in_plain_loops(z):
    classes, m = z.shape
    h = np.zeros((classes, m), dtype=int)
    for j in range(m):
        best = 0
        for i in range(1, classes):
            if z[i, j] > z[best, j]:
                best = i
        h[best, j] = 1
    return h


@right
def first_of_the_ties(z):
    ties = z == z.max(axis=0)
    return ((ties.cumsum(axis=0) == 1) & ties).astype(z.dtype)


@right
def by_lists(z):
    columns = []
    for column in z.T.tolist():
        best = column.index(max(column))
        columns.append([int(i == best) for i in range(len(column))])
    return np.array(columns).T


@wrong("marks-every-tie")
def compared_with_the_largest(z):
    return (z == z.max(axis=0)).astype(int)


@wrong("picks-within-each-row")
def along_the_rows(z):
    h = np.zeros_like(z)
    h[np.arange(z.shape[0]), z.argmax(axis=1)] = 1
    return h


@wrong("picks-within-each-row+marks-every-tie")
def compared_with_each_rows_largest(z):
    return 1.0 * (z == z.max(axis=1, keepdims=True))


@wrong("picks-one-of-all+marks-every-tie", "picks-one-of-all")
def compared_with_the_largest_of_all(z):
    return np.where(z == z.max(), 1, 0)


@wrong("takes-the-last-of-equals")
def not_strictly_larger(z):
    h = np.zeros_like(z)
    for j in range(z.shape[1]):
        best = 0
        for i in range(z.shape[0]):
            if z[i, j] >= z[best, j]:
                best = i
        h[best, j] = 1
    return h


@wrong("returns-the-index")
def where_it_stands(z):
    return np.argmax(z, axis=0)


@wrong("fills-whole-rows")
def one_index(z):
    h = np.zeros(z.shape)
    h[np.argmax(z, axis=0), :] = 1
    return h


@wrong("transposed")
def rows_of_an_identity(z):
    return np.eye(len(z))[z.argmax(axis=0)]


@wrong("picks-the-smallest")
def smallest(z):
    return np.eye(len(z))[:, z.argmin(axis=0)]


@wrong("changed-arguments")
def over_the_logits(z):
    best = z.argmax(axis=0)
    z[:] = 0
    z[best, np.arange(z.shape[1])] = 1
    return z


@wrong("leaves-columns-without-a-positive-logit-empty")
def starts_from_zero(z):
    h = np.zeros_like(z)
    for j in range(z.shape[1]):
        largest = 0.0
        for i in range(z.shape[0]):
            if z[i, j] > largest:
                largest = z[i, j]
                h[:, j] = 0
                h[i, j] = 1
    return h


@right
def put_along_axis(z):
    h = np.zeros(z.shape, dtype=z.dtype)
    np.put_along_axis(h, np.argmax(z, axis=0)[None, :], 1, axis=0)
    return h


@wrong("picks-one-of-all")
def whole_array(z):
    """Marks only the largest entry of the whole array."""
    h = np.zeros_like(z)
    h.flat[np.argmax(z)] = 1
    return h


@wrong("marks-above-a-threshold")
def threshold(z):
    """Marks every entry above one half."""
    return (z > 0.5).astype(float)


@wrong("keeps-the-logit")
def keeps_values(z):
    """Keeps the largest entry's value instead of 1."""
    h = np.zeros_like(z)
    columns = np.arange(z.shape[1])
    h[z.argmax(axis=0), columns] = z.max(axis=0)
    return h


@wrong("rounds-the-probabilities")
def round_softmax(z):
    """Rounds the softmax, so a column without a majority has no 1."""
    e = np.exp(z - z.max(axis=0))
    return np.round(e / e.sum(axis=0))


@wrong("starts-the-maximum-at-zero")
def start_from_zero(z):
    """Searches for a maximum above 0, so an all-negative column picks class 0."""
    h = np.zeros_like(z)
    for j in range(z.shape[1]):
        best, largest = 0, 0
        for i in range(z.shape[0]):
            if z[i, j] > largest:
                best, largest = i, z[i, j]
        h[best, j] = 1
    return h


@wrong("shares-the-one-between-equals")
def ties_shared(z):
    """Equal largest entries share the 1 between them."""
    top = z == z.max(axis=0, keepdims=True)
    return top / top.sum(axis=0, keepdims=True)


@wrong("marks-near-ties")
def isclose(z):
    """np.isclose also marks entries that are only nearly the largest, and ties."""
    return np.isclose(z, z.max(axis=0)).astype(int)


@wrong("returns-the-index")
def returns_the_index_in_a_row(z):
    return np.argmax(z, axis=0)[None, :]


@wrong("takes-the-largest-in-size")
def farthest_from_zero(z):
    winner = np.argmax(z**2, axis=0)
    return (np.arange(len(z))[:, None] == winner).astype(float)


@wrong("marks-every-tie+picks-the-smallest")
def every_smallest(z):
    lowest = np.amin(z, axis=0)
    return np.where(np.equal(z, lowest), 1, 0)


@wrong("leaves-the-other-logits")
def a_one_into_a_copy(z):
    h = z.copy()
    h[z.argmax(axis=0), np.arange(z.shape[1])] = 1
    return h


@wrong("marks-every-best-so-far")
def a_one_for_every_record(z):
    h = np.zeros_like(z)
    for j in range(z.shape[1]):
        best = -np.inf
        for i in range(z.shape[0]):
            if z[i, j] > best:
                best = z[i, j]
                h[i, j] = 1
    return h


@wrong("goes-on-with-the-best-of-other-columns")
def best_set_before_both_loops(z):
    C, m = z.shape
    h = np.zeros((C, m))
    top = float("-inf")
    for j in range(m):
        row = 0
        for i in range(C):
            if z[i][j] > top:
                top, row = z[i][j], i
        h[row][j] = 1
    return h


@wrong("rounds-the-probabilities")
def probabilities_as_int(z):
    e = np.exp(z - z.max(axis=0))
    return (e / e.sum(axis=0)).astype(int)


@wrong("marks-every-best-so-far")
def a_one_for_what_is_no_smaller(z):
    h = np.zeros_like(z)
    for j, column in enumerate(z.T):
        best = column[0]
        for i, entry in enumerate(column):
            if entry >= best:
                best = entry
                h[i, j] = 1
    return h


@wrong("compares-whole-numbers")
def cast_to_whole_numbers(z):
    k = z.astype(int).argmax(axis=0)
    return (np.arange(z.shape[0])[:, None] == k).astype(float)


@wrong("compares-whole-numbers")
def rounded_to_whole_numbers(z):
    h = np.zeros_like(z)
    h[np.rint(z).argmax(axis=0), np.arange(z.shape[1])] = 1
    return h


@wrong("breaks-ties-out-of-the-column")
def first_along_the_row(z):
    hit = z == z.max(axis=0)
    return (hit & (hit.cumsum(axis=1) <= 1)).astype(z.dtype)
