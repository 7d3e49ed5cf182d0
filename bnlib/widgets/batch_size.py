"""Batch size against noise: how far the means of mini-batches lie from the mean of all examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from bnlib.widgets.live_figure import LiveFigure, choice, slider, values

DRAWS = 200
FIRST_STATE = 12345
MEASURED = (
    "Batches of {size} from {population} examples with standard deviation {sigma:.2f}: the means "
    "of 200 batches have a standard deviation of {measured:.3f}. "
)
SENTENCES = {
    "independent": MEASURED + "Theory for independent draws: sigma / sqrt(m) = {theory:.3f}.",
    "mini-batches": MEASURED + "sigma / sqrt(m) would be {theory:.3f}; drawn without replacement, "
    "theory says {corrected:.3f}.",
}


def batch_size(z: Any, m: float = 16, *, drawing: str = "independent") -> LiveFigure:
    """Slide the batch size, and see how the means of random batches scatter.

    Args:
        z: (N,) or (1, N), one unit's values, all of them; N of at least 8.
        m: the batch size to begin with, 2 to N.
        drawing: "independent" (with replacement) or "mini-batches" (without), to begin with.

    Raises:
        ValueError: a shape or a start value that is not among these.
    """
    z = values("batch_size", "z", z, count=8)
    return LiveFigure(
        "batch_size",
        title="Batch size against noise",
        controls=[
            slider("m", "batch size m", 2, len(z), 1, log=True),
            choice(
                "drawing",
                "examples are drawn",
                {"independent": "independently", "mini-batches": "as mini-batches, each once"},
            ),
        ],
        data={"z": z},
        state={"m": float(m), "drawing": drawing},
        sentences=SENTENCES,
        compute=compute,
    )


def compute(z: list[float], m: float, drawing: str) -> dict[str, Any]:
    """What the sentence says; batch_size.js computes the same in the page."""
    size, population = int(np.floor(m + 0.5)), len(z)
    mu, sigma = np.mean(z), np.std(z)
    means = np.array(_batch_means(z, size, replace=drawing == "independent"))
    theory = sigma / np.sqrt(size)
    return {
        "outcome": drawing,
        "size": size,
        "population": population,
        "sigma": float(sigma),
        "measured": float(np.sqrt(np.mean((means - mu) ** 2))),
        "theory": float(theory),
        "corrected": float(theory * np.sqrt((population - size) / (population - 1))),
    }


def _batch_means(z: list[float], size: int, *, replace: bool) -> list[float]:
    """The means of `DRAWS` batches, by the generator that the page uses, too."""
    uniform = _uniform()
    order, count = list(range(len(z))), len(z)
    means = []
    for _ in range(DRAWS):
        total = 0.0
        for k in range(size):
            if replace:
                total += z[int(next(uniform) * count)]
            else:  # the first `size` places of a shuffle
                j = k + int(next(uniform) * (count - k))
                order[k], order[j] = order[j], order[k]
                total += z[order[k]]
        means.append(total / size)
    return means


def _uniform() -> Iterator[float]:
    """Numbers from 0 to below 1, the same in Python and JavaScript (Numerical Recipes' ranqd1)."""
    state = FIRST_STATE
    while True:
        state = (state * 1664525 + 1013904223) % 2**32
        yield state / 2**32
