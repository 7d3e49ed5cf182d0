"""What an answer may not do, whatever it gives: change arguments, draw elsewhere, remember."""

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType

import numpy as np

from bnlib.exercises import slips
from bnlib.exercises.compare import same
from bnlib.exercises.evidence import Finding
from bnlib.exercises.known import OF_ANOTHER_KIND, Expectations
from bnlib.exercises.outcomes import Other, Raised
from bnlib.exercises.trial import Report

_KINDS = {np.ndarray: "array", list: "list", dict: "dictionary"}
"""Of arguments that an answer can change; a number is none of them."""


def conduct_of(
    expected: Expectations, report: Report, excused: frozenset[int] = frozenset()
) -> Iterator[Finding]:
    """What an answer may not do, whatever its result; but change the arguments `excused`."""
    plan, names = expected.plan, list(expected.exercise.parameters)
    changed = report.changed - excused
    if changed:
        first = min(changed)
        inside = first in report.changed_inside
        handed = (call[first] for call in plan.calls if len(call) > first)
        kind = next((_KINDS[type(a)] for a in handed if type(a) in _KINDS), "object")
        yield "changed-arguments", slips.changed_argument(names[first], kind, inside)
    # Not the probes: an argument changed by itself may be one that nobody hands in.
    looked_at = (report.outcomes[i] for i in (*range(plan.cases), *plan.repeats, *plan.reseeded))
    if any(isinstance(outcome, (Raised, Other, NoneType)) for outcome in looked_at):
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
    elif finding := _over_draws(expected, report):
        yield finding


def _over_draws(expected: Expectations, report: Report) -> Finding | None:
    """What the exercise sees in all random results together."""
    plan = expected.plan
    draws = sorted({*plan.reseeded, *plan.reseeded.values()})
    over_draws = expected.exercise.over_draws
    if over_draws is None:
        return None
    try:
        found: Finding | None = over_draws([(report.outcomes[i], plan.calls[i]) for i in draws])
        return found
    except OF_ANOTHER_KIND:
        return None  # something else is said of them
