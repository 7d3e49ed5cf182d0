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


@right
def loop(layer_sizes, batch_norm):
    total = 0
    L = len(layer_sizes) - 1
    for l in range(1, L + 1):  # noqa: E741
        total += layer_sizes[l] * layer_sizes[l - 1]
        if batch_norm and l < L:
            total += 2 * layer_sizes[l]
        else:
            total += layer_sizes[l]
    return total


@right
def build_arrays(layer_sizes, batch_norm):
    shapes = []
    for index in range(len(layer_sizes) - 1):
        n_in, n_out = layer_sizes[index], layer_sizes[index + 1]
        shapes.append((n_out, n_in))
        is_output = index == len(layer_sizes) - 2
        if batch_norm and not is_output:
            shapes += [(n_out, 1), (n_out, 1)]
        else:
            shapes.append((n_out, 1))
    return sum(rows * columns for rows, columns in shapes)


@right
def correct_recursive(layer_sizes, batch_norm):
    if len(layer_sizes) < 2:
        return 0
    n_in, n_out = layer_sizes[0], layer_sizes[1]
    per_unit = 2 if batch_norm and len(layer_sizes) > 2 else 1
    return n_out * (n_in + per_unit) + correct_recursive(layer_sizes[1:], batch_norm)


@right
def helper(layer_sizes, batch_norm):
    def hidden(n_in, n_out):
        return n_out * n_in + (2 if batch_norm else 1) * n_out

    def output(n_in, n_out):
        return n_out * (n_in + 1)

    *rest, last = list(layer_sizes)
    answer = output(rest[-1], last)
    for previous, current in zip(rest, rest[1:]):
        answer += hidden(previous, current)
    return answer


@wrong("normalizes-the-output")
def output_normalized(layer_sizes, batch_norm):
    """Normalizes the output layer too (gamma and beta in every layer)."""
    s = list(layer_sizes)
    return sum(s[l] * s[l - 1] + (2 if batch_norm else 1) * s[l] for l in range(1, len(s)))  # noqa: E741


@wrong("counts-the-running-statistics")
def running_statistics(layer_sizes, batch_norm):
    """Counts the running mean and variance as trainable, four per hidden unit."""
    s = list(layer_sizes)
    total = sum(s[l] * s[l - 1] + s[l] for l in range(1, len(s)))  # noqa: E741
    return total + (3 * sum(s[1:-1]) if batch_norm else 0)


@wrong("counts-no-biases")
def weights_only(layer_sizes, batch_norm):
    """Forgets the biases."""
    s = list(layer_sizes)
    total = sum(s[l] * s[l - 1] for l in range(1, len(s)))  # noqa: E741
    return total + (2 * sum(s[1:-1]) if batch_norm else 0)


@wrong("counts-one-pair-a-layer")
def scalar_parameters(layer_sizes, batch_norm):
    """Counts one gamma and one beta per layer instead of per unit."""
    s = list(layer_sizes)
    L = len(s) - 1
    total = 0
    for l in range(1, L + 1):  # noqa: E741
        total += s[l] * s[l - 1]
        total += 2 if batch_norm and l < L else s[l]
    return total


@wrong("normalizes-the-input")
def input_layer(layer_sizes, batch_norm):
    """Counts the input features as a layer with gamma and beta."""
    s = list(layer_sizes)
    total = sum(s[l] * s[l - 1] + s[l] for l in range(1, len(s)))  # noqa: E741
    return total + (sum(s[1:-1]) + 2 * s[0] if batch_norm else 0)


@wrong("counts-a-bias-for-every-input")
def bias_of_inputs(layer_sizes, batch_norm):
    """Gives each layer a bias per input (n_in) instead of per output."""
    s = list(layer_sizes)
    total = sum(s[l] * s[l - 1] + s[l - 1] for l in range(1, len(s)))  # noqa: E741
    return total + (sum(s[1:-1]) if batch_norm else 0)


@wrong("skips-the-output-layer")
def last_layer_skipped(layer_sizes, batch_norm):
    """Off-by-one range: the output layer is never counted."""
    s = list(layer_sizes)
    return sum(s[l] * s[l - 1] + (2 if batch_norm else 1) * s[l] for l in range(1, len(s) - 1))  # noqa: E741


