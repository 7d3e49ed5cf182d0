"""What the site is built with: Sphinx in an environment of its own, and packages from npm."""

from __future__ import annotations

import shutil
from pathlib import Path

from bnlib.course.site import own_environment
from bnlib.course.site.own_environment import ToolError
from bnlib.environments import folder_of

ENVIRONMENT = "site"
HERE = Path(__file__).parent


def python() -> Path:
    """The interpreter of the environment that has Sphinx, made if need be.

    Raises:
        ToolError: it cannot be made; the reason is the message.
    """
    return own_environment.make(ENVIRONMENT)


def node_modules() -> Path:
    """The folder of the packages in package-lock.json, installed if need be.

    Raises:
        ToolError: Node.js is missing, or npm fails; the reason is the message.
    """
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
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
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(HERE / name, folder / name)
        own_environment.run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], folder
        )
        marker.write_text(lock, encoding="utf-8")
    return folder / "node_modules"
