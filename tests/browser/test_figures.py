"""Figures in a real Jupyter: on the page's own ground in every theme, from the beginning."""

import io

import pytest
from pages import bring, cells, open_notebook, outputs, run_cell, set_theme
from PIL import Image
from playwright.sync_api import expect
from real_jupyter import COURSE, write_notebook

THEMES = ["JupyterLab Light", "JupyterLab Dark", "JupyterLab Dark High Contrast"]
GROUND = """(output) => {
  const pixel = document.createElement("canvas").getContext("2d");
  pixel.fillStyle = getComputedStyle(output).getPropertyValue("--jp-layout-color0");
  pixel.fillRect(0, 0, 1, 1);
  return [...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3);
}"""
DRAW = [
    "from bnlib.figures.canvas import new_figure, show",
    "figure, _ = new_figure('Empty', 'x', 'y')\nshow(figure, alt='Empty axes.')",
]


def corner(figure):
    """The colour of a figure's corner, as it is on the screen, and that of the page's ground."""
    shot = Image.open(io.BytesIO(figure.screenshot())).convert("RGB")
    return list(shot.getpixel((shot.width - 4, shot.height - 4))), figure.evaluate(GROUND)


@pytest.mark.parametrize("app", ["lab", "notebook"])
def test_figures_that_a_notebook_comes_with_stand_on_the_pages_ground(browser, jupyter, app):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    open_notebook(page, jupyter(app), jupyter(app).copy(COURSE[0]))
    figure = page.locator(".jp-RenderedImage > img").first
    for theme in THEMES:
        set_theme(page, theme)
        bring(figure)
        shown, ground = corner(figure)
        assert shown == pytest.approx(ground, abs=2), theme
    page.close()


@pytest.mark.parametrize("app", ["lab", "notebook"])
def test_a_new_figure_brings_its_ground_and_no_other_output(browser, jupyter, app):
    server, page = jupyter(app), browser.new_page(viewport={"width": 1280, "height": 900})
    write_notebook(server.folder / "figure.ipynb", DRAW)
    open_notebook(page, server, "figure.ipynb")
    set_theme(page, "JupyterLab Dark")
    page.locator("#bnlib-ground").evaluate("(style) => style.remove()")  # of `make lab` alone
    run_cell(page, cells(page).nth(0))
    run_cell(page, cells(page).nth(1))
    expect(outputs(page)).to_have_count(1)
    figure = page.locator(".jp-RenderedImage > img")
    expect(figure).to_have_css("mix-blend-mode", "screen")
    shown, ground = corner(figure)
    assert shown == pytest.approx(ground, abs=2)
    page.close()
