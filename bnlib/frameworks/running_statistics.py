"""Running statistics as a framework keeps them, and the mean and variance that they stand for."""

from __future__ import annotations

import numpy as np

from bnlib.frameworks.arithmetic import inverse_std
from bnlib.frameworks.conventions import Convention


class RunningStatistics:
    """Two running averages, (n, 1), and the sum of their weights.

        first        = keep * first + new * mu
        second       = keep * second + new * (the variance, or 1/std)
        scale_factor = keep * scale_factor + new

    `keep` is the decay. `new` is 1 - decay, so that the weights go on adding up to 1; Caffe takes
    1, starts from nothing, and divides by the scale factor whenever the averages are used, which
    is the bias correction of the lecture's exponentially weighted averages.
    """

    def __init__(self, convention: Convention, like: np.ndarray, eps: float, decay: float) -> None:
        self.convention, self.eps, self.decay = convention, eps, decay
        self.scale_factor = 0.0 if convention.keeps == "sums, scale factor" else 1.0
        self.first, self.second = (np.full_like(like, start) for start in convention.start)
        self.batches = 0

    def update(self, mu: np.ndarray, var: np.ndarray, m: int) -> float:
        """Take in a batch's mean and biased variance. Returns the weight that the batch got."""
        keep, new = self._weights()
        self.update_mean(mu)
        kept = self._kept(self._variance(var, m))
        self.second = (keep * self.second + new * kept).astype(self.second.dtype, copy=False)
        self.scale_factor = keep * self.scale_factor + new
        self.batches += 1
        return new

    def update_mean(self, mu: np.ndarray) -> None:
        keep, new = self._weights()
        self.first = (keep * self.first + new * mu).astype(self.first.dtype, copy=False)

    def assign(self, *, mean: np.ndarray | None = None, var: np.ndarray | None = None) -> None:
        """Go on from a given mean or variance, (n, 1), as if averaged for long.

        Sums then have the weight that they tend to, 1 / (1 - decay), with which the next batch
        counts as much as anywhere else.
        """
        if self.scale_factor == 0:
            self.scale_factor = 1 / (1 - self.decay) if self.decay < 1 else 1.0
        if mean is not None:
            self.first = (mean * self.scale_factor).astype(self.first.dtype, copy=False)
        if var is not None:
            kept = self._kept(var) * self.scale_factor
            self.second = kept.astype(self.second.dtype, copy=False)
        self.batches = max(self.batches, 1)

    def load(self, first: np.ndarray, second: np.ndarray, scale_factor: float = 1.0) -> None:
        """Take over what a framework has stored, in the order of `Convention.names`."""
        self.first, self.second, self.scale_factor = first, second, scale_factor
        self.batches = max(self.batches, 1)

    def _weights(self) -> tuple[float, float]:
        if self.convention.first_batch == "copied" and self.batches == 0:
            return 0.0, 1.0
        if self.convention.keeps == "sums, scale factor":
            return self.decay, 1.0
        return self.decay, 1 - self.decay

    def _variance(self, var: np.ndarray, m: int) -> np.ndarray:
        if self.convention.running_variance == "biased":
            return var
        if m == 1:
            # 0 / 0, which most frameworks guard against.
            return var * np.nan if self.convention.batch_of_one == "beta, variance NaN" else var
        return var * (m / (m - 1))

    def _kept(self, var: np.ndarray) -> np.ndarray:
        if self.convention.keeps == "mean, 1/std":
            return inverse_std(var, self.eps, self.convention)
        return var

    def _divided(self, total: np.ndarray) -> np.ndarray:
        # Caffe before its first batch: sums of 0, taken as they are.
        return total / self.scale_factor if self.scale_factor else total

    @property
    def mean(self) -> np.ndarray:
        """(n, 1)."""
        return self._divided(self.first)

    @property
    def var(self) -> np.ndarray:
        """(n, 1)."""
        if self.convention.keeps == "mean, 1/std":
            return 1 / self.second**2 - self.eps
        return self._divided(self.second)

    @property
    def inv_std(self) -> np.ndarray:
        """(n, 1): 1 / sqrt(var + eps)."""
        if self.convention.keeps == "mean, 1/std":
            return self.second
        return inverse_std(self.var, self.eps, self.convention)

    @property
    def stored(self) -> dict[str, np.ndarray]:
        """What the framework itself keeps, by the names it gives them."""
        kept = [self.first, self.second, np.full((1, 1), self.scale_factor, self.first.dtype)]
        return dict(zip(self.convention.names, kept))
