"""Mean and variance of all examples, from batches that come one after another."""

from collections.abc import Iterator

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake
from bnlib.exercises.handed import OnceThrough


def recompute_statistics(batches):
    """batches: (n, m_t) arrays, a list or a generator -> (mean, var) (n, 1) of all of them."""
    count, mean, var = 0, 0.0, 0.0
    for batch in batches:
        m = batch.shape[1]
        total = count + m
        shift = batch.mean(axis=1, keepdims=True) - mean
        var = (count * var + m * batch.var(axis=1, keepdims=True)) / total
        var = var + count * m * (shift / total) ** 2
        mean = mean + m * shift / total
        count = total
    return mean, var


HINTS = (
    "The batches come once, and may be gone after that. What would you have to note of each, so "
    "that mean and variance of all examples can be had in the end?",
    "Count, sum and sum of squares would do; so would each batch's size, mean and variance, with "
    "what you know of putting statistics together. Or keep the batches, if memory allows it.",
    "One loop: for each batch append its size, mean and variance to three lists. After the loop, "
    "weigh the means by size, and average variance plus squared distance of the means likewise.",
)

FACT = (
    "With the final weights this is a cure for running averages that lag: pass the training "
    "images through once more, and replace them."
)


def inputs():
    """Batches of different sizes, one example among them; lists, and what comes only once."""
    rng = np.random.default_rng(12)

    def batch(n, m):
        level, spread = (
            np.array([75.0, -140.0, 4e-4, 7.0])[:n],
            np.array([9.0, 30.0, 3e-4, 2.0])[:n],
        )
        moved = level + spread * rng.normal(0, 2, n)
        return moved[:, np.newaxis] + spread[:, np.newaxis] * rng.normal(size=(n, m))

    small = [np.array([[1.0, 5.0, 3.0], [0.0, 2.0, 1.0]]), np.array([[9.0], [-4.0]])]
    single = np.array([[2.5], [-1.0], [4.0]])
    return [
        ([*small, np.array([[2.0, 6.0], [7.0, 1.0]])],),
        (OnceThrough([batch(4, m) for m in (4, 1, 130, 6, 2)]),),
        (OnceThrough([single]),),
        ([batch(1, m).astype(np.float32) for m in (2, 5)],),
    ]


def faulty(batches, *, seen="all", weigh="size", spread="both", less=0, last="var",
           first="mean"):  # fmt: skip
    """The reference, with one or two things done wrong."""
    parts = list(batches)
    parts = {"first": parts[:1], "last": parts[-1:]}.get(seen, parts)
    sizes = np.array([part.shape[1] for part in parts], float)
    ways = {"equal": np.ones(len(parts)), "one less": sizes - 1, "squared": sizes**2}
    weights = ways.get(weigh, sizes)
    share = weights / weights.sum()
    mu = np.hstack([part.mean(axis=1, keepdims=True) for part in parts])
    v = np.hstack([part.var(axis=1, keepdims=True) for part in parts])
    mean = (share * mu).sum(axis=1, keepdims=True)
    plain = mu.mean(axis=1, keepdims=True)
    inner = 0 * v if spread == "between" else v
    outer = {
        "within": 0 * v,
        "around zero": mu**2,
        "around plain mean": (mu - plain) ** 2,
        "plain variance": mu.var(axis=1, keepdims=True),
    }.get(spread, (mu - mean) ** 2)
    var = (share * (inner + outer)).sum(axis=1, keepdims=True)
    total = sum(part.shape[1] for part in parts)
    var = var * np.float64(total) / (total - less)
    final = {"deviation": np.sqrt(var), "square": var**2, "sum": var * total}
    return plain if first == "plain" else mean, final.get(last, var)


@fault(seen="last")
def keeps_the_last_batch():
    """Your result is that of the last batch alone. Any others came too, and nothing of their
    numbers is left in it. Look at what is carried over from one batch to the next."""


