"""A trained network from Keras to PyTorch, carried over rightly and with a convention overlooked.

Both frameworks' layers are `bnlib.frameworks`' imitations; the network learns under Keras's
conventions (eps 1e-3, moving averages with momentum 0.99, biased variance).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from bnlib.datasets import Digits, load_digits, split_anew
from bnlib.equations.softmax import softmax_cross_entropy
from bnlib.experiments.carrying_slips import (
    DEFAULTS,
    KERAS_EPS,
    MISTAKES,
    OVERLOOKED,
    SETTINGS,
    SLIPS,
    WAYS,
    Block,
)
from bnlib.frameworks import (
    CONVENTIONS,
    NAMES,
    FrameworkBatchNorm,
    batch_norm_like,
    recorded,
    translate,
)
from bnlib.layers import Activation, Linear
from bnlib.network import Network
from bnlib.optimizers import SGD
from bnlib.training import fit, minibatches

SIZES = (64, 50, 50, 10)
SEEDS = tuple(range(10))
RATE = 0.1


@dataclass(frozen=True)
class Trained:
    """A network as Keras would hand it out, and the images that were held out."""

    arrays: list[np.ndarray]
    """In the order and the layout of `model.get_weights()`: for every hidden layer kernel
    (n_in, n_out), gamma, beta, moving_mean, moving_variance (n_out,); then kernel and bias."""
    digits: Digits
    ink: float
    """What the pixels were multiplied by."""


def train(seed: int, *, ink: float = 1.0, epochs: int = 10) -> Trained:
    """Train under Keras's conventions, on another split for every seed.

    ink: what the pixels, 0 to 1, are multiplied by; 1/16 is what one gets who divides 0 to 16 by
        256, as if they were bytes.
    """
    rng = np.random.default_rng(seed)
    digits = split_anew(load_digits(), rng)
    net = Network(SIZES, activation="relu", rng=rng, eps=KERAS_EPS, decay=0.99)
    fit(
        net,
        SGD(net, RATE),
        ink * digits.x_train,
        digits.y_train,
        batch_size=20,
        epochs=epochs,
        rng=rng,
        progress=False,
    )
    arrays = []
    for number, bn in enumerate(net.batch_norms, start=1):
        vectors = (bn.gamma, bn.beta, bn.running_mean, bn.running_var)
        arrays += [net.parameters[f"W{number}"].T.copy(), *(v[:, 0].copy() for v in vectors)]
    arrays += [net.parameters["W3"].T.copy(), net.parameters["b3"][:, 0].copy()]
    return Trained(arrays, digits, ink)


class Model:
    """Linear, the batch norm of the framework `like`, ReLU, twice; then linear.

    Args:
        arrays: as `Trained.arrays`.
        like: "keras" or "pytorch".
        eps, momentum: as the framework means them; its own defaults if left out.
    """

    def __init__(
        self,
        arrays: Sequence[np.ndarray],
        like: str,
        *,
        eps: float | None = None,
        momentum: float | None = None,
    ) -> None:
        self.layers: list[Linear | FrameworkBatchNorm | Activation] = []
        for kernel, *vectors in _blocks(arrays):
            gamma, beta, mean, var = (each[:, np.newaxis] for each in vectors)
            norm = batch_norm_like(
                like, gamma, beta, eps=eps, momentum=momentum, mean=mean, var=var
            )
            self.layers += [Linear(kernel.T.copy()), norm, Activation("relu")]
        self.layers.append(Linear(arrays[-2].T.copy(), arrays[-1][:, np.newaxis].copy()))

    def forward(self, x: np.ndarray, training: bool = False) -> np.ndarray:
        """x (64, m) -> logits (10, m)."""
        for layer in self.layers:
            x = layer.forward(x, training=training)
        return x

    def accuracy(self, x: np.ndarray, y: np.ndarray) -> float:
        """The share of the images that are right, at test time."""
        return float((self.forward(x).argmax(axis=0) == y).mean())

    def train_step(self, x: np.ndarray, y: np.ndarray, learning_rate: float) -> None:
        """A step of gradient descent."""
        _, d = softmax_cross_entropy(self.forward(x, training=True), y)
        for layer in reversed(self.layers):
            d = layer.backward(d)
        for layer in self.layers:
            if isinstance(layer, Linear):
                layer.w -= learning_rate * layer.dw
                if "b" in layer.PARAMETERS:
                    layer.b -= learning_rate * layer.db
            elif isinstance(layer, FrameworkBatchNorm):
                layer.gamma -= learning_rate * layer.dgamma
                layer.beta -= learning_rate * layer.dbeta


def _blocks(arrays: Sequence[np.ndarray]) -> list[Block]:
    """The arrays of the hidden layers; ValueError unless those of an output follow, and no more."""
    blocks, rest = divmod(len(arrays) - 2, 5)
    expected = [2, 1, 1, 1, 1] * max(blocks, 0) + [2, 1]
    if rest or blocks < 1 or [np.ndim(array) for array in arrays] != expected:
        shapes = [np.shape(array) for array in arrays]
        raise ValueError(
            f"carrying: got arrays of shapes {shapes}, expected five "
            "a hidden layer (kernel, gamma, beta, moving mean, moving variance: Dense with "
            "use_bias=False, then BatchNormalization), then kernel and bias of the output"
        )
    return [tuple(arrays[5 * k : 5 * k + 5]) for k in range(blocks)]


def to_pytorch(trained: Trained, mistake: str | None = None, undone: str | None = None) -> Model:
    """PyTorch's layers with Keras's arrays: as it should be, or with one of `MISTAKES`.

    undone: what is then changed back, as if that of `MISTAKES` had been made.
    """
    left = {DEFAULTS.get(mistake or "")} - {DEFAULTS.get(undone or "")}
    settings = {name: value for name, value in SETTINGS.items() if name not in left}
    arrays: list[np.ndarray] = []
    for original in _blocks(trained.arrays):
        block = SLIPS[mistake].make(original, original) if mistake in SLIPS else original
        arrays += SLIPS[undone].undo(block, original) if undone in SLIPS else block
    return Model([*arrays, *trained.arrays[-2:]], "pytorch", **settings)


@dataclass(frozen=True)
class Arrived:
    """What came of carrying networks over in one way, one entry a seed."""

    accuracy: np.ndarray
    changed: np.ndarray
    """The share of the answers that differ from Keras's."""
    difference: np.ndarray
    """The largest difference of a logit; NaN where the logits are."""


