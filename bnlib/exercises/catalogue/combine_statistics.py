"""Mean and variance of several batches' examples together, from each batch's own."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def combine_statistics(means, variances, sizes):
    """Lists of (n, 1), (n, 1), ints -> (mean, var), each (n, 1), of all examples together."""
    total = sum(sizes)
    mean = sum(m * mu for mu, m in zip(means, sizes, strict=True)) / total
    var = 0
    for mu, v, m in zip(means, variances, sizes, strict=True):
        var = var + m * (v + (mu - mean) ** 2) / total
    return mean, var


HINTS = (
    "A batch of 90 and a batch of 10 examples: how much should each batch's mean count? And if "
    "both have variance 0 but different means, is the variance of all of them 0?",
    "The mean is the batches' means, weighed by their sizes. The variance has two parts: spread "
    "within the batches, and spread of the batches' means around the common one.",
    "For every batch, add its variance and the squared distance of its mean from the common mean. "
    "Average those sums, weighed by size.",
)

FACT = (
    "This is exact, not an estimate, and needs no example twice: it is what batch norm over "
    "several machines computes."
)


def inputs():
    """Sizes that differ and sizes that do not, means that lie apart, as many batches as units."""

    def column(*entries, dtype=np.float64):
        return np.array(entries, dtype).reshape(-1, 1)

    f = np.float32
    return [
        (
            [column(3), column(-1), column(8)],
            [column(0), column(4), column(1)],
            [1, 5, 2],
        ),
        ([column(2, -3, dtype=f), column(5, 1, dtype=f)], [column(4, 1, dtype=f)] * 2, [6, 2]),
        ([column(2, -3)], [column(5, 0.251234)], [4]),
        (
            [
                column(*means)
                for means in np.outer([1, -0.3, 2.2, 0.01], [-70, 0.005, 3.1, 120, -2])
            ],
            [column(*var) for var in np.outer([1, 40, 0.3, 7], [9, 0.0002, 1.7, 130, 0])],
            [3, 130, 1, 58],
        ),
        (
            [
                column(0.0123456, -0.0345678),
                column(-0.0234567, 0.0456789),
                column(0.0345678, 0.0112233),
                column(0.0213243, -0.0221144),
                column(-0.0314159, 0.0271828),
            ],
            [column(0.00123456, 0.00045678 * k) for k in (1, 2, 3, 4, 5)],
            [2, 3, 1, 4, 2],
        ),
        ([column(3, 7.5), column(-1, 0.25)], [column(2, 0.5), column(4, 30)], [3, 3]),
    ]


def faulty(means, variances, sizes, *, weigh="size", between="around mean", within="var", less=0,
           first="mean"):  # fmt: skip
    """The reference, with one or two things done wrong."""
    weights = {
        "equal": [1.0] * len(sizes),
        "inverse": [1 / m for m in sizes],
        "one less": [m - 1.0 for m in sizes],
        "squared": [float(m) ** 2 for m in sizes],
    }.get(weigh, sizes)
    with np.errstate(all="ignore"):
        total = np.float64(sum(weights))
        share = [w / total for w in weights]
        mean = sum(s * mu for s, mu in zip(share, means, strict=True))
        inner = {"std": [np.sqrt(v) for v in variances], "none": [0 * v for v in variances]}
        inner = inner.get(within, variances)
        outer = {
            "none": [0 * mu for mu in means],
            "absolute": [abs(mu - mean) for mu in means],
            "around zero": [mu**2 for mu in means],
            "subtracted": [-((mu - mean) ** 2) for mu in means],
            "plain variance": [np.var(means, axis=0) for _ in means],
            "half of the squares": [-(mean**2) for _ in means],
            "around the mean so far": [
                (mu - np.average(means[: k + 1], axis=0, weights=sizes[: k + 1])) ** 2
                for k, mu in enumerate(means)
            ],
            "around plain mean": [(mu - sum(means) / len(means)) ** 2 for mu in means],
        }.get(between, [(mu - mean) ** 2 for mu in means])
        var = sum(s * (v + b) for s, v, b in zip(share, inner, outer, strict=True))
        told = sum(means) / len(means) if first == "plain" else mean
        return told, var * total / (total - less)


@fault(between="around the mean so far")
def measures_from_the_mean_so_far():
    """Your mean is right. In the variance, each batch's distance is taken from the mean of the
    batches up to it, which later batches can still move. Look at when the mean is complete, and at
    when you use it."""


@fault(weigh="equal")
def ignores_the_sizes():
    """You give every batch the same weight. Where the sizes differ, one example of a small batch
    then counts more than one of a large batch, and in general the result is not that of all
    examples together. Look for where the sizes should come in."""


@fault(weigh="inverse")
def weighs_small_batches_more():
    """You divide by the sizes where they should multiply, so a smaller batch counts more. A batch
    stands for as many examples as it has. Look at the weights of your means."""


@fault(weigh="one less")
def weighs_by_one_less():
    """You weigh a batch of several by its size less one, as in the pooled variance of
    statistics. These variances are divided by the size itself, so the size is the weight, and a
    batch of one still counts. Look at your weights."""


@fault(weigh="squared")
def weighs_by_the_square():
    """You weigh by the square of the sizes. Perhaps a sum is multiplied by the size twice. A batch
    twice as large then counts four times as much, and twice is due. Look at how often the size
    comes in."""


# Distances of the means that are added without squaring give the same: weighed by size, they sum
# to zero, as the common mean is the mean of the means weighed by size.
@fault(between="none")
def forgets_the_spread_of_the_means():
    """Your variance shows nothing of how far the batches' means lie apart, and that belongs to the
    spread of all examples. Perhaps that part is missing, or you add the distances of the means as
    they are: those cancel, and squares cannot. Look at what two batches of variance 0 and different
    means should give."""


@fault(between="absolute")
def takes_absolute_distances():
    """You add the absolute distances of the means. A variance is made of squares, and its unit is
    the square of z's. Look at how you make the distances positive."""


