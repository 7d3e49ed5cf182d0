"""MXNet: gluon.nn.BatchNorm, gradients by autograd, the network hybridized."""

import mxnet as mx
from mxnet import autograd, gluon, nd

VERSIONS = {"mxnet": mx.__version__}


class Net:
    def __init__(self, weights):
        self.depth = sum(name.startswith("W") for name in weights)
        self.model, self.linears, self.norms = gluon.nn.HybridSequential(), [], []
        for i in range(1, self.depth + 1):
            last = i == self.depth
            n_out, n_in = weights[f"W{i}"].shape
            self.linears.append(gluon.nn.Dense(n_out, in_units=n_in, use_bias=last))
            self.model.add(self.linears[-1])
            if not last:
                self.norms.append(gluon.nn.BatchNorm(in_channels=n_out))
                self.model.add(self.norms[-1], gluon.nn.Activation("sigmoid"))
        self.model.initialize()
        for i, linear in enumerate(self.linears, 1):
            linear.weight.set_data(nd.array(weights[f"W{i}"]))
        self.linears[-1].bias.set_data(nd.array(weights[f"b{self.depth}"][:, 0]))
        for i, norm in enumerate(self.norms, 1):
            norm.gamma.set_data(nd.array(weights[f"gamma{i}"][:, 0]))
            norm.beta.set_data(nd.array(weights[f"beta{i}"][:, 0]))
        self.model.hybridize()
        self.loss = gluon.loss.SoftmaxCrossEntropyLoss()
        self.trainer = gluon.Trainer(self.model.collect_params(), "sgd", {"learning_rate": 0.1})

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
        x, y = batch
        with autograd.record():
            cost = self.loss(self.model(x), y)
        cost.backward()
        self.trainer.step(len(x))
        return float(cost.mean().asscalar())


def minimize(learning_rate, steps):
    w = nd.array([0.0])
    w.attach_grad()
    for _ in range(steps):
        with autograd.record():
            cost = w**2 - 10 * w + 25
        cost.backward()
        w -= learning_rate * w.grad
    return float(w.asscalar())
