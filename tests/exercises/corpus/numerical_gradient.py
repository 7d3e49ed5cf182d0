"""Answers to `numerical_gradient`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_nditer(f, x, h=1e-5):
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"])
    for _ in it:
        i = it.multi_index
        old = x[i]
        x[i] = old + h
        plus = f(x)
        x[i] = old - h
        minus = f(x)
        x[i] = old
        grad[i] = (plus - minus) / (2 * h)
    return grad


@right
def correct_ndindex_copies(f, x, h=1e-5):
    gradient = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += h
        down[index] -= h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient


@right
def correct_unit_vectors(f, x, h=1e-5):
    result = np.zeros(x.size)
    for k in range(x.size):
        e = np.zeros(x.size)
        e[k] = h
        e = e.reshape(x.shape)
        result[k] = (f(x + e) - f(x - e)) / (2 * h)
    return result.reshape(x.shape)


@right
def correct_flat_list(f, x, h=1e-5):
    eye = np.eye(x.size).reshape((x.size,) + x.shape)  # noqa: RUF005
    return np.array([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in eye]).reshape(x.shape)


@right
def correct_helper(f, x, h=1e-5):
    def shifted(index, amount):
        y = np.array(x)
        y[index] += amount
        return f(y)

    out = np.zeros_like(x)
    for index, _ in np.ndenumerate(x):
        out[index] = 0.5 * (shifted(index, h) - shifted(index, -h)) / h
    return out


@right
def correct_flat_iterator(f, x, h=1e-5):
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


def _difference(f, x, i, h):
    up, down = x.copy(), x.copy()
    up[i] += h
    down[i] -= h
    return f(up) - f(down)


@wrong("divides-by-one-step")
def wrong_missing_two(f, x, h=1e-5):
    """Divides by h instead of 2h."""
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        g[i] = _difference(f, x, i, h) / h
    return g


@wrong("takes-a-forward-difference")
def wrong_forward(f, x, h=1e-5):
    """Uses the forward difference, not the central one."""
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up = x.copy()
        up[i] += h
        g[i] = (f(up) - f(x)) / h
    return g


@wrong("moves-all-entries")
def wrong_all_at_once(f, x, h=1e-5):
    """Moves all the entries at once, which gives the sum of the gradient everywhere."""
    return np.ones_like(x) * (f(x + h) - f(x - h)) / (2 * h)


@wrong("gives-the-directional-slope")
def wrong_scalar(f, x, h=1e-5):
    """Returns one number: the derivative in the direction of ones."""
    return (f(x + h) - f(x - h)) / (2 * h)


@wrong("multiplies-by-the-distance")
def wrong_precedence(f, x, h=1e-5):
    """Writes / 2 * h without brackets."""
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        g[i] = _difference(f, x, i, h) / 2 * h
    return g


@wrong("moves-the-entries-one-after-the-other+changed-arguments")
def wrong_not_restored(f, x, h=1e-5):
    """Does not restore the entries of x, which stay moved by -h."""
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x[i] += h
        plus = f(x)
        x[i] -= 2 * h
        g[i] = (plus - f(x)) / (2 * h)
    return g


@wrong("compares-x-with-itself")
def wrong_alias(f, x, h=1e-5):
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
def wrong_sign(f, x, h=1e-5):
    """Subtracts in the wrong order, so the sign is reversed."""
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        g[i] = -_difference(f, x, i, h) / (2 * h)
    return g


@wrong("right-for-default-h-only")
def wrong_hard_coded_h(f, x, h=1e-5):
    """Moves by h but divides by a hard-coded 2e-5."""
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        g[i] = _difference(f, x, i, h) / 2e-5
    return g


@wrong("flat-shape")
def wrong_flat(f, x, h=1e-5):
    """Returns the gradient as a flat array."""
    return np.array([_difference(f, x, i, h) / (2 * h) for i in np.ndindex(x.shape)])


@wrong("moves-a-whole-row")
def wrong_rows_only(f, x, h=1e-5):
    """Loops over the rows only and moves a whole row at once."""
    g = np.zeros_like(x)
    for i in range(x.shape[0]):
        g[i] = _difference(f, x, i, h) / (2 * h)
    return g


@wrong("fills-one-column")
def wrong_first_column(f, x, h=1e-5):
    """Fills the gradient of the first column only."""
    g = np.zeros_like(x)
    for i in range(x.shape[0]):
        g[i, 0] = _difference(f, x, (i, 0), h) / (2 * h)
    return g


@wrong("fills-the-first-entry")
def wrong_return_in_loop(f, x, h=1e-5):
    """Returns inside the loop, after the first entry."""
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        g[i] = _difference(f, x, i, h) / (2 * h)
        return g


@wrong("nothing-returned")
def wrong_no_return(f, x, h=1e-5):
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


@wrong("fills-the-diagonal")
def wrong_fixed_shape(f, x, h=1e-5):
    """Indexes with i, i in a single loop: only the diagonal is filled, or an IndexError raised."""
    g = np.zeros_like(x)
    for i in range(x.shape[0]):
        g[i, i] = _difference(f, x, (i, i), h) / (2 * h)
    return g


@wrong("divides-by-one-step+turns-the-sign")
def wrong_missing_two_and_sign(f, x, h=1e-5):
    """Two slips: the order reversed, and division by h only."""
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        g[i] = -_difference(f, x, i, h) / h
    return g


@wrong("raised-NameError")
def wrong_misspelt(f, x, h=1e-5):
    """Uses the undefined name eps for the step."""
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        g[i] = _difference(f, x, i, eps) / (2 * eps)  # noqa: F821
    return g
