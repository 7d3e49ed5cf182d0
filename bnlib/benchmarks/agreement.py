"""Peers must compute what bnlib computes, or comparing their times says nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from bnlib.benchmarks.timing import OURS

TOLERANCE = {np.dtype(np.float32): 2e-4, np.dtype(np.float64): 1e-9}
"""Of the largest entry. Sums of thousands of float32 numbers round; a wrong formula is far off."""


class DisagreementError(AssertionError):
    """A peer computes something else than bnlib."""


def require_agreement(
    peers: dict[str, Callable[[], Sequence[np.ndarray]]], ours: str = OURS
) -> None:
    """Call every peer once and compare all its results with those of `ours`.

    Raises:
        DisagreementError: a peer's results differ by more than rounding, or in number or shape.
    """
    expected = [np.asarray(each) for each in peers[ours]()]
    # A cost is a Python float, though it was computed from float32: the coarsest type decides.
    tolerance = max(TOLERANCE[each.dtype] for each in expected)
    for name in peers.keys() - {ours}:
        found = [np.asarray(each) for each in peers[name]()]
        if [each.shape for each in found] != [each.shape for each in expected]:
            raise DisagreementError(
                f"{name} returns shapes {[each.shape for each in found]}, {ours} "
                f"{[each.shape for each in expected]}"
            )
        for number, (one, other) in enumerate(zip(found, expected)):
            difference = np.abs(one - other).max()
            # Written so that NaN fails too.
            if not difference <= tolerance * np.abs(other).max():
                raise DisagreementError(
                    f"{name}: result {number} differs from {ours}'s by {difference:.2g}, of "
                    f"{np.abs(other).max():.2g}"
                )
