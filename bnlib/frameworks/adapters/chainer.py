"""Chainer: links.BatchNormalization, gradients by define-by-run."""

from itertools import pairwise

import chainer
import chainer.functions as F
import chainer.links as L
import numpy as np
from shared import layer_sizes

VERSIONS = {"chainer": chainer.__version__}


class Model(chainer.Chain):
    def __init__(self, sizes):
        super().__init__()
        with self.init_scope():
            hidden = [L.Linear(n_in, n_out, nobias=True) for n_in, n_out in pairwise(sizes[:-1])]
            self.linears = chainer.ChainList(*hidden, L.Linear(*sizes[-2:]))
            self.norms = chainer.ChainList(*map(L.BatchNormalization, sizes[1:-1]))

    def forward(self, a):
        for linear, norm in zip(self.linears, self.norms):
            a = F.sigmoid(norm(linear(a)))
        return self.linears[-1](a)


def training(model):
    return chainer.optimizers.SGD(0.1).setup(model)


def train_step(model, optimizer, x, y):
    cost = F.softmax_cross_entropy(model(x), y)
    model.cleargrads()
    cost.backward()
    optimizer.update()
    return float(cost.array)


class Net:
    def __init__(self, weights):
        self.model = Model(layer_sizes(weights))
        self.optimizer = training(self.model)
        self.linears, self.norms = self.model.linears, self.model.norms
        self.depth = len(self.linears)
        for i, linear in enumerate(self.linears, 1):
            linear.W.array[...] = weights[f"W{i}"]
        self.linears[-1].b.array[...] = weights[f"b{self.depth}"][:, 0]
        for i, norm in enumerate(self.norms, 1):
            norm.gamma.array[...] = weights[f"gamma{i}"][:, 0]
            norm.beta.array[...] = weights[f"beta{i}"][:, 0]

    def batch(self, x, y):
        return np.ascontiguousarray(x.T), y.astype(np.int32)

    def step(self, batch):
        x, y = batch
        self.model.cleargrads()
        with chainer.using_config("train", True):
            logits = self.model(x)
            cost = F.softmax_cross_entropy(logits, y)
        cost.backward()
        gradients = {f"W{i}": each.W.grad for i, each in enumerate(self.linears, 1)}
        gradients[f"b{self.depth}"] = self.linears[-1].b.grad[:, None]
        for i, norm in enumerate(self.norms, 1):
            gradients[f"gamma{i}"] = norm.gamma.grad[:, None]
            gradients[f"beta{i}"] = norm.beta.grad[:, None]
        return logits.array.T, float(cost.array), gradients

    def running(self):
        found = {}
        for i, norm in enumerate(self.norms, 1):
            found[f"mean{i}"], found[f"var{i}"] = norm.avg_mean[:, None], norm.avg_var[:, None]
        return found

    def infer(self, x):
        with chainer.using_config("train", False), chainer.no_backprop_mode():
            return self.model(np.ascontiguousarray(x.T)).array.T

    def train(self, batch):
        return train_step(self.model, self.optimizer, *batch)


def minimize(learning_rate, steps):
    w = chainer.Variable(np.array(0.0, np.float32))
    for _ in range(steps):
        cost = w**2 - 10 * w + 25
        w.cleargrad()
        cost.backward()
        w.array -= learning_rate * w.grad
    return float(w.array)
