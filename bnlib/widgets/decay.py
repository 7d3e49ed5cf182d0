"""Decay: an exponentially weighted average between noise and lag, and its start at zero."""

from __future__ import annotations

from typing import Any

import numpy as np

from bnlib.widgets.live_figure import LiveFigure, choice, counted, slider, values

EARLY = 10
ERRORS = (
    "Decay {decay:.2f}: a window of about {window}. Later on (second half), the average "
    "is typically {noise:.3f} off by noise and {lag:.3f} off by lag, in all {error:.3f} (the two "
    "need not add up); a single value is {single:.3f} off. "
)
SENTENCES = {
    "zero": ERRORS + "Started at zero, it is {early:.3f} after 10 values, where {truth_early:.3f} "
    "is true.",
    "corrected": ERRORS + "Started at zero and corrected, it is {early:.3f} after 10 values, where "
    "{truth_early:.3f} is true.",
}


def decay(measured: Any, truth: Any, decay: float = 0.9, *, start: str = "zero") -> LiveFigure:
    """Slide the decay of an average, and see it scatter, lag, and begin.

    Args:
        measured: (t,), noisy values in order, t of at least 20.
        truth: (t,), what they scatter around.
        decay: the weight of the old average to begin with, 0 to 0.99.
        start: "zero", or "corrected" for its start-up bias, to begin with.

    Raises:
        ValueError: a shape or a start value that is not among these.
    """
    measured = values("decay", "measured", measured, count=2 * EARLY)
    truth = values("decay", "truth", truth, count=2 * EARLY)
    if len(measured) != len(truth):
        raise ValueError(
            f"decay: measured has {len(measured)} values and truth {len(truth)}, expected as many"
        )
    return LiveFigure(
        "decay",
        title="Decay: noise against lag",
        controls=[
            slider("decay", "decay", 0, 0.99, 0.01),
            choice("start", "the average", {"zero": "starts at zero", "corrected": "is corrected"}),
        ],
        data={"measured": measured, "truth": truth},
        state={"decay": float(decay), "start": start},
        sentences=SENTENCES,
        compute=compute,
    )


def compute(measured: list[float], truth: list[float], decay: float, start: str) -> dict[str, Any]:
    """What the sentence says; decay.js computes the same in the page."""
    true = np.array(truth)
    average = np.array(_averages(measured, decay, start))
    # The average is linear: its error is the average of the noise, plus the error on the truth.
    lag = np.array(_averages(truth, decay, start)) - true
    off = average - true
    return {
        "outcome": start,
        "window": counted(int(np.floor(1 / (1 - decay) + 0.5)), "value"),
        "noise": _later(off - lag),
        "lag": _later(lag),
        "error": _later(off),
        "single": _later(np.array(measured) - true),
        "early": float(average[EARLY - 1]),
        "truth_early": float(true[EARLY - 1]),
    }


def _averages(series: list[float], decay: float, start: str) -> list[float]:
    average, weight, found = 0.0, 0.0, []
    for value in series:
        average = decay * average + (1 - decay) * value
        weight = decay * weight + (1 - decay)
        found.append(average / weight if start == "corrected" else average)
    return found


def _later(error: np.ndarray) -> float:
    """The root mean square over the second half."""
    return float(np.sqrt(np.mean(error[len(error) // 2 :] ** 2)))
