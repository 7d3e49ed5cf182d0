"""What stands in a live figure's pictures is taken hold of there: by mouse, by finger, by keyboard.

On a bare page as wide as a phone; test_in_jupyter does some of it in JupyterLab and Notebook.
"""

import pytest
from playwright.sync_api import expect
from widget_examples import examples

from bnlib.widgets import described

TRAITS = ("title", "controls", "data", "state", "sentences")
# Draw a figure into the page on a model that counts what a kernel would be told.
SHOW = """async ([script, traits]) => {
  const module = await import("data:text/javascript;charset=utf-8," + encodeURIComponent(script));
  const listeners = [];
  window.told = 0;
  window.traits = traits;
  const model = {
    get: (name) => traits[name],
    set(name, value) {
      traits[name] = value;
      for (const listener of listeners) listener();
    },
    save_changes() { window.told += 1; },
    on: (_, listener) => listeners.push(listener),
    off() {},
  };
  const place = document.getElementById("place");
  place.replaceChildren();
  module.default.render({ model, el: place });
}"""
# How often each panel is drawn from now on
COUNT = """(panels) => {
  window.drawn = [...panels.children].map(() => 0);
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const i = [...panels.children].indexOf(target);
      if (i >= 0) window.drawn[i] += 1;
    }
  }).observe(panels, { childList: true, subtree: true });
}"""
TICKS = """(panels) => [...panels.querySelectorAll("svg > text:not(.note, .title, .name)")]
  .map((tick) => [tick.textContent, tick.getAttribute("x"), tick.getAttribute("y")].join())"""
AT = {
    "gamma (spread)": 2.5,
    "beta (mean)": 1,
    "z of example 8": 1,
    "b, before batch norm": -1,
    "beta, after it": -1,
    "batch size m": 1.2,
    "decay": 0.5,
    "x1 of the point": -1,
    "x2 of the point": -1,
}
HANDLES = [
    ("gamma_beta", 0, 0, ["gamma (spread)"]),
    ("gamma_beta", 0, 1, ["beta (mean)"]),
    ("gamma_beta", 0, 2, ["gamma (spread)"]),
    ("gamma_beta", 1, 1, ["beta (mean)"]),
    ("gamma_beta", 1, 2, ["gamma (spread)"]),
    ("gradient_paths", 0, 0, ["z of example 8"]),
    ("bias_before_batch_norm", 0, 0, ["b, before batch norm"]),
    ("bias_before_batch_norm", 1, 0, ["beta, after it"]),
    ("batch_size", 1, 0, ["batch size m"]),
    ("decay", 1, 2, ["decay"]),
    ("temperature", 0, 0, ["x1 of the point", "x2 of the point"]),
]
UPWARDS = {"z of example 8", "x2 of the point"}  # the others grow to the right, but for one:
TO_THE_LEFT = ("gamma_beta", 0)  # gamma is the distance from beta on both sides


@pytest.fixture(scope="module")
def page(browser):
    context = browser.new_context(viewport={"width": 390, "height": 1100}, has_touch=True)
    page = context.new_page()
    style = (described.FOLDER / "page" / "look.css").read_text(encoding="utf-8")
    below = "<div style='height: 2000px'></div>"
    page.set_content(f"<style>{style}</style><div id=place></div>{below}")
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors


def show(page, name, **state):
    figure = examples()[name]
    figure.state = {**figure.state, **state}
    page.evaluate(SHOW, [figure._esm, {trait: getattr(figure, trait) for trait in TRAITS}])
    page.evaluate("window.scrollTo(0, 0)")
    return page.locator(".bn-live")


def middle(place):
    box = place.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def values(figure):
    label = "slider => slider.labels[0].innerText"
    return {slider.evaluate(label): float(slider.input_value()) for slider in sliders(figure)}


def sliders(figure):
    return figure.get_by_role("slider").all()


def in_reach(figure, labels):
    """Put the controls where there is room for a drag to the right and upwards."""
    for label in labels:
        figure.get_by_role("slider", name=label).fill(str(AT[label]))
    figure.page.wait_for_function("told === 1")


@pytest.mark.parametrize(("name", "panel", "number", "labels"), HANDLES)
def test_a_handle_follows_the_mouse_and_moves_what_it_stands_for(page, name, panel, number, labels):
    figure = show(page, name)
    in_reach(figure, labels)
    handle = figure.locator(".bn-panels svg").nth(panel).locator(".handle").nth(number)
    before = values(figure)
    x, y = middle(handle)
    across = set(labels) != UPWARDS & set(labels)
    aside = -30 if (name, number) == TO_THE_LEFT else 30
    to = (x + aside * across, y - 30 * bool(UPWARDS & set(labels)))
    page.mouse.move(x, y)
    page.mouse.down()
    assert values(figure) == pytest.approx(before, abs=0.05), "nothing jumps where it is taken"
    page.mouse.move(*to, steps=3)
    after = values(figure)
    page.mouse.up()
    page.wait_for_function("told === 2")  # the kernel hears of the end
    assert {label for label in after if after[label] != before[label]} == set(labels)
    assert all(after[label] > before[label] for label in labels)
    found = middle(handle)
    if across:
        assert found[0] == pytest.approx(to[0], abs=4)
    if UPWARDS & set(labels):
        assert found[1] == pytest.approx(to[1], abs=4)
    page.mouse.move(x, y)
    assert values(figure) == after, "let go of"
    expect(figure.get_by_role("slider", name=labels[0])).to_be_focused()  # for the arrow keys


