"""An exercise answered on a web page: source in, a card out.

The page runs this in a worker of its own, which it ends when an answer takes too long; so nothing
here limits time. What the notebook has above an exercise (its imports, the answers before it) is
run first, and may fail: a page has no matplotlib, and an earlier answer may be half written.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import linecache
from collections.abc import Sequence
from typing import Any

from bnlib.exercises import slips
from bnlib.exercises.cards import compose, html
from bnlib.exercises.cards.card import Words
from bnlib.exercises.diagnose import Verdict, failed
from bnlib.exercises.exercise import load
from bnlib.exercises.grading import grade
from bnlib.exercises.source import written


def answer(name: str, source: str, above: Sequence[str] = ()) -> dict[str, str]:
    """The verdict on an answer that was typed into a page.

    Args:
        name: an exercise's name.
        source: what was typed: the function of that name, and whatever else it needs.
        above: sources to run before, in order; one that fails is passed over.

    Returns:
        `status`, `misconception` ("" where none is known), and the card as `html`.

    Raises:
        ValueError: there is no exercise of that name.
    """
    exercise = load(name)
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for text in above:
        with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
            exec(compile(text, "<above>", "exec"), namespace)
    # The page's button checks; the same call in the text is then nothing to do.
    namespace["check"] = lambda *_: None
    verdict = _run(name, source, namespace) or grade(name, namespace[name])
    own = written(namespace.get(name))
    card = compose.of_verdict(exercise, verdict, own, given=0)
    # What a notebook's calls would show, the page's own buttons do.
    parts = (part for part in card.parts if not (isinstance(part, Words) and part.small))
    card = dataclasses.replace(card, parts=tuple(parts))
    return {
        "status": verdict.status,
        "misconception": verdict.misconception or "",
        "html": html.page(card),
    }


def endless(name: str) -> str:
    """The card, as HTML, of an answer that had to be ended."""
    verdict = failed(("no-termination", slips.NO_TERMINATION))
    return html.page(compose.of_verdict(load(name), verdict, None, given=0))


def _run(name: str, source: str, namespace: dict[str, Any]) -> Verdict | None:
    """Run what was typed. Returns the verdict if that alone fails, else None."""
    file = f"<{name}>"
    # Where the checker looks for the learner's own lines.
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    namespace.pop(name, None)
    try:
        code = compile(source, file, "exec")
    except SyntaxError as error:
        return failed(("cannot-be-read", f"Python cannot read line {error.lineno}: {error.msg}."))
    except ValueError as error:
        return failed(("cannot-be-read", f"Python cannot read your code: {error}."))
    try:
        exec(code, namespace)
    except BaseException as error:
        what = f"`{type(error).__name__}: {error}`"
        return failed(("fails-when-defined", f"Your code ends with {what} before it is checked."))
    if name not in namespace:
        return failed(("not-defined", f"Your code defines no function called `{name}`."))
    return None
