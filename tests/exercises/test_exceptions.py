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


def test_lines_are_counted_alike_whether_a_place_is_looked_for_or_not():
    def answer(z, eps=1e-5):
        return z.nothing

    for place in (True, False):
        verdict = grade("normalize", answer, place=place)
        assert "in line 2, `return z.nothing`" in verdict.message and verdict.line is None


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


def the_old_generator(a, keep_prob, rng):
    mask = rng.rand(*a.shape) < keep_prob
    return a * mask / keep_prob


def misspelt(x):
    return np.linalg.eigvalh(x @ x.T).max()


def in_square_brackets(gradient_at, w, step):
    return np.linalg.norm(gradient_at[w])


def a_shape_without_brackets(labels, classes):
    return np.zeros(classes, len(labels))


def a_keyword_of_another(accuracy_with, accuracy_without):
    d = accuracy_with - accuracy_without
    return d.mean(ddof=1), d.std(ddof=1)


def rows_and_columns(f, x, h=1e-5):
    n, m = x.shape
    return np.zeros((n, m))


def units_for_examples(running, z, momentum=0.1):
    v = z.var(axis=0, ddof=1).reshape(-1, 1)
    return (1 - momentum) * running + momentum * v


def with_all_values_at_once(parameters, gradients, learning_rate):
    return dict(zip(parameters, gradients.values() * learning_rate, strict=True))


def stacks_other_lengths(batches):
    rows = np.stack([row for batch in batches for row in batch])
    return rows.mean(axis=1, keepdims=True), rows.var(axis=1, keepdims=True)


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        ("gradient_step", with_all_values_at_once, "go through its names"),
        ("recompute_statistics", stacks_other_lengths, "joined along an axis that they have"),
        ("inverted_dropout", the_old_generator, "line 2, `mask = rng.rand"),
        ("inverted_dropout", the_old_generator, "There is nothing of that name"),
        ("condition_number", misspelt, "There is nothing of that name"),
        ("gradient_change", in_square_brackets, "a function is called with round ones"),
        ("one_hot", a_shape_without_brackets, "in brackets of its own"),
        ("paired_difference", a_keyword_of_another, "look up which ones it takes"),
        ("numerical_gradient", rows_and_columns, "an entry for every axis"),
        ("pytorch_running_variance", units_for_examples, "examples and units differ in number"),
    ],
)
def test_a_tip_fits_the_exceptions_cause(name, answer, said):
    assert said in grade(name, answer).message


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_an_answer_has_two_gigabytes_and_no_more():
    def takes(gigabytes):
        def answer(z, eps=1e-5):
            np.empty(int(gigabytes * (1 << 27)))  # not written to: nothing is really taken
            return normalize(z, eps)

        return answer

    assert grade("normalize", takes(1)).status == "passed"
    assert grade("normalize", takes(3)).misconception == "raised-MemoryError"
