"""Softmax regression, trained by gradient descent on the whole batch, from zeros."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def softmax_regression(x, y, learning_rate, steps):
    """x (n, m), one-hot y (C, m) -> w (C, n), b (C, 1) after `steps` steps from zeros."""
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        dz = (e / e.sum(axis=0, keepdims=True) - y) / x.shape[1]
        w = w - learning_rate * dz @ x.T
        b = b - learning_rate * dz.sum(axis=1, keepdims=True)
    return w, b


HINTS = (
    "One step: which logits do w and b give, which probabilities follow, and what is the gradient "
    "of the cost with respect to the logits? You have met all three.",
    "z = w x + b, so the gradient with respect to w is a matrix product of dz and x, of w's shape, "
    "and that with respect to b is a sum of dz. Work out both before you change anything.",
    "Inside a loop over range(steps): the probabilities, then (y_hat - y) over the number of "
    "examples, then w less the rate times dz x-transposed, and b less the rate times dz summed "
    "over the examples.",
)

FACT = (
    "Each column of dz sums to 0, so from zeros each column of w always does, too: one class's "
    "weights could be left out, as logistic regression does."
)


def inputs():
    """As many features as classes and examples; no step; so many that nothing moves any more."""
    x = np.array([[1.0, -2.0, 0.5, 3.0], [0.25, 1.5, -1.0, 2.0]])
    y = np.array([[1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 0.0]])
    square = np.array([[0.7, -1.9, 2.3], [3.1, 0.4, -0.8], [-0.6, 1.2, 0.9]])
    rng = np.random.default_rng(1)
    wide = rng.normal(1.3, 2.1, size=(3, 5))
    broad = rng.normal(size=(7, 6)) * np.array([[1], [-0.03], [4], [0.5], [-9], [2], [1]])
    one_hot = np.eye(2)[:, [0, 1, 1, 0, 1]]
    return [
        (square, np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]), 0.75, 2),
        (x, y, 0.5, 0),
        (broad, np.eye(4)[:, [0, 2, 1, 3, 3, 2]], 0.3613579, 5),
        (np.array([[1.0, -2.0], [0.3, 0.8]]), np.eye(3)[:, [0, 2]], 0.4, 2),
        (np.array([[1.7]]), np.array([[0.0], [1.0], [0.0]]), 0.0723456, 3),
        (wide.astype(np.float32), one_hot.astype(np.float32), 0.15, 6),
        (x[:, :3] / 2, np.eye(2)[:, [0, 1, 0]], 1.4, 60),
    ]


def faulty(
    x,
    y,
    learning_rate,
    steps,
    *,
    give="softmax",
    divide="m",
    labels="minus",
    sign=-1,
    rate="given",
    bias="learned",
    start=0.0,
    rounds=0,
    order="together",
    factor="",
):
    """The reference, with one or two things done wrong."""
    m = x.shape[1]
    w, b = np.full((len(y), len(x)), start), np.full((len(y), 1), start)
    rates = {"forgotten": (1, 1), "only w": (learning_rate, 1), "only b": (1, learning_rate)}
    rates["over m"] = learning_rate / m, learning_rate / m
    rate, rate_b = rates.get(rate, (learning_rate, learning_rate))
    counts = {
        "m": m,
        "none": 1,
        "C": len(y),
        "n": len(x),
        "all": y.size,
        "all of x": x.size,
        "only b": 1,
    }
    count = counts.get(divide, m)
    count_b = {"only b": m, "only w": 1, "b twice": m * m}.get(divide, count)

    def difference():
        z = w @ x + b
        e = np.exp(z)
        p = {
            "softmax": lambda: e / e.sum(axis=0, keepdims=True),
            "over examples": lambda: e / e.sum(axis=1, keepdims=True),
            "over everything": lambda: e / e.sum(),
            "logits": lambda: z,
            "exponentials": lambda: e,
            "sigmoid": lambda: 1 / (1 + np.exp(-z)),
            "hardmax": lambda: np.eye(len(y))[:, z.argmax(axis=0)],
        }[give]()
        d = {"minus": p - y, "plus": p + y, "none": p}[labels]
        return {"derivative": d * p * (1 - p), "y": d * y}.get(factor, d)

    for _ in range(max(steps + rounds, 0)):
        d = difference()
        if order == "b first":
            b = b + sign * rate_b * d.sum(axis=1, keepdims=True) / count_b
            d = difference()
        step = sign * rate * d / count @ x.T
        w = w + step
        if order == "w first":
            d = difference()
        if bias == "learned" and order != "b first":
            b = b + sign * rate_b * d.sum(axis=1, keepdims=True) / count_b
    return w, b


@fault(divide="none")
def forgets_to_divide_by_m():
    """You sum the gradient over the examples. The cost J is a mean over them; with a sum, the right
    learning rate would in general change with the size of the batch. Look at where the number of
    examples should come in."""


@fault(divide="C")
def divides_by_the_number_of_classes():
    """You divide by the number of classes. The cost is a mean over examples, which are the columns.
    Look at the number you divide by: `len` and `shape[0]` count rows."""


@fault(divide="n")
def divides_by_the_number_of_features():
    """You divide by the number of features. The cost is a mean over examples, which are the columns
    of x. Look at the number you divide by: `len` and `shape[0]` count rows."""


@fault(divide="all of x")
def divides_by_every_entry_of_x():
    """You divide by the number of all entries of x, features times examples. The cost is a mean
    over examples, which are the columns. Look at your mean or your count."""


@fault(divide="all")
def divides_by_every_entry_of_y():
    """You divide by the number of all entries of y, classes times examples. The loss of one example
    is a sum over the classes; only the examples are averaged. Look at your mean or your count."""


@fault(divide="only w")
def divides_only_for_w():
    """You divide b's gradient by the number of examples once less than w's. Both are gradients of
    the same mean. Look at how the two are worked out."""


@fault(divide="only b")
def divides_only_for_b():
    """You divide by the number of examples for b, and not for w. Both are gradients of the same
    mean. Look at how w's gradient is worked out."""


