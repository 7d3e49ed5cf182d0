"""One-hot labels: one column an example, with a single 1 in the row of its class."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def one_hot(labels, classes):
    """labels (m,), integers of 0 ... classes - 1 -> (classes, m): a 1 in each label's row."""
    y = np.zeros((classes, labels.size))
    y[labels, np.arange(labels.size)] = 1
    return y


HINTS = (
    "The result has one row a class, one column an example. Which of its two numbers can you "
    "not read off the labels?",
    "Start from zeros of shape (classes, m). A single entry of each column j becomes 1: in which "
    "row? A loop over j will do; two arrays of indices do it at once.",
    "Index the zeros with the labels as row numbers and 0 to m - 1 as column numbers, and set "
    "those to 1. Picking columns of an identity matrix by the labels gives the same.",
)

FACT = "A one-hot column is a probability distribution too: all of the probability in one class."


def inputs():
    """Classes that never occur (the last, and one between), as many examples as classes."""
    return [
        (np.array([2, 0, 2]), 4),
        (np.array([0, 1, 0]), 3),
        (np.array([4, 9, 1, 1, 0, 6]), 11),
        (np.array([2]), 3),
        (np.array([0, 0]), 1),
    ]


def faulty(labels, classes, *, rows="classes", first=0, value="one"):
    """The reference, with one or two things done wrong."""
    n = {
        "largest": labels.max() + 1 - first,
        "occurring": np.unique(labels).size,
        "one more": classes + 1,
        "examples": labels.size,
    }.get(rows, classes)
    y = np.zeros((n, labels.size))
    y[labels - first, np.arange(labels.size)] = {"label": labels}.get(value, 1)
    return 1 - y if value == "turned" else y


@fault(rows="largest")
def takes_the_classes_from_the_largest_label():
    """Your rows end with the largest label. A mini-batch need not hold an example of the last
    class, and then your result can have too few rows to fit the network. Look at where the number
    of rows comes from: it is handed to you."""


@fault(rows="occurring")
def counts_the_classes_that_occur():
    """You take the number of classes from how many different labels occur. A mini-batch may lack
    some classes: then a label can be as large as that number, or larger, and its row does not
    exist. Look at where the number of rows comes from: it is handed to you."""


@fault(rows="examples")
def makes_a_row_for_every_example():
    """Your result has one row an example. Asked for are one row a class and one column an example.
    Look at where the number of rows comes from, such as the shape of zeros or the size of an
    identity matrix."""


@fault(rows="one more")
def makes_a_row_too_many():
    """Your result has a row too many. Labels go from 0 to classes - 1, which makes `classes` rows
    in all. Look at where the number of rows is made."""


@fault(first=1)
def counts_classes_from_one():
    """You count classes from 1, so a class stands a row too high in your result, and class 0 in the
    last row, which is index -1, or nowhere. Labels start at 0 here. Look for a 1 that is taken away
    from the labels, or for row numbers that start at 1."""


@fault(first=-1)
def adds_one_to_the_labels():
    """You add 1 to the labels, so a class stands a row too low in your result, and for the last
    there may be no row at all. Labels start at 0 here, as rows do. Look at the row number that you
    make of a label."""


@fault(value="label")
def writes_the_labels():
    """You write the label itself where a 1 belongs, so class 2 gets a 2 and class 0 nothing at all.
    The row says which class it is; the entry only says yes. Look at what you put there."""


@fault(value="turned")
def turns_zeros_and_ones_over():
    """Your zeros and ones have changed places: the class of the example gets 0 and all others 1.
    Look at a comparison, or at what you start from and what you write into it."""


@mistake
def takes_the_classes_that_occur(labels, classes):
    """You number the classes by what occurs in these labels. Another mini-batch can then give the
    same class another row, so that a row means nothing to a network. Look at where your rows come
    from: a class that never occurs keeps its row of zeros."""
    occurring = np.unique(labels)
    return (occurring[:, np.newaxis] == labels) * 1.0


@mistake
def fills_whole_rows(labels, classes):
    """Each class that occurs at all is 1 for every example in your result. So it comes out where a
    single array of indices stands in an assignment, which names whole rows, where a colon stands
    beside the row, or where all examples share one list. Look at how much is set for one example:
    it is to be one entry."""
    y = np.zeros((classes, labels.size))
    y[labels] = 1
    return y


