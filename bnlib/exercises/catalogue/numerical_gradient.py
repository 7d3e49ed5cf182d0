"""The gradient of a scalar function by central differences, to hold a derivation against."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def numerical_gradient(f, x, h=1e-5):
    """f: array -> number, x an array -> the gradient of f at x, of x's shape."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h
        gradient[index] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


HINTS = (
    "How does f change when one entry of x moves a little, and all others stay? Which two values "
    "of f do you compare, and how far apart are their x?",
    "Visit the entries one by one. For each, take f with that entry h higher and f with it h "
    "lower; the slope is the difference over the distance between the two.",
    "The distance is 2 h. `np.ndindex(x.shape)` walks through the indices of any shape; put every "
    "slope at its own index of an array like x, and leave x as it was.",
)

FACT = (
    "As a rule the error of a central difference falls with the square of h, that of a one-sided "
    "one only with h; for the central one, rounding takes over below h = 1e-6 or so."
)

# A difference quotient divides float64's rounding of f (1e-16 of its value) by h.
TOLERANCE = 1e-6


def bowl(x):
    """a cubic with a term between neighbours"""
    flat = np.ravel(x)
    return float((flat**3).sum() + (flat[:-1] * flat[1:] ** 2).sum() + 2 * flat[0])


def waves(x):
    """a fiftieth of a weighted sum of sines, less a fiftieth of the square of the weighted sum"""
    weights = np.array([[[1.0, -2.0]], [[0.5, 3.0]], [[-1.0, 2.0]]])
    return ((weights * np.sin(x)).sum() - (weights * x).sum() ** 2) / 50


def tilted(x):
    """the square of the sum of x[0], and the cube of every x[-1]"""
    return np.sum(x[0]) ** 2 + (x[-1] ** 3).sum()


def inputs():
    """Functions that are no parabolas; h large enough to see which differences are taken."""
    return [
        (bowl, np.array([[1.0, 2.0], [-1.0, 0.5]]), 0.5),
        (waves, np.array([[[0.3, -1.123456]], [[1.5, 0.1]], [[-0.4, 0.876543]]])),
        (tilted, np.array([-130.0, 0.07, -2.0, -0.6, 70.0]), 0.25),
    ]


def faulty(f, x, h=1e-5, *, low=-1.0, high=1.0, span="2h", move="one", sign=1, shape="x", step="h"):
    """The reference, with one or two things done wrong."""
    slopes = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        far = {"relative": abs(x[index]), "at least h": max(1, abs(x[index]))}.get(step, 1)
        size = h * far
        direction = np.zeros(x.shape)
        direction[index] = size
        if move == "row":
            direction[index[0]] = size
        if move == "all":
            direction[...] = size
        span_now = {"h": size, "1": 1, "4h": 4 * size, "h2": size**2, "2/h": 2 / size}.get(
            span, 2 * (h if span == "not as far" else size)
        )
        slopes[index] = (f(x + high * direction) - f(x + low * direction)) / span_now
    return sign * slopes


@fault(low=0.0, span="h")
def takes_a_forward_difference():
    """You compare f a step ahead with f at x. Where f curves, that one-sided slope is in general
    off, by about a multiple of h, and a derivation slightly wrong can hide in it. Look at where the
    lower of your two points lies."""


@fault(high=0.0, span="h")
def takes_a_backward_difference():
    """You compare f at x with f a step behind. Where f curves, that slope is in general off, by
    about a multiple of h, and a derivation slightly wrong can hide in it. Look at where the higher
    of your two points lies."""


@fault(span="h")
def divides_by_one_step():
    """Your slopes come out as when two points lie two steps apart and the difference is divided by
    one step. Look at the distance between your points, and at what you divide by."""


@fault(low=0.0)
def divides_one_step_by_two():
    """Your two points lie one step apart, x itself and a step above it, where two steps are due.
    Look at the lower point, which is to be a step below x."""


@fault(span="1")
def forgets_the_distance():
    """You give differences of f, not slopes. A division by the distance between the two points is
    missing, or is undone. Look at what becomes of the difference."""


@fault(span="h2")
def divides_by_the_square_of_h():
    """You divide by the step's square. That belongs to a second derivative; a slope divides by the
    distance between its two points. Look at what you divide by."""


@fault(span="2/h")
def multiplies_by_the_distance():
    """You multiply by the step where you are to divide, as happens without brackets: in
    a `/ 2 * h`, Python divides by 2, and multiplies by h then. Look at how h comes in."""


@fault(sign=-1)
def turns_the_sign():
    """Your gradient has its sign turned; the sign says whether f rises. Perhaps the higher point is
    taken from the lower. Look at the order in your difference, and for a minus."""


