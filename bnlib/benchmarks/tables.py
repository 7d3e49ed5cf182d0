"""The results as tables in Markdown, which read as well in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bnlib.benchmarks.targets import TARGETS, Target, value, verdict

Rows = list[list[str]]


def table(header: list[str], rows: Rows) -> str:
    """A Markdown table, its columns padded so that they line up; numbers to the right."""
    widths = [max(map(len, column)) for column in zip(header, *rows)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]

    def line(cells: list[str]) -> str:
        padded = [cells[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(cells[1:], widths[1:]))]
        return "| " + " | ".join(padded) + " |"

    return "\n".join(map(line, (header, rule, *rows)))


def number(measured: float) -> str:
    """Three digits, as a person writes them: 0.283, 12,300, 6e-07."""
    if measured and not 1e-3 <= abs(measured) < 1e6:
        return f"{measured:.1e}".replace("e-0", "e-").replace("e+0", "e")
    if abs(measured) >= 100:
        return f"{float(f'{measured:.3g}'):,.0f}"
    return f"{measured:.3g}"


def ratio(measured: float) -> str:
    """Two decimals; whole numbers from 10 on."""
    return f"{measured:.2f}" if measured < 10 else f"{measured:.0f}"


def with_quartiles(found: dict[str, float], written: Callable[[float], str] = number) -> str:
    """The median, and the quartiles in brackets."""
    low, median, high = (written(found[name]) for name in ("low", "median", "high"))
    return f"{median} ({low} to {high})"


def targets_table(subjects: dict[str, Any], wanted: Iterable[Target] = TARGETS) -> str:
    """Every target that is wanted, what was measured, and whether it is met."""

    def shown(target: Target, measured: float | None) -> str:
        if measured is None:
            return ""
        return f"{number(measured)} {target.unit}".strip()

    rows = [
        [
            target.what,
            shown(target, target.limit),
            shown(target, value(target, subjects)),
            verdict(target, subjects),
        ]
        for target in wanted
    ]
    return table(["target", "at most", "measured", "met?"], rows)


def timed_table(cases: dict[str, dict[str, dict]], ours: str, first: str) -> str:
    """Our time in microseconds, and its ratio to each peer's with quartiles: a row a case."""
    peers = list(dict.fromkeys(peer for found in cases.values() for peer in found if peer != ours))

    def cell(found: dict | None) -> str:
        if found is None:
            return ""
        return with_quartiles(found["ratio"], ratio) if "ratio" in found else found["not measured"]

    rows = [
        [
            case,
            number(found[ours]["microseconds"]["median"]),
            *(cell(found.get(peer)) for peer in peers),
        ]
        for case, found in cases.items()
    ]
    return table([first, f"{ours}, us", *(f"x {peer}" for peer in peers)], rows)


def plain_table(cases: dict[str, dict[str, float]], first: str) -> str:
    """One number a case and peer."""
    peers = list(dict.fromkeys(peer for found in cases.values() for peer in found))
    rows = [
        [case, *(number(found[peer]) if peer in found else "" for peer in peers)]
        for case, found in cases.items()
    ]
    return table([first, *peers], rows)


def milliseconds_table(found: dict[str, dict], first: str) -> str:
    """Medians with quartiles in milliseconds."""
    return table(
        [first, "ms"],
        [[name, with_quartiles(each["milliseconds"])] for name, each in found.items()],
    )


def growth_table(found: dict[str, dict]) -> str:
    """What grows, from where to where, and the slope."""
    rows = [
        [
            label,
            "{} to {}".format(*(list(each["microseconds"])[i] for i in (0, -1))),
            with_quartiles(each["slope"], ratio),
        ]
        for label, each in found.items()
    ]
    return table(["what grows", "from, to", "slope"], rows)


def widgets_table(found: dict[str, float]) -> str:
    """Each widget's median."""
    return table(["widget", "ms"], [[name, number(median)] for name, median in found.items()])
