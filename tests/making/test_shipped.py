"""The shipped record, and what may be shipped."""

import ast
import collections
import copy
import subprocess
import symtable
from argparse import Namespace
from pathlib import Path

import pytest
from course_fixture import code, notebook, printed, prose, write

from bnlib.course import ship, shipping
from bnlib.course.testing import wording
from bnlib.records import notebooks, predictions, shipped
from bnlib.widgets.questions import BY_NOTEBOOK

STUB = (
    'def normalize(z, eps=1e-5):\n    """z_norm, of shape (n, m)."""\n    ...\n\n\ncheck(normalize)'
)
PICTURE = {
    "output_type": "display_data",
    "data": {
        "image/png": "iVBORw0KGgo=\n",
        "text/plain": ["The cost falls from 2.3 to 0.1 in 300 steps with batch norm."],
    },
    "metadata": {},
}


ERROR = {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}


def told(text: str) -> dict:
    """A picture with that alternative text."""
    return {**PICTURE, "data": {"image/png": "", "text/plain": text}}


def small() -> dict:
    """A notebook as it may be shipped."""
    return ship.normalised(
        notebook(
            prose("# Small", "title"),
            code("from bnlib.exercises import check", "setup", count=1),
            code("print(1)", "one", outputs=(printed("1\n"),), count=2),
            code("draw()", "picture", outputs=(PICTURE,), count=3),
            prose("### Exercise 1.1: normalize", "ask"),
            code(STUB, "exercise-normalize", "exercise", outputs=(printed("…\n"),), count=4),
            code("print(2)", "two", outputs=(printed("2\n"),), count=5),
        )
    )


def cell(content: dict, name: str) -> dict:
    """A notebook's cell of that id."""
    return next(c for c in content["cells"] if c["id"] == name)


def expected_texts(content: dict) -> list[str | None]:
    """What every cell's run is held to, as text: None where only errors count."""
    found = shipped.expectations(content, shipped.entry(small()))
    texts = []
    for expectation in found:
        outputs = expectation["outputs"]
        texts.append(outputs if not outputs else outputs[0].get("text", "picture"))
    return texts


AS_SHIPPED = [[], "1\n", "picture", "…\n", "2\n"]


class TestExpectations:
    def test_as_shipped_everything_is_compared(self):
        assert expected_texts(small()) == AS_SHIPPED

    def test_a_number_changed_in_a_stored_output_is_what_is_compared(self):
        content = small()
        cell(content, "one")["outputs"] = [printed("7\n")]
        assert expected_texts(content) == [[], "7\n", *AS_SHIPPED[2:]]

    @pytest.mark.parametrize("count", [None, 2])
    def test_cleared_outputs_are_no_claim(self, count):
        content = small()
        cell(content, "one").update(outputs=[], execution_count=count)
        assert expected_texts(content) == AS_SHIPPED

    def test_a_cell_run_again_later_is_held_to_the_record_and_so_are_those_below(self):
        content = small()
        cell(content, "one").update(outputs=[printed("7\n")], execution_count=9)
        cell(content, "two")["outputs"] = [printed("7\n")]
        assert expected_texts(content) == AS_SHIPPED

    def test_an_error_left_from_an_earlier_try_is_no_claim(self):
        content = small()
        error = {"output_type": "error", "ename": "WrongAnswer", "evalue": "no", "traceback": []}
        cell(content, "exercise-normalize")["outputs"] = [error]
        assert expected_texts(content) == AS_SHIPPED

    @pytest.mark.parametrize(
        ("change", "compared"),
        [
            (lambda cells: cells.insert(2, code("mine = 1", "mine")), 1),
            (lambda cells: cells.pop(2), 1),
            (lambda cells: cells.insert(2, cells.pop(1)), 0),
            (lambda cells: cells[5].update(source="def normalize(z):\n    return z"), 3),
            (lambda cells: cells.append(code("more = 1", "more")), 5),
            (lambda cells: cells[2].update(cell_type="markdown"), 1),
        ],
        ids=["added", "deleted", "moved", "answered", "appended", "made-prose"],
    )
    def test_below_a_change_only_errors_count(self, change, compared):
        content = small()
        change(content["cells"])
        expected = expected_texts(content)
        assert [text is not None for text in expected] == [True] * compared + [False] * (
            len(expected) - compared
        )

    @pytest.mark.parametrize(
        "change",
        [
            lambda cells: cells.insert(2, code("  \n", "empty")),
            lambda cells: cells.insert(2, prose("My notes", "notes")),
            lambda cells: cells[2].update(source="print(1)  \n\n"),
        ],
        ids=["empty", "prose", "blanks"],
    )
    def test_what_changes_no_code_changes_nothing(self, change):
        content = small()
        change(content["cells"])
        assert expected_texts(content) == AS_SHIPPED

    def test_tags_that_a_program_dropped_still_count(self):
        content = small()
        tagged = small()
        cell(tagged, "two")["metadata"]["tags"] = ["raises-exception"]
        content["cells"].insert(1, code("mine = 1", "mine"))
        found = shipped.expectations(content, shipped.entry(tagged))
        assert found[-1] == {"tags": ["raises-exception"], "outputs": None}


