"""Batch norm with statistics that are given, such as running averages: the same for any batch."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def batch_norm_inference(z, gamma, beta, mean, var, eps=1e-5):
    """z (n, m), everything else (n, 1) -> z_tilde (n, m), each example by itself."""
    z_norm = (z - mean) / np.sqrt(var + eps)
    return gamma * z_norm + beta


HINTS = (
    "At test time an example may come alone. Which mean and which variance do you then normalize "
    "with, and where do you have them from?",
    "It is the training equation with two statistics exchanged: those you are given stand in the "
    "place of the batch's own. Nothing is averaged in this function.",
    "Subtract mean, divide by the square root of (var + eps), then scale by gamma and shift by "
    "beta.",
)

FACT = "With fixed statistics batch norm is a straight line a unit: it can be folded into W and b."


def inputs():
    """Statistics that are far from the batch's own, and eps that counts."""
    rng = np.random.default_rng(3)

    def columns(n, dtype=np.float64):
        gamma, beta = [1.5, -0.5, 3.345678, -130.1, 40.07], [2.0, -4.0, 0.612345, -140.0, 200.0]
        mean, var = [2.5, -6.0, 1.123456, 170.0, 0.3], [9.0, 0.5, 2345.678, 1.3, 0.0000712345]
        parts = gamma, beta, mean, var
        return tuple(np.array(part[:n], dtype).reshape(-1, 1) for part in parts)

    wide = np.array([[200], [200], [4], [200], [1]]) * rng.normal(2, 3, size=(5, 5))
    narrow = rng.normal(3, 2, size=(2, 6)).astype(np.float32)
    return [
        (np.array([[1.0, 2.0, 6.0], [10.0, 40.0, 25.0]]), *columns(2), 0.7),
        (wide, *columns(5), 0.0000123456),
        (np.array([[3.0], [-1.0], [7.0]]), *columns(3)),
        (np.array([[1.0, 5.0, 3.0, 4.0]]), *columns(1), 2.0),
        (narrow, *columns(2, np.float32), 0.25),
    ]


def faulty(
    z, gamma, beta, mean, var, eps=1e-5, *,
    centre="given", spread="given", root=True, eps_in="", scale="gamma", shift="plus",
):  # fmt: skip
    """The reference, with one or two things done wrong."""
    if centre == "batch":
        mean = z.mean(axis=1, keepdims=True)
    mean = {"none": 0 * mean, "plus": -mean}.get(centre, mean)
    if spread == "batch":
        var = z.var(axis=1, keepdims=True)
    if spread == "deviation":
        var = var**2
    if root:
        inside = var if eps_in in ("none", "outside") else var + eps
        inside = np.maximum(var, eps) if eps_in == "floor" else inside
        divisor = np.sqrt(inside) + (eps if eps_in == "outside" else 0)
    else:
        divisor = var + (0 if eps_in == "none" else eps)
    z_norm = (z - mean) * divisor if spread == "times" else (z - mean) / divisor
    scaled = z_norm if scale == "none" else gamma * z_norm
    return scaled + {"none": 0, "minus": -1}.get(shift, 1) * beta


@fault(centre="batch", spread="batch")
def uses_the_batch_statistics():
    """You normalize with the batch's own mean and variance, as in training. Then a prediction can
    depend on which other examples it came with. Look at what becomes of the two statistics you are
    handed."""


@fault(centre="batch")
def uses_the_batch_mean():
    """In your result the batch's own mean is taken away. At test time the given one takes its
    place, or an example's result can depend on its company. Look at what you subtract."""


@fault(spread="batch")
def uses_the_batch_variance():
    """The batch's own spread comes in where the given variance is due. At test time that comes from
    training; a single example has no spread around its mean. Look at where `var` comes in, or
    should."""


