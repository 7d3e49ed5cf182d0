"""One of each live figure, on fixed data, for the unit tests and the browser tests."""

import numpy as np

from bnlib import Network, widgets


def examples() -> dict[str, widgets.LiveFigure]:
    """Name -> figure, as a notebook makes them."""
    rng = np.random.default_rng(5)
    z = 3 + 2 * rng.standard_normal(300)
    x = np.stack([2 + rng.standard_normal(150), 0.4 * rng.standard_normal(150)])
    y = np.array([1.0, 3.0]) @ x
    return {
        "gamma_beta": widgets.gamma_beta(z),
        "descent": widgets.descent(x, y),
        "gradient_paths": widgets.gradient_paths(
            [-3.0, -1.5, -0.5, 0.2, 0.6, 1.1, 2.0, 3.5],
            [0.8, -0.4, 0.6, -1.2, 0.3, 1.5, -0.7, 0.2],
            moved=8,
        ),
        "bias_before_batch_norm": widgets.bias_before_batch_norm(z - 3),
        "batch_size": widgets.batch_size(z),
        "decay": widgets.decay(0.1 * z[:100], np.linspace(0.2, 0.4, 100)),
        "company": company(np.random.default_rng(8)),
        "temperature": temperature(np.random.default_rng(7)),
    }


def company(rng: np.random.Generator) -> widgets.LiveFigure:
    """On random images of random labels and a network that was never trained."""
    images, labels = rng.uniform(size=(64, 200)), np.arange(200) % 10
    net = Network([64, 12, 10], activation="relu", rng=rng)
    net.forward(images, training=True)
    return widgets.company(net, images, labels, index=33, draw=30)


def temperature(rng: np.random.Generator) -> widgets.LiveFigure:
    """On random points and two networks that were never trained."""
    x, y = rng.uniform(-3, 3, (2, 60)), rng.integers(3, size=60)
    hidden = Network([2, 8, 3], activation="relu", rng=rng)
    hidden.forward(x, training=True)  # running statistics of some kind
    return widgets.temperature(x, y, Network([2, 3], rng=rng), hidden)


def settings(figure: widgets.LiveFigure, count: int) -> list[dict]:
    """`count` random settings of the figure's controls, with each option of each choice in turn.

    And of what is clicked in the picture: up to three swaps.
    """
    rng = np.random.default_rng(6)
    drawn = []
    for i in range(count):
        state = {}
        for control in figure.controls:
            if control["kind"] == "choice":
                state[control["name"]] = control["options"][i % len(control["options"])][0]
            elif control["log"]:
                low, high = np.log([control["low"], control["high"]])
                state[control["name"]] = float(np.exp(rng.uniform(low, high)))
            else:
                state[control["name"]] = float(rng.uniform(control["low"], control["high"]))
        if "swaps" in figure.state:
            number = int(np.floor(state["draw"] + 0.5))
            state["swaps"] = [[number, int(rng.integers(15))] for _ in range(rng.integers(4))]
        drawn.append(state)
    return drawn