def carry(trained: Sequence[Trained]) -> dict[str, Arrived]:
    """By way, in the order of `WAYS`."""
    found: dict[str, list[tuple[float, float, float]]] = {}
    for each in trained:
        x, y = each.ink * each.digits.x_test, each.digits.y_test
        keras = Model(each.arrays, "keras")
        pytorch = (to_pytorch(each, mistake) for mistake in (None, *MISTAKES))
        ways = dict(zip(WAYS, (keras, *pytorch), strict=True))
        there = keras.forward(x)
        for way, model in ways.items():
            with np.errstate(invalid="ignore"):
                here = model.forward(x)
            answers = here.argmax(axis=0)
            share = float((answers != there.argmax(axis=0)).mean())
            scores = (float((answers == y).mean()), share, float(np.abs(here - there).max()))
            found.setdefault(way, []).append(scores)
    return {way: Arrived(*np.array(scores).T) for way, scores in found.items()}


def imported(trained: Trained, case: int) -> Model:
    """Network 1 to 5: carried to PyTorch with one of `OVERLOOKED`, in an order of its own."""
    return to_pytorch(trained, _overlooked(case))


def _overlooked(case: int) -> str:
    if case not in range(1, len(OVERLOOKED) + 1):
        raise ValueError(f"carrying: got network {case!r}, expected 1 to {len(OVERLOOKED)}")
    order = np.random.default_rng(5).permutation(len(OVERLOOKED))
    return OVERLOOKED[order[case - 1]]


