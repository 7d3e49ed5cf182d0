"""Backward through the division z_norm = centred / std, the two taken as independent."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def division_backward(dz_norm, centred, std):
    """dz_norm and centred (n, m), std (n, 1) -> (dcentred (n, m), dstd (n, 1))."""
    dcentred = dz_norm / std
    dstd = -(dz_norm * centred).sum(axis=1, keepdims=True) / std**2
    return dcentred, dstd


HINTS = (
    "A quotient has two derivatives: one by what stands above the line, one by what stands below "
    "it. What is the derivative of 1 / s?",
    "Each entry of centred meets its own entry of z_norm and no other. A unit's std meets all m of "
    "them: whatever shares a number adds its gradients up.",
    "dcentred: the incoming gradient over std. dstd: the incoming gradient times centred over std "
    "squared, with a minus, added up along each row into a column.",
)

FACT = (
    "dstd is minus the row sum of dz_norm times z_norm, over std: a cache of z_norm and std is "
    "enough, and the memory for centred can be freed."
)


def inputs():
    """Rows of centred with mean 0 and deviations of their own; std larger than theirs, by eps."""
    rng = np.random.default_rng(22)

    def case(n, m, eps, dtype=float):
        z = rng.normal(size=(n, m)) * (-6.0) ** np.arange(n)[:, np.newaxis] / 20
        centred = z - z.mean(axis=1, keepdims=True)
        std = np.sqrt((centred**2).mean(axis=1, keepdims=True) + eps)
        dz_norm = 0.5 + rng.normal(size=(n, m)) + 0.3 * centred
        return tuple(part.astype(dtype) for part in (dz_norm, centred, std))

    small = (
        np.array([[1.0, 2.0, -4.0, 3.0], [0.5, 3.0, 1.0, 2.0]]),
        np.array([[-2.0, -1.0, 3.0, 0.0], [1.0, 0.0, -2.0, 1.0]]),
        np.array([[2.0], [1.25]]),
    )
    return [
        small,
        case(5, 5, 0.1),
        case(3, 1, 0.25),
        case(1, 4, 0.3),
        case(2, 6, 0.5, np.float32),
    ]


def faulty(
    dz_norm,
    centred,
    std,
    *,
    axis=1,
    direct="over",
    power=2,
    factor="centred",
    times=-1,
    reduce="sum",
):
    """The reference, with one or two things done wrong."""
    dcentred = {
        "times": dz_norm * std,
        "squared": dz_norm / std**2,
        "none": dz_norm,
        "local": np.ones_like(dz_norm) / std,
    }.get(direct, dz_norm / std)
    product = {"none": dz_norm, "square": centred**2}.get(factor, dz_norm * centred)
    dstd = times * product / std**power
    if reduce == "none":
        return dcentred, dstd
    total = dstd.sum(axis=axis, keepdims=True)
    if reduce == "mean":
        total = total / (dstd.size if axis is None else dstd.shape[axis])
    return dcentred, total


@fault(direct="times")
def multiplies_by_std():
    """For dcentred you multiply by std. z_norm is centred over std, so its slope is one over std.
    Look at how std comes in there."""


@fault(direct="squared")
def divides_dcentred_by_the_square():
    """For dcentred you divide by the square of std. The square belongs to the other derivative;
    above the line, a step in centred is divided once. Look at the power of std."""


@fault(direct="none")
def forgets_std_in_dcentred():
    """You hand the gradient on to centred as it came. A step in centred is divided by std before it
    reaches z_norm. Look at where std should come into dcentred."""


@fault(direct="local")
def forgets_dz_norm_in_dcentred():
    """Your dcentred does not depend on dz_norm. How z_norm answers to centred is there; how the
    cost answers to z_norm has to be multiplied in. Look at your dcentred."""


@fault(times=1)
def loses_the_minus():
    """The minus of your dstd is missing, or undone by another. Where s rises, 1 / s falls: its
    derivative is negative. Look at the signs that come into dstd."""


@fault(power=1)
def divides_dstd_once():
    """For dstd you divide by std where its square is due. With centred in the product, one division
    is that of the quotient, and its derivative brings another. Look at the power of std."""


@fault(power=3)
def divides_dstd_three_times():
    """For dstd you divide by the third power of std. The square is enough beside centred, and the
    first power beside z_norm; the third belongs to a gradient of var, which is another box. Look at
    the power of std."""


@fault(power=0)
def forgets_std_in_dstd():
    """Your dstd does not depend on std. The derivative of 1 / s is not a constant: where s is
    large, 1 / s changes little. Look at where std comes in, or should, and at whether it
    cancels."""


@fault(factor="none")
def forgets_centred_in_dstd():
    """Your dstd does not use centred. What is divided decides how strongly the quotient answers to
    the divisor. Look at the derivative of c / s by s: the c stays."""


@fault(factor="square")
def forgets_dz_norm_in_dstd():
    """Your dstd is made of the squares of centred, and dz_norm does not come into it. How the cost
    answers to z_norm has to be multiplied in, each example's gradient with its own entry of
    centred. Look at the product that you add up."""


# Adding up dz_norm and centred apart from each other gives 0 too: the rows of centred sum to 0.
@mistake
def adds_up_to_nothing(dz_norm, centred, std):
    """Your dstd is 0 but for rounding. So it comes out, for one, where the entries of centred are
    added up by themselves, since its rows sum to 0. An example's gradient belongs with the same
    example's entry of centred. Look at whether dz_norm comes into dstd, at which comes first,
    product or sum, and at whether dstd is filled at all."""
    return dz_norm / std, -centred.sum(axis=1, keepdims=True) / std**2


@fault(reduce="mean")
def averages_over_the_batch():
    """Your dstd is a mean where a sum is due. A unit's examples all use the same std, so their
    shares add up; the 1 / m of the cost is in dz_norm already. Look for a mean, or for a division
    by a count."""


@fault(reduce="none")
def does_not_sum():
    """Your dstd has one number for every entry. A unit has one std, which all its examples share,
    so the row's shares are gathered into one. The step that takes (n, m) to (n, 1) is missing."""


