"""The derivative of softmax: every dp_i/dz_j, as a matrix, for one example's probabilities."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def softmax_jacobian(p):
    """p (C, 1), the probabilities of one example -> (C, C): in row i and column j, dp_i/dz_j."""
    return np.diag(p[:, 0]) - p @ p.T


HINTS = (
    "When one logit rises and the others stay, what happens to the probability of its own class, "
    "and what to those of the others? They still sum to 1.",
    "By the quotient rule, dp_i/dz_j is p_i - p_i p_i when i = j, and something shorter when they "
    "differ. Which part do both cases share, and which stands on the diagonal alone?",
    "Put p on the diagonal of a square matrix, and take away the matrix of all products p_i p_j: "
    "the column p times the row p. To make a diagonal matrix, `np.diag` wants p flat.",
)

FACT = (
    "Every row and every column sums to 0: what one class gains the others lose, and adding the "
    "same number to all logits changes nothing."
)


def inputs():
    """Three unequal probabilities, one class alone, float32."""
    return [
        (np.array([[0.2], [0.5], [0.3]]),),
        (np.array([[1.0]]),),
        (np.array([[0.0123456], [0.6], [0.000003], [0.2876514], [0.1]]),),
        (np.array([[0.1], [0.25], [0.05], [0.6]], np.float32),),
    ]


def faulty(p, *, diagonal="p", product="outer", sign=-1, again=False):
    """The reference, with one or two things done wrong."""
    if again:
        p = np.exp(p) / np.exp(p).sum()
    first = {
        "one": np.eye(len(p)),
        "none": np.zeros((len(p), len(p))),
        "a column's": np.diag(p),
        "everywhere": p,
        "no factor": np.diag(p[:, 0] + p[:, 0] ** 2),
        "empty": np.diag(p[:, 0] ** 2),
    }.get(diagonal, np.diag(p[:, 0]))
    second = {
        "none": np.zeros((len(p), len(p))),
        "inner": p.T @ p,
        "squares": p * p,
        "diagonal": np.diag(p[:, 0] ** 2),
        "one factor": p,
        "plus off it": 2 * np.diag(p[:, 0] ** 2) - p @ p.T,
    }.get(product, p @ p.T)
    if sign == "turned":
        return second - first
    return first + sign * second


@mistake
def keeps_only_the_diagonal(p):
    """Your matrix is 0 off the diagonal. The diagonal, p (1 - p), is often quoted as the derivative
    of softmax, and is in general only part: raising one logit can lower other probabilities. Look
    at dp_i/dz_j when i and j differ."""
    return faulty(p, product="diagonal")


@fault(product="none")
def leaves_out_the_products():
    """The products of two probabilities are missing. In the quotient rule the denominator has a
    derivative too: every logit stands in the sum below the line. Look at the second term of that
    rule."""


@fault(product="inner")
def takes_the_inner_product():
    """You use one number, the sum of the squares of p, in every entry. Each pair of classes has a
    product of its own, which makes a matrix. Look at how p is multiplied by itself: with which
    shapes, and in which order."""


@fault(product="squares")
def subtracts_the_squares():
    """You have the square of p_i all along row i. Only on the diagonal are the two classes the
    same; elsewhere the product is of two classes' probabilities. Look at the shapes, or the
    indices, of the two factors."""


@fault(product="one factor")
def leaves_out_a_factor():
    """You have a single probability where the product of one with another belongs: how strongly p_i
    reacts to logit j depends on p_i and on p_j. Look at the second term of the quotient rule."""


def _one_factor(first, factor):
    return lambda p: np.diag(first(p)[:, 0]) - factor(p) * (1 - np.eye(len(p)))


# p_i or p_j, with and without the same on the diagonal.
takes_p_j = also(leaves_out_a_factor)(_one_factor(lambda p: 0 * p, np.transpose))
takes_p_i_off_it = also(leaves_out_a_factor)(_one_factor(lambda p: p * (1 - p), np.positive))
takes_p_j_off_it = also(leaves_out_a_factor)(_one_factor(lambda p: p * (1 - p), np.transpose))


@fault(product="plus off it")
def gives_other_classes_a_plus():
    """Off the diagonal your entries have a plus. When one logit rises, the other classes'
    probabilities cannot rise. Look at the sign of dp_i/dz_j when i and j differ."""


@fault(sign=1)
def adds_the_products():
    """You add the second term of the quotient rule, where it is to be taken away. Raising one logit
    could then raise the sum of all probabilities, which is always 1. Look at the sign of that
    term."""


@fault(sign="turned")
def subtracts_the_wrong_way_round():
    """Each term of your matrix has the wrong sign. A rising logit never lowers its own probability,
    so the diagonal cannot be negative. Look at which term is taken away from which."""


@fault(diagonal="one")
def takes_the_identity():
    """On your diagonal the first term is a 1 where a probability is due, as in an identity matrix.
    The numerator's own derivative, divided by the sum, is a probability. Look at the first term of
    the quotient rule."""


@fault(diagonal="none")
def leaves_out_the_diagonal():
    """Your diagonal is the case of two different classes, as if i and j differed there too. On it
    the logit also stands in the numerator, which gives one more term. Look at dp_i/dz_j when i and
    j are the same."""


@fault(diagonal="no factor")
def leaves_a_factor_out_of_the_diagonal():
    """On your diagonal the square of p is not taken away from p: the logit stands in the numerator,
    and in the sum below the line too. The rows of a right result sum to 0. Look at dp_i/dz_j when i
    and j are the same."""


@fault(diagonal="empty")
def leaves_the_diagonal_empty():
    """Your diagonal is 0, and the other entries are right. A logit moves its own probability by as
    much as all others together. Look at dp_i/dz_j when i and j are the same."""


@fault(diagonal="a column's")
def takes_the_diagonal_of_a_column():
    """Your first term is one number, the first entry of p, in place of a diagonal matrix. Given a
    matrix, and a column of shape (C, 1) is one, `np.diag` reads its diagonal; given a flat array,
    it makes one. Look at the shape of what goes in."""


@fault(diagonal="everywhere")
def uses_one_minus_p_everywhere():
    """Every entry of yours has p_i as a term of its own, as in p_i (1 - p_j). That term belongs to
    the diagonal alone, where the logit stands in the numerator as well. Look at dp_i/dz_j when i
    and j differ."""


@fault(again=True)
def applies_softmax_again():
    """You apply softmax to what you are given, but `p` holds probabilities already. A second
    softmax brings them closer together, unless all are equal. Look at where your way begins, and at
    what the argument is."""


@mistake
def gives_p_times_one_minus_p(p):
    """You return p (1 - p), a number for every class. It is often quoted as the derivative of
    softmax, and is only the diagonal of it: the derivative is a C by C matrix, with what every
    logit does to every probability. Look at what happens to the other classes."""
    return p * (1 - p)


@mistake
def swaps_the_two_cases(p):
    """You have the two cases the wrong way round: the formula for i = j stands where the classes
    differ, and the other on the diagonal. Look at the diagonal's sign: a rising logit never lowers
    its own probability."""
    return p @ (1 - p).T - np.diag(p[:, 0])


@also(swaps_the_two_cases)
def swaps_them_and_takes_p_i_alone(p):
    return p * (1 - p) - np.diag(p[:, 0])


@also(swaps_the_two_cases)
def swaps_them_and_takes_p_j_alone(p):
    return (p * (1 - p)).T - np.diag(p[:, 0])


@mistake
def differentiates_the_logarithm(p):
    """You give the derivative of the logarithm of p_i, not of p_i. The two differ by a factor of
    p_i in every row. Look at what you differentiate: p_i, which is a quotient, or its logarithm."""
    return np.eye(len(p)) - p.T


@mistake
def multiplies_the_two_terms(p):
    """You have the diagonal matrix times the products, where a difference is due. The quotient rule
    has two terms, one for the numerator and one for the denominator. Look at the operator between
    them."""
    return np.diag(p[:, 0]) @ (p @ p.T)


@mistake
def sums_over_the_logits(p):
    """Your result is a column of zeros, but for rounding, as when all derivatives of p_i are added
    up over the logits: they sum to 0, since adding the same number to all logits changes nothing.
    What each logit does is lost then. Look for a sum that should not be there, or at what is to
    fill your result."""
    return p - p * p.sum()


@mistake
def reads_a_diagonal_where_it_should_make_one(p):
    """A single number is left, the first entry of the diagonal. That happens when a column is
    handed to `np.diag`, which makes a diagonal only from a flat array. Besides, raising one logit
    can lower other probabilities: in general a diagonal is not the whole derivative. Look at
    dp_i/dz_j when i and j differ."""
    return np.diag(p * (1 - p))


@mistake
def gives_the_diagonal_a_plus(p):
    """Your other entries are right, and the diagonal has p (1 + p). A column has to sum to 0, since
    what one class gains the others lose, and the closer p is to 1 the less it can still gain. Look
    at the sign in the case of i and j the same."""
    return faulty(p, product="plus off it", sign=1)


@mistake
def turns_the_diagonals_sign(p):
    """Unless it is 0, your diagonal has the wrong sign, and your other entries are right. A rising
    logit never lowers its own probability. Look at dp_i/dz_j when i and j are the same."""
    return faulty(p, product="plus off it", sign="turned")


@mistake
def squares_the_products(p):
    """You square the products of two probabilities. The column times the row holds each product
    already, on the diagonal as a square; squared again, a product between 0 and 1 shrinks, and its
    row then no longer sums to 0. Look at what happens to the products before you take them away."""
    return np.diag(p[:, 0]) - (p @ p.T) ** 2


@mistake
def starts_anew_for_every_row(p):
    """Only the last row of your result is filled; all before it are 0. That is what comes out when
    the array is made inside the loop over the rows, where each round throws away what the one
    before has written. Look at where your array is made."""
    jacobian = np.zeros((len(p), len(p)))
    jacobian[-1] = softmax_jacobian(p)[-1]
    return jacobian


@mistake
def uses_one_minus_p_off_the_diagonal(p):
    """Where i and j differ you have p_i times (1 - p_j), with a minus. The 1 comes from the
    numerator, which only has logit i in it; logit j stands in the sum below the line alone. Look at
    dp_i/dz_j when i and j differ."""
    return np.diag((p * (1 - p) * 2)[:, 0]) - p @ (1 - p).T


@mistake
def takes_the_square_away_twice(p):
    """On your diagonal the square of p is taken away twice, as when p (1 - p), which has it in it,
    meets the matrix of products, which has it on its own diagonal. Look at what your diagonal is
    made of."""
    return np.diag((p * (1 - p))[:, 0]) - p @ p.T


@mistake
def leaves_the_last_column_empty(p):
    """Your last column is 0, and so the last logit would move nothing. Columns are numbered from 0
    to C - 1, and a `range` or a slice leaves out the number where it ends. Look at where your
    columns end."""
    jacobian = softmax_jacobian(p)
    jacobian[:, -1] = 0
    return jacobian


@mistake
def fills_one_triangle(p):
    """On one side of the diagonal your entries are 0. By rights the two sides mirror each other:
    dp_i/dz_j equals dp_j/dz_i. Look at how far an inner loop walks, or at what else keeps one
    triangle alone."""
    return np.triu(softmax_jacobian(p))


@also(fills_one_triangle)
def fills_the_lower_triangle(p):
    return np.tril(softmax_jacobian(p))


@mistake
def subtracts_the_squares_down_the_columns(p):
    """You take the square of p_j away all down column j. Only on the diagonal are the two classes
    the same; elsewhere the product is of two classes' probabilities. Look at the indices of your
    product."""
    return np.diag(p[:, 0]) - (p.T) ** 2


@mistake
def leaves_the_last_class_out(p):
    """Your last row and your last column are 0, as if the last class had no part in it. Both are
    numbered from 0 to C - 1, and a `range` or a slice leaves out the number where it ends. Look at
    where your rows and columns end."""
    jacobian = softmax_jacobian(p)
    jacobian[-1], jacobian[:, -1] = 0, 0
    return jacobian


@mistake
def repeats_p_times_one_minus_p(p):
    """You have p_i (1 - p_i) along the whole of row i, or p_j (1 - p_j) down column j. That is
    dp_i/dz_j when i and j are the same, and belongs on the diagonal alone. Look at dp_i/dz_j when
    they differ, and at what stands there in your result."""
    return p * (1 - p) + np.zeros((1, len(p)))


@also(repeats_p_times_one_minus_p)
def repeats_it_down_the_columns(p):
    return (p * (1 - p)).T + np.zeros((len(p), 1))


def _one_line(which, column=False):
    def answer(p):
        jacobian, k = np.zeros((len(p), len(p))), which(p)
        line = (slice(None), k) if column else k
        jacobian[line] = softmax_jacobian(p)[line]
        return jacobian

    return answer


@mistake
def fills_one_line_only(p):
    """You fill a single row or column, and leave 0 everywhere else. Where there are several
    classes, every probability can answer to every logit. Look at what picks the row or the column
    that you fill, or at where a loop ends."""
    return _one_line(np.argmax)(p)


fills_the_first_row_only = also(fills_one_line_only)(_one_line(lambda p: 0))
fills_the_likeliest_column_only = also(fills_one_line_only)(_one_line(np.argmax, column=True))
fills_the_first_column_only = also(fills_one_line_only)(_one_line(lambda p: 0, column=True))
