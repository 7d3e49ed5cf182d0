"""Keras: a network with batch norm, trained on the digits; and what its layers do when."""

import keras
import numpy as np
from keras import layers

digits = np.load("digits.npz")
keras.utils.set_random_seed(0)
model = keras.Sequential(
    [
        keras.Input((64,)),
        layers.Dense(50, use_bias=False),
        layers.BatchNormalization(),
        layers.ReLU(),
        layers.Dense(50, use_bias=False),
        layers.BatchNormalization(),
        layers.ReLU(),
        layers.Dense(10),
    ]
)
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(keras.optimizers.SGD(0.1), loss, metrics=["accuracy"])

# fit calls the model with training=True, evaluate and predict with training=False
model.fit(digits["x_train"], digits["y_train"], batch_size=60, epochs=10, verbose=0)
_, right = model.evaluate(digits["x_test"], digits["y_test"], verbose=0)
print(f"Keras {keras.__version__} on {keras.backend.backend()}, test accuracy {right:.2f}")
model.save("model.keras")

x, norm = digits["x_test"][:5], model.layers[1]


def changes(f):
    before = norm.moving_mean.numpy()
    f()
    return "change" if (norm.moving_mean.numpy() != before).any() else "stay"


def same(a, b):
    return np.allclose(a, b, rtol=1e-4, atol=1e-4)


print("training=False: the moving statistics", changes(lambda: model(x, training=False)))
alone, together = model(x[:1], training=False), model(x, training=False)[:1]
print("training=False, an image alone and among five: the same", same(alone, together))
print("training=True: the moving statistics", changes(lambda: model(x, training=True)))

model.trainable = False  # also tells every batch norm in it to keep to its moving statistics
print(
    "trainable = False, training=True: the moving statistics",
    changes(lambda: model(x, training=True)),
)
print(
    "trainable = False: training=True and training=False give the same",
    same(model(x, training=True), model(x, training=False)),
)
model.trainable = True
alone = np.array(model(x[:1], training=True))
print("training=True, one image: no error, and it and another one give the same", end=" ")
print(same(alone, model(x[1:2], training=True)))

print("kernel of Dense(50) on 64:", tuple(model.layers[0].kernel.shape), "(n_in, n_out)")
print("weights of BatchNormalization:", ", ".join(each.name for each in norm.weights))
conv = layers.Conv2D(8, (2, 5))
conv.build((None, 9, 9, 3))
print("kernel of Conv2D(8, (2, 5)) on 3:", tuple(conv.kernel.shape), "(rows, columns, in, out)")
image = np.array([[[[1, 10], [2, 20]], [[3, 30], [4, 40]]]])  # images, rows, columns, channels
flat = keras.ops.convert_to_numpy(layers.Flatten()(image))[0]
print("Flatten, channels last:", flat.astype(int).tolist())
