"""What went wrong in a notebook, said in the learner's terms."""

import difflib
import re
from typing import Any

import pytest

from bnlib.records import notebooks

ANSI = re.compile(r"\x1b\[[0-9;]*m")
ARROW = re.compile(r"^-+> *\d+ (.*)$", re.MULTILINE)
MAX_LINES = 8
WIDTH = 150


def problem(item: Any, excinfo: Any) -> dict[str, str]:
    """Kind and text of a failure: a key of `report.HEADLINES`."""
    error = excinfo.value
    if not hasattr(item, "cell_num"):
        wrong = type(error).__name__ == "WrongExercise"
        text = str(error) if wrong else f"It could not be graded: {error}"
        return {"kind": "wrong" if wrong else "crash", "text": text}
    outputs = [dict(output) for output in item.test_outputs or []]
    raised = next((o for o in outputs if o["output_type"] == "error"), None)
    if getattr(item.parent.kernel, "has_died", False):
        text = "Did it run out of memory? The cells below it were not run."
        return {"kind": "death", "text": text}
    if item.parent.timed_out:
        return {"kind": "timeout", "text": _timeout(item)}
    if type(error).__name__ != "NbCellError":
        return {"kind": "crash", "text": f"{type(error).__name__}: {error}"}
    if str(error) == "Cell outputs differ":
        stored = notebooks.compared_outputs(item.cell)
        return {"kind": "output", "text": difference(stored, outputs)}
    if raised is None:
        return {"kind": "crash", "text": str(error)}
    return {"kind": "error", "text": raised_error(raised)}


def _timeout(item: pytest.Item) -> str:
    seconds = item.config.option.nbval_cell_timeout
    return (
        f"It was still running after {seconds:g} s and was stopped: does a loop never end? "
        "The cells below it were not run."
    )


def raised_error(output: dict) -> str:
    """An error's own message, with the learner's line that raised it."""
    text = ANSI.sub("", "\n".join(output.get("traceback", [])))
    message = f"{output['ename']}: {ANSI.sub('', output['evalue'])}".strip().removesuffix(":")
    own_cell = text.partition("Cell In")[2]
    line = ARROW.search(own_cell)
    if line:
        return f"{message}\nat: {line.group(1).strip()}"
    if output["ename"] == "SyntaxError" and "\n" in own_cell:
        return f"{message}\nat: {own_cell.splitlines()[1].strip()}"
    return message


def difference(stored: list[dict], now: list[dict]) -> str:
    """The lines in which two lists of outputs differ, each marked as `stored` or `now`."""
    old, new = _texts(stored), _texts(notebooks.compared_outputs({"outputs": now}))
    lines: list[str] = []
    for key in sorted({*old, *new}, key=lambda key: (key == "text/html", key)):
        if lines and key == "text/html":
            break  # the same again, in another form
        before, after = old.get(key, []), new.get(key, [])
        matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
        for operation, i, j, k, m in matcher.get_opcodes():
            if operation == "replace" and j - i == m - k:
                for one, other in map(_around_difference, before[i:j], after[k:m]):
                    lines += _marked([one], [other])
            elif operation != "equal":
                lines += _marked(before[i:j], after[k:m])
    if len(lines) > MAX_LINES:
        lines = [*lines[:MAX_LINES], f"... and {len(lines) - MAX_LINES} more such lines"]
    return "\n".join(lines or ["It puts out as many lines, in another number of pieces."])


def _texts(outputs: list[dict]) -> dict[str, list[str]]:
    """The lines of every stream and kind of data, as nbval groups them."""
    texts: dict[str, list[str]] = {}
    for output in outputs:
        kind = output["output_type"]
        if kind == "stream":
            parts = {output["name"]: output["text"]}
        elif kind == "error":
            parts = {"error": f"{output['ename']}: {output['evalue']}"}
        else:
            parts = output["data"]
        for key, text in parts.items():
            texts.setdefault(key, []).extend(str(text).splitlines())
    return texts


def _marked(before: list[str], after: list[str]) -> list[str]:
    stored = [f"stored: {line[:WIDTH]}" for line in before or ["(nothing)"]]
    return stored + [f"now:    {line[:WIDTH]}" for line in after or ["(nothing)"]]


def _around_difference(old: str, new: str) -> tuple[str, str]:
    """Two long lines, cut to where they part."""
    if max(len(old), len(new)) <= WIDTH:
        return old, new
    same = next((i for i, (a, b) in enumerate(zip(old, new)) if a != b), min(len(old), len(new)))
    start = max(0, same - WIDTH // 2)
    dots = "... " if start else ""
    old, new = (f"{dots}{text[start : start + WIDTH - 4]}" for text in (old, new))
    return old, new
