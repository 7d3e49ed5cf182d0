"""The mean difference of runs that share their seeds, and the standard error of that mean."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def paired_difference(accuracy_with, accuracy_without):
    """Two arrays (k,), run i of both from one seed -> (mean, standard error) of the differences."""
    differences = accuracy_with - accuracy_without
    return differences.mean(), differences.std(ddof=1) / np.sqrt(differences.size)


HINTS = (
    "Both runs of a pair share their seed, and with it the start and the batches. What do you look "
    "at, so that luck which both had drops out: two means, or every pair by itself?",
    "Take the k differences first; all that follows is about these k numbers. Their standard "
    "deviation is estimated from the sample, so divide by k - 1.",
    "That deviation is how far, as a rule, one pair is from the mean. The mean of k independent "
    "pairs is steadier, by the root of k: four times the pairs halve its noise.",
)

FACT = (
    "Chance alone gives an effect of more than two standard errors, as a rule, about once in "
    "twenty comparisons, and more often where there are few pairs."
)


def inputs():
    """Accuracies that go up and down together, with differences of both signs."""
    rng = np.random.default_rng(31)

    def case(k, mean, dtype=float):
        luck, gain = rng.normal(0.8, 0.08, k), rng.normal(mean, 0.03, k)
        gain[0], gain[-1] = -0.0234, 0.0456
        return tuple(part.astype(dtype) for part in (luck + gain, luck))

    return [
        (np.array([0.95, 0.90, 0.98, 0.84]), np.array([0.91, 0.92, 0.95, 0.85])),
        case(2, 0.01),
        case(9, -0.04),
        case(5, 0.02, np.float32),
    ]


def faulty(accuracy_with, accuracy_without, *, middle="mean", error="right"):
    """The reference, with one or two things done wrong."""
    differences = accuracy_with - accuracy_without
    k, deviation = differences.size, differences.std(ddof=1)
    wrong_middle = {
        "turned": lambda: -differences.mean(),
        "median": lambda: np.median(differences),
        "sum": lambda: differences.sum(),
        "absolute": lambda: abs(differences).mean(),
        "with": lambda: accuracy_with.mean(),
        "ratio": lambda: (differences / accuracy_without).mean(),
        "percent": lambda: 100 * differences.mean(),
    }
    wrong_error = {
        "over k": lambda: differences.std() / np.sqrt(k),
        "deviation": lambda: deviation,
        "biased deviation": lambda: differences.std(),
        "no root": lambda: deviation / k,
        "less": lambda: deviation / np.sqrt(k - 1),
        "variance": lambda: deviation**2,
        "variance of the mean": lambda: deviation**2 / k,
        "biased variance of the mean": lambda: differences.var() / k,
        "root of both": lambda: np.sqrt(deviation / k),
        "unpaired": lambda: np.sqrt((accuracy_with.var(ddof=1) + accuracy_without.var(ddof=1)) / k),
        "with": lambda: accuracy_with.std(ddof=1) / np.sqrt(k),
        "apart": lambda: (accuracy_with.std(ddof=1) - accuracy_without.std(ddof=1)) / np.sqrt(k),
        "from zero": lambda: np.sqrt((differences**2).sum() / (k - 1) / k),
        "absolute": lambda: abs(differences).std(ddof=1) / np.sqrt(k),
        "interval": lambda: 1.96 * deviation / np.sqrt(k),
        "times": lambda: deviation * np.sqrt(k),
        "both": lambda: deviation / np.sqrt(2 * k),
        "quotient": lambda: differences.mean() / (deviation / np.sqrt(k)),
        "percent": lambda: 100 * deviation / np.sqrt(k),
    }
    right = (lambda: differences.mean()), (lambda: deviation / np.sqrt(k))
    return wrong_middle.get(middle, right[0])(), wrong_error.get(error, right[1])()


@fault(error="absolute")
def measures_the_spread_of_the_sizes():
    """For the error you take the deviation of the absolute differences. Where some runs gain and
    some lose, the sizes of the differences lie closer together than the differences themselves.
    Look for what takes the signs away, such as an absolute value, or a root of a square."""


@fault(middle="turned")
def subtracts_the_other_way_round():
    """Your mean is that of without minus with: it says by how much the runs without are better. The
    difference asked for is with minus without. Look at the order of your subtraction, or for a
    minus."""


@fault(middle="median")
def takes_the_median():
    """Your first result is the median of the differences, and the mean is asked for. The standard
    error belongs to the mean; a median in general has another one. Look at your first result."""


@fault(middle="sum")
def sums_the_differences():
    """Your first result is the sum of the differences: twice the pairs make it, as a rule, about
    twice as large for one and the same effect. Look at what is left to do after the sum."""


@fault(middle="absolute")
def loses_the_signs():
    """You average the differences without their signs, and so may find an effect in noise alone.
    Gains and losses have to be able to cancel. Look for what takes the signs away, such as an
    absolute value, or a root of a square."""


@fault(middle="with")
def averages_one_side():
    """Your first result is the mean accuracy of one side, not the mean difference. How good those
    runs are is no answer to how much better the one side is than the other. Look at what you
    average."""


@fault(middle="ratio")
def divides_by_the_accuracy():
    """You give the gain as a share of the accuracy without. The difference itself is asked for, in
    the unit of the accuracies. Look for a division before the mean."""


@fault(middle="percent")
def gives_the_mean_in_percent():
    """Your mean is in percent, a hundred times the mean difference of the accuracies. Keep the unit
    of what comes in; percent is for what is printed. Look for a factor on the way to your first
    result."""


@fault(error="percent")
def gives_the_error_in_percent():
    """Your standard error is in percent, a hundred times what it is in the unit of the accuracies.
    Keep the unit of what comes in. Look for a factor on the way to your second result."""


@fault(error="over k")
def divides_by_k():
    """In your error the sum of squares goes over k, as in numpy's deviation by default. The mean
    was estimated from the same k differences, which takes one away: k - 1. With few pairs you would
    be too sure. Look at how the standard deviation counts."""


@fault(error="deviation")
def gives_the_standard_deviation():
    """Your second result is the standard deviation of the differences: how far, as a rule, one pair
    lies from the mean. The question is how far the mean of all k lies from the truth, and as a rule
    that is less. Look at what k does to the noise of a mean."""


@fault(error="biased deviation")
def gives_numpys_standard_deviation():
    """Your second result is the root of the mean squared deviation, as numpy's deviation is by
    default. Two counts have to come in: a deviation that is estimated from the sample counts k - 1,
    and the mean of k pairs is steadier than one pair. Yours has one count, k. Look at which is
    missing."""


@fault(error="no root")
def divides_by_k_without_its_root():
    """You divide the deviation by a count itself, and not by its root. Four times the pairs halve
    the noise of a mean, they do not quarter it. Look at the power of the count."""


@also(divides_by_k_without_its_root)
def divides_by_one_less_without_its_root(accuracy_with, accuracy_without):
    differences = accuracy_with - accuracy_without
    return differences.mean(), differences.std(ddof=1) / (differences.size - 1)


@fault(error="less")
def counts_one_less_twice():
    """Your error is that of squares divided by k - 1 twice, where once it should be k. The estimate
    of the mean costs one, and that is paid once. Look at the counts you divide by."""


@fault(error="variance")
def gives_the_variance():
    """Your second result is the variance of the differences. The standard error is in the unit of
    the accuracies, not in its square, and belongs to the mean of k. Look at what is left to do."""


@fault(error="variance of the mean")
def gives_the_variance_of_the_mean():
    """Your second result is the square of what is asked for: the variance of the mean. An error has
    to be in the unit of the accuracies, so that the two can be compared. Look at what is left to
    do."""


@fault(error="biased variance of the mean")
def gives_numpys_variance_of_the_mean():
    """Your second result is the variance of the differences, over k, divided by k once more. Two
    things are missing: an error is in the unit of the accuracies, so a root is due, and a variance
    that is estimated from the sample counts k - 1. Look at both."""


@fault(error="root of both")
def takes_the_root_of_the_deviation_too():
    """You take the root of the deviation as well as of k. The deviation is a root already; either a
    variance stands under the root, or k alone. Look at what you take the root of."""


@fault(error="unpaired")
def forgets_the_pairs():
    """You add the variances of the two sides, as for runs that have nothing to do with each other.
    The runs share their seeds: luck that both had is in both variances, and cancels in the
    differences. Look at what you take the deviation of."""


@fault(error="with")
def takes_the_error_of_one_side():
    """Your standard error is that of one side's accuracies. It says how sure that side's own mean
    is, and not how sure the difference is. Look at what you take the deviation of."""


@fault(error="apart")
def subtracts_the_deviations():
    """Your error is a difference of the two sides' own scatters: nothing, where both sides scatter
    alike, however little they go together. Look at which comes first, the difference or the
    deviation."""


@fault(error="from zero")
def measures_from_zero():
    """You square the differences as they are. A deviation is measured from the mean of the
    differences; yours grows with the effect's size. Look for where their mean should come in."""


