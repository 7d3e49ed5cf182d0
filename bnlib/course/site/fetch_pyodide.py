"""Pyodide's files, for a site whose pages check answers and that has the course in JupyterLite.

    python -m bnlib.course.site.fetch_pyodide FOLDER

npm has its core, pinned in pyodide/package-lock.json. NumPy and other packages are on Pyodide's own
server; the core's list of packages says which files those are, and their sha256.
"""

from __future__ import annotations

import http.client
import json
import shutil
import sys
import tempfile
import urllib.request
from pathlib import Path

from bnlib.course.site import tools, vendored
from bnlib.course.site.tools import ToolError

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
        tools.npm_ci(PINNED, Path(temporary))
        core = Path(temporary) / "node_modules" / "pyodide"
        for name in (*vendored.CORE, *vendored.GLUE):
            if (core / name).exists():
                shutil.copyfile(core / name, folder / name)
    server = SERVER.format(version=version())
    wanted = (*vendored.KERNEL, *vendored.PICTURES)
    for package in vendored.with_needs(vendored.listed(folder), wanted).values():
        name = package["file_name"]
        try:
            with urllib.request.urlopen(server + name, timeout=TIMEOUT) as answer:
                data = answer.read()
        except (OSError, http.client.HTTPException) as error:  # the second: it was cut off
            raise ToolError(f"{server + name} cannot be fetched: {error}") from None
        if vendored.digest(data) != package["sha256"]:
            raise ToolError(f"{server + name} is not the file that is listed (sha256).")
        (folder / name).write_bytes(data)
    return vendored.files_of(folder)


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
    size = vendored.megabytes(files)
    print(f"Pyodide {version()}: {len(files)} files, {size:.1f} MB, in {arguments[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
