"""Run one adapter in its framework's own environment; `run.py` calls this file by its path.

Needs NumPy and the framework, nothing of bnlib.

    python measure.py ADAPTER.py INPUTS.npz RESULTS.npz
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

WARM_UP, ROUNDS, STEPS = 20, 20, 20


def load(path: str) -> Any:
    # The adapters' folder comes last, so that adapters/flax.py does not hide flax itself.
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path = [each for each in sys.path if os.path.abspath(each or ".") != here]
    sys.path.append(os.path.dirname(os.path.abspath(path)))
    spec: Any = importlib.util.spec_from_file_location("adapter", path)
    adapter = importlib.util.module_from_spec(spec)
    sys.modules["adapter"] = adapter
    spec.loader.exec_module(adapter)
    return adapter


def part(arrays: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """The arrays whose names begin with `prefix`, without it."""
    return {name[len(prefix) :]: arrays[name] for name in arrays if name.startswith(prefix)}


def values(adapter: Any, small: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Two training steps and inference on the small network, as arrays by name."""
    net = adapter.Net(part(small, "weights."))
    found: dict[str, np.ndarray] = {}

    def keep(name: str, value: Any) -> None:
        found[name] = np.array(value, np.float64)  # a copy: some hand out what they go on changing

    for step in ("1", "2"):
        batch = net.batch(small["x" + step], small["y" + step])
        logits, cost, gradients = net.step(batch)
        keep("logits" + step, logits)
        keep("cost" + step, cost)
        for name, value in gradients.items():
            keep(f"gradient{step}.{name}", value)
        for name, value in net.running().items():
            keep(f"running{step}.{name}", value)
    keep("inferred", net.infer(small["x1"]))
    return found


def products(digits: Mapping[str, Any]) -> None:
    """The matrix products and sigmoids of a step in NumPy, and nothing else of it."""
    weights = [digits[name] for name in sorted(digits) if name.startswith("weights.W")]
    a, inputs = digits["x"], []
    for w in weights:
        inputs.append(a)
        a = 1 / (1 + np.exp(-(w @ a)))
    for w, before in zip(reversed(weights), reversed(inputs)):
        _, a = a @ before.T, w.T @ a


def seconds_a_step(
    adapter: Any, digits: Mapping[str, Any], how: str = "train"
) -> tuple[float, float]:
    """A training step's time on the digits network, and that of `products`, in turns.

    By the processor's clock, which stands still while other programs run; the best of many rounds,
    as others only disturb. The second says how fast the machine was in that very minute.
    """
    net = adapter.Net(part(digits, "weights."))
    batch = net.batch(digits["x"], digits["y"])
    do = getattr(net, how, net.step)

    def seconds(call: Callable[[Any], Any], given: Any) -> float:
        start = time.process_time()
        for _ in range(STEPS):
            call(given)
        return (time.process_time() - start) / STEPS

    for _ in range(WARM_UP):
        do(batch)
    rounds = [(seconds(do, batch), seconds(products, digits)) for _ in range(ROUNDS)]
    step, reference = (min(times) for times in zip(*rounds))
    return step, reference


def main(adapter_path: str, inputs_path: str, results_path: str) -> None:
    start = time.process_time()  # the processor's: how quick the disk was is not the framework's
    adapter = load(adapter_path)
    report: dict[str, Any] = {"import_seconds": round(time.process_time() - start, 2)}
    with np.load(inputs_path) as file:
        inputs = {name: file[name] for name in file.files}
    results: dict[str, Any] = values(adapter, part(inputs, "small."))
    if hasattr(adapter, "minimize"):
        report["minimized"] = adapter.minimize(0.1, 100)
    report["versions"] = adapter.VERSIONS
    report["python"] = sys.version.split()[0]
    report["numpy"] = np.__version__
    step, reference = seconds_a_step(adapter, part(inputs, "digits."))
    report["microseconds_a_step"] = round(step * 1e6)
    report["microseconds_of_products"] = round(reference * 1e6)
    if hasattr(adapter.Net, "train_uncached"):
        step, _ = seconds_a_step(adapter, part(inputs, "digits."), "train_uncached")
        report["microseconds_a_step_uncached"] = round(step * 1e6)
    report["trains"] = hasattr(adapter.Net, "train")
    np.savez(results_path, report=json.dumps(report), **results)


if __name__ == "__main__":
    main(*sys.argv[1:])
