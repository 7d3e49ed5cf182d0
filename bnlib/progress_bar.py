"""A progress bar on standard error for runs that turn out to be long."""

from __future__ import annotations

import sys
import time

PATIENCE = 10.0
"""Seconds of expected run time below which no bar appears."""

WIDTH = 30


class ProgressBar:
    """Shows `step` of `total`, at most five times a second, and clears itself at the end.

    Args:
        total: the number of steps.
        shown: True or False; None shows the bar once a second has passed and the whole run is
            expected to take over `PATIENCE` seconds.
        doing: what is being done.
        unit: what a step is, in the plural.
    """

    def __init__(
        self, total: int, shown: bool | None = None, doing: str = "training", unit: str = "steps"
    ) -> None:
        self.total, self.shown, self.doing, self.unit = total, shown, doing, unit
        self._drawn = 0

    def __enter__(self) -> ProgressBar:
        self._start = self._last = time.monotonic()
        return self

    def update(self, step: int) -> None:
        """Note that `step` steps are done."""
        now = time.monotonic()
        if self.shown is False or now - self._last < 0.2:
            return
        elapsed = now - self._start
        expected = elapsed * self.total / step
        if self.shown is None and (elapsed < 1 or expected < PATIENCE):
            return
        self._last = now
        done = WIDTH * step // self.total
        line = (
            f"{self.doing} [{'#' * done}{'.' * (WIDTH - done)}] {step}/{self.total} {self.unit}, "
            f"{expected - elapsed:.0f} s left"
        )
        sys.stderr.write("\r" + line.ljust(self._drawn))
        sys.stderr.flush()
        self._drawn = len(line)

    def clear(self) -> None:
        """Take the bar away, for something to be printed in its place."""
        if self._drawn:
            sys.stderr.write("\r" + " " * self._drawn + "\r")
            sys.stderr.flush()
            self._drawn = 0

    def __exit__(self, *exception: object) -> None:
        self.clear()
