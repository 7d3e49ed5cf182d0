"""What a candidate has to pass, where a slip is said to be, and what a child keeps of a print."""

import ast
import os
import runpy
import select
import signal
import subprocess
import sys
import time
import types

import numpy as np
import pytest

from bnlib.exercises import child, exam, sandbox, trial
from bnlib.exercises.exercise import load
from bnlib.exercises.known import expectations
from bnlib.exercises.outcomes import encode
from bnlib.exercises.place import Place, place_of
from bnlib.exercises.search import Search
from bnlib.exercises.source import Source

NORMALIZE = expectations(load("normalize"))


def test_an_exam_begins_with_what_was_wrong_and_ends_with_fresh_inputs():
    found = exam.Exam(NORMALIZE, [2, 1])
    cases = NORMALIZE.plan.cases
    order = [2, 1, 0, *range(3, cases)]
    assert len(found.calls) == cases + 3
    for (arguments, right, tolerance), case in zip(found.calls, order, strict=False):
        assert arguments is NORMALIZE.plan.calls[case]
        assert right is NORMALIZE.right.observed[case]
        assert tolerance == NORMALIZE.tolerances[case]
    sizes = [max(np.size(a) for a in arguments) for arguments, _, _ in found.calls]
    assert min(sizes[cases:]) >= sorted(sizes[:cases])[-3]
    reference = load("normalize").reference
    assert found.passes(reference) and found.leaves_alone(reference)
    assert not found.passes(lambda z, eps=1e-5: z)
    assert not found.passes(lambda z, eps=1e-5: 1 / 0)


def test_a_candidates_time_is_its_own(monkeypatch):
    set_to = []
    monkeypatch.setattr(exam, "_calls_are_limited", [True])
    monkeypatch.setattr(exam.signal, "setitimer", lambda which, seconds: set_to.append(seconds))
    assert exam.run(lambda z: z + 1, (np.ones(1),)) == 2
    first, after = set_to
    assert 0 < first < 1 and after == 0


def test_a_candidate_gets_copies_and_may_change_nothing():
    def in_place(z, eps=1e-5):
        z -= z.mean(axis=1, keepdims=True)
        z /= np.sqrt(z.var(axis=1, keepdims=True) + eps)
        return z

    found = exam.Exam(NORMALIZE, [])
    assert found.passes(in_place) and not found.leaves_alone(in_place)
    before = {"a": [np.ones(2), (np.ones(2), 3)]}
    copy = trial.copied(before)
    copy["a"][0] += 1
    copy["a"][1][0][...] = 5
    assert before["a"][0].sum() == 2 and before["a"][1][0].sum() == 2
    assert type(copy["a"][1]) is tuple and copy["a"][1][1] == 3


def test_once_the_time_is_over_no_candidate_is_tried():
    for question in ("passes", "leaves_alone"):
        with pytest.raises(exam.OutOfTime):
            getattr(exam.Exam(NORMALIZE, [], seconds=-1), question)(lambda z, eps=1e-5: z)


def test_inputs_are_moved_towards_0_but_for_counts():
    rng = np.random.default_rng(1)
    z = np.array([[0.5, -2.5], [10.5, 0.0]], np.float32)
    given = {"z": [z, (0.5, 3, True)], "whole": np.array([1.0, 2.0]), "labels": np.array([1, 2])}
    moved = exam._moved(given, rng)
    ratio = moved["z"][0][z != 0] / z[z != 0]
    assert moved["z"][0].dtype == np.float32 and len(set(ratio)) == 3
    assert np.all((ratio >= 0.6) & (ratio <= 1)) and moved["z"][0][1, 1] == 0
    assert 0.3 <= moved["z"][1][0] < 0.5 and moved["z"][1][1:] == (3, True)
    assert moved["whole"] is given["whole"] and moved["labels"] is given["labels"]
    assert 0.6 <= np.array([exam._moved(1.0, rng) for _ in range(300)]).min() < 0.61


TEXT = "def f(z, n):\n    a = z - z.mean()\n    return a / n - a * 2 + z * 2"
SOURCE = Source(TEXT, ast.parse(TEXT).body[0], {}, 1, 6)


def at(words: str, which: int = 0) -> int:
    """The position of a node that reads like this."""
    nodes = [i for i, n in enumerate(SOURCE.nodes) if isinstance(n, (ast.expr, ast.stmt))]
    return [i for i in nodes if SOURCE.segment(SOURCE.nodes[i]) == words][which]


