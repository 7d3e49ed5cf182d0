"""Environments of their own for tools that no learner needs, in the user's cache folder."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
FOLDER = PYPROJECT.with_name("requirements")
INSTALL_TIMEOUT = 1800
MARKER = "installed.txt"
CUDA = "sys_platform == 'linux'"
"""In the marker of what PyTorch needs on Linux alone."""
NO_MARKER = ("hub", "npm", "widgets")
"""Folders without one: what a hub needs, packages from npm, and what was computed before."""


class NotInstalledError(RuntimeError):
    """Something that cannot be installed or run here; the message says why."""


@dataclass(frozen=True)
class Environment:
    """What to install, and how.

    Attributes:
        name: its folder's, and that of its pins: a group in pyproject.toml, compiled into a file.
        builds: a group whose versions also hold where pip builds a package.
        needs: a program that must be on PATH.
        variables: environment variables of the run.
    """

    name: str
    builds: str | None = None
    needs: str | None = None
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def requirements(self) -> Path:
        """The file of all versions."""
        return FOLDER / f"{self.name}.txt"

    @property
    def pins(self) -> tuple[str, ...]:
        """What is asked for."""
        return declared(self.name)


def declared(group: str) -> tuple[str, ...]:
    """The requirements of a dependency group in pyproject.toml, with those of groups it includes.

    Raises:
        NotInstalledError: this copy of bnlib came without pyproject.toml.
    """
    if not PYPROJECT.exists():
        raise NotInstalledError("needs a copy of the course's repository, not the library alone")
    groups = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["dependency-groups"]
    found: list[str] = []
    for each in groups[group]:
        found += [each] if isinstance(each, str) else declared(each["include-group"])
    return tuple(found)


def pinned(environment: Environment, packages: Collection[str]) -> str:
    """The lines, hashes included, of some packages in an environment's file of versions."""
    return "".join(block for block, name in _blocks(environment) if name in packages)


def _blocks(environment: Environment) -> list[tuple[str, str]]:
    """Every version with its hashes, in an environment's file of them; and whose it is."""
    text = environment.requirements.read_text(encoding="utf-8")
    return re.findall(r"^(([\w.-]+)==.*\n(?:    --hash=.*\n)*)", text, re.MULTILINE)


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


def made() -> list[Path]:
    """The folders that tools of the course have made in `cache_folder()`, for `make clean`.

    What else may be there, in a folder of the user's choice, is not the course's.
    """
    here = cache_folder()
    folders = sorted(path for path in here.iterdir() if path.is_dir()) if here.is_dir() else []
    return [
        path
        for path in folders
        if path.name in NO_MARKER or (path / MARKER).exists() or (path / "builds.txt").exists()
    ]


def folder_of(name: str) -> Path:
    """Where the environment `name` is, or will be."""
    return cache_folder() / name


