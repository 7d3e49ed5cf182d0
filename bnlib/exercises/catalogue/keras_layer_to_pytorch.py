"""A Keras layer with its batch norm as the state of PyTorch's, eps and all."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def keras_layer_to_pytorch(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """Kernel (n_in, n_out), four vectors (n_out,) -> a dict, PyTorch's state of both layers."""
    return {
        "linear.weight": kernel.T,
        "norm.weight": gamma,
        "norm.bias": beta,
        "norm.running_mean": moving_mean,
        "norm.running_var": moving_variance + keras_eps - pytorch_eps,
    }


HINTS = (
    "PyTorch's linear layer computes weight @ x for a column x; Keras' computes x @ kernel for a "
    "row. And what does each batch norm add under its root?",
    "Four of the five arrays change their names and nothing else, or their axes. For the fifth, "
    "write down what Keras has under the root, and what PyTorch will have there.",
    "running_var + pytorch_eps has to be moving_variance + keras_eps. Solve that for running_var, "
    "and transpose the kernel.",
)

FACT = (
    "Where a variance is far above both eps their difference hardly shows, so that overlooking it "
    "can go unseen until a unit is nearly constant."
)


def inputs():
    """Small variances, so that eps tells; as many inputs as units; one unit, one input; eps the
    other way round."""
    kernel = np.array([[0.5, -1.25, 2.0], [1.5, 0.75, -0.5]])
    square = np.array([[1.0, 2.5], [-3.0, 0.25]])
    vectors = (np.array([1.5, -0.5, 2.25]), np.array([0.1, -0.7, 0.4]))
    statistics = (np.array([-1.0, 0.3, 2.0]), np.array([0.04, 1.7, 0.6]))
    wide = np.array([60, -0.07, 1, -230, 3]) * np.random.default_rng(1).normal(size=(4, 5))
    other = (np.array([0.8, -1.1]), np.array([0.35, 0.9]), np.array([-0.2, 1.4]))
    return [
        (kernel, *vectors, *statistics),
        (square, *other, np.array([0.25, 3.5]), 0.1, 0.02),
        (wide, *(wide[0] / k for k in (3, -7, 0.9)), wide[1] ** 2, 0.0123456, 0.0765432),
        (kernel.astype(np.float32), *(v.astype(np.float32) for v in (*vectors, *statistics)), 0.05),
        (kernel[:, :1], *(v[:1] for v in (*vectors, *statistics)), 0.01, 0.03),
        (kernel[:1, 1:], *(v[1:] for v in (*vectors, *statistics)), 0.3, 0.2),
    ]


def faulty(kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5, *,
           layout="transposed", eps="carried", scaled=False, parameters="", statistics="",
           kept="var", carry="variance"):  # fmt: skip
    """The reference, with one or two things done wrong."""
    var = moving_variance
    with np.errstate(all="ignore"):
        carried, mean_too = (
            {
                "carried": old + keras_eps - pytorch_eps,
                "overlooked": old,
                "added": old + keras_eps,
                "subtracted": old - pytorch_eps,
                "wrong way": old - keras_eps + pytorch_eps,
                "both added": old + keras_eps + pytorch_eps,
                "ratio": old * keras_eps / pytorch_eps,
                "size": old + abs(keras_eps - pytorch_eps),
            }[eps]
            for old in (var, moving_mean)
        )
        if scaled:
            gamma = gamma * np.sqrt((var + pytorch_eps) / (var + keras_eps))
        if kept == "std":
            carried = np.sqrt(carried)
    n_in, n_out = kernel.shape
    weight = {
        "transposed": kernel.T,
        "as it is": kernel,
        "reshaped": kernel.reshape(n_out, n_in),
        "rotated": np.rot90(kernel),
    }[layout]
    if parameters == "exchanged":
        gamma, beta = beta, gamma
    mean = mean_too if carry == "both" else moving_mean
    if statistics == "exchanged":
        mean, carried = carried, mean
    names = ("linear.weight", "norm.weight", "norm.bias", "norm.running_mean", "norm.running_var")
    return dict(zip(names, (weight, gamma, beta, mean, carried), strict=True))


@fault(layout="as it is")
def keeps_the_kernels_layout():
    """You hand over the kernel as it is. Keras' kernel is (n_in, n_out), PyTorch's weight is
    (n_out, n_in). Where both are equal, PyTorch loads it without a word, with rows for columns.
    Look at the axes of linear.weight."""


@fault(layout="reshaped")
def reshapes_the_kernel():
    """Your linear.weight has the shape that is due, and the kernel's numbers in the order in which
    they lie, row after row, as a reshape leaves them. Rows are to become columns. Look at what you
    do to the kernel."""


@fault(eps="overlooked")
def overlooks_the_eps():
    """Neither eps comes into what you hand over. Each framework adds its own to the variance, so
    where they differ a unit of small variance is in general scaled otherwise. Look at what each has
    under the root."""


