"""What JupyterLab shows beside a notebook: its table of contents, and the tags of a cell."""

import re

import pytest
from playwright.sync_api import expect

from bnlib.records import notebooks

HEADINGS = """(items) => items.map((item) => {
  let level = 0;
  for (let at = item; at; at = at.parentElement.closest(".jp-tocItem")) level += 1;
  return [level, item.querySelector(".jp-tocItem-content").textContent.trim()];
})"""


@pytest.fixture
def page(opened):
    if opened.app != "lab":
        pytest.skip("JupyterLab's sidebars")
    return opened.page


def side_tab(page, panel):
    return page.locator(f'.jp-SideBar .lm-TabBar-tab[data-id="{panel}"]')


def headings(content) -> list[list]:
    """The headings of a notebook's prose, as JupyterLab shows them: [level, text]."""
    prose = ["".join(c["source"]) for c in content["cells"] if c["cell_type"] == "markdown"]
    found = re.findall(r"^(#+) +(.*?) *$", "\n".join(prose), re.MULTILINE)
    return [[len(marks), text.replace("`", "")] for marks, text in found]


def test_the_table_of_contents_lists_every_heading_in_its_place(opened, page):
    side_tab(page, "table-of-contents").click()
    expected = headings(opened.content)
    items = page.locator("#table-of-contents .jp-tocItem")
    expect(items).to_have_count(len(expected))
    assert items.evaluate_all(HEADINGS) == expected
    levels = [level for level, _ in expected]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:])), "a skipped level"
    side_tab(page, "filebrowser").click()


def test_a_heading_in_the_table_leads_to_its_place(opened, page):
    side_tab(page, "table-of-contents").click()
    last = [text for level, text in headings(opened.content) if text.startswith("Exercise")][-1]
    page.locator("#table-of-contents .jp-tocItem-content", has_text=last).click()
    expect(page.locator(".jp-Notebook").get_by_role("heading", name=last)).to_be_in_viewport()
    side_tab(page, "filebrowser").click()


def test_an_exercise_says_so_in_the_property_inspector(opened, page):
    code = notebooks.code_cells(opened.content)
    exercise = next(cell["id"] for cell in code if "exercise" in notebooks.tags(cell))
    opened.cell(exercise).locator(".jp-InputPrompt").click()
    side_tab(page, "jp-property-inspector").click()
    inspector = page.locator("#jp-property-inspector")
    inspector.get_by_text("Common Tools").click()
    expect(inspector.locator(".jp-CellTags-Applied")).to_have_text("exercise")
    side_tab(page, "jp-property-inspector").click()
