"""Backward through scale and shift: how the cost changes with gamma and beta."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def affine_gradients(dz_tilde, z_norm):
    """dz_tilde (n, m), z_norm (n, m) -> (dgamma, dbeta), each (n, 1)."""
    dgamma = (dz_tilde * z_norm).sum(axis=1, keepdims=True)
    dbeta = dz_tilde.sum(axis=1, keepdims=True)
    return dgamma, dbeta


HINTS = (
    "One gamma scales a unit's whole row, every example of the batch. If it changes a little, "
    "which entries of z_tilde change, and by how much each?",
    "By the chain rule every entry adds its own share: for gamma, dz_tilde there times z_norm "
    "there; for beta, dz_tilde there times 1. The shares of a row add up.",
    "dgamma is the sum along axis 1 of dz_tilde * z_norm, entry by entry; dbeta is the sum along "
    "axis 1 of dz_tilde. Keep the axis, so that both are columns.",
)

FACT = "Where a number is broadcast on the way forward, its gradient is a sum on the way back."


def inputs():
    """Gradients whose rows do not add up to 0."""
    rng = np.random.default_rng(7)

    def case(n, m, dtype=float):
        levels = 0.5, -0.3
        return tuple((n**3 * (v + rng.normal(size=(n, m)))).astype(dtype) for v in levels)

    small = (np.array([[1.0, 2.0, -4.0], [0.5, 3.0, 1.0]]), np.array([[1.0, -1.0, 2.0], [0, 1, 3]]))
    return [small, case(5, 5), case(3, 1), case(1, 4), case(2, 6, np.float32)]


def faulty(
    dz_tilde, z_norm, *, axis=1, reduce="sum", sign=1, for_gamma="product", for_beta="plain"
):
    """The reference, with one or two things done wrong."""
    gamma_share = {
        "no z_norm": dz_tilde,
        "z_norm": z_norm,
        "squared": dz_tilde * z_norm**2,
        "over": dz_tilde / z_norm,
        "sums": dz_tilde * z_norm.sum(axis=axis, keepdims=True),
        "all units": dz_tilde * z_norm.sum(axis=0, keepdims=True),
    }.get(for_gamma, dz_tilde * z_norm)
    beta_share = {
        "times z_norm": dz_tilde * z_norm,
        "one": np.ones_like(dz_tilde),
        "z_norm": z_norm,
    }.get(for_beta, dz_tilde)

    def total(share, name):
        m = share.size if axis is None else share.shape[axis]
        added = share.sum(axis=axis, keepdims=True)
        return added / m if reduce in ("mean", f"mean of {name}") else added

    return sign * total(gamma_share, "gamma"), sign * total(beta_share, "beta")


@fault(reduce="mean")
def averages_over_the_batch():
    """You take a mean where a sum is due. The 1 / m of the cost is in dz_tilde already; here every
    example's share is added up. Look for a mean, or for a division by a count."""


@fault(reduce="mean of gamma")
def averages_dgamma():
    """You take the mean for dgamma. Like dbeta, it has to be a sum: the 1 / m of the cost is in
    dz_tilde already. Look at how you gather the shares of the first of the two."""


@fault(reduce="mean of beta")
def averages_dbeta():
    """You take the mean for dbeta. Like dgamma, it has to be a sum: the 1 / m of the cost is in
    dz_tilde already. Look at how you gather the shares of the second of the two."""


@fault(axis=0)
def sums_over_units():
    """You add up down the columns, over the units. A gamma acts on one unit, so on one row, and
    gathers its shares from there. Look at the axis along which you add up, for both."""


@fault(axis=None)
def sums_over_everything():
    """You add up the whole matrix into one number. Every unit has its own gamma and beta, and each
    gathers the shares of its row. Look at what you sum over: without an axis, NumPy takes all
    numbers."""


@fault(sign=-1)
def turns_the_sign():
    """Your gradients have their sign turned. The minus of gradient descent comes in the update, not
    in the gradient. Look for where a minus comes in."""


@fault(for_gamma="no z_norm")
def forgets_z_norm_in_dgamma():
    """Your dgamma is made of dz_tilde alone: z_norm is missing in it. gamma multiplies z_norm, so
    that is how strongly each entry answers to it. Look at the derivative of gamma * z_norm."""


