"""A layer's arrays under the names and in the shapes of PyTorch's BatchNorm1d."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def to_pytorch_state(gamma, beta, mean, var):
    """Four arrays (n, 1) -> a dict of four 1-D arrays (n,)."""
    return {
        "weight": gamma.reshape(-1),
        "bias": beta.reshape(-1),
        "running_mean": mean.reshape(-1),
        "running_var": var.reshape(-1),
    }


HINTS = (
    "What does PyTorch call gamma and beta? And how many axes has a BatchNorm1d parameter?",
    "A dictionary of four names: two for the parameters, as in PyTorch's linear layer, and two "
    "that start with running_. Each array loses its second axis.",
    "weight is gamma, bias is beta, running_mean is mean, running_var is var, each flattened to "
    "shape (n,).",
)

FACT = "The real state has a fifth entry, num_batches_tracked, which counts the training batches."

# PyTorch's own layers are float32 unless asked otherwise: a state rounded to it is as it should be.
TOLERANCE = 1e-7


def inputs():
    """Arrays that cannot be taken for one another; one unit."""
    column = np.array([[1.5], [-0.5], [3.0]])
    wide = np.array([[-1.23456], [-130.0], [0.0234567], [7.1], [171.234567]])
    return [
        (column, column + 2, column * 4, column**2),
        (wide, -wide * 3, wide - 0.123456, wide**2),
        tuple(np.array([[a], [a + 5]], np.float32) for a in (3.0, -1.0, 0.5, 4.0)),
        tuple(np.array([[a]]) for a in (3.1415927, -1.0234567, 0.5772157, 0.0041234567)),
    ]


def faulty(gamma, beta, mean, var, *, shape="flat", parameters="", statistics="", kept="var"):
    """The reference, with one or two things done wrong."""
    stored = {
        "std": np.sqrt(var),
        "1/std": 1 / np.sqrt(var),
        "squared": var**2,
        "with eps": var + 1e-5,
        "log": np.log(var),
    }
    var = stored.get(kept, var)
    if parameters == "exchanged":
        gamma, beta = beta, gamma
    if statistics == "exchanged":
        mean, var = var, mean
    shapes = {"column": (-1, 1), "row": (1, -1), "squeezed": var.squeeze().shape}
    flat = (a.reshape(shapes.get(shape, -1)) for a in (gamma, beta, mean, var))
    return dict(zip(("weight", "bias", "running_mean", "running_var"), flat, strict=True))


@fault(shape="column")
def keeps_columns():
    """You hand over columns of shape (n, 1). In PyTorch's BatchNorm1d these arrays have one axis,
    and it refuses a state of other shapes. Look at how many axes your arrays have."""


@fault(shape="row")
def makes_rows():
    """You hand over rows of shape (1, n). In PyTorch's BatchNorm1d these arrays have one axis, and
    it refuses a state of other shapes. Look at their axes: a transpose turns them round, and takes
    none away."""


@fault(shape="squeezed")
def squeezes_one_unit_away():
    """You take away every axis of length 1. For a layer of one unit those are both, and what is
    left has the shape () where (1,) is due. Look for a squeeze that is not told which axis may
    go, or a reshape that does the same."""


@fault(parameters="exchanged")
def exchanges_gamma_and_beta():
    """You have exchanged gamma and beta. What multiplies is the weight, what is added is the bias;
    both have the same shape, so no error tells of it. Look at the two names."""


@fault(statistics="exchanged")
def exchanges_mean_and_var():
    """You have exchanged the mean and the variance. Both have the same shape, so no error tells of
    it, and PyTorch could predict nonsense. Look at the names of the two statistics."""


@fault(kept="std")
def keeps_the_deviation():
    """You store the standard deviation for the variance. PyTorch stores the variance itself, adds
    eps when it is used, and takes the root then. Look at what you do with var."""


@fault(kept="1/std")
def keeps_one_over_the_deviation():
    """You store one over the standard deviation, as Lasagne did. PyTorch stores the variance
    itself. Look at what you do with var."""


@fault(kept="squared")
def squares_the_variance():
    """You square the variance. It is a mean of squares already. Look at what you do with var."""


@fault(kept="with eps")
def adds_eps():
    """You add eps to the variance. PyTorch adds its own each time it uses running_var. Look at what
    you do with var."""


@also(adds_eps)
def adds_keras_eps(gamma, beta, mean, var):
    return to_pytorch_state(gamma, beta, mean, var + 1e-3)


@fault(kept="log")
def keeps_the_logarithm():
    """You store the logarithm of the variance. PyTorch stores the variance itself. Look at what you
    do with var."""


def _renamed(state, **names):
    return {names.get(key, key): value for key, value in state.items()}


@mistake
def uses_keras_names(gamma, beta, mean, var):
    """Your names are those of Keras. PyTorch looks for its own, and says that keys are missing.
    Look at what PyTorch calls what multiplies and what is added, and at the word before its
    statistics."""
    return _renamed(
        to_pytorch_state(gamma, beta, mean, var),
        weight="gamma", bias="beta", running_mean="moving_mean", running_var="moving_variance",
    )  # fmt: skip


@mistake
def uses_the_lectures_names(gamma, beta, mean, var):
    """You kept the names gamma and beta. In PyTorch, batch norm's parameters have the names that a
    linear layer's have: one for what multiplies, one for what is added. Look at these two keys."""
    return _renamed(to_pytorch_state(gamma, beta, mean, var), weight="gamma", bias="beta")


