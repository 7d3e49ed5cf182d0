"""Answers to `one_hot`."""

import numpy as np

from answers import right, wrong


def anything(rng, dtype):
    """Any number of classes and labels; few labels, so that many classes never occur."""
    classes, m = int(rng.integers(1, 12)), int(rng.integers(1, 8))
    return rng.integers(0, rng.integers(1, classes + 1), size=m), classes


@right
def columns_of_an_identity(labels, classes):
    return np.eye(classes)[:, labels]


@right
def rows_of_an_identity_turned(labels, classes):
    return np.eye(classes, dtype=int)[labels].T


@right
def by_comparing(labels, classes):
    return (np.arange(classes)[:, None] == labels[None, :]).astype(float)


@right
def left_as_true_and_false(labels, classes):
    return labels == np.arange(classes).reshape(-1, 1)


@right
def in_a_loop(labels, classes):
    y = np.zeros((classes, len(labels)))
    for j, label in enumerate(labels):
        y[label][j] = 1
    return y


@right
def by_lists(labels, classes):
    return np.array([[1 if label == c else 0 for label in labels] for c in range(classes)])


@right
def by_np_equal_outer(labels, classes):
    return np.equal.outer(range(classes), labels).astype(np.int8)


@right
def in_one_flat_array(labels, classes):
    m = labels.shape[0]
    y = np.zeros(classes * m)
    y[labels * m + np.arange(m)] = 1.0
    return y.reshape(classes, m)


@wrong("transposed")
def a_row_an_example(labels, classes):
    return np.eye(classes)[labels]


@wrong("takes-the-classes-from-the-largest-label")
def as_many_as_needed(labels, classes):
    return np.eye(labels.max() + 1)[:, labels]


@wrong("transposed+takes-the-classes-from-the-largest-label")
def as_many_as_needed_and_turned(labels, classes):
    y = np.zeros((labels.size, labels.max() + 1))
    y[np.arange(labels.size), labels] = 1
    return y


@wrong("takes-the-classes-that-occur")
def as_get_dummies_does(labels, classes):
    occurring, rows = np.unique(labels, return_inverse=True)
    return np.eye(len(occurring))[:, rows]


@wrong("counts-classes-from-one")
def from_one(labels, classes):
    y = np.zeros((classes, len(labels)))
    for j in range(len(labels)):
        y[labels[j] - 1, j] = 1
    return y


@wrong("fills-whole-rows")
def one_index(labels, classes):
    y = np.zeros((classes, labels.size))
    y[labels, :] = 1
    return y


@wrong("counts-the-classes-that-occur")
def as_many_as_occur(labels, classes):
    return np.eye(len(set(labels.tolist())))[:, labels]


@wrong("makes-a-row-too-many+adds-one-to-the-labels")
def one_further_down(labels, classes):
    return np.eye(classes + 1)[:, labels + 1]


@wrong("reshapes-where-it-should-turn")
def reshaped(labels, classes):
    return np.eye(classes)[labels].reshape(classes, len(labels))


@wrong("writes-the-labels")
def the_label_itself(labels, classes):
    y = np.zeros((classes, labels.size))
    y[labels, range(labels.size)] = labels
    return y


@wrong(None)
def turned_if_the_shape_is_wrong(labels, classes):
    y = np.eye(classes)[labels]
    return y if y.shape == (classes, labels.size) else y.T


@wrong("flat-shape")
def squeezed_for_one_example(labels, classes):
    y = np.eye(classes)[:, labels]
    return y[:, 0] if labels.size == 1 else y


@wrong("list-for-array")
def a_list_of_rows(labels, classes):
    return [[float(label == c) for label in labels] for c in range(classes)]


@wrong("transposed+swaps-the-indices")
def classes_and_examples_mixed_up(labels, classes):
    y = np.zeros((labels.size, classes))
    y[labels, np.arange(labels.size)] = 1
    return y


@right
def fancy_index(labels, classes):
    y = np.zeros((classes, labels.size))
    y[labels, np.arange(labels.size)] = 1
    return y


@right
def put_along_axis(labels, classes):
    y = np.zeros((classes, labels.shape[0]), dtype=np.float32)
    np.put_along_axis(y, labels.reshape(1, -1), 1, axis=0)
    return y


@wrong("counts-classes-from-one")
def classes_off_by_one(labels, classes):
    """Counts the classes from 1, so every label is one row too high."""
    return (np.arange(1, classes + 1)[:, None] == labels).astype(float)


@wrong("makes-a-row-too-many")
def extra_class(labels, classes):
    """Makes one class too many."""
    return np.eye(classes + 1)[labels].T


@wrong("swaps-the-indices")
def exchanged_indices(labels, classes):
    """Exchanges row and column when writing, an IndexError or wrong places."""
    y = np.zeros((classes, labels.size))
    y[np.arange(labels.size), labels] = 1
    return y


@wrong("turns-zeros-and-ones-over")
def inverted(labels, classes):
    """Zeros and ones are exchanged."""
    return (np.arange(classes)[:, None] != labels).astype(float)