@fault(eps="added")
def forgets_that_pytorch_adds_its_own():
    """You add Keras' eps to the variance, and do not take away PyTorch's, which PyTorch will add by
    itself. Look at what stands under PyTorch's root in the end."""


@fault(eps="subtracted")
def takes_away_pytorchs_only():
    """You take PyTorch's eps away from the variance, and Keras' does not come in. Look at what
    stood under Keras' root."""


@fault(eps="wrong way")
def corrects_the_eps_the_wrong_way():
    """You correct for the eps in the wrong direction: you add PyTorch's, which PyTorch adds once
    more. Write down what stands under each root, and solve for running_var."""


@fault(eps="both added")
def adds_both_eps():
    """You add both eps to the variance. PyTorch adds its own once more. Look at what stands under
    PyTorch's root in the end."""


@fault(eps="ratio")
def scales_the_variance_by_the_eps():
    """You multiply the variance by the ratio of the two eps. They are added to it under the root,
    so a sum can undo it. Look at what stands under each root."""


@fault(eps="size")
def takes_the_size_of_the_difference():
    """You add the difference of the two eps without its sign. Where PyTorch's is the larger, the
    running variance has to be smaller than Keras', not larger. Look at what drops the sign."""


@fault(carry="both")
def corrects_the_mean_too():
    """The running mean is corrected for the eps as well. An eps stands under the root beside the
    variance, and nowhere else; the mean goes over as it is. Look at norm.running_mean."""


@fault(layout="rotated")
def rotates_the_kernel():
    """Your linear.weight is the kernel with its axes exchanged, and its rows, its columns or both
    reversed, as may come of turning it. Look at what exchanges the two axes and reverses
    neither."""


@fault(eps="overlooked", scaled=True)
def rescales_gamma():
    """Your gamma makes up for the difference of the two eps: at test time that by itself computes
    the same. But where they differ, norm.weight is in general not Keras' gamma, and training would
    go on from another. The exercise asks for the difference in norm.running_var and nowhere
    else."""


