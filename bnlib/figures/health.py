"""The check-up of nets, four small panels; and the curve of the learner's own functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from bnlib.experiments.health import Health
from bnlib.figures.canvas import new_figure, new_panels, show
from bnlib.figures.drawing import note
from bnlib.figures.style import BOTH, MARKS, NEUTRAL, OTHERS, TEST, THEORY, THEORY_LINE, WITH

PANELS = (
    ("activation", "spread of a over examples"),
    ("gradient", "size of dz"),
    ("dead", "share of dead units"),
    ("update", "|step of W| / |W|"),
)


def check_up(reports: Mapping[str, Health], title: str = "A check-up, layer by layer") -> None:
    """Activations, gradients, dead units and update-to-weight ratio, layer by layer.

    reports: of one net or of several, by the names that the picture shall give them.
    """
    figure, axes = new_panels(
        title, "hidden layer", [label for _, label in PANELS], panels=4, size=(10.4, 3.3)
    )
    count = len(reports)
    meant = {name: color for color, name in BOTH}
    colors = [meant.get(name, (*OTHERS[:3], NEUTRAL)[i % 4]) for i, name in enumerate(reports)]
    marks = [MARKS[i % len(MARKS)] for i in range(count)]
    sizes = np.linspace(8, 4, count)  # the first are larger, to be seen where others cover them
    depth = max(len(health.dead) for health in reports.values())
    layers, said = np.arange(1, depth + 1), []
    for ax, (panel, label) in zip(axes, PANELS, strict=True):
        drawn = {name: getattr(health, panel) for name, health in reports.items()}
        styles = zip(drawn.items(), colors, marks, sizes, strict=True)
        for (name, values), color, (marker, _), size in styles:
            ax.plot(
                layers[: len(values)],
                values,
                color=color,
                marker=marker,
                markersize=size,
                linewidth=1.5,
            )
            said.append(f"{label}, {name}: {_list(values)}")
        ax.set_xticks(layers if depth < 8 else layers[::4])
        if panel == "dead":
            ax.set_ylim(-0.05, 1.05)
        else:
            shown = np.concatenate(list(drawn.values()))
            ends = np.log10(shown[np.isfinite(shown) & (shown > 0)])
            ax.set_yscale("log")
            if ends.size:  # whole decades, so that more than one of them is labelled
                ax.set_ylim(0.8 * 10 ** np.floor(ends.min()), 1.25 * 10 ** np.ceil(ends.max()))
            ax.minorticks_off()
    for i, (name, color, (_, mark)) in enumerate(zip(reports, colors, marks, strict=True)):
        note(axes[2], f"{mark} {name}", (0.05, 0.97 - 0.11 * i), va="top", color=color)
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
