"""PyTorch: a network with batch norm, trained on the digits; and what its layers do when."""

import numpy as np
import torch
from torch import nn

digits = {name: torch.from_numpy(array) for name, array in np.load("digits.npz").items()}
torch.manual_seed(0)
model = nn.Sequential(
    nn.Linear(64, 50, bias=False),
    nn.BatchNorm1d(50),
    nn.ReLU(),
    nn.Linear(50, 50, bias=False),
    nn.BatchNorm1d(50),
    nn.ReLU(),
    nn.Linear(50, 10),
)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

model.train()  # batch norm takes the batch's statistics, and updates the running ones
for _ in range(10):
    for batch in torch.randperm(len(digits["y_train"])).split(60)[:-1]:  # all but the small last
        loss = nn.functional.cross_entropy(
            model(digits["x_train"][batch]), digits["y_train"][batch]
        )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

model.eval()  # now the running statistics
with torch.no_grad():  # saves memory; says nothing about batch norm
    answers = model(digits["x_test"]).argmax(1)
    right = (answers == digits["y_test"]).float().mean().item()
print(f"PyTorch {torch.__version__.split('+')[0]}, test accuracy {right:.2f}")

x, norm = digits["x_test"][:5], model[1]


def changes(f):
    before = norm.running_mean.clone()
    f()
    return "change" if (norm.running_mean != before).any() else "stay"


with torch.no_grad():
    model.eval()
    print("eval(), five images: the running statistics", changes(lambda: model(x)))
    alone, together = model(x[:1]), model(x)[:1]
    print("eval(), an image alone and among five: the same", torch.allclose(alone, together, 1e-4))
    model.train()
    print("no_grad() without eval(): the running statistics", changes(lambda: model(x)))
    for parameter in model.parameters():
        parameter.requires_grad = False
    print("requires_grad = False, train(): the running statistics", changes(lambda: model(x)))
    norm.eval()  # freezes this layer's statistics; call it after every model.train()
    print("the layer itself in eval(): the running statistics", changes(lambda: model(x)))
    norm.train()
    try:
        model(x[:1])
    except ValueError as error:
        print("train(), one image: ValueError:", str(error).split(",")[0])

print("weight of Linear(64, 50):", tuple(model[0].weight.shape), "(n_out, n_in)")
print("state of BatchNorm1d:", ", ".join(norm.state_dict()))
conv = nn.Conv2d(3, 8, (2, 5))
print("weight of Conv2d(3, 8, (2, 5)):", tuple(conv.weight.shape), "(out, in, rows, columns)")
image = torch.tensor([[[[1, 2], [3, 4]], [[10, 20], [30, 40]]]])  # images, channels, rows, columns
print("Flatten, channels first:", nn.Flatten()(image)[0].tolist())
