"""A trained batch-norm layer from one framework to another, by their own names and conventions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import numpy as np

from bnlib import validation
from bnlib.frameworks.conventions import Convention
from bnlib.frameworks.declarations import CONVENTIONS, NAMES
from bnlib.frameworks.running_statistics import RunningStatistics

COUNTERS = ("num_batches_tracked",)
"""Arrays that a framework stores beside the layer and that change nothing at test time."""
NO_MOMENTUM = (
    "None in PyTorch is a plain average over all batches, which translate does not carry; only "
    "training on uses momentum: choose one for that"
)


def translate(
    arrays: Mapping[str, Any],
    settings: Mapping[str, float] | None = None,
    *,
    source: str,
    target: str,
) -> tuple[dict[str, np.ndarray], dict[str, float]]:
    """Carry a trained batch-norm layer from the framework `source` to the framework `target`.

        arrays, settings = translate(
            {"gamma": g, "beta": b, "moving_mean": m, "moving_variance": v},
            {"epsilon": 1e-3, "momentum": 0.99},
            source="keras",
            target="pytorch",
        )  # {"weight", "bias", "running_mean", "running_var"}, {"eps": 0.001, "momentum": 0.01}

    The layer built in `target` with these settings gives at test time what it gave in `source`, and
    its running averages go on with the same weight for a new batch. Which variance a framework
    averages (`Convention.running_variance`) is its own and cannot be carried. Caffe's sums come
    with the scale factor that they tend to, 1 / (1 - moving_average_fraction).

    Args:
        arrays: by the names that `source` gives them, all of one shape: (n,), or one in which all
            axes but one are of length 1. Caffe's `scale_factor` has one entry. The count of
            batches that PyTorch and tinygrad keep may be among them, and stays behind.
        settings: eps and momentum by the names and with the meaning of `source`; its defaults
            where left out.
        source, target: two of `bnlib.frameworks.NAMES`.

    Returns:
        The arrays, in the dtype and the shape they came in, and the settings, both by the names
        and with the meaning of `target`.

    Raises:
        ValueError: an unknown framework; a key that is missing or unknown; a wrong shape; numbers
            that are not finite, a negative variance, a 1/std that is not above zero.
        TypeError: something that is not a number.
    """
    before, after = _convention("source", source), _convention("target", target)
    eps, decay = _settings(before, dict(settings or {}))
    kept = {name: value for name, value in arrays.items() if name not in COUNTERS}
    _require_keys(before, "arrays", kept, (*before.parameters, *before.names))
    columns, factor, shape, dtype = _columns(before, kept)
    gamma, beta, first, second = columns
    statistics = RunningStatistics(before, gamma, eps, decay)
    statistics.load(first, second, factor)
    carried = RunningStatistics(after, gamma, eps, decay)
    # Averages of 1/std stand for a variance of at least 0, but for rounding.
    carried.assign(mean=statistics.mean, var=np.maximum(statistics.var, 0))
    values = [*zip(after.parameters, (gamma, beta)), *carried.stored.items()]
    out = {
        name: value.reshape((1,) if name in after.names[2:] else shape).astype(dtype)
        for name, value in values
    }
    momentum = decay if after.momentum_weighs == "old" else _complement(decay)
    return out, dict(zip(after.settings, (eps, momentum)))


def meant(value: float) -> float:
    """The short decimal number that `value` is the rounding of: 0.01 for 0.010000000000000009.

    Also for a number that has been through float32; any other is returned as it is.
    """
    number = float(value)
    short = float(f"{number:.7g}")
    through_float32 = float(np.float32(short)) == number
    return short if through_float32 or abs(short - number) <= 1e-12 * abs(number) else number


def _complement(number: float) -> float:
    return float(1 - Decimal(repr(number)))


def _convention(argument: str, name: str) -> Convention:
    if name not in CONVENTIONS:
        raise ValueError(f"translate: {argument} is {name!r}, expected one of {', '.join(NAMES)}")
    return CONVENTIONS[name]


def _settings(convention: Convention, given: dict[str, Any]) -> tuple[float, float]:
    """eps, and the weight of the old average."""
    eps_name, momentum_name = convention.settings
    unknown = sorted(set(given) - set(convention.settings))
    if unknown:
        raise ValueError(
            f"translate: settings has {_listed(unknown)}, expected {convention.framework}'s names "
            f"{_listed(convention.settings)}"
        )
    if momentum_name in given and given[momentum_name] is None:
        raise ValueError(
            f"translate: settings[{momentum_name!r}] is None, expected a number; {NO_MOMENTUM}"
        )
    eps = validation.positive(
        "translate", eps_name, given.get(eps_name, convention.eps), zero_allowed=True
    )
    momentum = validation.positive(
        "translate", momentum_name, given.get(momentum_name, convention.momentum), zero_allowed=True
    )
    if momentum > 1:
        raise ValueError(f"translate: {momentum_name} is {momentum:g}, expected at most 1")
    momentum = meant(momentum)
    return meant(eps), momentum if convention.momentum_weighs == "old" else _complement(momentum)


def _require_keys(
    convention: Convention, what: str, given: Mapping[str, Any], expected: Iterable[str]
) -> None:
    missing = [name for name in expected if name not in given]
    unknown = [name for name in given if name not in expected]
    if missing or unknown:
        said = [f"has no {_listed(missing)}"] if missing else []
        said += [f"has {_listed(unknown)}"] if unknown else []
        without = not unknown and set(missing) <= set(convention.parameters)
        help_ = "; where a layer has no gamma, give ones, no beta, zeros" if without else ""
        if any(name in other.settings for name in unknown for other in CONVENTIONS.values()):
            help_ = f"; its settings are {_listed(convention.settings)}"
        raise ValueError(
            f"translate: {what} {' and '.join(said)}, expected {convention.framework}'s names "
            f"{_listed(expected)}{help_}"
        )


def _columns(
    convention: Convention, arrays: Mapping[str, Any]
) -> tuple[list[np.ndarray], float, tuple[int, ...], np.dtype]:
    """gamma, beta and the two averages as float64 columns; the scale factor; shape and dtype."""
    names = (*convention.parameters, *convention.names[:2])
    found = [validation.float_array("translate", name, arrays[name]) for name in names]
    shapes = [array.shape for array in found]
    shape = max(shapes, key=shapes.count)
    for name, array in zip(names, found):
        if array.size == 0 or array.shape != shape or array.size != max(shape, default=0):
            like = "as most of the layer's" if shapes.count(shape) > 1 else f"as {names[0]}"
            expected = "(n,), one entry a unit" if array.shape == shape else f"{shape}, {like}"
            raise ValueError(f"translate: {name} has shape {array.shape}, expected {expected}")
        validation.finite("translate", name, array)
    second, inverse = found[3], convention.keeps == "mean, 1/std"
    if (second <= 0).any() if inverse else (second < 0).any():
        bound = "numbers above 0" if inverse else "no negative variance"
        raise ValueError(f"translate: {names[3]} holds {second.min():g}, expected {bound}")
    factor = 1.0
    for name in convention.names[2:]:
        given = validation.float_array("translate", name, arrays[name])
        if given.size != 1:
            raise ValueError(f"translate: {name} has shape {given.shape}, expected one number")
        factor = validation.positive("translate", name, float(given.reshape(())), zero_allowed=True)
    columns = [array.astype(np.float64).reshape(-1, 1) for array in found]
    return columns, factor, shape, np.result_type(*found)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(repr, names))