@fault(error="interval")
def gives_half_an_interval():
    """Your second result is about twice the standard error, as for an interval of 95 %. The error
    alone is asked for. Look for a factor near 2."""


@fault(error="times")
def multiplies_by_the_root():
    """For one and the same deviation, your error grows with k, where more pairs make a mean surer.
    Look at whether k, in the end, divides or multiplies."""


@fault(error="both")
def counts_both_sides():
    """Your error is too small by a factor of the root of 2, as if the runs of both sides were
    counted. There are k differences, one a pair, and the mean is over these k. Look at what you
    divide by."""


@fault(error="quotient")
def gives_the_quotient():
    """Your second result is the mean in standard errors. That number is worth looking at, above 2
    or below, but it comes after the two that are asked for. Look at your last division."""


@mistake
def gives_the_errors_of_both(accuracy_with, accuracy_without):
    """You add the standard errors of the two sides. Errors of independent means do not simply add
    up, and these are not independent: they share their seeds. Look at every pair's difference
    instead."""
    k = accuracy_with.size
    error = (accuracy_with.std(ddof=1) + accuracy_without.std(ddof=1)) / np.sqrt(k)
    return (accuracy_with - accuracy_without).mean(), error


@mistake
def sorts_before_pairing(accuracy_with, accuracy_without):
    """Your differences are those of sorted accuracies, which can tear the pairs apart: the best run
    of one side stands beside the best of the other, whatever their seeds. Look for a sort."""
    differences = np.sort(accuracy_with) - np.sort(accuracy_without)
    return differences.mean(), differences.std(ddof=1) / np.sqrt(differences.size)


