"""What may be overlooked when a network goes from Keras to PyTorch, and how it is undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import numpy as np

KERAS_EPS = 1e-3
Block: TypeAlias = tuple[np.ndarray, ...]
"""Of one hidden layer: kernel (n_in, n_out), gamma, beta, mean and variance (n_out,)."""


class Slip(NamedTuple):
    """A mistake with the arrays of a hidden layer; both take the arrays, and the original's."""

    make: Callable[[Block, Block], Block]
    undo: Callable[[Block, Block], Block]


def _other_way(block: Block, _: Block) -> Block:
    """Only a square kernel can be used untransposed without an error."""
    kernel, *vectors = block
    return (kernel.T if kernel.shape[0] == kernel.shape[1] else kernel, *vectors)


def _parameters_exchanged(block: Block, _: Block) -> Block:
    kernel, gamma, beta, *statistics = block
    return (kernel, beta, gamma, *statistics)


def _statistics_exchanged(block: Block, _: Block) -> Block:
    *rest, mean, var = block
    return (*rest, var, mean)


def _root_of_variance(block: Block, _: Block) -> Block:
    *rest, var = block
    return (*rest, np.sqrt(var))


def _variance_squared(block: Block, _: Block) -> Block:
    *rest, var = block
    return (*rest, var**2)


def _statistics_left(block: Block, _: Block) -> Block:
    *rest, mean, var = block
    return (*rest, np.zeros_like(mean), np.ones_like(var))


def _statistics_fetched(block: Block, original: Block) -> Block:
    *rest, mean, _ = block
    return block if mean.any() else (*rest, *original[-2:])


SETTINGS = {"eps": KERAS_EPS, "momentum": 1 - 0.99}
"""Keras's, as PyTorch means them."""
DEFAULTS = {"momentum left at its default": "momentum", "eps left at its default": "eps"}
SLIPS = {
    "square kernels not transposed": Slip(_other_way, _other_way),
    "gamma and beta exchanged": Slip(_parameters_exchanged, _parameters_exchanged),
    "standard deviation for variance": Slip(_root_of_variance, _variance_squared),
    "statistics left behind": Slip(_statistics_left, _statistics_fetched),
    "mean and variance exchanged": Slip(_statistics_exchanged, _statistics_exchanged),
}
MISTAKES = (*DEFAULTS, *SLIPS)
WAYS = ("in Keras", "carried with care", *MISTAKES)
OVERLOOKED = tuple(way for way in MISTAKES if way not in (MISTAKES[0], MISTAKES[-1]))
"""Those that change something and give no NaN."""
