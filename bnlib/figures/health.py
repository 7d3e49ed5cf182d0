"""The check-up of a net, four small panels; and the curve of the learner's own functions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bnlib.experiments.health import Health
from bnlib.figures.canvas import new_figure, new_panels, show
from bnlib.figures.drawing import note
from bnlib.figures.style import TEST, THEORY, THEORY_LINE, WITH, WITHOUT

PANELS = (
    ("activation", "spread of a over examples"),
    ("gradient", "size of dz"),
    ("dead", "share of dead units"),
    ("update", "|step of W| / |W|"),
)


def check_up(with_norm: Health, without: Health, title: str) -> None:
    """Activations, gradients, dead units and update-to-weight ratio, layer by layer."""
    figure, axes = new_panels(
        title, "hidden layer", [label for _, label in PANELS], panels=4, size=(10.4, 3.3)
    )
    said = []
    for ax, (name, label) in zip(axes, PANELS, strict=True):
        for health, color, marker, size, word in (
            (with_norm, WITH, "o", 8, "with"),  # larger, to be seen where the other covers it
            (without, WITHOUT, "s", 4, "without"),
        ):
            values = getattr(health, name)
            layers = np.arange(1, len(values) + 1)
            ax.plot(layers, values, color=color, marker=marker, markersize=size, linewidth=1.5)
            said.append(f"{label}, {word}: {_list(values)}")
        ax.set_xticks(layers if len(layers) < 8 else layers[::4])
        if name == "dead":
            ax.set_ylim(-0.05, 1.05)
        else:
            ends = np.log10([v for h in (with_norm, without) for v in getattr(h, name) if v > 0])
            ax.set_yscale("log")
            if ends.size:  # whole decades, so that more than one of them is labelled
                ax.set_ylim(0.8 * 10 ** np.floor(ends.min()), 1.25 * 10 ** np.ceil(ends.max()))
            ax.minorticks_off()
    for height, color, text in ((0.97, WITH, "● with batch norm"), (0.86, WITHOUT, "■ without")):
        note(axes[2], text, (0.05, height), va="top", color=color)
    show(figure, alt=f"Four panels over the hidden layers. {'; '.join(said)}.")


def _list(values: Sequence[float]) -> str:
    """First and last layer, to one digit."""
    return f"{values[0]:.1g} in the first layer and {values[-1]:.1g} in the last"


def own_network(course: Sequence[float], own: Sequence[float]) -> None:
    """Accuracy on the test images after each step: the course's functions and the learner's."""
    healthy = len(own) > 0 and own[-1] >= course[-1] - 0.05
    title = (
        "One hidden layer, batch norm, three epochs: the digits are read"
        if healthy or not len(own)
        else "With your functions the digits are not read as they should be"
    )
    figure, ax = new_figure(title, "step", "accuracy on test images")
    said = f"with the course's functions {course[-1]:.0%} at the end"
    last = len(course) - 1
    # Below the curves, and lighter: a net that guesses lies on this line
    ax.axhline(0.1, **{**THEORY_LINE, "linewidth": 0.8}, zorder=1)
    ax.text(0.005 * last, 0.085, "guessing", va="top", color=THEORY)
    ax.plot(course, color=WITH, linewidth=6, alpha=0.35, zorder=2)
    note(ax, "wide: the course's functions", (0.97, 0.4), ha="right", color=WITH)
    if len(own):
        ax.plot(own, color=TEST, linewidth=2, zorder=3)
        finite = np.isfinite(own)
        ends = int(np.flatnonzero(finite)[-1])
        ax.plot(ends, own[ends], "o", color=TEST, markersize=6, zorder=3, clip_on=False)
        what = "yours" if finite[-1] else f"yours; after step {ends} no longer finite"
        note(ax, f"thin, with a dot at its end: {what}", (0.97, 0.32), ha="right", color=TEST)
        end = f"{own[-1]:.0%} at the end" if finite[-1] else f"not finite after step {ends}"
        said += f"; with yours {end}"
    ax.set_ylim(0, 1)
    show(figure, alt=f"Accuracy on the test images over {last} steps: {said}.")