def evidence(trained: Trained, model: Model) -> list[tuple[str, float, float]]:
    """Where a network leaves the path of the original in Keras, on the held-out images.

    For every linear and batch-norm layer: its name; the largest difference of an output from the
    original's, as a share of the original's largest; and its outputs' standard deviation as a
    multiple of the original's.
    """
    here = there = trained.ink * trained.digits.x_test
    found, counts = [], {"linear": 0, "batch norm": 0}
    for ours, original in zip(model.layers, Model(trained.arrays, "keras").layers):
        here, there = (
            each.forward(x, training=False) for each, x in ((ours, here), (original, there))
        )
        if isinstance(ours, Activation):
            continue
        kind = "linear" if isinstance(ours, Linear) else "batch norm"
        counts[kind] += 1
        apart = np.abs(here - there).max() / np.abs(there).max()
        found.append((f"{kind} {counts[kind]}", float(apart), float(here.std() / there.std())))
    return found


def repaired(trained: Trained, case: int, suspect: Any) -> str:
    """What comes of undoing the mistake `suspect` in network `case`: found, or something else."""
    if suspect is None or suspect is ...:
        return "not tried yet"
    if suspect not in OVERLOOKED:
        raise ValueError(f"carrying: got {suspect!r}, expected one of {', '.join(OVERLOOKED)}")
    model = to_pytorch(trained, _overlooked(case), undone=suspect)
    x = trained.ink * trained.digits.x_test
    apart = float(np.abs(model.forward(x) - Model(trained.arrays, "keras").forward(x)).max())
    if apart < 1e-9:
        return f"found: with that undone, all logits agree ({suspect})"
    return f"with that undone, a logit still differs by {apart:.1g}: it was something else"


def in_the_frameworks() -> dict[str, Any]:
    """What Keras and PyTorch themselves gave for the networks of seed 0, recorded.

    "versions", the largest "difference" of a logit when carried with care, and by the titles of
    `carrying_for_real.INKS` test accuracy by way, in the order of `carry`.
    """
    return recorded("programs")


def go_on(
    trained: Sequence[Trained], momenta: Sequence[float], *, batch_size: int = 8, steps: int = 60
) -> np.ndarray:
    """(seeds, momenta): test accuracy after more steps in PyTorch, by its momentum.

    A small learning rate and small batches, as in fine-tuning.
    """
    found = []
    for seed, each in enumerate(trained):
        row = []
        for momentum in momenta:
            model = Model(each.arrays, "pytorch", eps=KERAS_EPS, momentum=momentum)
            rng = np.random.default_rng(seed)
            x, y = each.ink * each.digits.x_train, each.digits.y_train
            for batch in islice(minibatches(x, y, batch_size, rng), steps):
                model.train_step(*batch, learning_rate=0.01)
            row.append(model.accuracy(each.ink * each.digits.x_test, each.digits.y_test))
        found.append(row)
    return np.array(found)


def all_pairs(trained: Trained) -> str:
    """The first batch-norm layer, from Keras to every framework, and from there to every other.

    Returns a sentence with the number of pairs, and whether all outputs at test time agree.
    """
    kernel, *vectors = trained.arrays[:5]
    z = kernel.T @ (trained.ink * trained.digits.x_test)
    keras = CONVENTIONS["keras"]
    names = (*keras.parameters, *keras.names)
    start = dict(zip(names, vectors, strict=True))
    settings = {"epsilon": KERAS_EPS, "momentum": 0.99}
    outputs = []
    for source in NAMES:
        there = translate(start, settings, source="keras", target=source)
        outputs += [
            _output(target, *translate(*there, source=source, target=target), z) for target in NAMES
        ]
    apart = max(float(np.abs(output - outputs[0]).max()) for output in outputs)
    return f"{len(outputs)} pairs, all outputs equal to 1e-9: {apart < 1e-9}"


def _output(name: str, arrays: dict, settings: dict, z: np.ndarray) -> np.ndarray:
    """What the layer gives, built as the framework's user would: by its own names alone."""
    convention = CONVENTIONS[name]
    gamma, beta = (arrays[key][:, np.newaxis] for key in convention.parameters)
    eps, momentum = (settings[key] for key in convention.settings)
    first, second = (arrays[key][:, np.newaxis] for key in convention.names[:2])
    if convention.keeps == "mean, 1/std":
        second = 1 / second**2 - eps
    for key in convention.names[2:]:  # Caffe's scale factor
        first, second = first / arrays[key], second / arrays[key]
    how: dict = {"eps": eps, "momentum": momentum, "mean": first, "var": second}
    return batch_norm_like(name, gamma, beta, **how).forward(z, training=False)
