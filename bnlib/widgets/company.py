"""The company an image keeps: in training mode, its answer changes with its batch-mates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from bnlib.activations import relu
from bnlib.equations.batch_norm import batch_norm, batch_norm_inference
from bnlib.equations.softmax import softmax
from bnlib.network import Network
from bnlib.widgets.live_figure import LiveFigure, choice, counted, slider

MOST_MATES = 15
DRAWS = 60
SENTENCE = (
    "The digit {label} among {count}{among}, draw {number}{swapped}: the net calls it "
    "{answer}, with probability {p:.2f}. In all {draws} draws it gets {answers}, and the "
    "right one {right}. At test time it is always called {alone}, with probability "
    "{p_alone:.2f}."
)
WORDS = {"any": "", "own": " of its own class", "zeros": " drawn from the 0s"}


def company(
    net: Network,
    images: Any,
    labels: Sequence[int],
    index: int = 0,
    *,
    mates: float = 7,
    draw: float = 1,
    kind: str = "any",
) -> LiveFigure:
    """Change an image's batch-mates, and see its answer in training mode change with them.

    Draw others, or swap one: click on it. `state["swaps"]` lists the draw and the place, counted
    from 0, of each swap in turn.

    Args:
        net: a ReLU network with batch norm in its one hidden layer, and eps of 1e-5.
        images: (64, m), pixels 0 to 1; the batch-mates are drawn from them.
        labels: (m,), with at least 15 images beside `index` of every digit.
        index: which image is asked for.
        mates, draw, kind: the number of batch-mates (1 to 15), which draw (1 to 60), and from which
            images ("any", "own" or "zeros"), to begin with.

    Raises:
        ValueError: another kind of network, too few images, or a start value not among these.
    """
    if len(net.batch_norms) != 1 or net.activation != "relu" or len(net.layer_sizes) != 3:
        raise ValueError(
            f"company: net is {net}, expected one hidden layer of ReLU with batch norm"
        )
    digits = np.asarray(labels)
    others = np.delete(np.arange(digits.size), index)
    of_digit = [others[digits[others] == digit][:MOST_MATES] for digit in range(10)]
    fewest = min(map(len, of_digit))
    if fewest < MOST_MATES:
        raise ValueError(
            f"company: only {fewest} other images of some digit, expected at least {MOST_MATES}"
        )
    used = np.concatenate([[index], *of_digit])
    images = np.asarray(images, float)[:, used]
    bn = net.batch_norms[0]
    # All that the page needs of the images is what the first layer makes of them
    z = net.parameters["W1"] @ images
    parameters = {
        **{name: getattr(bn, name)[:, 0] for name in ("gamma", "beta")},
        **{name: getattr(bn, name)[:, 0] for name in ("running_mean", "running_var")},
        **{"w": net.parameters["W2"], "b": net.parameters["b2"][:, 0]},
    }
    return LiveFigure(
        "company",
        title="A prediction and its company",
        controls=[
            slider("mates", "batch-mates", 1, MOST_MATES, 1),
            slider("draw", "draw", 1, DRAWS, 1),
            choice(
                "kind",
                "drawn from",
                {"any": "all digits", "own": f"only {labels[index]}s", "zeros": "only 0s"},
            ),
        ],
        data={
            "z": z.T.astype(float).round(6).tolist(),
            "pixels": images.T.round(4).tolist(),
            "labels": digits[used].tolist(),
            "net": {name: array.astype(float).tolist() for name, array in parameters.items()},
        },
        state={"mates": float(mates), "draw": float(draw), "kind": kind, "swaps": []},
        sentences={"always": SENTENCE},
        compute=compute,
    )


# The image itself is the first one of all lists; the others are those to draw from.
def compute(
    z: list[list[float]],
    pixels: list[list[float]],
    labels: list[int],
    net: dict[str, list],
    mates: float,
    draw: float,
    kind: str,
    swaps: list[list[int]],
) -> dict[str, Any]:
    """What the sentence says; company.js computes the same in the page."""
    count, number = int(np.floor(mates + 0.5)), int(np.floor(draw + 0.5))
    allowed = _allowed(labels, kind)

    def among(batch: list[int]) -> np.ndarray:
        rows = np.array([z[i] for i in [0, *batch]])
        return _probabilities(rows.T, net, training=True)[:, 0]

    orders = [_shuffled(allowed, one) for one in range(1, DRAWS + 1)]
    found = [among(order[:count]) for order in orders]
    drawn = orders[number - 1][:count]
    batch = _exchanged(orders[number - 1], count, swaps, number)
    swapped = sum(image != before for image, before in zip(batch, drawn, strict=True))
    shares = among(batch)
    answers = [int(p.argmax()) for p in found]
    different, right = len(set(answers)), answers.count(labels[0])
    alone = _probabilities(np.array([z[0]]).T, net, training=False)[:, 0]
    return {
        "among": WORDS[kind],
        "label": labels[0],
        "count": counted(count, "batch-mate"),
        "number": number,
        "swapped": f", {swapped} swapped" if swapped else "",
        "answer": int(shares.argmax()),
        "p": float(shares.max()),
        "draws": DRAWS,
        "answers": "1 answer" if different == 1 else f"{different} different answers",
        "right": counted(right, "time"),
        "alone": int(alone.argmax()),
        "p_alone": float(alone.max()),
    }


def _allowed(labels: list[int], kind: str) -> list[int]:
    only = {"any": None, "own": labels[0], "zeros": 0}[kind]
    return [i for i, label in enumerate(labels) if i > 0 and only in (None, label)]


def _shuffled(allowed: list[int], number: int) -> list[int]:
    """The images in an order of chance; the first of them are the batch.

    By the generator that the page uses, too (Numerical Recipes).
    """
    order, state = list(allowed), (number * 2654435761) % 2**32
    for k in range(len(order)):
        state = (state * 1664525 + 1013904223) % 2**32
        j = k + int(state / 2**32 * (len(order) - k))
        order[k], order[j] = order[j], order[k]
    return order


def _exchanged(order: list[int], count: int, swaps: list[list[int]], number: int) -> list[int]:
    """The batch-mates of a draw, some exchanged in turn for the next of the images left over."""
    batch, bench = order[:count], order[count:]
    for draw, place in swaps:
        if draw == number and place < count and bench:
            bench.append(batch[place])
            batch[place] = bench.pop(0)
    return batch


def _probabilities(z: np.ndarray, net: dict[str, list], *, training: bool) -> np.ndarray:
    """z (n, m) of the hidden layer -> (10, m)."""
    gamma, beta, mean, var = (
        np.array([net[name]]).T for name in ("gamma", "beta", "running_mean", "running_var")
    )
    if training:
        z_tilde, _ = batch_norm(z, gamma, beta)
    else:
        z_tilde = batch_norm_inference(z, gamma, beta, mean, var)
    return softmax(np.array(net["w"]) @ relu(z_tilde) + np.array([net["b"]]).T)
