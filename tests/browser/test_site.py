"""The static site: every page whole, live without a kernel, and nothing asked for elsewhere."""

import gzip
import json
import mimetypes
import re
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import expect
from site_server import NOTEBOOKS, SITE, VIEWS, Visit, open_folds, pages, require_site, serving

from bnlib.course.site import live
from bnlib.exercises.catalogue import NOTEBOOKS as EXERCISES
from bnlib.exercises.exercise import load
from bnlib.records import notebooks

WHAT_IT_HOLDS = """() => {
  const all = (what) => [...document.querySelectorAll(what)];
  return [
    all("[href], [src]").map((e) => e.getAttribute("href") ?? e.getAttribute("src")),
    all("[src], link[rel=stylesheet]").map((e) => e.src ?? e.href),
    all("[id]").map((e) => e.id),
  ];
}"""

SUMMARIES = ["Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3", "Our solution"]
UNFOLDED = """(help) => [...help.querySelectorAll("details")].map((fold) => {
  fold.open = true;
  const said = (what) => fold.querySelector(what)?.innerText.trim() ?? "";
  return [said("summary"), said("p"), said("pre")];
})"""
CELL_ABOVE = """(help) => {
  const cells = [...document.querySelectorAll(".cell_input")];
  const above = (cell) => cell.compareDocumentPosition(help) & Node.DOCUMENT_POSITION_FOLLOWING;
  return cells.filter(above).at(-1).innerText;
}"""


@pytest.fixture(scope="module")
def address():
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def visit(browser, address):
    visit = Visit(browser, address)
    yield visit
    visit.context.close()


def committed(name):
    return notebooks.read(SITE.parent / "notebooks" / f"{name}.ipynb")


def test_all_pages_are_there():
    require_site()
    assert {"index", "search", "teaching", *NOTEBOOKS} <= set(pages())
    assert len(NOTEBOOKS) == 6


@pytest.mark.parametrize(("view", "theme"), [("wide", "dark"), ("phone", "light")])
def test_pages_ask_for_nothing_elsewhere_and_scroll_one_way_only(browser, address, view, theme):
    visit = Visit(browser, address, view, theme, alone=True)
    for name in pages():
        page = visit.open(name)
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        open_folds(page)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide"
        assert page.locator("link[rel=stylesheet]").count() == 1
        assert page.evaluate("document.documentElement.dataset.theme") == theme
    visit.context.close()
    assert (visit.elsewhere, visit.failed, visit.errors) == ([], [], [])


HEADERS = 300  # bytes that a server sends before a file, and more
PACKED = {".html", ".js", ".css", ".svg"}


def weight(file):
    """What a server sends of a file: text as gzip, since what else there is holds no air."""
    content = file.read_bytes()
    return HEADERS + len(gzip.compress(content, 6) if file.suffix in PACKED else content)


@pytest.mark.parametrize("view", VIEWS)
def test_before_anybody_scrolls_a_page_has_loaded_less_than_300_kilobytes(browser, address, view):
    heavy = {}
    for name in pages():
        visit, asked = Visit(browser, address, view), set()
        visit.page.on("request", lambda request, asked=asked: asked.add(urlsplit(request.url)))
        visit.page.goto(f"{address}/{name}.html", wait_until="networkidle")
        here = {part.path.lstrip("/") for part in asked if part.scheme == "http"}
        loaded = {file: weight(SITE / file) for file in here}
        visit.context.close()
        assert f"{name}.html" in loaded and "_static/site.js" in loaded, loaded
        if sum(loaded.values()) >= 300_000:
            heavy[name] = sum(loaded.values()), sorted(loaded.items(), key=lambda item: -item[1])
    assert not heavy, heavy


