"""JAX with Flax: flax.nnx.BatchNorm, gradients and compilation by nnx."""

import flax
import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx

VERSIONS = {"flax": flax.__version__, "jax": jax.__version__}


class Model(nnx.Module):
    def __init__(self, weights):
        depth = sum(name.startswith("W") for name in weights)
        linears, norms, rngs = [], [], nnx.Rngs(0)
        for number in range(1, depth + 1):
            last = number == depth
            n_out, n_in = weights[f"W{number}"].shape
            linear = nnx.Linear(n_in, n_out, use_bias=last, rngs=rngs)
            linear.kernel.set_value(jnp.array(weights[f"W{number}"].T))
            linears.append(linear)
            if last:
                linear.bias.set_value(jnp.array(weights[f"b{number}"][:, 0]))
            else:
                norm = nnx.BatchNorm(n_out, rngs=rngs)
                norm.scale.set_value(jnp.array(weights[f"gamma{number}"][:, 0]))
                norm.bias.set_value(jnp.array(weights[f"beta{number}"][:, 0]))
                norms.append(norm)
        self.linears, self.norms = nnx.List(linears), nnx.List(norms)

    def __call__(self, a):
        for linear, norm in zip(self.linears, self.norms):
            a = jax.nn.sigmoid(norm(linear(a)))
        return self.linears[-1](a)


def cost_of(model, x, y):
    logits = model(x)
    return -jnp.take_along_axis(jax.nn.log_softmax(logits), y[:, None], 1).mean(), logits


@nnx.jit
def gradients_of(model, x, y):
    return nnx.value_and_grad(cost_of, has_aux=True)(model, x, y)


@nnx.jit
def train_step(model, x, y):
    (cost, _), gradients = nnx.value_and_grad(cost_of, has_aux=True)(model, x, y)
    parameters = nnx.state(model, nnx.Param)
    stepped = jax.tree.map(lambda w, dw: w - 0.1 * dw, parameters, gradients)
    nnx.update(model, stepped)
    return cost


class Net:
    def __init__(self, weights):
        self.model = Model(weights)

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
        self.model.train()
        return float(train_step(self.model, *batch))


def column(variable):
    value = np.array(variable[...])
    return value[:, None] if value.ndim == 1 else value


def minimize(learning_rate, steps):
    slope, w = jax.jit(jax.grad(lambda w: w**2 - 10 * w + 25)), 0.0
    for _ in range(steps):
        w = w - learning_rate * slope(w)
    return float(w)
