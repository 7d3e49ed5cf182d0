"""What the frameworks are run with: some need each other's opposite, so there are several.

Their versions are the groups of the same names in pyproject.toml.
"""

from bnlib.environments import Environment

ENVIRONMENTS = {
    environment.name: environment
    for environment in (
        Environment("pytorch"),
        Environment("jax", variables={"KERAS_BACKEND": "jax"}),
        Environment(
            "tensorflow", variables={"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"}
        ),
        Environment("paddle"),
        Environment("onnx"),
        Environment("tinygrad", needs="clang"),
        Environment(
            "retired",
            builds="retired-builds",
            variables={
                "THEANO_FLAGS": "blas.ldflags=,floatX=float32",
                "SETUPTOOLS_USE_DISTUTILS": "stdlib",  # NumPy 1.23's distutils, which Chainer asks
            },
        ),
    )
}
