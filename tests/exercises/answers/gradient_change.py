"""Answers to `gradient_change`."""

import numpy as np
from legal import scale, signed

from answers import right, wrong


def anything(rng, dtype):
    """Gradients of several functions, at arrays of 1 to 3 dimensions."""
    shape = tuple(rng.integers(1, 4, rng.integers(1, 4)))
    weights, kind = signed(rng, *shape).astype(dtype), rng.integers(0, 3)

    def gradient_at(w):
        """a gradient that knows the shape of w"""
        if kind == 0:
            return weights * w
        return np.sin(weights * w) if kind == 1 else weights + w**3

    w = signed(rng, *shape).astype(dtype)
    return gradient_at, w, float(scale(rng) / 10)


@right
def with_a_norm(gradient_at, w, step):
    g = gradient_at(w)
    return np.linalg.norm(gradient_at(w - step * g) - g)


@right
def with_a_root(gradient_at, w, step):
    before = gradient_at(w)
    difference = before - gradient_at(w + -step * before)
    return float(np.sqrt((difference * difference).sum()))


@right
def with_loops(gradient_at, w, step):
    g = gradient_at(w)
    total = 0.0
    for change in (gradient_at(w - step * g) - g).ravel():
        total += float(change) ** 2
    return total**0.5


@wrong("changed-arguments")
def moves_w_itself(gradient_at, w, step):
    g = gradient_at(w)
    w -= step * g
    return np.linalg.norm(gradient_at(w) - g)


@wrong("steps-uphill+gives-the-squared-length")
def two_at_once(gradient_at, w, step):
    g = gradient_at(w)
    return np.sum((gradient_at(w + step * g) - g) ** 2)


@wrong("uses-the-spectral-norm")
def two_norm(gradient_at, w, step):
    g = gradient_at(w)
    return np.linalg.norm(gradient_at(w - step * g) - g, ord=2)


@wrong("raised-ValueError")
def for_matrices_only(gradient_at, w, step):
    g = gradient_at(w)
    return np.linalg.norm(gradient_at(w - step * g) - g, "fro")


@wrong("leaves-out-the-norm")
def the_difference_itself(gradient_at, w, step):
    g = gradient_at(w)
    return gradient_at(w - step * g) - g


@wrong("raised-TypeError", "raised-ValueError", None)
def calls_it_with_the_step(gradient_at, w, step):
    return np.linalg.norm(gradient_at(w, step) - gradient_at(w))


@right
def sqrt_sum(gradient_at, w, step):
    here = gradient_at(w)
    there = gradient_at(w - step * here)
    return np.sqrt(np.sum((here - there) ** 2))


@right
def flat_dot(gradient_at, w, step):
    before = np.array(gradient_at(w))
    after = np.array(gradient_at(w - step * before))
    change = np.ravel(after - before)
    return float(change @ change) ** 0.5


@right
def einsum_copy(gradient_at, w, step):
    new_w = w.copy()
    gradient = gradient_at(w)
    new_w -= step * gradient
    d = (gradient_at(new_w) - gradient).ravel()
    return np.sqrt(np.einsum("i,i->", d, d))


@right
def helper(gradient_at, w, step):
    def move(point):
        return point - step * gradient_at(point)

    def frobenius(a):
        return np.sqrt(np.square(np.abs(a)).sum())

    return frobenius(gradient_at(w) - gradient_at(move(w)))


@wrong("steps-uphill")
def plus_step(gradient_at, w, step):
    """Moves uphill: w + step * gradient."""
    g = gradient_at(w)
    return np.linalg.norm(gradient_at(w + step * g) - g)


@wrong("steps-without-the-gradient")
def no_gradient_in_step(gradient_at, w, step):
    """Moves to w - step, forgetting the gradient in the step."""
    return np.linalg.norm(gradient_at(w - step) - gradient_at(w))


@wrong("gives-the-squared-length")
def squared(gradient_at, w, step):
    """Forgets the square root of the sum of squares."""
    g = gradient_at(w)
    return np.sum((gradient_at(w - step * g) - g) ** 2)


@wrong("compares-the-lengths")
def difference_of_norms(gradient_at, w, step):
    """Takes the difference of the two norms."""
    g = gradient_at(w)
    return abs(np.linalg.norm(gradient_at(w - step * g)) - np.linalg.norm(g))


@wrong("adds-up-absolute-values")
def l1(gradient_at, w, step):
    """Sums the absolute values (the 1-norm)."""
    g = gradient_at(w)
    return np.abs(gradient_at(w - step * g) - g).sum()


@wrong("takes-one-norm-a-row")
def row_norms(gradient_at, w, step):
    """Takes one norm per row (axis=1)."""
    g = gradient_at(w)
    return np.linalg.norm(gradient_at(w - step * g) - g, axis=1)


