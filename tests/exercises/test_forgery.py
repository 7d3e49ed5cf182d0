"""An answer cannot write its own verdict: forging in several ways, and each is refused."""

import contextlib
import gc
import marshal
import os
import stat
import sys
import threading
import types

import numpy as np
import pytest

from bnlib.exercises import child, grade, handed, outcomes, sandbox, trial
from bnlib.exercises.exercise import load
from bnlib.exercises.known import expectations

pytestmark = pytest.mark.skipif(not sandbox.CAN_FORK, reason="no processes on this platform")
reference = load("normalize").reference
CALLS = expectations(load("normalize")).plan.calls
REPORT = trial.attempt(reference, CALLS)
"""What a right answer's child sends."""


def _pipes():
    for descriptor in range(3, 128):
        with contextlib.suppress(OSError):
            if stat.S_ISFIFO(os.fstat(descriptor).st_mode):
                yield descriptor


NOT_THE_CHECKERS = set(_pipes())


def _everywhere(message):
    """Write to every pipe of the checker's."""
    for descriptor in set(_pipes()) - NOT_THE_CHECKERS:
        with contextlib.suppress(OSError):
            os.write(descriptor, message)


def _sent(data):
    return len(data).to_bytes(8, "big") + data


def writes_and_leaves(z, eps=1e-5):
    _everywhere(_sent(REPORT))
    os._exit(0)


def writes_and_goes_on(z, eps=1e-5):
    _everywhere(_sent(REPORT))
    return z


def signs_with_a_key_of_its_own(z, eps=1e-5):
    _everywhere(_sent(child.signed(REPORT, bytes(child.KEY))))
    os._exit(0)


def a_forked_process_writes(z, eps=1e-5):
    if os.fork() == 0:
        _everywhere(_sent(REPORT))
        os._exit(0)
    os.wait()
    os._exit(0)


FORKED = []


def a_forked_process_returns_the_right_results_first(z, eps=1e-5):
    if not FORKED:
        FORKED.append(os.fork())
        if FORKED[0]:
            os.waitpid(FORKED[0], 0)
    return z if FORKED[0] else reference(z, eps)


def _bytes_of_this_size(found):
    return [value for value in found if type(value) is bytes and len(value) == child.KEY]


def looks_for_the_key_in_frames(z, eps=1e-5):
    frames, found = list(sys._current_frames().values()), []
    while frames:
        frame = frames.pop()
        found += [*frame.f_locals.values()]
        frames += [frame.f_back] if frame.f_back else []
    for key in _bytes_of_this_size(found):
        _everywhere(_sent(child.signed(REPORT, key)))
    os._exit(0)


def looks_for_the_key_in_the_heap(z, eps=1e-5):
    gc.unfreeze()
    found = [inner for outer in gc.get_objects() for inner in gc.get_referents(outer)]
    for key in _bytes_of_this_size(found):
        _everywhere(_sent(child.signed(REPORT, key)))
    os._exit(0)


def a_thread_writes_later(z, eps=1e-5):
    threading.Thread(target=_everywhere, args=(_sent(REPORT),)).start()
    return z


def replaces_the_encoder(z, eps=1e-5):
    right = trial.encode
    trial.encode = lambda value, depth=0: right(reference(z, eps))
    return z


def changes_the_code_of_the_reporter(z, eps=1e-5):
    report = REPORT
    empty = types.CellType(report)
    made = types.FunctionType((lambda: report).__code__, {}, "made", (), (empty,))
    trial.attempt.__code__ = (lambda answer, calls: made()).__code__
    return z


def replaces_marshal(z, eps=1e-5):
    marshal.dumps = lambda *_: REPORT
    return z


def replaces_the_comparison(z, eps=1e-5):
    from bnlib.exercises import compare, diagnose

    compare.same = diagnose.same = lambda *_: True
    return z


def writes_garbage(z, eps=1e-5):
    _everywhere(os.urandom(4096))
    return z


FORGERIES = [
    writes_and_leaves, writes_and_goes_on, signs_with_a_key_of_its_own, a_forked_process_writes,
    a_forked_process_returns_the_right_results_first, looks_for_the_key_in_frames,
    looks_for_the_key_in_the_heap, a_thread_writes_later, replaces_the_encoder,
    changes_the_code_of_the_reporter, replaces_marshal, replaces_the_comparison, writes_garbage,
]  # fmt: skip


@pytest.mark.parametrize("answer", FORGERIES)
def test_a_forged_report_is_refused(answer):
    verdict = grade("normalize", answer, time_limit=2)
    assert verdict.status == "failed", verdict


@pytest.mark.parametrize("answer", [writes_and_leaves, writes_and_goes_on, replaces_the_encoder])
def test_the_learner_is_told_what_the_answer_did(answer):
    assert grade("normalize", answer).misconception == "writes-its-own-report"


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (child, "signed"),
        (trial, "encode_exception"),
        (outcomes, "_encode_array"),
        (handed, "handed"),
    ],
    ids=lambda part: getattr(part, "__name__", part),
)
def test_whatever_reports_is_watched(module, name):
    def replaces_it(z, eps=1e-5):
        was = getattr(module, name)
        setattr(module, name, lambda *given: was(*given))
        return reference(z, eps)

    assert grade("normalize", replaces_it).misconception == "writes-its-own-report"


def test_the_forgers_report_would_have_passed(monkeypatch):
    """Without the signature these answers pass: they are refused for their forging alone."""
    monkeypatch.setattr(child, "verified", lambda message, key: message)
    assert grade("normalize", writes_and_leaves).status == "passed"


def test_a_signature_holds_for_its_key_and_bytes_only():
    key = os.urandom(child.KEY)
    message = child.signed(b"bytes", key)
    assert child.verified(message, key) == b"bytes"
    assert child.verified(message, os.urandom(child.KEY)) is None
    assert child.verified(message[:-1], key) is None
    assert child.verified(b"", key) is None


def test_a_learners_own_files_are_no_forgery(tmp_path):
    def keeps_a_log(z, eps=1e-5):
        with open(tmp_path / "log", "a") as log:
            print(np.shape(z), file=log)
        return reference(z, eps)

    assert grade("normalize", keeps_a_log).status == "passed"
