"""`make progress FOLDER=...` on whole classes, with everything that can go wrong in one.

Every submission costs a process, so one class serves many tests.
"""

import contextlib
import csv
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml
from course_fixture import code, notebook

from bnlib.course import __main__ as commands
from bnlib.course.classroom import (
    command,
    confine,
    container,
    executors,
    find,
    schedule,
    submission,
    table,
)
from bnlib.records import notebooks

ROOT = Path(__file__).resolve().parents[2]
FIRST = "1_normalizing_activations.ipynb"
SECOND = "2_fitting_batch_norm.ipynb"
RIGHT = """import numpy as np
def normalize(z, eps=1e-5):
    return (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + eps)"""
LIMITED = RIGHT.replace(
    "return",
    "import resource; assert 0 < resource.getrlimit(resource.RLIMIT_CPU)[1] <= 3600; return",
)
WRONG = RIGHT.replace("np.sqrt(z.var(1, keepdims=True) + eps)", "(z.var(1, keepdims=True) + eps)")
POSIX = pytest.mark.skipif(os.name == "nt", reason="processes of this kind are not on Windows")
BWRAP = pytest.mark.skipif(bool(container.fault()), reason="bubblewrap does not work here")


def hand_in(folder: Path, name: str, text: str, file: str = FIRST, bom: bool = False) -> Path:
    """Put a notebook of one cell into a learner's folder."""
    (folder / name).mkdir(parents=True, exist_ok=True)
    content = notebooks.to_text(notebook(code(text, "exercise-normalize", "exercise")))
    (folder / name / file).write_text(content, encoding="utf-8-sig" if bom else "utf-8")
    return folder / name


def run(folder: Path, *options: str) -> int:
    """The command, in this process."""
    return commands.main(["progress", *options, "--", str(folder)])


def rows(path: Path) -> dict[str, dict]:
    """The table, by submission."""
    text = path.read_text(encoding="utf-8-sig")
    return {row["submission"]: row for row in csv.DictReader(text.splitlines())}


@pytest.fixture
def folder(tmp_path):
    """A class's folder."""
    (tmp_path / "class").mkdir()
    return tmp_path / "class"


def said(capsys):
    """What was told, in one line: where 80 columns break it hangs on the length of a path."""
    return " ".join(capsys.readouterr().err.split())


def test_a_class(folder, tmp_path, capsys):
    hand_in(folder, "ada", RIGHT)
    hand_in(folder, "bob", WRONG)
    hand_in(folder, "bob", RIGHT, "1_normalizing_activations (1).ipynb")
    hand_in(folder, "ends", f"import os\nclass A: os._exit(0)\n{RIGHT}\n    A")
    hand_in(folder, "eats", RIGHT + "\n" + "x = [0] * (1 << 40)\ndef scale_and_shift(*_): return x")
    hand_in(folder, "limited", LIMITED)
    hand_in(folder, "=cmd()", RIGHT, bom=True)
    hand_in(folder, os.fsdecode(b"J\xfcrgen\x1b[2J"), RIGHT)
    (hand_in(folder, "broken", "") / FIRST).write_text("{ half", encoding="utf-8")
    (hand_in(folder, "latin", "") / FIRST).write_bytes(b'{"cells": "\xfc"}')
    hand_in(folder, "other", RIGHT, "mine.ipynb")
    hand_in(tmp_path / "elsewhere", "b17", RIGHT)
    (folder / "lin").symlink_to(tmp_path / "elsewhere" / "b17")
    (folder / "lost").symlink_to("nowhere")
    (folder / "empty").mkdir()
    assert run(folder) == 0
    told = capsys.readouterr().err
    assert f"13submissions:{folder / 'progress.csv'}" in "".join(told.split())
    found = rows(folder / "progress.csv")
    assert len(found) == 13 and re.search(r"^13 of 13  .* passed", told, re.MULTILINE)
    for name in ("ada", "'=cmd()", r"J\udcfcrgen\x1b[2J", "lin", "eats", "limited"):
        assert (found[name]["passed"], found[name]["problem"]) == ("1", ""), name
        assert found[name]["normalize"] == "passed"
    assert found["ada"]["batch_statistics"] == "not attempted"
    assert found["bob"]["normalize"] == "wrong: divides-by-the-variance"
    assert found["ends"]["normalize"] == "wrong: ended-python"
    assert "not valid JSON" in found["broken"]["problem"]
    assert "not UTF-8" in found["latin"]["problem"]
    assert found["other"]["problem"] == "no notebook of the course, but mine.ipynb"
    assert found["lost"]["problem"] == "it is a link that leads nowhere"
    assert found["empty"]["problem"] == "no notebook in it"
    assert "\x1b" not in told

    # A second run takes up all but what changed, and what is only there now.
    hand_in(folder, "bob", RIGHT)
    (folder / "lost").unlink()
    (folder / "lost").mkdir()
    hand_in(folder, "lost", WRONG)
    shutil.rmtree(folder / "other")
    assert run(folder) == 0
    told = capsys.readouterr().err
    assert sorted(re.findall(r"^\d+ of 12  (\w+):", told, re.MULTILINE)) == ["bob", "lost"]
    told = " ".join(told.split())
    assert "(10 as they were)" in told and "no longer there: 1. They are kept" in told
    again = rows(folder / "progress.csv")
    assert again["bob"]["normalize"] == "passed" and again["lost"]["wrong"] == "1"
    changed = {"bob", "lost"}
    assert {n: r for n, r in again.items() if n not in changed} == {
        n: r for n, r in found.items() if n not in changed
    }


