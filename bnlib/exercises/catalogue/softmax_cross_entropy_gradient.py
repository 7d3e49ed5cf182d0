"""The gradient of the cross-entropy cost, the mean over the batch, with respect to the logits."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def softmax_cross_entropy_gradient(z, y):
    """Logits z (C, m) and one-hot y (C, m) -> dJ/dz (C, m), for the mean cost J of the batch."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    y_hat = e / e.sum(axis=0, keepdims=True)
    return (y_hat - y) / z.shape[1]


HINTS = (
    "The loss of one example is the log of a sum of exponentials minus the true class's logit. "
    "What is the derivative of each of the two parts with respect to one logit?",
    "The first part gives softmax, the second the one-hot label. That is the gradient of one "
    "example's loss; the cost is a mean of m of them.",
    "Work out the probabilities of every column, subtract y, and divide the whole by the number of "
    "columns.",
)

FACT = (
    "Every column of the gradient sums to 0, and no entry is larger in size than 1/m: however "
    "wrong an example is, its pull is bounded."
)


def inputs():
    """A class that never occurs, columns of different levels, as many classes as examples."""
    levels = np.array([
        [1e4, -1e4, 1.234567, -700.1, 0.0],
        [9999, -10001.5, -0.456789, -1e4, 1.0],
        [-1e4, -10002, 60.712345, 0.0, 2.0],
        [1.0, -10003, 59.1, 900.212345, -3.0],
        [0.0, -9999.8, 61.2, 899.4, 0.5],
    ])  # fmt: skip
    single = np.array([[1e4, -1, 10], [-1e4, 3, 11]], np.float32)
    return [
        (
            np.array([[1.0, 0.5], [2.0, -1.0], [0.5, 2.0]]),
            np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 1.0]]),
        ),
        (levels, np.eye(5)[:, [1, 4, 4, 4, 0]]),
        (np.array([[2.0], [-1.0], [0.5], [1.0]]), np.array([[0.0], [1.0], [0.0], [0.0]])),
        (np.array([[1.5, -2.0]]), np.array([[1.0, 1.0]])),
        (np.array([[0.3, -800.5, 2.0], [1.1, 0.0, -0.5]]), np.eye(2)[:, [0, 1, 1]]),
        (single, np.array([[0, 1, 1], [1, 0, 0]], np.float32)),
    ]


def faulty(z, y, *, axis=0, give="softmax", labels="minus", factor="", divide="m", shift=True):
    """The reference, with one or two things done wrong."""
    e = np.exp(z - z.max(axis=axis, keepdims=True) if shift else z)
    p = e / e.sum(axis=axis, keepdims=True)
    given = {
        "logits": lambda: z,
        "exponentials": lambda: np.exp(z),
        "sigmoid": lambda: 1 / (1 + np.exp(-z)),
        "hardmax": lambda: (np.arange(len(z))[:, np.newaxis] == z.argmax(axis=0)) * 1.0,
        "logarithms": lambda: np.log(p),
        "twice": lambda: np.exp(p) / np.exp(p).sum(axis=axis, keepdims=True),
    }.get(give, lambda: p)()
    signs = {"plus": (1, 1), "none": (1, 0), "turned": (-1, 1)}.get(labels, (1, -1))
    count = {"none": 1, "C": len(z), "all": z.size, "twice": z.shape[1] ** 2}.get(
        divide, z.shape[1]
    )
    if divide == "only the labels":
        return signs[0] * given + signs[1] * y / z.shape[1]
    if divide == "only the probabilities":
        return signs[0] * given / z.shape[1] + signs[1] * y
    gradient = (signs[0] * given + signs[1] * y) / count
    return {
        "times": gradient * p * (1 - p),
        "over": gradient / (p * (1 - p)),
        "y": gradient * y,
        "others": gradient * (1 - y),
        "quotient": -signs[0] * y / p / count,
        "bias": gradient.sum(axis=1, keepdims=True),
        "the same": gradient.sum(axis=1, keepdims=True) + 0 * z,
        "derivative": p * (1 - p) / count,
    }.get(factor, gradient)


