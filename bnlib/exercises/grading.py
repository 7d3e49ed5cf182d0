"""`grade`: a verdict on an answer, whatever the answer does."""

from __future__ import annotations

import contextlib
import marshal
from collections.abc import Callable
from typing import Any

from bnlib.exercises import sandbox, slips
from bnlib.exercises.diagnose import Verdict, failed, judge
from bnlib.exercises.exercise import load
from bnlib.exercises.known import expectations
from bnlib.exercises.search import Search
from bnlib.exercises.trial import attempt, read_report
from bnlib.exercises.unopened import Unopened


def grade(
    name: str,
    fn: Any,
    *,
    time_limit: float = sandbox.TIME_LIMIT,
    fork: bool = sandbox.CAN_FORK,
    place: bool = True,
    waiting: Callable[[], None] | None = None,
) -> Verdict:
    """The verdict on `fn` as an answer to the exercise `name`, without a display.

    Never raises for anything that `fn` does, shows nothing, and leaves the process as it was; see
    `sandbox` for how far that holds on Windows and in the browser.

    Args:
        name: an exercise's name.
        fn: the answer; or one that is to be opened in the child process only.
        time_limit: seconds that `fn` may take for all its calls together; an answer that waits for
            something, and does not compute, gets three times as long.
        fork: whether to run it in a child process.
        place: whether to look for the place of a slip, where the result is wrong.
        waiting: called once if the search for the place of a slip takes longer than 0.3 s.

    Raises:
        ValueError: there is no exercise of that name.
    """
    expected = expectations(load(name))
    if not callable(fn) and not isinstance(fn, Unopened):
        return failed(("not-callable", slips.not_callable(type(fn).__name__)))
    calls = expected.plan.calls

    def task() -> bytes:
        answer = fn.open() if isinstance(fn, Unopened) else fn
        return attempt(answer, calls) if callable(answer) else marshal.dumps(type(answer).__name__)

    search = Search(fn, expected, fork, waiting, place)
    search.prepare()
    with contextlib.ExitStack() as until_judged:
        try:
            run = sandbox.apart(task, time_limit, fork, search.look, search.read)
            data, search.ask = until_judged.enter_context(run)
            if isinstance(said := marshal.loads(data), str):
                return failed(("not-callable", slips.not_callable(said)))
            report = read_report(data, calls)
        except sandbox.TimedOut:
            return failed(("no-termination", slips.NO_TERMINATION))
        except sandbox.Forged:
            return failed(("writes-its-own-report", slips.FORGED))
        except (sandbox.Died, ValueError, TypeError, EOFError, IndexError, KeyError):
            return failed(("ended-python", slips.ENDED_PYTHON))
        return judge(expected, report, search)
