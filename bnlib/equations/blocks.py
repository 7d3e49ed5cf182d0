"""Equations that treat every row alone, applied to a few rows at a time.

An operation on a large array costs what it takes to fetch the array from memory, and the equations
of batch norm are a dozen operations and more. Rows that fit into the processor's cache are fetched
once for all of them: at 4096 x 4096 in float32 that saves a fifth of the time.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import numpy as np

BLOCK_BYTES = 1 << 21  # of one array; three are in use at a time
LONG_ROW = 256  # examples from which a short buffer pays
SHORT_BUFFER = LONG_ROW  # numbers


def is_small(z: np.ndarray) -> bool:
    """Whether `z (n, m)` gains nothing from `by_rows`, which itself takes a microsecond."""
    return z.nbytes <= BLOCK_BYTES and z.shape[1] < LONG_ROW


def by_rows(
    equations: Callable[..., tuple[np.ndarray, ...]], *arrays: np.ndarray, outputs: int
) -> tuple[np.ndarray, ...]:
    """`equations(*arrays)`, computed in blocks of rows where that is quicker.

    Args:
        equations: called with `arrays`, or with the same rows of each and, as the keyword `out`,
            `outputs` arrays to write its first results into. It gives a tuple, first arrays of
            shape (n, m), `outputs` of them, then columns (n, 1).
        arrays: each with n rows, the first of shape (n, m).
        outputs: how many of the results are (n, m).
    """
    n, m = arrays[0].shape
    rows = max(1, BLOCK_BYTES // (m * arrays[0].itemsize))
    with short_buffers(m):
        if rows >= n or not arrays[0].flags.c_contiguous:
            return equations(*arrays)
        z = arrays[0]
        large = [np.empty(z.shape, z.dtype.newbyteorder("=")) for _ in range(outputs)]
        columns = []
        for start in range(0, n, rows):
            block = slice(start, start + rows)
            results = equations(*(a[block] for a in arrays), out=[whole[block] for whole in large])
            columns.append(results[outputs:])
    return *large, *(np.concatenate(parts) for parts in zip(*columns))


@contextlib.contextmanager
def short_buffers(m: int) -> Iterator[None]:
    """NumPy's buffer kept below the length of a row, `m`, and put back afterwards.

    Where a row is shorter than the buffer (8,192 numbers), NumPy copies the column that it is
    multiplied by into the buffer first: `Z * gamma` then takes up to three times as long.
    """
    if m < LONG_ROW:
        yield
        return
    usual = np.setbufsize(SHORT_BUFFER)
    try:
        yield
    finally:
        np.setbufsize(usual)  # np.errstate would do that on NumPy 2 only
