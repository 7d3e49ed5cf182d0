"""The figures of notebook 1 about gradient descent: in a bowl, and on the output layer alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from bnlib.experiments.bowl import Path, StepCounts, most_steps
from bnlib.figures.canvas import new_figure, new_panels, show
from bnlib.figures.drawing import band, beside, label_line, log_ticks, note
from bnlib.figures.style import NEUTRAL, OTHERS, THEORY, THEORY_LINE, WITH, WITHOUT


def zigzag(bowls: Sequence[tuple[np.ndarray, Path]]) -> None:
    """Two bowls and the path through each: raw features first, then normalized ones.

    Args:
        bowls: for each, the Hessian (2, 2) and the path.
    """
    steps = [len(path.excess) - 1 for _, path in bowls]
    figure, axes = new_panels(
        f"Raw features: {steps[0]} steps of zig-zag. Normalized: {steps[1]} steps, nearly straight",
        "weight w1",
        "weight w2",
        panels=2,
        panel_titles=["features as they are", "features normalized"],
        size=(8.6, 4.6),
    )
    # Where the label of the lowest cost is not in the path's way
    apart = (((-9, -9), "right"), ((0, 9), "center"))
    for ax, (hessian, path), color, (by, side) in zip(
        axes, bowls, (WITHOUT, WITH), apart, strict=True
    ):
        _contours(ax, hessian, path)
        ax.plot(*path.w.T, "o-", color=color, markersize=3.5, linewidth=1.3)
        ax.plot(*path.lowest, "o", color=THEORY, markersize=6)
        beside(ax, "start", tuple(path.w[0]), (-4, 7), ha="right")
        beside(ax, "lowest cost", tuple(path.lowest), by, ha=side)
    show(
        figure,
        alt=f"""Two contour plots of a least-squares cost over two weights, with the path of
        gradient descent from w = (0, 0), each at learning rate 2 / (largest + smallest eigenvalue
        of its Hessian). Features as they are: a long narrow valley; the path jumps from side to
        side and needs {steps[0]} steps until the cost above the lowest one is a thousandth of what
        it was. Features normalized: almost circular contours; the path goes almost straight to the
        lowest cost, in {steps[1]} steps.""",
    )


def _contours(ax: Axes, hessian: np.ndarray, path: Path) -> None:
    middle = (path.w.min(axis=0) + path.w.max(axis=0)) / 2
    half = 0.68 * np.ptp(path.w, axis=0).max()
    ticks = np.linspace(-half, half, 121)
    apart = np.stack(np.meshgrid(ticks + middle[0], ticks + middle[1])) - path.lowest[:, None, None]
    height = 0.5 * np.einsum("ihw,ij,jhw->hw", apart, hessian, apart)
    levels = path.excess[0] * np.array([0.01, 0.06, 0.2, 0.5, 1, 2, 4])
    ax.contour(ticks + middle[0], ticks + middle[1], height, levels, colors=NEUTRAL, linewidths=0.6)
    ax.set_aspect("equal")
    ax.grid(False)


def steps_against_condition(counts: StepCounts) -> None:
    """Measured step counts over the condition number, and the bound of the theory."""
    c = np.geomspace(counts.condition.min(), counts.condition.max(), 200)
    figure, ax = new_figure(
        "Ten times the condition number takes ten times the steps",
        "condition number of the features",
        "steps to a thousandth of the cost",
    )
    ax.loglog(c, most_steps(c, counts.shrink), **THEORY_LINE)
    ax.loglog(counts.condition.ravel(), counts.steps.ravel(), "o", color=NEUTRAL, markersize=5)
    ax.minorticks_off()
    bound = float(most_steps(c[-1], counts.shrink))
    label_line(ax, c[-1], bound, "theory: at most\nabout 1.7 × the\ncondition number", THEORY)
    said = f"a dot is one random data set\n({counts.steps.shape[1]} each)"
    note(ax, said, (0.04, 0.86), va="center", color=NEUTRAL)
    condition, steps = np.median(counts.condition, axis=1), np.median(counts.steps, axis=1)
    pairs = ", ".join(f"{s:.0f} at {c:.0f}" for c, s in zip(condition, steps, strict=True))
    show(
        figure,
        alt=f"""Steps of gradient descent until the cost above the lowest one is a thousandth of
        what it was, over the condition number of the features, both axes logarithmic. Median of
        {counts.steps.shape[1]} data sets each: {pairs}. The dashed line of the theory, at most
        about 1.7 times the condition number, rounded up to a whole step, is never passed; most
        data sets come close to it, some need far fewer.""",
    )


def learning_rate_bound(below: Path, above: Path) -> None:
    """The cost, step by step, 1 % below and 1 % above the largest stable learning rate."""
    figure, ax = new_figure(
        "1 % below 2 / λmax the cost falls; 1 % above it the cost grows",
        "step",
        "cost above the lowest (start = 1)",
    )
    ends = []
    for path, color, label in (
        (above, OTHERS[0], "1.01 × 2 / λmax"),
        (below, OTHERS[2], "0.99 × 2 / λmax"),
    ):
        share = path.excess / path.excess[0]
        ax.semilogy(share, color=color, linewidth=2)
        label_line(ax, len(share) - 1, share[-1], label, color)
        ends.append(share[-1])
    ax.minorticks_off()
    ax.axhline(1, color=NEUTRAL, linewidth=0.8)
    show(
        figure,
        alt=f"""The cost above the lowest one, as a share of its start, over {len(below.excess) - 1}
        steps of gradient descent, on a logarithmic axis. At 0.99 times 2 / lambda_max it falls to
        {ends[1]:.3f}. At 1.01 times 2 / lambda_max it grows to {ends[0]:.0f}.""",
    )


def next_layer(normalized: np.ndarray, plain: np.ndarray, pixels: np.ndarray) -> None:
    """Costs (seeds, steps + 1) of training the output layer alone, in three settings."""
    figure, ax = new_figure(
        "W[2], b[2] learn faster when z[1] is normalized",
        "step (only W[2] and b[2] are trained)",
        "cross-entropy cost",
    )
    steps = np.arange(plain.shape[1])
    ends = [
        band(ax, steps, runs, color, label=label)[-1]
        for runs, color, label in (
            (plain, WITHOUT, "z[1] as it comes"),
            (pixels, NEUTRAL, "pixels normalized,\nz[1] as it comes"),
            (normalized, WITH, "z[1] normalized"),
        )
    ]
    log_ticks(ax, (0.03, 0.1, 0.3, 1, 2))
    show(
        figure,
        alt=f"""Cross-entropy cost over {len(steps) - 1} steps of gradient descent on the output
        layer alone, logarithmic axis, median and range of {len(plain)} random hidden layers, each
        at the best of five learning rates. After the last step: {ends[0]:.2f} with z[1] as it
        comes, {ends[1]:.3f} with normalized pixels and z[1] as it comes, {ends[2]:.3f} with z[1]
        normalized.""",
    )
