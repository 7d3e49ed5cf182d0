"""Chainer: links.BatchNormalization, gradients by define-by-run."""

import chainer
import chainer.functions as F
import chainer.links as L
import numpy as np

VERSIONS = {"chainer": chainer.__version__}


class Net:
    def __init__(self, weights):
        self.depth = sum(name.startswith("W") for name in weights)
        self.linears, self.norms = [], []
        for i in range(1, self.depth + 1):
            last = i == self.depth
            n_out, n_in = weights[f"W{i}"].shape
            linear = L.Linear(n_in, n_out, nobias=not last, initialW=weights[f"W{i}"])
            self.linears.append(linear)
            if last:
                linear.b.array[...] = weights[f"b{i}"][:, 0]
            else:
                norm = L.BatchNormalization(n_out)
                norm.gamma.array[...] = weights[f"gamma{i}"][:, 0]
                norm.beta.array[...] = weights[f"beta{i}"][:, 0]
                self.norms.append(norm)
        self.model = chainer.ChainList(*self.linears, *self.norms)
        self.optimizer = chainer.optimizers.SGD(0.1)
        self.optimizer.setup(self.model)

    def forward(self, a):
        for linear, norm in zip(self.linears, self.norms):
            a = F.sigmoid(norm(linear(a)))
        return self.linears[-1](a)

    def batch(self, x, y):
        return np.ascontiguousarray(x.T), y.astype(np.int32)

    def step(self, batch):
        x, y = batch
        self.model.cleargrads()
        with chainer.using_config("train", True):
            logits = self.forward(x)
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
            return self.forward(np.ascontiguousarray(x.T)).array.T

    def train(self, batch):
        x, y = batch
        cost = F.softmax_cross_entropy(self.forward(x), y)
        self.model.cleargrads()
        cost.backward()
        self.optimizer.update()
        return float(cost.array)


def minimize(learning_rate, steps):
    w = chainer.Variable(np.array(0.0, np.float32))
    for _ in range(steps):
        cost = w**2 - 10 * w + 25
        w.cleargrad()
        cost.backward()
        w.array -= learning_rate * w.grad
    return float(w.array)
