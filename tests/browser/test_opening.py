"""A notebook that was only opened is not marked as modified, and its code has colours."""

import pytest
from pages import open_notebook
from playwright.sync_api import expect
from real_jupyter import ROOT

from bnlib.records import notebooks

COURSE = notebooks.course_notebooks(ROOT)


@pytest.mark.parametrize("path", [COURSE[0], COURSE[-1]], ids=lambda path: path.stem)
def test_opening_modifies_nothing(browser, jupyter, path):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    open_notebook(page, jupyter("lab"), jupyter("lab").copy(path))
    page.wait_for_timeout(2_000)  # what the kernel says of itself arrives after it is idle
    tab = page.locator("#jp-main-dock-panel .lm-TabBar-tab.lm-mod-current")
    expect(tab).to_have_count(1)
    assert "jp-mod-dirty" not in tab.get_attribute("class")
    line = page.locator(".jp-CodeCell .cm-line", has_text="import numpy as np").first
    colors = """(line) => [line, ...line.querySelectorAll("span")].map(
      (part) => getComputedStyle(part).color)"""
    assert len(set(line.evaluate(colors))) > 1
    cell = page.locator(".jp-CodeCell .cm-content").first
    cell.click()
    page.keyboard.type(" ")
    expect(tab).to_contain_class("jp-mod-dirty")  # typing does
    page.close()
