"""2. PyTorch's layers with the arrays of to_pytorch.npz, and the same batch through them."""

import numpy as np
import torch
from torch import nn

w = {name: torch.from_numpy(array) for name, array in np.load("to_pytorch.npz").items()}


def linear(name):
    weight = w[f"{name}/kernel"].T.contiguous()  # Keras has (n_in, n_out), PyTorch (n_out, n_in)
    layer = nn.Linear(weight.shape[1], weight.shape[0], bias=f"{name}/bias" in w)
    layer.load_state_dict(
        {"weight": weight, **({"bias": w[f"{name}/bias"]} if layer.bias is not None else {})}
    )
    return layer


def norm(name):
    eps, momentum = w[f"{name}/eps"].item(), w[f"{name}/momentum"].item()
    layer = nn.BatchNorm1d(len(w[f"{name}/weight"]), eps=eps, momentum=momentum)
    keys = ("weight", "bias", "running_mean", "running_var")
    layer.load_state_dict({key: w[f"{name}/{key}"] for key in keys})
    return layer


model = nn.Sequential(  # your model, with the names of the Keras layers
    linear("dense"),
    norm("batch_normalization"),
    nn.ReLU(),
    linear("dense_1"),
    norm("batch_normalization_1"),
    nn.ReLU(),
    linear("dense_2"),
)
model.eval()
with torch.no_grad():
    apart = (model(w["check/x"]) - w["check/y"]).abs().max().item()
print(f"largest difference from Keras: {apart:.0e}")
torch.save(model, "model.pt")
