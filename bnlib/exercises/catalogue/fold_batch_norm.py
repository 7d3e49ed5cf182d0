"""Fold test-time batch norm into the linear layer before it: one weight matrix and one bias."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def fold_batch_norm(w, gamma, beta, mean, var, eps=1e-5):
    """w (n_out, n_in), the rest (n_out, 1) -> (w_folded, b_folded), which do what both did."""
    scale = gamma / np.sqrt(var + eps)
    return scale * w, beta - scale * mean


HINTS = (
    "Write test-time batch norm of w a on one line. Which factors multiply a, and what is left "
    "over that does not depend on a?",
    "Everything that multiplies a is the folded weight: each row of w times one number of its "
    "unit. Everything else is the folded bias, and it has two terms.",
    "Let scale be gamma over the square root of (var + eps). The folded weight is scale times w; "
    "the folded bias is beta minus scale times mean.",
)

FACT = "Once folded, a network with batch norm costs at test time exactly what a plain one costs."


def inputs():
    """Square and oblong weights, statistics far from 0 and 1, eps that counts."""
    rng = np.random.default_rng(4)

    def columns(n, dtype=np.float64):
        gamma, beta = [1.5, -0.5, 3.345678, -130.1, 40.07], [2.0, -4.0, 0.612345, -140.0, 200.0]
        mean, var = [4.0, -6.0, 1.123456, 170.0, 0.3], [9.0, 0.5, 2345.678, 1.3, 0.0000712345]
        parts = gamma, beta, mean, var
        return tuple(np.array(part[:n], dtype).reshape(-1, 1) for part in parts)

    return [
        (np.array([[1.0, 2.0, -1.0], [0.5, -3.0, 4.0]]), *columns(2), 0.5),
        (90 * rng.normal(size=(5, 5)), *columns(5), 0.0000123456),
        (np.array([[2.0], [-1.0], [0.5]]), *columns(3)),
        (np.array([[1.0, -2.0]]), *columns(1), 2.0),
        (rng.normal(size=(2, 4)).astype(np.float32), *columns(2, np.float32), 0.25),
    ]


def faulty(
    w, gamma, beta, mean, var, eps=1e-5, *,
    root=True, eps_in="", weight="scaled", bias="right", square=False, unsigned=False,
):  # fmt: skip
    """The reference, with one or two things done wrong."""
    if unsigned:
        gamma = abs(gamma)
    if square:
        var = var**2
    if root:
        deviation = np.sqrt(var if eps_in in ("none", "outside") else var + eps)
        deviation = deviation + (eps if eps_in == "outside" else 0)
    else:
        deviation = var + (0 if eps_in == "none" else eps)
    scale = gamma / deviation
    weights = {
        "as it was": w,
        "no gamma": w / deviation,
        "no deviation": gamma * w,
        "twice": scale**2 * w,
    }
    biases = {
        "beta": beta,
        "no beta": -scale * mean,
        "plus": beta + scale * mean,
        "mean as it is": beta - mean,
        "no gamma": beta - mean / deviation,
        "no deviation": beta - gamma * mean,
        "all scaled": scale * (beta - mean),
        "turned": scale * mean - beta,
        "exchanged": mean - scale * beta,
        "all divided": (beta - mean) / deviation,
        "twice": beta - scale**2 * mean,
    }
    return weights.get(weight, scale * w), biases.get(bias, beta - scale * mean)


@fault(unsigned=True)
def drops_gammas_sign():
    """The sign of gamma is lost in your result, as after a square and a root. A negative gamma
    turns a unit over, and the folded layer has to do so, too. Look at what becomes of gamma, or of
    what it is a factor of, before you multiply by it."""


@fault(root=False)
def divides_by_the_variance():
    """Your fold lacks the square root. Batch norm divided by a root, and the folded layer has to
    give the same numbers. Look at what you divide by."""


@fault(square=True)
def takes_var_for_a_deviation():
    """`var` comes in squared, as if it were a standard deviation. It is a variance already, so that
    eps can be added to it. Look at what you do with `var`."""


@fault(eps_in="outside")
def adds_eps_outside_the_root():
    """You add eps after the square root. The network was run with eps under it, and the folded
    layer has to give the same numbers. Look at what eps is added to."""


@fault(eps_in="none")
def leaves_out_eps():
    """Your fold does not add eps to the variance, and batch norm did. The two then differ in
    general, and the folded layer has to give the same numbers. Look at what you take the root
    of."""


@fault(weight="as it was")
def leaves_the_weights():
    """You return w as it was. Batch norm also scaled what w gave, each unit by its own factor, and
    after folding nobody else does it. Write batch norm of w a on one line, and look at what
    multiplies w."""


@fault(weight="no gamma")
def leaves_gamma_out_of_the_weights():
    """Your folded weights lack gamma. It scales each unit after the normalization, and its place is
    now in w. Write batch norm of w a on one line, and look at all the factors before w."""


@fault(weight="no deviation")
def leaves_the_deviation_out_of_the_weights():
    """Your folded weights are scaled by gamma, but not divided by the deviation. Batch norm of w a
    does both. Look at what it does to a unit before gamma."""


@fault(bias="beta")
def forgets_the_mean():
    """You take beta alone for the bias. Batch norm also took a mean away, which does not depend on
    the input, so it too belongs to the bias. Write batch norm of w a on one line, and look for its
    second constant."""


@fault(bias="no beta")
def forgets_beta():
    """Your bias lacks beta. It is added to every example's result, and that is just what a bias
    does. Look at the last term of batch norm."""


@fault(bias="plus")
def adds_the_mean():
    """You add the mean's part to the bias, where batch norm took it away. Write batch norm of w a
    on one line, multiply it out, and look at the sign of mean."""


@fault(bias="mean as it is")
def does_not_scale_the_mean():
    """You take the mean away from beta as it is. In batch norm the mean is subtracted before the
    scaling, so it goes through the same scaling as w. Look at what stands around (w a - mean)."""


@fault(bias="no gamma")
def leaves_gamma_out_of_the_bias():
    """The mean in your bias is divided, and not multiplied by gamma. Gamma comes after the mean was
    taken away, so it scales the mean too. Look at both factors."""


@fault(bias="no deviation")
def leaves_the_deviation_out_of_the_bias():
    """The mean in your bias is multiplied by gamma, and not divided by the deviation. It is
    subtracted before the division, so it is divided too. Look at both factors."""


@fault(bias="all scaled")
def scales_beta_too():
    """You scale beta together with the mean. Beta is added after the scaling, as it stands. Look at
    what your scale multiplies."""


@fault(bias="turned")
def turns_the_bias_over():
    """In your bias, beta is taken away and the mean's part added. Look at which of the two batch
    norm adds and which it subtracts."""


@fault(bias="exchanged")
def exchanges_mean_and_beta():
    """In your bias, mean and beta have changed places: it is beta that you scale, and the mean that
    stands as it is. Batch norm takes the mean away before the scaling and adds beta after it. Look
    at what your scale multiplies."""


@fault(bias="all divided")
def normalizes_beta():
    """Your bias is beta normalized: the mean away, then a division. It is what w gives that is
    normalized; beta is added after that, as it stands, and gamma multiplies what is normalized.
    Write batch norm with 0 for w a, and look at what is left."""


@fault(bias="twice")
def scales_the_mean_twice():
    """The mean in your bias meets its scale twice, or one factor of it. Batch norm scales the mean
    once, as it does what w gives. Perhaps a name holds a mean that is scaled already. Look at each
    factor beside the mean, and at what is in it."""


@fault(weight="twice")
def scales_the_weights_twice():
    """Your weights meet their scale twice, or one factor of it. Batch norm scales what w gives
    once. Perhaps a name holds weights that are scaled already. Look at each factor beside w, and
    at what is in it."""


@mistake
def forgets_eps_in_the_bias(w, gamma, beta, mean, var, eps=1e-5):
    """Your weights are folded with eps added, your bias without. Both go through the same scaling,
    so both need it. Work the scale out once, and look at the places where it is used."""
    w_folded, _ = fold_batch_norm(w, gamma, beta, mean, var, eps)
    return w_folded, fold_batch_norm(w, gamma, beta, mean, var, 0)[1]


@mistake
def forgets_eps_in_the_weights(w, gamma, beta, mean, var, eps=1e-5):
    """Your bias is folded with eps added, your weights without. Both go through the same scaling,
    so both need it. Work the scale out once, and look at the places where it is used."""
    _, b_folded = fold_batch_norm(w, gamma, beta, mean, var, eps)
    return fold_batch_norm(w, gamma, beta, mean, var, 0)[0], b_folded


@mistake
def scales_the_columns(w, gamma, beta, mean, var, eps=1e-5):
    """You scale w as if its columns were the units. Batch norm normalizes outputs, and each
    output is a row of w; for a square w that raises no error. Look at how your scale lines up with
    w."""
    scale = gamma / np.sqrt(var + eps)
    return w * scale.T, beta - scale * mean


@mistake
def uses_the_weights_own_statistics(w, gamma, beta, mean, var, eps=1e-5):
    """You normalize the rows of w by their own mean and variance. The statistics of batch norm are
    those of w a over many examples, and they are handed to you. Look at what mean and var are
    for."""
    centred = w - w.mean(axis=1, keepdims=True)
    scale = gamma / np.sqrt(w.var(axis=1, keepdims=True) + eps)
    return scale * centred, beta - scale * mean


@mistake
def normalizes_the_weights(w, gamma, beta, mean, var, eps=1e-5):
    """You apply batch norm to w itself: mean away, then scaled and shifted. The mean and beta do
    not multiply the input, so they have no place in the weights. Look at what is left when the
    input is zero."""
    scale = gamma / np.sqrt(var + eps)
    return scale * (w - mean) + beta, beta - scale * mean


@mistake
def sends_the_mean_through_the_weights(w, gamma, beta, mean, var, eps=1e-5):
    """You multiply the mean by the sum of each row's folded weights. It is the mean of w's outputs,
    so w has been applied to it already. Look at which layer's statistics you are handed."""
    scale = gamma / np.sqrt(var + eps)
    return scale * w, beta - (scale * w).sum(axis=1, keepdims=True) * mean