@fault(between="around zero")
def forgets_to_take_the_mean_away():
    """You add the squares of the batches' means, and do not take the common mean away. A mean far
    from 0 then makes your variance large, even where the values hardly vary. Look at what should be
    taken away: from each mean before it is squared, or from the whole."""


@fault(between="subtracted")
def subtracts_the_spread_of_the_means():
    """You subtract the spread of the means. Means that lie apart add to the whole's variance; yours
    can become negative. Look at the signs with which the means come into your variance."""


@fault(between="half of the squares")
def never_adds_the_squares():
    """You take the square of the common mean away, and never added the squares of the batches'
    means. A batch's mean of squares is its variance and the square of its mean together. Look at
    what you average before you subtract."""


@fault(between="around plain mean")
def measures_from_the_plain_mean():
    """You measure the batches' means from their unweighted mean. The common mean is weighed by the
    sizes, and that is where the centre of all examples lies. Look at which mean stands in your
    variance."""


@fault(within="std")
def averages_deviations():
    """You put roots, such as standard deviations, where squares belong. A variance is made of
    squares. Look at what you do with the batches' variances before you sum them."""


@fault(within="none")
def forgets_the_spread_within():
    """The batches' own variances do not come into yours. The examples can vary within the batches
    too, and usually do so far more than the means. Look for where the given variances should come
    in."""


@fault(less=1)
def divides_by_one_less():
    """Your variance is divided by the number of examples, or batches, less one, at least where
    there are several. The course's variance is biased, here as in every batch. Look at what you
    divide by."""


@mistake
def sums_the_statistics(means, variances, sizes):
    """Your sums, weighed by the sizes, are not divided by the number of examples. A mean lies among
    the values it is the mean of, and a sum need not. Look for where that division should come."""
    mean = sum(m * mu for mu, m in zip(means, sizes, strict=True))
    centre = mean / sum(sizes)
    triples = zip(means, variances, sizes, strict=True)
    return mean, sum(m * (v + (mu - centre) ** 2) for mu, v, m in triples)


