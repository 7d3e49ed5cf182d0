"""Fold test-time batch norm into the linear layer after it: one weight matrix and one bias."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def fold_into_next_layer(gamma, beta, mean, var, w, b, eps=1e-5):
    """gamma, beta, mean, var (n, 1); w (n_out, n); b (n_out, 1) -> (w_folded, b_folded)."""
    scale = gamma / np.sqrt(var + eps)
    return w * scale.T, w @ (beta - scale * mean) + b


HINTS = (
    "Batch norm turns a unit's number a into scale a + shift, with two fixed numbers a unit. What "
    "are they? Put that into w times the result plus b, and multiply out.",
    "In w, each unit that batch norm has scaled is a column, not a row. And the shift is added "
    "before w, not behind it: what does w make of it?",
    "With scale = gamma over the root of (var + eps): each column of w times its unit's scale; "
    "the bias is b plus w times (beta minus scale times mean).",
)

FACT = (
    "In general a convolution with zero padding cannot be folded so: its padding comes after batch "
    "norm, so the shift is not there at the border."
)


def inputs():
    """More outputs than units, fewer, and as many; statistics far from 0 and 1; eps that counts."""
    rng = np.random.default_rng(8)

    def columns(n, dtype=np.float64):
        gamma, beta = [1.5, -0.5, 3.345678, -130.1, 40.07], [2.0, -4.0, 0.612345, -140.1, 200.1]
        mean, var = [4.0, -6.0, 1.123456, 170.1, -0.3], [9.0, 0.5, 2345.678, 1300.6, 0.0312345]
        parts = gamma, beta, mean, var
        return tuple(np.array(part[:n], dtype).reshape(-1, 1) for part in parts)

    def layer(n_out, n, size, dtype=np.float64):
        w, b = rng.normal(size=(n_out, n)), rng.normal(size=(n_out, 1))
        return (size * w).astype(dtype), (3 * size * b).astype(dtype)

    small = np.array([[1.0, 2.0], [0.5, -3.0], [-1.0, 4.0]]), np.array([[3.0], [-2.0], [0.5]])
    return [
        (*columns(2), *small, 0.5),
        (*columns(5), *layer(5, 5, 90), 0.0423456),
        (*columns(3), *layer(1, 3, 1)),
        (*columns(1, np.float32), *layer(3, 1, 1, np.float32), 2.0),
    ]


def faulty(
    gamma, beta, mean, var, w, b, eps=1e-5, *,
    root=True, eps_in="", square=False, weight="scaled", bias="right", unsigned=False,
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
        "as it was": lambda: w,
        "no gamma": lambda: w / deviation.T,
        "no deviation": lambda: w * gamma.T,
        "rows": lambda: w * scale,
    }
    shifts = {
        "none": lambda: b,
        "no b": lambda: w @ (beta - scale * mean),
        "no beta": lambda: b - w @ (scale * mean),
        "no mean": lambda: b + w @ beta,
        "plus": lambda: b + w @ (beta + scale * mean),
        "mean as it is": lambda: b + w @ (beta - mean),
        "no gamma": lambda: b + w @ (beta - mean / deviation),
        "no deviation": lambda: b + w @ (beta - gamma * mean),
        "gamma on beta": lambda: b + w @ (gamma * beta - scale * mean),
        "averaged": lambda: b + (w * (beta - scale * mean).T).mean(axis=1, keepdims=True),
        "folded": lambda: b + (w * scale.T) @ (beta - mean),
        "twice": lambda: b + (w * scale.T) @ (beta - scale * mean),
        "beta behind": lambda: b + beta - w @ (scale * mean),
        "not through w": lambda: b + beta - scale * mean,
        "b scaled": lambda: w @ (beta - scale * mean) + scale * b,
        "turned": lambda: b - w @ (beta - scale * mean),
        "beta summed": lambda: b + beta.sum() - w @ (scale * mean),
        "mean behind": lambda: b + w @ beta - scale * mean,
    }
    right = (lambda: w * scale.T), (lambda: b + w @ (beta - scale * mean))
    return weights.get(weight, right[0])(), shifts.get(bias, right[1])()


@fault(bias="beta summed")
def adds_the_plain_sum_of_beta():
    """The sum of all beta comes into each entry of your bias. An output gets each unit's beta
    through its own weight for that unit. Look at where `w` should meet beta."""


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
    """Your fold does not depend on eps, and batch norm adds it to the variance. The two then differ
    in general, and the same numbers are due. Look at what you take the root of."""


@fault(weight="rows")
def scales_the_rows():
    """You scale the rows of w, at least where w is square. A row belongs to an output of the layer;
    the units that batch norm has scaled are this layer's inputs, and each of them has a column.
    Look at how your scale lines up with w."""


@fault(weight="as it was")
def leaves_the_weights():
    """You return w as it was. Batch norm also scaled what w receives, each unit by its own factor,
    and after folding nobody else does it. Write w times batch norm of a on one line, and look at
    what stands between w and a."""


@fault(weight="no gamma")
def leaves_gamma_out_of_the_weights():
    """Your folded weights lack gamma. It scales each unit after the normalization, and its place is
    now in w. Look at all the factors that stand between w and a."""


@fault(weight="no deviation")
def leaves_the_deviation_out_of_the_weights():
    """Your folded weights are scaled by gamma, but not divided by the deviation. Both factors stand
    between w and a. Look at what batch norm does to a unit before gamma."""


@fault(bias="none")
def leaves_the_bias():
    """You return b as it was. Batch norm also adds a constant to each unit, made of beta and the
    mean, and what w makes of that does not depend on the input, so it belongs to the bias. Look at
    the constants when you multiply out."""


@fault(bias="no b")
def forgets_the_old_bias():
    """Your bias is what batch norm's shift becomes, and the layer's own b is lost. It was added
    before folding, and still has to be. Look at the last term of the layer."""


@fault(bias="no beta")
def forgets_beta():
    """Your bias lacks beta. It is added to every example, before w, so w turns it into a constant
    of each output. Look at the last term of batch norm."""


@fault(bias="no mean")
def forgets_the_mean():
    """Your bias has beta in it and not the mean. Batch norm takes the mean away from every example,
    which makes a constant, too. Look at the second constant when you multiply out."""


@fault(bias="plus")
def adds_the_mean():
    """You add the mean's part to the bias, where batch norm took it away. Look at the sign of mean
    when you multiply out."""


@fault(bias="turned")
def takes_the_shift_away():
    """You take away from b what batch norm's shift becomes, and it is to be added: the layer adds b
    to all that w gives. Look at the sign between the two."""


@fault(bias="mean as it is")
def does_not_scale_the_mean():
    """You take the mean away from beta as it is. In batch norm the mean is subtracted before the
    scaling, so it is scaled, too. Look at what stands around (a - mean)."""


@fault(bias="no gamma")
def leaves_gamma_out_of_the_bias():
    """The mean in your bias is divided, and not multiplied by gamma. Gamma comes after the mean was
    taken away, so it scales the mean too. Look at both factors."""


@fault(bias="no deviation")
def leaves_the_deviation_out_of_the_bias():
    """The mean in your bias is multiplied by gamma, and not divided by the deviation. It is
    subtracted before both. Look at both factors."""


@fault(bias="folded")
def scales_beta_too():
    """Your bias scales beta as well as the mean. Beta is added after the scaling, and w meets it as
    it is. If you used the folded weights here: which of the two constants are they right for?"""


@fault(bias="gamma on beta")
def multiplies_beta_by_gamma():
    """You multiply beta by gamma, together with the mean's part. Beta is added after the scaling,
    as it stands. Look at what gamma multiplies."""


@fault(bias="averaged")
def averages_over_the_units():
    """You take the mean over the units, each with its weight, where w adds them up. A layer's
    output is a sum over its inputs. Look at what makes one number of a row in your bias."""


@fault(bias="twice")
def scales_the_shift_twice():
    """Your bias scales the shift once more; but batch norm adds the shift after all scaling. The
    folded weights have the scale in them: if you used those here, look at which weights the shift
    is to meet."""


@fault(bias="beta behind")
def adds_beta_behind_w():
    """You add beta to the outputs. Batch norm adds it to the inputs of w, which in general makes
    something else of it: each output gets a sum of the betas, weighed by its row. Look at what w is
    applied to."""


@fault(bias="mean behind")
def takes_the_mean_from_the_outputs():
    """Beta goes through w in your bias, and the mean's part does not. Batch norm takes the mean
    away before w, unit by unit, so that goes through w, too. Where the layer has another number of
    outputs than of inputs, the shapes may not even fit. Look at what w is applied to."""


@fault(bias="not through w")
def forgets_w_in_the_bias():
    """You add batch norm's shift to b as it is. It is added before w, so the units' shifts go
    through w, too. Where the layer has another number of outputs than of inputs, the shapes may not
    even fit. Look at what w is applied to."""


@fault(bias="b scaled")
def scales_the_old_bias():
    """You scale b as well. It is added after w, and batch norm comes before: nothing scales it any
    more. Look at where b stands in the layer."""


@mistake
def folds_backwards(gamma, beta, mean, var, w, b, eps=1e-5):
    """You fold as if batch norm came after w: rows are scaled, and mean is taken from b. Here batch
    norm comes first, and what it gives goes into w. Look at the order of the two layers."""
    scale = gamma / np.sqrt(var + eps)
    return scale * w, scale * (b - mean) + beta


@mistake
def transposes_the_weights(gamma, beta, mean, var, w, b, eps=1e-5):
    """Your weights come out transposed: units as rows, outputs as columns. A row of the result is
    an output of the layer, as in w. Look at the shape of your first result."""
    scale = gamma / np.sqrt(var + eps)
    return w.T * scale, w @ (beta - scale * mean) + b


@mistake
def sums_the_weights(gamma, beta, mean, var, w, b, eps=1e-5):
    """You give every input of w the same shift, the average of the units'. Each unit has its own,
    and meets its own column. Look for a mean over the units in your bias."""
    scale = gamma / np.sqrt(var + eps)
    shift = (beta - scale * mean).mean()
    return w * scale.T, w.sum(axis=1, keepdims=True) * shift + b


@mistake
def adds_the_shifts_up(gamma, beta, mean, var, w, b, eps=1e-5):
    """You add the units' shifts up without the weights, so every output gets the same. Each unit's
    shift goes through w, and every output has weights of its own. Look for where w should come into
    your bias."""
    scale = gamma / np.sqrt(var + eps)
    return w * scale.T, np.sum(beta - scale * mean) + b


@mistake
def divides_the_weights_by_the_variance(gamma, beta, mean, var, w, b, eps=1e-5):
    """Your bias is folded with the root, and your weights without. Both go through the same
    scaling. Work the scale out once, and look at the places where it is used."""
    _, b_folded = fold_into_next_layer(gamma, beta, mean, var, w, b, eps)
    return w * (gamma / (var + eps)).T, b_folded


@mistake
def adds_the_last_units_shift_only(gamma, beta, mean, var, w, b, eps=1e-5):
    """Your bias takes in the shift of the last unit alone. The shift of every unit goes through w,
    and they are all added up. Look at your index, or, if you have loops, at which lines stand
    inside."""
    scale = gamma / np.sqrt(var + eps)
    return w * scale.T, b + w[:, -1:] * (beta - scale * mean)[-1]


@mistake
def forgets_eps_in_the_bias(gamma, beta, mean, var, w, b, eps=1e-5):
    """Your weights are folded with eps, and your bias without. Both go through the same scaling, so
    both need it. Work the scale out once, and look at the places where it is used."""
    w_folded, _ = fold_into_next_layer(gamma, beta, mean, var, w, b, eps)
    return w_folded, fold_into_next_layer(gamma, beta, mean, var, w, b, 0)[1]


@mistake
def forgets_eps_in_the_weights(gamma, beta, mean, var, w, b, eps=1e-5):
    """Your bias is folded with eps, and your weights without. Both go through the same scaling, so
    both need it. Work the scale out once, and look at the places where it is used."""
    _, b_folded = fold_into_next_layer(gamma, beta, mean, var, w, b, eps)
    return fold_into_next_layer(gamma, beta, mean, var, w, b, 0)[0], b_folded


@mistake
def folds_the_bias_backwards(gamma, beta, mean, var, w, b, eps=1e-5):
    """Your bias is folded as if batch norm came after w: b less the mean, scaled, and beta added. b
    belongs to the outputs, and mean and beta belong to the inputs, so their shapes may not even
    fit. Batch norm comes first here: look at what w makes of its constants."""
    scale = gamma / np.sqrt(var + eps)
    return w * scale.T, scale * (b - mean) + beta


@mistake
def adds_the_shift_to_the_weights(gamma, beta, mean, var, w, b, eps=1e-5):
    """You add batch norm's shift to the weights. What stands there is multiplied by a, and the
    shift is the same whatever a is. Write w times batch norm of a on one line, multiply it out, and
    look at what does not meet a."""
    scale = gamma / np.sqrt(var + eps)
    return w * scale.T + (beta - scale * mean).T, b


@mistake
def sends_the_old_bias_through_w(gamma, beta, mean, var, w, b, eps=1e-5):
    """You send the old bias through w, together with batch norm's shift. It is added behind w and
    does not meet it. Where the layer has another number of outputs than of inputs, the shapes may
    not even fit. Look at what w is applied to."""
    scale = gamma / np.sqrt(var + eps)
    return w * scale.T, w @ (beta - scale * mean + b)


@also(sends_the_old_bias_through_w)
def multiplies_the_old_bias_by_the_rows_sums(gamma, beta, mean, var, w, b, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    return w * scale.T, w @ (beta - scale * mean) + w.sum(axis=1, keepdims=True) * b


@mistake
def takes_a_diagonal_of_a_column(gamma, beta, mean, var, w, b, eps=1e-5):
    """Your scale is one number, that of the first unit, in the weights, the bias or both. If you
    used `np.diag`: of a matrix, and a column of shape (n, 1) is one, it reads the diagonal; of a
    flat array it makes one. If not, look for an index, and for the shape of your scale."""
    scale = np.diag(gamma / np.sqrt(var + eps))
    return w * scale, w @ (beta - scale * mean) + b


@also(takes_a_diagonal_of_a_column)
def takes_a_diagonal_of_a_column_for_the_weights(gamma, beta, mean, var, w, b, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    return w * np.diag(scale), w @ (beta - scale * mean) + b


@mistake
def scales_the_mean_twice(gamma, beta, mean, var, w, b, eps=1e-5):
    """The mean in your bias meets its scale twice. Batch norm scales the mean once, and the folded
    weights have the scale in them already. Look at each factor beside the mean, and at what is in
    it."""
    scale = gamma / np.sqrt(var + eps)
    return w * scale.T, w @ (beta - scale**2 * mean) + b


@mistake
def turns_the_scale_over(gamma, beta, mean, var, w, b, eps=1e-5):
    """Your scale is the deviation over gamma. That would undo batch norm's scaling of a unit, and
    the folded layer has to give what the two layers gave. Write batch norm of a on one line, and
    look at which of the two stands below the line."""
    scale = np.sqrt(var + eps) / gamma
    return w * scale.T, w @ (beta - scale * mean) + b


@also(scales_the_rows)
def scales_the_rows_where_they_fit(gamma, beta, mean, var, w, b, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    scaled = scale * w if len(scale) == len(w) else w * scale.T
    return scaled, w @ (beta - scale * mean) + b


@mistake
def adds_a_flat_sum(gamma, beta, mean, var, w, b, eps=1e-5):
    """What you add to b is flat: its n_out numbers count as a row beside the column b, and NumPy
    makes a square of the two. Look at the shape of each part of the new bias, and at what a sum, a
    product or an index does to an axis."""
    scale = gamma / np.sqrt(var + eps)
    return w * scale.T, b + (w @ (beta - scale * mean)).reshape(-1)