@wrong("divides-by-the-step")
def divided_by_step(gradient_at, w, step):
    """Divides by the step, as for a Lipschitz estimate."""
    g = gradient_at(w)
    return np.linalg.norm(gradient_at(w - step * g) - g) / step


@wrong("gives-the-new-gradient")
def new_gradient_only(gradient_at, w, step):
    """Returns the norm of the new gradient only."""
    return np.linalg.norm(gradient_at(w - step * gradient_at(w)))


@wrong("measures-the-step")
def distance_moved(gradient_at, w, step):
    """Returns the distance moved by w, not the change of the gradient."""
    return np.linalg.norm(step * gradient_at(w))


@wrong("averages-the-squares")
def mean_square(gradient_at, w, step):
    """Takes the root of the mean square instead of the sum."""
    g = gradient_at(w)
    return np.sqrt(np.mean((gradient_at(w - step * g) - g) ** 2))


@wrong("scales-the-gradient-to-length-one")
def unit_gradient(gradient_at, w, step):
    """Normalizes the gradient to length one before stepping."""
    g = gradient_at(w)
    return np.linalg.norm(gradient_at(w - step * g / np.linalg.norm(g)) - g)


@wrong("takes-two-steps")
def two_steps(gradient_at, w, step):
    """Takes two steps instead of one."""
    g = gradient_at(w)
    v = w - step * g
    v = v - step * gradient_at(v)
    return np.linalg.norm(gradient_at(v) - g)


@wrong("raised-TypeError")
def gradient_not_called(gradient_at, w, step):
    """Forgets to call gradient_at, so a TypeError is raised."""
    return np.linalg.norm(gradient_at(w - step * gradient_at) - gradient_at)


@wrong("nothing-returned")
def no_return(gradient_at, w, step):
    """Has no return."""
    g = gradient_at(w)
    np.linalg.norm(gradient_at(w - step * g) - g)


@wrong("uses-the-spectral-norm")
def spectral_for_matrices(gradient_at, w, step):
    g = gradient_at(w)
    d = gradient_at(w - step * g) - g
    return np.linalg.norm(d, 2) if d.ndim == 2 else np.sqrt((d**2).sum())


@wrong("uses-the-spectral-norm")
def largest_singular_value_or_entry(gradient_at, w, step):
    first = gradient_at(w)
    change = np.subtract(gradient_at(w - step * first), first)
    if np.ndim(change) == 2:
        return np.linalg.svd(change, compute_uv=False)[0]
    return np.max(np.abs(change))


@wrong("averages-the-lengths-of-parts")
def mean_over_rows(gradient_at, w, step):
    g = gradient_at(w)
    d = gradient_at(w - step * g) - g
    return np.mean(np.sqrt(np.sum(d**2, axis=-1)))


@wrong("averages-the-lengths-of-parts")
def sum_over_rows(gradient_at, w, step):
    g = gradient_at(w)
    d = gradient_at(w - step * g) - g
    return np.linalg.norm(d, axis=0).sum()


@wrong("gives-the-mean-square")
def mean_squared_change(gradient_at, w, step):
    g = gradient_at(w)
    return ((gradient_at(w - step * g) - g) ** 2).mean()


@wrong("forgets-where-the-step-begins")
def at_the_step(gradient_at, w, step):
    before = gradient_at(w)
    after = gradient_at(step * before)
    return np.sqrt(((after - before) ** 2).sum())


@wrong("adds-up-absolute-values")
def mean_absolute_change(gradient_at, w, step):
    g = gradient_at(w)
    return np.mean(abs(gradient_at(w - step * g) - g))


@wrong("compares-the-lengths")
def longer_by(gradient_at, w, step):
    g = gradient_at(w)
    return np.linalg.norm(gradient_at(w - step * g)) - np.linalg.norm(g)


@wrong("gives-a-length-for-each-part")
def along_the_last_axis(gradient_at, w, step):
    g = gradient_at(w)
    return np.linalg.norm(gradient_at(w - step * g) - g, axis=-1)


@wrong("gives-a-length-for-each-part")
def row_by_row(gradient_at, w, step):
    g = gradient_at(w)
    return np.array([np.linalg.norm(row) for row in gradient_at(w - step * g) - g])


@wrong("takes-two-steps")
def the_second_step_only(gradient_at, w, step):
    g = gradient_at(w)
    for _ in range(2):
        last = g
        w = w - step * g
        g = gradient_at(w)
    return np.linalg.norm(g - last)


@wrong("takes-two-steps")
def the_same_step_twice(gradient_at, w, step):
    g = gradient_at(w)
    new = w - step * g
    d = gradient_at(new - step * g) - g
    return np.sqrt(np.sum(d**2))