@also(uses_the_batch_variance)
def uses_the_batchs_spread_about_the_given_mean(z, gamma, beta, mean, var, eps=1e-5):
    spread = ((z - mean) ** 2).mean(axis=1, keepdims=True)
    return gamma * (z - mean) / np.sqrt(spread + eps) + beta


@fault(root=False)
def divides_by_the_variance():
    """Your result lacks the square root: a variance of 9 means a deviation of 3, in z's units. Look
    at what becomes of the variance."""


@fault(spread="deviation")
def takes_var_for_a_deviation():
    """`var` comes in squared, as if it were a standard deviation. It is a variance already: the
    running average keeps the variance, so that eps can be added to it. Look at what you do with
    `var`."""


@fault(spread="times")
def multiplies_by_the_deviation():
    """You multiply by the spread where you should divide. Units of different widths can then end
    further apart, where all are to be brought to one scale. Look at how it comes in."""


@fault(eps_in="outside")
def adds_eps_outside_the_root():
    """You add eps after the square root. It belongs to the variance, in training as at test time,
    so that the two agree. Look at what eps is added to."""


@fault(eps_in="none")
def leaves_out_eps():
    """Your result does not depend on eps. Training had it: it keeps the root away from 0, even for
    a unit that never varied. Look at what you divide by."""


@fault(eps_in="floor")
def takes_eps_for_a_floor():
    """You take the larger of the variance and eps. Batch norm adds eps to every variance, large or
    small. Look at how the two come together."""


@fault(centre="none")
def does_not_centre():
    """You leave the mean in. Training took a mean away before scaling, so that gamma multiplied
    distances from it. Look for where the mean should come in."""


@fault(centre="plus")
def adds_the_mean():
    """You add the mean where it is to be taken away. Before any scaling, every value is then off by
    twice the mean. Look at the sign of the mean."""


@fault(scale="none")
def forgets_gamma():
    """You leave out gamma. It was trained, and the next layer relies on the spread it gives: test
    time changes the statistics, not the parameters. Look for what should follow the
    normalization."""


@fault(shift="none")
def forgets_beta():
    """You leave out beta. It was trained, and takes the place of the bias in this layer. Look for
    what is to be added at the end."""


@fault(shift="minus")
def subtracts_beta():
    """You subtract beta. In training it was added, and the next layer relies on that. Look at the
    sign of beta."""


@mistake
def exchanges_gamma_and_beta(z, gamma, beta, mean, var, eps=1e-5):
    """You scale by beta and shift by gamma. Gamma is the new spread, beta the new centre; a beta of
    0, which is where it starts, would wipe the unit out. Look at which one multiplies."""
    return beta * (z - mean) / np.sqrt(var + eps) + gamma


@mistake
def scales_the_shift_too(z, gamma, beta, mean, var, eps=1e-5):
    """You multiply beta by gamma as well, as happens when it is added inside the bracket. Beta is
    the new centre as it stands. Look at the order: first scale, then shift."""
    return gamma * ((z - mean) / np.sqrt(var + eps) + beta)


@mistake
def divides_the_shift_too(z, gamma, beta, mean, var, eps=1e-5):
    """You divide beta by the deviation too. Only what is normalized is divided; beta comes after
    that, as it stands. Look at how far your division reaches."""
    return (gamma * (z - mean) + beta) / np.sqrt(var + eps)


@mistake
def loses_the_brackets(z, gamma, beta, mean, var, eps=1e-5):
    """Only the mean is divided by the root, and z is not. Look at what your division covers:
    without brackets, it comes before subtraction."""
    return gamma * (z - mean / np.sqrt(var + eps)) + beta


@also(loses_the_brackets)
def loses_both_brackets(z, gamma, beta, mean, var, eps=1e-5):
    return gamma * z - mean / np.sqrt(var + eps) + beta


@mistake
def stops_after_normalizing(z, gamma, beta, mean, var, eps=1e-5):
    """You return the normalized z. Batch norm then gives every unit the spread and the mean that
    training chose for it. Look at what becomes of the two parameters."""
    return (z - mean) / np.sqrt(var + eps)


