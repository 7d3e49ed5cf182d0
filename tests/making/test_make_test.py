"""`make test`, `make ship` and `make shipping-check` on small courses with real kernels."""

import contextlib
import hashlib
import json
import os
import re
import socket
import threading
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from course_fixture import code, notebook, printed, prose, write

from bnlib import progress_bar
from bnlib.course import grading, ship, shipping
from bnlib.course.testing import command, report
from bnlib.exercises import grade
from bnlib.exercises.cards import compose
from bnlib.records import notebooks, shipped, verdicts

NAME = "1_small.ipynb"
STUB = (
    'def normalize(z, eps=1e-5):\n    """z_norm, of shape (n, m)."""\n    ...\n\n\ncheck(normalize)'
)
RIGHT = """def normalize(z, eps=1e-5):
    return (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + eps)


check(normalize)"""
WRONG = RIGHT.replace("np.sqrt(z.var(1, keepdims=True) + eps)", "z.std(0)")


def small() -> dict:
    """A notebook with one exercise, not yet run."""
    return notebook(
        prose("# Small", "title"),
        code("import numpy as np\nfrom bnlib.exercises import check", "setup"),
        prose("## Sums", "sums"),
        code("print(np.arange(4).sum())", "sum"),
        code("np.arange(3)", "array"),
        prose("### Exercise 1.1: normalize", "ask"),
        code(STUB, "exercise-normalize", "exercise"),
        code("print(np.random.default_rng().random())", "end", "nbval-ignore-output"),
    )


def cell(content: dict, name: str) -> dict:
    """A notebook's cell of that id."""
    return next(c for c in content["cells"] if c["id"] == name)


def fingerprints(root: Path) -> dict[str, str]:
    """Every file of a course but the verdicts, by its content."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".progress" not in path.parts
    }


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of one notebook, shipped."""
    root = tmp_path_factory.mktemp("a course")
    write(root, NAME, small())
    assert ship.ship(root) == 0
    return root


@pytest.fixture(scope="module")
def learners(course: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, str]:
    """Learners' copies as the notebooks of one course, and what `make test` says of them."""
    root = tmp_path_factory.mktemp("learners")
    clean = notebooks.read(course / "notebooks" / NAME)
    names = ["1_good.ipynb", "2_bad.ipynb", "3_broken.ipynb", "4_damaged.ipynb", "5_dies.ipynb"]
    shipped.save(root, dict.fromkeys(names, shipped.entry(clean)))

    def put(name: str, **changes: dict) -> dict:
        content = notebooks.read(course / "notebooks" / NAME)
        for key, change in changes.items():
            cell(content, key.replace("_", "-")).update(change)
        write(root, name, content)
        return content

    stale = {"output_type": "error", "ename": "WrongAnswer", "evalue": "no", "traceback": []}
    good = put(
        "1_good.ipynb",
        sum={"outputs": [], "execution_count": None},
        array={"outputs": [printed("not from here\n")], "execution_count": 17},
        exercise_normalize={"source": RIGHT, "outputs": [stale]},
        end={"source": "print('mine')", "outputs": [printed("older\n")]},
    )
    good["cells"].append(code("print('added, never run')", "added"))
    write(root, "1_good.ipynb", good)
    put(
        "2_bad.ipynb",
        sum={"outputs": [printed("7\n")]},
        exercise_normalize={"source": WRONG},
    )
    put(
        "3_broken.ipynb",
        setup={"source": "import numpy, time"},
        exercise_normalize={"source": "while True:\n    time.sleep(1)"},
    )
    put("5_dies.ipynb", sum={"source": "import os\nos._exit(1)"})
    (root / "notebooks" / "4_damaged.ipynb").write_text("{ half", encoding="utf-8")
    (root / "notebooks" / "2_bad.2026-11-20-1430.ipynb").write_text("{ half", encoding="utf-8")
    before = fingerprints(root)
    captured = pytest.MonkeyPatch()
    said: list[str] = []
    captured.setattr("builtins.print", lambda *words, **_: said.append(" ".join(map(str, words))))
    try:
        status = command.check_course(root, cell_timeout=4)
    finally:
        captured.undo()
    assert fingerprints(root) == before, "make test changed a file"
    return root, status, "\n".join(said)


def described(said: str, name: str) -> str:
    """The lines about one notebook below the table, up to the next notebook's or a card."""
    lines = said.splitlines()
    start = lines.index(name)
    rest = lines[start + 1 :]
    end = next((i for i, line in enumerate(rest) if line and line[0] != " "), len(rest))
    return "\n".join([lines[start], *rest[:end]])