@fault(seen="first")
def stops_after_the_first_batch():
    """Your result is that of the first batch alone. Any other batches hold examples, too. Look at
    which batches you go through: a `return` inside a loop ends it."""


@fault(weigh="equal")
def gives_every_batch_the_same_weight():
    """Your batches count alike, whatever their size. One example of a small batch then counts more
    than one of a large batch. Look for where the sizes should come in."""


@fault(weigh="one less")
def weighs_by_one_less():
    """You weigh each batch by its size less one, as with unbiased variances. A batch of one beside
    larger ones would not count. Look at your weights."""


@fault(weigh="squared")
def weighs_by_the_square():
    """You weigh by the square of the sizes. Perhaps a sum is multiplied by the size once more. A
    batch twice as large then counts four times as much, and twice is due. Look at how often the
    size comes in."""


@fault(spread="within")
def forgets_the_spread_of_the_means():
    """Your variance is made of the batches' variances alone. Their means may differ as well, and
    that belongs to the spread of all examples. Look at what is missing from your second result."""


@fault(spread="between")
def forgets_the_spread_within():
    """Your variance is only that of the batches' means. The examples can vary within the batches
    too, and usually do so far more. Look for where the batches' own variances should come in."""


@fault(spread="around zero")
def gives_the_mean_of_the_squares():
    """Your variance is the mean of the squares, with the mean still in it. A mean far from 0 then
    counts as spread. Look at what has to be taken away, be it from each number or at the end."""


@fault(spread="around plain mean")
def measures_from_the_plain_mean():
    """Your variance is measured from the unweighted mean of the batches' means. The common mean is
    weighed by the sizes. Look at which mean stands there."""


@fault(spread="plain variance")
def weighs_the_spread_of_the_means_equally():
    """Your spread of the means is their plain variance, in which every batch counts alike. Both
    parts of the variance are averages over examples, so both need the sizes. Look at the part that
    the means make."""


@fault(less=1)
def divides_by_one_less():
    """Your variance is divided by the number of examples less one, at least where there are
    several. Batch norm's variance here is the biased one. Look for `ddof`, or at what your variance
    is divided by."""


@fault(last="deviation")
def gives_the_standard_deviation():
    """Your second result is a root: a standard deviation. Batch norm adds eps to the variance and
    takes the root itself. Look for a root, or for a `std`."""


@fault(last="square")
def squares_the_variance():
    """Your second result is the square of a variance: perhaps a variance was taken for a deviation.
    Look for a square too many."""


@fault(last="sum")
def never_divides_the_variance():
    """Your second result is still a sum of squared distances, not their mean. Look at what is left
    to do at the end."""


@fault(first="plain")
def averages_the_means_unweighted():
    """Your first result is the unweighted mean of the batches' means. A larger batch has more
    examples, so its mean counts more. Look for where the sizes should come into it."""


@mistake
def goes_through_twice(batches):
    """You go through `batches` more than once. With a list that works; a generator gives its
    batches once, and the second time there is nothing left. Look for a second loop, or for a sum, a
    comprehension or a call that is one."""
    total, first = 0, 0
    for batch in batches:
        total, first = total + batch.shape[1], first + batch.sum(axis=1, keepdims=True)
    mean, squares = first / total, np.zeros_like(first)
    for batch in batches:
        squares = squares + ((batch - mean) ** 2).sum(axis=1, keepdims=True)
    return mean, squares / total


@also(goes_through_twice)
def counts_in_a_second_sum(batches):
    with np.errstate(all="ignore"):
        mean = sum(b.sum(axis=1, keepdims=True) for b in batches)
        mean = mean / np.float64(sum(b.shape[1] for b in batches))
        squares = np.float64(sum(((b - mean) ** 2).sum(axis=1, keepdims=True) for b in batches))
        return mean, squares / np.float64(sum(b.shape[1] for b in batches))


@also(goes_through_twice)
def counts_first(batches):
    count = sum(b.shape[1] for b in batches)
    mean = sum(b.sum(axis=1, keepdims=True) for b in batches) / count
    return mean, sum(((b - mean) ** 2).sum(axis=1, keepdims=True) for b in batches) / count