@mistake
def corrects_in_two_places(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """You make up for the difference of the two eps in the variance, and in gamma again. At test
    time either would do; together it is done twice. The exercise asks for it in norm.running_var
    alone."""
    arrays = (kernel, gamma, beta, moving_mean, moving_variance)
    return faulty(*arrays, keras_eps, pytorch_eps, scaled=True)


@fault(parameters="exchanged")
def exchanges_gamma_and_beta():
    """You have exchanged gamma and beta. What multiplies is the weight, what is added is the bias;
    both have the same shape, so no error tells of it. Look at the two names."""


@fault(statistics="exchanged")
def exchanges_mean_and_variance():
    """You have exchanged the mean and the variance. Both have the same shape, so no error tells of
    it. Look at the names of the two statistics."""


@fault(kept="std")
def keeps_the_deviation():
    """You store a standard deviation for the variance. PyTorch takes the root itself. Look at what
    you do with the variance."""


def _renamed(state, rename):
    return {rename(key): value for key, value in state.items()}


@mistake
def leaves_out_the_layers_names(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """Your keys lack the names of the layers. Two layers have a `weight` here, and in the state of
    both together each key begins with its layer and a point. Look at the keys that the exercise
    names."""
    state = faulty(kernel, gamma, beta, moving_mean, moving_variance, keras_eps, pytorch_eps)
    return {"kernel": state.pop("linear.weight")} | _renamed(
        state, lambda key: key.removeprefix("norm.")
    )


@also(leaves_out_the_layers_names)
def _one_weight_for_two(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    state = faulty(kernel, gamma, beta, moving_mean, moving_variance, keras_eps, pytorch_eps)
    return _renamed(state, lambda key: key.rpartition(".")[2])


@mistake
def uses_keras_names(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """Your names are those of Keras. PyTorch looks for its own, and says that keys are missing.
    Look at what PyTorch calls what multiplies and what is added, and at the word before its
    statistics."""
    state = faulty(kernel, gamma, beta, moving_mean, moving_variance, keras_eps, pytorch_eps)
    names = ("kernel", "gamma", "beta", "moving_mean", "moving_variance")
    return dict(zip(names, state.values(), strict=True))


@also(uses_keras_names)
def _keras_names_after_the_point(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    state = faulty(kernel, gamma, beta, moving_mean, moving_variance, keras_eps, pytorch_eps)
    names = ("linear.kernel", "norm.gamma", "norm.beta", "norm.moving_mean", "norm.moving_variance")
    return dict(zip(names, state.values(), strict=True))


@mistake
def adds_a_bias(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """You give the linear layer a bias. It was built without one, on either side: batch norm takes
    the mean away, and a bias with it. PyTorch would call the key unexpected. Look at your keys."""
    state = faulty(kernel, gamma, beta, moving_mean, moving_variance, keras_eps, pytorch_eps)
    return state | {"linear.bias": np.zeros_like(gamma)}


@mistake
def counts_the_batches_too(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """You add num_batches_tracked. PyTorch does keep that count, but Keras does not, and the
    exercise asks for exactly five entries. Look at the one that is too many."""
    state = faulty(kernel, gamma, beta, moving_mean, moving_variance, keras_eps, pytorch_eps)
    return state | {"norm.num_batches_tracked": 0}


@mistake
def makes_columns(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """Your vectors have become columns of shape (n_out, 1). PyTorch's BatchNorm1d keeps one axis,
    and refuses a state of other shapes. Look at what is done to the four vectors."""
    state = faulty(kernel, gamma, beta, moving_mean, moving_variance, keras_eps, pytorch_eps)
    return {key: a if a.ndim == 2 else a[:, np.newaxis] for key, a in state.items()}


@mistake
def folds_the_statistics(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """You fold the statistics into weight and bias of the norm. PyTorch applies running_mean and
    running_var itself, so they would count twice. Look at what norm.weight is to hold: gamma."""
    scale = gamma / np.sqrt(moving_variance + keras_eps)
    beta = beta - scale * moving_mean
    return faulty(kernel, scale, beta, moving_mean, moving_variance, keras_eps, pytorch_eps)


@mistake
def leaves_out_the_statistics(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """You hand over what was trained and leave out the moving statistics. They are not trained, yet
    PyTorch refuses a state without them, or, told to go on, keeps those it has: in a new layer,
    mean 0 and variance 1. Look at what else the norm needs at test time."""
    state = faulty(kernel, gamma, beta, moving_mean, moving_variance, keras_eps, pytorch_eps)
    return {key: value for key, value in state.items() if "running" not in key}


@mistake
def returns_a_tuple(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """You return the arrays without their names. PyTorch loads a state by name, so that nothing
    hangs on an order. Look at what kind of thing a state is."""
    state = faulty(kernel, gamma, beta, moving_mean, moving_variance, keras_eps, pytorch_eps)
    return tuple(state.values())


@mistake
def adds_the_eps_to_the_deviation(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """You add the difference of the two eps to the standard deviation, and square that. Both
    frameworks add their eps to the variance, under the root. Look at what you have in hand when you
    add it."""
    var = (np.sqrt(moving_variance) + keras_eps - pytorch_eps) ** 2
    return faulty(kernel, gamma, beta, moving_mean, var, eps="overlooked")


@mistake
def folds_gamma_into_the_kernel(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """You multiply gamma into linear.weight, and leave ones in its place. The norm takes the mean
    off what the linear layer gives, and scales only then: a gamma in the kernel comes too early.
    Look at what norm.weight is to hold."""
    state = faulty(kernel, gamma, beta, moving_mean, moving_variance, keras_eps, pytorch_eps)
    weight = state["linear.weight"] * gamma[:, np.newaxis]
    return state | {"linear.weight": weight, "norm.weight": np.ones_like(gamma)}


@mistake
def folds_the_norm_into_the_kernel(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """Your linear.weight is scaled by the batch norm's gamma over its root, and the norm is handed
    over as well. PyTorch applies it to whatever the linear layer gives, so that the scale would
    work twice. Look at what linear.weight is to hold: the kernel, turned round."""
    scale = gamma / np.sqrt(moving_variance + keras_eps)
    beta = beta - scale * moving_mean
    return faulty(kernel * scale, gamma, beta, moving_mean, moving_variance, keras_eps, pytorch_eps)


@also(folds_the_norm_into_the_kernel)
def scales_the_kernel_alone(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    scaled = kernel * gamma / np.sqrt(moving_variance + keras_eps)
    return faulty(scaled, gamma, beta, moving_mean, moving_variance, keras_eps, pytorch_eps)


@mistake
def fixes_both_eps(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """Neither eps comes from your caller: in the place of both stand fixed numbers, or their
    difference, as the defaults have it. Layers are built with other eps, too. Look at what is added
    to the variance, and where the last two arguments should come in."""
    return faulty(kernel, gamma, beta, moving_mean, moving_variance)


@mistake
def rescales_gamma_the_wrong_way(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """You multiply gamma by the ratio of the two roots, the wrong way round: a unit's scale goes,
    if anywhere, further from Keras', not back to it. And the exercise asks for the difference of
    the two eps in norm.running_var and nowhere else. Look at what norm.weight is to hold: gamma."""
    roots = np.sqrt((moving_variance + keras_eps) / (moving_variance + pytorch_eps))
    return faulty(kernel, gamma * roots, beta, moving_mean, moving_variance, eps="overlooked")


@mistake
def folds_the_norm_away(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """You fold the whole norm into linear.weight and norm.bias, and leave the norm a gamma of 1 and
    a mean of 0. At test time that may compute much the same; but training would in general go on
    from other parameters, and from other statistics. Look at what each name is to hold."""
    return _folded_away(
        kernel, gamma, beta, moving_mean, moving_variance + keras_eps, 1 - pytorch_eps
    )


def _folded_away(kernel, gamma, beta, moving_mean, under_the_root, left):
    scale, ones = gamma / np.sqrt(under_the_root), np.ones_like(gamma)
    beta = beta - scale * moving_mean
    return faulty(kernel * scale, ones, beta, 0 * moving_mean, left * ones, eps="overlooked")


@also(folds_the_norm_away)
def folds_the_norm_away_but_for_pytorchs_eps(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    return _folded_away(kernel, gamma, beta, moving_mean, moving_variance + keras_eps, 1)


@also(rotates_the_kernel)
def rotates_the_kernel_clockwise(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    state = faulty(kernel, gamma, beta, moving_mean, moving_variance, keras_eps, pytorch_eps)
    return state | {"linear.weight": np.rot90(kernel, -1)}


@also(rotates_the_kernel)
def reverses_both_axes(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    state = faulty(kernel, gamma, beta, moving_mean, moving_variance, keras_eps, pytorch_eps)
    return state | {"linear.weight": kernel.T[::-1, ::-1]}


@mistake
def corrects_the_mean_alone(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """You correct the running mean for the eps, and hand over the variance as it is. An eps stands
    under the root beside the variance; the mean goes over unchanged. Look at the names of the two
    statistics."""
    mean = moving_mean + keras_eps - pytorch_eps
    return faulty(kernel, gamma, beta, mean, moving_variance, eps="overlooked")


@mistake
def subtracts_roots(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """You put roots beside each other, or an eps beside a root, and square the result. The square
    of a difference is, as a rule, not the difference of the squares; variance and eps are added up
    under one root. Look at where your roots are."""
    var = (np.sqrt(moving_variance + keras_eps) - np.sqrt(pytorch_eps)) ** 2
    return faulty(kernel, gamma, beta, moving_mean, var, eps="overlooked")


@also(subtracts_roots)
def subtracts_three_roots(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    var = (np.sqrt(moving_variance) + np.sqrt(keras_eps) - np.sqrt(pytorch_eps)) ** 2
    return faulty(kernel, gamma, beta, moving_mean, var, eps="overlooked")


@also(subtracts_roots)
def subtracts_pytorchs_eps_from_a_root(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    var = (np.sqrt(moving_variance + keras_eps) - pytorch_eps) ** 2
    return faulty(kernel, gamma, beta, moving_mean, var, eps="overlooked")


@mistake
def rescales_the_kernel(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """The two eps come in as a factor on your linear.weight. But then, where they differ, the
    moving statistics are in general not both those of what the linear layer gives. The exercise
    asks for the difference of the eps in norm.running_var and nowhere else. Look at what
    linear.weight is to hold."""
    return _rescaled(kernel, gamma, beta, moving_mean, moving_variance, keras_eps, pytorch_eps, 0.5)


def _rescaled(kernel, gamma, beta, mean, var, keras_eps, pytorch_eps, power, power_of_mean=0.0):
    ratio = (var + pytorch_eps) / (var + keras_eps)
    mean = mean * ratio**power_of_mean
    return faulty(kernel * ratio**power, gamma, beta, mean, var, eps="overlooked")


@also(rescales_the_kernel)
def rescales_the_kernel_the_wrong_way(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    arrays = (kernel, gamma, beta, moving_mean, moving_variance)
    return _rescaled(*arrays, keras_eps, pytorch_eps, -0.5)


@also(rescales_the_kernel)
def rescales_the_kernel_and_the_mean(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    arrays = (kernel, gamma, beta, moving_mean, moving_variance)
    return _rescaled(*arrays, keras_eps, pytorch_eps, 0.5, 0.5)


@also(rescales_the_kernel)
def rescales_the_kernel_and_corrects_the_variance(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    ratio = (moving_variance + pytorch_eps) / (moving_variance + keras_eps)
    arrays = (kernel * np.sqrt(ratio), gamma, beta, moving_mean, moving_variance)
    return faulty(*arrays, keras_eps, pytorch_eps)


@mistake
def takes_gamma_into_the_kernel(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """Your linear.weight has gamma in it, and norm.weight has it, too: so it counts twice. Look at
    what the layer before batch norm is to give: what Keras' own gave there."""
    right = keras_layer_to_pytorch(
        kernel, gamma, beta, moving_mean, moving_variance, keras_eps, pytorch_eps
    )
    return {**right, "linear.weight": right["linear.weight"] * gamma[:, np.newaxis]}
