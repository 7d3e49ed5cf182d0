"""What `grade` promises, against answers that are unlucky, careless or hostile."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from hostile import (
    EqualToAll,
    Hostile,
    Pretender,
    Tuple,
    asks_for_terabytes,
    closes_everything,
    contains_itself,
    exits,
    exits_at_once,
    forks,
    forks_and_loops,
    ignores_signals,
    kills_itself,
    loops,
    loops_and_catches_everything,
    reads_standard_input,
    recurses,
    replaces_builtins,
    replaces_numpy,
    returns_a_function,
    returns_a_huge_array,
    returns_a_huge_list,
    returns_a_huge_number,
    sleeps,
    starts_a_program,
    starts_threads,
    waits_for_a_lock,
)

from bnlib.exercises import grade, sandbox
from bnlib.exercises.exercise import load
from bnlib.exercises.unopened import Unopened

normalize = load("normalize").reference
needs_fork = pytest.mark.skipif(not sandbox.CAN_FORK, reason="no processes on this platform")
LIMIT = 0.3


WRONG = [
    (recurses, "raised-RecursionError"),
    (exits, "raised-SystemExit"),
    (reads_standard_input, "raised-EOFError"),
    (asks_for_terabytes, "raised-MemoryError"),
    (returns_a_huge_array, "wrong-type"),
    (returns_a_huge_list, "wrong-type"),
    (returns_a_huge_number, "wrong-type"),
    (contains_itself, "wrong-type"),
    (returns_a_function, "wrong-type"),
    (lambda *a: Hostile(), "wrong-type"),
    (lambda *a: Pretender(), "wrong-type"),
    (lambda *a: np.zeros((2, 3)).view(EqualToAll), "wrong-shape"),
    (lambda *a: (Hostile(), Hostile()), "wrong-type"),
    (Hostile, "wrong-arguments"),
    (exits_at_once, "ended-python"),
    (kills_itself, "ended-python"),
    (closes_everything, "ended-python"),
    (replaces_numpy, None),
    (replaces_builtins, None),
    (None, "not-callable"),
    ("normalize", "not-callable"),
    (7, "not-callable"),
]


@needs_fork
@pytest.mark.parametrize(("answer", "expected"), WRONG)
def test_a_strange_answer_gets_a_verdict(answer, expected):
    verdict = grade("normalize", answer, time_limit=2)
    assert verdict.status == "failed"
    assert expected in (None, verdict.misconception), verdict
    assert "\n" not in verdict.message


@needs_fork
def test_an_object_that_fights_gets_a_verdict():
    assert grade("normalize", Hostile()).status == "failed"


@needs_fork
@pytest.mark.parametrize(
    "answer",
    [loops, loops_and_catches_everything, sleeps, waits_for_a_lock, ignores_signals],
)
def test_an_answer_without_end_is_ended(answer):
    start = time.monotonic()
    verdict = grade("normalize", answer, time_limit=LIMIT)
    assert verdict.misconception == "no-termination"
    assert time.monotonic() - start < 3 * LIMIT + 2


@needs_fork
def test_a_result_that_never_ends_is_ended():
    verdict = grade("normalize", lambda *a: Tuple((1, 2)), time_limit=LIMIT)
    assert verdict.status == "failed"


def test_the_usual_time_limit_keeps_the_promise_of_fifteen_seconds():
    assert sandbox.TIME_LIMIT * sandbox.PATIENCE < 14


@needs_fork
@pytest.mark.parametrize("answer", [forks, forks_and_loops, starts_a_program, starts_threads])
def test_what_it_starts_is_ended_with_it(answer):
    before = _processes()
    verdict = grade("normalize", answer, time_limit=5)
    assert verdict.status == "passed", verdict
    time.sleep(0.05)
    assert _processes() <= before
    only_the_child_is_left()


def only_the_child_is_left():
    """One process to reap, which has been killed; the next verdict would."""
    assert os.waitpid(-1, 0) != (0, 0)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def _processes():
    """The ids of this process's group of descendants, where the system can tell."""
    listed = {path.parent.name: path for path in Path("/proc").glob("[0-9]*/cmdline")}
    if listed:  # a small machine may lack ps
        words = {pid: _read(path).replace("\0", " ") for pid, path in listed.items()}
    else:
        command = ["ps", "-eo", "pid=,args="]
        found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        words = dict(line.split(maxsplit=1) for line in found.splitlines())
    return {pid for pid, line in words.items() if "time.sleep(60)" in line}


def _read(path):
    with contextlib.suppress(OSError):  # it may have ended meanwhile
        return path.read_text(encoding="utf-8", errors="replace")
    return ""


@needs_fork
@pytest.mark.usefixtures("interruptible")
def test_it_is_killed_when_the_learner_interrupts():
    def interrupt():
        time.sleep(0.2)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        grade("normalize", sleeps, time_limit=5)
    thread.join()
    only_the_child_is_left()


def test_grading_twice_says_the_same():
    verdicts = {grade("normalize", lambda z, eps=1e-5: z) for _ in range(3)}
    assert len(verdicts) == 1


@needs_fork
def test_busy_threads_and_matrix_products_before_and_after_do_no_harm():
    stop = threading.Event()

    def work():
        while not stop.is_set():
            sum(range(1000))

    workers = [threading.Thread(target=work)]
    for worker in workers:
        worker.start()
    a = np.ones((300, 300))
    try:
        for _ in range(2):
            assert (a @ a)[0, 0] == 300
            verdict = grade("normalize", lambda *args: (a @ a)[0, 0] / 300 * normalize(*args))
            assert verdict.status == "passed", verdict
    finally:
        stop.set()
        for worker in workers:
            worker.join()


@needs_fork
def test_many_may_be_graded_side_by_side():
    verdicts = []

    def one():
        verdicts.append(grade("normalize", normalize).status)

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verdicts == ["passed"] * 6


@needs_fork
def test_standard_streams_may_be_closed():
    code = (
        "import os; from bnlib.exercises import grade; from bnlib.exercises.exercise import load;"
        "os.close(0); os.close(1);"
        "raise SystemExit(grade('normalize', load('normalize').reference).status != 'passed')"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_more_than_three_things_are_told_at_once():
    def four(z, eps=1e-5):
        return ((z - z.mean(axis=0)) / (z.var(axis=0) + eps)).T.tolist()

    verdict = grade("normalize", four, fork=False, place=False)
    assert verdict.status == "failed"
    assert str(verdict.misconception).count("+") < 3


def test_of_a_definition_that_gives_no_function_that_is_said():
    verdict = grade("normalize", Unopened(lambda: 3, lambda: None))
    assert verdict.misconception == "not-callable"
    assert "int" in verdict.message


@needs_fork
def test_a_program_that_an_answer_has_started_is_ended_with_it():
    reading, writing = os.pipe()

    def starts_one(z, eps=1e-5):
        program = [sys.executable, "-c", "import time; time.sleep(60)"]
        subprocess.Popen(program, pass_fds=(writing,))
        return z

    try:
        assert grade("normalize", starts_one, place=False).status == "failed"
    finally:
        os.close(writing)
    with open(reading, "rb") as held:  # by as many programs as there were calls
        assert select.select([held], [], [], 20)[0]
        assert held.read() == b""