@also(goes_through_twice)
def a_number_for_the_variance(batches):
    total, first = 0, 0
    for batch in batches:
        total, first = total + batch.shape[1], first + batch.sum(axis=1, keepdims=True)
    mean = first / total
    return mean, sum(((b - mean) ** 2).sum(axis=1, keepdims=True) for b in batches) / total


@also(goes_through_twice)
def divides_by_a_plain_zero(batches):
    mean = sum(b.sum(axis=1, keepdims=True) for b in batches)
    mean = mean / sum(b.shape[1] for b in batches)
    return mean, sum(((b - mean) ** 2).sum(axis=1, keepdims=True) for b in batches) / sum(
        b.shape[1] for b in batches
    )


@mistake
def wants_a_list(batches):
    """Your answer takes a list, and stops with an exception for a generator, which has no length
    and no index, which numpy does not stack, and which can be gone through only once. Look at what
    you ask of `batches` other than to give you one batch after another, once."""
    z = np.hstack([batches[i] for i in range(len(batches))])
    return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)


@mistake
def averages_over_units(batches):
    """You average over the units, a number for each example. Each unit needs its own statistics,
    over all the examples, and examples are columns. Look at what your mean runs over."""
    z = np.hstack(list(batches))
    return z.mean(axis=0, keepdims=True), z.var(axis=0, keepdims=True)


@mistake
def mixes_the_units(batches):
    """All units get the same mean and variance in your result, those of all numbers together. Every
    unit has its own level and scale. Look at the axis along which you average or sum, for both
    results: without one, NumPy takes all numbers."""
    z = np.hstack(list(batches))
    return np.full((len(z), 1), z.mean()), np.full((len(z), 1), z.var())


@mistake
def divides_by_every_entry(batches):
    """You divide by the number of all entries, units times examples. Every unit has its own sum,
    with one term an example. Look at your count: `size` counts every entry, `shape` has one for
    each axis."""
    z = np.hstack(list(batches))
    mean = z.sum(axis=1, keepdims=True) / z.size
    return mean, ((z - mean) ** 2).sum(axis=1, keepdims=True) / z.size


@mistake
def keeps_a_moving_average(batches):
    """You weigh old and new with fixed numbers, as a running average does. Here the network's
    weights do not change any more, so every example counts alike. Look at the weight of what came
    before."""
    mean, var = None, None
    for b in batches:
        mu, v = b.mean(axis=1, keepdims=True), b.var(axis=1, keepdims=True)
        mean = mu if mean is None else 0.9 * mean + 0.1 * mu
        var = v if var is None else 0.9 * var + 0.1 * v
    return mean, var


@mistake
def halves_what_came_before(batches):
    """You average each batch with the result so far, half and half. What came before then counts
    half as much. Look at how much all earlier examples weigh against the new ones."""
    mean, var = None, None
    for b in batches:
        mu, v = b.mean(axis=1, keepdims=True), b.var(axis=1, keepdims=True)
        mean = mu if mean is None else (mean + mu) / 2
        var = v if var is None else (var + v) / 2
    return mean, var


@mistake
def sums_without_dividing(batches):
    """Your results are the sums of the batches' statistics. A mean lies among the values it is the
    mean of, and a sum need not. Look first for where a division should come, and for where the
    sizes should."""
    pairs = [(b.mean(axis=1, keepdims=True), b.var(axis=1, keepdims=True)) for b in batches]
    return sum(mu for mu, _ in pairs), sum(v for _, v in pairs)


@mistake
def measures_from_the_mean_so_far(batches):
    """Your variance is measured from the mean of what had come so far. It can move as more comes,
    and the distances are then measured from several means. Look at which mean is known while
    batches are still to come."""
    count, first, squares = 0, 0, 0
    for b in batches:
        count, first = count + b.shape[1], first + b.sum(axis=1, keepdims=True)
        squares = squares + ((b - first / count) ** 2).sum(axis=1, keepdims=True)
    return first / count, squares / count