@fault(for_gamma="z_norm")
def forgets_dz_tilde_in_dgamma():
    """Your dgamma is made of z_norm alone. That is how z_tilde answers to gamma; how the cost
    answers to z_tilde has to be multiplied in. Look at where dz_tilde should come into dgamma."""


@fault(for_gamma="squared")
def uses_z_norm_twice():
    """Your dgamma has z_norm in it twice. gamma meets z_norm once, in a product, and the derivative
    of that has z_norm in it once. Look for a square, or a product too many."""


@fault(for_gamma="over")
def divides_by_z_norm():
    """You divide by z_norm in dgamma. The derivative of a product by one factor is the other
    factor, not one over it. Look at how dz_tilde and z_norm come together."""


@fault(for_beta="times z_norm")
def multiplies_dbeta_by_z_norm():
    """Your dbeta has z_norm in it. beta is added, so every entry of its row of z_tilde moves by as
    much as beta does, whatever z_norm is. Look at what is added up for dbeta, and whether something
    was multiplied into it before."""


@fault(for_beta="one")
def forgets_dz_tilde_in_dbeta():
    """Your dbeta is made without dz_tilde, only of how z_tilde answers to beta: 1 for every entry.
    How the cost answers to z_tilde has to be multiplied in. Look at where dz_tilde should come into
    dbeta."""


@fault(for_beta="z_norm")
def sums_z_norm_for_dbeta():
    """Your dbeta adds up z_norm, which gives nearly 0 for a normalized row. beta does not multiply
    z_norm: it is added. Look at which of the two arrays you add up there."""


@mistake
def does_not_sum(dz_tilde, z_norm):
    """You give one number for every entry. gamma and beta have one a unit, shared by the whole
    batch, so the shares of a row have to be gathered. The step that takes (n, m) to (n, 1) is
    missing."""
    return dz_tilde * z_norm, dz_tilde


@mistake
def does_not_sum_dgamma(dz_tilde, z_norm):
    """Your dgamma has one number for every entry. A unit has one gamma, shared by the whole batch,
    so the shares of a row are gathered, as for dbeta. The step that takes (n, m) to (n, 1) is
    missing."""
    return dz_tilde * z_norm, dz_tilde.sum(axis=1, keepdims=True)


@mistake
def does_not_sum_dbeta(dz_tilde, z_norm):
    """Your dbeta has one number for every entry. A unit has one beta, shared by the whole batch, so
    the shares of a row are gathered, as for dgamma. The step that takes (n, m) to (n, 1) is
    missing."""
    return (dz_tilde * z_norm).sum(axis=1, keepdims=True), dz_tilde


@fault(for_gamma="sums")
def multiplies_the_sums():
    """In dgamma your product comes after the sums. An example's gradient belongs with the same
    example's z_norm, so the products come first. Look at the order of product and sum."""


@mistake
def multiplies_as_matrices(dz_tilde, z_norm):
    """Your dgamma is a matrix product, with an entry for each unit with each. A unit's gamma meets
    only its own row. Look at how you multiply: `@` and `dot` mean matrix products, `*` goes entry
    by entry."""
    return dz_tilde @ z_norm.T, dz_tilde.sum(axis=1, keepdims=True)


@mistake
def sums_dbeta_over_everything(dz_tilde, z_norm):
    """Your dbeta is the sum of the whole matrix, the same for every unit. Each unit has a beta of
    its own, which gathers the shares of its row, as its gamma does. Look at what you sum over
    there: without an axis, NumPy takes all numbers."""
    dgamma = (dz_tilde * z_norm).sum(axis=1, keepdims=True)
    return dgamma, np.full_like(dgamma, dz_tilde.sum())


@mistake
def fits_a_slope(dz_tilde, z_norm):
    """You divide dgamma by the sum of the squares of z_norm, as for the slope of a line through
    points. A gradient is the sum of the shares alone. Look at what you divide by."""
    dgamma, dbeta = affine_gradients(dz_tilde, z_norm)
    return dgamma / (z_norm**2).sum(axis=1, keepdims=True), dbeta


