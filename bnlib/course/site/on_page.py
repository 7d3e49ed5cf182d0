"""Exercises answered on the page: what the page's scripts need of the notebook, and Python itself.

sphinx/static/exercises.js   editors, buttons, what is kept in the browser
sphinx/editor.mjs            CodeMirror; bundled into static/editor.js
sphinx/static/worker.js      Pyodide in a worker, which runs bnlib.exercises.on_page
"""

from __future__ import annotations

import ast
import hashlib
import html
import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from bnlib.course.site import own_environment
from bnlib.course.site.own_environment import ToolError
from bnlib.records import notebooks

PYTHON = "python"
"""The folder of the site with Pyodide, NumPy and bnlib."""
CORE = ("pyodide.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
GLUE = ("pyodide.asm.js", "pyodide.asm.mjs")
"""What connects the first two; its name depends on the version."""
PACKAGE = "numpy"


def files_of(pyodide: Path) -> list[Path]:
    """The files of a folder with Pyodide that a page needs to check answers.

    Raises:
        ToolError: one is missing, or not what Pyodide's own list says.
    """
    needed = [pyodide / name for name in CORE]
    needed += [path for name in GLUE if (path := pyodide / name).exists()]
    missing = [path.name for path in needed if not path.is_file()]
    if missing or len(needed) == len(CORE):
        raise ToolError(f"{pyodide} holds no Pyodide: {', '.join(missing) or GLUE[0]} is missing.")
    packages = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    for package in with_needs(packages, PACKAGE):
        path = pyodide / package["file_name"]
        if not path.is_file():
            raise ToolError(f"{pyodide} lacks {path.name}, which a page needs to check answers.")
        if hashlib.sha256(path.read_bytes()).hexdigest() != package["sha256"]:
            raise ToolError(f"{path} is not the file that pyodide-lock.json names (sha256).")
        needed.append(path)
    return needed


def with_needs(packages: dict[str, dict], name: str) -> list[dict]:
    """A package of Pyodide's list, after all that it depends on."""
    below = [p for need in packages[name]["depends"] for p in with_needs(packages, need)]
    found = {package["file_name"]: package for package in [*below, packages[name]]}
    return list(found.values())


def write_python(files: Iterable[Path], wheel: Path, site: Path) -> None:
    """Put Pyodide's files and bnlib's wheel into the site."""
    folder = site / PYTHON
    folder.mkdir()
    for path in (*files, wheel):
        shutil.copyfile(path, folder / path.name)
    contents = json.dumps({"wheel": wheel.name})
    (folder / "contents.json").write_text(contents, encoding="utf-8")


def bundle_editor(packages: Path, here: Path, into: Path) -> None:
    """Make one script of the editor and what it imports.

    Raises:
        ToolError: esbuild fails; the reason is the message.
    """
    own_environment.run(
        [
            *("node", str(packages / "esbuild" / "bin" / "esbuild"), str(here / "editor.mjs")),
            *("--bundle", "--minify", "--format=iife", "--target=es2022", "--legal-comments=eof"),
            *("--log-level=error", f"--outfile={into}"),
        ],
        NODE_PATH=str(packages),
    )


def course(notebook: str, version: str, size: int) -> str:
    """What the page's script must know: the notebook's file, the version, and Python's bytes."""
    about = {"notebook": notebook, "version": version, "bytes": size}
    return json_in_page(about, 'id="bn-course"')


def exercise(name: str, source: str, imports: list[str], said: str = "") -> str:
    """The place of an exercise on its page, which the page's script fills.

    Args:
        name: the exercise.
        source: its cell.
        imports: as `imports_above` gives them.
        said: a card, as HTML, that stands there from the beginning.
    """
    stub = re.sub(rf"\n+check\({name}\)\s*$", "\n", source)
    about = json_in_page({"stub": stub, "imports": imports})
    label = html.escape(f"Exercise {name}")
    return (
        f'<div class="bn-exercise" data-exercise="{name}" role="group" aria-label="{label}">'
        f'{about}<div class="bn-verdict" role="status">{said}</div></div>'
    )


def imports_above(cells: list[dict]) -> list[str]:
    """The import statements of code cells, in their order."""
    trees = (ast.parse(notebooks.source(cell)) for cell in cells)
    kinds = (ast.Import, ast.ImportFrom)
    return [ast.unparse(node) for tree in trees for node in tree.body if isinstance(node, kinds)]


def json_in_page(value: object, attributes: str = "") -> str:
    """JSON for a page's scripts to read; a `</script>` in it must not end it."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/json" {attributes}>{text}</script>'