def _example_by_example(batches, before, after):
    count, mean, squares = 0, 0.0, 0.0
    for x in np.hstack(list(batches)).T[:, :, np.newaxis]:
        count, old = count + 1, mean
        mean = mean + (x - mean) / count
        squares = squares + (x - old) ** before * (x - mean) ** after
    return mean, squares / count


@mistake
def measures_each_example_from_those_before(batches):
    """Each example's distance is measured from the mean of those before it; the first one's, with
    none before it, from 0. That is too much in general: the mean then moves towards the
    example, whose distance becomes smaller. Look at which two distances belong in a product, or at
    what each square is multiplied by."""
    return _example_by_example(batches, 2, 0)


@also(measures_from_the_mean_so_far)
def measures_each_example_from_those_so_far(batches):
    return _example_by_example(batches, 0, 2)


@mistake
def divides_by_the_number_of_batches(batches):
    """You divide by the number of batches, and what you add up are all their examples. So it is the
    examples that have to be counted. Look at what you count."""
    z = list(batches)
    mean, squares = (sum((b**k).sum(axis=1, keepdims=True) for b in z) / len(z) for k in (1, 2))
    return mean, squares - mean**2


@mistake
def leaves_out_batches_of_one(batches):
    """Your result can leave out a batch of a single example. It has no spread of its own, yet its
    example counts like all others in the mean and the variance of all of them. Look for a
    condition, or a count less one."""
    z = np.hstack([b for b in batches if b.shape[1] > 1])
    return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)


@also(leaves_out_batches_of_one)
def leaves_them_out_of_the_sums(batches):
    parts = [b for b in batches if b.shape[1] > 1]
    count = sum(b.shape[1] for b in parts)
    first, second = (sum((b**k).sum(axis=1, keepdims=True) for b in parts) / count for k in (1, 2))
    return first, second - first**2


@mistake
def drops_smaller_batches(batches):
    """Batches smaller than the first do not come into your result. The last of an epoch often is,
    and its examples count like all others. Look at which batches you let through."""
    z = list(batches)
    return recompute_statistics([b for b in z if b.shape[1] >= z[0].shape[1]])


@mistake
def returns_the_sums(batches):
    """You return the sums of the numbers and of their squares. They are of use on the way, and
    every further example goes into them whole; a mean and a variance are shared out. Look at what
    is left to do at the end."""
    z = np.hstack(list(batches))
    return z.sum(axis=1, keepdims=True), (z**2).sum(axis=1, keepdims=True)


@mistake
def weighs_the_batches_alike_in_the_variance(batches):
    """Your mean weighs every example alike, your variance every batch alike, whatever its size.
    Both are over all the examples. Look for where the sizes should come into your variance."""
    parts = list(batches)
    mean = np.hstack(parts).mean(axis=1, keepdims=True)
    squares = [((b - mean) ** 2).mean(axis=1, keepdims=True) for b in parts]
    return mean, np.mean(squares, axis=0)


@mistake
def forgets_to_square_the_mean(batches):
    """Your variance is the mean of the squares less the mean itself. If z were
    in volts, one would be in volts squared and the other in volts. Look at the second of the two
    terms."""
    mean, var = recompute_statistics(batches)
    return mean, var + mean**2 - mean


@mistake
def squares_the_sums(batches):
    """You square each batch's sum, where the sum of its squares is due: (1 + 2) squared is not 1
    squared and 2 squared together. Look at which comes first, the sum or the square."""
    z = list(batches)
    count = sum(b.shape[1] for b in z)
    sums = [b.sum(axis=1, keepdims=True) for b in z]
    mean = sum(sums) / count
    return mean, sum(s**2 for s in sums) / count - mean**2


@mistake
def drops_the_first_batch(batches):
    """Where there are several batches, the first does not come into your result. Perhaps `next`
    takes it out: what is taken from a generator does not come again. Look at what becomes of the
    first batch."""
    z = list(batches)
    nothing = z[0][:, :1] * np.nan
    return recompute_statistics(z[1:]) if len(z) > 1 else (nothing, nothing)