class TestDifference:
    def test_stored_and_now_are_named(self):
        said = wording.difference([printed("a\ncost 0.5\nb\n")], [printed("a\ncost 0.6\nb\n")])
        assert said == "stored: cost 0.5\nnow:    cost 0.6"

    def test_nothing_is_said_to_be_nothing(self):
        assert wording.difference([], [printed("1")]) == "stored: (nothing)\nnow:    1"
        assert wording.difference([printed("1")], []) == "stored: 1\nnow:    (nothing)"

    def test_long_lines_are_cut_where_they_part(self):
        said = wording.difference([printed("x" * 500 + "1")], [printed("x" * 500 + "2")])
        assert [line[-1] for line in said.splitlines()] == ["1", "2"]
        assert len(said) < 320

    def test_a_line_that_comes_often_counts_as_any_other(self):
        same = "same\n" * 250
        said = wording.difference([printed(f"1\n{same}a\n")], [printed(f"{same}b\n")])
        assert said == "stored: 1\nnow:    (nothing)\nstored: a\nnow:    b"

    def test_the_same_in_two_forms_is_said_once(self):
        old, new = ({"text/plain": t, "text/html": f"<p>{t}</p>"} for t in "12")
        outputs = ([{"output_type": "display_data", "data": data}] for data in (old, new))
        assert wording.difference(*outputs) == "stored: 1\nnow:    2"

    def test_an_error_shows_the_learners_line(self):
        traceback = "Cell In[1], line 2\n      1 x = 1\n----> 2 x + y\n\nNameError: no y"
        output = {"ename": "NameError", "evalue": "no y", "traceback": [traceback]}
        assert wording.raised_error(output) == "NameError: no y\nat: x + y"


