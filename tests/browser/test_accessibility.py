"""Every page of the site for everyone: axe-core, headings, pictures in words, the keyboard."""

import re

import pytest
from playwright.sync_api import expect
from site_server import NOTEBOOKS, Visit, open_folds, pages, serving

from bnlib.course.site import tools

CONTRAST = ["color-contrast", "link-in-text-block"]
# What a theme changes is contrast; what a phone changes is everything else.
RULES = {
    ("wide", "light"): {},
    ("wide", "dark"): {"runOnly": CONTRAST},
    ("phone", "light"): {"rules": {rule: {"enabled": False} for rule in CONTRAST}},
}
# Those two are matters of style, which the pages share.
OF_EVERY_KIND = ["index", NOTEBOOKS[0], NOTEBOOKS[5]]
# Without what KaTeX draws, which is hidden from screen readers: they get its MathML.
RUN_AXE = """async (rules) => {
  const what = { exclude: [".katex-html"] };
  const { violations } = await axe.run(what, { resultTypes: ["violations"], ...rules });
  return violations.map(({ id, impact, help, nodes }) => ({
    id,
    impact,
    help,
    nodes: nodes.map(({ target, failureSummary }) => [target.join(" "), failureSummary]),
  }));
}"""
# What Tab comes to, from where the focus is: its place, its words, and whether one sees it
NEXT = """() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  const label = at.labels?.[0]?.innerText ?? at.getAttribute("aria-label") ?? at.innerText ?? "";
  return {
    tag: at.tagName.toLowerCase(), name: label.trim(), href: at.getAttribute("href"),
    seen: style.outlineStyle !== "none" || style.boxShadow !== "none",
    inWidget: !!at.closest(".bn-live, .bn-predict"),
  };
}"""


@pytest.fixture(scope="module")
def visits(browser):
    made = {}
    with serving() as address:

        def visit(view="wide", theme="light"):
            if (view, theme) not in made:
                made[view, theme] = Visit(browser, address, view, theme)
            return made[view, theme]

        yield visit
        for one in made.values():
            one.context.close()


@pytest.mark.parametrize(("view", "theme"), RULES)
def test_axe_finds_nothing_serious_on_any_page(visits, view, theme, record_property):
    script = (tools.node_modules() / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    serious, lesser = [], []
    for name in pages() if (view, theme) == ("wide", "light") else OF_EVERY_KIND:
        page = visits(view, theme).open(name)
        # What is folded is looked at, too
        open_folds(page)
        page.evaluate(script)
        for found in page.evaluate(RUN_AXE, RULES[view, theme]):
            (serious if found["impact"] in ("serious", "critical") else lesser).append(
                f"{name}: {found['id']} ({found['impact']}): {found['help']}: {found['nodes'][:2]}"
            )
    record_property("axe", f"{view}, {theme}: {len(serious)} serious, {len(lesser)} lesser")
    print(f"axe, {view}, {theme}: {len(lesser)} lesser findings {lesser}")
    assert not serious, "\n\n".join(serious)


def test_headings_are_in_order_and_formulas_can_be_read_aloud(visits):
    for name in pages():
        page = visits().open(name)
        assert page.locator("html").get_attribute("lang") == "en", name
        headings = page.locator("main :is(h1, h2, h3, h4, h5, h6)")
        # The theme has a second title, for print only
        shown = "all => all.filter((h) => h.checkVisibility()).map((h) => h.tagName)"
        levels = [int(tag[1]) for tag in headings.evaluate_all(shown)]
        assert levels.count(1) == 1 and levels[0] == 1, name
        assert all(b <= a + 1 for a, b in zip(levels, levels[1:])), f"{name}: {levels}"
        assert page.locator("main").count() == 1, name
        drawn = page.locator("main .katex-html[aria-hidden=true]").count()
        assert drawn == page.locator("main .katex-mathml math").count(), name
        assert page.locator(".bn-tex, .katex-error").count() == 0, name
        assert drawn > 0 or name not in NOTEBOOKS


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_picture_says_what_it_shows_with_its_numbers(visits, name):
    page = visits().open(name)
    pictures = page.locator("main img")
    assert pictures.count() >= 5
    for picture in pictures.all():
        alt = picture.get_attribute("alt") or ""
        assert len(alt) > 60 and re.search(r"\d", alt), f"{name}: {picture.get_attribute('src')}"
        assert picture.get_attribute("width") and picture.get_attribute("height")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["1_normalizing_activations", "4_test_time"])
def test_the_keyboard_reaches_everything_and_one_sees_where_it_is(visits, name, theme):
    page = visits(theme=theme).open(name)
    kinds = "input, button[tabindex='0'], [role=button], .bn-fold:not([hidden]) button"
    controls = f"main .bn-widget :is({kinds})"
    # Of a group of radio buttons, Tab comes to one
    groups = f"{controls}:not([type=radio]), main .bn-widget input[type=radio]:checked"
    widgets = page.locator(groups).count()
    summaries = page.locator("main summary").count()
    page.keyboard.press("Tab")
    first = page.evaluate(NEXT)
    assert first["name"] == "Skip to main content" and first["seen"]
    seen = []
    while len(seen) < 400:
        page.keyboard.press("Escape")  # out of an editor, where Tab indents
        page.keyboard.press("Tab")
        here = page.evaluate(NEXT)
        if here["tag"] == "body":
            break
        seen.append(here)
    assert sum(here["tag"] == "summary" for here in seen) == summaries
    assert sum(here["inWidget"] for here in seen) == widgets
    assert [here for here in seen if not here["name"]] == []
    assert [here for here in seen if not here["seen"]] == []


def test_the_skip_link_leads_to_the_text(visits):
    page = visits().open(NOTEBOOKS[0])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => !!document.activeElement.closest('main')")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_widgets_tell_a_screen_reader_what_they_are_and_what_they_show(visits, name):
    page = visits().open(name)
    for figure in page.locator(".bn-live").all():
        assert figure.get_attribute("aria-label")
        for control in figure.locator("input").all():
            assert control.evaluate("(input) => input.labels[0].innerText.trim()")
        sentence = figure.locator(".bn-sentence")
        assert sentence.get_attribute("role") == "status"
        assert sentence.get_attribute("aria-live") == "polite"
        assert re.search(r"\d", sentence.inner_text())
        for picture in figure.get_by_role("img").all():
            assert picture.get_attribute("aria-label") == picture.locator(".title").text_content()
    for question in page.locator(".bn-predict").all():
        group = question.get_by_role("radiogroup")
        named = group.get_attribute("aria-labelledby")
        assert (
            page.locator(f"#{named}").inner_text() == question.locator(".bn-question").inner_text()
        )
        assert group.get_by_role("radio").count() >= 2
        assert question.get_by_role("status").count() == 1


def test_folded_help_opens_with_the_keyboard(visits):
    page = visits().open(NOTEBOOKS[0])
    fold = page.locator(".bn-help details").first
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(fold).to_have_attribute("open", "")
    expect(fold.locator("p").first).to_be_visible()
