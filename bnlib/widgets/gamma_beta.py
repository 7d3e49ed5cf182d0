"""gamma and beta of one unit: where they put its values, and what the activation makes of that."""

from __future__ import annotations

from typing import Any

import numpy as np

from bnlib.activations import relu, relu_slope, sigmoid, sigmoid_slope, tanh, tanh_slope
from bnlib.equations.batch_norm import batch_norm
from bnlib.widgets.live_figure import LiveFigure, choice, percent, slider, values

# f, and its slope as a share of its steepest slope, from the activation a = f(z)
ACTIVATIONS = {
    "sigmoid": (sigmoid, lambda a: 4 * sigmoid_slope(a)),
    "tanh": (tanh, tanh_slope),
    "relu": (relu, relu_slope),
}
PLACED = (
    "z came with mean {mean_before:.2f} and standard deviation {std_before:.2f}; with gamma = "
    "{gamma:.1f} and beta = {beta:.1f} it has mean {mean:.2f} and standard deviation {std:.2f}. "
)
SENTENCES = {
    "smooth": PLACED + "After the {activation}: mean {mean_a:.2f}, standard deviation {std_a:.2f}. "
    "The {activation} is nearly at its steepest (slope above 90 % of it) for {linear} of 100 "
    "examples, and nearly flat (below 10 %) for {flat}.",
    "relu": PLACED + "After the ReLU: mean {mean_a:.2f}, standard deviation {std_a:.2f}. "
    "It gives 0 for {flat} of 100 examples, and passes the rest unchanged.",
}


def gamma_beta(
    z: Any, activation: str = "sigmoid", *, gamma: float = 1.0, beta: float = 0.0
) -> LiveFigure:
    """Slide gamma and beta, and see one unit's values before and after its activation.

    Args:
        z: (m,) or (1, m), one unit's pre-activations over a batch, m >= 2.
        activation: "sigmoid", "tanh" or "relu", to begin with.
        gamma, beta: to begin with; 0 to 5 and -5 to 5.

    Raises:
        ValueError: a shape, an activation or a start value that is not among these.
    """
    return LiveFigure(
        "gamma_beta",
        title="gamma and beta before an activation",
        controls=[
            slider("gamma", "gamma (spread)", 0, 5),
            slider("beta", "beta (mean)", -5, 5),
            choice(
                "activation",
                "activation",
                {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU"},
            ),
        ],
        data={"z": values("gamma_beta", "z", z)},
        state={"gamma": float(gamma), "beta": float(beta), "activation": activation},
        sentences=SENTENCES,
        compute=compute,
    )


def compute(z: list[float], gamma: float, beta: float, activation: str) -> dict[str, Any]:
    """What the sentence says; gamma_beta.js computes the same in the page."""
    z_tilde, cache = batch_norm(np.array([z]), np.array([[gamma]]), np.array([[beta]]))
    f, slope = ACTIVATIONS[activation]
    a = f(z_tilde)
    slopes = slope(a).astype(float)
    return {
        "outcome": "relu" if activation == "relu" else "smooth",
        "mean_before": float(cache.mu[0, 0]),
        "std_before": float(np.sqrt(cache.var[0, 0])),
        "mean": float(z_tilde.mean()),
        "std": float(z_tilde.std()),
        "mean_a": float(a.mean()),
        "std_a": float(a.std()),
        "linear": percent(slopes > 0.9),
        "flat": percent(slopes < 0.1),
    }
