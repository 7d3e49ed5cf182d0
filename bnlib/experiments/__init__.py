"""The experiments behind the notebooks: pure, seeded functions, one file an experiment.

Importing them has NumPy's BLAS work with one thread: see `threads`.
"""

import numpy as np  # noqa: F401  the BLAS whose threads are meant is in memory then

from bnlib.experiments import threads

threads.use_one()
