"""JAX with Flax: flax.nnx.BatchNorm, gradients and compilation by nnx."""

from itertools import pairwise

import flax
import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx
from shared import layer_sizes

VERSIONS = {"flax": flax.__version__, "jax": jax.__version__}


class Model(nnx.Module):
    def __init__(self, sizes, rngs):
        linears = [nnx.Linear(*each, use_bias=False, rngs=rngs) for each in pairwise(sizes[:-1])]
        self.linears = nnx.List([*linears, nnx.Linear(*sizes[-2:], rngs=rngs)])
        self.norms = nnx.List([nnx.BatchNorm(n_out, rngs=rngs) for n_out in sizes[1:-1]])

    def __call__(self, a):
        for linear, norm in zip(self.linears, self.norms):
            a = jax.nn.sigmoid(norm(linear(a)))
        return self.linears[-1](a)


def cost_of(model, x, y):
    logits = model(x)
    return optax.softmax_cross_entropy_with_integer_labels(logits, y).mean(), logits


@nnx.jit
def train_step(model, optimizer, x, y):
    (cost, _), gradients = nnx.value_and_grad(cost_of, has_aux=True)(model, x, y)
    optimizer.update(model, gradients)
    return cost


def training(model):
    optimizer = nnx.Optimizer(model, optax.sgd(0.1), wrt=nnx.Param)
    return nnx.cached_partial(train_step, model, optimizer)


@nnx.jit
def gradients_of(model, x, y):
    return nnx.value_and_grad(cost_of, has_aux=True)(model, x, y)


class Net:
    def __init__(self, weights):
        self.model, self.descend = Model(layer_sizes(weights), nnx.Rngs(0)), None
        for i, linear in enumerate(self.model.linears, 1):
            linear.kernel.set_value(jnp.array(weights[f"W{i}"].T))
        linear.bias.set_value(jnp.array(weights[f"b{i}"][:, 0]))
        for i, norm in enumerate(self.model.norms, 1):
            norm.scale.set_value(jnp.array(weights[f"gamma{i}"][:, 0]))
            norm.bias.set_value(jnp.array(weights[f"beta{i}"][:, 0]))

    def batch(self, x, y):
        return jnp.array(x.T), jnp.array(y)

    def step(self, batch):
        self.model.train()
        (cost, logits), d = gradients_of(self.model, *batch)
        depth = len(self.model.linears)
        gradients = {f"W{i + 1}": column(d["linears"][i]["kernel"]).T for i in range(depth)}
        gradients[f"b{depth}"] = column(d["linears"][depth - 1]["bias"])
        for i in range(depth - 1):
            gradients[f"gamma{i + 1}"] = column(d["norms"][i]["scale"])
            gradients[f"beta{i + 1}"] = column(d["norms"][i]["bias"])
        return np.array(logits).T, float(cost), gradients

    def running(self):
        found = {}
        for i, norm in enumerate(self.model.norms, 1):
            found[f"mean{i}"], found[f"var{i}"] = column(norm.mean), column(norm.var)
        return found

    def infer(self, x):
        self.model.eval()
        return np.array(self.model(jnp.array(x.T))).T

    def train(self, batch):
        if self.descend is None:  # once, in training mode: what it keeps is not looked at again
            self.model.train()
            self.descend = training(self.model)
        return float(self.descend(*batch))

    def train_uncached(self, batch):
        """As `train`, but every call walks through the model."""
        if self.descend is None:
            self.model.train()
            self.descend = nnx.Optimizer(self.model, optax.sgd(0.1), wrt=nnx.Param)
        return float(train_step(self.model, self.descend, *batch))


def column(variable):
    value = np.array(variable[...])
    return value[:, None] if value.ndim == 1 else value


def minimize(learning_rate, steps):
    slope, w = jax.jit(jax.grad(lambda w: w**2 - 10 * w + 25)), 0.0
    for _ in range(steps):
        w = w - learning_rate * slope(w)
    return float(w)
