"""The check-up of a net, four small panels; and the curve of the learner's own functions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bnlib.experiments.health import Health
from bnlib.figures.style import (
    TEST,
    THEORY,
    THEORY_LINE,
    WITH,
    WITHOUT,
    new_figure,
    new_panels,
    show,
    text_color,
)

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
        for health, color, marker, word in (
            (with_norm, WITH, "o", "with"),
            (without, WITHOUT, "s", "without"),
        ):
            values = getattr(health, name)
            layers = np.arange(1, len(values) + 1)
            ax.plot(layers, values, color=color, marker=marker, markersize=4, linewidth=1.5)
            said.append(f"{label}, {word}: {_list(values)}")
        ax.set_xticks(layers if len(layers) < 8 else layers[::4])
        if name == "dead":
            ax.set_ylim(-0.05, 1.05)
        else:
            ax.set_yscale("log")
    for height, color, text in ((0.97, WITH, "● with batch norm"), (0.86, WITHOUT, "■ without")):
        axes[2].text(
            0.05, height, text, transform=axes[2].transAxes, va="top", color=text_color(color)
        )
    show(figure, alt=f"Four panels over the hidden layers. {'; '.join(said)}.")


def _list(values: Sequence[float]) -> str:
    """First and last layer, to one digit."""
    return f"{values[0]:.0e} in the first layer and {values[-1]:.0e} in the last"


def own_network(course: Sequence[float], own: Sequence[float]) -> None:
    """Accuracy on the test images after each step: the course's functions and the learner's."""
    title = "One hidden layer, batch norm, three epochs: the digits are read"
    figure, ax = new_figure(title, "step", "accuracy on test images")
    said = f"with the course's functions {course[-1]:.0%} at the end"
    ax.plot(course, color=WITH, linewidth=5, alpha=0.35)
    ax.text(0.97, 0.2, "wide: the course's functions", transform=ax.transAxes, ha="right")
    if len(own):
        ax.plot(own, color=TEST, linewidth=1.5)
        ax.text(0.97, 0.1, "thin: yours", transform=ax.transAxes, ha="right", color=TEST)
        end = f"{own[-1]:.0%} at the end" if np.isfinite(own[-1]) else "no longer finite"
        said += f"; with yours {end}"
    ax.axhline(0.1, **THEORY_LINE)
    ax.set_ylim(0, 1)
    ax.text(len(course) - 1, 0.11, "guessing", ha="right", va="bottom", color=THEORY)
    show(figure, alt=f"Accuracy on the test images over {len(course) - 1} steps: {said}.")
