"""1. The arrays of a Keras model, by layer and name, in keras.npz; and a batch to compare with."""

import keras
import numpy as np

model = keras.saving.load_model("model.keras")  # yours
x = np.load("digits.npz")["x_test"][:100]  # any batch of yours

arrays = {"check/x": x, "check/y": keras.ops.convert_to_numpy(model(x, training=False))}
for layer in model.layers:
    for variable in layer.weights:
        arrays[f"{layer.name}/{variable.name}"] = variable.numpy()
    if isinstance(layer, keras.layers.BatchNormalization):
        arrays[f"{layer.name}/epsilon"] = layer.epsilon
        arrays[f"{layer.name}/momentum"] = layer.momentum
np.savez("keras.npz", **arrays)
for name in arrays:
    print(name, np.shape(arrays[name]))
