"""What hypothesis draws for the tests: batches of random shape, each with numbers of its own."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st


class Batch(NamedTuple):
    """A batch, parameters that fit it, and an upstream gradient."""

    z: np.ndarray
    gamma: np.ndarray
    beta: np.ndarray
    dz_tilde: np.ndarray
    eps: float


@st.composite
def batches(draw: st.DrawFn, min_examples: int = 1) -> Batch:
    """Units of different means and spreads; eps sometimes 0.1, which nobody can overlook."""
    n, m = draw(st.integers(1, 5)), draw(st.integers(min_examples, 7))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    spread = rng.uniform(0.5, 3, (n, 1))
    z = rng.normal(size=(n, 1)) * 3 + spread * rng.standard_normal((n, m))
    gamma, beta = rng.normal(size=(2, n, 1))
    return Batch(z, gamma, beta, rng.standard_normal((n, m)), draw(st.sampled_from([1e-5, 0.1])))


def relative_error(actual: np.ndarray, expected: np.ndarray) -> float:
    """The norm of the difference over the larger of both norms; 0 if both are zero."""
    scale = max(np.linalg.norm(actual), np.linalg.norm(expected))
    return float(np.linalg.norm(actual - expected) / scale) if scale else 0.0