@mistake
def leaves_out_the_error(accuracy_with, accuracy_without):
    """You return the mean difference alone. Whether it is an effect or chance, nobody can tell from
    one number: the standard error is asked for, too. Look at what you return."""
    return (accuracy_with - accuracy_without).mean()


@mistake
def gives_the_differences(accuracy_with, accuracy_without):
    """Your first result is all the differences. They are the right start; one number is to come of
    them. Look at what is left to do with the first result."""
    differences = accuracy_with - accuracy_without
    return differences, differences.std(ddof=1) / np.sqrt(differences.size)


@mistake
def drops_the_signs(accuracy_with, accuracy_without):
    """Both of your results are made from differences without their signs. A run that got worse then
    counts like one that got better, and noise alone may seem to be an effect. Look for what takes
    the signs away, such as an absolute value, or a root of a square."""
    sizes = abs(accuracy_with - accuracy_without)
    return sizes.mean(), sizes.std(ddof=1) / np.sqrt(sizes.size)


@mistake
def divides_the_variance_by_the_root(accuracy_with, accuracy_without):
    """For the error you divide a variance by the root of k. A variance goes over k, and a root is
    taken of the whole; a deviation goes over the root of k. Yours is half of each. Look at what
    stands above the line."""
    differences = accuracy_with - accuracy_without
    return differences.mean(), differences.var(ddof=1) / np.sqrt(differences.size)


