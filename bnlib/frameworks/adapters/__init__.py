"""The same batch-normalized network in each framework, one file a framework.

Each file runs in the framework's own environment, where bnlib is not installed: it imports NumPy
and its framework, no more. It has

    VERSIONS                        what was run
    Net(weights)                    weights: W1, gamma1, beta1, ..., WL, bL in bnlib's layout
    net.batch(x, y)                 x (n, m) and labels (m,) as the framework wants them
    net.step(batch)                 logits (C, m), cost, gradients by name: forward and backward
    net.running()                   mean1, var1, ..., (n, 1), as the layer keeps them
    net.infer(x)                    logits (C, m) at test time
    net.train(batch)                a step of gradient descent at 0.1 as a user writes it; the cost
    net.train_uncached(batch)       Flax alone: without what its documentation advises for speed
    minimize(learning_rate, steps)  w after gradient descent on w^2 - 10 w + 25 from w = 0

A framework that cannot train leaves out the gradients, `train` and `minimize`. The line count of
the functions in `run.PROGRAM` is a measure too: they are written as the documentation teaches.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Adapter:
    """A framework that can be run.

    Attributes:
        title: its name.
        environment: where it is installed, one of `needs.ENVIRONMENTS`.
        like: whose batch norm it is held to, one of `bnlib.frameworks.NAMES`.
        modules: what it imports.
    """

    title: str
    environment: str
    like: str
    modules: tuple[str, ...]


ADAPTERS = {
    "pytorch": Adapter("PyTorch", "pytorch", "pytorch", ("torch",)),
    "keras_tensorflow": Adapter(
        "Keras 3 on TensorFlow", "tensorflow", "keras", ("keras", "tensorflow")
    ),
    "keras_jax": Adapter("Keras 3 on JAX", "jax", "keras", ("keras", "jax")),
    "flax": Adapter("JAX with Flax", "jax", "flax", ("jax", "flax")),
    "paddle": Adapter("PaddlePaddle", "paddle", "paddle", ("paddle",)),
    "onnxruntime": Adapter("ONNX Runtime", "onnx", "onnx", ("onnx", "onnxruntime")),
    "tinygrad": Adapter("tinygrad", "tinygrad", "tinygrad", ("tinygrad",)),
    "mxnet": Adapter("MXNet", "retired", "mxnet", ("mxnet",)),
    "theano": Adapter("Theano", "retired", "theano", ("theano",)),
    "chainer": Adapter("Chainer", "retired", "chainer", ("chainer",)),
}

RECORDED_ONLY = {
    "caffe": "no package any more; recorded with a build of its last source",
    "caffe2": "its last package needs Python 3.7; recorded there",
    "lasagne": "its package has no batch norm and no longer imports; recorded with its last source",
}
