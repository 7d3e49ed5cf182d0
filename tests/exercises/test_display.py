"""What a learner sees: check, hint, solution."""

import json
import subprocess
import sys
import textwrap

import numpy as np
import pytest

from bnlib.exercises import WrongAnswer, check, display, grade, hint, solution
from bnlib.exercises.exercise import load

IN_A_NOTEBOOK = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
shell = InteractiveShell.instance()
with capture_output() as captured:
    result = shell.run_cell({cell!r})
shown = [output.data for output in captured.outputs]
print(json.dumps([shown, captured.stdout, repr(result.error_in_exec)]))
"""


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch):
    monkeypatch.setenv("BNLIB_PROGRESS", "")
    display._hints_given.clear()


def normalize(z, eps=1e-5):
    """The learner's."""
    return load("normalize").reference(z, eps)


def in_a_notebook(cell):
    """What a cell displays, prints and raises."""
    code = IN_A_NOTEBOOK.format(cell=textwrap.dedent(cell))
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def test_a_right_answer_is_told_so(capsys):
    assert check(normalize) is None
    text = capsys.readouterr().out
    assert text.startswith(f"normalize: correct.\n{load('normalize').fact}\n")
    assert 'solution("normalize")' in text


def test_a_wrong_answer_raises_its_message():
    with pytest.raises(
        WrongAnswer, match=r"^normalize: not right yet\. You divide by the var"
    ) as e:
        check(lambda z, eps=1e-5: (z - z.mean(1)[:, None]) / (z.var(1)[:, None] + eps), "normalize")
    assert e.value.verdict.misconception == "divides-by-the-variance"
    lines = e.value._render_traceback_()
    assert "normalize: not right yet" in lines[0]
    assert all(len(line) <= 100 for line in lines)
    assert "Traceback" not in "".join(lines)
    assert lines[-1].endswith('hint("normalize")')


def test_a_stub_is_told_in_one_stable_line(capsys):
    check(lambda z, eps=1e-5: ..., "normalize")
    assert capsys.readouterr().out == "normalize: not attempted yet.\n"


def test_the_name_is_the_functions_or_given():
    with pytest.raises(ValueError, match=r"no exercise '<lambda>'"):
        check(lambda z: z)
    with pytest.raises(ValueError, match="a int has no name; expected the exercise's name"):
        check(3)
    with pytest.raises(ValueError, match=r"closest: normalize"):
        check(normalize, "normalise")


def test_hints_come_one_by_one_and_the_last_stays(capsys):
    for call in range(4):
        hint("normalize" if call else normalize)
    text = " ".join(capsys.readouterr().out.split())
    for number in (1, 2, 3, 3):
        start, text = text.split(f"Hint {number} of 3 for normalize: ", 1)
    assert start.endswith("from the other.") or start
    with pytest.raises(ValueError, match="closest"):
        hint("normal")


def test_the_solution_is_shown_as_source(capsys):
    solution("normalize")
    text = capsys.readouterr().out
    assert text.startswith("def normalize(z, eps=1e-5):\n")
    assert "np.sqrt(var + eps)" in text
    with pytest.raises(ValueError, match="closest"):
        solution("normal")


def test_in_a_notebook_text_and_page_are_displayed():
    shown, printed, error = in_a_notebook(
        """
        import os; os.environ["BNLIB_PROGRESS"] = ""
        from bnlib.exercises import check, hint, solution
        def scale_and_shift(z_norm, gamma, beta):
            return gamma * z_norm + beta
        check(scale_and_shift)
        hint("normalize")
        solution("normalize")
        def normalize(z, eps=1e-5):
            ...
        check(normalize)
        """
    )
    assert printed == ""
    assert error == "None"
    assert [sorted(data) for data in shown] == [["text/html", "text/plain"]] * 4
    assert shown[0]["text/plain"].startswith("scale_and_shift: correct.\n")
    assert "style" not in "".join(data["text/html"] for data in shown)
    assert "<pre><code>def normalize" in shown[2]["text/html"]
    assert shown[3]["text/plain"] == "normalize: not attempted yet."


def test_in_a_notebook_a_wrong_answer_has_no_traceback_of_ours():
    shown, printed, error = in_a_notebook(
        """
        import os; os.environ["BNLIB_PROGRESS"] = ""
        from bnlib.exercises import check
        def normalize(z, eps=1e-5):
            return z.no_such_thing
        check(normalize)
        """
    )
    assert shown == []
    assert "normalize: not right yet. Your answer stops with an AttributeError in line 4" in error
    assert "`return z.no_such_thing`" in printed
    assert "display.py" not in printed


def test_a_verdict_is_kept_for_progress(monkeypatch, tmp_path):
    monkeypatch.setenv("BNLIB_PROGRESS", str(tmp_path))
    check(normalize)
    kept = json.loads((tmp_path / "normalize.json").read_text(encoding="utf-8"))
    assert kept["status"] == "passed"
    monkeypatch.setenv("BNLIB_PROGRESS", str(tmp_path / "normalize.json" / "below-a-file"))
    check(normalize)


def test_what_an_answer_prints_is_kept_for_the_first_input_on_which_it_is_wrong():
    def loud(z, eps=1e-5):
        print("shape", z.shape)
        right = load("normalize").reference(z, eps)
        return right + 1 if z.shape[1] == 1 else right  # the third input is the first such

    cases = load("normalize").cases
    assert [case[0].shape[1] == 1 for case in cases][:3] == [False, False, True]
    for fork in (True, False):
        printed = grade("normalize", loud, fork=fork).printed
        assert printed.text == "shape (3, 1)"
        assert [name for name, _ in printed.arguments] == ["z", "eps"]
        assert np.array_equal(printed.arguments[0][1], cases[2][0])


def test_what_is_printed_before_an_exception_is_kept_and_much_is_cut():
    def stops(z, eps=1e-5):
        print("so far")
        sys.stdout = None
        raise ValueError("no")

    def endless(z, eps=1e-5):
        for i in range(100_000):
            print(i)

    assert grade("normalize", stops).printed.text == "so far"
    text = grade("normalize", endless).printed.text
    assert text.startswith("0\n1\n2") and text.endswith(" ...") and len(text) < 2100


def test_grading_shows_nothing_and_a_right_answer_has_nothing_beside_it(capfd):
    def loud(z, eps=1e-5):
        print("loud")
        return load("normalize").reference(z, eps)

    verdict = grade("normalize", loud)
    assert (verdict.status, verdict.printed, verdict.example) == ("passed", None, None)
    assert capfd.readouterr() == ("", "")
