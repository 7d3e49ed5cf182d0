"""The figures of notebook 5 that show a plane and which class a classifier gives each place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from bnlib.equations.softmax import softmax
from bnlib.experiments.decision_boundaries import SpiralAccuracies
from bnlib.figures.canvas import new_panels, show
from bnlib.figures.style import LIGHT, NEUTRAL, OTHERS, THEORY
from bnlib.network import Network

CLASSES = (*OTHERS, NEUTRAL, "#F5D9B8")
MARKERS = "osD^vP"
REACH = 3.5
SURE = 0.9
POINTS = 121  # a side of the grid
SIDE = np.linspace(-REACH, REACH, POINTS)
TICKS = (-2, 0, 2)

Trained = tuple[np.ndarray, np.ndarray, Network]
"""Points x (2, m), classes y (m,), and a network trained on them."""


def boundaries(trained: Sequence[Trained]) -> None:
    """Linear classifiers of several numbers of classes, a panel each."""
    counts = [net.layer_sizes[-1] for _, _, net in trained]
    shares = [f"{100 * net.accuracy(x, y):.0f} %" for x, y, net in trained]
    figure, axes = _planes(
        "Without a hidden layer, all boundaries are straight lines",
        [f"C = {c} classes, {share} right" for c, share in zip(counts, shares)],
    )
    for ax, (x, y, net), count in zip(axes, trained, counts, strict=True):
        _regions(ax, net)
        _points(ax, x, y)
        for label in range(count):
            box = {"boxstyle": "circle,pad=0.2", "facecolor": "white", "edgecolor": NEUTRAL}
            at = 1.5 * x[:, y == label].mean(axis=1)
            ax.text(at[0], at[1], str(label), ha="center", va="center", fontweight="bold", bbox=box)
    show(
        figure,
        alt=f"""Planes of points in {" and ".join(map(str, counts))} classes, each coloured by the
        class that a softmax output layer alone gives each place. The regions meet along straight
        lines, and every region is convex. Points on the right side:
        {", ".join(f"C = {count}: {share}" for count, share in zip(counts, shares))}.""",
    )


def hidden_layer(
    x: np.ndarray, y: np.ndarray, nets: dict[str, Network], accuracies: SpiralAccuracies
) -> None:
    """One set of points, classified without and with a hidden layer."""
    said = [
        f"{100 * np.median(runs):.0f} % ({100 * runs.min():.0f} to {100 * runs.max():.0f})"
        for runs in (accuracies.linear, accuracies.hidden)
    ]
    seeds = accuracies.linear.size
    titles = [f"{name}: {share}" for name, share in zip(nets, said)]
    figure, axes = _planes("A hidden layer bends the boundaries, and reads new points, too", titles)
    for ax, net in zip(axes, nets.values(), strict=True):
        _regions(ax, net)
        _points(ax, x, y)
        _marks(ax, net)
    axes[0].text(-3.3, -2.5, "large: the class given", fontsize=9.5)
    show(
        figure,
        alt=f"""Points on three arms of a spiral, a mark a class, and the class given to each place,
        as colour and as a large mark. With the output
        layer alone the plane is cut by straight lines; with a hidden layer the regions follow the
        arms. Accuracy on new points, median and range of {seeds} seeds:
        {"; ".join(titles)}.""",
    )


def temperatures(x: np.ndarray, y: np.ndarray, net: Network, values: Sequence[float]) -> None:
    """Where some class has 0.9 or more, at several temperatures."""
    z = net.forward(_plane())
    shares = [f"{100 * np.mean(softmax(z / t).max(axis=0) >= SURE):.0f} %" for t in values]
    figure, axes = _planes(
        "The temperature changes how sure the classifier is, and no boundary",
        [f"T = {t:g}: sure in {share}" for t, share in zip(values, shares)],
    )
    for ax, value in zip(axes, values, strict=True):
        _regions(ax, net, temperature=value)
        _points(ax, x, y)
    show(
        figure,
        alt=f"""{len(values)} planes with the same straight boundaries between three classes.
        Coloured is where some class has a probability of {SURE} or more. Share of the square
        shown at {", ".join(f"T = {t:g}: {share}" for t, share in zip(values, shares))}.""",
    )


def _planes(title: str, titles: list[str]) -> tuple[Figure, list[Axes]]:
    """A panel a title, all of one square."""
    same: dict = {"sharex": True, "sharey": True, "size": (7.2, 4.1)}
    return new_panels(title, "x1", "x2", panels=len(titles), panel_titles=titles, **same)


def _plane() -> np.ndarray:
    """The places of the square shown, (2, POINTS^2)."""
    return np.stack([axis.ravel() for axis in np.meshgrid(SIDE, SIDE)])


def _regions(ax: Axes, net: Network, temperature: float | None = None) -> None:
    """Colour each place by its class (where it is sure, at a temperature), and draw boundaries."""
    z = net.forward(_plane())
    winner, highest = z.argmax(axis=0), softmax(z / (temperature or 1)).max(axis=0)
    shown = winner if temperature is None else np.where(highest >= SURE, winner, np.nan)
    count = len(z)
    ax.imshow(
        np.reshape(shown, (POINTS, POINTS)),
        origin="lower",
        extent=(-REACH, REACH, -REACH, REACH),
        cmap=ListedColormap(CLASSES[:count]),
        vmin=-0.5,
        vmax=count - 0.5,
        alpha=0.35,
        interpolation="nearest",
    )
    for label in range(count):
        lead = z[label] - np.delete(z, label, axis=0).max(axis=0)
        lines = lead.reshape(POINTS, POINTS)
        ax.contour(SIDE, SIDE, lines, levels=[0], colors=THEORY, linewidths=1.2)
    ax.grid(False)


def _marks(ax: Axes, net: Network) -> None:
    """A class's mark, large, where its region is safest, away from the rim."""
    places = _plane()[:, (np.abs(_plane()) < 0.85 * REACH).all(axis=0)]
    z = net.forward(places)
    for label in range(len(z)):
        lead = z[label] - np.delete(z, label, axis=0).max(axis=0)
        look: dict = {"marker": MARKERS[label], "color": CLASSES[label], "edgecolor": THEORY}
        x, y = places[:, lead.argmax()]
        ax.scatter(x, y, s=110, linewidth=1.4, zorder=3, **look)


def _points(ax: Axes, x: np.ndarray, y: np.ndarray) -> None:
    for label in np.unique(y):
        first, second = x[:, y == label]
        look: dict = {"color": CLASSES[label], "edgecolor": LIGHT if label == 4 else NEUTRAL}
        ax.scatter(first, second, s=16, marker=MARKERS[label], linewidth=0.4, **look)
    ax.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xticks=TICKS, yticks=TICKS)
    ax.set(aspect="auto", box_aspect=1)  # laid out once, where aspect="equal" takes twice
