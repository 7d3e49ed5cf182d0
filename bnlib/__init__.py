"""Batch normalization and softmax, from the equations to a trained network.

The library of the course in `notebooks/`. `Z (n, m)`: one row a unit, one column an example.
Pictures, widgets, exercises and experiments are modules, loaded when first used.
"""

from __future__ import annotations

import importlib
from types import ModuleType

from bnlib.datasets import Digits, load_digits
from bnlib.equations.batch_norm import batch_norm, batch_norm_backward, batch_norm_inference
from bnlib.equations.softmax import hardmax, log_softmax, softmax, softmax_cross_entropy
from bnlib.gradients import numerical_gradient
from bnlib.layers import BatchNorm
from bnlib.network import Network
from bnlib.optimizers import SGD, Adam, Momentum, RMSprop
from bnlib.training import DivergedError, History, fit, minibatches, train_step

__version__ = "1.1.0"

__all__ = [
    "SGD",
    "Adam",
    "BatchNorm",
    "Digits",
    "DivergedError",
    "History",
    "Momentum",
    "Network",
    "RMSprop",
    "batch_norm",
    "batch_norm_backward",
    "batch_norm_inference",
    "fit",
    "hardmax",
    "load_digits",
    "log_softmax",
    "minibatches",
    "numerical_gradient",
    "softmax",
    "softmax_cross_entropy",
    "train_step",
]

_LOADED_WHEN_USED = (
    "exercises",
    "experiments",
    "figures",
    "frameworks",
    "records",
    "widgets",
)


def __getattr__(name: str) -> ModuleType:
    if name in _LOADED_WHEN_USED:
        return importlib.import_module(f"bnlib.{name}")
    raise AttributeError(f"module 'bnlib' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_LOADED_WHEN_USED})
