"""Answers to `to_pytorch_state`."""

import numpy as np
from legal import signed, sizes, variances

from answers import right, wrong


def anything(rng, dtype):
    """Any number of units."""
    n = sizes(rng, 1)[0]
    gamma, beta, mean = (signed(rng, n, 1).astype(dtype) for _ in range(3))
    return gamma, beta, mean, variances(rng, n, 1).astype(dtype)


@right
def flattened(gamma, beta, mean, var):
    return {
        "weight": gamma.flatten(),
        "bias": beta.flatten(),
        "running_mean": mean.flatten(),
        "running_var": var.flatten(),
    }


@right
def in_another_order(gamma, beta, mean, var):
    return {
        "running_var": var[:, 0],
        "running_mean": mean[:, 0],
        "bias": beta[:, 0],
        "weight": gamma[:, 0],
    }


@right
def by_zip(gamma, beta, mean, var):
    names = ["weight", "bias", "running_mean", "running_var"]
    arrays = (np.squeeze(a, axis=1) for a in (gamma, beta, mean, var))
    return dict(zip(names, arrays, strict=True))


@right
def by_keywords(gamma, beta, mean, var):
    return dict(  # noqa: C408
        weight=np.ravel(gamma),
        bias=np.ravel(beta),
        running_mean=np.ravel(mean),
        running_var=np.ravel(var),
    )


@right
def transposed_first(gamma, beta, mean, var):
    state = {}
    state["weight"] = gamma.T[0]
    state["bias"] = beta.T[0]
    state["running_mean"] = mean.T[0]
    state["running_var"] = var.T[0]
    return state


@right
def number_by_number(gamma, beta, mean, var):
    def flat(column):
        return np.array([row[0] for row in column])

    return {"weight": flat(gamma), "bias": flat(beta)} | {
        "running_mean": flat(mean),
        "running_var": flat(var),
    }


@wrong("keeps-columns")
def as_columns(gamma, beta, mean, var):
    return {"weight": gamma, "bias": beta, "running_mean": mean, "running_var": var}


@wrong("keeps-columns+exchanges-gamma-and-beta", "extra-dimensions+exchanges-gamma-and-beta")
def columns_exchanged(gamma, beta, mean, var):
    return {"weight": beta, "bias": gamma, "running_mean": mean, "running_var": var}


@wrong("uses-keras-names")
def keras_names(gamma, beta, mean, var):
    return {
        "gamma": gamma.ravel(),
        "beta": beta.ravel(),
        "moving_mean": mean.ravel(),
        "moving_variance": var.ravel(),
    }


@wrong("keeps-the-deviation")
def deviations(gamma, beta, mean, var):
    return {
        "weight": gamma.ravel(),
        "bias": beta.ravel(),
        "running_mean": mean.ravel(),
        "running_var": np.sqrt(var).ravel(),
    }


@wrong("wrong-keys")
def capitals(gamma, beta, mean, var):
    return {"Weight": gamma[:, 0], "Bias": beta[:, 0], "Mean": mean[:, 0], "Var": var[:, 0]}


@wrong("counts-the-batches-too")
def with_a_count(gamma, beta, mean, var):
    return by_keywords(gamma, beta, mean, var) | {"num_batches_tracked": 0}


@wrong("returns-a-tuple")
def only_arrays(gamma, beta, mean, var):
    return gamma.ravel(), beta.ravel(), mean.ravel(), var.ravel()


@wrong("squeezes-one-unit-away")
def squeezed(gamma, beta, mean, var):
    arrays = map(np.squeeze, (gamma, beta, mean, var))
    names = ("weight", "bias", "running_mean", "running_var")
    return dict(zip(names, arrays, strict=True))


@wrong(None, "list-for-array", "wrong-type")
def lists(gamma, beta, mean, var):
    return {name: array.tolist() for name, array in by_zip(gamma, beta, mean, var).items()}


@right
def ravel(gamma, beta, mean, var):
    return {
        "weight": gamma.ravel(),
        "bias": beta.ravel(),
        "running_mean": mean.ravel(),
        "running_var": var.ravel(),
    }


@right
def loop(gamma, beta, mean, var):
    state = {}
    names = ["running_var", "running_mean", "bias", "weight"]
    for name, value in zip(names, [var, mean, beta, gamma]):
        state[name] = value.reshape(-1)
    return state


@right
def comprehension(gamma, beta, mean, var):
    parts = {"weight": gamma, "bias": beta, "running_mean": mean, "running_var": var}
    return {name: np.squeeze(part, axis=1) for name, part in parts.items()}


@right
def helper_copies(gamma, beta, mean, var):
    def one_dimensional(column):
        return np.array([row[0] for row in column], dtype=column.dtype)

    state = {}
    state["weight"] = one_dimensional(gamma)
    state["bias"] = one_dimensional(beta)
    state["running_mean"] = one_dimensional(mean)
    state["running_var"] = one_dimensional(var)
    return state


@right
def hstack(gamma, beta, mean, var):
    rows = np.hstack([gamma, beta, mean, var]).T
    return dict(zip(("weight", "bias", "running_mean", "running_var"), rows))


@wrong("wrong-keys")
def own_names(gamma, beta, mean, var):
    """The keys are the course's names, not PyTorch's."""
    return {"gamma": gamma.ravel(), "beta": beta.ravel(), "mean": mean.ravel(), "var": var.ravel()}


@wrong("writes-variance-out")
def running_variance(gamma, beta, mean, var):
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
def weight_bias_exchanged(gamma, beta, mean, var):
    """weight and bias are exchanged."""
    return {
        "weight": beta.ravel(),
        "bias": gamma.ravel(),
        "running_mean": mean.ravel(),
        "running_var": var.ravel(),
    }


