"""How far the gradient is, after one step of gradient descent, from what it was before it."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def gradient_change(gradient_at, w, step):
    """gradient_at: a function of w; w: an array; step: a number. Returns a number."""
    gradient = gradient_at(w)
    there = gradient_at(w - step * gradient)
    return np.linalg.norm(there - gradient)


HINTS = (
    "You need the gradient at two points. Which is the second one, if you start at w and take one "
    "step of gradient descent?",
    "The second point is w minus step times the gradient at w. Call gradient_at there, take the "
    "difference of the two gradients, and its length.",
    "The length of an array of any shape is the root of the sum of the squares of all its "
    "entries; NumPy's norm gives it for vectors and matrices alike when it is told nothing else.",
)

FACT = (
    "Divided by the length of the step, this is how quickly the gradient changes there: never more "
    "than the Lipschitz constant of the gradient, if it has one."
)


def bowl(w):
    """the gradient of a bowl that is steeper in some directions than in others"""
    return np.arange(1, w.size + 1, dtype=w.dtype).reshape(w.shape) * (w - 1)


def valley(w):
    """the gradient of a cost that is no bowl: w^3 - w, entry by entry"""
    return w**3 - w


def ridge(w):
    """a gradient whose parts hang together: w times the sum of w[0]"""
    return w * np.sum(w[0])


def inputs():
    """A vector, a matrix in a curved landscape, and float32."""
    return [
        (bowl, np.array([2.0, -1.0, 0.5]), 0.1),
        (valley, np.array([[1.912345, -2.0], [1.5, 0.2], [0.7, -0.4]]), 0.000123),
        (
            ridge,
            np.array([[[6.345678, -70.0]], [[-0.07, 0.4]], [[-1.1, -9.0]], [[0.2, 0.3]]]),
            0.013,
        ),
        (bowl, np.array([[1.5, 3.0], [-0.5, 0.25]], dtype=np.float32), 0.2),
    ]


def faulty(gradient_at, w, step, *, towards="against", length="euclid", over="nothing"):
    """The reference, with one or two things done wrong."""
    gradient = gradient_at(w)
    norm = np.sqrt(np.sum(gradient**2))
    point = {
        "along": w + step * gradient,
        "fixed": w - step,
        "unit": w - step * gradient / norm,
        "whole": w - gradient,
        "w": w - step * w,
        "two": w - step * gradient - step * gradient_at(w - step * gradient),
    }.get(towards, w - step * gradient)
    d = gradient_at(point) - gradient
    size = {
        "squared": np.sum(d**2),
        "sum": np.sum(d),
        "absolute": np.sum(np.abs(d)),
        "largest": np.max(np.abs(d)),
        "mean": np.sqrt(np.mean(d**2)),
        "spectral": np.linalg.norm(d, 2) if length == "spectral" else 0,
    }.get(length, np.sqrt(np.sum(d**2)))
    distance = np.sqrt(np.sum((point - w) ** 2))
    return size / {"distance": distance, "gradient": norm, "step": step}.get(over, 1)


@fault(towards="along")
def steps_uphill():
    """You step along the gradient, which is uphill. Gradient descent goes against it, and that is
    where the next gradient is needed. Look at the sign of your step."""


@fault(towards="fixed")
def steps_without_the_gradient():
    """You subtract the step alone, the same number from every entry of w. A step of gradient
    descent goes against the gradient and grows with it. Look for where the gradient should come
    into your step."""


@fault(towards="unit")
def scales_the_gradient_to_length_one():
    """Wherever the gradient is not 0 your step has the length `step`, however steep it is, as when
    the gradient is made one long first. Plain gradient descent goes further on steeper ground. Look
    at what becomes of the gradient on its way into the step."""


@fault(towards="whole")
def forgets_the_step():
    """You go the whole gradient, and not `step` times it. That is a learning rate of 1, whatever is
    asked. Look at the point at which you take the second gradient."""


@fault(towards="w")
def steps_along_w():
    """You multiply the step by w itself. Gradient descent goes where the slope says, which need not
    be towards 0 or away from it. Look at what the step multiplies."""


@fault(towards="two")
def takes_two_steps():
    """You take two steps, or one twice as long, before you compare the gradients. The question is
    about one step from w, and about the gradients at its two ends. Look at how often you step, and
    at which gradients you compare."""


@also(takes_two_steps)
def compares_the_second_step_with_the_first(gradient_at, w, step):
    there = w - step * gradient_at(w)
    return gradient_change(gradient_at, there, step)


@also(takes_two_steps)
def takes_one_step_twice(gradient_at, w, step):
    return gradient_change(gradient_at, w, 2 * step)


@fault(length="squared")
def gives_the_squared_length():
    """You give the sum of the squares. That is the length squared: for a change twice as large it
    would be four times as large. Look for a root that is missing, or a square too many."""


@fault(length="sum")
def adds_up_the_entries():
    """You add up the entries of the difference as they are. Changes up and down can cancel then,
    and a gradient that has turned about could seem unchanged. Look at how you make one number out
    of many."""


@fault(length="absolute")
def adds_up_absolute_values():
    """You gather absolute values. Their sum is a length, too, but in general not the Euclidean
    one: it says how far it is along the streets of a grid, not as the crow flies. Look at how you
    make one number out of many."""


@fault(length="largest")
def takes_the_largest_entry():
    """You take the largest entry of the difference, and leave the others out. The Euclidean length
    counts them all. Look at how you make one number out of many."""


@fault(length="mean")
def averages_the_squares():
    """You take the root of the mean of the squares, where the length needs their sum. With twice as
    many entries that change alike, that mean stays as it was, and the length of a vector grows.
    Look at how you make one number out of many."""


@fault(length="spectral")
def uses_the_spectral_norm():
    """For a matrix, you take the spectral norm, its largest singular value. Weights are a vector
    here that happens to be written as a matrix, and every entry counts. Look at which norm you
    take."""


@also(uses_the_spectral_norm)
def uses_it_and_the_largest_entry_of_others(gradient_at, w, step):
    gradient = gradient_at(w)
    d = gradient_at(w - step * gradient) - gradient
    return np.linalg.norm(d, 2) if d.ndim == 2 else np.max(np.abs(d))


@fault(over="distance")
def divides_by_the_distance():
    """You divide by the length of the step, as for how quickly the gradient changes. Here the
    change itself is asked for. Look for a division."""


@fault(over="gradient")
def divides_by_the_gradient():
    """You divide by the length of the gradient, as for a relative change. Here the change itself is
    asked for. Look for a division."""


@fault(over="step")
def divides_by_the_step():
    """You divide by `step`, as if to give the change for a step of 1. Here the change itself is
    asked for. Look for a division."""


@mistake
def compares_the_lengths(gradient_at, w, step):
    """You take the lengths of the two gradients first and then their difference. A gradient that
    turned and kept its length would seem unchanged. Look at which comes first, the difference or
    the length."""
    gradient = gradient_at(w)
    there = gradient_at(w - step * gradient)
    return np.abs(np.linalg.norm(there) - np.linalg.norm(gradient))


@mistake
def measures_the_step(gradient_at, w, step):
    """You give the length of the step, from w to the new point. The question is how much the
    gradient differs between those two. Look at which two things you take the difference of."""
    return np.linalg.norm(step * gradient_at(w))


@mistake
def gives_the_new_gradient(gradient_at, w, step):
    """You give the length of the gradient at the new point, without comparing it with the old one.
    On a plane slope it would not be 0, though nothing changed. Look at what you take the length
    of."""
    return np.linalg.norm(gradient_at(w - step * gradient_at(w)))


@mistake
def stays_where_it_is(gradient_at, w, step):
    """Your result is 0, as it comes out when both gradients are taken at w: they are the same
    then, and nothing has changed. Look at the point at which you ask for the second one."""
    return np.linalg.norm(gradient_at(w) - gradient_at(w))


@mistake
def leaves_out_the_norm(gradient_at, w, step):
    """You return the difference of the two gradients, an array of w's shape. Asked for is one
    number, how long that difference is. Look for the step that is missing at the end."""
    gradient = gradient_at(w)
    return gradient_at(w - step * gradient) - gradient


@mistake
def takes_one_norm_a_row(gradient_at, w, step):
    """You take lengths along the second axis, which a plain vector does not even have. The weights
    are one long vector here, however they are written, with a single length. Look at the axis along
    which you go."""
    return np.linalg.norm(leaves_out_the_norm.answer(gradient_at, w, step), axis=1)


@also(compares_the_lengths)
def compares_the_lengths_with_a_sign(gradient_at, w, step):
    gradient = gradient_at(w)
    return np.linalg.norm(gradient_at(w - step * gradient)) - np.linalg.norm(gradient)


@also(adds_up_absolute_values)
def averages_absolute_values(gradient_at, w, step):
    return np.mean(np.abs(leaves_out_the_norm.answer(gradient_at, w, step)))


@mistake
def gives_the_mean_square(gradient_at, w, step):
    """You give the mean of the squares. The length of a vector is made of their sum, and a root is
    due at the end: without it, a change twice as large would seem four times as large. Look at
    both."""
    return np.mean(leaves_out_the_norm.answer(gradient_at, w, step) ** 2)


@mistake
def averages_the_lengths_of_parts(gradient_at, w, step):
    """You take lengths of parts of the difference, such as rows, and then make one number of these.
    The weights are one long vector, however they are written, and all its entries make its length
    at once: no single axis is right for every shape. Look at the axis you name, or at what you loop
    over."""
    d = leaves_out_the_norm.answer(gradient_at, w, step)
    return np.mean(_along(d, -1))


def _along(d, axis):
    return np.sqrt(np.sum(d**2, axis=axis))


@also(averages_the_lengths_of_parts)
def adds_up_the_lengths_of_rows(gradient_at, w, step):
    return np.sum(_along(leaves_out_the_norm.answer(gradient_at, w, step), -1))


@also(averages_the_lengths_of_parts)
def takes_the_longest_row(gradient_at, w, step):
    return np.max(_along(leaves_out_the_norm.answer(gradient_at, w, step), -1))


@also(averages_the_lengths_of_parts)
def averages_the_lengths_of_columns(gradient_at, w, step):
    return np.mean(_along(leaves_out_the_norm.answer(gradient_at, w, step), 0))


@also(averages_the_lengths_of_parts)
def adds_up_the_lengths_of_columns(gradient_at, w, step):
    return np.sum(_along(leaves_out_the_norm.answer(gradient_at, w, step), 0))


@mistake
def forgets_where_the_step_begins(gradient_at, w, step):
    """You take the second gradient at the step itself, as if it began at 0. It begins at w, and the
    question is for the point that it leads to. Look at what you hand over to the second call."""
    gradient = gradient_at(w)
    return np.linalg.norm(gradient_at(-step * gradient) - gradient)


@also(forgets_where_the_step_begins)
def forgets_it_and_the_sign(gradient_at, w, step):
    gradient = gradient_at(w)
    return np.linalg.norm(gradient_at(step * gradient) - gradient)


@mistake
def gives_a_length_for_each_part(gradient_at, w, step):
    """You return an array of lengths, for matrices at least, each of a part of the difference, such
    as a row. The weights are one long vector here, however they are written, and all entries
    together make one length. Look at the axis you name, or at what you loop over."""
    return _along(leaves_out_the_norm.answer(gradient_at, w, step), -1)


@also(gives_a_length_for_each_part)
def gives_a_length_for_each_column(gradient_at, w, step):
    return _along(leaves_out_the_norm.answer(gradient_at, w, step), 0)


@also(gives_a_length_for_each_part)
def gives_a_length_for_each_first_index(gradient_at, w, step):
    d = leaves_out_the_norm.answer(gradient_at, w, step)
    return _along(d.reshape(len(d), -1), 1)


@also(gives_a_length_for_each_part)
def gives_a_length_for_each_row_of_columns(gradient_at, w, step):
    d = leaves_out_the_norm.answer(gradient_at, w, step)
    return np.sqrt(np.sum(d**2, axis=-1, keepdims=True))