@fault(divide="b twice")
def divides_twice_for_b():
    """You divide b's gradient by the number of examples once more than w's, as happens with a mean
    of something that is divided already. Look at how dz becomes b's gradient."""


@fault(give="over examples")
def softmax_over_the_examples():
    """Your probabilities of one class add up to 1 over the examples. Each example's own
    probabilities are to add up to 1, over the classes. Look at the axis of your sum, and of a
    maximum, if you take one away."""


@fault(give="over everything")
def one_softmax_for_the_whole_batch():
    """All your probabilities together add up to 1, over classes and examples. Each example has
    probabilities of its own. Look at the axis of your sum."""


@fault(give="logits")
def forgets_the_softmax():
    """You use the logits themselves where probabilities are due. Less the labels, that is linear
    regression, the gradient of a squared error. Look at what has to happen to w x + b before y is
    taken away."""


@fault(give="exponentials")
def forgets_to_normalize():
    """You take the exponentials of the logits for probabilities. They need not add up to 1 yet.
    Look at what softmax does with them."""


@fault(give="sigmoid")
def uses_the_sigmoid():
    """You use a sigmoid for every class by itself. Its probabilities need not add up to 1: that is
    one yes-or-no question a class, not one choice among them. Look at your activation."""


@fault(give="hardmax")
def uses_hardmax():
    """You use a 1 at the largest logit, as the perceptron's rule does, where probabilities are due:
    they also say how sure the classifier is. Look at what you make of the logits."""


@fault(sign=1)
def climbs():
    """You go along the gradient, which points uphill. Look at the sign of your update, or at which
    of probabilities and labels is taken away from the other."""


@fault(labels="plus")
def adds_the_labels():
    """Your gradient adds the labels, which are to be taken away. It is to vanish where they and the
    probabilities are equal. Look at the sign in front of y."""


@fault(labels="none")
def leaves_out_the_labels():
    """Your gradient takes no labels away, so it does not say how far off the probabilities are.
    Look at what they are compared with."""


@fault(rate="forgotten")
def forgets_the_learning_rate():
    """Your steps have the length of the gradient itself. Look at where the learning rate should
    come in, for w and for b."""


