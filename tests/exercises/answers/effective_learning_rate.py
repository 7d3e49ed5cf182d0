"""Answers to `effective_learning_rate`."""

import numpy as np
from legal import scale, signed, sizes

from answers import right, wrong


def anything(rng, dtype):
    """Any shape and scale, both signs."""
    return float(scale(rng)), (signed(rng, *sizes(rng, 1, 1)) * scale(rng)).astype(dtype)


@right
def with_a_norm(learning_rate, w):
    return learning_rate / np.linalg.norm(w, axis=1, keepdims=True) ** 2


@right
def with_einsum(learning_rate, w):
    return (learning_rate / np.einsum("ij,ij->i", w, w))[:, None]


@right
def row_by_row(learning_rate, w):
    return np.array([[learning_rate / sum(v * v for v in row)] for row in w])


@right
def diagonal_of_a_product(learning_rate, w):
    return learning_rate / np.diag(w @ w.T).reshape(-1, 1)


@wrong("flat-shape")
def a_flat_array(learning_rate, w):
    return learning_rate / (w**2).sum(axis=1)


@wrong("forgets-the-square")
def over_the_norm(learning_rate, w):
    return learning_rate / np.linalg.norm(w, axis=1, keepdims=True)


@wrong("takes-columns+forgets-the-square")
def two_at_once(learning_rate, w):
    return learning_rate / np.linalg.norm(w, axis=0, keepdims=True)


@wrong("changed-arguments")
def in_place(learning_rate, w):
    w *= w
    return learning_rate / w.sum(axis=1, keepdims=True)
