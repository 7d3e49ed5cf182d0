"""Answers to `gradient_change`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_plain(gradient_at, w, step):
    g = gradient_at(w)
    return np.linalg.norm(gradient_at(w - step * g) - g)


@right
def correct_sqrt_sum(gradient_at, w, step):
    here = gradient_at(w)
    there = gradient_at(w - step * here)
    return np.sqrt(np.sum((here - there) ** 2))


@right
def correct_flat_dot(gradient_at, w, step):
    before = np.array(gradient_at(w))
    after = np.array(gradient_at(w - step * before))
    change = np.ravel(after - before)
    return float(change @ change) ** 0.5


@right
def correct_loop(gradient_at, w, step):
    g0 = gradient_at(w)
    g1 = gradient_at(w - step * g0)
    total = 0.0
    for index in np.ndindex(g0.shape):
        total += (g1[index] - g0[index]) ** 2
    return total**0.5


@right
def correct_einsum_copy(gradient_at, w, step):
    new_w = w.copy()
    gradient = gradient_at(w)
    new_w -= step * gradient
    d = (gradient_at(new_w) - gradient).ravel()
    return np.sqrt(np.einsum("i,i->", d, d))


@right
def correct_helper(gradient_at, w, step):
    def move(point):
        return point - step * gradient_at(point)

    def frobenius(a):
        return np.sqrt(np.square(np.abs(a)).sum())

    return frobenius(gradient_at(w) - gradient_at(move(w)))


@wrong("steps-uphill")
def wrong_plus_step(gradient_at, w, step):
    """Moves uphill: w + step * gradient."""
    g = gradient_at(w)
    return np.linalg.norm(gradient_at(w + step * g) - g)


@wrong("steps-without-the-gradient")
def wrong_no_gradient_in_step(gradient_at, w, step):
    """Moves to w - step, forgetting the gradient in the step."""
    return np.linalg.norm(gradient_at(w - step) - gradient_at(w))


@wrong("leaves-out-the-norm")
def wrong_no_norm(gradient_at, w, step):
    """Returns the difference itself, without the norm."""
    g = gradient_at(w)
    return gradient_at(w - step * g) - g


@wrong("gives-the-squared-length")
def wrong_squared(gradient_at, w, step):
    """Forgets the square root of the sum of squares."""
    g = gradient_at(w)
    return np.sum((gradient_at(w - step * g) - g) ** 2)


@wrong("compares-the-lengths")
def wrong_difference_of_norms(gradient_at, w, step):
    """Takes the difference of the two norms."""
    g = gradient_at(w)
    return abs(np.linalg.norm(gradient_at(w - step * g)) - np.linalg.norm(g))


@wrong("adds-up-absolute-values")
def wrong_l1(gradient_at, w, step):
    """Sums the absolute values (the 1-norm)."""
    g = gradient_at(w)
    return np.abs(gradient_at(w - step * g) - g).sum()


@wrong("uses-the-spectral-norm")
def wrong_spectral(gradient_at, w, step):
    """Uses the spectral norm (ord=2) of the matrix."""
    g = gradient_at(w)
    return np.linalg.norm(gradient_at(w - step * g) - g, 2)


@wrong("takes-one-norm-a-row")
def wrong_row_norms(gradient_at, w, step):
    """Takes one norm per row (axis=1)."""
    g = gradient_at(w)
    return np.linalg.norm(gradient_at(w - step * g) - g, axis=1)


@wrong("divides-by-the-step")
def wrong_divided_by_step(gradient_at, w, step):
    """Divides by the step, as for a Lipschitz estimate."""
    g = gradient_at(w)
    return np.linalg.norm(gradient_at(w - step * g) - g) / step


@wrong("gives-the-new-gradient")
def wrong_new_gradient_only(gradient_at, w, step):
    """Returns the norm of the new gradient only."""
    return np.linalg.norm(gradient_at(w - step * gradient_at(w)))


@wrong("measures-the-step")
def wrong_distance_moved(gradient_at, w, step):
    """Returns the distance moved by w, not the change of the gradient."""
    return np.linalg.norm(step * gradient_at(w))


@wrong("changed-arguments")
def wrong_in_place(gradient_at, w, step):
    """Moves w in place, which changes the argument."""
    g = gradient_at(w)
    w -= step * g
    return np.linalg.norm(gradient_at(w) - g)


@wrong("averages-the-squares")
def wrong_mean_square(gradient_at, w, step):
    """Takes the root of the mean square instead of the sum."""
    g = gradient_at(w)
    return np.sqrt(np.mean((gradient_at(w - step * g) - g) ** 2))


@wrong("scales-the-gradient-to-length-one")
def wrong_unit_gradient(gradient_at, w, step):
    """Normalizes the gradient to length one before stepping."""
    g = gradient_at(w)
    return np.linalg.norm(gradient_at(w - step * g / np.linalg.norm(g)) - g)


@wrong("takes-two-steps")
def wrong_two_steps(gradient_at, w, step):
    """Takes two steps instead of one."""
    g = gradient_at(w)
    v = w - step * g
    v = v - step * gradient_at(v)
    return np.linalg.norm(gradient_at(v) - g)


@wrong("raised-TypeError")
def wrong_gradient_not_called(gradient_at, w, step):
    """Forgets to call gradient_at, so a TypeError is raised."""
    return np.linalg.norm(gradient_at(w - step * gradient_at) - gradient_at)


@wrong("steps-uphill+gives-the-squared-length")
def wrong_plus_and_squared(gradient_at, w, step):
    """Two slips: moves uphill, and forgets the root."""
    g = gradient_at(w)
    return ((gradient_at(w + step * g) - g) ** 2).sum()


@wrong("nothing-returned")
def wrong_no_return(gradient_at, w, step):
    """Has no return."""
    g = gradient_at(w)
    np.linalg.norm(gradient_at(w - step * g) - g)
