"""How `make test` reads, line by line, and what it says of one cell that failed."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from course_fixture import printed

from bnlib.course.testing import report, wording
from bnlib.course.testing.pytest_run import Run

RECORD = {name: {"exercises": ["normalize"]} for name in ("1_a.ipynb", "2_b.ipynb", "3_c.ipynb")}


def row(number: int, problem: dict | None = None, seconds: float = 0.1, heading: str = "") -> dict:
    """What is noted of a cell."""
    outcome = "failed" if problem else "passed"
    return {
        "number": number,
        "heading": heading,
        "outcome": outcome,
        "seconds": seconds,
        "problem": problem,
    }


def graded(status: str, problem: dict | None = None) -> dict:
    """What is noted of an exercise."""
    verdict = {"status": status}
    return {"exercise": "normalize", "verdict": verdict, "seconds": 9.0, "problem": problem}


WRONG = {"kind": "wrong", "text": "It divides by the variance."}
ERROR = {"kind": "error", "text": "NameError: no z\nat: print(z)"}
OUTPUT = {"kind": "output", "text": "stored: 1\nnow:    2"}
CRASH = {"kind": "crash", "text": "It could not be graded: ZMQError"}


def shown(*runs: Run, record: dict = RECORD, left_out: tuple = ()) -> str:
    return report.whole(list(runs), record, list(left_out), 83.6)


def test_where_all_is_well_there_are_the_table_and_notes():
    first = Run("1_a.ipynb", 4.26, [row(1, seconds=1.0), row(2, seconds=2.5), graded("passed")])
    second = Run("2_b.ipynb", 3.0, [row(1, seconds=0.99), graded("not attempted")])
    words = Run("9_words.ipynb", 1.0, code=5)
    tests = Run("unit tests", 60.0, tests=[("passed", "")] * 2 + [("skipped", "no npm")])
    kept = ["4_d.ipynb", *(f"my {n}.ipynb" for n in range(6))]
    assert shown(first, second, words, tests, left_out=kept).splitlines() == [
        "",
        "             cells  passed  wrong  not attempted  seconds",
        "1_a         2 of 2       1      0              0      4.3",
        "2_b         1 of 1       0      0              1      3.0",
        "9_words     0 of 0                                    1.0",
        "unit tests  2 of 2                                   60.0",
        "",
        "Slowest cells: 1 [2] 2.5 s, 1 [1] 1.0 s",
        "Unit tests not run: 1 (no npm)",
        "Not there: 3_c.ipynb (`make reset` brings a notebook back)",
        "Left out, not being recorded (`make ship`): 4_d.ipynb",
        "Left out, being your own: my 0.ipynb, my 1.ipynb, my 2.ipynb, my 3.ipynb, and 2",
        "  more",
        "All is well. (84 s)",
    ]


def test_of_one_notebook_alone_nothing_is_missing_and_five_of_ones_own_are_all_named():
    said = shown(Run("1_a.ipynb", rows=[row(1)]), left_out=[f"{n}.ipynb" for n in range(5)])
    assert "Not there" not in said and "Slowest" not in said
    assert "0.ipynb, 1.ipynb, 2.ipynb, 3.ipynb, 4.ipynb\n" in said


def test_the_three_slowest_cells_are_named_and_of_two_notebooks_a_third_is_missed():
    cells = [row(n, seconds=float(n)) for n in range(1, 5)]
    said = shown(Run("1_a.ipynb", rows=cells), Run("2_b.ipynb"))
    assert "Slowest cells: 1 [4] 4.0 s, 1 [3] 3.0 s, 1 [2] 2.0 s\nNot there: 3_c.ipynb" in said


@pytest.mark.parametrize(("letters", "lines"), [(76, 1), (77, 2)])
def test_what_is_told_of_a_cell_is_as_wide_as_the_page(letters, lines):
    words = " ".join(["x" * 9] * 7) + " " + "y" * (letters - 70 - 2)
    told = report._indented(words).splitlines()
    assert len(told) == lines and len(told[0]) <= 76
    below = report._filled("abcd" + words).splitlines()
    assert len(below) == lines and all(len(line) <= 78 for line in below)


def test_of_a_programs_output_the_end_is_told():
    assert report.tail("\n".join(map(str, range(20))) + "\n\n").split() == [*map(str, range(5, 20))]


def test_what_is_wrong_stands_below_and_a_wrong_answer_last():
    unread = Run("1_a.ipynb", damage="It is not valid JSON.\nReset it.")
    rows = [
        row(1, OUTPUT, heading="Sums"),
        row(2, ERROR, heading="Sums"),
        row(3, OUTPUT),
        row(4, {"kind": "timeout", "text": "It was stopped."}),
        graded("failed", WRONG),
        {"exercise": "fold", "seconds": 0.0, "problem": CRASH},
    ]
    died = Run("3_c.ipynb", code=1, output="\n".join(f"line {n}" for n in range(100)))
    assert not any(map(report.is_fine, (unread, Run("2_b.ipynb", rows=rows, code=1), died)))
    said = shown(unread, Run("2_b.ipynb", rows=rows, code=1), died)
    assert "1_a  none run" in said and "2_b    0 of 4       0      1              0" in said
    assert "1 not graded, as the cells above did not run to the end." in said
    below = said.partition("Not all is well (84 s):\n")[2]
    assert below.partition("\n✗ normalize: not right yet\n")[0] == "\n".join(
        [
            "",
            "1_a.ipynb",
            "  It is not valid JSON.",
            "  Reset it.",
            "",
            "2_b.ipynb",
            '  Cell [1] under "Sums": its output is not the stored one (Restart Kernel and',
            "    Run All Cells renews it)",
            "    stored: 1",
            "    now:    2",
            '  Cell [2] under "Sums": an error',
            "    NameError: no z",
            "    at: print(z)",
            "  Cell [3]: another output than stored",
            "  Cell [4]: it did not end",
            "    It was stopped.",
            "  Exercise fold: not graded",
            "    It could not be graded: ZMQError",
            "",
            "3_c.ipynb",
            *(f"  line {n}" for n in range(40, 100)),
            "",
        ]
    )
    assert "It divides by the variance." in below.partition("✗ normalize")[2]


def test_of_cells_that_follow_an_error_four_are_named():
    def cells(count: int) -> str:
        return shown(Run("1_a.ipynb", rows=[row(n, ERROR) for n in range(1, count + 1)]))

    assert "Cell [5]: NameError: no z\n" in cells(5) + "\n" and "more cells" not in cells(5)
    assert "Cell [5]: NameError: no z\n  ... and 1 more cells below" in cells(6)


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (Run("1_a.ipynb", 2.4), "ok"),
        (Run("1_a.ipynb", 2.4, code=1), "PROBLEMS"),
        (Run("1_a.ipynb", 2.4, [row(1), graded("failed", WRONG)], code=1), "1 wrong answer"),
        (Run("1_a.ipynb", 2.4, [graded("failed", WRONG)] * 2, code=1), "2 wrong answers"),
        (Run("1_a.ipynb", 2.4, [row(1, ERROR), graded("failed", WRONG)], code=1), "PROBLEMS"),
        (Run("1_a.ipynb", 2.4, [graded("failed", WRONG)], damage="Gone."), "PROBLEMS"),
    ],
)
def test_a_run_is_told_of_in_a_line(run, said):
    assert report.one_run(run) == f"  1_a.ipynb  {said}  (2 s)"
    assert ("\033[32m" in report.one_run(run, colors=True)) == (said == "ok")


def test_what_is_begun_is_said_at_once():
    two = [Path("1_a.ipynb"), Path("2_b.ipynb")]
    assert report.opening(two[:1], unit_tests=False) == "Checking 1 notebook ..."
    assert report.opening(two, unit_tests=True).startswith("Checking the unit tests and 2 noteb")


class NbCellError(Exception):
    """As nbval names the failure of a cell."""


class WrongExercise(Exception):
    """As the plugin names an answer that is wrong."""


def failed(error: Exception, *outputs: dict, exercise: bool = False, **parent: bool) -> dict:
    """What is said of a cell, or an exercise, that failed with an error."""
    kernel = SimpleNamespace(**{name: parent[name] for name in parent if name == "has_died"})
    item = SimpleNamespace(
        test_outputs=list(outputs),
        cell={"outputs": [printed("1\n")]},
        parent=SimpleNamespace(kernel=kernel, timed_out=parent.get("timed_out", False)),
        config=SimpleNamespace(option=SimpleNamespace(nbval_cell_timeout=60.0)),
    )
    if not exercise:
        item.cell_num = 3
    return wording.problem(item, SimpleNamespace(value=error))


RAISED = {"output_type": "error", "ename": "NameError", "evalue": "no z", "traceback": []}


@pytest.mark.parametrize(
    ("found", "kind", "text"),
    [
        (failed(WrongExercise("No eps."), exercise=True), "wrong", "No eps."),
        (failed(ValueError("x"), exercise=True), "crash", "It could not be graded: x"),
        (failed(NbCellError("raised"), printed("1"), RAISED), "error", "NameError: no z"),
        (failed(NbCellError("Cell outputs differ"), printed("2")), "output",
         "stored: 1\nnow:    2"),
        (failed(NbCellError("Timeout"), timed_out=True), "timeout",
         "It was still running after 60 s and was stopped: does a loop never end? "
         "The cells below it were not run."),
        (failed(NbCellError("?"), RAISED, has_died=True), "death",
         "Did it run out of memory? The cells below it were not run."),
        (failed(NbCellError("no reply")), "crash", "no reply"),
        (failed(OSError("pipe"), RAISED), "crash", "OSError: pipe"),
    ],
)  # fmt: skip
def test_each_kind_of_failure_has_its_words(found, kind, text):
    assert found == {"kind": kind, "text": text}


def test_an_error_is_shown_with_the_line_of_the_learners_own_cell():
    frames = [
        "File library.py\n----> 9 theirs()\n",
        "\x1b[31mCell In[1], line 2\x1b[0m\n      1 x = 1\n----> 2 mine()\n",
    ]
    raised = RAISED | {"evalue": "\x1b[1mno z\x1b[0m", "traceback": frames}
    assert wording.raised_error(raised) == "NameError: no z\nat: mine()"
    raised["traceback"] = ["Cell In[1], line 2\nof which no line is shown\n"]
    assert wording.raised_error(raised) == "NameError: no z"
    raised = {"ename": "KeyboardInterrupt", "evalue": ""}
    assert wording.raised_error(raised) == "KeyboardInterrupt"
    traceback = ["  Cell In[3], line 1\n    def f(:\n          ^\nSyntaxError: invalid syntax\n"]
    raised = {"ename": "SyntaxError", "evalue": "invalid syntax", "traceback": traceback}
    assert wording.raised_error(raised) == "SyntaxError: invalid syntax\nat: def f(:"


def data(**forms: str) -> dict:
    """A displayed output: `text_html` for text/html, and so on."""
    forms = {name.replace("_", "/"): text for name, text in forms.items()}
    return {"output_type": "display_data", "data": forms}


@pytest.mark.parametrize(
    ("stored", "now", "said"),
    [
        ([data(text_html="1")], [data(text_html="2")], "stored: 1\nnow:    2"),
        ([data(text_html="1", text_plain="a")], [data(text_html="2", text_plain="a")],
         "stored: 1\nnow:    2"),
        ([printed("a\nb\n")], [printed("a\nx\ny\n")], "stored: b\nnow:    x\nnow:    y"),
        ([printed("a\nb\n")], [printed("c\nd\n")],
         "stored: a\nnow:    c\nstored: b\nnow:    d"),
        ([printed("a\nb\nc\n")], [printed("a\nx\ny\n")],
         "stored: b\nnow:    x\nstored: c\nnow:    y"),
        ([printed("a" * 149 + "1")], [printed("a" * 149 + "2")],
         f"stored: {'a' * 149}1\nnow:    {'a' * 149}2"),
        ([printed("a" * 150 + "1")], [printed("a" * 150 + "2")],
         f"stored: ... {'a' * 75}1\nnow:    ... {'a' * 75}2"),
        ([], [printed("1\n" * 7)], "stored: (nothing)" + "\nnow:    1" * 7),
        ([printed("1\n")], [RAISED], "stored: (nothing)\nnow:    NameError: no z\n"
         "stored: 1\nnow:    (nothing)"),
        ([printed("1\n")], [printed("1\n"), printed("")],
         "It puts out as many lines, in another number of pieces."),
        ([printed("a " * 99 + "1")], [printed("b " * 99 + "1")],
         f"stored: {('a ' * 73)}\nnow:    {('b ' * 73)}"),
        ([], [printed("1\n" * 8)], "stored: (nothing)\n" + "now:    1\n" * 7 +
         "... and 1 more such lines"),
    ],
)  # fmt: skip
def test_only_what_differs_is_shown(stored, now, said):
    assert wording.difference(stored, now) == said
