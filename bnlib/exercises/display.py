"""What a learner types in a notebook: `check`, `hint`, `solution`, `progress`.

None of them stops the notebook: what is wrong, be it the answer or the call, comes as a card.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable
from typing import Any

from bnlib.exercises.cards import compose
from bnlib.exercises.cards.show import Slot, show
from bnlib.exercises.exercise import UnknownExercise, load
from bnlib.exercises.grading import grade
from bnlib.exercises.source import Written, written
from bnlib.records import verdicts
from bnlib.records.progress import progress as state_of_the_course

_hints_given: Counter[str] = Counter()
_answers: dict[str, Written | None] = {}
"""The last answer that was checked, as its learner wrote it."""


def check(fn: Callable[..., Any], name: str | None = None) -> None:
    """Show whether `fn` is right, and if not, which mistake it makes. The notebook goes on.

    To have a wrong answer stop something, a test say, ask `grade`.

    Args:
        fn: the answer.
        name: the exercise; by default the one named as `fn` is.
    """
    name = _known("check", fn if name is None else name)
    if name is None:
        return
    slot = Slot()
    verdict = grade(name, fn, waiting=slot.wait)
    passed_before = _passed_before(name)
    verdicts.save(name, verdict, verdicts.cell_source(fn), verdicts.folder())
    source = written(fn)
    if verdict.status != "not attempted":
        _answers[name] = source
    exercise, reached = load(name), None
    if verdict.status == "passed" and not passed_before:
        reached = state_of_the_course().of_exercise(name)
    slot.show(compose.of_verdict(exercise, verdict, source, _hints_given[name], reached))


def hint(name: str | Callable[..., Any]) -> None:
    """Show the next hint for an exercise; the last one nearly gives it away."""
    known = _known("hint", name)
    if known is None:
        return
    exercise = load(known)
    given = min(_hints_given[known], len(exercise.hints) - 1)
    _hints_given[known] += 1
    show(compose.of_hint(exercise, given))


def solution(name: str | Callable[..., Any]) -> None:
    """Show the reference solution of an exercise, beside the answer that was last checked."""
    known = _known("solution", name)
    if known is None:
        return
    source = written(name) if callable(name) else _answers.get(known)
    show(compose.of_solution(load(known), source))


def progress() -> None:
    """Show the whole course, exercise by exercise: passed, wrong or not attempted."""
    show(compose.of_progress(state_of_the_course()))


def _known(call: str, named: Any) -> str | None:
    """The exercise's name; None where there is no such exercise, which a card has then said."""
    name = named if isinstance(named, str) else getattr(named, "__name__", None)
    example = 'check(answer, "normalize")' if call == "check" else f'{call}("normalize")'
    if not isinstance(name, str):
        what = f"a thing of type `{type(named).__name__}` has no name"
        show(compose.of_trouble(call, what, f"Say which exercise is meant: `{example}`."))
        return None
    try:
        return load(name).name
    except UnknownExercise as unknown:
        like_it = unknown.nearest if name != "<lambda>" else ()
        nearest = ", ".join(f"`{close}`" for close in like_it)
        advice = f"Names that come near: {nearest}." if nearest else "`progress()` lists them all."
        if call == "check" and not isinstance(named, str):
            advice += f" `check` goes by the function's name; another way is `{example}`."
        show(compose.of_trouble(call, f"there is no exercise called `{name}`", advice))
        return None


def _passed_before(name: str) -> bool:
    """Whether the last verdict that was kept on an exercise is "passed"."""
    with contextlib.suppress(OSError):
        return verdicts.load(verdicts.folder()).get(name, {}).get("status") == "passed"
    return False
