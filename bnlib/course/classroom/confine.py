"""One child process with limits on its time and its answer, and the end of all that it started.

What a submission leaves running is ended as well as the system allows: its process group; on Linux
also whatever has kept the mark in its environment, even in a session of its own; on Windows the
tree of processes. In a container (`container`) nothing can get away.
"""

import contextlib
import os
import secrets
import signal
import subprocess
import threading
import time
from pathlib import Path

LARGEST_ANSWER = 1_000_000  # bytes of a submission's results that are read
MARK = "BNLIB_SUBMISSION"

_running: set[subprocess.Popen] = set()
_stopped = threading.Event()


class Stopped(Exception):
    """`stop` was called: nothing is known of this submission."""


def stop() -> None:
    """End every child of this process at once, and let no further one begin."""
    _stopped.set()
    for process in list(_running):
        _kill(process)


def start_again() -> None:
    """Let children begin after a `stop`."""
    _stopped.clear()


def run(
    command: list[str], request: bytes, settings: dict[str, str], scratch: Path, seconds: float
) -> tuple[bytes, bool]:
    """What a command wrote until it ended, and whether its time was up.

    settings: its environment. scratch: the folder it begins in.

    Raises:
        Stopped: everything was stopped meanwhile.
    """
    if _stopped.is_set():
        raise Stopped
    mark = secrets.token_hex(16)
    process = subprocess.Popen(
        command,
        cwd=scratch,
        env={**settings, MARK: mark},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    _running.add(process)
    output = bytearray()
    reader = threading.Thread(target=_read, args=(process, output), daemon=True)
    late = False
    try:
        reader.start()
        with contextlib.suppress(OSError):
            process.stdin.write(request)
            process.stdin.close()
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        late = True
    finally:
        _kill(process)
        _end_marked(mark)
        process.wait()
        _running.discard(process)
    # Only what got away could still hold the pipe open.
    reader.join(1)
    if _stopped.is_set():
        raise Stopped
    return bytes(output), late


def _read(process: subprocess.Popen, output: bytearray) -> None:
    with process.stdout as stream, contextlib.suppress(OSError, ValueError):
        while piece := stream.read1(65536):
            if len(output) < LARGEST_ANSWER:
                output += piece


def _kill(process: subprocess.Popen) -> None:
    if os.name == "nt":
        tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        with contextlib.suppress(OSError):
            subprocess.run(tree, capture_output=True)
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _end_marked(mark: str) -> None:
    """Kill what carries the mark, and again while it multiplies."""
    wanted = f"{MARK}={mark}".encode()
    for _ in range(20):
        found = list(_marked(wanted))
        for pid in found:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        if not found:
            return
        time.sleep(0.01)


def _marked(wanted: bytes):
    with contextlib.suppress(OSError):
        for folder in os.scandir("/proc"):
            if folder.name.isdecimal():
                with contextlib.suppress(OSError):
                    if wanted in Path(folder.path, "environ").read_bytes():
                        yield int(folder.name)