@wrong("always-uses-batch-norm")
def ignores_flag(layer_sizes, batch_norm):
    """Ignores batch_norm and always counts gamma and beta."""
    s = list(layer_sizes)
    return sum(s[l] * s[l - 1] + s[l] for l in range(1, len(s))) + sum(s[1:-1])  # noqa: E741


@wrong("turns-the-question-over")
def flag_inverted(layer_sizes, batch_norm):
    """Inverts the meaning of batch_norm."""
    return loop(layer_sizes, not batch_norm)


@wrong("printed-not-returned")
def no_return(layer_sizes, batch_norm):
    """Prints the total instead of returning it."""
    print(loop(layer_sizes, batch_norm))


@wrong("changed-arguments")
def pops_list(layer_sizes, batch_norm):
    """Pops the sizes off the list, which changes the argument."""
    total = 0
    last = True
    n_out = layer_sizes.pop()
    while layer_sizes:
        n_in = layer_sizes.pop()
        total += n_out * n_in + (2 if batch_norm and not last else 1) * n_out
        last = False
        n_out = n_in
    return total


@wrong("keeps-the-hidden-bias+normalizes-the-output")
def keeps_b_and_output(layer_sizes, batch_norm):
    """Two slips: keeps b, and normalizes the output layer."""
    s = list(layer_sizes)
    return sum(s[l] * s[l - 1] + (3 if batch_norm else 1) * s[l] for l in range(1, len(s)))  # noqa: E741


@wrong("raised-IndexError")
def index_error(layer_sizes, batch_norm):
    """Runs one index too far, so an IndexError is raised."""
    total = 0
    for l in range(len(layer_sizes)):  # noqa: E741
        total += layer_sizes[l] * layer_sizes[l + 1] + layer_sizes[l + 1]
    return total


@wrong("forgets-the-output-bias")
def no_bias_at_the_end(layer_sizes, batch_norm):
    total = 0
    for k in range(1, len(layer_sizes)):
        total += layer_sizes[k - 1] * layer_sizes[k]
        if k < len(layer_sizes) - 1:
            total += (2 if batch_norm else 1) * layer_sizes[k]
    return total


@wrong("counts-by-the-inputs")
def all_but_weights_by_inputs(layer_sizes, batch_norm):
    total = 0
    for k in range(1, len(layer_sizes)):
        n_in, n_out = layer_sizes[k - 1], layer_sizes[k]
        total += n_in * n_out
        if batch_norm and k < len(layer_sizes) - 1:
            total += 2 * n_in
        else:
            total += n_in
    return total


@wrong("adds-one-for-every-input")
def hidden_sizes_from_the_input_on(layer_sizes, batch_norm):
    total = sum(a * b for a, b in zip(layer_sizes, layer_sizes[1:]))
    total += sum(layer_sizes[1:])
    if batch_norm:
        total += sum(layer_sizes[:-1])
    return total


@wrong("takes-the-input-for-a-hidden-layer")
def with_a_slice_that_begins_too_soon(layer_sizes, batch_norm):
    """The inputs count as a hidden layer: slice [:-1] instead of [1:-1]."""
    total = sum(a * b for a, b in zip(layer_sizes, layer_sizes[1:]))
    total += (2 if batch_norm else 1) * sum(layer_sizes[:-1])
    return total + layer_sizes[-1]


@wrong("forgets-the-hidden-biases-without-batch-norm")
def hidden_b_never(layer_sizes, batch_norm):
    """gamma and beta come with batch norm, but the hidden b's are left out without it too."""
    total = sum(a * b for a, b in zip(layer_sizes, layer_sizes[1:]))
    if batch_norm:
        total += 2 * sum(layer_sizes[1:-1])
    return total + layer_sizes[-1]


@wrong("skips-the-first-layer")
def from_the_second_pair_on(layer_sizes, batch_norm):
    count = 0
    for k in range(1, len(layer_sizes) - 1):
        n_in, n_out = layer_sizes[k], layer_sizes[k + 1]
        hidden = k + 2 < len(layer_sizes)
        count += n_in * n_out + n_out + (n_out if hidden and batch_norm else 0)
    return count


