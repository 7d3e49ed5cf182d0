"""`progress()`: where a learner stands, from the notebooks and the verdicts kept."""

import json
import linecache
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from course_fixture import code, notebook, prose, write

from bnlib import exercises
from bnlib.exercises.cards import compose, html, text
from bnlib.records import notebooks, progress, shipped, verdicts

NAME = "1_small_sums.ipynb"
STUB = 'def {0}(z):\n    """Something of z."""\n    ...\n\n\ncheck({0})'
EXERCISES = ("batch_statistics", "normalize")
RIGHT = """def normalize(z, eps=1e-5):
    return (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + eps)


check(normalize)"""
NO_ROOT = RIGHT.replace("np.sqrt(z.var(1, keepdims=True) + eps)", "(z.var(1, keepdims=True) + eps)")


def small(**answers: str) -> dict:
    """A notebook with two exercises and some answers."""
    cells = [prose("# Small sums", "title"), code("import numpy as np", "setup")]
    for name in EXERCISES:
        text = answers.get(name, STUB.format(name))
        cells.append(code(text, f"exercise-{name}", "exercise"))
    return notebook(*cells)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of one notebook, with nothing attempted."""
    write(tmp_path, NAME, small())
    shipped.save(tmp_path, {NAME: shipped.entry(small())})
    return tmp_path


def verdict(course: Path, name: str, status: str, text: str, age: float = 60) -> None:
    """Keep a verdict on an answer; age: seconds before now, when the notebook is written."""
    said = SimpleNamespace(status=status, misconception=None, message="m")
    verdicts.save(name, said, text, course / ".progress")
    path = course / ".progress" / f"{name}.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**kept, "time": time.time() - age}), encoding="utf-8")


def statuses(course: Path) -> dict[str, str]:
    """Every exercise's status."""
    state = progress.progress(course)
    [row] = state.rows
    assert all(state.of_exercise(name) is row for name in row.exercises)
    assert state.of_exercise("unheard_of").exercises == {}
    return row.exercises


class TestStatus:
    def test_nothing_attempted(self, course):
        assert statuses(course) == dict.fromkeys(EXERCISES, "not attempted")

    @pytest.mark.parametrize(("status", "said"), [("passed", "passed"), ("failed", "wrong")])
    def test_the_last_verdict_counts(self, course, status, said):
        write(course, NAME, small(normalize=RIGHT))
        verdict(course, "normalize", status, RIGHT)
        assert statuses(course)["normalize"] == said

    def test_a_verdict_on_an_older_answer_is_said_to_be_one(self, course):
        verdict(course, "normalize", "passed", RIGHT)
        write(course, NAME, small(normalize=NO_ROOT))
        assert statuses(course)["normalize"] == "changed since the last check"

    def test_an_answer_never_checked(self, course):
        write(course, NAME, small(normalize=RIGHT))
        assert statuses(course)["normalize"] == "not checked yet"

    def test_after_a_reset_nothing_is_attempted_again(self, course):
        verdict(course, "normalize", "passed", RIGHT)
        assert statuses(course)["normalize"] == "not attempted"

    @pytest.mark.parametrize(
        "body",
        [
            "    # where do I begin?\n    ...",
            "    pass",
            '    """My own words."""',
            '    """Something of z."""\n    raise NotImplementedError',
            '    raise NotImplementedError("later")',
        ],
    )
    @pytest.mark.parametrize("before", ["", "%matplotlib inline\n", "def mine(z):\n    return z\n"])
    def test_a_function_with_nothing_in_it_is_not_attempted(self, course, before, body):
        text = f"{before}def normalize(z):\n{body}\n\n\ncheck(normalize)"
        write(course, NAME, small(normalize=text))
        assert statuses(course)["normalize"] == "not attempted"
        verdict(course, "normalize", "passed", RIGHT)
        assert statuses(course)["normalize"] == "not attempted"

    @pytest.mark.parametrize(
        "text",
        [
            "def normalize(z):\n    return",
            "def normalize(z):\n    mu = z.mean()\n    ...",
            "def normalize(z):\n    raise ValueError",
            "def normalize(z):\n    ...\n\n\ndef normalize(z):\n    return z",
            "def normalize(z):\n    ...\n\n\nnormalize = lambda z: z",
            "def normalize(z):\n    return (z -",
            "def mine(z):\n    ...\n\n\nnormalize = mine",
        ],
    )
    def test_a_function_that_was_begun_is_not_checked_yet(self, course, text):
        write(course, NAME, small(normalize=text))
        assert statuses(course)["normalize"] == "not checked yet"

    def test_a_check_in_a_notebook_not_saved_yet_counts(self, course):
        verdict(course, "normalize", "passed", RIGHT, age=-60)
        assert statuses(course)["normalize"] == "passed"

    def test_a_check_as_old_as_the_file_is_no_later_one(self, course):
        kept = {"status": "passed", "time": 5.0, "source_hash": "of another answer"}
        recorded = shipped.load(course)[NAME]
        assert progress.status(small(), "normalize", recorded, kept, 5.0) == "not attempted"

    def test_a_deleted_cell(self, course):
        content = small()
        del content["cells"][-1]
        write(course, NAME, content)
        assert statuses(course)["normalize"] == "not attempted"

    @pytest.mark.parametrize("damage", ["", "[]", '{"status": 3}', "\x00"])
    def test_a_damaged_verdict_is_none(self, course, damage):
        write(course, NAME, small(normalize=RIGHT))
        (course / ".progress").mkdir()
        (course / ".progress" / "normalize.json").write_text(damage, encoding="utf-8")
        assert statuses(course)["normalize"] == "not checked yet"


