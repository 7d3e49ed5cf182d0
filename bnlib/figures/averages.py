"""The figures of notebook 4 on exponentially weighted averages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bnlib.experiments import moving_average
from bnlib.experiments.moving_average import UnitMeans
from bnlib.figures.canvas import new_figure, new_panels, show
from bnlib.figures.drawing import label_line, note, plain_ticks
from bnlib.figures.style import LIGHT, NEUTRAL, TEST, THEORY, THEORY_LINE


def averages_of_unit(record: UnitMeans, decays: Sequence[float]) -> None:
    """The batch means of one unit, and their averages at several decays, started at zero."""
    figure, axes = new_panels(
        "A small decay follows the noise, a large one is slow",
        "training step",
        "mean of one unit's z",
        panels=len(decays),
        panel_titles=[f"decay {decay:g}" for decay in decays],
        sharey=True,
        size=(8.6, 3.4),
    )
    steps = np.arange(1, record.batch.size + 1)
    said = []
    for ax, decay in zip(axes, decays):
        average = moving_average.averages(record.batch, decay, corrected=False)
        ax.plot(steps, record.batch, ".", color=LIGHT, markersize=5)
        ax.plot(steps, average, color=TEST, linewidth=1.8)
        ax.plot(steps, record.all_images, **THEORY_LINE)
        (error,) = moving_average.typical_distance(record, (decay,))
        said.append(f"{error:.2f} at decay {decay:g}")
    for text, color, place in (
        ("dots: batches of 8", NEUTRAL, (0.03, 0.93)),
        ("line: their average", TEST, (0.03, 0.84)),
        ("dashed: all training images", THEORY, (0.03, 0.02)),
    ):
        note(axes[0], text, place, color=color)
    (single,) = moving_average.typical_distance(record, (0,))  # decay 0: the last value alone
    show(
        figure,
        alt=f"""The mean of one unit's z in every batch of 8, over {steps.size} training steps: dots
        that scatter around the dashed mean over all training images. In each of {len(decays)}
        panels, the average of the dots at one decay, started at zero. Typical distance from the
        dashed line in the second half: {single:.2f} for a single batch, {", ".join(said)}.""",
    )


def noise_and_lag(decays: Sequence[float], measured: np.ndarray) -> None:
    """Noise left and steps behind, `(seeds, decays, 2)`, over 1 - decay, with the theory."""
    figure, (left, right) = new_panels(
        "What a larger decay gains in noise, it loses in lag",
        "window 1 / (1 - decay), in steps",
        ["noise left (single value = 1)", "steps behind a rising line"],
        panels=2,
        panel_titles=["independent values", "values that rise evenly"],
    )
    fine = 1 - np.geomspace(0.5, 0.01, 100)
    for ax, theory, of, at in (
        (left, moving_average.noise_left, "sqrt((1 - decay) / (1 + decay))", (0.98, 0.92)),
        (right, moving_average.steps_behind, "decay / (1 - decay)", (0.9, 0.08)),
    ):
        ax.loglog(moving_average.window(fine), theory(fine), **THEORY_LINE)
        note(ax, f"dashed: {of}", at, ha="right")
    windows = moving_average.window(np.array(decays))
    levels = ((0.1, 0.2, 0.5), (1, 10, 100))
    for ax, runs, ticks in zip((left, right), np.moveaxis(measured, 2, 0), levels):
        ax.loglog(np.tile(windows, (len(runs), 1)), runs, "o", color=TEST, markersize=4, alpha=0.6)
        plain_ticks(ax, x=(2, 5, 10, 20, 50, 100), y=ticks)
    noise, lag = measured.mean(axis=0).T
    said = (f"decay {d:g}: {n:.2f} and {b:.0f}" for d, n, b in zip(decays, noise, lag))
    show(
        figure,
        alt=f"""An exponentially weighted average over its window 1 / (1 - decay), logarithmic axes.
        Left, the noise left of independent values, as a share of a single value's; right, by how
        many steps it is behind values that rise evenly; means of {len(measured)} series.
        {"; ".join(said)}. The dots scatter around the dashed curves of the theory.""",
    )


def start_up(record: UnitMeans, decay: float) -> None:
    """One average started at zero, and the same with its bias corrected."""
    figure, ax = new_figure(
        "A slow average from zero begins far too small; one division repairs that",
        "training step (batches of 8)",
        "mean of one unit's z",
    )
    steps = np.arange(1, record.batch.size + 1)
    ax.plot(steps, record.all_images, **THEORY_LINE)
    label_line(ax, steps[-1], record.all_images[-1], "mean over all\ntraining images", THEORY)
    said = []
    for name, corrected, color in (("from zero", False, NEUTRAL), ("corrected", True, TEST)):
        average = moving_average.averages(record.batch, decay, corrected=corrected)
        ax.plot(steps, average, color=color, linewidth=2)
        label_line(ax, steps[-1], average[-1], name, color)
        said.append(f"{name} {average[9]:.2f} and {average[-1]:.2f}")
    true = record.all_images
    show(
        figure,
        alt=f"""The average of one unit's batch means at decay {decay:g}, after 10 and
        {steps.size} steps: {"; ".join(said)}; the mean over all training images is
        {true[9]:.2f} and {true[-1]:.2f}.""",
    )