@fault(rate="over m")
def divides_by_m_twice():
    """You divide a second time, by the number of examples. The mean is taken once in the cost, so
    one such division is due. Look for a second one, or for a square."""


@fault(bias="none")
def leaves_b_at_zero():
    """Your b stays as it starts, as where nothing changes it, or a sum that runs over the classes
    and is 0. Every class has a bias that learns as w does, like a weight on a feature that is
    always 1. Look at what changes b."""


@fault(start=1.0)
def starts_at_ones():
    """You start from ones. Equal weights for all classes give softmax the same result as zeros, and
    the ones can stay in yours. Look at your first w and b."""


@fault(rounds=-1)
def stops_a_step_early():
    """Your w and b are a step short, where `steps` is above 0. Look at the bounds of your loop, or
    at which w and b you hand back."""


@fault(rounds=1)
def takes_a_step_too_many():
    """You take one step too many; for `steps` of 0, w and b are to stay zeros. Look at the bounds
    of your loop, and at what stands after it."""


@fault(order="w first")
def moves_w_before_it_asks_for_b():
    """Your gradient of b is worked out with a w that has moved already. Both are to move at the
    same time, from one and the same gradient. Look at when the probabilities are computed."""


@fault(order="b first")
def moves_b_before_it_asks_for_w():
    """Your gradient of w is worked out with a b that has moved already. Both are to move at the
    same time, from one and the same gradient. Look at when the probabilities are computed."""


@fault(factor="derivative")
def multiplies_by_the_derivative_too():
    """You multiply by y_hat (1 - y_hat) as well. What the softmax's derivatives do is in
    y_hat - y already. Look at what you do to the difference."""


@fault(factor="y")
def keeps_only_the_true_class():
    """Of each example only the true class comes into your gradient. The logits of the others stand
    in softmax's sum, so they move the cost too, and are to be pushed down. Look at what makes their
    entries 0, such as a factor y, a condition, or a derivative of softmax that is only its
    diagonal."""


@mistake
def forgets_the_learning_rate_for_b(x, y, learning_rate, steps):
    """Your w moves at the learning rate, and your b by its whole gradient. One rate holds for both:
    a step goes that many times the gradient, in w and in b. Look at the line that changes b."""
    return faulty(x, y, learning_rate, steps, rate="only w")


@mistake
def forgets_the_learning_rate_for_w(x, y, learning_rate, steps):
    """Your b moves at the learning rate, and your w by its whole gradient. One rate holds for both:
    a step goes that many times the gradient, in w and in b. Look at the line that changes w."""
    return faulty(x, y, learning_rate, steps, rate="only b")


@mistake
def takes_a_single_step(x, y, learning_rate, steps):
    """Your result is that of a single step where more are asked for. Perhaps the `return` stands
    inside the loop, or w and b start from zeros in every round. Look at what a round hands on."""
    return faulty(x, y, learning_rate, min(steps, 1))


@mistake
def never_steps(x, y, learning_rate, steps):
    """You return zeros: w and b as they start. Perhaps the new values have names of their own. Look
    at which variables change, and which you return."""
    return faulty(x, y, learning_rate, 0)


@mistake
def returns_w_alone(x, y, learning_rate, steps):
    """You return w without b. The classifier is both: w x + b. Look at your `return`."""
    return faulty(x, y, learning_rate, steps)[0]


@mistake
def returns_probabilities(x, y, learning_rate, steps):
    """You return the probabilities of the trained classifier. Asked for are its parameters, w and
    b, with which other examples can be classified. Look at your `return`."""
    w, b = faulty(x, y, learning_rate, steps)
    e = np.exp(w @ x + b)
    return e / e.sum(axis=0, keepdims=True)


@mistake
def multiplies_entry_by_entry(x, y, learning_rate, steps):
    """You multiply dz and x entry by entry. Their shapes, (C, m) and (n, m), need not agree; every
    class meets every feature, summed over the examples, in a matrix product. Look at the line of
    w's gradient."""
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        dz = (e / e.sum(axis=0, keepdims=True) - y) / x.shape[1]
        w = w - learning_rate * (dz * x)
        b = b - learning_rate * dz.sum(axis=1, keepdims=True)
    return w, b


