"""Answers to `count_parameters`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_loop(layer_sizes, batch_norm):
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
def correct_sum_of_pairs(layer_sizes, batch_norm):
    weights = sum(a * b for a, b in zip(layer_sizes[:-1], layer_sizes[1:]))
    biases = sum(layer_sizes[1:])
    extra = sum(layer_sizes[1:-1]) if batch_norm else 0
    return int(weights + biases + extra)


@right
def correct_numpy(layer_sizes, batch_norm):
    s = np.array(layer_sizes)
    count = s[:-1] @ s[1:] + s[1:].sum()
    if batch_norm:
        count += s[1:-1].sum()
    return int(count)


@right
def correct_build_arrays(layer_sizes, batch_norm):
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
def correct_helper(layer_sizes, batch_norm):
    def hidden(n_in, n_out):
        return n_out * n_in + (2 if batch_norm else 1) * n_out

    def output(n_in, n_out):
        return n_out * (n_in + 1)

    *rest, last = list(layer_sizes)
    answer = output(rest[-1], last)
    for previous, current in zip(rest, rest[1:]):
        answer += hidden(previous, current)
    return answer


@wrong("keeps-the-hidden-bias")
def wrong_keeps_b(layer_sizes, batch_norm):
    """Keeps b in the hidden layers with batch norm."""
    s = list(layer_sizes)
    total = sum(s[l] * s[l - 1] + s[l] for l in range(1, len(s)))  # noqa: E741
    return total + (2 * sum(s[1:-1]) if batch_norm else 0)


@wrong("normalizes-the-output")
def wrong_output_normalized(layer_sizes, batch_norm):
    """Normalizes the output layer too (gamma and beta in every layer)."""
    s = list(layer_sizes)
    return sum(s[l] * s[l - 1] + (2 if batch_norm else 1) * s[l] for l in range(1, len(s)))  # noqa: E741


@wrong("ignores-batch-norm")
def wrong_no_gamma(layer_sizes, batch_norm):
    """Forgets gamma: counts only beta, so the total is the same with and without batch norm."""
    s = list(layer_sizes)
    return sum(s[l] * s[l - 1] + s[l] for l in range(1, len(s)))  # noqa: E741


@wrong("counts-the-running-statistics")
def wrong_running_statistics(layer_sizes, batch_norm):
    """Counts the running mean and variance as trainable, four per hidden unit."""
    s = list(layer_sizes)
    total = sum(s[l] * s[l - 1] + s[l] for l in range(1, len(s)))  # noqa: E741
    return total + (3 * sum(s[1:-1]) if batch_norm else 0)


@wrong("counts-no-biases")
def wrong_weights_only(layer_sizes, batch_norm):
    """Forgets the biases."""
    s = list(layer_sizes)
    total = sum(s[l] * s[l - 1] for l in range(1, len(s)))  # noqa: E741
    return total + (2 * sum(s[1:-1]) if batch_norm else 0)


@wrong("drops-the-output-bias")
def wrong_output_no_bias(layer_sizes, batch_norm):
    """Drops b from the output layer as well when batch norm is used."""
    s = list(layer_sizes)
    total = sum(s[l] * s[l - 1] for l in range(1, len(s)))  # noqa: E741
    return total + (2 * sum(s[1:-1]) if batch_norm else sum(s[1:]))


@wrong("counts-one-pair-a-layer")
def wrong_scalar_parameters(layer_sizes, batch_norm):
    """Counts one gamma and one beta per layer instead of per unit."""
    s = list(layer_sizes)
    L = len(s) - 1
    total = 0
    for l in range(1, L + 1):  # noqa: E741
        total += s[l] * s[l - 1]
        total += 2 if batch_norm and l < L else s[l]
    return total


@wrong("normalizes-the-input")
def wrong_input_layer(layer_sizes, batch_norm):
    """Counts the input features as a layer with gamma and beta."""
    s = list(layer_sizes)
    total = sum(s[l] * s[l - 1] + s[l] for l in range(1, len(s)))  # noqa: E741
    return total + (sum(s[1:-1]) + 2 * s[0] if batch_norm else 0)


@wrong("counts-a-bias-for-every-input")
def wrong_bias_of_inputs(layer_sizes, batch_norm):
    """Gives each layer a bias per input (n_in) instead of per output."""
    s = list(layer_sizes)
    total = sum(s[l] * s[l - 1] + s[l - 1] for l in range(1, len(s)))  # noqa: E741
    return total + (sum(s[1:-1]) if batch_norm else 0)


@wrong("skips-the-output-layer")
def wrong_last_layer_skipped(layer_sizes, batch_norm):
    """Off-by-one range: the output layer is never counted."""
    s = list(layer_sizes)
    return sum(s[l] * s[l - 1] + (2 if batch_norm else 1) * s[l] for l in range(1, len(s) - 1))  # noqa: E741


@wrong("always-uses-batch-norm")
def wrong_ignores_flag(layer_sizes, batch_norm):
    """Ignores batch_norm and always counts gamma and beta."""
    s = list(layer_sizes)
    return sum(s[l] * s[l - 1] + s[l] for l in range(1, len(s))) + sum(s[1:-1])  # noqa: E741


@wrong("turns-the-question-over")
def wrong_flag_inverted(layer_sizes, batch_norm):
    """Inverts the meaning of batch_norm."""
    return correct_loop(layer_sizes, not batch_norm)


@wrong("printed-not-returned")
def wrong_no_return(layer_sizes, batch_norm):
    """Prints the total instead of returning it."""
    print(correct_loop(layer_sizes, batch_norm))


@wrong("changed-arguments")
def wrong_pops_list(layer_sizes, batch_norm):
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
def wrong_keeps_b_and_output(layer_sizes, batch_norm):
    """Two slips: keeps b, and normalizes the output layer."""
    s = list(layer_sizes)
    return sum(s[l] * s[l - 1] + (3 if batch_norm else 1) * s[l] for l in range(1, len(s)))  # noqa: E741


@wrong("raised-IndexError")
def wrong_index_error(layer_sizes, batch_norm):
    """Runs one index too far, so an IndexError is raised."""
    total = 0
    for l in range(len(layer_sizes)):  # noqa: E741
        total += layer_sizes[l] * layer_sizes[l + 1] + layer_sizes[l + 1]
    return total
