"""A class graded by a Dask cluster: two real workers on the loopback, one killed in the middle."""

import os
import re
import signal
import subprocess
import sys
import time
from importlib import import_module
from importlib.util import find_spec

import pytest
from test_class import FIRST, RIGHT, ROOT, WRONG, hand_in, rows, run

from bnlib.course.classroom import executors

pytestmark = [
    pytest.mark.skipif(
        not find_spec("distributed"), reason="distributed is not installed: requirements/dask.txt"
    ),
    pytest.mark.skipif(os.name == "nt", reason="the test kills a process by its number"),
]


def start(*arguments: str, cwd) -> subprocess.Popen:
    """A scheduler or a worker."""
    command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    log = (cwd / f"{time.monotonic_ns()}.log").open("w")
    with log:
        return subprocess.Popen(
            command, cwd=cwd, env=settings, stdout=log, stderr=log, start_new_session=True
        )


@pytest.fixture
def cluster(tmp_path):
    """The address of a scheduler, and its two workers."""
    home = tmp_path / "cluster"
    home.mkdir()
    port, started = home / "scheduler.json", []
    quiet = ["--no-dashboard", "--host", "127.0.0.1"]
    try:
        started.append(
            start("dask_scheduler", "--port", "0", *quiet, "--scheduler-file", str(port), cwd=home)
        )
        for _ in range(300):
            if port.exists() and (found := re.search(r"tcp://[\d.:]+", port.read_text())):
                break
            time.sleep(0.1)
        address = found.group()
        for name in ("one", "two"):
            options = ["--name", name, "--nthreads", "1", "--no-nanny", *quiet]
            started.append(start("dask_worker", address, *options, cwd=home))
        with import_module("distributed").Client(address) as client:
            client.wait_for_workers(2, timeout=60)
        yield address, started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def test_the_table_is_the_same_though_a_worker_is_killed(tmp_path, cluster):
    address, (first, _) = cluster
    folder = tmp_path / "class"
    for number in range(8):
        hand_in(folder, f"ada{number}", RIGHT if number % 2 else WRONG)
    (hand_in(folder, "broken", "") / FIRST).write_text("{ half", encoding="utf-8")
    command = [sys.executable, "-m", "bnlib.course", "progress", "--dask", address, str(folder)]
    command += ["--csv", str(tmp_path / "dask.csv")]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        if line.startswith("2 of 9"):
            os.kill(first.pid, signal.SIGKILL)
            break
    told = process.stderr.read()
    assert process.wait() == 0, told
    process.stderr.close()
    assert first.wait() == -signal.SIGKILL
    assert run(folder, "--csv", str(tmp_path / "here.csv")) == 0
    by_dask = rows(tmp_path / "dask.csv")
    assert by_dask == rows(tmp_path / "here.csv")
    assert len(by_dask) == 9 and sum(int(row["passed"]) for row in by_dask.values()) == 4


def test_where_there_is_no_cluster_it_is_said(tmp_path, capsys, monkeypatch):
    hand_in(tmp_path, "ada", RIGHT)
    monkeypatch.setattr(executors, "PATIENCE", 0.5)
    assert run(tmp_path, "--dask", "tcp://127.0.0.1:9") == 2
    assert "no Dask cluster at tcp://127.0.0.1:9" in capsys.readouterr().err
    assert run(tmp_path, "--dask", "nonsense://") == 2
    assert "no Dask cluster" in capsys.readouterr().err
