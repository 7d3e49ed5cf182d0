"""PyTorch: torch.nn.BatchNorm1d between linear layers, gradients by autograd."""

from itertools import pairwise

import torch
from shared import layer_sizes
from torch import nn

VERSIONS = {"torch": torch.__version__}


def network(sizes):
    layers = []
    for n_in, n_out in pairwise(sizes[:-1]):
        layers += [nn.Linear(n_in, n_out, bias=False), nn.BatchNorm1d(n_out), nn.Sigmoid()]
    return nn.Sequential(*layers, nn.Linear(*sizes[-2:]))


def training(model):
    return nn.CrossEntropyLoss(), torch.optim.SGD(model.parameters(), lr=0.1)


def train_step(model, loss, optimizer, x, y):
    model.train()
    cost = loss(model(x), y)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    return cost.item()


class Net:
    def __init__(self, weights):
        self.model = network(layer_sizes(weights))
        self.loss, self.optimizer = training(self.model)
        self.linears = [each for each in self.model if isinstance(each, nn.Linear)]
        self.norms = [each for each in self.model if isinstance(each, nn.BatchNorm1d)]
        self.depth = len(self.linears)
        tensors = {name: torch.from_numpy(value) for name, value in weights.items()}
        for i, linear in enumerate(self.linears, 1):
            linear.weight.data.copy_(tensors[f"W{i}"])
        self.linears[-1].bias.data.copy_(tensors[f"b{self.depth}"][:, 0])
        for i, norm in enumerate(self.norms, 1):
            norm.weight.data.copy_(tensors[f"gamma{i}"][:, 0])
            norm.bias.data.copy_(tensors[f"beta{i}"][:, 0])

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
        return train_step(self.model, self.loss, self.optimizer, *batch)


def minimize(learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=learning_rate)
    for _ in range(steps):
        cost = w**2 - 10 * w + 25
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
    return w.item()
