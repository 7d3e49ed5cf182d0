"""A hidden layer with batch norm: weights, normalize, scale and shift, then ReLU."""

import numpy as np

from bnlib.equations.batch_norm import batch_norm
from bnlib.exercises.exercise import also, fault, mistake


def hidden_layer(a_prev, w, gamma, beta, eps=1e-5):
    """a_prev (n_in, m), w (n_out, n_in), gamma and beta (n_out, 1) -> a (n_out, m)."""
    z = w @ a_prev
    mu = z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    z_norm = (z - mu) / np.sqrt(var + eps)
    return np.maximum(gamma * z_norm + beta, 0)


HINTS = (
    "Four things happen to the input, one after the other. Which are they, and which of them "
    "makes the shape (n_out, m) of an input of shape (n_in, m)?",
    "z is w times a_prev as matrices, without a b. Batch norm works on z: normalize each row, "
    "multiply by gamma, add beta. ReLU comes last and replaces what is negative by 0.",
    "Compute z, its mean and variance along axis 1 as columns, then z_norm with eps under the "
    "root, then gamma * z_norm + beta, and take the larger of that and 0, entry by entry.",
)

FACT = "A b inside z would change nothing here: taking the mean away takes it away too."


def inputs():
    """Weights that are not square, once that are; rows of z of different scales."""
    rng = np.random.default_rng(11)
    # One so small that eps counts.
    scales = np.array([[1.0], [3.0], [9.0], [3e-5], [81.0], [243.0]])

    def layer(n_in, n_out, m, dtype=float, spread=70, lift=9):
        sizes = (n_in, m), (n_out, n_in), (n_out, 1), (n_out, 1)
        a, w, gamma, beta = (rng.normal(size=size) for size in sizes)
        signs = (-1.0) ** np.arange(n_out)[:, np.newaxis]
        parts = 1 + spread * a, w * scales[:n_out], gamma * signs, lift * beta
        return tuple(part.astype(dtype) for part in parts)

    small = (
        np.array([[1.0, 3.0, 2.0, 0.0], [0.0, 1.0, 5.0, 2.0]]),
        np.array([[1.0, 2.0], [-1.0, 1.0], [3.0, 0.5]]),
        np.array([[1.0], [2.0], [0.5]]),
        np.array([[0.5], [-1.0], [0.2]]),
    )
    wide = layer(6, 6, 6)
    # Of one example, beta is left: close to 0 on both sides, and below it everywhere.
    *single, _ = layer(2, 3, 1)
    return [
        (*small, 0.5),
        wide,
        (*single, np.array([[0.0005], [-0.004], [0.07]]), 0.25),
        (*single, np.array([[-2.0], [-1.0], [-3.0]]), 0.25),
        (*layer(3, 1, 5, spread=0.3, lift=0.2), 0.3),
        (*layer(3, 2, 6, np.float32), 0.5),
    ]


