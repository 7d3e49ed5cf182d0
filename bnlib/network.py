"""A fully connected network, with or without batch norm in its hidden layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, TypeAlias

import numpy as np

from bnlib import validation
from bnlib.activations import ActivationName
from bnlib.equations.softmax import softmax_cross_entropy
from bnlib.layers import Activation, BatchNorm, Layer, Linear

NormPosition: TypeAlias = Literal["before", "after"]
"""Where batch norm stands: before the activation, or after it."""


@dataclass
class HiddenLayer:
    """What went through one hidden layer, each `(n, m)`; see `Network.trace`."""

    z: np.ndarray
    z_tilde: np.ndarray | None
    a: np.ndarray


class Network:
    """Hidden layers of W, batch norm, activation; then W, b to the logits.

        x -> W1 -> batch norm -> activation -> W2 -> ... -> W_L, b_L -> logits

    Args:
        layer_sizes: [n_0, n_1, ..., n_L], inputs first, classes last.
        batch_norm: whether hidden layers have batch norm. Those that have it have no bias, because
            batch norm subtracts it again; beta takes its place.
        activation: "sigmoid", "tanh" or "relu".
        rng: the source of the initial weights.
        dtype: float32 or float64, of everything.
        weight_scale: the standard deviation of all initial weights. None chooses a good start a
            layer: sqrt(2 / n_in) for relu (He et al. 2015), else 1 / sqrt(n_in).
        norm_position: batch norm "before" the activation (on z) or "after" it (on a).
        bias: True gives every hidden layer a bias, also where batch norm makes it useless.
        eps, decay: as in `BatchNorm`.

    Attributes:
        layers: the layers in order; `first` is the first of them.
        theta, dtheta: all parameters, and all gradients, each as one vector.
        parameters, gradients: the same by name ("W1", "gamma1", "beta1", ..., "b4"), as views:
            changing one changes the network.

    Raises:
        ValueError, TypeError: an argument that is none of the above, and says what it expects.
    """

    def __init__(
        self,
        layer_sizes: Sequence[int],
        batch_norm: bool = True,
        activation: ActivationName = "sigmoid",
        *,
        rng: np.random.Generator,
        dtype: Any = np.float64,
        weight_scale: float | None = None,
        norm_position: NormPosition = "before",
        bias: bool = False,
        eps: float = 1e-5,
        decay: float = 0.9,
    ) -> None:
        self.layer_sizes = [validation.count("Network", "a layer size", n) for n in layer_sizes]
        if len(self.layer_sizes) < 2:
            raise ValueError(f"Network: layer_sizes is {layer_sizes!r}, expected [n_0, ..., n_L]")
        if norm_position not in ("before", "after"):
            raise ValueError(
                f"Network: norm_position is {norm_position!r}, expected 'before' or 'after'"
            )
        if weight_scale is not None:
            validation.positive("Network", "weight_scale", weight_scale, zero_allowed=True)
        validation.generator("Network", rng)
        self.dtype = validation.float_dtype("Network", dtype)
        self.batch_norm, self.activation = batch_norm, activation

        self.layers: list[Layer] = []
        sizes = self.layer_sizes
        for number, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
            scale = weight_scale
            if scale is None:
                scale = np.sqrt((2 if activation == "relu" else 1) / n_in)
            w = (scale * rng.standard_normal((n_out, n_in))).astype(self.dtype)
            hidden = number < len(sizes) - 1
            normalized_away = hidden and batch_norm and norm_position == "before"
            with_bias = bias or not normalized_away
            linear = Linear(w, np.zeros((n_out, 1), self.dtype) if with_bias else None)
            if number == 1:
                self.first = linear
            self.layers.append(linear)
            if hidden:
                after_linear: list[Layer] = [Activation(activation)]
                if batch_norm:
                    norm = BatchNorm(n_out, eps, decay, self.dtype)
                    norm.checked = False  # what it is given comes from the layers around it
                    after_linear.insert(0 if norm_position == "before" else 1, norm)
                self.layers += after_linear
        self._logits: np.ndarray | None = None
        self._gather_parameters()

    def _gather_parameters(self) -> None:
        """Move every parameter and gradient into one vector each, and leave views in the layers.

        An optimizer's step is then one operation on one vector, in place of one a parameter.
        """
        self._places: list[tuple[str, Layer, str]] = []
        number = 0
        for layer in self.layers:
            number += isinstance(layer, Linear)
            for name in layer.PARAMETERS:
                label = "W" if name == "w" else name
                self._places.append((f"{label}{number}", layer, name))
        size = sum(getattr(layer, name).size for _, layer, name in self._places)
        self.theta, self.dtheta = np.empty(size, self.dtype), np.zeros(size, self.dtype)
        self.parameters: dict[str, np.ndarray] = {}
        self.gradients: dict[str, np.ndarray] = {}
        start = 0
        for label, layer, name in self._places:
            value = getattr(layer, name)
            here = slice(start, start + value.size)
            start = here.stop
            self.parameters[label] = self.theta[here].reshape(value.shape)
            self.gradients[label] = self.dtheta[here].reshape(value.shape)
            self.parameters[label][...] = value
            self.gradients[label][...] = getattr(layer, f"d{name}")
            setattr(layer, name, self.parameters[label])
            setattr(layer, f"d{name}", self.gradients[label])

    def __setstate__(self, state: dict[str, Any]) -> None:
        # copy.deepcopy and pickle copy views as arrays of their own: gather them again.
        self.__dict__.update(state)
        self._gather_parameters()

    @property
    def batch_norms(self) -> list[BatchNorm]:
        """The batch-norm layers, first to last."""
        return [layer for layer in self.layers if isinstance(layer, BatchNorm)]

    def forward(self, x: Any, training: bool = False) -> np.ndarray:
        """x (n_0, m) -> logits (C, m). With `training`, by the batch's own statistics."""
        a = self._input(x)
        for layer in self.layers:
            a = layer.forward(a, training)
        self._logits = a
        return a

    def backward(self, dz: np.ndarray) -> None:
        """Leave in `gradients` those of the cost, for `dz (C, m)`, its gradient at the logits.

        Belongs to the last `forward(x, training=True)`.

        Raises:
            ValueError, TypeError: `dz` is not as described, or there was no forward pass.
        """
        if self._logits is None:
            raise ValueError("Network: backward needs a forward with training=True before it")
        dz = validation.same_shape("Network", "dz", dz, self._logits, "the last forward's logits")
        for label, layer, name in self._places:
            if getattr(layer, name) is not self.parameters[label]:
                raise ValueError(
                    f"Network: {name} of {layer} is another array than the network's own, which "
                    f"training changes; write net.parameters[{label!r}][...] = instead of assigning"
                )
        for layer in reversed(self.layers[1:]):
            dz = layer.backward(dz)
        self.first.parameter_gradients(dz)  # nobody needs the gradient of the data

    def trace(self, x: Any, training: bool = False) -> list[HiddenLayer]:
        """A forward pass that keeps every hidden layer's `z`, `z_tilde` and `a`, each `(n, m)`.

        `z` is what W gives, `z_tilde` what batch norm gives (None without), `a` what goes on to the
        next layer. Like `forward`, it updates the running statistics when `training`.
        """
        a, records = self._input(x), []
        for layer in self.layers[:-1]:
            a = layer.forward(a, training)
            if isinstance(layer, Linear):
                records.append(HiddenLayer(a, None, a))
            elif isinstance(layer, BatchNorm):
                records[-1].z_tilde = a
            records[-1].a = a
        return records

    def predict(self, x: Any) -> np.ndarray:
        """x (n_0, m) -> the likeliest class of each example, (m,), at test time.

        Raises:
            ValueError: also if the network has diverged, so that its output is not finite.
        """
        z = self.forward(x)
        validation.finite("predict", "the network's output", z)
        return z.argmax(axis=0)

    def accuracy(self, x: Any, y: Any) -> float:
        """The share of examples `x (n_0, m)` whose label `y (m,)` is predicted, at test time.

        An example whose output is not finite, as in a network that has diverged, counts as wrong.
        """
        try:
            with np.errstate(over="ignore", invalid="ignore"):
                z = self.forward(x)
        except validation.NonFiniteError:  # batch norm met what the weights have become
            validation.finite("accuracy", "x", np.asarray(x))
            return 0.0
        right = z.argmax(axis=0) == validation.labels("accuracy", y, *z.shape)
        usable = np.isfinite(z).all(axis=0)
        if not usable.all():
            validation.finite("accuracy", "x", np.asarray(x))
        return float(np.mean(right & usable))

    def cost(self, x: Any, y: Any) -> float:
        """The cross-entropy cost on `x (n_0, m)`, labels `y`, at test time."""
        return softmax_cross_entropy(self.forward(x), y)[0]

    def _input(self, x: Any) -> np.ndarray:
        x = validation.batch("Network", "x", x)
        if x.shape[0] != self.layer_sizes[0]:
            raise ValueError(
                f"Network: x has shape {x.shape}, expected ({self.layer_sizes[0]}, m), "
                "one column an example"
            )
        return x if x.dtype == self.dtype else x.astype(self.dtype)

    def __repr__(self) -> str:
        sizes = "-".join(map(str, self.layer_sizes))
        norm = "batch norm" if self.batch_norm else "no batch norm"
        return f"Network({sizes}, {self.activation}, {norm}, {self.theta.size:,} parameters)"