@mistake
def fills_whole_columns(labels, classes):
    """You use the labels as column numbers and fill whole columns. Columns are examples, and labels
    say which row. Look at your assignment: a colon in the first place, for one, stands for all
    rows."""
    y = np.zeros((classes, labels.size))
    y[:, labels] = 1
    return y


@mistake
def swaps_the_indices(labels, classes):
    """You use the label as a column number and the example's number as a row. That is an error for
    many shapes, and can be a silent slip where there are as many classes as examples. Look at the
    order of the two indices: rows come first."""
    y = np.zeros((classes, labels.size))
    y[np.arange(labels.size), labels] = 1
    return y


@mistake
def reshapes_where_it_should_turn(labels, classes):
    """Your result has the right shape, with its numbers, as a rule, in the wrong places. A reshape
    reads the numbers in the same order and cuts the lines anew: in general that is no turning of
    rows into columns. Look at how you get from one row an example to one column an example, or at
    how you count places in a flat array."""
    return np.eye(classes)[labels].reshape(classes, -1)


@mistake
def marks_all_up_to_the_label(labels, classes):
    """You mark the classes on one side of the label, with or without its own, where its own alone
    is due. That says the classes come in an order, like small, medium, large; cats and dogs do not,
    and a column is to hold a single 1. Look at what marks them, such as a comparison or a slice."""
    return (np.arange(classes)[:, np.newaxis] <= labels) * 1.0


@also(marks_all_up_to_the_label)
def marks_all_from_the_label_on(labels, classes):
    return (np.arange(classes)[:, np.newaxis] >= labels) * 1.0


@also(marks_all_up_to_the_label)
def marks_all_above_the_label(labels, classes):
    return (np.arange(classes)[:, np.newaxis] < labels) * 1.0


@also(marks_all_up_to_the_label)
def marks_all_below_the_label(labels, classes):
    return (np.arange(classes)[:, np.newaxis] > labels) * 1.0


@mistake
def marks_which_classes_occur(labels, classes):
    """You return one number a class for the whole batch: whether the class occurs in it. Each
    example needs a column of its own. Look at the shape of your result, and at what you make it
    from."""
    y = np.zeros(classes)
    y[labels] = 1
    return y


@mistake
def counts_the_labels(labels, classes):
    """You return how often each class occurs, for the whole batch together. Each example needs a
    column of its own, or nobody knows which example was which. Look at where your examples come
    together."""
    return np.bincount(labels, minlength=classes) * 1.0


@mistake
def puts_ones_on_the_diagonal(labels, classes):
    """You put example 0 into class 0, example 1 into class 1, and so on: the values of the labels
    are not used. Look at where the row number of each 1 comes from."""
    return np.eye(classes, labels.size)


@mistake
def compares_without_a_new_axis(labels, classes):
    """You compare the labels with the class numbers entry by entry, as two flat arrays are. Every
    label is to be compared with every class, which makes a matrix. Look at the shapes of the two
    sides: one of them needs an axis more."""
    return (labels == np.arange(classes)) * 1.0


@mistake
def stretches_a_single_example(labels, classes):
    """In your result the examples stand end to end in one flat line. The numbers are there, but the
    shape does not tell where an example ends. Look at the shape that is due: one row a class, one
    column an example."""
    return np.eye(classes)[labels].ravel()


@also(counts_classes_from_one)
def compares_with_rows_from_one(labels, classes):
    return (np.arange(1, classes + 1)[:, np.newaxis] == labels) * 1.0


@mistake
def makes_a_square_array(labels, classes):
    """Your array has as many columns as classes. It needs one column an example, and a batch may
    hold more of them or fewer: then there is an error, or columns stay empty. Look at the second
    number of its shape."""
    y = np.zeros((classes, classes))
    y[labels, np.arange(labels.size)] = 1
    return y


@mistake
def repeats_one_shared_row(labels, classes):
    """Every entry of your result is 1. So it comes out when a list of lists is multiplied by
    `classes`: it holds a single row several times over, and writing into one writes into all. Ones
    written into ones give it too. Look at how you make the rows that you write into."""
    return np.ones((classes, labels.size))


@mistake
def leaves_out_the_last_example(labels, classes):
    """Your last column is all zeros: the last example belongs to no class. The columns are numbered
    0 to m - 1, and a `range` or a slice leaves out the number where it ends. Look at where your
    columns end."""
    y = one_hot(labels, classes)
    y[:, -1] = 0
    return y


