"""No input without a purpose: take any one away, and a wrong answer is accepted or misread.

Wrong answers are known mistakes, those kept in `answers/`, and one-edit mutants of right answers.
"""

import dataclasses
import itertools

import answers
import pytest
from mutation.search import Search

from bnlib.exercises import catalogue, compare, extremes
from bnlib.exercises.exercise import load
from bnlib.exercises.known import Expectations
from bnlib.exercises.trial import outcomes_of


def _ordinary(arguments, exercise):
    n_is_one, m_is_one = extremes.has_one_unit(arguments), _has_one_column(arguments)
    return not (n_is_one or m_is_one or _square(arguments) or compare.holds_float32(arguments))


def _has_one_column(arguments):
    first = next(iter(extremes.matrices(arguments)), None)
    return first is not None and first.shape[1] == 1


def _square(arguments):
    first = next(iter(extremes.matrices(arguments)), None)
    return first is not None and first.shape[0] == first.shape[1] > 1


KINDS = {
    "float32": lambda arguments, exercise: compare.holds_float32(arguments),
    "several units and examples, to float64's precision": _ordinary,
    "m = 1": lambda arguments, exercise: _has_one_column(arguments),
    "n = 1": lambda arguments, exercise: extremes.has_one_unit(arguments),
    "n = m, where a flat array lines up with the wrong axis": lambda a, e: _square(a),
    "defaults left out": lambda a, e: len(a) < len(e.parameters),
    "all arguments given": lambda a, e: len(a) == len(e.parameters),
    "several units, all arguments given": lambda a, e: (
        len(a) == len(e.parameters) and not (extremes.has_one_unit(a) or compare.holds_float32(a))
    ),
}
"""Wrong answers that any exercise may get: those that are wrong only on inputs of one kind."""


def wrong_only_on(kind, exercise):
    """An answer that is right, but for inputs of that kind."""

    def answer(*arguments):
        return None if KINDS[kind](arguments, exercise) else exercise.reference(*arguments)

    return answer


def wrong_answers(exercise):
    """Every wrong answer that the exercise's inputs are to tell from the right one."""
    yield from (mistake.answer for mistake in exercise.mistakes)
    yield from (wrong_only_on(kind, exercise) for kind in KINDS)
    if answers.of(exercise.name):
        yield from (answer for answer, _ in answers.wrong_ones(exercise.name))


@pytest.mark.parametrize("name", catalogue.NAMES)
def test_every_input_is_needed(name):
    exercise = load(name)
    full = Expectations(exercise)
    wrong = []
    for answer in wrong_answers(exercise):
        outcomes = full.observed(outcomes_of(answer, exercise.cases)[0])
        if not full.agree(outcomes, full.right):
            wrong.append(outcomes)
    mistakes = wrong[: len(exercise.mistakes)]
    redundant = []
    for left_out in range(1, full.plan.cases):  # the first is the example that is shown
        rest = [i for i in range(full.plan.cases) if i != left_out]

        def agree(one, other, rest=rest):
            return full.agree(one, other, cases=rest)

        accepted = any(agree(outcomes, full.right) for outcomes in wrong)
        confused = any(agree(a, b) for a, b in itertools.combinations(mistakes, 2))
        if not (accepted or confused):
            redundant.append(left_out)
    if redundant:
        search = Search(name, legal_inputs=0)
        redundant = [case for case in redundant if not search.needs(case)]
    assert not redundant, f"inputs {redundant} of {name} tell nothing apart"


def test_the_confusion_test_can_fail():
    exercise = load("normalize")
    poorer = dataclasses.replace(exercise, cases=exercise.cases[2:3])
    expected = Expectations(poorer)
    confused = [
        (a.names, b.names)
        for a, b in itertools.combinations(expected.singles, 2)
        if expected.agree(a.outcomes, b.outcomes)
    ]
    assert confused
