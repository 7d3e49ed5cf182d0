"""From what an answer did to a verdict: is it right, and if not, which mistake is it?"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from types import NoneType
from typing import Any

from bnlib.exercises import extremes, slips
from bnlib.exercises.adjust import possible_forms
from bnlib.exercises.compare import same
from bnlib.exercises.example import Example, Printed, example_of, printed_for
from bnlib.exercises.known import Expectations, Known, Outcomes
from bnlib.exercises.outcomes import Other, Raised, is_unfinished
from bnlib.exercises.symptoms import LESS_SURE, SURE, Finding, evidence
from bnlib.exercises.trial import Report


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What is said of an answer."""

    status: str
    """"passed", "failed" or "not attempted"."""
    misconception: str | None
    """The id of the diagnosed mistake, two joined by "+", or None."""
    message: str
    """What the learner reads: one short paragraph of plain text."""
    line: int | None = None
    """The line of the answer's own source with the slip; 1 is its `def` line, whatever decorators
    stand above. None where the place is not sure."""
    expression: str | None = None
    """The learner's own expression there, as source; or None."""
    example: Example | None = dataclasses.field(default=None, compare=False, repr=False)
    """An input on which the answer is wrong, for a card to show."""
    printed: Printed | None = dataclasses.field(default=None, compare=False, repr=False)
    """What the answer printed for the first input on which it is wrong."""


def not_attempted(name: str) -> Verdict:
    """The verdict on a stub."""
    return Verdict("not attempted", None, f"{name}: not attempted yet.")


def failed(*findings: Finding) -> Verdict:
    """The verdict on a wrong answer, for one reason or several."""
    names = [name for name, _ in findings if name]
    message = slips.together([message for _, message in findings])
    return Verdict("failed", "+".join(names) or None, message)


def judge(expected: Expectations, report: Report) -> Verdict:
    """The verdict on an answer that was run, with what a card shows beside a wrong one."""
    verdict = _judge(expected, report)
    if verdict.status != "failed":
        return verdict
    got = expected.observed(report.outcomes)
    ordinary = verdict.misconception is not None
    return dataclasses.replace(
        verdict,
        example=example_of(expected, got, ordinary),
        printed=printed_for(expected, got, report),
    )


def _judge(expected: Expectations, report: Report) -> Verdict:
    name = expected.exercise.name
    if report.stub or _leaves_it_open(report.outcomes[0]):
        return not_attempted(name)
    got = expected.observed(report.outcomes)
    if expected.agree(got, expected.right):
        conduct = list(_conduct(expected, report))
        if conduct:
            return failed(*conduct)
        return Verdict("passed", None, f"{name}: correct.")
    known = _known_mistakes(expected, got) or _nearly_known(expected, got, loosely=False)
    conduct = list(_conduct(expected, report, _changed_by(expected, known)))
    if known:  # then that the generator goes unused is part of the mistake
        conduct = [finding for finding in conduct if finding[0] != "ignores-rng"]
    return failed(*(known + conduct or _symptoms(expected, report, got)))


def _symptoms(expected: Expectations, report: Report, got: Outcomes) -> list[Finding]:
    """What can be said of an answer that is no known mistake."""
    seen = evidence(expected, report, got)
    sure = next(filter(None, (look(seen) for look in SURE)), None)
    if sure:
        return [sure]
    nearly = _nearly_known(expected, got, loosely=True)
    return nearly or [next(filter(None, (look(seen) for look in LESS_SURE)))]


def _leaves_it_open(outcome: Any) -> bool:
    if isinstance(outcome, Raised):
        return outcome.type_name == "NotImplementedError"
    return is_unfinished(outcome)


def _changed_by(expected: Expectations, known: list[Finding]) -> frozenset[int]:
    """The positions of the arguments that these known mistakes change by themselves."""
    names = {name for name, _ in known}
    return frozenset().union(*(k.changed for k in expected.singles if names.issuperset(k.names)))


def _conduct(
    expected: Expectations, report: Report, excused: frozenset[int] = frozenset()
) -> Iterator[Finding]:
    """What an answer may not do, whatever its result; but change the arguments `excused`."""
    plan, names = expected.plan, list(expected.exercise.parameters)
    changed = report.changed - excused
    if changed:
        yield "changed-arguments", slips.changed_argument(names[min(changed)])
    if any(isinstance(outcome, (Raised, Other, NoneType)) for outcome in report.outcomes):
        return

    def repeats(call: int, case: int) -> bool:
        return same(report.outcomes[call], report.outcomes[case], expected.tolerances[case])

    if plan.reseeded and report.used_global_random:
        yield "global-random-state", slips.GLOBAL_RANDOM
    elif not all(repeats(call, case) for call, case in plan.repeats.items()):
        if report.used_global_random:
            yield "global-random-state", slips.NO_RANDOMNESS_ASKED
        elif plan.reseeded:
            yield "own-randomness", slips.OWN_RANDOMNESS
        else:
            yield "remembers-calls", slips.REMEMBERS
    elif plan.reseeded and all(repeats(call, case) for call, case in plan.reseeded.items()):
        yield "ignores-rng", slips.IGNORES_RNG
    elif expected.exercise.over_draws and plan.reseeded:
        finding = _over_draws(expected, report)
        if finding:
            yield finding


def _over_draws(expected: Expectations, report: Report) -> Finding | None:
    """What the exercise sees in all random results together."""
    plan = expected.plan
    draws = sorted({*plan.reseeded, *plan.reseeded.values()})
    try:
        return expected.exercise.over_draws([(report.outcomes[i], plan.calls[i]) for i in draws])
    except (TypeError, ValueError, IndexError, AttributeError, KeyError):
        return None  # results of another kind, of which something else is said


def _known_mistakes(expected: Expectations, got: Outcomes) -> list[Finding]:
    """The mistake, or the two, whose outcomes the answer shares, in form or out of it."""
    possible = list(possible_forms(got.raw, expected.right.raw))
    ordinary = extremes.ordinary_cases(expected.exercise)
    if ordinary and expected.agree(got, expected.right, cases=ordinary):
        possible = [()]  # out of form on extreme inputs only: that is another slip
    for candidates in filter(None, (expected.singles, expected.pairs)):
        for forms in possible:
            names = [(form.name, form.message) for form in forms]
            if forms and expected.agree(got, expected.right, forms):
                (name, message), *others = names
                return [(name, f"{slips.NUMBERS_ARE_RIGHT} {message}"), *others]
            for known in candidates if len(forms) + len(candidates[0].names) <= 3 else ():
                if expected.agree(got, known.outcomes, forms):
                    return names + _findings(known)
    return []


def _nearly_known(expected: Expectations, got: Outcomes, loosely: bool) -> list[Finding]:
    """A mistake that an answer shares on all ordinary inputs, though not on the extreme ones.

    Or, loosely, that it shares to a few digits only, as where eps is another in it.
    """
    ordinary = extremes.ordinary_cases(expected.exercise)
    if expected.agree(got, expected.right, cases=ordinary, loosely=loosely):
        return []
    for known in (*expected.singles, *expected.pairs):
        if expected.agree(got, known.outcomes, cases=ordinary, loosely=loosely):
            return _findings(known)
    return []


def _findings(known: Known) -> list[Finding]:
    return list(zip(known.names, known.messages, strict=True))
