"""The figures of notebook 4; those of moving averages are in `averages.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from bnlib.experiments.estimators import ESTIMATES, OWN, Scores
from bnlib.experiments.shifted_inputs import Repair
from bnlib.figures.averages import averages_of_unit, noise_and_lag, start_up
from bnlib.figures.canvas import new_figure, new_panels, show
from bnlib.figures.drawing import band, beside, label_line, name_rows, note, plain_ticks
from bnlib.figures.style import LIGHT, NEUTRAL, TEST, WITH, text_color

__all__ = [
    "averages_of_unit",
    "company",
    "estimators",
    "forgotten_switch",
    "noise_and_lag",
    "repair",
    "start_up",
]


MEAN_AND_SPREAD = "mean ± standard deviation"


def company(
    answers: np.ndarray, label: int, image: np.ndarray, runs: Mapping[str, Sequence[float]]
) -> None:
    """One image's answers `(draws,)` among random batch-mates, and accuracies `(seeds,)` a way."""
    figure, (left, right) = new_panels(
        "In training mode, an image's answer depends on its batch-mates",
        ["the net's answer", f"accuracy (%), {MEAN_AND_SPREAD}"],
        ["share of the draws (%)", ""],
        panels=2,
        panel_titles=[f"one image of the digit {label}, {answers.size} times", "all test images"],
        size=(8.6, 3.6),
    )
    shares = 100 * np.bincount(answers, minlength=10) / answers.size
    left.bar(range(10), shares, color=WITH)
    left.set_xticks(range(10))
    inset = left.inset_axes((0.8, 0.66, 0.2, 0.34))
    inset.imshow(image.reshape(8, 8), cmap="gray_r")
    inset.set_axis_off()
    inset.set_title("the image", fontsize=9, color=text_color(NEUTRAL), pad=2)
    said = []
    colors = (TEST, WITH, WITH)
    for row, ((name, found), color) in enumerate(zip(runs.items(), colors)):
        accuracy = np.array(found)
        _dots(right, [row], [accuracy], color)
        mean = 100 * accuracy.mean()
        beside(right, f"{mean:.0f} %", (mean, row), (0, 9), ha="center", color=color)
        said.append(f"{name} {_percents(accuracy)}")
    name_rows(right, list(runs))
    right.set_xlim(0, 102)
    common = [answer for answer in np.argsort(-shares, kind="stable") if shares[answer] > 0]
    frequent = _and([f"{answer} ({shares[answer]:.1f} %)" for answer in common])
    show(
        figure,
        alt=f"""Left: what a net calls one test image, the digit {label}, in {answers.size} random
        batches of 8: {frequent}.
        Right: accuracy on 500 test images, mean and range of {len(accuracy)} networks:
        {"; ".join(said)}.""",
    )


def estimators(panels: Mapping[str, Mapping[str, Scores]]) -> None:
    """Test accuracy, and accuracy on the training images, under every estimate; a panel a case."""
    names = [name for name in next(iter(panels.values())) if name in ESTIMATES]
    means = {
        title.split(", ")[-1]: [100 * scores[name].test.mean() for name in names]
        for title, scores in panels.items()
    }
    apart = ", ".join(f"{max(m) - min(m):.0f} with {title}" for title, m in means.items())
    figure, axes = new_panels(
        f"Best and worst estimate are points apart: {apart}",
        f"accuracy (%), {MEAN_AND_SPREAD}",
        "",
        panels=len(panels),
        panel_titles=list(panels),
        sharex=True,
        sharey=True,
        size=(8.6, 4.0),
    )
    said = []
    for ax, (title, scores) in zip(axes, panels.items()):
        parts = []
        at_train = [100 * scores[name].train.mean() for name in names]
        ax.plot(at_train, range(len(names)), "D", mfc="white", mec=NEUTRAL)
        for color in (TEST, WITH):
            rows = [k for k, name in enumerate(names) if (name == OWN) == (color == WITH)]
            if rows:
                _dots(ax, rows, [scores[names[row]].test for row in rows], color)
        for name in names:
            test, train = scores[name].test, scores[name].train
            parts.append(
                f"{name} {_with_spread(test)}, on training images {100 * train.mean():.1f}"
            )
        name_rows(ax, names)
        ax.set_ylim(top=-0.9)
        said.append(f"{title}: {'; '.join(parts)}")
    note(axes[0], "◇ training images", (0.02, 0.94), color=NEUTRAL)
    show(
        figure,
        alt=f"""Accuracy in percent under several estimates of the statistics: on test images, mean
        and standard deviation of {len(test)} networks, and the mean on training images.
        {". ".join(said)}.""",
    )


