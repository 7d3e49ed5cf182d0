"""What is said of random results beyond a single draw, and of randomness that nobody asked for."""

import numpy as np

from bnlib.exercises import grade, slips
from bnlib.exercises.catalogue import inverted_dropout


def test_random_numbers_where_no_generator_is_given_are_called_uncalled_for():
    def noisy(y, amount):
        return y + amount * np.random.rand(*y.shape)  # noqa: NPY002

    verdict = grade("smooth_labels", noisy)
    assert verdict.misconception == "global-random-state"
    assert verdict.message == slips.NO_RANDOMNESS_ASKED


def test_several_draws_together_show_an_exact_number():
    a = np.ones((10, 10))
    exact, off = np.eye(10) > 0, np.eye(10, k=1) > 0

    def seen(*results):
        return inverted_dropout.over_draws([(kept, (a, 0.1, None)) for kept in results])

    name, message = seen(exact, exact, exact, exact)
    assert name == "keeps-an-exact-number" and 15 <= len(message.split()) <= 80
    assert seen(exact, exact, off, exact) is None
    assert seen(exact, exact, exact) is None
    assert inverted_dropout.over_draws([(a, (a, 1.0, None))] * 4) is None
