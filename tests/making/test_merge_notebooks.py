"""Merging two versions of a notebook cell by cell."""

import json

from course_fixture import SOLVED, STUB, code, notebook, versioned

from bnlib.course import merge_notebooks
from bnlib.records import notebooks


def test_outputs_are_the_courses_where_the_code_is():
    ours, theirs = versioned(), versioned()
    ours["cells"][1]["outputs"], theirs["cells"][1]["outputs"] = ["run"], ["shipped"]
    merged = merge_notebooks.merge(versioned(), ours, theirs)
    assert merged["cells"][1]["outputs"] == ["shipped"]


def test_cells_that_the_learner_deleted_stay_deleted():
    ours = versioned()
    del ours["cells"][1]
    merged = merge_notebooks.merge(versioned(), ours, versioned(last="x + 1"))
    assert [cell["id"] for cell in merged["cells"]] == ["title", "exercise-double", "last"]


def test_work_in_a_cell_that_the_course_dropped_stays():
    theirs = versioned()
    del theirs["cells"][1]
    merged = merge_notebooks.merge(versioned(), versioned(setup="x = 2"), theirs)
    assert [c["source"] for c in merged["cells"]] == ["# Small", "x = 2", STUB, "x"]


def test_a_source_is_the_same_as_a_text_and_as_its_lines():
    ours = versioned()
    ours["cells"][1]["source"] = ["x =", " 1"]
    merged = merge_notebooks.merge(versioned(), ours, versioned(setup="x = 3"))
    assert merged["cells"][1]["source"] == "x = 3"


def test_a_notebook_whose_ids_were_dropped():
    ours = versioned(**{"exercise-double": SOLVED})
    for cell in ours["cells"]:
        del cell["id"]
    merged = merge_notebooks.merge(versioned(), ours, versioned(last="x + 1"))
    assert [c["source"] for c in merged["cells"]] == ["# Small", "x = 1", SOLVED, "x + 1"]
    assert len({cell["id"] for cell in merged["cells"]}) == 4


def test_ids_stay_unique():
    ours = versioned()
    ours["cells"].append(code("y", "last"))
    merged = merge_notebooks.merge(versioned(), ours, versioned(setup="x = 3"))
    ids = [cell["id"] for cell in merged["cells"]]
    assert ids == ["title", "setup", "exercise-double", "last", "last-2"]


def test_git_is_left_the_merged_notebook_as_jupyter_writes_it(tmp_path):
    versions = versioned(), versioned(setup="x = 2"), versioned(last="x + é")
    files = [tmp_path / name for name in ("base", "ours", "theirs")]
    for file, version in zip(files, versions, strict=True):
        file.write_text(json.dumps(version), encoding="utf-8")
    assert merge_notebooks.main(*map(str, files), "1_small.ipynb") == 0
    merged = notebooks.to_text(merge_notebooks.merge(*versions))
    assert files[1].read_text(encoding="utf-8") == merged


def test_a_version_that_is_no_notebook_leaves_the_learners(tmp_path):
    files = [tmp_path / name for name in ("base", "ours", "theirs")]
    for file in files:
        file.write_text(json.dumps(versioned()), encoding="utf-8")
    files[1].write_text("{ half", encoding="utf-8")
    assert merge_notebooks.main(*map(str, files), "1_small.ipynb") == 0
    assert files[1].read_text(encoding="utf-8") == "{ half"


def merged_ids(ours: list[str], theirs: list[str], base: str = "a b") -> str:
    """The cells, by id, of a merge of notebooks whose every cell holds its own id."""
    of = [notebook(*(code(name, name) for name in names)) for names in (base.split(), ours, theirs)]
    return " ".join(cell["id"] for cell in merge_notebooks.merge(*of)["cells"])


def test_a_cell_that_was_added_follows_the_one_it_followed():
    assert merged_ids(["x", "a", "y", "z", "b"], ["a", "new", "b"]) == "x a y z new b"
    assert merged_ids(["a", "b", "y"], ["b"]) == "b y"
    assert merged_ids(["a", "y", "b"], ["b"]) == "y b"  # what it followed is gone


def test_cells_of_one_id_are_told_apart_by_their_text():
    base = notebook(code("x = 1", "a"), code("y = 1", "a"), code("y = 1", "a"))
    ours = notebook(code("x = 1", "a"), code("y = 2", "a"), code("y = 1", "a"))
    theirs = notebook(code("x = 3", "a"), code("y = 1", "a"), code("y = 1", "a"))
    merged = merge_notebooks.merge(base, ours, theirs)
    assert [(c["id"], c["source"]) for c in merged["cells"]] == [
        ("a", "x = 3"),
        ("a-2", "y = 2"),
        ("a-3", "y = 1"),
    ]


def test_what_both_sides_changed_otherwise_clashes():
    base, ours = versioned(), versioned(setup="x = 2", last="x * 2")
    del ours["cells"][1]["id"]  # known by its text no more, so nobody can say what it was
    assert merge_notebooks.clashes(base, ours, versioned(last="x + 1")) == ["last"]
    assert merge_notebooks.clashes(base, ours, versioned(last="x * 2")) == []
    assert merge_notebooks.clashes(base, ours, versioned()) == []


def test_the_shipped_record_is_the_courses(tmp_path):
    files = [tmp_path / name for name in ("base", "ours", "theirs")]
    for file in files:
        file.write_text(file.name)
    assert merge_notebooks.main(*map(str, files), "bnlib/records/shipped.json") == 0
    assert [file.read_text() for file in files] == ["base", "theirs", "theirs"]


def test_a_notebook_that_is_new_on_both_sides_has_an_empty_base(tmp_path):
    files = [tmp_path / name for name in ("base", "ours", "theirs")]
    files[0].touch()
    files[1].write_text(json.dumps(notebook(code("1", "a"))))
    files[2].write_text(json.dumps(notebook(code("2", "b"))))
    assert merge_notebooks.main(*map(str, files), "1_small.ipynb") == 0
    assert [cell["id"] for cell in json.loads(files[1].read_text())["cells"]] == ["a", "b"]
