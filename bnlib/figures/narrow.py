"""A figure as a phone shows it: drawn anew at a phone's width, its panels one below the other.

Shrunk to a screen of 390 pixels, a figure made for a notebook has letters that nobody can read.
"""

from __future__ import annotations

import re
import textwrap
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec
from matplotlib.text import Annotation, Text
from matplotlib.ticker import FuncFormatter

from bnlib.figures.drawing import LABEL_ID

WANTED = "BNLIB_NARROW"
"""The variable of the environment that has every figure drawn twice; `make ship` sets it."""
WIDTH = 358 / 96  # inches: of a phone's 390 pixels, what the site's margins leave
LETTERS = 0.85  # of their size
LEAST_LETTERS = 7.5  # points, 10 pixels
LABEL = 18  # characters of a line's label, or of a row's name
LEAST_HEIGHT = 2.6  # of a panel, in inches
LINE = 0.17  # of a row's name, in inches


def narrow(figure: Figure) -> None:
    """Turn `figure`, which was drawn already, into a narrow one without its title."""
    if (title := getattr(figure, "_suptitle", None)) is not None:
        title.remove()
        figure._suptitle = None  # type: ignore[attr-defined]
    tall = _stack(figure)
    for text in figure.findobj(Text):
        text.set_fontsize(max(LEAST_LETTERS, LETTERS * float(text.get_fontsize())))
        if isinstance(text, Annotation) and text.get_gid() == LABEL_ID:
            text.xyann = (0.7 * text.xyann[0], 0)
            text.set_text(textwrap.fill(text.get_text(), LABEL))
    for axis in (axis for ax in figure.axes for axis in (ax.xaxis, ax.yaxis)):
        if labels := axis.get_majorticklabels():
            axis.set_tick_params(labelsize=labels[0].get_fontsize())
    figure.set_size_inches(WIDTH, tall)
    figure.set_layout_engine("constrained")
    figure.draw_without_rendering()
    for ax in figure.axes:
        _thin(ax)
    for text in figure.findobj(Text):
        _fit(text, figure.bbox.width)


def _stack(figure: Figure) -> float:
    """Put panels below one another, in two columns if they have no numbers; the new height."""
    panels = [ax for ax in figure.axes if ax.get_label() != "<colorbar>"]
    grid = {}
    for ax in panels:
        if (spec := ax.get_subplotspec()) is not None:
            grid[spec.rowspan.start, spec.colspan.start] = ax
    rows, columns = (sorted({place[k] for place in grid}) for k in (0, 1))
    height = 0.78 * figure.get_figheight() / max(len(rows), 1)
    if len(columns) > 1 and len(grid) == len(panels):
        bare = not any(_names(ax, which) for ax in panels for which in "xy")
        across = 2 if bare and len(panels) > 3 else 1
        down = -(-len(panels) // across)
        places = GridSpec(down, across, figure=figure)
        for number, ((row, column), ax) in enumerate(sorted(grid.items())):
            ax.set_subplotspec(places[number // across, number % across])
            _say_all(ax, grid[rows[-1], column], grid[row, columns[0]])
        labels = [ax.xaxis.label for ax in panels if ax.get_xlabel()]
        numbered = [ax for ax in panels if not re.search("[a-z]{3}", "".join(_names(ax, "x")))]
        for ax in numbered if len(labels) == 1 else ():
            ax.set_xlabel(labels[0].get_text(), fontsize=labels[0].get_fontsize())
        if across == 2:
            return height * down
    named = [_wrap_names(ax) for ax in panels]
    return sum(max(height, LEAST_HEIGHT, LINE * lines + 0.7) for lines in named)


def _say_all(ax: Axes, below: Axes, first: Axes) -> None:
    """Give a panel what it left to its neighbours: the numbers and names of their axes."""
    if not _has_numbers(ax.xaxis):
        ax.xaxis.set_tick_params(labelbottom=True)
        ax.set_xlabel(below.get_xlabel(), fontsize=below.xaxis.label.get_fontsize())
    if not _has_numbers(ax.yaxis):
        ax.yaxis.set_tick_params(labelleft=True)
        ax.set_ylabel(first.get_ylabel(), fontsize=first.yaxis.label.get_fontsize())
    if not _names(ax, "y") and ax.get_ylim() == first.get_ylim() and (names := _names(first, "y")):
        ax.set_yticks(first.get_yticks(), names)


def _has_numbers(axis: Axis) -> bool:
    ticks = axis.get_major_ticks()
    return not ticks or any(tick.label1.get_visible() for tick in ticks)  # without ticks: its own


def _names(ax: Axes, which: str) -> list[str]:
    labels = ax.get_xticklabels() if which == "x" else ax.get_yticklabels()
    texts = [label.get_text() for label in labels]
    return texts if any(texts) else []


def _wrap_names(ax: Axes) -> int:
    """Break the rows' names into lines; how many lines there are."""
    names = _names(ax, "y")
    if not names or not isinstance(ax.yaxis.get_major_formatter(), FuncFormatter):
        return 0  # numbers
    if max(map(len, names)) > LABEL:
        names = [textwrap.fill(name, LABEL) for name in names]
        ax.set_yticks(ax.get_yticks(), names)
    return "\n".join(names).count("\n") + 1


def _thin(ax: Axes) -> None:
    """Leave numbers out where they would touch: every second, or three of four, and so on."""
    labels = [label for label in ax.get_xticklabels() if label.get_text()]
    boxes = [label.get_window_extent() for label in labels]
    step = 1
    while any(a.x1 + 4 > b.x0 for a, b in pairwise(boxes[::step])):
        step *= 2
    if step > 1:
        texts = [label.get_text() for label in labels]
        ax.set_xticks(
            ax.get_xticks(), [text if n % step == 0 else "" for n, text in enumerate(texts)]
        )


def _fit(text: Text, width: float) -> None:
    """Break a text that reaches beyond the figure into lines that do not."""
    words = " ".join(text.get_text().split())
    if text.get_rotation() % 180 or not text.get_visible():
        return
    for characters in range(len(words), 9, -3):
        box = text.get_window_extent()
        if box.x0 >= 0 and box.x1 <= width:
            return
        text.set_text(textwrap.fill(words, characters))
