"""1. The arrays of a Keras model in from_keras.npz, by layer and name; a batch to compare with."""

import keras  # for a model of Keras 2: import tf_keras as keras
import numpy as np

model = keras.models.load_model("model.keras")  # yours
x = np.load("batch.npy").astype(np.float32)  # yours, an example a row


def flat(layers):  # a model may hold another model
    for layer in layers:
        yield from flat(layer.layers) if hasattr(layer, "layers") else [layer]


arrays = {"check/x": x, "check/y": model.predict(x, verbose=0)}
print("layer, its name, its activation, in the model's order:")
names = [layer.name for layer in flat(model.layers)]
assert len(set(names)) == len(names), f"two layers have one name, rename one: {sorted(names)}"
for layer in flat(model.layers):
    for variable in layer.weights:
        key = f"{layer.name}/{variable.name.split('/')[-1].removesuffix(':0')}"
        assert key not in arrays, f"two arrays are called {key}: carry this layer by hand"
        arrays[key] = variable.numpy()
    if isinstance(layer, keras.layers.BatchNormalization):
        arrays[f"{layer.name}/epsilon"] = layer.epsilon
        arrays[f"{layer.name}/momentum"] = layer.momentum
    said = [type(layer).__name__, layer.name]
    if activation := getattr(layer, "activation", None):
        said.append(getattr(activation, "__name__", activation))
    print(" ", *said)
np.savez("from_keras.npz", **arrays)
