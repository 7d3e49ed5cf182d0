"""An environment for a tool that a learner never needs, in the user's cache folder."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from bnlib.environments import (
    Environment,
    NotInstalledError,
    install,
    is_installed,
    last_line,
)

TIMEOUT = 900


class ToolError(RuntimeError):
    """A tool that cannot be installed or fails; the message says why, in one line."""


def make(name: str) -> Path:
    """Make the environment `name`, unless it is there with the same pins. Returns its Python.

    Raises:
        ToolError: pip failed; the reason is the message.
    """
    environment = Environment(name)
    if not is_installed(environment):
        print(f"Making the environment for {name}, once ...", flush=True)
    try:
        return install(environment)
    except NotInstalledError as error:
        raise ToolError(f"{name}: {error}") from None


def run(command: list[str], folder: Path | None = None, **variables: str) -> str:
    """Run a tool's program in `folder`, with more environment variables. Returns what it printed.

    Raises:
        ToolError: it failed, or took longer than a quarter of an hour.
    """
    name = Path(command[0]).name
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **variables},
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ToolError(f"{name}: {error}") from None
    if done.returncode:
        what = " ".join(command[1:4])
        raise ToolError(f"{name} {what}: {last_line(done.stderr or done.stdout)}")
    return done.stdout
