"""The widgets in a real JupyterLab and Notebook: moved by keyboard and by mouse, and quick."""

import json
from pathlib import Path
from statistics import median

import evidence
import moving
import pytest
from pages import open_notebook, run_all
from playwright.sync_api import expect
from real_jupyter import write_notebook
from widget_examples import examples

TESTS = Path(__file__).parents[1]
SETUP = f"""import sys
sys.path[:0] = [{str(TESTS.parent)!r}, {str(TESTS)!r}]
from bnlib.widgets import predict
from widget_examples import examples"""
SLIDERS = {
    "gamma_beta": "gamma (spread)",
    "descent": "learning rate",
    "gradient_paths": "z of example 8",
    "bias_does_nothing": "beta, after it",
    "temperature": "temperature T",
    "decay": "decay",
    "company": "draw",
}
APPS = {"lab": "JupyterLab", "notebook": "Notebook 7"}
# From the key press to the first frame after the picture changed, in milliseconds
LATENCY = """async ([panels, slider]) => {
  const changed = new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    }).observe(panels, { childList: true, subtree: true });
  });
  const pressed = new Promise((resolve) => {
    slider.addEventListener("keydown", (event) => resolve(event.timeStamp), { once: true });
  });
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new Error("the picture did not change within 10 seconds")), 10000);
  });
  const both = Promise.all([pressed, changed]).then(([start, end]) => end - start);
  window.latency = Promise.race([both, late]);
}"""


@pytest.fixture(scope="module", params=APPS)
def page(request, browser, jupyter):
    cells = [f"examples()[{name!r}]" for name in SLIDERS]
    server = jupyter(request.param)
    write_notebook(server.folder / "widgets.ipynb", [SETUP, *cells, "predict('gradient-sum')"])
    page = browser.new_page(viewport={"width": 1280, "height": 2600})
    open_notebook(page, server, "widgets.ipynb")
    run_all(page)
    yield page
    page.close()


def figure(page, name):
    return page.locator(f'.bn-live[aria-label="{examples()[name].title}"]')


def panels(page, name):
    return figure(page, name).locator(".bn-panels")


def picture(page, name):
    return panels(page, name).evaluate("(panels) => panels.innerHTML")


@pytest.mark.parametrize("name", SLIDERS)
def test_the_page_starts_with_the_words_of_the_notebook(page, name):
    assert figure(page, name).locator(".bn-sentence").inner_text() == examples()[name].summary()


@pytest.mark.parametrize("name", SLIDERS)
def test_the_keyboard_moves_the_picture(page, name):
    slider = figure(page, name).get_by_role("slider", name=SLIDERS[name])
    slider.focus()
    key = "ArrowLeft" if slider.evaluate(moving.REACH) > 0.5 else "ArrowRight"
    before, words = picture(page, name), figure(page, name).text_content()
    page.keyboard.press(key)
    page.keyboard.press(key)
    expect(panels(page, name)).not_to_have_js_property("innerHTML", before)
    expect(figure(page, name)).not_to_have_text(words)


@pytest.mark.parametrize("name", SLIDERS)
def test_the_mouse_moves_the_picture(page, name):
    slider = figure(page, name).get_by_role("slider", name=SLIDERS[name])
    before = picture(page, name)
    box = slider.bounding_box()
    share = 0.8 if slider.evaluate(moving.REACH) < 0.5 else 0.2
    slider.click(position={"x": box["width"] * share, "y": box["height"] / 2})
    expect(panels(page, name)).not_to_have_js_property("innerHTML", before)


@pytest.mark.parametrize("name", SLIDERS)
def test_choices_change_the_picture(page, name):
    for radio in figure(page, name).get_by_role("radio").all():
        if not radio.is_checked():
            before = picture(page, name)
            radio.check()
            expect(panels(page, name)).not_to_have_js_property("innerHTML", before)


@pytest.mark.parametrize("name", SLIDERS)
def test_the_picture_follows_within_a_tenth_of_a_second(page, name, request):
    slider = figure(page, name).get_by_role("slider", name=SLIDERS[name])
    times = []
    page.bring_to_front()
    slider.focus()
    page.keyboard.press(
        "Home"
    )  # from one end there and back, so that every press changes something
    for i in range(30):
        page.evaluate(LATENCY, [panels(page, name).element_handle(), slider.element_handle()])
        page.keyboard.press("ArrowRight" if i < 15 else "ArrowLeft")
        times.append(page.evaluate("window.latency"))
    app = request.node.callspec.params["page"]
    record(f"{name} in {APPS[app]}", median(times))
    assert median(times) < 100


def record(name, milliseconds):
    """Keep a latency where `make bench` finds it."""
    path = evidence.FOLDER / "latencies.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(known | {name: round(milliseconds, 1)}), encoding="utf-8")


def test_every_choice_of_a_question_has_its_answer(page):
    group = page.locator(".bn-predict").get_by_role("radiogroup")
    reply = page.locator(".bn-predict .bn-reply")
    assert reply.inner_text() == ""
    group.get_by_role("radio").first.focus()
    replies = []
    for _ in range(group.get_by_role("radio").count()):
        page.keyboard.press("Space")
        replies.append(reply.inner_text())
        page.keyboard.press("ArrowDown")
        assert reply.inner_text() == replies[-1], "going round must not answer"
    assert len(set(replies)) == len(replies)
    assert [text.startswith("✓ Right.") for text in replies].count(True) == 1
    group.get_by_role("radio", name="0", exact=True).click()
    assert reply.inner_text().startswith("✓ Right.")
