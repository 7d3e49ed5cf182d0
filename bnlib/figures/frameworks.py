"""The figures of notebook 6; its tables are in `framework_tables.py`."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from bnlib.experiments.carrying import WAYS
from bnlib.experiments.framework_rows import Row
from bnlib.experiments.surprises import TITLES
from bnlib.figures.canvas import new_figure, new_panels, show
from bnlib.figures.drawing import label_line, name_rows
from bnlib.figures.framework_tables import (
    Table,
    agree_line,
    conventions,
    differences,
    facts,
    measures,
    sources,
)
from bnlib.figures.norm_axes import norm_axes
from bnlib.figures.style import LIGHT, MARKS, NEUTRAL, OTHERS, TEST, THEORY_LINE, text_color
from bnlib.frameworks.facts import FACTS

__all__ = [
    "Table",
    "agree_line",
    "carried",
    "conventions",
    "differences",
    "facts",
    "groups",
    "measured",
    "measures",
    "norm_axes",
    "parabola",
    "running_variances",
    "sources",
    "timeline",
]

ALIVE, RETIRED = OTHERS[2], LIGHT
TODAY = 2026.9


def timeline() -> None:
    """From first release to the end, or to today."""
    ordered = sorted(FACTS, key=lambda fact: fact.years[0])
    alive = [fact for fact in ordered if fact.alive]
    figure, ax = new_figure(
        f"Of {len(ordered)} frameworks, {len(alive)} are still developed",
        "year (the end: as announced, else the last release; Lasagne: its last commit)",
        "",
        size=(7.2, 4.4),
    )
    for i, fact in enumerate(ordered):
        start, end = fact.years[0], fact.years[1] or TODAY
        ax.barh(
            i, max(end - start, 0.15), left=start, height=0.62, color=(RETIRED, ALIVE)[fact.alive]
        )
        said = fact.framework if fact.alive else f"{fact.framework}, to {int(end)}"
        ax.text(start - 0.15, i, said, ha="right", va="center", fontsize=9.5, color="#222222")
    ax.set_yticks([])
    ax.set_ylim(len(ordered) - 0.4, -0.6)
    ax.set_xlim(2002.5, 2027.5)
    ax.set_xticks(range(2008, 2027, 3))
    ax.spines["left"].set_visible(False)
    since = [f"{f.framework} since {int(f.years[0])}" for f in alive]
    ended = [f"{f.framework} {int(f.years[0])} to {int(f.years[1])}" for f in ordered if f.years[1]]
    show(
        figure,
        alt=f"""Bars from the first release of {len(ordered)} frameworks to their end or to 2026.
        Alive: {", ".join(since)}. Ended: {", ".join(ended)}.""",
    )


def measured(rows: Sequence[Row]) -> None:
    """Lines and time a step, in bars: recorded, of one machine.

    Times of two machines do not belong into one picture: of the recorded rows that train, those of
    the machine with most of them are drawn. Live rows are of this one.
    """
    drawn = [row for row in rows if row.record and row.record["trains"] and row.status != "live"]
    on = [(row, (row.record or {}).get("machine", "not recorded")) for row in drawn]
    if not on:
        raise ValueError("measured: got no recorded row that trains, expected at least one")
    where = Counter(machine for _, machine in on).most_common(1)[0][0]
    shown = [row for row, machine in on if machine == where]
    quantities = (  # its name and unit, its key in a record, what the record is times, digits
        ("lines: model, step", "lines", 1, 0),
        ("a training step (ms)", "microseconds_a_step", 0.001, 1),
    )
    figure, axes = new_panels(
        "The same small network, on one machine",
        [name for name, *_ in quantities],
        "",
        panels=2,
        size=(7.2, 3.6),
    )
    said = []
    for ax, (name, key, unit, digits) in zip(axes, quantities):
        values = [unit * (row.record or {}).get(key, 0) for row in shown]
        ax.barh(range(len(shown)), values, height=0.6, color=OTHERS[2])
        texts = [f"{value:.{digits}f}" for value in values]
        for i, (value, text) in enumerate(zip(values, texts)):
            ax.text(value, i, f" {text}", va="center", fontsize=9, color="#222222")
        ax.set_xlim(0, 1.45 * max(values))
        ax.set_ylim(len(shown) - 0.5, -0.5)
        ax.set_yticks(range(len(shown)), [row.title for row in shown] if ax is axes[0] else [])
        ax.set_xticks([])
        said.append(f"{name}: " + ", ".join(texts))
    titles = ", ".join(row.title for row in shown)
    left_out = [
        row.title for row in rows if row.record and row.record["trains"] and row not in shown
    ]
    show(
        figure,
        alt=f"""Bars for {len(shown)} frameworks, recorded on one machine ({where}): {titles}.
        In this order, {"; ".join(said)}. In the table alone, as measured elsewhere:
        {", ".join(left_out) or "none"}.""",
    )


def parabola(paths: Mapping[float, np.ndarray]) -> None:
    """w after every step of gradient descent on w^2 - 10 w + 25, by learning rate."""
    figure, ax = new_figure(
        "Gradient descent finds w = 5, unless the learning rate reaches 1", "step", "w"
    )
    colors = [OTHERS[2], OTHERS[1], NEUTRAL, OTHERS[0]]
    for (rate, path), color, (marker, glyph) in zip(paths.items(), colors, MARKS):
        ax.plot(path, color=color, marker=marker, markersize=4, linewidth=1.5)
        label_line(ax, len(path) - 1, path[-1], f"{glyph} learning rate {rate:g}", color)
    ax.plot([0, len(path) - 1], [5, 5], **THEORY_LINE)
    ax.set_xticks(range(0, len(path), 5))
    ax.set_yticks([0, 2.5, 5, 7.5, 10])
    ax.set_ylim(-1, 11)
    ax.margins(x=0.04)
    said = "; ".join(f"{rate:g}: {path[-1]:.2f}" for rate, path in paths.items())
    steps = len(path) - 1
    show(
        figure,
        alt=f"""w over {steps} steps of gradient descent on w^2 - 10 w + 25 from w = 0. After the
        last step, by learning rate: {said}. At 1 it jumps between 0 and 10 for ever.""",
    )


def groups(curves: Mapping[str, np.ndarray]) -> list[tuple[list[str], np.ndarray]]:
    """Frameworks with the same curve, together; the fastest to its end first."""
    found: list[tuple[list[str], np.ndarray]] = []
    for name, curve in curves.items():
        for names, other in found:
            if np.allclose(curve, other, rtol=1e-6, equal_nan=True):
                names.append(name)
                break
        else:
            found.append(([name], curve))
    return sorted(found, key=lambda group: -group[1][1])


def running_variances(curves: Mapping[str, np.ndarray]) -> None:
    """The running variance over equal batches, frameworks with the same curve together."""
    grouped = groups(curves)
    finals = [curve[-1] for _, curve in grouped]
    figure, ax = new_figure(
        f"The same {len(grouped[0][1]) - 1} batches, running variances from {min(finals):.1f} to "
        f"{max(finals):.1f}",
        "batches seen",
        "running variance",
        size=(8.6, 4.8),
    )
    for name, value in (("biased", 4), ("unbiased", 32 / 7)):
        ax.plot([0, len(grouped[0][1]) - 1], [value, value], **THEORY_LINE, zorder=3)
        ax.text(0.64 * (len(grouped[0][1]) - 1), value - 0.08, name, va="top", fontsize=10)
    colors = ["#333333", NEUTRAL, *OTHERS[:3], text_color(OTHERS[1]), text_color(OTHERS[0])]
    said = []
    for i, ((names, curve), color, (marker, glyph)) in enumerate(zip(grouped, colors, MARKS)):
        # Where curves meet, their marks stand side by side
        ax.plot(curve, color=color, linewidth=1.8, marker=marker, markevery=(5 + 3 * i, 24), ms=6)
        title = ", ".join("Keras 3" if name == "keras" else TITLES[name] for name in names)
        label_line(ax, len(curve) - 1, curve[-1], f"{glyph} {textwrap.fill(title, 44)}", color)
        said.append(f"{title}: {curve[1]:.2f}, {curve[10]:.2f}, {curve[-1]:.2f}")
    ax.margins(x=0.02)
    show(
        figure,
        alt=f"""Running variance of a unit over {len(curve) - 1} batches that are all the same, with
        biased variance 4 and unbiased 4.57 (dashed). After 1, 10 and {len(curve) - 1} batches:
        {"; ".join(said)}.""",
    )


def carried(results: Mapping[str, np.ndarray]) -> None:
    """Accuracy (seeds, ways) of carrying networks over in each of `WAYS`; a panel an entry."""
    figure, axes = new_panels(
        "One convention overlooked: from no harm at all to guessing",
        "accuracy on held-out images",
        "",
        panels=len(results),
        panel_titles=list(results),
        size=(8.6, 3.9),
        sharey=True,
    )
    said = []
    for ax, (title, found) in zip(axes, results.items()):
        for i, (way, accuracy) in enumerate(zip(WAYS, found.T, strict=True)):
            color = TEST if way in ("in Keras", "carried with care") else OTHERS[0]
            ax.plot(accuracy, np.full(accuracy.size, i), "o", color=color, alpha=0.6)
        ax.axvline(0.1, **THEORY_LINE)
        ax.set_xlim(0, 1.03)
        name_rows(ax, WAYS)
        said.append(f"{title}: " + ", ".join(f"{w} {a.mean():.0%}" for w, a in zip(WAYS, found.T)))
    axes[0].text(0.115, -0.05, "guessing", fontsize=9.5, va="center")
    show(
        figure,
        alt=f"""Test accuracy of {len(found)} networks trained under Keras's conventions
        and carried to PyTorch's, by what was overlooked; the mean. {". ".join(said)}. Guessing is
        right in 10%.""",
    )
