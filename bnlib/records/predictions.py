"""The answers to predictions, kept from one day to the next beside the verdicts.

One small JSON file a question: the first answer, which tells whether it was right at the first try,
and the last one, which the question shows again.
"""

from __future__ import annotations

import contextlib
import json
import re
from pathlib import Path
from typing import Any, TypedDict

from bnlib.records import notebooks

FOLDER = "predictions"
AN_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ASKED = re.compile(r"""\bpredict\(\s*["']([^"']*)["']""")


class Answer(TypedDict):
    """What was answered: the words of the choice, and whether the first one was right."""

    chosen: str
    right_at_first: bool


def save(question: str, chosen: str, right: bool, store: Path | None) -> None:
    """Keep an answer; a disk that is full or read-only must not get between."""
    if store is None or not AN_ID.fullmatch(question):
        return
    before = load(store).get(question)
    first = before["right_at_first"] if before else right
    kept: Answer = {"chosen": chosen, "right_at_first": first}
    with contextlib.suppress(OSError):
        (store / FOLDER).mkdir(parents=True, exist_ok=True)
        notebooks.write(store / FOLDER / f"{question}.json", json.dumps(kept, indent=1) + "\n")


def load(store: Path | None) -> dict[str, Answer]:
    """Every kept answer, by question; one that cannot be read is left out."""
    folder = store / FOLDER if store else None
    found: dict[str, Answer] = {}
    for path in sorted(folder.glob("*.json")) if folder and folder.is_dir() else []:
        with contextlib.suppress(OSError, ValueError):
            found |= _answers({path.stem: json.loads(path.read_text(encoding="utf-8"))})
    return found


def exported(notebook: dict[str, Any]) -> dict[str, Answer]:
    """The answers in a notebook that a page of the site has written."""
    return _answers(notebooks.exported(notebook, "predictions"))


def _answers(kept: dict[str, Any]) -> dict[str, Answer]:
    """Those that are answers, by question: what was read may hold anything."""
    return {
        question: {"chosen": answer["chosen"], "right_at_first": answer["right_at_first"]}
        for question, answer in kept.items()
        if isinstance(answer, dict)
        and isinstance(answer.get("chosen"), str)
        and isinstance(answer.get("right_at_first"), bool)
    }


def asked(notebook: dict[str, Any]) -> list[str]:
    """The questions that a notebook asks, in its order, each once."""
    sources = map(notebooks.source, notebooks.code_cells(notebook))
    return list(dict.fromkeys(name for source in sources for name in ASKED.findall(source)))
