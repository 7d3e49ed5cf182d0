"""What builds the site: environments for tools that a learner never needs, packages from npm."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from bnlib.environments import (
    Environment,
    NotInstalledError,
    folder_of,
    install,
    is_installed,
    last_line,
)

ENVIRONMENT = "site"
"""The environment that has Sphinx."""
HERE = Path(__file__).parent
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


def node_modules() -> Path:
    """The folder of the packages in package-lock.json, installed if need be.

    Raises:
        ToolError: Node.js is missing, or npm fails; the reason is the message.
    """
    if shutil.which("npm") is None or shutil.which("node") is None:
        raise ToolError(
            "The site's formulas are set by KaTeX, which comes from npm, and npm is not installed "
            "here. Install Node.js 20 or newer (from nodejs.org, or with apt, dnf or brew), open a "
            "new terminal and try again. Nothing else of the course needs it."
        )
    folder = folder_of("npm")
    lock = (HERE / "package-lock.json").read_text(encoding="utf-8")
    marker = folder / "installed.json"
    if not marker.exists() or marker.read_text(encoding="utf-8") != lock:
        print("Fetching the site's packages from npm, once ...", flush=True)
        npm_ci(HERE, folder)
        marker.write_text(lock, encoding="utf-8")
    return folder / "node_modules"


def npm_ci(pinned: Path, folder: Path) -> None:
    """Install the packages pinned in one folder into another; npm compares them with their hashes.

    Raises:
        ToolError: npm fails; the reason is the message.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(pinned / name, folder / name)
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run([shutil.which("npm") or "npm", "ci", *options], folder)


def esbuild(packages: Path, entry: Path, made: Path, *options: str) -> None:
    """Make one small file of a script or style sheet and all that it imports.

    Raises:
        ToolError: esbuild fails; the reason is the message.
    """
    program = packages / "esbuild" / "bin" / "esbuild"
    always = ("--bundle", "--minify", "--log-level=error", f"--outfile={made}")
    run(["node", str(program), str(entry), *always, *options], NODE_PATH=str(packages))
