"""The tables of notebook 6."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bnlib.experiments.framework_rows import KINDS, WITHOUT_NETWORK, Row
from bnlib.frameworks import table as conventions_table
from bnlib.frameworks.facts import FACTS
from bnlib.frameworks.run import TOLERANCE


@dataclass(frozen=True)
class Table:
    """Rows of text: HTML in a notebook, aligned columns where there is none."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]

    def _repr_html_(self) -> str:
        head = "".join(f"<th style='text-align:left'>{html.escape(h)}</th>" for h in self.headings)
        body = "".join(
            "<tr>"
            + "".join(f"<td style='text-align:left'>{_with_links(cell)}</td>" for cell in row)
            + "</tr>"
            for row in self.rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def __repr__(self) -> str:
        lines = [self.headings, *self.rows]
        widths = [max(map(len, column)) for column in zip(*lines)]
        return "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip()
            for line in lines
        )


def _with_links(text: str) -> str:
    """Text as HTML; an address becomes a link that shows it."""
    return re.sub(r"https?://[^\s<]+", r'<a href="\g<0>">\g<0></a>', html.escape(text))


def facts() -> Table:
    """Age, licence, governance and fate, a framework a row."""
    headings = ("framework", "first release", "newest or last", "licence", "who decides", "today")
    return Table(
        headings,
        [(f.framework, f.first, f.last, f.licence, f.governed_by, f.became) for f in FACTS],
    )


def sources() -> Table:
    """Where the facts come from."""
    return Table(("framework", "sources"), [(f.framework, "  ".join(f.sources)) for f in FACTS])


def conventions() -> Table:
    """The conventions table, made of `bnlib.frameworks.declarations`."""
    return Table(conventions_table.HEADINGS, conventions_table.rows())


def measures(rows: Sequence[Row], own_milliseconds: float) -> Table:
    """What was measured, bnlib and then a framework a row: where from, and the four numbers."""
    headings = ("framework", "this row is", "lines", "ms a step", "import, s", "installed, MB")
    numpy = f"live: NumPy {np.__version__}"
    found = [("bnlib", numpy, "-", f"{own_milliseconds:.2f}", "-", "-")]
    for row in rows:
        r, note = row.record, f"; {row.note}" if row.note else ""
        if r is None:
            seconds, megabytes = WITHOUT_NETWORK.get(row.name, (None, None))
            size = (str(seconds or "-"), str(megabytes or "-"))
            found.append((row.title, row.status + note, "-", "-", *size))
            continue
        status = row.status if row.status == "live" else f"recorded {r['date']}"
        step = f"{r['microseconds_a_step'] / 1000:.2f}"
        found.append(
            (
                row.title,
                f"{status}: " + ", ".join(f"{k} {v}" for k, v in r["versions"].items()) + note,
                str(r["lines"]) if r["trains"] else "-",
                step if r["trains"] else f"{step} (forward only)",
                f"{r['import_seconds']:.1f}",
                f"{r.get('installed_megabytes', '-')}" + " (recorded)" * (row.status == "live"),
            )
        )
    return Table(headings, found)


def differences(rows: Sequence[Row]) -> Table:
    """The largest difference from bnlib, a framework a row, a kind of number a column.

    The first row has how large the numbers themselves are, in the first framework with a network.
    """
    headings = ("framework", "this row is", *KINDS)
    values: dict[str, np.ndarray] = next((row.record["values"] for row in rows if row.record), {})
    sizes = [
        max((np.abs(v).max() for key, v in values.items() if key.startswith(kind)), default=np.nan)
        for kind in KINDS
    ]
    found = [("the largest number itself", "", *(f"{size:.1f}" for size in sizes))]
    for row in rows:
        if row.record is None:
            said = f"{row.largest_difference:.0e} in all"
            found.append((row.title, row.status, said, *[""] * (len(KINDS) - 1)))
            continue
        d = row.record["differences"]
        cells = [f"{d[kind]:.0e}" if kind in d else "has none" for kind in KINDS]
        found.append((row.title, row.status, *cells))
    return Table(headings, found)


def agree_line(rows: Sequence[Row]) -> str:
    """The stable summary of `differences`."""
    right = sum(row.agrees for row in rows)
    return f"{right} of {len(rows)} frameworks agree with bnlib to {TOLERANCE:g}"
