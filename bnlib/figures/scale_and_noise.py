"""Figures of notebook 3 on the scale of the weights and on the noise of a batch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from bnlib.experiments.batch_noise import BatchNoise
from bnlib.experiments.scale_invariance import DescentRun
from bnlib.figures.canvas import new_figure, new_panels, show
from bnlib.figures.drawing import band, label_line, log_ticks, note, plain_ticks
from bnlib.figures.style import BOTH, NEUTRAL, OTHERS, THEORY_LINE, WITH, WITHOUT, shades

RATE = "effective learning rate"


def growing_norms(rates: Sequence[float], steps: Sequence[int], growth: np.ndarray) -> None:
    """The norm of the weights before batch norm, and the effective rate, by learning rate.

    Args:
        rates: (p,), the learning rates.
        steps: (q,), at which the norms were measured.
        growth: (seeds, p, q), a row's norm over that at the start.
    """
    figure, (left, right) = new_panels(
        "The norm can only grow, and the effective learning rate falls",
        "step",
        [f"{what}\n(1 = at the start)" for what in ("norm of a row of W[1]", RATE)],
        panels=2,
    )
    said = []
    for k, (rate, color) in enumerate(zip(rates, shades(WITH, len(rates)), strict=True)):
        median = band(left, steps, growth[:, k], color, label=f"rate {rate:g}")
        band(right, steps, growth[:, k] ** -2.0, color, label=f"rate {rate:g}")
        least, most = growth[:, k, -1].min(), growth[:, k, -1].max()
        said.append(
            f"{rate:g}: {median[-1]:.1f} times ({least:.1f} to {most:.1f}), "
            f"{100 * median[-1] ** -2:.0f} %"
        )
    for ax, ticks in ((left, (1, 2, 4, 8)), (right, (0.02, 0.05, 0.1, 0.2, 0.5, 1))):
        log_ticks(ax, ticks)
    show(
        figure,
        alt=f"""Over {steps[-1]} steps of gradient descent with batch norm: the norm of a row of
        weights, and the effective learning rate, both relative to the start, median row of each
        network, median and range of {len(growth)} seeds. At the end, by learning rate:
        {"; ".join(said)}.""",
    )


def decayed_norms(norms: np.ndarray, starts: Sequence[float]) -> None:
    """The norm of the rows under weight decay: (seeds, starts, epochs + 1)."""
    figure, ax = new_figure(
        "Under weight decay the norms end close together, wherever they start",
        "epoch",
        "norm of a row, median of both layers",
    )
    epochs = np.arange(norms.shape[2])
    said = []
    for k, (start, color) in enumerate(zip(starts, shades(WITH, len(starts)), strict=True)):
        median = band(ax, epochs, norms[:, k], color, label=f"weights {start:g}")
        said.append(f"{start:g}: from {median[0]:.1f} to {median[-1]:.1f}")
    log_ticks(ax, (0.3, 0.5, 1, 2, 5))
    show(
        figure,
        alt=f"""Norm of a row of weights before batch norm over {epochs[-1]} epochs with weight
        decay, logarithmic axis, median and range of {len(norms)} seeds, by the standard deviation
        of the first weights. {"; ".join(said)}.""",
    )


def same_descent(runs: dict[str, DescentRun]) -> None:
    """Three runs: the weights, ten times the weights, and those with a rate a hundred times."""
    figure, ax = new_figure(
        "Ten times the weights with a hundred times the rate: the same descent",
        "step",
        "cost (nats)",
    )
    styles: tuple[dict, ...] = (
        {"color": WITH, "linewidth": 6, "alpha": 0.4},
        {"color": OTHERS[1]},
        {"color": OTHERS[0], "linestyle": "--", "linewidth": 2},
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
    plain_ticks(ax, x=noise.batch_sizes)
    note(ax, "dashed: theory", (0.04, 0.08))
    pairs = zip(noise.batch_sizes, *theories.values())
    said = "; ".join(f"m = {m}: {a:.3f} and {b:.3f}" for m, a, b in list(pairs)[1::2])
    apart = max(np.max(np.abs(m / t - 1)) for m, t in zip(measured, theories.values()))
    show(
        figure,
        alt=f"""Standard deviation of a batch's mean over batch sizes, both axes logarithmic, for
        independent draws and for mini-batches without replacement. Theory: {said}. All measured
        points are within {"10" if apart < 0.1 else "20"} % of theory.""",
    )


def batch_sizes(sizes: Sequence[int], runs: dict[int, np.ndarray]) -> None:
    """What smaller batches gain on new images: steps -> accuracies (seeds, 2, sizes)."""
    figure, axes = new_panels(
        "Batch norm gains from batches of medium size; the plain net does not",
        "batch size",
        f"gain against batches of {sizes[-1]}, in points",
        panels=len(runs),
        panel_titles=[f"after {steps} steps" for steps in runs],
    )
    said = []
    for ax, (steps, accuracy) in zip(axes, runs.items(), strict=True):
        ax.axhline(0, color=NEUTRAL, linewidth=1)
        ax.set_xscale("log", base=2)
        for k, (color, label) in enumerate(BOTH):
            beside = [size * (0.92, 1)[k] for size in sizes[:-1]]  # so that no bar covers another
            gains = accuracy[:, k, :-1] - accuracy[:, k, -1:]
            numbers = _means_with_bars(ax, beside, gains, color, marker="os"[k])
            label_line(ax, sizes[-2], numbers[-1][0], label, color)
            said.append(f"after {steps} steps, {label}: {_said(numbers)}")
        plain_ticks(ax, x=sizes[:-1])
    show(
        figure,
        alt=f"""Gain of accuracy on new images, in points, by training in batches of
        {", ".join(map(str, sizes[:-1]))} against all {sizes[-1]} images in every step: mean and
        standard error of {len(accuracy)} seeds; the bars are two of these. {"; ".join(said)}.""",
    )


def _means_with_bars(
    ax: Axes, x: Sequence[float], gains: np.ndarray, color: str, **line
) -> list[tuple[float, float]]:
    """Means of `gains (seeds, p)` in points, with bars of two standard errors; both, returned."""
    mean = 100 * gains.mean(axis=0)
    error = 100 * gains.std(axis=0, ddof=1) / np.sqrt(len(gains))
    ax.errorbar(x, mean, 2 * error, color=color, capsize=3, **line)
    return list(zip(mean.tolist(), error.tolist(), strict=True))


def _said(numbers: list[tuple[float, float]]) -> str:
    return ", ".join(f"{mean:+.1f} ± {error:.1f}" for mean, error in numbers)


def dropout(steps: Sequence[int], gains: dict[str, np.ndarray]) -> None:
    """What dropout adds to the accuracy on new images: name -> (seeds, moments)."""
    figure, ax = new_figure(
        "Much dropout costs at first; beside batch norm it pays later",
        "training steps",
        "gain by dropout, in points",
        size=(7.2, 3.9),
    )
    said = []
    for (name, gain), mark, line in zip(gains.items(), "os^v", ("-", "--") * 2, strict=True):
        color = WITH if name.startswith("batch norm") else WITHOUT
        numbers = _means_with_bars(ax, steps, gain, color, marker=mark, linestyle=line)
        label_line(ax, steps[-1], numbers[-1][0], name, color)
        said.append(f"{name}: {_said(numbers)}")
    ax.axhline(0, color=NEUTRAL, linewidth=1)
    ax.set_xscale("log", base=2)
    ax.set_xticks(steps, [f"{step:,}" for step in steps])
    ax.minorticks_off()
    show(
        figure,
        alt=f"""Gain of accuracy on new images by dropout, in points, after
        {", ".join(map(str, steps))} steps, at batches of 64: mean and standard error of
        {len(gain)} seeds; the bars are two of these. {"; ".join(said)}.""",
    )
