"""A batch-normalized softmax classifier of the digits over several splits, and what it gets wrong.

Every seed splits the 1,797 digits anew: on one fixed split, the same images decide every run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bnlib.datasets import Digits, load_digits, split_anew
from bnlib.equations.softmax import softmax, softmax_cross_entropy
from bnlib.experiments import linear_softmax
from bnlib.experiments.quiet import fit_quietly
from bnlib.network import Network
from bnlib.optimizers import SGD

SIZES = (64, 100, 100, 10)
SEEDS = tuple(range(10))
EPOCHS = 12


def smooth_labels(y: np.ndarray, amount: float) -> np.ndarray:
    """One-hot labels `y (C, m)` with `amount` of the weight moved to the uniform distribution.

    Source: Szegedy et al. 2016, section 7.
    """
    return (1 - amount) * y + amount / len(y)


@dataclass(frozen=True)
class Run:
    """One trained network on the images that were held out: pixels, labels and logits."""

    x: np.ndarray
    """(64, m)."""
    y: np.ndarray
    """(m,)."""
    z: np.ndarray
    """(10, m)."""

    @property
    def p(self) -> np.ndarray:
        """(10, m): the probabilities."""
        return softmax(self.z)

    @property
    def right(self) -> np.ndarray:
        """(m,): whether the likeliest class is the true one."""
        return self.z.argmax(axis=0) == self.y

    @property
    def accuracy(self) -> float:
        """The share of the images that are right."""
        return float(self.right.mean())

    @property
    def confidence(self) -> np.ndarray:
        """(m,): the probability of the likeliest class."""
        return self.p.max(axis=0)

    @property
    def cost(self) -> float:
        """The mean of -log of the true class's probability."""
        return softmax_cross_entropy(self.z, self.y)[0]


def split(seed: int) -> tuple[Digits, np.random.Generator]:
    """Another 500 images held out, and the generator for what comes after."""
    rng = np.random.default_rng(seed)
    return split_anew(load_digits(), rng), rng


def train(amount: float = 0.0, *, seeds: Sequence[int] = SEEDS) -> list[Run]:
    """One network a seed: 12 epochs in batches of 60, `amount` of label smoothing."""
    runs = []
    for seed in seeds:
        digits, rng = split(seed)
        y = smooth_labels(np.eye(10)[:, digits.y_train], amount)
        net = Network(SIZES, activation="relu", rng=rng)
        optimizer = SGD(net, 0.3)
        fit_quietly(net, optimizer, digits.x_train, y, epochs=EPOCHS, rng=rng)
        runs.append(Run(digits.x_test, digits.y_test, net.forward(digits.x_test)))
    return runs


def train_linear(*, seeds: Sequence[int] = SEEDS) -> list[Run]:
    """A linear softmax classifier on the same splits."""
    runs = []
    for seed in seeds:
        digits, _ = split(seed)
        x, y = digits.x_train, digits.y_train
        model = linear_softmax.train(x, y, penalty=1 / y.size, steps=200)
        runs.append(Run(digits.x_test, digits.y_test, model.logits(digits.x_test)))
    return runs


def confusion(runs: Sequence[Run]) -> np.ndarray:
    """(10, 10): how often an image of the row's digit was read as the column's, over all runs."""
    counts = np.zeros((10, 10), int)
    for run in runs:
        np.add.at(counts, (run.y, run.z.argmax(axis=0)), 1)
    return counts


@dataclass(frozen=True)
class Mistake:
    """An image read wrongly, by the run that was surest of it."""

    pixels: np.ndarray
    """(8, 8), 0 to 1."""
    true: int
    read: int
    probability: float
    """Of `read`."""
    answers: tuple[int, ...]
    """What each of the nets answered that had not trained on the image, in the order of runs."""


def surest_mistakes(runs: Sequence[Run]) -> list[Mistake]:
    """The wrong answers, those with the highest probability first, each image once."""
    found: dict[bytes, list[tuple[float, int, int]]] = {}
    for run in runs:
        reads, sure = run.z.argmax(axis=0), run.confidence
        for i in range(run.y.size):
            answers = found.setdefault(run.x[:, i].tobytes(), [])
            answers.append((float(sure[i]), int(reads[i]), int(run.y[i])))
    mistakes = []
    for key, answers in found.items():
        wrong = [answer for answer in answers if answer[1] != answer[2]]
        if wrong:
            p, read, true = max(wrong)
            pixels = np.frombuffer(key).reshape(8, 8)
            mistakes.append(Mistake(pixels, true, read, p, tuple(a[1] for a in answers)))
    return sorted(mistakes, key=lambda mistake: -mistake.probability)


def calibration(runs: Sequence[Run], edges: np.ndarray) -> tuple[np.ndarray, ...]:
    """Confidence against accuracy: all answers of all runs, in bins of confidence.

    An image that several runs were tested on is answered several times, much alike; so the standard
    error counts images, not answers: the root of the sum over images of (the sum of what its
    answers differ from the bin's accuracy) squared, over the number of answers.

    Args:
        edges: (bins + 1,), from 0 to 1.

    Returns:
        The mean confidence, the accuracy, its standard error and the number of answers of each bin
        that has any.
    """
    confidence = np.concatenate([run.confidence for run in runs])
    right = np.concatenate([run.right for run in runs])
    bins = np.clip(np.digitize(confidence, edges) - 1, 0, edges.size - 2)
    count = np.bincount(bins, minlength=edges.size - 1)
    some = count > 0
    sums = [np.bincount(bins, weights, edges.size - 1) for weights in (confidence, right)]
    accuracy = np.divide(sums[1], count, out=np.zeros(count.size), where=some)
    _, image = np.unique(np.hstack([run.x for run in runs]), axis=1, return_inverse=True)
    by_image = np.zeros((edges.size - 1, image.max() + 1))
    np.add.at(by_image, (bins, image.ravel()), right - accuracy[bins])
    error = np.sqrt((by_image**2).sum(axis=1))
    return (*(total[some] / count[some] for total in (*sums, error)), count[some])
