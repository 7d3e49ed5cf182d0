"""An exercise by a learner's hands: wrong, told why, a hint, right; legible in both themes."""

import inspect
import sys
import textwrap

import pytest
from legible import ENOUGH, contrasts
from pages import bring, cells, outputs, run_cell, set_theme
from playwright.sync_api import expect
from real_jupyter import FIRST_IN_BOTH, ROOT, where

from bnlib.exercises import grade
from bnlib.exercises.exercise import load
from bnlib.records import notebooks

sys.path.append(str(ROOT / "tests" / "exercises"))

import answers

LIGHT, DARK = "JupyterLab Light", "JupyterLab Dark"


def first_exercise(content) -> str:
    found = (c["id"] for c in notebooks.code_cells(content) if "exercise" in notebooks.tags(c))
    return next(found).removeprefix("exercise-")


def typed(name, answer) -> str:
    """What a learner types: the answer under the exercise's name, and its check."""
    lines = textwrap.dedent(inspect.getsource(answer)).splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("def "))
    lines[start] = lines[start].replace(f"def {answer.__name__}(", f"def {name}(")
    return "\n".join([*lines[start:], "", "", f"check({name})"])


def words(text) -> str:
    return " ".join(text.replace("`", "").split())


def read(cell) -> str:
    """The words that a cell put out, as seen: none are while it is out of view."""
    bring(outputs(cell).first)
    return words(" ".join(outputs(cell).all_inner_texts()))


def must_be_legible(*places):
    for place in places:
        found = [pair for output in outputs(place).all() for pair in contrasts(output)]
        assert found
        assert [(text, round(ratio, 1)) for text, ratio in found if ratio < ENOUGH] == []


def ask_for_a_hint(page, cell, below, name):
    """In a new cell under the exercise, made by the key B."""
    cell.locator(".jp-InputPrompt").click()
    page.keyboard.press("b")
    expect(below.locator(".cm-content")).to_have_text("")
    run_cell(page, below, f'hint("{name}")')


@pytest.mark.parametrize("opened", FIRST_IN_BOTH, ids=where, indirect=True)
def test_an_exercise_is_answered(opened):
    page, name = opened.page, first_exercise(opened.content)
    cell = opened.cell(f"exercise-{name}")
    below = cells(page).nth(opened.ids.index(f"exercise-{name}") + 1)
    wrong, mistakes = next(pair for pair in answers.wrong_ones(name) if None not in pair[1])
    verdict = grade(name, wrong)
    assert verdict.misconception in mistakes
    # The place is marked in the learner's own line, and not said once more.
    message = verdict.message.removesuffix(
        f" The place: line {verdict.line}, `{verdict.expression}`."
    )
    assert read(cell) == f"{name}: not attempted yet."

    run_cell(page, cell, typed(name, wrong))
    said = read(cell)
    assert said.startswith(f"✗ {name}: not right yet ")
    assert words(message) in said
    assert "".join(outputs(cell).locator(".bn-code mark").all_inner_texts()) == (
        verdict.expression or ""
    )
    assert said.endswith("A hint")
    assert "Traceback" not in said

    hints = load(name).hints
    ask_for_a_hint(page, cell, below, name)
    assert read(below) == words(
        f'? {name}: hint 1 of {len(hints)} {hints[0]} hint("{name}") once more gives the next.'
    )

    must_be_legible(cell, below)
    set_theme(page, DARK)
    must_be_legible(cell, below)

    run_cell(page, cell, typed(name, load(name).reference))
    said = read(cell)
    assert said.startswith(f"✓ {name}: correct.")
    assert words(load(name).fact or "") in said
    must_be_legible(cell)
    set_theme(page, LIGHT)
    must_be_legible(cell)
