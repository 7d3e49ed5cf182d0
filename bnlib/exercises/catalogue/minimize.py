"""Gradient descent on a function whose gradient is given."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def minimize(gradient, w, learning_rate, steps):
    """w, a number or an array, after `steps` steps against gradient(w)."""
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
    return w


HINTS = (
    "One step: from w, in which direction does the function fall, and how far do you go?",
    "Repeat one line `steps` times: the new w is the old one less a multiple of the gradient, "
    "taken at the old w. Make a new w each time, and return the last.",
    "In a loop over range(steps), replace w by w minus learning_rate times gradient(w).",
)

FACT = "For w^2 - 10 w + 25 with learning rate 0.1, each step multiplies the distance to 5 by 0.8."


def _slope(w):
    """2 w - 10"""
    return 2 * w - 10


def _bowl(w):
    """w + 3 w^3 + the sum of w"""
    return w + 3 * w**3 + w.sum()


def _tilted(w):
    """w times the sum of w[0], less 3"""
    return w * np.sum(w[0]) - 3


def inputs():
    """A number and arrays; few steps, so that one more or less shows; none; a start near the
    end."""
    return [
        (_slope, 1.0, 0.1, 3),
        (_bowl, np.array([[0.5, -1.0], [0.3, 0.8]], np.float32), 0.9, 2),
        (_bowl, np.array([[0.2512345, -0.5], [0.987654321, 0.1], [0.3, -0.7], [0.1, 0.2]]), 0.2, 0),
        (_slope, 5.001, 0.1, 2),
        (_slope, 7.0, 1.0234, 130),
        (_tilted, np.array([[-3.45678], [0.02], [170.0], [-1.2]]), 0.0123456, 5),
    ]


def faulty(gradient, w, learning_rate, steps, *, sign=-1, count=0, at="here", rate="given"):
    """The reference, with one or two things done wrong."""
    start = w
    for t in range(max(steps + count, 0)):
        slope = gradient(start if at == "start" else w)
        if at == "sign":
            slope = np.sign(slope)
        if at == "unit":
            slope = slope / np.sqrt(np.sum(np.square(slope)))
        step = {"none": 1, "shrinks": learning_rate / (t + 1), "squared": learning_rate**2}
        w = w + sign * step.get(rate, learning_rate) * slope
    return w


@fault(sign=1)
def climbs():
    """Your steps go along the gradient, and it points uphill. Look at your signs: which way is
    down?"""


@fault(count=1)
def takes_a_step_too_many():
    """You take one step more than asked. Look at how often your update runs: where the count of the
    steps begins and where it ends, or, if one step stands outside a loop, at that."""


@fault(count=-1)
def takes_a_step_too_few():
    """Wherever steps are asked for, you take one less. Look at where the count of the steps begins
    and where it ends, or, if you keep the points, at which of them you hand over."""


@fault(at="start")
def keeps_the_first_gradient():
    """All your steps use one gradient, that of the starting point. The slope may be another at
    every point, and where it flattens the steps are to get shorter. Look at how often the gradient
    is computed, and at which w."""


@fault(at="sign")
def steps_by_the_sign():
    """You step by the sign of the gradient, so that a small one counts like a large one, and a step
    may jump over the minimum. Plain gradient descent takes the gradient as it is. Look at how it
    comes into your update."""


@fault(at="unit")
def steps_by_the_direction():
    """The size of the gradient plays, as a rule, no part in your steps, as where it is divided by
    its own length. Plain gradient descent slows down by itself as the slope flattens. Look at how
    the gradient comes into your update."""


@fault(rate="none")
def forgets_the_learning_rate():
    """The learning rate does not come into your steps, so it cannot make them short, and w may fly
    off. Look at where the gradient comes into your update: the rate should stand beside it."""


@fault(rate="shrinks")
def shrinks_the_learning_rate():
    """From step to step, the share that you take of the learning rate shrinks. That has its uses,
    and is not asked for here: the same rate holds for all steps. Look at what changes from step to
    step beside w."""


@fault(rate="squared")
def applies_the_rate_twice():
    """Your steps hold the learning rate squared. With a rate of 0.1, a step is then only a tenth of
    one with the rate itself. Look at each place where the rate comes in, and at any power of it."""


@mistake
def takes_a_single_step(gradient, w, learning_rate, steps):
    """You take a single step where more are asked for. Perhaps the `return` stands inside a loop,
    or each round starts from the first w again. Look at whether there is a second round, and from
    which w it sets out."""
    return w - learning_rate * gradient(w) if steps else w * 1.0


@mistake
def takes_a_single_step_and_loses_the_start(gradient, w, learning_rate, steps):
    """Where several steps are asked for, you take a single one; where none is, you do not just hand
    back w. Each step is to set out from where the one before it ended. Perhaps the new w has a name
    of its own, or the `return` stands inside a loop. Look at which w your step starts from, and at
    what is returned where there is no step."""
    for _ in range(steps):
        new_w = w - learning_rate * gradient(w)
    return new_w


@mistake
def stops_when_it_is_flat(gradient, w, learning_rate, steps):
    """You take fewer steps than asked where the slope or the step is small, as near a flat point.
    That saves time in practice; asked for is the point after exactly that many steps. Look for a
    condition that ends your loop or skips an update."""
    for _ in range(steps):
        slope = gradient(w)
        if np.max(np.abs(slope)) < 0.1:
            break
        w = w - learning_rate * slope
    return w


@mistake
def replaces_w_by_the_step(gradient, w, learning_rate, steps):
    """You replace w by the step itself. A step says how far to go from where you are, so the old w
    is still needed. Look at what your new w is made of."""
    for _ in range(steps):
        w = -learning_rate * gradient(w)
    return w


@also(replaces_w_by_the_step)
def replaces_w_by_the_step_uphill(gradient, w, learning_rate, steps):
    for _ in range(steps):
        w = learning_rate * gradient(w)
    return w


@mistake
def keeps_the_best_point(gradient, w, learning_rate, steps):
    """Where the steps lead away from the flat, you can hand over an earlier point, and not the
    last. With too large a rate the steps may lead away, and that is then the answer: gradient
    descent does not look back. Look for a comparison, or a minimum, that picks a point or ends your
    loop."""
    best = w
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
        if np.linalg.norm(gradient(w)) < np.linalg.norm(gradient(best)):
            best = w
    return best


@mistake
def steps_one_coordinate_at_a_time(gradient, w, learning_rate, steps):
    """You update one entry of w after the other, and ask for the gradient anew in between. That is
    coordinate descent: here all entries step together, from one gradient. Look at when you call
    the gradient."""
    w = np.array(w, dtype=float)
    for _ in range(steps):
        for i in np.ndindex(w.shape):
            w[i] -= learning_rate * np.asarray(gradient(w))[i]
    return w


@mistake
def returns_the_gradient(gradient, w, learning_rate, steps):
    """You return the gradient at the point you reach. It tells how steep it is there; asked for is
    the point itself. Look at what you hand over at the end."""
    return gradient(minimize(gradient, w, learning_rate, steps))


@mistake
def returns_the_start(gradient, w, learning_rate, steps):
    """You return w as it was handed in, however many steps are asked for. If you take them, they
    are lost, perhaps in a variable of another name. Look at which variable your steps change, or
    should, and which one you return."""
    return w


@mistake
def returns_the_whole_path(gradient, w, learning_rate, steps):
    """You return all the points of the path. It makes a fine picture; asked for is where it ends.
    Look at what you hand back of it."""
    return [minimize(gradient, w, learning_rate, t) for t in range(steps + 1)]


@mistake
def divides_by_the_rate(gradient, w, learning_rate, steps):
    """You divide by the learning rate. A small rate is there to make small steps, and with yours
    they can become long. Look at what is done with the learning rate."""
    with np.errstate(all="ignore"):
        return minimize(gradient, w, 1 / learning_rate, steps)


@mistake
def shrinks_w(gradient, w, learning_rate, steps):
    """Your step is multiplied by w: a step makes of w what w times (1 - the rate times the
    gradient) is. That depends on where zero is, and the minimum may be anywhere. Look at what your
    step is made of."""
    for _ in range(steps):
        w = w * (1 - learning_rate * gradient(w))
    return w


@mistake
def never_calls_the_gradient(gradient, w, learning_rate, steps):
    """You take away a multiple of w itself, and the gradient has no part in it. With a small rate
    above 0 that leads towards zero whatever the function is, and its minimum may be anywhere. Look
    at where the gradient should come in."""
    return w * (1 - learning_rate) ** steps


@mistake
def steps_from_the_start_each_time(gradient, w, learning_rate, steps):
    """Every step of yours sets out from the starting point, with the gradient of the point before.
    A step goes on from where the one before it ended. Look at the point from which your update sets
    out."""
    start = w
    for _ in range(steps):
        w = start - learning_rate * gradient(w)
    return w


@mistake
def keeps_a_velocity(gradient, w, learning_rate, steps):
    """You carry the last step over into the next, or a part of it, which is momentum. It can help
    in long valleys, and is not asked for: each step comes from the gradient at w alone. Look at
    what you keep beside w from step to step."""
    step = 0
    for _ in range(steps):
        step = 0.9 * step + gradient(w)
        w = w - learning_rate * step
    return w


@also(shrinks_the_learning_rate)
def halves_the_learning_rate(gradient, w, learning_rate, steps):
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
        learning_rate = learning_rate / 2
    return w


@also(keeps_a_velocity)
def keeps_an_average_of_the_gradients(gradient, w, learning_rate, steps):
    average = 0
    for _ in range(steps):
        average = 0.9 * average + 0.1 * gradient(w)
        w = w - learning_rate * average
    return w


@mistake
def takes_a_step_where_none_is_asked(gradient, w, learning_rate, steps):
    """Your result is right for one step and more. Asked for none, you still take one, and w is to
    come back as it was. Look at whether your first update runs whatever `steps` is."""
    return minimize(gradient, w, learning_rate, max(steps, 1))


@also(keeps_a_velocity)
def keeps_all_of_its_velocity(gradient, w, learning_rate, steps):
    step = 0
    for _ in range(steps):
        step = step + gradient(w)
        w = w - learning_rate * step
    return w


@also(keeps_a_velocity)
def keeps_an_even_average_of_the_gradients(gradient, w, learning_rate, steps):
    average = 0
    for _ in range(steps):
        average = 0.5 * average + 0.5 * gradient(w)
        w = w - learning_rate * average
    return w


@mistake
def averages_the_path(gradient, w, learning_rate, steps):
    """You return a mean of points of the path. Asked for is the point where it ends, and as a rule
    the mean lies elsewhere. Look at what you hand back."""
    path = [minimize(gradient, w, learning_rate, t) for t in range(steps + 1)]
    return sum(path) / len(path)


@also(averages_the_path)
def averages_the_path_without_its_start(gradient, w, learning_rate, steps):
    path = [minimize(gradient, w, learning_rate, t + 1) for t in range(steps)]
    return sum(path) / len(path) if path else w


@also(averages_the_path)
def averages_the_path_and_fails_without_steps(gradient, w, learning_rate, steps):
    path = [minimize(gradient, w, learning_rate, t + 1) for t in range(steps)]
    return sum(path) / len(path)


@also(averages_the_path)
def averages_the_path_without_its_end(gradient, w, learning_rate, steps):
    path = [minimize(gradient, w, learning_rate, t) for t in range(max(steps, 1))]
    return sum(path) / len(path)


@mistake
def takes_a_negative_slope_for_flat(gradient, w, learning_rate, steps):
    """You can take fewer steps than asked, as where a condition ends your loop, or skips an update,
    at a small slope, and holds a slope below 0 for small, however steep it is. Asked for is the
    point after exactly that many steps. Look for that condition."""
    return _stops(gradient, w, learning_rate, steps, np.max, 0.5)


def _stops(gradient, w, learning_rate, steps, measure, limit):
    for _ in range(steps):
        slope = gradient(w)
        if measure(slope) < limit:
            break
        w = w - learning_rate * slope
    return w


def _stopping(measure, limit):
    return lambda gradient, w, rate, steps: _stops(gradient, w, rate, steps, measure, limit)


stops_at_the_largest_below_0 = also(takes_a_negative_slope_for_flat)(_stopping(np.max, 1e-6))
stops_at_the_smallest_below_0, stops_at_the_smallest_below_tenth = (
    also(takes_a_negative_slope_for_flat)(_stopping(np.min, limit)) for limit in (1e-6, 0.1)
)


@also(returns_the_whole_path)
def returns_an_array_of_points(gradient, w, learning_rate, steps):
    points = [w]
    for _ in range(steps):
        points.append(points[-1] - learning_rate * gradient(points[-1]))
    return np.array(points)