@also(multiplies_entry_by_entry)
def _sums_the_products(x, y, learning_rate, steps):
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        dz = (e / e.sum(axis=0, keepdims=True) - y) / x.shape[1]
        w = w - learning_rate * (dz * x).sum(axis=1, keepdims=True)
        b = b - learning_rate * dz.sum(axis=1, keepdims=True)
    return w, b


@mistake
def keeps_the_first_probabilities(x, y, learning_rate, steps):
    """Your result is that of steps that are all the same, with the probabilities of w and b at
    zero. As w and b move, the probabilities do, and the gradient with them. Look at which lines are
    gone through anew at every step."""
    w, b = faulty(x, y, learning_rate, 1)
    return w * steps, b * steps


def _example_by_example(x, y, learning_rate, steps, share):
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        for j in range(x.shape[1]):
            e = np.exp(w @ x[:, [j]] + b)
            dz = (e / e.sum() - y[:, [j]]) * share
            w, b = w - learning_rate * dz @ x[:, [j]].T, b - learning_rate * dz
    return w, b


@mistake
def steps_after_every_example(x, y, learning_rate, steps):
    """You move w and b after every example. That is stochastic gradient descent; asked for in each
    round is one step for the whole batch, from the gradient of all its examples at the same w and
    b. Look at which loop your update stands in."""
    return _example_by_example(x, y, learning_rate, steps, 1 / x.shape[1])


@also(steps_after_every_example)
def steps_wholly_after_every_example(x, y, learning_rate, steps):
    return _example_by_example(x, y, learning_rate, steps, 1)


@mistake
def uses_one_example_a_step(x, y, learning_rate, steps):
    """Each of your steps looks at one example alone, as in stochastic gradient descent; asked for
    are steps on the whole batch, from the gradient of all its examples. Look at which columns of x
    and y a step takes in."""
    return _one_a_step(x, y, learning_rate, steps, 1)


def _one_a_step(x, y, learning_rate, steps, share):
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for t in range(steps):
        j = [t % x.shape[1]]
        e = np.exp(w @ x[:, j] + b)
        dz = (e / e.sum() - y[:, j]) * share
        w, b = w - learning_rate * dz @ x[:, j].T, b - learning_rate * dz
    return w, b


@also(uses_one_example_a_step)
def uses_the_first_example_alone(x, y, learning_rate, steps):
    return _one_a_step(x[:, :1], y[:, :1], learning_rate, steps, 1)


@also(uses_one_example_a_step)
def divides_what_one_example_gives(x, y, learning_rate, steps):
    return _one_a_step(x, y, learning_rate, steps, 1 / x.shape[1])


@mistake
def leaves_b_out_of_the_logits(x, y, learning_rate, steps):
    """Your b learns, and the logits that its gradient comes from do not have it in them. The
    classifier is w x + b at every step. Look at the line that makes the logits."""
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        e = np.exp(w @ x)
        dz = (e / e.sum(axis=0, keepdims=True) - y) / x.shape[1]
        w = w - learning_rate * dz @ x.T
        b = b - learning_rate * dz.sum(axis=1, keepdims=True)
    return w, b


@mistake
def shrinks_the_learning_rate(x, y, learning_rate, steps):
    """Your learning rate shrinks from step to step. That has its uses, and is not asked for here:
    the same rate holds for all steps. Look at where the number of the step comes in."""
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for t in range(steps):
        e = np.exp(w @ x + b)
        dz = (e / e.sum(axis=0, keepdims=True) - y) / x.shape[1]
        w = w - learning_rate / (t + 1) * dz @ x.T
        b = b - learning_rate / (t + 1) * dz.sum(axis=1, keepdims=True)
    return w, b


@mistake
def centres_the_features(x, y, learning_rate, steps):
    """You take each feature's mean away. The w and b that come out belong to features of mean 0,
    whatever those of x are. Look at what you do to x."""
    return softmax_regression(x - x.mean(axis=1, keepdims=True), y, learning_rate, steps)


