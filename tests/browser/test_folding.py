"""What answers a prediction is folded until it is answered, also after a restart."""

import pytest
from pages import cells, folded, open_notebook, run_all, run_cell
from playwright.sync_api import expect
from real_jupyter import write_notebook

from bnlib.widgets import predict

ASK = "logits-to-probability"
SETUP = """import os
os.environ["BNLIB_PROGRESS"] = os.path.abspath("kept")
from bnlib.exercises import check
from bnlib.widgets import predict"""
EXERCISE = """def softmax(z):
    ...


check(softmax)"""
CELLS = [SETUP, f"predict('{ASK}')", "'the result'", EXERCISE, "'the rest of it'", "'what follows'"]
FOLDED = [2, 4]  # the third of the three cells that this question covers; an exercise is between


@pytest.fixture(scope="module", params=["lab", "notebook"])
def page(request, browser, jupyter):
    assert predict(ASK).covers == 3
    server = jupyter(request.param)
    write_notebook(server.folder / "folding.ipynb", CELLS)
    page = browser.new_page(viewport={"width": 1280, "height": 1200})
    open_notebook(page, server, "folding.ipynb")
    run_all(page)
    yield page
    page.close()


def test_folded_until_answered_and_open_after_a_restart(page):
    question = page.locator(".bn-predict")
    button = question.locator(".bn-fold button")
    expect(button).to_have_text("Show me anyway")
    assert folded(page) == FOLDED
    expect(button).to_have_attribute("aria-expanded", "false")

    page.emulate_media(media="print")
    assert folded(page) == [], "paper has everything"
    page.emulate_media(media="screen")

    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    assert folded(page) == []
    button.click()
    expect(button).to_have_attribute("aria-expanded", "false")
    assert folded(page) == FOLDED

    run_cell(page, cells(page).nth(1))
    expect(button).to_have_text("Show me anyway")
    assert folded(page) == FOLDED, "a question that is put anew folds anew"

    wrong = next(i for i, choice in enumerate(predict(ASK).choices) if not choice["right"])
    question.get_by_role("radio").nth(wrong).click()
    expect(button).to_be_hidden()
    assert folded(page) == []

    run_all(page)
    expect(question.get_by_role("radio").nth(wrong)).to_have_attribute("aria-checked", "true")
    expect(question.locator(".bn-reply")).to_contain_text("Not this one.")
    assert folded(page) == []
