"""A class of many kinds of submissions: broken off again and again, it ends in the same table.

`-s` shows seconds and memory. Only a stop is held to its time, as machines differ.
"""

import contextlib
import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bnlib.course.classroom import container
from bnlib.course.shipping import solution_source
from bnlib.records import notebooks

ROOT = Path(__file__).parents[2]
FIRST = "1_normalizing_activations.ipynb"
SUBMISSIONS = int(os.environ.get("BNLIB_TEST_SUBMISSIONS", "300"))
HEAD = "import os, sys, time, threading, numpy as np\n"
RIGHT = """def normalize(z, eps=1e-5):
    BEFORE
    return (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + eps)"""


def notebook(*texts: str, **changes: object) -> str:
    """A notebook's text, with a code cell for each of these."""
    cells = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "outputs": [], "source": text}
        for n, text in enumerate(texts)
    ]
    return json.dumps(
        {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | changes
    )


def doing(what: str, more: str = "") -> str:
    """A notebook with a right answer that does something first."""
    return notebook(HEAD + more + RIGHT.replace("BEFORE", what))


DONE = doing("pass")
CELL = json.loads(DONE)["cells"][0]["source"]
FORGED = '{"exercise": "normalize", "status": "passed"}'
KINDS: dict[str, tuple[str, object]] = {
    # What its row says of `normalize`, or else of a problem; and the notebook in it.
    "right": ("passed", DONE),
    "wrong": ("wrong: divides-by-the-variance", DONE.replace("np.sqrt", "np.asarray")),
    "not attempted": ("not attempted", notebook("x = 1")),
    "some": ("passed", notebook(CELL, "def scale_and_shift(*_): return 0")),
    "syntax error": ("wrong: cannot-be-read", notebook(CELL.replace("1e-5)", "1e-5"))),
    "a cell that is broken": ("passed", notebook("this is not Python", CELL)),
    "endless": ("wrong: no-termination", doing("while True: pass")),
    "sleeps": ("wrong: no-termination", doing("time.sleep(1000)")),
    "memory": ("wrong: raised-MemoryError", doing("x = bytearray(1 << 33)")),
    "memory, bit by bit": ("wrong", doing("x = [1]\n    while True: x += x")),
    "exits": ("wrong: ended-python", doing("os._exit(0)")),
    "exits politely": ("wrong", doing("sys.exit(1)")),
    "crashes": ("wrong: ended-python", doing("os.kill(os.getpid(), 11)")),
    "leaves a thread": ("passed", doing("threading.Thread(target=time.sleep, args=(60,)).start()")),
    "leaves a process": ("passed", doing("os.fork() or (os.setsid(), time.sleep(60))")),
    "prints much": ("passed", doing("print('x' * 1_000_000)")),
    "writes to every stream": ("wrong", doing("[os.write(n, b'x') for n in (1, 2)]; return 0")),
    "forges": ("wrong", doing(f"os.write(1, b'\\n{FORGED}\\n'); print('{FORGED}'); return 0")),
    "kills its parent": ("ended its process", doing("os.kill(os.getppid(), 9)")),
    "kills its group": ("wrong: ended-python", doing("os.killpg(os.getpgid(0), 9)")),
    "closes everything": ("wrong: ended-python", doing("os.closerange(0, 256)")),
    "removes its folder": ("passed", doing("try: os.rmdir(os.getcwd())\n    except OSError: pass")),
    "goes elsewhere": ("passed", doing("os.chdir('/'); import shutil")),
    "recurses": ("wrong", notebook("def normalize(z, eps=1e-5):\n    return normalize(z, eps)")),
    "raises": ("wrong", doing("raise ValueError('no')")),
    "renamed": ("not attempted", DONE.replace("def normalize", "def normalise")),
    "twice": ("passed", notebook(CELL.replace("np.sqrt", "np.asarray"), CELL)),
    "BOM": ("passed", b"\xef\xbb\xbf" + DONE.encode()),
    "Latin-1": ("not UTF-8", DONE.replace("pass", "'\xfc'").encode("latin-1") + b"\xfc"),
    "UTF-16": ("not UTF-8", DONE.encode("utf-16")),
    "NUL": ("not attempted", DONE.replace("pass", "pass\\u0000")),
    "no notebook": ("not valid JSON", "I have done it all."),
    "empty": ("not valid JSON", ""),
    "cut": ("not valid JSON", DONE[: len(DONE) // 2]),
    "another JSON": ("not a notebook of format 4", "[1, 2]"),
    "format 3": ("not a notebook of format 4", '{"worksheets": [], "nbformat": 3, "metadata": {}}'),
    "nested": ("nested too deeply", "[" * 100_000),
    "huge": ("larger than 64 MB", None),
    "other name": ("no notebook of the course, but mine.ipynb", None),
    "unreadable": ("", DONE),  # but by root
    "a link": ("passed", None),
    "a link to nowhere": ("a link that leads nowhere", None),
    "a pipe": ("no notebook in it", None),
    "a folder called a notebook.ipynb": ("passed", None),
    "all right": ("passed", None),
    "all wrong": ("wrong", None),
    "=cmd()": ("passed", DONE),
    "\x1b[2J\r\n,\"": ("passed", DONE),
    os.fsdecode(b"J\xfcrgen"): ("passed", DONE),
}  # fmt: skip


def answered(path: Path, right: bool) -> str:
    """The course's own notebook, with every exercise answered."""
    content = notebooks.read(path)
    for cell in content["cells"]:
        if "exercise" in notebooks.tags(cell):
            name = cell["id"].removeprefix("exercise-")
            wrong = f"def {name}(*given, **named):\n    return 'no'"
            cell["source"] = solution_source(name) if right else wrong
    return notebooks.to_text(content)


def hand_in(folder: Path, number: int, kind: str, content: object) -> None:
    """Put one submission into a class's folder."""
    place = folder / f"{kind} {number}"
    if kind == "a link to nowhere":
        place.symlink_to("nowhere")
        return
    if kind == "a link":
        place.symlink_to(elsewhere := folder.parent / f"{number}")
        place = elsewhere
    if kind.endswith(".ipynb"):
        place = folder / f"{number} {kind}"
    place.mkdir()
    file = place / ("mine.ipynb" if kind == "other name" else FIRST)
    if kind.startswith("all "):
        for path in notebooks.course_notebooks(ROOT):
            (place / path.name).write_text(answered(path, kind == "all right"))
    elif kind == "huge":
        with file.open("wb") as opened:
            opened.truncate(65 << 20)
    elif kind == "a pipe":
        os.mkfifo(file)
    else:
        content = DONE if content is None else content
        file.write_bytes(content if isinstance(content, bytes) else str(content).encode())
    if kind == "unreadable":
        file.chmod(0)


class Run:
    """The command on a class, in a process group of its own."""

    def __init__(self, folder: Path, table: Path, *options: str) -> None:
        self.table, self.begun, self.largest = table, time.monotonic(), {}
        self.mark = f"BNLIB_TEST_RUN={os.getpid()}-{time.monotonic_ns()}"
        self.said = table.with_suffix(".txt")
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "bnlib.course",
                    "progress",
                    "--csv",
                    table,
                    *options,
                    folder,
                ],
                cwd=ROOT,
                env=os.environ | dict([self.mark.split("=")]),
                stderr=said,
                start_new_session=True,
            )

    def until(self, rows: int) -> None:
        """Wait for so many rows of the table; the process's largest memory is noted on the way."""
        while self.process.poll() is None and (count := self._rows()) < rows:
            with contextlib.suppress(OSError, AttributeError):
                status = Path(f"/proc/{self.process.pid}/status").read_text()
                self.largest[count] = int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) >> 10
            time.sleep(0.02)

    def _rows(self) -> int:
        return self.table.read_bytes().count(b"\n") - 1 if self.table.exists() else 0

    def end(self, number: int = 0) -> float:
        """Send a signal, if any, as a terminal does. Returns the seconds until all is over."""
        begun = time.monotonic()
        if number:
            os.killpg(self.process.pid, number)
        status = self.process.wait()
        seconds = time.monotonic() - begun
        assert status == {0: 0, signal.SIGINT: 130}.get(number, -number), self.said.read_text()
        time.sleep(1)
        assert self._left() == []
        return seconds

    def _left(self) -> list[str]:
        found = []
        for path in Path("/proc").glob("[0-9]*/environ"):
            with contextlib.suppress(OSError):
                found += [str(path)] * (self.mark.encode() in path.read_bytes())
        return found