@fault(divide="none")
def forgets_to_divide_by_m():
    """Your result is not divided by m; nor is the lecture's dZ, which leaves 1/m to dW. Asked for
    is the gradient of the cost, the mean over the batch, in which each of several examples has a
    smaller share. If nothing divides later on, the right learning rate in general changes with the
    batch size. Look at where the number of examples should come in."""


@fault(divide="C")
def divides_by_the_number_of_classes():
    """You divide by the number of classes. The cost is a mean over examples, which are the columns.
    Look at the number you divide by: `len(z)` and `z.shape[0]` count rows."""


@fault(divide="all")
def divides_by_every_entry():
    """You divide by the number of all entries, classes times examples. The losses are averaged over
    the examples alone; within one example the classes are summed. Look at the number you divide
    by."""


@fault(divide="twice")
def divides_by_m_twice():
    """You divide by the number of examples twice. The mean is taken once in the cost, so once is
    due. Look for a second division, or for a square."""


@fault(divide="only the labels")
def divides_only_the_labels():
    """You divide the labels by the number of examples, and not the probabilities, as happens
    without brackets: division comes before subtraction. Look at what you divide, and when."""


@fault(divide="only the probabilities")
def divides_only_the_probabilities():
    """You divide the probabilities by the number of examples, and not the labels. The mean is of
    the whole difference. Look at what you divide, and when."""


@fault(labels="turned")
def subtracts_the_wrong_way_round():
    """Your gradient has the wrong sign: a step against it can make the true class less likely. The
    cost never rises with the true class's logit, so the gradient there is not positive. Look at
    which of the two is taken away from which."""


@fault(labels="plus")
def adds_the_labels():
    """You add the labels to the probabilities. At the true class the gradient is to be negative,
    and 0 for a perfect prediction. Look at the sign in front of y."""


@fault(labels="none")
def leaves_out_the_labels():
    """Your result takes no labels away. The log of the sum gives one part of the gradient; the true
    class's own logit gives the other. Look at the second part of the loss."""


@fault(give="logits")
def forgets_the_softmax():
    """You use the logits where probabilities are due. Logits less labels are the gradient of a
    squared error without softmax. Look at what has to happen to z first."""


@fault(give="exponentials")
def does_not_normalize():
    """You use the exponentials of the logits as if they were probabilities. They need not sum to 1
    in a column until they are divided by their sum. Look at your softmax."""


@fault(give="sigmoid")
def uses_the_sigmoid():
    """You put every logit through a sigmoid by itself. That treats each class as a question of its
    own; with softmax the classes of an example compete, and each column of the gradient sums to 0.
    Look at the function you apply to z."""


@fault(give="hardmax")
def uses_the_predicted_class():
    """You use the predicted class, a 1 at the largest logit, where probabilities are due. It does
    not tell an example that is barely right from a sure one. Look at what you make of z."""


@fault(give="logarithms")
def uses_the_log_probabilities():
    """You use the logarithms of the probabilities. The logarithm stands in the cost; after
    differentiating it, the probabilities themselves are left. Look at what you make of z."""


@fault(give="twice")
def applies_softmax_twice():
    """You apply softmax to its own result, which brings the probabilities closer together, unless
    all are equal. The argument z holds logits, and one softmax is enough. Look for a step that is
    there twice."""


@fault(axis=1)
def normalizes_over_examples():
    """Your softmax runs along the rows, over the examples of one class. The probabilities of one
    example are to sum to 1, and arrays here have one column an example. Look at the axis of your
    sum, and of the maximum, if you subtract one."""


@fault(axis=None)
def normalizes_over_everything():
    """Your softmax divides by one sum of the whole matrix. Every column is to sum to 1 by itself.
    Look at the axis of your sum, and of the maximum, if you subtract one: without an axis, NumPy
    takes all the numbers together."""


@fault(factor="times")
def multiplies_by_the_diagonal():
    """You multiply by y_hat (1 - y_hat) as well. In the difference between y_hat and y the
    derivative of softmax is already contained; the extra factor makes the gradient all but
    vanish even where the network is sure and wrong. Look at how often you differentiate softmax."""


