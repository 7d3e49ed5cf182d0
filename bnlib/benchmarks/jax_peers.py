"""The same work in JAX, compiled by jax.jit, one row an example; and Flax's batch norm."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx

jax.config.update("jax_enable_x64", True)  # or float64 would be float32 without a word

EPS, DECAY = 1e-5, 0.9


def array(numbers: np.ndarray) -> jax.Array:
    """(n, m) -> (m, n); a column (n, 1) -> (n,)."""
    return jnp.array(numbers[:, 0] if numbers.shape[1] == 1 else numbers.T)


def normalized(z, gamma, beta):
    """z (m, n) -> z_tilde, and the batch's mean and variance."""
    mu, var = z.mean(0), z.var(0)
    return gamma * (z - mu) / jnp.sqrt(var + EPS) + beta, (mu, var)


def batch_norm(b) -> dict:
    """Forward and backward as one compiled function."""
    *inputs, dz_tilde = (array(each) for each in b)

    @jax.jit
    def step(inputs, dz_tilde):
        z_tilde, pull_back, _ = jax.vjp(normalized, *inputs, has_aux=True)
        return z_tilde, *pull_back(dz_tilde)

    return {"JAX jit": lambda: jax.block_until_ready(step(inputs, dz_tilde))}


def cross_entropy(logits, labels):
    """The mean cost of logits (m, C)."""
    return -jnp.take_along_axis(jax.nn.log_softmax(logits), labels[:, None], 1).mean()


def softmax_cross_entropy(z: np.ndarray, y: np.ndarray):
    """The cost and its gradient, from logits (C, m) and labels (m,)."""
    step, logits, labels = jax.jit(jax.value_and_grad(cross_entropy)), array(z), jnp.array(y)
    return lambda: jax.block_until_ready(step(logits, labels))


def training_step(
    parameters: dict[str, np.ndarray],
    activation: str,
    learning_rate: float,
    x: np.ndarray,
    y: np.ndarray,
):
    """Forward, backward, update and running statistics as one compiled function."""
    depth = sum(name.startswith("W") for name in parameters)
    g = {"sigmoid": jax.nn.sigmoid, "relu": jax.nn.relu}[activation]
    weights = {name: array(value) for name, value in parameters.items()}
    running = {i: (weights[f"beta{i}"] * 0, weights[f"gamma{i}"] * 0 + 1) for i in range(1, depth)}
    inputs, labels = array(x), jnp.array(y)

    def cost_of(weights, a):
        statistics = {}
        for i in range(1, depth):
            z_tilde, statistics[i] = normalized(
                a @ weights[f"W{i}"], weights[f"gamma{i}"], weights[f"beta{i}"]
            )
            a = g(z_tilde)
        logits = a @ weights[f"W{depth}"] + weights[f"b{depth}"]
        return cross_entropy(logits, labels), statistics

    @jax.jit
    def whole_step(weights, running):
        (cost, statistics), d = jax.value_and_grad(cost_of, has_aux=True)(weights, inputs)
        weights = jax.tree.map(lambda w, dw: w - learning_rate * dw, weights, d)
        running = jax.tree.map(lambda r, s: DECAY * r + (1 - DECAY) * s, running, statistics)
        return weights, running, cost

    def step():
        nonlocal weights, running
        weights, running, cost = whole_step(weights, running)
        return float(cost)

    return step


def batch_norm_output(z: np.ndarray) -> np.ndarray:
    """What Flax's default makes of z (n, m) in training, as (n, m)."""
    norm = nnx.BatchNorm(z.shape[0], use_running_average=False, rngs=nnx.Rngs(0))
    return np.asarray(norm(array(z))).T
