"""A program of a framework as a process of its own, in one thread."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from bnlib.environments import NotInstalledError, last_line

TIMEOUT = 600
ONE_THREAD = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
}


def run_in_one_thread(
    command: Sequence[Path | str], folder: Path | str, variables: Mapping[str, str]
) -> str:
    """Run `command` in `folder`, with `variables` in the environment. Returns what it printed.

    Raises:
        NotInstalledError: it crashed, or took more than `TIMEOUT` seconds; the message says why.
    """
    environment = {**os.environ, **ONE_THREAD, **variables}
    for name in ("PYTHONPATH", "PYTHON"):  # make's PYTHON: tinygrad has a device of that name
        environment.pop(name, None)
    try:
        done = subprocess.run(
            [str(each) for each in command],
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=TIMEOUT,
        )
    except subprocess.TimeoutExpired:
        raise NotInstalledError(f"took more than {TIMEOUT} s") from None
    if done.returncode:
        raise NotInstalledError("crashed: " + last_line(done.stderr))
    return done.stdout
