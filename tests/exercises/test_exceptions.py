"""What is said of an answer that stops with an exception."""

import linecache
import sys
import textwrap

import numpy as np
import pytest

from bnlib.exercises import grade
from bnlib.exercises.cards import own_code
from bnlib.exercises.exercise import load
from bnlib.exercises.source import written

statistics = load("batch_statistics").reference
normalize = load("normalize").reference


def test_an_exception_is_told_with_the_learners_own_line():
    def answer(z, eps=1e-5):
        mu = z.mean(axis=1)
        return (z - mu[:-1]) / eps

    message = grade("normalize", answer).message
    assert "a ValueError in line 3, `return (z - mu[:-1]) / eps`: operands could" in message
    assert "z of shape (" in message


def test_in_a_cell_lines_are_counted_from_its_first(monkeypatch):
    cell = """
    import numpy as np

    def answer(z, eps=1e-5):
        mu = z.mean(axis=1, keepdims=True)
        return (z - mu) / np.sqrt(z.var(axis=0, keepdims=True) + eps)

    def stops(z, eps=1e-5):
        return z.nothing
    """
    text = textwrap.dedent(cell).lstrip()
    monkeypatch.setitem(linecache.cache, "<cell>", (len(text), None, text.splitlines(True), ""))
    scope = {}
    exec(compile(text, "<cell>", "exec"), scope)
    verdict = grade("normalize", scope["answer"])
    assert verdict.line == 3
    assert "line 5, `0`" in verdict.message
    own = written(scope["answer"])
    assert own_code.place(own, verdict.line, verdict.expression).first == 4
    assert "in line 8, `return z.nothing`" in grade("normalize", scope["stops"]).message


def in_one_line_if(z, eps=1e-5):
    return z if z > 0 else 0 * z


def pythons_max(z, eps=1e-5):
    return max(z, 0)


def numpys_max(z, eps=1e-5):
    return np.max(0, z)


def compares_a_pair(z, eps=1e-5):
    return max(statistics(z), 0)


def unpacks_three(z, eps=1e-5):
    mu, var, deviation = statistics(z)
    return (z - mu) / deviation + 0 * var


def into_whole_numbers(z, eps=1e-5):
    total = np.zeros(z.shape, dtype=int)
    total += z
    return total


@pytest.mark.parametrize(
    ("answer", "tip"),
    [
        (in_one_line_if, "a comparison of arrays has one for every entry"),
        (pythons_max, "Python's own `max` compares whole arrays"),
        (numpys_max, "`np.max` looks for the largest entry of one array"),
        (compares_a_pair, "`bnlib.batch_norm` returns a pair"),
        (unpacks_three, "`bnlib.batch_norm` returns a pair"),
        (lambda z, eps=1e-5: z @ z[:, :1] @ z, "`*` goes entry by entry"),
        (lambda z, eps=1e-5: eps * np.mean, "a call needs brackets"),
        (into_whole_numbers, "made for whole ones"),
        (lambda z, eps=1e-5: np.mean(z, axis=1, keepdim=True), "how it is spelt"),
        (lambda z, eps=1e-5: {"z": z}["Z"], "print its keys"),
        (lambda z, eps=1e-5: [z, z].sum() / 2, "of type list"),
        (lambda z, eps=1e-5: [z, z].plus(eps), "Try that line by itself"),
        (lambda z, eps=1e-5: z / z[0].shape[1], "that of a flat array has one entry"),
    ],
)
def test_a_tip_goes_with_an_exception(answer, tip):
    assert tip in grade("normalize", answer).message


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_an_answer_has_two_gigabytes_and_no_more():
    def takes(gigabytes):
        def answer(z, eps=1e-5):
            np.empty(int(gigabytes * (1 << 27)))  # not written to: nothing is really taken
            return normalize(z, eps)

        return answer

    assert grade("normalize", takes(1)).status == "passed"
    assert grade("normalize", takes(3)).misconception == "raised-MemoryError"
