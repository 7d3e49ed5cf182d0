"""The handwritten digits that the course trains on."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np


class Digits(NamedTuple):
    """8 x 8 images of handwritten digits, a column an image, and their labels."""

    x_train: np.ndarray
    """(64, 1297) pixels from 0 (paper) to 1 (ink), row by row."""
    y_train: np.ndarray
    """(1297,) labels 0 to 9."""
    x_test: np.ndarray
    """(64, 500)."""
    y_test: np.ndarray
    """(500,)."""


def load_digits() -> Digits:
    """The 1,797 digits of UCI's optical recognition data, in a fixed stratified split.

    Pixels are float64 from 0 to 1, labels int64. Every call gives arrays of its own.

    Source: Alpaydin and Kaynak 1998, CC BY 4.0; see data/LICENSE-digits.txt.
    """
    with np.load(Path(__file__).parent / "data" / "digits.npz") as d:
        return Digits(
            d["pixels_train"] / 16,
            d["labels_train"].astype(np.int64),
            d["pixels_test"] / 16,
            d["labels_test"].astype(np.int64),
        )


def split_anew(digits: Digits, rng: np.random.Generator) -> Digits:
    """The same images, another 500 of them held out."""
    x = np.hstack([digits.x_train, digits.x_test])
    y = np.hstack([digits.y_train, digits.y_test])
    train, test = np.split(rng.permutation(y.size), [digits.y_train.size])
    return Digits(x[:, train], y[train], x[:, test], y[test])
