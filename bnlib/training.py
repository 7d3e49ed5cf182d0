"""Training: one step, and many of them over mini-batches with a record of how it went."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from bnlib.equations.softmax import softmax_cross_entropy_unchecked, targets
from bnlib.network import Network
from bnlib.optimizers import SGD
from bnlib.progress_bar import ProgressBar
from bnlib.validation import NonFiniteError, batch, count, finite, generator


class DivergedError(ArithmeticError):
    """Training left the range of finite numbers; a smaller learning rate usually helps."""


def train_step(net: Network, optimizer: SGD, x: Any, y: Any) -> float:
    """Forward, backward, update, on one mini-batch.

    Args:
        net, optimizer: the network, and an optimizer made for it.
        x: (n_0, m), one column an example.
        y: (m,) integer labels, or (C, m), one-hot or soft.

    Returns:
        The cost on this batch, before the update.

    Raises:
        DivergedError: the network's numbers are no longer finite, though `x` is.
        ValueError, TypeError: `x` or `y` is not as described.
    """
    try:
        with np.errstate(over="ignore", invalid="ignore"):  # told as DivergedError, below
            z = net.forward(x, training=True)
            cost, dz = softmax_cross_entropy_unchecked(z, targets("train_step", y, z))
            net.backward(dz)
            optimizer.step()
    except NonFiniteError as error:
        finite("train_step", "x", np.asarray(x))
        raise DivergedError(
            f"train_step: training diverged with {optimizer}; try a smaller learning rate"
        ) from error
    return cost


@dataclass
class History:
    """How a training went.

    Attributes:
        costs: the cost on each mini-batch, one a step.
        steps: the steps after which accuracy was measured.
        accuracy: the validation accuracy then; empty without validation data.
        diverged: whether training stopped because the numbers were no longer finite.
    """

    costs: list[float] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)
    accuracy: list[float] = field(default_factory=list)
    diverged: bool = False

    def steps_to(self, accuracy: float) -> int | None:
        """The first measured step with at least this validation accuracy, or None."""
        measured = zip(self.steps, self.accuracy)
        return next((step for step, reached in measured if reached >= accuracy), None)

    def __repr__(self) -> str:
        parts = [f"{len(self.costs)} steps"]
        if self.costs:
            parts.append(f"last cost {self.costs[-1]:.3g}")
        if self.accuracy:
            parts.append(f"last accuracy {self.accuracy[-1]:.1%}")
        return f"History({', '.join(parts)}{', diverged' if self.diverged else ''})"


def minibatches(
    x: Any, y: Any, batch_size: int, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """One epoch: all examples, shuffled, `batch_size` at a time, the last batch perhaps smaller.

    A last batch of one example joins the one before it, unless all are of one: alone, batch norm
    would make it `beta`.

    Args:
        x: (n_0, m), one column an example.
        y: (m,) labels, or (C, m): its last axis is the examples.

    Raises:
        ValueError, TypeError: at once, if data or settings are not as described.
    """
    x, y = _examples("minibatches", x, y)
    batch_size = count("minibatches", "batch_size", batch_size)
    return _shuffled(x, y, batch_size, generator("minibatches", rng))


def _shuffled(
    x: np.ndarray, y: np.ndarray, batch_size: int, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    m = x.shape[1]
    order = rng.permutation(m)
    x, y = x[:, order], y[..., order]
    starts = list(range(0, m, batch_size))
    if batch_size > 1 and len(starts) > 1 and m - starts[-1] == 1:
        starts.pop()
    for start, stop in pairwise([*starts, m]):
        yield x[:, start:stop], y[..., start:stop]


def _examples(where: str, x: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
    x, y = batch(where, "x", x), np.asarray(y)
    m = x.shape[1]
    if y.shape[-1:] != (m,):
        raise ValueError(
            f"{where}: y has shape {y.shape}, expected ({m},) or (C, {m}), as x has {m} examples"
        )
    return x, y


def fit(
    net: Network,
    optimizer: SGD,
    x: Any,
    y: Any,
    *,
    batch_size: int,
    epochs: int,
    rng: np.random.Generator,
    validation: tuple[Any, Any] | None = None,
    validate_every: int | None = None,
    callback: Callable[[Network, int], None] | None = None,
    progress: bool | None = None,
) -> History:
    """Train for some epochs, each over all examples in shuffled mini-batches.

    Args:
        net, optimizer: the network, and an optimizer made for it.
        x: (n_0, m), all examples, a column each.
        y: (m,) integer labels, or (C, m), one-hot or soft.
        batch_size: how many examples a step; with batch norm at least 2.
        epochs: how often to go through all examples.
        rng: shuffles the examples.
        validation: (x_val, y_val), on which accuracy is measured after every epoch, at test time.
        validate_every: measure after every so many steps instead.
        callback: called as `callback(net, step)` after each step, counted from 1.
        progress: a progress bar on standard error; None shows one on runs of over ten seconds.

    Returns:
        The history. A training that diverges ends there, and the history says so.

    Raises:
        ValueError, TypeError: data or settings are not as described.
    """
    x, y = _examples("fit", x, y)
    x, m = x.astype(net.dtype, copy=False), x.shape[1]
    finite("fit", "x", x)
    batch_size, epochs = count("fit", "batch_size", batch_size), count("fit", "epochs", epochs)
    generator("fit", rng)
    if net.batch_norm and min(batch_size, m) == 1:
        raise ValueError("fit: batches of one example; with batch norm a batch needs at least 2")
    full, rest = divmod(m, batch_size)
    steps_an_epoch = full + (rest > 1 or full == 0)  # see minibatches on a rest of one
    measure_every = count("fit", "validate_every", validate_every or steps_an_epoch)

    history = History()
    with ProgressBar(epochs * steps_an_epoch, shown=progress) as bar:
        for _ in range(epochs):
            for x_t, y_t in _shuffled(x, y, batch_size, rng):
                try:
                    history.costs.append(train_step(net, optimizer, x_t, y_t))
                except DivergedError:
                    history.diverged = True
                    return history
                step = len(history.costs)
                if validation is not None and step % measure_every == 0:
                    history.steps.append(step)
                    history.accuracy.append(net.accuracy(*validation))
                if callback is not None:
                    callback(net, step)
                bar.update(step)
    return history
