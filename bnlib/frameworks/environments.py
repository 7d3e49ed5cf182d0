"""An environment of its own for every framework, in the user's cache folder."""

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
    """A framework that cannot be installed or run here; the message says why."""


@dataclass(frozen=True)
class Environment:
    """What to install, and how.

    Attributes:
        pins: what pip installs.
        constraints: lines of a pip constraints file, which also holds for packages that are built.
        needs: a program that must be on PATH.
        variables: environment variables of the run.
    """

    pins: tuple[str, ...]
    constraints: tuple[str, ...] = ()
    needs: str | None = None
    variables: dict[str, str] = field(default_factory=dict)


ENVIRONMENTS = {
    # Also that of `make bench`: the last two, of a megabyte, are for it.
    "pytorch": Environment(
        ("torch==2.13.0", "numpy==2.4.6", "threadpoolctl==3.8.0", "pyperf==2.10.0")
    ),
    "jax": Environment(
        ("jax==0.10.2", "flax==0.12.8", "equinox==0.13.8", "keras==3.15.1"),
        variables={"KERAS_BACKEND": "jax"},
    ),
    "tensorflow": Environment(
        ("tensorflow-cpu==2.21.0", "keras==3.15.1"),
        variables={"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"},
    ),
    "paddle": Environment(("paddlepaddle==3.3.1",)),
    "onnx": Environment(("onnxruntime==1.31.1", "onnx==1.23.2")),
    "tinygrad": Environment(("tinygrad==0.14.0", "numpy"), needs="clang"),
    # The last releases, of 2022, 2020 and 2022, agree on one NumPy.
    "retired": Environment(
        ("mxnet==1.9.1", "Theano==1.0.5", "chainer==7.8.1", "numpy==1.23.5", "scipy==1.10.1"),
        constraints=("setuptools<81",),
        variables={"THEANO_FLAGS": "blas.ldflags=,floatX=float32"},
    ),
}


def cache_folder() -> Path:
    """Where environments go: BNLIB_FRAMEWORKS if it is set, else the user's cache folder."""
    if chosen := os.environ.get("BNLIB_FRAMEWORKS"):
        return Path(chosen)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "bnlib" / "frameworks"


def python_of(folder: Path) -> Path:
    """The interpreter of the environment in `folder`."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def install(name: str, environment: Environment | None = None) -> Path:
    """Make the environment `name`, unless it is there with the same pins. Returns its Python.

    environment: what to install, if it is none of ENVIRONMENTS.

    Raises:
        NotInstalledError: the reason is its message, in one line.
    """
    environment, folder = environment or ENVIRONMENTS[name], cache_folder() / name
    python = python_of(folder)
    if environment.needs and not shutil.which(environment.needs):
        raise NotInstalledError(f"needs {environment.needs} on PATH")
    if is_installed(name, environment):
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


def is_installed(name: str, environment: Environment | None = None) -> bool:
    """Whether `install` has been here before, with the same Python and pins."""
    folder, environment = cache_folder() / name, environment or ENVIRONMENTS[name]
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
    packages = next((cache_folder() / name).glob("[Ll]ib*/**/site-packages"))
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
