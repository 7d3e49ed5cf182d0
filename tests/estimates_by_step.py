"""Estimates of batch norm's statistics after several numbers of steps of one training."""

import copy
from collections.abc import Sequence

import numpy as np

from bnlib.experiments import estimators, trained_net


def scores_at(seed: int, moments: Sequence[int], batch_size: int, **training) -> np.ndarray:
    """The `estimators.scores` after each of `moments` steps: (moments, estimates, 3)."""
    steps, nets = [], {}

    def keep(net, step):
        steps.append([(bn.running_mean.copy(), bn.running_var.copy()) for bn in net.batch_norms])
        if step in moments:
            nets[step] = copy.deepcopy(net)

    _, digits = trained_net.train(seed, batch_size=batch_size, decay=0, callback=keep, **training)
    return np.array(
        [
            estimators.scores(
                estimators.Recorded(trained_net.Trained(nets[k], digits), batch_size, steps[:k])
            )
            for k in moments
        ]
    )