@also(drops_the_first_batch)
def drops_the_first_batch_and_divides_by_zero(batches):
    z = list(batches)[1:]
    return recompute_statistics(z) if z else 0 / 0


def _joined(batches, factor):
    count, mean, squares = 0, 0.0, 0.0
    for z in batches:
        size, own = z.shape[1], z.mean(axis=1, keepdims=True)
        squares = squares + size * z.var(axis=1, keepdims=True)
        squares = squares + ((own - mean) ** 2 * factor(count, size) if count else 0)
        mean = mean + (own - mean) * size / (count + size)
        count += size
    return mean, squares / count


@mistake
def adds_the_squared_distance_without_sizes(batches):
    """Where a batch joins those before it, you add the square of the distance between the two means
    in general with another factor than is due. It counts for the examples of both, so both counts
    belong there. Look at what stands beside that square."""
    return _joined(batches, lambda count, size: 1)


@also(adds_the_squared_distance_without_sizes)
def weighs_it_by_the_batch(batches):
    return _joined(batches, lambda count, size: size)


@also(adds_the_squared_distance_without_sizes)
def weighs_it_by_the_batch_twice(batches):
    return _joined(batches, lambda count, size: size**2 / (count + size))


@also(adds_the_squared_distance_without_sizes)
def adds_it_to_the_variance(batches):
    return _joined(batches, lambda count, size: count + size)


@also(adds_the_squared_distance_without_sizes)
def weighs_it_by_those_before(batches):
    return _joined(batches, lambda count, size: count)


@also(adds_the_squared_distance_without_sizes)
def weighs_it_by_the_product(batches):
    return _joined(batches, lambda count, size: count * size)


@mistake
def counts_the_units(batches):
    """You divide by a count of rows, and there is one row a unit. The sums run over the examples,
    which are columns. Look at your count: `len` and `shape[0]` of a batch count rows."""
    parts = list(batches)
    count = sum(len(b) for b in parts)
    mean, squares = (sum((b**k).sum(axis=1, keepdims=True) for b in parts) / count for k in (1, 2))
    return mean, squares - mean**2


@also(counts_the_units)
def counts_the_units_and_measures_from_the_mean(batches):
    parts = list(batches)
    count = sum(len(b) for b in parts)
    mean = sum(b.sum(axis=1, keepdims=True) for b in parts) / count
    return mean, sum(((b - mean) ** 2).sum(axis=1, keepdims=True) for b in parts) / count


@mistake
def measures_from_the_first_mean(batches):
    """Your distances are measured from the first batch's mean. It is the mean of all examples that
    they are to be measured from. Look at what you subtract."""
    z = list(batches)
    mean, var = recompute_statistics(z)
    return mean, var + (mean - z[0].mean(axis=1, keepdims=True)) ** 2


@mistake
def measures_each_batch_from_those_before(batches):
    """Your variance takes in how far each batch lies from those before it, with too much weight:
    even the first, which has none before it, adds a multiple of its squared mean. If you join
    batches, the count before is a factor there, 0 for the first: look at which count you use. If
    you square every example's distance, look at which mean is known by then."""
    squares, count, mean = 0.0, 0, 0.0
    for z in batches:
        size, apart = z.shape[1], z.mean(axis=1, keepdims=True) - mean
        count = count + size
        squares = squares + size * (z.var(axis=1, keepdims=True) + apart**2)
        mean = mean + apart * size / count
    return mean, squares / count


@also(measures_each_batch_from_those_before)
def counts_the_batch_twice(batches):
    squares, count, mean = 0.0, 0, 0.0
    for z in batches:
        size, apart = z.shape[1], z.mean(axis=1, keepdims=True) - mean
        count = count + size
        squares = squares + size * z.var(axis=1, keepdims=True)
        squares = squares + apart**2 * count * size / (count + size)
        mean = mean + apart * size / count
    return mean, squares / count


