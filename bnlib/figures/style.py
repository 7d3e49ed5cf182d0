"""How every figure of the course looks: one palette, one kind of axes, one way to show them.

`style` has the colours, `canvas` an empty figure and how it is shown, `drawing` what is in between:

    figure, ax = new_figure("Batch norm needs fewer steps", "step", "cost (nats)")
    band(ax, steps, costs_with, WITH, label="with batch norm")
    band(ax, steps, costs_without, WITHOUT, label="without")
    ax.plot(steps, predicted, **THEORY_LINE)
    label_line(ax, steps[-1], predicted[-1], "theory", THEORY)
    show(figure, alt="Cost after 200 steps, median of 5 seeds: 0.11 with batch norm, ...")

The title states what the figure shows, both axes carry a name and a unit, every line carries its
label at its end (labels that would overlap are moved apart). `alt` says in words and numbers what
the picture shows: it is the output's text, which the tests compare, and what a page made from the
notebook gives a screen reader. Print few digits in it, and no NumPy scalars, whose repr differs
between versions.

One meaning a colour in the whole course: WITH batch norm, WITHOUT it, at TEST time, THEORY;
NEUTRAL for what is none of these; OTHERS for things to tell apart within one figure (classes,
optimizers); `shades` for things in an order (layers, depths). The colours are Okabe and Ito's,
safe for colour-blind readers: https://jfly.uni-koeln.de/color/. No colour stands alone: a label at
the line's end, a row's name or, where lines cross and points mix, one of MARKS says the same.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.colors import to_hex, to_rgb

WITH = "#0072B2"
WITHOUT = "#D55E00"
TEST = "#009E73"
THEORY = "#000000"
NEUTRAL = "#6E6E6E"
LIGHT = "#D4D4D4"
BOTH = ((WITH, "with batch norm"), (WITHOUT, "without"))
OTHERS = ("#CC79A7", "#E69F00", "#56B4E9", "#F0E442")
MARKS = tuple(zip("osD^vPX", "●■◆▲▼✚✖", strict=True))  # of a plot, and the same in a label
THEORY_LINE: dict[str, Any] = {"color": THEORY, "linestyle": "--", "linewidth": 1.2}


def shades(color: str, count: int) -> list[str]:
    """`count` shades of `color`, light to dark, for things that stand in an order."""
    light, dark = 0.75 * np.ones(3) + 0.25 * np.array(to_rgb(color)), 0.8 * np.array(to_rgb(color))
    return [to_hex(light + (dark - light) * t) for t in np.linspace(0, 1, count)]


def text_color(color: str) -> str:
    """`color`, darkened as far as text on white needs it: a contrast of 4.5 to 1 (WCAG 2, AA)."""
    rgb = np.array(to_rgb(color))
    while _contrast_with_white(rgb) < 4.5:
        rgb = 0.97 * rgb
    return to_hex(tuple(rgb.tolist()))


def _contrast_with_white(rgb: np.ndarray) -> float:
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(1.05 / (linear @ [0.2126, 0.7152, 0.0722] + 0.05))
