"""The figures of notebook 3; those on the scale of weights and on noise: `scale_and_noise.py`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bnlib.experiments.cats import true_boundary
from bnlib.experiments.internal_shift import PERCENTILES, ShiftRun
from bnlib.experiments.sweeps import WORKS
from bnlib.figures.canvas import new_figure, new_panels, show
from bnlib.figures.drawing import band, beside, label_line, log_ticks, plain_ticks
from bnlib.figures.scale_and_noise import (
    batch_noise,
    batch_sizes,
    decayed_norms,
    dropout,
    growing_norms,
    same_descent,
)
from bnlib.figures.style import BOTH, NEUTRAL, OTHERS, THEORY, THEORY_LINE, WITH, WITHOUT
from bnlib.network import Network

__all__ = [
    "batch_noise",
    "batch_sizes",
    "cats",
    "decayed_norms",
    "dropout",
    "good_starts",
    "growing_norms",
    "layer_shift",
    "noisy_norm",
    "same_descent",
    "smoothness",
    "sweeps",
    "unit_percentiles",
]


def percent(accuracies: Sequence[float] | np.ndarray) -> str:
    """The median accuracy, in whole percent."""
    return f"{100 * np.median(accuracies):.0f} %"


def cats(net: Network, panels: dict[str, tuple[np.ndarray, np.ndarray]]) -> None:
    """A classifier's boundary among animals: title -> x (2, m), y (m,), in two panels."""
    figure, axes = new_panels(
        "The rule is the same everywhere; the classifier has seen only its left end",
        "colour (black to coloured)",
        "shape",
        panels=2,
        panel_titles=[f"{name}: {net.accuracy(*data):.0%} right" for name, data in panels.items()],
        sharex=True,
        sharey=True,
    )
    colours, shapes = np.linspace(-3, 3.6, 120), np.linspace(-4, 4, 120)
    grid = np.stack([axis.ravel() for axis in np.meshgrid(colours, shapes)])
    lead = np.diff(net.forward(grid), axis=0).reshape(120, 120)
    for ax, (x, y) in zip(axes, panels.values(), strict=True):
        for label, marker in ((1, "o"), (0, "x")):
            colour, shape = x[:, y == label]
            ax.scatter(colour, shape, s=14, marker=marker, color=OTHERS[2 * label], alpha=0.7)
        ax.contour(colours, shapes, lead, levels=[0], colors=WITHOUT, linewidths=2)
        ax.plot(colours, true_boundary(colours), **THEORY_LINE)
        ax.set_ylim(-4, 4)
    axes[0].text(1.2, 2.0, "true rule", color=THEORY)
    axes[0].text(2.2, -2.6, "learned", color=WITHOUT)
    axes[0].text(-2.9, 3.4, "o cat   x not a cat", color=NEUTRAL)
    right = [f"{name}: {net.accuracy(*data):.0%}" for name, data in panels.items()]
    show(
        figure,
        alt=f"""Animals by colour and shape, with the true boundary, a curve over all colours, and
        the boundary that a network learned from black cats. It follows the true one where black
        cats are and leaves it elsewhere. Classified right: {", ".join(right)}.""",
    )


def unit_percentiles(runs: dict[str, ShiftRun]) -> None:
    """The percentiles of one unit's sigmoid input through training, a panel a network."""
    figure, axes = new_panels(
        "With batch norm, what a sigmoid receives moves far less while the network trains",
        "step",
        "input of the sigmoid",
        panels=len(runs),
        panel_titles=list(runs),
        sharex=True,
        sharey=True,
    )
    said = []
    for ax, (name, run) in zip(axes, runs.items(), strict=True):
        color = WITH if name.startswith("with batch") else WITHOUT
        low, median, high = run.percentiles
        ax.fill_between(run.steps, low, high, color=color, alpha=0.18, linewidth=0)
        for line, width in ((low, 1), (median, 2), (high, 1)):
            ax.plot(run.steps, line, color=color, linewidth=width)
        said.append(
            f"{name}: the median goes through a range of {np.ptp(median):.1f}, the distance from "
            f"the lowest to the highest line goes from {high[0] - low[0]:.1f} to "
            f"{high[-1] - low[-1]:.1f}"
        )
    for line, p in zip(runs[list(runs)[-1]].percentiles, PERCENTILES, strict=True):
        label_line(axes[-1], run.steps[-1], line[-1], f"{p} %", color)
    show(
        figure,
        alt=f"""The {PERCENTILES[0]}th, {PERCENTILES[1]}th and {PERCENTILES[2]}th percentile of the
        input of the sigmoid of one unit in the last hidden layer, over {run.steps[-1]} steps.
        {"; ".join(said)}.""",
    )