@mistake
def multiplies_the_mean_by_w(w, gamma, beta, mean, var, eps=1e-5):
    """You multiply w, as given or folded, by the mean, as matrices. For most shapes that is an
    error, since the mean has an entry for each output: it is the mean of what w gives, so w has
    been applied to it already. Look at which layer's statistics you are handed."""
    scale = gamma / np.sqrt(var + eps)
    return scale * w, beta - scale * (w @ mean)


@mistake
def takes_a_diagonal_of_a_column(w, gamma, beta, mean, var, eps=1e-5):
    """Your scale is one number, that of the first unit, in the weights, the bias or both. If you
    used `np.diag`: of a matrix, and a column of shape (n, 1) is one, it reads the diagonal; of a
    flat array it makes one. If not, look for an index, and for the shape of your scale."""
    scale = np.diag(gamma / np.sqrt(var + eps))
    return scale * w, beta - scale * mean


@mistake
def divides_beta_too(w, gamma, beta, mean, var, eps=1e-5):
    """You divide beta by the deviation, together with the mean's part. Beta is added after the
    division, as it stands. Look at how far your division reaches."""
    std = np.sqrt(var + eps)
    return w * gamma / std, (beta - gamma * mean) / std


@also(uses_the_weights_own_statistics)
def uses_the_weights_own_statistics_alone(w, gamma, beta, mean, var, eps=1e-5):
    centred = w - w.mean(axis=1, keepdims=True)
    return gamma * centred / np.sqrt(w.var(axis=1, keepdims=True) + eps), beta


