"""Running an answer so that nothing it does reaches this process.

On Linux and macOS the answer runs in a forked child: a process group of its own, standard input and
output closed off, a limit on time and (on Linux) on memory, and a pipe for its plain bytes.
Whatever it changes, it changes there. When it is over, and perhaps was asked where a slip is, the
whole group is killed. It is reaped the next time: nobody waits for its memory to be given back.

An answer cannot write its own verdict. The child sends what the answer gave, never what that is
worth: results are compared here, with right ones that the child's bytes cannot touch. And bytes
count only if they are signed with a key of this one time, which the child takes out of the kernel
after the answer's last line; so what an answer, or a process that it forked, writes to the pipe is
refused, and so is a report by functions of the checker that the answer has replaced.
One thing to keep from: OpenBLAS closes its threads at a fork, so a product of large matrices that
another thread of this process is in the middle of may then never end.

On Windows and in the browser there is no fork: the answer runs in this process. NumPy's error state
and attributes, the global random states, warning filters, `sys.stdout`, the environment and the
working directory are then put back as they were; an answer that never ends is not ended.

This guards against accidents and idle tricks, not attackers. Answer and reporter share a process:
one written against this very file can take the key, and any answer can call the reference, which
`solution` shows to everybody. Submissions of strangers belong in containers.
"""

from __future__ import annotations

import contextlib
import os
import random
import select
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import TypeAlias

import numpy as np

from bnlib.exercises import child

CAN_FORK = hasattr(os, "fork") and sys.platform not in ("emscripten", "wasi")
TIME_LIMIT = 4.0
"""Seconds for all of an answer's calls together."""
PATIENCE = 3
"""A child that got no processor (other work, a deadlock) has this many times as long in all."""
A_MOMENT = 0.3
"""Seconds after which somebody who waits is told so."""
_LONGEST_MESSAGE = 1 << 26
_monotonic, _read = time.monotonic, os.read
_filters_in_use = threading.Lock()
_killed: list[int] = []
"""Processes that are yet to be reaped."""


class TimedOut(Exception):
    """The answer did not end."""


class Died(Exception):
    """The answer ended Python itself."""


class Forged(Exception):
    """What came back was not written by the checker."""


Ask: TypeAlias = Callable[[bytes, float, Callable[[], None] | None], bytes]
"""Asks the child once more: a request, seconds, and what is called if it takes a moment."""


def run(task: Callable[[], bytes], time_limit: float = TIME_LIMIT, fork: bool = CAN_FORK) -> bytes:
    """What `task` gives, run apart; see `apart`."""
    with apart(task, time_limit, fork) as (data, _):
        return data


@contextlib.contextmanager
def apart(
    task: Callable[[], bytes],
    time_limit: float = TIME_LIMIT,
    fork: bool = CAN_FORK,
    again: Callable[[bytes], bytes] = bytes,
    meanwhile: Callable[[], object] = bool,
) -> Iterator[tuple[bytes, Ask]]:
    """What `task` gives, run apart, and a way to have `again` run on a request beside it, once.

    A child that got no processor is tried again, for PATIENCE times the limit in all; `again` is
    not. Where there is a child, `meanwhile` is done here while the task runs, and there while it
    waits for a request.

    Raises:
        TimedOut: it did not end within `time_limit` seconds (a few times that, where the machine
            gave it no processor time).
        Died: it ended without giving anything.
        Forged: something else than the task's own bytes came back.
    """
    if not fork:

        def ask(request: bytes, *_: object) -> bytes:
            with _guarded():
                return again(request)

        with _guarded():
            data = task()
        yield data, ask
        return
    deadline = _monotonic() + PATIENCE * time_limit
    while True:
        one = _Child(task, again, meanwhile)
        try:
            meanwhile()
            received = one.receive(min(time_limit, deadline - _monotonic()))
            if received is not None:
                yield received, one.ask
                return
        finally:
            one.end()
        if _reap() > time_limit / 2 or deadline - _monotonic() < time_limit / 4:
            raise TimedOut


