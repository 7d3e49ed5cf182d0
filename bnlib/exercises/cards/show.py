"""Putting a card where it is read: a notebook's page, or a terminal."""

from __future__ import annotations

import sys
from typing import Any

from bnlib.exercises.cards import html, text
from bnlib.exercises.cards.card import Card

LOOKING = "Looking for the place ..."


class Slot:
    """Where one card is shown; until it is ready, perhaps a word of what it waits for."""

    def __init__(self) -> None:
        self._waiting: Any = None

    def wait(self) -> None:
        """Say that the place of a slip is being looked for."""
        if in_notebook():
            from IPython import display

            show: Any = display.display  # IPython has no hints
            self._waiting = show({"text/plain": LOOKING}, raw=True, display_id=True)
        elif sys.stdout.isatty():
            self._waiting = True
            print(LOOKING, end="\r", flush=True)

    def show(self, card: Card) -> None:
        """Show the card, in place of what was said before: on a notebook's page, or as text."""
        if in_notebook():
            from IPython.display import display

            put = self._waiting.update if self._waiting else display
            put({"text/plain": text.page(card), "text/html": html.page(card)}, raw=True)
        else:
            if self._waiting:
                print(" " * len(LOOKING), end="\r")
            print(text.fitting(text.page(card, text.has_colors())))


def show(card: Card) -> None:
    """Display in a notebook; print anywhere else."""
    Slot().show(card)


def in_notebook() -> bool:
    """Whether what is displayed reaches a page; IPython in a terminal has none."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and type(shell).__name__ != "TerminalInteractiveShell"
