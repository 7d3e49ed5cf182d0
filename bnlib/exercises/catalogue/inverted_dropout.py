"""Drop entries at random, and scale the rest so that the expectation is unchanged."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def inverted_dropout(a, keep_prob, rng):
    """a (n, m) -> (n, m): each entry kept with probability keep_prob and divided by it, else 0."""
    kept = rng.random(a.shape) < keep_prob
    return a * kept / keep_prob


HINTS = (
    "How do you toss one coin for every entry of a, each with its own outcome, so that it comes "
    "up 'keep' with probability keep_prob?",
    "A uniform random number between 0 and 1 lies below keep_prob with just that probability. "
    "Compare an array of them, of a's shape, with it, and multiply a by the outcome.",
    "On average a share keep_prob of every entry is left. Divide what is kept by keep_prob, and "
    "the expectation is a again.",
)

FACT = (
    "Because it is scaled in training, nothing is left to do at test time: that is the "
    "'inverted'. The first papers on dropout scaled the weights at test time instead."
)


def inputs():
    """Many entries, none of them 0; a share above a half, one below, one near 1; nothing dropped.

    Where all are kept, a share that is off by a thousandth shows; and one of the numbers drawn
    there is so near to 1 that it does not bear rounding.
    One coin for all is kept where the share is above a half, and not where it is below.
    """
    values = np.random.default_rng(35).uniform(1, 3, size=(60, 70))
    values *= np.array([1, -90.0, -0.01, 80, -1] * 14)
    return [
        (values, 57 / 70, np.random.default_rng(351)),
        (values[:50], 22 / 70, np.random.default_rng(3521)),
        (values[:, :1], 1.0, np.random.default_rng(353)),
        (-values, 1.0, np.random.default_rng(257)),
        (values.astype(np.float32), 68 / 70, np.random.default_rng(354)),
    ]


def observe(result, a, keep_prob, rng):
    """What all correct answers share: who is kept, by what factor, in what pattern."""
    if result.shape != a.shape:
        raise ValueError("another shape than a's is reported as it is")
    factors = result / a
    rounding = 1e-4 if a.dtype == np.float32 else 1e-9
    kept = factors != 0
    share = float(kept.mean())
    below_normal = 0.5 + 0.34 * keep_prob  # a normal number lies below 0.3 or 0.8 about that often
    shares = (keep_prob, 1 - keep_prob, 0.5, below_normal, 0.0, 1.0, keep_prob**2)
    powers = (1 / keep_prob, 1.0, keep_prob, keep_prob**-0.5, keep_prob**-2)
    known = (*powers, 2.0, 1 / max(1 - keep_prob, 1e-9))
    applied = factors[kept]
    numbers, counts = np.unique(result, return_counts=True)
    most = numbers[counts.argmax()]
    factor: float | str = "not one for all"
    if applied.size and np.isclose(applied, applied[0], rtol=rounding, atol=0).all():
        own = float(applied[0])
        near = [f for f in known if abs(own - f) < rounding * f]
        factor = (
            near[0] if near else ("one over the share kept" if abs(own * share - 1) < 1e-4 else own)
        )
    elif applied.size and np.isclose(result[kept], result[kept][0], rtol=1e-4, atol=0).all():
        factor = "the numbers of a are not in it"
    elif np.isfinite(applied).all() and len(np.unique(np.round(applied, 3))) == 2:
        factor = "one of two"
    whole_rows, whole_columns = (bool(np.all(kept == one)) for one in (kept[:, :1], kept[:1]))
    coins = (1 if whole_columns else a.shape[0]) * (1 if whole_rows else a.shape[1])
    # Five standard deviations of the share: one correct answer in a million would be misjudged.
    near = [s for s in shares if abs(share - s) <= 5 * np.sqrt(s * (1 - s) / coins)]
    return {
        "share of entries not 0": near[0] if near else "another",
        "factor of what is kept": factor,
        "a number that comes again and again": bool(most != 0 and counts.max() > 3 + a.size / 50),
        "entries with another sign than a's": bool(np.any((factors < 0) & (result != most))),
        "whole rows": whole_rows,
        "whole columns": whole_columns,
    }


def over_draws(draws):
    """An exact number of entries kept, every time: no single draw tells that from independence.

    A correct answer keeps just that number in 1.5 of 100 draws, so in all of four hardly ever.
    """
    draws = [(result, a, keep_prob) for result, (a, keep_prob, _) in draws if keep_prob < 1]
    exact = [np.count_nonzero(r) == round(keep_prob * a.size) for r, a, keep_prob in draws]
    if len(exact) >= 4 and all(exact):
        return "keeps-an-exact-number", " ".join(EXACT_NUMBER.split())
    return None


EXACT_NUMBER = """
    You keep exactly the same number of entries in every draw. Each entry is to have a coin of its
    own, independent of all the others, so with a keep_prob below 1 the number that is kept should
    vary from draw to draw. Look at what fixes how many stay."""


def faulty(a, keep_prob, rng, *, keep="below", factor="over", shape="entries"):
    """The reference, with one or two things done wrong."""
    sizes = {"units": (len(a), 1), "examples": (1, a.shape[1]), "all": (1, 1)}
    size = sizes.get(shape, a.shape)
    u = rng.random(size)
    kept = {
        "above": u >= keep_prob,
        "half": u < 0.5,
        "squared": u < keep_prob**2,
        "normal": rng.standard_normal(size) < keep_prob,
    }.get(keep, u < keep_prob)
    kept = kept * np.ones(a.shape)
    times = {
        "none": 1,
        "times": keep_prob,
        "dropped": 1 / (1 - keep_prob) if keep_prob < 1 else np.inf,
        "root": keep_prob**-0.5,
        "twice": keep_prob**-2,
        "double": 2,
        "counted": 1 / kept.mean() if kept.any() else 1,
    }.get(factor, 1 / keep_prob)
    return np.where(kept > 0, a * times, 0)


@mistake
def multiplies_by_normal_noise(a, keep_prob, rng):
    """Below a keep_prob of 1, your numbers are a's with noise on them, and nothing is dropped. Each
    entry is to be dropped with probability 1 - keep_prob. Look at what becomes of an entry that is
    not kept."""
    return a * rng.normal(1, np.sqrt((1 - keep_prob) / keep_prob), a.shape)


@fault(factor="none")
def does_not_scale():
    """You drop, and leave what is kept as it was. Where some other than 0 may be dropped, the next
    layer then gets, on average, numbers nearer to 0 in training than at test time. Look at what the
    expectation of one entry is after the coin."""


@fault(factor="times")
def scales_down():
    """You multiply what is kept by keep_prob. Where keep_prob is below 1 and an entry is not 0,
    dropping alone brings its expectation nearer to 0, and this brings it nearer still. Look at
    whether you multiply or divide."""


@fault(factor="dropped")
def divides_by_the_share_dropped():
    """Where keep_prob is below 1, you divide by the probability of being dropped. What is left of
    the expectation is a share as large as the probability of being kept, so that is what has to be
    undone. Look at the divisor."""


@also(divides_by_the_share_dropped)
def divides_by_the_share_dropped_and_never_by_0(a, keep_prob, rng):
    return a * (rng.random(a.shape) < keep_prob) / max(1 - keep_prob, 1e-9)


@also(divides_by_the_share_dropped)
def divides_by_the_share_dropped_if_any_is(a, keep_prob, rng):
    return a * (rng.random(a.shape) < keep_prob) / (1 - keep_prob if keep_prob < 1 else 1)


@fault(factor="root")
def divides_by_the_root():
    """You divide by the root of keep_prob. It is the plain expectation of an entry that should
    stay, not its mean square. Look at the divisor."""


@fault(factor="counted")
def divides_by_the_share_that_was_kept():
    """You divide by the share that happened to be kept this time. What becomes of an entry is to
    hang on its own coin alone. Look at where your divisor comes from: the probability is given."""


@fault(keep="above")
def keeps_what_should_be_dropped():
    """You keep an entry with probability 1 - keep_prob. With keep_prob = 0.8, four of five are to
    stay on average. Look at what decides whether an entry stays, such as the direction of a
    comparison."""


@fault(keep="half")
def tosses_a_fair_coin():
    """You keep an entry with probability one half or so, whatever keep_prob says. Look for where
    keep_prob should come into your coin."""


@fault(keep="squared")
def tosses_two_coins():
    """The share that you keep is about the square of keep_prob, as where two coins are tossed for
    an entry and both have to come up. Where keep_prob is below 1, that is too few. Look at how
    often you draw, or for a square."""


@also(tosses_two_coins)
def tosses_two_coins_and_divides_for_both(a, keep_prob, rng):
    return faulty(a, keep_prob, rng, keep="squared", factor="twice")


@fault(keep="normal")
def draws_from_a_normal_distribution():
    """You compare normal random numbers with keep_prob. They lie below 0.3 in more than six of ten
    cases, so for most values of keep_prob the share that is kept is not the one asked for. Look at
    the distribution you draw from."""


@fault(shape="units")
def drops_whole_units():
    """You drop or keep whole rows, as with one coin a unit. Every entry is to have its own coin, so
    that one example may lose what another keeps. Look at the shape of your random numbers, or at
    where you draw them in a loop."""


@fault(shape="examples")
def drops_whole_examples():
    """You drop or keep whole columns, as with one coin an example. Every entry is to have its own
    coin. Look at the shape of your random numbers, or at where you draw them in a loop."""


@fault(shape="all")
def tosses_one_coin():
    """You keep the layer as a whole or make it 0 as a whole, as with one coin for all. Every entry
    is to have its own coin. Look at the shape of your random numbers, or at where you draw them in
    a loop."""


@mistake
def multiplies_by_the_random_numbers(a, keep_prob, rng):
    """Your entries get factors that differ, as when they are multiplied by the random numbers
    themselves, and hardly one is dropped: dropout is all or nothing. Look for where a number should
    be turned into yes or no."""
    return a * rng.random(a.shape) / keep_prob


@mistake
def multiplies_what_is_kept_by_the_random_numbers(a, keep_prob, rng):
    """You keep about the right share, but not with one factor for all that stays, as when it is
    multiplied by the random numbers themselves. They are to decide between yes and no only. Look at
    what you do to the entries that stay."""
    u = rng.random(a.shape)
    return a * np.where(u < keep_prob, u, 0) / keep_prob


@mistake
def takes_keep_for_drop(a, keep_prob, rng):
    """You read keep_prob as the probability of being dropped, both for the coin and for the scale.
    Some libraries do ask for that one (`p` or `rate`), this exercise does not. Look at what the
    name says."""
    kept = rng.random(a.shape) >= keep_prob
    return np.where(kept, a / max(1 - keep_prob, 1e-9), 0)


@mistake
def returns_the_mask_only(a, keep_prob, rng):
    """You return the coins, and the activations are not in them. The mask says which entries stay;
    it is still to be applied. Look for where the numbers of `a` should come in."""
    return (rng.random(a.shape) < keep_prob) / keep_prob


@mistake
def hard_coded_keep_prob(a, keep_prob, rng):
    """You keep about half of the entries and double them, whatever keep_prob says. That is right
    for a keep_prob of one half and no other. Look for where keep_prob should come in, in two
    places."""
    return a * (rng.random(a.shape) < 0.5) / 0.5


@mistake
def fills_what_is_dropped(a, keep_prob, rng):
    """You put another number than 0 in the place of what is dropped, such as a mean. Then the next
    layer gets it for every dropped entry, and the expectation of what may be dropped is in general
    no longer what it was. Look at what your dropped entries become."""
    return np.where(rng.random(a.shape) < keep_prob, a / keep_prob, a.mean())


@mistake
def leaves_what_is_dropped(a, keep_prob, rng):
    """Below a keep_prob of 1, your entries get one of two factors, and none becomes 0: so it goes
    when what is kept is scaled and what is to be dropped stays as it was. Nothing is dropped then,
    and the next layer can lean on every single entry as before. Look at what your dropped entries
    become."""
    return np.where(rng.random(a.shape) < keep_prob, a / keep_prob, a)


@fault(factor="twice")
def divides_twice():
    """You divide what is kept by keep_prob twice. Once makes up for a coin of that probability;
    after the second time, where keep_prob is below 1, the expectation is in general no longer a.
    Look at all the places where you divide, such as the mask and the result."""


@fault(factor="double")
def doubles_what_is_kept():
    """You double what is kept, whatever keep_prob says. That is right for a keep_prob of one half
    and no other. Look for where keep_prob should come into your factor."""


@mistake
def drops_nothing(a, keep_prob, rng):
    """Nothing is dropped: your result is the same whichever generator you are given. If you toss
    coins, they have no say in what you return. Look for where yes or no should decide what becomes
    of an entry."""
    return a / keep_prob


@also(drops_nothing)
def drops_nothing_and_does_not_scale(a, keep_prob, rng):
    return a


@also(drops_nothing)
def drops_nothing_and_scales_down(a, keep_prob, rng):
    return a * keep_prob