class TestNormalised:
    def test_what_varies_is_left_out(self):
        content = small()
        content["metadata"]["widgets"] = {"state": {}}
        content["metadata"]["language_info"] = {"name": "python", "version": "3.11.7"}
        one = cell(content, "one")
        one["metadata"] = {"execution": {"iopub.status.busy": "now"}, "collapsed": True}
        one["outputs"] = [printed("1"), printed("\n")]
        view = {"application/vnd.jupyter.widget-view+json": {"model_id": "x"}, "text/plain": "W"}
        widget = {"output_type": "display_data", "data": view, "metadata": {}}
        cell(content, "picture")["outputs"] = [widget]
        expected = small()
        cell(expected, "picture")["outputs"] = [{**widget, "data": {"text/plain": ["W"]}}]
        assert ship.normalised(content) == expected

    def test_twice_is_once(self):
        assert ship.normalised(small()) == small()

    def test_what_a_notebook_is_run_from_has_no_outputs_and_no_empty_cells(self):
        content = small()
        content["cells"].insert(1, code(" \n", "empty"))
        content["cells"].insert(1, prose("", "blank"))
        del cell(content, "one")["metadata"]
        made = ship.cleared(content)
        assert [c["id"] for c in made["cells"]][:4] == ["title", "blank", "setup", "one"]
        assert "outputs" not in cell(made, "title")
        assert cell(made, "one") == code("print(1)", "one")
        assert cell(content, "one")["execution_count"] == 2  # the notebook itself is as it was

    def test_each_stream_is_one_output_where_it_began(self):
        content = small()
        error = printed("e") | {"name": "stderr"}
        cell(content, "one")["outputs"] = [printed("1"), error, PICTURE, printed("2\n"), error]
        made = cell(ship.normalised(content), "one")["outputs"]
        assert [o.get("text", "picture") for o in made] == [["12\n"], ["ee"], "picture"]

    def test_pictures_end_with_a_line_and_what_is_said_of_what_is_left_out_goes(self):
        content = small()
        output = copy.deepcopy(PICTURE)
        output["data"] |= {"image/png": "iVBORw0KGgo=", ship.WIDGET_VIEW: {"model_id": "x"}}
        kept = {"image/png": {"width": 3}, ship.NEEDS_BACKGROUND: "light"}
        output |= {"metadata": {ship.WIDGET_VIEW: {}, **kept}, "transient": {}}
        cell(content, "picture")["outputs"] = [output]
        [made] = cell(ship.normalised(content), "picture")["outputs"]
        assert made == PICTURE | {"metadata": kept}

    def test_of_a_progress_bar_the_end_is_kept(self):
        content = small()
        cell(content, "one")["outputs"] = [printed("10 %\r50 %"), printed("\r100 %\n")]
        assert cell(ship.normalised(content), "one")["outputs"][0]["text"] == ["100 %\n"]