def test_what_cannot_be_graded_is_told_before(folder, tmp_path, capsys):
    assert run(folder) == 2
    assert "no submission in" in said(capsys)
    assert run(tmp_path / "missing") == 2
    assert "no folder" in said(capsys)
    hand_in(folder, "ada", RIGHT)
    assert run(folder, "--csv", str(tmp_path / "missing" / "t.csv")) == 2
    told = said(capsys)
    assert "cannot be written" in told and "1 of 1" not in told


def test_what_stops_the_grading_is_told_with_how_far_it_came(folder, monkeypatch, capsys):
    def full(*arguments):
        raise OSError("No space left on device")

    hand_in(folder, "ada", RIGHT)
    monkeypatch.setattr(schedule, "results", full)
    assert run(folder) == 2
    assert "Stopped at 0 of 1, which are kept, by: No space left on device" in said(capsys)


def test_a_bar_counts_submissions_and_makes_way_for_what_is_told(folder, monkeypatch):
    seen = []

    class Bar(command.ProgressBar):
        def update(self, step):
            seen.append((step, self.total))

        def clear(self):
            seen.append("cleared")

    monkeypatch.setattr(command, "ProgressBar", Bar)
    monkeypatch.setattr(command, "_say", lambda words: seen.append(words[:6]))
    monkeypatch.setattr(submission, "row", lambda task: submission.problem(task, "late"))
    for name in ("ada", "bob"):
        hand_in(folder, name, RIGHT)
    assert run(folder) == 0
    assert seen[:6] == ["cleared", "1 of 2", (1, 2), "cleared", "2 of 2", (2, 2)]


def test_a_folder_may_be_called_like_an_option(folder, monkeypatch):
    monkeypatch.chdir(folder)
    hand_in(folder / "-x", "ada", RIGHT)
    monkeypatch.setenv(commands.MORE, "--csv 'my class.csv'")
    assert commands.main(["progress", "--", "-x"]) == 0
    assert rows(folder / "my class.csv")["ada"]["passed"] == "1"


def test_a_home_folder_may_be_called_by_its_sign(folder, tmp_path, monkeypatch):
    """zsh leaves `FOLDER=~/x` as it is, and every shell leaves `ARGS='--csv ~/x'`."""
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path))
    hand_in(folder, "ada", RIGHT)
    assert run(Path("~/class"), "--csv", "~/t.csv") == 0
    assert rows(tmp_path / "t.csv")["ada"]["passed"] == "1"
    monkeypatch.chdir(tmp_path)
    hand_in(tmp_path / "~" / "class", "bob", RIGHT)
    assert run(Path("~/class"), "--csv", "t.csv") == 0
    assert rows(tmp_path / "t.csv").keys() == {"ada", "bob"}


