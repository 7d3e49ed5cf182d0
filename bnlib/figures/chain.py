"""The diagrams of notebook 2: where batch norm stands in a network, and what it is made of."""

from __future__ import annotations

import textwrap
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.text import Text

from bnlib.figures.canvas import new_figure, show
from bnlib.figures.drawing import beside
from bnlib.figures.style import NEUTRAL, OTHERS, WITH, text_color
from bnlib.network import Network

GRADIENT = OTHERS[0]


def chain(net: Network, m: int) -> None:
    """Every matrix on the way through `net`, with its shape, for a mini-batch of `m` examples."""
    sizes, hidden = net.layer_sizes, len(net.layer_sizes) - 2
    figure, ax = new_figure(
        "Batch norm stands between Z and the activation, in every hidden layer",
        "",
        "",
        size=(8.6, 0.85 * (hidden + 1) + 0.8),
    )
    _bare(ax, (-0.62, 3.62), (-hidden - 0.45, 0.5))
    words, operations = [], []
    for layer, (n_in, n) in enumerate(pairwise(sizes), start=1):
        y = 1 - layer
        source = "X" if layer == 1 else f"A{layer - 1}"
        last = layer == hidden + 1
        level = f"^{{[{layer}]}}"
        names = [
            "$X$" if layer == 1 else f"$A^{{[{layer - 1}]}}$",
            f"$Z{level}$",
            r"$\hat Y$" if last else rf"$\tilde Z{level}$",
            f"$A{level}$",
        ]
        steps = [
            f"$W{level}$ {(n, n_in)}" + (f"\n$b{level}$ {(n, 1)}" if last else ""),
            "softmax" if last else rf"$\gamma{level}$, $\beta{level}$" + f"\n{(n, 1)} each",
            net.activation,
        ]
        boxes: list[Text] = []
        for column, name in enumerate(names[:3] if last else names):
            color = WITH if column == 2 and not last else NEUTRAL
            boxes.append(_box(ax, column, y, name, str((n if column else n_in, m)), color))
            if column:
                _arrow(ax, (column - 1, y), (column, y), color, **_between(*boxes[-2:]))
                place = (column - 0.5, y + 0.06)
                operations.append(ax.text(*place, steps[column - 1], **_small(), va="bottom"))
        words.append(
            f"{source} {(n_in, m)}, with W{layer} {(n, n_in)}"
            + (f" and b{layer} {(n, 1)}" if last else "")
            + f": Z{layer} {(n, m)}, "
            + (
                f"softmax: Y-hat {(n, m)}."
                if last
                else f"gamma{layer} and beta{layer} {(n, 1)}: Z~{layer} {(n, m)}, "
                f"{net.activation}: A{layer} {(n, m)}."
            )
        )

    def narrowed() -> None:  # what the arrows do stands above boxes, which stand close
        figure.set_figheight(1.3 * figure.get_figheight())
        ax.set_ylim(top=0.7)
        for text in operations:
            text.set_y(text.get_position()[1] + 0.22)

    show(
        figure,
        alt=f"""The chain through the network, layer by layer, for a mini-batch of {m} examples,
        with the shape of every matrix. {" ".join(words)}""",
        narrowed=narrowed,
    )


NODES = {
    "z": (0.0, 0.0, "", "dz"),
    "mu": (1.1, -1.1, "mean of z", "dmu"),
    "centred": (2.2, 0.0, "z − mu", "dcentred"),
    "var": (3.3, -1.1, "mean of centred²", "dvar"),
    "std": (4.95, -1.1, "√(var + eps)", "dstd"),
    "z_norm": (5.25, 0.0, "centred / std", "dz_norm"),
    "z_tilde": (7.3, 0.0, "gamma · z_norm + beta", "dz_tilde"),
    "gamma": (6.55, -1.1, "", "dgamma"),
    "beta": (7.9, -1.1, "", "dbeta"),
}
"""Of batch norm's graph: the place of a box, what it computes, the name of its gradient."""
EDGES = (
    ("z_norm", "z_tilde", (0, 9)),
    ("gamma", "z_tilde", (-11, 0)),
    ("beta", "z_tilde", (11, 0)),
    ("centred", "z_norm", (0, 9)),
    ("std", "z_norm", (-11, 0)),
    ("var", "std", (0, 9)),
    ("centred", "var", (11, 4)),
    ("mu", "centred", (11, -4)),
    ("z", "centred", (0, 9)),
    ("z", "mu", (-11, -4)),
)
"""Its arrows, from the right end to the left, and where beside its middle a number stands."""


