"""Predictions in training mode, where an example's batch-mates have a say in its answer."""

from __future__ import annotations

import numpy as np

from bnlib.experiments.inside import running_statistics_kept
from bnlib.network import Network


def answers(
    net: Network,
    image: np.ndarray,
    others: np.ndarray,
    *,
    mates: int,
    draws: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """What the net calls `image (n_0, 1)` among `mates` random columns of `others`, `(draws,)`."""
    found = np.empty(draws, int)
    with running_statistics_kept(net):
        for i in range(draws):
            company = others[:, rng.choice(others.shape[1], mates, replace=False)]
            batch = np.hstack([image, company])
            found[i] = net.forward(batch, training=True)[:, 0].argmax()
    return found


def outputs_in_batches(
    net: Network, x: np.ndarray, batch_size: int, order: np.ndarray | None = None
) -> np.ndarray:
    """The outputs `(C, m)` for `x (n_0, m)` in training mode, taken in `order` batch by batch.

    A smaller last batch counts too, and one of a single example is answered by beta alone. The
    running statistics stay as they are.
    """
    m = x.shape[1]
    order = np.arange(m) if order is None else order
    found = np.empty((net.layer_sizes[-1], m))
    with running_statistics_kept(net):
        for start in range(0, m, batch_size):
            here = order[start : start + batch_size]
            found[:, here] = net.forward(x[:, here], training=True)
    return found


def predict_in_batches(
    net: Network, x: np.ndarray, batch_size: int, order: np.ndarray | None = None
) -> np.ndarray:
    """The predictions `(m,)` that `outputs_in_batches` gives."""
    return outputs_in_batches(net, x, batch_size, order).argmax(axis=0)


def most_divided(
    net: Network,
    x: np.ndarray,
    y: np.ndarray,
    batch_size: int,
    rng: np.random.Generator,
    draws: int = 20,
) -> tuple[int, float]:
    """Which image gets the most varied answers, and the share of images with more than one answer.

    All of `x (n_0, m)` are answered in `draws` random divisions into batches. The image is one that
    is called by its label `y (m,)` at test time.
    """
    m = x.shape[1]
    found = np.stack(
        [predict_in_batches(net, x, batch_size, rng.permutation(m)) for _ in range(draws)]
    )
    commonest = np.array([np.bincount(column).max() for column in found.T])
    right = net.predict(x) == y
    return int(np.where(right, commonest, draws).argmin()), float(np.mean(commonest < draws))


def accuracy_in_batches(
    net: Network, x: np.ndarray, y: np.ndarray, batch_size: int, order: np.ndarray | None = None
) -> float:
    """The share of right predictions of `predict_in_batches`."""
    return float(np.mean(predict_in_batches(net, x, batch_size, order) == y))
