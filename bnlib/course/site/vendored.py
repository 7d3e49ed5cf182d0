"""Pyodide in the site: Python compiled for browsers, with the packages that the course needs.

The pages' checker loads a few of these files, JupyterLite all of them, from one folder.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from bnlib.course.site.tools import ToolError

FOLDER = "python"
"""The folder of the site with all that."""
LOCK = "pyodide-lock.json"
"""The list of packages: each one's file, its sha256 and what it depends on."""
CORE = ("pyodide.mjs", "pyodide.js", "pyodide.asm.wasm", "python_stdlib.zip", LOCK)
"""The first starts it in the checker's worker, the second in that of JupyterLite's kernel."""
GLUE = ("pyodide.asm.js", "pyodide.asm.mjs")
"""What connects these with the third; its name depends on the version."""
CHECKER = ("numpy",)
KERNEL = ("micropip", "ssl", "sqlite3", "jedi", "ipython")
"""What JupyterLite's kernel asks for when it starts."""
PICTURES = ("numpy", "matplotlib")
COURSE = "batch-norm-course"
"""bnlib's wheel, in the list that the site serves."""


def files_of(pyodide: Path, packages: Iterable[str] = (*KERNEL, *PICTURES)) -> list[Path]:
    """The files of a folder with Pyodide that are needed for some of its packages.

    Raises:
        ToolError: one is missing, or not what Pyodide's own list says.
    """
    needed = [pyodide / name for name in CORE]
    needed += [path for name in GLUE if (path := pyodide / name).exists()]
    missing = [path.name for path in needed if not path.is_file()]
    if missing or len(needed) == len(CORE):
        raise ToolError(f"{pyodide} holds no Pyodide: {', '.join(missing) or GLUE[0]} is missing.")
    for package in with_needs(listed(pyodide), packages).values():
        path = pyodide / package["file_name"]
        if not path.is_file():
            raise ToolError(f"{pyodide} lacks {path.name}, which the course's pages need.")
        if digest(path.read_bytes()) != package["sha256"]:
            raise ToolError(f"{path} is not the file that {LOCK} names (sha256).")
        needed.append(path)
    return needed


def listed(pyodide: Path) -> dict[str, dict]:
    """Pyodide's list of packages, by name."""
    return json.loads((pyodide / LOCK).read_text(encoding="utf-8"))["packages"]


def with_needs(packages: dict[str, dict], names: Iterable[str]) -> dict[str, dict]:
    """Some packages of Pyodide's list, and all that they depend on."""
    found: dict[str, dict] = {}
    left = list(names)
    while left:
        name = left.pop().replace("_", "-")
        if name not in found:
            found[name] = packages[name]
            left += packages[name]["depends"]
    return found


def digest(data: bytes) -> str:
    """The SHA-256 of a file's content, as Pyodide's list has it."""
    return hashlib.sha256(data).hexdigest()


def megabytes(files: Iterable[Path]) -> float:
    """What they weigh, before compression."""
    return sum(path.stat().st_size for path in files) / 1e6


def write(pyodide: Path, wheels: Iterable[Path], site: Path) -> None:
    """Put Pyodide's files, bnlib's wheel and those that it needs besides into the site.

    All are in the list of packages there, and no others, so that `import bnlib` loads what it
    takes, and what the site does not have is not asked for.
    """
    folder = site / FOLDER
    folder.mkdir()
    for path in (*files_of(pyodide), *wheels):
        shutil.copyfile(path, folder / path.name)
    content = json.loads((pyodide / LOCK).read_text(encoding="utf-8"))
    packages = with_needs(content["packages"], (*KERNEL, *PICTURES))
    ours = {entry["name"]: entry for entry in map(entry_of, wheels)}
    ours[COURSE] |= {"imports": ["bnlib"], "depends": [*PICTURES, *(set(ours) - {COURSE})]}
    content["packages"] = packages | ours
    (folder / LOCK).write_text(json.dumps(content), encoding="utf-8")


def entry_of(wheel: Path) -> dict:
    """A pure wheel as an entry of Pyodide's list."""
    name, version, *_ = wheel.name.split("-")
    return {
        "name": name.replace("_", "-"),
        "version": version,
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": digest(wheel.read_bytes()),
        "package_type": "package",
        "imports": [],
        "depends": [],
        "unvendored_tests": False,
    }


def course_wheel(site: Path) -> Path:
    """bnlib's wheel, in a site that has it.

    Raises:
        FileNotFoundError: the site was made without Pyodide.
    """
    if not (site / FOLDER).is_dir():
        raise FileNotFoundError(f"{site} has no wheel of bnlib: make site PYODIDE=folder adds it")
    return site / FOLDER / listed(site / FOLDER)[COURSE]["file_name"]