def graph() -> None:
    """Batch norm as a computational graph: forward along the arrows, gradients against them."""
    figure, ax = new_figure(
        "Forward along the arrows; backward against them, adding up where arrows part",
        "",
        "",
        size=(8.6, 3.3),
    )
    _bare(ax, (-0.35, 8.4), (-1.75, 0.7))
    boxes, gradients = {}, []
    for name, (x, y, formula, gradient) in NODES.items():
        learned = name in ("z_tilde", "gamma", "beta")
        boxes[name] = _box(ax, x, y, name, formula, WITH if learned else NEUTRAL)
        upper = y == 0
        look: dict = {"style": "italic", "ha": "center", "va": "bottom" if upper else "top"}
        by = (0, 22 if upper else -22)
        gradients.append(beside(ax, gradient, (x, y), by, color=GRADIENT, **look))
    for start, end, _ in EDGES:
        _arrow(ax, NODES[start][:2], NODES[end][:2], NEUTRAL, **_between(boxes[start], boxes[end]))

    def narrowed() -> None:
        for name, (_, _, formula, _) in NODES.items():
            boxes[name].set_text(f"{name}\n{textwrap.fill(formula, 9)}".strip())
        for text in gradients:
            text.xyann = (0, 1.4 * text.xyann[1])

    show(
        figure,
        alt="""The computational graph of batch norm. Forward: mu is the mean of z; centred is
        z - mu; var is the mean of centred squared; std is the root of var + eps; z_norm is centred
        over std; z_tilde is gamma times z_norm plus beta, and gamma and beta are nodes of their own
        that feed it. Of its 9 nodes 2 feed more than one other: z feeds mu and centred, centred
        feeds var and z_norm. Beside every node stands the name of its gradient: dz, dmu, dcentred,
        dvar, dstd, dz_norm, dz_tilde, dgamma, dbeta.""",
        narrowed=narrowed,
    )


def graph_to_fill() -> None:
    """The same graph backwards, a numbered blank on every arrow, for the reader's pencil."""
    figure, ax = new_figure(
        "The way back, to fill in: what does each arrow multiply by?", "", "", size=(8.6, 3.0)
    )
    _bare(ax, (-0.35, 8.4), (-1.55, 0.5))
    boxes = {
        name: _box(ax, x, y, gradient, "", GRADIENT) for name, (x, y, _, gradient) in NODES.items()
    }
    said = []
    for number, (below, above, apart) in enumerate(EDGES, start=1):
        start, end = NODES[above][:2], NODES[below][:2]
        _arrow(ax, start, end, text_color(GRADIENT), **_between(boxes[above], boxes[below]))
        middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        beside(ax, str(number), middle, apart, **_small(), va="center")
        said.append(f"{number} from {NODES[above][3]} to {NODES[below][3]}")
    show(
        figure,
        alt=f"""The graph of batch norm's gradients, from dz_tilde back to dz, with a numbered blank
        on each of its {len(EDGES)} arrows: {", ".join(said)}.""",
    )


def _bare(ax: Axes, xlim: tuple[float, float], ylim: tuple[float, float]) -> None:
    ax.set(xlim=xlim, ylim=ylim)
    ax.axis("off")


def _box(ax: Axes, x: float, y: float, name: str, below: str, color: str) -> Text:
    return ax.text(
        x,
        y,
        f"{name}\n{below}" if below else name,
        ha="center",
        va="center",
        fontsize=10.5,
        color="#222222" if color == NEUTRAL else text_color(color),
        bbox={"boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": color},
    )


def _between(start: Text, end: Text) -> dict:
    """Of an arrow, that it begins and ends where the boxes do."""
    boxes = {"patchA": start.get_bbox_patch(), "patchB": end.get_bbox_patch()}
    return {**boxes, "shrinkA": 1, "shrinkB": 1}


def _arrow(
    ax: Axes, start: tuple[float, float], end: tuple[float, float], color: str, **ends
) -> None:
    style = {"arrowstyle": "-|>", "color": color, "linewidth": 1.2, **ends}
    ax.annotate("", xy=end, xytext=start, arrowprops=style)


def _small() -> dict:
    return {"ha": "center", "fontsize": 9.5, "color": "#444444"}