class TestShipping:
    @pytest.fixture(autouse=True)
    def _solution(self, monkeypatch):
        source = "def normalize(z, eps=1e-5):\n    return z"
        monkeypatch.setattr(shipping, "solution_source", lambda name: source)

    def problems(self, content: dict) -> list[str]:
        """What shipping-check says after the record was made from the unchanged notebook."""
        return shipping.of_notebook(content, shipped.entry(small()), ["normalize"])

    def test_nothing_is_wrong_with_the_notebook_as_it_is(self):
        assert self.problems(small()) == []

    @pytest.mark.parametrize(
        ("name", "change", "said"),
        [
            ("one", {"outputs": [printed("7\n")]}, "not as recorded"),
            ("one", {"outputs": []}, "not as recorded"),
            ("one", {"execution_count": None}, "in order, from the top"),
            ("two", {"execution_count": 9}, "in order, from the top"),
            ("two", {"id": "one"}, "2 cells have the id 'one'"),
            ("two", {"id": "3f2a9b1c"}, "not readable"),
            ("title", {"id": "3f2a9b1c-77aa-4e0b"}, "not readable"),
            ("two", {"metadata": {"tags": ["excercise"]}}, "unknown tags"),
            ("two", {"metadata": {"execution": {}}}, "metadata ['execution']"),
            ("two", {"source": " "}, "is empty"),
            ("picture", {"outputs": [{**PICTURE, "data": {"image/png": ""}}]}, "no numbers"),
            ("exercise-normalize", {"source": STUB.replace("...", "return z")}, "is it solved?"),
            ("exercise-normalize", {"source": STUB.replace("eps=1e-5", "eps")}, "arguments"),
            ("exercise-normalize", {"source": STUB.replace("check(normalize)", "")}, "end with"),
            ("exercise-normalize", {"source": "def normalize(:"}, "not Python"),
            ("exercise-normalize", {"metadata": {}}, "missing ['normalize']"),
            (
                "picture",
                {"outputs": [told("A cost that falls, with not a number in it.")]},
                "no nu",
            ),
            ("picture", {"outputs": [told("It is 2.3.")]}, "no numbers"),
            ("one", {"outputs": [ERROR]}, "a stored E"),
            ("one", {"outputs": [told("W") | {"data": {ship.WIDGET_VIEW: {}}}]}, "widget view"),
            ("exercise-normalize", {"source": "x = 1"}, "does not begin with its function"),
            ("exercise-normalize", {"source": STUB.replace("normalize(z", "norm(z")}, "not begin"),
            ("exercise-normalize", {"source": STUB.replace('"""', "# ")}, "is it solved?"),
            ("exercise-normalize", {"source": f"{STUB}\nx = 1"}, "end with"),
        ],
    )
    def test_every_fault_is_named(self, name, change, said):
        content = small()
        cell(content, name).update(change)
        assert said in "\n".join(self.problems(content))

    def test_an_error_that_is_meant_may_be_stored(self):
        content = small()
        cell(content, "one").update(outputs=[ERROR], metadata={"tags": ["raises-exception"]})
        assert self.problems(content) == ["not as recorded: run `make ship` after a change"]

    def test_a_cell_that_cannot_be_named_is_told_by_its_beginning(self):
        content = notebook(code("x" * 50, "3f2a9b1c", count=1))
        said = f"cell id '3f2a9b1c' is not readable ('{'x' * 40}')"
        assert shipping._cells(content) == [said]

    def test_a_picture_needs_forty_letters(self):
        content = small()
        for letters, fit in ((40, True), (39, False)):
            cell(content, "picture")["outputs"] = [told("1" * letters)]
            assert (shipping._outputs(content) == []) == fit

    def test_a_damaged_notebook_is_not_fit(self, tmp_path):
        path = tmp_path / "1_small.ipynb"
        path.write_text("{ half")
        assert "not valid JSON" in "".join(shipping._of_file(path, {}))

    def test_metadata_of_another_kernel(self):
        content = copy.deepcopy(small())
        content["metadata"]["kernelspec"]["name"] = "ada"
        assert "metadata" in self.problems(content)[0]

    def test_a_notebook_without_a_record(self):
        assert "run `make ship`" in shipping.of_notebook(small(), None, ["normalize"])[0]

    def test_an_exercise_too_many(self):
        content = small()
        content["cells"].append(code("again", "exercise-again", "exercise", count=6))
        assert "unknown or twice ['again']" in "\n".join(self.problems(content))


class TestFiles:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("{", "not valid JSON (line 1)"),
            ("[" * 100_000, "nested too deeply"),
            ("[]", "not a notebook"),
            ('{"worksheets": []}', "not a notebook of format 4"),
            ('{"cells": [{"cell_type": "code"}]}', "not a notebook"),
        ],
    )
    def test_damage_is_said_in_a_sentence(self, text, said):
        with pytest.raises(notebooks.NotebookError, match=r"1_small\.ipynb is") as error:
            notebooks.parse(text, "1_small.ipynb")
        assert said in str(error.value)

    def test_writing_is_all_or_nothing(self, tmp_path):
        path = tmp_path / "n.ipynb"
        notebooks.write(path, "old")
        with pytest.raises(UnicodeEncodeError):
            notebooks.write(path, "new \udcff")
        assert path.read_text(encoding="utf-8") == "old"
        assert list(tmp_path.iterdir()) == [path]

    def test_an_exercise_is_found_without_ids(self):
        content = small()
        for each in content["cells"]:
            each.pop("id")
        assert "def normalize" in notebooks.source(notebooks.exercise_cell(content, "normalize"))


