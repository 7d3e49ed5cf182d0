"""What an answer prints and changes stays with it: `grade` is silent and leaves no trace."""

import contextlib
import gc
import io
import os
import random
import signal
import sys
import threading
import warnings

import numpy as np
import pytest
from hostile import (
    Hostile,
    exits,
    exits_at_once,
    loops,
    recurses,
    starts_threads,
)

from bnlib.exercises import grade, sandbox
from bnlib.exercises.exercise import load

normalize = load("normalize").reference
needs_fork = pytest.mark.skipif(not sandbox.CAN_FORK, reason="no processes on this platform")
LIMIT = 0.3


def speaks(z, eps=1e-5):
    print("speaks")
    sys.stderr.write("speaks")
    sys.__stdout__.write("speaks")
    sys.__stdout__.flush()
    warnings.warn("speaks", stacklevel=1)
    with contextlib.suppress(OSError):
        os.write(1, b"speaks")
        os.write(2, b"speaks")
    os.system("echo speaks; echo speaks >&2")
    return normalize(z, eps)


@needs_fork
def test_it_is_silent(capfd, monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    assert grade("normalize", speaks).status == "passed"
    assert capfd.readouterr() == ("", "")
    assert stream.getvalue() == ""


def meddles(z, eps=1e-5):
    """A right answer that leaves nothing as it was."""
    result = normalize(z, eps)
    np.seterr(all="raise")
    np.random.seed(1)  # noqa: NPY002
    random.seed(1)
    warnings.simplefilter("error")
    sys.stdout = sys.stderr = io.StringIO()
    sys.path.append("/nowhere")
    os.chdir("/")
    os.environ["MEDDLED"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.setrecursionlimit(2000)
    np.pi, np.allclose, np.new = 3, len, 4
    load("normalize").cases[0][0][...] = 0
    return result


def _state():
    name, keys, *rest = np.random.get_state()  # noqa: NPY002
    return {
        "errors": np.geterr(),
        "global random": (name, keys.tobytes(), rest, random.getstate()),
        "warnings": list(warnings.filters),
        "streams": (sys.stdin, sys.stdout, sys.stderr),
        "folder": os.getcwd(),
        "environment": dict(os.environ),
        "interrupts": signal.getsignal(signal.SIGINT),
        "path": list(sys.path),
        "recursion": sys.getrecursionlimit(),
        "numpy": {name: id(value) for name, value in vars(np).items()},
        "threads": threading.active_count(),
        "files": len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0,
        "inputs": load("normalize").cases[0][0].tolist(),
    }


@needs_fork
@pytest.mark.parametrize("answer", [meddles, loops, exits_at_once, starts_threads, speaks])
def test_the_process_is_left_as_it_was(answer):
    grade("normalize", normalize)
    gc.collect()
    before = _state()
    grade("normalize", answer, time_limit=LIMIT)
    assert _state() == before


def test_a_verdict_does_not_depend_on_the_notebooks_settings():
    def divides_zero(z, eps=1e-5):
        np.ones(1) / np.zeros(1)
        warnings.warn("deprecated", DeprecationWarning, stacklevel=1)
        return normalize(z, eps)

    with np.errstate(all="raise"), warnings.catch_warnings():
        warnings.simplefilter("error")
        assert grade("normalize", divides_zero).status == "passed"
        assert np.geterr()["divide"] == "raise"


class TestWithoutProcesses:
    """The weaker promise of Windows and the browser: see `sandbox`."""

    def test_the_process_is_left_as_it_was(self):
        def gentler(z, eps=1e-5):
            result = normalize(z, eps)
            np.seterr(all="raise")
            np.random.seed(1)  # noqa: NPY002
            random.seed(1)
            warnings.simplefilter("error")
            print("speaks")
            sys.stdout = sys.stderr = io.StringIO()
            os.chdir("/")
            os.environ["MEDDLED"] = "1"
            np.pi, np.allclose, np.new = 3, len, 4
            return result

        environment = dict(os.environ)
        grade("normalize", normalize, fork=False)  # NumPy may load what it had not yet
        before = _state()
        assert grade("normalize", gentler, fork=False).status == "passed"
        assert _state() == before and os.environ == environment

    def test_errors_that_are_set_in_a_search_are_put_back(self):
        def strict(request=b""):
            np.seterr(all="raise")
            return request

        with np.errstate(all="ignore"):
            before = np.geterr()
            with sandbox.apart(strict, fork=False, again=strict) as (_, ask):
                assert np.geterr() == before
                assert ask(b"a request", 2.0, None) == b"a request"
            assert np.geterr() == before

    @pytest.mark.parametrize("answer", [exits, recurses, lambda *a: Hostile()])
    def test_exceptions_of_any_kind_are_caught(self, answer):
        assert grade("normalize", answer, fork=False).status == "failed"

    def test_it_is_silent(self, capsys):
        grade("normalize", lambda z, eps=1e-5: print("speaks"), fork=False)
        assert capsys.readouterr() == ("", "")