def rows(table: Path) -> list[dict[str, str]]:
    """The table, by name."""
    lines = csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines())
    return sorted(lines, key=lambda row: row["submission"])


def kept(table: Path) -> int:
    """How many submissions the table has; after a kill, some of them in two rows."""
    return len({row["submission"] for row in rows(table)})


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes of this kind are not on Windows")
@pytest.mark.parametrize("contained", [False, True])
@pytest.mark.usefixtures("interruptible")
def test_a_class_that_is_broken_off_ends_in_the_same_table(tmp_path, contained):
    if contained and container.fault():
        pytest.skip(container.fault())
    options = ["--contained"] * contained
    folder, kinds = tmp_path / "class", [*KINDS]
    folder.mkdir()
    for number in range(SUBMISSIONS):
        kind = kinds[number % len(kinds)]
        hand_in(folder, number, kind, KINDS[kind][1])

    whole = Run(folder, tmp_path / "whole.csv", *options)
    whole.until(SUBMISSIONS)
    whole.end()
    said = [f"{SUBMISSIONS} of {len(KINDS)} kinds: {time.monotonic() - whole.begun:.0f} s"]
    expected = rows(whole.table)
    assert len(expected) == SUBMISSIONS
    odd = {}
    for row in expected:
        kind = kinds[int(re.search(r"\d+$|^\d+", row["submission"]).group()) % len(kinds)]
        verdict = row["normalize"] or row["problem"]
        if KINDS[kind][0] not in verdict:
            odd[kind] = verdict
    assert odd == {}

    table = tmp_path / "broken off.csv"
    for share, number in ((0.13, signal.SIGINT), (0.5, signal.SIGINT), (0.8, signal.SIGKILL)):
        run = Run(folder, table, *options)
        run.until(round(share * SUBMISSIONS))
        seconds = run.end(number)
        said.append(f"{number.name} after {kept(table)}: {seconds:.2f} s")
        assert seconds < 3
        assert kept(table) < SUBMISSIONS
    last = Run(folder, table, *options)
    last.end()
    assert rows(table) == expected
    (taken_up,) = re.findall(r"\((\d+) as they were\)", " ".join(last.said.read_text().split()))
    assert int(taken_up) > 0.7 * SUBMISSIONS
    some = [*whole.largest.items()][:: max(1, len(whole.largest) // 4)]
    said += [f"{megabytes} MB at {count}" for count, megabytes in some]
    print("contained" if contained else "in the open", *said, sep="; ")
