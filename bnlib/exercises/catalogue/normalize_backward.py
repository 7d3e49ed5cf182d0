"""Backward through normalize, with mu and var counted as what they are: functions of z."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def normalize_backward(dz_norm, z, eps=1e-5):
    """dz_norm (n, m), z (n, m) -> dz (n, m), the gradient through normalize."""
    mu = z.mean(axis=1, keepdims=True)
    inv_std = 1 / np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - mu) * inv_std
    mean_of_gradient = dz_norm.mean(axis=1, keepdims=True)
    mean_of_product = (dz_norm * z_norm).mean(axis=1, keepdims=True)
    return inv_std * (dz_norm - mean_of_gradient - z_norm * mean_of_product)


HINTS = (
    "z reaches z_norm along three roads: directly, through mu, and through var. Which of them "
    "does your gradient walk back?",
    "Write normalize as small steps (mu, z - mu, its square, var, the root, the quotient) and go "
    "back through them one by one; where two roads meet, their gradients add up.",
    "Gathered: dz_norm minus its row mean, minus z_norm times the row mean of dz_norm * z_norm; "
    "all of it over the square root of (var + eps).",
)

FACT = (
    "Every row of the result adds up to 0: a shift of the whole row changes nothing, so no "
    "gradient may ask for one."
)


def inputs():
    """Gradients with a mean, and with a share along z, of both signs; eps that counts.

    Two rows hardly vary: gradients are large there.
    """
    rng = np.random.default_rng(8)
    scales = np.array([[4.0], [0.002], [0.003], [156.0], [33.0]])

    def case(n, m, dtype=float):
        signs = (-1.0) ** np.arange(n)[:, np.newaxis]
        spread = rng.normal(size=(n, m))
        z = (spread + signs) * scales[-n:]
        gradient = signs * (rng.normal(2, 1, size=(n, m)) + 4 * spread)
        return gradient.astype(dtype), z.astype(dtype)

    small = (np.array([[1.0, 2.0, -4.0], [0.5, 3.0, 1.0]]), np.array([[1.0, 2.0, 6.0], [9, 4, 5]]))
    return [
        (*small, 0.5),
        case(5, 5),
        (*case(2, 1), 0.25),
        (*(np.round(part, 1) for part in case(1, 4)), 0.3),
        (*case(2, 6, np.float32), 0.5),
    ]


def faulty(
    dz_norm,
    z,
    eps=1e-5,
    *,
    axis=1,
    through_mu=1,
    through_var=1,
    count="m",
    divide="root",
    eps_in="variance",
    partner="z_norm",
    outer="inverse",
):
    """The reference, with one or two things done wrong."""
    mu, var = z.mean(axis=axis, keepdims=True), z.var(axis=axis, keepdims=True)
    m = z.size // mu.size
    if count == "m-1":
        var = var * m / (m - 1)
    inside = var + (eps if eps_in == "variance" else 0)
    root = np.sqrt(inside) + (eps if eps_in == "outside" else 0)
    z_norm = (z - mu) / root
    along = {"z": z, "centred": z - mu}.get(partner, z_norm)
    within, beside = {
        "z within": (z, z_norm),
        "z beside": (z_norm, z),
        "centred once": (z - mu, z_norm),
    }.get(partner, (along, along))
    shares = dz_norm.sum(axis=axis, keepdims=True), (dz_norm * within).sum(axis=axis, keepdims=True)
    if count == "n":
        m = len(z)
    undivided = {"1": (0, 1), "1 in mu": (0,), "1 in var": (1,)}.get(count, ())
    shares = tuple(share if k in undivided else share / m for k, share in enumerate(shares))
    inner = dz_norm - through_mu * shares[0] - through_var * beside * shares[1]
    if divide == "none":
        return inner
    if divide == "variance":
        return inner / inside
    if divide == "m":
        return inner / root / m
    return inner * root if outer == "root" else inner / root


@fault(through_mu=0, through_var=0)
def takes_both_statistics_as_constants():
    """Your gradient is that of a constant mu and var. They are made of z, so when one entry of z
    moves, they can move too, and with them the whole row. With such a gradient a network can push a
    bias up for ever without the loss noticing. Look at which other roads lead from z to z_norm."""


@fault(through_mu=0)
def takes_the_mean_as_a_constant():
    """Nothing comes back through mu in your gradient. When one entry of z rises, mu rises with it,
    and is taken away from each entry of the row. The rows of a right result add up to 0. Look at
    what comes back through mu, and whether it comes to nothing."""


# Multiplying the row means of dz_norm and of z_norm is the same: the second of them is 0.
@fault(through_var=0)
def takes_the_variance_as_a_constant():
    """Nothing comes back through var in your gradient. Stretching a row that varies stretches its
    deviation too: but for eps z_norm would stay as it is, and the gradient would not ask for it.
    Perhaps that road is missing, or it carries a mean of z_norm alone, which is 0. Look at what
    comes back through var, and at which comes first there, product or mean."""


@mistake
def averages_a_part_over_the_units(dz_norm, z, eps=1e-5):
    """In one of the two parts, or in both, your mean goes over the units, example by example. mu
    and var are each unit's own over the batch, and so is what comes back through them. Look at what
    each of your means is taken over."""
    root = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - z.mean(axis=1, keepdims=True)) / root
    through_var = z_norm * (dz_norm * z_norm).mean(axis=1, keepdims=True)
    return (dz_norm - dz_norm.mean(axis=0) - through_var) / root


@also(averages_a_part_over_the_units)
def averages_the_part_through_var_over_the_units(dz_norm, z, eps=1e-5):
    root = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - z.mean(axis=1, keepdims=True)) / root
    through_var = z_norm * (dz_norm * z_norm).mean(axis=0)
    return (dz_norm - dz_norm.mean(axis=1, keepdims=True) - through_var) / root


@also(averages_a_part_over_the_units)
def averages_both_parts_over_the_units(dz_norm, z, eps=1e-5):
    root = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - z.mean(axis=1, keepdims=True)) / root
    return (dz_norm - dz_norm.mean(axis=0) - z_norm * (dz_norm * z_norm).mean(axis=0)) / root


@fault(through_mu=-1)
def adds_the_road_through_the_mean():
    """The part through mu has the wrong sign. A rising mean, by itself, makes every entry of z - mu
    in its row fall. Look at the sign of that part."""


@fault(through_var=-1)
def adds_the_road_through_the_variance():
    """The part through var has the wrong sign. Where a variance rises, one over its root falls: the
    derivative of that is negative. Look at the sign of that part."""


@fault(through_var=2)
def loses_the_half_of_the_root():
    """In the part through var a factor of one half is missing, or one of two is too many. The
    derivative of a root, or of a power -1/2, brings the half with it. Look at the derivative of the
    root."""


@fault(through_var=0.5)
def loses_the_two_of_the_square():
    """In the part through var a factor of two is missing, or one of one half is too many. The
    derivative of a square brings the two with it. Look at how var answers to one entry of z."""


@fault(count="1")
def forgets_to_divide_by_m():
    """Your result has sums where means are due. One entry of z moves the mean only by the m-th part
    of its own step. Look at the derivatives of mu and var, and at where 1 / m should come in."""


@fault(count="1 in mu")
def forgets_to_divide_the_mean_by_m():
    """Your part through mu lacks a division that the part through var has. One entry of z moves the
    mean only by the m-th part of its own step. Look at the derivative of mu by one entry of z."""


@fault(count="1 in var")
def forgets_to_divide_the_variance_by_m():
    """Your part through var lacks a division that the part through mu has. The variance is a mean
    of squares, so one entry of z has the m-th part of a say in it. Look at the derivative of var by
    one entry of z."""


@fault(divide="m")
def divides_everything_by_m():
    """Your result is divided by a count once too often. Written with m times dz_norm and with sums
    in one bracket, a single 1 / m stands before it; written with dz_norm and with means, none does.
    Look at every place where a count comes in."""


@fault(count="m-1")
def divides_by_m_minus_one():
    """Over several numbers, your variance divides by one less than their count. The forward pass
    divides by m, and a gradient must belong to the function that was computed. Look at the count
    you divide by, or for a `ddof`."""


@fault(count="n")
def counts_the_units():
    """You divide by the number of units. A mean over the batch has as many terms as there are
    examples, and those are the columns. Look at how you get the number you divide by."""


@fault(axis=0)
def averages_over_units():
    """You go down the columns, over the units of one example. Batch norm's statistics belong to one
    unit over the batch, and arrays here have one row a unit. Look at the axes of your means and
    sums."""


@fault(axis=None)
def averages_over_everything():
    """You take one mean and one variance of the whole matrix. Every unit has its own, and its
    gradient stays in its row. Look at the axis of every mean and sum: without one, NumPy takes all
    numbers together."""


@fault(divide="none")
def leaves_out_the_deviation():
    """Your result lacks the division by the root. On each road a step in z is divided by it on the
    way to z_norm. Look at which factor all parts are to share."""


@fault(divide="variance")
def divides_by_the_variance():
    """You divide by what stands under the root, where the root itself is due. z_norm is z - mu over
    the root, so one over the root is the factor that all parts share. Look at where a square root
    got lost, or a division is done twice."""


@fault(outer="root")
def multiplies_by_the_deviation():
    """You multiply by the root where you are to divide by it. z_norm is a quotient, and its slope
    by what is divided is one over the divisor. Look at the operator or the power beside the
    root."""


@fault(eps_in="none")
def leaves_out_eps():
    """Your gradient does not depend on eps. It is like that of a function without eps, whose root
    is 0 for a unit that is constant over the batch. Look at how you get what you divide by."""


@fault(eps_in="outside")
def adds_eps_outside_the_root():
    """You add eps after the root. The forward pass adds it to the variance, before. Look at what
    eps is added to."""


@fault(partner="z")
def uses_z_for_z_norm():
    """In the part through var you use z where z_norm belongs. z_norm is centred and scaled, and a
    large mean of z can drown the gradient. Look at each place where z_norm is due there."""


@fault(partner="centred")
def forgets_to_scale_z_norm():
    """In the part through var it is as if z - mu stood where z_norm belongs: divisions by the root
    are lost with that. In steps, a derivative has the power -3/2. Look at how the cost answers to
    var."""


@fault(partner="z within")
def averages_products_with_z():
    """In the part through var you gather the products of dz_norm with z, where those with z_norm
    are due. The mean of z and its scale can come in with that. Look at what dz_norm is multiplied
    by."""


@fault(partner="z beside")
def multiplies_the_mean_of_products_by_z():
    """In the part through var what you gather of the products is multiplied by z, where z_norm is
    due. The mean of z and its scale can come in with that. Look at what you multiply it by."""


@fault(partner="centred once")
def forgets_one_division_by_the_root():
    """In the part through var it is as if z - mu stood once where z_norm belongs: a division by the
    root is lost with that. In steps, a derivative has the power -3/2. Look at how often the root
    comes in there."""


@mistake
def goes_forward(dz_norm, z, eps=1e-5):
    """You give z_norm times dz_norm. The chain rule multiplies by the derivative of z_norm with
    respect to z, not by z_norm itself. Look at how z_norm changes when z does."""
    return (
        dz_norm * (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z.var(axis=1, keepdims=True) + eps)
    )


@mistake
def normalizes_the_gradient(dz_norm, z, eps=1e-5):
    """You normalize dz_norm by its own mean and deviation. The way back is not normalize once more:
    it is the derivative of normalize, at the z of the way forward. Look at where z comes in, or
    should."""
    mean, var = dz_norm.mean(axis=1, keepdims=True), dz_norm.var(axis=1, keepdims=True)
    return (dz_norm - mean) / np.sqrt(var + eps)


@mistake
def passes_the_gradient_through(dz_norm, z, eps=1e-5):
    """You hand dz_norm on as it came. normalize is not the identity, so what goes back through it
    is, in general, another gradient. Look at how z_norm changes when z does."""
    return dz_norm + 0.0


@mistake
def turns_the_sign(dz_norm, z, eps=1e-5):
    """Your result has the wrong sign, wherever it is not 0. The minus of gradient descent comes in
    the update; a gradient points uphill. Look for a minus, or a difference that is turned round."""
    return -normalize_backward(dz_norm, z, eps)


@mistake
def projects_by_the_length_of_z_norm(dz_norm, z, eps=1e-5):
    """For a unit that varies, your part along z_norm is as large as if z_norm had the variance 1.
    An eps above 0 keeps that below 1. Perhaps eps is missing in that part, or you divide by
    z_norm's own squared length, as a projection does, where 1 / m is due. Look at how z_norm is
    made there, and at the divisors."""
    mu = z.mean(axis=1, keepdims=True)
    root = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - mu) / root
    length = (z_norm**2).sum(axis=1, keepdims=True)
    along = (dz_norm * z_norm).sum(axis=1, keepdims=True) / np.where(length == 0, 1, length)
    return (dz_norm - dz_norm.mean(axis=1, keepdims=True) - z_norm * along) / root


@mistake
def forgets_the_m_before_the_gradient(dz_norm, z, eps=1e-5):
    """In your result dz_norm is divided by m, as the two sums over the row are. Sums become means
    by that; dz_norm itself is due as it stands. Look at what each of the three terms is multiplied
    by."""
    mu = z.mean(axis=1, keepdims=True)
    root = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - mu) / root
    sums = dz_norm.sum(axis=1, keepdims=True), (dz_norm * z_norm).sum(axis=1, keepdims=True)
    return (dz_norm - sums[0] - z_norm * sums[1]) / (z.shape[1] * root)


@mistake
def leaves_the_mean_in_z_norm(dz_norm, z, eps=1e-5):
    """On your road through var z comes in with the mean still in it, as when z_norm is z over the
    root. What a variance answers to is how far an entry lies from the mean. Look at where z comes
    in there."""
    root = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    along = z / root * (dz_norm * z / root).mean(axis=1, keepdims=True)
    return (dz_norm - dz_norm.mean(axis=1, keepdims=True) - along) / root


@mistake
def keeps_the_road_through_var_alone(dz_norm, z, eps=1e-5):
    """Only the road through var is left in your gradient; what comes straight from z_norm is lost,
    perhaps written over. Several roads lead from z to z_norm, and what comes back along them adds
    up. Look at the lines that set it."""
    centred = z - z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True) + eps
    return -centred * (dz_norm * centred).mean(axis=1, keepdims=True) / var**1.5


@mistake
def keeps_the_diagonal_alone(dz_norm, z, eps=1e-5):
    """Each entry of your gradient answers to the same entry of dz_norm alone: that is the diagonal
    of the derivative. An entry of z can move mu and var, and with them the whole row of z_norm.
    Look at where sums over the row, with dz_norm in them, should come in."""
    m, root = z.shape[1], np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - z.mean(axis=1, keepdims=True)) / root
    return dz_norm * (1 - 1 / m - z_norm**2 / m) / root


@mistake
def divides_by_a_deviation_without_eps(dz_norm, z, eps=1e-5):
    """Your result is that of a z_norm whose root has eps in it, and of a gradient divided by a
    deviation that has none, or next to none. They are one and the same on the way forward, where
    eps is there to keep it from 0. Work it out once, and look at where it is used."""
    centred = z - z.mean(axis=1, keepdims=True)
    z_norm = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + eps)
    direct = dz_norm - dz_norm.mean(axis=1, keepdims=True)
    with np.errstate(all="ignore"):
        road = direct - z_norm * (dz_norm * z_norm).mean(axis=1, keepdims=True)
        return road / np.sqrt((centred**2).mean(axis=1, keepdims=True))


@mistake
def does_not_sum_through_var(dz_norm, z, eps=1e-5):
    """In the part through var each entry answers to its own entry of dz_norm alone. A unit has one
    var, which its whole row of z_norm uses, so what comes back to it is added up over the row. Look
    at the shape of what comes back to var, and at where a sum or a mean should be."""
    root = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - z.mean(axis=1, keepdims=True)) / root
    through_var = z_norm * (dz_norm * z_norm) / z.shape[1]
    return (dz_norm - dz_norm.mean(axis=1, keepdims=True) - through_var) / root


@also(does_not_sum_through_var)
def does_not_average_through_var(dz_norm, z, eps=1e-5):
    root = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - z.mean(axis=1, keepdims=True)) / root
    return (dz_norm - dz_norm.mean(axis=1, keepdims=True) - z_norm * (dz_norm * z_norm)) / root


@mistake
def divides_some_parts_only(dz_norm, z, eps=1e-5):
    """The division by the root that all three parts share reaches only some of them. z_norm is z -
    mu, over the root, so every road brings that division with it. Look at where brackets stand, or
    should, and at what each part is divided by."""
    root = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - z.mean(axis=1, keepdims=True)) / root
    through_var = z_norm * (dz_norm * z_norm).mean(axis=1, keepdims=True)
    return dz_norm - dz_norm.mean(axis=1, keepdims=True) - through_var / root


@also(divides_some_parts_only)
def divides_the_direct_part_alone(dz_norm, z, eps=1e-5):
    root = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - z.mean(axis=1, keepdims=True)) / root
    through_var = z_norm * (dz_norm * z_norm).mean(axis=1, keepdims=True)
    return dz_norm / root - dz_norm.mean(axis=1, keepdims=True) - through_var


@also(divides_some_parts_only)
def divides_all_but_the_part_through_mu(dz_norm, z, eps=1e-5):
    root = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - z.mean(axis=1, keepdims=True)) / root
    through_var = z_norm * (dz_norm * z_norm).mean(axis=1, keepdims=True)
    return (dz_norm - through_var) / root - dz_norm.mean(axis=1, keepdims=True)


@mistake
def keeps_the_last_share(dz_norm, z, eps=1e-5):
    """What comes back through mu, or through var, or through both, is what the last example of each
    row gives. All examples of a row use the same mu and var, so their shares are added up. Look at
    what becomes of the shares before the last."""
    root = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm, m = (z - z.mean(axis=1, keepdims=True)) / root, z.shape[1]
    last = (dz_norm * z_norm)[:, -1:]
    return (dz_norm - dz_norm.mean(axis=1, keepdims=True) - z_norm * last / m) / root


@also(keeps_the_last_share)
def keeps_the_last_share_of_mu(dz_norm, z, eps=1e-5):
    root = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm, m = (z - z.mean(axis=1, keepdims=True)) / root, z.shape[1]
    through_var = z_norm * (dz_norm * z_norm).mean(axis=1, keepdims=True)
    return (dz_norm - dz_norm[:, -1:] / m - through_var) / root


@also(keeps_the_last_share)
def keeps_the_last_share_of_both(dz_norm, z, eps=1e-5):
    root = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm, m = (z - z.mean(axis=1, keepdims=True)) / root, z.shape[1]
    last = (dz_norm * z_norm)[:, -1:]
    return (dz_norm - dz_norm[:, -1:] / m - z_norm * last / m) / root


@mistake
def multiplies_some_parts_by_the_deviation(dz_norm, z, eps=1e-5):
    """You multiply by the root of var + eps where you are to divide by it: in the direct part, in
    the one through mu, or in both. z_norm is z - mu, over the root, so every road brings that
    division with it. Look at the operator or the power beside the root in each part."""
    root = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    return _in_parts(dz_norm, z, root, root, root)


@also(multiplies_some_parts_by_the_deviation)
def multiplies_the_direct_part_by_the_deviation(dz_norm, z, eps=1e-5):
    root = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    return _in_parts(dz_norm, z, root, root, 1 / root)


@also(multiplies_some_parts_by_the_deviation)
def multiplies_the_part_through_mu_by_the_deviation(dz_norm, z, eps=1e-5):
    root = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    return _in_parts(dz_norm, z, root, 1 / root, root)


def _in_parts(dz_norm, z, root, direct, through_mu):
    z_norm = (z - z.mean(axis=1, keepdims=True)) / root
    through_var = z_norm * (dz_norm * z_norm).mean(axis=1, keepdims=True) / root
    return dz_norm * direct - dz_norm.mean(axis=1, keepdims=True) * through_mu - through_var


@mistake
def leaves_out_the_m_below(dz_norm, z, eps=1e-5):
    """Your result is m times the right one, as where dz_norm comes in m times and the two sums as
    they are. With sums in one bracket, a single 1 / m is due before it. Look at what m has to be
    taken out by again."""
    return normalize_backward(dz_norm, z, eps) * z.shape[1]


@mistake
def multiplies_two_means(dz_norm, z, eps=1e-5):
    """In the part along z_norm stands a product of two means. An example's gradient belongs with
    the same example's z_norm, so the products come first, and then their mean. Look at what you
    average there."""
    root = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - z.mean(axis=1, keepdims=True)) / root
    mean = dz_norm.mean(axis=1, keepdims=True)
    return (dz_norm - mean - z_norm * mean * (z_norm**2).mean(axis=1, keepdims=True)) / root
