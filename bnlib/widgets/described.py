"""What every widget of the course shares: one script made of several files, and its words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import anywidget
import traitlets

FOLDER = Path(__file__).parent


class Described(anywidget.AnyWidget):
    """An anywidget whose `__repr__` says, in words and numbers, what the page shows.

    A page without widgets (GitHub, print) shows that text; nbval compares it.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = FOLDER / "page" / "look.css"

    def _repr_mimebundle_(self, **kwargs) -> tuple[dict, dict]:
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        # ipywidgets cuts the text at 110 characters
        return {**data, "text/plain": repr(self)}, metadata


@cache
def script(*names: str) -> str:
    """The files `names` as one ES module, which is what anywidget takes; the last one exports."""
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in names)