@mistake
def exchanges_mean_and_var(z, gamma, beta, mean, var, eps=1e-5):
    """In your result mean and variance have changed places. The names are easily mixed up when they
    come one after the other; a negative mean has no real root. Look at which is which in your
    normalization."""
    with np.errstate(all="ignore"):
        return gamma * (z - var) / np.sqrt(mean + eps) + beta


@also(exchanges_mean_and_var)
def exchanges_mean_and_var_without_a_sign(z, gamma, beta, mean, var, eps=1e-5):
    return gamma * (z - var) / np.sqrt(abs(mean) + eps) + beta


@mistake
def corrects_the_variance(z, gamma, beta, mean, var, eps=1e-5):
    """You correct the variance by m / (m - 1), at least for m above 1, with the size of this batch.
    The statistics are finished when you get them, and the batch at hand must not matter. Look at
    where the number of examples comes in."""
    with np.errstate(all="ignore"):
        m = np.float64(z.shape[1])
        return gamma * (z - mean) / np.sqrt(var * m / (m - 1) + eps) + beta


@mistake
def averages_in_the_batch(z, gamma, beta, mean, var, eps=1e-5):
    """You first move a given statistic, or both, towards this batch's, as training does. At test
    time they stay as they are, or an example's result can depend on its company. Look at what you
    make of mean and var before you use them."""
    return _moved(0.9)(z, gamma, beta, mean, var, eps)


def _moved(kept, which="both"):
    def answer(z, gamma, beta, mean, var, eps=1e-5):
        if which != "var":
            mean = kept * mean + (1 - kept) * z.mean(axis=1, keepdims=True)
        if which != "mean":
            var = kept * var + (1 - kept) * z.var(axis=1, keepdims=True)
        return gamma * (z - mean) / np.sqrt(var + eps) + beta

    return answer


averages_half_and_half = also(averages_in_the_batch)(_moved(0.5))
averages_towards_the_batch = also(averages_in_the_batch)(_moved(0.1))
averages_a_hundredth = also(averages_in_the_batch)(_moved(0.99))
moves_the_mean, moves_the_mean_half_way, moves_the_mean_far, moves_the_mean_a_hundredth = (
    also(averages_in_the_batch)(_moved(kept, "mean")) for kept in (0.9, 0.5, 0.1, 0.99)
)
moves_the_var, moves_the_var_half_way, moves_the_var_far, moves_the_var_a_hundredth = (
    also(averages_in_the_batch)(_moved(kept, "var")) for kept in (0.9, 0.5, 0.1, 0.99)
)


@mistake
def normalizes_once_more(z, gamma, beta, mean, var, eps=1e-5):
    """You normalize with the given statistics, and then once more with the batch's own. At test
    time the given ones are all there is. Look for a second mean and variance."""
    z = (z - mean) / np.sqrt(var + eps)
    centred = z - z.mean(axis=1, keepdims=True)
    return gamma * centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + eps) + beta


@mistake
def subtracts_the_mean_after_scaling(z, gamma, beta, mean, var, eps=1e-5):
    """You take the mean away as it is, beside a z that is scaled already. Batch norm subtracts it
    first, so it is scaled with z. Look at what z is multiplied by and the mean is not."""
    return gamma / np.sqrt(var + eps) * z - mean + beta


@mistake
def leaves_gamma_out_of_the_shift(z, gamma, beta, mean, var, eps=1e-5):
    """In your result the mean is divided by the deviation, and not multiplied by gamma. The mean is
    taken away before gamma comes in, so gamma multiplies it too. Look at what stands beside the
    mean."""
    return gamma * z / np.sqrt(var + eps) + beta - mean / np.sqrt(var + eps)


