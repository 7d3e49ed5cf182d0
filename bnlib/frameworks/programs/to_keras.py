"""4. Keras' layers with the arrays of to_keras.npz, and the same batch through them."""

import keras
import numpy as np
from keras import layers

w = dict(np.load("to_keras.npz"))
values = {}  # what each layer is to hold, once the model has built it


def dense(name):
    kernel = w[f"{name}.weight"].T  # PyTorch has (n_out, n_in), Keras (n_in, n_out)
    bias = [w[f"{name}.bias"]] if f"{name}.bias" in w else []
    values[name] = [kernel, *bias]
    return layers.Dense(kernel.shape[1], use_bias=bool(bias), name=name)


def norm(name):
    values[name] = [
        w[f"{name}.{key}"] for key in ("gamma", "beta", "moving_mean", "moving_variance")
    ]
    eps, momentum = float(w[f"{name}.epsilon"]), float(w[f"{name}.momentum"])
    return layers.BatchNormalization(epsilon=eps, momentum=momentum, name=name)


model = keras.Sequential(  # your model, with the names of the PyTorch layers
    [
        keras.Input(w["check/x"].shape[1:]),
        dense("0"),
        norm("1"),
        layers.ReLU(),
        dense("3"),
        norm("4"),
        layers.ReLU(),
        dense("6"),
    ]
)
for name, arrays in values.items():
    model.get_layer(name).set_weights(arrays)
apart = np.abs(model.predict(w["check/x"], verbose=0) - w["check/y"]).max()
print(f"largest difference from PyTorch: {apart:.0e}")
