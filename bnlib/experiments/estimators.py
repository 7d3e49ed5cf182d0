"""Which statistics serve best at test time: averages at several decays, the last batch, or exact.

One training of a network of `trained_net` records every batch's statistics; each estimate is made
from that record, or from the training images and the final weights, and all are tried on the same
network. "Its own batch" takes images in batches as large as those of the training, a smaller last
one included.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bnlib.equations.softmax import softmax_cross_entropy
from bnlib.experiments.company import outputs_in_batches
from bnlib.experiments.inside import use_exact_statistics
from bnlib.experiments.trained_net import Trained, train
from bnlib.network import Network

Statistics = list[tuple[np.ndarray, np.ndarray]]
"""A mean and a variance, each (n, 1), for every batch-norm layer."""

DECAYS = (0.5, 0.9, 0.99)
ESTIMATES = (
    "last batch",
    *(f"average, decay {decay:g}" for decay in DECAYS),
    "decay 0.99, corrected",
    "exact",
    OWN := "its own batch, training mode",
)
FACTORS = (0.625, 0.75, 0.875, 1.14)
UNBIASED, LOUDER = "decay 0.9, unbiased", "exact, inputs of softmax times 1.2"
SCALED = {factor: f"exact variance times {factor:g}" for factor in FACTORS}
VARIATIONS = (UNBIASED, *SCALED.values(), LOUDER)
CASES: dict[str, dict[str, Any]] = {
    "162 steps, batches of 8": {"batch_size": 8, "epochs": 1, "learning_rate": 0.1},
    "110 steps, batches of 60": {"batch_size": 60, "epochs": 5, "learning_rate": 0.3},
}


@dataclass(frozen=True)
class Recorded:
    """A trained network and each step's batch statistics."""

    trained: Trained
    batch_size: int
    steps: list[Statistics]


@dataclass(frozen=True)
class Scores:
    """Of one estimate, `(seeds,)` each; accuracies from 0 to 1, the cost in nats."""

    test: np.ndarray
    train: np.ndarray
    cost: np.ndarray


def record(seed: int, batch_size: int, **training) -> Recorded:
    """Train, and keep the statistics of every batch."""
    steps: list[Statistics] = []

    def keep(net: Network, step: int) -> None:
        steps.append([(bn.running_mean.copy(), bn.running_var.copy()) for bn in net.batch_norms])

    # decay = 0: the running statistics are those of the last batch
    trained = train(seed, batch_size=batch_size, decay=0, callback=keep, **training)
    return Recorded(trained, batch_size, steps)


def moving_average(
    steps: Sequence[Statistics], decay: float, *, corrected: bool = False, factor: float = 1.0
) -> Statistics:
    """The average over `steps`: from mean 0 and variance 1, or, `corrected`, without a start.

    factor: multiplies every batch's variance first; m / (m - 1) makes it unbiased.
    """
    found = []
    for layer in range(len(steps[0])):
        mean, var = np.zeros(()), np.full((), 0.0 if corrected else 1.0)
        for step in steps:
            mean = decay * mean + (1 - decay) * step[layer][0]
            var = decay * var + (1 - decay) * factor * step[layer][1]
        weight = 1 - decay ** len(steps) if corrected else 1.0
        found.append((mean / weight, var / weight))
    return found


def use(net: Network, statistics: Statistics) -> None:
    """Make `statistics` the running statistics of the network."""
    for bn, (mean, var) in zip(net.batch_norms, statistics, strict=True):
        bn.running_mean, bn.running_var = mean, var


def exact(run: Recorded) -> Statistics:
    """Those of all training images with the final weights."""
    net, digits = run.trained
    use_exact_statistics(net, digits.x_train)
    return [(bn.running_mean.copy(), bn.running_var.copy()) for bn in net.batch_norms]


def estimates(run: Recorded) -> dict[str, Statistics]:
    """Every set of fixed statistics by its name."""
    unbiased = run.batch_size / (run.batch_size - 1)
    of_all = exact(run)
    return {
        "last batch": run.steps[-1],
        **{f"average, decay {d:g}": moving_average(run.steps, d) for d in DECAYS},
        "decay 0.99, corrected": moving_average(run.steps, 0.99, corrected=True),
        "exact": of_all,
        UNBIASED: moving_average(run.steps, 0.9, factor=unbiased),
        **{name: [(mean, factor * var) for mean, var in of_all] for factor, name in SCALED.items()},
    }


def scores(run: Recorded, names: Sequence[str] = (*ESTIMATES, *VARIATIONS)) -> np.ndarray:
    """Test accuracy, training accuracy and test cost, by each of `names`: (k, 3).

    `LOUDER` multiplies the logits of the network with exact statistics, which changes no answer.
    """
    net, digits = run.trained
    fixed = estimates(run)
    found = []
    for name in names:
        if name == OWN:  # these images lie in random order already
            of_test, of_training = (
                outputs_in_batches(net, x, run.batch_size) for x in (digits.x_test, digits.x_train)
            )
        else:
            use(net, fixed["exact" if name == LOUDER else name])
            times = 1.2 if name == LOUDER else 1.0
            of_test, of_training = (times * net.forward(x) for x in (digits.x_test, digits.x_train))
        found.append(
            (
                float(np.mean(of_test.argmax(axis=0) == digits.y_test)),
                float(np.mean(of_training.argmax(axis=0) == digits.y_train)),
                softmax_cross_entropy(of_test, digits.y_test)[0],
            )
        )
    return np.array(found)


def by_name(found: np.ndarray) -> dict[str, Scores]:
    """The `scores` of several trainings, (seeds, k, 3), by the names of the estimates."""
    names = (*ESTIMATES, *VARIATIONS)
    return {name: Scores(*of_one.T) for name, of_one in zip(names, np.moveaxis(found, 1, 0))}
