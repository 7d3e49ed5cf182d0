"""What PyTorch's users write for the same work, in PyTorch's own layout: one row an example."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from bnlib.frameworks import adapters, measure

EPS = 1e-5
ADAPTER = Path(adapters.__file__).with_name("pytorch.py")


def tensor(array: np.ndarray) -> torch.Tensor:
    """(n, m) -> (m, n), contiguous; a column (n, 1) -> (n,)."""
    return torch.from_numpy(array[:, 0].copy() if array.shape[1] == 1 else array.T.copy())


def batch_norm(b) -> dict:
    """By autograd, and by the kernels below it, which no user calls but which set the pace."""
    z, gamma, beta, dz_tilde = (tensor(each) for each in b)
    inputs = [each.clone().requires_grad_() for each in (z, gamma, beta)]

    def by_autograd():
        x, weight, bias = inputs
        z_tilde = functional.batch_norm(x, None, None, weight, bias, training=True, eps=EPS)
        return z_tilde.detach(), *torch.autograd.grad(z_tilde, inputs, dz_tilde)

    @torch.no_grad()
    def natively():
        z_tilde, mean, inv_std = torch.native_batch_norm(z, gamma, beta, None, None, True, 0, EPS)
        gradients = torch.ops.aten.native_batch_norm_backward(
            dz_tilde, z, gamma, None, None, mean, inv_std, True, EPS, [True, True, True]
        )
        return z_tilde, *gradients

    return {"PyTorch": by_autograd, "PyTorch's kernel": natively}


def softmax_cross_entropy(z: np.ndarray, y: np.ndarray):
    """The cost and its gradient by autograd, from logits (C, m) and labels (m,)."""
    logits, labels = tensor(z).requires_grad_(), torch.from_numpy(y)

    def by_autograd():
        cost = functional.cross_entropy(logits, labels)
        return cost.item(), *torch.autograd.grad(cost, logits)

    return by_autograd


def model_of(parameters: dict[str, np.ndarray], activation: str) -> Any:
    """The network of `make frameworks`, with this activation."""
    net = measure.load(str(ADAPTER)).Net(parameters)
    if activation == "relu":
        for place, layer in enumerate(net.model):
            if isinstance(layer, nn.Sigmoid):
                net.model[place] = nn.ReLU()
    return net


def eager_step(parameters: dict[str, np.ndarray], activation: str, x: np.ndarray, y: np.ndarray):
    """A training step as PyTorch's tutorials write it; returns the cost."""
    net = model_of(parameters, activation)
    batch = net.batch(x, y)
    return lambda: net.train(batch)


def compiled_step(
    parameters: dict[str, np.ndarray],
    activation: str,
    learning_rate: float,
    x: np.ndarray,
    y: np.ndarray,
):
    """The whole step, update and running statistics included, compiled as one graph.

    Of four ways to compile it that were tried, the quickest: half the time of compiling model and
    optimizer each by itself.
    """
    net = model_of(parameters, activation)
    weights = {name: weight.detach() for name, weight in net.model.named_parameters()}
    running = dict(net.model.named_buffers())
    batch = net.batch(x, y)

    # The running statistics are arguments: PyTorch's transforms forbid to change what is captured.
    def cost_of(weights, running, inputs, labels):
        logits = torch.func.functional_call(net.model, (weights, running), (inputs,))
        return functional.cross_entropy(logits, labels)

    @torch.compile(fullgraph=True)
    def whole_step(weights, running, inputs, labels):
        gradients, cost = torch.func.grad_and_value(cost_of)(weights, running, inputs, labels)
        for name, weight in weights.items():
            weight.sub_(gradients[name], alpha=learning_rate)
        return cost

    return lambda: whole_step(weights, running, *batch).item()


def why_not_compiled() -> str:
    """The reason why torch.compile does not work here, or nothing."""
    try:
        torch.compile(lambda x: 2 * x + 1)(torch.ones(3))
    except (RuntimeError, OSError) as error:  # without a C++ compiler: InvalidCxxCompiler
        return f"needs a working C++ compiler ({type(error).__name__})"
    return ""


def batch_norm_output(z: np.ndarray) -> np.ndarray:
    """What nn.BatchNorm1d makes of z (n, m) in training, as (n, m)."""
    with torch.no_grad():
        return nn.BatchNorm1d(z.shape[0], eps=EPS)(tensor(z)).numpy().T
