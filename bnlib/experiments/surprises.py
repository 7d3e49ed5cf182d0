"""What frameworks' default batch norm does that one would not expect: by imitation, or as recorded.

Every function gives text or numbers a framework; `bnlib.frameworks.recorded` has the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
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

TITLES_IMITATED = {"keras": "Keras 3", "caffe2": "Caffe2 in torch 1.0.1"}
"""Titles of imitated layers, where backends do not differ, and versions do."""

LOSSES = {"flax": "JAX with optax", "keras2_fused": "Keras 2"}
"""Where the loss goes by another name than the layer. Equinox has none of its own."""


@dataclass(frozen=True)
class Folded:
    """What came out and why: folded in a notebook, all of it where there is text alone."""

    title: str
    lines: tuple[str, ...]
    why: str

    def _repr_markdown_(self) -> str:
        lines = "\n".join(self.lines)
        return (
            f"<details>\n<summary>{self.title}</summary>\n\n"
            f"```text\n{lines}\n```\n\n{self.why}\n\n</details>\n"
        )

    def __repr__(self) -> str:
        return "\n".join((self.title, "", *self.lines, "", self.why))


def plain_layer(name: str, *, gamma: float = 1.0, beta: float = 0.0) -> FrameworkBatchNorm:
    """The layer of the framework `name` for one unit, in float64."""
    return batch_norm_like(name, np.array([[gamma]]), np.array([[beta]]))


def running_variances(steps: int) -> dict[str, np.ndarray]:
    """(steps + 1,) by framework: its running variance before and after each of the same batches.

    NaN before the first, where a layer copies that one.
    """
    found = {}
    for name in NAMES:
        layer, variances = plain_layer(name), []
        for _ in range(steps):
            variances.append(layer.running_var.item())
            layer.forward(BATCH, training=True)
            layer.backward(np.zeros_like(BATCH))  # MXNet updates its averages here
        if CONVENTIONS[name].first_batch == "copied":
            variances[0] = np.nan
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
        found.append((TITLES_IMITATED.get(name, TITLES[name]), output, after))
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
        if isinstance(value, dict) and name != "equinox":
            found[LOSSES.get(name, TITLES[name])] = value.get("loss", "error")
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


def when_updated() -> Folded:
    """MXNet's averages after 100 batches forward and after one backward; Caffe's before any."""
    mxnet, caffe = plain_layer("mxnet"), plain_layer("caffe")
    for _ in range(100):
        mxnet.forward(BATCH, training=True)
    waiting = mxnet.running_var.item()
    mxnet.backward(np.zeros_like(BATCH))
    untrained = caffe.forward([[1.0]], training=False).item()
    return Folded(
        "MXNet waits, Caffe starts from nothing",
        (
            f"MXNet, 100 batches forward, none backward: variance {waiting:g}",
            f"MXNet, after one backward: variance {mxnet.running_var.item():g}",
            f"Caffe, not trained yet: 1 becomes {untrained:.1f}",
        ),
        "On a CPU MXNet updates its averages in `backward`: recomputing them by forward passes "
        "alone, a good idea from notebook 4, does nothing at all there. (A GPU did it in the "
        "forward pass: apache/mxnet, issue 14357.) Caffe divides by the root of a variance of 0 "
        "plus eps.",
    )


def an_average_of_what() -> Folded:
    """What Keras' and Lasagne's averages stand for, after batches of variance 1 and 100 in turn."""
    said = []
    for name in ("keras", "lasagne"):
        layer = batch_norm_like(name, np.ones((1, 1)), np.zeros((1, 1)), eps=1e-5)
        for step in range(1000):
            layer.forward(np.array([[-1.0, 1.0]]) * (1, 10)[step % 2], training=True)
        stored = ", ".join(sorted(layer.stored))
        said.append(f"{TITLES[name]:14} stores {stored}: variance {layer.running_var.item():.1f}")
    return Folded(
        "Variance, or 1/std",
        tuple(said),
        "Over all batches the variance is 50.5. An average of 1/std is ruled by the small ones.",
    )


def one_name_two_layers() -> Folded:
    """The variance that one batch gave layers of one name, and MXNet's gamma; all as recorded."""
    said = []
    for title, record, weight in (
        ("Keras 2, 2-D input", "tf_keras2", 0.01),
        ("Keras 2, 4-D input", "tf_keras2_fused4d", 0.01),
        ("Caffe2 in torch 1.0.1", "caffe2", 0.1),
        ("Caffe2 in torch 1.7.1", "caffe2_debian", 0.1),
    ):
        after = recorded(record)["bn_default"]["running1"][1][0]
        said.append(f"{title:22} took in {(after - (1 - weight)) / weight:.2f}")
    gamma = recorded("mxnet")["extras"]["op_default_gamma_after"][0]
    said.append(f"MXNet's raw nd.BatchNorm, any gamma: afterwards gamma is {gamma}")
    return Folded(
        "By the shape of the input, by version, by a default",
        tuple(said),
        "Keras 2 kept the biased variance for vectors and the unbiased one for images, whose "
        "kernel was another. Caffe2 without cuDNN kept the biased one until 2020: a bug, repaired "
        "to agree with cuDNN (pytorch/pytorch, pull request 42151). MXNet's raw operator has "
        "`fix_gamma=True` by default: it overwrites your gamma with 1, without a word.",
    )
