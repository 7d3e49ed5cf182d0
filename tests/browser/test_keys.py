"""After a click on a widget the keyboard still works: it keeps its own keys, all others go on."""

import moving
import pytest
from every_widget_page import FIGURES, WIDGETS
from pages import IDLE, bring, cells, prompts
from playwright.sync_api import expect

TAKEN_HOLD_OF = [name for name in FIGURES if name != "descent"]  # whose picture only shows


def click_into(every, name):
    """Click an answer of a question, or the track of a figure's first slider."""
    if name == "predict":
        control = every.cell(name).get_by_role("radio").nth(1)
        control.click()
        expect(control).to_have_attribute("aria-checked", "true")
    else:
        control = every.cell(name).get_by_role("slider").first
        share = 0.7 if control.evaluate(moving.REACH) < 0.5 else 0.3
        box = control.bounding_box()
        control.click(position={"x": box["width"] * share, "y": box["height"] / 2})
    expect(control).to_be_focused()
    return control


def take_hold(every, name):
    """Drag a point of a figure, or click a part of its picture, where the figure has one."""
    handle = every.figure(name).locator(".handle, .button").nth(1 if name == "company" else 0)
    bring(handle)
    box, mouse = handle.bounding_box(), every.page.mouse
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = moving.look(every.figure(name))
    mouse.move(x, y)
    mouse.down()
    if name != "company":
        mouse.move(x + 25, y - 15, steps=3)
    mouse.up()
    assert moving.look(every.figure(name)) != before


def active(page):
    """The place of the cell that the notebook has chosen."""
    chosen = "all => all.findIndex((cell) => cell.classList.contains('jp-mod-active'))"
    return cells(page).evaluate_all(chosen)


def runs(every, name, keys):
    """Press keys that run the widget's cell, and wait for its new number."""
    last = max(map(int, prompts(every.page)))
    every.page.keyboard.press(keys)
    expect(every.cell(name).locator(".jp-InputPrompt")).to_have_text(f"[{last + 1}]:")
    every.page.locator(IDLE).first.wait_for(state="attached")


def own_keys_stay(every, name, control):
    page, count = every.page, cells(every.page).count()
    if name == "predict":
        page.keyboard.press("ArrowDown")
        below = every.cell(name).get_by_role("radio").nth(2)
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
    page.wait_for_timeout(100)
    assert cells(page).count() == count
    assert every.cell(name).locator(".jp-InputPrompt").text_content()
    expect(control).to_be_focused()
    assert active(page) == every.place(name)


def control_s_saves(every):
    def answered(method, end):
        return every.page.expect_response(
            lambda got: got.request.method == method and got.url.split("?")[0].endswith(end)
        )

    # What comes last is waited for: while one save runs, Jupyter drops another.
    with answered("PUT", "/api/contents/widgets.ipynb"), answered("POST", "/checkpoints"):
        every.page.keyboard.press("Control+S")


def escape_gives_the_keyboard_back(every, name, control):
    every.page.keyboard.press("Escape")
    expect(control).not_to_be_focused()
    assert active(every.page) == every.place(name)
    every.page.keyboard.press("ArrowDown")
    expect(cells(every.page).nth(every.place(name) + 1)).to_have_class(moving.ACTIVE)


@pytest.mark.parametrize("name", WIDGETS)
def test_own_keys_stay_with_the_widget_and_all_others_go_on(every_widget, name):
    """All keys in turn, each after a click or after keys that leave the focus on the control."""
    control = click_into(every_widget, name)
    own_keys_stay(every_widget, name, control)
    control_s_saves(every_widget)
    escape_gives_the_keyboard_back(every_widget, name, control)

    click_into(every_widget, name)
    runs(every_widget, name, "Control+Enter")
    assert active(every_widget.page) == every_widget.place(name)

    click_into(every_widget, name)
    runs(every_widget, name, "Shift+Enter")
    assert active(every_widget.page) == every_widget.place(name) + 1


@pytest.mark.parametrize("name", TAKEN_HOLD_OF)
def test_after_a_drag_or_click_in_the_picture_the_keys_are_its_cells(every_widget, name):
    cells(every_widget.page).first.locator(".jp-InputPrompt").click()
    take_hold(every_widget, name)
    expect(every_widget.figure(name).locator(":focus")).to_have_count(1)
    assert active(every_widget.page) == every_widget.place(name)
    runs(every_widget, name, "Control+Enter")
    take_hold(every_widget, name)
    runs(every_widget, name, "Shift+Enter")
    assert active(every_widget.page) == every_widget.place(name) + 1


def test_alt_enter_runs_the_cell_and_adds_one(every_widget):
    """Last of all: it moves the cells that the other tests count."""
    count = cells(every_widget.page).count()
    click_into(every_widget, "predict")
    every_widget.page.keyboard.press("Alt+Enter")
    expect(cells(every_widget.page)).to_have_count(count + 1)