@mistake
def takes_the_statistics_for_the_parameters(z, gamma, beta, mean, var, eps=1e-5):
    """You normalize with gamma and beta, and scale and shift with mean and var. The four are
    columns of one shape, so NumPy raises no error where they come in another order. Look at which
    is which."""
    with np.errstate(all="ignore"):
        return mean * (z - gamma) / np.sqrt(beta + eps) + var


@also(takes_the_statistics_for_the_parameters)
def takes_them_without_a_sign(z, gamma, beta, mean, var, eps=1e-5):
    return mean * (z - gamma) / np.sqrt(abs(beta) + eps) + var


@also(takes_the_statistics_for_the_parameters)
def takes_them_the_other_way_round(z, gamma, beta, mean, var, eps=1e-5):
    with np.errstate(all="ignore"):
        return var * (z - beta) / np.sqrt(gamma + eps) + mean


@mistake
def subtracts_z_from_the_mean(z, gamma, beta, mean, var, eps=1e-5):
    """In your result z comes in with the wrong sign, as when it is taken away from the mean. What
    lies above the mean is to come out positive, before gamma. Look at the order of your
    subtraction, or for a minus."""
    return gamma * (mean - z) / np.sqrt(var + eps) + beta


@mistake
def adds_eps_after_the_division(z, gamma, beta, mean, var, eps=1e-5):
    """In your result eps is added outside the division. It belongs to the variance, where it
    keeps the root away from 0. Look at what eps is added to: without brackets, a division comes
    before an addition."""
    return gamma * ((z - mean) / np.sqrt(var) + eps) + beta


@also(adds_eps_after_the_division)
def adds_eps_after_the_scaling(z, gamma, beta, mean, var, eps=1e-5):
    return gamma * (z - mean) / np.sqrt(var) + eps + beta


@mistake
def takes_the_root_twice(z, gamma, beta, mean, var, eps=1e-5):
    """You divide by a root that has a root in it. One makes a standard deviation of a variance, and
    one is all that is due. Look at how often a root comes in."""
    return gamma * (z - mean) / np.sqrt(np.sqrt(var + eps)) + beta


@also(takes_the_root_twice)
def takes_the_root_before_eps_too(z, gamma, beta, mean, var, eps=1e-5):
    return gamma * (z - mean) / np.sqrt(np.sqrt(var) + eps) + beta


def _less_the_square(no_less):
    def answer(z, gamma, beta, mean, var, eps=1e-5):
        with np.errstate(all="ignore"):
            return gamma * (z - mean) / np.sqrt(no_less(var - mean**2) + eps) + beta

    return answer


@mistake
def takes_var_for_the_mean_of_squares(z, gamma, beta, mean, var, eps=1e-5):
    """You take the square of the mean away from `var`. That makes a variance of the mean of the
    squares, and `var` is a variance already: where the square is the larger, the difference is
    below 0. Look at what you make of `var` before the root."""
    return _less_the_square(np.positive)(z, gamma, beta, mean, var, eps)


holds_it_at_zero = also(takes_var_for_the_mean_of_squares)(
    _less_the_square(lambda rest: np.maximum(rest, 0))
)
drops_its_sign = also(takes_var_for_the_mean_of_squares)(_less_the_square(np.abs))


@mistake
def takes_the_batch_mean_away_too(z, gamma, beta, mean, var, eps=1e-5):
    """You take away two means, the batch's own and the given one. Only the given one is due; the
    other can make an example's result depend on its company. Look for the mean that training
    uses."""
    centred = z - z.mean(axis=1, keepdims=True)
    return gamma * (centred - mean) / np.sqrt(var + eps) + beta


@mistake
def takes_a_diagonal_of_a_column(z, gamma, beta, mean, var, eps=1e-5):
    """Every unit is scaled by the first unit's number in your result. If you used `np.diag`: of a
    matrix, and a column of shape (n, 1) is one, it reads the diagonal; of a flat array it makes
    one. If not, look for an index, and for the shape of your scale."""
    return np.diag(gamma / np.sqrt(var + eps)) * (z - mean) + beta