@pytest.mark.parametrize("name", list(examples()))
def test_axes_stay_and_heights_do_not_shrink_while_one_slides(page, name):
    figure = show(page, name)
    ticks = figure.locator(".bn-panels").evaluate(TICKS)
    assert len(ticks) > 5
    height = figure.bounding_box()["height"]
    for slider in sliders(figure):
        low, high = float(slider.get_attribute("min")), float(slider.get_attribute("max"))
        for share in (0, 0.2, 0.4, 0.6, 0.8, 1, 0.5):
            slider.fill(str(low + round(share * (high - low), 1)))
            assert figure.locator(".bn-panels").evaluate(TICKS) == ticks
            now = figure.bounding_box()["height"]
            assert now >= height - 0.5
            height = now


@pytest.mark.parametrize("name", list(examples()))
def test_what_a_finger_aims_at_is_large_enough(page, name):
    figure = show(page, name)
    controls = figure.locator("input[type=range], label:has(input[type=radio]), .handle, .button")
    sizes = [control.bounding_box() for control in controls.all()]
    assert sizes and min(min(box["width"], box["height"]) for box in sizes) >= 24


def test_a_key_press_draws_each_picture_once_and_the_kernel_hears_of_the_last(page):
    figure = show(page, "gamma_beta")
    figure.locator(".bn-panels").evaluate(COUNT)
    slider = figure.get_by_role("slider").first
    slider.press("ArrowRight")
    assert page.evaluate("drawn") == [1, 1]
    slider.press("ArrowRight")
    page.wait_for_function("told > 0")
    page.wait_for_timeout(250)
    assert page.evaluate("told") == 1
    assert page.evaluate("drawn") == [2, 2]
    assert page.evaluate("traits.state.gamma") == pytest.approx(1.2)


def swap(page, button, how):
    if how == "keyboard":
        button.press("Enter")
    elif how == "mouse":
        button.click()
    else:
        page.touchscreen.tap(*middle(button))


@pytest.mark.parametrize("how", ["mouse", "keyboard", "finger"])
def test_a_batch_mate_is_swapped_and_put_back(page, how):
    figure = show(page, "company", draw=3.0)
    mates, words = figure.locator(".button"), figure.locator(".bn-sentence")
    names = "all => all.map((mate) => mate.ariaLabel)"
    before, start = mates.evaluate_all(names), words.inner_text()
    picture = figure.locator("svg").first.inner_html()
    for times, place in enumerate([2, 5], start=1):
        swap(page, mates.nth(place), how)
        assert f"draw 3, {times} swapped: " in words.inner_text()
    page.wait_for_function("JSON.stringify(traits.state.swaps) === '[[3,1],[3,4]]'")
    changed = [i for i, name in enumerate(mates.evaluate_all(names)) if name != before[i]]
    assert set(changed) <= {2, 5}
    assert figure.locator("svg").first.inner_html() != picture
    expect(mates.nth(5)).to_be_focused()
    mates.nth(5).press("Shift+Enter")
    assert "draw 3, 2 swapped: " in words.inner_text(), "runs the cell, where there is one"
    swap(page, mates.first, how)
    assert words.inner_text() == start
    assert figure.locator("svg").first.inner_html() == picture


def finger(page, start, by):
    """Put a finger down, move it, and take it away."""
    session = page.context.new_cdp_session(page)
    for share in [None, 0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 1]:
        kind = "touchStart" if share is None else "touchMove"
        x, y = (place + (share or 0) * move for place, move in zip(start, by, strict=True))
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        page.wait_for_timeout(20)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(50)
    session.detach()


def test_a_finger_drags_a_point_and_beside_it_scrolls_the_page(page):
    figure = show(page, "temperature", x1=0.0, x2=-2.0)
    before = values(figure)
    point = middle(figure.locator(".handle"))
    finger(page, point, (0, -60))
    moved = values(figure)
    assert moved["x2 of the point"] > before["x2 of the point"] + 1
    assert page.evaluate("scrollY") == 0
    finger(page, (point[0] + 80, point[1]), (0, -120))
    assert page.evaluate("scrollY") > 50
    assert values(figure) == moved, "a finger that scrolls takes nothing with it"