@pytest.mark.parametrize(
    ("found", "place"),
    [
        ([(at("z.mean()"), "axis")], Place(2, "z.mean()", "axis", counted=8)),
        ([(at("z.mean()"), "axis"), (at("n"), "name")], None),
        # `a` stands in its line twice: what is around it is told, and no kind of itself.
        ([(at("a", 1), "sign")], Place(3, "a / n", None, counted=9)),
        ([(at("a", 1), "name")], Place(3, "a / n", "name", counted=9)),
        ([(at("2"), "number")], Place(3, "z * 2", None, counted=9)),
        ([(at("a / n"), "sign"), (at("n"), "sign")], Place(3, "a / n", "sign", counted=9)),
        ([(at("a / n"), "order"), (at("n"), "sign")], Place(3, "a / n", None, counted=9)),
        ([(at("a = z - z.mean()"), "extra")],
         Place(2, "a = z - z.mean()", "extra", True, counted=8)),
    ],
)  # fmt: skip
def test_the_place_is_the_smallest_that_is_there_once(found, place):
    assert place_of(SOURCE, found) == place


def test_a_value_due_in_the_place_of_another_is_no_edit():
    other = at("z.mean()"), encode(np.ones(2)), encode(1.0)
    found = Search._replaced(None, SOURCE, [other], 0)
    assert found.place.expression == "z.mean()" and not found.one_edit


def test_a_place_is_told_in_words():
    assert Place(2, None).where == "line 2" and Place(2, "a", counted=8).where == "line 8, `a`"
    assert Place(2, "2", "factor").is_common_factor
    assert not Place(2, "3", "factor").is_common_factor
    assert not Place(2, "2", "number").is_common_factor
    assert Place(2, "a * 0.5 * (1 / b)", of_factors=True).is_common_factor
    assert Place(2, "a", "sign").question == "which sign is due there?"
    assert Place(2, "a").question == "which value does it give, and which one is due?"
    for statement in (Place(2, None), Place(2, "a = 1", is_statement=True)):
        assert statement.question == "what is it to do, and does it?"


def test_the_beginning_of_what_is_printed_is_kept():
    kept = child.Kept()
    assert kept.write("a" * 1_999) == 1_999 and kept.write(12) == 2 and kept.write("more") == 4
    assert kept.take() == "a" * 1_999 + "1 ..." and kept.take() == ""
    kept.writelines(["b", "c"])
    assert kept.write("d" * 1_998) == 1_998 and kept.take() == "bc" + "d" * 1_998
    assert not kept.isatty()


@pytest.mark.skipif(not sandbox.CAN_FORK, reason="no child processes here")
def test_one_that_waits_has_three_times_as_long():
    begun = time.monotonic()
    with pytest.raises(sandbox.TimedOut):
        sandbox.run(lambda: time.sleep(30) or b"", 0.4)
    assert 1.0 <= time.monotonic() - begun < 10
    assert sandbox.run(lambda: b"x" * (1 << 22)) == b"x" * (1 << 22)
    with pytest.raises(sandbox.Died):
        sandbox.run(lambda: b"x" * (1 << 26))


@pytest.mark.skipif(not sandbox.CAN_FORK, reason="no child processes here")
@pytest.mark.parametrize(("seconds", "children"), [(0.19, {2, 3}), (0.21, {1})])
def test_one_that_had_a_processor_for_half_the_limit_is_not_tried_again(
    monkeypatch, seconds, children
):
    monkeypatch.setattr(sandbox, "_reap", lambda: seconds)
    tried = []
    with (
        pytest.raises(sandbox.TimedOut),
        sandbox.apart(lambda: time.sleep(30) or b"", 0.4, meanwhile=lambda: tried.append(1)),
    ):
        pass
    assert len(tried) in children


@pytest.mark.skipif(not sandbox.CAN_FORK, reason="no child processes here")
def test_the_system_works_for_an_answer_too(monkeypatch):
    used = types.SimpleNamespace(ru_utime=1.5, ru_stime=0.25)
    monkeypatch.setattr(sandbox, "_killed", [1])
    monkeypatch.setattr(os, "wait4", lambda process, how: (process, 0, used))
    assert sandbox._reap() == 1.75


