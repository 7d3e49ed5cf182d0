"""Which statistics serve best at test time: averages at several decays, the last batch, or exact.

One training records every batch's statistics; each estimate is made from that record, or from the
training images and the final weights, and all are tried on the same network.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bnlib.equations.softmax import softmax_cross_entropy
from bnlib.experiments.company import accuracy_in_batches
from bnlib.experiments.inside import use_exact_statistics
from bnlib.experiments.trained_net import Trained, train
from bnlib.network import Network

Statistics = list[tuple[np.ndarray, np.ndarray]]
"""A mean and a variance, each (n, 1), for every batch-norm layer."""

DECAYS = (0.5, 0.9, 0.99)


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
    """Every estimate by its name."""
    unbiased = run.batch_size / (run.batch_size - 1)
    return {
        "last batch": run.steps[-1],
        **{f"average, decay {d:g}": moving_average(run.steps, d) for d in DECAYS},
        "decay 0.99, corrected": moving_average(run.steps, 0.99, corrected=True),
        "exact": exact(run),
        "decay 0.9, unbiased": moving_average(run.steps, 0.9, factor=unbiased),
    }


def compare(runs: Sequence[Recorded]) -> dict[str, Scores]:
    """Test and training accuracy and test cost under every estimate, and in training mode.

    The cost in training mode is left out, as NaN.
    """
    rows: dict[str, list] = {}
    for run in runs:
        net, digits = run.trained
        test, training = (digits.x_test, digits.y_test), (digits.x_train, digits.y_train)
        for name, statistics in estimates(run).items():
            use(net, statistics)
            scores = net.accuracy(*test), net.accuracy(*training), net.cost(*test)
            rows.setdefault(name, []).append(scores)
        # these images lie in random order already
        in_batches = [accuracy_in_batches(net, *pair, run.batch_size) for pair in (test, training)]
        rows.setdefault("its own batch, training mode", []).append((*in_batches, np.nan))
    return {name: Scores(*np.array(found).T) for name, found in rows.items()}


def with_scaled_variance(runs: Sequence[Recorded], factors: Sequence[float]) -> np.ndarray:
    """Test accuracy and cost with the exact variances times each factor, `(seeds, 2, factors)`."""
    found = []
    for run in runs:
        net, digits = run.trained
        statistics, scores = exact(run), []
        for factor in factors:
            use(net, [(mean, factor * var) for mean, var in statistics])
            test = digits.x_test, digits.y_test
            scores.append((net.accuracy(*test), net.cost(*test)))
        found.append(np.transpose(scores))
    return np.array(found)


def cost_of_louder_outputs(runs: Sequence[Recorded], factor: float) -> np.ndarray:
    """Test cost with exact statistics, as it is and with all logits times `factor`, (2, seeds)."""
    found = []
    for run in runs:
        net, digits = run.trained
        use(net, exact(run))
        z = net.forward(digits.x_test)
        found.append([softmax_cross_entropy(times * z, digits.y_test)[0] for times in (1, factor)])
    return np.array(found).T
