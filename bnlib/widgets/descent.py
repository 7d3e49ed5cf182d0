"""Gradient descent in the bowl of a least-squares cost, on raw and on normalized features."""

from __future__ import annotations

from typing import Any

import numpy as np

from bnlib.widgets.live_figure import LiveFigure, choice, counted, slider, values

MOST_STEPS = 300
GOAL = 1e-3  # of the cost above the minimum at the start
GIVEN_UP = 1e6
BOWL = (
    "{Features} features: condition number {condition:.1f}, largest stable learning rate 2 / "
    "lambda_max = {limit:.3f}. At learning rate {learning_rate:.3f} "
)
SENTENCES = {
    "arrived": BOWL + "gradient descent is at a thousandth of its starting cost above the minimum "
    "after {steps}.",
    "slow": BOWL + "gradient descent is not at a thousandth of its starting cost above the "
    "minimum after {steps}; {left:.3f} of it is left.",
    "diverged": BOWL + "gradient descent diverges: every step overshoots the bottom by more than "
    "the one before.",
}


def descent(
    x: Any,
    y: Any,
    features: str = "raw",
    *,
    learning_rate: float | None = None,
    start: tuple[float, float] = (0.0, 0.0),
) -> LiveFigure:
    """Slide the learning rate, and see the path of gradient descent in the bowl of the cost.

    The cost is 1/(2m) sum (w'x - y)^2; its Hessian is x x'/m. "normalized" subtracts each feature's
    mean and divides by its standard deviation first.

    Args:
        x: (2, m), two features a column, not multiples of one another.
        y: (m,) or (1, m), the targets.
        features: "raw" or "normalized", to begin with.
        learning_rate: to begin with; 90 % of the largest stable one for `features` by default.
        start: the weights before the first step.

    Raises:
        ValueError: shapes that do not fit, features that leave a direction without curvature, a
            learning rate outside the slider's range.
    """
    rows = [values("descent", f"x[{i}]", row) for i, row in enumerate(np.asarray(x))]
    targets = values("descent", "y", y)
    if len(rows) != 2 or len(rows[0]) != len(targets):
        raise ValueError(
            f"descent: x has shape {np.shape(x)} and y {np.shape(y)}, expected (2, m) and (m,)"
        )
    data = {"x": rows, "y": targets, "start": [float(w) for w in start]}
    limits = {kind: _stable_limit(rows, kind) for kind in ("raw", "normalized")}
    low, high = min(limits.values()) / 30, max(limits.values()) * 1.5
    rate = 0.9 * limits[features] if learning_rate is None else learning_rate
    return LiveFigure(
        "descent",
        title="Gradient descent in the bowl of a least-squares cost",
        controls=[
            slider("learning_rate", "learning rate", low, high, 0.001, log=True),
            choice("features", "features", {"raw": "raw", "normalized": "normalized"}),
        ],
        data=data,
        state={"learning_rate": float(rate), "features": features},
        sentences=SENTENCES,
        compute=compute,
    )


def compute(
    x: list[list[float]],
    y: list[float],
    start: list[float],
    learning_rate: float,
    features: str,
) -> dict[str, Any]:
    """What the sentence says; descent.js computes the same in the page, and draws the path."""
    x_used = _prepared(x, features)
    hessian = x_used @ x_used.T / len(y)
    best = np.linalg.solve(hessian, x_used @ np.array(y) / len(y))
    smallest, largest = np.linalg.eigvalsh(hessian)
    distance = np.array(start) - best
    heights = [_height(hessian, distance)]
    while len(heights) <= MOST_STEPS and GOAL < heights[-1] / heights[0] < GIVEN_UP:
        distance = distance - learning_rate * hessian @ distance
        heights.append(_height(hessian, distance))
    left = heights[-1] / heights[0]
    outcome = "arrived" if left <= GOAL else "diverged" if learning_rate > 2 / largest else "slow"
    return {
        "outcome": outcome,
        "Features": features.capitalize(),
        "condition": float(largest / smallest),
        "limit": float(2 / largest),
        "steps": counted(len(heights) - 1, "step"),
        "left": float(left),
    }


def _height(hessian: np.ndarray, distance: np.ndarray) -> float:
    """The cost above its minimum, at a distance (2,) from the best weights."""
    return float(distance @ hessian @ distance / 2)


def _prepared(x: list[list[float]], features: str) -> np.ndarray:
    x_used = np.array(x)
    if features == "normalized":
        x_used = x_used - x_used.mean(axis=1, keepdims=True)
        x_used /= x_used.std(axis=1, keepdims=True)
    return x_used


def _stable_limit(x: list[list[float]], features: str) -> float:
    x_used = _prepared(x, features)
    smallest, largest = np.linalg.eigvalsh(x_used @ x_used.T / x_used.shape[1])
    if not smallest > 1e-9 * largest:
        raise ValueError(
            f"descent: with {features} features one direction of the bowl is flat, expected two "
            "features that vary and are not multiples of one another"
        )
    return float(2 / largest)