def layer_shift(names: Sequence[str], shift: np.ndarray) -> None:
    """How far the inputs of each layer's sigmoids have moved by the end: (seeds, networks, 3)."""
    figure, ax = new_figure(
        "Without batch norm the inputs shift more, most in the last layer",
        "hidden layer",
        "shift since the start,\nin standard deviations at the start",
    )
    said = []
    for name, ends, color, style in zip(
        names, np.moveaxis(shift, 1, 0), (WITHOUT, WITHOUT, WITH), ("--", "-", "-"), strict=True
    ):
        median = band(ax, [1, 2, 3], ends, color, label=name, marker="o", linestyle=style)
        said.append(f"{name} " + ", ".join(f"{float(f'{m:.1g}'):g}" for m in median))
    ax.set_xticks([1, 2, 3])
    log_ticks(ax, (0.01, 0.1, 1, 10, 100))
    show(
        figure,
        alt=f"""Shift of the mean of the sigmoids' inputs between start and end of training, in
        standard deviations at the start, in hidden layers 1, 2 and 3: the median over a layer's
        units, logarithmic axis, median and range of {len(shift)} seeds. Medians:
        {"; ".join(said)}.""",
    )


def noisy_norm(names: Sequence[str], steps: Sequence[int], runs: np.ndarray) -> None:
    """Accuracy through training, and two measures of shift, for batch norm with noise after it.

    Args:
        steps: (p,), at which all was measured.
        runs: (seeds, networks, 3, p): accuracy, shift since the start, shift in one step.
    """
    figure, (left, right) = new_panels(
        "Batch norm with shifts added back still trains fast; with violent ones it does not",
        ["step", ""],
        ["test accuracy", "shift, in standard deviations"],
        panels=2,
    )
    said = []
    for k, (name, color, marker) in enumerate(
        zip(names, (WITH, OTHERS[2], OTHERS[0], WITHOUT), "o^vs", strict=True)
    ):
        look: dict = {"color": color, "marker": marker, "markersize": 5}
        accuracy, since_start, one_step = np.moveaxis(runs[:, k], 1, 0)
        band(left, np.array(steps), accuracy, label=name, **look)
        for at, shift in enumerate((one_step, since_start)):
            values = np.median(shift[:, -3:], axis=1)
            right.plot(at + 0.12 * (k - 1.5) + 0 * values, values, ls="none", alpha=0.4, **look)
            said.append(f"{np.median(values):.2g}")
            side = ("left", "right")[at]
            label_line(right, 1.4 * at - 0.2, np.median(values), name, color, side=side)
        said.append(f"{percent(accuracy[:, 3])} and {percent(accuracy[:, -1])} ({name})")
    right.set_xticks([0, 1], ["from one step\nto the next", "since the start"])
    right.set_xlim(-1, 1.5)
    log_ticks(right, (0.001, 0.01, 0.1, 1))
    grouped = [" and ".join(said[i : i + 2]) + ", " + said[i + 2] for i in range(0, len(said), 3)]
    show(
        figure,
        alt=f"""Left: test accuracy over {steps[-1]} steps, median and range of {len(runs)} seeds.
        Right: shift of the sigmoids' inputs from one step to the next and since the start. Shift by
        the two measures, then accuracy after {steps[3]} and {steps[-1]} steps:
        {"; ".join(grouped)}.""",
    )


