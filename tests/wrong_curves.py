"""What training becomes with the wrong versions of an exercise that the checker knows."""

import numpy as np

import bnlib
from bnlib.exercises import own_network
from bnlib.exercises.exercise import load


def wrong_gradients(seed, epochs, only=None):
    """Of each known mistake of `network_gradients`: its accuracy at the end minus the right one.

    nan where the update or NumPy refuses what it gives, or where the net diverges.
    """
    digits = bnlib.load_digits()
    data = (digits.x_train, digits.y_train, digits.x_test, digits.y_test)
    split, step = load("split_into_minibatches").reference, load("gradient_step").reference
    right = own_network.course(data, epochs=epochs, seed=seed)
    gaps = []
    for mistake in load("network_gradients").mistakes:
        if only in (None, mistake.name):
            try:
                curve = own_network.curve((split, mistake.answer, step), data, epochs, seed)
                gaps.append(curve[-1] - right[-1])
            except Exception:
                gaps.append(np.nan)
    return np.array(gaps)
