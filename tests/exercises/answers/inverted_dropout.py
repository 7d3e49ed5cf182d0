"""Answers to `inverted_dropout`."""

import numpy as np
from legal import scale

from answers import right, wrong


def anything(rng, dtype):
    """Enough entries to tell a share by, of both signs, none of them 0."""
    a = rng.uniform(1, 3, size=(60, 70)) * rng.choice([-1, 1], size=(60, 70)) * scale(rng)
    keep_prob = float(rng.choice([rng.uniform(0.1, 1), 1.0], p=[0.9, 0.1]))
    return a.astype(dtype), keep_prob, np.random.default_rng(rng.integers(1 << 32))


@right
def with_uniform_numbers(a, keep_prob, rng):
    return np.where(rng.uniform(size=a.shape) < keep_prob, a / keep_prob, 0)


@right
def with_a_binomial(a, keep_prob, rng):
    return a * rng.binomial(1, keep_prob, a.shape) / keep_prob


@right
def with_a_choice(a, keep_prob, rng):
    return a * rng.choice([0, 1 / keep_prob], size=a.shape, p=[1 - keep_prob, keep_prob])


@right
def in_float32(a, keep_prob, rng):
    kept = rng.random(a.shape, dtype=np.float32) < keep_prob
    return (a * kept / keep_prob).astype(a.dtype)


@right
def entry_by_entry(a, keep_prob, rng):
    out = np.zeros(a.shape)
    for i in range(a.shape[0]):
        for j in range(a.shape[1]):
            if rng.random() < keep_prob:
                out[i, j] = a[i, j] / keep_prob
    return out


@right
def on_a_copy(a, keep_prob, rng):
    a = a.copy()
    a[rng.random(a.shape) >= keep_prob] = 0
    a /= keep_prob
    return a


@wrong("does-not-scale")
def plain_dropout(a, keep_prob, rng):
    return a * (rng.random(a.shape) < keep_prob)


@wrong("keeps-what-should-be-dropped")
def the_other_way_round(a, keep_prob, rng):
    return a * (rng.random(a.shape) > keep_prob) / keep_prob


@wrong("drops-whole-units+does-not-scale", "does-not-scale+drops-whole-units")
def two_at_once(a, keep_prob, rng):
    return a * (rng.random((a.shape[0], 1)) < keep_prob)


@wrong("changed-arguments")
def in_place(a, keep_prob, rng):
    a *= rng.random(a.shape) < keep_prob
    a /= keep_prob
    return a


@wrong("global-random-state")
def with_the_global_state(a, keep_prob, rng):
    return a * (np.random.rand(*a.shape) < keep_prob) / keep_prob  # noqa: NPY002


@wrong("own-randomness", "ignores-rng")
def with_its_own_generator(a, keep_prob, rng):
    return a * (np.random.default_rng().random(a.shape) < keep_prob) / keep_prob


@wrong("wrong-for-float32")
def right_for_float64_only(a, keep_prob, rng):
    kept = rng.random(a.shape) < keep_prob
    return a * kept / (keep_prob if a.dtype == np.float64 else 1)


@wrong("wrong-for-one-example")
def fails_when_nothing_is_dropped(a, keep_prob, rng):
    return a * (rng.random(a.shape) < keep_prob) / keep_prob * (1 - keep_prob) / (1 - keep_prob)


@wrong("keeps-an-exact-number")
def shuffles_a_fixed_number_of_ones(a, keep_prob, rng):
    kept = rng.permutation(a.size) < round(keep_prob * a.size)
    return a * kept.reshape(a.shape) / keep_prob


@wrong("keeps-an-exact-number")
def keeps_a_fixed_number_in_each_row(a, keep_prob, rng):
    order = rng.random(a.shape).argsort(axis=1)
    return a * (order < round(keep_prob * a.shape[1])) / keep_prob


@wrong("does-not-scale+keeps-an-exact-number")
def chooses_a_fixed_number_and_does_not_scale(a, keep_prob, rng):
    out = np.zeros_like(a).ravel()
    kept = rng.choice(a.size, round(keep_prob * a.size), replace=False)
    out[kept] = a.ravel()[kept]
    return out.reshape(a.shape)
