"""A notebook that was only opened is not marked as modified, and its code has colours."""

import pytest
from pages import cells, open_notebook, outputs, run_all
from playwright.sync_api import expect
from real_jupyter import ROOT, write_notebook

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


def test_a_widget_whose_kernel_has_gone_leaves_its_words(browser, jupyter):
    server, page = jupyter("lab"), browser.new_page(viewport={"width": 1280, "height": 900})
    asking = ["from bnlib.widgets import predict", "predict('gradient-sum')"]
    write_notebook(server.folder / "again.ipynb", asking)
    open_notebook(page, server, "again.ipynb")
    run_all(page)
    question = cells(page).nth(1)
    expect(question.get_by_role("radio").first).to_be_visible()
    with page.expect_response(lambda got: got.request.method == "PUT"):
        page.keyboard.press("Control+S")

    page.goto(server.url("again.ipynb"))  # the kernel goes on
    expect(question.get_by_role("radio").first).to_be_visible()

    open_notebook(page, server, "again.ipynb")  # in a new one
    expect(outputs(question)).to_contain_text("Predict: ")
    tab = page.locator("#jp-main-dock-panel .lm-TabBar-tab.lm-mod-current")
    assert "jp-mod-dirty" not in tab.get_attribute("class")
    page.close()