@mistake
def takes_the_mean_from_the_weights(w, gamma, beta, mean, var, eps=1e-5):
    """You take the mean away from w. Batch norm takes it away from what w gives, whatever the
    input; taken from the weights it would be multiplied by the input. Write batch norm of w a on
    one line: what meets the input there, and what does not?"""
    return gamma * (w - mean) / np.sqrt(var + eps), beta


@also(takes_the_mean_from_the_weights)
def takes_the_mean_from_the_weights_too(w, gamma, beta, mean, var, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    return scale * (w - mean), beta - scale * mean


@mistake
def divides_the_weights_by_the_variance(w, gamma, beta, mean, var, eps=1e-5):
    """Your bias is folded with the root, and your weights without. Both go through the same
    scaling. Work the scale out once, and look at the places where it is used."""
    _, b_folded = fold_batch_norm(w, gamma, beta, mean, var, eps)
    return gamma * w / (var + eps), b_folded


@mistake
def multiplies_by_the_deviation(w, gamma, beta, mean, var, eps=1e-5):
    """You multiply by the root. Batch norm divided by it, and the folded layer has to give the same
    numbers. Look at how the root comes into your scale."""
    scale = gamma * np.sqrt(var + eps)
    return scale * w, beta - scale * mean


@mistake
def divides_the_bias_by_the_variance(w, gamma, beta, mean, var, eps=1e-5):
    """Your weights are folded with the root, and the mean in your bias without. Both go through the
    same scaling. Work the scale out once, and look at the places where it is used."""
    w_folded, _ = fold_batch_norm(w, gamma, beta, mean, var, eps)
    return w_folded, beta - gamma * mean / (var + eps)


@also(takes_a_diagonal_of_a_column)
def takes_a_diagonal_of_a_column_for_the_weights(w, gamma, beta, mean, var, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    return np.diag(scale) * w, beta - scale * mean


@also(takes_a_diagonal_of_a_column)
def takes_a_diagonal_of_a_column_for_the_bias(w, gamma, beta, mean, var, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    return scale * w, beta - np.diag(scale) * mean


@also(scales_the_mean_twice)
def multiplies_the_mean_by_gamma_twice(w, gamma, beta, mean, var, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    return scale * w, beta - gamma * scale * mean


@also(scales_the_weights_twice)
def multiplies_the_weights_by_gamma_twice(w, gamma, beta, mean, var, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    return gamma * scale * w, beta - scale * mean


@mistake
def takes_the_weights_mean_into_the_bias(w, gamma, beta, mean, var, eps=1e-5):
    """The mean of each row of w comes into your bias. What batch norm takes away is the mean of
    what w gives, over many examples, and just that is handed to you. Look at what stands beside
    `mean`, or in its place."""
    scale = gamma / np.sqrt(var + eps)
    return scale * w, beta - scale * (mean + w.mean(axis=1, keepdims=True))


@also(takes_the_weights_mean_into_the_bias)
def takes_the_weights_mean_for_the_mean(w, gamma, beta, mean, var, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    return scale * w, beta - scale * w.mean(axis=1, keepdims=True)


@mistake
def turns_the_scale_over(w, gamma, beta, mean, var, eps=1e-5):
    """Your scale is the deviation over gamma, as if batch norm were to be undone. The folded layer
    has to give what batch norm gave. Write batch norm of w a on one
    line, and look at which of the two stands below the line."""
    scale = np.sqrt(var + eps) / gamma
    return scale * w, mean - scale * beta


@also(turns_the_scale_over)
def turns_the_scale_over_alone(w, gamma, beta, mean, var, eps=1e-5):
    scale = np.sqrt(var + eps) / gamma
    return scale * w, beta - scale * mean
