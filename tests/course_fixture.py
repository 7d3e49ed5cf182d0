"""Small courses to try the commands on: notebooks made cell by cell, in a temporary folder."""

from pathlib import Path

from bnlib.records import notebooks

STUB = 'def double(x):\n    """Twice x."""\n    ...\n\n\ncheck(double)'
SOLVED = "def double(x):\n    return 2 * x\n\n\ncheck(double)"


def code(text: str, name: str, *tags: str, outputs: tuple = (), count: int | None = None) -> dict:
    """A code cell with an id and tags."""
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {"tags": list(tags)} if tags else {},
        "source": text,
        "outputs": list(outputs),
        "execution_count": count,
    }


def prose(text: str, name: str) -> dict:
    """A markdown cell."""
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": text}


def printed(text: str) -> dict:
    """The output of a cell that prints."""
    return {"output_type": "stream", "name": "stdout", "text": text}


def notebook(*cells: dict) -> dict:
    """A notebook of these cells."""
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def write(root: Path, name: str, content: dict) -> Path:
    """Put a notebook into a course."""
    path = root / notebooks.FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    notebooks.write(path, notebooks.to_text(content))
    return path


def versioned(**changes: str) -> dict:
    """A small notebook with an exercise in it, with some cells' texts changed."""
    texts = {"title": "# Small", "setup": "x = 1", "exercise-double": STUB, "last": "x"} | changes
    cells = [
        prose(text, name) if name == "title" else code(text, name, count=number)
        for number, (name, text) in enumerate(texts.items())
    ]
    return notebook(*cells)