@fault(move="all")
def moves_all_entries():
    """You move all entries of x at once, so their slopes come together; a gradient needs each
    entry's own. Look at what your step is added to."""


@fault(move="row")
def moves_a_whole_row():
    """You move all entries with the same first index at once (in a matrix, a row), so their slopes
    come together. Each entry needs its own. Look at what your index picks out: one number, or
    several."""


@fault(step="relative")
def steps_in_proportion_to_x():
    """Your step depends on the entry itself. The exercise asks for a step of h, whatever the entry
    is; h times an entry of 0 would not move it at all. Look at how the step is made."""


@fault(step="at least h", span="not as far")
def steps_further_than_it_divides():
    """Your step depends on the entry itself, and you divide by 2 h, as if every step were h. For a
    large entry the slope may then be far off. Look at how the step is made."""


@also(steps_further_than_it_divides)
def _steps_in_proportion_and_divides_by_2h(f, x, h=1e-5):
    return faulty(f, x, h, step="relative", span="not as far")


@also(steps_further_than_it_divides)
def _scales_the_entry_and_divides_by_2h(f, x, h=1e-5):
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h * x[index]
        gradient[index] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


def _moved_on(f, x, h, first, then):
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        x[index] += first * h
        one = f(x)
        x[index] -= 2 * first * h
        gradient[index] = first * (one - f(x)) / (2 * h)
        x[index] += then * h
    return gradient


@mistake
def moves_the_entries_one_after_the_other(f, x, h=1e-5):
    """You do not put an entry back before you go on to the next, so later slopes are taken at
    another point. Look at what your point is when the next entry's turn comes."""
    return _moved_on(f, x, h, first=1, then=0)


@mistake
def steps_half_as_far(f, x, h=1e-5):
    """You step half of h to either side. That is a central difference too, but a step of h is asked
    for, and the distance between the points is then 2 h. Look at how far each point lies from x."""
    return numerical_gradient(f, x, h / 2)


@mistake
def steps_twice_as_far(f, x, h=1e-5):
    """You step twice h to either side. That is a central difference too, but a step of h is asked
    for, and the distance between the points is then 2 h. Look at how far each point lies from x."""
    return numerical_gradient(f, x, 2 * h)


@mistake
def gives_the_directional_slope(f, x, h=1e-5):
    """You give one number, the slope when all entries move together. A gradient has a slope for
    every entry of x, and x's shape. Look at how each entry is to be moved by itself."""
    return (f(x + h) - f(x - h)) / (2 * h)


@mistake
def takes_the_second_derivative(f, x, h=1e-5):
    """You take f ahead, plus f behind, minus twice f at x: that is how f curves, a second
    derivative. A slope's numerator is a difference of two values. Look at yours."""
    middle = 2 * f(x)
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h
        gradient[index] = (f(x + step) + f(x - step) - middle) / h**2
    return gradient


@mistake
def drops_the_fractions(f, x, h=1e-5):
    """Your slopes have lost everything after the point, as they do in an array of whole numbers.
    Look at how you make the array for the result and at its dtype, or for an `int`."""
    return numerical_gradient(f, x, h).astype(int)


@mistake
def fills_one_row(f, x, h=1e-5):
    """Of your gradient only what has the first index 0 is filled in (in a matrix, the first row).
    Every entry of x has a slope. Look at how far you walk."""
    gradient = numerical_gradient(f, x, h)
    gradient[1:] = 0
    return gradient


@mistake
def fills_one_column(f, x, h=1e-5):
    """In a matrix, only the first column of your gradient is filled in. Every entry of x has a
    slope. Look at how many indices you walk through."""
    gradient = numerical_gradient(f, x, h)
    gradient[:, 1:] = 0
    return gradient


@mistake
def fills_the_first_entry(f, x, h=1e-5):
    """In a matrix, only the first entry of your gradient is filled in. That happens, for one, when
    a `return` stands inside the loop, and ends it in the first round. Look at how far yours is
    indented."""
    gradient = np.zeros_like(x)
    gradient[0, 0] = numerical_gradient(f, x, h)[0, 0]
    return gradient


@mistake
def fills_the_diagonal(f, x, h=1e-5):
    """In a matrix, only the diagonal of your gradient is filled in. A matrix has two indices, and
    each walks by itself. Look for one index that is used twice, or for two that walk together."""
    gradient = np.zeros_like(x)
    np.fill_diagonal(gradient, np.diag(numerical_gradient(f, x, h)))
    return gradient