@mistake
def stops_when_it_is_flat(x, y, learning_rate, steps):
    """You take fewer steps than asked, once little changes. That saves time in practice; asked for
    is the result of exactly that many steps. Look for a condition that leaves out steps."""
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        dz = (e / e.sum(axis=0, keepdims=True) - y) / x.shape[1]
        if np.abs(dz).max() < 0.1:
            break
        w = w - learning_rate * dz @ x.T
        b = b - learning_rate * dz.sum(axis=1, keepdims=True)
    return w, b


@mistake
def keeps_only_the_last_change(x, y, learning_rate, steps):
    """You put the change itself in place of w and b, and what they were before is lost. A step
    starts from where the one before has ended. Look at what stands on the right of the lines that
    change w and b."""
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        d = (e / e.sum(axis=0, keepdims=True) - y) / x.shape[1]
        w, b = -learning_rate * d @ x.T, -learning_rate * d.sum(axis=1, keepdims=True)
    return w, b


@mistake
def carries_gradients_over(x, y, learning_rate, steps):
    """Gradients of earlier steps come into your later ones, as with momentum, or where a gradient
    is added to what the step before has left. A step comes from the gradient at the present w and b
    alone. Look at what is kept from step to step beside w and b."""
    return _carried(x, y, learning_rate, steps, 1, 1)


def _carried(x, y, learning_rate, steps, keep, keep_b, new=1):
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    dw, db = 0 * w, 0 * b
    for _ in range(steps):
        e = np.exp(w @ x + b)
        dz = (e / e.sum(axis=0, keepdims=True) - y) / x.shape[1]
        dw = keep * dw + new * (dz @ x.T)
        db = keep_b * db + new * dz.sum(axis=1, keepdims=True)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


def _carries(*weights):
    return lambda x, y, learning_rate, steps: _carried(x, y, learning_rate, steps, *weights)


carries_it_over_in_w = also(carries_gradients_over)(_carries(1, 0))
carries_it_over_in_b = also(carries_gradients_over)(_carries(0, 1))
has_momentum = also(carries_gradients_over)(_carries(0.9, 0.9))
averages_gradients = also(carries_gradients_over)(_carries(0.9, 0.9, 0.1))


@mistake
def learns_from_the_missed_alone(x, y, learning_rate, steps):
    """An example whose own class is the most probable already has no part in your steps, as with a
    perceptron. The cost falls further as that class gets surer, so such examples count too. Look
    for a condition or a factor that leaves examples out."""
    return _missed(x, y, learning_rate, steps, lambda missed: len(missed))


def _missed(x, y, learning_rate, steps, count):
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        missed = e.argmax(axis=0) != y.argmax(axis=0)
        dz = (e / e.sum(axis=0, keepdims=True) - y) * missed / count(missed)
        w = w - learning_rate * dz @ x.T
        b = b - learning_rate * dz.sum(axis=1, keepdims=True)
    return w, b


@also(learns_from_the_missed_alone)
def takes_the_mean_of_the_missed(x, y, learning_rate, steps):
    return _missed(x, y, learning_rate, steps, lambda missed: max(missed.sum(), 1))


@mistake
def averages_the_path(x, y, learning_rate, steps):
    """You return means of the w and b on the way. Asked for are those that the last step leaves.
    Look at what you hand back."""
    kept = [faulty(x, y, learning_rate, t) for t in range(steps + 1)]
    return tuple(np.mean(values, axis=0) for values in zip(*kept, strict=True))


@also(averages_the_path)
def averages_the_path_without_its_start(x, y, learning_rate, steps):
    kept = [faulty(x, y, learning_rate, t) for t in range(min(steps, 1), steps + 1)]
    return tuple(np.mean(values, axis=0) for values in zip(*kept, strict=True))


@mistake
def lets_b_grow_to_a_square(x, y, learning_rate, steps):
    """Your b grows from a column to a square: a flat array counts as a row beside the column. In
    the next step that is in general an error, or wrong. Look at the shape of what you take away
    from b."""
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        d = (e / e.sum(axis=0, keepdims=True) - y) / x.shape[1]
        w, b = w - learning_rate * d @ x.T, b - learning_rate * d.sum(axis=1)
    return w, b