class _Child:
    """A forked process, which answers twice at most: each time with a key of its own."""

    def __init__(
        self,
        task: Callable[[], bytes],
        again: Callable[[bytes], bytes],
        meanwhile: Callable[[], object],
    ) -> None:
        _reap()
        self._keys, own = [os.urandom(child.KEY) for _ in range(2)], child.own_functions()
        pipes = [os.pipe() for _ in range(3)]
        (self._reading, writing), (secret, giving), (asked, self._asking) = pipes
        try:
            os.write(giving, b"".join(self._keys))
            os.close(giving)
            self._pid = _fork()
            if self._pid == 0:
                self._keys.clear()
                os.close(self._reading)
                os.close(self._asking)
                child.be_the_child(task, again, meanwhile, own, writing, secret, asked)
        finally:
            for descriptor in (writing, secret, asked):
                os.close(descriptor)

    def receive(self, time_limit: float, waiting: Callable[[], None] | None = None) -> bytes | None:
        """What it sends, verified; None if nothing comes in time."""
        data = _receive(self._reading, _monotonic() + time_limit, waiting)
        if data is None:
            return None
        if (verified := child.verified(data, self._keys.pop(0))) is None:
            raise Forged
        return verified

    def ask(self, request: bytes, time_limit: float, waiting: Callable[[], None] | None) -> bytes:
        """What it makes of a request."""
        os.write(self._asking, request)
        data = self.receive(time_limit, waiting)
        if data is None:
            raise TimedOut
        return data

    def end(self) -> None:
        """Kill it with all that it started."""
        os.close(self._reading)
        os.close(self._asking)
        for kill in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                kill(self._pid, signal.SIGKILL)
        _killed.append(self._pid)


@contextlib.contextmanager
def without_warnings() -> Iterator[None]:
    """Warnings ignored, and the filters put back; one thread at a time, since all share them."""
    with _filters_in_use, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _fork() -> int:
    if sys.version_info < (3, 12):
        return os.fork()
    # Python warns that a fork beside threads may deadlock. The child takes no lock of theirs, and
    # one that hangs all the same is killed and tried again.
    with without_warnings():
        return os.fork()


def _receive(reading: int, deadline: float, waiting: Callable[[], None] | None) -> bytes | None:
    # The message says its own length: a grandchild may hold the pipe open for ever.
    poll = select.poll()
    poll.register(reading, select.POLLIN | select.POLLHUP)
    data, length = bytearray(), None
    if waiting and not poll.poll(min(A_MOMENT, max(0, deadline - _monotonic())) * 1000):
        waiting()
    while (left := deadline - _monotonic()) > 0:
        if not poll.poll(left * 1000):
            continue
        piece = _read(reading, 1 << 20)
        if not piece:
            raise Died
        data += piece
        if length is None and len(data) >= 8:
            length = int.from_bytes(data[:8], "big")
            if length > _LONGEST_MESSAGE:
                raise Died
        if length is not None and len(data) >= 8 + length:
            return bytes(data[8 : 8 + length])
    return None


def _reap() -> float:
    """Reap all that were killed, and give the processor seconds of the last of them."""
    seconds = 0.0
    while _killed:
        with contextlib.suppress(ChildProcessError, IndexError):  # somebody else has, or a thread
            _, _, used = os.wait4(_killed.pop(0), 0)
            seconds = used.ru_utime + used.ru_stime
    return seconds


@contextlib.contextmanager
def _guarded() -> Iterator[None]:
    """Put back what an answer may change in this process."""
    streams = sys.stdin, sys.stdout, sys.stderr
    attributes, environment, folder = dict(vars(np)), dict(os.environ), os.getcwd()
    random_states = np.random.get_state(), random.getstate()  # noqa: NPY002
    error_state = np.geterr()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sys.stdout, sys.stderr = child.Kept(), child.Kept()
        try:
            yield
        finally:
            sys.stdin, sys.stdout, sys.stderr = streams
            for name in vars(np).keys() - attributes.keys():
                # NumPy itself adds modules, when they are first used.
                if not isinstance(getattr(np, name), ModuleType):
                    delattr(np, name)
            vars(np).update(attributes)
            np.seterr(**error_state)
            np.random.set_state(random_states[0])  # noqa: NPY002
            random.setstate(random_states[1])
            os.environ.clear()
            os.environ.update(environment)
            os.chdir(folder)