@wrong("transposed")
def list_of_rows(labels, classes):
    """Appends one row an example and forgets to transpose."""
    rows = []
    for label in labels:
        row = [0] * classes
        row[label] = 1
        rows.append(row)
    return np.array(rows)


@wrong("nothing-returned")
def returns_none(labels, classes):
    """The return is missing."""
    y = np.zeros((classes, len(labels)))
    for j, label in enumerate(labels):
        y[label, j] = 1


@wrong("makes-a-square-array")
def square(labels, classes):
    """Makes a (C, C) array, as if there were as many examples as classes."""
    y = np.zeros((classes, classes))
    for j, label in enumerate(labels):
        y[label, j] = 1
    return y


@wrong("repeats-one-shared-row")
def shared_row(labels, classes):
    """[[0] * m] * C repeats one and the same row."""
    rows = [[0] * len(labels)] * classes
    for j, label in enumerate(labels):
        rows[label][j] = 1
    return np.array(rows)


@wrong("leaves-out-the-last-example")
def range_one_short(labels, classes):
    m = len(labels)
    y = np.zeros((classes, m))
    for j in range(m - 1):
        y[labels[j], j] = 1
    return y


@wrong("numbers-the-classes-anew")
def by_the_inverse_of_unique(labels, classes):
    _, position = np.unique(labels, return_inverse=True)
    y = np.zeros((classes, labels.size))
    y[position, np.arange(labels.size)] = 1
    return y


@wrong("marks-the-others-with-minus-one")
def from_minus_ones(labels, classes):
    y = -np.ones((classes, labels.shape[0]))
    y[labels, range(labels.shape[0])] = 1
    return y


@wrong("counts-classes-from-below")
def from_below(labels, classes):
    y = np.zeros((classes, len(labels)))
    for j, label in enumerate(labels):
        y[-1 - label, j] = 1
    return y


@wrong("raised-IndexError")
def one_row_for_all(labels, classes):
    y = np.zeros((1, labels.size))
    y[labels, np.arange(labels.size)] = 1
    return y


@wrong("sets-nothing")
def indices_behind_indices(labels, classes):
    y = np.zeros((classes, labels.size))
    y[labels][:, np.arange(labels.size)] = 1
    return y


@wrong("sets-nothing")
def fills_a_copy(labels, classes):
    y = np.zeros((classes, len(labels)))
    y[labels, range(len(labels))].fill(1)
    return y


@wrong("makes-a-row-too-few")
def an_identity_too_small(labels, classes):
    return np.eye(classes - 1)[:, labels]


@wrong("makes-a-row-too-few")
def one_class_too_few_in_a_loop(labels, classes):
    y = np.zeros((classes - 1, labels.size), dtype=int)
    for c in range(classes - 1):
        y[c] = labels == c
    return y


@wrong("sets-as-many-ones-as-classes")
def a_round_for_every_class(labels, classes):
    y = np.zeros((classes, len(labels)), dtype=int)
    for j in range(classes):
        y[labels[j]][j] = 1
    return y


@wrong("marks-all-up-to-the-label")
def ones_from_the_label_down(labels, classes):
    y = np.zeros((classes, labels.size))
    for j, label in enumerate(labels):
        y[label:, j] = 1
    return y


@wrong("marks-all-up-to-the-label")
def ones_above_the_label(labels, classes):
    y = np.zeros((classes, labels.size))
    for j, label in enumerate(labels):
        y[:label, j] = 1
    return y


@wrong("leaves-out-the-last-class")
def a_loop_that_ends_a_class_early(labels, classes):
    y = np.zeros((classes, len(labels)))
    for c in range(classes - 1):
        y[c, labels == c] = 1
    return y


@wrong("makes-a-row-too-few")
def a_list_that_ends_a_class_early(labels, classes):
    return np.array([[int(label == c) for label in labels] for c in range(classes - 1)])


@wrong("leaves-out-class-zero")
def zero_is_falsy(labels, classes):
    y = np.zeros((classes, len(labels)))
    for j, label in enumerate(labels):
        if label:
            y[label][j] = 1
    return y


@wrong("leaves-out-class-zero")
def classes_from_one(labels, classes):
    y = np.zeros((classes, len(labels)))
    for k in range(1, classes):
        y[k, labels == k] = 1
    return y


@wrong("leaves-out-the-first-example")
def examples_from_one(labels, classes):
    y = np.zeros((classes, len(labels)))
    for j in range(1, len(labels)):
        y[labels[j], j] = 1
    return y


@wrong("marks-one-example-a-class")
def the_first_of_each_class(labels, classes):
    y = np.zeros((classes, len(labels)))
    found = list(labels)
    for c in range(classes):
        if c in found:
            y[c, found.index(c)] = 1
    return y


@wrong("keeps-the-ones-of-earlier-examples")
def one_column_for_all(labels, classes):
    column = np.zeros(classes)
    columns = []
    for k in labels:
        column[k] = 1
        columns.append(column.copy())
    return np.stack(columns, axis=1)
