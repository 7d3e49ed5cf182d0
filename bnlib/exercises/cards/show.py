"""Putting a card where it is read: a notebook's page, or a terminal."""

from __future__ import annotations

import sys

from bnlib.exercises.cards import html, text
from bnlib.exercises.cards.card import Card


def show(card: Card) -> None:
    """Display in a notebook; print anywhere else."""
    if in_notebook():
        from IPython.display import display

        display({"text/plain": text.page(card), "text/html": html.page(card)}, raw=True)
    else:
        print(text.fitting(text.page(card, text.has_colors())))


def in_notebook() -> bool:
    """Whether what is displayed reaches a page; IPython in a terminal has none."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and type(shell).__name__ != "TerminalInteractiveShell"
