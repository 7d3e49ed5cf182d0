"""The parts of `make progress FOLDER=...`, one by one: names, the table, finding, scheduling."""

import ast
import csv
import ctypes
import io
import os
import signal
import subprocess
import sys
import threading
import time
import types
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from course_fixture import code, notebook

from bnlib.course.__main__ import parse
from bnlib.course.classroom import (
    command,
    confine,
    container,
    executors,
    find,
    grader,
    schedule,
    submission,
    table,
)
from bnlib.course.classroom.written import Written
from bnlib.exercises import sandbox
from bnlib.exercises.diagnose import Verdict
from bnlib.exercises.grading import grade
from bnlib.records import notebooks
from bnlib.records.notebooks import NotebookError

COLUMNS = ["submission", "passed", "problem"]
PRINT = "0" * 32


def a_row(name: object, passed: int = 1, print_: str = PRINT, **more: object) -> dict:
    return {"submission": name, "passed": passed, "problem": "", "fingerprint": print_, **more}


def read(path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


NAMES = ["=1+1", "'=1+1", "+x", "-x", "@x", "\t=x", "a\nb", "a\\nb", "\x1b[31mred", "\u202egnp",
         os.fsdecode(b"J\xfcrgen"), "J\\udcfcrgen", "Jürgen", "李", "a,b", 'a"b', "",
         "a;=1", r"a\x3b=1", "＝1", "＋1", "－1", "＠x"]  # fmt: skip


def test_names_are_harmless_and_stay_apart():
    shown = [table.safe(name) for name in NAMES]
    assert len(set(shown)) == len(NAMES)
    assert all(text.isprintable() and text[:1] not in tuple("=+-@＝＋－＠") for text in shown)
    assert not any(";" in text for text in shown)  # Excel's separator where 0,5 is a half
    assert [text.encode().decode() for text in shown] == shown
    assert table.safe("Jürgen") == "Jürgen"


def test_a_row_is_on_the_disk_at_once_and_is_taken_up(tmp_path):
    path = tmp_path / "t.csv"
    with table.Table(path, COLUMNS) as rows:
        for number, name in enumerate(NAMES):
            rows.add(a_row(name))
            assert len(read(path)) == number + 2
        file = path.stat().st_ino
    assert path.read_bytes().startswith(table.BOM)
    before = path.read_bytes()
    with table.Table(path, COLUMNS) as rows:
        assert rows.known == {table.safe(name): PRINT for name in NAMES}
    assert path.read_bytes() == before
    assert path.stat().st_ino == file  # not written anew where every row counts


def test_the_last_row_of_a_submission_counts(tmp_path):
    path = tmp_path / "t.csv"
    with table.Table(path, COLUMNS) as rows:
        rows.add(a_row("ada", 1))
        rows.add(a_row("bob", 2))
        rows.add(a_row("ada", 3, "1" * 32))
        assert [row[0] for row in read(path)] == ["submission", "ada", "bob", "ada"]
        broken_off = tmp_path / "broken off.csv"
        broken_off.write_bytes(path.read_bytes())
    assert read(path)[1:] == [["bob", "2", "", PRINT], ["ada", "3", "", "1" * 32]]
    with table.Table(broken_off, COLUMNS):
        pass
    assert read(broken_off) == read(path)


def test_what_another_run_wrote_before_the_lock_was_had_is_taken_up(tmp_path, monkeypatch):
    other = tmp_path / "other.csv"
    with table.Table(other, COLUMNS) as rows:
        rows.add(a_row("ada"))
    monkeypatch.setattr(table, "_lock", lambda _, path: path.write_bytes(other.read_bytes()))
    with table.Table(tmp_path / "t.csv", COLUMNS) as rows:
        assert list(rows.known) == ["ada"]
    assert read(tmp_path / "t.csv") == read(other)


@pytest.mark.parametrize("cut", [1, 10, 34, 36])
def test_a_row_that_was_half_written_is_graded_again(tmp_path, cut):
    path = tmp_path / "t.csv"
    with table.Table(path, COLUMNS) as rows:
        rows.add(a_row("ada"))
        rows.add(a_row("bob"))
    path.write_bytes(path.read_bytes()[:-cut])
    with table.Table(path, COLUMNS) as rows:
        assert list(rows.known) == ["ada"]
        rows.add(a_row("bob"))
    assert [row[0] for row in read(path)] == ["submission", "ada", "bob"]


def test_a_table_that_is_written_anew_is_open_to_whom_it_was_and_has_no_half_row(tmp_path):
    path = tmp_path / "t.csv"
    with table.Table(path, COLUMNS) as rows:
        rows.add(a_row("ada", print_=""))  # to be graded again
    path.chmod(0o640)
    with path.open("a", encoding="utf-8") as file:
        file.write("bob,2")
    with table.Table(path, COLUMNS):
        pass
    assert read(path)[1:] == [["ada", "1", "", ""]]
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o640


def test_the_table_of_another_version_is_kept(tmp_path, capsys):
    path = tmp_path / "t.csv"
    with table.Table(path, COLUMNS) as rows:
        rows.add(a_row("ada"))
    old = path.read_bytes()
    with table.Table(path, [*COLUMNS, "a new exercise"]) as rows:
        assert rows.known == {}
    [kept] = tmp_path.glob("t.20*.csv")
    assert kept.read_bytes() == old
    assert str(kept) in capsys.readouterr().err


@pytest.mark.parametrize("content", ["grades of 2025\nada,1.0\n", "\x00\x01"])
def test_another_file_is_not_touched(tmp_path, content):
    path = tmp_path / "t.csv"
    path.write_text(content)
    with pytest.raises(NotebookError, match="no table of this command"):
        table.Table(path, COLUMNS)
    assert path.read_text() == content


def test_a_table_that_cannot_be_written_is_told(tmp_path):
    for path in (tmp_path, tmp_path / "missing" / "t.csv"):
        with pytest.raises(NotebookError, match="cannot be written"):
            table.Table(path, COLUMNS)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is full")
def test_of_a_full_disk_it_is_told_once(tmp_path):
    with table.Table(tmp_path / "t.csv", COLUMNS) as rows:
        rows.add(a_row("ada"))
        with open("/dev/full", "ab") as full:
            os.dup2(full.fileno(), rows._file.fileno())
        with pytest.raises(OSError, match="No space left"):
            rows.add(a_row("bob"))
    with table.Table(tmp_path / "t.csv", COLUMNS) as rows:
        assert [*rows.known] == ["ada"]


def test_a_table_that_another_program_writes_is_seen_to_be_changed(tmp_path):
    with table.Table(tmp_path / "t.csv", COLUMNS) as rows:
        seen = [rows.changed()]
        rows.add(a_row("ada"))
        seen.append(rows.changed())
        rows.path.write_bytes(b"")
        seen.append(rows.changed())
        rows.path.unlink()
    assert [*seen, rows.changed()] == [False, False, True, True]


def test_two_runs_do_not_write_one_table(tmp_path):
    pytest.importorskip("fcntl")
    with table.Table(tmp_path / "t.csv", COLUMNS), pytest.raises(NotebookError, match="Another"):
        table.Table(tmp_path / "t.csv", COLUMNS)
    with table.Table(tmp_path / "t.csv", COLUMNS) as rows:
        rows.add(a_row("ada"))


def test_rows_go_to_a_stream_as_to_a_file(tmp_path):
    with table.Table(tmp_path / "t.csv", COLUMNS) as rows:
        rows.add(a_row("=ada"))
    written = io.StringIO()
    with table.Stream(written, [*COLUMNS, table.LAST]) as rows:
        rows.add(a_row("=ada"))
    assert written.getvalue() == (tmp_path / "t.csv").read_text(encoding="utf-8-sig")


def test_submissions_are_found(tmp_path):
    for name in ("ada", ".git", "__MACOSX", "b.ipynb"):
        (tmp_path / name).mkdir()
    (tmp_path / "cleo.ipynb").touch()
    (tmp_path / "progress.csv").touch()
    (tmp_path / "nowhere").symlink_to("missing")
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "link").symlink_to("ada")
    found = {path.name for path in find.submissions(tmp_path)}
    assert found == {"ada", "b.ipynb", "cleo.ipynb", "nowhere", "circle", "link"}
    parts = [{p.name for p in find.submissions(tmp_path, (k, 3))} for k in range(3)]
    assert set.union(*parts) == found and sum(map(len, parts)) == len(found)


