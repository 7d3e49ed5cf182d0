"""The figure of notebook 2 about where batch norm stands: before or after the activation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bnlib.experiments.before_or_after import Pairs
from bnlib.figures.canvas import new_figure, show
from bnlib.figures.drawing import name_rows, note
from bnlib.figures.style import NEUTRAL, THEORY, WITH

NAMES = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU"}


def before_and_after(pairs: Sequence[Pairs]) -> None:
    """Accuracy after minus before, seed by seed, a row an activation, with the mean's error."""
    figure, ax = new_figure(
        "Before or after the activation: no clear winner",
        "accuracy with batch norm after minus before the activation (percentage points)",
        "",
        size=(8.6, 2.8),
    )
    ax.axvline(0, color=THEORY, linewidth=1)
    words = []
    for row, pair in enumerate(pairs):
        nudge = 0.16 * np.sin(2.4 * np.arange(pair.difference.size))
        ax.plot(pair.difference, row + nudge, "o", color=WITH, markersize=4.5, alpha=0.5)
        ax.errorbar(
            pair.mean, row, xerr=2 * pair.standard_error, fmt="D", color=WITH, ms=6, capsize=4, lw=2
        )
        ends = [pair.mean + sign * 2 * pair.standard_error for sign in (-1, 1)]
        words.append(
            f"{NAMES[pair.activation]} {pair} "
            f"(before {pair.before.mean():.1%}, after {pair.after.mean():.1%}), two standard "
            f"errors from {ends[0]:+.1f} to {ends[1]:+.1f}"
        )
    name_rows(ax, [NAMES[pair.activation] for pair in pairs])
    limit = 1.1 * max(np.abs(pair.difference).max() for pair in pairs)
    ax.set_xlim(-limit, limit)
    seeds = pairs[0].difference.size
    said = f"a dot is a seed; diamonds: mean of {seeds} ± 2 standard errors"
    note(ax, said, (1, 1.02), ha="right", va="bottom", color=NEUTRAL)
    show(
        figure,
        alt=f"""Accuracy with batch norm after the activation minus before it, in percentage points,
        paired over {seeds} seeds, each with its own split of the images. Mean and standard error:
        {"; ".join(words)}.""",
    )