@mistake
def divides_by_the_batches(means, variances, sizes):
    """You weigh by the sizes, and then divide by the number of batches. What the weights sum to is
    the number of examples. Look at what you divide by."""
    mean, var = combine_statistics(means, variances, sizes)
    return mean * sum(sizes) / len(sizes), var * sum(sizes) / len(sizes)


@mistake
def takes_the_spread_of_the_means_unweighted(means, variances, sizes):
    """You weigh the batches' variances by size, but not the squared distances of their means. Both
    parts are averages over examples, so both need the sizes. Look at the second part."""
    total = sum(sizes)
    mean = combine_statistics(means, variances, sizes)[0]
    within = sum(m * v for v, m in zip(variances, sizes, strict=True)) / total
    return mean, within + sum((mu - mean) ** 2 for mu in means) / len(means)


@mistake
def adds_the_spread_of_the_means_whole(means, variances, sizes):
    """You sum the squared distances of the means with the sizes, and do not divide that sum by the
    number of examples. Both parts of the variance are averages. Look at where your division
    ends."""
    mean, var = combine_statistics(means, variances, sizes)
    within = sum(m * v for v, m in zip(variances, sizes, strict=True)) / sum(sizes)
    return mean, within + (var - within) * sum(sizes)


@mistake
def never_divides_the_variance(means, variances, sizes):
    """Your mean is divided by the number of examples, and your variance is not: it is still a sum,
    to which further batches can only add. Look at how you get your second result."""
    mean, var = combine_statistics(means, variances, sizes)
    return mean, var * sum(sizes)


@mistake
def undoes_an_unbiased_variance(means, variances, sizes):
    """You multiply each batch's variance by its size less one, as one would an unbiased variance.
    These are the biased ones, divided by the size itself. Look at how you get from a variance back
    to a sum of squares."""
    mean, var = combine_statistics(means, variances, sizes)
    return mean, var - sum(variances) / sum(sizes)


@mistake
def weighs_the_mean_only(means, variances, sizes):
    """Your mean is weighed by the sizes, and your variance is not. Both are averages over all
    examples. Look for where the sizes should come into your second result."""
    mean = combine_statistics(means, variances, sizes)[0]
    pairs = zip(means, variances, strict=True)
    return mean, sum(v + (mu - mean) ** 2 for mu, v in pairs) / len(means)


@fault(first="plain")
def weighs_the_variance_only():
    """Your first result is the unweighted mean of the means. A larger batch has more examples, so
    its mean counts more. Look for where the sizes should come into it."""


@also(weighs_the_variance_only)
def measures_from_the_unweighted_mean_that_it_returns(means, variances, sizes):
    _, var = faulty(means, variances, sizes, between="around plain mean")
    return sum(means) / len(means), var


@mistake
def loses_the_brackets(means, variances, sizes):
    """You weigh the batches' variances, and add the squared distances of the means with their full
    weight of one each. They are to be averaged too. Look at how far your weights and your division
    reach."""
    total = sum(sizes)
    mean = combine_statistics(means, variances, sizes)[0]
    within = sum(m * v for v, m in zip(variances, sizes, strict=True)) / total
    return mean, within + sum((mu - mean) ** 2 for mu in means)


@mistake
def gives_the_standard_deviation(means, variances, sizes):
    """Your second result is the root of what is asked for: a standard deviation. Batch norm adds
    eps to the variance and takes the root itself, so it would be taken twice. Look for a root."""
    mean, var = combine_statistics(means, variances, sizes)
    return mean, np.sqrt(var)


@mistake
def drops_the_last_batch(means, variances, sizes):
    """The last batch does not come into your sums, though its examples are counted in the total.
    What they hold is lost, and the sums are divided by too much. Look at where your loop or your
    slice stops."""
    total, seen = sum(sizes), range(len(sizes) - 1)
    mean = sum(sizes[i] * means[i] for i in seen) / total
    return mean, sum(sizes[i] * (variances[i] + (means[i] - mean) ** 2) for i in seen) / total


