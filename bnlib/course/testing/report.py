"""How `make test` reads: a line when something is done, the table, and what went wrong.

All of it fits 80 columns, and a wrong answer's words stand last.
"""

import textwrap
from collections import Counter
from pathlib import Path

from bnlib.course.testing.pytest_run import Run
from bnlib.exercises.cards import compose, text
from bnlib.records import notebooks

STATUS = {"passed": "passed", "failed": "wrong", "not attempted": "not attempted"}
COLUMNS = tuple(STATUS.values())
WIDTH = text.WIDTH
HEADLINES = {
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


def one_run(run: Run, colors: bool = False) -> str:
    """What is said as soon as a run has ended."""
    return f"  {run.name}  {_state(run, colors)}  ({run.seconds:.0f} s)"


def _state(run: Run, colors: bool) -> str:
    if is_fine(run):
        return text.painted("ok", "32", colors)
    wrong = len(_wrong_answers(run, colors))
    only = not run.damage and wrong == len(_problems(run))
    said = f"{wrong} wrong answer{'s' * (wrong != 1)}" if wrong and only else "PROBLEMS"
    return text.painted(said, "31", colors)


def whole(
    runs: list[Run], record: dict, left_out: list[str], seconds: float, colors: bool = False
) -> str:
    """The table, whether all is well, and if not, what is wrong.

    left_out: names of notebooks that were not run.
    """
    lines = ["", *_table(runs, record), "", *_notes(runs, record, left_out)]
    bad = [run for run in runs if not is_fine(run)]
    if not bad:
        return "\n".join([*lines, text.painted(f"All is well. ({seconds:.0f} s)", "1;32", colors)])
    lines.append(text.painted(f"Not all is well ({seconds:.0f} s):", "1;31", colors))
    for run in bad:
        said = _described(run)
        if said:
            lines += ["", run.name, *(textwrap.indent(one, "  ") for one in said)]
    for run in bad:
        lines += [f"\n{card}" for card in _wrong_answers(run, colors)]
    return "\n".join(lines)


def _table(runs: list[Run], record: dict) -> list[str]:
    """A row a run; the columns of exercises are empty where there are none."""
    rows = [("", "cells", *COLUMNS, "seconds")]
    for run in runs:
        counts = _exercises(run, record)
        numbers = [str(counts[status]) if counts is not None else "" for status in COLUMNS]
        name = run.name.removesuffix(".ipynb")
        rows.append((name, _cells(run), *numbers, f"{run.seconds:.1f}"))
    widths = [max(map(len, column)) for column in zip(*rows)]
    return [
        "  ".join(
            [name.ljust(widths[0]), *(c.rjust(w) for c, w in zip(cells, widths[1:]))]
        ).rstrip()
        for name, *cells in rows
    ]


def _notes(runs: list[Run], record: dict, left_out: list[str]) -> list[str]:
    notes = [*_slowest(runs), *_skipped(runs)]
    missing = sorted(set(record) - {run.name for run in runs}) if len(runs) > 1 else []
    if missing:
        notes.append(f"Not there: {', '.join(missing)} (`make reset` brings a notebook back)")
    unrecorded = [name for name in left_out if notebooks.COURSE_NAME.fullmatch(name)]
    own = [name for name in left_out if name not in unrecorded]
    if unrecorded:
        notes.append(f"Left out, not being recorded (`make ship`): {', '.join(unrecorded)}")
    if own:
        named = own if len(own) <= 5 else [*own[:4], f"and {len(own) - 4} more"]
        notes.append(f"Left out, being your own: {', '.join(named)}")
    ungraded = sum("exercise" in row and "verdict" not in row for run in runs for row in run.rows)
    if ungraded:
        notes.append(f"{ungraded} not graded, as the cells above did not run to the end.")
    return [textwrap.fill(note, WIDTH, subsequent_indent="  ") for note in notes]


def tail(output: str, lines: int = 15) -> str:
    """The end of a program's output."""
    return "\n".join(output.strip().splitlines()[-lines:])


def _problems(run: Run) -> list[dict]:
    return [row for row in run.rows if row["problem"]]


def _described(run: Run) -> list[str]:
    """Each problem but wrong answers: the first error in full, what may follow in a line."""
    said, after = [], []
    if run.damage:
        said.append("\n".join(map(_filled, run.damage.splitlines())))
    elif not is_fine(run) and not _problems(run):
        said.append(tail(run.output, 60))
    broken = False
    for row in _problems(run):
        kind, words = row["problem"]["kind"], row["problem"]["text"]
        if "exercise" in row:
            if kind != "wrong":
                after.append(f"Exercise {row['exercise']}: not graded\n{_indented(words)}")
        elif broken and kind in ("error", "output"):
            short = words.splitlines()[0] if kind == "error" else "another output than stored"
            said.append(_filled(f"{_place(row)}: {short}"))
        else:
            broken = broken or kind in ("error", "crash")
            said.append(f"{_filled(f'{_place(row)}: {HEADLINES[kind]}')}\n{_indented(words)}")
    if len(said) > MOST_FOLLOW_UPS + 1:
        more = len(said) - MOST_FOLLOW_UPS - 1
        said[MOST_FOLLOW_UPS + 1 :] = [f"... and {more} more cells below"]
    return said + after


def _wrong_answers(run: Run, colors: bool) -> list[str]:
    """The cards of a run's wrong answers."""
    return [
        text.page(compose.of_message(row["exercise"], row["problem"]["text"]), colors)
        for row in _problems(run)
        if row["problem"]["kind"] == "wrong"
    ]


def _place(row: dict) -> str:
    under = f' under "{row["heading"]}"' if row.get("heading") else ""
    return f"Cell [{row['number']}]{under}"


def _filled(words: str) -> str:
    return textwrap.fill(words, WIDTH - 2, subsequent_indent="  ")


def _indented(words: str) -> str:
    return "\n".join(
        textwrap.fill(line, WIDTH - 4, initial_indent="  ", subsequent_indent="  ")
        for line in words.splitlines()
    )


def _cells(run: Run) -> str:
    if run.name == "unit tests":
        counts = Counter(outcome for outcome, _ in run.tests)
        return f"{counts['passed']} of {counts.total() - counts['skipped']}"
    cells = [row for row in run.rows if "number" in row]
    passed = sum(row["outcome"] == "passed" for row in cells)
    return "none run" if run.damage else f"{passed} of {len(cells)}"


def _exercises(run: Run, record: dict) -> Counter | None:
    """How many exercises have each status; None where a run has no exercises."""
    if not record.get(run.name, {}).get("exercises"):
        return None
    graded = [row["verdict"] for row in run.rows if "exercise" in row and "verdict" in row]
    return Counter(STATUS.get(verdict.get("status")) for verdict in graded)


def _skipped(runs: list[Run]) -> list[str]:
    """The unit tests that were not run, and why."""
    reasons = Counter(why for run in runs for outcome, why in run.tests if outcome == "skipped")
    return [f"Unit tests not run: {count} ({reason})" for reason, count in reasons.items()]


def _slowest(runs: list[Run]) -> list[str]:
    cells = [(row["seconds"], run.name, row) for run in runs for row in run.rows if "number" in row]
    cells.sort(key=lambda cell: -cell[0])
    slow = [f"{name[:1]} [{row['number']}] {s:.1f} s" for s, name, row in cells[:3] if s >= SLOW]
    return [f"Slowest cells: {', '.join(slow)}"] if slow else []
