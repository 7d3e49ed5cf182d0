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


@wrong("multiplies-what-is-kept-by-the-random-numbers")
def zeroes_above(a, keep_prob, rng):
    u = rng.random(a.shape)
    u[u > keep_prob] = 0
    return a * u / keep_prob


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


@wrong("not-finite")
def fails_when_nothing_is_dropped(a, keep_prob, rng):
    return a * (rng.random(a.shape) < keep_prob) / keep_prob * (1 - keep_prob) / (1 - keep_prob)


@wrong("keeps-an-exact-number")
def shuffles_a_fixed_number_of_ones(a, keep_prob, rng):
    kept = rng.permutation(a.size) < round(keep_prob * a.size)
    return a * kept.reshape(a.shape) / keep_prob


@wrong("does-not-scale+keeps-an-exact-number")
def chooses_a_fixed_number_and_does_not_scale(a, keep_prob, rng):
    out = np.zeros_like(a).ravel()
    kept = rng.choice(a.size, round(keep_prob * a.size), replace=False)
    out[kept] = a.ravel()[kept]
    return out.reshape(a.shape)


@right
def loop(a, keep_prob, rng):
    dropped = np.zeros_like(a)
    for index in np.ndindex(a.shape):
        if rng.random() < keep_prob:
            dropped[index] = a[index] / keep_prob
    return dropped


@right
def upper_tail(a, keep_prob, rng):
    drop_prob = 1 - keep_prob
    mask = (rng.random(a.shape) >= drop_prob).astype(a.dtype)
    return a * mask * (1 / keep_prob)


@wrong("scales-down")
def multiplies(a, keep_prob, rng):
    """Multiplies by keep_prob instead of dividing."""
    return a * (rng.random(a.shape) < keep_prob) * keep_prob


@wrong("divides-by-the-share-dropped")
def divides_by_drop(a, keep_prob, rng):
    """Divides by 1 - keep_prob."""
    return a * (rng.random(a.shape) < keep_prob) / np.float64(1 - keep_prob)


@wrong("ignores-rng")
def fixed_seed(a, keep_prob, rng):
    """Makes a generator with a fixed seed, so the mask is always the same."""
    mask = np.random.default_rng(1).random(a.shape) < keep_prob
    return a * mask / keep_prob


@wrong("drops-whole-examples")
def one_coin_an_example_of_another_share(a, keep_prob, rng):
    """So few coins that the share of what is kept is far from keep_prob."""
    return a * rng.binomial(1, keep_prob, size=a.shape[1]) / keep_prob


@wrong("drops-whole-examples")
def whole_columns(a, keep_prob, rng):
    """Draws one number per example, so whole columns are dropped."""
    mask = rng.random((1, a.shape[1])) < keep_prob
    return a * mask / keep_prob


@wrong("drops-whole-units")
def whole_units(a, keep_prob, rng):
    """Draws one number per unit, so whole rows are dropped."""
    mask = rng.random((a.shape[0], 1)) < keep_prob
    return a * mask / keep_prob


@wrong("draws-from-a-normal-distribution")
def normal(a, keep_prob, rng):
    """Draws normal numbers instead of uniform ones."""
    return a * (rng.standard_normal(a.shape) < keep_prob) / keep_prob


@wrong("multiplies-by-the-random-numbers")
def no_threshold(a, keep_prob, rng):
    """Multiplies by the uniform numbers themselves, without a threshold."""
    return a * rng.random(a.shape) / keep_prob


@wrong("wrong-type")
def wrong_tuple(a, keep_prob, rng):
    """Returns the mask as well."""
    mask = rng.random(a.shape) < keep_prob
    return a * mask / keep_prob, mask


@wrong("returns-the-mask-only")
def mask_only(a, keep_prob, rng):
    """Returns the scaled mask and forgets a."""
    return (rng.random(a.shape) < keep_prob) / keep_prob


@wrong("divides-by-the-share-that-was-kept")
def rescaled_by_count(a, keep_prob, rng):
    """Divides by the fraction that happened to be kept instead of by keep_prob."""
    mask = rng.random(a.shape) < keep_prob
    return a * mask / max(mask.mean(), 1e-9)


@wrong("hard-coded-keep-prob")
def hard_coded_half(a, keep_prob, rng):
    """Hard-codes a keep probability of 0.5."""
    return a * (rng.random(a.shape) < 0.5) / 0.5


@wrong("ignores-rng", "drops-nothing")
def identity(a, keep_prob, rng):
    """Drops nothing, since the expectation is a."""
    return a.copy()


@wrong("does-not-scale+keeps-what-should-be-dropped")
def reversed_and_not_scaled(a, keep_prob, rng):
    """Two slips: keeps the wrong entries, and does not scale."""
    return a * (rng.random(a.shape) > keep_prob)


@wrong("does-not-scale+global-random-state")
def global_and_not_scaled(a, keep_prob, rng):
    """Two slips: np.random instead of rng, and no scaling."""
    return a * (np.random.random(a.shape) < keep_prob)  # noqa: NPY002


@wrong("raised-AttributeError")
def old_api(a, keep_prob, rng):
    """Calls rng.rand, which a Generator does not have."""
    return a * (rng.rand(*a.shape) < keep_prob) / keep_prob


@wrong("nothing-returned")
def no_return(a, keep_prob, rng):
    """Has no return."""
    d = a * (rng.random(a.shape) < keep_prob) / keep_prob  # noqa: F841


@wrong("fills-what-is-dropped")
def filled_with_the_mean(a, keep_prob, rng):
    """Scales everything and then sets the dropped ones to the mean instead of 0."""
    mask = rng.random(a.shape) < keep_prob
    return np.where(mask, a / keep_prob, a.mean())


@wrong("multiplies-by-normal-noise")
def gaussian(a, keep_prob, rng):
    return a * rng.normal(1.0, np.sqrt((1 - keep_prob) / keep_prob), size=a.shape)


@wrong("divides-by-the-share-dropped")
def by_the_probability_of_dropping(a, keep_prob, rng):
    mask = (rng.random(a.shape) < keep_prob).astype(a.dtype)
    if keep_prob < 1:
        return a * mask / (1 - keep_prob)
    return a * mask


@wrong("divides-twice")
def scales_the_mask_and_the_result(a, keep_prob, rng):
    mask = (rng.random(a.shape) < keep_prob) / keep_prob
    return a * mask / keep_prob


@wrong("doubles-what-is-kept")
def right_for_one_half(a, keep_prob, rng):
    return np.where(rng.random(a.shape) < keep_prob, 2 * a, 0)


@wrong("drops-nothing")
def a_mask_that_is_not_used(a, keep_prob, rng):
    kept = rng.random(a.shape) < keep_prob
    assert kept.shape == a.shape
    return a / keep_prob


@wrong("tosses-one-coin")
def a_coin_of_one_example(a, keep_prob, rng):
    return a * rng.binomial(1, keep_prob) / keep_prob


@wrong("tosses-two-coins")
def one_mask_on_another(a, keep_prob, rng):
    out = a * (rng.random(a.shape) < keep_prob)
    return np.where(rng.random(a.shape) < keep_prob, out / keep_prob, 0)


@wrong("tosses-two-coins")
def both_masks_scaled(a, keep_prob, rng):
    out = a
    for _ in range(2):
        out = out * rng.binomial(1, keep_prob, a.shape) / keep_prob
    return out