def test_only_the_whole_course_is_tested_further(monkeypatch):
    monkeypatch.setattr(shipping, "check", lambda root, wanted: 0)
    monkeypatch.setattr(shipping, "run_further_tests", lambda root: 1)
    assert [shipping.main(Namespace(notebook=number)) for number in (None, "1")] == [1, 0]


def test_what_is_tested_further_decides(monkeypatch, tmp_path):
    ran = []

    def run(command, cwd, env, check):
        ran.append((command[-2:], cwd, {env[name] for name in shipping.ONE_THREAD}, check))
        return subprocess.CompletedProcess(command, 5)

    monkeypatch.setattr(subprocess, "run", run)
    assert shipping.run_further_tests(tmp_path) == 5
    assert ran == [(["tests/claims", "tests/making"], tmp_path, {"1"}, False)]


def test_one_notebook_is_shipped_and_the_record_of_one_that_is_gone_goes(
    tmp_path, monkeypatch, capsys
):
    entry = shipped.entry(small())
    shipped.save(tmp_path, dict.fromkeys(("1_small.ipynb", "2_other.ipynb", "3_gone.ipynb"), entry))
    for name in ("1_small.ipynb", "2_other.ipynb"):
        write(tmp_path, name, small())
    made = small()
    cell(made, "one")["outputs"] = [printed("7\n")]
    ran = []
    monkeypatch.setattr(ship, "execute", lambda content, folder: ran.append(folder) or (made, None))
    assert ship.ship(tmp_path, "1") == 0
    assert ran == [tmp_path / "notebooks"]
    assert "1_small.ipynb ... 5 cells run and recorded" in capsys.readouterr().out
    assert notebooks.read(tmp_path / "notebooks/1_small.ipynb") == ship.normalised(made)
    record = shipped.load(tmp_path)
    assert list(record) == ["1_small.ipynb", "2_other.ipynb"]
    assert record["2_other.ipynb"] == entry != record["1_small.ipynb"]


@pytest.mark.parametrize("name", BY_NOTEBOOK)
def test_a_notebook_asks_each_of_its_questions_once(name):
    path = Path(__file__).parents[2] / "notebooks" / f"{name}.ipynb"
    sources = map(notebooks.source, notebooks.code_cells(notebooks.read(path)))
    asked = [question for text in sources for question in predictions.ASKED.findall(text)]
    assert sorted(asked) == sorted(question.id for question in BY_NOTEBOOK[name])


@pytest.mark.parametrize("name", BY_NOTEBOOK)
def test_a_cell_can_be_run_again_after_all_have_run(name):
    """What it takes from a cell above means nothing else in a cell below.

    But for a generator, which goes on from wherever it stands.
    """
    path = Path(__file__).parents[2] / "notebooks" / f"{name}.ipynb"
    texts = [notebooks.source(cell) for cell in notebooks.code_cells(notebooks.read(path))]
    tables = [symtable.symtable(text, name, "exec") for text in texts]
    given = [_given(text) for text in texts]
    for place, table in enumerate(tables):
        for taken in _taken(table) - given[place].keys() - {"rng"}:
            above = [each[taken] for each in given[:place] if taken in each]
            below = [each[taken] for each in given[place + 1 :] if taken in each]
            assert not above or set(below) <= {above[-1]}, f"{taken} in {texts[place]}"


def _given(text):
    """The names that a cell gives, each with the statements that give it."""
    given = collections.defaultdict(str)
    for statement in ast.parse(text).body:
        part = ast.unparse(statement)
        for symbol in symtable.symtable(part, "cell", "exec").get_symbols():
            if symbol.is_assigned() or symbol.is_imported():
                given[symbol.get_name()] += part
    return given


def _taken(table):
    """The names that a cell, or a function in it, takes from the notebook."""
    at_top = table.get_type() == "module"
    taken = {
        s.get_name() for s in table.get_symbols() if s.is_referenced() and (at_top or s.is_global())
    }
    return taken.union(*map(_taken, table.get_children()))
