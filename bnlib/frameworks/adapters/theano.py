"""Theano: batch_normalization_train and _test, a graph compiled before it runs."""

import numpy as np
import theano
import theano.tensor as T
from theano.tensor.nnet.bn import batch_normalization_test, batch_normalization_train

VERSIONS = {"theano": theano.__version__}


class Net:
    def __init__(self, weights):
        self.depth = sum(name.startswith("W") for name in weights)
        self.parameters = {
            name: theano.shared(value.T.copy() if name[0] == "W" else value[:, 0].copy(), name)
            for name, value in weights.items()
        }
        self.averages = {}
        for i in range(1, self.depth):
            n = len(weights[f"beta{i}"])
            self.averages[f"mean{i}"] = theano.shared(np.zeros(n, np.float32))
            self.averages[f"var{i}"] = theano.shared(np.ones(n, np.float32))
        x, y = T.fmatrix("x"), T.lvector("y")
        logits, updates = self.graph(x, training=True)
        cost = T.nnet.categorical_crossentropy(T.nnet.softmax(logits), y).mean()
        names, values = zip(*self.parameters.items())
        gradients = T.grad(cost, list(values))
        self.names = names
        self.step_function = theano.function([x, y], [logits, cost, *gradients], updates=updates)
        descent = [(w, w - np.float32(0.1) * dw) for w, dw in zip(values, gradients)]
        self.train_function = theano.function([x, y], cost, updates=[*updates, *descent])
        self.infer_function = theano.function([x], self.graph(x, training=False)[0])

    def graph(self, a, training):
        w, updates = {**self.parameters, **self.averages}, []
        for i in range(1, self.depth):
            z = T.dot(a, w[f"W{i}"])
            statistics = [w[f"{name}{i}"] for name in ("gamma", "beta", "mean", "var")]
            gamma, beta, mean, var = statistics
            if training:
                z, _, _, new_mean, new_var = batch_normalization_train(
                    z, gamma, beta, running_mean=mean, running_var=var
                )
                updates += [(mean, new_mean), (var, new_var)]
            else:
                z = batch_normalization_test(z, *statistics)
            a = T.nnet.sigmoid(z)
        return T.dot(a, w[f"W{self.depth}"]) + w[f"b{self.depth}"], updates

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
        return {name: each.get_value()[:, None] for name, each in self.averages.items()}

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
