"""Training as most experiments do it: in batches of 60, and without a progress bar."""

from functools import partial

from bnlib.training import fit

fit_quietly = partial(fit, batch_size=60, progress=False)
