"""The loss of a wrong answer in float16, float32 and float64: from probabilities, from logits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bnlib.equations.softmax import log_softmax, softmax

DTYPES = (np.float16, np.float32, np.float64)


@dataclass(frozen=True)
class Losses:
    """The loss over `gaps (p,)`: by how much the wrong logit is above the true class's."""

    dtype: str
    gaps: np.ndarray
    from_probabilities: np.ndarray
    """(p,): -log(softmax(z)), infinite where the probability has rounded to 0."""
    from_logits: np.ndarray
    """(p,): log_sum_exp(z) - z of the true class."""

    @property
    def last_finite(self) -> float:
        """The largest gap whose loss is still finite, computed from the probability."""
        return float(self.gaps[np.isfinite(self.from_probabilities)].max())


def losses(dtype: type[np.floating], gaps: np.ndarray) -> Losses:
    """Two classes with logits (gap, 0), the second one true, all in `dtype`; `gaps (p,)`."""
    z = np.stack([gaps, np.zeros_like(gaps)]).astype(dtype)
    with np.errstate(divide="ignore"):
        from_probabilities = -np.log(softmax(z)[1])
    return Losses(np.dtype(dtype).name, gaps, from_probabilities, -log_softmax(z)[1])