@mistake
def averages_over_units(means, variances, sizes):
    """You average over the units of each batch, so there is a result for every batch. Each unit
    needs its own, over all the batches. Look at the axis of your mean, and at where the sizes
    should come in."""
    mu, var = np.hstack(means), np.hstack(variances)
    mean = mu.mean(axis=0, keepdims=True)
    return mean, var.mean(axis=0, keepdims=True) + mu.var(axis=0, keepdims=True)


@fault(between="plain variance")
def weighs_the_spread_of_the_means_equally():
    """Your spread of the means is their plain variance, in which every batch counts alike. Both
    parts of the variance are averages over examples, so both need the sizes. Look at the second
    part."""


@also(takes_the_spread_of_the_means_unweighted)
def adds_the_squared_distances_without_sizes(means, variances, sizes):
    mean = combine_statistics(means, variances, sizes)[0]
    parts = (m * v + (mu - mean) ** 2 for mu, v, m in zip(means, variances, sizes, strict=True))
    return mean, sum(parts) / sum(sizes)


@mistake
def pools_sample_variances(means, variances, sizes):
    """Within the batches you weigh as the pooled variance of statistics does: by m - 1 a batch of
    several. That estimates a spread which all batches share. Here the variance of all their
    examples together is asked for, and each batch's own was divided by m. Look at your weights, and
    at whether you add what the means' distances make."""
    mean = combine_statistics(means, variances, sizes)[0]
    weighed = sum((m - 1) * v for v, m in zip(variances, sizes, strict=True))
    return mean, weighed / (sum(sizes) - len(sizes))


@mistake
def averages_the_variances_unweighted(means, variances, sizes):
    """You weigh the squared distances of the means by size, and not the batches' variances: those
    all count alike. Both parts are averages over examples, so both need the sizes. Look at the
    first part of your variance."""
    mean, var = combine_statistics(means, variances, sizes)
    within = np.average(variances, axis=0, weights=sizes)
    return mean, var - within + sum(variances) / len(variances)


@mistake
def averages_the_deviations(means, variances, sizes):
    """For the spread within the batches you average their standard deviations and square the
    result. The mean of squares is due, and the square of a mean is smaller wherever the deviations
    differ. Look for a root in the first part of your variance."""
    mean, var = combine_statistics(means, variances, sizes)
    within = np.average(variances, axis=0, weights=sizes)
    return mean, var - within + np.average(np.sqrt(variances), axis=0, weights=sizes) ** 2


@mistake
def moves_the_mean_too_soon(means, variances, sizes):
    """You join the batches one by one, and take each batch's distance from a mean into which that
    batch has gone already. The distance is due between it and those before it. Look at the order of
    your steps."""
    n, mean, squares = sizes[0], means[0], variances[0] * sizes[0]
    for mu, v, m in zip(means[1:], variances[1:], sizes[1:], strict=True):
        mean = (n * mean + m * mu) / (n + m)
        squares = squares + v * m + (mu - mean) ** 2 * n * m / (n + m)
        n = n + m
    return mean, squares / n


@mistake
def combines_two_batches_only(means, variances, sizes):
    """You combine two batches at most, and leave any others out. There may be one batch, or a
    hundred. Look at the indices: which batches do they reach?"""
    return combine_statistics(*([part[0], part[-1]] for part in (means, variances, sizes)))


@also(combines_two_batches_only)
def combines_the_first_two_only(means, variances, sizes):
    return combine_statistics(means[:2], variances[:2], sizes[:2])


@also(pools_sample_variances)
def pools_and_adds_what_lies_between(means, variances, sizes):
    mean, var = combine_statistics(means, variances, sizes)
    within = np.average(variances, axis=0, weights=sizes)
    weighed = sum((m - 1) * v for v, m in zip(variances, sizes, strict=True))
    return mean, var - within + weighed / (sum(sizes) - len(sizes))