def faulty(
    a_prev,
    w,
    gamma,
    beta,
    eps=1e-5,
    *,
    product="w a",
    axis=1,
    count="m",
    centre=True,
    divide="root",
    eps_in="variance",
    scale=True,
    shift=True,
    relu="last",
    swap=False,
):
    """The reference, with one or two things done wrong."""
    gamma, beta = (beta, gamma) if swap else (gamma, beta)
    z = w.T @ a_prev if product == "turned" else w @ a_prev
    if relu == "first":
        z = np.maximum(z, 0)
    mu, var = z.mean(axis=axis, keepdims=True), z.var(axis=axis, keepdims=True)
    if count == "1":
        var = var * (z.size // mu.size)
    if count == "m-1":
        var = var * (z.size // mu.size) / (z.size // mu.size - 1)
    inside = np.maximum(var, eps) if eps_in == "floor" else var
    inside = inside + (eps if eps_in == "variance" else 0)
    divisor = inside if divide == "variance" else np.sqrt(inside)
    if eps_in == "outside":
        divisor = divisor + eps
    divisor = {"none": 1, "times": 1 / divisor}.get(divide, divisor)
    z = (z - mu if centre else z) / divisor
    if relu == "early":
        z = np.maximum(z, 0)
    z = (gamma if scale else 1) * (z + beta * (shift == "scaled")) + beta * (shift is True)
    return {
        "last": np.maximum(z, 0),
        "leaky": np.maximum(z, 0.01 * z),
        "absolute": abs(z),
        "minimum": np.minimum(z, 0),
        "sigmoid": 1 / (1 + np.exp(-z)),
        "tanh": np.tanh(z),
        "step": (z > 0) * 1.0,
    }.get(relu, z)


@fault(relu="none")
def leaves_out_relu():
    """Your result is what comes before ReLU. Without something non-linear between them, two linear
    layers are no more than one. Look at what the exercise does last."""


@fault(relu="first")
def applies_relu_before_batch_norm():
    """You apply ReLU to z, and batch norm to what is left. In this course batch norm works on z,
    and ReLU comes after it. Look at the order of the two."""


@fault(relu="early")
def applies_relu_before_the_shift():
    """ReLU comes too early in your result: gamma and beta are due before it. Scale and shift belong
    to batch norm, and they decide which part of a unit ReLU cuts away. Look at which step comes
    last."""


@fault(relu="leaky")
def uses_a_leaky_relu():
    """Negative numbers come through your ReLU, made small. That is its leaky relative; plain ReLU
    lets none through. Look at what becomes of a negative number."""


@fault(relu="absolute")
def takes_absolute_values():
    """You turn negative numbers into positive ones. ReLU replaces them by 0. Look at what becomes
    of a negative number."""


@fault(relu="minimum")
def keeps_the_negative_part():
    """You keep what is negative and cut what is positive. ReLU does the opposite. Look at which of
    the two numbers it chooses, the larger or the smaller."""


@fault(relu="sigmoid")
def uses_a_sigmoid():
    """You end with a sigmoid, and the exercise asks for ReLU: the larger of a number and 0. Look at
    the last thing you do."""


@fault(relu="tanh")
def uses_tanh():
    """You end with tanh, and the exercise asks for ReLU: the larger of a number and 0. Look at the
    last thing you do."""


@fault(relu="step")
def gives_the_slope_of_relu():
    """You give 1 where ReLU is on and 0 where it is off. That is its slope, for the way back; on
    the way forward the number itself goes through. Look at what you return where it is on."""


@fault(product="turned")
def transposes_the_weights():
    """Your result is that of w transposed. w has one row a unit of this layer, so it multiplies
    a_prev as it stands. Unless w is square, that does not fit. Look at the shapes on both sides of
    the product."""


@fault(axis=0)
def averages_over_units():
    """Your statistics run down the columns, over the units of one example. Batch norm takes each
    unit's over the batch, and arrays here have one row a unit. Look at the axis along which you
    average, or at what your loop runs over."""


@fault(axis=None)
def averages_over_everything():
    """Your statistics are those of all of z. Every unit needs its own. Look at what you average
    over: without an axis, NumPy takes all numbers."""


@fault(count="m-1")
def divides_by_m_minus_one():
    """Your variance divides by the count less one where there are several examples. Batch norm uses
    the plain mean of the squared deviations over the batch. Look at what you divide by, or what a
    function divides by for you."""


@fault(count="1")
def forgets_to_divide_by_m():
    """Your variance is the sum of the squared deviations, not divided by their count. Such a sum
    can grow with the size of the batch. Look at how you gather the squares."""


@fault(centre=False)
def does_not_centre():
    """The mean is not taken away from what you scale. Then a unit can keep a mean that beta knows
    nothing of. Look at what you scale."""


@fault(divide="none")
def only_centres():
    """You take the mean away and do not divide by the deviation. The old scales then come in, and
    gamma no longer sets the new ones alone. Look at where the variance should come in."""


@fault(divide="times")
def multiplies_by_the_deviation():
    """You multiply where you should divide. A unit's old width then comes in twice, where gamma
    alone is to set how wide it ends. Look at the operator beside the root, or at the sign of an
    exponent."""


@fault(divide="variance")
def divides_by_the_variance():
    """You divide by the variance, or by it and eps. Its root has the units of z; without it, the
    wider of two units can end as the narrower. Look at the divisor."""


@fault(eps_in="none")
def leaves_out_eps():
    """Your result does not depend on eps. It is there for a unit that is constant over the batch,
    whose variance is 0. Look at how you get what you divide by."""


@fault(eps_in="outside")
def adds_eps_outside_the_root():
    """You add eps after the root. It belongs to the variance, before the root is taken. Look at
    what eps is added to."""


@fault(eps_in="floor")
def takes_eps_for_a_floor():
    """Where the variance is large enough, eps leaves no trace in your result, as with a floor.
    Batch norm adds eps to every variance, large or small. Look at how the two come together."""


@fault(scale=False)
def leaves_out_gamma():
    """What is normalized is not multiplied by gamma. Then gamma cannot set how widely a unit
    varies. Look at where gamma comes in, if it does, and whether what comes of it is kept."""


@fault(shift="scaled")
def scales_beta_too():
    """Your shift is scaled as well, as when beta is added before gamma multiplies. Batch norm
    scales what is normalized, and shifts after that. Look at what gamma multiplies."""


@fault(shift=False)
def leaves_out_beta():
    """Your result lacks the shift by beta, which is to choose where ReLU cuts a unit. Perhaps beta
    is not added at all, or it is added to z, where taking the mean away takes beta away too. Look
    at where beta comes in."""


@mistake
def takes_the_largest_unit(a_prev, w, gamma, beta, eps=1e-5):
    """You take the maximum along an axis, which keeps one number an example, the largest unit's.
    ReLU compares every entry with 0 by itself. Look at what a 0, or an axis, means in the function
    that you use for the maximum."""
    z = w @ a_prev
    z_norm = (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z.var(axis=1, keepdims=True) + eps)
    return np.max(gamma * z_norm + beta, 0)


@mistake
def returns_a_pair(a_prev, w, gamma, beta, eps=1e-5):
    """You return two things, and the exercise asks for one array. `bnlib.batch_norm` returns a
    pair: z_tilde, and a cache for the way back, which a forward pass can leave aside. Look at what
    you do with the pair, and at what comes after batch norm."""
    return batch_norm(w @ a_prev, gamma, beta, eps)


@also(returns_a_pair)
def returns_a_pair_after_relu(a_prev, w, gamma, beta, eps=1e-5):
    z_tilde, cache = batch_norm(w @ a_prev, gamma, beta, eps)
    return np.maximum(z_tilde, 0), cache


@mistake
def leaves_out_batch_norm(a_prev, w, gamma, beta, eps=1e-5):
    """Your result is ReLU of the product: nothing of batch norm comes in between them. Look at what
    becomes of gamma, beta and eps, and at what you apply ReLU to."""
    return np.maximum(w @ a_prev, 0)


@mistake
def scales_without_normalizing(a_prev, w, gamma, beta, eps=1e-5):
    """You scale and shift z as it is, without normalizing it. Then, in general, gamma and beta do
    not set a unit's spread and mean: z's own still come in. Look at where the mean and the variance
    should come in."""
    return np.maximum(gamma * (w @ a_prev) + beta, 0)


@mistake
def normalizes_the_input(a_prev, w, gamma, beta, eps=1e-5):
    """You normalize a_prev, the layer's input. Here batch norm works on z, the product, whose rows
    are the layer's own units. Look at what you take the mean and variance of."""
    mu, var = a_prev.mean(axis=1, keepdims=True), a_prev.var(axis=1, keepdims=True)
    return np.maximum(gamma * (w @ ((a_prev - mu) / np.sqrt(var + eps))) + beta, 0)


@fault(swap=True)
def swaps_gamma_and_beta():
    """You use beta where gamma is due, or gamma where beta is. gamma sets the new spread, beta the
    new mean. Look at which of them stands beside z_norm."""


@mistake
def multiplies_gamma_as_a_matrix(a_prev, w, gamma, beta, eps=1e-5):
    """You add gamma times z_norm up over the units, as a matrix product does: every unit then gets
    the same sum. Each unit is to be scaled by its own gamma, entry by entry. Look for a sum, or at
    the operator beside gamma."""
    z = w @ a_prev
    z_norm = (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z.var(axis=1, keepdims=True) + eps)
    return np.maximum(gamma.T @ z_norm + beta, 0)


@mistake
def cuts_by_another_number(a_prev, w, gamma, beta, eps=1e-5):
    """You keep and cut by the sign of another number than z_tilde, such as z or z_norm. What
    comes in between, such as beta, can change it. Look at what your condition asks about."""
    z = w @ a_prev
    z_tilde, _ = batch_norm(z, gamma, beta, eps)
    return np.where(z > 0, z_tilde, 0)


@also(cuts_by_another_number)
def cuts_by_z_norm(a_prev, w, gamma, beta, eps=1e-5):
    z = w @ a_prev
    z_tilde, _ = batch_norm(z, gamma, beta, eps)
    return np.where(z > z.mean(axis=1, keepdims=True), z_tilde, 0)


@mistake
def leaves_the_mean_in_the_variance(a_prev, w, gamma, beta, eps=1e-5):
    """Your variance comes to the mean of z squared. Perhaps the mean is not taken away from what
    you square, or is taken away twice. Where the mean is large beside the spread, it is far too
    large. Look at what you square."""
    z = w @ a_prev
    mu, var = z.mean(axis=1, keepdims=True), (z**2).mean(axis=1, keepdims=True)
    return np.maximum(gamma * (z - mu) / np.sqrt(var + eps) + beta, 0)


@mistake
def adds_beta_after_relu(a_prev, w, gamma, beta, eps=1e-5):
    """Your units are cut off at beta, where ReLU cuts off at 0. So it comes out when beta is added
    after ReLU: it belongs to batch norm, before ReLU, and decides which part of a unit is cut away.
    Look at the order of the two, or at the numbers of which you take the larger."""
    z_tilde, _ = batch_norm(w @ a_prev, gamma, 0 * beta, eps)
    return np.maximum(z_tilde, 0) + beta


@mistake
def gives_all_the_first_units_pair(a_prev, w, gamma, beta, eps=1e-5):
    """Every unit gets the gamma and beta of the first. Both have one row a unit. Look at what picks
    one out of a column, such as an index [0]."""
    return hidden_layer(a_prev, w, gamma[:1], beta[:1], eps)


@mistake
def gives_all_the_last_units_pair(a_prev, w, gamma, beta, eps=1e-5):
    """Every unit gets the gamma and beta of the last. Both have one row a unit. Look at what picks
    one out of a column, such as an index [-1], or for a loop of which only the last round
    counts."""
    return hidden_layer(a_prev, w, gamma[-1:], beta[-1:], eps)


@mistake
def applies_relu_twice(a_prev, w, gamma, beta, eps=1e-5):
    """You apply ReLU to z already, and once more after batch norm. What the first one cuts is
    missing in the mean and the variance. Look for what makes negative numbers 0 before batch
    norm."""
    z_tilde, _ = batch_norm(np.maximum(w @ a_prev, 0), gamma, beta, eps)
    return np.maximum(z_tilde, 0)


@mistake
def halves_where_a_root_is_due(a_prev, w, gamma, beta, eps=1e-5):
    """You take no root: what you divide by is the variance with eps, halved or doubled. So it comes
    out with `** 1 / 2`, in which the power is taken first and the quotient then. Look for an
    exponent that needs brackets, or for a 2 that divides or multiplies."""
    z = w @ a_prev
    half = (z.var(axis=1, keepdims=True) + eps) / 2
    return np.maximum(gamma * (z - z.mean(axis=1, keepdims=True)) / half + beta, 0)


@also(halves_where_a_root_is_due)
def halves_the_quotient(a_prev, w, gamma, beta, eps=1e-5):
    z = w @ a_prev
    twice = (z.var(axis=1, keepdims=True) + eps) * 2
    return np.maximum(gamma * (z - z.mean(axis=1, keepdims=True)) / twice + beta, 0)


@also(cuts_by_another_number)
def cuts_at_beta(a_prev, w, gamma, beta, eps=1e-5):
    z_tilde, _ = batch_norm(w @ a_prev, gamma, beta, eps)
    return np.where(z_tilde > beta, z_tilde, 0)


@mistake
def adds_up_the_inputs_variances(a_prev, w, gamma, beta, eps=1e-5):
    """You make the variance of z from those of the inputs, as for inputs that do not vary together.
    In a network they may: what a unit's inputs do together comes into its variance too. Look at
    which numbers your variance is taken of."""
    z = w @ a_prev
    var = w**2 @ a_prev.var(axis=1, keepdims=True)
    return np.maximum(gamma * (z - z.mean(axis=1, keepdims=True)) / np.sqrt(var + eps) + beta, 0)


@mistake
def scales_what_is_normalized_after(a_prev, w, gamma, beta, eps=1e-5):
    """You scale by gamma before you normalize. The normalization takes a scale off again: what
    is left of gamma's size comes by way of eps. Look at which of the two comes first."""
    z = gamma * (w @ a_prev)
    var = z.var(axis=1, keepdims=True)
    return np.maximum((z - z.mean(axis=1, keepdims=True)) / np.sqrt(var + eps) + beta, 0)


@mistake
def applies_relu_to_z_norm(a_prev, w, gamma, beta, eps=1e-5):
    """Your result is ReLU of the normalized numbers, without gamma and beta. Look for the
    two in what your ReLU is given."""
    z = w @ a_prev
    z_norm = (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z.var(axis=1, keepdims=True) + eps)
    return np.maximum(z_norm, 0)
