"""Answers in many hands' styles, right and wrong: one file an exercise, named as it is.

    @right
    def with_loops(z, eps=1e-5): ...

    @wrong("divides-by-the-variance")
    def forgets_the_root(z, eps=1e-5): ...

`wrong` names the misconception that is to be diagnosed; several, where each would be true, the
best first; None, where no name is expected. A file also defines `anything(rng, dtype)`: random
arguments, of any shape that is allowed, on which all right answers are held to the reference.

An answer is kept if its verdict or its form differs from every other's. Many of these were
written from the exercises' text alone, before and independently of the checks, and an independent
reader chose the best name: do not put what the checker says in its place. The checks have since
learnt from what they missed, so the share of best names is no forecast for new answers.
"""

import functools
import importlib
import importlib.util
from collections.abc import Callable
from types import ModuleType

RIGHT, WRONG = "_right", "_wrong"


def right(answer: Callable) -> Callable:
    """An answer that must pass."""
    answer.__dict__[RIGHT] = True
    return answer


def wrong(*names: str | None) -> Callable[[Callable], Callable]:
    """An answer that must be refused, and diagnosed as one of `names`, the best of them first."""

    def mark(answer: Callable) -> Callable:
        answer.__dict__[WRONG] = names
        return answer

    return mark


@functools.cache
def of(name: str) -> ModuleType | None:
    """The answers to an exercise, or None."""
    if importlib.util.find_spec(f"answers.{name}") is None:
        return None
    return importlib.import_module(f"answers.{name}")


def right_ones(name: str) -> list[Callable]:
    """Answers that must pass."""
    return [a for a in vars(of(name)).values() if RIGHT in getattr(a, "__dict__", {})]


def wrong_ones(name: str) -> list[tuple[Callable, tuple[str | None, ...]]]:
    """Answers that must be refused, with the names expected."""
    found = vars(of(name)).values()
    return [(a, a.__dict__[WRONG]) for a in found if WRONG in getattr(a, "__dict__", {})]
