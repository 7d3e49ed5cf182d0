"""The gradient through batch norm, split into its three paths: direct, through mu, through var."""

from __future__ import annotations

from typing import Any

import numpy as np

from bnlib.equations.batch_norm import batch_norm
from bnlib.widgets.live_figure import LiveFigure, choice, slider, values

PATHS = (
    "Example {moved} has z = {z_moved:.1f} and upstream gradient {upstream_moved:.1f}. Its dz is "
    "{total:.2f}: direct {direct:.2f}, "
)
SENTENCES = {
    "depend": PATHS + "through mu {through_mu:.2f}, through var {through_var:.2f}. Over the batch "
    "dz sums to {sum_dz:.2f}, and weighted by z_norm to {weighted_dz:.2f}.",
    "constant": PATHS + "and nothing through mu and var, which are taken for constants. Over the "
    "batch dz sums to {sum_dz:.2f}, and weighted by z_norm to {weighted_dz:.2f}: it asks for a "
    "change of mean and spread that batch norm will take out again.",
}


def gradient_paths(
    z: Any,
    upstream: Any,
    *,
    moved: int = 1,
    statistics: str = "depend",
) -> LiveFigure:
    """Slide one example of a batch, and see its gradient through batch norm split into three paths.

    One unit, gamma = 1. With z_norm = (z - mu) / std and g the gradient with respect to z_norm:

        direct       g / std
        through mu   -mean(g) / std
        through var  -z_norm * mean(g * z_norm) / std

    Args:
        z: (m,) or (1, m), one unit's values over a small batch, 3 <= m <= 12.
        upstream: (m,) or (1, m), the gradient of the cost with respect to z_norm.
        moved: which example the sliders move, counted from 1.
        statistics: "depend" (on z, as they do) or "constant", to begin with.

    Raises:
        ValueError: shapes or start values that are not among these.
    """
    z_values = values("gradient_paths", "z", z, count=3)
    gradient = values("gradient_paths", "upstream", upstream, count=3)
    if len(z_values) != len(gradient) or len(z_values) > 12:
        raise ValueError(
            f"gradient_paths: z has {len(z_values)} values and upstream {len(gradient)}, expected "
            "as many, 12 at most"
        )
    if not 1 <= moved <= len(z_values):
        raise ValueError(f"gradient_paths: moved is {moved}, expected 1 to {len(z_values)}")
    return LiveFigure(
        "gradient_paths",
        title="Three paths of the gradient through batch norm",
        controls=[
            slider("z_moved", f"z of example {moved}", -6, 6),
            slider("upstream_moved", f"upstream gradient of example {moved}", -2, 2),
            choice(
                "statistics",
                "mu and var",
                {"depend": "depend on z", "constant": "taken for constants"},
            ),
        ],
        data={"z": z_values, "upstream": gradient, "moved": moved},
        state={
            "z_moved": z_values[moved - 1],
            "upstream_moved": gradient[moved - 1],
            "statistics": statistics,
        },
        sentences=SENTENCES,
        compute=compute,
    )


def compute(
    z: list[float],
    upstream: list[float],
    moved: int,
    z_moved: float,
    upstream_moved: float,
    statistics: str,
) -> dict[str, Any]:
    """What the sentence says; gradient_paths.js computes the same in the page."""
    z_batch, g = np.array([z]), np.array([upstream])
    example = moved - 1
    z_batch[0, example], g[0, example] = z_moved, upstream_moved
    _, cache = batch_norm(z_batch, np.ones((1, 1)), np.zeros((1, 1)))
    z_norm, inv_std = cache.z_norm[0], cache.inv_std[0, 0]
    g = g[0]
    direct = g * inv_std
    through_mu = -g.mean() * inv_std * np.ones_like(g)
    through_var = -z_norm * (g @ z_norm) / g.size * inv_std
    dz = direct + through_mu + through_var if statistics == "depend" else direct
    return {
        "outcome": statistics,
        "direct": float(direct[example]),
        "through_mu": float(through_mu[example]),
        "through_var": float(through_var[example]),
        "total": float(dz[example]),
        "sum_dz": float(dz.sum()),
        "weighted_dz": float(dz @ z_norm),
    }
