"""Keras 3 on TensorFlow: gradients by tf.GradientTape, steps by train_on_batch."""

import keras
import keras_model
import numpy as np
import tensorflow as tf

VERSIONS = {"keras": keras.__version__, "tensorflow": tf.__version__}


class Net:
    def __init__(self, weights):
        self.model = keras_model.build(weights)

    def batch(self, x, y):
        return tf.constant(x.T), tf.constant(y)

    def step(self, batch):
        x, y = batch
        with tf.GradientTape() as tape:
            logits = self.model(x, training=True)
            cost = self.model.loss(y, logits)
        gradients = tape.gradient(cost, [v.value for v in self.model.trainable_variables])
        return logits.numpy().T, float(cost), keras_model.by_name(gradients)

    def running(self):
        return keras_model.running(self.model)

    def infer(self, x):
        return np.array(self.model(tf.constant(x.T), training=False)).T

    def train(self, batch):
        return keras_model.train_step(self.model, *batch)


def minimize(learning_rate, steps):
    w = tf.Variable(0.0)
    for _ in range(steps):
        with tf.GradientTape() as tape:
            cost = w**2 - 10 * w + 25
        w.assign_sub(learning_rate * tape.gradient(cost, w))
    return float(w)
