"""The cross-entropy cost J: the mean over the batch of each example's loss."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake

# y_hat clipped to 1e-7 ... 1 - 1e-7, as Keras does, is off by some 1e-7 where a probability is 1. A
# constant added under the logarithm passes up to 1e-9 and is refused from 1e-8, a clip above 1e-6.
TOLERANCE = 2e-6


def cross_entropy_cost(y, y_hat):
    """y (C, m), one-hot, and y_hat (C, m), probabilities -> J, the mean loss of the m examples."""
    m = y.shape[1]
    true = y > 0  # the other terms are 0, and log(0) must not be taken for them
    return -np.sum(y[true] * np.log(y_hat[true])) / m


HINTS = (
    "The loss of one example is minus the sum over the classes of y log y_hat. How many of its "
    "terms can be other than 0 when y is one-hot?",
    "0 times log(0) is NaN on a computer, though it should count as 0. Take the logarithm only of "
    "those probabilities where y is not 0. Then: how many examples does the batch have?",
    "Pick the entries of y_hat where y is 1, take their logarithms, sum, change the sign, and "
    "divide by the number of columns.",
)

FACT = (
    "A network that knows nothing and gives every class 1/C has a cost of log(C): 2.303 for ten "
    "digits. A first cost far above that often comes of a bug."
)


KEEPS_0_AWAY = (1e-15, 1e-12, 1e-10, 1e-9, 1e-8)
"""What is added under a logarithm."""


def inputs():
    """A class that never occurs, probabilities of 0, 1 and down to 1e-6, n = m."""
    y = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    y_hat = np.array([[0.0, 1.0, 0.25], [2e-4, 0.0, 0.0], [0.9998, 0.0, 0.75]])
    single = np.array([[0.5, 0, 0.7, 1e-6], [0.5, 1, 0.3, 1]], np.float32)
    unlikely = np.eye(5)[:, [4, 3, 0, 4, 1, 3]]
    shares = np.random.default_rng(1).dirichlet(np.full(5, 0.4), size=6).T * (1 - unlikely)
    shares[4, [1, 2]] = 0
    true = unlikely * 1e-4 * np.array([1.1, 1.2, 1.9, 2.2, 1.0, 3.1])
    surely_wrong = true + shares / shares.sum(axis=0) * (1 - true.sum(axis=0))
    return [
        (
            np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 1.0]]),
            np.array([[0.5, 0.25], [0.3, 0.35], [0.2, 0.4]]),
        ),
        (y, y_hat),
        (unlikely, surely_wrong),
        (np.array([[0.0], [0.0], [1.0], [0.0]]), np.array([[0.4], [0.2], [0.3], [0.1]])),
        (np.array([[1.0, 1.0]]), np.array([[1.0, 1.0]])),
        (np.array([[1, 0, 0, 1], [0, 1, 1, 0]], np.float32), single),
    ]


def faulty(y, y_hat, *, minus=True, mean="m", log="e", terms="true", of="y_hat", guard=True):
    """The reference, with one or two things done wrong."""
    count = {"sum": 1, "C": y.shape[0], "all": y.size}.get(mean, y.shape[1])
    take = {"2": np.log2, "10": np.log10, "none": np.positive}.get(log, np.log)

    def weighted(weight, p):
        if not guard:
            return weight * take(p)
        return np.where(weight > 0, weight * take(np.where(weight > 0, p, 1)), 0)

    if of == "1 - y_hat":
        y_hat = 1 - y_hat
    if of == "softmax":
        y_hat = np.exp(y_hat) / np.exp(y_hat).sum(axis=0)
    total = {
        "no y": lambda: take(y_hat),
        "both": lambda: weighted(y, y_hat) + weighted(1 - y, 1 - y_hat),
        "others": lambda: weighted(1 - y, 1 - y_hat),
        "swapped": lambda: y_hat * take(y),
        "entropy": lambda: weighted(y_hat, y_hat),
        "likeliest": lambda: take(y_hat.max(axis=0)),
    }.get(terms, lambda: weighted(y, y_hat))()
    return (-1 if minus else 1) * total.sum() / count


@fault(minus=False)
def forgets_the_minus():
    """There is a minus too few in your cost, or too many. The logarithm of a probability is at most
    0, and a cost is to grow from 0 as the predictions get worse. Look at your signs."""


@fault(mean="sum")
def sums_over_the_batch():
    """You add the losses up and do not divide by the number of examples. The size of the cost, as a
    rule, then grows with the batch, and so do its gradients: the right learning rate would change
    with it. Look for the step that makes a mean of a sum."""


@fault(mean="C")
def divides_by_the_number_of_classes():
    """You divide by the number of classes. A loss is a sum over the classes, and the mean is taken
    over the examples, which are columns. Look at how you get the number you divide by, or at the
    axis of your mean."""


@fault(mean="all")
def averages_over_classes_too():
    """You divide by the number of all entries, classes times examples, as a mean over everything
    does. Within an example the terms are summed; the mean runs over the examples alone. Look at
    what your mean divides by."""


@fault(log="2")
def takes_the_logarithm_to_base_two():
    """You take the logarithm to base 2, which gives the cost in bits. The course uses the natural
    one, for which a loss's gradient by its logits is y_hat - y. Look at which logarithm you
    take."""


@fault(log="10")
def takes_the_logarithm_to_base_ten():
    """You take the logarithm to base 10. The cost uses the natural one, for which the gradient of
    an example's loss by its logits takes the simple form y_hat - y. Look at which logarithm you
    take."""


@fault(log="none")
def leaves_out_the_logarithm():
    """There is no logarithm in your cost. Without it, there is a bound to what a wrong prediction
    costs; with it, the loss grows without bound as the true class's probability nears 0. Look at
    what is to happen to y_hat."""


@fault(guard=False)
def takes_the_log_of_zero():
    """Your cost can be NaN where y_hat has a 0 or a 1. A term of weight 0 should count as 0, but 0
    times the logarithm of 0 is NaN on a computer. Look for a way to take the logarithm only where y
    asks for it, or to keep it away from 0."""


@fault(terms="no y")
def forgets_to_pick_the_true_class():
    """The other classes come into your cost too. Only the true class's probability counts, and y is
    there to pick it: how the rest is shared out is not to matter. Look at where y comes into your
    formula, or should."""


@fault(terms="both")
def adds_the_two_class_terms():
    """You add a term for the other classes, as with 1 - y and 1 - y_hat. That belongs to two
    classes written as one number, as in logistic regression. Here every class has a row of its own,
    and only the true one counts. Look at what your sum takes from the others."""


@fault(terms="others")
def counts_only_the_other_classes():
    """You sum over the classes that are not the true one. The loss looks at the probability given
    to the true class, and nothing else. Look at which entries y picks in your formula."""


@fault(terms="swapped")
def swaps_y_and_y_hat():
    """You take the logarithm of the labels, not of the predictions. Labels are 0 or 1, and the
    logarithm of 0 is minus infinity. Look at which of the two stands under the logarithm: it is the
    prediction that is to be judged."""


@fault(terms="entropy")
def takes_the_entropy_of_the_predictions():
    """Your cost weighs the logarithm of y_hat by y_hat itself. That tells how undecided the
    predictions are, not whether they are right: the labels do not come in. Look at where y should
    come into your formula."""


@fault(terms="likeliest")
def reads_the_likeliest_class():
    """You pick a class by the predictions, such as the likeliest, not by the labels. Being wrong
    then makes no difference. Look at which class's probability the loss is about, and who names
    that class."""


@fault(of="1 - y_hat")
def takes_one_minus_the_probability():
    """What your cost judges is in general not the true class's probability, but another share, such
    as 1 - y_hat, which is left to the others. Look at what you take of y_hat."""


@fault(of="softmax")
def applies_softmax_again():
    """You apply softmax to y_hat, which holds probabilities already. A second softmax brings them
    closer together, unless all are equal, so that a sure prediction looks less sure. Look at where
    your way begins, and at what the argument is."""


@mistake
def multiplies_as_matrices(y, y_hat):
    """In your sum the class of one example meets the probabilities of all examples, as in a product
    of matrices, or where one index picks a whole row. An entry of y belongs to the same entry of
    y_hat. Look at how you bring them together: `@` and `dot` mean matrix products, `*` goes entry
    by entry."""
    return -np.sum(y.T @ np.log(y_hat)) / y.shape[1]


def _swaps(constant):
    return lambda y, y_hat: -np.sum(y_hat * np.log(y + constant)) / y.shape[1]


def _forgets_y(constant):
    return lambda y, y_hat: -np.sum(np.log(y_hat + constant)) / y.shape[1]


def _multiplies(constant):
    return lambda y, y_hat: -np.sum(y.T @ np.log(y_hat + constant)) / y.shape[1]


def _picks_rows(constant):
    return lambda y, y_hat: -np.mean(np.log(y_hat[y.argmax(axis=0)] + constant))


# With a constant that keeps 0 away, the same slips give other numbers.
swaps_1e_15, swaps_1e_12, swaps_1e_10, swaps_1e_9, swaps_1e_8 = (
    also(swaps_y_and_y_hat)(_swaps(constant)) for constant in KEEPS_0_AWAY
)
forgets_1e_15, forgets_1e_12, forgets_1e_10, forgets_1e_9, forgets_1e_8 = (
    also(forgets_to_pick_the_true_class)(_forgets_y(constant)) for constant in KEEPS_0_AWAY
)
rows, rows_1e_15, rows_1e_12, rows_1e_10, rows_1e_9, rows_1e_8 = (
    also(multiplies_as_matrices)(_picks_rows(constant)) for constant in (0, *KEEPS_0_AWAY)
)
forgets_and_leaves_0_out = also(forgets_to_pick_the_true_class)(
    lambda y, y_hat: -np.sum(np.log(np.where(y_hat > 0, y_hat, 1))) / y.shape[1]
)
product_1e_15, product_1e_12, product_1e_10, product_1e_9, product_1e_8 = (
    also(multiplies_as_matrices)(_multiplies(constant)) for constant in KEEPS_0_AWAY
)


@mistake
def takes_the_squared_error(y, y_hat):
    """You take the squared distance between y_hat and y. It is at most 2 however wrong a prediction
    is, and its gradient through softmax can fade just there. Look for the logarithm in the
    definition of the loss."""
    return np.sum((y - y_hat) ** 2) / y.shape[1]


@also(takes_the_squared_error)
def takes_half_the_squared_error(y, y_hat):
    return np.sum((y - y_hat) ** 2) / (2 * y.shape[1])


@also(takes_the_squared_error)
def averages_the_squared_error(y, y_hat):
    return np.mean((y - y_hat) ** 2)


@mistake
def averages_before_the_logarithm(y, y_hat):
    """You average the true classes' probabilities and take the logarithm of that. The cost is the
    mean of losses, and each loss has its own logarithm; the two orders agree only where all those
    probabilities are equal. Look at which comes first."""
    return -np.log(np.sum(y * y_hat) / y.shape[1])


@mistake
def sums_before_the_logarithm(y, y_hat):
    """You add up the true classes' probabilities, and take one logarithm of their sum. Each example
    has a loss of its own, from the logarithm of its own probability; it is the losses that are
    brought together. Look at which comes first, logarithm or sum, and at what your sum runs
    over."""
    return -np.log(np.sum(y * y_hat)) / y.shape[1]


@also(sums_before_the_logarithm)
def sums_before_the_logarithm_and_is_done(y, y_hat):
    return -np.log(np.sum(y * y_hat))


@mistake
def does_not_average(y, y_hat):
    """You return a loss for every example. Training needs one number to make smaller, so the cost
    is their mean over the batch. The last step is missing."""
    return -np.log(np.where(y > 0, y_hat, 1)).sum(axis=0)


@mistake
def counts_errors(y, y_hat):
    """You count how often the likeliest class is the wrong one, or the right one. That number jumps
    and has no useful gradient, which is why a cost is made from the probabilities. Look for the
    logarithm in the definition of the loss."""
    return np.mean(y_hat.argmax(axis=0) != y.argmax(axis=0))


@also(counts_errors)
def counts_hits(y, y_hat):
    return np.mean(y_hat.argmax(axis=0) == y.argmax(axis=0))


@mistake
def adds_a_large_eps_under_the_logarithm(y, y_hat):
    """You add a constant under the logarithm that is large enough to change the cost, not only to
    keep 0 away: where the true class has a small probability, the loss is then too small. Look at
    its size, or for a way to take the logarithm only where y asks for it."""
    return -np.sum(y * np.log(y_hat + 0.01)) / y.shape[1]


def _adds(constant):
    return lambda y, y_hat: -np.sum(y * np.log(y_hat + constant)) / y.shape[1]


adds_a_thousandth = also(adds_a_large_eps_under_the_logarithm)(_adds(1e-3))
adds_1e_4 = also(adds_a_large_eps_under_the_logarithm)(_adds(1e-4))
adds_1e_5 = also(adds_a_large_eps_under_the_logarithm)(_adds(1e-5))
adds_1e_6 = also(adds_a_large_eps_under_the_logarithm)(_adds(1e-6))
adds_1e_7 = also(adds_a_large_eps_under_the_logarithm)(_adds(1e-7))
adds_1e_8 = also(adds_a_large_eps_under_the_logarithm)(_adds(1e-8))


@mistake
def clips_the_probabilities(y, y_hat):
    """Below a bound the true class's probability makes no difference in your result, as where
    probabilities are clipped, and your bound is too high. It caps the loss: every prediction below
    it costs the same, however wrong it is, and the gradient there is 0. Look at the size of your
    bound, or take the logarithm only where y asks for it."""
    return -np.sum(y * np.log(np.maximum(y_hat, 1e-3))) / y.shape[1]


def _clips(low, high):
    return lambda y, y_hat: -np.sum(y * np.log(np.clip(y_hat, low, high))) / y.shape[1]


clips_at_a_tenth = also(clips_the_probabilities)(_clips(0.1, 1))
clips_at_a_hundredth = also(clips_the_probabilities)(_clips(0.01, 1))
clips_at_1e_4 = also(clips_the_probabilities)(_clips(1e-4, 1))
clips_at_1e_5 = also(clips_the_probabilities)(_clips(1e-5, 1))
clips_a_tenth_from_both_ends = also(clips_the_probabilities)(_clips(0.1, 0.9))
clips_a_hundredth_from_both_ends = also(clips_the_probabilities)(_clips(0.01, 0.99))
clips_1e_3_from_both_ends = also(clips_the_probabilities)(_clips(1e-3, 1 - 1e-3))
clips_1e_4_from_both_ends = also(clips_the_probabilities)(_clips(1e-4, 1 - 1e-4))
clips_1e_5_from_both_ends = also(clips_the_probabilities)(_clips(1e-5, 1 - 1e-5))


@mistake
def leaves_nan_out_of_the_mean(y, y_hat):
    """Your mean leaves out the terms of 0 times the logarithm of 0, which is NaN, and so can count
    fewer terms than there are. They are to count as 0, not to be left out. Look at what your mean
    divides by: a loss is a sum over the classes, and the mean runs over the examples."""
    with np.errstate(all="ignore"):
        return -np.nanmean(y * np.log(y_hat)) * y.shape[0]


@also(leaves_nan_out_of_the_mean)
def takes_the_mean_of_what_is_no_nan(y, y_hat):
    with np.errstate(all="ignore"):
        return -np.nanmean(y * np.log(y_hat))


@mistake
def takes_what_is_missing_to_one(y, y_hat):
    """Your cost is how much the true class's probability falls short of 1, on average. That is at
    most 1 however wrong a prediction is, so a probability of 0.000001 costs hardly more than one of
    0.01. Look for the logarithm in the definition of the loss."""
    return np.mean(1 - (y * y_hat).sum(axis=0))


@mistake
def leaves_out_examples_with_a_zero(y, y_hat):
    """You leave out every example that has a probability of 0 somewhere. A 0 for a class that is
    not the true one is no fault of that example, whose loss counts like any other. Look for a way
    to take the logarithm only where y asks for it."""
    kept = np.all(y_hat > 0, axis=0)
    return -np.sum(np.log(y_hat[:, kept][y[:, kept] > 0])) / np.sum(kept)


@also(leaves_out_examples_with_a_zero)
def leaves_them_out_and_gives_0_for_none(y, y_hat):
    kept = np.all(y_hat > 0, axis=0)
    losses = np.log(y_hat[:, kept][y[:, kept] > 0])
    return -np.mean(losses) if kept.any() else 0.0


@mistake
def divides_by_the_number_of_errors(y, y_hat):
    """Where examples are predicted wrongly, you divide by how many they are. The cost is the mean
    over all examples, and those that are right have a loss too, unless their probability is 1. Look
    at what you divide by."""
    losses = -np.log(np.where(y > 0, y_hat, 1)).sum(axis=0)
    return losses.sum() / max((y.argmax(axis=0) != y_hat.argmax(axis=0)).sum(), 1)


def _losses(y, y_hat):
    return -np.log(np.where(y > 0, y_hat, 1)).sum(axis=0)


@mistake
def leaves_out_the_last_example(y, y_hat):
    """Of several losses, the last does not come into your cost. Columns are numbered from 0 to m -
    1, and a `range` or a slice leaves out the number where it ends. Look at where your columns
    end."""
    return _losses(y, y_hat)[:-1].sum() / y.shape[1]


@also(leaves_out_the_last_example)
def averages_all_but_the_last(y, y_hat):
    with np.errstate(all="ignore"):
        return _losses(y, y_hat)[:-1].sum() / np.float64(y.shape[1] - 1)


@mistake
def leaves_out_the_first_example(y, y_hat):
    """Of several losses, the first is missing in your cost. Columns are numbered from 0, and a
    `range` or a slice from 1 begins with the second. Look at where your columns begin."""
    return _losses(y, y_hat)[1:].sum() / y.shape[1]


@also(leaves_out_the_first_example)
def averages_all_but_the_first(y, y_hat):
    with np.errstate(all="ignore"):
        return _losses(y, y_hat)[1:].sum() / np.float64(y.shape[1] - 1)


@mistake
def keeps_the_last_loss(y, y_hat):
    """Only the last example's loss comes into your cost. The losses before it are to be added up
    with it. If you have a loop, look at what each of its rounds does to the sum of the rounds
    before, and at which lines stand inside."""
    return _losses(y, y_hat)[-1]


@also(keeps_the_last_loss)
def divides_the_last_loss(y, y_hat):
    return _losses(y, y_hat)[-1] / y.shape[1]


@mistake
def keeps_the_first_loss(y, y_hat):
    """Only the first example's loss comes into your cost. Perhaps a `return` stands inside a loop
    and ends it in its first round, or an index names one column. Look at how far the line is
    indented, or at what you pick."""
    return _losses(y, y_hat)[0]


@also(keeps_the_first_loss)
def divides_the_first_loss(y, y_hat):
    return _losses(y, y_hat)[0] / y.shape[1]


@mistake
def divides_by_one_less(y, y_hat):
    """You divide by the number of examples less one, at least where there are several. That belongs
    to an unbiased variance; the mean of m losses is their sum over m. Look at the number you divide
    by."""
    with np.errstate(all="ignore"):
        return _losses(y, y_hat).sum() / np.float64(y.shape[1] - 1)


@also(divides_by_one_less)
def divides_by_one_less_but_never_zero(y, y_hat):
    return _losses(y, y_hat).sum() / max(y.shape[1] - 1, 1)


@mistake
def leaves_out_the_last_class(y, y_hat):
    """Examples of the last class have no loss in your cost. The classes are numbered from 0 to C -
    1, and a `range` or a slice leaves out the number where it ends. Look at where your rows end."""
    return _losses(y[:-1], y_hat[:-1]).sum() / y.shape[1]


@mistake
def leaves_out_the_first_class(y, y_hat):
    """Examples of class 0 have no loss in your cost. Rows are numbered from 0, and a `range` or a
    slice from 1 begins with the second; a label of 0 also counts as false in a condition. Look at
    what happens to class 0."""
    return _losses(y[1:], y_hat[1:]).sum() / y.shape[1]


def _class_means(y, y_hat):
    losses = _losses(y, y_hat)
    return [losses[row > 0].mean() for row in y if row.any()]


@mistake
def averages_within_every_class(y, y_hat):
    """You average within each class first, and then over the classes. So an example of a class that
    is rare in the batch counts more than one of a frequent class. The cost is one mean over all
    examples, each of them alike. Look at how many means you take."""
    return np.mean(_class_means(y, y_hat))


@also(averages_within_every_class)
def averages_within_every_class_and_over_all(y, y_hat):
    return sum(_class_means(y, y_hat)) / len(y)


def _along_the_rows(y, y_hat):
    return -np.log(y_hat[np.arange(len(y)), y.argmax(axis=1)])


@mistake
def looks_for_the_label_along_the_rows(y, y_hat):
    """You look for one example in every class, along the rows of y. It is each example that has one
    class: so every column has a 1, and a row may have several or none. Look at the axis along which
    you search."""
    return np.mean(_along_the_rows(y, y_hat))


@also(looks_for_the_label_along_the_rows)
def looks_along_the_rows_and_divides_by_the_examples(y, y_hat):
    return np.sum(_along_the_rows(y, y_hat)) / y.shape[1]