def forgotten_switch(sizes: Sequence[int], in_batches: np.ndarray, at_test: np.ndarray) -> None:
    """Test accuracies `(seeds, sizes)` in training mode, and `(seeds,)` as it should be."""
    figure, ax = new_figure(
        "Left in training mode, a good net looks worse the smaller its test batches",
        "test batch size",
        "test accuracy (%)",
    )
    ax.set_xscale("log")
    right = np.tile(100 * at_test[:, np.newaxis], len(sizes))
    band(ax, np.array(sizes), right, TEST, label="test mode")
    median = band(ax, np.array(sizes), 100 * in_batches, WITH)
    label_line(ax, sizes[2], median[2] - 8, "training mode,\nrandom batches", WITH)
    said = f"line: median of {len(at_test)} networks\nband: lowest to highest"
    note(ax, said, (0.98, 0.05), ha="right", color=NEUTRAL)
    plain_ticks(ax, x=sizes)
    ax.set_ylim(0, 102)
    low, high = 100 * in_batches.min(axis=0), 100 * in_batches.max(axis=0)
    points = ", ".join(
        f"{value:.0f} ({least:.0f} to {most:.0f}) at {size}"
        for size, value, least, most in zip(sizes, median, low, high)
    )
    show(
        figure,
        alt=f"""Accuracy in percent on 500 test images over the test batch size, logarithmic axis,
        median (lowest to highest) of {len(at_test)} networks. In training mode: {points}. In test
        mode: {np.median(100 * at_test):.0f} at every size.""",
    )


def repair(found: Mapping[str, Repair]) -> None:
    """Accuracy on changed images with the statistics kept, and refreshed."""
    figure, ax = new_figure(
        "Refreshed statistics repair some changes wholly, some partly, some not at all",
        f"test accuracy (%), {MEAN_AND_SPREAD}",
        "",
        size=(7.6, 4.2),
    )
    said = []
    for row, (name, runs) in enumerate(found.items()):
        kept, refreshed = 100 * runs.kept.mean(), 100 * runs.refreshed.mean()
        ax.plot([kept, refreshed], [row, row], color=LIGHT, linewidth=3, zorder=0)
        said.append(f"{name} {kept:.0f} and {refreshed:.0f}")
    rows, every = range(len(found)), found.values()
    _dots(ax, rows, [r.kept for r in every], NEUTRAL, marker="s", mfc="white", markersize=9)
    _dots(ax, rows, [r.refreshed for r in every], TEST)
    name_rows(ax, list(found))
    ax.set_xlim(-2, 102)
    for text, color, x in (("□ kept", NEUTRAL, 36), ("● refreshed", TEST, 95)):
        beside(ax, text, (x, 3), (0, 9), ha="center", color=color)
    show(
        figure,
        alt=f"""Mean accuracy in percent of {runs.kept.size} networks on changed test images, with
        the statistics of training (squares) and with statistics refreshed on the changed images
        (dots):
        {"; ".join(said)}.""",
    )


def _dots(
    ax: Axes, rows: Sequence[int], accuracy: Sequence[np.ndarray], color: str, **mean
) -> None:
    """Every seed as a faint dot, their mean (`mean`: its look) and standard deviation over it."""
    values = 100 * np.array(accuracy)  # (rows, seeds)
    at = np.repeat(rows, values.shape[1])
    ax.plot(values.ravel(), at, ".", color=color, alpha=0.35, markersize=6)
    look = {"marker": "o", "markersize": 6, "linestyle": "none", **mean}
    spread = values.std(axis=1, ddof=1)
    ax.errorbar(values.mean(axis=1), rows, xerr=spread, color=color, capsize=3, **look)


def _percents(values: np.ndarray) -> str:
    low, middle, high = 100 * values.min(), 100 * values.mean(), 100 * values.max()
    return f"{middle:.0f} % ({low:.0f} to {high:.0f})"


def _with_spread(values: np.ndarray) -> str:
    return f"{100 * values.mean():.1f} ± {100 * values.std(ddof=1):.1f}"


def _and(parts: Sequence[str]) -> str:
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
