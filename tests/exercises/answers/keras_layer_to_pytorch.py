"""Answers to `keras_layer_to_pytorch`."""

import numpy as np

from answers import right, wrong


def anything(rng, dtype):
    """Any sizes; variances from well below the two eps to well above."""
    n_in, n_out = rng.integers(1, 6, size=2)
    vectors = rng.normal(size=(3, n_out)).astype(dtype)
    var = (10.0 ** rng.uniform(-2, 1, n_out)).astype(dtype)
    eps = (float(rng.uniform(0.001, 0.3)), float(rng.uniform(1e-5, 0.009)))
    return rng.normal(size=(n_in, n_out)).astype(dtype), *vectors, var, *eps


@right
def one_key_after_the_other(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    state = {}
    state["norm.running_var"] = moving_variance + (keras_eps - pytorch_eps)
    state["norm.running_mean"] = moving_mean.copy()
    state["norm.bias"] = beta.copy()
    state["norm.weight"] = gamma.copy()
    state["linear.weight"] = np.transpose(kernel)
    return state


@right
def with_one_index_after_the_other(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    n_in, n_out = kernel.shape
    weight = np.zeros((n_out, n_in), kernel.dtype)
    for i in range(n_in):
        for j in range(n_out):
            weight[j, i] = kernel[i, j]
    names = ["weight", "bias", "running_mean", "running_var"]
    shifted = np.array([v + keras_eps - pytorch_eps for v in moving_variance], kernel.dtype)
    norm = dict(zip(names, [gamma, beta, moving_mean, shifted]))
    return {"linear.weight": weight, **{f"norm.{k}": v for k, v in norm.items()}}


@right
def with_the_root_squared(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    std = np.sqrt(moving_variance + keras_eps)
    return {
        "linear.weight": kernel.T.copy(),
        "norm.weight": gamma,
        "norm.bias": beta,
        "norm.running_mean": moving_mean,
        "norm.running_var": std**2 - pytorch_eps,
    }


def _state(kernel, gamma, beta, mean, var):
    return {
        "linear.weight": kernel,
        "norm.weight": gamma,
        "norm.bias": beta,
        "norm.running_mean": mean,
        "norm.running_var": var,
    }


@wrong("overlooks-the-eps")
def as_it_comes(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    return _state(kernel.T, gamma, beta, moving_mean, moving_variance)


@wrong("keeps-the-kernels-layout")
def forgets_the_transpose(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    return _state(kernel, gamma, beta, moving_mean, moving_variance + keras_eps - pytorch_eps)


@wrong("rescales-gamma")
def puts_it_into_gamma(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    factor = np.sqrt(moving_variance + pytorch_eps) / np.sqrt(moving_variance + keras_eps)
    return _state(kernel.T, gamma * factor, beta, moving_mean, moving_variance)


@wrong("forgets-that-pytorch-adds-its-own")
def adds_keras_eps(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    return _state(kernel.T, gamma, beta, moving_mean, moving_variance + keras_eps)


@wrong("adds-a-bias")
def with_a_bias(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    state = _state(kernel.T, gamma, beta, moving_mean, moving_variance + keras_eps - pytorch_eps)
    state["linear.bias"] = np.zeros(len(gamma))
    return state


@wrong("leaves-out-the-layers-names")
def bare_names(kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5):
    state = _state(kernel.T, gamma, beta, moving_mean, moving_variance + keras_eps - pytorch_eps)
    return {key.split(".")[-1]: value for key, value in state.items()}


@wrong("adds-the-eps-to-the-deviation")
def carries_the_eps_beside_the_root(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    std = np.sqrt(moving_variance)
    return {
        "linear.weight": kernel.T,
        "norm.weight": gamma,
        "norm.bias": beta,
        "norm.running_mean": moving_mean,
        "norm.running_var": (std + keras_eps - pytorch_eps) ** 2,
    }


@wrong("folds-gamma-into-the-kernel")
def gamma_in_the_kernel(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    return {
        "linear.weight": kernel.T * gamma[:, None],
        "norm.weight": np.ones_like(gamma),
        "norm.bias": beta,
        "norm.running_mean": moving_mean,
        "norm.running_var": moving_variance + keras_eps - pytorch_eps,
    }


@wrong("folds-the-norm-into-the-kernel")
def norm_in_both_layers(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    s = gamma * (moving_variance + keras_eps) ** -0.5
    state = {"linear.weight": (s * kernel).T, "norm.weight": gamma}
    state["norm.bias"], state["norm.running_mean"] = beta - moving_mean * s, moving_mean
    return state | {"norm.running_var": moving_variance - pytorch_eps + keras_eps}


@wrong("folds-the-norm-into-the-kernel")
def scaled_kernel(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    return {
        "linear.weight": (kernel / np.sqrt(moving_variance + keras_eps) * gamma).T,
        "norm.weight": gamma,
        "norm.bias": beta,
        "norm.running_mean": moving_mean,
        "norm.running_var": moving_variance + (keras_eps - pytorch_eps),
    }


@wrong("wrong-keys")
def one_key_too_many(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    return {
        "linear.weight": kernel.T,
        "norm.weight": gamma,
        "norm.bias": beta,
        "norm.running_mean": moving_mean,
        "norm.running_var": moving_variance + (keras_eps - pytorch_eps),
        "norm.eps": pytorch_eps,
    }


@wrong("keeps-the-kernels-layout+corrects-the-eps-the-wrong-way")
def neither_turned_nor_right(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    return {
        "linear.weight": kernel,
        "norm.weight": gamma,
        "norm.bias": beta,
        "norm.running_mean": moving_mean,
        "norm.running_var": moving_variance - keras_eps + pytorch_eps,
    }


@wrong("fixes-both-eps")
def the_defaults_as_numbers(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    return _state(kernel.T, gamma, beta, moving_mean, moving_variance + 1e-3 - 1e-5)


@wrong("rescales-gamma-the-wrong-way")
def gamma_by_the_other_ratio(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    factor = np.sqrt(moving_variance + keras_eps) / np.sqrt(moving_variance + pytorch_eps)
    return _state(kernel.T, gamma * factor, beta, moving_mean, moving_variance)


@wrong("folds-the-norm-away")
def all_in_the_linear_layer(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    scale = gamma / np.sqrt(moving_variance + keras_eps)
    one = np.ones_like(gamma)
    return _state((kernel * scale).T, one, beta - scale * moving_mean, one * 0, one - pytorch_eps)


@wrong("folds-the-norm-away")
def all_in_the_linear_layer_but_for_one_eps(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    scale = gamma / np.sqrt(moving_variance + keras_eps)
    mean, var = np.zeros(len(gamma)), np.ones(len(gamma))
    return _state((kernel * scale).T, np.ones(len(gamma)), beta - scale * moving_mean, mean, var)


@wrong("takes-the-size-of-the-difference")
def absolute_difference(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """abs() of the two eps: wrong where PyTorch's is the larger."""
    return {
        "linear.weight": kernel.T,
        "norm.weight": gamma,
        "norm.bias": beta,
        "norm.running_mean": moving_mean,
        "norm.running_var": moving_variance + abs(keras_eps - pytorch_eps),
    }


@wrong("rotates-the-kernel")
def rotated(kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5):
    """Rotates the kernel by 90 degrees, which has the right shape."""
    out = {"linear.weight": np.rot90(kernel)}
    out["norm.weight"], out["norm.bias"] = gamma, beta
    out["norm.running_mean"] = moving_mean
    out["norm.running_var"] = moving_variance + keras_eps - pytorch_eps
    return out


@wrong("subtracts-roots")
def through_the_std(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """Computes the running variance from a difference of roots."""
    std = np.sqrt(moving_variance + keras_eps) - np.sqrt(pytorch_eps)
    state = {"weight": gamma, "bias": beta, "running_mean": moving_mean, "running_var": std**2}
    state = {"norm." + k: v for k, v in state.items()}
    state["linear.weight"] = np.transpose(kernel)
    return state


@wrong("corrects-the-mean-too")
def eps_for_the_mean_too(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """Corrects the running mean for eps as well."""
    shift = keras_eps - pytorch_eps
    statistics = [s + shift for s in (moving_mean, moving_variance)]
    return {
        "linear.weight": kernel.T.copy(),
        "norm.weight": gamma.copy(),
        "norm.bias": beta.copy(),
        "norm.running_mean": statistics[0],
        "norm.running_var": statistics[1],
    }


@wrong("rescales-the-kernel")
def kernel_scaled(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    """Makes up for eps by scaling the linear weights; the mean is then off too."""
    ratio = np.sqrt((moving_variance + pytorch_eps) / (moving_variance + keras_eps))
    return {
        "linear.weight": (kernel * ratio).T,
        "norm.weight": gamma,
        "norm.bias": beta,
        "norm.running_mean": moving_mean,
        "norm.running_var": moving_variance,
    }


@wrong("takes-gamma-into-the-kernel")
def a_kernel_times_gamma(
    kernel, gamma, beta, moving_mean, moving_variance, keras_eps=1e-3, pytorch_eps=1e-5
):
    weight = (kernel * gamma).T
    return {
        "linear.weight": weight,
        "norm.weight": gamma,
        "norm.bias": beta,
        "norm.running_mean": moving_mean,
        "norm.running_var": moving_variance + keras_eps - pytorch_eps,
    }