def smoothness(names: Sequence[str], steps: Sequence[int], runs: np.ndarray) -> None:
    """Both measures at moments of training.

    Args:
        names: of two networks, e.g. by their activation.
        steps: (p,), at which it was measured.
        runs: (seeds, networks, 2, 2, p): with batch norm or without; range of the cost, change of
            the gradient.
    """
    figure, axes = new_panels(
        "Smoother with batch norm: the ReLU net after its first steps, not everything",
        "training step at which it is measured",
        ["range of the cost (nats)"] * 2 + ["change of the gradient"] * 2,
        panels=(2, 2),
        panel_titles=[*names, "", ""],
        sharex=True,
        size=(8.6, 5.6),
    )
    said = []
    for row, what in enumerate(("range of the cost", "change of the gradient")):
        for column, network in enumerate(names):
            ax = axes[2 * row + column]
            ax.set_xscale("log", base=2)
            if column:
                ax.sharey(axes[2 * row])
            ends = []
            for k, (color, label) in enumerate(BOTH):
                values = runs[:, column, k, row]
                median = band(ax, np.array(steps), values, color, label=label)
                ends.append(f"{median[0]:.2g} at first and {median[-1]:.1g} at last {label}")
            said.append(f"{network}, {what}: {', '.join(ends)}")
            log_ticks(ax, (0.01, 0.1, 1, 10))
            plain_ticks(ax, x=steps[::2])
    show(
        figure,
        alt=f"""Two measures of smoothness along the gradient at steps {steps[0]} to {steps[-1]},
        logarithmic axes, median and range of {len(runs)} seeds. {"; ".join(said)}.""",
    )


def sweeps(panels: dict[str, tuple[Sequence[float], Sequence[float], np.ndarray]]) -> None:
    """Accuracy over learning rates and over scales, after 110 steps.

    Args:
        panels: axis name -> its values (p,), those at which there is a tick, and the accuracies
            (seeds, 2, p), with batch norm and without.
    """
    figure, axes = new_panels(
        "Batch norm widens the range of rates and scales that work",
        list(panels),
        "test accuracy after 110 steps",
        panels=2,
        sharey=True,
    )
    said = []
    for ax, (name, (values, ticks, runs)) in zip(axes, panels.items(), strict=True):
        ax.set_xscale("log")
        ax.axhline(WORKS, color=NEUTRAL, linewidth=1, linestyle=":")
        for k, (color, label) in enumerate(BOTH):
            median = band(ax, np.array(values), runs[:, k], color, marker="os"[k], markersize=4)
            at = len(values) // 2 - 1
            at = at if median[at] > 0.5 else 1
            place = (-34, 9) if k == 0 else (-12, -16 if median[at] > 0.5 else 8)
            ax.annotate(
                label, (values[at], median[at]), place, textcoords="offset points", color=color
            )
            works = [v for v, m in zip(values, median, strict=True) if m >= WORKS]
            span = " to ".join(f"{x:g}" for x in sorted({min(works), max(works)}))
            said.append(f"{name}, {label}: {span}, at best {100 * median.max():.0f} %")
        plain_ticks(ax, x=ticks)
    beside(axes[0], "works", (0.01, WORKS), (0, 4), color=NEUTRAL)
    axes[0].set_ylim(0, 1.12)
    show(
        figure,
        alt=f"""Test accuracy of a ReLU network over learning rates and over scales of the initial
        weights, logarithmic axes, median and range of {len(runs)} seeds. Values that
        work, where the median reaches {100 * WORKS:.0f} %. {"; ".join(said)}.""",
    )


def good_starts(accuracies: dict[str, np.ndarray]) -> None:
    """Accuracy of the sigmoid network by how it is started, a dot a seed."""
    figure, ax = new_figure(
        "On the sigmoid net, other remedies get most of batch norm's gain",
        "test accuracy after 154 steps",
        "",
    )
    for row, (name, values) in enumerate(accuracies.items()):
        color = WITH if name == "batch norm" else WITHOUT
        ax.plot(values, 0 * values + row, "o", color=color, alpha=0.6)
        ax.plot(np.median(values), row, "|", color=color, markersize=18, markeredgewidth=2)
    ax.set_yticks(
        range(len(accuracies)),
        [name if name == "batch norm" else f"plain: {name}" for name in accuracies],
    )
    ax.margins(y=0.1)
    ax.invert_yaxis()
    ax.set_xlim(0, 1)
    said = "; ".join(f"{name} {percent(values)}" for name, values in accuracies.items())
    show(
        figure,
        alt=f"""Test accuracy of a sigmoid network by how it was started, {len(values)} seeds each,
        medians. All but the last without batch norm: {said}.""",
    )
