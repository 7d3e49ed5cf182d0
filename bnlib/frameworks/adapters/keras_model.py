"""The Keras model that both backends train: Dense, BatchNormalization, sigmoid."""

from itertools import pairwise

import keras
import numpy as np
from shared import layer_sizes


def network(sizes):
    layers = [keras.Input((sizes[0],))]
    for _, n_out in pairwise(sizes[:-1]):
        layers.append(keras.layers.Dense(n_out, use_bias=False))
        layers.append(keras.layers.BatchNormalization())
        layers.append(keras.layers.Activation("sigmoid"))
    return keras.Sequential([*layers, keras.layers.Dense(sizes[-1])])


def training(model):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(0.1), loss)


def train_step(model, x, y):
    return float(model.train_on_batch(x, y))


def build(weights):
    sizes = layer_sizes(weights)
    model, depth = network(sizes), len(sizes) - 1
    values = []
    for number in range(1, depth):
        values += [weights[f"W{number}"].T, weights[f"gamma{number}"], weights[f"beta{number}"]]
    values += [weights[f"W{depth}"].T, weights[f"b{depth}"]]
    for variable, value in zip(model.trainable_variables, values):
        variable.assign(value.reshape(variable.shape))
    training(model)
    return model


def by_name(gradients):
    """Gradients in the order of `trainable_variables`, by bnlib's names."""
    names = [
        f"{name}{i + 1}" for i in range(len(gradients) // 3) for name in ("W", "gamma", "beta")
    ]
    names += [f"W{len(gradients) // 3 + 1}", f"b{len(gradients) // 3 + 1}"]
    arrays = [np.array(each) for each in gradients]
    return {name: a.T if a.ndim == 2 else a[:, None] for name, a in zip(names, arrays)}


def running(model):
    found, number = {}, 0
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            number += 1
            found[f"mean{number}"] = np.array(layer.moving_mean)[:, None]
            found[f"var{number}"] = np.array(layer.moving_variance)[:, None]
    return found
