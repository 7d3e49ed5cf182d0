"""An answer that was read and not run: the code of somebody whom nobody need trust."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from bnlib.exercises.source import Source


@dataclasses.dataclass(frozen=True, eq=False)
class Unopened:
    """An answer whose definition runs where the answer runs, in the child process, and only there.

    So the process that compares results has never run a line of it.
    """

    open: Callable[[], Any]
    """Runs the definition, and gives the answer; None if that defines nothing."""
    source: Callable[[], Source | None]
    """Gives its `def` with an empty namespace, for the search for the place of a slip."""