def exported(source: str, **more: object) -> dict:
    """The notebook with an answer, and a verdict on `source` that a page has put into it."""
    kept = {"status": "passed", "source_hash": notebooks.digest(source), **more}
    ours = {"bnlib": {"verdicts": {"normalize": kept}}}
    return small(normalize=RIGHT) | {"metadata": ours}


class TestOfThePage:
    def test_a_verdict_in_the_notebook_counts_where_none_is_kept_here(self, course):
        write(course, NAME, exported(RIGHT))
        assert statuses(course)["normalize"] == "passed"
        write(course, NAME, exported(RIGHT, status="failed"))
        assert statuses(course)["normalize"] == "wrong"

    def test_it_counts_for_what_it_was_given_on(self, course):
        write(course, NAME, exported(NO_ROOT))
        assert statuses(course)["normalize"] == "changed since the last check"

    def test_one_that_is_kept_here_comes_first_if_it_is_on_this_answer(self, course):
        write(course, NAME, exported(RIGHT))
        verdict(course, "normalize", "failed", RIGHT)
        assert statuses(course)["normalize"] == "wrong"
        verdict(course, "normalize", "failed", NO_ROOT)
        assert statuses(course)["normalize"] == "passed"

    @pytest.mark.parametrize(
        "metadata",
        [[], {"bnlib": 1}, {"bnlib": {"verdicts": []}}, {"bnlib": {"verdicts": {"normalize": 1}}}],
    )
    def test_what_is_no_verdict_is_none(self, course, metadata):
        write(course, NAME, small(normalize=RIGHT) | {"metadata": metadata})
        assert statuses(course)["normalize"] == "not checked yet"
        write(course, NAME, exported(RIGHT, status=None))
        assert statuses(course)["normalize"] == "not checked yet"


