"""No one-edit mutant of any right answer is accepted by the checker and wrong: the whole search."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bnlib.exercises import catalogue

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarm on Windows")
def test_no_accepted_fault_in_any_exercise():
    path = os.pathsep.join((str(ROOT), str(ROOT / "tests" / "exercises")))
    run = subprocess.run(
        [sys.executable, "-m", "mutation"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": path},
    )
    print(run.stdout)
    assert run.returncode == 0, run.stdout[-20000:] + run.stderr[-2000:]
    assert run.stdout.count(" mutants, ") == len(catalogue.NAMES)
