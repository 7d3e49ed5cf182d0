"""Every kind of card in a real Jupyter: nothing stops, everything can be read, by everyone."""

import pytest
from legible import ENOUGH, contrasts
from pages import bring, cells, open_notebook, outputs, prompts, run_all, run_cell, set_theme
from playwright.sync_api import expect
from real_jupyter import write_notebook

from bnlib.course.site import tools

SETUP = """import dataclasses
import numpy as np
from bnlib.exercises import check, display, hint, progress, solution"""
STUB = """def softmax(z):
    ...


check(softmax)"""
WRONG = """def normalize(z, eps=1e-5):
    mu = z.mean(axis=1, keepdims=True)
    print("mu", mu.shape, "<b>")
    return (z - mu) / (z.var(axis=1, keepdims=True) + eps)


check(normalize)"""
TWO = """def batch_statistics(z):
    return z.mean(1), z.std(1)


check(batch_statistics)"""
NUMBER = """def unbiased_variance(var, m):
    return var * m / (m - 1) + 0.001


check(unbiased_variance)"""
PLACED = """grade = display.grade
display.grade = lambda *answer, **options: dataclasses.replace(
    grade(*answer), line=2, expression="z.no_such_thing")
def normalize(z, eps=1e-5):
    return z.no_such_thing + "<i>"  # a slip


check(normalize)
display.grade = grade"""
RIGHT = """def scale_and_shift(z_norm, gamma, beta):
    return gamma * z_norm + beta


check(scale_and_shift)"""
KINDS = {
    "untried": STUB,
    "wrong": WRONG,
    "two": TWO,
    "number": NUMBER,
    "placed": PLACED,
    "hint": 'hint("normalize")',
    "unknown": 'hint("normalise")',
    "right": RIGHT,
    "solution": 'solution("scale_and_shift")',
    "progress": "progress()",
    "last": 'print("the end")',
}
CARDS = list(KINDS)[:-1]
RUN_AXE = """async () => {
  const { violations } = await axe.run(".bn-card", { resultTypes: ["violations"] });
  return violations.map(({ id, help, nodes }) => [id, help, nodes.map((n) => n.html).slice(0, 3)]);
}"""
BEYOND = """(card) => [card, ...card.querySelectorAll("*")]
  .filter((node) => !node.closest("style, pre[tabindex]"))
  .filter((node) => node.getBoundingClientRect().right > card.getBoundingClientRect().right + 1)
  .map((node) => node.className)"""


PRINTED = """def softmax(z):
    print("z =", z, "and the largest is", z.max(), "of all of them")
    return z


check(softmax)"""
LONG = "\n".join(f"# line {i}" for i in range(25))


@pytest.fixture(scope="module", params=["lab", "notebook"])
def page(request, browser, jupyter):
    server = jupyter(request.param)
    write_notebook(server.folder / "cards.ipynb", [SETUP, *KINDS.values()])
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    open_notebook(page, server, "cards.ipynb")
    run_all(page)
    yield page
    page.close()


def cell(page, kind):
    return cells(page).nth(1 + list(KINDS).index(kind))


def card(page, kind):
    """A card in view: JupyterLab draws no other."""
    place = cell(page, kind)
    bring(outputs(place).first)
    return place.locator(".bn-card")


def test_run_all_goes_on_past_every_wrong_answer_and_wrong_name(page):
    assert prompts(page) == [str(i + 1) for i in range(1 + len(KINDS))]
    errors = page.locator('[data-mime-type="application/vnd.jupyter.error"]')
    assert errors.count() == 0
    bring(outputs(cell(page, "last")).first)
    assert outputs(cell(page, "last")).inner_text().strip() == "the end"


def test_what_was_printed_stands_under_the_verdict_with_its_input(page):
    wrong = card(page, "wrong")
    label = wrong.get_by_text("Your answer printed, for this input")
    expect(label).to_be_visible()
    assert wrong.locator(".bn-plain").last.inner_text() == "mu (2, 1) <b>"
    assert wrong.locator(".bn-side .bn-matrix").count() == 3
    order = wrong.evaluate("(card) => [...card.children].map((c) => c.className || c.tagName)")
    assert order.index("P") < order.index("bn-side") < order.index("bn-figure")


def test_the_learners_own_line_has_its_place_marked(page):
    placed = card(page, "placed")
    line = placed.locator(".bn-line.bn-here")
    assert line.locator("mark").inner_text() == "z.no_such_thing"
    assert " ".join(line.inner_text().split()) == '5 return z.no_such_thing + "<i>" # a slip'
    colors = line.evaluate(
        """(line) => ["keyword", "string", "comment"].map(
          (kind) => getComputedStyle(line.querySelector(`.bn-${kind}`)).color)"""
    )
    assert len(set(colors)) == 3
    decoration = line.locator("mark").evaluate("(m) => getComputedStyle(m).textDecorationLine")
    assert decoration == "underline", "a mark must not be a colour alone"


