"""Keras 3 on JAX: gradients by jax.grad of the stateless call, steps by train_on_batch."""

import jax
import jax.numpy as jnp
import keras
import keras_model
import numpy as np

VERSIONS = {"keras": keras.__version__, "jax": jax.__version__}


class Net:
    def __init__(self, weights):
        self.model = keras_model.build(weights)

    def batch(self, x, y):
        return jnp.array(x.T), jnp.array(y)

    def step(self, batch):
        x, y = batch
        model = self.model

        def cost_of(trainable, state):
            logits, state = model.stateless_call(trainable, state, x, training=True)
            return model.loss(y, logits), (logits, state)

        trainable = [v.value for v in model.trainable_variables]
        state = [v.value for v in model.non_trainable_variables]
        slope = jax.value_and_grad(cost_of, has_aux=True)
        (cost, (logits, state)), gradients = slope(trainable, state)
        for variable, value in zip(model.non_trainable_variables, state):
            variable.assign(value)
        return np.array(logits).T, float(cost), keras_model.by_name(gradients)

    def running(self):
        return keras_model.running(self.model)

    def infer(self, x):
        return np.array(self.model(jnp.array(x.T), training=False)).T

    def train(self, batch):
        return keras_model.train_step(self.model, *batch)


def minimize(learning_rate, steps):
    slope, w = jax.jit(jax.grad(lambda w: w**2 - 10 * w + 25)), 0.0
    for _ in range(steps):
        w = w - learning_rate * slope(w)
    return float(w)