@mistake
def moves_the_mean_too_soon(batches):
    """You join the batches one by one, and take each batch's distance from a mean into which that
    batch has gone already. The distance is due between it and those before it. Look at the order of
    your steps."""
    squares, count, mean = 0.0, 0, 0.0
    for z in batches:
        size, own = z.shape[1], z.mean(axis=1, keepdims=True)
        mean = mean + (own - mean) * size / (count + size)
        squares = squares + size * z.var(axis=1, keepdims=True)
        squares = squares + (own - mean) ** 2 * count * size / (count + size)
        count = count + size
    return mean, squares / count


@also(weighs_the_batches_alike_in_the_variance)
def weighs_them_alike_around_their_plain_mean(batches):
    parts = list(batches)
    mean = np.hstack(parts).mean(axis=1, keepdims=True)
    mu, v = zip(*((z.mean(axis=1), z.var(axis=1)) for z in parts), strict=True)
    return mean, (np.mean(v, axis=0) + np.var(mu, axis=0))[:, np.newaxis]


@mistake
def counts_the_first_batch_twice(batches):
    """The first batch counts twice in your result, at least where `batches` is a list. Perhaps you
    look at it beforehand, such as with `next`, and then go through all: a list then begins again
    from its front. Look at where the first batch comes in."""
    z = list(batches)
    return recompute_statistics(z if isinstance(batches, OnceThrough | Iterator) else [z[0], *z])


@also(counts_the_first_batch_twice)
def counts_the_first_batch_of_any_twice(batches):
    z = list(batches)
    return recompute_statistics([z[0], *z])


@mistake
def counts_all_batches_like_one(batches):
    """Your count takes every batch to be as large as one of them. Batches can differ in size, and
    then it need not be the number of examples you have added. Look at how you come to the
    number by which you divide."""
    return _by_the_size_of(list(batches), -1)


@also(counts_all_batches_like_one)
def counts_all_batches_like_the_first(batches):
    return _by_the_size_of(list(batches), 0)


def _by_the_size_of(batches, which):
    count = len(batches) * batches[which].shape[1]
    mean = sum(z.sum(axis=1, keepdims=True) for z in batches) / count
    return mean, sum((z**2).sum(axis=1, keepdims=True) for z in batches) / count - mean**2


def _moving(batches, var, rest):
    mean = 0.0
    for b in batches:
        mean = (1 - rest) * mean + rest * b.mean(axis=1, keepdims=True)
        var = (1 - rest) * var + rest * b.var(axis=1, keepdims=True)
    return mean, var


@also(keeps_a_moving_average)
def keeps_a_moving_average_from_0_and_1(batches):
    return _moving(batches, 1.0, 0.1)


@also(keeps_a_moving_average)
def keeps_a_moving_average_from_0(batches):
    return _moving(batches, 0.0, 0.1)


@also(keeps_a_moving_average)
def keeps_a_slow_moving_average_from_0_and_1(batches):
    return _moving(batches, 1.0, 0.01)


@mistake
def counts_the_last_batch_only(batches):
    """You add up over all batches, and divide by the size of one of them, the last or the first.
    Look at what becomes of your count from batch to batch."""
    return _over_one_size(batches, -1)


@also(counts_the_last_batch_only)
def counts_the_first_batch_only(batches):
    return _over_one_size(batches, 0)


def _over_one_size(batches, which):
    batches = list(batches)
    count = batches[which].shape[1]
    mean = sum(b.sum(axis=1, keepdims=True) for b in batches) / count
    return mean, sum((b**2).sum(axis=1, keepdims=True) for b in batches) / count - mean**2


@mistake
def adds_the_batches_entry_by_entry(batches):
    """You combine whole batches entry by entry, as a sum of arrays does. They may be of
    different sizes, and an example of one has nothing to do with one of another. Look at what is to
    be gathered of each batch."""
    total, count = 0.0, 0
    for z in batches:
        total, count = total + z, count + 1
    z = np.asarray(total / count)
    return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