def test_a_mark_under_a_number_is_not_cut_off(page):
    mark = card(page, "number").locator(".bn-side .bn-plain mark")
    style = mark.evaluate("(m) => getComputedStyle(m).textDecorationStyle")
    assert style == "solid", "waves reach below the line"


def test_two_mistakes_are_two_paragraphs(page):
    assert card(page, "two").locator("> p:not(.bn-head)").count() == 2


def test_a_solution_stands_beside_the_learners_own(page):
    boxes = [pre.bounding_box() for pre in card(page, "solution").locator("pre").all()]
    assert len(boxes) == 2
    assert boxes[0]["y"] == pytest.approx(boxes[1]["y"], abs=1), "side by side"


def test_hints_unfold_by_keyboard_and_the_notebooks_keys_still_work(page):
    fold = card(page, "wrong").locator("details").first
    fold.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(fold).to_have_attribute("open", "")
    expect(fold.locator("p").first).to_be_visible()
    fold.locator("summary").first.click()
    before = cell(page, "wrong").locator(".jp-InputPrompt").inner_text()
    page.keyboard.press("Shift+Enter")
    expect(cell(page, "wrong").locator(".jp-InputPrompt")).not_to_have_text(before)


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everyone_can_read_every_card(page, theme, width):
    page.set_viewport_size({"width": 1280, "height": 900})
    set_theme(page, theme)
    if page.url.find("/lab/") > 0 and width < 1280:
        width = 700  # JupyterLab keeps a side bar; Notebook is what a phone opens
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate((tools.node_modules() / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    for kind in CARDS:
        shown = card(page, kind)
        shown.evaluate("(c) => c.querySelectorAll('details').forEach((d) => { d.open = true; })")
        assert page.evaluate(RUN_AXE) == [], kind
        low = [(text, round(ratio, 1)) for text, ratio in contrasts(shown) if ratio < ENOUGH]
        assert [pair for pair in low if not pair[0].startswith(".bn-card")] == [], kind
        assert shown.evaluate(BEYOND) == [], kind
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture(scope="module", params=["lab", "notebook"])
def asked(request, browser, jupyter):
    """A question, which brings its script along, and a long answer among other cells."""
    server, others = jupyter(request.param), [LONG] * 3
    asking = f"{SETUP}\nfrom bnlib.widgets import predict\npredict('gradient-sum')"
    write_notebook(server.folder / "asked.ipynb", [asking, *others, f"{LONG}\n{PRINTED}", *others])
    page = browser.new_page(viewport={"width": 1280, "height": 700})
    open_notebook(page, server, "asked.ipynb")
    run_all(page)
    bring(page.locator(".bn-predict"))
    expect(page.get_by_role("radio").first).to_be_visible()
    yield page
    page.close()


@pytest.mark.parametrize("how", ["Control+Enter", "Shift+Enter", "button"])
def test_the_verdict_on_what_one_runs_comes_into_view(asked, how):
    answer = cells(asked).nth(4)
    bring(answer.locator(".cm-line").last)
    answer.locator(".cm-line").last.click()
    code = answer.locator(".cm-content")
    code.evaluate("(code) => code.scrollIntoView({ block: 'end' })")
    prompt = answer.locator(".jp-InputPrompt")
    before = prompt.text_content()
    if how == "button":
        asked.locator('[data-jp-item-name="run"] [data-command]').click()
    else:
        asked.keyboard.press(how)
    expect(prompt).not_to_have_text(before)
    expect(answer.locator(".bn-card")).to_be_in_viewport(ratio=0.99)


def test_printed_lines_are_scrolled_not_broken(asked):
    printed = cells(asked).nth(4).locator(".bn-card .bn-plain").last
    lines = """(pre) => pre.clientHeight / parseFloat(getComputedStyle(pre).lineHeight)"""
    asked.set_viewport_size({"width": 390, "height": 700})
    assert printed.evaluate("(pre) => pre.scrollWidth > pre.clientWidth")
    assert round(printed.evaluate(lines)) == len(printed.text_content().splitlines())


def test_a_wrapped_line_of_code_goes_on_further_in(page):
    docstring = card(page, "solution").locator(".bn-string").last
    first, *others = docstring.evaluate("(text) => [...text.getClientRects()].map((r) => r.x)")
    assert others and min(others) > first


def test_an_answer_put_right_is_told_so_in_the_same_place(page):
    right = WRONG.replace("(z.var", "np.sqrt(z.var")
    run_cell(page, cell(page, "wrong"), right)
    assert "correct." in card(page, "wrong").inner_text()
