"""From what an answer did to a verdict: is it right, and if not, which mistake is it?"""

from __future__ import annotations

import dataclasses
import itertools
import re
from typing import Any

from bnlib.exercises import extremes, slips
from bnlib.exercises.adjust import Form, as_told, is_due_else, possible_forms
from bnlib.exercises.compare import same
from bnlib.exercises.conduct import conduct_of
from bnlib.exercises.degenerate import degenerate
from bnlib.exercises.evidence import Evidence, Finding, evidence, leaves
from bnlib.exercises.example import Example, Printed, example_of, printed_for
from bnlib.exercises.exercise import dashed
from bnlib.exercises.known import Expectations, Known
from bnlib.exercises.outcomes import Raised, is_unfinished
from bnlib.exercises.search import Found, Search
from bnlib.exercises.symptoms import LESS_SURE, SURE, exception, not_finite, nothing
from bnlib.exercises.trial import Report
from bnlib.exercises.unused import left_out, makes_no_difference
from bnlib.records.verdicts import Status


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What is said of an answer."""

    status: Status
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
    """What the answer printed for an input on which it is wrong: the example's, if there is one."""


def not_attempted(name: str) -> Verdict:
    """The verdict on a stub."""
    return Verdict("not attempted", None, f"{name}: not attempted yet.")


def failed(*findings: Finding) -> Verdict:
    """The verdict on a wrong answer, for one reason or several."""
    names = [name for name, _ in findings if name]
    message = slips.together([message for _, message in findings])
    return Verdict("failed", "+".join(names) or None, message)


def judge(expected: Expectations, report: Report, search: Search) -> Verdict:
    """The verdict on an answer that was run, with what a card shows beside a wrong one."""
    name = expected.exercise.name
    if report.stub or _leaves_it_open(report.outcomes[0]):
        return not_attempted(name)
    got = expected.observed(report.outcomes)
    seen = evidence(expected, report, got, lambda: search.source)
    if seen.wrong:
        verdict = _of_a_wrong_result(seen, search)
    else:
        conduct = list(conduct_of(expected, report))
        if not conduct:
            return Verdict("passed", None, f"{name}: correct.")
        verdict = _placed(failed(*conduct), _change(conduct, [], search))
    told = seen.wrong
    if verdict.misconception:
        told = [i for i in told if seen.shapes(i) in verdict.message]
    return dataclasses.replace(
        verdict,
        example=example_of(expected, got, told),
        printed=printed_for(expected, got, told, report),
    )


def _of_a_wrong_result(seen: Evidence, search: Search) -> Verdict:
    expected, report, got = seen.expected, seen.report, seen.got
    denied = {f"hard-coded-{dashed(n)}" for n in expected.plan.probed
              if not makes_no_difference(expected, report, n)}  # fmt: skip
    singles = [one for one in expected.singles if denied.isdisjoint(one.names)]
    known = _matching(seen, singles)
    if not known:
        plain = degenerate(expected, got)
        known = [plain] if plain else _nearly(seen, singles)
    conduct = list(conduct_of(expected, report, _changed_by(expected, known)))
    if known or report.drew:  # then that it is the same for two generators is no news
        conduct = [finding for finding in conduct if finding[0] != "ignores-rng"]
    if conduct:
        change = _change(conduct, seen.wrong, search)
        return _placed(failed(*conduct), change) if change else failed(*known, *conduct)
    found = search.find(seen.wrong, quickly=len(known) == 1)
    if len(known) > 1 and found and found.one_edit:
        known = []  # one slip is told as one
    one_edit = bool(found and found.one_edit)
    pairs: list[Known] = []
    if not known and not one_edit:
        pairs = [two for two in expected.pairs if denied.isdisjoint(two.names)]
        known = _matching(seen, pairs) or _nearly(seen, pairs)
        if any((name or "").startswith("hard-coded-") for name, _ in known):
            known = left_out(seen) or known  # one slip, where it may be two
    named = slips.of_a_kind(found.place.kind) if found else None
    if not known:
        known = left_out(seen) or _where_it_gives_something(seen, one_edit)
    if not known:
        sure = next(filter(None, (look(seen) for look in SURE)), None)
        sure = sure or _draws(search) or _never_read(search)
        if sure and named and str(sure[0]).startswith(("nothing-returned", "wrong-for-one-")):
            sure = named  # that is why
        known = [sure] if sure else []
    if known:
        drawn = known[0][1] == slips.DRAWS  # what goes is the draw, whatever is put beside it
        return _placed(failed(*known), None if drawn else found)
    if found:
        if named:
            return _placed(failed(named), found)
        return _placed(Verdict("failed", None, found.message), found, told=True)
    nearly = _nearly(seen, [*singles, *pairs], loosely=True)
    return failed(*(nearly or [next(filter(None, (look(seen) for look in LESS_SURE)))]))


def _change(conduct: list[Finding], wrong: list[int], search: Search) -> Found | None:
    """Where an argument is changed, if without that everything would be right."""
    alone = [name for name, _ in conduct] == ["changed-arguments"]
    return search.find_change(wrong) if alone else None


def _draws(search: Search) -> Finding | None:
    handed = search.expected.plan.reseeded  # then a generator is due
    drawn = not handed and search.source and search.source.calls("default_rng")
    return ("draws-random-numbers", slips.DRAWS) if drawn else None


def _never_read(search: Search) -> Finding | None:
    source, due = search.source, len(search.expected.exercise.parameters)
    # One more than is asked for may go unread.
    unread = [n for n in source.never_read if n in source.parameters[:due]] if source else []
    return (f"ignores-{dashed(unread[0])}", slips.never_read(unread[0])) if unread else None


