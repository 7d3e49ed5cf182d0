"""What stands folded under an exercise on its page: the hints and the solution."""

from __future__ import annotations

import inspect

from bnlib.exercises.cards import html
from bnlib.exercises.exercise import load


def markdown(name: str) -> str:
    """The hints and the solution of an exercise, each folded, as Markdown with HTML in it.

    Raises:
        ValueError: there is no such exercise.
    """
    exercise = load(name)
    count = len(exercise.hints)
    parts = [
        _folded("hint", f"Hint {i} of {count}", f"<p>{html.words(hint)}</p>")
        for i, hint in enumerate(exercise.hints, 1)
    ]
    source = inspect.getsource(exercise.reference).strip()
    fact = f"\n\n<p>{html.words(exercise.fact)}</p>" if exercise.fact else ""
    # The empty lines end the HTML, so that what is between them is read as Markdown.
    parts.append(_folded("solution", "Our solution", f"\n```python\n{source}\n```{fact}\n"))
    words = "\n".join(parts)
    return f'<div class="bn-help" role="group" aria-label="Help with {name}">\n{words}\n\n</div>'


def _folded(kind: str, summary: str, content: str) -> str:
    return f'<details class="bn-{kind}">\n<summary>{summary}</summary>\n{content}\n</details>'
