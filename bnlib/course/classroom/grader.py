"""Grade submissions, in a process apart: `python -m bnlib.course.classroom.grader`.

A request is a line of JSON on standard input: {"jobs": a list of {"file": a notebook's path,
"exercises": {a name: its stub's digest}}, "seconds": a notebook may take}. For every exercise a
line of JSON comes out as soon as it is known, and one for every notebook; "finished" is the last.

No line of a submission runs in this process: an answer is opened in the child that the checker
forks for it (where there is no fork, on Windows, it is opened here). That child has not got the
stream that verdicts are written to. Therefore one such process may grade many submissions.
"""

import contextlib
import functools
import io
import json
import os
import signal
import sys
import time
from pathlib import Path

from bnlib.course.classroom import find
from bnlib.course.classroom.written import Written
from bnlib.exercises import child, grade
from bnlib.records import notebooks

MEMORY = 3 << 30  # bytes; the checker gives an answer less
PROCESSOR = 3600  # seconds, for one whose parent is gone


def main(jobs: list[dict], seconds: float, answer: io.TextIOBase) -> None:
    """Grade every job, for so many seconds each, and write what is found to `answer`."""
    for number, job in enumerate(jobs):
        path = Path(job["file"])
        try:
            if path.stat().st_size > find.LARGEST:
                raise notebooks.NotebookError(f"{path.name} is larger than {find.LARGEST >> 20} MB")
            written = Written(notebooks.read(path), path.name)
        except notebooks.NotebookError as error:
            _say(answer, problem=str(error))
        else:
            begun = time.monotonic()
            for name, stub in job["exercises"].items():
                if time.monotonic() - begun > seconds:
                    _say(answer, problem=f"{path.name} took too long and was stopped")
                    break
                _say(answer, exercise=name, status=_status(name, stub, written))
        _say(answer, done=number)


def _status(name: str, stub: str | None, written: Written) -> str:
    unopened = written.answer(name)
    if unopened is None and written.cannot_be_read(name):
        return "wrong: cannot-be-read"
    if unopened is None or written.is_stub(name, stub):
        return "not attempted"
    with contextlib.redirect_stdout(io.StringIO()):
        verdict = grade(name, unopened, place=False)  # the table has no room for places
    if verdict.status != "failed":
        return verdict.status
    return f"wrong: {verdict.misconception}" if verdict.misconception else "wrong"


def _say(answer: io.TextIOBase, **said: object) -> None:
    answer.write(json.dumps(said) + "\n")
    answer.flush()


def _shut_off() -> tuple[io.TextIOBase, io.TextIOBase]:
    """The streams of requests and verdicts: no print reaches them, no child process has them."""
    own = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nowhere, standard)
    if hasattr(os, "register_at_fork"):
        for stream in own:
            os.register_at_fork(after_in_child=functools.partial(os.close, stream))
    if sys.platform == "linux":
        _on_linux()
    return os.fdopen(own[0], encoding="utf-8"), os.fdopen(own[1], "w", encoding="utf-8")


def _on_linux() -> None:
    """No child may look into this process (unless it is root's); and none outlives its parent."""
    import ctypes

    die_with_parent, dumpable = 1, 4  # from <linux/prctl.h>
    control = ctypes.CDLL(None).prctl
    control(dumpable, 0, 0, 0, 0)
    control(die_with_parent, signal.SIGKILL, 0, 0, 0)
    os.register_at_fork(after_in_child=lambda: control(die_with_parent, signal.SIGKILL, 0, 0, 0))


def _limit() -> None:
    """Limits that nothing below this process can raise again."""
    with contextlib.suppress(ImportError):
        import resource

        child.limit(MEMORY, PROCESSOR)
        for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU):
            soft, _ = resource.getrlimit(limit)
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(limit, (soft, soft))


if __name__ == "__main__":
    requests, answers = _shut_off()
    _limit()
    for line in requests:
        request = json.loads(line)
        main(request["jobs"], request["seconds"], answers)
        answers.write("finished\n")
        answers.flush()
    os._exit(0)  # threads that were left running are not waited for
