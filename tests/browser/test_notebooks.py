"""Every notebook in a real Jupyter, run whole, and every widget on it moved."""

import ast

import moving
from playwright.sync_api import expect

from bnlib import widgets
from bnlib.records import notebooks, predictions
from bnlib.widgets import covered

FIGURES = set(widgets.__all__) - {"LiveFigure", "Predict", "predict"}


def calls(content, names) -> int:
    """How often the notebook's code calls one of these, as `f()` or `bnlib.widgets.f()`."""
    sources = map(notebooks.source, notebooks.code_cells(content))
    called = [n.func for s in sources for n in ast.walk(ast.parse(s)) if isinstance(n, ast.Call)]
    return sum(ast.unparse(function).removeprefix("bnlib.widgets.") in names for function in called)


def name(slider):
    return slider.evaluate("(slider) => slider.labels[0].innerText")


def test_it_runs_whole(opened):
    code = notebooks.code_cells(opened.content)
    assert opened.cell_count == len(opened.ids)
    assert opened.numbers == [str(i + 1) for i in range(len(code))]
    assert opened.trouble == []


def test_what_answers_a_prediction_is_folded_and_nothing_else(opened):
    found = opened.content["cells"]
    answers = [
        cell["id"]
        for question in predictions.asked(opened.content)
        for cell in covered.answering(found, question)
    ]
    assert [opened.ids[place] for place in opened.folded] == answers != []


def test_every_widget_is_there(opened):
    figures, questions = calls(opened.content, FIGURES), calls(opened.content, {"predict"})
    expect(opened.page.locator(".bn-live")).to_have_count(figures)
    expect(opened.page.locator(".bn-predict")).to_have_count(questions)
    assert questions > 0


def test_every_slider_moves_its_figure(opened):
    for figure in opened.page.locator(".bn-live").all():
        sliders = figure.get_by_role("slider").all()
        assert sliders
        for slider in sliders:
            which = f"{figure.get_attribute('aria-label')}: {name(slider)}"
            assert moving.by_keyboard(slider, figure), f"{which}, by keyboard"
            assert moving.by_mouse(slider, figure), f"{which}, by mouse"


def test_every_choice_changes_its_figure(opened):
    for figure in opened.page.locator(".bn-live").all():
        for group in figure.get_by_role("group").all():
            assert moving.each_choice(group, figure) == []


def test_every_answer_to_a_question_has_its_reply(opened):
    for question in opened.page.locator(".bn-predict").all():
        replies = moving.answers(question)
        assert len(set(replies)) == len(replies) > 1
        assert [reply.startswith("✓ Right. ") for reply in replies].count(True) == 1
        question.get_by_role("radio").first.click()
        expect(question.locator(".bn-reply")).to_have_text(replies[0])


def test_the_console_is_free_of_errors(opened, watched):
    """Last, when everything on the page has been used."""
    assert watched.errors(opened.page) == []