@wrong("exchanges-mean-and-var")
def statistics_exchanged(gamma, beta, mean, var):
    """running_mean and running_var are exchanged."""
    return {
        "weight": gamma.ravel(),
        "bias": beta.ravel(),
        "running_mean": var.ravel(),
        "running_var": mean.ravel(),
    }


@wrong("makes-rows")
def rows(gamma, beta, mean, var):
    """Transposes to (1, n) instead of flattening."""
    return {"weight": gamma.T, "bias": beta.T, "running_mean": mean.T, "running_var": var.T}


@wrong("squeezes-one-unit-away")
def squeeze(gamma, beta, mean, var):
    """np.squeeze makes a single unit 0-d instead of (1,)."""
    return {
        "weight": np.squeeze(gamma),
        "bias": np.squeeze(beta),
        "running_mean": np.squeeze(mean),
        "running_var": np.squeeze(var),
    }


@wrong("leaves-out-the-statistics")
def only_parameters(gamma, beta, mean, var):
    """Leaves the running statistics out."""
    return {"weight": gamma.ravel(), "bias": beta.ravel()}


@wrong("takes-the-first-unit-only")
def first_entry(gamma, beta, mean, var):
    """gamma[0] takes the first unit only."""
    return {"weight": gamma[0], "bias": beta[0], "running_mean": mean[0], "running_var": var[0]}


@wrong("changed-arguments")
def reshaped_arguments(gamma, beta, mean, var):
    """Setting .shape flattens the arrays passed in."""
    for a in (gamma, beta, mean, var):
        a.shape = (-1,)
    return {"weight": gamma, "bias": beta, "running_mean": mean, "running_var": var}


@wrong("corrects-the-variance")
def unbiased(gamma, beta, mean, var):
    """Corrects the variance with n / (n - 1), without being asked to."""
    n = max(var.size, 2)
    return {
        "weight": gamma.ravel(),
        "bias": beta.ravel(),
        "running_mean": mean.ravel(),
        "running_var": var.ravel() * n / (n - 1),
    }


@wrong("wrong-keys")
def weights_plural(gamma, beta, mean, var):
    """The keys are plural: weights and biases."""
    return {
        "weights": gamma.ravel(),
        "biases": beta.ravel(),
        "running_mean": mean.ravel(),
        "running_var": var.ravel(),
    }


@wrong("prefixes-the-names")
def prefix(gamma, beta, mean, var):
    """The keys carry the layer's prefix bn."""
    return {
        "bn.weight": gamma.ravel(),
        "bn.bias": beta.ravel(),
        "bn.running_mean": mean.ravel(),
        "bn.running_var": var.ravel(),
    }


@wrong("extra-dimensions")
def partly_flat(gamma, beta, mean, var):
    """Flattens the parameters but leaves the statistics (n, 1)."""
    return {"weight": gamma.ravel(), "bias": beta.ravel(), "running_mean": mean, "running_var": var}


@wrong("adds-eps")
def with_keras_eps(gamma, beta, mean, var):
    return {
        "weight": gamma.ravel(),
        "bias": beta.ravel(),
        "running_mean": mean.ravel(),
        "running_var": var.ravel() + 1e-3,
    }


@right
def in_float32_as_a_layer_is(gamma, beta, mean, var):
    from collections import OrderedDict

    def flat(a):
        return np.squeeze(a, axis=1).astype(np.float32)

    return OrderedDict(
        [
            ("bias", flat(beta)),
            ("weight", flat(gamma)),
            ("running_var", flat(var)),
            ("running_mean", flat(mean)),
        ]
    )


@wrong("exchanged-entries")
def names_in_another_order(gamma, beta, mean, var):
    names = ("weight", "running_mean", "bias", "running_var")
    return {name: a.flatten() for name, a in zip(names, (gamma, beta, mean, var))}


@wrong("folds-the-statistics")
def folds_and_hands_on(gamma, beta, mean, var):
    scale = gamma / np.sqrt(var + 1e-5)
    return {
        "weight": scale.ravel(),
        "bias": (beta - mean * scale).ravel(),
        "running_mean": mean.ravel(),
        "running_var": var.ravel(),
    }


@wrong("exchanged-entries")
def names_moved_on_by_one(gamma, beta, mean, var):
    return {
        "weight": beta.ravel(),
        "bias": mean.ravel(),
        "running_mean": gamma.ravel(),
        "running_var": var.ravel(),
    }


@wrong("folds-the-statistics-away")
def a_norm_that_only_scales_and_shifts(gamma, beta, mean, var):
    scale = (gamma / np.sqrt(var + 1e-5)).ravel()
    return {
        "weight": scale,
        "bias": beta.ravel() - scale * mean.ravel(),
        "running_mean": np.zeros(len(mean)),
        "running_var": np.ones(len(var)),
    }


@wrong("takes-the-first-unit-only")
def a_slice_of_the_flat_array(gamma, beta, mean, var):
    names = ("weight", "bias", "running_mean", "running_var")
    return {name: a.ravel()[:1] for name, a in zip(names, (gamma, beta, mean, var))}


@wrong("divides-the-weight-by-the-deviation")
def a_weight_already_divided(gamma, beta, mean, var):
    scale = gamma / np.sqrt(var + 1e-5)
    return {
        "weight": scale[:, 0],
        "bias": beta[:, 0],
        "running_mean": mean[:, 0],
        "running_var": var[:, 0],
    }