def _placed(verdict: Verdict, found: Found | None, told: bool = False) -> Verdict:
    """The verdict with the place, which its message tells already or is to tell."""
    if found is None or (not told and found.place.is_common_factor):
        return verdict
    place, message = found.place, verdict.message
    if not told:
        several = not found.one_edit and " things at once. (1)" in message
        message = slips.and_the_place(message, place.where, several)
    return dataclasses.replace(
        verdict, message=message, line=place.line, expression=place.expression
    )


def _leaves_it_open(outcome: Any) -> bool:
    if isinstance(outcome, Raised):
        return outcome.type_name == "NotImplementedError"
    return is_unfinished(outcome)


def _changed_by(expected: Expectations, known: list[Finding]) -> frozenset[int]:
    """The positions of the arguments that these known mistakes change by themselves."""
    names = {name for name, _ in known}
    return frozenset().union(*(k.changed for k in expected.singles if names.issuperset(k.names)))


def _may_be(seen: Evidence, known: Known) -> bool:
    """Whether eps, or what is like it, and the generator play a part in both or in neither."""
    expected, report = seen.expected, seen.report
    again = expected.plan.reseeded
    if again and all(
        same(report.outcomes[call], report.outcomes[case], tolerance=0)
        for call, case in again.items()
    ):
        return not expected.hangs_on_the_generator(known)
    return all(
        expected.makes_no_difference(known, name) == makes_no_difference(expected, report, name)
        for name in expected.negligible
        if name in expected.plan.probed
    )


def _matching(seen: Evidence, candidates: list[Known]) -> list[Finding]:
    """The mistake, or the two, whose outcomes the answer shares, in form or out of it."""
    expected, got = seen.expected, seen.got
    possible = list(possible_forms(got.raw, expected.right.raw))
    ordinary = extremes.ordinary_cases(expected.exercise)
    if ordinary and expected.agree(got, expected.right, cases=ordinary):
        possible = [()]  # out of form on extreme inputs only: that is another slip
    for forms in possible:
        if forms and expected.agree(got, expected.right, forms):
            (name, message), *others = as_told(forms)
            return [(name, f"{slips.NUMBERS_ARE_RIGHT} {message}"), *others]
        for known in candidates:
            alike = len(forms) + len(known.names) <= 3
            alike = alike and expected.agree(got, known.outcomes, forms)
            if alike and _may_be(seen, known):
                if forms and not known.names[1:] and (two := _as_a_pair(seen)):
                    return two  # known to this exercise, which says more than a form
                return _in_form(seen, forms) + _findings(known)
    return []


def _as_a_pair(seen: Evidence) -> list[Finding]:
    """The two known mistakes whose outcomes the answer shares as they are."""
    for known in seen.expected.pairs:
        if seen.expected.agree(seen.got, known.outcomes) and _may_be(seen, known):
            return _findings(known)
    return []


def _nearly(seen: Evidence, candidates: list[Known], loosely: bool = False) -> list[Finding]:
    """A mistake that an answer shares on all ordinary inputs, though not on the extreme ones.

    Or, loosely, that it shares to a few digits only, as where eps is another in it.
    """
    expected, got = seen.expected, seen.got
    ordinary = extremes.ordinary_cases(expected.exercise)
    if expected.agree(got, expected.right, cases=ordinary, loosely=loosely):
        return []
    forms = [()] if loosely else possible_forms(got.raw, expected.right.raw)
    for form, known in itertools.product(forms, candidates):
        if len(form) + len(known.names) > 3:
            continue
        # Where a known mistake gives nothing at all, an answer may hold on to something else.
        shown = [i for i in ordinary if i not in known.spoilt]
        if len(shown) < 2 or expected.agree(got, expected.right, form, shown, loosely):
            shown = ordinary
        alike = expected.agree(got, known.outcomes, form, shown, loosely)
        if alike and (loosely or _may_be(seen, known)):
            return _in_form(seen, form) + _findings(known)
    return []


def _in_form(seen: Evidence, forms: tuple[Form, ...]) -> list[Finding]:
    """What is said of these slips of form beside a mistake."""
    both = zip(seen.got.raw, seen.expected.right.raw, strict=True)
    pairs = [pair for results in both for pair in leaves(*results)]
    return as_told(tuple(form for form in forms if is_due_else(form.name, pairs)))


def _where_it_gives_something(seen: Evidence, one_slip: bool) -> list[Finding]:
    """A known mistake that the other results show, with what is said of those that are none.

    Without that where one edit mends the answer: then it is not another slip.
    """
    expected = seen.expected
    for spoilt, finding in (not_finite(seen), nothing(seen), exception(seen)):
        rest = [i for i in range(expected.plan.cases) if i not in spoilt]
        few = len(rest) < 2 or 2 * len(rest) < expected.plan.cases
        if finding is None or few or expected.agree(seen.got, expected.right, cases=rest):
            continue
        for known in (*expected.singles, *expected.pairs):
            if expected.agree(seen.got, known.outcomes, cases=rest) and _may_be(seen, known):
                return _findings(known) if one_slip else [*_findings(known), finding]
    return []


def _findings(known: Known) -> list[Finding]:
    """What is told of a known answer; of two mistakes, none that denies that there is another."""
    both: list[Finding] = list(zip(known.names, known.messages, strict=True))
    return [one for one in both if not _says_the_rest(*one)] or both[:1]


def _says_the_rest(name: str | None, message: str) -> bool:
    """Whether a message says what the answer does besides: "only", or that it is right."""
    return (name or "").startswith("only-") or bool(re.search(r"\b(is|are) right\b", message))
