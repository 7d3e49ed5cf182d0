"""Figures: readable colours, labels that do not overlap, words with a picture. And the words."""

import base64
import io
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from PIL import Image

from bnlib.figures import canvas, drawing, narrow, style
from bnlib.figures.canvas import _spread_labels
from bnlib.figures.drawing import LABEL_ID
from bnlib.figures.style import _contrast_with_white
from bnlib.records import notebooks

ROOT = Path(__file__).resolve().parents[2]


def test_a_picture_carries_its_words_and_stays_small():
    figure, ax = canvas.new_figure("A falling cost", "step", "cost (nats)")
    ax.plot(np.arange(50), np.exp(-np.arange(50) / 10), color=style.WITH)
    picture = canvas.picture(figure, alt="The cost falls\n    from 1.0 to 0.0 in 50 steps.")
    data, metadata = picture._repr_mimebundle_()
    assert data["text/plain"] == repr(picture) == "The cost falls from 1.0 to 0.0 in 50 steps."
    assert metadata["image/png"]["alt"] == data["text/plain"]
    assert len(data["image/png"]) < 80_000
    image = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
    assert image.size[0] == pytest.approx(metadata["image/png"]["width"] * 2, abs=2)
    assert image.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)


def narrow_of(figure, monkeypatch):
    """The figure as drawn for a phone; it is left in that state."""
    monkeypatch.setenv(narrow.WANTED, "1")
    _, metadata = canvas.picture(figure, alt="Some panels.")._repr_mimebundle_()
    return Image.open(io.BytesIO(base64.b64decode(metadata["image/png"]["narrow"])))


def test_a_picture_is_drawn_for_a_phone_where_that_is_wanted_only(monkeypatch):
    monkeypatch.delenv(narrow.WANTED, raising=False)
    figure, _ = canvas.new_figure("One", "x", "y")
    plain = canvas.picture(figure, alt="Empty.")
    assert plain.narrow == b""
    assert "narrow" not in plain._repr_mimebundle_()[1]["image/png"]
    figure, _ = canvas.new_figure("One", "x", "y")
    monkeypatch.setenv(narrow.WANTED, "1")
    both = canvas.picture(figure, alt="Empty.")
    assert both.png == plain.png
    assert Image.open(io.BytesIO(both.narrow)).info["Description"] == "Empty."


@pytest.mark.parametrize("shape", [(1, 2), (1, 3), (2, 2)])
def test_on_a_phone_panels_stand_below_one_another_with_all_their_numbers(shape, monkeypatch):
    figure, axes = canvas.new_panels("Some", "x", "y", panels=shape, sharex=True, sharey=True)
    for ax in axes:
        ax.plot([0, 1], [0, 1])
    picture = narrow_of(figure, monkeypatch)
    assert picture.width == 2 * 358
    boxes = [ax.get_window_extent() for ax in axes]
    assert len({round(box.x0) for box in boxes}) == 1
    assert all(a.y0 > b.y1 for a, b in zip(boxes, boxes[1:], strict=False))
    for ax in axes:
        assert (ax.get_xlabel(), ax.get_ylabel()) == ("x", "y")
        for label in (ax.get_xticklabels()[0], ax.get_yticklabels()[0]):
            assert label.get_text() and label.get_visible()


def test_on_a_phone_a_panel_keeps_what_is_its_own(monkeypatch):
    figure, axes = canvas.new_panels("Some", "", "", panels=(1, 3))
    for ax, name in zip(axes, ("z", "exp(z)", "shares"), strict=True):
        ax.plot([0, 1], [0, 1])
        ax.set_ylabel(name)
    for ax in axes[:2]:
        ax.set_yticks([])
    axes[0].set_xlabel("step")
    axes[2].set_xticks([0, 1], ["with", "without"])
    narrow_of(figure, monkeypatch)
    assert [ax.get_xlabel() for ax in axes] == ["step", "step", ""]
    assert [ax.get_ylabel() for ax in axes] == ["z", "exp(z)", "shares"]


