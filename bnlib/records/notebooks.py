"""Notebook files as plain data: where they are, reading, writing, and what counts as the same.

Standard library only, so that `progress()` and the update command stay light.
"""

import hashlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FOLDER = "notebooks"
IN_JUPYTERLITE = Path("/drive")
COURSE_NAME = re.compile(r"[1-9]_[a-z0-9_]+\.ipynb")
# What nbval never compares: pictures, and the random model ids of widgets.
NOT_COMPARED = ("image/png", "image/jpeg", "application/vnd.jupyter.widget-view+json")


class NotebookError(Exception):
    """A notebook cannot be read, found or run; the message is for the person at the keyboard."""


def course_root() -> Path | None:
    """The course's folder: the one above the `bnlib` package, if it has `notebooks/` in it.

    In a browser the package is with Python's own, and the course where JupyterLite keeps files.
    """
    root = IN_JUPYTERLITE if sys.platform == "emscripten" else Path(__file__).resolve().parents[2]
    return root if (root / FOLDER).is_dir() else None


def require_root(root: Path | None = None) -> Path:
    """`root`, or the course's folder; NotebookError where there is none."""
    root = root or course_root()
    if root is None:
        raise NotebookError("This copy of bnlib has no notebooks/ folder beside it.")
    return Path(root)


def course_notebooks(root: Path) -> list[Path]:
    """The files whose names are those of a course's notebook, by number."""
    return sorted(p for p in (root / FOLDER).glob("*.ipynb") if COURSE_NAME.fullmatch(p.name))


def find(wanted: str | int | None, names: Iterable[str]) -> str:
    """The one of `names` meant by a number, a stem or a file name; NotebookError lists them all."""
    names = sorted(names)
    text = Path(str(wanted)).name.removesuffix(".ipynb") if wanted not in (None, "") else ""
    for name in names:
        if text and text in (name.split("_")[0], name.removesuffix(".ipynb")):
            return name
    choices = ", ".join(f"{name.split('_')[0]} ({name})" for name in names) or "none yet"
    said = f"There is no notebook {wanted!r}" if text else "Say which notebook: NOTEBOOK=2"
    raise NotebookError(f"{said}. The course has: {choices}.")


def parse(text: str, name: str) -> dict[str, Any]:
    """The notebook in `text`; NotebookError says in one sentence what is wrong with it."""
    try:
        notebook: Any = json.loads(text)
    except ValueError as error:
        line = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise NotebookError(f"{name} is damaged: it is not valid JSON{line}.") from None
    except RecursionError:
        raise NotebookError(f"{name} is damaged: it is nested too deeply.") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(map(_is_cell, cells)):
        raise NotebookError(f"{name} is not a notebook of format 4, which Jupyter writes today.")
    return dict(notebook)


def _is_cell(cell: object) -> bool:
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        return False
    text = cell.get("source")
    whole = isinstance(text, list) and all(isinstance(line, str) for line in text)
    outputs = cell.get("outputs", [])
    return (isinstance(text, str) or whole) and isinstance(outputs, list)


def read(path: Path) -> dict[str, Any]:
    """The notebook in a file, as Jupyter's JSON."""
    try:
        text = path.read_text(encoding="utf-8-sig")  # some programs write a byte-order mark
    except UnicodeDecodeError:
        raise NotebookError(f"{path.name} is damaged: it is not UTF-8 text.") from None
    except OSError as error:
        raise NotebookError(f"{path.name} cannot be read: {error.strerror}.") from None
    return parse(text, path.name)


def to_text(notebook: dict[str, Any]) -> str:
    """A notebook's file content, or the record's, laid out as Jupyter lays it out."""
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def write(path: Path, text: str) -> None:
    """Put `text` into the file at once: a crash leaves the old content or the new, never half."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        # mkstemp makes private files; a notebook has the permissions of its neighbours.
        os.chmod(temporary, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def source(cell: dict[str, Any]) -> str:
    """A cell's text."""
    text = cell["source"]
    return text if isinstance(text, str) else "".join(text)


def python_lines(text: str) -> list[str]:
    """The lines of a cell, with those that are for Jupyter (`%time`, `!ls`) left empty."""
    return ["" if line.lstrip().startswith(("%", "!")) else line for line in text.splitlines()]


def code_cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """The code cells with something in them, in order: what Run All numbers [1], [2], ..."""
    return [c for c in notebook["cells"] if c["cell_type"] == "code" and source(c).strip()]


def tags(cell: dict[str, Any]) -> list[str]:
    """A cell's tags."""
    return list((cell.get("metadata") or {}).get("tags") or [])


def digest(text: str) -> str:
    """A short fingerprint of source text that trailing blanks and blank ends do not change."""
    lines = (line.rstrip() for line in text.strip().splitlines())
    return hashlib.sha256("\n".join(lines).encode(errors="surrogatepass")).hexdigest()[:16]


def exported(notebook: dict[str, Any], what: str) -> dict[str, Any]:
    """What a page of the site keeps in a notebook that it writes: `predictions` or `verdicts`."""
    metadata = notebook.get("metadata")
    ours = metadata.get("bnlib") if isinstance(metadata, dict) else None
    kept = ours.get(what) if isinstance(ours, dict) else None
    return kept if isinstance(kept, dict) else {}


def headings(notebook: dict[str, Any]) -> list[str]:
    """For every code cell with something in it, the heading it stands under."""
    found, heading = [], ""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            for line in source(cell).splitlines():
                if re.match(r"#{1,6} ", line):
                    heading = line.lstrip("#").strip()
        elif cell["cell_type"] == "code" and source(cell).strip():
            found.append(heading)
    return found


def compared_outputs(cell: dict[str, Any]) -> list[dict[str, Any]]:
    """A cell's outputs without what nbval leaves out, with texts as plain strings."""
    kept = []
    for output in cell.get("outputs", []):
        kind = output.get("output_type")
        if kind == "stream":
            kept.append(
                {"output_type": kind, "name": output["name"], "text": joined(output["text"])}
            )
        elif kind == "error":
            kept.append({k: output[k] for k in ("output_type", "ename", "evalue")})
        else:
            data = output.get("data", {})
            data = {mime: joined(data[mime]) for mime in data if mime not in NOT_COMPARED}
            kept.append({"output_type": kind, "data": data})
    return kept


def joined(text: Any) -> Any:
    """Jupyter keeps long texts as lists of lines; give them back as one string."""
    if isinstance(text, list) and all(isinstance(line, str) for line in text):
        return "".join(text)
    return text


def exercise_cell(notebook: dict[str, Any], name: str) -> dict[str, Any] | None:
    """The cell of an exercise: the one with its id, else the last that defines its function.

    Some programs (Colab, older Jupyter) drop cell ids, so the id alone is not enough.
    """
    cells = code_cells(notebook)
    for cell in cells:
        if cell.get("id") == f"exercise-{name}":
            return cell
    defines = re.compile(rf"^def {re.escape(name)}\b|^{re.escape(name)}\s*=", re.MULTILINE)
    return next((cell for cell in reversed(cells) if defines.search(source(cell))), None)