def test_every_local_link_leads_somewhere_and_nothing_is_loaded_from_elsewhere(visit):
    links, anchors = set(), {}
    for name in pages():
        page = visit.open(name)
        found, loaded, ids = page.evaluate(WHAT_IT_HOLDS)
        links |= {(name, urljoin(f"{visit.address}/{name}.html", link)) for link in found}
        anchors[f"/{name}.html"] = set(ids)
        assert [url for url in loaded if not url.startswith(visit.address)] == [], name
    broken = []
    for name, link in sorted(links):
        parts = urlsplit(link)
        path, fragment = unquote(parts.path), unquote(parts.fragment)
        if link.startswith(visit.address):
            there = (SITE / path.lstrip("/")).exists()
            if not there or (fragment and fragment not in anchors.get(path, {fragment})):
                broken.append(f"{name}: {link}")
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_widget_is_live_and_starts_with_the_notebooks_words(visit, name):
    page = visit.open(name)
    cells = {c["id"]: c for c in notebooks.code_cells(committed(name)) if live.widget_of(c)}
    assert page.locator(".bn-widget").count() == len(cells) > 0
    for cell_id, cell in cells.items():
        words = "".join(cell["outputs"][0]["data"]["text/plain"])
        place = page.locator(f'.bn-widget[data-widget="{cell_id}"]')
        if words.startswith("Predict: "):
            question, *choices = re.split(r"\n  [a-z]\) ", words.removeprefix("Predict: "))
            assert place.locator(".bn-question").inner_text() == question
            assert place.get_by_role("radio").all_inner_texts() == choices
        else:
            title = place.locator(".bn-live").get_attribute("aria-label")
            assert f"{title}. {place.locator('.bn-sentence').inner_text()}" == words


def test_moving_figures_follow_keyboard_and_mouse(browser, address):
    visit = Visit(browser, address, theme="dark")
    moved = 0
    for name in NOTEBOOKS:
        page = visit.open(name)
        for figure in page.locator(".bn-live").all():
            panels, sentence = figure.locator(".bn-panels"), figure.locator(".bn-sentence")
            slider = figure.get_by_role("slider").first
            before, words = panels.inner_html(), sentence.inner_text()
            slider.focus()
            for _ in range(3):
                page.keyboard.press("ArrowLeft")
                page.keyboard.press("ArrowDown")
            expect(sentence).not_to_have_text(words)
            after = panels.inner_html()
            assert after != before, name
            box = slider.bounding_box()
            slider.click(position={"x": box["width"] * 0.3, "y": box["height"] / 2})
            assert panels.inner_html() != after, name
            for radio in figure.get_by_role("radio").all():
                if not radio.is_checked():
                    before = panels.inner_html()
                    radio.check()
                    assert panels.inner_html() != before, name
            moved += 1
    visit.context.close()
    assert moved == 8
    assert visit.errors == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_question_answers_each_choice(visit, name):
    page = visit.open(name)
    for question in page.locator(".bn-predict").all():
        reply = question.locator(".bn-reply")
        assert reply.inner_text() == ""
        replies = []
        for i, choice in enumerate(question.locator("[role=radio]").all()):
            if i % 2:
                choice.click()
            else:
                choice.focus()
                page.keyboard.press("Space")
            assert choice.get_attribute("aria-checked") == "true"
            replies.append(reply.inner_text())
        assert len(set(replies)) == len(replies)
        assert sum(text.startswith("✓ Right.") for text in replies) == 1


@pytest.mark.parametrize("number", EXERCISES)
def test_every_exercise_has_its_stub_its_hints_and_its_solution(visit, number):
    page = visit.open(NOTEBOOKS[number - 1])
    for name in EXERCISES[number]:
        help_ = page.locator(f'.bn-help[aria-label="Help with {name}"]')
        assert help_.locator("details[open]").count() == 0
        help_.scroll_into_view_if_needed()
        page.locator(f"[data-exercise={name}] .cm-editor").wait_for()  # what is below it moves once
        help_.locator("summary").first.click()
        assert help_.locator("details[open]").count() == 1
        folds = help_.evaluate(UNFOLDED)
        assert [summary for summary, _, _ in folds] == SUMMARIES
        hints = [hint.replace("`", "") for hint in load(name).hints]
        assert [words for _, words, _ in folds[:3]] == hints
        assert f"def {name}(" in folds[3][2]
        assert f"check({name})" in help_.evaluate(CELL_ABOVE)


