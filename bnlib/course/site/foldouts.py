"""What stands folded under an exercise on its page: the hints and the solution."""

from __future__ import annotations

import html
import inspect

from bnlib.exercises.exercise import load


def markdown(name: str) -> str:
    """The hints and the solution of an exercise, each folded, as Markdown with HTML in it.

    Raises:
        ValueError: there is no such exercise.
    """
    exercise = load(name)
    count = len(exercise.hints)
    parts = [
        _folded("hint", f"Hint {i} of {count}", f"<p>{_with_code(hint)}</p>")
        for i, hint in enumerate(exercise.hints, 1)
    ]
    source = inspect.getsource(exercise.reference).strip()
    fact = f"\n\n<p>{_with_code(exercise.fact)}</p>" if exercise.fact else ""
    # The empty lines end the HTML, so that what is between them is read as Markdown.
    parts.append(_folded("solution", "Our solution", f"\n```python\n{source}\n```{fact}\n"))
    words = "\n".join(parts)
    return f'<div class="bn-help" role="group" aria-label="Help with {name}">\n{words}\n\n</div>'


def _folded(kind: str, summary: str, content: str) -> str:
    return f'<details class="bn-{kind}">\n<summary>{summary}</summary>\n{content}\n</details>'


def _with_code(text: str) -> str:
    """Text as HTML, with what stands between backquotes as code."""
    parts = html.escape(text).split("`")
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(parts))
