"""What a learner sees: check, hint, solution."""

import json
import subprocess
import sys
import textwrap

import numpy as np
import pytest

from bnlib.exercises import check, display, grade, hint, solution
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
    display._answers.clear()


def normalize(z, eps=1e-5):
    """The learner's."""
    return load("normalize").reference(z, eps)


def in_a_notebook(cell):
    """What a cell displays, prints and raises."""
    code = IN_A_NOTEBOOK.format(cell=textwrap.dedent(cell))
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def divides_by_the_variance(z, eps=1e-5):
    mu, var = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
    return (z - mu) / (var + eps)


def said(capsys):
    """What was printed, as one line."""
    return " ".join(capsys.readouterr().out.split())


def test_a_right_answer_is_told_what_was_learned(capsys):
    assert check(normalize) is None
    text = said(capsys)
    exercise = load("normalize")
    assert text.startswith(f"✓ normalize: correct. You have written: {exercise.asks} ")
    assert f"Worth knowing: {exercise.fact} " in text
    assert 'solution("normalize")' in text


def test_a_second_right_answer_is_told_less(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("BNLIB_PROGRESS", str(tmp_path))
    check(normalize)
    assert load("normalize").asks in said(capsys)
    check(normalize)
    assert load("normalize").asks not in said(capsys)
    check(divides_by_the_variance, "normalize")
    check(normalize)
    assert load("normalize").fact in said(capsys)


def test_a_wrong_answer_is_told_its_mistake_and_nothing_is_raised(capsys):
    assert check(divides_by_the_variance, "normalize") is None
    out = capsys.readouterr().out
    assert out.startswith("✗ normalize: not right yet\n\n")
    assert grade("normalize", divides_by_the_variance).message in " ".join(out.split())
    assert all(len(line) <= 80 for line in out.splitlines())
    assert out.endswith('`hint("normalize")`\n')


def test_a_stub_is_told_in_one_stable_line(capsys):
    check(lambda z, eps=1e-5: ..., "normalize")
    assert capsys.readouterr().out == "normalize: not attempted yet.\n"


def test_the_name_is_the_functions_or_given(capsys):
    check(lambda z: z)
    assert "there is no exercise called `<lambda>`" in said(capsys)
    check(3)
    text = said(capsys)
    assert text.startswith("! check: a thing of type `int` has no name")
    assert 'check(answer, "normalize")' in text
    check(normalize, "normalise")
    assert "Names that come near: `normalize`" in said(capsys)


@pytest.mark.parametrize("call", [hint, solution])
@pytest.mark.parametrize(
    "name", ["normalise", "Normalize", "normalize ", "", None, 3, ["normalize"]]
)
def test_a_name_that_no_exercise_has_is_no_error(call, name, capsys):
    assert call(name) is None
    text = said(capsys)
    assert text.startswith(f"! {call.__name__}: ")
    if name and isinstance(name, str):
        assert "Names that come near: `normalize`" in text


def test_hints_come_one_by_one_and_the_last_stays(capsys):
    for call in range(4):
        hint("normalize" if call else normalize)
        number = min(call, 2)
        expected = f"? normalize: hint {number + 1} of 3 {load('normalize').hints[number]} "
        assert said(capsys).startswith(expected)


def test_the_solution_is_shown_as_source(capsys):
    solution("normalize")
    text = capsys.readouterr().out
    assert text.startswith("≡ normalize: a solution\n\nOne way to write it:\n  def normalize(z, ")
    assert "np.sqrt(var + eps)" in text
    check(divides_by_the_variance, "normalize")
    capsys.readouterr()
    solution("normalize")
    yours, _, other = capsys.readouterr().out.partition("One way to write it:")
    assert "  Yours:".lstrip() in yours and "return (z - mu) / (var + eps)" in yours
    assert "np.sqrt(var + eps)" in other


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
    assert shown[0]["text/plain"].startswith("✓ scale_and_shift: correct.\n")
    assert shown[3]["text/plain"] == "normalize: not attempted yet."
    assert len(shown[3]["text/html"]) < 150, "this one is stored 37 times over"


def test_in_a_notebook_a_wrong_answer_raises_nothing_and_the_cell_goes_on():
    shown, printed, error = in_a_notebook(
        """
        import os; os.environ["BNLIB_PROGRESS"] = ""
        from bnlib.exercises import check
        def normalize(z, eps=1e-5):
            return z.no_such_thing
        check(normalize)
        print("goes on")
        """
    )
    assert error == "None"
    assert printed == "goes on\n"
    [data] = shown
    assert "normalize: not right yet" in data["text/plain"]
    assert "<code>return z.no_such_thing</code>" in data["text/html"]
    assert "Traceback" not in data["text/html"]


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


def test_numbers_are_not_said_twice(capsys):
    def adds_more_to_one_unit(z, eps=1e-5):
        return load("normalize").reference(z, eps) + np.arange(len(z))[:, np.newaxis]

    verdict = grade("normalize", adds_more_to_one_unit)
    assert (verdict.misconception, "yours is [[" in verdict.message) == (None, True)
    check(adds_more_to_one_unit, "normalize")
    text = said(capsys)
    assert "yours is" not in text and "expected:" in text
    assert "not the one expected. Work this small case out on paper" in text
