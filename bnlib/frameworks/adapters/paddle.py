"""PaddlePaddle: paddle.nn.BatchNorm1D, gradients by autograd."""

from itertools import pairwise

import paddle
from paddle import nn
from shared import layer_sizes

VERSIONS = {"paddlepaddle": paddle.__version__}


def network(sizes):
    layers = []
    for n_in, n_out in pairwise(sizes[:-1]):
        layers += [nn.Linear(n_in, n_out, bias_attr=False), nn.BatchNorm1D(n_out), nn.Sigmoid()]
    return nn.Sequential(*layers, nn.Linear(*sizes[-2:]))


def training(model):
    return nn.CrossEntropyLoss(), paddle.optimizer.SGD(0.1, parameters=model.parameters())


def train_step(model, loss, optimizer, x, y):
    model.train()
    cost = loss(model(x), y)
    optimizer.clear_grad()
    cost.backward()
    optimizer.step()
    return float(cost)


class Net:
    def __init__(self, weights):
        self.model = network(layer_sizes(weights))
        self.loss, self.optimizer = training(self.model)
        self.linears = [each for each in self.model if isinstance(each, nn.Linear)]
        self.norms = [each for each in self.model if isinstance(each, nn.BatchNorm1D)]
        self.depth = len(self.linears)
        for i, linear in enumerate(self.linears, 1):
            linear.weight.set_value(weights[f"W{i}"].T)
        self.linears[-1].bias.set_value(weights[f"b{self.depth}"][:, 0])
        for i, norm in enumerate(self.norms, 1):
            norm.weight.set_value(weights[f"gamma{i}"][:, 0])
            norm.bias.set_value(weights[f"beta{i}"][:, 0])

    def batch(self, x, y):
        return paddle.to_tensor(x.T.copy()), paddle.to_tensor(y)

    def step(self, batch):
        x, y = batch
        self.model.train()
        self.optimizer.clear_grad()
        logits = self.model(x)
        cost = self.loss(logits, y)
        cost.backward()
        gradients = {f"W{i}": each.weight.grad.numpy().T for i, each in enumerate(self.linears, 1)}
        gradients[f"b{self.depth}"] = self.linears[-1].bias.grad.numpy()[:, None]
        for i, norm in enumerate(self.norms, 1):
            gradients[f"gamma{i}"] = norm.weight.grad.numpy()[:, None]
            gradients[f"beta{i}"] = norm.bias.grad.numpy()[:, None]
        return logits.numpy().T, float(cost), gradients

    def running(self):
        found = {}
        for i, norm in enumerate(self.norms, 1):
            found[f"mean{i}"] = norm._mean.numpy()[:, None]
            found[f"var{i}"] = norm._variance.numpy()[:, None]
        return found

    def infer(self, x):
        self.model.eval()
        with paddle.no_grad():
            return self.model(paddle.to_tensor(x.T.copy())).numpy().T

    def train(self, batch):
        return train_step(self.model, self.loss, self.optimizer, *batch)


def minimize(learning_rate, steps):
    w = paddle.to_tensor(0.0, stop_gradient=False)
    optimizer = paddle.optimizer.SGD(learning_rate, parameters=[w])
    for _ in range(steps):
        cost = w**2 - 10 * w + 25
        optimizer.clear_grad()
        cost.backward()
        optimizer.step()
    return float(w)
