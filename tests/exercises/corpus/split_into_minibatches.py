"""Answers to `split_into_minibatches`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_permutation(x, y, batch_size, rng):
    m = x.shape[1]
    order = rng.permutation(m)
    batches = []
    for start in range(0, m, batch_size):
        chosen = order[start : start + batch_size]
        batches.append((x[:, chosen], y[:, chosen]))
    return batches


@right
def correct_shuffle_indices(x, y, batch_size, rng):
    indices = np.arange(x.shape[1])
    rng.shuffle(indices)
    xs, ys = x[:, indices], y[:, indices]
    return [
        (xs[:, k : k + batch_size], ys[:, k : k + batch_size])
        for k in range(0, xs.shape[1], batch_size)
    ]


@right
def correct_full_then_rest(x, y, batch_size, rng):
    m = x.shape[1]
    permutation = list(rng.permutation(m))
    shuffled_x, shuffled_y = x[:, permutation], y[:, permutation]
    batches = []
    full = m // batch_size
    for k in range(full):
        batches.append(
            (
                shuffled_x[:, k * batch_size : (k + 1) * batch_size],
                shuffled_y[:, k * batch_size : (k + 1) * batch_size],
            )
        )
    if m % batch_size != 0:
        batches.append((shuffled_x[:, full * batch_size :], shuffled_y[:, full * batch_size :]))
    return batches


@right
def correct_argsort_random(x, y, batch_size, rng):
    order = np.argsort(rng.random(x.shape[1]))
    cuts = range(batch_size, len(order), batch_size)
    return [(x[:, part], y[:, part]) for part in np.split(order, cuts)]


@right
def correct_array_split_lists(x, y, batch_size, rng):
    order = rng.choice(x.shape[1], size=x.shape[1], replace=False)
    cuts = np.arange(batch_size, x.shape[1], batch_size)
    return [[np.take(x, c, axis=1), np.take(y, c, axis=1)] for c in np.array_split(order, cuts)]


@right
def correct_stacked(x, y, batch_size, rng):
    both = rng.permutation(np.vstack([x, y]), axis=1)
    n = x.shape[0]
    return [
        (both[:n, k : k + batch_size], both[n:, k : k + batch_size])
        for k in range(0, both.shape[1], batch_size)
    ]


@right
def correct_while_loop(x, y, batch_size, rng):
    remaining = rng.permutation(x.shape[1])
    result = []
    while len(remaining) > 0:
        now, remaining = remaining[:batch_size], remaining[batch_size:]
        result.append((x[:, now], y[:, now]))
    return result


@wrong("does-not-shuffle")
def wrong_not_shuffled(x, y, batch_size, rng):
    """Does not shuffle at all."""
    return [
        (x[:, k : k + batch_size], y[:, k : k + batch_size])
        for k in range(0, x.shape[1], batch_size)
    ]


@wrong("global-random-state")
def wrong_global_random(x, y, batch_size, rng):
    """Uses np.random.permutation instead of rng."""
    p = np.random.permutation(x.shape[1])  # noqa: NPY002
    return [
        (x[:, p[k : k + batch_size]], y[:, p[k : k + batch_size]])
        for k in range(0, len(p), batch_size)
    ]


@wrong("ignores-rng")
def wrong_own_generator(x, y, batch_size, rng):
    """Makes its own generator with a fixed seed instead of using rng."""
    p = np.random.default_rng(0).permutation(x.shape[1])
    return [
        (x[:, p[k : k + batch_size]], y[:, p[k : k + batch_size]])
        for k in range(0, len(p), batch_size)
    ]


@wrong("shuffles-labels-apart")
def wrong_shuffled_apart(x, y, batch_size, rng):
    """Shuffles x and y with two different permutations, so the pairs are broken."""
    m = x.shape[1]
    xs, ys = x[:, rng.permutation(m)], y[:, rng.permutation(m)]
    return [(xs[:, k : k + batch_size], ys[:, k : k + batch_size]) for k in range(0, m, batch_size)]


@wrong("shuffles-x-only")
def wrong_only_x(x, y, batch_size, rng):
    """Shuffles x but not y."""
    xs = x[:, rng.permutation(x.shape[1])]
    return [
        (xs[:, k : k + batch_size], y[:, k : k + batch_size])
        for k in range(0, x.shape[1], batch_size)
    ]


@wrong("drops-the-last-batch")
def wrong_last_dropped(x, y, batch_size, rng):
    """Drops the last, smaller batch."""
    p = rng.permutation(x.shape[1])
    return [
        (
            x[:, p[k * batch_size : (k + 1) * batch_size]],
            y[:, p[k * batch_size : (k + 1) * batch_size]],
        )
        for k in range(len(p) // batch_size)
    ]


@wrong("adds-an-empty-batch")
def wrong_empty_last(x, y, batch_size, rng):
    """Adds an empty last batch when the batch size divides m."""
    p = rng.permutation(x.shape[1])
    return [
        (
            x[:, p[k * batch_size : (k + 1) * batch_size]],
            y[:, p[k * batch_size : (k + 1) * batch_size]],
        )
        for k in range(len(p) // batch_size + 1)
    ]


@wrong("cuts-the-rows")
def wrong_rows(x, y, batch_size, rng):
    """Shuffles and splits the rows (units) instead of the columns."""
    p = rng.permutation(x.shape[0])
    return [
        (x[p[k : k + batch_size]], y[:, k : k + batch_size])
        for k in range(0, x.shape[0], batch_size)
    ]


@wrong("changed-arguments")
def wrong_in_place(x, y, batch_size, rng):
    """Shuffles the arguments themselves in place."""
    p = rng.permutation(x.shape[1])
    x[:] = x[:, p]
    y[:] = y[:, p]
    return [
        (x[:, k : k + batch_size].copy(), y[:, k : k + batch_size].copy())
        for k in range(0, x.shape[1], batch_size)
    ]


@wrong("draws-with-replacement")
def wrong_with_replacement(x, y, batch_size, rng):
    """Draws the indices with replacement, so some examples repeat and others are missing."""
    p = rng.integers(0, x.shape[1], x.shape[1])
    return [
        (x[:, p[k : k + batch_size]], y[:, p[k : k + batch_size]])
        for k in range(0, len(p), batch_size)
    ]


@wrong("gives-two-lists")
def wrong_two_lists(x, y, batch_size, rng):
    """Returns a list of x batches and a list of y batches instead of a list of pairs."""
    p = rng.permutation(x.shape[1])
    starts = range(0, len(p), batch_size)
    return [x[:, p[k : k + batch_size]] for k in starts], [
        y[:, p[k : k + batch_size]] for k in starts
    ]


@wrong("gives-labels-first")
def wrong_swapped_pairs(x, y, batch_size, rng):
    """Puts y before x in each pair."""
    p = rng.permutation(x.shape[1])
    return [
        (y[:, p[k : k + batch_size]], x[:, p[k : k + batch_size]])
        for k in range(0, len(p), batch_size)
    ]


@wrong("cuts-into-that-many-batches")
def wrong_number_of_batches(x, y, batch_size, rng):
    """Takes batch_size for the number of batches."""
    p = rng.permutation(x.shape[1])
    return [(x[:, c], y[:, c]) for c in np.array_split(p, batch_size)]


@wrong("overlaps-by-one-column")
def wrong_overlap(x, y, batch_size, rng):
    """Steps one column too little, so neighbouring batches share a column."""
    p = rng.permutation(x.shape[1])
    return [
        (x[:, p[k : k + batch_size]], y[:, p[k : k + batch_size]])
        for k in range(0, len(p), max(1, batch_size - 1))
    ]


@wrong("makes-batches-of-equal-size")
def wrong_even_sizes(x, y, batch_size, rng):
    """Evens out the batch sizes with array_split instead of leaving a smaller last batch."""
    p = rng.permutation(x.shape[1])
    return [(x[:, c], y[:, c]) for c in np.array_split(p, -(-len(p) // batch_size))]


@wrong("shuffles-whole-batches")
def wrong_only_batch_order(x, y, batch_size, rng):
    """Shuffles the order of the batches, not the columns."""
    batches = [
        (x[:, k : k + batch_size], y[:, k : k + batch_size])
        for k in range(0, x.shape[1], batch_size)
    ]
    rng.shuffle(batches)
    return batches


@wrong("uses-what-shuffle-returns")
def wrong_shuffle_returns_none(x, y, batch_size, rng):
    """Uses the None that rng.shuffle returns as an index."""
    p = rng.shuffle(np.arange(x.shape[1]))
    xs, ys = x[:, p], y[:, p]
    return [
        (xs[:, k : k + batch_size], ys[:, k : k + batch_size])
        for k in range(0, x.shape[1], batch_size)
    ]


@wrong("shuffles-the-rows")
def wrong_shuffled_rows(x, y, batch_size, rng):
    """Calls rng.permutation on the arrays, which shuffles their rows."""
    xs, ys = rng.permutation(x), rng.permutation(y)
    return [
        (xs[:, k : k + batch_size], ys[:, k : k + batch_size])
        for k in range(0, x.shape[1], batch_size)
    ]


@wrong("shuffles-labels-apart+drops-the-last-batch")
def wrong_apart_and_dropped(x, y, batch_size, rng):
    """Two slips: x and y shuffled apart, and the last batch dropped."""
    m = x.shape[1]
    xs, ys = x[:, rng.permutation(m)], y[:, rng.permutation(m)]
    return [
        (xs[:, k : k + batch_size], ys[:, k : k + batch_size])
        for k in range(0, m - batch_size + 1, batch_size)
    ]


@wrong("nothing-returned")
def wrong_no_return(x, y, batch_size, rng):
    """Builds the list but does not return it."""
    p = rng.permutation(x.shape[1])
    batches = [  # noqa: F841
        (x[:, p[k : k + batch_size]], y[:, p[k : k + batch_size]])
        for k in range(0, len(p), batch_size)
    ]
