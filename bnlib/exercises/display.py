"""What a learner types in a notebook: `check`, `hint`, `solution`, `progress`."""

from __future__ import annotations

import html
import inspect
import sys
import textwrap
from collections import Counter
from collections.abc import Callable
from typing import Any

from bnlib.exercises.diagnose import Verdict
from bnlib.exercises.exercise import find, load
from bnlib.exercises.grading import grade
from bnlib.records import verdicts
from bnlib.records.progress import show

_WIDTH = 88
_hints_given: Counter[str] = Counter()


class WrongAnswer(Exception):
    """A wrong answer; in a notebook it shows as its message, without a traceback.

    Args:
        name: the exercise.
        verdict: why.
    """

    def __init__(self, name: str, verdict: Verdict) -> None:
        super().__init__(f"{name}: not right yet. {verdict.message}")
        self.name = name
        self.verdict = verdict

    def _render_traceback_(self) -> list[str]:
        # What IPython shows in place of a traceback. Bold, and no colour: legible on any theme.
        lines = textwrap.wrap(self.verdict.message, _WIDTH, break_long_words=False)
        offer = f'Not sure where to look? hint("{self.name}")'
        return [f"\x1b[1m{self.name}: not right yet\x1b[0m", *lines, "", offer]


def check(fn: Callable, name: str | None = None) -> None:
    """Show whether `fn` is right, and if not, which mistake it makes.

    Args:
        fn: the answer.
        name: the exercise; by default the one named as `fn` is.

    Raises:
        WrongAnswer: the answer is wrong; the message says how.
        ValueError: there is no such exercise.
    """
    name = find(name) if name is not None else _named_by(fn)
    verdict = grade(name, fn)
    verdicts.save(name, verdict, verdicts.cell_source(fn), verdicts.folder())
    if verdict.status == "failed":
        raise WrongAnswer(name, verdict) from None
    if verdict.status == "passed":
        fact = load(name).fact
        offer = f'To compare with another way of writing it: `solution("{name}")`'
        lines = [line for line in (verdict.message, fact, offer) if line]
        _show("\n".join(lines).replace("`", ""), _page(f"✓ {verdict.message}", *lines[1:]))
    else:
        _show(verdict.message, _page(verdict.message))


def hint(name: str | Callable) -> None:
    """Show the next hint for an exercise; the last one nearly gives it away.

    Raises:
        ValueError: there is no such exercise.
    """
    name = _named_by(name) if callable(name) else find(name)
    hints = load(name).hints
    given = min(_hints_given[name], len(hints) - 1)
    _hints_given[name] += 1
    heading = f"Hint {given + 1} of {len(hints)} for {name}:"
    _show(f"{heading} {hints[given]}", _page(heading, hints[given]))


def solution(name: str | Callable) -> None:
    """Show the reference solution of an exercise, as source.

    Raises:
        ValueError: there is no such exercise.
    """
    name = _named_by(name) if callable(name) else find(name)
    source = inspect.getsource(load(name).reference).rstrip()
    _show(source, f"<pre><code>{html.escape(source)}</code></pre>")


def progress() -> None:
    """Show the whole course, exercise by exercise: passed, wrong or not attempted."""
    show()


def _named_by(fn: Any) -> str:
    name = getattr(fn, "__name__", None)
    if not isinstance(name, str):
        raise ValueError(
            f"check: a {type(fn).__name__} has no name; expected the exercise's name as the second "
            'argument, as in check(answer, "normalize")'
        )
    return find(name)


def _page(heading: str, *lines: str) -> str:
    """A light page: no colours and no backgrounds, so that any theme may be on."""
    return "<br>".join([f"<strong>{html.escape(heading)}</strong>", *map(_with_code, lines)])


def _with_code(text: str) -> str:
    """Text as HTML, with what stands between backquotes as code."""
    parts = html.escape(text).split("`")
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(parts))


def _show(text: str, page: str) -> None:
    """Display in a notebook; print anywhere else."""
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        from IPython.display import display

        display({"text/plain": text, "text/html": page}, raw=True)
    else:
        print(textwrap.fill(text, _WIDTH) if "\n" not in text else text)
