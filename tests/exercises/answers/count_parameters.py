"""Answers to `count_parameters`."""

import itertools

import numpy as np

from answers import right, wrong


def anything(rng, dtype):
    """Networks with any number of layers, with and without batch norm."""
    return [int(n) for n in rng.integers(1, 60, rng.integers(2, 8))], bool(rng.integers(0, 2))


@right
def layer_by_layer(layer_sizes, batch_norm):
    total = 0
    last = len(layer_sizes) - 1
    for i in range(1, len(layer_sizes)):
        total += layer_sizes[i - 1] * layer_sizes[i]
        if i == last or not batch_norm:
            total += layer_sizes[i]
        else:
            total += 2 * layer_sizes[i]
    return total


@right
def by_making_the_arrays(layer_sizes, batch_norm):
    arrays = []
    for i, (n_in, n_out) in enumerate(itertools.pairwise(layer_sizes)):
        arrays.append(np.zeros((n_out, n_in)))
        arrays.append(np.zeros((n_out, 1)))
        if batch_norm and i < len(layer_sizes) - 2:
            arrays.append(np.zeros((n_out, 1)))
    return sum(a.size for a in arrays)


@right
def by_dot_product(layer_sizes, batch_norm):
    n = np.array(layer_sizes)
    total = n[:-1] @ n[1:] + n[1:].sum()
    return total + n[1:-1].sum() if batch_norm else total


@right
def recursive(layer_sizes, batch_norm):
    first, second, *rest = layer_sizes
    if not rest:
        return first * second + second
    return first * second + second * (1 + batch_norm) + recursive([second, *rest], batch_norm)


@right
def one_expression(layer_sizes, batch_norm):
    w = sum(a * b for a, b in itertools.pairwise(layer_sizes))
    return w + sum(layer_sizes[1:]) + (sum(layer_sizes[1:-1]) if batch_norm else 0)


@right
def in_a_zero_dimensional_array(layer_sizes, batch_norm):
    return np.array(one_expression(layer_sizes, batch_norm))


@wrong("keeps-the-hidden-bias")
def with_b(layer_sizes, batch_norm):
    total = 0
    for i in range(1, len(layer_sizes)):
        total += layer_sizes[i - 1] * layer_sizes[i] + layer_sizes[i]
        if batch_norm and i < len(layer_sizes) - 1:
            total += 2 * layer_sizes[i]
    return total


@wrong("normalizes-the-output")
def everywhere(layer_sizes, batch_norm):
    total = 0
    for n_in, n_out in itertools.pairwise(layer_sizes):
        total += n_in * n_out + (2 * n_out if batch_norm else n_out)
    return total


@wrong("counts-one-pair-a-layer")
def scalars(layer_sizes, batch_norm):
    w = sum(a * b for a, b in itertools.pairwise(layer_sizes))
    if batch_norm:
        return w + 2 * (len(layer_sizes) - 2) + layer_sizes[-1]
    return w + sum(layer_sizes[1:])


@wrong("ignores-batch-norm")
def plain(layer_sizes, batch_norm):
    return sum((a + 1) * b for a, b in itertools.pairwise(layer_sizes))


@wrong("counts-in-floats")
def starting_from_a_float(layer_sizes, batch_norm):
    return 0.0 + one_expression(layer_sizes, batch_norm)


@wrong("counts-the-running-statistics")
def all_four(layer_sizes, batch_norm):
    return one_expression(layer_sizes, batch_norm) + 2 * batch_norm * sum(layer_sizes[1:-1])


@wrong("counts-a-bias-for-the-input")
def biases_everywhere(layer_sizes, batch_norm):
    w = sum(a * b for a, b in itertools.pairwise(layer_sizes))
    return w + sum(layer_sizes) + (sum(layer_sizes[1:-1]) if batch_norm else 0)


@wrong("drops-the-output-bias")
def no_b_at_all(layer_sizes, batch_norm):
    w = sum(a * b for a, b in itertools.pairwise(layer_sizes))
    return w + (2 * sum(layer_sizes[1:-1]) if batch_norm else sum(layer_sizes[1:]))


@wrong(None)
def takes_the_first_layer_for_hidden(layer_sizes, batch_norm):
    n_0, n_1, *_ = layer_sizes
    total = n_0 * n_1 + (2 if batch_norm else 1) * n_1
    for i in range(2, len(layer_sizes) - 1):
        total += layer_sizes[i - 1] * layer_sizes[i] + (2 if batch_norm else 1) * layer_sizes[i]
    return total + (layer_sizes[-2] + 1) * layer_sizes[-1]


@wrong("wrong-type")
def a_list_of_counts(layer_sizes, batch_norm):
    return [a * b + b for a, b in itertools.pairwise(layer_sizes)]


@wrong("raised-IndexError")
def one_too_far(layer_sizes, batch_norm):
    return sum(layer_sizes[i] * layer_sizes[i + 1] for i in range(len(layer_sizes)))
