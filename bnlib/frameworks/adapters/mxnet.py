"""MXNet: gluon.nn.BatchNorm, gradients by autograd, the network hybridized."""

from itertools import pairwise

import mxnet as mx
from mxnet import autograd, gluon, nd
from shared import layer_sizes

VERSIONS = {"mxnet": mx.__version__}


def network(sizes):
    model = gluon.nn.HybridSequential()
    for n_in, n_out in pairwise(sizes[:-1]):
        model.add(gluon.nn.Dense(n_out, in_units=n_in, use_bias=False))
        model.add(gluon.nn.BatchNorm(in_channels=n_out), gluon.nn.Activation("sigmoid"))
    model.add(gluon.nn.Dense(sizes[-1], in_units=sizes[-2]))
    model.initialize()
    model.hybridize()
    return model


def training(model):
    trainer = gluon.Trainer(model.collect_params(), "sgd", {"learning_rate": 0.1})
    return gluon.loss.SoftmaxCrossEntropyLoss(), trainer


def train_step(model, loss, trainer, x, y):
    with autograd.record():
        cost = loss(model(x), y)
    cost.backward()
    trainer.step(len(x))
    return float(cost.mean().asscalar())


class Net:
    def __init__(self, weights):
        self.model = network(layer_sizes(weights))
        self.loss, self.trainer = training(self.model)
        self.linears = [each for each in self.model if isinstance(each, gluon.nn.Dense)]
        self.norms = [each for each in self.model if isinstance(each, gluon.nn.BatchNorm)]
        self.depth = len(self.linears)
        for i, linear in enumerate(self.linears, 1):
            linear.weight.set_data(nd.array(weights[f"W{i}"]))
        self.linears[-1].bias.set_data(nd.array(weights[f"b{self.depth}"][:, 0]))
        for i, norm in enumerate(self.norms, 1):
            norm.gamma.set_data(nd.array(weights[f"gamma{i}"][:, 0]))
            norm.beta.set_data(nd.array(weights[f"beta{i}"][:, 0]))

    def batch(self, x, y):
        return nd.array(x.T), nd.array(y)

    def step(self, batch):
        x, y = batch
        with autograd.record():
            logits = self.model(x)
            cost = self.loss(logits, y).mean()
        cost.backward()
        gradients = {
            f"W{i}": each.weight.grad().asnumpy() for i, each in enumerate(self.linears, 1)
        }
        gradients[f"b{self.depth}"] = self.linears[-1].bias.grad().asnumpy()[:, None]
        for i, norm in enumerate(self.norms, 1):
            gradients[f"gamma{i}"] = norm.gamma.grad().asnumpy()[:, None]
            gradients[f"beta{i}"] = norm.beta.grad().asnumpy()[:, None]
        return logits.asnumpy().T, float(cost.asscalar()), gradients

    def running(self):
        found = {}
        for i, norm in enumerate(self.norms, 1):
            found[f"mean{i}"] = norm.running_mean.data().asnumpy()[:, None]
            found[f"var{i}"] = norm.running_var.data().asnumpy()[:, None]
        return found

    def infer(self, x):
        return self.model(nd.array(x.T)).asnumpy().T

    def train(self, batch):
        return train_step(self.model, self.loss, self.trainer, *batch)


def minimize(learning_rate, steps):
    w = nd.array([0.0])
    w.attach_grad()
    for _ in range(steps):
        with autograd.record():
            cost = w**2 - 10 * w + 25
        cost.backward()
        w -= learning_rate * w.grad
    return float(w.asscalar())
