"""What the frameworks are run with: some need each other's opposite, so there are several."""

from bnlib.environments import Environment

ENVIRONMENTS = {
    environment.name: environment
    for environment in (
        # Also that of `make bench`: the last two, of a megabyte, are for it.
        Environment(
            "pytorch", ("torch==2.13.0", "numpy==2.4.6", "threadpoolctl==3.8.0", "pyperf==2.10.0")
        ),
        Environment(
            "jax",
            ("jax==0.10.2", "flax==0.12.8", "equinox==0.13.8", "keras==3.15.1"),
            variables={"KERAS_BACKEND": "jax"},
        ),
        Environment(
            "tensorflow",
            ("tensorflow-cpu==2.21.0", "keras==3.15.1"),
            variables={"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"},
        ),
        Environment("paddle", ("paddlepaddle==3.3.1",)),
        Environment("onnx", ("onnxruntime==1.31.1", "onnx==1.23.2")),
        Environment("tinygrad", ("tinygrad==0.14.0", "numpy"), needs="clang"),
        # The last releases, of 2022, 2020 and 2022, agree on one NumPy.
        Environment(
            "retired",
            ("mxnet==1.9.1", "Theano==1.0.5", "chainer==7.8.1", "numpy==1.23.5", "scipy==1.10.1"),
            constraints=("setuptools<81",),
            variables={"THEANO_FLAGS": "blas.ldflags=,floatX=float32"},
        ),
    )
}
