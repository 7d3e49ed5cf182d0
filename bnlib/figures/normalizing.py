"""The figures of notebook 1; those of gradient descent are in `bowl.py`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba

from bnlib.activations import relu, sigmoid, tanh
from bnlib.experiments.float32_variance import Errors
from bnlib.experiments.linearity import straight_line
from bnlib.figures.bowl import (
    learning_rate_bound,
    next_layer,
    steps_against_condition,
    zigzag,
)
from bnlib.figures.canvas import new_figure, new_panels, show
from bnlib.figures.drawing import band, beside, label_line, note, plain_ticks
from bnlib.figures.style import LIGHT, NEUTRAL, OTHERS, THEORY, THEORY_LINE, WITH, WITHOUT

__all__ = [
    "divided_by",
    "eps_shrinks",
    "float32_errors",
    "four_steps",
    "learning_rate_bound",
    "next_layer",
    "on_the_sigmoid",
    "placed",
    "spread_through_layers",
    "steps_against_condition",
    "zigzag",
]


def spread_through_layers(
    plain: dict[float, np.ndarray],
    normalized: dict[float, np.ndarray],
    gradients: tuple[np.ndarray, Sequence[np.ndarray], np.ndarray],
) -> None:
    """The spread of z over the layers, by the scale of the weights (in He's), and gradients.

    Args:
        plain, normalized: scale -> (seeds, depth), the spread without and with batch norm.
        gradients: |dz[l]| / |dz[last]|, (seeds, depth) each: without batch norm at He's scale, with
            it at each scale, and with it and sigmoids.
    """
    figure, (ax, right) = new_panels(
        "Batch norm holds the spread of z at each scale and makes gradients grow towards the input",
        "layer l",
        ["std of z[l], not yet normalized", "gradient at z[l] (at z[20] = 1)"],
        panels=2,
        panel_titles=["forward", "backward"],
        size=(9.6, 4.2),
    )
    layers = np.arange(1, 1 + next(iter(plain.values())).shape[1])
    for each in (ax, right):
        each.set_yscale("log")
        each.set_xticks(layers[[0, 4, 9, 14, 19]])
        each.minorticks_off()
    said = []
    for times, runs in plain.items():
        name = "× 1 (He's scale)" if times == 1 else f"weights × {times:g}"
        median = band(ax, layers, runs, WITHOUT, label=name)
        said.append(f"x {times:g}: {median[0]:.1f} and {median[-1]:.0e}")
    levels = [band(ax, layers, runs, WITH)[-1] for runs in normalized.values()]
    label_line(ax, layers[-1], np.exp(np.log(levels).mean()), "batch norm,\nall three", WITH)
    alone = band(right, layers, gradients[0], WITHOUT)
    grown = [band(right, layers, runs, WITH) for runs in gradients[1]]
    sigmoids = band(right, layers, gradients[2], WITH, linestyle=":")
    right.set_ylim(bottom=0.4)
    at_unit = (layers[6], grown[0][6])
    beside(right, "batch norm, ReLU, all three", at_unit, (6, 8), color=WITH)
    beside(right, "batch norm, sigmoids", (layers[1], sigmoids[1]), (0, 6), color=WITH)
    beside(right, "without, × 1", (layers[2], alone[2]), (0, -14), color=WITHOUT)
    factors = ", ".join(f"{median[0]:.0f}" for median in grown)
    show(
        figure,
        alt=f"""Left: standard deviation of z over the examples in each of {len(layers)} ReLU layers
        of random weights, logarithmic axis, median and range of {len(runs)} networks. Without batch
        norm, in the first and the last layer, for weights of Kaiming He's scale,
        {"; ".join(said)}. With batch norm, for the same three scales, z before it is normalized
        has in the last layer {levels[0]:.2f}, {levels[1]:.2f} and {levels[2]:.2f}, and hardly
        changes from layer 2 on. Right: the size of the gradient at z in the first layer over that
        in the last: with batch norm {factors} for the three scales, with sigmoids in place of ReLUs
        {sigmoids[0]:.1f}; without batch norm, at He's scale, {alone[0]:.1f}.""",
    )