def test_the_notebooks_of_a_submission(tmp_path):
    names = ["2_b.ipynb", "in/here/1_a.ipynb", ".ipynb_checkpoints/1_a.ipynb", "notes.txt"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    os.mkfifo(tmp_path / "3_c.ipynb")
    found = find.notebooks_of(tmp_path)
    assert [path.name for path in found] == ["2_b.ipynb", "1_a.ipynb"]
    before = find.fingerprint(found, "version")
    assert before == find.fingerprint(found, "version") != find.fingerprint(found, "another")
    found[0].write_text("x")
    assert before != find.fingerprint(found, "version")


def test_a_copy_of_a_notebook_is_known_by_its_name(tmp_path):
    files = [tmp_path / name for name in ("ada_2_fit (1).ipynb", "b/2_fit.ipynb", "1_norm.ipynb")]
    assert find.copy_of("2_fit.ipynb", files) == files[1]
    assert find.copy_of("2_fit.ipynb", files[:1]) == files[0]
    assert find.copy_of("3_why.ipynb", files) is None


def test_of_a_huge_file_the_size_is_looked_at(tmp_path, monkeypatch):
    path = tmp_path / "1_a.ipynb"
    monkeypatch.setattr(find, "LARGEST", 3)
    seen = []
    for text in ("abc", "abd", "abcd", "abce", "abcde"):
        path.write_text(text)
        seen.append(find.fingerprint([path]))
    assert seen[2] == seen[3] and len(set(seen)) == 4
    assert {len(each) for each in seen} == {32}


def test_a_version_is_that_of_every_program_and_record(tmp_path):
    (tmp_path / "bnlib/a").mkdir(parents=True)
    seen = [find.version(tmp_path)]
    for name in ("bnlib/a/b.py", "bnlib/a/c.json", "bnlib/a/d.txt", "e.py"):
        (tmp_path / name).touch()
        seen.append(find.version(tmp_path))
    assert len(set(seen[:3])) == 3 and seen[2] == seen[3] == seen[4]


def test_few_tasks_are_under_way_and_a_slow_one_holds_up_none():
    taken, done, slow = [], [], threading.Event()

    def tasks():
        for number in range(30):
            taken.append(number)
            yield number

    def work(number: int) -> int:
        if number == 0:
            slow.wait(10)
        if number == 7:
            raise OSError("once")
        return -number

    with ThreadPoolExecutor(3) as pool:
        for task, future in schedule.results(pool, work, tasks(), ahead=5):
            done.append(task)
            assert len(taken) - len(done) <= 5
            assert task == 7 or future.result() == -task
            if len(done) == 29:
                slow.set()
    assert sorted(done) == taken == [*range(30)]
    assert done[-1] == 0


def test_a_run_that_is_broken_off_hands_out_no_more():
    begun = []

    def work(number: int) -> None:
        begun.append(number)
        time.sleep(0.01)

    with ThreadPoolExecutor(1) as pool:
        for _ in schedule.results(pool, work, iter(range(100)), ahead=4):
            break
    assert len(begun) <= 5


def test_nothing_begins_once_everything_was_stopped():
    confine.stop()
    try:
        with pytest.raises(confine.Stopped):
            confine.Child([sys.executable, "-c", ""], {})
    finally:
        confine.start_again()


def test_an_answer_is_cut_and_one_without_end_is_ended():
    chatter = "print('x' * 25_000)\nprint('finished', flush=True)\nwhile input(): print()"
    child = confine.Child([sys.executable, "-c", chatter], {})
    try:
        lines, late = child.ask(b"begin", 30)
        assert [len(line) for line in lines] == [10_000, 10_000, 5_001] and not late
        for _ in range(2_000):
            child._stdin.write(b"go on\n")
        lines, late = child.ask(b"go on", 30)
        assert len(lines) == 1_001 and child.ended and not late and child.asked == 2
    finally:
        child.end()


def test_what_a_submission_wrote_is_gone_before_the_next():
    litters = "import os, sys\nfor line in sys.stdin:\n    print(os.listdir())\n"
    litters += "    open('f', 'w').close(); os.makedirs('d/e'); os.symlink('d', 'g')\n"
    litters += "    print('finished', flush=True)"
    child = confine.Child([sys.executable, "-c", litters], {})
    try:
        for _ in range(2):
            assert child.ask(b"", 30) == ([b"[]\n"], False)
        scratch = child._scratch.name
        assert os.path.isdir(scratch) and not child.ended
    finally:
        child.end()
    assert not os.path.exists(scratch)


def test_a_file_that_goes_meanwhile_keeps_no_other(tmp_path, monkeypatch):
    for name in "abc":
        (tmp_path / name).touch()
    unlink = Path.unlink
    monkeypatch.setattr(Path, "unlink", lambda path: unlink(path) or unlink(path))
    scratch = types.SimpleNamespace(name=str(tmp_path))
    confine.Child._empty_scratch(types.SimpleNamespace(_scratch=scratch))
    assert [*tmp_path.iterdir()] == []


def test_one_whose_time_is_up_is_ended():
    child = confine.Child([sys.executable, "-c", "import time; time.sleep(60)"], {})
    assert child.ask(b"", 0.1) == ([], True)
    assert child.ended and child._process.poll() is not None and child not in confine._running
    assert child.ask(b"", 0.1) == ([b""], False)


def test_a_time_that_is_over_is_not_waited_for():
    lines = types.SimpleNamespace(get=lambda timeout: timeout)
    child = types.SimpleNamespace(_lines=lines)
    assert confine.Child._line(child, time.monotonic() - 1) == 0


@pytest.mark.skipif(os.name == "nt", reason="there are no sessions")
def test_a_child_is_the_first_of_a_session_that_can_be_ended_as_a_whole():
    leads = "import os; print(os.getsid(0) == os.getpid()); print('finished', flush=True); input()"
    child = confine.Child([sys.executable, "-c", leads], {})
    try:
        assert child.ask(b"", 30) == ([b"True\n"], False)
    finally:
        child.end()


@pytest.mark.skipif(os.name == "nt", reason="there are no groups of processes")
def test_with_a_child_its_group_is_ended_even_what_has_shed_the_mark():
    sheds = "import subprocess, sys\nwaits = [sys.executable, '-c', 'import time; time.sleep(60)']"
    sheds += "\nsubprocess.Popen(waits, env={}); print('finished', flush=True); input()"
    child = confine.Child([sys.executable, "-c", sheds], {})
    try:
        assert child.ask(b"", 30) == ([], False)
    finally:
        child.end()
    assert child._lines.get(timeout=10) == b""  # nothing has its pipe any more


def test_on_windows_a_tree_is_ended_and_its_root_whatever_comes_of_that(monkeypatch):
    killed = []

    def taskkill(command, **_):
        killed.append(command[-1])
        raise FileNotFoundError

    monkeypatch.setattr(confine, "os", types.SimpleNamespace(name="nt"))
    monkeypatch.setattr(confine.subprocess, "run", taskkill)
    confine._kill(types.SimpleNamespace(pid=7, kill=lambda: killed.append("the root")))
    assert killed == ["7", "the root"]


def test_a_child_is_stopped_with_all():
    child = confine.Child([sys.executable, "-c", "import time; time.sleep(60)"], {})
    confine.stop()
    try:
        assert child.ended
        with pytest.raises(confine.Stopped):
            child.ask(b"", 1)
    finally:
        confine.start_again()


def test_of_what_a_grader_wrote_only_what_is_meant_is_taken_down():
    statuses, problems = {"normalize": ""}, []
    lines = [
        b"{ half", b"\xff", b"[1]", b"[" * 100_000, b'{"exercise": "other", "status": "passed"}',
        b'{"exercise": ["normalize"], "status": "passed"}', b'{"exercise": "normalize"}',
        b'{"exercise": "normalize", "status": "%s"}' % (b"x" * 121), b'{"problem": 3}',
        b'{"problem": "%s"}' % (b"y" * 201), b'{"done": 0}', b'{"done": 1}',
    ]  # fmt: skip
    assert submission._understood(lines, statuses, problems) == 2
    assert statuses == {"normalize": "x" * 120} and problems == ["y" * 200]


def test_a_notebook_that_is_too_large_or_takes_too_long_is_a_problem(tmp_path, monkeypatch):
    path = tmp_path / "1_a.ipynb"
    path.write_text(notebooks.to_text(notebook(code("x = 1", "x"))))
    jobs = [{"file": str(path), "exercises": dict.fromkeys(("normalize", "hardmax"))}]

    def said(seconds: float) -> list[str]:
        answer = io.StringIO()
        grader.main(jobs, seconds, answer)
        return answer.getvalue().splitlines()

    done = '{"done": 0}'
    both = ['{"exercise": "' + f'{n}", "status": "not attempted"}}' for n in jobs[0]["exercises"]]
    assert said(60) == [*both, done]
    assert said(-1) == ['{"problem": "1_a.ipynb took too long and was stopped"}', done]
    monkeypatch.setattr(find, "LARGEST", path.stat().st_size)
    assert said(60) == [*both, done]
    monkeypatch.undo()
    os.truncate(path, (64 << 20) + 1)
    assert said(60) == ['{"problem": "1_a.ipynb is larger than 64 MB"}', done]


def test_a_row_is_told_in_a_line():
    row = a_row("=ada", 3)
    assert command._in_a_line(row) == "'=ada: 3 passed"
    assert command._in_a_line(row | {"problem": "late"}) == "'=ada: 3 passed  (late)"


@pytest.mark.parametrize(
    ("out", "error", "said"),
    [
        (0, "", ""),
        (1, "a\nno rights\n", "no rights"),
        (1, " ", "no reason was given"),
        (1, "\xe9", "\ufffd"),
    ],
)
def test_why_containers_do_not_work_is_bubblewraps_last_line(monkeypatch, out, error, said):
    monkeypatch.setattr(container.shutil, "which", lambda name: f"/bin/{name}")
    really, ran = subprocess.run, []

    def run(command, **settings):
        ran.append(command)
        instead = (
            f"import sys; sys.stderr.buffer.write({error.encode('latin1')!r}); sys.exit({out})"
        )
        return really([sys.executable, "-c", instead], **settings)

    monkeypatch.setattr(container.subprocess, "run", run)
    why = container.fault.__wrapped__()
    assert why == (f"bubblewrap does not work here. It says: {said}" if said else "")
    assert ran[0][0] == "/bin/bwrap" and ran[0][-3:] == [sys.executable, "-c", "import numpy"]


def test_a_container_shows_the_course_and_what_is_graded_and_no_more():
    words = container.contained(["run"], ["/in/1_a.ipynb"], {"LANG": "C"})
    shown = [words[i + 1] for i, word in enumerate(words) if word == "--ro-bind-try"]
    mine = [path for path in shown if path not in container.SYSTEM]
    assert "/in/1_a.ipynb" in mine and len(mine) == len(set(mine)) <= 5
    assert str(Path(container.__file__).parents[2]) in mine
    assert words[-4:] == ["--remount-ro", "/", "--", "run"]
    assert words[words.index("--setenv") :][:3] == ["--setenv", "LANG", "C"]


@pytest.mark.skipif(not sandbox.CAN_FORK, reason="every submission has a grader of its own")
def test_a_grader_serves_so_many_submissions_and_no_more(monkeypatch):
    class Child:
        def __init__(self, *_):
            self.asked, self.ended = 0, False

        def end(self):
            self.ended = True

    monkeypatch.setattr(confine, "Child", Child)
    monkeypatch.setattr(submission, "_own", threading.local())
    task = submission.Task("", "", "", False, 60)
    first = submission._grader([], task)
    first.asked = submission.MOST_SUBMISSIONS - 1
    assert submission._grader([], task) is first
    first.asked += 1
    second = submission._grader([], task)
    assert second is not first and first.ended
    second.end()
    assert submission._grader([], task) is not second


def test_without_distributed_there_is_no_cluster(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NotebookError, match="--dask needs"), executors.dask("tcp://nowhere:1"):
        pass


def test_a_cluster_that_is_not_there_is_told(monkeypatch):
    def refuse(address, *, timeout, set_as_default):
        assert timeout and not set_as_default
        raise OSError("nobody answers")

    monkeypatch.setitem(sys.modules, "distributed", types.SimpleNamespace(Client=refuse))
    told = pytest.raises(NotebookError, match="no Dask cluster at tcp://nowhere:1: nobody answers")
    with told, executors.dask("tcp://nowhere:1"):
        pass
    assert parse(["progress", "--dask", "tcp://nowhere:1", "class"]).dask == "tcp://nowhere:1"


def test_a_submission_that_was_cancelled_ends_the_run():
    cancelled = Future()
    cancelled.cancel()
    with pytest.raises(KeyboardInterrupt):
        command._row(submission.Task("", "", "", False, 60), cancelled)


def test_a_folder_that_cannot_be_read_is_told(tmp_path, monkeypatch):
    def forbidden(*_):
        raise PermissionError("not yours")

    monkeypatch.setattr(os, "scandir", forbidden)
    with pytest.raises(PermissionError, match="not yours"):
        find.notebooks_of(tmp_path)


def test_a_grader_on_linux_is_not_to_be_looked_into_and_outlives_nobody(monkeypatch):
    asked, after_fork = [], []
    system = types.SimpleNamespace(prctl=lambda *numbers: asked.append(numbers))
    monkeypatch.setattr(ctypes, "CDLL", lambda _: system)
    monkeypatch.setattr(
        os, "register_at_fork", lambda after_in_child: after_fork.append(after_in_child)
    )
    grader._on_linux()
    # PR_SET_DUMPABLE is 4 and PR_SET_PDEATHSIG 1 in <linux/prctl.h>, SIGKILL 9.
    assert asked == [(4, 0, 0, 0, 0), (1, 9, 0, 0, 0)]
    after_fork[0]()
    assert asked[2:] == [(1, 9, 0, 0, 0)]


def test_what_is_printed_reaches_no_verdict_and_no_other_process_looks_into_a_grader():
    program = (
        "import ctypes, os, sys; from bnlib.course.classroom.grader import _shut_off; requests, "
        "answers = _shut_off(); os.write(1, b'printed'); seen = sys.platform == 'linux' and "
        "ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) != 0; print(seen, file=answers, flush=True); "
        "os.read(0, 9) and os.write(2, b'read')"  # 3 is PR_GET_DUMPABLE
    )
    run = subprocess.run(
        [sys.executable, "-c", program], input="a request", capture_output=True, text=True
    )
    assert (run.stdout, run.stderr, run.returncode) == ("False\n", "", 0)


def written(*cells: str) -> Written:
    return Written(notebook(*(code(text, f"c{i}") for i, text in enumerate(cells))), "n")


HELPED = """
import os, json
import no_such_module
ran = []
class Unused:
    ran.append("class")
def _root(v):
    return v ** 0.5 + SMALL
SMALL = 0
LOUD = print("ran")
"""
ANSWER = """def normalize(z, eps=1e-5):
    v = z.var(1, keepdims=True) + eps
    return (z - z.mean(1, keepdims=True)) / _root(v)
check(normalize)"""


def test_what_an_answer_needs_is_found_and_nothing_else(capsys):
    notebook = written(HELPED, "def (", f"%magic\n{ANSWER}", "1 / 0")
    assert [s.place for s in notebook.statements][-1:] == ["<n [3]>"]
    needed = [ast.unparse(s.node).partition("\n")[0] for s in notebook._needed("normalize")]
    assert needed == ["def _root(v):", "SMALL = 0", "def normalize(z, eps=1e-05):"]
    assert notebook.answer("scale_and_shift") is None
    assert grade("normalize", notebook.answer("normalize")).status == "passed"
    assert capsys.readouterr().out == ""


def test_what_python_cannot_read_is_no_stub():
    unfinished = written(
        "def scale(", "x = 1 +\n  def normalize(z, eps=1e-5):", "def one_hot(a): 1"
    )
    found = [unfinished.cannot_be_read(n) for n in ("scale", "normalize", "scal", "one_hot")]
    assert found == [True, True, False, False]
    assert grader._status("normalize", None, unfinished) == "wrong: cannot-be-read"
    assert grader._status("scale_and_shift", None, unfinished) == "not attempted"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ANSWER.replace("_root(v)", "(v)"), "divides-by-the-variance"),
        ("normalize = 3", "not-callable"),
        ("def normalize(z, eps=undefined): return z", "not-callable"),
        ("import os\nclass A: os._exit(0)\ndef normalize(z, eps=1e-5): return A", "ended-python"),
        ("def normalize(z, eps=1e-5):\n    return (z - z.mean(0)) / 2", "ignores-eps"),
    ],
)
def test_a_verdict_is_that_of_the_function_itself(text, said):
    verdict = grade("normalize", written(text).answer("normalize"))
    assert verdict.status == "failed"
    assert verdict.misconception == said