@wrong("normalizes-the-input")
def pairs_of_the_layer_before(layer_sizes, batch_norm):
    count, last = 0, len(layer_sizes) - 2
    for k, (n_in, n_out) in enumerate(zip(layer_sizes[:-1], layer_sizes[1:], strict=True)):
        count += n_in * n_out + (2 * n_in if batch_norm and k < last else n_out)
    return count


@wrong("counts-the-weights-with-batch-norm-only")
def a_condition_too_wide(layer_sizes, batch_norm):
    count = 0
    for k in range(1, len(layer_sizes) - 1):
        n = layer_sizes[k]
        count += layer_sizes[k - 1] * n + 2 * n if batch_norm else n
    return count + layer_sizes[-1] * (1 + layer_sizes[-2])


@wrong("counts-the-weights-with-batch-norm-only")
def a_condition_too_wide_at_the_end_too(layer_sizes, batch_norm):
    count, end = 0, len(layer_sizes) - 1
    for k in range(1, end + 1):
        n = layer_sizes[k]
        count += layer_sizes[k - 1] * n + 2 * n if batch_norm and k < end else n
    return count


@wrong("counts-one-hidden-layer")
def three_sizes(layer_sizes, batch_norm):
    n0, n1, n2 = layer_sizes[0], layer_sizes[1], layer_sizes[-1]
    return n0 * n1 + (2 * n1 if batch_norm else n1) + n1 * n2 + n2


@wrong("recognizes-the-output-by-its-size")
def output_by_its_size(layer_sizes, batch_norm):
    count, before = 0, layer_sizes[0]
    for size in layer_sizes[1:]:
        count += before * size
        count += size if (size == layer_sizes[-1] or not batch_norm) else 2 * size
        before = size
    return count


@wrong("joins-the-last-layer-to-the-first")
def from_index_0_on(layer_sizes, batch_norm):
    total = 0
    for i in range(len(layer_sizes)):
        total += layer_sizes[i - 1] * layer_sizes[i]
    return total + sum(layer_sizes[1:]) + (sum(layer_sizes[1:-1]) if batch_norm else 0)


@wrong("counts-one-bias-a-layer")
def a_number_for_b(layer_sizes, batch_norm):
    total, last = 0, len(layer_sizes) - 1
    for i in range(1, last + 1):
        total += layer_sizes[i - 1] * layer_sizes[i]
        total += 2 * layer_sizes[i] if batch_norm and i < last else 1
    return total


@wrong("counts-the-weights-with-batch-norm-only")
def all_in_one_line(layer_sizes, batch_norm):
    w = sum(a * b for a, b in itertools.pairwise(layer_sizes))
    hidden, out = sum(layer_sizes[1:-1]), layer_sizes[-1]
    return w + 2 * hidden if batch_norm else hidden + out


@wrong("counts-a-bias-for-every-input")
def b_by_the_inputs(layer_sizes, batch_norm):
    count = 0
    for k, (n_in, n_out) in enumerate(itertools.pairwise(layer_sizes)):
        hidden = k < len(layer_sizes) - 2
        count += n_in * n_out
        count += 2 * n_out if batch_norm and hidden else n_in
    return count


@wrong("counts-a-bias-for-every-input")
def b_by_the_inputs_without_batch_norm(layer_sizes, batch_norm):
    count = 0
    for k, (n_in, n_out) in enumerate(itertools.pairwise(layer_sizes)):
        hidden = k < len(layer_sizes) - 2
        count += n_in * n_out
        if batch_norm:
            count += 2 * n_out if hidden else n_out
        else:
            count += n_in
    return count


@wrong("counts-a-bias-for-every-input")
def hidden_b_by_the_inputs(layer_sizes, batch_norm):
    count = layer_sizes[-1] * (layer_sizes[-2] + 1)
    for n_in, n_out in itertools.pairwise(layer_sizes[:-1]):
        count += n_in * n_out + (2 * n_out if batch_norm else n_in)
    return count


@wrong("normalizes-the-first-hidden-layer-only")
def for_one_hidden_layer(layer_sizes, batch_norm):
    total = sum((a + 1) * b for a, b in zip(layer_sizes, layer_sizes[1:]))
    return total + (layer_sizes[1] if batch_norm and len(layer_sizes) > 2 else 0)


@wrong("counts-the-weights-alone")
def products_of_neighbours_alone(layer_sizes, batch_norm):
    return int(np.dot(layer_sizes[:-1], layer_sizes[1:]))
