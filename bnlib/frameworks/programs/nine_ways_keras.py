"""The networks of `bnlib.experiments.carrying` in Keras itself: logits of what it trained.

Reads trained.npz: x (m, 64), and array0, array1, ... in the order of `model.get_weights()`.
"""

import keras
import numpy as np
from keras import layers

stored = np.load("trained.npz")
arrays = [stored[f"array{i}"] for i in range(len(stored.files) - 1)]
model = keras.Sequential([keras.Input((len(arrays[0]),))])
for kernel in arrays[:-2:5]:
    model.add(layers.Dense(kernel.shape[1], use_bias=False))
    model.add(layers.BatchNormalization())
    model.add(layers.ReLU())
model.add(layers.Dense(arrays[-2].shape[1]))
in_keras = []
for start in range(0, len(arrays) - 2, 5):
    in_keras += arrays[start : start + 5]
model.set_weights([*in_keras, *arrays[-2:]])
logits = keras.ops.convert_to_numpy(model(stored["x"].astype("float32"), training=False))
np.savez("keras_logits.npz", logits=logits)
print(f"Keras {keras.__version__} on {keras.backend.backend()}")