def four_steps(stages: dict[str, np.ndarray]) -> None:
    """Histograms of three units after each step. `stages`: name -> values (3, m)."""
    figure, axes = new_panels(
        "What batch norm does to three units, step by step",
        list(stages),
        "share of the examples",
        panels=(2, 2),
        panel_titles=[
            "as they come",
            "minus the mean",
            "divided by the standard deviation (3rd equation)",
            "times gamma, plus beta (4th equation)",
        ],
        sharex=True,
        sharey=True,
        size=(8.6, 5.6),
    )
    everything = np.concatenate(list(stages.values()))
    edges = np.arange(np.floor(everything.min()), np.ceil(everything.max()) + 0.5, 0.5)
    said = []
    for ax, (name, values) in zip(axes, stages.items(), strict=True):
        for row, color in zip(values, OTHERS, strict=False):
            shares = np.histogram(row, edges)[0] / row.size
            ax.stairs(shares, edges, fill=True, fc=to_rgba(color, 0.55), ec=color, linewidth=1)
        ax.axvline(0, color=NEUTRAL, linewidth=0.8)
        ax.margins(y=0.12)
        ax.tick_params(labelbottom=True)
        _name_units(ax, values, edges)
        pairs = (f"{r.mean() + 0.0:.1f} and {r.std():.1f}" for r in values)
        said.append(f"{name}: {', '.join(pairs)}".replace("-0.0 ", "0.0 "))
    show(
        figure,
        alt=f"""Histograms of three units over {values.shape[1]} examples: as they come, minus the
        mean, divided by the standard deviation, times gamma plus beta. Mean and standard deviation
        of the three units. {". ".join(said)}.""",
    )


def _name_units(ax: Axes, values: np.ndarray, edges: np.ndarray) -> None:
    """Write each unit's number over its histogram, or on its flank where the means coincide."""
    means, stds = values.mean(axis=1), values.std(axis=1)
    tops = [np.histogram(row, edges)[0].max() / row.size for row in values]
    if np.ptp(means) < 1 and np.ptp(stds) < 0.1:
        flank = (means[0] + 1.3 * stds[0], 0.8 * tops[0])
        beside(ax, "units 1, 2 and 3", flank, (5, 0))
        return
    for number, (mean, std, top, color) in enumerate(
        zip(means, stds, tops, OTHERS, strict=False), start=1
    ):
        if np.ptp(means) > 1:
            point, by, side = (mean, top), (0, 3), "center"
        else:
            point, by, side = (mean + 1.3 * std, 0.75 * top), (5, 0), "left"
        beside(ax, f"unit {number}", point, by, color=color, ha=side)


def divided_by(before: np.ndarray, by_std: np.ndarray, by_var: np.ndarray) -> None:
    """The units' standard deviations `(n,)`: before, divided by the std, by the variance."""
    figure, ax = new_figure(
        "Divided by its variance, a large unit becomes small and a small one large",
        "standard deviation of the unit before",
        "standard deviation after",
    )
    ax.loglog(before, 1 / before, **THEORY_LINE)
    ax.loglog(before, by_std, "o", color=WITH)
    ax.loglog(before, by_var, "s", color=OTHERS[0])
    ax.minorticks_off()
    label_line(ax, before[-1], by_std[-1], "divided by the\nstandard deviation", WITH)
    label_line(ax, before[-1], by_var[-1], "divided by\nthe variance", OTHERS[0])
    label_line(ax, before[2], 1 / before[2], "1 / (standard deviation before)", THEORY)
    after = sorted({f"{by_std.min():.2f}", f"{by_std.max():.2f}"})
    show(
        figure,
        alt=f"""Standard deviation of {before.size} units after the division, over the one before,
        both axes logarithmic. Divided by the standard deviation all have
        {" to ".join(after)}. Divided by the variance, a unit that had {before[0]:.1f} has
        {by_var[0]:.1f}, and one that had {before[-1]:.1f} has {by_var[-1]:.2f}: 1 over what it
        had.""",
    )


def on_the_sigmoid() -> None:
    """The middle of the sigmoid, and how much of three activations a straight line explains."""
    figure, (left, right) = new_panels(
        "With a standard deviation of 1, a sigmoid is nearly a straight line",
        ["z_tilde", "gamma, the standard deviation of z_tilde"],
        ["a = sigmoid(z_tilde)", "share of a's variance a line explains"],
        panels=2,
        panel_titles=["grey: 95 % of normally distributed values", "mean 0, any spread"],
        size=(8.6, 3.9),
    )
    z, line = np.linspace(-6, 6, 241), straight_line(sigmoid)
    left.axvspan(-1.96, 1.96, color=LIGHT, alpha=0.6, linewidth=0)
    left.plot(z, sigmoid(z), color=NEUTRAL, linewidth=2.5)
    left.plot(z, line.slope * z + line.level, **THEORY_LINE)
    left.set_ylim(-0.1, 1.1)
    left.annotate("best line", (2.35, 1.02), ha="right")
    beside(left, "sigmoid", (4, 0.98), (0, -6), va="top")
    gammas = np.geomspace(0.25, 8, 41)
    said = []
    for name, f, style, (gamma, side) in (
        ("sigmoid", sigmoid, "-", (4, "bottom")),
        ("tanh", tanh, "-.", (2, "top")),
        ("ReLU", relu, ":", (0.5, "top")),
    ):
        shares = [straight_line(f, gamma).share for gamma in gammas]
        right.semilogx(gammas, shares, color=NEUTRAL, linewidth=2, linestyle=style)
        point = (gamma, straight_line(f, gamma).share)
        gap, end = ((2, 3), "left") if side == "bottom" else ((-2, -3), "right")
        beside(right, name, point, gap, ha=end, va=side)
        at_one, at_four = (straight_line(f, gamma).share for gamma in (1, 4))
        said.append(f"{name} {100 * at_one:.0f} % and {100 * at_four:.0f} %")
    right.axvline(1, color=LIGHT, linewidth=6, zorder=0)
    beside(right, "gamma = 1", (1, 0.04), (6, 0))
    plain_ticks(right, x=(0.25, 0.5, 1, 2, 4, 8))
    right.set_ylim(0, 1.04)
    show(
        figure,
        alt=f"""Left: the sigmoid and the straight line that comes closest to it for normally
        distributed values of mean 0 and standard deviation 1; between -2 and 2, where 95 % of the
        values lie, they hardly differ. Right: the share of an activation's variance that the best
        straight line explains, over the standard deviation gamma of its input, mean 0. At gamma = 1
        and gamma = 4: {", ".join(said)}.""",
    )


