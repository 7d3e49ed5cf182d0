"""How many threads NumPy's matrix products take.

The course's matrices are small. Where other work keeps the machine busy (a second notebook, a hub's
other users), threads that wait for each other make a notebook several times slower than one thread
alone. So whoever imports `bnlib.experiments`, as every notebook does, has BLAS work with one thread
from then on, in that process; `bnlib` itself, imported as a library, changes nothing. Whoever has
chosen a number, in one of BLAS's environment variables, keeps it.
"""

from __future__ import annotations

import contextlib
import os

CHOSEN_BY = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)


def use_one() -> None:
    """Have BLAS work with one thread, unless a number was chosen, or threadpoolctl is not here."""
    if any(os.environ.get(name) for name in CHOSEN_BY):
        return
    with contextlib.suppress(ImportError):
        from threadpoolctl import threadpool_limits

        threadpool_limits(1, user_api="blas")  # holds until it is called again
