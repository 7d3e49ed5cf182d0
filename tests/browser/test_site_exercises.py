"""Exercises answered on the site's pages.

Built with Pyodide (`make test-browser PYODIDE=folder`), a page checks answers; without, it says
where that is done, and all else works.
"""

import json
import re
from functools import partial

import pytest
from playwright.sync_api import expect
from site_server import SITE, VIEWS, Visit, serving

from bnlib.records import notebooks, predictions, progress, shipped
from bnlib.widgets.questions import QUESTIONS

PAGE = "1_normalizing_activations"
ASKED = "steps-and-condition-number"
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


def exported(page, path):
    """The notebook that the page writes, through a file."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Export my answers").click()
    download.value.save_as(path)
    return notebooks.read(path)


def brought(page, notebook):
    """Import a notebook, as a file."""
    file = {"name": "a.ipynb", "mimeType": "", "buffer": json.dumps(notebook).encode()}
    page.locator("input[type=file]").set_input_files(file)


def test_what_is_typed_stays_goes_out_as_a_notebook_and_is_forgotten(visit, tmp_path):
    page = visit.page
    _, editor = exercise(page)
    expect(editor).to_contain_text("Give each unit mean 0")
    write(page, editor, RIGHT)
    question = page.locator('[data-widget="predict-steps"]').get_by_role("radio")
    question.nth(1).click()
    question.nth(2).click()

    page.reload()
    page.keyboard.press("Shift")  # a reader who moves is not held where the page was before
    _, editor = exercise(page)
    expect(editor).to_contain_text("var = z.var(axis=1, keepdims=True)")

    notebook = exported(page, tmp_path / "out.ipynb")
    cell = next(c for c in notebook["cells"] if c["id"] == "exercise-normalize")
    assert "".join(cell["source"]) == RIGHT.rstrip() + "\n\n\ncheck(normalize)"
    choices = QUESTIONS[ASKED].choices
    assert choices[1].right != choices[2].right
    answers = {ASKED: {"chosen": choices[2].text, "right_at_first": choices[1].right}}
    assert notebook["metadata"]["bnlib"]["predictions"] == answers
    assert predictions.exported(notebook) == answers

    page.get_by_role("button", name="Forget everything").click()
    expect(editor).to_contain_text("Give each unit mean 0")
    kept = "Object.keys(localStorage).filter((key) => /^bn/.test(key))"
    assert page.evaluate(kept) == []
    brought(page, notebook)
    expect(editor).to_contain_text("var = z.var(axis=1, keepdims=True)")
    page.reload()
    expect(question.nth(2)).to_have_attribute("aria-checked", "true")


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


def test_the_front_page_has_the_digit_that_answers_by_its_company_within_a_scroll(browser, address):
    visit = Visit(browser, address)
    page = visit.page
    page.goto(f"{address}/index.html")
    place = page.locator(".bn-later")
    box, (_, height) = place.bounding_box(), VIEWS["wide"]
    assert box["y"] + box["height"] < 2 * height
    figure = place.locator("[data-widget=widget-company]")
    expect(figure).to_have_count(0)
    page.mouse.wheel(0, height)
    told = figure.locator(".bn-sentence")
    expect(told).to_contain_text("among 7 batch-mates, draw 1: the net calls it 8")
    figure.get_by_role("slider", name="draw").press("ArrowRight")
    expect(told).to_contain_text("draw 2:")
    assert page.evaluate(MOVED) < 0.1
    visit.context.close()


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


def test_an_answer_is_checked_or_the_page_says_where(visit, tmp_path):
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
    told = place.get_by_role("status")
    expect(told).to_contain_text("normalize: correct.")

    notebook = exported(page, tmp_path / "out.ipynb")
    recorded = shipped.load(SITE.parent)[f"{PAGE}.ipynb"]
    assert progress.status(notebook, "normalize", recorded, None, 0) == "passed"
    page.get_by_role("button", name="Forget everything").click()
    expect(told).to_be_empty()
    brought(page, notebook)
    expect(told).to_contain_text("normalize: correct.")
    page.reload()
    place, editor = exercise(page)
    expect(place.get_by_role("status")).to_contain_text("normalize: correct.")
    write(page, editor, RIGHT.replace("axis=1", "axis=0"))
    other = exported(page, tmp_path / "out.ipynb")
    assert other["metadata"]["bnlib"]["verdicts"] == {}


def test_a_card_from_a_file_is_shown_if_it_is_on_that_answer_and_runs_nothing(visit):
    page = visit.page
    notebook = notebooks.read(SITE / f"{PAGE}.ipynb")
    cell = notebooks.exercise_cell(notebook, "normalize")
    card = """<div class="bn-card" style="color: red" onclick="x()"><p>So it was.</p>
    <style>p {}</style><img src="https://example.org/a.png" onerror="x()">
    <a href="javascript:x()">no</a></div>"""
    verdict = {
        "status": "failed",
        "html": card,
        "source_hash": notebooks.digest(notebooks.source(cell)),
    }
    version = json.loads(page.locator("#bn-course").text_content())["version"]
    notebook["metadata"]["bnlib"] = {"version": version, "verdicts": {"normalize": verdict}}
    brought(page, notebook)
    place, _ = exercise(page)
    told = place.get_by_role("status")
    expect(told).to_contain_text("So it was.")
    assert [*told.inner_html().split()] == [
        "<div",
        'class="bn-card"><p>So',
        "it",
        "was.</p>",
        "</div>",
    ]
    for changed in ({"version": "0"}, {"verdicts": {"normalize": {**verdict, "source_hash": "0"}}}):
        brought(
            page, {**notebook, "metadata": {"bnlib": {**notebook["metadata"]["bnlib"], **changed}}}
        )
        expect(told).to_be_empty()


def test_a_choice_is_kept_in_words_and_one_kept_as_a_number_is_none(visit):
    page = visit.page
    page.evaluate(f"localStorage.setItem('bn-prediction-{ASKED}', '1 2')")
    page.reload()
    question = page.locator('[data-widget="predict-steps"]').get_by_role("radio")
    expect(question.nth(2)).to_have_attribute("aria-checked", "false")
    question.nth(1).click()
    kept = json.loads(page.evaluate(f"localStorage.getItem('bn-prediction-{ASKED}')"))
    choice = QUESTIONS[ASKED].choices[1]
    assert kept == {"chosen": choice.text, "right_at_first": choice.right}


ODD = "# \N{SNOWMAN} \N{GRINNING FACE} </script> <!-- $& $1 \\n\\\n\ts = '\t'\n\nx = 1  \n"


def test_an_answer_of_any_characters_goes_out_and_comes_back(visit, tmp_path):
    page = visit.page
    _, editor = exercise(page)
    write(page, editor, ODD.replace("\n", "\r\n"))
    notebook = exported(page, tmp_path / "out.ipynb")
    cell = next(c for c in notebook["cells"] if c["id"] == "exercise-normalize")
    assert "".join(cell["source"]) == ODD.rstrip() + "\n\n\ncheck(normalize)"
    page.get_by_role("button", name="Forget everything").click()
    brought(page, notebook)
    kept = "() => JSON.parse(localStorage.getItem('bnlib'))?.normalize?.code"
    page.wait_for_function(kept)
    assert page.evaluate(kept).rstrip() == ODD.rstrip()
    windows = "".join(cell["source"]).replace("\n", "\r\n")
    brought(page, {**notebook, "cells": [{**cell, "source": windows}]})
    expect(editor).to_contain_text("x = 1")
    again = exported(page, tmp_path / "again.ipynb")["cells"]
    assert next(c for c in again if c["id"] == cell["id"])["source"] == cell["source"]


def seen(page):
    """The tab is looked at again: a headless browser shows all of its tabs at once."""
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")


def test_two_tabs_lose_nothing_of_each_other(visit, browser, address):
    one, two = visit.page, visit.context.new_page()
    two.goto(f"{address}/{PAGE}.html")
    other = two.locator("[data-exercise=scale_and_shift]")
    other.evaluate("(e) => e.scrollIntoView()")
    write(two, other.get_by_role("textbox"), "second = 2")
    _, editor = exercise(one)
    write(one, editor, "first = 1")
    kept = json.loads(one.evaluate("localStorage.getItem('bnlib')"))
    codes = {name: entry["code"] for name, entry in kept.items()}
    assert codes == {"normalize": "first = 1", "scale_and_shift": "second = 2"}
    seen(two)
    _, editor = exercise(two)
    expect(editor).to_contain_text("first = 1")
    two.get_by_role("button", name="Forget everything").click()
    seen(one)
    _, editor = exercise(one)
    expect(editor).to_contain_text("Give each unit mean 0")
    assert one.evaluate("localStorage.getItem('bnlib')") is None


def test_the_answer_to_an_older_course_stays_without_its_verdict(visit):
    page = visit.page
    old = {"code": "old = 1", "checked": "old = 1", "status": "passed", "version": "0.9.0"}
    old["html"] = "<p>correct</p>"
    page.evaluate("(all) => localStorage.setItem('bnlib', all)", json.dumps({"normalize": old}))
    page.reload()
    place, editor = exercise(page)
    expect(editor).to_contain_text("old = 1")
    expect(place.get_by_role("status")).to_be_empty()


@pytest.mark.parametrize("kept", ["{", "5", "[1]", "null", '"x"', '{"normalize": 3}'])
def test_what_is_kept_there_and_cannot_be_read_is_nothing(visit, kept):
    page = visit.page
    page.evaluate("(all) => localStorage.setItem('bnlib', all)", kept)
    page.reload()
    _, editor = exercise(page)
    expect(editor).to_contain_text("Give each unit mean 0")
    write(page, editor, "x = 1")
    page.reload()
    _, editor = exercise(page)
    expect(editor).to_contain_text("x = 1")


REFUSED = {
    "always": "Storage.prototype.setItem = () => { throw new DOMException('full') }",
    "when full": """const keep = Storage.prototype.setItem;
      Storage.prototype.setItem = function (name, text) {
        if (text.length > 100) throw new DOMException("full");
        keep.call(this, name, text);
      };""",
}


@pytest.mark.parametrize("when", REFUSED)
def test_where_the_browser_keeps_nothing_the_page_says_so_and_asks(
    browser, address, when, tmp_path
):
    visit = Visit(browser, address)
    visit.context.add_init_script(REFUSED[when])
    page = visit.open(PAGE)
    told = page.locator(".bn-work p")
    _, editor = exercise(page)
    write(page, editor, RIGHT)
    expect(told).to_contain_text("does not keep what you type here: export it")
    seen(page)
    expect(editor).to_contain_text("var = z.var(axis=1, keepdims=True)")
    exported_cells = exported(page, tmp_path / "out.ipynb")["cells"]
    cell = next(c for c in exported_cells if c["id"] == "exercise-normalize")
    assert RIGHT.rstrip() in "".join(cell["source"])
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]
    visit.context.close()


def test_what_did_not_load_is_loaded_by_the_next_check(browser, address):
    """The editor, then Python, break off once each."""
    visit = Visit(browser, address, view="phone")
    broken = ["editor.js", *(["numpy"] if HAS_PYTHON else [])]

    def answered(route):
        breaks_off = any(name in route.request.url for name in broken)
        route.abort() if breaks_off else route.continue_()

    # One handler for good: a request under way while one is taken back may never be answered.
    visit.context.route(re.compile(r"/editor\.js|/numpy[^/]*\.whl"), answered)
    page = visit.open(PAGE)
    place = page.locator("[data-exercise=normalize]")
    place.evaluate("(e) => e.scrollIntoView()")
    told, check = place.get_by_role("status"), place.get_by_role("button", name="Check")
    check.click()
    expect(told).to_contain_text("The editor could not be loaded. Press Check")
    broken.remove("editor.js")
    check.click()
    if HAS_PYTHON:
        expect(told).to_contain_text("Python could not be loaded into this page")
        broken.clear()
        check.click()
        expect(told).to_contain_text("normalize: not attempted", ignore_case=True)
    else:
        expect(told).to_contain_text("open the notebook in Jupyter")
    visit.context.close()


@pytest.mark.parametrize("missing", ["at the build", "on the server"])
def test_where_python_is_missing_the_page_says_where_an_answer_is_checked(
    browser, address, missing
):
    visit = Visit(browser, address, view="phone")
    if missing == "at the build":  # what the page then has in place of Python's bytes
        without = partial(re.sub, r'("bytes":)\d+', r"\g<1>0")
        visit.context.route(
            f"**/{PAGE}.html",
            lambda route: route.fulfill(
                body=without(route.fetch().text()), content_type="text/html"
            ),
        )
    visit.context.route("**/python/**", lambda route: route.fulfill(status=404))
    place, editor = exercise(visit.open(PAGE))
    write(visit.page, editor, RIGHT)
    place.get_by_role("button", name="Check").click()
    told = place.get_by_role("status")
    expect(told).to_contain_text("open the notebook in Jupyter: the top of this page says where")
    said = "cannot run Python" if missing == "at the build" else "could not be loaded"
    if HAS_PYTHON:
        expect(told).to_contain_text(said)
        assert bool(visit.failed) == (missing == "on the server")
    expect(place.get_by_role("button", name="Hint")).to_be_enabled()
    visit.context.close()