@mistake
def takes_one_mean_for_all_units(means, variances, sizes):
    """You take one mean over all units. Every unit has a mean of its own, and its values are to be
    measured from that. Look at what you average over: without an axis, NumPy takes all numbers."""
    each = sum(m * mu for mu, m in zip(means, sizes, strict=True)) / sum(sizes)
    mean = np.full_like(each, each.mean())
    triples = zip(means, variances, sizes, strict=True)
    return mean, sum(m * (v + (mu - mean) ** 2) for mu, v, m in triples) / sum(sizes)


@mistake
def forgets_to_square_the_mean(means, variances, sizes):
    """You take the common mean itself away from the mean of the squares. One is made of squares,
    the other not. In that way of writing a variance, the mean is squared too: look at the second
    term."""
    mean, var = combine_statistics(means, variances, sizes)
    return mean, var + mean**2 - mean


@mistake
def measures_from_the_first_mean(means, variances, sizes):
    """You measure how far the batches' means lie from the first batch's. They are to be measured
    from the common mean. Look at what you subtract."""
    mean = combine_statistics(means, variances, sizes)[0]
    triples = zip(means, variances, sizes, strict=True)
    return mean, sum(m * (v + (mu - means[0]) ** 2) for mu, v, m in triples) / sum(sizes)


@also(divides_by_the_batches)
def divides_by_the_batches_throughout(means, variances, sizes):
    triples = list(zip(means, variances, sizes, strict=True))
    mean = sum(m * mu for mu, _, m in triples) / len(sizes)
    return mean, sum(m * (v + (mu - mean) ** 2) for mu, v, m in triples) / len(sizes)


@mistake
def keeps_the_first_count(means, variances, sizes):
    """You join the batches one by one, and weigh what is joined already by the size of a single
    batch. It stands for all examples so far. Look at what becomes of your count in each round."""
    n, mean, var = sizes[0], means[0], variances[0]
    for mu, v, m in zip(means[1:], variances[1:], sizes[1:], strict=True):
        var = (n * var + m * v) / (n + m) + n * m * (mu - mean) ** 2 / (n + m) ** 2
        mean = (n * mean + m * mu) / (n + m)
    return mean, var


@mistake
def adds_the_variances_up(means, variances, sizes):
    """You add the batches' variances up as they are, so further batches can only add to them. The
    squared distances of the means are averaged in your result, and so the variances have to be.
    Look at the first part of your variance."""
    mean, var = combine_statistics(means, variances, sizes)
    within = sum(m * v for v, m in zip(variances, sizes, strict=True)) / sum(sizes)
    return mean, var - within + sum(variances)


@mistake
def measures_from_an_unfinished_mean(means, variances, sizes):
    """You measure the batches' distances from a mean that any later batches are still missing from.
    Yours are to be measured from the mean of all examples. Look at when the mean is complete."""
    total = sum(sizes)
    mean, var = np.zeros_like(means[0]), np.zeros_like(means[0])
    for batch_mean, batch_var, size in zip(means, variances, sizes, strict=True):
        mean = mean + size * batch_mean / total
        var = var + size * (batch_var + (batch_mean - mean) ** 2) / total
    return mean, var


@mistake
def squares_the_weights(means, variances, sizes):
    """You weigh the batches' variances by the squares of their shares. That is how the variance of
    a weighted mean of independent numbers is made; here the spread of the examples is asked for,
    and a share counts once. Look at how often the share comes into the first part of your
    variance."""
    mean, var = combine_statistics(means, variances, sizes)
    total = sum(sizes)
    within = sum(m * v for v, m in zip(variances, sizes, strict=True)) / total
    squared = sum(m**2 * v for v, m in zip(variances, sizes, strict=True)) / total**2
    return mean, var - within + squared


def _joined(means, variances, sizes, factor):
    n, mean, squares = sizes[0], means[0], variances[0] * sizes[0]
    for mu, v, m in zip(means[1:], variances[1:], sizes[1:], strict=True):
        squares = squares + v * m + (mu - mean) ** 2 * factor(n, m)
        n, mean = n + m, (n * mean + m * mu) / (n + m)
    return mean, squares / n


