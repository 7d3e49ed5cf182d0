"""The figures of notebook 5 on the digits: confusions, the surest mistakes, calibration."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bnlib.experiments.digit_classifier import Mistake, Run
from bnlib.experiments.digit_classifier import calibration as calibrate
from bnlib.figures.canvas import new_figure, new_panels, show
from bnlib.figures.drawing import label_line
from bnlib.figures.style import NEUTRAL, OTHERS, THEORY_LINE

EDGES = np.array([0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1])


def confusion(counts: np.ndarray) -> None:
    """How often each digit was read as each other: `counts (10, 10)`, a row a true digit."""
    wrong = counts - np.diag(np.diag(counts))
    order = np.argsort(-wrong, axis=None, kind="stable")[:3]
    most = [(i, j, wrong[i, j]) for i, j in zip(*np.unravel_index(order, wrong.shape), strict=True)]
    figure, ax = new_figure(
        f"{most[0][0]} read as {most[0][1]}, the commonest of {wrong.sum()} mistakes",
        "read as",
        "true digit",
        size=(6.2, 5.6),
    )
    ax.imshow(np.sqrt(wrong), cmap="Greys", vmax=1.2 * np.sqrt(wrong.max()))
    ax.set_xticks(range(10))
    ax.set_yticks(range(10))
    ax.grid(False)
    for (i, j), count in np.ndenumerate(counts):
        if count:
            dark = wrong[i, j] > 0.4 * wrong.max()
            color = NEUTRAL if i == j else "white" if dark else "black"
            place: dict = {"ha": "center", "va": "center", "in_layout": False}
            ax.text(j, i, str(count), color=color, fontsize=10, **place)
    said = ", ".join(f"{count} times {i} read as {j}" for i, j, count in most)
    share = np.diag(counts) / counts.sum(axis=1)
    show(
        figure,
        alt=f"""Confusion matrix: true digits down, answers across, counted over {counts.sum():,}
        answers, {wrong.sum()} of them wrong. Most often: {said}. The digit read best is
        {share.argmax()} ({100 * share.max():.1f} % right), the one read worst
        {share.argmin()} ({100 * share.min():.1f} %).""",
    )


def sure(mistake: Mistake) -> str:
    """The probability of a wrong answer, in percent with one digit."""
    return f"{100 * mistake.probability:.1f} %"


def surest_mistakes(mistakes: Sequence[Mistake]) -> None:
    """The pictures, each with its label, what was read, and how sure the network was."""
    figure, axes = new_panels(
        f"Wrong, and {100 * mistakes[-1].probability:.1f} to {sure(mistakes[0])} sure of it",
        "",
        "",
        panels=len(mistakes),
        panel_titles=[f"{m.true}, read as {m.read}\nwith {sure(m)}" for m in mistakes],
        size=(8.6, 2.4),
    )
    for ax, mistake in zip(axes, mistakes, strict=True):
        ax.imshow(mistake.pixels, cmap="Greys", vmin=0, vmax=1)
        ax.set_xticks([])
        ax.set_yticks([])
        ax.grid(False)
        ax.spines[:].set(visible=True, color="#999999")
    said = (f"{m.true} read as {m.read} with {sure(m)}" for m in mistakes)
    show(
        figure,
        alt=f"""{len(mistakes)} images of 8 by 8 pixels, the mistakes with the highest probability,
        with the label they carry: {"; ".join(said)}.""",
    )


def calibration(by_amount: dict[float, Sequence[Run]]) -> None:
    """Accuracy over confidence, for one-hot labels (amount 0) and smoothed ones."""
    figure, ax = new_figure(
        "Trained on smoothed labels, it says 80 % where it is right nearly always",
        "confidence: the probability of its answer",
        "share of these answers that are right",
    )
    said, points = [], []
    for (amount, runs), color in zip(by_amount.items(), (OTHERS[2], OTHERS[0]), strict=True):
        *found, count = calibrate(runs, EDGES)
        confidence, right, error = (values[count >= 30] for values in found)
        bars = [2 * error, np.minimum(2 * error, 1 - right)]
        ax.errorbar(confidence, right, bars, fmt="o-", color=color, markersize=5, elinewidth=1)
        name = "one-hot labels" if amount == 0 else f"smoothed labels,\namount {amount:g}"
        label_line(ax, confidence[0], right[0], name, color, side="left")
        means = [100 * np.mean(values) for values in _pooled(runs)]
        said.append(f"amount {amount:g}: {means[0]:.0f} % and {means[1]:.0f} %")
        pairs = (f"{100 * c:.0f} % {100 * r:.0f} %" for c, r in zip(confidence, right))
        points.append(f"amount {amount:g}: {', '.join(pairs)}")
    ax.plot([0.35, 1], [0.35, 1], **THEORY_LINE)
    ax.annotate("honest: as often as it says", (0.62, 0.45), va="top")
    ax.annotate("bars: two standard errors", (0.62, 0.38), va="top", color=NEUTRAL)
    ax.set(xlim=(0.2, 1.02), ylim=(0.1, 1.03))
    show(
        figure,
        alt=f"""Share of right answers over the network's confidence in them, in bins of at least 30
        answers, with bars of two standard errors. After training on one-hot labels
        (amount 0) the shares lie a little above the diagonal, after training on smoothed labels far
        above it.
        Mean confidence and share of right answers of each bin: {"; ".join(points)}. Of all answers:
        {"; ".join(said)}.""",
    )


def _pooled(runs: Sequence[Run]) -> tuple[np.ndarray, np.ndarray]:
    confidence = np.concatenate([run.confidence for run in runs])
    return confidence, np.concatenate([run.right for run in runs])
