"""PyTorch: torch.nn.BatchNorm1d between linear layers, gradients by autograd."""

import torch
from torch import nn

VERSIONS = {"torch": torch.__version__}


class Net:
    def __init__(self, weights):
        self.depth = sum(name.startswith("W") for name in weights)
        tensors = {name: torch.from_numpy(value) for name, value in weights.items()}
        self.linears, self.norms, layers = [], [], []
        for number in range(1, self.depth + 1):
            last = number == self.depth
            n_out, n_in = weights[f"W{number}"].shape
            linear = nn.Linear(n_in, n_out, bias=last)
            linear.weight.data.copy_(tensors[f"W{number}"])
            self.linears.append(linear)
            layers.append(linear)
            if last:
                linear.bias.data.copy_(tensors[f"b{number}"][:, 0])
            else:
                norm = nn.BatchNorm1d(n_out)
                norm.weight.data.copy_(tensors[f"gamma{number}"][:, 0])
                norm.bias.data.copy_(tensors[f"beta{number}"][:, 0])
                self.norms.append(norm)
                layers += [norm, nn.Sigmoid()]
        self.model = nn.Sequential(*layers)
        self.loss = nn.CrossEntropyLoss()
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.1)

    def batch(self, x, y):
        return torch.from_numpy(x.T.copy()), torch.from_numpy(y)

    def step(self, batch):
        x, y = batch
        self.model.train()
        self.model.zero_grad()
        logits = self.model(x)
        cost = self.loss(logits, y)
        cost.backward()
        gradients = {f"W{i}": each.weight.grad.numpy() for i, each in enumerate(self.linears, 1)}
        gradients[f"b{self.depth}"] = self.linears[-1].bias.grad.numpy()[:, None]
        for i, norm in enumerate(self.norms, 1):
            gradients[f"gamma{i}"] = norm.weight.grad.numpy()[:, None]
            gradients[f"beta{i}"] = norm.bias.grad.numpy()[:, None]
        return logits.detach().numpy().T, cost.item(), gradients

    def running(self):
        found = {}
        for i, norm in enumerate(self.norms, 1):
            found[f"mean{i}"] = norm.running_mean.numpy()[:, None]
            found[f"var{i}"] = norm.running_var.numpy()[:, None]
        return found

    def infer(self, x):
        self.model.eval()
        with torch.no_grad():
            return self.model(torch.from_numpy(x.T.copy())).numpy().T

    def train(self, batch):
        x, y = batch
        self.model.train()
        cost = self.loss(self.model(x), y)
        self.optimizer.zero_grad()
        cost.backward()
        self.optimizer.step()
        return cost.item()


def minimize(learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=learning_rate)
    for _ in range(steps):
        cost = w**2 - 10 * w + 25
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
    return w.item()