def counts(said: str, name: str) -> list[str]:
    """A notebook's row of the table: cells, then exercises passed, wrong, not attempted."""
    [row] = [line for line in said.splitlines() if re.match(rf"{name} +\d", line)]
    return re.split(r"  +", row)[1:5]


class TestShippedCourse:
    def test_make_test_passes_and_changes_nothing(self, course, capsys):
        before = fingerprints(course)
        assert command.check_course(course) == 0
        said = capsys.readouterr().out
        assert "All is well." in said
        assert counts(said, "1_small") == ["5 of 5", "0", "0", "1"]
        assert all(len(line) <= 80 for line in said.splitlines())
        assert fingerprints(course) == before

    def test_its_solutions_are_run_in_it(self, course, monkeypatch):
        clean = notebooks.read(course / "notebooks" / NAME)
        assert shipping.of_notebook(clean, shipped.load(course)[NAME], ["normalize"]) == []
        ran = []
        answer = notebook(
            code("", "grades", outputs=(printed('["{\\"status\\": \\"passed\\"}"]'),))
        )
        monkeypatch.setattr(ship, "execute", lambda *run: ran.append(run) or (answer, None))
        assert shipping.of_solutions(clean, ["normalize"], course) == []
        solved = notebooks.source(cell(ran[0][0], "exercise-normalize"))
        assert solved.startswith("def normalize(z, eps=1e-5):")
        assert "np.sqrt" in solved
        assert solved.endswith("\n\ncheck(normalize)")
        assert notebooks.source(cell(clean, "exercise-normalize")) == STUB

    def test_what_keeps_it_from_being_shipped_is_said(self, course, monkeypatch, capsys):
        monkeypatch.setattr(shipping, "of_solutions", lambda *_: [])
        assert shipping.check(course) == 1
        said = capsys.readouterr().out
        assert f"{NAME}: NOT fit\n  {NAME}: exercises: missing ['batch_statistics'" in said
        monkeypatch.setattr(shipping.catalogue, "NOTEBOOKS", {1: ("normalize",)})
        assert shipping.check(course, "1") == 0
        said = capsys.readouterr().out
        assert said == f"{NAME}: fit to be shipped\nEverything may be shipped.\n"
        record = shipped.load(course)
        monkeypatch.setattr(shipped, "load", lambda root: record | {"2_gone.ipynb": record[NAME]})
        assert shipping.check(course) == 1
        assert "2_gone.ipynb: recorded, but not there" in capsys.readouterr().out
        monkeypatch.setattr(shipping, "of_solutions", lambda *_: ["the solution is wrong"])
        assert shipping.check(course, "1") == 1
        assert f"{NAME}: the solution is wrong" in capsys.readouterr().out

    def test_a_solution_that_fails_is_named(self, course, monkeypatch):
        clean = notebooks.read(course / "notebooks" / NAME)
        answer = '["{\\"status\\": \\"failed\\", \\"message\\": \\"No eps.\\"}"]'
        done = notebook(code("", "grades", outputs=(printed(answer),)))
        monkeypatch.setattr(ship, "execute", lambda *_: (done, None))
        [said] = shipping.of_solutions(clean, ["normalize"], course)
        assert said == "the solution of normalize is failed: No eps."
        monkeypatch.setattr(ship, "execute", lambda *_: (done, "NameError"))
        [said] = shipping.of_solutions(clean, ["normalize"], course)
        assert "does not run:\nNameError" in said

    def test_a_notebook_that_raises_is_not_shipped(self, tmp_path, capsys, monkeypatch):
        path = write(tmp_path, NAME, small())
        before = path.read_bytes()
        monkeypatch.setattr(ship, "execute", lambda content, _: (content, "ZeroDivisionError"))
        assert ship.ship(tmp_path) == 1
        assert "not shipped\nZeroDivisionError" in capsys.readouterr().out
        assert path.read_bytes() == before
        assert shipped.load(tmp_path) == {}

    def test_of_a_notebook_that_raises_no_kernel_is_left(self, tmp_path):
        serves = "import socket\nserver = socket.create_server(('127.0.0.1', 0))"
        raises = "print(server.getsockname()[1])\n1 / 0"
        content = notebook(code(serves, "serves"), code(raises, "raises"))
        done, error = ship.execute(content, tmp_path)
        assert "ZeroDivisionError" in error
        port = int(notebooks.joined(cell(done, "raises")["outputs"][0]["text"]))
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), 5)


