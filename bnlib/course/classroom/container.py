"""A command within bubblewrap: no network, nothing to write, no other process or file to see.

It sees the system's programs and libraries, this Python with its packages, the library, and the
submission's notebooks; not the home folder, and no other submission.
"""

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bnlib.records.notebooks import NotebookError

SYSTEM = ("/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/alternatives")
NAMESPACES = ["--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
PLACES = ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--chdir", "/tmp"]


def contained(command: list[str], files: list[str], kept: dict[str, str]) -> list[str]:
    """The command that runs `command` in a container.

    files: what else it may read. kept: its environment, all of it.
    """
    package = Path(__file__).resolve().parents[2]
    seen = [*SYSTEM, sys.base_prefix, sys.prefix, os.path.realpath(sys.prefix), str(package)]
    wrapped = [shutil.which("bwrap") or "bwrap", *NAMESPACES, *PLACES, "--clearenv"]
    for name, value in kept.items():
        wrapped += ["--setenv", name, value]
    for path in dict.fromkeys([*seen, *files]):
        wrapped += ["--ro-bind-try", path, path]
    return [*wrapped, "--remount-ro", "/", "--", *command]


@functools.cache
def fault() -> str:
    """Why containers do not work here; "" if they do."""
    if not shutil.which("bwrap"):
        return (
            "it needs bubblewrap (Linux only: apt install bubblewrap, or dnf), and no bwrap is here"
        )
    attempt = contained([sys.executable, "-c", "import numpy"], [], {})
    done = subprocess.run(attempt, capture_output=True, encoding="utf-8", errors="replace")
    words = (done.stderr.strip().splitlines() or ["no reason was given"])[-1]
    return f"bubblewrap does not work here. It says: {words}" if done.returncode else ""


def require() -> None:
    """See that containers work here.

    Raises:
        NotebookError: they do not, and why.
    """
    if why := fault():
        raise NotebookError(f"--contained: {why}. Nothing was graded.")
