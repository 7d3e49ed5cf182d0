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


@wrong("wrong-for-one-unit", "wrong-type")
def squeezed(gamma, beta, mean, var):
    arrays = map(np.squeeze, (gamma, beta, mean, var))
    names = ("weight", "bias", "running_mean", "running_var")
    return dict(zip(names, arrays, strict=True))


@wrong(None, "list-for-array", "wrong-type")
def lists(gamma, beta, mean, var):
    return {name: array.tolist() for name, array in by_zip(gamma, beta, mean, var).items()}