@fault(factor="over")
def uses_the_two_class_derivative():
    """Your result has y_hat (1 - y_hat) below the line. That is what a two-class loss gives with
    respect to the probability, one step short of the logit. Look at which variable you
    differentiate with respect to."""


# y times (y_hat - y) and (-y / y_hat) times y_hat (1 - y_hat) are the same number: y is 0 or 1.
@fault(factor="y")
def keeps_only_the_true_class():
    """Your gradient is 0 for all classes but the true one. The other logits stand in softmax's sum,
    so they move the cost too, and are to be pushed down. Look at what makes the other entries 0, or
    leaves them 0, such as a factor y, a condition, or a derivative of softmax that is only its
    diagonal."""


@fault(factor="others")
def leaves_out_the_true_class():
    """Your gradient is 0 at the true class. Its logit is the one that is to be pushed up, so the
    gradient there is negative, unless the prediction is perfect already. Look at what you make of
    the entries where y is 1."""


@fault(factor="quotient")
def stops_at_the_probabilities():
    """You give the gradient with respect to the probabilities, with y_hat below the line. One step
    is left: from the probabilities back to the logits, through softmax. Look at which variable the
    exercise asks about."""


@fault(factor="derivative")
def gives_a_derivative_of_softmax():
    """Your result is made of y_hat (1 - y_hat), often quoted as the derivative of softmax. The
    labels do not come in, so it cannot be the gradient of a cost that depends on them. Look at the
    loss itself, and differentiate it with respect to a logit."""


@fault(factor="bias")
def averages_over_the_examples():
    """You add the gradient up over the examples, and one column is left. That is the gradient of an
    output bias; each example's logits need a column of their own, as in z. Look for a sum or
    mean that runs over the examples: the mean in the cost gives a factor, not a sum."""


@fault(factor="the same")
def gives_every_example_the_same():
    """Every column of your gradient is the same, made from all the examples together. Each
    example's logits move its own loss only, so each has a column of its own. Look for a sum or mean
    that runs over the examples: the mean in the cost gives a factor, not a sum."""


@fault(shift=False)
def does_not_shift():
    """Nothing brings the logits to a harmless size before you take their exponentials. In float64
    the exponential of 1000 is infinite, and infinity over infinity is NaN; far below 0 every
    exponential is 0. Look for something to subtract from a column's logits that leaves its
    probabilities as they are."""


@mistake
def returns_the_cost(z, y):
    """You return the cost, a single number. Asked for is how it changes with each logit, a matrix
    of z's shape. Look at the name of the exercise, and differentiate."""
    shifted = z - z.max(axis=0, keepdims=True)
    p_log = shifted - np.log(np.exp(shifted).sum(axis=0, keepdims=True))
    return -np.sum(y * p_log) / z.shape[1]


@also(stops_at_the_probabilities)
def stops_at_the_probabilities_and_keeps_from_zero(z, y):
    e = np.exp(z - z.max(axis=0))
    return -y / (e / e.sum(axis=0) + 1e-12) / z.shape[1]