def test_the_theme_can_be_switched_and_is_kept(browser, address):
    visit = Visit(browser, address)
    page = visit.open(NOTEBOOKS[0])
    theme = "document.documentElement.dataset.theme"
    assert page.evaluate(theme) == "light"
    button = page.get_by_role("button", name="Color mode").first
    for leave in (lambda: page.keyboard.press("Escape"), lambda: page.mouse.click(640, 500)):
        button.click()
        assert button.get_attribute("aria-expanded") == "true"
        leave()
        assert button.get_attribute("aria-expanded") == "false"
    button.click()
    page.get_by_role("button", name="Dark", exact=True).first.click()
    assert page.evaluate(theme) == "dark"
    page.locator(".theme-switch-container .dropdown-menu.show").wait_for(state="detached")
    assert page.locator(".tooltip").count() == 0
    paper = page.locator(".bn-live").first.evaluate("(e) => getComputedStyle(e).backgroundColor")
    assert max(map(int, re.findall(r"\d+", paper)[:3])) < 60, paper
    assert visit.open(NOTEBOOKS[1]).evaluate(theme) == "dark"
    visit.context.close()


# What stands first in the window, below the bar at its top, and how far down
FIRST = """() => {
  const all = [...document.querySelectorAll(".bd-article :is(p, h2, h3, pre)")];
  const first = all.find((e) =>
    e.checkVisibility({ contentVisibilityAuto: true }) && e.getBoundingClientRect().top > 64);
  return [all.indexOf(first), Math.round(first.getBoundingClientRect().top)];
}"""
TOP = "(id) => document.getElementById(id).getBoundingClientRect().top"


@pytest.mark.parametrize(
    ("view", "name"), [("wide", NOTEBOOKS[3]), ("phone", NOTEBOOKS[1]), ("phone", NOTEBOOKS[3])]
)
def test_an_address_with_a_heading_opens_at_it(browser, address, view, name):
    """Though what is above it has not been laid out, and widgets there grow."""
    visit = Visit(browser, address, view)
    page = visit.page
    page.goto(f"{address}/{name}.html", wait_until="load")
    headings = page.evaluate(
        "[...document.querySelectorAll('h2[id], section[id]:has(> h2)')].map((e) => e.id)"
    )
    for heading in headings[1:-2:3]:
        page.goto("about:blank")
        page.goto(f"{address}/{name}.html#{heading}", wait_until="load")
        page.wait_for_timeout(1000)
        assert page.evaluate(TOP, heading) == pytest.approx(64, abs=2), heading
    visit.context.close()


@pytest.mark.parametrize(("view", "name"), [("wide", NOTEBOOKS[0]), ("phone", NOTEBOOKS[3])])
def test_a_page_loaded_anew_or_come_back_to_is_where_it_was(browser, address, view, name):
    visit = Visit(browser, address, view)
    page = visit.page
    page.goto(f"{address}/{name}.html", wait_until="load")
    for _ in range(25):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(40)
    page.wait_for_timeout(500)
    was = page.evaluate(FIRST)
    assert was[0] > 20
    for come_back in (False, True):
        if come_back:
            page.goto(f"{address}/index.html")
            page.go_back()
        else:
            page.reload()
        page.wait_for_timeout(1500)
        now = page.evaluate(FIRST)
        assert now == [was[0], pytest.approx(was[1], abs=3)]
    visit.context.close()


@pytest.mark.parametrize("word", ["temperature", "float32", "fold"])
def test_search_finds_words_of_the_course(visit, word):
    page = visit.page
    page.goto(f"{visit.address}/search.html?q={word}")
    page.locator("#search-results li").first.wait_for(timeout=20_000)
    assert page.locator("#search-results").inner_text()


def test_an_excerpt_holds_text_of_the_page_only(visit):
    page = visit.page
    page.goto(f"{visit.address}/search.html?q=epsilon")  # which is in formulas, mostly
    page.locator("#search-results li").first.wait_for(timeout=20_000)
    expect(page.locator(".search-summary, #search-results > p").first).to_be_visible()
    assert "System Settings" not in page.locator("#search-results").inner_text()


@pytest.mark.parametrize("words", ["softmax", "fold", "condition number"])
def test_search_puts_headings_first_and_leaves_contents_out(visit, words):
    page = visit.page
    page.goto(f"{visit.address}/search.html?q={words.replace(' ', '+')}")
    page.locator("#search-results li .context").first.wait_for(timeout=20_000)
    results = page.locator("#search-results li").all()
    matches = [words in result.locator("a").inner_text().lower() for result in results]
    assert matches[0] and matches == sorted(matches, reverse=True)
    assert "On this page" not in page.locator("#search-results").inner_text()


