"""JAX with Flax: a network with batch norm, trained on the digits; and what its layers do when."""

import flax
import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx

digits = {name: jnp.array(array) for name, array in np.load("digits.npz").items()}


class Model(nnx.Module):
    def __init__(self, rngs):
        self.linear1 = nnx.Linear(64, 50, use_bias=False, rngs=rngs)
        self.norm1 = nnx.BatchNorm(50, rngs=rngs)
        self.linear2 = nnx.Linear(50, 50, use_bias=False, rngs=rngs)
        self.norm2 = nnx.BatchNorm(50, rngs=rngs)
        self.linear3 = nnx.Linear(50, 10, rngs=rngs)

    def __call__(self, x):
        x = nnx.relu(self.norm1(self.linear1(x)))
        x = nnx.relu(self.norm2(self.linear2(x)))
        return self.linear3(x)


def cost_of(model, x, y):
    return optax.softmax_cross_entropy_with_integer_labels(model(x), y).mean()


@nnx.jit
def train_step(model, optimizer, x, y):
    optimizer.update(model, nnx.grad(cost_of)(model, x, y))


model = Model(nnx.Rngs(0))
optimizer = nnx.Optimizer(model, optax.sgd(0.1), wrt=nnx.Param)
step = nnx.cached_partial(train_step, model, optimizer)  # or every call walks through the model

model.train()  # batch norm takes the batch's statistics, and updates the running ones
rng = np.random.default_rng(0)
for _ in range(10):
    order = rng.permutation(len(digits["y_train"]))
    for start in range(0, len(order) - 59, 60):  # all but the small last batch
        batch = order[start : start + 60]
        step(digits["x_train"][batch], digits["y_train"][batch])

model.eval()  # now the running statistics
right = (model(digits["x_test"]).argmax(1) == digits["y_test"]).mean()
print(f"Flax {flax.__version__} on JAX {jax.__version__}, test accuracy {right:.2f}")

x, norm = digits["x_test"][:5], model.norm1


def changes(f):
    before = np.array(norm.mean[...])
    f()
    return "change" if (np.array(norm.mean[...]) != before).any() else "stay"


def same(a, b):
    return np.allclose(a, b, rtol=1e-4, atol=1e-4)


print("eval(), five images: the running statistics", changes(lambda: model(x)))
print("eval(), an image alone and among five: the same", same(model(x[:1]), model(x)[:1]))
model.train()
print("train(): the running statistics", changes(lambda: model(x)))
print("train(), one image: no error, and it and another one give the same", end=" ")
print(same(model(x[:1]), model(x[1:2])))

print("kernel of Linear(64, 50):", model.linear1.kernel.shape, "(n_in, n_out)")
names = [name for name in ("scale", "bias", "mean", "var") if hasattr(norm, name)]
print("state of BatchNorm:", ", ".join(names))
conv = nnx.Conv(3, 8, (2, 5), rngs=nnx.Rngs(0))
print("kernel of Conv(3, 8, (2, 5)):", conv.kernel.shape, "(rows, columns, in, out)")
image = jnp.array([[[[1, 10], [2, 20]], [[3, 30], [4, 40]]]])  # images, rows, columns, channels
print("reshape, channels last:", image.reshape(1, -1)[0].tolist())