@mistake
def takes_the_gradient_of_the_squared_error(z, y):
    """You give the gradient of a squared error, taken through softmax. The cost is the
    cross-entropy: its derivative cancels in part against that of softmax. Look at which cost you
    differentiate."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    p = e / e.sum(axis=0, keepdims=True)
    return p * ((p - y) - ((p - y) * p).sum(axis=0, keepdims=True)) / z.shape[1]


@also(takes_the_gradient_of_the_squared_error)
def takes_twice_the_gradient_of_the_squared_error(z, y):
    return 2 * takes_the_gradient_of_the_squared_error.answer(z, y)


@mistake
def shifts_by_the_largest_of_all(z, y):
    """What you subtract can lie far above all logits of a column, as the largest of the whole
    matrix may. The column's exponentials can then all be 0, and so is their sum: nothing is left to
    tell its classes apart. Look for the shift after which the largest exponent of every column is
    0."""
    e = np.exp(z - z.max())
    return (e / e.sum(axis=0, keepdims=True) - y) / z.shape[1]


@mistake
def clips_the_logits(z, y):
    """You cut the logits off at a fixed size, perhaps against overflow. Logits beyond the same end
    become equal, and what told them apart is lost. Look for something to subtract from a column
    that leaves its differences as they are."""
    e = np.exp(np.clip(z, -100, 100))
    return (e / e.sum(axis=0, keepdims=True) - y) / z.shape[1]


def _clips(size):
    def answer(z, y):
        e = np.exp(np.clip(z, -size, size))
        return (e / e.sum(axis=0, keepdims=True) - y) / z.shape[1]

    return answer


clips_at_10 = also(clips_the_logits)(_clips(10))
clips_at_20 = also(clips_the_logits)(_clips(20))
clips_at_30 = also(clips_the_logits)(_clips(30))


@mistake
def shifts_by_another_logit(z, y):
    """What you subtract from a column is, as a rule, not its largest logit. On paper that leaves
    the probabilities as they are, but a logit that lies thousands above it overflows as an
    exponential. Look for the shift after which no exponent is above 0."""
    return _shifted(lambda z, y: z[:1])(z, y)


def _shifted(by):
    def answer(z, y):
        e = np.exp(z - by(z, y))
        return (e / e.sum(axis=0) - y) / z.shape[1]

    return answer


shifts_by_the_mean = also(shifts_by_another_logit)(
    _shifted(lambda z, y: z.mean(axis=0, keepdims=True))
)
shifts_by_the_last = also(shifts_by_another_logit)(_shifted(lambda z, y: z[-1:]))
shifts_by_the_true = also(shifts_by_another_logit)(_shifted(lambda z, y: (z * y).sum(axis=0)))
shifts_by_the_smallest = also(shifts_by_another_logit)(_shifted(lambda z, y: z.min(axis=0)))


@mistake
def leaves_the_logarithm_out_of_the_loss(z, y):
    """Each column of your result is the right one, times the probability of the true class. That is
    the gradient of minus that probability; the loss is minus its logarithm, and the logarithm has a
    derivative too. Look at how the loss depends on that probability."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    p = e / e.sum(axis=0, keepdims=True)
    return (p - y) * (p * y).sum(axis=0, keepdims=True) / z.shape[1]


@mistake
def patches_the_overflow(z, y):
    """Where exponentials overflow, or all come to 0, a substitute takes the place of what is
    due. What the logits of such a column said can be lost by then. Look for
    something to subtract from a column's logits beforehand that leaves its probabilities as they
    are."""
    return (_patched(z, 0) - y) / z.shape[1]


def _patched(z, number, shift=0):
    e = np.exp(z - shift)
    p = e / e.sum(axis=0, keepdims=True)
    return np.where(np.isnan(p), number, p)


@also(patches_the_overflow)
def patches_with_ones(z, y):
    return (_patched(z, 1) - y) / z.shape[1]


@also(patches_the_overflow)
def patches_with_equal_shares(z, y):
    return (_patched(z, 1 / len(z)) - y) / z.shape[1]


@also(patches_the_overflow)
def patches_the_gradient(z, y):
    return np.nan_to_num((_patched(z, np.nan) - y) / z.shape[1])


@also(shifts_by_the_largest_of_all)
def shifts_by_the_largest_of_all_and_patches(z, y):
    return (_patched(z, 0, z.max()) - y) / z.shape[1]


@mistake
def takes_one_from_whole_rows(z, y):
    """You take 1 from whole rows, of every class that some example has, as when one index alone
    picks rows. A 1 is due at each example's own class alone. Look at your index, and at whether it
    says which column."""
    m = z.shape[1]
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return (e / e.sum(axis=0, keepdims=True) - y.any(axis=1, keepdims=True)) / m


@mistake
def shifts_by_each_rows_largest(z, y):
    """What you subtract can differ within a column, as each row's largest logit can. Only what is
    the same for a whole column drops out of its quotient. Look at the axis of your maximum."""
    with np.errstate(all="ignore"):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return (e / e.sum(axis=0, keepdims=True) - y) / z.shape[1]
