"""Pyodide's files, for a site whose pages check answers.

    python -m bnlib.course.site.fetch_pyodide FOLDER

npm has its core, pinned in pyodide/package-lock.json. NumPy is on Pyodide's own server alone; the
core's list of packages says which file that is, and its sha256.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
import urllib.request
from pathlib import Path

from bnlib.course.site import on_page, own_environment
from bnlib.course.site.own_environment import ToolError

PINNED = Path(__file__).parent / "pyodide"
SERVER = "https://cdn.jsdelivr.net/pyodide/v{version}/full/"
TIMEOUT = 120  # seconds without an answer


def fetch(folder: Path) -> list[Path]:
    """Fetch what a page needs into a folder, which `make site PYODIDE=folder` then takes.

    Returns:
        The files.

    Raises:
        ToolError: npm or Pyodide's server fails, or a file is not the one that is listed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        core = install(Path(temporary))
        for name in (*on_page.CORE, *on_page.GLUE):
            if (core / name).exists():
                shutil.copyfile(core / name, folder / name)
    listed = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
    server = SERVER.format(version=version())
    for package in on_page.with_needs(listed["packages"], on_page.PACKAGE):
        name = package["file_name"]
        try:
            with urllib.request.urlopen(server + name, timeout=TIMEOUT) as answer:
                data = answer.read()
        except OSError as error:
            raise ToolError(f"{server + name} cannot be fetched: {error}") from None
        if hashlib.sha256(data).hexdigest() != package["sha256"]:
            raise ToolError(f"{server + name} is not the file that is listed (sha256).")
        (folder / name).write_bytes(data)
    return on_page.files_of(folder)


def install(folder: Path) -> Path:
    """Install the pinned core with npm, which compares it with its hash. Returns where it is."""
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(PINNED / name, folder / name)
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    own_environment.run([shutil.which("npm") or "npm", "ci", *options], folder)
    return folder / "node_modules" / "pyodide"


def version() -> str:
    """The pinned version."""
    pinned = json.loads((PINNED / "package.json").read_text(encoding="utf-8"))
    return pinned["dependencies"]["pyodide"]


def main(arguments: list[str]) -> int:
    """Fetch them into the folder that the command line names."""
    try:
        files = fetch(Path(arguments[0]))
    except ToolError as error:
        print(error, file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"Pyodide {version()}: {len(files)} files, {size:.1f} MB, in {arguments[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
