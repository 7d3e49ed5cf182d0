"""What holds of every exercise: its reference, stub, hints and mistakes."""

import copy
import inspect
import itertools
import re
import textwrap

import numpy as np
import pytest
from signatures import SIGNATURES

from bnlib.exercises import catalogue, compare, grade
from bnlib.exercises.exercise import load
from bnlib.exercises.known import expectations
from bnlib.exercises.outcomes import decode, encode

every_exercise = pytest.mark.parametrize("name", catalogue.NAMES)


def graded(name, answer):
    """As `grade`, without a process or a place: what is tested here is the diagnosis."""
    return grade(name, answer, fork=False, place=False)


@every_exercise
def test_has_the_signature_that_the_course_fixed(name):
    exercise = load(name)
    assert (exercise.notebook, exercise.signature) == SIGNATURES[name]


@every_exercise
def test_reference_passes(name):
    verdict = grade(name, load(name).reference)
    assert verdict.status == "passed", verdict.message
    assert verdict.misconception is None


@every_exercise
def test_reference_needs_numpy_alone(name):
    """A learner may paste what `solution` shows into the notebook, where only np is imported."""
    exercise, scope = load(name), {"np": np}
    exec(textwrap.dedent(inspect.getsource(exercise.reference)), scope)
    arguments = copy.deepcopy(exercise.cases[0])
    outcome = decode(encode(scope[name](*arguments)))
    expected = expectations(exercise).right_on_all_calls[0]
    assert compare.same(outcome, expected, compare.FLOAT64)


@every_exercise
def test_stub_is_not_attempted(name):
    scope = {}
    for body in ('"""Return it."""', "...", "pass", '"""Return it."""\n    ...', "return ..."):
        exec(f"def stub{inspect.signature(load(name).reference)}:\n    {body}", scope)
        assert graded(name, scope["stub"]).status == "not attempted", body


@every_exercise
def test_has_three_hints_and_says_what_it_asks(name):
    exercise = load(name)
    assert len(exercise.hints) == 3
    assert all(20 < len(hint) < 500 for hint in exercise.hints)
    assert exercise.asks
    assert inspect.getdoc(exercise.reference)


@every_exercise
def test_every_message_is_a_short_paragraph_without_the_answer(name):
    exercise = load(name)
    assert len(exercise.mistakes) >= 10
    # Another way of making a mistake (`also`) shares its name, and then its message.
    told = {(m.name, m.message) for m in exercise.mistakes}
    assert len(dict(told)) == len(told)
    solution = inspect.getsource(exercise.reference).replace(inspect.getdoc(exercise.reference), "")
    lines = {line.strip() for line in solution.splitlines()[1:] if len(line.strip()) > 12}
    for mistake in exercise.mistakes:
        words = len(mistake.message.split())
        assert 15 <= words <= 80, (mistake.name, words)
        assert mistake.message[-1] in ".?"
        assert re.match(r"[A-Z`]", mistake.message)
        assert not any(line in mistake.message for line in lines), mistake.name
        assert not re.search(r"keepdims=True|np\.\w+\(", mistake.message), mistake.name


@every_exercise
def test_every_mistake_is_diagnosed_as_itself(name):
    for mistake in load(name).mistakes:
        verdict = graded(name, mistake.answer)
        assert (verdict.status, verdict.misconception) == ("failed", mistake.name)
        assert mistake.message in verdict.message


@every_exercise
def test_every_pair_of_mistakes_is_told_apart(name):
    expected = expectations(load(name))
    told = [expected.right, *(k.outcomes for k in (*expected.singles, *expected.pairs))]
    for one, other in itertools.combinations(told, 2):
        assert not expected.agree(one, other)


def test_pairs_of_mistakes_are_named():
    """A sample: all are named, nearly all as that pair, the rest as what looks the same."""
    graded_pairs, as_both = 0, 0
    for name in catalogue.NAMES:
        expected = expectations(load(name))
        kept = {known.names for known in expected.pairs}
        pairs = [(a, b, answer) for a, b, answer in expected._pairs() if (a.name, b.name) in kept]
        for first, second, answer in pairs[::12]:
            verdict = graded(name, answer)
            assert verdict.status == "failed", (name, first.name, second.name)
            assert verdict.misconception is not None, (name, first.name, second.name)
            graded_pairs += 1
            as_both += set(verdict.misconception.split("+")) == {first.name, second.name}
    assert graded_pairs >= 200
    assert as_both >= 0.9 * graded_pairs


@every_exercise
def test_known_wrong_answers_hold_both_ways(name):
    # The comparison is relative to the expected side; a confusion may hide in the other direction.
    expected = expectations(load(name))
    told = [expected.right, *(known.outcomes for known in expected.singles)]
    for one, other in itertools.permutations(told, 2):
        assert not expected.agree(one, other)


def _off(value, by):
    """A result with every float a little off."""
    if isinstance(value, (tuple, list)):
        return type(value)(_off(item, by) for item in value)
    if isinstance(value, dict):
        return {key: _off(item, by) for key, item in value.items()}
    return value * (1 + by)


@every_exercise
def test_tolerances_are_tight(name):
    """Loosen a tolerance and this fails: 1e-5 off in float64, or 1e-3 in float32, is wrong."""
    exercise = load(name)

    def a_little_off(*arguments):
        in_float32 = compare.holds_float32(arguments)
        return exercise.reference(*arguments) if in_float32 else off64(*arguments)

    def off64(*arguments):
        return _off(exercise.reference(*arguments), 1e-5)

    def off32(*arguments):
        right = exercise.reference(*arguments)
        return _off(right, 1e-3) if compare.holds_float32(arguments) else right

    assert graded(name, a_little_off).status == "failed"
    if any(map(compare.holds_float32, exercise.cases)):
        assert graded(name, off32).misconception == "wrong-for-float32"
