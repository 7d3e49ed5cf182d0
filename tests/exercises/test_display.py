"""What a learner sees: check, hint, solution."""

import ast
import functools
import io
import json
import re
import subprocess
import sys
import textwrap

import numpy as np
import pytest

from bnlib.exercises import catalogue, check, display, grade, hint, slips, solution, wording
from bnlib.exercises.cards import compose, html
from bnlib.exercises.cards.card import Card, Code
from bnlib.exercises.cards.show import LOOKING
from bnlib.exercises.cards.text import page as as_text
from bnlib.exercises.diagnose import Verdict
from bnlib.exercises.example import Example, Printed
from bnlib.exercises.exercise import load
from bnlib.exercises.outcomes import Raised
from bnlib.exercises.source import Written, written

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


def test_what_is_offered_beside_is_small():
    exercise = load("normalize")
    right = compose.of_verdict(exercise, grade("normalize", normalize), None, 0)
    for card in (right, *(compose.of_hint(exercise, i) for i in range(len(exercise.hints)))):
        *_, page = html.page(card).partition("</style>")
        assert page.count('class="bn-small"') == 1


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
    words = said(capsys)
    assert "there is no exercise called `<lambda>`" in words and "come near" not in words
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
        verdict = grade("normalize", loud, fork=fork)
        printed = verdict.printed
        assert printed.text == "shape (3, 1)"
        card = as_text(compose.of_verdict(load("normalize"), verdict, None, 0))
        assert "\nYour answer printed, for this input:\n  shape (3, 1)" in card
        assert [name for name, _ in printed.arguments] == ["z", "eps"]
        assert np.array_equal(printed.arguments[0][1], cases[2][0])


def test_what_is_printed_is_of_the_input_that_the_message_tells_of():
    def stops(z, eps=1e-5):
        print("shape", z.shape)
        raise ValueError("no")

    verdict = grade("normalize", stops)
    assert f"It happens for z of {verdict.printed.text} and eps" in verdict.message


def test_what_is_printed_before_an_exception_is_kept_and_much_is_cut():
    def stops(z, eps=1e-5):
        print("so far")
        sys.stdout = None
        raise ValueError("no")

    def endless(z, eps=1e-5):
        for i in range(10_000):
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


def test_numbers_are_not_said_twice():
    example = Example(
        0, (("z", np.array([[1.0, 3.0]])),), np.array([[1.0, 2.0]]), np.array([[-1, 1]])
    )
    message = slips.unknown("z = [[1, 3]]", "[[1, 2]]", "[[-1, 1]]")
    verdict = Verdict("failed", None, message, example=example)
    text = " ".join(as_text(compose.of_verdict(load("normalize"), verdict, None, 0)).split())
    assert "yours is" in message and "yours is" not in text
    assert "not the one expected. Work this small case out on paper" in text
    assert "z: yours: expected: [ 1 3 ] [ 1 2 ] [ -1 1 ]" in text


def test_the_learners_own_line_is_shown_with_its_place_marked():
    @functools.lru_cache
    @functools.wraps(normalize)
    def decorated(z, eps=1e-5):
        return z

    def wrong(z, eps=1e-5):
        """Mine."""
        mu = z.mean(axis=0)

        return z - mu

    message = slips.LOST_PRECISION + " The place: line 3, `z.mean(axis=0)`."
    verdict = Verdict("failed", None, message, 3, "z.mean(axis=0)")
    card = compose.of_verdict(load("normalize"), verdict, written(wrong), 0)
    assert as_text(card).splitlines()[2:6] == [
        '2 | """Mine."""',
        "3 | mu = z.mean(axis=0)",
        "         ^^^^^^^^^^^^^^",
        "",
    ]
    assert "The place" not in as_text(card)
    page = html.page(card)
    marked = "".join(re.findall("<mark>(.*?)</mark>", page, re.DOTALL))
    assert re.sub("<[^>]*>", "", marked) == "z.mean(axis=0)"
    assert written(decorated) is None  # an lru_cache is no plain function
    assert written(lambda z: z) is None and written(3) is None
    without = compose.of_verdict(load("normalize"), verdict, None, 0)
    assert "The place: line 3" in " ".join(as_text(without).split())


@pytest.mark.parametrize("name", catalogue.NAMES)
def test_every_mistake_has_its_card_within_80_columns(name):
    exercise = load(name)
    cards = [compose.of_solution(exercise, None), compose.of_hint(exercise, 0)]
    for mistake in exercise.mistakes:
        verdict = grade(name, mistake.answer, place=False, fork=False)
        assert verdict.status == "failed"
        cards.append(compose.of_verdict(exercise, verdict, written(mistake.answer), 0))
    for card in cards:
        text = as_text(card)
        assert max(map(len, text.splitlines())) <= 80
        assert "\x1b" not in text
        assert html.page(card).count("<div") == html.page(card).count("</div>")