@mistake
def joins_with_another_factor(means, variances, sizes):
    """Where a batch joins those before it, you add the square of the distance between the two means
    in general with another factor than is due. It counts for the examples of both, so both counts
    belong there. Look at what stands beside that square."""
    return _joined(means, variances, sizes, lambda n, m: m**2 / (n + m))


@also(joins_with_another_factor)
def joins_by_the_distance_alone(means, variances, sizes):
    return _joined(means, variances, sizes, lambda n, m: n + m)


@also(joins_with_another_factor)
def joins_by_the_size(means, variances, sizes):
    return _joined(means, variances, sizes, lambda n, m: m)


@also(joins_with_another_factor)
def joins_by_the_product(means, variances, sizes):
    return _joined(means, variances, sizes, lambda n, m: n * m)


@mistake
def combines_unbiased_variances(means, variances, sizes):
    """With several examples you combine the variances as unbiased ones: each by its size less one,
    all of it over the number of examples less one. The variances given here are biased, and so is
    the one asked for. Look for both counts that are one less."""
    total = sum(sizes)
    mean = combine_statistics(means, variances, sizes)[0]
    triples = zip(means, variances, sizes, strict=True)
    return mean, sum((m - 1) * v + m * (mu - mean) ** 2 for mu, v, m in triples) / (total - 1)


@mistake
def takes_one_spread_for_all_units(means, variances, sizes):
    """The spread of the means is one number for all units in your variance, taken from all their
    means together. Every unit has a level of its own, and a spread around it. Look at what you
    average over (without an axis, NumPy takes all numbers), and at where the sizes should come
    in."""
    mean = combine_statistics(means, variances, sizes)[0]
    return mean, np.average(variances, axis=0, weights=sizes) + np.var(means)


@also(takes_one_spread_for_all_units)
def takes_one_spread_around_the_mean_for_all_units(means, variances, sizes):
    mean = combine_statistics(means, variances, sizes)[0]
    within = np.average(variances, axis=0, weights=sizes)
    return mean, within + np.mean((np.array(means) - mean) ** 2)


@mistake
def keeps_the_last_part(means, variances, sizes):
    """Your variance holds the last batch's part alone: the parts of those before it are lost. They
    have to be added up. If you have a loop, look at what each of its rounds does to the result of
    the rounds before."""
    mean = combine_statistics(means, variances, sizes)[0]
    return mean, sizes[-1] * (variances[-1] + (means[-1] - mean) ** 2) / sum(sizes)


@also(keeps_the_first_count)
def keeps_the_count_of_the_batch_before(means, variances, sizes):
    mean, var = means[0], variances[0]
    for i, m in enumerate(sizes[1:], 1):
        n = sizes[i - 1]
        var = (n * var + m * variances[i]) / (n + m)
        var = var + n * m * (means[i] - mean) ** 2 / (n + m) ** 2
        mean = (n * mean + m * means[i]) / (n + m)
    return mean, var


@mistake
def adds_all_units_into_one_number(means, variances, sizes):
    """The numbers of all units end in one number in your result, at least in the variance. Every
    unit has a mean and a variance of its own, so columns are due. Look first at each of your sums
    and averages: without an axis, NumPy takes all the numbers."""
    mean = np.sum([m * mu for mu, m in zip(means, sizes, strict=True)]) / sum(sizes)
    triples = zip(means, variances, sizes, strict=True)
    return mean, np.sum([m * (v + (mu - mean) ** 2) for mu, v, m in triples]) / sum(sizes)


@also(adds_all_units_into_one_number)
def adds_all_units_in_the_variance(means, variances, sizes):
    mean, var = combine_statistics(means, variances, sizes)
    return mean, np.sum(var)


@also(adds_all_units_into_one_number)
def adds_all_units_in_the_squares(means, variances, sizes):
    mean, var = combine_statistics(means, variances, sizes)
    return np.sum(mean), np.sum(var + mean**2) - np.sum(mean) ** 2


