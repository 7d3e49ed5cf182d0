"""Answers to `to_pytorch_state`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_ravel(gamma, beta, mean, var):
    return {
        "weight": gamma.ravel(),
        "bias": beta.ravel(),
        "running_mean": mean.ravel(),
        "running_var": var.ravel(),
    }


@right
def correct_column(gamma, beta, mean, var):
    return dict(weight=gamma[:, 0], bias=beta[:, 0], running_mean=mean[:, 0], running_var=var[:, 0])  # noqa: C408


@right
def correct_loop(gamma, beta, mean, var):
    state = {}
    names = ["running_var", "running_mean", "bias", "weight"]
    for name, value in zip(names, [var, mean, beta, gamma]):
        state[name] = value.reshape(-1)
    return state


@right
def correct_comprehension(gamma, beta, mean, var):
    parts = {"weight": gamma, "bias": beta, "running_mean": mean, "running_var": var}
    return {name: np.squeeze(part, axis=1) for name, part in parts.items()}


@right
def correct_helper_copies(gamma, beta, mean, var):
    def one_dimensional(column):
        return np.array([row[0] for row in column], dtype=column.dtype)

    state = {}
    state["weight"] = one_dimensional(gamma)
    state["bias"] = one_dimensional(beta)
    state["running_mean"] = one_dimensional(mean)
    state["running_var"] = one_dimensional(var)
    return state


@right
def correct_hstack(gamma, beta, mean, var):
    rows = np.hstack([gamma, beta, mean, var]).T
    return dict(zip(("weight", "bias", "running_mean", "running_var"), rows))


@wrong("keeps-columns")
def wrong_columns(gamma, beta, mean, var):
    """The arrays keep their shape (n, 1)."""
    return {"weight": gamma, "bias": beta, "running_mean": mean, "running_var": var}


@wrong("wrong-keys")
def wrong_own_names(gamma, beta, mean, var):
    """The keys are the course's names, not PyTorch's."""
    return {"gamma": gamma.ravel(), "beta": beta.ravel(), "mean": mean.ravel(), "var": var.ravel()}


@wrong("writes-variance-out")
def wrong_running_variance(gamma, beta, mean, var):
    """The last key is spelt running_variance."""
    return {
        "weight": gamma.ravel(),
        "bias": beta.ravel(),
        "running_mean": mean.ravel(),
        "running_variance": var.ravel(),
    }


@wrong("wrong-keys")
def wrong_keras_names(gamma, beta, mean, var):
    """The statistics have Keras's names, moving_mean and moving_variance."""
    return {
        "weight": gamma.ravel(),
        "bias": beta.ravel(),
        "moving_mean": mean.ravel(),
        "moving_variance": var.ravel(),
    }


@wrong("exchanges-gamma-and-beta")
def wrong_weight_bias_exchanged(gamma, beta, mean, var):
    """weight and bias are exchanged."""
    return {
        "weight": beta.ravel(),
        "bias": gamma.ravel(),
        "running_mean": mean.ravel(),
        "running_var": var.ravel(),
    }


@wrong("exchanges-mean-and-var")
def wrong_statistics_exchanged(gamma, beta, mean, var):
    """running_mean and running_var are exchanged."""
    return {
        "weight": gamma.ravel(),
        "bias": beta.ravel(),
        "running_mean": var.ravel(),
        "running_var": mean.ravel(),
    }


@wrong("makes-rows")
def wrong_rows(gamma, beta, mean, var):
    """Transposes to (1, n) instead of flattening."""
    return {"weight": gamma.T, "bias": beta.T, "running_mean": mean.T, "running_var": var.T}


@wrong("wrong-for-one-unit")
def wrong_squeeze(gamma, beta, mean, var):
    """np.squeeze makes a single unit 0-d instead of (1,)."""
    return {
        "weight": np.squeeze(gamma),
        "bias": np.squeeze(beta),
        "running_mean": np.squeeze(mean),
        "running_var": np.squeeze(var),
    }


@wrong("keeps-the-deviation")
def wrong_std(gamma, beta, mean, var):
    """Stores the standard deviation as running_var."""
    return {
        "weight": gamma.ravel(),
        "bias": beta.ravel(),
        "running_mean": mean.ravel(),
        "running_var": np.sqrt(var).ravel(),
    }


@wrong("counts-the-batches-too")
def wrong_num_batches(gamma, beta, mean, var):
    """Adds num_batches_tracked, which is not asked for."""
    return {
        "weight": gamma.ravel(),
        "bias": beta.ravel(),
        "running_mean": mean.ravel(),
        "running_var": var.ravel(),
        "num_batches_tracked": 0,
    }


@wrong("leaves-out-the-statistics")
def wrong_only_parameters(gamma, beta, mean, var):
    """Leaves the running statistics out."""
    return {"weight": gamma.ravel(), "bias": beta.ravel()}


@wrong("returns-a-tuple")
def wrong_tuple(gamma, beta, mean, var):
    """Returns a tuple instead of a dict."""
    return gamma.ravel(), beta.ravel(), mean.ravel(), var.ravel()


@wrong("takes-the-first-unit-only")
def wrong_first_entry(gamma, beta, mean, var):
    """gamma[0] takes the first unit only."""
    return {"weight": gamma[0], "bias": beta[0], "running_mean": mean[0], "running_var": var[0]}


@wrong("changed-arguments")
def wrong_reshaped_arguments(gamma, beta, mean, var):
    """Setting .shape flattens the arrays passed in."""
    for a in (gamma, beta, mean, var):
        a.shape = (-1,)
    return {"weight": gamma, "bias": beta, "running_mean": mean, "running_var": var}


@wrong("corrects-the-variance")
def wrong_unbiased(gamma, beta, mean, var):
    """Corrects the variance with n / (n - 1), without being asked to."""
    n = max(var.size, 2)
    return {
        "weight": gamma.ravel(),
        "bias": beta.ravel(),
        "running_mean": mean.ravel(),
        "running_var": var.ravel() * n / (n - 1),
    }


@wrong("wrong-keys")
def wrong_weights_plural(gamma, beta, mean, var):
    """The keys are plural: weights and biases."""
    return {
        "weights": gamma.ravel(),
        "biases": beta.ravel(),
        "running_mean": mean.ravel(),
        "running_var": var.ravel(),
    }


@wrong("prefixes-the-names")
def wrong_prefix(gamma, beta, mean, var):
    """The keys carry the layer's prefix bn."""
    return {
        "bn.weight": gamma.ravel(),
        "bn.bias": beta.ravel(),
        "bn.running_mean": mean.ravel(),
        "bn.running_var": var.ravel(),
    }


@wrong("extra-dimensions+exchanges-gamma-and-beta")
def wrong_exchanged_columns(gamma, beta, mean, var):
    """Two slips: weight and bias exchanged, and the shape (n, 1) kept."""
    return {"weight": beta, "bias": gamma, "running_mean": mean, "running_var": var}


@wrong("extra-dimensions")
def wrong_partly_flat(gamma, beta, mean, var):
    """Flattens the parameters but leaves the statistics (n, 1)."""
    return {"weight": gamma.ravel(), "bias": beta.ravel(), "running_mean": mean, "running_var": var}
