"""Softmax's temperature over a plane: how sure the classifier is, and where its boundaries lie."""

from __future__ import annotations

from typing import Any

import numpy as np

from bnlib.equations.softmax import softmax
from bnlib.layers import BatchNorm, Linear
from bnlib.network import Network
from bnlib.widgets.live_figure import LiveFigure, choice, percent, slider

REACH = 3.5  # the plane shown: -3.5 to 3.5 both ways
CELLS = (48, 30)
SURE = 0.9
COLOURS = 4  # that the page has for classes
RESULT = (
    "At temperature {temperature:.2f} the point ({x1:.1f}, {x2:.1f}) is of class {winner} with "
    "probability {p:.2f}. In {sure} of 100 places of the square shown some class has 0.9 or more. "
)
SENTENCES = {
    "always": RESULT + "The boundaries between the classes do not move with the temperature.",
}


def temperature(
    x: Any,
    y: Any,
    linear: Network,
    hidden: Network,
    *,
    temperature: float = 1.0,
    x1: float = 0.0,
    x2: float = 1.0,
    classifier: str = "linear",
) -> LiveFigure:
    """Slide the temperature T of softmax(z / T), and see where in the plane a class is sure.

    Args:
        x: (2, m), the points shown, within -3.5 to 3.5.
        y: (m,), their classes, 0 to 3 at most.
        linear, hidden: classifiers of such points, with and without a hidden layer: batch norm
            or none, and ReLU.
        temperature: to begin with, 0.05 to 20.
        x1, x2: the point whose probabilities are shown, to begin with.
        classifier: "linear" or "hidden", to begin with.

    Raises:
        ValueError: shapes, classes, networks or start values that are not among these.
    """
    points, classes = np.asarray(x, dtype=float), np.asarray(y)
    if points.ndim != 2 or points.shape != (2, classes.size):
        raise ValueError(
            f"temperature: x has shape {points.shape} and y {classes.shape}, expected (2, m), (m,)"
        )
    if not (classes.min() >= 0 and classes.max() < COLOURS):
        raise ValueError(f"temperature: classes up to {classes.max()}, expected 0 to {COLOURS - 1}")
    return LiveFigure(
        "temperature",
        title="The temperature of softmax",
        controls=[
            slider("temperature", "temperature T", 0.05, 20, 0.01, log=True),
            slider("x1", "x1 of the point", -REACH, REACH),
            slider("x2", "x2 of the point", -REACH, REACH),
            choice(
                "classifier",
                "classifier",
                {"linear": "output layer alone", "hidden": "one hidden layer"},
            ),
        ],
        data={
            "points": points.tolist(),
            "labels": classes.tolist(),
            "classifiers": {"linear": _layers(linear), "hidden": _layers(hidden)},
        },
        state={
            "temperature": float(temperature),
            "x1": float(x1),
            "x2": float(x2),
            "classifier": classifier,
        },
        sentences=SENTENCES,
        compute=compute,
    )


def compute(
    points: list[list[float]],
    labels: list[int],
    classifiers: dict[str, list[dict]],
    temperature: float,
    x1: float,
    x2: float,
    classifier: str,
) -> dict[str, Any]:
    """What the sentence says; temperature.js computes the same in the page, and draws the plane."""
    layers = classifiers[classifier]
    p = softmax(_logits(layers, np.array([[x1], [x2]])) / temperature)[:, 0]
    middles = [(np.arange(count) + 0.5) / count * 2 * REACH - REACH for count in CELLS]
    plane = np.stack([axis.ravel() for axis in np.meshgrid(*middles)])
    highest = softmax(_logits(layers, plane) / temperature).max(axis=0)
    return {
        "winner": int(p.argmax()),
        "p": float(p.max()),
        "sure": percent(highest >= SURE),
    }


def _logits(layers: list[dict], a: np.ndarray) -> np.ndarray:
    for number, layer in enumerate(layers):
        a = np.maximum(a, 0) if number else a
        a = np.array(layer["w"]) @ a + np.array(layer["b"])[:, np.newaxis]
    return a


def _layers(net: Network) -> list[dict]:
    """The network's weights for the page, with batch norm folded into the layer before it."""
    if len(net.layer_sizes) > 2 and net.activation != "relu":
        raise ValueError(f"temperature: a {net.activation} network, expected one with relu")
    layers: list[dict] = []
    for layer in net.layers:
        if isinstance(layer, Linear):
            bias = layer.b if "b" in layer.PARAMETERS else np.zeros((len(layer.w), 1))
            layers.append({"w": layer.w, "b": bias})
        elif isinstance(layer, BatchNorm):
            scale = layer.gamma / np.sqrt(layer.running_var + layer.eps)
            last = layers[-1]
            last["b"] = scale * (last["b"] - layer.running_mean) + layer.beta
            last["w"] = scale * last["w"]
    return [{"w": layer["w"].tolist(), "b": layer["b"][:, 0].tolist()} for layer in layers]