@also(adds_all_units_into_one_number)
def adds_all_units_without_the_spread_of_the_means(means, variances, sizes):
    parts = (means, variances)
    return tuple(np.sum(np.hstack(part) * sizes) / np.sum(sizes) for part in parts)


@also(adds_all_units_into_one_number)
def averages_over_all_numbers(means, variances, sizes):
    return np.mean(means), np.mean(variances)


def _pooled(between):
    def answer(means, variances, sizes):
        mean, var = combine_statistics(means, variances, sizes)
        apart = var - np.average(variances, axis=0, weights=sizes)
        weights = [max(m - 1, 1) for m in sizes]
        return mean, np.average(variances, axis=0, weights=weights) + between * apart

    return answer


# A batch of one has no weight in a pooled variance; here it is given 1.
pools_with_one_at_least = also(pools_sample_variances)(_pooled(0))
pools_with_one_at_least_and_adds_what_lies_between = also(pools_sample_variances)(_pooled(1))


@also(weighs_by_one_less)
def weighs_by_one_less_and_one_at_least(means, variances, sizes):
    return combine_statistics(means, variances, [max(m - 1, 1) for m in sizes])


@mistake
def takes_all_but_the_last_for_equal(means, variances, sizes):
    """You take the first batch's size for that of all others but the last, as in an epoch, where
    the last mini-batch alone may be smaller. These batches can have any sizes, and each counts by
    its own. Look at where the weight of a batch in the middle comes from."""
    return combine_statistics(means, variances, [sizes[0]] * (len(sizes) - 1) + [sizes[-1]])


@also(averages_deviations)
def averages_distances_from_the_mean_of_all(means, variances, sizes):
    n = sum(sizes)
    mean = sum(k * mu for k, mu in zip(sizes, means, strict=True)) / n
    each = zip(sizes, means, variances, strict=True)
    return mean, (sum(k * np.sqrt(var + (mu - mean) ** 2) for k, mu, var in each) / n) ** 2


@mistake
def adds_the_square_of_the_mean(means, variances, sizes):
    """You add the square of the common mean to the mean of the squares. A variance is what the mean
    of the squares has beyond it. Look at the sign between the two."""
    mean, var = combine_statistics(means, variances, sizes)
    return mean, var + 2 * mean**2


@mistake
def squares_the_shares_of_the_means(means, variances, sizes):
    """In the mean of the squares you square the batches' means with their shares, or with their
    sizes, in them. The mean alone is to be squared, and then weighed. Look at what stands under
    each square."""
    total = sum(sizes)
    mean = combine_statistics(means, variances, sizes)[0]
    squares = sum(
        m / total * v + (m / total * mu) ** 2
        for mu, v, m in zip(means, variances, sizes, strict=True)
    )
    return mean, squares - mean**2


@also(divides_by_the_batches)
def divides_by_the_batches_before_the_square_is_taken_away(means, variances, sizes):
    triples = list(zip(means, variances, sizes, strict=True))
    mean = sum(m * mu for mu, _, m in triples) / len(sizes)
    return mean, sum(m * (v + mu**2) for mu, v, m in triples) / len(sizes) - mean**2


@mistake
def takes_the_squared_means_away(means, variances, sizes):
    """You take the square of a batch's mean away from its variance. The mean of its squares is what
    you get when you add the two. Look at the sign between a batch's variance and its mean."""
    total = sum(sizes)
    mean = combine_statistics(means, variances, sizes)[0]
    triples = zip(means, variances, sizes, strict=True)
    return mean, sum(m * (v - mu**2) for mu, v, m in triples) / total - mean**2


@mistake
def joins_by_the_bare_distance(means, variances, sizes):
    """You join the batches one by one and add each squared distance as it stands. It has to be
    weighed: a batch that is joined to nothing yet adds no distance at all. Look for the sizes
    there."""
    count, mean, squares = 0, 0 * means[0], 0 * means[0]
    for mu, v, m in zip(means, variances, sizes, strict=True):
        distance = mu - mean
        count += m
        mean = mean + distance * m / count
        squares = squares + v * m + distance**2
    return mean, squares / count