@pytest.mark.parametrize(
    ("platform", "forks"), [("linux", True), ("darwin", True), ("emscripten", False)]
)
def test_children_are_made_where_there_is_a_fork_but_in_no_browser(monkeypatch, platform, forks):
    monkeypatch.setattr(sys, "platform", platform)
    for there in (True, False):
        if there:
            monkeypatch.setattr(os, "fork", lambda: 0, raising=False)
        else:
            monkeypatch.delattr(os, "fork")
        assert runpy.run_path(sandbox.__file__)["CAN_FORK"] == (forks and there)


def asked_again(again, seconds=2.0, waiting=None):
    """What comes of a request, with the process that answered, which is killed by then."""
    with sandbox.apart(lambda: str(os.getpid()).encode(), again=again) as (first, ask):
        try:
            return first, ask(b"a request", seconds, waiting)
        finally:
            os.kill(int(first), 0)  # it is there until all is said


@pytest.mark.skipif(not sandbox.CAN_FORK, reason="no child processes here")
def test_a_child_is_asked_once_more_and_then_it_is_killed():
    first, second = asked_again(lambda request: request + str(os.getpid()).encode())
    assert second == b"a request" + first != b"a request%d" % os.getpid()
    here = os.getpid()
    with sandbox.apart(
        lambda: b"%d" % os.getpid(), meanwhile=lambda: os.getpid() == here or time.sleep(30)
    ) as (first, _):
        os.kill(int(first), 0)
    killed = os.waitid(os.P_PID, int(first), os.WEXITED | os.WNOWAIT)
    assert (killed.si_code, killed.si_status) == (os.CLD_KILLED, signal.SIGKILL)
    with pytest.raises(sandbox.TimedOut):
        asked_again(lambda request: time.sleep(30) or request, 0.2)
    with pytest.raises(sandbox.Died):
        asked_again(lambda request: os._exit(0))


@pytest.mark.skipif(not sandbox.CAN_FORK, reason="no child processes here")
def test_the_next_time_reaps_what_was_killed_and_waits_for_nothing_else():
    first, _ = asked_again(bytes)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        second, _ = asked_again(bytes)
        with pytest.raises(ProcessLookupError):
            os.kill(int(first), 0)
        os.kill(int(second), 0)
        assert other.poll() is None
    os.waitpid(int(second), 0)  # a notebook that reaps whatever it finds
    assert sandbox.run(lambda: b"next") == b"next"


@pytest.mark.skipif(not sandbox.CAN_FORK, reason="no child processes here")
def test_both_do_meanwhile_what_is_to_be_done():
    done = []

    def task():
        return b"%d" % len(done)

    def again(request):
        return b"%d %d" % (len(done), done[0] == os.getpid())

    with sandbox.apart(task, again=again, meanwhile=lambda: done.append(os.getpid())) as (
        first,
        ask,
    ):
        assert first == b"0" and done == [os.getpid()]
        assert ask(b"a request", 2.0, None) == b"1 1"


@pytest.mark.skipif(not sandbox.CAN_FORK, reason="no child processes here")
def test_somebody_who_waits_is_told_once():
    waited = []
    with pytest.raises(sandbox.TimedOut):
        asked_again(lambda request: time.sleep(30) or request, 0.8, lambda: waited.append(1))
    asked_again(lambda request: time.sleep(0.5) or request, waiting=lambda: waited.append(2))
    assert waited == [1, 2]


@pytest.mark.skipif(not sandbox.CAN_FORK, reason="no child processes here")
def test_each_time_the_child_signs_with_another_key(monkeypatch):
    keys, verified = [], child.verified
    monkeypatch.setattr(child, "verified", lambda m, key: keys.append(key) or verified(m, key))
    asked_again(lambda request: request)
    assert len(set(keys)) == 2


@pytest.mark.skipif(not sandbox.CAN_FORK, reason="no child processes here")
def test_a_child_whose_parent_is_gone_does_not_wait_for_a_request():
    reading, held = os.pipe()
    code = (
        "import os\nfrom bnlib.exercises import sandbox\n"
        "with sandbox.apart(lambda: b'') as _:\n    os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code], pass_fds=[held], check=True)
    os.close(held)
    assert select.select([reading], [], [], 30)[0] and os.read(reading, 1) == b""
    os.close(reading)