class TestLearners:
    def test_the_exit_status_says_that_something_is_wrong(self, learners):
        assert learners[1] == 1

    def test_a_right_answer_among_cleared_rerun_and_added_cells_passes(self, learners):
        assert "\n  1_good.ipynb  ok  (" in learners[2]
        assert counts(learners[2], "1_good") == ["6 of 6", "1", "0", "0"]

    def test_a_changed_number_in_a_stored_output_is_shown(self, learners):
        said = described(learners[2], "2_bad.ipynb")
        assert 'Cell [2] under "Sums"' in said
        assert "stored: 7\n" in said
        assert "now:    6\n" in said

    def test_a_wrong_answer_fails_though_its_cell_goes_on_and_its_words_stand_last(self, learners):
        assert counts(learners[2], "2_bad")[1:] == ["0", "1", "0"]
        said, _, card = learners[2].partition("\n✗ normalize: not right yet\n")
        assert "Exercise normalize" not in said and "WrongAnswer" not in said
        namespace: dict = {"np": np, "check": lambda fn: None}
        exec(WRONG, namespace)
        for said in compose.paragraphs(grade("normalize", namespace["normalize"]).message):
            assert " ".join(said.split()) in " ".join(card.split())
        assert card.endswith('`hint("normalize")`')

    def test_a_wrong_answer_alone_fails(self, course, tmp_path, capsys):
        content = notebooks.read(course / "notebooks" / NAME)
        cell(content, "exercise-normalize")["source"] = WRONG
        write(tmp_path, NAME, content)
        shipped.save(tmp_path, shipped.load(course))
        assert command.check_course(tmp_path) == 1
        said = capsys.readouterr().out
        assert f"  {NAME}  1 wrong answer  (" in said
        assert counts(said, "1_small") == ["5 of 5", "0", "1", "0"]

    def test_everything_fits_80_columns(self, learners):
        assert [line for line in learners[2].splitlines() if len(line) > 80] == []

    def test_a_broken_cell_says_where_and_what_follows_in_a_line(self, learners):
        said = described(learners[2], "3_broken.ipynb")
        assert "NameError: name 'np' is not defined" in said
        assert "at: print(np.arange(4).sum())" in said
        assert said.count("at: ") == 1
        assert said.count("NameError") == 2

    def test_an_endless_loop_is_stopped_and_what_is_below_is_not_run(self, learners):
        said = described(learners[2], "3_broken.ipynb")
        assert "still running after 4 s" in said
        assert "Cell [5]" not in said
        assert "2 not graded, as the cells above did not run to the end." in learners[2]

    def test_a_kernel_that_died_is_told_and_what_is_below_is_not_run(self, learners):
        said = described(learners[2], "5_dies.ipynb")
        assert 'Cell [2] under "Sums": the kernel died' in said
        assert "Cell [3]" not in said and "not graded" not in said
        assert counts(learners[2], "5_dies")[0] == "1 of 5"

    def test_a_damaged_file_is_said_to_be_one(self, learners):
        assert "not valid JSON" in described(learners[2], "4_damaged.ipynb")
        assert "`make reset NOTEBOOK=4`" in described(learners[2], "4_damaged.ipynb")
        assert "  4_damaged.ipynb  PROBLEMS  (0 s)\n" in learners[2]

    def test_a_copy_that_was_set_aside_is_left_out(self, learners):
        assert "Left out, being your own: 2_bad.2026-11-20-1430.ipynb" in learners[2]

    def test_verdicts_are_kept(self, learners):
        kept = verdicts.load(learners[0] / ".progress")["normalize"]
        assert kept["status"] in ("passed", "failed")  # of 1_good or 2_bad, whichever came last
        assert kept["source_hash"]


