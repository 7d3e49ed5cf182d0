"""The most memory that forward and backward hold beyond their arguments, in arrays of Z's size.

tracemalloc sees every buffer that NumPy allocates: z_tilde, which is kept until the backward pass
is over, what the cache holds, dz and the parameters' gradients, and every temporary. It does not
see a BLAS library's own work space, which does not grow with the arrays.
"""

from __future__ import annotations

import tracemalloc

import numpy as np

from bnlib.benchmarks.batch_norm import Batch, Peer, a_batch, numpy_peers
from bnlib.benchmarks.timing import Effort

SIZES = ((64, 64), (256, 256), (512, 4096), (4096, 4096))


def peak_in_arrays(peer: Peer, b: Batch) -> float:
    """Peak over the size of z; to a tenth, as the (n, 1) columns are no arrays of that size."""
    peer()
    tracemalloc.start()
    try:
        results = peer()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    del results
    return round(peak / b.z.nbytes, 1)


def run(effort: Effort, jax: bool, rng: np.random.Generator) -> dict[str, dict]:
    """{"512 x 4096": {peer: arrays of Z's size}}, float32."""
    table = {}
    for n, m in SIZES:
        if n * m <= 4 * effort.most_entries:
            b = a_batch(n, m, "float32", rng)
            table[f"{n} x {m}"] = {
                name: peak_in_arrays(peer, b) for name, peer in numpy_peers(b).items()
            }
    return table
