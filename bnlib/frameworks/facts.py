"""What is known of each framework without running it: age, licence, who decides, sources.

Only what a source says, to the year or the month that it gives. The newest releases of the living
ones are what `pip index versions` answered on 28 November 2026.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """One framework of the lecture, or one that came after it."""

    framework: str
    first: str
    """The first public release."""
    last: str
    """The newest release, or the last there was."""
    licence: str
    governed_by: str
    became: str
    """What became of it."""
    years: tuple[float, float | None]
    """First release, and the end: the day it was given up as announced, else its last release;
    Lasagne's, of one release only: its last commit. None: alive, with a release in the year before
    that day."""
    sources: tuple[str, ...]

    @property
    def alive(self) -> bool:
        """Whether its owners still develop it, and release what they do."""
        return self.years[1] is None


FACTS = (
    Fact(
        "TensorFlow",
        "November 2015",
        "2.21.0",
        "Apache 2.0",
        "Google",
        "alive; its high-level interface is Keras 3",
        (2015.86, None),
        (
            "https://research.google/blog/tensorflow-googles-latest-machine-learning-system-open-sourced-for-everyone/",
            "https://pypi.org/project/tensorflow/",
        ),
    ),
    Fact(
        "PyTorch",
        "January 2017",
        "2.15.0",
        "BSD 3-Clause; its package bundles parts under Apache 2.0, BSD, BSL 1.0 and MIT",
        "PyTorch Foundation (Linux Foundation) since September 2022, Meta before",
        "alive",
        (2017.05, None),
        (
            "https://pytorch.org/blog/a-year-in/",
            "https://pytorch.org/blog/PyTorchfoundation/",
            "https://www.linuxfoundation.org/blog/blog/welcoming-pytorch-to-the-linux-foundation",
            "https://pypi.org/project/torch/",
        ),
    ),
    Fact(
        "Keras",
        "2015",
        "3.15.1",
        "Apache 2.0",
        "Google's Keras team",
        "alive; since version 3 it runs on TensorFlow, JAX or PyTorch",
        (2015.23, None),
        ("https://keras.io/keras_3/", "https://pypi.org/project/keras/"),
    ),
    Fact(
        "Lasagne",
        "August 2015",
        "0.1 (August 2015)",
        "MIT",
        "eight volunteers, its core contributors",
        "no release after the first (0.2 was still planned in February 2018); last commit in 2019",
        (2015.62, 2019.9),
        (
            "https://github.com/Lasagne/Lasagne/blob/master/CHANGES.rst",
            "https://github.com/Lasagne/Lasagne/issues/902",
            "https://github.com/Lasagne/Lasagne/commits/master",
            "https://pypi.org/project/Lasagne/",
        ),
    ),
    Fact(
        "MXNet",
        "2015",
        "1.9.1 (2022)",
        "Apache 2.0",
        "Apache Software Foundation (from 2017, first in its incubator)",
        "retired by the foundation in September 2023",
        (2015.9, 2023.7),
        (
            "https://arxiv.org/abs/1512.01274",
            "https://attic.apache.org/projects/mxnet.html",
            "https://pypi.org/project/mxnet/",
        ),
    ),
    Fact(
        "Caffe",
        "2013",
        "1.0 (April 2017)",
        "BSD 2-Clause",
        "Berkeley AI Research (University of California)",
        "no release since; its author went on to write Caffe2",
        (2013.95, 2017.3),
        ("https://caffe.berkeleyvision.org/", "https://github.com/BVLC/caffe/releases"),
    ),
    Fact(
        "Caffe2",
        "April 2017",
        "0.8.1 (2017)",
        "Apache 2.0 since late 2017, BSD with patents before",
        "Facebook",
        "moved into PyTorch's repository in spring 2018; most of it removed since",
        (2017.3, 2018.25),
        (
            "https://caffe2.ai/blog/2018/05/02/Caffe2_PyTorch_1_0.html",
            "https://github.com/facebookarchive/caffe2/issues/1236",
            "https://github.com/pytorch/pytorch/issues/72536",
            "https://github.com/pytorch/pytorch/pull/157102",
        ),
    ),
    Fact(
        "PaddlePaddle",
        "2016",
        "3.3.1",
        "Apache 2.0",
        "Baidu",
        "alive",
        (2016.67, None),
        ("https://github.com/PaddlePaddle/Paddle", "https://pypi.org/project/paddlepaddle/"),
    ),
    Fact(
        "JAX",
        "2018",
        "0.10.2",
        "Apache 2.0",
        "Google",
        "alive; layers come from Flax or Equinox",
        (2018.9, None),
        ("https://github.com/jax-ml/jax#citing-jax", "https://pypi.org/project/jax/"),
    ),
    Fact(
        "Theano",
        "about 2008",
        "1.0.5 (July 2020)",
        "BSD 3-Clause",
        "MILA, Université de Montréal",
        "its end was announced on 28 September 2017; a fork lives on as PyTensor",
        (2008.0, 2017.74),
        (
            "https://groups.google.com/g/theano-users/c/7Poq8BZutbY",
            "https://pypi.org/project/Theano/",
            "https://github.com/pymc-devs/pytensor",
        ),
    ),
    Fact(
        "Chainer",
        "June 2015",
        "7.8.1 (2022)",
        "MIT",
        "Preferred Networks",
        "maintenance only since 5 December 2019; its makers moved to PyTorch",
        (2015.44, 2019.93),
        (
            "https://chainer.org/announcement/2019/12/05/released-v7.html",
            "https://pypi.org/project/chainer/",
        ),
    ),
    Fact(
        "ONNX Runtime",
        "2018",
        "1.32.0",
        "MIT",
        "Microsoft; the ONNX format itself: LF AI & Data (Linux Foundation)",
        "alive; runs networks that were trained elsewhere",
        (2018.9, None),
        (
            "https://github.com/microsoft/onnxruntime",
            "https://pypi.org/project/onnxruntime/",
            "https://lfaidata.foundation/projects/onnx/",
        ),
    ),
    Fact(
        "tinygrad",
        "2020",
        "0.14.0",
        "MIT",
        "the tiny corp",
        "alive",
        (2020.8, None),
        ("https://github.com/tinygrad/tinygrad", "https://pypi.org/project/tinygrad/"),
    ),
)