def test_what_is_told_of_a_submission_hangs_on_its_content_alone(folder, capsys):
    """Whatever the clock says, and though its size and its times are as they were."""
    file = hand_in(folder, "ada", RIGHT) / FIRST
    assert run(folder) == 0
    before = file.stat()
    file.write_text(file.read_text().replace("z.var", "z.std"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert run(folder) == 0
    assert rows(folder / "progress.csv")["ada"]["passed"] == "0"
    os.utime(file, (0, 0))
    capsys.readouterr()
    assert run(folder) == 0
    assert "(1 as they were)" in said(capsys)


@pytest.mark.parametrize("what", ["replaced", "changed", "deleted"])
def test_a_table_that_another_program_wrote_meanwhile_is_told(folder, monkeypatch, capsys, what):
    path = folder / "progress.csv"
    for name in ("ada", "bob"):
        hand_in(folder, name, RIGHT)
    say = command._say

    def save(words):
        say(words)
        if words.startswith("1 of 2"):
            header = path.read_bytes().splitlines(keepends=True)[0]
            if what != "changed":
                path.unlink()
            if what != "deleted":
                path.write_bytes(header)

    with monkeypatch.context() as patch:
        patch.setattr(command, "_say", save)
        assert run(folder) == 2
    assert "is not as this run wrote it" in said(capsys)
    assert run(folder) == 0
    assert "not as this run" not in said(capsys)
    assert rows(path).keys() == {"ada", "bob"}


def test_of_a_disk_that_is_full_the_reason_alone_is_told(folder, monkeypatch, capsys):
    def full(*_):
        raise OSError("no space left")

    hand_in(folder, "ada", RIGHT)
    monkeypatch.setattr(table.Table, "add", full)
    monkeypatch.setattr(table.Table, "changed", lambda _: True)
    assert run(folder) == 2
    told = said(capsys)
    assert "no space left" in told
    assert "is not as this run wrote it" not in told


LEAVES_A_THREAD = f"import threading, time\n{RIGHT.replace('return', 'THREAD; return')}"
LEAVES_A_FORK = f"""import os, time
def leave():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(45)
        os._exit(0)
{RIGHT.replace("return", "leave(); return")}"""


def processes_with(mark: str) -> list[str]:
    """Processes whose environment has a text in it."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            found += [str(path)] * (mark.encode() in path.read_bytes())
        except OSError:
            continue
    return found


@POSIX
@pytest.mark.parametrize("contained", [False, pytest.param(True, marks=BWRAP)])
def test_what_a_submission_leaves_running_holds_up_nothing_and_is_ended(
    folder, contained, monkeypatch
):
    monkeypatch.setattr(confine, "MARK", f"BNLIB_TEST_{time.monotonic_ns()}")  # this run's only
    thread = "threading.Thread(target=time.sleep, args=(30,)).start()"
    hand_in(folder, "thread", LEAVES_A_THREAD.replace("THREAD", thread))
    hand_in(folder, "fork", LEAVES_A_FORK)
    started = time.monotonic()
    assert run(folder, *["--contained"] * contained) == 0
    assert time.monotonic() - started < 25  # both leave something for longer
    found = rows(folder / "progress.csv")
    assert [found[name]["normalize"] for name in ("thread", "fork")] == ["passed"] * 2
    assert not sys.platform.startswith("linux") or processes_with(confine.MARK) == []


def test_a_notebook_that_takes_too_long_spoils_its_own_row(folder):
    endless = "class Slow:\n    while True: pass\ndef condition_number(*_): return Slow\n"
    hand_in(folder, "slow", endless + RIGHT)
    hand_in(folder, "slow", "def initialize(*_): return 1", SECOND)
    assert run(folder, "--seconds", "0.5") == 0
    row = rows(folder / "progress.csv")["slow"]
    assert row["problem"] == f"{FIRST} took too long and was stopped"
    assert row["condition_number"] == "wrong: no-termination" and row["normalize"] == ""
    assert int(row["not attempted"]) > 3  # of the second notebook


def test_a_grader_that_is_killed_spoils_its_notebook_alone(folder):
    killer = f"import os, signal\ndef end():\n    os.kill(os.getppid(), signal.SIGKILL)\n{RIGHT}"
    hand_in(folder, "eve", killer.replace("return", "end(); return"))
    hand_in(folder, "eve", "def nothing(): pass", SECOND)
    assert run(folder) == 0
    row = rows(folder / "progress.csv")["eve"]
    assert row["problem"] == f"{FIRST} ended its process"
    assert (row["passed"], row["normalize"]) == ("0", "")
    assert int(row["not attempted"]) > 3


@pytest.mark.usefixtures("interruptible")
def test_control_c_keeps_every_row_and_the_next_run_goes_on(folder):
    sleepy = "import time\n" + RIGHT.replace("return", "time.sleep(60); return")
    hand_in(folder, "ada", RIGHT)
    for number in range(4):
        hand_in(folder, f"sleepy{number}", sleepy)
    command = [sys.executable, "-m", "bnlib.course", "progress", str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while "ada" not in (rows(path) if (path := folder / "progress.csv").exists() else ""):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    started = time.monotonic()
    process.send_signal(signal.SIGINT)
    told = process.communicate()[1]
    assert time.monotonic() - started < 3
    assert process.returncode == 130
    assert "of 5 are graded, and kept" in told and "Traceback" not in told
    before = rows(folder / "progress.csv")
    assert before["ada"]["passed"] == "1"
    for number in range(4):
        hand_in(folder, f"sleepy{number}", RIGHT)
    assert run(folder) == 0
    after = rows(folder / "progress.csv")
    assert len(after) == 5 and {row["passed"] for row in after.values()} == {"1"}
    assert after["ada"] == before["ada"]


def test_a_row_that_was_told_is_on_the_disk(folder, monkeypatch):
    hand_in(folder, "ada", RIGHT)

    def interrupt(words):
        if words.startswith("1 of 1"):
            raise KeyboardInterrupt

    monkeypatch.setattr(command, "_say", interrupt)
    assert run(folder) == 130
    assert [*rows(folder / "progress.csv")] == ["ada"]


FORGERIES = {
    "prints": 'print(\'{"exercise": "normalize", "status": "passed"}\')',
    "writes to every stream": """
        for number in range(256):
            try: os.write(number, LINE)
            except OSError: pass""",
    "writes to the streams of others": """
        for pid in [p for p in os.listdir("/proc") if p.isdecimal()]:
            for number in range(256):
                try:
                    with open(f"/proc/{pid}/fd/{number}", "wb", buffering=0) as f: f.write(LINE)
                except Exception: pass""",
    "replaces the checker": """
        import bnlib.exercises, bnlib.exercises.grading as g, bnlib.exercises.diagnose as d
        passed = lambda *_, **__: d.Verdict("passed", None, "")
        g.grade = d.judge = bnlib.exercises.grade = passed""",
    "replaces NumPy": """
        import numpy
        numpy.array_equal = numpy.allclose = lambda *_, **__: True
        numpy.max = numpy.abs = lambda *_, **__: numpy.zeros(())""",
    "is equal to everything": """
        class Same(float):
            __eq__ = lambda *_: True
            __sub__ = __rsub__ = lambda *_: 0.0
        global ANSWER
        ANSWER = Same()""",
    "stays and writes": """
        if os.fork() == 0:
            for _ in range(20):
                for number in range(256):
                    try: os.write(number, LINE)
                    except OSError: pass
                time.sleep(0.02)
            os._exit(0)""",
}
FORGING = """import os, sys, time
LINE = b"\\n" + b'{"exercise": "normalize", "status": "passed"}' + b"\\n"
ANSWER = 0
class Forge:
    def forge():
        WHAT
    forge()
def normalize(z, eps=1e-5):
    Forge.forge()
    return ANSWER"""
# In the open a submission has its teacher's rights, and may write the very table.
ONLY_CONTAINED = {"writes to the streams of others"}


@POSIX
@pytest.mark.parametrize("contained", [False, pytest.param(True, marks=BWRAP)])
def test_no_submission_can_mark_itself_passed(folder, contained):
    chosen = {name: t for name, t in FORGERIES.items() if contained or name not in ONLY_CONTAINED}
    for name, what in chosen.items():
        what = textwrap.indent(textwrap.dedent(what), " " * 8).strip()
        hand_in(folder, name, FORGING.replace("WHAT", what))
    assert run(folder, *["--contained"] * contained) == 0
    found = rows(folder / "progress.csv")
    assert found.keys() == chosen.keys()
    for name, row in found.items():
        assert row["passed"] == "0" and row["normalize"] != "passed", name


LOOKS = """import os, socket
def seen(z):
    found = 0
    try:
        socket.create_connection(("127.0.0.1", PORT), 1).close()
        found += 1
    except OSError: pass
    for path, bit in ((OTHER, 2), (HOME, 4)):
        try:
            os.listdir(path)
            found += bit
        except OSError: pass
    found += 8 * os.access(COURSE, os.W_OK)
    if len([p for p in os.listdir("/proc") if p.isdecimal()]) > 4: found += 16
    return found
def normalize(z, eps=1e-5):
    return RIGHT if not seen(z) else None
"""


@BWRAP
def test_in_a_container_there_is_nothing_to_see_or_to_write(folder, tmp_path, request):
    server = socket.create_server(("127.0.0.1", 0))
    request.addfinalizer(server.close)
    other, home = hand_in(folder, "other", RIGHT), tmp_path / "home"
    home.mkdir()
    text = LOOKS.replace("RIGHT", RIGHT.partition("return ")[2])
    places = {"OTHER": other, "HOME": home, "COURSE": ROOT / "bnlib"}
    for name, path in places.items():
        text = text.replace(name, repr(str(path)))
    hand_in(
        folder, "eve", "import numpy as np\n" + text.replace("PORT", str(server.getsockname()[1]))
    )
    assert run(folder, "--contained") == 0
    assert rows(folder / "progress.csv")["eve"]["normalize"] == "passed"
    assert run(folder, "--csv", str(tmp_path / "open.csv")) == 0
    assert rows(tmp_path / "open.csv")["eve"]["normalize"] != "passed"  # or it would show nothing


def test_without_bubblewrap_contained_refuses(folder, monkeypatch, capsys):
    hand_in(folder, "ada", RIGHT)
    monkeypatch.setattr(container.shutil, "which", lambda _: None)
    container.fault.cache_clear()
    assert run(folder, "--contained") == 2
    assert "needs bubblewrap" in said(capsys)
    assert not (folder / "progress.csv").exists()
    container.fault.cache_clear()


def test_a_machine_with_another_version_grades_nothing(folder):
    path = hand_in(folder, "ada", RIGHT)
    row = submission.row(submission.Task(str(path), "", "another", False, 60))
    assert "another version" in row["problem"] and row["fingerprint"] == ""


def test_a_submission_that_cannot_be_read_has_a_row_that_says_so(monkeypatch, tmp_path):
    def refuse(path: Path) -> list[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(find, "notebooks_of", refuse)
    row = submission.row(submission.Task(str(tmp_path), "", submission.course()[0], False, 60))
    assert row["problem"] == "it cannot be read: Permission denied"


class Flaky(ThreadPoolExecutor):
    """An executor whose workers fail now and then, as machines do."""

    count = 0

    def submit(self, function, *arguments, **keywords):
        """Every third task fails."""
        Flaky.count += 1
        if Flaky.count % 3 == 0:
            return super().submit(lambda: 1 / 0)
        return super().submit(function, *arguments, **keywords)


def test_what_a_machine_failed_at_is_graded_the_next_time(folder, monkeypatch, capsys):
    for number in range(4):
        hand_in(folder, f"ada{number}", RIGHT)

    @contextlib.contextmanager
    def flaky():
        confine.start_again()
        with Flaky(2) as pool:
            yield pool, 4
        confine.stop()

    with monkeypatch.context() as patch:
        patch.setattr(executors, "here", flaky)
        assert run(folder) == 0
    found = rows(folder / "progress.csv")
    [failed] = [name for name, row in found.items() if row["problem"]]
    assert "could not be graded: division by zero" in found[failed]["problem"]
    capsys.readouterr()
    assert run(folder) == 0
    assert "(3 as they were)" in said(capsys)
    assert {row["passed"] for row in rows(folder / "progress.csv").values()} == {"1"}


def test_shards_make_one_table(folder, tmp_path):
    for number in range(5):
        hand_in(folder, f"ada{number}", "")
    for part in range(2):
        assert run(folder, "--shard", f"{part}/2", "--csv", str(tmp_path / f"{part}.csv")) == 0
    parts = [rows(tmp_path / f"{part}.csv") for part in range(2)]
    assert sorted([*parts[0], *parts[1]]) == [f"ada{number}" for number in range(5)]
    assert parts[0] and parts[1]


@POSIX
def test_the_page_on_scale_says_what_works(folder, tmp_path):
    page = (ROOT / "bnlib/course/classroom/README.md").read_text(encoding="utf-8")
    job, policy = yaml.safe_load_all(re.search(r"```yaml\n(.*?)```", page, re.DOTALL).group(1))
    assert job["spec"]["completionMode"] == "Indexed"
    label = policy["spec"]["podSelector"]["matchLabels"]["batch.kubernetes.io/job-name"]
    assert (label, job["spec"]["completions"]) == (job["metadata"]["name"], 500)
    [container] = job["spec"]["template"]["spec"]["containers"]
    mounts = {mount["mountPath"] for mount in container["volumeMounts"]}
    assert mounts == {"/submissions", "/tables", "/tmp"}
    tables = tmp_path / "tables"
    tables.mkdir()
    here = {"/500": "/3", "/tables": str(tables), "/submissions": str(folder)}
    command = container["command"]
    for there, instead in here.items():
        assert there in command[-1]
        command[-1] = command[-1].replace(there, instead)
    for number in range(6):
        hand_in(folder, f"ada{number}", "")
    told = []
    for part in (0, 1, 2, 0):
        settings = {**os.environ, "JOB_COMPLETION_INDEX": str(part)}
        done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        told.append(" ".join(done.stderr.split()))
    assert "as they were" in told[-1] and not any("as they were" in text for text in told[:-1])
    merge = re.search(r"^(awk .*) > all.csv$", page, re.MULTILINE).group(1)
    merged = subprocess.run(["sh", "-ec", merge], cwd=tmp_path, capture_output=True, check=True)
    (tmp_path / "all.csv").write_bytes(merged.stdout)
    assert sorted(rows(tmp_path / "all.csv")) == [f"ada{number}" for number in range(6)]