class TestTable:
    def shown(self, root: Path | None = None, colors: bool = False) -> str:
        return text.page(compose.of_progress(progress.progress(root)), colors)

    def test_as_text(self, course):
        write(course, NAME, small(normalize=RIGHT))
        verdict(course, "normalize", "passed", RIGHT)
        assert self.shown(course).splitlines() == [
            "◔ Your progress: 1 of 2 exercises passed.",
            "",
            "1 Small sums  ○✓  1 of 2 passed  1 not attempted",
        ]
        assert "\x1b[32m✓\x1b[0m" in self.shown(course, colors=True)

    def test_as_html(self, course):
        write(course, NAME, small(normalize=NO_ROOT))
        verdict(course, "normalize", "failed", NO_ROOT)
        page = html.page(compose.of_progress(progress.progress(course)))
        assert 'aria-label="batch_statistics: not attempted, normalize: wrong"' in page
        assert "0 of 2 passed" in page and "1 wrong, 1 not attempted" in page

    def test_all_of_the_course_fits_80_columns(self):
        every = (*progress.STATUSES, *progress.STATUSES[1:])
        exercises = {f"exercise_{i}": status for i, status in enumerate(every)}
        row = progress.Row("1.ipynb", "1 Normalizing activations", exercises)
        said = text.page(compose.of_progress(progress.Progress((row, row))))
        assert max(map(len, said.splitlines())) <= 80
        assert "2 changed since the last check" in " ".join(said.split())

    @pytest.mark.parametrize(
        ("damage", "said"), [(None, "not there"), ("{", "not valid JSON"), ("[]", "not a notebook")]
    )
    def test_a_missing_or_damaged_notebook_keeps_its_row(self, course, damage, said):
        path = course / "notebooks" / NAME
        path.unlink() if damage is None else path.write_text(damage, encoding="utf-8")
        assert said in self.shown(course)

    def test_without_a_course(self, tmp_path, monkeypatch):
        monkeypatch.setattr(notebooks, "course_root", lambda: None)
        assert "no notebooks" in self.shown()

    def test_shown_outside_a_notebook_it_is_printed(self, course, monkeypatch, capsys):
        monkeypatch.setattr(notebooks, "course_root", lambda: course)
        exercises.progress()
        assert "0 of 2 exercises passed." in capsys.readouterr().out


class TestStore:
    def test_a_disk_that_cannot_be_written_is_no_matter(self, tmp_path):
        (tmp_path / "file").write_text("")
        said = SimpleNamespace(status="passed", misconception=None, message="m")
        verdicts.save("normalize", said, RIGHT, tmp_path / "file")
        assert verdicts.load(tmp_path / "file") == {}

    def test_what_is_no_exercises_name_is_not_kept(self, tmp_path):
        said = SimpleNamespace(status="passed", misconception=None, message="m")
        (tmp_path / "store").mkdir()
        verdicts.save("../outside", said, RIGHT, tmp_path / "store")
        verdicts.save("normalize", said, RIGHT, None)
        assert [path.name for path in tmp_path.rglob("*")] == ["store"]

    def test_what_was_never_tried_is_not_kept(self, tmp_path):
        said = SimpleNamespace(status="not attempted", misconception=None, message="m")
        verdicts.save("normalize", said, RIGHT, tmp_path)
        assert list(tmp_path.iterdir()) == []

    def test_an_answer_taken_back_is_kept_as_not_attempted(self, tmp_path):
        for status in ("passed", "not attempted"):
            said = SimpleNamespace(status=status, misconception=None, message="m")
            verdicts.save("normalize", said, RIGHT, tmp_path)
        assert verdicts.load(tmp_path)["normalize"]["status"] == "not attempted"

    def test_the_environment_can_name_another_folder_or_none(self, tmp_path, monkeypatch):
        monkeypatch.setenv(verdicts.VARIABLE, str(tmp_path))
        assert verdicts.folder() == tmp_path
        monkeypatch.setenv(verdicts.VARIABLE, "")
        assert verdicts.folder() is None

    def test_the_source_of_a_function_is_its_whole_cell(self):
        namespace: dict = {"np": None, "check": print}
        linecache.cache["<cell>"] = (len(RIGHT), None, RIGHT.splitlines(keepends=True), "<cell>")
        exec(compile(RIGHT, "<cell>", "exec"), namespace)
        assert notebooks.digest(verdicts.cell_source(namespace["normalize"])) == notebooks.digest(
            RIGHT
        )

    @pytest.mark.parametrize("odd", [3, None, len, type("T", (), {"__wrapped__": 1})()])
    def test_of_anything_else_there_is_no_source(self, odd):
        assert verdicts.cell_source(odd) is None
