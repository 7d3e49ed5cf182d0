"""The layers of a network. Each has `forward` and `backward`, and names its trainable `PARAMETERS`.

A layer's `backward` writes the gradient of a parameter `w` into `dw`. It writes into the array
that is there, `self.dw[...] =`, so that a network can keep all of them in one vector (see
`network.py`).
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from bnlib import validation
from bnlib.activations import ACTIVATIONS, ActivationName
from bnlib.equations.batch_norm import (
    BatchNormCache,
    batch_norm,
    batch_norm_backward,
    batch_norm_backward_unchecked,
    batch_norm_inference,
    batch_norm_unchecked,
)


class Layer(Protocol):
    """What a network asks of a layer; `backward` follows a `forward` with `training=True`."""

    @property
    def PARAMETERS(self) -> tuple[str, ...]: ...

    def forward(self, x: np.ndarray, /, training: bool = True) -> np.ndarray: ...

    def backward(self, dz: np.ndarray, /) -> np.ndarray: ...


class Linear:
    """z = w a, or w a + b.

    Args:
        w: (n_out, n_in).
        b: (n_out, 1), or None for no bias.
    """

    def __init__(self, w: np.ndarray, b: np.ndarray | None = None) -> None:
        self.w, self.dw = w, np.zeros_like(w)
        self.PARAMETERS: tuple[str, ...] = ("w",)
        if b is not None:
            self.b, self.db = b, np.zeros_like(b)
            self.PARAMETERS = ("w", "b")

    def forward(self, a: np.ndarray, training: bool = True) -> np.ndarray:
        """(n_in, m) -> (n_out, m)."""
        if a.shape[0] != self.w.shape[1]:
            raise ValueError(
                f"Linear: the input has shape {a.shape}, expected ({self.w.shape[1]}, m), "
                "one row a unit"
            )
        self._a = a
        z = self.w @ a
        if "b" in self.PARAMETERS:
            z += self.b
        return z

    def backward(self, dz: np.ndarray) -> np.ndarray:
        """dz (n_out, m) -> da (n_in, m); leaves dw, and db where there is a bias."""
        self.parameter_gradients(dz)
        return self.w.T @ dz

    def parameter_gradients(self, dz: np.ndarray) -> None:
        """Leave dw and db; all that is needed of the first layer, whose input is the data."""
        np.matmul(dz, self._a.T, out=self.dw)
        if "b" in self.PARAMETERS:
            np.sum(dz, axis=1, keepdims=True, out=self.db)

    def __repr__(self) -> str:
        n_out, n_in = self.w.shape
        return f"Linear({n_in} -> {n_out}{', bias' if 'b' in self.PARAMETERS else ''})"


class BatchNorm:
    """Batch norm as a layer: its parameters, and running averages of its statistics.

        running_mean = decay * running_mean + (1 - decay) * mu
        running_var  = decay * running_var  + (1 - decay) * var

    The running averages start at mean 0 and variance 1 and keep the biased variance (divided by
    m), as Keras and Flax do; PyTorch keeps the unbiased one, and its `momentum` is 1 - decay.

    Args:
        n: the number of units.
        eps: added to the variance, under the root; at least 0.
        decay: the weight of the old average, from 0 to below 1.
        dtype: float32 or float64, of parameters and averages.

    Attributes:
        gamma, beta, dgamma, dbeta, running_mean, running_var: (n, 1).

    Source: Ioffe and Szegedy 2015 (arXiv 1502.03167), algorithms 1 and 2; section 3.1 for the
    averages.
    """

    PARAMETERS = ("gamma", "beta")
    checked = True
    """Whether `forward` and `backward` check what they are given; in a network, see there, not."""

    def __init__(
        self, n: int, eps: float = 1e-5, decay: float = 0.9, dtype: Any = np.float64
    ) -> None:
        n = validation.count("BatchNorm", "n", n)
        self.eps = validation.positive("BatchNorm", "eps", eps, zero_allowed=True)
        self.decay = validation.fraction("BatchNorm", "decay", decay)
        dtype = validation.float_dtype("BatchNorm", dtype)
        self.gamma, self.dgamma = np.ones((n, 1), dtype), np.zeros((n, 1), dtype)
        self.beta, self.dbeta = np.zeros((n, 1), dtype), np.zeros((n, 1), dtype)
        self.running_mean, self.running_var = np.zeros((n, 1), dtype), np.ones((n, 1), dtype)
        self._cache: BatchNormCache | None = None

    def forward(self, z: np.ndarray, training: bool = True) -> np.ndarray:
        """(n, m) -> (n, m): with the batch's statistics in training, else with the averages.

        Training updates the running averages. A batch of one is normalized to `beta` in training,
        and counts in the averages with variance 0.
        """
        if not training:
            return batch_norm_inference(
                z, self.gamma, self.beta, self.running_mean, self.running_var, self.eps
            )
        normalize = batch_norm if self.checked else batch_norm_unchecked
        z_tilde, self._cache = normalize(z, self.gamma, self.beta, self.eps)
        decay, mu, var = self.decay, self._cache.mu, self._cache.var
        self.running_mean = decay * self.running_mean + (1 - decay) * mu
        self.running_var = decay * self.running_var + (1 - decay) * var
        return z_tilde

    def backward(self, dz_tilde: np.ndarray) -> np.ndarray:
        """dz_tilde (n, m) -> dz (n, m), for the last training batch; leaves dgamma and dbeta."""
        if self._cache is None:
            raise ValueError("BatchNorm: backward needs a forward with training=True before it")
        go_back = batch_norm_backward if self.checked else batch_norm_backward_unchecked
        dz, self.dgamma[...], self.dbeta[...] = go_back(dz_tilde, self._cache)
        return dz

    def __repr__(self) -> str:
        return f"BatchNorm({len(self.gamma)}, eps={self.eps:g}, decay={self.decay:g})"


class Activation:
    """An activation function as a layer: "sigmoid", "tanh" or "relu"."""

    PARAMETERS: tuple[str, ...] = ()

    def __init__(self, name: ActivationName) -> None:
        if name not in ACTIVATIONS:
            raise ValueError(f"Activation: got {name!r}, expected one of {', '.join(ACTIVATIONS)}")
        self.name = name
        self._function, self._slope = ACTIVATIONS[name]

    def forward(self, z: np.ndarray, training: bool = True) -> np.ndarray:
        """(n, m) -> (n, m)."""
        self._a = self._function(z)
        return self._a

    def backward(self, da: np.ndarray) -> np.ndarray:
        """da (n, m) -> dz (n, m)."""
        return da * self._slope(self._a)

    def __repr__(self) -> str:
        return f"Activation({self.name})"
