"""Answers written independently of the checks: all judged right, nearly all diagnosed by name."""

import importlib
import importlib.util
import time
from collections.abc import Callable, Iterator

import answers
import pytest

from bnlib.exercises import catalogue, grade

LEAST_RIGHT, LEAST_WRONG, LEAST_SHARE = 150, 300, 0.95
CPU_SECONDS = 12.0
"""After so many no further answer is graded; all of them cost about 5. An answer that loops without
end belongs to test_promises.py."""


def _of(name: str) -> Iterator[Callable]:
    if importlib.util.find_spec(f"corpus.{name}") is None:
        return iter(())
    corpus = importlib.import_module(f"corpus.{name}")
    return (a for a in vars(corpus).values() if callable(a) and hasattr(a, "__dict__"))


RIGHT = [(n, a) for n in catalogue.NAMES for a in _of(n) if answers.RIGHT in vars(a)]
WRONG = [(n, a) for n in catalogue.NAMES for a in _of(n) if answers.WRONG in vars(a)]


@pytest.fixture(scope="module")
def verdicts():
    """Answer -> verdict, without a process: what is tested here is the diagnosis."""
    started = time.process_time()
    found = {}
    for name, answer in (*RIGHT, *WRONG):
        if time.process_time() - started > CPU_SECONDS:
            break
        found[answer] = grade(name, answer, fork=False, place=False)
    return found


def test_every_exercise_has_right_and_wrong_answers():
    # The exercises that came later have answers of their own, in `answers/`.
    for name in {n for n, _ in RIGHT + WRONG}:
        assert any(n == name for n, _ in RIGHT), name
        assert any(n == name for n, _ in WRONG), name


@pytest.mark.parametrize("count", [len(RIGHT)])
def test_all_right_answers_pass(verdicts, count):
    graded = [(name, answer) for name, answer in RIGHT if answer in verdicts]
    assert len(graded) >= LEAST_RIGHT
    refused = [
        f"{name} {answer.__name__}: {verdicts[answer].message}"
        for name, answer in graded
        if verdicts[answer].status != "passed"
    ]
    assert not refused, "\n".join((f"{len(refused)} of {count} are refused", *refused))


@pytest.mark.parametrize("count", [len(WRONG)])
def test_all_wrong_answers_are_refused(verdicts, count):
    graded = [(name, answer) for name, answer in WRONG if answer in verdicts]
    assert len(graded) >= LEAST_WRONG
    accepted = [
        f"{name} {answer.__name__}: {verdicts[answer].status}"
        for name, answer in graded
        if verdicts[answer].status != "failed"
    ]
    assert not accepted, "\n".join((f"{len(accepted)} of {count} are not refused", *accepted))


@pytest.mark.parametrize("count", [len(WRONG)])
def test_share_diagnosed_by_the_right_name(verdicts, count):
    graded = [(name, answer) for name, answer in WRONG if answer in verdicts]
    missed = [
        f"{name} {answer.__name__}: {verdicts[answer].misconception}, not {expected}"
        for name, answer in graded
        for expected in vars(answer)[answers.WRONG]
        if verdicts[answer].misconception != expected
    ]
    right = len(graded) - len(missed)
    said = f"{right} of {len(graded)} (all: {count}) are diagnosed by the right name; missed:"
    print(said, *missed, sep="\n")
    assert right >= LEAST_SHARE * len(graded), "\n".join((said, *missed))
