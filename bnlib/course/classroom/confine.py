"""A child process that answers requests, with a limit on its time, and the end of all it started.

What a submission leaves running is ended as well as the system allows: its process group; on Linux
also whatever has kept the mark in its environment, even in a session of its own; on Windows the
tree of processes. In a container (`container`) nothing can get away.
"""

from __future__ import annotations

import contextlib
import os
import queue
import secrets
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FINISHED = b"finished\n"  # the line after an answer's last
LONGEST_LINE, MOST_LINES = 10_000, 1_000
MARK = "BNLIB_SUBMISSION"

_running: set[Child] = set()
_stopped = threading.Event()


class Stopped(Exception):
    """`stop` was called: nothing is known of this submission."""


def stop() -> None:
    """End every child of this process at once, and let no further one begin."""
    _stopped.set()
    for child in list(_running):
        child.end()


def start_again() -> None:
    """Let children begin after a `stop`."""
    _stopped.clear()


class Child:
    """A process that reads a line and answers with lines, again and again.

    settings: its environment.

    Raises:
        Stopped: everything was stopped.
    """

    def __init__(self, command: list[str], settings: dict[str, str]) -> None:
        if _stopped.is_set():
            raise Stopped
        self.asked, self.ended = 0, False
        self._scratch = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        mark = secrets.token_hex(16)
        self._mark = f"{MARK}={mark}".encode()
        self._lines: queue.Queue[bytes] = queue.Queue()
        self._process = subprocess.Popen(
            command,
            cwd=self._scratch.name,
            env={**settings, MARK: mark},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._stdin: Any = self._process.stdin
        self._stdout: Any = self._process.stdout
        _running.add(self)
        # A thread, as Windows cannot wait for a pipe for so long and no longer.
        threading.Thread(target=self._read, daemon=True).start()

    def ask(self, request: bytes, seconds: float) -> tuple[list[bytes], bool]:
        """The lines that it answered, and whether its time was up, which ends it.

        Raises:
            Stopped: everything was stopped meanwhile.
        """
        self.asked += 1
        deadline, lines, late = time.monotonic() + seconds, [], False
        with contextlib.suppress(OSError, ValueError):
            self._stdin.write(request + b"\n")
            self._stdin.flush()
        try:
            while (line := self._line(deadline)) != FINISHED:
                lines.append(line)
                if not line or len(lines) > MOST_LINES:
                    self.end()
                    break
        except queue.Empty:
            late = True
            self.end()
        _end_marked(self._mark, self._process.pid)
        self._empty_scratch()
        if _stopped.is_set():
            raise Stopped
        return lines, late

    def end(self) -> None:
        """End it, with all that it started."""
        self.ended = True
        _running.discard(self)
        _kill(self._process)
        _end_marked(self._mark)
        self._process.wait()
        with contextlib.suppress(OSError):
            self._stdin.close()
        self._scratch.cleanup()

    def _read(self) -> None:
        # Only what got away could hold the pipe open after the end; nobody waits for this thread.
        with self._stdout as stream, contextlib.suppress(OSError, ValueError):
            while line := stream.readline(LONGEST_LINE):
                self._lines.put(line)
        self._lines.put(b"")

    def _line(self, deadline: float) -> bytes:
        return self._lines.get(timeout=max(0, deadline - time.monotonic()))

    def _empty_scratch(self) -> None:
        with contextlib.suppress(OSError):  # with the child it is gone as a whole
            for path in Path(self._scratch.name).iterdir():
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    with contextlib.suppress(OSError):
                        path.unlink()


def _kill(process: subprocess.Popen) -> None:
    if os.name == "nt":
        tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        with contextlib.suppress(OSError):
            subprocess.run(tree, capture_output=True)
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _end_marked(mark: bytes, but: int = 0) -> None:
    """Kill what carries the mark, and again while it multiplies."""
    for _ in range(20):
        found = [pid for pid in _marked(mark) if pid != but]
        for pid in found:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        if not found:
            return
        time.sleep(0.01)


def _marked(mark: bytes) -> Iterator[int]:
    with contextlib.suppress(OSError):
        for folder in os.scandir("/proc"):
            if folder.name.isdecimal():
                with contextlib.suppress(OSError):
                    if mark in Path(folder.path, "environ").read_bytes():
                        yield int(folder.name)
