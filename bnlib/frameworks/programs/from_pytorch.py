"""3. The way back: the arrays of a PyTorch model in from_pytorch.npz; a batch to compare with."""

import numpy as np
import torch
from torch import nn

# weights_only=False runs what the file says: for files of your own only
model = torch.load("model.pt", map_location="cpu", weights_only=False)  # yours
if isinstance(model, dict):
    raise SystemExit("model.pt holds no model: build yours, and model.load_state_dict(this dict)")
model.eval()
x = np.load("batch.npy").astype(np.float32)  # yours, an example a row

with torch.no_grad():
    arrays = {"check/x": x, "check/y": model(torch.from_numpy(x)).numpy()}
arrays |= {name: tensor.numpy() for name, tensor in model.state_dict().items()}
print("name, layer:")
for name, layer in model.named_modules():
    if isinstance(layer, nn.modules.batchnorm._BatchNorm):  # 1d, 2d and 3d
        arrays[f"{name}.eps"] = layer.eps
        arrays[f"{name}.momentum"] = layer.momentum
    if not list(layer.children()):
        print(" ", name, layer)
np.savez("from_pytorch.npz", **arrays)
