"""The figures of notebook 5 on softmax and its loss; those on the digits: `digit_softmax.py`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from bnlib.equations.softmax import softmax
from bnlib.experiments.loss_in_floats import Losses
from bnlib.figures.canvas import new_figure, new_panels, show
from bnlib.figures.digit_softmax import calibration, confusion, surest_mistakes
from bnlib.figures.drawing import band, beside
from bnlib.figures.planes import boundaries, hidden_layer, temperatures
from bnlib.figures.style import NEUTRAL, OTHERS, THEORY_LINE, text_color

__all__ = [
    "boundaries",
    "calibration",
    "confusion",
    "diagonal_training",
    "from_logits",
    "hidden_layer",
    "jacobian",
    "likelihood",
    "losses",
    "over_temperatures",
    "surest_mistakes",
    "temperatures",
]

COLORS = (NEUTRAL, *OTHERS[:3])
THROUGH_P = OTHERS[0]


def from_logits(z: np.ndarray, names: Sequence[str]) -> None:
    """The logits `(C,)` of one example, their exponentials, and the probabilities, as bars."""
    e = np.exp(z)
    steps = {"z": z, "t = exp(z)": e, "y_hat = t / sum of t": e / e.sum()}
    figure, axes = new_panels(
        "Exponentials are positive, and dividing by their sum makes them add up to 1",
        "class",
        list(steps),
        panels=3,
        panel_titles=["logits", "exponentials", "probabilities"],
    )
    said = []
    for ax, values, digits in zip(axes, steps.values(), (0, 1, 3), strict=True):
        bars = ax.bar(names, values, color=COLORS, width=0.7)
        texts = [f"{value:.{digits}f}" for value in values]
        ax.bar_label(bars, texts, padding=2, fontsize=10)
        ax.margins(y=0.15)
        ax.set_yticks([])
        ax.axhline(0, color=NEUTRAL, linewidth=0.8)
        said.append(", ".join(texts))
    show(
        figure,
        alt=f"""Three bar charts over the classes {", ".join(names)}. Logits: {said[0]}.
        Exponentials: {said[1]}. Divided by their sum, {e.sum():.1f}: {said[2]}.""",
    )


def over_temperatures(z: np.ndarray, names: Sequence[str]) -> None:
    """The probabilities of the logits `z (C,)` over the temperature."""
    figure, ax = new_figure(
        "A low temperature gives hardmax, a high one gives every class the same",
        "temperature T",
        "probability, softmax(z / T)",
    )
    temperatures = np.geomspace(0.1, 100, 121)
    p = softmax(np.asarray(z, dtype=float)[:, np.newaxis] / temperatures)
    marked = int(np.argmin(np.abs(temperatures - 2)))  # where the curves lie apart
    for value, row, name, color in zip(z, p, names, COLORS, strict=True):
        ax.semilogx(temperatures, row, color=color, linewidth=2)
        rank = int(np.sum(np.asarray(z) > value))
        places = (
            ((4, 1), "left", "bottom"),
            ((-4, 1), "right", "bottom"),
            ((4, -2), "left", "top"),
        )
        by, ha, va = places[min(rank, 2)]
        beside(ax, name, (temperatures[marked], row[marked]), by, ha=ha, va=va, color=color)
    ax.minorticks_off()
    ax.axvline(1, **THEORY_LINE)
    beside(ax, "T = 1: softmax", (1, 0.99), (6, 0), va="top")
    at = {t: softmax(np.asarray(z, dtype=float) / t) for t in (0.2, 1, 5, 100)}
    rows = (f"T = {t}: {', '.join(f'{value:.2f}' for value in p)}" for t, p in at.items())
    show(
        figure,
        alt=f"""The probabilities of the classes {", ".join(names)} over the temperature,
        logarithmic axis, for logits {", ".join(f"{value:g}" for value in z)}.
        {"; ".join(rows)}.""",
    )


def likelihood(cats: int, others: int) -> None:
    """The likelihood of the probability q, and the cost, for pictures of cats and of others."""
    figure, (left, right) = new_panels(
        "The q that makes the labels likeliest is the q of the lowest cost",
        "q, the probability given to \u201ccat\u201d",
        ["likelihood of all the labels", "cost J"],
        panels=2,
        panel_titles=[
            f"{cats} cats, {others} others: q^{cats} (1 − q)^{others}",
            "minus its log, divided by m",
        ],
    )
    q = 1 / (1 + np.exp(-np.linspace(-10, 10, 1001)))  # close to 0 and to 1
    log_likelihood = cats * np.log(q) + others * np.log(1 - q)
    cost = -log_likelihood / (cats + others)
    left.plot(q, np.exp(log_likelihood), color=NEUTRAL, linewidth=2)
    right.plot(q, cost, color=NEUTRAL, linewidth=2)
    right.set_ylim(0, 2.6)
    best = cats / (cats + others)
    for ax in (left, right):
        ax.axvline(best, **THEORY_LINE)
        ax.locator_params(nbins=4)
    left.annotate(f"q = {best:g} ", (best, 0), ha="right", va="bottom")
    top, low = np.exp(log_likelihood.max()), cost.min()
    show(
        figure,
        alt=f"""Left: the likelihood of {cats} cats and {others} others over the probability q given
        to a cat; it is highest at q = {q[log_likelihood.argmax()]:.1f}, where it is {top:.4f}.
        Right: the cost, lowest at q = {q[cost.argmin()]:.1f} too, where it is {low:.2f}.""",
    )


def jacobian(whole: np.ndarray, names: Sequence[str]) -> None:
    """The Jacobian `(C, C)` of softmax, and what is left of it if one keeps the diagonal."""
    figure, axes = new_panels(
        "y_hat (1 − y_hat) is only the diagonal of the derivative",
        "the logit that moves",
        ["the probability that answers", ""],
        panels=2,
        panel_titles=["diag(p) − p pᵀ", "its diagonal, p (1 − p)"],
        size=(8.6, 4.2),
        sharey=True,
    )
    limit = np.abs(whole).max()
    for ax, values in zip(axes, (whole, np.diag(np.diag(whole))), strict=True):
        ax.imshow(values, cmap="PuOr_r", vmin=-limit, vmax=limit)
        ax.set_xticks(range(len(names)), names)
        ax.set_yticks(range(len(names)), names)
        ax.grid(False)
        for (i, j), value in np.ndenumerate(values):
            dark = abs(value) > 0.6 * limit
            text = "0" if value == 0 else f"{value:.4f}".replace("-", "−")
            color = "white" if dark else "black"
            ax.text(j, i, text, ha="center", va="center", color=color, in_layout=False)
    first = ", ".join(f"{value:.3f}" for value in whole[:, 0])
    show(
        figure,
        alt=f"""Two matrices of numbers, the derivative of each probability with respect to each
        logit. Left, the whole one: when the logit of {names[0]} moves, the probabilities answer
        with {first}. Each column sums to 0. Right, the diagonal alone:
        {", ".join(f"{value:.3f}" for value in np.diag(whole))}, and 0 elsewhere.""",
    )


def diagonal_training(panels: dict[str, tuple[np.ndarray, np.ndarray]]) -> None:
    """Accuracy (seeds, epochs) with the whole gradient, and with the diagonal's part of it."""
    figure, axes = new_panels(
        "With the diagonal alone a linear classifier stays behind, and a deep one falls apart",
        "epoch",
        "accuracy on test images",
        panels=2,
        panel_titles=list(panels),
        sharex=True,
        sharey=True,
    )
    said = []
    for ax, (name, (whole, diagonal)) in zip(axes, panels.items(), strict=True):
        epochs = np.arange(1, whole.shape[1] + 1)
        ends = [
            band(ax, epochs, runs, color, label=label)[-1]
            for runs, color, label in (
                (whole, NEUTRAL, "whole\ngradient"),
                (diagonal, OTHERS[0], "diagonal\nalone"),
            )
        ]
        said.append(f"{name}: {100 * ends[0]:.0f} % and {100 * ends[1]:.0f} %")
    axes[0].set(ylim=(0, 1.02), yticks=(0, 0.5, 1))
    show(
        figure,
        alt=f"""Accuracy on the test images over {epochs[-1]} epochs, median and range of
        {len(whole)} runs. After the last one, with the whole gradient and with the
        diagonal alone. {"; ".join(said)}.""",
    )


