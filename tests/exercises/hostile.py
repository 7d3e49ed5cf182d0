"""Answers that are unlucky, careless or hostile."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time

import numpy as np

from bnlib.exercises.exercise import load

normalize = load("normalize").reference


def loops(*arguments):
    while True:
        pass


def loops_and_catches_everything(*arguments):
    while True:
        with contextlib.suppress(BaseException):
            time.sleep(1)


def sleeps(*arguments):
    time.sleep(60)


def waits_for_a_lock(*arguments):
    threading.Lock().acquire(timeout=60) and threading.Event().wait(60)


def ignores_signals(*arguments):
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        with contextlib.suppress(OSError, ValueError):
            signal.signal(number, signal.SIG_IGN)
    loops()


def recurses(z, eps=1e-5):
    return recurses(z, eps)


def recurses_in_c(*arguments):
    sys.setrecursionlimit(10**9)
    nested = []
    for _ in range(10**7):
        nested = [nested]
    return repr(nested)


def exits(*arguments):
    sys.exit(3)


def exits_at_once(*arguments):
    os._exit(0)


def kills_itself(*arguments):
    os.kill(os.getpid(), signal.SIGSEGV)


def closes_everything(*arguments):
    os.closerange(0, 256)
    return normalize(*arguments)


def once(answer):
    """On the first of its calls only: many processes and threads take their time."""

    def answer_once(*arguments, called=[]):  # noqa: B006
        if not called:
            called.append(True)
            answer()
        return normalize(*arguments)

    return answer_once


@once
def forks():
    os.fork()


@once
def forks_and_loops():
    if os.fork() == 0:
        loops()


@once
def starts_a_program():
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])


@once
def starts_threads():
    threading.Thread(target=loops, daemon=False).start()


def reads_standard_input(*arguments):
    return sys.stdin.read() or input("What is eps? ")


def asks_for_terabytes(*arguments):
    return np.zeros(10**13) + list(range(10**10))


def returns_a_huge_array(*arguments):
    return np.zeros((10**4, 10**4), dtype=np.int8)


def returns_a_huge_list(*arguments):
    return [0] * 10**6


def returns_a_huge_number(*arguments):
    return 10**10**5


def contains_itself(*arguments):
    nested = []
    nested.append(nested)
    return nested


def replaces_numpy(*arguments):
    for name in ("allclose", "array_equal", "sqrt", "isfinite", "array", "all", "asarray"):
        setattr(np, name, lambda *a, **k: True)
    return np.ones(3)


def replaces_builtins(*arguments):
    import builtins

    builtins.isinstance = builtins.len = builtins.issubclass = lambda *a: True
    return 3


def returns_a_function(*arguments):
    return normalize


class Hostile:
    """Everything that is asked of it goes wrong."""

    def __getattr__(self, name):
        raise SystemExit

    def __repr__(self):
        raise KeyboardInterrupt

    def __eq__(self, other):
        loops()

    __hash__ = None
    __bool__ = __len__ = __iter__ = __array__ = __call__ = __str__ = __repr__


class Pretender:
    """Says it is an array."""

    shape, ndim, size, dtype, T = (2, 3), 2, 6, np.dtype(float), None

    @property
    def __class__(self):
        return np.ndarray


class EqualToAll(np.ndarray):
    """An array that is equal to everything."""

    def __eq__(self, other):
        return np.True_

    def __array_ufunc__(self, *arguments, **named):
        return np.True_

    __hash__ = None


class Tuple(tuple):
    """A tuple that counts for ever."""

    def __iter__(self):
        while True:
            yield 1
