"""Arguments that an answer is handed in another form than the checker keeps them in."""

from __future__ import annotations

from typing import Any


class OnceThrough(list[Any]):
    """A list that an answer gets as a generator: it can be gone through once.

    A generator can be neither copied nor compared afterwards; a list of what it gives can be both.
    """


def handed(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments as an answer gets them."""
    return tuple((item for item in a) if isinstance(a, OnceThrough) else a for a in arguments)