def python_of(folder: Path) -> Path:
    """The interpreter of the environment in `folder`."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def install(environment: Environment, watching: Callable[[], None] = lambda: None) -> Path:
    """Make the environment, unless it is there with the same pins. Returns its Python.

    `watching` is called once a second while an installer runs.

    Raises:
        NotInstalledError: the reason is its message, in one line.
    """
    folder = folder_of(environment.name)
    python = python_of(folder)
    _ = environment.pins  # or there is no copy of the repository
    if environment.needs and not shutil.which(environment.needs):
        raise NotInstalledError(f"needs {environment.needs} on PATH")
    if is_installed(environment):
        return python
    if not python.exists():
        import venv  # which the Python in a browser lacks

        venv.create(folder, with_pip=True, clear=True)
    builds = folder / "builds.txt"
    builds.write_text("\n".join(_builds(environment)) + "\n", encoding="utf-8")
    # As a variable, it also holds inside the isolated builds that --constraint leaves out.
    variables = {"PIP_CONSTRAINT": str(builds)} if environment.builds else {}
    file = environment.requirements
    if sys.platform == "linux" and pinned(environment, ["torch"]):
        file = _after_torch(environment, python, watching)
    for command in _installers(environment, python, file):
        code, said = _run(command, {**os.environ, **variables}, watching)
        if code == 0 or _is_another_file(said):
            break
    if code:
        raise NotInstalledError(_why(said))
    (folder / MARKER).write_text(marker_text(environment), encoding="utf-8")
    return python


def _run(
    command: list[str], variables: dict[str, str], watching: Callable[[], None]
) -> tuple[int, str]:
    """Run an installer. Returns its exit status and what it complained of."""
    end = time.monotonic() + INSTALL_TIMEOUT
    with subprocess.Popen(
        command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        while True:
            try:
                _, said = running.communicate(timeout=1)
                return running.returncode, said
            except subprocess.TimeoutExpired:
                if time.monotonic() > end:
                    running.kill()
                    raise NotInstalledError(f"pip took more than {INSTALL_TIMEOUT} s") from None
                watching()


def _after_torch(environment: Environment, python: Path, watching: Callable[[], None]) -> Path:
    """Install PyTorch for the processor alone, if pip's settings name an index that has it.

    Returns the file of what is to be installed then: without PyTorch and CUDA's gigabytes, or,
    where there is no such wheel, all.
    """
    torch = [*_pip(python), *_held_to(FOLDER / "torch-cpu.txt")]
    code, said = _run(torch, {**os.environ}, watching)
    if code and "No matching distribution" in said:
        return environment.requirements
    if code:
        raise NotInstalledError(_why(said))
    rest = folder_of(environment.name) / "rest.txt"
    kept = [block for block, name in _blocks(environment) if name != "torch" and CUDA not in block]
    rest.write_text("".join(kept), encoding="utf-8")
    return rest


def _installers(environment: Environment, python: Path, file: Path) -> Iterator[list[str]]:
    """The commands that install, to be tried in turn: uv's, which is quicker, and pip's.

    uv does not know pip's settings, such as an index.
    """
    if importlib.util.find_spec("uv") and not environment.builds:
        uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", str(python)]
        yield [*uv, *_held_to(file)]
    yield [*_pip(python), *_held_to(file)]


def _pip(python: Path) -> list[str]:
    return [str(python), "-m", "pip", "install", "--quiet", "--no-input"]


def _held_to(file: Path) -> list[str]:
    return ["--require-hashes", "--no-deps", "-r", str(file)]


def _is_another_file(said: str) -> bool:
    """Whether an installer, pip or uv, refused a file for its hash."""
    return "DO NOT MATCH THE HASHES" in said or "Hash mismatch" in said


def _why(said: str) -> str:
    """An installer's complaint, in one line."""
    if not _is_another_file(said):
        return "pip: " + last_line(said)
    name = re.search(r"^\s+([\w.-]+==[\w.+]+) from |Hash mismatch for `(.*?)`", said, re.MULTILINE)
    what = next(filter(None, name.groups())) if name else "a package"
    return f"{what}: the file that came has none of the hashes in requirements/"


def is_installed(environment: Environment) -> bool:
    """Whether `install` has been here before, with the same Python and pins."""
    folder = folder_of(environment.name)
    if environment.needs and not shutil.which(environment.needs):
        return False
    marker = folder / MARKER
    return (
        environment.requirements.exists()
        and python_of(folder).exists()
        and marker.exists()
        and marker.read_text(encoding="utf-8") == marker_text(environment)
    )


def marker_text(environment: Environment) -> str:
    """What the marker of a finished environment says."""
    said = [environment.requirements.read_text(encoding="utf-8"), *_builds(environment)]
    digest = hashlib.sha256("\n".join(said).encode()).hexdigest()
    return f"Python {sys.version.split()[0]}\n{digest}\n"


def _builds(environment: Environment) -> tuple[str, ...]:
    return declared(environment.builds) if environment.builds else ()


def size_in_megabytes(name: str) -> int:
    """The installed size of an environment, pip's own and caches of bytecode left out."""
    packages = next(folder_of(name).glob("[Ll]ib*/**/site-packages"))
    return megabytes_of(packages, left_out={"pip", "setuptools", "__pycache__"})


def megabytes_of(folder: Path, left_out: Collection[str] = ()) -> int:
    """The size of the files in a folder, without those under a name that is left out."""
    total = 0
    for where, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in left_out]
        for name in files:
            try:
                total += os.lstat(os.path.join(where, name)).st_size
            except OSError:  # gone since
                continue
    return round(total / 1e6)


def last_line(text: str) -> str:
    """The last line of a program's complaint that says anything: the reason, mostly."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return (lines or ["no message"])[-1][:200]
