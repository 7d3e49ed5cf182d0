"""What a notebook's file is read for, and what of it is recorded when it is shipped."""

import functools
import json
import linecache
import os

import pytest
from course_fixture import STUB, code, notebook, printed, prose

from bnlib.records import notebooks, predictions, shipped, verdicts

ERROR = {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": ["at 0x7f"]}
PICTURE = {
    "output_type": "display_data",
    "data": {"image/png": "iVBOR", "text/plain": ["two ", "lines"]},
    "metadata": {},
}


def expected_of(*cells: dict, recorded: dict) -> list[list | None]:
    return [each["outputs"] for each in shipped.expectations(notebook(*cells), recorded)]


def test_every_code_cell_has_the_heading_it_stands_under():
    cells = (
        code("1", "before"),
        prose("# One\ntext", "p1"),
        code("2", "a"),
        code(" ", "empty"),
        prose("#no heading\n## Two ##\nmore", "p2"),
        code("3", "b"),
    )
    assert notebooks.headings(notebook(*cells)) == ["", "One", "Two ##"]


def test_outputs_are_compared_without_pictures_and_places_in_memory():
    cell = code("x", "x", outputs=(printed(["a\n", "b"]), ERROR, PICTURE))
    assert notebooks.compared_outputs(cell) == [
        {"output_type": "stream", "name": "stdout", "text": "a\nb"},
        {"output_type": "error", "ename": "ValueError", "evalue": "no"},
        {"output_type": "display_data", "data": {"text/plain": "two lines"}},
    ]
    assert notebooks.joined(["a", 1]) == ["a", 1] and notebooks.joined("text") == "text"


def test_the_cell_of_an_exercise_is_known_by_its_id_or_its_last_definition():
    first, second = code("def double(x): return 1", "a"), code("double = max", "b")
    by_id = code("# nothing yet", "exercise-double")
    assert notebooks.exercise_cell(notebook(first, second), "double") is second
    assert notebooks.exercise_cell(notebook(first, by_id, second), "double") is by_id
    assert notebooks.exercise_cell(notebook(code("def doubled(): 0", "c")), "double") is None


def test_a_decorated_answer_is_where_its_own_function_was_written():
    scope: dict = {}
    text = "def answer(z):\n    return z\n"
    linecache.cache["<cell>"] = (len(text), None, text.splitlines(keepends=True), "<cell>")
    exec(compile(text, "<cell>", "exec"), scope)
    decorated = functools.wraps(scope["answer"])(lambda *z: scope["answer"](*z))
    assert verdicts.cell_source(decorated) == verdicts.cell_source(scope["answer"]) == text
    decorated.__wrapped__ = decorated  # its own tail
    assert "decorated = " in verdicts.cell_source(decorated)
    assert verdicts.cell_source(functools.partial(decorated)) is None


def test_a_notebooks_text_is_as_jupyter_lays_it_out():
    text = notebooks.to_text({"b": "é", "a": [1]})
    assert text == '{\n "a": [\n  1\n ],\n "b": "é"\n}\n'


def test_a_fingerprint_is_the_one_that_copies_of_the_course_hold():
    assert notebooks.digest("x = 1  \ny = 2\n") == "9af816430225a200"


def test_what_is_shipped_is_recorded_and_an_exercise_known_by_its_cell():
    cells = (code("x = 1", "setup"), code(STUB, "exercise-double", "exercise"))
    others = code("y = 1", "exercise-of-no-kind"), code("z = 1", "no-name", "exercise")
    assert shipped.entry(notebook(*cells, *others))["exercises"] == ["double"]
    recorded = shipped.entry(notebook(*cells))
    assert recorded["exercises"] == ["double"]
    assert shipped.stub_digest(recorded, "double") == notebooks.digest(STUB)
    assert shipped.stub_digest(recorded, "halve") is None
    assert shipped.is_as_shipped(notebook(*cells), recorded)
    assert not shipped.is_as_shipped(notebook(cells[0]), recorded)


def test_outputs_are_held_to_the_file_or_the_record_down_to_the_first_change():
    def cell(name: str, *outputs: dict, count: int | None, text: str = "") -> dict:
        return code(text or f"{name} = 1", name, outputs=outputs, count=count)

    said, other = printed("1"), printed("2")
    as_recorded = cell("a", said, count=1), cell("b", said, count=2)
    recorded = shipped.entry(notebook(*as_recorded))
    kept = notebooks.compared_outputs(as_recorded[0])
    now = notebooks.compared_outputs(cell("a", other, count=1))
    second = as_recorded[1]
    # A number that somebody changed in the file is seen; a cell run again, cleared or broken is not
    assert expected_of(cell("a", other, count=1), second, recorded=recorded) == [now, kept]
    for changed in (cell("a", other, count=5), cell("a", count=1), cell("a", ERROR, count=1)):
        assert expected_of(changed, second, recorded=recorded) == [kept, kept]
    edited = cell("a", said, count=1, text="a = 2")
    assert expected_of(edited, second, recorded=recorded) == [None, None]
    assert expected_of(*as_recorded, cell("own", said, count=3), recorded=recorded)[2] is None


def test_a_fingerprint_does_not_hang_on_the_order_of_keys():
    one = notebook(code("a", "x = 1"))
    cells = [dict(reversed(each.items())) for each in one["cells"]]
    other = dict(reversed({**one, "cells": cells}.items()))
    assert shipped.digest(other) == shipped.digest(one)
    assert shipped.digest(notebook(code("a", "x = 2"))) != shipped.digest(one)


def test_what_cannot_be_read_is_said_to_be_so(tmp_path):
    (tmp_path / "latin.ipynb").write_bytes(b"\xe9")
    with pytest.raises(notebooks.NotebookError, match=r"latin\.ipynb is damaged: it is not UTF-8"):
        notebooks.read(tmp_path / "latin.ipynb")
    (tmp_path / "folder.ipynb").mkdir()
    with pytest.raises(notebooks.NotebookError, match=r"folder\.ipynb cannot be read: "):
        notebooks.read(tmp_path / "folder.ipynb")


@pytest.mark.parametrize(
    "cells",
    [3, ["x"], [{"cell_type": "heading", "source": ""}], [{"cell_type": "code"}],
     [{"cell_type": "code", "source": [1]}], [{"cell_type": "code", "source": "", "outputs": {}}]],
)  # fmt: skip
def test_what_jupyter_would_not_write_is_no_notebook(cells):
    with pytest.raises(notebooks.NotebookError, match="is not a notebook of format 4"):
        notebooks.parse(json.dumps({"cells": cells}), "a.ipynb")


def test_a_cell_that_is_to_raise_may(tmp_path):
    assert shipped.may_raise(["x", "nbval-raises-exception"])
    assert shipped.may_raise(["raises-exception"]) and not shipped.may_raise(["exercise"])
    for _ in range(2):
        shipped.save(tmp_path, {"é": {}})
    assert shipped.load(tmp_path) == {"é": {}} and shipped.load(tmp_path / "none") == {}
    assert (tmp_path / shipped.NAME).read_text(encoding="utf-8") == '{\n "é": {}\n}\n'
    (tmp_path / shipped.NAME).write_text("{", encoding="utf-8")
    with pytest.raises(notebooks.NotebookError, match="cannot be read"):
        shipped.load(tmp_path)


def test_a_first_answer_stays_the_first(tmp_path):
    predictions.save("a-question", "no", False, tmp_path)
    predictions.save("a-question", "yes", True, tmp_path)
    predictions.save("../outside", "yes", True, tmp_path)
    assert predictions.load(tmp_path) == {"a-question": {"chosen": "yes", "right_at_first": False}}
    (tmp_path / predictions.FOLDER / "spoilt.json").write_text(json.dumps({"chosen": 1}))
    assert list(predictions.load(tmp_path)) == ["a-question"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
@pytest.mark.parametrize("mode", [None, 0o664])
def test_a_written_notebook_is_as_readable_as_before(tmp_path, mode):
    path = tmp_path / "notebook.ipynb"
    if mode:
        path.touch()
        path.chmod(mode)
    notebooks.write(path, "{}")
    assert path.stat().st_mode & 0o777 == (mode or 0o644)


def test_a_notebook_is_found_by_number_stem_or_name():
    names = ["1_small_sums.ipynb", "2_larger.ipynb"]
    for wanted in (2, "2", "2_larger", "notebooks/2_larger.ipynb"):
        assert notebooks.find(wanted, names) == names[1]
    with pytest.raises(notebooks.NotebookError, match=r"no notebook 3\. The course has: 1 "):
        notebooks.find(3, names)
    with pytest.raises(notebooks.NotebookError, match="Say which"):
        notebooks.find("", names)


def test_what_cannot_be_written_leaves_the_file_and_nothing_beside_it(tmp_path):
    path = tmp_path / "notebook.ipynb"
    notebooks.write(path, "before")
    with pytest.raises(UnicodeEncodeError):
        notebooks.write(path, "\udc80")
    assert path.read_text() == "before" and list(tmp_path.iterdir()) == [path]


def test_without_a_course_that_is_said(tmp_path, monkeypatch):
    assert notebooks.require_root(tmp_path) == tmp_path
    monkeypatch.setattr(notebooks, "course_root", lambda: None)
    with pytest.raises(notebooks.NotebookError, match="no notebooks/ folder"):
        notebooks.require_root()