@pytest.mark.parametrize(
    "result",
    [None, "text", 1j, 10**400, float("nan"), True, [], {}, (), [[1, 2], [3]], np.empty((0, 3)),
     np.ones((2, 3, 4)), np.float32(1), np.array("a"), np.array(3.0), np.ones((2, 3)) * np.inf,
     object(),
     {"a": np.ones(2)}, (np.ones(3), "x"), np.ones((2, 3)) > 0, range(3), print, ValueError("no")],
)  # fmt: skip
@pytest.mark.parametrize(
    "name", ["normalize", "condition_number", "batch_statistics", "to_pytorch_state"]
)
def test_whatever_an_answer_returns_it_gets_a_card(name, result, capsys):
    check(lambda *_, **__: result, name)
    out = capsys.readouterr().out
    assert out.startswith(f"✗ {name}: not right yet\n")
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("tty", "no_color", "term", "colors"),
    [(True, "", "xterm", True), (False, "", "xterm", False), (True, "1", "xterm", False),
     (True, "", "dumb", False)],
)  # fmt: skip
def test_colours_are_for_terminals_and_no_color_is_honoured(
    monkeypatch, tty, no_color, term, colors
):
    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setenv("TERM", term)
    stream = io.StringIO()
    stream.isatty = lambda: tty
    monkeypatch.setattr(sys, "stdout", stream)
    hint("normalize")
    assert ("\x1b[" in stream.getvalue()) is colors


def test_a_console_without_our_signs_gets_others(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", stream)
    check(divides_by_the_variance, "normalize")
    stream.seek(0)
    assert stream.read().startswith("x normalize: not right yet")


def test_code_in_a_terminal_is_marked_numbered_and_fitted():
    def lines_of(*code):
        return as_text(Card("wrong", "f", "no", (Code("", *code),))).splitlines()[2:]

    plain = "def f(z):\n    return z"
    assert lines_of(plain, 9, 1) == [" 9 | def f(z):", "10 |     return z", "         ^^^^^^^^"]
    assert lines_of(plain, 9, 1, (4, 6)) == [" 9 | def f(z):", "10 |     return z", "         ^^"]
    assert lines_of(plain) == ["  def f(z):", "      return z"]
    long = "    return " + " + ".join(["value"] * 12)
    first, second = lines_of(long)
    assert first.startswith("      return value") and second.startswith(" " * 10 + "value")
    assert (first + second).count("value") == 12
    [cut] = lines_of(long, 1)
    assert len(cut) == 80 and cut.startswith("1 |     return") and cut.endswith("...")


def test_what_a_learner_wrote_cannot_become_markup():
    assert "<b>" not in html.page(compose.of_trouble("hint", "no `<b>`", "<b>"))
    printed = Printed(0, (("z", 1.0),), "<script>alert(1)</script>")
    verdict = Verdict("failed", None, "<b>", 1, "<i>", printed=printed)
    source = Written("x = '<i>'  # <i>", ast.parse("x").body[0], 1)
    page = html.page(compose.of_verdict(load("normalize"), verdict, source, 0))
    assert not any(tag in page for tag in ("<script", "<b>", "<i>"))


def test_the_search_for_a_place_says_so_and_the_card_takes_its_place():
    shown, printed, _ = in_a_notebook(
        """
        import os; os.environ["BNLIB_PROGRESS"] = ""
        from bnlib.exercises import check, display
        from bnlib.exercises.diagnose import Verdict
        from IPython.display import DisplayHandle
        put_anew = DisplayHandle.update
        DisplayHandle.update = lambda *a, **k: print("put anew") or put_anew(*a, **k)
        def slow(name, fn, waiting):
            waiting()
            return Verdict("failed", None, "Wrong.")
        display.grade = slow
        check(lambda z: z, "normalize")
        """
    )
    assert [data["text/plain"].splitlines()[0] for data in shown] == [
        LOOKING, "✗ normalize: not right yet",
    ]  # fmt: skip
    assert printed == "put anew\n"


def test_the_style_sheet_is_there_without_its_comments():
    sheet = html.style()
    assert ".bn-card" in sheet and "/*" not in sheet and "\n" not in sheet


def test_values_are_shown_in_a_word():
    assert wording.shown(Raised("ValueError", "no", None)) == "ValueError raised"
    assert wording.shown({"a": 0.25, "b": np.float32(2)}) == "{a: 0.25, b: 2}"
    assert wording.shown(np.zeros((40, 40))) == "an array of shape (40, 40)"