@mistake
def leaves_out_the_first_example(dz_tilde, z_norm):
    """The first example does not come into your sums. Perhaps a loop or a slice starts from 1: the
    first column is number 0. Look at what your sums run over."""
    return affine_gradients(dz_tilde[:, 1:], z_norm[:, 1:])


@fault(for_gamma="all units")
def mixes_the_units():
    """For dgamma, the z_norm of all units comes into every unit's number. A gamma multiplies its
    own row only. Look at how you multiply: as matrices, or entry by entry."""


@mistake
def keeps_the_last_share_of_dbeta(dz_tilde, z_norm):
    """Your dbeta is what the last example gives, while dgamma is added up as it should be. The
    shares of all examples in a row are to be added up. Look at what becomes of the shares before
    the last, in the line that sets dbeta."""
    return affine_gradients(dz_tilde, z_norm)[0], dz_tilde[:, -1:]


@mistake
def keeps_the_last_share_of_dgamma(dz_tilde, z_norm):
    """Your dgamma is what the last example gives, while dbeta is added up as it should be. The
    shares of all examples in a row are to be added up. Look at what becomes of the shares before
    the last, in the line that sets dgamma."""
    return (dz_tilde * z_norm)[:, -1:], affine_gradients(dz_tilde, z_norm)[1]


@mistake
def keeps_the_last_shares(dz_tilde, z_norm):
    """Your dgamma and dbeta are what the last example gives. The shares of all examples in a row
    are to be added up. Look at what becomes of the shares before the last, as where a line sets
    anew what it should add to."""
    return affine_gradients(dz_tilde[:, -1:], z_norm[:, -1:])


@mistake
def takes_a_mean_away_first(dz_tilde, z_norm):
    """In your result a mean is taken away, that of dz_tilde or of z_norm. That belongs to
    normalizing; here each example's share counts as it is. Look for a mean that goes out of what
    you multiply or add up."""
    return affine_gradients(dz_tilde - dz_tilde.mean(axis=1, keepdims=True), z_norm)


@also(takes_a_mean_away_first)
def takes_a_mean_away_for_dgamma(dz_tilde, z_norm):
    return affine_gradients(dz_tilde, z_norm - z_norm.mean(axis=1, keepdims=True))


@mistake
def adds_one_to_the_other(dz_tilde, z_norm):
    """One of your two gradients has the other in it: what belongs to beta is in dgamma too, or what
    belongs to gamma is in dbeta. Each gathers its own shares alone. Look at what you add up for
    each, and at whether a sum goes on from one to the other."""
    dgamma, dbeta = affine_gradients(dz_tilde, z_norm)
    return dgamma + dbeta, dbeta


@also(adds_one_to_the_other)
def adds_dgamma_to_dbeta(dz_tilde, z_norm):
    dgamma, dbeta = affine_gradients(dz_tilde, z_norm)
    return dgamma, dgamma + dbeta


@mistake
def carries_the_sum_over(dz_tilde, z_norm):
    """A sum of yours goes on from one row to the next: from the second unit on, it holds what
    belongs to the units above. Every unit begins anew. If you loop over the units: is the sum set
    to 0 inside that loop?"""
    dgamma, dbeta = affine_gradients(dz_tilde, z_norm)
    return np.cumsum(dgamma, axis=0), np.cumsum(dbeta, axis=0)


@also(carries_the_sum_over)
def carries_dgamma_over(dz_tilde, z_norm):
    dgamma, dbeta = affine_gradients(dz_tilde, z_norm)
    return np.cumsum(dgamma, axis=0), dbeta


@also(carries_the_sum_over)
def carries_dbeta_over(dz_tilde, z_norm):
    dgamma, dbeta = affine_gradients(dz_tilde, z_norm)
    return dgamma, np.cumsum(dbeta, axis=0)


@also(sums_over_everything)
def sums_over_everything_and_fills_a_column(dz_tilde, z_norm):
    n = len(dz_tilde)
    return np.full((n, 1), (dz_tilde * z_norm).sum()), np.full((n, 1), dz_tilde.sum())