def test_on_a_phone_words_stay_within_the_figure_and_are_large_enough(monkeypatch):
    figure, ax = canvas.new_figure("Long words", "a name so long that it needs two lines " * 2, "y")
    names = ["a row of several words", "another of no fewer"]
    ax.plot(range(10), np.arange(10) / 9)
    ax.set_yticks([0, 1], names)
    for number in range(5):
        drawing.label_line(ax, 9, 1.05, f"line {number} and a word on it", style.WITH)
    remark: dict = {"ha": "right", "fontsize": 8}
    drawing.note(ax, "a remark that is wider than any phone, and then some", (0.98, 0.1), **remark)
    narrow_of(figure, monkeypatch)
    words = [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]
    for text in [*ax.texts, *ax.get_yticklabels(), ax.xaxis.label]:
        box = text.get_window_extent()
        assert box.x0 >= 0 and box.x1 <= figure.bbox.x1 + 1, text
        assert box.y0 >= 0 and box.y1 <= figure.bbox.y1 + 1, text
    assert min(text.get_fontsize() for text in words) * 96 / 72 >= 10
    assert "Long words" not in [text.get_text() for text in words], "it stands on the page, as text"


def test_on_a_phone_numbers_that_would_touch_are_left_out(monkeypatch):
    figure, ax = canvas.new_figure("Many", "x", "y")
    drawing.plain_ticks(ax, x=range(1000, 1020))
    ax.set_xlim(999, 1020)
    narrow_of(figure, monkeypatch)
    labels = [label.get_window_extent() for label in ax.get_xticklabels() if label.get_text()]
    assert len(labels) in (5, 10)
    assert all(a.x1 < b.x0 for a, b in zip(labels, labels[1:], strict=False))


def test_on_a_phone_pictures_without_numbers_stand_in_two_columns(monkeypatch):
    figure, axes = canvas.new_panels("Five", "", "", panels=5, size=(8.6, 2.4))
    for ax in axes:
        ax.set(xticks=[], yticks=[])
    assert narrow_of(figure, monkeypatch).height < 2 * 600
    assert len({round(ax.get_window_extent().x0) for ax in axes}) == 2


def test_square_panels_leave_their_titles_room():
    """Axes of a fixed aspect shrink in their place: laid out once, titles ran into the figure's."""
    figure, axes = canvas.new_panels(
        "Two", "x", "y", panels=2, panel_titles=["a\nb", "c\nd"], sharey=True, size=(7.2, 4.1)
    )
    for ax in axes:
        ax.set(xlim=(-3.5, 3.5), ylim=(-3.5, 3.5), aspect="equal")
    canvas.picture(figure, alt="Two squares.")
    heading, bottom = figure._suptitle.get_window_extent().y0, figure.bbox.y0
    for ax in axes:
        assert ax._left_title.get_window_extent().y1 < heading
        assert ax.xaxis.label.get_window_extent().y0 >= bottom


def test_the_same_figure_gives_the_same_bytes():
    def draw():
        figure, ax = canvas.new_panels("Two", "x", "y", panels=2, panel_titles=["a", "b"])
        ax[0].plot([0, 1], [0, 1])
        return canvas.picture(figure, alt="A line.").png

    assert draw() == draw()


def test_show_puts_out_picture_and_text(capsys):
    figure, _ = canvas.new_figure("Empty", "x", "y")
    canvas.show(figure, alt="Empty axes.")
    assert "Empty axes." in capsys.readouterr().out


@pytest.mark.parametrize("alt", ["", "  \n "])
def test_a_picture_without_words_is_refused(alt):
    figure, _ = canvas.new_figure("Empty", "x", "y")
    with pytest.raises(ValueError, match="alt is empty"):
        canvas.show(figure, alt=alt)


def test_one_title_a_panel():
    with pytest.raises(ValueError, match="panel_titles has 1 entries, expected 2"):
        canvas.new_panels("Two", "x", "y", panels=2, panel_titles=["only one"])
    _, axes = canvas.new_panels("Six", "x", list("abcdef"), panels=(2, 3))
    assert [ax.get_ylabel() for ax in axes] == list("abcdef")


