"""3. The way back: the arrays of a PyTorch model in pytorch.npz, and a batch to compare with."""

import numpy as np
import torch
from torch import nn

model = torch.load("model.pt", weights_only=False).eval()  # yours
x = np.load("digits.npz")["x_test"][:100]  # any batch of yours

with torch.no_grad():
    arrays = {"check/x": x, "check/y": model(torch.from_numpy(x)).numpy()}
for name, layer in model.named_children():
    for key, tensor in layer.state_dict().items():
        arrays[f"{name}/{key}"] = tensor.numpy()
    if isinstance(layer, nn.BatchNorm1d):
        arrays[f"{name}/eps"] = layer.eps
        arrays[f"{name}/momentum"] = layer.momentum
np.savez("pytorch.npz", **arrays)
for name in arrays:
    print(name, np.shape(arrays[name]))
