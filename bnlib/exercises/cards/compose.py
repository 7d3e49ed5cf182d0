"""Cards of verdicts, hints, solutions, and of a name that no exercise has."""

from __future__ import annotations

import dataclasses
import inspect
import re
from typing import Any

from bnlib.exercises import slips, wording
from bnlib.exercises.cards import arrays, own_code
from bnlib.exercises.cards.card import Block, Card, Code, Fold, Part, Row, Side, Table, Words
from bnlib.exercises.diagnose import Verdict
from bnlib.exercises.exercise import Exercise
from bnlib.exercises.source import Written
from bnlib.records import progress as records

_SEVERAL = re.compile(r"(?:Two|Three|Several) things at once\. (?=\(1\) )")
_THE_PLACE = re.compile(r" The place: line \d+, `[^`]*`\.$")
_SHORT = 60


def of_verdict(
    exercise: Exercise,
    verdict: Verdict,
    source: Written | None,
    given: int,
    reached: records.Row | None = None,
) -> Card:
    """The card of a verdict.

    Args:
        exercise: the exercise.
        verdict: the verdict.
        source: the answer as its learner wrote it, or None.
        given: how many hints the learner has had.
        reached: at the first right answer, how far its notebook has come.
    """
    if verdict.status == "not attempted":
        return Card("untried", exercise.name, "not attempted yet.")
    if verdict.status == "passed":
        return Card("right", exercise.name, "correct.", _what_was_learned(exercise, reached))
    parts: list[Part] = []
    message = _without_numbers(verdict)
    where = source and verdict.line and own_code.place(source, verdict.line, verdict.expression)
    if where:
        parts.append(where)
        message = _THE_PLACE.sub("", message)
    parts += map(Words, paragraphs(message))
    parts += _example(verdict)
    parts.append(_further_hints(exercise, given))
    return Card("wrong", exercise.name, "not right yet", tuple(parts))


def of_message(name: str, message: str) -> Card:
    """The card of a wrong answer of which the message alone is known."""
    offer = Words(f'Not sure where to look? `hint("{name}")`')
    return Card("wrong", name, "not right yet", (*map(Words, paragraphs(message)), offer))


def paragraphs(message: str) -> list[str]:
    """A message's paragraphs: one a mistake."""
    several = _SEVERAL.match(message)
    if not several:
        return [message]
    parts = re.split(r"(?:^| )\(\d\) ", message[several.end() :])
    return [part for part in parts if part]


def _without_numbers(verdict: Verdict) -> str:
    """The message without the sentence with the numbers that the card shows as arrays."""
    example = verdict.example
    if not example or not arrays.results(example.yours, example.expected):
        return verdict.message
    names, values = zip(*example.arguments, strict=True)
    both = wording.apart(example.yours, example.expected)
    sentence = slips.EXAMPLE.format(wording.arguments(names, values), *both)
    return verdict.message.replace(f"{sentence} ", "")


def _what_was_learned(exercise: Exercise, reached: records.Row | None) -> tuple[Part, ...]:
    parts: list[Part] = []
    if reached:
        parts.append(Words(exercise.asks, label="You have written"))
    if exercise.fact:
        parts.append(Words(exercise.fact, label="Worth knowing"))
    offer = f'`solution("{exercise.name}")` shows another way of writing it, beside yours.'
    parts.append(Words(offer, small=True))
    if reached and reached.exercises.get(exercise.name) == "passed":
        row = _row(reached)
        parts.append(Table((dataclasses.replace(row, note=""),)))
    return tuple(parts)


def _example(verdict: Verdict) -> list[Part]:
    """The input, what came out and what was expected, side by side; what was printed below."""
    parts: list[Part] = []
    example, printed = verdict.example, verdict.printed
    both = arrays.results(example.yours, example.expected) if example else []
    if example and both:
        pairs = [Side(tuple(both[i : i + 2])) for i in range(0, len(both), 2)]
        parts.append(Side((*arrays.arguments(example.arguments), *pairs)))
    if printed:
        same = example and both and example.case == printed.case
        whereby = "this input" if same else _in_short(printed.arguments)
        lines = tuple(printed.text.splitlines())
        parts.append(Block(f"Your answer printed, for {whereby}", lines))
    return parts


def _in_short(arguments: tuple[Any, ...]) -> str:
    names, values = zip(*arguments, strict=True)
    whole = wording.arguments(names, values)
    return whole if len(whole) <= _SHORT else wording.shapes(names, values)


def _further_hints(exercise: Exercise, given: int) -> Part:
    """The next hint, folded, with the one after it folded in it."""
    total = len(exercise.hints)
    fold: Fold | None = None
    for i in reversed(range(min(given, total - 1), total)):
        inside: tuple[Part, ...] = (Words(exercise.hints[i]),)
        summary = f"Hint {i + 1} of {total}" if i else "A hint"
        fold = Fold(summary, inside + ((fold,) if fold else ()))
    assert fold, "an exercise has hints"
    return dataclasses.replace(fold, instead=f'Not sure where to look? `hint("{exercise.name}")`')


def of_hint(exercise: Exercise, number: int) -> Card:
    """The card of a hint; number: 0 is the first."""
    total = len(exercise.hints)
    parts: list[Part] = [Words(exercise.hints[number])]
    if number + 1 < total:
        parts.append(Words(f'`hint("{exercise.name}")` once more gives the next.', small=True))
    else:
        parts.append(
            Words(f'That was the last. `solution("{exercise.name}")` shows one.', small=True)
        )
    return Card("hint", exercise.name, f"hint {number + 1} of {total}", tuple(parts))


def of_solution(exercise: Exercise, source: Written | None) -> Card:
    """The card of a solution, with the learner's own beside it where that is known."""
    theirs = Code("One way to write it", inspect.getsource(exercise.reference).rstrip())
    if source is None:
        return Card("solution", exercise.name, "a solution", (theirs,))
    mine = Code("Yours", source.text.rstrip())
    return Card("solution", exercise.name, "a solution", (Side((mine, theirs)),))


def of_progress(progress: records.Progress) -> Card:
    """The card of the whole course."""
    if not progress.rows:
        return Card("progress", "Your progress", "there are no notebooks to look at here.")
    rows = tuple(map(_row, progress.rows))
    return Card("progress", "Your progress", progress.summary, (Table(rows),))


def _row(row: records.Row) -> Row:
    count = f"{row.passed} of {len(row.exercises)} passed"
    return Row(row.title, tuple(row.exercises.items()), count, row.problem or row.rest)


def of_trouble(call: str, problem: str, *advice: str) -> Card:
    """The card that stands in place of a traceback: what was called, and what is wrong with it."""
    return Card("unknown", call, problem, tuple(map(Words, advice)))
