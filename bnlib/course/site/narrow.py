"""The figures as a phone shows them, which `make ship` draws and keeps here beside the notebooks'.

In the notebooks themselves they would be half as much again to download, and Jupyter shows none.
"""

from __future__ import annotations

import base64
import io
from pathlib import Path

from PIL import Image

from bnlib.records import notebooks

FOLDER = Path("bnlib/course/site/narrow")
KEY = "narrow"  # of what a figure says of itself, while `make ship` runs it


def keep(root: Path, name: str, notebook: dict) -> None:
    """Write the narrow figures of an executed notebook, and delete those that it had before."""
    folder = root / FOLDER / Path(name).stem
    drawn = {
        f"{cell['id']}-{number}.png": base64.b64decode(about[KEY])
        for cell in notebooks.code_cells(notebook)
        for number, about in enumerate(figures(cell))
        if KEY in about
    }
    for old in folder.glob("*.png"):
        if old.name not in drawn:
            old.unlink()
    for file, png in drawn.items():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(png)


def figures(cell: dict) -> list[dict]:
    """What a code cell's figures say of themselves, in order."""
    outputs = cell.get("outputs", [])
    pictures = [o for o in outputs if "image/png" in o.get("data", {})]
    return [picture["metadata"].get("image/png", {}) for picture in pictures]


def read(root: Path, name: str, cell_id: str, number: int) -> bytes | None:
    """A cell's figure for a phone; None where there is none."""
    path = root / FOLDER / Path(name).stem / f"{cell_id}-{number}.png"
    return path.read_bytes() if path.exists() else None


def size(png: bytes) -> tuple[int, int]:
    """Width and height of a narrow figure on the page: two of its pixels are one of a page."""
    with Image.open(io.BytesIO(png)) as picture:
        return picture.width // 2, picture.height // 2
