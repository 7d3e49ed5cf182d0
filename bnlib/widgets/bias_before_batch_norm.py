"""A bias before batch norm does nothing: subtracting the mean takes it out. beta does its job."""

from __future__ import annotations

from typing import Any

import numpy as np

from bnlib.equations.batch_norm import batch_norm, batch_norm_backward
from bnlib.widgets.live_figure import LiveFigure, choice, slider, values

RESULT = (
    "b = {b:.1f}, beta = {beta:.1f}: z = wx + b has mean {mean_z:.2f}, the unit's output z_tilde "
    "has mean {mean:.2f}. The cost is {cost:.3f}, dJ/db = {db:.2f}, dJ/dbeta = {dbeta:.2f}. "
)
SENTENCES = {
    "batch norm": RESULT + "With batch norm b moves z and nothing after it.",
    "none": RESULT + "Without batch norm b and beta do the same thing.",
}


def bias_before_batch_norm(
    z: Any,
    target: float = 1.0,
    *,
    b: float = 0.0,
    beta: float = 0.0,
    normalization: str = "batch norm",
) -> LiveFigure:
    """Slide a bias before batch norm, then beta after it, and see which of them moves the output.

    The cost that the gradients belong to is the mean of (z_tilde - target)^2 / 2; gamma = 1.

    Args:
        z: (m,) or (1, m), one unit's w x, without a bias, over a batch.
        target: where the cost wants the unit's output; -4 to 4 shows best.
        b, beta: to begin with; -5 to 5.
        normalization: "batch norm" or "none", to begin with.

    Raises:
        ValueError: a shape or a start value that is not among these.
    """
    return LiveFigure(
        "bias_before_batch_norm",
        title="A bias before batch norm",
        controls=[
            slider("b", "b, before batch norm", -5, 5),
            slider("beta", "beta, after it", -5, 5),
            choice(
                "normalization", "between them", {"batch norm": "batch norm", "none": "nothing"}
            ),
        ],
        data={"z": values("bias_before_batch_norm", "z", z), "target": float(target)},
        state={"b": float(b), "beta": float(beta), "normalization": normalization},
        sentences=SENTENCES,
        compute=compute,
    )


def compute(
    z: list[float], target: float, b: float, beta: float, normalization: str
) -> dict[str, Any]:
    """What the sentence says; bias_before_batch_norm.js computes the same in the page."""
    z_batch = np.array([z]) + b
    ones = np.ones((1, 1))
    normalized = normalization == "batch norm"
    z_tilde, cache = batch_norm(z_batch, ones, beta * ones)
    if not normalized:
        z_tilde = z_batch + beta
    error = z_tilde - target
    dz_tilde = error / error.size
    dz = batch_norm_backward(dz_tilde, cache)[0] if normalized else dz_tilde
    return {
        "outcome": normalization,
        "mean_z": float(z_batch.mean()),
        "mean": float(z_tilde.mean()),
        "cost": float(np.mean(error**2) / 2),
        "db": float(dz.sum()),
        "dbeta": float(dz_tilde.sum()),
    }
