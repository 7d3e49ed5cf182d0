"""Backward through std = sqrt(mean of centred squared + eps): square, mean and root in one box."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def std_backward(dstd, centred, std):
    """dstd (n, 1), centred (n, m), std (n, 1) -> dcentred (n, m)."""
    m = centred.shape[1]
    return dstd * centred / (m * std)


HINTS = (
    "From centred to std there are three steps: a square, a mean, a root. What is the derivative "
    "of each? eps is added in between: does a constant change a derivative?",
    "The root gives 1 / (2 std), with the std that you are given, which holds eps already. The "
    "mean gives 1 / m to each of its m entries, the square 2 times centred.",
    "Multiply the three, and dstd. The 2 of the square and the 2 of the root cancel, which leaves "
    "dstd, centred, m and std: two above the line, two below.",
)

FACT = (
    "This is what the slip of a constant variance leaves out. It goes along centred, so it can "
    "only change how far the row is stretched."
)


def inputs():
    """Rows of centred with mean 0, and std with an eps in it that the answer is not told."""
    rng = np.random.default_rng(23)

    def case(n, m, eps, dtype=float):
        z = rng.normal(size=(n, m)) * (-6.0) ** np.arange(n)[:, np.newaxis] / 20
        centred = z - z.mean(axis=1, keepdims=True)
        std = np.sqrt((centred**2).mean(axis=1, keepdims=True) + eps)
        dstd = rng.normal(1, 2, size=(n, 1))
        return tuple(part.astype(dtype) for part in (dstd, centred, std))

    few = np.array([[-2.0, -1.0, 3.0], [1.0, 0.0, -1.0], [0.5, 0.5, -1.0], [3.0, -4.0, 1.0]])
    deviations = np.sqrt((few**2).mean(axis=1, keepdims=True) + 0.5)
    small = (np.array([[1.5], [-2.0], [1.0], [0.5]]), few, deviations)
    return [
        small,
        case(5, 5, 0.2),
        case(3, 1, 0.25),
        case(1, 4, 0.1),
        case(2, 6, 0.5, np.float32),
    ]


def faulty(dstd, centred, std, *, upstream="dstd", along="centred", count="m", power=1, share=1):
    """The reference, with one or two things done wrong."""
    n, m = centred.shape
    size = {
        "1": 1,
        "n": n,
        "m-1": m - 1,
        "all": n * m,
        "m^2": m * m,
        "root": m**0.5,
        "larger": max(n, m),
    }.get(count, m)
    term = {
        "none": np.ones_like(centred),
        "squared": centred**2,
        "absolute": abs(centred),
    }.get(along, centred)
    return (1 if upstream == "none" else dstd) * share * term / (size * std**power)


@fault(upstream="none")
def forgets_dstd():
    """Your result does not depend on dstd. How std answers to centred is there; how the cost
    answers to std has to be multiplied in. Look at where dstd comes in, or should."""


@fault(along="none")
def forgets_centred():
    """All entries of a row get the same share in your result. An entry far from the mean moves the
    deviation more than one close to it: the derivative of a square has the number itself in it.
    Look at where centred should come in."""


@fault(along="squared")
def keeps_the_square():
    """You multiply by the square of centred. The derivative of a square is twice the number, not
    the square. Look at the power of centred."""


@fault(along="absolute")
def loses_the_sign_of_centred():
    """You use centred without its sign. An entry below the mean makes the deviation smaller when it
    rises a little. Look for an absolute value, or the root of a square."""


@fault(count="1")
def forgets_to_divide_by_m():
    """You leave the 1 / m of the mean out: var is a mean of m squares, so one of them moves it by
    the m-th part only. Look at where the number of examples should come in."""


@fault(count="n")
def counts_the_units():
    """You divide by the number of units. The mean runs over the batch, so over as many entries as
    there are examples, and those are the columns. Look at how you get the number you divide by."""


@fault(count="m-1")
def divides_by_m_minus_one():
    """For m above 1 you divide by m - 1. The variance of the forward pass divides by m, and a
    gradient must belong to the function that was computed. Look at the count you divide by."""


@fault(count="all")
def counts_every_entry():
    """You divide by the number of all entries. Every unit has its own mean of squares, with one
    term an example. Look at what you count: the `size` of an array is all its entries."""


@fault(count="larger")
def counts_along_the_longer_side():
    """You divide by the larger of the two sizes. The mean runs over the batch, however many units
    there are: examples are columns. Look at how you find the number of examples."""


@fault(count="m^2")
def divides_by_m_twice():
    """You divide by m twice. There is one mean between centred and std. Look for a second one, such
    as a mean where dstd is to come back as it is."""


@fault(count="root")
def puts_m_under_the_root():
    """You divide by the root of m. The mean stands under the root, but the root's derivative is
    taken of all that is below it, and the mean's own factor is 1 / m. Look at where m comes in."""


