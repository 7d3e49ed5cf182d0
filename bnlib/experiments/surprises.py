"""What frameworks' default batch norm does that one would not expect: by imitation, or as recorded.

Every function gives text or numbers a framework; `bnlib.frameworks.recorded` has the rest.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from bnlib.frameworks import CONVENTIONS, NAMES, FrameworkBatchNorm, batch_norm_like, recorded

BATCH = np.array([[1.0, 1.0, 1.0, 1.0, 5.0, 5.0, 5.0, 5.0]])
"""Eight examples of a unit: mean 3, biased variance 4, unbiased variance 32/7."""

RECORDS = {
    **{name: convention.record for name, convention in CONVENTIONS.items()},
    "keras_torch": "keras_torch",
    "keras_tensorflow": "keras_tensorflow",
}
"""The records that hold edge cases: every imitated layer's, and Keras 3 on its other backends."""

TITLES = {
    **{name: convention.framework for name, convention in CONVENTIONS.items()},
    "keras": "Keras 3 on JAX",
    "keras_torch": "Keras 3 on PyTorch",
    "keras_tensorflow": "Keras 3 on TensorFlow",
}


def plain_layer(name: str, *, gamma: float = 1.0, beta: float = 0.0) -> FrameworkBatchNorm:
    """The layer of the framework `name` for one unit, in float64."""
    return batch_norm_like(name, np.array([[gamma]]), np.array([[beta]]))


def running_variances(steps: int) -> dict[str, np.ndarray]:
    """(steps + 1,) by framework: its running variance before and after each of the same batches."""
    found = {}
    for name in NAMES:
        layer, variances = plain_layer(name), []
        for _ in range(steps):
            variances.append(layer.running_var.item())
            layer.forward(BATCH, training=True)
            layer.backward(np.zeros_like(BATCH))  # MXNet updates its averages here
        found[name] = np.array([*variances, layer.running_var.item()])
    return found


def one_example(
    gamma: float = 2.0, beta: float = 1.0, z: float = 7.0
) -> list[tuple[str, str, str]]:
    """Training on a single example, at the start: (framework, output, its averages after)."""
    found = []
    for name in NAMES:
        layer = plain_layer(name, gamma=gamma, beta=beta)
        before = layer.running_mean.item(), layer.running_var.item()
        try:
            output = f"{layer.forward(np.array([[z]]), training=True).item():.3g}"
            layer.backward(np.zeros((1, 1)))
        except (ValueError, ZeroDivisionError) as error:
            output = type(error).__name__
        mean, var = layer.running_mean.item(), layer.running_var.item()
        after = "unchanged" if (mean, var) == before else f"mean {mean:.2g}, variance {var:.2g}"
        found.append((TITLES[name] if name != "keras" else "Keras 3", output, after))
    return found


def edge_case(case: str, key: str) -> dict[str, Any]:
    """The recorded number `key` of the edge case `case`, by framework, where it was recorded."""
    found = {}
    for name, record in RECORDS.items():
        value = (recorded(record).get("edge") or {}).get(case) or {}
        if key in value:
            found[TITLES[name]] = value[key]
    return found


def losses(case: str) -> dict[str, Any]:
    """The recorded softmax cross-entropy of the case `case`: the loss, or the word "error"."""
    found = {}
    for name, record in RECORDS.items():
        value = (recorded(record).get("xent") or {}).get(case)
        if isinstance(value, dict):
            found[TITLES[name]] = value.get("loss", "error")
    return found


def by_value(found: dict[str, Any], say: Any = str) -> list[tuple[str, str]]:
    """(value in words, the frameworks that have it), those with the most frameworks first."""
    groups: dict[str, list[str]] = {}
    for title, value in found.items():
        groups.setdefault(say(value), []).append(title)
    return [
        (value, ", ".join(titles))
        for value, titles in sorted(groups.items(), key=lambda item: -len(item[1]))
    ]
