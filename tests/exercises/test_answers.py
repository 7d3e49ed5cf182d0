"""Answers of many hands, most written independently of the checks: how they are judged."""

import functools

import answers
import pytest

from bnlib.exercises import catalogue, grade

LEAST_SHARE = 0.95


@functools.cache
def graded(name, answer):
    """The verdict, without a process or a place: what is tested here is the diagnosis."""
    return grade(name, answer, fork=False, place=False)


@pytest.mark.parametrize("name", catalogue.NAMES)
def test_right_ones_pass(name):
    kept = answers.right_ones(name)
    assert len(kept) >= 3
    for answer in kept:
        verdict = graded(name, answer)
        assert verdict.status == "passed", (answer, verdict.message)


@pytest.mark.parametrize("name", catalogue.NAMES)
def test_wrong_ones_are_refused_by_a_true_name(name):
    kept = answers.wrong_ones(name)
    assert len(kept) >= 6
    for answer, names in kept:
        verdict = graded(name, answer)
        assert verdict.status == "failed", answer
        assert verdict.misconception in names, (answer, verdict)


def test_nearly_all_are_diagnosed_by_the_best_name():
    missed, count = [], 0
    for name in catalogue.NAMES:
        for answer, (best, *_) in answers.wrong_ones(name):
            count += 1
            given = graded(name, answer).misconception
            if _parts(given) != _parts(best):
                missed.append(f"{name} {answer.__name__}: {given}, not {best}")
    said = f"{count - len(missed)} of {count} are diagnosed by the best name; missed:"
    print(said, *missed, sep="\n")
    assert len(missed) <= (1 - LEAST_SHARE) * count, "\n".join((said, *missed))


def _parts(name):
    """Two mistakes at once are named in either order."""
    return set((name or "").split("+"))
