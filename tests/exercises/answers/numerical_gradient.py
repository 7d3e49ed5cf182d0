"""Answers to `numerical_gradient`."""

import itertools

import numpy as np
from legal import scale, signed

from answers import right, wrong


def anything(rng, dtype):
    """Functions of 1 to 3 dimensions, with weights of x's shape; float64 alone."""
    shape = tuple(rng.integers(1, 4, rng.integers(1, 4)))
    weights, kind = signed(rng, *shape), rng.integers(0, 4)

    def f(x):
        """a function that knows the shape of x"""
        if kind == 0:
            return (weights * np.sin(x)).sum()
        if kind == 1:
            return np.sum(weights * x**3)
        if kind == 2:
            return np.exp((weights * x).mean())
        return np.sum(weights * x) ** 2

    x = rng.normal(size=shape) * scale(rng, None, 0.5)
    return (f, x) if rng.random() < 0.5 else (f, x, float(10 ** rng.uniform(-5, -0.5)))


@right
def classic_loop(f, x, h=1e-5):
    gradient = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"], op_flags=[["readwrite"]])
    while not it.finished:
        index = it.multi_index
        old = x[index]
        x[index] = old + h
        high = f(x)
        x[index] = old - h
        low = f(x)
        x[index] = old
        gradient[index] = (high - low) / (2 * h)
        it.iternext()
    return gradient


@right
def restores_by_adding(f, x, h=1e-5):
    gradient = np.empty(x.shape)
    for index in np.ndindex(*x.shape):
        x[index] += h
        high = f(x)
        x[index] -= 2 * h
        low = f(x)
        x[index] += h
        gradient[index] = (high - low) / (2 * h)
    return gradient


