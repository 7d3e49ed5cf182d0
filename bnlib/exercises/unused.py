"""Arguments that play no part in a wrong answer."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import numpy as np

from bnlib.exercises import slips
from bnlib.exercises.compare import is_number, same
from bnlib.exercises.evidence import Evidence, Finding
from bnlib.exercises.exercise import dashed
from bnlib.exercises.known import Expectations
from bnlib.exercises.trial import Report


def constant(seen: Evidence) -> Finding | None:
    """A plain number that no array has a part in: that matters more than its kind."""
    if not all(is_number(got) and isinstance(due, np.ndarray) for _, got, due in seen.results()):
        return None
    arguments = zip(seen.expected.exercise.parameters, seen.expected.plan.calls[0], strict=False)
    arrays = [name for name, value in arguments if isinstance(value, np.ndarray)]
    unused = list(_unused_arguments(seen))
    return _ignored(seen, arrays[0]) if arrays and set(arrays).issubset(unused) else None


def unused_argument(seen: Evidence) -> Finding | None:
    """The first argument that goes unused."""
    return next((_ignored(seen, name) for name in _unused_arguments(seen)), None)


def _unused_arguments(seen: Evidence) -> Iterator[str]:
    """Arguments no change of which changes the answer's result, though it does the right one."""
    expected, right = seen.expected, seen.expected.right_on_all_calls
    for name in expected.plan.probed:
        probes = expected.plan.probes_of(name)
        differs = any(not same(right[c], right[i], expected.tolerances[i]) for c, i in probes)
        if not differs or name in expected.without:
            continue
        if makes_no_difference(expected, seen.report, name):
            yield name


def makes_no_difference(expected: Expectations, report: Report, name: str) -> bool:
    """Whether an answer's results stay the same whenever this one argument is changed."""
    outcomes, probes = report.outcomes, expected.plan.probes_of(name)
    return all(same(outcomes[call], outcomes[case], tolerance=0) for call, case in probes)


def left_out(seen: Evidence) -> list[Finding]:
    """An argument such as eps that plays no part, beside one known mistake or none."""
    expected = seen.expected
    for name in expected.plan.probed:
        if name in expected.without and makes_no_difference(expected, seen.report, name):
            for known in expected.without[name]:
                if expected.agree(seen.got, known.outcomes):
                    return list(zip(known.names, known.messages, strict=True))
    return []


def _ignored(seen: Evidence, name: str) -> Finding:
    if seen.expected.exercise.parameters[name].default is not inspect.Parameter.empty:
        return f"hard-coded-{dashed(name)}", slips.hard_coded(name)
    source = seen.source() if name != "rng" else None
    said = slips.drops_out if source and source.reads(name) else slips.ignores
    return f"ignores-{dashed(name)}", said(name)
