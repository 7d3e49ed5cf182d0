"""A figure's beginning, empty axes; and its end, a picture and what it shows in words.

pyplot is not used: a figure belongs to nobody else, and importing takes half the time.
"""

from __future__ import annotations

import base64
import io
import os
import re
import sys
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from matplotlib.ticker import LogFormatterSciNotation
from matplotlib.transforms import Bbox
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bnlib.figures import ground, narrow
from bnlib.figures.drawing import LABEL_ID
from bnlib.figures.style import OTHERS

PIXELS_PER_INCH = 192  # of the stored picture
SHOWN_PER_INCH = 96  # of the page: a screen of twice the pixels, as most are, shows them all
COLORS = 64  # a chart has few, and their mixtures along edges: a third of the size
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def new_figure(
    title: str, xlabel: str, ylabel: str, *, size: tuple[float, float] | None = None
) -> tuple[Figure, Axes]:
    """An empty figure in the course's style, and its axes.

    Args:
        title: what the figure shows, as a statement; wrapped if it is long.
        xlabel, ylabel: name and unit.
        size: inches (width, height); by default as wide as a notebook's column.
    """
    figure, (ax,) = new_panels(title, xlabel, ylabel, panels=1, size=size)
    return figure, ax


def new_panels(
    title: str,
    xlabel: str | Sequence[str],
    ylabel: str | Sequence[str],
    *,
    panels: int | tuple[int, int],
    panel_titles: Sequence[str] = (),
    size: tuple[float, float] | None = None,
    sharex: bool = False,
    sharey: bool = False,
) -> tuple[Figure, list[Axes]]:
    """An empty figure of several panels, and their axes in a flat list, row by row.

    Args:
        title: what the figure shows, as a statement; wrapped if it is long.
        xlabel, ylabel: name and unit; one for all panels, or one a panel.
        panels: how many side by side, or (rows, columns).
        panel_titles: one short title a panel.
        size: inches (width, height); by default as wide as a notebook's column.
        sharex, sharey: the same limits for all panels.

    Raises:
        ValueError: if a list of labels or titles does not have one entry a panel.
    """
    rows, columns = (1, panels) if isinstance(panels, int) else panels
    count = rows * columns
    width, height = size or (7.2 if columns == 1 else 8.6, 3.7 if rows == 1 else 2.4 * rows + 0.6)
    figure = Figure(figsize=(width, height), facecolor="white", layout="constrained")
    axes = list(figure.subplots(rows, columns, squeeze=False, sharex=sharex, sharey=sharey).flat)
    figure.suptitle(
        textwrap.fill(title, int(width * 11)), x=0.01, ha="left", fontsize=12, fontweight="bold"
    )
    xlabels = _one_a_panel("xlabel", xlabel, count)
    ylabels = _one_a_panel("ylabel", ylabel, count)
    titles = _one_a_panel("panel_titles", panel_titles or "", count)
    for i, (ax, x, y, heading) in enumerate(zip(axes, xlabels, ylabels, titles, strict=True)):
        inner_row = sharex and i < count - columns
        inner_column = sharey and i % columns > 0
        ax.set_xlabel("" if inner_row and isinstance(xlabel, str) else x, fontsize=10.5)
        ax.set_ylabel("" if inner_column and isinstance(ylabel, str) else y, fontsize=10.5)
        ax.set_title(heading, loc="left", y=1.0, fontsize=10.5, color="#333333")
        _dress(ax)
    return figure, axes


@dataclass(frozen=True)
class Picture:
    """A finished figure: the picture, and the same in words. A notebook stores both."""

    alt: str
    png: bytes = field(repr=False)
    width: int
    height: int
    title: str = ""
    narrow: bytes = field(default=b"", repr=False)
    """A PNG for a phone, without the title; empty unless the environment asks for it."""

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        shown: dict = {"alt": self.alt, "width": self.width, "height": self.height}
        shown |= {"title": self.title}
        if self.narrow:
            shown["narrow"] = base64.b64encode(self.narrow).decode()
        encoded = base64.b64encode(self.png).decode()  # as a kernel in a browser expects it
        # Jupyter marks what needs a background with a class, for ground.css to find
        about = {"image/png": shown, "needs_background": "light"}
        return {"image/png": encoded, "text/plain": self.alt}, about

    def __repr__(self) -> str:
        return self.alt


def show(figure: Figure, alt: str, *, narrowed: Callable[[], None] | None = None) -> None:
    """Display `figure` as a PNG with `alt` as its text; white space in `alt` is collapsed.

    narrowed: called before the figure is drawn for a phone, to change what would not fit there.

    Raises:
        ValueError: if `alt` is empty.
    """
    from IPython.display import display

    ground.bring()
    display(picture(figure, alt, narrowed=narrowed))