@mistake
def takes_absolute_deviations(accuracy_with, accuracy_without):
    """For the error you take how far the differences lie from their mean, without their signs and
    without squares. A standard deviation is made of squares, in which a run that is far off weighs
    more. Look at how you get rid of the signs."""
    differences = accuracy_with - accuracy_without
    return differences.mean(), _absolute(differences).mean() / np.sqrt(differences.size)


@also(takes_absolute_deviations)
def takes_absolute_deviations_over_one_less(accuracy_with, accuracy_without):
    differences = accuracy_with - accuracy_without
    k = differences.size
    return differences.mean(), _absolute(differences).sum() / (k - 1) / np.sqrt(k)


@also(takes_absolute_deviations)
def takes_the_absolute_deviation_of_one_pair(accuracy_with, accuracy_without):
    differences = accuracy_with - accuracy_without
    return differences.mean(), _absolute(differences).mean()


def _absolute(differences):
    return abs(differences - differences.mean())


@mistake
def divides_numpys_deviation_by_k(accuracy_with, accuracy_without):
    """Your second result is the deviation as numpy gives it by default, divided by k itself. Four
    times the pairs halve the noise of a mean, they do not quarter it; and a deviation that is
    estimated from the sample counts k - 1. Look at both."""
    differences = accuracy_with - accuracy_without
    return differences.mean(), differences.std() / differences.size


@mistake
def loses_the_sign_of_the_mean(accuracy_with, accuracy_without):
    """Your mean is never negative. Where the runs without are better on average, it has to be: the
    difference that is asked for is with minus without, and its sign says which side gains. Look for
    what takes the sign away."""
    differences = accuracy_with - accuracy_without
    return abs(differences.mean()), differences.std(ddof=1) / np.sqrt(differences.size)


@also(averages_one_side)
def averages_the_other_side(accuracy_with, accuracy_without):
    error = faulty(accuracy_with, accuracy_without)[1]
    return accuracy_without.mean(), error


@also(takes_the_error_of_one_side)
def takes_the_error_of_the_other_side(accuracy_with, accuracy_without):
    mean, k = (accuracy_with - accuracy_without).mean(), accuracy_with.size
    return mean, accuracy_without.std(ddof=1) / np.sqrt(k)


@also(forgets_the_pairs)
def forgets_the_pairs_and_counts_k(accuracy_with, accuracy_without):
    mean, k = (accuracy_with - accuracy_without).mean(), accuracy_with.size
    return mean, np.sqrt((accuracy_with.var() + accuracy_without.var()) / k)


@also(measures_from_zero)
def measures_from_zero_and_counts_k(accuracy_with, accuracy_without):
    differences = accuracy_with - accuracy_without
    return differences.mean(), np.sqrt((differences**2).mean() / differences.size)


@also(measures_from_zero)
def measures_one_pair_from_zero(accuracy_with, accuracy_without):
    differences = accuracy_with - accuracy_without
    return differences.mean(), np.sqrt((differences**2).mean())


@also(gives_half_an_interval)
def doubles_the_error(accuracy_with, accuracy_without):
    mean, error = faulty(accuracy_with, accuracy_without)
    return mean, 2 * error


@also(subtracts_the_deviations)
def subtracts_the_deviations_without_sign(accuracy_with, accuracy_without):
    mean, error = faulty(accuracy_with, accuracy_without, error="apart")
    return mean, abs(error)


@also(divides_by_the_accuracy)
def divides_every_difference_by_the_accuracy(accuracy_with, accuracy_without):
    shares = (accuracy_with - accuracy_without) / accuracy_without
    return shares.mean(), shares.std(ddof=1) / np.sqrt(shares.size)