def test_the_unit_tests_go_with_the_whole_course(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(command, "_run_all", lambda root, of, tests, *_: asked.append(tests) or [])
    write(tmp_path, NAME, small())
    shipped.save(tmp_path, {NAME: shipped.entry(small())})
    assert command.check_course(tmp_path) == 1  # nothing was run
    (tmp_path / "tests").mkdir()
    command.check_course(tmp_path)
    command.check_course(tmp_path, "1")
    assert asked == [False, True, False]


def test_notebooks_are_told_in_their_order_and_the_unit_tests_last(tmp_path, monkeypatch):
    ended = [command.Run(name) for name in ("unit tests", "2_b.ipynb", NAME)]
    monkeypatch.setattr(command, "_run_all", lambda *_: ended)
    told = []
    monkeypatch.setattr(report, "whole", lambda runs, *_: told.extend(r.name for r in runs) or "")
    write(tmp_path, NAME, small())
    shipped.save(tmp_path, {NAME: shipped.entry(small())})
    command.check_course(tmp_path)
    assert told == [NAME, "2_b.ipynb", "unit tests"]


@pytest.mark.parametrize("with_tests", [True, False])
def test_what_is_asked_for_is_run(tmp_path, monkeypatch, with_tests):
    monkeypatch.setattr(command, "run_unit_tests", lambda *_: "unit tests")
    monkeypatch.setattr(command, "run_notebook", lambda root, path, *_: path.name)
    bar = progress_bar.ProgressBar(1, shown=False)
    runs = command._run_all(tmp_path, [tmp_path / "1.ipynb"], with_tests, 1.0, bar)
    assert set(runs) == {"1.ipynb", *["unit tests"] * with_tests}


def test_a_bar_shows_the_cells_that_are_done_of_all_until_the_last_run_ends(tmp_path, monkeypatch):
    seen, counts, end = [], iter([0, 2]), threading.Event()

    def cells_done(_):
        count = next(counts, 9)
        if count == 9:
            end.set()
        return count

    monkeypatch.setattr(command, "_cells_done", cells_done)
    monkeypatch.setattr(command, "run_notebook", lambda *_: end.wait(60))
    bar = SimpleNamespace(total=3, update=seen.append)
    assert [*command._run_all(tmp_path, [tmp_path / "1.ipynb"], False, 1.0, bar)] == [True]
    assert seen == [2, 3]


def test_the_bar_makes_way_for_each_result(tmp_path, monkeypatch, capsys):
    bar = SimpleNamespace(clear=lambda: print("no bar"))
    monkeypatch.setattr(command, "_bar", lambda *_: contextlib.nullcontext(bar))
    monkeypatch.setattr(command, "_run_all", lambda *_: map(report.Run, ["1_a", "2_b"]))
    monkeypatch.setattr(report, "one_run", lambda run, _: f"of {run.name}")
    write(tmp_path, NAME, small())
    shipped.save(tmp_path, {NAME: shipped.entry(small())})
    command.check_course(tmp_path)
    assert "no bar\nof 1_a\nno bar\nof 2_b\n" in capsys.readouterr().out


def test_an_exercise_whose_function_is_not_there_is_not_attempted():
    said = json.loads(grading.verdict_json("normalize", {"other": None}))
    assert said == {"status": "not attempted", "misconception": None, "message": ""}


TESTS = """
import pytest

def test_right(): print("9 failed, 3 passed")
def test_wrong(): assert False, "2 passed"
@pytest.mark.skip("needs x")
@pytest.mark.parametrize("i", [1, 2])
def test_left_out(i): pass
@pytest.fixture
def broken(): raise ValueError
def test_without_its_fixture(broken): pass
"""


def test_unit_tests_are_counted_and_those_not_run_are_told_with_their_reason(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_few.py").write_text(TESTS, encoding="utf-8")
    environment = dict(os.environ, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    run = command.run_unit_tests(tmp_path, tmp_path, environment)
    assert not report.is_fine(run)
    said = report.whole([run], {}, [], 1.0)
    assert "Unit tests not run: 2 (needs x)" in said
    assert "1 of 3" in said
    assert "test_wrong" in said


def test_a_run_that_does_not_end_is_stopped(monkeypatch, tmp_path):
    monkeypatch.setattr(command, "RUN_TIMEOUT", 0.1)
    run, endless = command.Run("1_small.ipynb"), tmp_path / "test_endless.py"
    endless.write_text("import time\ntime.sleep(600)\n", encoding="utf-8")
    command._pytest(run, [str(endless)], tmp_path, dict(os.environ))
    assert (run.code, run.damage) == (1, "1_small.ipynb: stopped after 0.1 s")
    assert 0.1 <= run.seconds < 60


def test_notebooks_that_are_recorded_and_there_are_run(tmp_path):
    for name in ("1_small.ipynb", "2_other.ipynb", "mine.ipynb"):
        write(tmp_path, name, small())
    entry = shipped.entry(small())
    record = dict.fromkeys(("2_other.ipynb", "1_small.ipynb", "3_gone.ipynb"), entry)
    chosen, left_out = command.choose(tmp_path, record, None)
    assert [path.name for path in chosen] == ["1_small.ipynb", "2_other.ipynb"]
    assert left_out == ["mine.ipynb"]
    assert command._bar(chosen, record).total == 2 * len(entry["cells"]) == 10
    assert command._bar([tmp_path / "mine.ipynb"], record).total == 1
    only = [tmp_path / "notebooks" / "2_other.ipynb"]
    assert command.choose(tmp_path, record, "2") == (only, [])
    for name, cells in (("a.done", "..."), ("b.done", "."), ("c.json", "[]")):
        (tmp_path / name).write_text(cells)
    assert command._cells_done(tmp_path) == 4


def test_a_unit_test_run_that_collects_nothing_is_a_failure():
    assert not report.is_fine(command.Run("unit tests", code=5))
    assert report.is_fine(command.Run("1_words_only.ipynb", code=5))
