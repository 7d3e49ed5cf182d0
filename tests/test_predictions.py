"""Predictions: what answers one is known, and what was answered stays."""

import json

import nbformat
import pytest

from bnlib import widgets
from bnlib.records import notebooks, predictions, progress, verdicts
from bnlib.widgets import covered
from bnlib.widgets.questions import BY_NOTEBOOK, QUESTIONS

ID = "gradient-sum"
RIGHT = next(i for i, choice in enumerate(QUESTIONS[ID].choices) if choice.right)
WRONG = next(i for i, choice in enumerate(QUESTIONS[ID].choices) if not choice.right)
PATHS = notebooks.course_notebooks(notebooks.course_root())


def code(source, *tags):
    return nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)})


def words(source):
    return nbformat.v4.new_markdown_cell(source)


ASK = code(f'predict("{ID}")')
RUN, MORE, WHY, NEXT = code("run()"), code("draw()"), words("Because."), words("Then this.")
EXERCISE = code("def f(x):\n    ...\n\n\ncheck(f)", "exercise")


@pytest.mark.parametrize(
    ("after", "folded"),
    [
        ([RUN, WHY, NEXT], 2),
        ([RUN, MORE, WHY, RUN], 3),
        ([words("First this."), RUN, WHY, NEXT], 3),
        ([words("**Answer.**"), words("### Exercise 1"), EXERCISE], 1),
        ([words("## A section"), RUN], 0),
        ([RUN, words("### Exercise 1"), EXERCISE], 1),
        ([RUN, EXERCISE, WHY], 1),
        ([RUN, code("def f(x):\n    return x\n\n\ncheck(f)"), WHY], 1),
        ([words("Go on."), code('predict("two-logits")'), RUN, WHY], 1),
        ([], 0),
    ],
)
def test_what_answers_a_prediction(after, folded):
    cells = [words("# One"), RUN, ASK, *after]
    assert covered.answering(cells, ID) == after[:folded]
    assert covered.answering(cells, "adding-a-constant") == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_in_the_course_no_exercise_and_no_question_is_folded(path):
    cells = notebooks.read(path)["cells"]
    counts = []
    for question in BY_NOTEBOOK[path.stem]:
        found = covered.answering(cells, question.id)
        counts.append(len(found))
        assert widgets.predict(question.id).covers == len(found)
        for cell in found:
            assert "exercise" not in notebooks.tags(cell)
            assert "predict(" not in notebooks.source(cell)
            assert (
                not notebooks.source(cell).lstrip().startswith("#") or cell["cell_type"] == "code"
            )
    assert max(counts) <= 6, "page/look.css folds no more"
    assert sum(count > 0 for count in counts) > len(counts) / 2


def test_a_notebook_that_cannot_be_read_folds_nothing(tmp_path):
    assert covered.count(tmp_path / "none.ipynb", ID) == 0
    (tmp_path / "bad.ipynb").write_text("{", encoding="utf-8")
    assert covered.count(tmp_path / "bad.ipynb", ID) == 0
    whole = tmp_path / "whole.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[ASK, RUN, WHY]), whole)
    assert covered.count(whole, ID) == 2


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv(verdicts.VARIABLE, str(tmp_path / "kept"))
    return tmp_path / "kept"


def test_an_answer_stays_and_the_first_one_counts(store):
    question = widgets.predict(ID)
    assert question.chosen == -1
    question.chosen = WRONG
    question.chosen = RIGHT
    again = widgets.predict(ID)
    assert again.chosen == RIGHT
    assert predictions.load(store)[ID]["right_at_first"] is False
    assert verdicts.load(store) == {}, "it is no exercise's verdict"
    other = widgets.predict("two-logits")
    assert other.chosen == -1
    assert widgets.predict(ID).covers > 0


def test_a_choice_that_is_no_longer_there_is_not_shown(store):
    predictions.save(ID, "a choice of an earlier edition", True, store)
    assert widgets.predict(ID).chosen == -1


@pytest.mark.parametrize("damage", ["", "[]", '{"chosen": 1, "right_at_first": true}', "\x00"])
def test_a_damaged_record_is_left_out(store, damage):
    (store / "predictions").mkdir(parents=True)
    (store / "predictions" / f"{ID}.json").write_text(damage, encoding="utf-8")
    assert widgets.predict(ID).chosen == -1
    predictions.save(ID, QUESTIONS[ID].choices[RIGHT].text, True, store)
    assert widgets.predict(ID).chosen == RIGHT


def test_nothing_is_kept_where_nothing_is_to_be_kept(monkeypatch, tmp_path):
    monkeypatch.setenv(verdicts.VARIABLE, "")
    widgets.predict(ID).chosen = RIGHT
    assert widgets.predict(ID).chosen == -1
    predictions.save("../out", "x", True, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_progress_counts_predictions(store):
    before = progress.progress().summary
    assert "prediction" not in before
    widgets.predict(ID).chosen = WRONG
    for question in ("two-logits", "adding-a-constant"):
        widgets.predict(question).chosen = next(
            i for i, choice in enumerate(QUESTIONS[question].choices) if choice.right
        )
    said = progress.progress().summary
    assert f" 3 of {len(QUESTIONS)} predictions answered, 2 right at the first try." in said
    assert said.startswith(before)


def test_an_exported_notebook_brings_its_answers_and_what_is_kept_here_comes_first(store):
    there: dict = {ID: {"chosen": "a", "right_at_first": True}, "x": 3, "y": {"chosen": "b"}}
    notebook = {"metadata": {"bnlib": {"predictions": there}}}
    assert predictions.exported(notebook) == {ID: there[ID]}
    assert predictions.exported({"metadata": {"bnlib": []}}) == predictions.exported({}) == {}

    path = next(p for p in PATHS if ID in predictions.asked(notebooks.read(p)))
    row = {"exercises": {}}, {}
    copied = store / notebooks.FOLDER / path.name
    copied.parent.mkdir(parents=True)
    text = json.dumps(notebooks.read(path) | {"metadata": notebook["metadata"]})
    copied.write_text(text, encoding="utf-8")
    assert progress._row(store, path.name, *row, {}).predictions[ID] is True
    here: dict = {ID: {"chosen": "b", "right_at_first": False}}
    assert progress._row(store, path.name, *row, here).predictions[ID] is False


def test_a_kept_answer_is_words_not_a_number(store):
    widgets.predict(ID).chosen = RIGHT
    kept = json.loads((store / "predictions" / f"{ID}.json").read_text(encoding="utf-8"))
    assert kept == {"chosen": QUESTIONS[ID].choices[RIGHT].text, "right_at_first": True}
