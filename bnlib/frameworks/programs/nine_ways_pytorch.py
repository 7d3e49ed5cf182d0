"""The networks of `bnlib.experiments.carrying` in PyTorch itself, with one mistake at a time.

Reads trained.npz, as nine_ways_keras.py does; the mistakes are named as in `carrying.MISTAKES`.
"""

import numpy as np
import torch
from torch import nn

WAYS = (
    "carried with care",
    "momentum left at its default",
    "eps left at its default",
    "square kernels not transposed",
    "gamma and beta exchanged",
    "standard deviation for variance",
    "statistics left behind",
    "mean and variance exchanged",
)
stored = np.load("trained.npz")
arrays = [torch.tensor(stored[f"array{i}"]).float() for i in range(len(stored.files) - 1)]


def block(kernel, gamma, beta, mean, var, way):
    settings = {"eps": 1e-3, "momentum": 0.01}
    settings.pop({WAYS[1]: "momentum", WAYS[2]: "eps"}.get(way), None)
    if way == "gamma and beta exchanged":
        gamma, beta = beta, gamma
    if way == "mean and variance exchanged":
        mean, var = var, mean
    if way == "standard deviation for variance":
        var = var.sqrt()
    linear = nn.Linear(*kernel.shape, bias=False)
    forgotten = way == "square kernels not transposed" and kernel.shape[0] == kernel.shape[1]
    linear.load_state_dict({"weight": kernel if forgotten else kernel.T})
    norm = nn.BatchNorm1d(len(gamma), **settings)
    state = {"weight": gamma, "bias": beta, "running_mean": mean, "running_var": var}
    if way == "statistics left behind":
        state = {"weight": gamma, "bias": beta}
    norm.load_state_dict(state, strict=False)
    return [linear, norm, nn.ReLU()]


found = {}
for way in WAYS:
    layers = []
    for start in range(0, len(arrays) - 2, 5):
        layers += block(*arrays[start : start + 5], way)
    output = nn.Linear(*arrays[-2].shape)
    output.load_state_dict({"weight": arrays[-2].T, "bias": arrays[-1]})
    model = nn.Sequential(*layers, output).eval()
    with torch.no_grad():
        found[way] = model(torch.tensor(stored["x"]).float()).numpy()
np.savez("pytorch_logits.npz", **found)
print(f"PyTorch {torch.__version__.split('+')[0]}")
