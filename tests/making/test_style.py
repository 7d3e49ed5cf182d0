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
from PIL import Image

from bnlib.course.site import narrow
from bnlib.figures import canvas, drawing, stacking, style
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


def narrow_of(figure):
    _, metadata = canvas.picture(figure, alt="Some panels.")._repr_mimebundle_()
    return metadata["image/png"].get("panels", [])


@pytest.mark.parametrize("shape", [(1, 2), (1, 3), (2, 2)])
def test_a_picture_says_where_its_panels_are(shape):
    figure, axes = canvas.new_panels("Some", "x", "y", panels=shape)
    for ax in axes:
        ax.plot([0, 1], [0, 1])
    _spread_labels(figure)
    panels = stacking.panels(figure, 192)
    assert [len(pieces) for pieces in panels] == [1] * len(axes)
    for (box,), ax in zip(panels, axes, strict=True):
        tight = ax.get_tightbbox()
        scale, height = 192 / figure.dpi, figure.bbox.height
        assert box[0] <= scale * tight.x0 + 1
        assert box[2] >= scale * tight.x1 - 1
        assert box[1] <= scale * (height - tight.y1) + 1
        assert box[3] >= scale * (height - tight.y0) - 1
        title = figure._suptitle.get_window_extent()
        assert box[1] >= scale * (height - title.y0) - 1, "the title stands on the page, as text"
    lefts = sorted({box[0] for (box,) in panels})
    assert len(lefts) == shape[1]


def test_a_panel_without_numbers_takes_its_neighbours_along():
    figure, axes = canvas.new_panels("Two", "x", "y", panels=2, sharey=True)
    for ax in axes:
        ax.plot([0, 1], [0, 1])
    first, second = narrow_of(figure)
    assert len(first) == 1
    numbers, own = second
    assert numbers[0] == 0
    assert 20 < numbers[2] < own[0]


def test_what_cannot_be_cut_is_left_whole():
    one, _ = canvas.new_figure("One", "x", "y")
    assert narrow_of(one) == []
    across, axes = canvas.new_panels("Two", "x", "y", panels=2)
    across.set_layout_engine("none")
    for ax, position in zip(axes, ([0.1, 0.2, 0.5, 0.6], [0.5, 0.2, 0.4, 0.6]), strict=True):
        ax.set_position(position)
    assert narrow_of(across) == []


def test_stacked_panels_keep_their_pixels():
    figure, axes = canvas.new_panels("Two", "x", "y", panels=2, sharey=True)
    axes[1].plot([0, 1], [0, 1], color=style.WITH)
    picture = canvas.picture(figure, alt="Two panels.")
    whole = Image.open(io.BytesIO(picture.png)).convert("RGB")
    sheet = Image.open(io.BytesIO(narrow.stacked(picture.png, picture.panels))).convert("RGB")
    assert (sheet.width // 2, sheet.height // 2) == pytest.approx(
        narrow.size(picture.panels, 0.5), abs=1
    )
    assert sheet.width < 0.65 * whole.width
    top = 0
    for pieces in picture.panels:
        left = 0
        for box in pieces:
            piece = whole.crop(box)
            here = sheet.crop((left, top, left + piece.width, top + piece.height))
            assert here.tobytes() == piece.tobytes()
            left += piece.width
        top += piece.height + narrow.GAP


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
