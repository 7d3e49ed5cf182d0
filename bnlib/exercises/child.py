"""The child process in which an answer runs: closed off, limited, and left without a trace.

What it needs of the operating system is bound when this module is imported, so that an answer that
replaces it is no matter.
"""

from __future__ import annotations

import builtins
import contextlib
import faulthandler
import gc
import hashlib
import hmac
import io
import os
import sys
import time
from collections.abc import Callable
from itertools import starmap
from typing import Any

with contextlib.suppress(ImportError):  # where there is no fork, there are neither
    import fcntl
    import resource

_MEMORY = 2 << 30
"""Bytes beyond what the process has in use."""
_SECONDS = 60
"""Of processor time, for a child whose parent is gone and cannot end it."""
KEY = 32
"""Bytes of the key with which a child signs, and of the signature."""
_REPORTING = ("child", "trial", "outcomes", "handed")
"""The modules whose functions run between an answer's first line and the signature."""
_LONGEST_REQUEST = 4096
"""Bytes, which a pipe takes and gives whole."""
Own = tuple[dict[str, Any], str, Any, Any]
_exit, _getpid, _read, _write = os._exit, os.getpid, os.read, os.write
_digest, _equal = hashlib.blake2b, hmac.compare_digest
LONGEST_PRINT = 2_000
"""Characters that are kept of what one call prints."""


def signed(data: bytes, key: bytes) -> bytes:
    """The bytes with their signature in front."""
    return _digest(data, key=key, digest_size=KEY).digest() + data


def verified(message: bytes, key: bytes) -> bytes | None:
    """The bytes that were signed, or None if this key did not sign them."""
    data = message[KEY:]
    return data if _equal(message, signed(data, key)) else None


def be_the_child(
    task: Callable[[], bytes],
    again: Callable[[bytes], bytes],
    meanwhile: Callable[[], object],
    own: list[Own],
    *pipes: int,
) -> None:
    """Run the task, send its bytes signed, then what `again` makes of a request, and leave.

    Without any of the parent's clean-up. The keys wait in a pipe, in no variable, each until the
    answer's last line has run. Where one of the functions `own` has been replaced by then, nothing
    is signed.

    Args:
        task: what is done at once.
        again: what is done when a request comes.
        meanwhile: what is done until then.
        own: the functions that report.
        pipes: where to write, where keys are read, and where requests are.
    """
    me = _getpid()
    try:
        os.setpgid(0, 0)
        gc.disable()  # a collection writes to every page with an object, and each is a copy then
        faulthandler.disable()  # it would tell of a crash on a stream that it has kept open
        limit()
        writing, secret, asked = _close_standard_streams(*pipes)
        _send(task(), me, own, writing, secret)
        meanwhile()
        if request := _read(asked, _LONGEST_REQUEST):
            _send(again(request), me, own, writing, secret)
    finally:
        _exit(0)


def _send(data: bytes, me: int, own: list[Own], writing: int, secret: int) -> None:
    if _getpid() != me:  # a process that the answer forked
        _exit(0)
    key = bytes(KEY) if any(starmap(_replaced, own)) else _read(secret, KEY)
    data = signed(data, key)
    message = len(data).to_bytes(8, "big") + data
    while message:
        message = message[_write(writing, message) :]


def limit(memory: int = _MEMORY, seconds: int = _SECONDS) -> None:
    """Let this process use so many more bytes, and so many more seconds of processor time."""
    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_CPU: seconds + int(time.process_time())}
    with contextlib.suppress(OSError, ValueError), open("/proc/self/statm", "rb") as sizes:
        in_use = int(sizes.read().split()[0]) * resource.getpagesize()
        limits[resource.RLIMIT_AS] = in_use + memory
    for kind, most in limits.items():
        _, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, hard))


def own_functions() -> list[Own]:
    """What reports on an answer, with its code. Listed before the fork: to look at an object in a
    child costs a copy of the page that it is on."""
    modules = [sys.modules.get(f"{__package__}.{name}") for name in _REPORTING]
    return [
        (vars(module), name, value, getattr(value, "__code__", None))
        for module in modules
        if module
        for name, value in vars(module).items()
        if callable(value)
    ]


def _replaced(namespace: dict[str, Any], name: str, value: Any, code: Any) -> bool:
    return namespace.get(name) is not value or getattr(value, "__code__", None) is not code


def _close_standard_streams(*pipes: int) -> tuple[int, ...]:
    pipes = tuple(p if p > 2 else fcntl.fcntl(p, fcntl.F_DUPFD_CLOEXEC, 3) for p in pipes)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    kept = Kept()
    # Loggers and libraries hold on to the old streams; a notebook's would write to the page.
    stream: Any
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.write = kept.write
            stream.flush = kept.flush
    sys.stdin, sys.stdout, sys.stderr = io.StringIO(), kept, Kept()
    builtins.input = _no_input
    with contextlib.suppress(Exception):
        sys.modules["IPython"].get_ipython().display_pub.publish = lambda *_, **__: None
    return pipes


def _no_input(prompt: object = "") -> str:
    raise EOFError("there is nobody to answer input() while an answer is checked")


class Kept:
    """A text stream that keeps the beginning of what is printed, and shows nothing."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self) -> None:
        self._kept = ""

    def write(self, text: Any, *_: Any) -> int:
        """Keep the beginning."""
        text = str(text)
        room = LONGEST_PRINT - len(self._kept)
        if room > 0:
            self._kept += text if len(text) <= room else f"{text[:room]} ..."
        return len(text)

    def take(self) -> str:
        """What was printed since this was last asked."""
        taken, self._kept = self._kept, ""
        return taken

    def writelines(self, lines: Any) -> None:
        """As a file's."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing waits."""

    def isatty(self) -> bool:
        """No."""
        return False
