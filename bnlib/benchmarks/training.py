"""A training step of two networks: bnlib, the textbook, PyTorch, and the matrix products alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

import bnlib
from bnlib.activations import ActivationName
from bnlib.benchmarks import textbook
from bnlib.benchmarks.agreement import require_agreement
from bnlib.benchmarks.timing import Effort, measure

LEARNING_RATE = 0.1
COMPARED_STEPS = 3


class Task(NamedTuple):
    """A network and the size of its mini-batches."""

    layer_sizes: tuple[int, ...]
    activation: ActivationName
    m: int


TASKS = {
    "64-100-100-100-10, sigmoid, batch of 60": Task((64, 100, 100, 100, 10), "sigmoid", 60),
    "784-512-512-10, ReLU, batch of 256": Task((784, 512, 512, 10), "relu", 256),
}


def matrix_products(net: bnlib.Network, x: np.ndarray) -> Callable[[], None]:
    """The products of a step and nothing else: W a, dz a^T, and W^T dz except for the data."""
    weights = [net.parameters[f"W{number}"] for number in range(1, len(net.layer_sizes))]
    inputs = [x, *(np.ones((n, x.shape[1]), x.dtype) for n in net.layer_sizes[1:-1])]
    outputs = [w @ a for w, a in zip(weights, inputs)]
    dws, das = [np.empty_like(w) for w in weights], [np.empty_like(a) for a in inputs]

    def step():
        for w, a, z in zip(weights, inputs, outputs):
            np.matmul(w, a, out=z)
        for number in reversed(range(len(weights))):
            np.matmul(outputs[number], inputs[number].T, out=dws[number])
            if number:
                np.matmul(weights[number].T, outputs[number], out=das[number])

    return step


def numpy_peers(
    net: bnlib.Network, activation: ActivationName, x: np.ndarray, y: np.ndarray
) -> dict[str, Callable[[], float]]:
    """Those that need NumPy alone; each has weights of its own, and returns the cost."""
    optimizer = bnlib.SGD(net, LEARNING_RATE)
    plain = textbook.Network(net.parameters, activation, LEARNING_RATE)
    return {
        "bnlib": lambda: bnlib.train_step(net, optimizer, x, y),
        "textbook": lambda: plain.train_step(x, y),
    }


def costs(step: Callable[[], float]) -> Callable[[], list[np.ndarray]]:
    """The costs of the first steps: they agree only if forward, backward and update do."""
    return lambda: [np.array([step() for _ in range(COMPARED_STEPS)], np.float32)]


def measure_task(task: Task, effort: Effort, jax: bool, rng: np.random.Generator) -> dict:
    """All peers on one network: first that they train alike, then their times."""
    from bnlib.benchmarks import torch_peers

    sizes, activation, m = task
    net = bnlib.Network(sizes, activation=activation, rng=rng, dtype=np.float32)
    x = rng.standard_normal((sizes[0], m)).astype(np.float32)
    y = rng.integers(sizes[-1], size=m)
    start = {name: value.copy() for name, value in net.parameters.items()}
    peers: dict[str, Callable[[], Any]] = dict(numpy_peers(net, activation, x, y))
    peers["PyTorch"] = torch_peers.eager_step(start, activation, x, y)
    reason = why_not_compiled(effort)
    if not reason:
        peers["torch.compile"] = torch_peers.compiled_step(start, activation, LEARNING_RATE, x, y)
    if jax:
        from bnlib.benchmarks import jax_peers

        peers["JAX jit"] = jax_peers.training_step(start, activation, LEARNING_RATE, x, y)
    require_agreement({name: costs(step) for name, step in peers.items()})
    peers["matrix products"] = matrix_products(net, x)
    found = measure(peers, effort, rng)
    return found | {"torch.compile": {"not measured": reason}} if reason else found


def why_not_compiled(effort: Effort) -> str:
    """Why torch.compile is left out, or nothing."""
    from bnlib.benchmarks import torch_peers

    if not effort.compiles:
        return "not in a quick run"
    return torch_peers.why_not_compiled()


def run(effort: Effort, jax: bool, rng: np.random.Generator) -> dict[str, dict]:
    """{network: {peer: times and ratios}}."""
    return {name: measure_task(task, effort, jax, rng) for name, task in TASKS.items()}
