"""3. The way back: the arrays of a PyTorch model in pytorch.npz, and a batch to compare with."""

import numpy as np
import torch
from torch import nn

# weights_only=False runs what the file says: for files of your own only
model = torch.load("model.pt", map_location="cpu", weights_only=False).eval()  # yours
x = np.load("digits.npz")["x_test"][:100].astype(np.float32)  # any batch of yours

with torch.no_grad():
    arrays = {"check/x": x, "check/y": model(torch.from_numpy(x)).numpy()}
print("name, layer:")
for name, layer in model.named_modules():
    if list(layer.children()):
        continue  # it only holds others
    for key, tensor in layer.state_dict().items():
        arrays[f"{name}/{key}"] = tensor.numpy()
    if isinstance(layer, nn.modules.batchnorm._BatchNorm):  # 1d, 2d and 3d
        arrays[f"{name}/eps"] = layer.eps
        arrays[f"{name}/momentum"] = layer.momentum
    print(" ", name, layer)
np.savez("pytorch.npz", **arrays)
