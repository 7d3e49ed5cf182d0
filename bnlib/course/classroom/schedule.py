"""Tasks to any `concurrent.futures.Executor`, and their results as they come."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import Any

A_WHILE = 0.5  # seconds; on Windows a longer wait would not see Control-C


def results(
    executor: Executor, function: Callable, tasks: Iterable, ahead: int
) -> Iterator[tuple[Any, Future]]:
    """Every task with its finished future, in the order in which they end.

    ahead: how many are under way at once; so many tasks, and no more, are in memory.
    """
    waiting: dict[Future, Any] = {}
    try:
        for task in tasks:
            waiting[executor.submit(function, task)] = task
            if len(waiting) >= ahead:
                yield from _finished(waiting)
        while waiting:
            yield from _finished(waiting)
    finally:
        for future in waiting:
            future.cancel()


def _finished(waiting: dict[Future, object]) -> Iterator[tuple[Any, Future]]:
    done: set[Future] = set()
    while not done:
        done, _ = wait(waiting, timeout=A_WHILE, return_when=FIRST_COMPLETED)
    for future in done:
        yield waiting.pop(future), future
