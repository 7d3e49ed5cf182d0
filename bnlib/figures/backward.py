"""The figures of notebook 2 about gradients: of a bias, through mu and var, and got wrong."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bnlib.equations.batch_norm import batch_norm
from bnlib.experiments.detached_statistics import Toy, Training
from bnlib.figures.canvas import new_figure, new_panels, show
from bnlib.figures.drawing import band, beside, label_line, log_ticks, note
from bnlib.figures.style import NEUTRAL, OTHERS, THEORY, THEORY_LINE, WITH, WITHOUT

SLIP = OTHERS[1]


def cost_over_bias(z: np.ndarray, target: float) -> None:
    """The cost of one unit over its bias, with batch norm after it and without.

    Args:
        z: (1, m), the unit's w x over a batch.
        target: the cost is the mean of (output - target)^2 / 2; gamma is 1 and beta 0.
    """
    one, biases = np.ones((1, 1)), np.linspace(-5, 5, 201)
    normed = [np.mean((batch_norm(z + b, one, 0 * one)[0] - target) ** 2) / 2 for b in biases]
    plain = [np.mean((z + b - target) ** 2) / 2 for b in biases]
    best = target - float(z.mean())
    figure, ax = new_figure(
        "With batch norm, no bias changes the cost", "bias b", "cost", size=(7.2, 3.4)
    )
    ax.plot(biases, plain, color=WITHOUT, linewidth=2)
    ax.plot(biases, normed, color=WITH, linewidth=2)
    label_line(ax, biases[-1], float(plain[-1]), "without batch norm", WITHOUT)
    label_line(ax, biases[-1], float(normed[-1]), "with batch norm", WITH)
    show(
        figure,
        alt=f"""The cost of one unit over its bias b, from -5 to 5. Without batch norm: a parabola,
        lowest at b = {best:.1f} with cost {min(plain):.2f}, {plain[0]:.1f} at b = -5 and
        {plain[-1]:.1f} at b = 5. With batch norm: a flat line at {normed[0]:.2f}.""",
    )


def three_paths(z: Sequence[float], upstream: Sequence[float]) -> None:
    """The gradient of each example through batch norm, and the three paths it is the sum of.

    Args:
        z: (m,), one unit's values. upstream: (m,), the gradient with respect to z_norm.
    """
    one, g = np.ones((1, 1)), np.asarray(upstream, dtype=float)
    _, cache = batch_norm(np.array([z], dtype=float), one, 0 * one)
    std, z_norm = 1 / cache.inv_std[0, 0], cache.z_norm[0]
    paths = {
        "direct": g / std,
        "through mu": np.full(g.size, -g.mean() / std),
        "through var": -z_norm * np.mean(g * z_norm) / std,
    }
    dz = sum(paths.values())
    example = np.arange(1, g.size + 1)
    figure, ax = new_figure(
        "dz is the sum of three paths, and over the batch it adds up to 0",
        "example",
        "gradient",
        size=(8.6, 3.6),
    )
    looks = ((OTHERS[2], ""), (OTHERS[1], "///"), (OTHERS[0], "..."))
    for i, ((name, part), (color, hatch)) in enumerate(zip(paths.items(), looks, strict=True)):
        look: dict = {"color": color, "hatch": hatch, "edgecolor": "white", "linewidth": 0}
        ax.bar(example + 0.25 * (i - 1), part, 0.22, label=name, **look)
    ax.plot(example, dz, "o", color=THEORY, markersize=6, label="dz, their sum")
    ax.axhline(0, color=NEUTRAL, linewidth=0.8)
    ax.set_xticks(example)
    handles, labels = ax.get_legend_handles_labels()
    order = [*range(1, len(labels)), 0]  # the bars, then the dots
    figure.legend(
        [handles[i] for i in order],
        [labels[i] for i in order],
        loc="outside right center",
        frameon=False,
    )
    listed = "; ".join(f"{name} {', '.join(_signed(part, 2))}" for name, part in paths.items())
    show(
        figure,
        alt=f"""Bars for each of {g.size} examples: the three paths of the gradient through batch
        norm, and their sum. {listed}; sum dz {", ".join(_signed(dz, 2))}. Over the batch the direct
        path adds up to {np.sum(g / std):.2f}, dz to 0.00.""",
    )


def right_and_wrong(numerical: np.ndarray, right: np.ndarray, slip: np.ndarray) -> None:
    """Each entry of dz against the numerical gradient: the closed form, and with the slip."""
    figure, ax = new_figure(
        "With mu and var taken for constants, dz is wrong, often even in sign",
        "numerical gradient",
        "gradient from the backward pass",
        size=(7.2, 4.0),
    )
    ends = np.array([numerical.min(), numerical.max()]) * 1.15
    ax.plot(ends, ends, **THEORY_LINE)
    ax.plot(numerical.ravel(), slip.ravel(), "x", color=SLIP, markersize=5)
    ax.plot(numerical.ravel(), right.ravel(), "o", color=WITH, markersize=4)
    label_line(ax, ends[1], ends[1], "equal", THEORY)
    ax.set_ylim(top=ax.get_ylim()[1] + 0.2 * np.ptp(ax.get_ylim()))  # room for the legend
    note(ax, "× mu and var taken for constants", (0.03, 0.93), color=SLIP)
    note(ax, "● closed form", (0.03, 0.85), color=WITH)
    error = np.linalg.norm(slip - numerical) / np.linalg.norm(numerical)
    opposite = np.mean(slip * numerical < 0)
    show(
        figure,
        alt=f"""Scatter plot of {numerical.size} entries of dz against their numerical gradient. The
        closed form (dots) lies on the diagonal. With mu and var taken for constants the points
        (crosses) scatter widely: the error is {error:.0%} of the gradient's norm, and
        {opposite:.0%} of the entries have the wrong sign.""",
    )


def toy(slip: Toy, right: Toy, with_beta: Toy) -> None:
    """The toy of Ioffe and Szegedy: the bias and the loss over the steps of gradient descent."""
    figure, axes = new_panels(
        "The slip without a beta: the bias grows for ever, and the loss stands still",
        "step",
        ["bias b", "loss"],
        panels=2,
    )
    for run, color, label, style in (
        (slip, SLIP, "mean constant", "-"),
        (right, WITH, "right gradient", "--"),
        (with_beta, NEUTRAL, "mean constant,\nbeta learned", "-"),
    ):
        for ax, values in zip(axes, (run.b, run.loss), strict=True):
            ax.plot(values, color=color, linestyle=style, linewidth=2)
        label_line(axes[0], len(run.b) - 1, run.b[-1], label, color)
    steps = len(slip.b) - 1
    axes[1].set_ylim(-0.02, 1.3 * slip.loss[0])
    above: dict = {"ha": "center", "fontsize": 10, "color": NEUTRAL}
    axes[1].text(steps / 2, 1.06 * slip.loss[0], "both without beta", **above)
    axes[1].text(steps * 0.3, 0.12 * slip.loss[0], "with beta", **above)
    show(
        figure,
        alt=f"""Two panels over {steps} steps. Bias: with the mean taken for a constant it grows
        along a straight line from 0 to {slip.b[-1]:.1f}; with the right gradient it stays at
        {right.b[-1]:.1f}; with the mean taken for a constant and beta learned it stops at
        {with_beta.b[-1]:.1f}. Loss: {slip.loss[0]:.2f} before and {slip.loss[-1]:.2f} after, with
        the mean taken for a constant and with the right gradient; with beta it falls to
        {with_beta.loss[-1]:.2f}.""",
    )


def slip_in_training(pairs: Sequence[tuple[Training, Training]]) -> None:
    """The cost of real nets, right gradient and slip, a panel a learning rate.

    Args:
        pairs: for each learning rate, the runs with the right gradient and those with the slip.
    """
    seeds, steps = pairs[0][0].cost.shape
    figure, axes = new_panels(
        "With the slip a real net learns more slowly, and at rate 1 does no better than guessing",
        "step",
        "cost on mini-batches (logarithmic)",
        panels=len(pairs),
        panel_titles=[f"learning rate {right.rate:g}" for right, _ in pairs],
        sharey=True,
    )
    words = []
    for ax, (right, slip) in zip(axes, pairs, strict=True):
        for run, color, label in ((slip, SLIP, "slip"), (right, WITH, "right")):
            smooth = _running_mean(run.cost, 11)
            band(ax, np.arange(6, 6 + smooth.shape[1]), smooth, color, label=label)
        ax.axhline(np.log(10), **THEORY_LINE)
        guess = (steps - 5, np.log(10))
        beside(ax, "guessing: 2.30", guess, (0, -4), va="top", ha="right", fontsize=9.5)
        log_ticks(ax, (0.1, 0.3, 1, 3))
        words.append(
            f"at learning rate {right.rate:g}, {np.median(right.last_cost):.2f} with the right "
            f"gradient and {np.median(slip.last_cost):.2f} with the slip, whose highest running "
            f"mean is {np.median(_running_mean(slip.cost, 11), axis=0).max():.1f}"
        )
    said = f"running means of 11 batches;\nmedian and range of {seeds} seeds"
    note(axes[0], said, (1, 0.97), ha="right", va="top", color=NEUTRAL, fontsize=9.5)
    show(
        figure,
        alt=f"""The cost over {steps} steps, {seeds} seeds, with the right gradient and with mu and
        var taken for constants. Mean cost of the last 22 steps, median of the seeds:
        {"; ".join(words)}. A dashed line marks guessing among ten digits, which costs 2.30.""",
    )


def _signed(values: np.ndarray, digits: int) -> list[str]:
    """Numbers as text, without a minus before 0.00."""
    return [f"{v + 0.0:.{digits}f}" for v in np.round(values, digits)]


def _running_mean(runs: np.ndarray, window: int) -> np.ndarray:
    total = np.cumsum(np.pad(runs, ((0, 0), (1, 0))), axis=1)
    return (total[:, window:] - total[:, :-window]) / window
