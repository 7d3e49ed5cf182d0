"""A row for every framework: measured now where it is installed, else as it was recorded.

Live is what can be imported where the notebook runs (`pip install torch` is enough). What
`make frameworks` measured, in environments of its own, is in the recorded rows, with its date.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import sys
import time
import timeit
from dataclasses import dataclass
from typing import Any

import numpy as np

from bnlib.datasets import load_digits
from bnlib.environments import NotInstalledError
from bnlib.frameworks import CONVENTIONS, batch_norm_like, columns, recorded, reference, run
from bnlib.frameworks.adapters import ADAPTERS, RECORDED_ONLY
from bnlib.network import Network
from bnlib.optimizers import SGD
from bnlib.training import train_step

WITHOUT_NETWORK = {
    "caffe": (0.5, 1000),
    "caffe2": (0.3, 1200),
    "lasagne": (0.7, None),
}
"""Seconds to import and megabytes installed, where only the layer was measured, on 20 November
2026: Caffe in a build of its last source, Caffe2 in torch 1.0.1, Lasagne 0.2.dev1 on Theano."""

KINDS = ("logits", "cost", "gradient", "running", "inferred")


@dataclass(frozen=True)
class Row:
    """The batch-normalized network in one framework."""

    name: str
    title: str
    status: str
    """ "live", "recorded", or "layer only": there is no network of it, only its layer's record."""
    record: dict[str, Any] | None
    """As `bnlib.frameworks.run.measured` makes it; None where the status is "layer only"."""
    largest_difference: float
    """From bnlib under the same convention: of the network, else of the layer alone."""
    note: str = ""

    @property
    def agrees(self) -> bool:
        """To `run.TOLERANCE`."""
        return self.largest_difference <= run.TOLERANCE


def collect(*, everywhere: bool = False) -> list[Row]:
    """All rows, in the order of `ADAPTERS` and `RECORDED_ONLY`.

    everywhere: run those too that `make frameworks` has installed elsewhere; takes a minute.
    """
    rows = [row_of(name, everywhere) for name in ADAPTERS]
    return rows + [layer_row(name, CONVENTIONS[name].framework) for name in RECORDED_ONLY]


def row_of(name: str, everywhere: bool = False) -> Row:
    """The row of the adapter `name`: live, recorded or, if there is neither, its layer's."""
    title, found, note = ADAPTERS[name].title, None, ""
    try:
        if installed_here(name):
            found = run.measured(name, sys.executable)
        elif everywhere:
            found = run.live(name)
    except NotInstalledError as reason:
        note = f"installed, but {reason}"
    path = run.RECORDS / f"{name}.json"
    record = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    if found:
        # Among other packages nobody can tell how much of the disk is the framework's.
        size = {"installed_megabytes": (record or {}).get("installed_megabytes", "-")}
        return Row(name, title, "live", {**size, **found}, found["largest_difference"])
    if record is None:
        return layer_row(name, title, note)
    return Row(name, title, "recorded", record, record["largest_difference"], note)


def installed_here(name: str) -> bool:
    """Whether everything that the adapter `name` imports can be imported here."""
    return all(importlib.util.find_spec(module) for module in ADAPTERS[name].modules)


def layer_row(name: str, title: str, note: str = "") -> Row:
    """A row without a network."""
    like = ADAPTERS[name].like if name in ADAPTERS else name
    return Row(name, title, "layer only", None, layer_difference(like), note)


def layer_difference(like: str) -> float:
    """The largest difference of the imitated layer from the record of the real one, in float32.

    Over two training batches, the gradients, the running statistics after each, and inference.
    """
    arrays = recorded("inputs")["arrays"]
    x, x2, dy, gamma, beta = (
        columns(arrays[name], np.float32) for name in ("x", "x2", "dy", "gamma", "beta")
    )
    measured = recorded(CONVENTIONS[like].record)["bn_default"]
    layer = batch_norm_like(like, gamma, beta)
    pairs = [(layer.forward(x), measured["y_train_x"])]
    dx = layer.backward(dy)
    for name, value in (("dx", dx), ("dgamma", layer.dgamma), ("dbeta", layer.dbeta)):
        if name in measured["grads_x"]:
            pairs.append((value, measured["grads_x"][name]))
    pairs += zip((layer.running_mean, layer.running_var), measured["running1"])
    pairs.append((layer.forward(x2), measured["y_train_x2"]))
    layer.backward(dy)
    pairs += zip((layer.running_mean, layer.running_var), measured["running2"])
    pairs.append((layer.forward(x, training=False), measured["y_eval_x_after2"]))
    return max(float(np.abs(ours - columns(theirs)).max()) for ours, theirs in pairs)


def own_milliseconds() -> float:
    """A training step of the same digits network in bnlib, in milliseconds.

    By the processor's clock, the best of 20 rounds, as for the frameworks, if of fewer steps. In
    one thread, as all of `bnlib.experiments`, unless another number was chosen (see `threads`).
    """
    net = Network(reference.DIGITS, rng=np.random.default_rng(0), dtype=np.float32)
    optimizer, digits = SGD(net, 0.1), load_digits()
    x, y = digits.x_train[:, :60].astype(np.float32), digits.y_train[:60]

    def steps() -> None:
        for _ in range(5):
            train_step(net, optimizer, x, y)

    # Of the process alone, where there are processes: in a browser that clock stands still.
    clock = time.perf_counter if sys.platform == "emscripten" else time.process_time
    return 1000 * min(timeit.repeat(steps, timer=clock, number=1, repeat=20)) / 5


def source(name: str, function: str = "minimize") -> str:
    """The source of a function of the adapter `name`, which need not be installed."""
    text = (run.HERE / "adapters" / f"{name}.py").read_text(encoding="utf-8")
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            return ast.get_source_segment(text, node) or ""
    raise ValueError(f"source: the adapter {name!r} has no function {function!r}")
