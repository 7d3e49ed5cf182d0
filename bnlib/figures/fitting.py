"""The figures of notebook 2 about training with and without batch norm.

Its diagrams are in `chain.py`, its pictures of gradients in `backward.py`, of where batch norm
stands in `before_or_after.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from bnlib.experiments.with_and_without import Curves, Rung, Sweep
from bnlib.figures.backward import (
    cost_over_bias,
    right_and_wrong,
    slip_in_training,
    three_paths,
    toy,
)
from bnlib.figures.before_or_after import before_and_after
from bnlib.figures.canvas import new_figure, new_panels, show
from bnlib.figures.chain import chain, graph, graph_to_fill
from bnlib.figures.drawing import band, beside, label_line, name_rows, note, plain_ticks
from bnlib.figures.health import check_up, own_network
from bnlib.figures.style import BOTH, NEUTRAL, OTHERS, THEORY, WITH, shades, text_color
from bnlib.network import Network

__all__ = [
    "before_and_after",
    "chain",
    "check_up",
    "cost_over_bias",
    "graph",
    "graph_to_fill",
    "ladder",
    "learned_parameters",
    "optimizers",
    "own_network",
    "rate_sweep",
    "right_and_wrong",
    "slip_in_training",
    "three_paths",
    "toy",
    "training_curves",
]

MARKERS = "os"  # of the same two, where they meet


def optimizers(runs: dict[str, Curves]) -> None:
    """Accuracy on the test images with batch norm, an optimizer a line."""
    figure, ax = new_figure(
        "Batch norm works with all four optimizers", "step", "accuracy on test images"
    )
    lines, words = ("-", "--", "-.", ":"), []
    measured = min(run.steps.size for run in runs.values())
    for (name, run), color, style in zip(runs.items(), (*OTHERS[:3], NEUTRAL), lines, strict=True):
        reached = run.steps_to(0.9)
        words.append(f"{name} {_median(reached)} ({reached.min():.0f} to {reached.max():.0f})")
        median = np.median(run.accuracy, axis=0)[:measured]
        look: dict = {"color": text_color(color), "linestyle": style, "linewidth": 2}
        ax.plot(run.steps[:measured], median, **look, label=words[-1])
    ax.legend(title="steps to 90 %, median (range)", loc="lower right")
    _percent(ax, "y")
    seeds, steps = len(run.accuracy), run.steps[measured - 1]
    show(
        figure,
        alt=f"""Accuracy on the test images over {steps} steps with batch norm, for four optimizers,
        median of {seeds} seeds. Steps to 90 %, median of the seeds (lowest to highest):
        {", ".join(words)}.""",
    )


def training_curves(with_norm: Curves, without: Curves, rung: Rung) -> None:
    """Accuracy on the test images while training, with and without batch norm, a band a net.

    Args:
        rung: of the same nets, the steps to 90 %: counted one by one, where a curve has gaps.
    """
    figure, ax = new_figure(
        "Both learn to read; without batch norm it takes hundreds of steps more",
        "step (logarithmic)",
        "accuracy on test images",
        size=(7.8, 3.9),
    )
    words = []
    both = ((with_norm, rung.steps_with), (without, rung.steps_without))
    for (run, reached), (color, label) in zip(both, BOTH, strict=True):
        median = band(ax, run.steps, run.accuracy, color)
        halfway = np.flatnonzero(median >= 0.55)[0]
        label_line(ax, run.steps[halfway], median[halfway], label, color, side="left")
        words.append(
            f"{label} {_median(reached)} steps to 90 %, {np.median(run.final):.0%} at "
            f"the end, after {run.steps[-1]} steps"
        )
    waited = without.steps[np.flatnonzero(np.median(without.accuracy, axis=0) > 0.15)[0]]
    ax.set_xscale("log")
    plain_ticks(ax, x=[t for t in (5, 10, 30, 100, 300, 1000) if t <= without.steps[-1]])
    _percent(ax, "y")
    show(
        figure,
        alt=f"""Accuracy on the test images over the training steps, each net at its own best
        learning rate; medians of {len(with_norm.accuracy)} seeds: {"; ".join(words)}. Until step
        {waited} the median without batch norm is below 15 %; guessing gives 10 %.""",
    )


def ladder(rungs: Sequence[Rung]) -> None:
    """Steps to 90 % accuracy as the start is repaired, a row a setting, a dot a seed."""
    figure, ax = new_figure(
        "Most of batch norm's gain is gone once both nets start well",
        "steps to 90 % on test images (logarithmic)",
        "",
        size=(8.6, 4.0),
    )
    words = []
    for row, rung in enumerate(rungs):
        medians = [np.median(rung.steps_with), np.median(rung.steps_without)]
        ax.plot(medians, [row, row], color=NEUTRAL, linewidth=1, zorder=1)
        for steps, median, (color, _), marker in zip(
            (rung.steps_with, rung.steps_without), medians, BOTH, MARKERS, strict=True
        ):
            nudge = 0.09 * np.linspace(-1, 1, steps.size)
            ax.plot(steps, row + nudge, marker, color=color, markersize=4, alpha=0.5)
            ax.plot(median, row, marker, color=color, markersize=8)
            left, ha = (2, "right") if color == WITH else (-2, "left")  # apart where dots are not
            beside(ax, f"{median:g}", (median, row), (left, 8), ha=ha, color=color)
        ratio = medians[1] / medians[0]
        times = f"{ratio:.1f}" if ratio < 3 else f"{ratio:.0f}"
        ax.text(1250, row, f"{times} ×", va="center", fontsize=10, color=NEUTRAL)
        words.append(
            f"{rung.setting.name}: {medians[0]:g} with, {medians[1]:g} without, "
            f"{times} times as many"
        )
    ax.text(1250, -0.48, "ratio", fontsize=10, color=NEUTRAL)
    ax.set_yticks(range(len(rungs)), [rung.setting.name for rung in rungs])
    ax.set_ylim(len(rungs) - 0.55, -0.75)
    ax.set_xscale("log")
    plain_ticks(ax, x=(10, 20, 50, 100, 200, 500, 1000))
    for x, (color, label) in zip((11, 1000), BOTH, strict=True):
        side: dict = {"ha": "left" if color == WITH else "right", "fontsize": 10}
        ax.text(x, -0.48, label, color=text_color(color), **side)
    seeds = len(rungs[0].steps_with)
    show(
        figure,
        alt=f"""Steps to 90 % accuracy on the test images with batch norm (circles) and without
        (squares), each net at its own best learning rate, median of {seeds} seeds.
        {"; ".join(words)}.""",
    )


def rate_sweep(sweeps: Sequence[Sweep], titles: Sequence[str]) -> None:
    """Steps to 90 % accuracy over learning rates, with and without batch norm, a panel a net."""
    figure, axes = new_panels(
        "Batch norm copes with larger learning rates; at small ones it need not be ahead",
        "learning rate (logarithmic)",
        "steps to 90 % on held-back images",
        panels=len(sweeps),
        panel_titles=list(titles),
        sharey=True,
        size=(8.6, 4.0),
    )
    words = []
    for ax, sweep, title in zip(axes, sweeps, titles, strict=True):
        numbers = []
        ax.set_xscale("log")
        ax.set_yscale("log")
        looks: tuple[dict, ...]
        looks = ({"marker": "o", "ms": 4}, {"marker": "s", "ms": 8, "mfc": "none", "ls": "--"})
        for steps, (color, label), look in zip(
            (sweep.steps_with, sweep.steps_without), BOTH, looks, strict=True
        ):
            reached = np.isfinite(steps).all(axis=0)
            got_there = dict(zip(sweep.rates, np.isfinite(steps).sum(axis=0), strict=True))
            median = band(ax, sweep.rates, np.where(reached, steps, np.nan), color, **look)
            for number, rate in enumerate(sweep.rates[~reached]):
                ax.plot(rate, 1.25 * sweep.limit, "x", color=color)
                count = ("" if number else f"{label}: ") + f"{got_there[rate]} of {len(steps)}"
                label_line(ax, rate, 1.25 * sweep.limit, count, color, side="left")
            at = np.nanargmin(median) if color == WITH else np.flatnonzero(reached)[-1]
            by, ha, va = ((0, -7), "center", "top") if color == WITH else ((9, 0), "left", "center")
            beside(ax, label, (sweep.rates[at], median[at]), by, ha=ha, va=va, color=color)
            each = ", ".join(
                f"{n:g} at {rate:g}"
                if np.isfinite(n)
                else f"{got_there[rate]} of {len(steps)} within {sweep.limit} at {rate:g}"
                for n, rate in zip(median, sweep.rates, strict=True)
            )
            numbers.append(f"{label} {each}")
        plain_ticks(ax, x=sweep.rates, y=(5, 10, 20, 50, 100, 200))
        words.append(f"{title}: {'; '.join(numbers)}.")
    lowest = min(np.nanmin(steps) for s in sweeps for steps in (s.steps_with, s.steps_without))
    axes[0].set_ylim(0.75 * lowest, 200)
    seeds = len(sweeps[0].steps_with)
    said = f"median and range of {seeds} seeds\n×: not all got there in {sweeps[0].limit} steps"
    note(axes[1], said, (0.02, 0.97), va="top", color=NEUTRAL)
    show(
        figure,
        alt=f"""Steps to 90 % accuracy on held-back training images over the learning rate, both
        axes logarithmic, median of {seeds} seeds. Circles on a solid line with batch norm, squares
        on a dashed line without. {" ".join(words)}""",
    )


def learned_parameters(net: Network) -> None:
    """Every unit's gamma and beta after training, a row a hidden layer.

    The heights of the dots within a row mean nothing: they keep the dots apart.
    """
    layers = len(net.batch_norms)
    figure, axes = new_panels(
        "gamma and beta have left 1 and 0, and most so in the last hidden layer",
        ["gamma (started at 1); a dot is a unit", "beta (started at 0); a dot is a unit"],
        "",
        panels=2,
        sharey=True,
        size=(8.6, 3.3),
    )
    words = []
    for ax, name, start in zip(axes, ("gamma", "beta"), (1, 0), strict=True):
        ax.axvline(start, color=THEORY, linestyle="--", linewidth=1.2)
        for row, color in enumerate(shades(WITH, layers + 1)[1:]):
            values = np.sort(net.parameters[f"{name}{row + 1}"][:, 0])
            heights = row + 0.3 * np.sin(2.4 * np.arange(values.size))
            ax.plot(values, heights, "o", color=color, markersize=3.5, alpha=0.8)
            low, middle, high = (
                f"{np.round(v, 2) + 0.0:.2f}" for v in (values[0], np.median(values), values[-1])
            )
            words.append(f"{name}{row + 1} {middle} ({low} to {high})")
        name_rows(ax, [f"hidden layer {i + 1}" for i in range(layers)])
    show(
        figure,
        alt=f"""A dot for every unit's gamma and beta after training. Median of a layer's units
        (lowest to highest): {", ".join(words)}.
        Dashed lines mark where they started: gamma at 1, beta at 0.""",
    )


def _median(steps: np.ndarray) -> str:
    median = np.median(steps)
    return f"{median:g}" if np.isfinite(median) else "never"


def _percent(ax: Axes, axis: str) -> None:
    getattr(ax, f"{axis}axis").set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
