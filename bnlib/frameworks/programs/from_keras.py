"""1. The arrays of a Keras model, by layer and name, in keras.npz; and a batch to compare with."""

import keras
import numpy as np

model = keras.saving.load_model("model.keras")  # yours
x = np.load("digits.npz")["x_test"][:100].astype(np.float32)  # any batch of yours


def flat(layers):  # a model may hold another model
    for layer in layers:
        yield from flat(layer.layers) if hasattr(layer, "layers") else [layer]


arrays = {"check/x": x, "check/y": keras.ops.convert_to_numpy(model(x, training=False))}
print("layer, its name, its activation, in the model's order:")
names = [layer.name for layer in flat(model.layers)]
assert len(set(names)) == len(names), f"two layers have one name, rename one: {sorted(names)}"
for layer in flat(model.layers):
    for variable in layer.weights:
        arrays[f"{layer.name}/{variable.name}"] = variable.numpy()
    if isinstance(layer, keras.layers.BatchNormalization):
        arrays[f"{layer.name}/epsilon"] = layer.epsilon
        arrays[f"{layer.name}/momentum"] = layer.momentum
    said = [type(layer).__name__, layer.name]
    if activation := getattr(layer, "activation", None):
        said.append(getattr(activation, "__name__", activation))
    print(" ", *said)
np.savez("keras.npz", **arrays)