@right
def on_copies(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in itertools.product(*map(range, x.shape)):
        above, below = x.copy(), x.copy()
        above[index] += h
        below[index] -= h
        gradient[index] = 0.5 * (f(above) - f(below)) / h
    return gradient


@right
def by_unit_vectors(f, x, h=1e-5):
    flat = x.ravel()
    slopes = []
    for e in np.eye(flat.size):
        high = f((flat + h * e).reshape(x.shape))
        slopes.append((high - f((flat - h * e).reshape(x.shape))) / 2 / h)
    return np.array(slopes).reshape(x.shape)


@right
def as_the_mean_of_two(f, x, h=1e-5):
    middle = f(x)
    gradient = np.zeros_like(x)
    for i, _ in np.ndenumerate(x):
        step = np.zeros_like(x)
        step[i] = h
        gradient[i] = ((f(x + step) - middle) / h + (middle - f(x - step)) / h) / 2
    return gradient


@right
def through_a_flat_view(f, x, h=1e-5):
    y = x.astype(float).copy()
    view, gradient = y.reshape(-1), np.zeros(x.size)
    for i in range(x.size):
        kept = view[i]
        view[i] = kept + h
        gradient[i] = f(y)
        view[i] = kept - h
        gradient[i] -= f(y)
        view[i] = kept
    return (gradient / (2 * h)).reshape(x.shape)


@wrong("takes-a-forward-difference")
def forward(f, x, h=1e-5):
    gradient = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        y = x.copy()
        y[i] += h
        gradient[i] = (f(y) - f(x)) / h
    return gradient


@wrong("divides-by-one-step")
def twice_too_large(f, x, h=1e-5):
    return 2 * on_copies(f, x, h)


@wrong("moves-the-entries-one-after-the-other")
def never_restores(f, x, h=1e-5):
    gradient = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x[i] += h
        high = f(x)
        x[i] -= 2 * h
        gradient[i] = (high - f(x)) / (2 * h)
    return gradient


@wrong("moves-all-entries", "gives-the-directional-slope")
def all_at_once(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


@wrong("multiplies-by-the-distance")
def no_brackets(f, x, h=1e-5):
    gradient = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[i] = h
        gradient[i] = (f(x + step) - f(x - step)) / 2 * h
    return gradient


@wrong("flat-shape")
def flat(f, x, h=1e-5):
    return on_copies(f, x, h).ravel()


@wrong("hard-coded-h")
def own_h(f, x, h=1e-5):
    return on_copies(f, x, 1e-5)


@wrong("moves-a-whole-row")
def rows(f, x, h=1e-5):
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        y, w = x.copy(), x.copy()
        y[i] += h
        w[i] -= h
        gradient[i] = (f(y) - f(w)) / (2 * h)
    return gradient


@wrong("turns-the-sign")
def uphill(f, x, h=1e-5):
    return -on_copies(f, x, h)


@wrong("list-for-array")
def a_list(f, x, h=1e-5):
    return on_copies(f, x, h).tolist()


@wrong("no-gradient", "raised-TypeError")
def takes_numpys_gradient(f, x, h=1e-5):
    return np.gradient(f, x)


def _difference(f, x, i, h):
    up, down = x.copy(), x.copy()
    up[i] += h
    down[i] -= h
    return f(up) - f(down)


@right
def helper(f, x, h=1e-5):
    def shifted(index, amount):
        y = np.array(x)
        y[index] += amount
        return f(y)

    out = np.zeros_like(x)
    for index, _ in np.ndenumerate(x):
        out[index] = 0.5 * (shifted(index, h) - shifted(index, -h)) / h
    return out


@right
def flat_iterator(f, x, h=1e-5):
    work = x.copy()
    grad = np.zeros_like(work)
    for k in range(work.size):
        value = work.flat[k]
        work.flat[k] = value + h
        f_plus = f(work)
        work.flat[k] = value - h
        f_minus = f(work)
        work.flat[k] = value
        grad.flat[k] = (f_plus - f_minus) / (2 * h)
    return grad


@wrong("divides-by-one-step")
def missing_two(f, x, h=1e-5):
    """Divides by h instead of 2h."""
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        g[i] = _difference(f, x, i, h) / h
    return g


@wrong("moves-all-entries")
def wrong_all_at_once(f, x, h=1e-5):
    """Moves all the entries at once, which gives the sum of the gradient everywhere."""
    return np.ones_like(x) * (f(x + h) - f(x - h)) / (2 * h)


@wrong("compares-x-with-itself")
def alias(f, x, h=1e-5):
    """Makes up and down the same array as x, so the differences are all zero."""
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up = x
        down = x
        up[i] += h
        down[i] -= h
        g[i] = (f(up) - f(down)) / (2 * h)
    return g


@wrong("turns-the-sign")
def sign(f, x, h=1e-5):
    """Subtracts in the wrong order, so the sign is reversed."""
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        g[i] = -_difference(f, x, i, h) / (2 * h)
    return g


@wrong("right-for-default-h-only")
def hard_coded_h(f, x, h=1e-5):
    """Moves by h but divides by a hard-coded 2e-5."""
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        g[i] = _difference(f, x, i, h) / 2e-5
    return g


@wrong("flat-shape")
def wrong_flat(f, x, h=1e-5):
    """Returns the gradient as a flat array."""
    return np.array([_difference(f, x, i, h) / (2 * h) for i in np.ndindex(x.shape)])


@wrong("fills-one-column", "raised-IndexError")
def first_column(f, x, h=1e-5):
    """Fills the gradient of the first column only."""
    g = np.zeros_like(x)
    for i in range(x.shape[0]):
        g[i, 0] = _difference(f, x, (i, 0), h) / (2 * h)
    return g


@wrong("fills-the-first-entry", None)
def return_in_loop(f, x, h=1e-5):
    """Returns inside the loop, after the first entry."""
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        g[i] = _difference(f, x, i, h) / (2 * h)
        return g


@wrong("nothing-returned")
def no_return(f, x, h=1e-5):
    """Has no return."""
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        g[i] = _difference(f, x, i, h) / (2 * h)


@wrong("takes-absolute-slopes")
def wrong_abs(f, x, h=1e-5):
    """Takes the absolute value of the difference."""
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        g[i] = abs(_difference(f, x, i, h)) / (2 * h)
    return g


@wrong("fills-the-diagonal", "raised-IndexError")
def fixed_shape(f, x, h=1e-5):
    """Indexes with i, i in a single loop: only the diagonal is filled, or an IndexError raised."""
    g = np.zeros_like(x)
    for i in range(x.shape[0]):
        g[i, i] = _difference(f, x, (i, i), h) / (2 * h)
    return g


@wrong("divides-by-one-step+turns-the-sign")
def missing_two_and_sign(f, x, h=1e-5):
    """Two slips: the order reversed, and division by h only."""
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        g[i] = -_difference(f, x, i, h) / h
    return g


@wrong("raised-NameError")
def misspelt(f, x, h=1e-5):
    """Uses the undefined name eps for the step."""
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        g[i] = _difference(f, x, i, eps) / (2 * eps)  # noqa: F821
    return g


@wrong("hands-over-a-flat-array")
def hands_f_a_flat_one(f, x, h=1e-5):
    flat = x.ravel().copy()
    grad = []
    for k in range(flat.size):
        e = np.zeros(flat.size)
        e[k] = h
        grad.append((f(flat + e) - f(flat - e)) / (2 * h))
    return np.array(grad)


@wrong("steps-in-proportion-to-x")
def steps_that_grow(f, x, h=1e-5):
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        s = h * max(1.0, abs(x[i]))
        e = np.zeros_like(x)
        e[i] = s
        g[i] = (f(x + e) - f(x - e)) / (2 * s)
    return g


@wrong("collects-the-steps")
def a_step_that_grows(f, x, h=1e-5):
    moved = np.zeros(x.size)
    slopes = []
    for k in range(x.size):
        moved[k] += h
        step = moved.reshape(x.shape)
        slopes.append((f(x + step) - f(x - step)) / h / 2)
    return np.array(slopes).reshape(x.shape)


@wrong("steps-further-than-it-divides")
def relative_steps(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for index in np.ndindex(*x.shape):
        up, down = x.copy(), x.copy()
        up[index] += h * max(1.0, abs(x[index]))
        down[index] -= h * max(1.0, abs(x[index]))
        slopes[index] = (f(up) - f(down)) / (2 * h)
    return slopes


@wrong("sets-an-argument-anew", None, "lost-precision")
def its_own_tiny_step(f, x, h=1e-5):
    h = 1e-13
    slopes = np.zeros_like(x)
    for index in np.ndindex(*x.shape):
        e = np.zeros_like(x)
        e[index] = h
        slopes[index] = (f(x + e) - f(x - e)) / (2 * h)
    return slopes


@wrong("steps-further-than-it-divides")
def scaled_entries(f, x, h=1e-5):
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        high, low = x.copy(), x.copy()
        high[index] *= 1 + h
        low[index] *= 1 - h
        gradient[index] = (f(high) - f(low)) / (2 * h)
    return gradient


@wrong("adds-up-forward-steps")
def forward_and_never_back(f, x, h=1e-5):
    flat = x.flatten()
    at_x = f(x)
    slopes = []
    for k in range(flat.size):
        flat[k] += h
        slopes.append((f(flat.reshape(x.shape)) - at_x) / h)
    return np.array(slopes).reshape(x.shape)


@wrong("puts-h-in-place-of-the-entry")
def equals_for_plus_equals(f, x, h=1e-5):
    gradient = np.zeros_like(x)
    for index, _ in np.ndenumerate(x):
        point = x.copy()
        point[index] = h
        high = f(point)
        point[index] = -h
        gradient[index] = (high - f(point)) / (2 * h)
    return gradient


@wrong("gives-every-entry-the-last-slope")
def into_the_whole_array(f, x, h=1e-5):
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h
        gradient[...] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


@wrong("mixes-up-two-orders")
def put_back_by_columns(f, x, h=1e-5):
    slopes = []
    for step in h * np.eye(x.size):
        step = step.reshape(x.shape)
        slopes.append((f(x + step) - f(x - step)) / (2 * h))
    return np.array(slopes).reshape(x.shape, order="F")


@wrong("compares-x-with-itself")
def moves_a_flat_copy(f, x, h=1e-5):
    flat = x.flatten()
    g = np.zeros(flat.size)
    for k in range(flat.size):
        old = flat[k]
        flat[k] = old + h
        high = f(x)
        flat[k] = old - h
        g[k] = (high - f(x)) / (2 * h)
        flat[k] = old
    return g.reshape(x.shape)


@wrong("moves-the-entries-one-after-the-other")
def each_entry_a_step_further_down(f, x, h=1e-5):
    p = np.array(x)
    g = np.zeros(x.shape)
    for i in np.ndindex(p.shape):
        p[i] += h
        up = f(p)
        p[i] -= 2 * h
        down = f(p)
        g[i] = (up - down) / (2 * h)
        p[i] -= h
    return g


@wrong("divides-one-value-only")
def no_brackets_round_the_difference(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for pos, _ in np.ndenumerate(x):
        step = np.zeros_like(x)
        step[pos] = h
        grad[pos] = f(x + step) - f(x - step) / (2 * h)
    return grad


@wrong("leaves-out-the-last-entry")
def all_but_the_last_entry(f, x, h=1e-5):
    g = np.zeros(x.size)
    flat = x.ravel()
    for j in range(x.size - 1):
        d = np.zeros(x.size)
        d[j] = h
        g[j] = (f((flat + d).reshape(x.shape)) - f((flat - d).reshape(x.shape))) / (2 * h)
    return g.reshape(x.shape)
