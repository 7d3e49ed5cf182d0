"""Theano: batch_normalization_train and _test, a graph compiled before it runs."""

from itertools import pairwise

import numpy as np
import theano
import theano.tensor as T
from shared import layer_sizes
from theano.tensor.nnet.bn import batch_normalization_test, batch_normalization_train

VERSIONS = {"theano": theano.__version__}


def parameters(sizes):
    rng, w = np.random.RandomState(0), {}
    for i, (n_in, n_out) in enumerate(pairwise(sizes), 1):
        w[f"W{i}"] = theano.shared((rng.randn(n_in, n_out) / n_in**0.5).astype("float32"))
        for name, value in (("gamma", 1), ("beta", 0), ("mean", 0), ("var", 1)):
            if i < len(sizes) - 1:
                w[f"{name}{i}"] = theano.shared(np.full(n_out, value, "float32"))
    w[f"b{i}"] = theano.shared(np.zeros(n_out, "float32"))
    return w


def network(w, depth, a, training):
    updates = []
    for i in range(1, depth):
        z = T.dot(a, w[f"W{i}"])
        gamma, beta, mean, var = (w[f"{name}{i}"] for name in ("gamma", "beta", "mean", "var"))
        if training:
            z, _, _, new_mean, new_var = batch_normalization_train(
                z, gamma, beta, running_mean=mean, running_var=var
            )
            updates += [(mean, new_mean), (var, new_var)]
        else:
            z = batch_normalization_test(z, gamma, beta, mean, var)
        a = T.nnet.sigmoid(z)
    return T.dot(a, w[f"W{depth}"]) + w[f"b{depth}"], updates


def train_step(w, depth):
    x, y = T.fmatrix("x"), T.lvector("y")
    logits, updates = network(w, depth, x, training=True)
    cost = T.nnet.categorical_crossentropy(T.nnet.softmax(logits), y).mean()
    learned = [each for name, each in w.items() if name[:3] not in ("mea", "var")]
    gradients = T.grad(cost, learned)
    descent = [(each, each - np.float32(0.1) * d) for each, d in zip(learned, gradients)]
    return theano.function([x, y], cost, updates=[*updates, *descent])


class Net:
    def __init__(self, weights):
        sizes = layer_sizes(weights)
        self.w, depth = parameters(sizes), len(sizes) - 1
        for name, value in weights.items():
            self.w[name].set_value(value.T.copy() if name[0] == "W" else value[:, 0].copy())
        self.names = list(weights)
        x, y = T.fmatrix("x"), T.lvector("y")
        logits, updates = network(self.w, depth, x, training=True)
        cost = T.nnet.categorical_crossentropy(T.nnet.softmax(logits), y).mean()
        gradients = T.grad(cost, [self.w[name] for name in self.names])
        self.step_function = theano.function([x, y], [logits, cost, *gradients], updates=updates)
        self.train_function = train_step(self.w, depth)
        self.infer_function = theano.function([x], network(self.w, depth, x, training=False)[0])

    def batch(self, x, y):
        return np.ascontiguousarray(x.T), y

    def step(self, batch):
        logits, cost, *gradients = self.step_function(*batch)
        found = {
            name: value.T if name[0] == "W" else value[:, None]
            for name, value in zip(self.names, gradients)
        }
        return logits.T, cost, found

    def running(self):
        kept = [name for name in self.w if name[:3] in ("mea", "var")]
        return {name: self.w[name].get_value()[:, None] for name in kept}

    def infer(self, x):
        return self.infer_function(np.ascontiguousarray(x.T)).T

    def train(self, batch):
        return float(self.train_function(*batch))


def minimize(learning_rate, steps):
    w = theano.shared(0.0)
    cost = w**2 - 10 * w + 25
    step = theano.function([], cost, updates=[(w, w - learning_rate * T.grad(cost, w))])
    for _ in range(steps):
        step()
    return float(w.get_value())
