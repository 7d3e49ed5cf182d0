"""A notebook of every widget, each in a cell of its own: the examples, then a question."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pages import cells
from playwright.sync_api import Locator, Page
from widget_examples import examples

TESTS = Path(__file__).parents[1]
SETUP = f"""import sys
sys.path[:0] = [{str(TESTS.parent)!r}, {str(TESTS)!r}]
from bnlib.widgets import predict
from widget_examples import examples"""
FIGURES = list(examples())
WIDGETS = [*FIGURES, "predict"]
SHOWN = [f"examples()[{name!r}]" for name in FIGURES]
CELLS = [SETUP, *SHOWN, "predict('gradient-sum')", "'the last cell'"]


@dataclass(frozen=True)
class EveryWidget:
    """That notebook's page, in "lab" or "notebook"."""

    page: Page
    app: str

    def place(self, name: str) -> int:
        """The number of the widget's cell."""
        return 1 + WIDGETS.index(name)

    def cell(self, name: str) -> Locator:
        """The cell that shows the widget."""
        return cells(self.page).nth(self.place(name))

    def figure(self, name: str) -> Locator:
        """A live figure."""
        return self.cell(name).locator(".bn-live")