@mistake
def compares_x_with_itself(f, x, h=1e-5):
    """Your slopes are all 0, as they come out when both values of f are taken at the same point, or
    when no slope is ever stored. A second name for an array is no copy, so a step in one is a step
    in both; and a step in a copy leaves x where it was. Look at what f is given each time, and at
    where the slope goes."""
    return np.zeros_like(x)


@mistake
def takes_absolute_slopes(f, x, h=1e-5):
    """Your slopes are never negative, as if their signs were taken off. Whether f rises or falls is
    in the sign. Look for an absolute value, or the root of a square."""
    return abs(numerical_gradient(f, x, h))


@mistake
def hands_over_a_flat_array(f, x, h=1e-5):
    """Your result is as if f got a flat array. f is a function of arrays of x's shape, and may stop
    or mean something else for another. Walk through the entries as you like, but give f, and
    return, an array of x's shape."""
    flat = x.reshape(-1)
    steps = h * np.eye(x.size)
    return np.array([(f(flat + step) - f(flat - step)) / (2 * h) for step in steps])


@also(hands_over_a_flat_array)
def hands_over_a_flat_array_and_turns_back(f, x, h=1e-5):
    return hands_over_a_flat_array.answer(f, x, h).reshape(x.shape)


@also(steps_in_proportion_to_x)
def steps_in_proportion_to_what_is_large(f, x, h=1e-5):
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h * max(1.0, abs(x[index]))
        gradient[index] = (f(x + step) - f(x - step)) / (2 * step[index])
    return gradient


@mistake
def collects_the_steps(f, x, h=1e-5):
    """The steps of the rounds before are still there when you take the next, so that more and more
    entries move at once. Each slope needs its own entry moved, and no other. Look at what your
    step, or your points, are when a round begins."""
    gradient, step = np.zeros_like(x), np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step[index] = h
        gradient[index] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


@mistake
def adds_up_forward_steps(f, x, h=1e-5):
    """You compare f with its value at the start, and no step is taken back: from round to round
    your point moves away from x, and all the moves so far are in the difference. Look at what your
    point is when a round begins, and at what you compare with."""
    gradient, start, x = np.zeros_like(x), f(x), x.copy()
    for index in np.ndindex(x.shape):
        x[index] += h
        gradient[index] = (f(x) - start) / h
    return gradient


@mistake
def puts_h_in_place_of_the_entry(f, x, h=1e-5):
    """You put h and -h in place of the entry itself. Your two points then lie around 0 there,
    wherever x lies. Look at how the two points are made of x and h."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        high, low = x.copy(), x.copy()
        high[index], low[index] = h, -h
        gradient[index] = (f(high) - f(low)) / (2 * h)
    return gradient


@mistake
def gives_every_entry_the_last_slope(f, x, h=1e-5):
    """All entries of your gradient are the slope of the last entry of x. So it comes out where each
    slope is written into the whole array, over those before. Look at where in the array a slope is
    put."""
    return np.full_like(x, numerical_gradient(f, x, h)[(-1,) * x.ndim])


@mistake
def mixes_up_two_orders(f, x, h=1e-5):
    """Your slopes are the right ones, but some may stand in another's place. So it comes out where
    the entries are read row by row and the slopes put down column by column, or the other way
    round. Look at the order in which you walk through x, and at how the slopes get their shape."""
    return numerical_gradient(f, x, h).ravel().reshape(x.shape, order="F")


@also(mixes_up_two_orders)
def reads_by_columns_and_writes_by_rows(f, x, h=1e-5):
    return numerical_gradient(f, x, h).ravel(order="F").reshape(x.shape)


@also(moves_the_entries_one_after_the_other)
def leaves_the_entries_two_steps_back(f, x, h=1e-5):
    return _moved_on(f, x, h, first=1, then=-1)


@also(moves_the_entries_one_after_the_other)
def leaves_the_entries_a_step_ahead(f, x, h=1e-5):
    return _moved_on(f, x, h, first=-1, then=0)


@mistake
def divides_one_value_only(f, x, h=1e-5):
    """You divide one of the two values alone, not their difference: a division binds more closely
    than a minus. Look at what your brackets hold together."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h
        gradient[index] = f(x + step) - f(x - step) / (2 * h)
    return gradient


@mistake
def leaves_out_the_last_entry(f, x, h=1e-5):
    """You never come to the last entry of x, whose slope stays 0. Look at where your loop ends:
    `range(n)` counts from 0 and stops before n by itself."""
    gradient = numerical_gradient(f, x, h)
    gradient.reshape(-1)[-1] = 0
    return gradient
