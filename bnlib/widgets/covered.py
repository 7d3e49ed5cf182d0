"""Which cells answer a prediction: the page keeps them folded until it has been answered."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from bnlib.records import notebooks


def answering(cells: list[dict], question: str) -> list[dict]:
    """The cells after a prediction that give it away: what is run, up to its explanation.

    Never a heading and what stands below it, an exercise, or another prediction.

    Args:
        cells: a notebook's, in Jupyter's JSON.
        question: the prediction's id.
    """
    asks = re.compile(rf"""\bpredict\(\s*["']{re.escape(question)}["']""")
    places = [
        i for i, cell in enumerate(cells) if _is_code(cell) and asks.search(notebooks.source(cell))
    ]
    found: list[dict] = []
    ran = False
    for cell in cells[places[0] + 1 :] if places else []:
        source = notebooks.source(cell)
        if _is_code(cell):
            if "exercise" in notebooks.tags(cell) or re.search(r"\b(check|predict)\(", source):
                break
            ran = True
        elif re.match(r"\s*#", source):
            break
        found.append(cell)
        if ran and not _is_code(cell):
            break
    return found


def count(path: Path, question: str) -> int:
    """How many cells of the notebook at `path`, as it was last saved, answer a question.

    0 where that cannot be read: then nothing is folded.
    """
    try:
        return len(answering(_cells(path, path.stat().st_mtime_ns), question))
    except (OSError, notebooks.NotebookError):
        return 0


@lru_cache(maxsize=1)
def _cells(path: Path, _saved: int) -> list[dict]:
    return notebooks.read(path)["cells"]


def _is_code(cell: dict) -> bool:
    return cell["cell_type"] == "code"
