"""Answers to `hardmax`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_fancy_index(z):
    h = np.zeros_like(z)
    h[z.argmax(axis=0), np.arange(z.shape[1])] = 1
    return h


@right
def correct_eye(z):
    return np.eye(z.shape[0])[np.argmax(z, axis=0)].T


@right
def correct_compare_indices(z):
    rows = np.arange(z.shape[0]).reshape(-1, 1)
    return (rows == z.argmax(axis=0)).astype(int)


@right
def correct_loops(z):
    classes, examples = z.shape
    result = np.zeros((classes, examples))
    for j in range(examples):
        best = 0
        for i in range(1, classes):
            if z[i, j] > z[best, j]:
                best = i
        result[best, j] = 1
    return result


@right
def correct_put_along_axis(z):
    h = np.zeros(z.shape, dtype=z.dtype)
    np.put_along_axis(h, np.argmax(z, axis=0)[None, :], 1, axis=0)
    return h


@right
def correct_first_of_equals(z):
    is_top = z == z.max(axis=0, keepdims=True)
    first = is_top & (np.cumsum(is_top, axis=0) == 1)
    return np.where(first, 1, 0)


@wrong("marks-every-tie")
def wrong_ties(z):
    """All of equal largest entries become 1, not just the first."""
    return (z == z.max(axis=0, keepdims=True)).astype(float)


@wrong("picks-within-each-row")
def wrong_axis(z):
    """Looks for the largest entry of each row instead of each column."""
    h = np.zeros_like(z)
    h[np.arange(z.shape[0]), z.argmax(axis=1)] = 1
    return h


@wrong("picks-one-of-all")
def wrong_whole_array(z):
    """Marks only the largest entry of the whole array."""
    h = np.zeros_like(z)
    h.flat[np.argmax(z)] = 1
    return h


@wrong("takes-the-last-of-equals")
def wrong_last_of_equals(z):
    """Takes the last of equal largest entries."""
    h = np.zeros_like(z)
    for j in range(z.shape[1]):
        best = 0
        for i in range(z.shape[0]):
            if z[i, j] >= z[best, j]:
                best = i
        h[best, j] = 1
    return h


@wrong("transposed")
def wrong_transposed(z):
    """Returns the one-hot rows, of shape (m, C)."""
    return np.eye(z.shape[0])[np.argmax(z, axis=0)]


@wrong("returns-the-index")
def wrong_indices(z):
    """Returns the classes instead of the one-hot columns."""
    return np.argmax(z, axis=0)


@wrong("picks-the-smallest")
def wrong_argmin(z):
    """Marks the smallest entry."""
    h = np.zeros_like(z)
    h[z.argmin(axis=0), np.arange(z.shape[1])] = 1
    return h


@wrong("marks-above-a-threshold")
def wrong_threshold(z):
    """Marks every entry above one half."""
    return (z > 0.5).astype(float)


@wrong("keeps-the-logit")
def wrong_keeps_values(z):
    """Keeps the largest entry's value instead of 1."""
    h = np.zeros_like(z)
    columns = np.arange(z.shape[1])
    h[z.argmax(axis=0), columns] = z.max(axis=0)
    return h


@wrong("changed-arguments")
def wrong_in_place(z):
    """Writes the zeros and ones into the z passed in."""
    k = z.argmax(axis=0)
    z[:] = 0
    z[k, np.arange(z.shape[1])] = 1
    return z


@wrong("rounds-the-probabilities")
def wrong_round_softmax(z):
    """Rounds the softmax, so a column without a majority has no 1."""
    e = np.exp(z - z.max(axis=0))
    return np.round(e / e.sum(axis=0))


@wrong("fills-whole-rows")
def wrong_slice_for_arange(z):
    """h[argmax, :] = 1 fills whole rows."""
    h = np.zeros_like(z)
    h[z.argmax(axis=0), :] = 1
    return h


@wrong("starts-the-maximum-at-zero")
def wrong_start_from_zero(z):
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
def wrong_ties_shared(z):
    """Equal largest entries share the 1 between them."""
    top = z == z.max(axis=0, keepdims=True)
    return top / top.sum(axis=0, keepdims=True)


@wrong("picks-within-each-row+marks-every-tie")
def wrong_axis_and_ties(z):
    """Two slips: the largest of each row, and all of equals."""
    return (z == z.max(axis=1, keepdims=True)).astype(float)


@wrong("marks-near-ties")
def wrong_isclose(z):
    """np.isclose also marks entries that are only nearly the largest, and ties."""
    return np.isclose(z, z.max(axis=0)).astype(int)