@mistake
def shortens_the_names(gamma, beta, mean, var):
    """Your statistics are called mean and var. PyTorch's names say that they are running averages.
    Look at these two keys."""
    return _renamed(
        to_pytorch_state(gamma, beta, mean, var), running_mean="mean", running_var="var"
    )


@mistake
def writes_variance_out(gamma, beta, mean, var):
    """The key of your variance ends in variance, written out. PyTorch's name is shorter, and a key
    that is nearly right is missing all the same. Look at that key."""
    return _renamed(to_pytorch_state(gamma, beta, mean, var), running_var="running_variance")


@mistake
def leaves_out_the_statistics(gamma, beta, mean, var):
    """You hand over the parameters and leave out the running statistics. They are not trained, yet
    by default PyTorch refuses a state without them, or, told to go on, keeps those it has: in a new
    layer, mean 0 and variance 1. Look at what else the layer needs at test time."""
    return {"weight": gamma.reshape(-1), "bias": beta.reshape(-1)}


@mistake
def counts_the_batches_too(gamma, beta, mean, var):
    """You add num_batches_tracked. PyTorch does keep that count, but it cannot be known from four
    arrays, and the exercise asks for exactly four entries. Look at the one that is too many."""
    return to_pytorch_state(gamma, beta, mean, var) | {"num_batches_tracked": 0}


@mistake
def prefixes_the_names(gamma, beta, mean, var):
    """Your keys carry the name of a layer in front. That is right for a whole network; the state of
    one layer has the bare names. Look at what stands before the point."""
    state = to_pytorch_state(gamma, beta, mean, var)
    return {f"bn.{key}": value for key, value in state.items()}


@mistake
def folds_the_statistics(gamma, beta, mean, var):
    """You fold the statistics into weight and bias. PyTorch applies running_mean and running_var
    itself, so they would count twice. Look at what weight is to hold: the bare parameter."""
    scale = gamma / np.sqrt(var)
    return to_pytorch_state(scale, beta - scale * mean, mean, var)


@mistake
def corrects_the_variance(gamma, beta, mean, var):
    """You multiply the variance by n / (n - 1), at least for n above 1. n is the number of units
    here, and says nothing about the examples the variance came from. Look at what you do with
    var."""
    n = np.float64(len(var))
    with np.errstate(all="ignore"):
        return to_pytorch_state(gamma, beta, mean, var * n / (n - 1))


@mistake
def returns_a_tuple(gamma, beta, mean, var):
    """You return the four arrays without their names. PyTorch loads a state by name, so that
    nothing hangs on an order. Look at what kind of thing a state is."""
    return tuple(to_pytorch_state(gamma, beta, mean, var).values())


@mistake
def takes_the_first_unit_only(gamma, beta, mean, var):
    """Your arrays hold the first unit only, also where there are more, and PyTorch would then
    refuse the state. If you index with 0: on a column that picks the first row, and does not take
    the second axis away. Look at how you get from (n, 1) to (n,)."""
    return {k: a[:1] for k, a in to_pytorch_state(gamma, beta, mean, var).items()}


@also(folds_the_statistics)
def folds_the_statistics_with_eps(gamma, beta, mean, var):
    scale = gamma / np.sqrt(var + 1e-5)
    return to_pytorch_state(scale, beta - scale * mean, mean, var)


@also(folds_the_statistics)
def folds_the_statistics_with_keras_eps(gamma, beta, mean, var):
    scale = gamma / np.sqrt(var + 1e-3)
    return to_pytorch_state(scale, beta - scale * mean, mean, var)


@mistake
def folds_the_statistics_away(gamma, beta, mean, var):
    """You fold the statistics into weight and bias, and hand over a mean of 0 and a variance of 1.
    At test time that may compute much the same; training would in general go on from other
    parameters, and from other statistics. Look at what each name is to hold: an array as it
    came."""
    return _folded_away(gamma, beta, mean, var, 1e-5)


def _folded_away(gamma, beta, mean, var, eps):
    scale = gamma / np.sqrt(var + eps)
    return to_pytorch_state(scale, beta - scale * mean, np.zeros_like(mean), np.ones_like(var))


@also(folds_the_statistics_away)
def folds_them_away_without_eps(gamma, beta, mean, var):
    return _folded_away(gamma, beta, mean, var, 0)


@also(folds_the_statistics_away)
def folds_them_away_with_keras_eps(gamma, beta, mean, var):
    return _folded_away(gamma, beta, mean, var, 1e-3)


@mistake
def divides_the_weight_by_the_deviation(gamma, beta, mean, var):
    """Your weight is gamma divided by the deviation. PyTorch divides by it itself, so that it would
    come in twice. Look at what weight is to hold: the bare parameter."""
    return to_pytorch_state(gamma / np.sqrt(var), beta, mean, var)


@also(divides_the_weight_by_the_deviation)
def divides_the_weight_by_the_deviation_with_eps(gamma, beta, mean, var):
    return to_pytorch_state(gamma / np.sqrt(var + 1e-5), beta, mean, var)


@also(divides_the_weight_by_the_deviation)
def divides_the_weight_by_the_deviation_with_keras_eps(gamma, beta, mean, var):
    return to_pytorch_state(gamma / np.sqrt(var + 1e-3), beta, mean, var)