@fault(axis=0)
def sums_over_units():
    """For dstd you add up down the columns, over the units. A std belongs to one unit, so to one
    row. Look at the axis along which you add up."""


@fault(axis=None)
def sums_over_everything():
    """For dstd you add up the whole matrix. Every unit has its own std and gathers the shares of
    its row. Look at what you sum over: without an axis, NumPy takes all numbers."""


@also(sums_over_units)
def sums_over_units_before_it_divides(dz_norm, centred, std):
    return dz_norm / std, -(dz_norm * centred).sum(axis=0, keepdims=True) / std**2


@also(sums_over_everything)
def sums_over_everything_before_it_divides(dz_norm, centred, std):
    return dz_norm / std, -np.sum(dz_norm * centred) / std**2


@fault(times=-0.5)
def halves_dstd():
    """A factor of one half comes into your dstd. It belongs to the derivative of a square root, and
    that is the next box to the left, not this one. Look for a half, or for a 2 below the line."""


@mistake
def goes_on_through_std(dz_norm, centred, std):
    """Your dcentred has a second term, as for the way through std. In the whole graph two such are
    added; this box takes centred and std as independent, and the box of std comes next. Look for a
    second term in dcentred."""
    dstd = -(dz_norm * centred).sum(axis=1, keepdims=True) / std**2
    return dz_norm / std + dstd * centred / (centred.shape[1] * std), dstd


@mistake
def goes_on_through_the_mean(dz_norm, centred, std):
    """You take the row's mean out of dcentred. That is the way back through the centring, a box
    further left; this one only divides. Look for a mean, or a sum along the row, in dcentred or in
    what it is made of."""
    dcentred = dz_norm / std
    dstd = -(dz_norm * centred).sum(axis=1, keepdims=True) / std**2
    return dcentred - dcentred.mean(axis=1, keepdims=True), dstd


@mistake
def goes_forward(dz_norm, centred, std):
    """You put z_norm itself where its derivative by centred belongs. The chain rule multiplies by
    how z_norm answers to a step in centred. Look at your dcentred."""
    dstd = -(dz_norm * centred).sum(axis=1, keepdims=True) / std**2
    return dz_norm * centred / std, dstd


@mistake
def multiplies_as_matrices(dz_norm, centred, std):
    """In your dstd, a unit's gradient meets the rows of all units in centred, as in a matrix
    product. A unit's std meets only its own row. Look at how you multiply: `@` and `dot` can mix
    rows, `*` goes entry by entry."""
    return dz_norm / std, -(dz_norm @ centred.T) / std**2


@also(multiplies_as_matrices)
def adds_up_the_matrix_product(dz_norm, centred, std):
    return dz_norm / std, -(dz_norm @ centred.T).sum(axis=1, keepdims=True) / std**2


@mistake
def takes_std_for_a_variance(dz_norm, centred, std):
    """For dstd you use the derivative of one over a root, which brings one half and the power -3/2.
    std is no variance: it is a root already, taken in the next box to the left. Look at the power
    of std, and at the half."""
    return dz_norm / std, -0.5 * (dz_norm * centred).sum(axis=1, keepdims=True) * std**-1.5


@mistake
def gives_the_gradient_of_the_variance(dz_norm, centred, std):
    """For dstd you give the gradient of the variance, with its half and its third power of std. The
    variance is one box further left; here the quotient is taken by std itself. Look at the
    derivative of c / s by s."""
    return dz_norm / std, -0.5 * (dz_norm * centred).sum(axis=1, keepdims=True) / std**3


@mistake
def works_std_out_again(dz_norm, centred, std):
    """For dstd you work the deviation out of centred again. The std handed in can have an eps under
    its root, where yours has none or another. Look at what the third argument is there for."""
    var = np.maximum((centred**2).mean(axis=1, keepdims=True), 1e-16)
    return dz_norm / std, -(dz_norm * centred).sum(axis=1, keepdims=True) / var


