"""Answers to `one_hot`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_eye(labels, classes):
    return np.eye(classes)[labels].T


@right
def correct_eye_columns(labels, classes):
    return np.eye(classes, dtype=int)[:, labels]


@right
def correct_compare(labels, classes):
    return (np.arange(classes)[:, None] == labels[None, :]).astype(float)


@right
def correct_fancy_index(labels, classes):
    y = np.zeros((classes, labels.size))
    y[labels, np.arange(labels.size)] = 1
    return y


@right
def correct_loop(labels, classes):
    y = np.zeros((classes, len(labels)), dtype=int)
    for example, label in enumerate(labels):
        y[label, example] = 1
    return y


@right
def correct_comprehension(labels, classes):
    return np.array([[1 if label == c else 0 for label in labels] for c in range(classes)])


@right
def correct_put_along_axis(labels, classes):
    y = np.zeros((classes, labels.shape[0]), dtype=np.float32)
    np.put_along_axis(y, labels.reshape(1, -1), 1, axis=0)
    return y


@wrong("transposed")
def wrong_transposed(labels, classes):
    """Returns (m, C): one row an example."""
    return np.eye(classes)[labels]


@wrong("takes-the-classes-from-the-largest-label")
def wrong_max_label(labels, classes):
    """Counts the classes by the largest label, so a last class that never occurs is lost."""
    return np.eye(labels.max() + 1)[labels].T


@wrong("takes-the-classes-that-occur")
def wrong_unique(labels, classes):
    """Makes a row only for classes that occur."""
    present = np.unique(labels)
    return (present[:, None] == labels).astype(float)


@wrong("counts-classes-from-one")
def wrong_classes_off_by_one(labels, classes):
    """Counts the classes from 1, so every label is one row too high."""
    return (np.arange(1, classes + 1)[:, None] == labels).astype(float)


@wrong("makes-a-row-too-many")
def wrong_extra_class(labels, classes):
    """Makes one class too many."""
    return np.eye(classes + 1)[labels].T


@wrong("counts-classes-from-one")
def wrong_label_minus_one(labels, classes):
    """Writes at label - 1, so class 0 lands in the last row."""
    y = np.zeros((classes, labels.size))
    y[labels - 1, np.arange(labels.size)] = 1
    return y


@wrong("fills-whole-rows")
def wrong_slice_for_arange(labels, classes):
    """y[labels, :] = 1 fills whole rows."""
    y = np.zeros((classes, labels.size))
    y[labels, :] = 1
    return y


@wrong("reshapes-where-it-should-turn")
def wrong_reshape_for_transpose(labels, classes):
    """Reshapes (m, C) to (C, m) instead of transposing."""
    return np.eye(classes)[labels].reshape(classes, -1)


@wrong("swaps-the-indices")
def wrong_exchanged_indices(labels, classes):
    """Exchanges row and column when writing, an IndexError or wrong places."""
    y = np.zeros((classes, labels.size))
    y[np.arange(labels.size), labels] = 1
    return y


@wrong("turns-zeros-and-ones-over")
def wrong_inverted(labels, classes):
    """Zeros and ones are exchanged."""
    return (np.arange(classes)[:, None] != labels).astype(float)


@wrong("writes-the-labels")
def wrong_keeps_label(labels, classes):
    """Writes the label instead of 1."""
    y = np.zeros((classes, labels.size))
    y[labels, np.arange(labels.size)] = labels
    return y


@wrong("transposed")
def wrong_list_of_rows(labels, classes):
    """Appends one row an example and forgets to transpose."""
    rows = []
    for label in labels:
        row = [0] * classes
        row[label] = 1
        rows.append(row)
    return np.array(rows)


@wrong("nothing-returned")
def wrong_returns_none(labels, classes):
    """The return is missing."""
    y = np.zeros((classes, len(labels)))
    for j, label in enumerate(labels):
        y[label, j] = 1


@wrong("makes-a-square-array")
def wrong_square(labels, classes):
    """Makes a (C, C) array, as if there were as many examples as classes."""
    y = np.zeros((classes, classes))
    for j, label in enumerate(labels):
        y[label, j] = 1
    return y


@wrong("repeats-one-shared-row")
def wrong_shared_row(labels, classes):
    """[[0] * m] * C repeats one and the same row."""
    rows = [[0] * len(labels)] * classes
    for j, label in enumerate(labels):
        rows[label][j] = 1
    return np.array(rows)


@wrong("transposed+takes-the-classes-from-the-largest-label")
def wrong_transposed_max_label(labels, classes):
    """Two slips: (m, C), and the classes counted by the largest label."""
    return np.eye(np.max(labels) + 1)[labels]
