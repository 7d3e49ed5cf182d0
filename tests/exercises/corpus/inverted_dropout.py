"""Answers to `inverted_dropout`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_plain(a, keep_prob, rng):
    mask = rng.random(a.shape) < keep_prob
    return a * mask / keep_prob


@right
def correct_binomial(a, keep_prob, rng):
    kept = rng.binomial(1, keep_prob, size=a.shape)
    return np.multiply(a, kept) / keep_prob


@right
def correct_where(a, keep_prob, rng):
    return np.where(rng.uniform(0, 1, a.shape) < keep_prob, a / keep_prob, 0)


@right
def correct_choice(a, keep_prob, rng):
    factors = rng.choice([0.0, 1.0 / keep_prob], size=a.shape, p=[1 - keep_prob, keep_prob])
    return a * factors


@right
def correct_loop(a, keep_prob, rng):
    dropped = np.zeros_like(a)
    for index in np.ndindex(a.shape):
        if rng.random() < keep_prob:
            dropped[index] = a[index] / keep_prob
    return dropped


@right
def correct_copy(a, keep_prob, rng):
    out = a.copy()
    out[rng.random(a.shape) >= keep_prob] = 0
    out /= keep_prob
    return out


@right
def correct_upper_tail(a, keep_prob, rng):
    drop_prob = 1 - keep_prob
    mask = (rng.random(a.shape) >= drop_prob).astype(a.dtype)
    return a * mask * (1 / keep_prob)


@wrong("does-not-scale")
def wrong_not_scaled(a, keep_prob, rng):
    """Forgets to divide by keep_prob."""
    return a * (rng.random(a.shape) < keep_prob)


@wrong("keeps-what-should-be-dropped")
def wrong_keeps_dropped(a, keep_prob, rng):
    """Uses > instead of <, so entries are kept with probability 1 - keep_prob."""
    return a * (rng.random(a.shape) > keep_prob) / keep_prob


@wrong("scales-down")
def wrong_multiplies(a, keep_prob, rng):
    """Multiplies by keep_prob instead of dividing."""
    return a * (rng.random(a.shape) < keep_prob) * keep_prob


@wrong("divides-by-the-share-dropped")
def wrong_divides_by_drop(a, keep_prob, rng):
    """Divides by 1 - keep_prob."""
    return a * (rng.random(a.shape) < keep_prob) / np.float64(1 - keep_prob)


@wrong("global-random-state")
def wrong_global_random(a, keep_prob, rng):
    """Uses np.random.rand instead of rng."""
    return a * (np.random.rand(*a.shape) < keep_prob) / keep_prob  # noqa: NPY002


@wrong("ignores-rng")
def wrong_fixed_seed(a, keep_prob, rng):
    """Makes a generator with a fixed seed, so the mask is always the same."""
    mask = np.random.default_rng(1).random(a.shape) < keep_prob
    return a * mask / keep_prob


@wrong("drops-whole-examples")
def wrong_whole_columns(a, keep_prob, rng):
    """Draws one number per example, so whole columns are dropped."""
    mask = rng.random((1, a.shape[1])) < keep_prob
    return a * mask / keep_prob


@wrong("drops-whole-units")
def wrong_whole_units(a, keep_prob, rng):
    """Draws one number per unit, so whole rows are dropped."""
    mask = rng.random((a.shape[0], 1)) < keep_prob
    return a * mask / keep_prob


@wrong("draws-from-a-normal-distribution")
def wrong_normal(a, keep_prob, rng):
    """Draws normal numbers instead of uniform ones."""
    return a * (rng.standard_normal(a.shape) < keep_prob) / keep_prob


@wrong("multiplies-by-the-random-numbers")
def wrong_no_threshold(a, keep_prob, rng):
    """Multiplies by the uniform numbers themselves, without a threshold."""
    return a * rng.random(a.shape) / keep_prob


@wrong("keeps-an-exact-number")
def wrong_exact_count(a, keep_prob, rng):
    """Keeps an exact number of entries, so they are not independent."""
    kept = rng.permutation(a.size) < round(keep_prob * a.size)
    return a * kept.reshape(a.shape) / keep_prob


@wrong("changed-arguments")
def wrong_in_place(a, keep_prob, rng):
    """Multiplies a in place."""
    a *= rng.random(a.shape) < keep_prob
    a /= keep_prob
    return a


@wrong("wrong-type")
def wrong_tuple(a, keep_prob, rng):
    """Returns the mask as well."""
    mask = rng.random(a.shape) < keep_prob
    return a * mask / keep_prob, mask


@wrong("returns-the-mask-only")
def wrong_mask_only(a, keep_prob, rng):
    """Returns the scaled mask and forgets a."""
    return (rng.random(a.shape) < keep_prob) / keep_prob


@wrong("divides-by-the-share-that-was-kept")
def wrong_rescaled_by_count(a, keep_prob, rng):
    """Divides by the fraction that happened to be kept instead of by keep_prob."""
    mask = rng.random(a.shape) < keep_prob
    return a * mask / max(mask.mean(), 1e-9)


@wrong("hard-coded-keep-prob")
def wrong_hard_coded_half(a, keep_prob, rng):
    """Hard-codes a keep probability of 0.5."""
    return a * (rng.random(a.shape) < 0.5) / 0.5


@wrong("ignores-rng")
def wrong_identity(a, keep_prob, rng):
    """Drops nothing, since the expectation is a."""
    return a.copy()


@wrong("does-not-scale+keeps-what-should-be-dropped")
def wrong_reversed_and_not_scaled(a, keep_prob, rng):
    """Two slips: keeps the wrong entries, and does not scale."""
    return a * (rng.random(a.shape) > keep_prob)


@wrong("does-not-scale+global-random-state")
def wrong_global_and_not_scaled(a, keep_prob, rng):
    """Two slips: np.random instead of rng, and no scaling."""
    return a * (np.random.random(a.shape) < keep_prob)  # noqa: NPY002


@wrong("raised-AttributeError")
def wrong_old_api(a, keep_prob, rng):
    """Calls rng.rand, which a Generator does not have."""
    return a * (rng.rand(*a.shape) < keep_prob) / keep_prob


@wrong("nothing-returned")
def wrong_no_return(a, keep_prob, rng):
    """Has no return."""
    d = a * (rng.random(a.shape) < keep_prob) / keep_prob  # noqa: F841