@also(works_std_out_again)
def works_std_out_again_and_divides_by_0(dz_norm, centred, std):
    with np.errstate(all="ignore"):
        var = (centred**2).mean(axis=1, keepdims=True)
        return dz_norm / std, -(dz_norm * centred).sum(axis=1, keepdims=True) / var


@also(works_std_out_again)
def works_std_out_again_with_an_eps_of_its_own(dz_norm, centred, std):
    var = (centred**2).mean(axis=1, keepdims=True) + 1e-5
    return dz_norm / std, -(dz_norm * centred).sum(axis=1, keepdims=True) / var


@mistake
def works_std_out_again_for_both(dz_norm, centred, std):
    """For both results you work the deviation out of centred again. The std handed in can have an
    eps under its root, where yours has none or another. Look at what the third argument is there
    for."""
    own = np.sqrt(np.maximum((centred**2).mean(axis=1, keepdims=True), 1e-16))
    return dz_norm / own, -(dz_norm * centred).sum(axis=1, keepdims=True) / own**2


@also(works_std_out_again_for_both)
def works_std_out_again_for_both_and_divides_by_0(dz_norm, centred, std):
    with np.errstate(all="ignore"):
        own = np.sqrt((centred**2).mean(axis=1, keepdims=True))
        return dz_norm / own, -(dz_norm * centred).sum(axis=1, keepdims=True) / own**2


@also(works_std_out_again_for_both)
def works_std_out_again_for_both_with_an_eps_of_its_own(dz_norm, centred, std):
    own = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
    return dz_norm / own, -(dz_norm * centred).sum(axis=1, keepdims=True) / own**2


@mistake
def keeps_the_last_share(dz_norm, centred, std):
    """Your dstd is what the last example of each row gives. All examples of a row use the same std,
    so their shares are added up. Look at what becomes of the shares before the last, in the line
    that sets dstd."""
    return dz_norm / std, -(dz_norm * centred)[:, -1:] / std**2


@mistake
def multiplies_by_two_for_the_square(dz_norm, centred, std):
    """In your dstd there is one division by std, and a factor of 2 where another is due. Perhaps a
    `*` stands where a power is meant, or the 2 of the power came down as a factor. Look at the
    derivative of 1 / s, and at how you write it."""
    return dz_norm / std, -(dz_norm * centred).sum(axis=1, keepdims=True) / std * 2


@mistake
def takes_std_for_a_variance_for_both(dz_norm, centred, std):
    """Both your results belong to a division by the root of std. std is no variance: it is a root
    already, taken in the next box to the left. Look at what you do to std before you divide, and at
    the powers of it."""
    dstd = -0.5 * (dz_norm * centred).sum(axis=1, keepdims=True) * std**-1.5
    return dz_norm / np.sqrt(std), dstd


@mistake
def adds_the_rows_above(dz_norm, centred, std):
    """In your dstd the shares of the rows above come in as well. Every unit has a std of its own,
    and gathers the shares of its own row only. If you have loops, look at where the sum is set back
    to 0, or should be; if not, look for a running sum."""
    shares = (dz_norm * centred).sum(axis=1, keepdims=True)
    return dz_norm / std, -np.cumsum(shares, axis=0) / std**2


@also(adds_the_rows_above)
def adds_the_rows_above_once_divided(dz_norm, centred, std):
    shares = (dz_norm * centred).sum(axis=1, keepdims=True) / std**2
    return dz_norm / std, -np.cumsum(shares, axis=0)


@mistake
def lays_dstd_in_a_row(dz_norm, centred, std):
    """Your dstd has the right numbers, but they lie in a row. std is a column, one number a unit,
    and its gradient has the same shape; beside a column, a row of several makes a table in which
    different units meet. Look for a `.T`, or for brackets or a reshape that make a row."""
    dstd = -(dz_norm * centred).sum(axis=1, keepdims=True) / std**2
    return dz_norm / std, dstd.T


@mistake
def leaves_out_an_example(dz_norm, centred, std):
    """One example, the first or the last, has no share in your dstd. Look at where your loop or
    your slice begins and ends: `range(1, m)` and `range(m - 1)` go one round less."""
    shares = -dz_norm * centred / std**2
    return dz_norm / std, shares[:, 1:].sum(axis=1, keepdims=True)


@also(leaves_out_an_example)
def leaves_out_the_last_example(dz_norm, centred, std):
    shares = -dz_norm * centred / std**2
    return dz_norm / std, shares[:, :-1].sum(axis=1, keepdims=True)


@mistake
def sums_dstd_over_all_units(dz_norm, centred, std):
    """Your dstd is one sum over all units, in every row. A unit's std acts on its own row alone.
    Look at what you add up: without an axis, NumPy takes all the numbers."""
    return dz_norm / std, np.full(std.shape, -(dz_norm * centred / std**2).sum())


@also(goes_on_through_std)
def goes_on_through_std_without_m(dz_norm, centred, std):
    dstd = -(dz_norm * centred).sum(axis=1, keepdims=True) / std**2
    return dz_norm / std + dstd * centred / std, dstd
