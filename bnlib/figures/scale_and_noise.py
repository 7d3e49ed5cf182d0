"""Figures of notebook 3 on the scale of the weights and on the noise of a batch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from bnlib.experiments.batch_noise import BatchNoise
from bnlib.experiments.regularization import Fitted
from bnlib.experiments.scale_invariance import DescentRun
from bnlib.figures.style import (
    NEUTRAL,
    OTHERS,
    THEORY,
    THEORY_LINE,
    WITH,
    WITHOUT,
    band,
    label_line,
    new_figure,
    new_panels,
    shades,
    show,
)


def growing_norms(runs: dict[float, list[DescentRun]]) -> None:
    """The norm of the weights before batch norm, and the effective rate, by learning rate."""
    figure, (left, right) = new_panels(
        "The norm can only grow, and the effective learning rate falls as its square",
        "step",
        ["norm of a row of W[1]\n(1 = at the start)", "learning rate / norm²\n(1 = at the start)"],
        panels=2,
    )
    said = []
    for (rate, seeds), color in zip(runs.items(), shades(WITH, len(runs)), strict=True):
        growth = np.array([np.median(r.norms / r.norms[0], axis=1) for r in seeds])
        steps = np.arange(1, growth.shape[1] + 1)
        median = band(left, steps, growth, color, label=f"rate {rate:g}")
        band(right, steps, growth**-2.0, color, label=f"rate {rate:g}")
        end = median[-1]  # a large growth depends on rounding: it is told coarsely
        times = f"{end:.1f}" if end < 2 else f"about {3 * round(end / 3)}"
        said.append(f"{rate:g}: {times} times, {100 * end**-2:.0f} %")
    for ax, ticks in ((left, (1, 2, 4, 8)), (right, (0.02, 0.05, 0.1, 0.2, 0.5, 1))):
        log_ticks(ax, ticks)
    show(
        figure,
        alt=f"""Over {steps[-1]} steps of gradient descent with batch norm: the norm of a row of
        weights, and the effective learning rate, both relative to the start, median row, median of
        {len(seeds)} seeds. At the end, by learning rate: {"; ".join(said)}.""",
    )


def same_descent(runs: dict[str, DescentRun]) -> None:
    """Three runs: the weights, ten times the weights, and those with a rate a hundred times."""
    figure, ax = new_figure(
        "Ten times the weights with a hundred times the rate: the same descent",
        "step",
        "cost (nats)",
    )
    scaled = {"color": OTHERS[0], "linestyle": "--", "linewidth": 2}
    styles: tuple[dict, ...] = (
        {"color": WITH, "linewidth": 6, "alpha": 0.4},
        {"color": OTHERS[1]},
        scaled,
    )
    said = []
    for (name, run), style in zip(runs.items(), styles, strict=True):
        ax.plot(run.costs, **style)
        label_line(ax, len(run.costs) - 1, run.costs[-1], name, style["color"])
        said.append(f"{name} {run.costs[-1]:.3f}")
    log_ticks(ax, (0.03, 0.1, 0.3, 1, 3))
    show(
        figure,
        alt=f"""Cost over {len(run.costs)} steps of gradient descent. At the end:
        {"; ".join(said)}.""",
    )


def batch_noise(noise: BatchNoise, population: int, theories: dict[str, np.ndarray]) -> None:
    """Measured noise of a batch's mean over theory; `theories` at `noise.batch_sizes`."""
    figure, ax = new_figure(
        "A batch's mean is less noisy the larger the batch, as theory says",
        f"batch size m, out of {population:,} examples",
        "standard deviation of the mean,\nin units of sigma",
    )
    measured = (noise.independent, noise.mini_batches)
    for (name, theory), values, marker in zip(theories.items(), measured, "os", strict=True):
        ax.plot(noise.batch_sizes, theory, **THEORY_LINE)
        ax.plot(noise.batch_sizes, values, marker, color=WITH, markersize=5)
        label_line(ax, noise.batch_sizes[-1], values[-1], name, WITH)
    ax.set_xscale("log", base=2)
    log_ticks(ax, (0.01, 0.02, 0.05, 0.1, 0.2, 0.5))
    ax.set_xticks(noise.batch_sizes, [str(m) for m in noise.batch_sizes])
    ax.annotate("dashed: theory", (0.04, 0.08), xycoords="axes fraction", color=THEORY)
    pairs = zip(noise.batch_sizes, *theories.values())
    said = "; ".join(f"m = {m}: {a:.3f} and {b:.3f}" for m, a, b in list(pairs)[1::2])
    apart = max(np.max(np.abs(m / t - 1)) for m, t in zip(measured, theories.values()))
    show(
        figure,
        alt=f"""Standard deviation of a batch's mean over batch sizes, both axes logarithmic, for
        independent draws and for mini-batches without replacement. Theory: {said}. All measured
        points are within {"10" if apart < 0.1 else "20"} % of theory.""",
    )


def batch_sizes(with_norm: dict[int, Fitted], without: dict[int, Fitted]) -> None:
    """Test accuracy by the batch size in training, with and without batch norm."""
    figure, ax = new_figure(
        "Within batch norm, smaller batches generalize better, down to a point",
        "batch size (always 128 steps)",
        "accuracy on new images",
    )
    ax.set_xscale("log", base=2)
    said, smallest = [], []
    for fitted, color, label, marker in (
        (with_norm, WITH, "with batch norm", "o"),
        (without, WITHOUT, "without", "s"),
    ):
        runs = np.stack([f.test for f in fitted.values()], axis=1)
        median = band(ax, list(fitted), runs, color, label=label, marker=marker)
        said.append(f"{label} {', '.join(f'{100 * m:.0f} %' for m in median[1:])}")
        # The smallest batches make training depend on rounding: their accuracy is told coarsely.
        smallest.append(f"about {5 * round(20 * median[0])} % {label}")
    sizes = list(fitted)
    ax.set_xticks(sizes, [str(size) for size in sizes])
    show(
        figure,
        alt=f"""Test accuracy after training on 128 images at batch sizes
        {", ".join(map(str, sizes))}, median and range of {len(runs)} seeds. Medians from
        batches of {sizes[1]} on: {"; ".join(said)}. At {sizes[0]}: {"; ".join(smallest)}.""",
    )


def dropout(gains: dict[str, np.ndarray]) -> None:
    """What dropout adds to the accuracy on new images: name -> (seeds,)."""
    figure, ax = new_figure(
        "A little dropout helps beside batch norm; much of it does not",
        "accuracy with dropout minus accuracy without, in points",
        "",
        size=(7.2, 3.0),
    )
    said = []
    for row, (name, gain) in enumerate(gains.items()):
        color = WITH if name.startswith("batch norm") else WITHOUT
        ax.plot(100 * gain, 0 * gain + row, "o", color=color, alpha=0.7)
        points = f"{np.floor(100 * gain.min()):.0f} and {np.ceil(100 * gain.max()):.0f} points"
        said.append(f"{name}: {(gain > 0).sum()} of {gain.size} seeds gain, between {points}")
    ax.axvline(0, color=NEUTRAL, linewidth=1)
    ax.set_yticks(range(len(gains)), list(gains))
    ax.margins(y=0.15)
    ax.invert_yaxis()
    show(
        figure,
        alt=f"""Change of test accuracy by dropout, a dot a seed, at batches of 64.
        {"; ".join(said)}.""",
    )


def log_ticks(ax: Axes, ticks: Sequence[float]) -> None:
    """A logarithmic y axis with just these ticks, in plain numbers."""
    ax.set_yscale("log")
    ax.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    ax.minorticks_off()
