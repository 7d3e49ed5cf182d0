"""What most figures draw: runs as a band; words at a line's end, beside a point, in a corner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.text import Annotation

from bnlib.figures.style import THEORY, text_color

LABEL_ID = "line-label"
"""Marks labels that are moved apart where they overlap, by `canvas`."""


def label_line(ax: Axes, x: float, y: float, text: str, color: str, *, side: str = "right") -> None:
    """Write `text` beside the point (x, y), usually a line's end, in a readable shade of `color`.

    Labels of one axes that would overlap are moved apart, up and down, when the figure is shown.
    `side="left"` writes it before the point.
    """
    right = side == "right"
    ax.annotate(
        text,
        xy=(float(x), float(y)),
        xytext=(6 if right else -6, 0),
        textcoords="offset points",
        ha="left" if right else "right",
        va="center",
        fontsize=10,
        color=text_color(color),
        annotation_clip=False,
        gid=LABEL_ID,
    )


def band(
    ax: Axes,
    x: np.ndarray | Sequence[float],
    runs: np.ndarray,
    color: str,
    *,
    label: str = "",
    spread: tuple[float, float] = (0, 100),
    **line,
) -> np.ndarray:
    """Draw the median of several runs as a line and their spread as a band; return the median (p,).

    Args:
        x: (p,), what the runs are drawn against.
        runs: (seeds, p), one run a row. The line stops where a run is not finite.
        label: written at the line's end, if given.
        spread: percentiles that bound the band; by default the lowest and the highest run.
        line: passed on to `ax.plot`.

    Raises:
        ValueError: if `runs` is not of shape (seeds, p).
    """
    x, runs = np.asarray(x), np.asarray(runs, dtype=float)
    if runs.ndim != 2 or runs.shape[1] != x.size:
        raise ValueError(f"band: runs has shape {runs.shape}, expected (seeds, {x.size})")
    runs = np.where(np.isfinite(runs), runs, np.nan)
    median = np.median(runs, axis=0)
    low, high = np.percentile(runs, spread, axis=0)
    ax.fill_between(x, low, high, color=color, alpha=0.18, linewidth=0)
    ax.plot(x, median, color=color, **{"linewidth": 1.8, **line})
    shown = np.flatnonzero(np.isfinite(median))
    if label and shown.size:
        label_line(ax, x[shown[-1]], median[shown[-1]], label, color)
    return median


def beside(
    ax: Axes, text: str, point: tuple[float, float], offset: tuple[float, float], **look
) -> Annotation:
    """Write `text` at `point`, moved by `offset` in printer's points, right and up."""
    return ax.annotate(text, point, offset, textcoords="offset points", **_readable(look))


def note(ax: Axes, text: str, place: tuple[float, float], **look) -> None:
    """Write `text` at a place of the axes: (0, 0) is the lower left corner, (1, 1) the opposite."""
    ax.annotate(text, place, xycoords="axes fraction", **_readable(look))


def _readable(look: dict[str, Any]) -> dict[str, Any]:
    return {**look, "color": text_color(look.get("color", THEORY))}


def plain_ticks(ax: Axes, *, x: np.ndarray | Sequence[float] = (), y: Sequence[float] = ()) -> None:
    """Just these ticks, in plain numbers, on one axis or both; no small ones on either."""
    for axis, ticks in ((ax.xaxis, x), (ax.yaxis, y)):
        if len(ticks):
            axis.set_ticks(ticks, labels=[f"{tick:g}" for tick in ticks])
    ax.minorticks_off()


def log_ticks(ax: Axes, ticks: Sequence[float]) -> None:
    """A logarithmic y axis with just these ticks, in plain numbers."""
    ax.set_yscale("log")
    plain_ticks(ax, y=ticks)


def name_rows(ax: Axes, names: Sequence[str]) -> None:
    """A row a name, downwards from y = 0."""
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.5, -0.5)
