"""After a click on a widget the keyboard still works: it keeps its own keys, all others go on."""

from pathlib import Path

import moving
import pytest
from pages import IDLE, cells, open_notebook, prompts, run_all
from playwright.sync_api import expect
from real_jupyter import write_notebook
from widget_examples import examples

TESTS = Path(__file__).parents[1]
SETUP = f"""import sys
sys.path[:0] = [{str(TESTS.parent)!r}, {str(TESTS)!r}]
from bnlib.widgets import predict
from widget_examples import examples"""
WIDGETS = [*examples(), "predict"]


@pytest.fixture(scope="module", params=["lab", "notebook"])
def page(request, browser, jupyter):
    shown = [f"examples()[{name!r}]" for name in examples()] + ["predict('gradient-sum')"]
    server = jupyter(request.param)
    write_notebook(server.folder / "keys.ipynb", [SETUP, *shown, "'the last cell'"])
    page = browser.new_page(viewport={"width": 1280, "height": 2600})
    open_notebook(page, server, "keys.ipynb")
    run_all(page)
    yield page
    page.close()


def click_into(page, name):
    """Click an answer of a question, or the track of a figure's first slider."""
    cell = cells(page).nth(1 + WIDGETS.index(name))
    if name == "predict":
        control = cell.get_by_role("radio").nth(1)
        control.click()
        expect(control).to_have_attribute("aria-checked", "true")
    else:
        control = cell.get_by_role("slider").first
        share = 0.7 if control.evaluate(moving.REACH) < 0.5 else 0.3
        box = control.bounding_box()
        control.click(position={"x": box["width"] * share, "y": box["height"] / 2})
    expect(control).to_be_focused()
    return cell, control


def number(page, name):
    page.locator(IDLE).first.wait_for(state="attached")
    return int(prompts(page)[1 + WIDGETS.index(name)])


def active(page):
    """The place of the cell that the notebook has chosen."""
    chosen = "all => all.findIndex((cell) => cell.classList.contains('jp-mod-active'))"
    return cells(page).evaluate_all(chosen)


@pytest.mark.parametrize("name", WIDGETS)
def test_shift_enter_runs_the_cell_and_goes_on_to_the_next(page, name):
    click_into(page, name)
    before, last = number(page, name), max(map(int, prompts(page)))
    page.keyboard.press("Shift+Enter")
    expect(cells(page).nth(1 + WIDGETS.index(name)).locator(".jp-InputPrompt")).to_have_text(
        f"[{last + 1}]:"
    )
    assert number(page, name) > before
    assert active(page) == 2 + WIDGETS.index(name)


@pytest.mark.parametrize("name", WIDGETS)
def test_control_enter_runs_the_cell_and_stays(page, name):
    click_into(page, name)
    last = max(map(int, prompts(page)))
    page.keyboard.press("Control+Enter")
    expect(cells(page).nth(1 + WIDGETS.index(name)).locator(".jp-InputPrompt")).to_have_text(
        f"[{last + 1}]:"
    )
    assert active(page) == 1 + WIDGETS.index(name)


@pytest.mark.parametrize("name", WIDGETS)
def test_control_s_saves(page, name):
    click_into(page, name)

    def answered(method, end):
        return page.expect_response(
            lambda got: got.request.method == method and got.url.split("?")[0].endswith(end)
        )

    # What comes last is waited for: while one save runs, Jupyter drops another.
    with answered("PUT", "/api/contents/keys.ipynb"), answered("POST", "/checkpoints"):
        page.keyboard.press("Control+S")


@pytest.mark.parametrize("name", WIDGETS)
def test_escape_gives_the_keyboard_back_to_the_notebook(page, name):
    _, control = click_into(page, name)
    page.keyboard.press("Escape")
    expect(control).not_to_be_focused()
    here = 1 + WIDGETS.index(name)
    assert active(page) == here
    page.keyboard.press("ArrowDown")
    expect(cells(page).nth(here + 1)).to_have_class(moving.ACTIVE)


@pytest.mark.parametrize("name", WIDGETS)
def test_own_keys_stay_with_the_widget(page, name):
    count = cells(page).count()
    cell, control = click_into(page, name)
    if name == "predict":
        page.keyboard.press("ArrowDown")
        below = cell.get_by_role("radio").nth(2)
        expect(below).to_be_focused()
        page.keyboard.press("Space")
        expect(below).to_have_attribute("aria-checked", "true")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        expect(control).to_have_attribute("aria-checked", "true")
    else:
        before = control.input_value()
        page.keyboard.press("ArrowLeft")
        expect(control).not_to_have_value(before)
        page.keyboard.press("ArrowRight")
        expect(control).to_have_value(before)
    for letter in "bddam":  # in command mode: new cells, one deleted, another turned to text
        page.keyboard.press(letter)
    page.wait_for_timeout(200)
    assert cells(page).count() == count
    assert cell.locator(".jp-InputPrompt").text_content()
    expect(control).to_be_focused()
    assert active(page) == 1 + WIDGETS.index(name)


def test_alt_enter_runs_the_cell_and_adds_one(page):
    """Last of all: it moves the cells that the other tests count."""
    count = cells(page).count()
    click_into(page, "predict")
    page.keyboard.press("Alt+Enter")
    expect(cells(page)).to_have_count(count + 1)