def losses(of_dtypes: Sequence[Losses]) -> None:
    """The loss over how far the wrong logit is above the true one, in each dtype."""
    figure, axes = new_panels(
        "A wrong answer's loss becomes infinite through the probability, not from the logits",
        "wrong logit minus true logit",
        "loss",
        panels=len(of_dtypes),
        panel_titles=[run.dtype for run in of_dtypes],
    )
    said = []
    for ax, run in zip(axes, of_dtypes, strict=True):
        ax.plot(run.gaps, run.from_logits, color=OTHERS[2], linewidth=5, alpha=0.6)
        ax.plot(run.gaps, run.from_probabilities, color=THROUGH_P, linewidth=1.8)
        _mark_infinite(ax, run)
        said.append(f"{float(f'{run.last_finite:.2g}'):g} in {run.dtype}")
    show(
        figure,
        alt=f"""The loss of a wrong answer over the difference of the two logits. Computed from the
        logits it is a straight line up to the end. Computed as -log of the probability it is
        nearly the same line up to a difference of about {", ".join(said)}, and infinite beyond.""",
    )


def _mark_infinite(ax: Axes, run: Losses) -> None:
    top, last = run.gaps[-1], (run.last_finite, run.last_finite)
    ax.plot(*last, "o", color=THROUGH_P)
    beside(ax, "−log(p):\ninfinite\nfrom here", last, (8, -6), color=THROUGH_P, va="top")
    ax.annotate("from the logits", (0.04 * top, 1.02 * top), color=text_color(OTHERS[2]), va="top")
    ax.set_xlim(0, 1.25 * top)
    ax.locator_params(nbins=4)
