"""An exercise answered on a web page: the same verdicts from source alone."""

import inspect
import re

import answers
import pytest

from bnlib.exercises import grade, on_page
from bnlib.exercises.exercise import load

NUMPY = ["import numpy as np"]
RIGHT = """\
def normalize(z, eps=1e-5):
    mu = z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    return (z - mu) / np.sqrt(var + eps)
"""


def words(card):
    return re.sub(r"<style>.*?</style>|<[^>]+>", "", card)


def test_a_right_answer_is_right_and_its_own_check_is_nothing():
    for source in (RIGHT, RIGHT + "\n\ncheck(normalize)\n"):
        verdict = on_page.answer("normalize", source, NUMPY)
        assert verdict["status"] == "passed"
        assert load("normalize").fact.split("`")[0] in words(verdict["html"])
        assert "solution(" not in verdict["html"], "a page has a button for it"


@pytest.mark.parametrize("name", ["batch_statistics", "softmax", "minimize"])
def test_a_known_mistake_has_its_name_and_place(name):
    wrong, named = next(pair for pair in answers.wrong_ones(name) if None not in pair[1])
    source = inspect.getsource(wrong).replace(f"def {wrong.__name__}(", f"def {name}(")
    source = source[source.index("def ") :]
    verdict = on_page.answer(name, source, NUMPY)
    assert verdict["status"] == "failed" and verdict["misconception"] in named
    assert grade(name, wrong).misconception == verdict["misconception"]


def test_a_stub_is_not_attempted():
    verdict = on_page.answer("normalize", "def normalize(z, eps=1e-5):\n    ...\n", NUMPY)
    assert verdict["status"] == "not attempted"


def test_the_place_of_a_slip_is_marked_in_what_was_typed():
    verdict = on_page.answer("normalize", RIGHT.replace("mean(axis=1", "mean(axis=0"), NUMPY)
    assert verdict["status"] == "failed" and "<mark>" in verdict["html"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def normalize(z:\n", "Python cannot read line 1"),
        ("x = 1 / 0\n", "ZeroDivisionError"),
        ("raise SystemExit\n", "SystemExit"),
        ("def normalise(z): ...\n", "no function called"),
        ("\0", "Python cannot read"),
    ],
)
def test_what_cannot_be_checked_is_said(source, said):
    verdict = on_page.answer("normalize", source, NUMPY)
    assert verdict["status"] == "failed" and said in words(verdict["html"])


def test_what_stands_above_may_fail_and_what_it_defines_may_be_used():
    above = ["import no_such_module", "def normalize(z): return z", "def root(x): return x**0.5"]
    source = RIGHT.replace("np.sqrt", "root")
    assert on_page.answer("normalize", source, above)["status"] == "passed"
    # An answer of before does not stand in for one that is missing.
    assert on_page.answer("normalize", "", above)["misconception"] == "not-defined"


def test_the_card_of_an_endless_answer_says_so():
    assert "did not finish in time" in words(on_page.endless("normalize"))