def placed(z_norm: np.ndarray, places: Sequence[tuple[float, float]]) -> None:
    """One unit `(m,)` after the sigmoid, for several pairs (gamma, beta)."""
    figure, axes = new_panels(
        "gamma and beta choose which part of the sigmoid a unit uses",
        ["a = sigmoid(gamma · z_norm + beta)" if i == 1 else "" for i in range(len(places))],
        "share of the examples",
        panels=len(places),
        panel_titles=[f"gamma = {gamma:g}, beta = {beta:g}" for gamma, beta in places],
        sharey=True,
    )
    said = []
    for ax, (gamma, beta) in zip(axes, places, strict=True):
        a = sigmoid(gamma * z_norm + beta)
        shares, edges = np.histogram(a, np.linspace(0, 1, 26))
        ax.stairs(shares / a.size, edges, fill=True, color=WITH)
        said.append(
            f"gamma = {gamma:g}, beta = {beta:g}: mean {a.mean():.2f}, standard deviation "
            f"{a.std():.2f}"
        )
    show(
        figure,
        alt=f"""Histograms of one unit's {z_norm.size} values after the sigmoid, between 0 and 1.
        {". ".join(said)}.""",
    )


def eps_shrinks(var: np.ndarray, measured: dict[float, np.ndarray]) -> None:
    """The variance of z_norm over that of z `(p,)`, for several eps."""
    figure, ax = new_figure(
        "eps leaves ordinary units alone and shrinks those that hardly vary",
        "variance of z",
        "variance of z_norm",
    )
    fine = np.geomspace(var[0], var[-1], 200)
    said = []
    for (eps, after), color in zip(measured.items(), (OTHERS[2], OTHERS[0]), strict=False):
        ax.semilogx(fine, fine / (fine + eps), **THEORY_LINE)
        ax.semilogx(var, after, "o", color=color)
        at = int(np.argmin(np.abs(after - 0.5)))
        side = "right" if eps > 1e-4 else "left"
        label_line(ax, var[at], after[at], f"eps = {_short(eps)}", color, side=side)
        said.append(f"eps = {_short(eps)}: " + ", ".join(_points(var, after)))
    note(ax, "dashed: var / (var + eps)", (0.98, 0.08), ha="right")
    show(
        figure,
        alt=f"""Variance of z_norm over the variance of z, logarithmic axis. {"; ".join(said)}. The
        dots lie on the dashed curves var / (var + eps).""",
    )


def _points(var: np.ndarray, after: np.ndarray) -> list[str]:
    return [f"{a:.2f} at variance {_short(v)}" for v, a in zip(var, after, strict=True)][2:8:2]


def _short(value: float) -> str:
    """1e-5 as it is written in code, to one digit."""
    return f"{value:.0e}".replace("e-0", "e-").replace("e+0", "e")


def float32_errors(errors: Errors) -> None:
    """The relative error of a float32 variance over the mean, for each method."""
    figure, ax = new_figure(
        "In one pass, float32 loses the variance when the mean is large",
        "mean, in standard deviations",
        "relative error of the variance",
    )
    said = []
    for (name, error), color in zip(errors.error.items(), OTHERS, strict=False):
        ax.loglog(errors.means, error, "o-", color=color, markersize=4)
        label_line(ax, errors.means[-1], error[-1], name, color)
        said.append(f"{name} about {_short(error[len(error) // 2])} and {_short(error[-1])}")
    ax.minorticks_off()
    ax.axhline(1, color=NEUTRAL, linewidth=0.8)
    ax.annotate("error as large as the variance", (1, 1.5), color=NEUTRAL, va="bottom")
    middle, late = errors.means[len(errors.means) // 2], errors.means[-1]
    show(
        figure,
        alt=f"""Relative error of a variance computed in float32, over the mean in standard
        deviations, both axes logarithmic. Median error at a mean of {middle:,.0f} and
        {late:,.0f}: {"; ".join(said)}.""",
    )