def test_what_is_far_from_the_window_is_not_laid_out(browser, address):
    """A notebook is 7,000 elements: laying them all out held up its first screen by a second."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{address}/{NOTEBOOKS[1]}.html", wait_until="networkidle")
        sections = page.locator(".bd-article > section > section")
        laid_out = "(e) => e.firstElementChild.checkVisibility({ contentVisibilityAuto: true })"
        near = sections.evaluate_all(f"(all) => all.map({laid_out})")
        assert near[0] and not near[-1] and near.count(False) > len(near) / 2


def test_a_hundred_columns_of_code_fit_into_a_small_window(browser, address):
    visit = Visit(browser, address)
    visit.page.set_viewport_size({"width": 1280, "height": 800})
    for name in NOTEBOOKS:
        page = visit.open(name)
        open_folds(page)
        wide = "(all) => all.filter((pre) => pre.scrollWidth > pre.clientWidth + 1).length"
        assert page.locator("main pre").evaluate_all(wide) == 0, name
    visit.context.close()


PRINTED = """() => {
  const frames = [...document.querySelectorAll(".cell_input, .output")];
  const codes = frames.flatMap((frame) => [...frame.querySelectorAll("pre")]);
  const broken = codes.filter((pre) => {
    const { lineHeight, paddingTop } = getComputedStyle(pre);
    const lines = pre.textContent.trimEnd().split("\\n").length;
    return pre.clientHeight > 2 * parseFloat(paddingTop) + (lines + 0.9) * parseFloat(lineHeight);
  });
  const cut = frames.filter((frame) => getComputedStyle(frame).breakInside !== "avoid");
  return [codes.length > 20, broken.map((pre) => pre.textContent), cut.length];
}"""


@pytest.mark.parametrize("name", [NOTEBOOKS[0], NOTEBOOKS[2]])
def test_in_print_no_frame_is_cut_and_no_line_of_code_broken(browser, address, name):
    visit = Visit(browser, address)
    visit.page.set_viewport_size({"width": 673, "height": 1000})  # of A4 without its margins
    page = visit.open(name)
    page.emulate_media(media="print")
    assert page.evaluate(PRINTED) == [True, [], 0]
    visit.context.close()


FIGURES = """() => [...document.querySelectorAll(".bn-figure")].map((figure) => {
  const image = figure.querySelector("img");
  const box = figure.querySelector(".bn-paper");
  return {
    source: image.currentSrc,
    shown: image.getBoundingClientRect().width / image.naturalWidth,
    width: image.getBoundingClientRect().right,
    scrolls: box.scrollWidth > box.clientWidth,
    titled: figure.querySelector(".bn-title").checkVisibility(),
  };
})"""


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_on_a_phone_no_figure_scrolls_and_its_words_can_be_read(browser, address, name):
    visit = Visit(browser, address, "phone", "dark")
    page = visit.open(name)
    page.evaluate(
        "document.querySelectorAll('.bn-figure img').forEach((i) => { i.loading = 'eager' })"
    )
    page.wait_for_function(
        "[...document.querySelectorAll('.bn-figure img')].every((i) => i.complete)"
    )
    figures = page.evaluate(FIGURES)
    assert len(figures) > 5
    for figure in figures:
        assert figure["source"].endswith("-narrow.webp")
        assert figure["width"] <= 390
        assert not figure["scrolls"]
        assert figure["titled"]
        # test_style holds the letters to 10 pixels where two of the picture are one of the page
        assert figure["shown"] == pytest.approx(0.5, abs=0.01), figure["source"]
    visit.context.close()


def test_a_wide_page_has_figures_as_the_notebook_has(browser, address):
    visit = Visit(browser, address, "wide", "light")
    page = visit.open(NOTEBOOKS[0])
    figure = page.locator(".bn-figure").first
    figure.scroll_into_view_if_needed()
    image = figure.locator("img")
    page.wait_for_function("(i) => i.complete && i.naturalWidth", arg=image.element_handle())
    assert image.evaluate("(i) => i.currentSrc").endswith("-0.webp")
    wide = image.bounding_box()["width"]
    assert image.evaluate("(i) => i.naturalWidth") == pytest.approx(2 * wide, abs=90)
    expect(figure.locator(".bn-title")).to_be_hidden()
    visit.context.close()


def test_what_answers_a_prediction_is_folded_until_it_is_answered(browser, address):
    visit = Visit(browser, address)
    page = visit.open(NOTEBOOKS[0], folded=True)
    question = page.locator('[data-widget="predict-steps"] .bn-predict')
    picture = page.locator('img[src*="run-steps"]')
    explained = page.get_by_text("With condition number")
    after = page.locator('[data-widget="predict-stable"] .bn-predict')
    expect(picture).to_be_hidden()
    expect(explained).to_be_hidden()
    expect(after).to_be_visible()
    button = question.get_by_role("button", name="Show me anyway")
    button.click()
    expect(picture).to_be_visible()
    expect(explained).to_be_visible()
    question.get_by_role("button", name="Fold it again").click()
    expect(picture).to_be_hidden()
    page.emulate_media(media="print")
    expect(picture).to_be_visible()
    page.emulate_media(media="screen")
    question.get_by_role("radio").first.click()
    expect(explained).to_be_visible()
    page = visit.open(NOTEBOOKS[0], folded=True)
    expect(question.get_by_role("radio").first).to_have_attribute("aria-checked", "true")
    expect(explained).to_be_visible()
    assert visit.errors == []
    visit.context.close()


def test_an_address_that_is_not_there_is_answered_at_any_depth(browser):
    require_site()
    published, asked = "https://example.github.io/course/", []
    based = f'<head><base href="{published}">'
    not_found = (SITE / "404.html").read_text(encoding="utf-8").replace("<head>", based, 1)
    assert based in not_found

    def as_published(route):
        asked.append(route.request.url)
        file = SITE / (urlsplit(route.request.url).path.removeprefix("/course/") or "index.html")
        if file.is_file():
            body = not_found if file.name == "404.html" else file.read_bytes()
            route.fulfill(body=body, content_type=mimetypes.guess_type(file)[0])
        else:
            route.fulfill(status=404, body=not_found, content_type="text/html; charset=utf-8")

    context = browser.new_context(color_scheme="dark")
    context.route("**/*", as_published)
    page = context.new_page()
    page.goto(f"{published}no/such/page")
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # "Skip to main content"
    page.wait_for_url("**#main-content")
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
    missing = {url for url in asked if not (SITE / urlsplit(url).path[len("/course/") :]).exists()}
    assert missing == {f"{published}no/such/page"}
    page.locator("main").get_by_role("link", name="The front page").click()
    # Not any heading: until the styles are there, that of the printed page shows beside it.
    expect(page.locator("article h1")).to_have_text(re.compile("a course that answers"))
    context.close()


def test_a_page_works_as_a_file_too(browser, address):
    context = browser.new_context()
    page = context.new_page()
    page.goto((SITE / f"{NOTEBOOKS[0]}.html").as_uri())
    page.mouse.move(200, 200)
    page.locator(".bn-live .bn-sentence").first.wait_for()
    page.goto((SITE / "search.html").as_uri() + "?q=softmax")
    page.locator("#search-results li").first.wait_for(timeout=20_000)
    context.close()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_page_leads_on_and_the_notebook_can_be_had(visit, name):
    page = visit.open(name)
    links = page.get_by_role("navigation", name="Run this notebook").get_by_role("link")
    texts = links.all_inner_texts()
    assert texts[:2] == ["Download", "how to start"]
    assert ("JupyterLite" in texts) == (SITE / "lite").exists()
    with page.expect_download() as download:
        links.first.click()
    text = download.value.path().read_text(encoding="utf-8")
    assert json.loads(text) == committed(name)
    other = NOTEBOOKS[NOTEBOOKS.index(name) + (1 if name != NOTEBOOKS[-1] else -1)]
    assert page.locator(f'.prev-next-area a[href="{other}.html"]').count() == 1
    assert page.get_by_role("navigation", name="Page").locator("a").count() >= 5


def test_without_scripts_the_words_of_a_widget_are_there(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{NOTEBOOKS[0]}.html")
    words = page.locator(":is(.bn-widget, .bn-later) .bn-words")
    assert words.count() > 5 and words.first.is_visible()
    assert page.locator('img[src*="run-steps"]').is_visible(), "nothing is folded"
    assert page.locator("p .katex-html").first.is_visible()
    context.close()