@mistake
def numbers_the_classes_anew(labels, classes):
    """You number the classes by their order among the labels that occur. A class that does not
    occur then moves all classes after it up by one row. The label is the row number: look at what
    you make of it first."""
    place = np.unique(labels, return_inverse=True)[1].reshape(-1)
    y = np.zeros((classes, labels.size))
    y[place, np.arange(labels.size)] = 1
    return y


@mistake
def marks_the_others_with_minus_one(labels, classes):
    """You put -1 at the classes that are not the label's. A one-hot column is a distribution that
    is sure: all its weight on one class, none on the others. Look at what you start from, or at
    what becomes of the zeros."""
    return 2 * one_hot(labels, classes) - 1


@mistake
def counts_classes_from_below(labels, classes):
    """You count classes from the bottom: class 0 stands in the last row. In this course the label
    is the row number, and rows are counted from the top. Look for something that turns the order of
    the rows round, or counts a row from the end."""
    return one_hot(labels, classes)[::-1]


@mistake
def sets_nothing(labels, classes):
    """Your result holds no 1 at all: none is set, or not in what you return. An array of indices in
    brackets gives a copy, so a second pair of brackets, or a method, behind it can only write into
    that copy, which is lost; and `==` compares, and sets nothing. Look at the line that is to set
    the ones, or for where it should come."""
    return np.zeros((classes, labels.size))


@mistake
def makes_a_row_too_few(labels, classes):
    """Your result has a row too few, or no place for the last class. Labels go from 0 to classes -
    1, which makes `classes` rows in all. Look at where the number of rows is made."""
    return np.eye(classes - 1)[:, labels]


@also(makes_a_row_too_few)
def compares_with_a_row_too_few(labels, classes):
    return (np.arange(classes - 1)[:, np.newaxis] == labels) * 1.0


@also(makes_a_row_too_few)
def lists_a_row_too_few(labels, classes):
    return np.array([(labels == c) * 1.0 for c in range(classes - 1)])


@mistake
def leaves_out_the_last_class(labels, classes):
    """Your last row is all zeros, so an example of the last class belongs to none. The classes are
    numbered 0 to classes - 1, and a `range` or a slice leaves out the number where it ends. Look at
    where your classes end."""
    y = one_hot(labels, classes)
    y[-1] = 0
    return y


@mistake
def sets_as_many_ones_as_classes(labels, classes):
    """You fill as many columns as there are classes, at most. Where there are more examples, the
    columns of the others stay empty. Look at how far your columns are counted: there is one for
    every label."""
    y = np.zeros((classes, labels.size))
    for j in range(classes):
        y[labels[j], j] = 1
    return y


@mistake
def leaves_out_class_zero(labels, classes):
    """Your first row is all zeros, so an example of class 0 belongs to none. Perhaps your classes
    are counted from 1, or a condition asks whether there is a label, and in Python the number 0
    counts as false there. Look at what happens to a label of 0."""
    y = one_hot(labels, classes)
    y[0] = 0
    return y


@mistake
def leaves_out_the_first_example(labels, classes):
    """Your first column is all zeros: the first example belongs to no class. Columns are numbered
    from 0, and a `range` or a slice from 1 begins with the second. Look at where your columns
    begin."""
    y = one_hot(labels, classes)
    y[:, 0] = 0
    return y


@mistake
def marks_one_example_a_class(labels, classes):
    """Every class gets one 1 at most, for one of its examples. Others of the same class are left
    with a column of zeros, and each example is to have its 1. Look at what finds one place alone,
    such as `index` or `argmax`."""
    return _one_each(labels, classes, 0)


@also(marks_one_example_a_class)
def marks_the_last_example_of_a_class(labels, classes):
    return _one_each(labels, classes, -1)


def _one_each(labels, classes, which):
    y = np.zeros((classes, len(labels)))
    for label in range(classes):
        places = np.flatnonzero(np.asarray(labels) == label)
        if places.size:
            y[label, places[which]] = 1
    return y


@mistake
def keeps_the_ones_of_earlier_examples(labels, classes):
    """The ones of earlier examples are still there in the columns of later ones, as where one
    column is made once and filled again and again. Look at what a column is when its turn
    comes."""
    return np.maximum.accumulate(np.eye(classes)[:, labels], axis=1)
