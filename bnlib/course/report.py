"""How `make test` reads: a line when something is done, what went wrong, and the table."""

import re
import textwrap
from collections import Counter
from pathlib import Path

from bnlib.course.runs import Run
from bnlib.records import notebooks

STATUS = {"passed": "passed", "failed": "wrong", "not attempted": "not attempted"}
HEADLINES = {
    "wrong": "a wrong answer",
    "error": "an error",
    "timeout": "it did not end",
    "death": "the kernel died",
    "output": "its output is not the stored one (Restart Kernel and Run All Cells renews it)",
    "crash": "it could not be run",
}
MOST_FOLLOW_UPS = 4  # cells that fail after another has, each in a line
SLOW = 1.0  # seconds from which a cell may be named among the slowest


def opening(chosen: list[Path], unit_tests: bool) -> str:
    """What is said at once: what is checked, and how long nothing more may be heard."""
    many = "1 notebook" if len(chosen) == 1 else f"{len(chosen)} notebooks"
    if not unit_tests:
        return f"Checking {many} ..."
    return (
        f"Checking the unit tests and {many}, side by side ...\n"
        "(The unit tests take a minute or two. `make test NOTEBOOK=1` checks one notebook.)"
    )


def is_fine(run: Run) -> bool:
    """Whether a run has nothing wrong."""
    no_cells = run.code == 5 and run.name.endswith(".ipynb")  # a notebook without code
    return run.damage is None and (run.code == 0 or no_cells) and not _problems(run)


def one_run(run: Run) -> str:
    """What is said as soon as a run has ended: one line, and everything that is wrong."""
    state = "ok" if is_fine(run) else "PROBLEMS"
    lines = [f"  {run.name}  {state}  ({run.seconds:.0f} s)"]
    if run.damage:
        lines.append(textwrap.indent(run.damage, "    "))
    elif not is_fine(run) and not _problems(run):
        lines.append(textwrap.indent(tail(run.output, 60), "    "))
    lines += [textwrap.indent(text, "    ") for text in _described(run)]
    return "\n".join(lines)


def whole(runs: list[Run], record: dict, left_out: list[str], seconds: float) -> str:
    """The table and the last line. left_out: names of notebooks that were not run."""
    rows = [("", "cells", "exercises", "seconds")]
    for run in runs:
        rows.append((run.name, _cells(run), _exercises(run, record), f"{run.seconds:.1f}"))
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    lines = [""]
    for name, *middle, last in rows:
        parts = [name.ljust(widths[0]), *(m.ljust(w) for m, w in zip(middle, widths[1:3]))]
        lines.append("   ".join([*parts, last.rjust(widths[3])]).rstrip())
    lines += ["", *_slowest(runs), *_skipped(runs)]
    missing = sorted(set(record) - {run.name for run in runs}) if len(runs) > 1 else []
    if missing:
        lines.append(f"Not there: {', '.join(missing)} (`make reset` brings a notebook back)")
    unrecorded = [name for name in left_out if notebooks.COURSE_NAME.fullmatch(name)]
    own = [name for name in left_out if name not in unrecorded]
    if unrecorded:
        lines.append(f"Left out, not being recorded (`make ship`): {', '.join(unrecorded)}")
    if own:
        more = [f"and {len(own) - 4} more"] if len(own) > 5 else []
        lines.append(f"Left out, being your own: {', '.join(own[: 4 if more else 5] + more)}")
    bad = [run.name for run in runs if not is_fine(run)]
    verdict = f"Not all is well: see {', '.join(bad)} above." if bad else "All is well."
    return "\n".join([*lines, f"{verdict} ({seconds:.0f} s)"])


def tail(text: str, lines: int = 15) -> str:
    """The end of a program's output."""
    return "\n".join(text.strip().splitlines()[-lines:])


def _problems(run: Run) -> list[dict]:
    return [row for row in run.rows if row["problem"]]


def _described(run: Run) -> list[str]:
    """Each problem in words: the first error in full, what may follow from it in a line."""
    exercises = [row for row in _problems(run) if "exercise" in row]
    messages = tuple(row["problem"]["text"] for row in exercises)
    said, after = [], []
    broken = False
    for row in _problems(run):
        kind, text = row["problem"]["kind"], row["problem"]["text"]
        if "exercise" in row or (kind == "wrong" and text.endswith(messages)):
            continue  # said once, by the exercise, below
        if broken and kind in ("error", "output"):
            short = text.splitlines()[0] if kind == "error" else "another output than stored"
            after.append(f"{_place(row)}: {short}")
        else:
            broken = broken or kind in ("error", "crash")
            said.append(f"{_place(row)}: {HEADLINES[kind]}\n{_indented(text)}")
    if len(after) > MOST_FOLLOW_UPS:
        after[MOST_FOLLOW_UPS:] = [f"... and {len(after) - MOST_FOLLOW_UPS} more cells below"]
    for row in exercises:
        what = "wrong" if row["problem"]["kind"] == "wrong" else "not graded"
        after.append(f"Exercise {row['exercise']}: {what}\n{_indented(row['problem']['text'])}")
    return said + after


def _place(row: dict) -> str:
    under = f' under "{row["heading"]}"' if row.get("heading") else ""
    return f"Cell [{row['number']}]{under}"


def _indented(text: str) -> str:
    return "\n".join(
        textwrap.fill(line, 96, initial_indent="  ", subsequent_indent="  ")
        for line in text.splitlines()
    )


def _cells(run: Run) -> str:
    if run.name == "unit tests":
        last = run.output.strip().rpartition("\n")[2]
        counts = {kind: int(n) for n, kind in re.findall(r"(\d+) (passed|failed|error)", last)}
        return f"{counts.get('passed', 0)} of {sum(counts.values())} tests"
    cells = [row for row in run.rows if "number" in row]
    passed = sum(row["outcome"] == "passed" for row in cells)
    return "none run" if run.damage else f"{passed} of {len(cells)}"


def _exercises(run: Run, record: dict) -> str:
    if not record.get(run.name, {}).get("exercises"):
        return ""
    found = Counter(
        STATUS.get(row.get("verdict", {}).get("status"), "not graded")
        for row in run.rows
        if "exercise" in row
    )
    order = ("passed", "wrong", "not attempted")
    shown = [f"{found[status]} {status}" for status in order]
    return ", ".join(shown + [f"{found['not graded']} not graded"] * bool(found["not graded"]))


def _skipped(runs: list[Run]) -> list[str]:
    """The unit tests that were not run, and why."""
    reasons = Counter()
    for run in runs:
        for count, reason in re.findall(r"^SKIPPED \[(\d+)\] \S+ (.*)$", run.output, re.MULTILINE):
            reasons[reason] += int(count)
    return [f"Unit tests not run: {count} ({reason})" for reason, count in reasons.items()]


def _slowest(runs: list[Run]) -> list[str]:
    cells = [(row["seconds"], run.name, row) for run in runs for row in run.rows if "number" in row]
    cells.sort(key=lambda cell: -cell[0])
    slow = [f"{name[:1]} [{row['number']}] {s:.1f} s" for s, name, row in cells[:3] if s >= SLOW]
    return [f"Slowest cells: {', '.join(slow)}"] if slow else []
