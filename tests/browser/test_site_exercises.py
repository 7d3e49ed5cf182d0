"""Exercises answered on the site's pages.

Built with Pyodide (`make test-browser PYODIDE=folder`), a page checks answers; without, it says
where that is done, and all else works.
"""

import json

import pytest
from playwright.sync_api import expect
from site_server import SITE, Visit, serving

PAGE = "1_normalizing_activations"
RIGHT = """\
def normalize(z, eps=1e-5):
    mu = z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    return (z - mu) / np.sqrt(var + eps)
"""
# How much of the page moved by itself while it was loaded; 0.1 is called good.
MOVED = """() => new Promise((done) => {
  const sum = (entries) => entries.reduce((all, entry) => all + entry.value, 0);
  new PerformanceObserver((seen) => done(sum(seen.getEntries())))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(0), 500);
})"""
HAS_PYTHON = (SITE / "python").exists()


@pytest.fixture(scope="module")
def address():
    with serving() as address:
        yield address


@pytest.fixture
def visit(browser, address):
    visit = Visit(browser, address, view="phone", alone=True)
    visit.open(PAGE)
    yield visit
    assert (visit.elsewhere, visit.failed, visit.errors) == ([], [], [])
    visit.context.close()


def exercise(page):
    place = page.locator("[data-exercise=normalize]")
    place.evaluate(
        "(e) => e.scrollIntoView()"
    )  # lays out what it is part of; playwright's does not
    return place, place.get_by_role("textbox", name="Editor of normalize")


def write(page, editor, source):
    editor.click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.insert_text(source)


def test_what_is_typed_stays_goes_out_as_a_notebook_and_is_forgotten(visit, tmp_path):
    page = visit.page
    _, editor = exercise(page)
    expect(editor).to_contain_text("Give each unit mean 0")
    write(page, editor, RIGHT)
    question = page.locator('[data-widget="predict-steps"]').get_by_role("radio")
    question.nth(1).click()

    page.reload()
    page.keyboard.press("Shift")  # a reader who moves is not held where the page was before
    _, editor = exercise(page)
    expect(editor).to_contain_text("var = z.var(axis=1, keepdims=True)")

    with page.expect_download() as download:
        page.get_by_role("button", name="Export my answers").click()
    download.value.save_as(tmp_path / "out.ipynb")
    notebook = json.loads((tmp_path / "out.ipynb").read_text(encoding="utf-8"))
    cell = next(c for c in notebook["cells"] if c["id"] == "exercise-normalize")
    assert "".join(cell["source"]) == RIGHT.rstrip() + "\n\n\ncheck(normalize)"
    (chosen,) = notebook["metadata"]["bnlib"]["predictions"].values()
    assert chosen == 1

    page.get_by_role("button", name="Forget everything").click()
    expect(editor).to_contain_text("Give each unit mean 0")
    kept = "Object.keys(localStorage).filter((key) => /^bn/.test(key))"
    assert page.evaluate(kept) == []
    page.locator("input[type=file]").set_input_files(tmp_path / "out.ipynb")
    expect(editor).to_contain_text("var = z.var(axis=1, keepdims=True)")
    page.reload()
    expect(question.nth(1)).to_have_attribute("aria-checked", "true")


def test_the_front_page_begins_with_an_answer_that_its_visitor_can_mend(visit):
    page = visit.open("index")
    place, editor = exercise(page)
    told = place.get_by_role("status")
    expect(told).to_contain_text("You divide by the variance")
    expect(editor).to_contain_text("(var + eps)")
    assert page.evaluate(MOVED) < 0.1
    write(page, editor, RIGHT)
    place.get_by_role("button", name="Check").click()
    correct = "normalize: correct." if HAS_PYTHON else "open the notebook in Jupyter"
    expect(told).to_contain_text(correct, timeout=120_000)
    place.get_by_role("button", name="Reset").click()
    expect(told).to_contain_text("You divide by the variance")


def test_the_keyboard_leaves_the_editor_and_help_unfolds(visit):
    page = visit.page
    place, editor = exercise(page)
    editor.click()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    check = place.get_by_role("button", name="Check")
    expect(check).to_be_focused()
    hints = place.locator(".bn-hint")
    place.get_by_role("button", name="Hint").click()
    expect(hints.nth(0)).to_have_attribute("open", "")
    place.get_by_role("button", name="Solution").click()
    expect(place.locator(".bn-solution")).to_contain_text("def normalize")


def test_an_answer_is_checked_or_the_page_says_where(visit):
    page = visit.page
    place, editor = exercise(page)
    write(page, editor, RIGHT.replace("mean(axis=1", "mean(axis=0"))
    place.get_by_role("button", name="Check").click()
    told = place.get_by_role("status")
    if not HAS_PYTHON:
        expect(told).to_contain_text("open the notebook in Jupyter")
        return
    expect(told.locator(".bn-code mark")).to_have_text("0", timeout=120_000)
    write(page, editor, "def normalize(z, eps=1e-5):\n    while True:\n        pass\n")
    page.keyboard.press("ControlOrMeta+Enter")
    expect(told).to_contain_text("did not finish in time", timeout=60_000)
    write(page, editor, RIGHT)
    place.get_by_role("button", name="Check").click()
    expect(told).to_contain_text("normalize: correct.", timeout=120_000)
    page.reload()
    place, _ = exercise(page)
    expect(place.get_by_role("status")).to_contain_text("normalize: correct.")