def test_a_slip_is_found_in_a_notebook_as_in_a_function():
    text = ANSWER.replace("z.mean(1", "z.mean(0") + "\ndef _root(v): return v ** 0.5"
    assert grade("normalize", written(text).answer("normalize")).line == 3


def test_a_cell_as_shipped_is_known_without_being_run():
    stub, own = "def normalize(z, eps=1e-5):\n    ...", "def normalize(z): return z"
    digest = notebooks.digest(stub)
    assert written(stub + "\n").is_stub("normalize", digest)
    for cells in ((own,), (stub, own), (stub, "normalize = max"), (f"{stub}\n{own}",)):
        assert not written(*cells).is_stub("normalize", digest)


def test_the_table_has_no_room_for_places_so_none_is_looked_for(monkeypatch):
    def graded(name, answer, **how):
        return Verdict("failed", str(how), "")

    monkeypatch.setattr(grader, "grade", graded)
    assert grader._status("normalize", None, written(ANSWER)) == "wrong: {'place': False}"


def test_grading_that_another_program_ends_ends_as_by_control_c(tmp_path):
    before = signal.getsignal(signal.SIGTERM)
    try:
        with pytest.raises(NotebookError, match="no folder"):
            command.main(parse(["progress", str(tmp_path / "none")]))
        assert signal.getsignal(signal.SIGTERM) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGTERM, before)


@pytest.mark.parametrize("shard", ["3/3", "1", "x/2", "-1/2", "1/0"])
def test_a_shard_is_a_part_of_a_whole(shard):
    with pytest.raises(NotebookError, match="K/N"):
        command._shard(shard)
    assert command._shard("0/3") == (0, 3)