@pytest.mark.parametrize("side", ["left", "right"])
def test_labels_at_line_ends_do_not_overlap(side):
    figure, ax = canvas.new_figure("Close", "x", "y")
    for i, y in enumerate([0.50, 0.51, 0.50, 0.52, 0.9]):
        ax.plot([0, 1], [0, y])
        drawing.label_line(ax, 1, y, f"line {i}", style.WITH, side=side)
    ax.set_ylim(0, 1)
    _spread_labels(figure)
    boxes = [t.get_window_extent() for t in ax.texts if t.get_gid() == LABEL_ID]
    overlaps = [(a, b) for a in boxes for b in boxes if a is not b and a.overlaps(b)]
    assert not overlaps
    tops = sorted(box.y0 for box in boxes)
    assert min(np.diff(tops)) > 0


def test_a_band_draws_the_median_and_stops_where_a_run_diverged():
    _, ax = canvas.new_figure("Runs", "step", "cost")
    runs = np.array([[1, 2, 3, 4.0], [2, 3, 4, np.inf], [9, 9, 9, 9.0]])
    median = drawing.band(ax, np.arange(4), runs, style.WITH, label="runs")
    np.testing.assert_array_equal(median, [2, 3, 4, np.nan])
    assert ax.texts[0].xy == (2.0, 4.0)
    with pytest.raises(ValueError, match=r"runs has shape \(3, 4\), expected \(seeds, 5\)"):
        drawing.band(ax, np.arange(5), runs, style.WITH)


@pytest.mark.parametrize("color", [style.WITH, style.WITHOUT, style.TEST, style.NEUTRAL])
def test_words_in_a_colour_can_be_read_on_white(color):
    assert _contrast_with_white(np.array(to_rgb(style.text_color(color)))) >= 4.5


def test_shades_go_from_light_to_dark():
    contrasts = [_contrast_with_white(np.array(to_rgb(c))) for c in style.shades(style.WITH, 5)]
    assert len(contrasts) == 5
    assert contrasts == sorted(contrasts)


def test_powers_are_written_in_letters():
    """Set as formulas they took a sixth of notebook 1's time."""
    figure, ax = canvas.new_figure("Powers", "x", "y")
    ax.loglog([1e-5, 1], [1, 5])
    canvas.picture(figure, alt="Powers.")
    ticks = [*ax.get_xticklabels(), *ax.get_yticklabels(minor=True)]
    texts = [tick.get_text() for tick in ticks]
    assert {"10⁻³", "3 × 10⁰"} < set(texts) and "$" not in "".join(texts)


def test_pyplot_is_not_imported():
    code = "import sys, bnlib.figures.canvas; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_rows_and_columns_are_spoken_of_in_one_way():
    """One row a unit, one column an example."""
    thing, axis = r"(unit|example|class)\b", r"(row|column)\b"
    other = re.compile(
        rf"(?<!one )(?<!such ){axis} an? {thing}|{axis} (is|for|per) (an? |every |each )?{thing}"
        rf"|{thing} is a {axis}",
        re.IGNORECASE,
    )
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "bnlib").rglob("*.py")}
    texts |= {path: path.read_text(encoding="utf-8") for path in ROOT.glob("*.md")}
    for path in notebooks.course_notebooks(ROOT):
        cells = notebooks.read(path)["cells"]
        texts[path] = "\n".join(map(notebooks.source, cells))
    found = {
        (path.name, wrong[0])
        for path, text in texts.items()
        for wrong in other.finditer(re.sub(r'[\s"*]+', " ", text))
    }
    assert not found


@pytest.mark.parametrize("path", notebooks.course_notebooks(ROOT), ids=lambda path: path.stem)
def test_a_notebooks_first_cell_can_be_read(path):
    lines = notebooks.source(notebooks.code_cells(notebooks.read(path))[0]).splitlines()
    assert len(lines) <= 12 and not any("noqa" in line for line in lines)
