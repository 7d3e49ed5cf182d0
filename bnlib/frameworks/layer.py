"""A batch-norm layer that gives what a framework's default one gives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from bnlib import validation
from bnlib.frameworks.arithmetic import batch_statistics, inverse_std, scale_and_shift
from bnlib.frameworks.conventions import Convention
from bnlib.frameworks.declarations import CONVENTIONS, NAMES
from bnlib.frameworks.running_statistics import RunningStatistics

EMPTY = {"error": "is an error in shapes", "crash": "ends the whole process"}


class Cache(NamedTuple):
    """What `backward` needs of a training batch."""

    z_norm: np.ndarray
    """(n, m): normalized with the statistics that were used."""
    own_norm: np.ndarray
    """(n, m): (z - the batch's own mean) / the std that was used."""
    inv_std: np.ndarray
    gamma: np.ndarray
    share: float
    """The batch's share in the statistics that were used: 1 where they are the batch's own."""
    passed_through: bool = False
    """Whether the layer left the batch as it was (y = x)."""


def batch_norm_like(
    name: str,
    gamma: Any,
    beta: Any,
    *,
    eps: float | None = None,
    momentum: float | None = None,
    mean: Any = None,
    var: Any = None,
) -> FrameworkBatchNorm:
    """A layer that imitates the default batch-norm layer of the framework `name`.

    Args:
        name: one of `bnlib.frameworks.NAMES`.
        gamma, beta: (n, 1), float32 or float64; the layer has copies of its own.
        eps, momentum: in place of the framework's defaults, with the framework's meaning.
        mean, var: (n, 1), running statistics to start from, in place of the framework's start;
            mean and variance, also where the framework stores something else.

    Raises:
        ValueError: an unknown name, or a wrong shape.
    """
    where = "batch_norm_like"
    if name not in CONVENTIONS:
        raise ValueError(f"{where}: got {name!r}, expected one of {', '.join(NAMES)}")
    convention = CONVENTIONS[name]
    if eps is not None:
        eps = validation.positive(where, "eps", eps, zero_allowed=True)
        convention = replace(convention, eps=eps)
    if momentum is not None:
        momentum = validation.positive(where, "momentum", momentum, zero_allowed=True)
        convention = replace(convention, momentum=momentum)
    layer = FrameworkBatchNorm(convention, gamma, beta)
    if mean is not None:
        layer.running_mean = mean
    if var is not None:
        layer.running_var = var
    return layer


class FrameworkBatchNorm:
    """Batch norm by a framework's convention, on `z (n, m)`: one row a unit, one column an example.

    Use it as a training loop does: `forward(z, training=True)`, `backward(dz_tilde)`, and so on.
    NaN and infinity go through it as they go through the framework, without an error: here they
    are what a learner comes to see.

    Attributes:
        gamma, beta, dgamma, dbeta: (n, 1).
        convention: the `Convention` it follows.
    """

    def __init__(self, convention: Convention, gamma: Any, beta: Any) -> None:
        where = "batch_norm_like"
        gamma = validation.float_array(where, "gamma", gamma)
        if gamma.ndim != 2 or gamma.shape[1] != 1:
            raise ValueError(
                f"{where}: gamma has shape {gamma.shape}, expected (n, 1), one entry a unit"
            )
        self.convention = convention
        self.gamma = gamma.copy()
        self.beta = validation.column(where, "beta", beta, gamma).copy()
        self.dgamma, self.dbeta = np.zeros_like(self.gamma), np.zeros_like(self.beta)
        self._running = RunningStatistics(convention, self.gamma, convention.eps, convention.decay)
        self._cache: Cache | None = None
        self._waiting: tuple[np.ndarray, np.ndarray, int] | None = None

    @property
    def running_mean(self) -> np.ndarray:
        """(n, 1); may be assigned."""
        return self._running.mean

    @running_mean.setter
    def running_mean(self, mean: Any) -> None:
        self._running.assign(mean=validation.column(repr(self), "mean", mean, self.gamma).copy())

    @property
    def running_var(self) -> np.ndarray:
        """(n, 1): as a variance, also where the framework stores something else (`stored`).

        May be assigned; `stored` follows. A negative one is taken, as frameworks take it, and gives
        NaN as they do.
        """
        return self._running.var

    @running_var.setter
    def running_var(self, var: Any) -> None:
        var = validation.column(repr(self), "var", var, self.gamma).copy()
        with np.errstate(all="ignore"):
            self._running.assign(var=var)

    @property
    def stored(self) -> dict[str, np.ndarray]:
        """The running statistics as the framework itself stores them, by its own names."""
        return self._running.stored

    def forward(self, z: Any, training: bool = True) -> np.ndarray:
        """(n, m) -> (n, m), in z's type.

        Raises:
            ValueError: a wrong shape; and whatever the framework raises for a batch of one or an
                empty one (`Convention.batch_of_one`, `empty_batch`).
        """
        z = self._batch(z)
        with np.errstate(all="ignore"):
            if training:
                return self._train(z)
            return self._output(z, self._running.mean, self._running.inv_std)

    def backward(self, dz_tilde: Any) -> np.ndarray:
        """dz_tilde (n, m) -> dz (n, m), for the last training batch; leaves dgamma and dbeta.

            dgamma = sum of dz_tilde * z_norm
            dbeta  = sum of dz_tilde
            dz     = gamma / std * (dz_tilde - share / m * (dbeta + dgamma * (z - mu) / std))

        `share` is 1 except where a batch is only a part of the statistics that normalize it.
        """
        if self._cache is None:
            raise ValueError(f"{self!r}: backward needs a forward with training=True before it")
        z_norm, own_norm, inv_std, gamma, share, passed_through = self._cache
        dz_tilde = validation.same_shape("backward", "dz_tilde", dz_tilde, z_norm, "z")
        if passed_through:
            self.dgamma, self.dbeta = np.zeros_like(gamma), np.zeros_like(gamma)
            return dz_tilde.copy()
        with np.errstate(all="ignore"):
            self.dgamma = (dz_tilde * z_norm).sum(axis=1, keepdims=True)
            self.dbeta = dz_tilde.sum(axis=1, keepdims=True)
            through_statistics = self.dbeta + self.dgamma * own_norm
            dz = gamma * inv_std * (dz_tilde - share / max(z_norm.shape[1], 1) * through_statistics)
            if self._waiting:
                self._running.update(*self._waiting)
                self._waiting = None
        return dz

    def _train(self, z: np.ndarray) -> np.ndarray:
        convention, m = self.convention, z.shape[1]
        self._waiting = None
        self._refuse(m)
        if (m == 0 and convention.empty_batch == "unchanged") or (
            m == 1 and convention.batch_of_one == "y = x"
        ):
            one = np.ones_like(self.gamma, dtype=z.dtype)
            self._cache = Cache(z, z, one, one, 0.0, passed_through=True)
            return z.copy()
        mu, var = batch_statistics(z, convention)
        if m == 1 and convention.batch_of_one == "ZeroDivisionError, mean changed":
            self._running.update_mean(mu)
            raise ZeroDivisionError(
                f"{self!r}: the unbiased variance of one example is 0 / 0; the running mean has "
                "changed already"
            )
        mean, inv_std, share = mu, inverse_std(var, convention.eps, convention), 1.0
        if convention.updates_in == "backward":
            self._waiting = (mu, var, m)
        else:
            weight = self._running.update(mu, var, m)
            if convention.training_uses == "updated running":
                mean, inv_std, share = self._running.mean, self._running.inv_std, weight
        mean, inv_std, gamma = (
            column.astype(z.dtype, copy=False) for column in (mean, inv_std, self.gamma.copy())
        )
        self._cache = Cache((z - mean) * inv_std, (z - mu) * inv_std, inv_std, gamma, share)
        return self._output(z, mean, inv_std)

    def _refuse(self, m: int) -> None:
        """Raise what the framework raises for m examples, before anything has changed."""
        if m == 1 and self.convention.batch_of_one == "ValueError":
            raise ValueError(f"{self!r}: got one example, expected more than one in training")
        if m == 0 and self.convention.empty_batch in EMPTY:
            raise RuntimeError(f"{self!r}: an empty batch {EMPTY[self.convention.empty_batch]}")

    def _output(self, z: np.ndarray, mean: np.ndarray, inv_std: np.ndarray) -> np.ndarray:
        mean, inv_std, gamma, beta = (
            column.astype(z.dtype, copy=False) for column in (mean, inv_std, self.gamma, self.beta)
        )
        return scale_and_shift(z, mean, inv_std, gamma, beta, self.convention.output)

    def _batch(self, z: Any) -> np.ndarray:
        z = validation.float_array("forward", "z", z)
        if z.ndim != 2 or z.shape[0] != len(self.gamma):
            raise ValueError(
                f"forward: z has shape {z.shape}, expected ({len(self.gamma)}, m), one row a unit"
            )
        if z.dtype.itemsize < 4:
            raise TypeError(f"forward: z has dtype {z.dtype}, expected float32 or float64")
        return z

    def __repr__(self) -> str:
        return f"{self.convention.framework}'s batch norm of {len(self.gamma)} units"