@fault(power=0)
def forgets_std():
    """You leave std out. The derivative of a square root has the root in it: where that is large,
    the same step of var changes it less. Look at the derivative of a root."""


@fault(power=0.5)
def takes_the_root_of_std():
    """You divide by the root of std. std is a root already, that of the variance with eps. Look at
    what you do to std before you divide."""


@fault(power=2)
def divides_by_the_variance():
    """You divide by the square of std. The derivative of a root is one over twice the root, not one
    over what stands below it. Look at the power of std."""


@fault(power=3)
def takes_the_root_for_an_inverse_root():
    """You divide by the third power of std. That belongs to the derivative of one over the root;
    here std is the root itself. Look at which function of var this box computes."""


@fault(power=-1)
def multiplies_by_std():
    """You multiply by std where you are to divide by it. The derivative of a root has the root
    below the line. Look at the operator or the power beside std."""


@fault(share=2)
def loses_the_half_of_the_root():
    """A factor of one half is missing, or one of two is too many. The half comes with the
    derivative of a root, as a factor of two does with that of a square. Look at your derivative of
    the root."""


@fault(share=0.5)
def loses_the_two_of_the_square():
    """A factor of two is missing, or one of one half is too many. The two comes with the derivative
    of a square, as a factor of one half does with that of a root. Look at how the square answers to
    a step in centred."""


@fault(share=-1)
def turns_the_sign():
    """There is a minus too many in your result. An entry further above the mean makes the deviation
    larger; the minus of this story is in the division, and is in dstd already. Look for yours."""


@mistake
def computes_its_own_std(dstd, centred, std):
    """You compute the deviation anew, from centred alone. The std that you are given has eps under
    its root, and yours has none, or next to none: for a unit that hardly varies the two can be far
    apart. Look at what you divide by."""
    return dstd * centred / (centred.shape[1] * np.sqrt((centred**2).mean(axis=1, keepdims=True)))


@mistake
def adds_an_eps_of_its_own(dstd, centred, std):
    """You compute the deviation anew, with an eps of your own. Nobody tells this box which eps was
    used; the std that you are given has it inside. Look at what you divide by."""
    var = (centred**2).mean(axis=1, keepdims=True)
    return dstd * centred / (centred.shape[1] * np.sqrt(var + 1e-5))


@also(adds_an_eps_of_its_own)
def adds_a_smaller_eps_of_its_own(dstd, centred, std):
    var = (centred**2).mean(axis=1, keepdims=True)
    return dstd * centred / (centred.shape[1] * np.sqrt(var + 1e-8))


@also(adds_an_eps_of_its_own)
def adds_a_larger_eps_of_its_own(dstd, centred, std):
    var = (centred**2).mean(axis=1, keepdims=True)
    return dstd * centred / (centred.shape[1] * np.sqrt(var + 1e-3))


@mistake
def returns_the_gradient_of_the_variance(dstd, centred, std):
    """You stop at var, with one number a unit. The mean and the square are still to come: var hands
    its gradient on to every entry of centred. Look at the shape that is asked for."""
    return dstd / (2 * std)


@mistake
def sums_over_the_batch(dstd, centred, std):
    """Your result has one number a unit, and that is 0 but for rounding, as where centred is added
    up or averaged over the batch: its rows add up to 0. Sums come where many use one number; here
    one number goes back to many. Look at the shape that is asked for."""
    return (dstd * centred).sum(axis=1, keepdims=True) / (centred.shape[1] * std)


@mistake
def averages_centred(dstd, centred, std):
    """Your result is 0 but for rounding. So it comes out when centred is averaged or added up over
    the batch, alone or times a number of its row: its rows add up to 0. Here one number goes back
    to many. Look for a sum or a mean, or for an array that is never filled."""
    return dstd / std * centred.mean(axis=1, keepdims=True) * np.ones_like(centred)


@also(divides_by_m_minus_one)
def divides_by_m_minus_one_but_for_one_example(dstd, centred, std):
    return dstd * centred / (max(centred.shape[1] - 1, 1) * std)


@mistake
def stops_before_the_root(dstd, centred, std):
    """You go back through the square and the mean, and hand dstd to them as it came. Between std
    and var stands the root, with a derivative of its own. The step from std back to var is
    missing."""
    return 2 * dstd * centred / centred.shape[1]


@mistake
def gives_the_row_its_last_share(dstd, centred, std):
    """All entries of a row are what its last example gives. Each entry of centred has a share of
    its own. Look at where a share is put, into one entry or into the whole row."""
    right = std_backward(dstd, centred, std)
    return right[:, -1:] + 0 * right


@mistake
def takes_a_matrix_product(dstd, centred, std):
    """In your result the rows of centred are added up, each times its unit's dstd, as a matrix
    product does. A unit's dstd goes back to its own row only. Look at how the two are
    multiplied."""
    return (dstd.T @ centred) / (centred.shape[1] * std)
