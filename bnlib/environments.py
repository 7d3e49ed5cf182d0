"""Environments of their own for tools that no learner needs, in the user's cache folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

INSTALL_TIMEOUT = 1800
MARKER = "installed.txt"


class NotInstalledError(RuntimeError):
    """Something that cannot be installed or run here; the message says why."""


@dataclass(frozen=True)
class Environment:
    """What to install, and how.

    Attributes:
        name: its folder's.
        pins: what pip installs.
        constraints: lines of a pip constraints file, which also holds for packages that are built.
        needs: a program that must be on PATH.
        variables: environment variables of the run.
    """

    name: str
    pins: tuple[str, ...]
    constraints: tuple[str, ...] = ()
    needs: str | None = None
    variables: dict[str, str] = field(default_factory=dict)


def cache_folder() -> Path:
    """Where environments go: BNLIB_ENVIRONMENTS if it is set, else the user's cache folder."""
    if chosen := os.environ.get("BNLIB_ENVIRONMENTS"):
        return Path(chosen)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "bnlib" / "environments"


def folder_of(name: str) -> Path:
    """Where the environment `name` is, or will be."""
    return cache_folder() / name


def python_of(folder: Path) -> Path:
    """The interpreter of the environment in `folder`."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def install(environment: Environment) -> Path:
    """Make the environment, unless it is there with the same pins. Returns its Python.

    Raises:
        NotInstalledError: the reason is its message, in one line.
    """
    folder = folder_of(environment.name)
    python = python_of(folder)
    if environment.needs and not shutil.which(environment.needs):
        raise NotInstalledError(f"needs {environment.needs} on PATH")
    if is_installed(environment):
        return python
    if not python.exists():
        import venv  # which the Python in a browser lacks

        venv.create(folder, with_pip=True, clear=True)
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(environment.constraints) + "\n", encoding="utf-8")
    command = [str(python), "-m", "pip", "install", "--quiet", "--no-input", *environment.pins]
    try:
        done = subprocess.run(
            command,
            # As a variable, it also holds inside the isolated builds that --constraint leaves out.
            env={**os.environ, "PIP_CONSTRAINT": str(constraints)},
            capture_output=True,
            text=True,
            timeout=INSTALL_TIMEOUT,
        )
    except subprocess.TimeoutExpired:
        raise NotInstalledError(f"pip took more than {INSTALL_TIMEOUT} s") from None
    if done.returncode:
        raise NotInstalledError("pip: " + last_line(done.stderr))
    (folder / MARKER).write_text(marker_text(environment), encoding="utf-8")
    return python


def is_installed(environment: Environment) -> bool:
    """Whether `install` has been here before, with the same Python and pins."""
    folder = folder_of(environment.name)
    if environment.needs and not shutil.which(environment.needs):
        return False
    marker = folder / MARKER
    return (
        python_of(folder).exists()
        and marker.exists()
        and marker.read_text(encoding="utf-8") == marker_text(environment)
    )


def marker_text(environment: Environment) -> str:
    """What the marker of a finished environment says."""
    return "\n".join((sys.version.split()[0], *environment.pins)) + "\n"


def size_in_megabytes(name: str) -> int:
    """The installed size of an environment, pip's own and caches of bytecode left out."""
    packages = next(folder_of(name).glob("[Ll]ib*/**/site-packages"))
    left_out = {"pip", "setuptools", "__pycache__"}
    total = sum(
        path.stat().st_size
        for path in packages.rglob("*")
        if path.is_file() and not left_out & set(path.relative_to(packages).parts)
    )
    return round(total / 1e6)


def last_line(text: str) -> str:
    """The last line of a program's complaint that says anything: the reason, mostly."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return (lines or ["no message"])[-1][:200]
