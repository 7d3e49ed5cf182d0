"""How stretched the bowl of a least-squares cost is: the largest over the smallest eigenvalue of x
x^T / m, for the features as they are."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def condition_number(x):
    """x (n, m) -> the largest over the smallest eigenvalue of x x^T / m, a float."""
    m = x.shape[1]
    eigenvalues = np.linalg.eigvalsh(x @ x.T / m)
    return eigenvalues.max() / eigenvalues.min()


HINTS = (
    "The cost's curvature is a matrix with a row and a column for every feature. What shape must "
    "the product of x with its transpose have, and which of the two stands first?",
    "Form the (n, n) matrix x x^T / m. It is symmetric, so NumPy's `linalg.eigvalsh` gives its "
    "eigenvalues, from the smallest to the largest.",
    "Divide the last of those eigenvalues by the first. The 1 / m scales both alike.",
)

FACT = (
    "The steps that plain gradient descent needs grow roughly in proportion to this number; at "
    "1, the bowl is round."
)


def inputs():
    """Features of different scales, with means and correlations."""
    rng = np.random.default_rng(3)
    scales = np.array([[1.0], [3.0], [0.5]])
    wide = 100 * np.array([[120.0], [-900.0], [500.0], [12.0], [-200.0]])
    return [
        (np.array([[1.0, 2.0, 4.0], [3.0, -1.0, 2.0]]),),
        # n = m; a solver that does not sort gives the eigenvalues as they stand, 25 in the middle.
        (0.0432 * np.diag([2.0, 5.0, 1.0]),),
        (np.array([[0.04]]),),
        ((scales * rng.normal(1, 1, size=(3, 8))).astype(np.float32),),
        # More features than three, of both signs and far from 1.
        (wide * rng.normal(1, 1, size=(5, 12)),),
    ]


def observe(result, x):
    """A product of the wrong kind has eigenvalues that are 0 but for rounding, and any ratio."""
    return result if abs(result) < 1e6 else np.inf


def faulty(x, *, matrix="products", take="ratio"):
    """The reference, with one or two things done wrong."""
    n, m = x.shape
    centred = x - x.mean(axis=1, keepdims=True)
    products = x @ x.T / m
    h = {
        "products": products,
        "covariances": centred @ centred.T / m,
        "correlations": np.corrcoef(x).reshape(n, n),
        "diagonal": np.diag(np.diag(products)),
        "squared": products @ products,
    }[matrix]
    values = np.linalg.eigvalsh(h)
    low, high = values.min(), values.max()
    return {
        "ratio": high / low,
        "inverse": low / high,
        "root": np.sqrt(abs(high / low)),
        "largest": high,
        "smallest": low,
        "difference": high - low,
        "sum": high / values.sum(),
        "mean": high / values.mean(),
        "logarithm": np.log10(abs(high / low)),
    }[take]


@fault(matrix="covariances")
def centres_the_features():
    """You take each feature's mean away first, as a covariance does. The question is how stretched
    the bowl is for the features as they are, and a large mean can stretch it too. Look for where a
    mean comes in; a function such as `np.cov` takes it away by itself."""


@fault(matrix="correlations")
def uses_the_correlations():
    """Your result is that of the features' correlations: of features that are centred and scaled.
    That is the bowl after normalizing; the question is about the bowl before. Look at what becomes
    of x, or at which matrix you take."""


@fault(matrix="diagonal")
def leaves_out_the_products_between_features():
    """Only the features' own squares enter your result. Two features that rise and fall together
    can stretch the bowl too, along a slanted line. Look for where products of two features should
    come in: in the matrix, they stand off the diagonal."""


@fault(matrix="squared")
def squares_the_eigenvalues():
    """A square too many comes into your result: of the eigenvalues, of their ratio, or of the whole
    matrix. Look for a power or a product too many, and at how often x goes into your matrix: twice
    is enough."""


@mistake
def multiplies_over_the_units(x):
    """Your result is that of the products between examples, an (m, m) matrix, where those between
    features are due. The curvature has a row and a column for every weight, so for every feature.
    Look at which factor is transposed, if one is, or at what you add up over."""
    values = np.linalg.eigvalsh(x.T @ x)
    return values.max() / values.min()


@fault(take="inverse")
def turns_the_ratio_over():
    """You divide the smallest by the largest. A condition number is at least 1, and larger is
    worse. Look at which of the two stands above the line; if you pick them by an index, at how they
    are sorted."""


@fault(take="root")
def compares_singular_values():
    """What you compare goes with a root, as the singular values of x do, or the lengths of its
    rows. The number of steps goes with the eigenvalues themselves, the curvatures of the bowl. Look
    for a root too many, or for what is to be squared."""


@fault(take="largest")
def gives_the_largest_eigenvalue():
    """You give the largest alone. The largest eigenvalue says how steep the steepest direction is,
    which limits the learning rate; how stretched the bowl is takes the flattest direction too. What
    to compare it with is missing."""


@fault(take="smallest")
def gives_the_smallest_eigenvalue():
    """You give the smallest alone. The smallest eigenvalue says how flat the flattest direction is;
    how stretched the bowl is takes the steepest direction too. What to compare it with is
    missing."""


@fault(take="difference")
def subtracts_the_eigenvalues():
    """You take the difference of the largest and the smallest. A difference of eigenvalues in
    general changes with x's unit, and the shape of the bowl does not. Look at how you compare the
    two."""


@fault(take="sum")
def divides_by_all_eigenvalues():
    """You divide the largest by the sum of all. That is the share of one direction, as in a
    principal component analysis, and in the sum a very flat direction hardly shows. Look at the
    number below the line."""


@fault(take="mean")
def divides_by_the_mean_eigenvalue():
    """You divide the largest by the mean of all. In the mean a very flat direction hardly shows,
    and the flattest is where gradient descent can take longest. Look at the number below the
    line."""


@fault(take="logarithm")
def takes_the_logarithm():
    """You give the logarithm of the ratio. It goes with the number of digits that can be lost in
    solving equations; the number of steps goes with the ratio itself. Look for a logarithm."""


@mistake
def takes_eigenvalues_as_they_come(x):
    """You take the first and the last eigenvalue for the largest and the smallest. The general
    solvers `eig` and `eigvals` give them in no order; those for symmetric matrices sort them. Look
    at which of them you pick, and how."""
    values = np.linalg.eig(x @ x.T / x.shape[1])[0].real
    return values[0] / values[-1]


@mistake
def takes_eigenvalues_as_they_come_backwards(x):
    """You take the last and the first eigenvalue for the largest and the smallest. The general
    solvers `eig` and `eigvals` give them in no order; those for symmetric matrices sort them. Look
    at which of them you pick, and how."""
    values = np.linalg.eig(x @ x.T / x.shape[1])[0].real
    return values[-1] / values[0]


@mistake
def keeps_the_eigenvalues_complex(x):
    """You return a complex number. `eig` and `eigvals` serve any square matrix, and from NumPy 2.5
    on they give complex eigenvalues even where all are real. Look at your solver, if you use one:
    `eigvalsh` is made for symmetric matrices, and its eigenvalues are real."""
    return complex(condition_number(x))


@mistake
def divides_by_the_second_largest(x):
    """You divide the largest eigenvalue by the second largest. With two features that is right by
    chance; with more, the flattest direction belongs to the smallest of all. Look at how you pick
    the one below the line."""
    values = np.linalg.eigvalsh(x @ x.T / x.shape[1])[::-1]
    return values[0] / values[1]


@mistake
def looks_among_the_eigenvectors(x):
    """You look for the largest number among the eigenvectors. The solver gives two things, the
    eigenvalues first, and only those are asked for. Look at what you do with its result."""
    values, vectors = np.linalg.eigh(x @ x.T / x.shape[1])
    return vectors.max() / values.min()


@mistake
def compares_the_learning_rates(x):
    """You give 2 over the largest eigenvalue, the limit below which a learning rate is stable. That
    is another question; here you are to compare the steepest direction with the flattest. Look at
    the numbers above and below the line."""
    return 2 / np.linalg.eigvalsh(x @ x.T / x.shape[1]).max()


@mistake
def compares_the_entries(x):
    """You compare the largest and the smallest number in x, or in a matrix made of it. The bowl's
    widths lie along the eigenvectors, which can mix the features, and the eigenvalues tell them.
    The step that finds these is missing."""
    products = abs(x @ x.T)
    return products.max() / products.min()


@mistake
def compares_the_standard_deviations(x):
    """You compare the standard deviations of the features, or their variances. That sees neither
    their means nor whether they rise and fall together, and both can stretch the bowl. Look at the
    matrix that the exercise names."""
    deviations = x.std(axis=1)
    return deviations.max() / deviations.min()


@also(compares_the_standard_deviations)
def compares_the_variances(x):
    return x.var(axis=1).max() / x.var(axis=1).min()


@mistake
def multiplies_entry_by_entry(x):
    """The matrix that you hand to NumPy's solver has x's own shape, or its transpose's, and only a
    square one has eigenvalues. The product of x with its transpose is due there. `*` and `**` go
    entry by entry, a matrix product row by column."""
    values = np.linalg.eigvalsh(x * x / x.shape[1])
    return values.max() / values.min()


@mistake
def takes_the_eigenvectors(x):
    """You work with the eigenvectors. `eigh` and `eig` return two things, the eigenvalues first and
    the vectors second; the vectors are the bowl's directions, and all of length 1. Look at which of
    the two you go on with."""
    vectors = np.linalg.eigh(x @ x.T / x.shape[1])[1]
    with np.errstate(all="ignore"):
        return vectors.max() / vectors.min()


@also(compares_the_entries)
def compares_the_entries_with_their_signs(x):
    entries = x @ x.T
    with np.errstate(all="ignore"):
        return entries.max() / entries.min()


@mistake
def scales_the_features_first(x):
    """You bring the features to one size, by their lengths, root mean squares or deviations. That
    is the bowl after a part of normalizing; the question is about x as it is, and features of
    different sizes can stretch the bowl. Look for a division of x, or of its matrix, by something
    made of x."""
    x = x / np.sqrt((x**2).sum(axis=1, keepdims=True))
    values = np.linalg.eigvalsh(x @ x.T)
    return values[-1] / values[0]


@mistake
def divides_by_the_second_smallest(x):
    """With several features, you divide by the second smallest eigenvalue. `eigvalsh` sorts them
    from the smallest up, and Python counts from 0. Look at how you pick the one below the line."""
    values = np.linalg.eigvalsh(x @ x.T / x.shape[1])
    return values[-1] / values[1]


@mistake
def centres_each_example(x):
    """With several features your result is as good as infinite, or no number. So it comes out when
    each example's mean over the features is taken away: then they sum to 0 in each, and one
    direction has no curvature left. Look at what becomes of x, and for a division by 0."""
    x = x - x.mean(axis=0)
    values = np.linalg.eigvalsh(x @ x.T / x.shape[1])
    return values[-1] / values[0]


@mistake
def compares_the_lengths_of_the_matrices(x):
    """What you compare is made of all eigenvalues, as the length of a matrix and of its inverse
    are, with all their entries in it. The number asked for compares the largest and the smallest
    alone. Look at which norm you take, if you do, or for a sum over all of them."""
    h = x @ x.T / x.shape[1]
    return np.linalg.norm(h) * np.linalg.norm(np.linalg.inv(h))


@also(takes_the_logarithm)
def takes_the_natural_logarithm(x):
    return np.log(condition_number(x))


@also(compares_the_entries)
def compares_the_entries_of_x(x):
    with np.errstate(all="ignore"):
        return abs(x).max() / abs(x).min()


@also(compares_the_entries)
def compares_the_entries_of_x_with_their_signs(x):
    with np.errstate(all="ignore"):
        return x.max() / x.min()


@mistake
def compares_the_first_two_eigenvalues(x):
    """You compare the first two eigenvalues. Two features have no others, but a single one has one
    eigenvalue, and three have a third: it may be the largest, or the smallest. Look at how you pick
    the two."""
    values = np.linalg.eigvalsh(x @ x.T / x.shape[1])
    return values[1] / values[0]


@also(compares_the_first_two_eigenvalues)
def compares_the_first_two_the_other_way_round(x):
    values = np.linalg.eigvalsh(x @ x.T / x.shape[1])
    return values[0] / values[1]


@also(compares_the_first_two_eigenvalues)
def compares_the_first_two_as_they_come(x):
    values = np.linalg.eig(x @ x.T / x.shape[1])[0].real
    return values[0] / values[1]


@also(compares_the_first_two_eigenvalues)
def compares_the_second_with_the_first_as_they_come(x):
    values = np.linalg.eig(x @ x.T / x.shape[1])[0].real
    return values[1] / values[0]


@also(scales_the_features_first)
def divides_the_features_by_their_deviations(x):
    with np.errstate(all="ignore"):
        x = x / x.std(axis=1, keepdims=True)
        values = np.linalg.eigvalsh(x @ x.T)
        return values[-1] / values[0]


@mistake
def divides_by_each_eigenvalue(x):
    """You return a ratio for every eigenvalue, where one number is due: the largest is divided by
    each of them, or each by the smallest. The two that belong together are the largest and the
    smallest. Look at which side of the line still holds all of them."""
    values = np.linalg.eigvalsh(x @ x.T / x.shape[1])
    return values[-1] / values


@also(divides_by_each_eigenvalue)
def divides_by_each_from_the_largest_down(x):
    values = np.linalg.eigvalsh(x @ x.T / x.shape[1])
    return values[-1] / values[::-1]


@also(divides_by_each_eigenvalue)
def divides_each_by_the_smallest(x):
    values = np.linalg.eigvalsh(x @ x.T / x.shape[1])
    return values / values[0]


@also(divides_by_each_eigenvalue)
def divides_by_each_as_they_come(x):
    values = np.linalg.eig(x @ x.T / x.shape[1])[0].real
    return values.max() / values


@mistake
def brings_m_into_one_of_the_two(x):
    """Your ratio is off by the factor m, as when the 1 / m goes into only one of the two numbers
    that you compare. It belongs to the matrix, so to every eigenvalue, and cancels in the ratio.
    Look at what you divide by m, or multiply by it."""
    return condition_number(x) / x.shape[1]


@also(brings_m_into_one_of_the_two)
def brings_m_into_the_smallest(x):
    return condition_number(x) * x.shape[1]


@mistake
def uses_the_formula_for_two_features(x):
    """You make the two eigenvalues from the trace and the determinant, as for a matrix of two rows.
    Of one feature, or of three and more, the eigenvalues are in general others. Look for a step
    that takes n to be 2: NumPy's solvers serve any n."""
    h = x @ x.T / x.shape[1]
    trace, determinant = np.trace(h), np.linalg.det(h)
    root = np.sqrt(abs(trace**2 - 4 * determinant))
    return (trace + root) / (trace - root)


@also(uses_the_formula_for_two_features)
def uses_the_formula_for_two_features_without_a_guard(x):
    h = x @ x.T / x.shape[1]
    trace, determinant = np.trace(h), np.linalg.det(h)
    with np.errstate(all="ignore"):
        root = np.sqrt(trace**2 - 4 * determinant)
    return (trace + root) / (trace - root)