def picture(figure: Figure, alt: str, *, narrowed: Callable[[], None] | None = None) -> Picture:
    """`figure` as a `Picture`, which `show` displays. The figure itself is closed."""
    alt = " ".join(alt.split())
    if not alt:
        raise ValueError(
            "show: alt is empty, expected a text that says what the picture shows, with its numbers"
        )
    title = " ".join(figure.get_suptitle().split())
    width, height = (round(SHOWN_PER_INCH * inches) for inches in figure.get_size_inches())
    png = _drawn(figure)
    for_a_phone = b""
    if os.environ.get(narrow.WANTED):
        if narrowed is not None:
            narrowed()
        narrow.narrow(figure)
        for_a_phone = _drawn(figure, says=alt)
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close(figure)
    return Picture(alt, png, width, height, title, for_a_phone)


def _drawn(figure: Figure, says: str = "") -> bytes:
    figure.set_dpi(PIXELS_PER_INCH)
    canvas = FigureCanvasAgg(figure)  # before the layout: what it measures of texts, draw knows
    _set_powers_as_text(figure)
    _spread_labels(figure)
    figure.set_layout_engine("none")  # it is laid out; savefig would do it again, the slowest part
    canvas.draw()
    compact = io.BytesIO()
    drawn = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    # The fast ways: the others take five times as long for colours nearer by 1 of 255, or a tenth
    # of the size.
    few = drawn.quantize(COLORS, Image.Quantize.FASTOCTREE)
    palette = [255 if level == 254 else level for level in few.getpalette() or ()]
    paper = 3 * few.tobytes()[0]  # the corner's
    palette[paper : paper + 3] = [255] * 3  # white
    few.putpalette(palette)
    words = PngInfo()
    if says:
        words.add_itxt("Description", says)
    few.save(compact, format="png", compress_level=7, pnginfo=words)
    return compact.getvalue()


def _dress(ax: Axes) -> None:
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color("#999999")
    ax.tick_params(colors="#333333", labelsize=10, length=3, color="#999999")
    ax.grid(color="#EBEBEB", linewidth=0.8)
    ax.set_axisbelow(True)
    ax.set_prop_cycle(color=OTHERS)


def _one_a_panel(name: str, given: str | Sequence[str], count: int) -> list[str]:
    texts = [given] * count if isinstance(given, str) else list(given)
    if len(texts) != count:
        raise ValueError(f"new_panels: {name} has {len(texts)} entries, expected {count}")
    return texts


class _PowersAsText(LogFormatterSciNotation):
    """Writes 10⁻³ in letters; setting it as a formula takes far longer."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        text = super().__call__(x, pos).removeprefix(r"$\mathdefault{").removesuffix("}$")
        text = text.replace(r"\times", " × ")
        return re.sub(r"\^\{(-?\d+)\}", lambda power: power[1].translate(RAISED), text)


def _set_powers_as_text(figure: Figure) -> None:
    for axis in (axis for ax in figure.axes for axis in (ax.xaxis, ax.yaxis)):
        for each in (axis.get_major_formatter(), axis.get_minor_formatter()):
            if type(each) is LogFormatterSciNotation:  # axis and settings stay what they are
                each.__class__ = _PowersAsText


def _spread_labels(figure: Figure) -> None:
    """Move line labels apart where they overlap: by the least that keeps their order."""
    layout = figure.get_layout_engine()
    if layout is not None:
        layout.execute(figure)
        if any(ax.get_aspect() != "auto" for ax in figure.axes):
            layout.execute(figure)  # only now is it known how far such axes shrink
    points = 72 / figure.dpi
    for ax in figure.axes:
        ax.apply_aspect()
        labels = [
            text for text in ax.texts if isinstance(text, Annotation) and text.get_gid() == LABEL_ID
        ]
        labels.sort(key=lambda text: text.get_window_extent().y0)
        boxes = [text.get_window_extent() for text in labels]
        raised: list[Bbox] = []
        for box in boxes:
            rise = max([0.0, *(other.y1 + 1 - box.y0 for other in _beside(raised, box))])
            raised.append(box.translated(0, rise))
        lowered: list[Bbox] = []  # what would leave the figure at its top, and what is below
        for box in reversed(raised):
            ends = [figure.bbox.y1, *(other.y0 - 1 for other in _beside(lowered, box))]
            lowered.append(box.translated(0, min(0.0, *(end - box.y1 for end in ends))))
        for text, before, after in zip(labels, boxes, reversed(lowered), strict=True):
            text.xyann = (text.xyann[0], text.xyann[1] + (after.y0 - before.y0) * points)


def _beside(placed: list[Bbox], box: Bbox) -> list[Bbox]:
    return [other for other in placed if other.x0 < box.x1 and box.x0 < other.x1]
