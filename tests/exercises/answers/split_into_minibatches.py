"""Answers to `split_into_minibatches`."""

import math

import numpy as np

from answers import right, wrong


def anything(rng, dtype):
    """Sizes that divide m, do not, and are larger; no two columns of y alike, to tell them by."""
    n, classes, m = rng.integers(1, 4), rng.integers(1, 4), int(rng.choice([1, 2, 3, 20, 24, 31]))
    x, y = rng.normal(size=(n, m)).astype(dtype), rng.normal(size=(classes, m)).astype(dtype)
    return x, y, int(rng.integers(1, m + 4)), np.random.default_rng(rng.integers(1 << 32))


@right
def with_a_permutation(x, y, batch_size, rng):
    m = x.shape[1]
    permutation = rng.permutation(m)
    x, y = x[:, permutation], y[:, permutation]
    batches = []
    for start in range(0, m, batch_size):
        batches.append((x[:, start : start + batch_size], y[:, start : start + batch_size]))
    return batches


@right
def whole_ones_and_the_rest(x, y, batch_size, rng):
    m = x.shape[1]
    order = list(rng.permutation(m))
    shuffled_x, shuffled_y = x[:, order], y[:, order].reshape(y.shape[0], m)
    batches = []
    whole = math.floor(m / batch_size)
    for k in range(whole):
        part = slice(k * batch_size, (k + 1) * batch_size)
        batches.append((shuffled_x[:, part], shuffled_y[:, part]))
    if m % batch_size != 0:
        batches.append((shuffled_x[:, whole * batch_size :], shuffled_y[:, whole * batch_size :]))
    return batches


@right
def with_shuffle(x, y, batch_size, rng):
    order = np.arange(x.shape[1])
    rng.shuffle(order)
    cuts = range(batch_size, len(order), batch_size)
    return [(x[:, part], y[:, part]) for part in np.split(order, cuts)]


@right
def by_sorting_random_keys(x, y, batch_size, rng):
    order = np.argsort(rng.random(x.shape[1]))
    count = -(-x.shape[1] // batch_size)
    parts = [order[k * batch_size : (k + 1) * batch_size] for k in range(count)]
    return [(np.take(x, part, axis=1), np.take(y, part, axis=1)) for part in parts]


@right
def by_drawing_without_replacement(x, y, batch_size, rng):
    m = x.shape[1]
    order = rng.choice(m, size=m, replace=False)
    parts = [order[i : i + batch_size] for i in range(0, m, batch_size)]
    return [[x[:, part], y[:, part]] for part in parts]


@right
def stacked_and_permuted(x, y, batch_size, rng):
    both = rng.permutation(np.vstack([x, y]), axis=1)
    n = x.shape[0]
    starts = range(0, both.shape[1], batch_size)
    return tuple((both[:n, s : s + batch_size], both[n:, s : s + batch_size]) for s in starts)


@right
def by_swapping(x, y, batch_size, rng):
    order = list(range(x.shape[1]))
    for i in range(len(order) - 1, 0, -1):
        j = int(rng.integers(0, i + 1))
        order[i], order[j] = order[j], order[i]
    batches = []
    while order:
        part, order = order[:batch_size], order[batch_size:]
        batches.append((x[:, part], y[:, part]))
    return batches


@wrong("does-not-shuffle")
def in_order(x, y, batch_size, rng):
    starts = range(0, x.shape[1], batch_size)
    return [(x[:, s : s + batch_size], y[:, s : s + batch_size]) for s in starts]


@wrong("shuffles-labels-apart")
def two_orders(x, y, batch_size, rng):
    x = x[:, rng.permutation(x.shape[1])]
    y = y[:, rng.permutation(y.shape[1])]
    starts = range(0, x.shape[1], batch_size)
    return [(x[:, s : s + batch_size], y[:, s : s + batch_size]) for s in starts]


@wrong("drops-the-last-batch")
def whole_batches_only(x, y, batch_size, rng):
    order = rng.permutation(x.shape[1])
    parts = [order[k * batch_size : (k + 1) * batch_size] for k in range(len(order) // batch_size)]
    return [(x[:, part], y[:, part]) for part in parts]


@wrong("global-random-state")
def numpys_own(x, y, batch_size, rng):
    order = np.random.permutation(x.shape[1])  # noqa: NPY002
    starts = range(0, x.shape[1], batch_size)
    return [(x[:, order[s : s + batch_size]], y[:, order[s : s + batch_size]]) for s in starts]


@wrong("own-randomness")
def a_new_generator(x, y, batch_size, rng):
    return with_a_permutation(x, y, batch_size, np.random.default_rng())


@wrong("ignores-rng")
def a_seeded_generator(x, y, batch_size, rng):
    return with_a_permutation(x, y, batch_size, np.random.default_rng(0))


@wrong("draws-with-replacement")
def with_integers(x, y, batch_size, rng):
    order = rng.choice(x.shape[1], size=x.shape[1])
    starts = range(0, x.shape[1], batch_size)
    return [(x[:, order[s : s + batch_size]], y[:, order[s : s + batch_size]]) for s in starts]


@wrong("shuffles-the-rows", "does-not-shuffle", None)
def along_the_first_axis(x, y, batch_size, rng):
    x, y = rng.permutation(x), rng.permutation(y)
    starts = range(0, x.shape[1], batch_size)
    return [(x[:, s : s + batch_size], y[:, s : s + batch_size]) for s in starts]


@wrong("changed-arguments")
def shuffles_in_place(x, y, batch_size, rng):
    state = rng.bit_generator.state
    rng.shuffle(x, axis=1)
    rng.bit_generator.state = state
    rng.shuffle(y, axis=1)
    starts = range(0, x.shape[1], batch_size)
    return [(x[:, s : s + batch_size], y[:, s : s + batch_size]) for s in starts]


@wrong("cuts-into-that-many-batches")
def array_split(x, y, batch_size, rng):
    order = rng.permutation(x.shape[1])
    return [(x[:, part], y[:, part]) for part in np.array_split(order, batch_size)]


@wrong("wrong-type")
def as_a_generator(x, y, batch_size, rng):
    order = rng.permutation(x.shape[1])
    for s in range(0, len(order), batch_size):
        yield x[:, order[s : s + batch_size]], y[:, order[s : s + batch_size]]


@wrong("gives-two-lists")
def two_lists(x, y, batch_size, rng):
    xs, ys = zip(*with_a_permutation(x, y, batch_size, rng), strict=True)
    return list(xs), list(ys)


@wrong("raised-IndexError")
def indexes_rows(x, y, batch_size, rng):
    order = rng.permutation(x.shape[1])
    starts = range(0, len(order), batch_size)
    return [(x[order[s : s + batch_size]], y[order[s : s + batch_size]]) for s in starts]


@wrong("adds-an-empty-batch")
def one_too_many(x, y, batch_size, rng):
    order = rng.permutation(x.shape[1])
    count = x.shape[1] // batch_size + 1
    parts = [order[k * batch_size : (k + 1) * batch_size] for k in range(count)]
    return [(x[:, part], y[:, part]) for part in parts]


@right
def array_split_lists(x, y, batch_size, rng):
    order = rng.choice(x.shape[1], size=x.shape[1], replace=False)
    cuts = np.arange(batch_size, x.shape[1], batch_size)
    return [[np.take(x, c, axis=1), np.take(y, c, axis=1)] for c in np.array_split(order, cuts)]


@wrong("ignores-rng")
def own_generator(x, y, batch_size, rng):
    """Makes its own generator with a fixed seed instead of using rng."""
    p = np.random.default_rng(0).permutation(x.shape[1])
    return [
        (x[:, p[k : k + batch_size]], y[:, p[k : k + batch_size]])
        for k in range(0, len(p), batch_size)
    ]


@wrong("shuffles-x-only")
def only_x(x, y, batch_size, rng):
    """Shuffles x but not y."""
    xs = x[:, rng.permutation(x.shape[1])]
    return [
        (xs[:, k : k + batch_size], y[:, k : k + batch_size])
        for k in range(0, x.shape[1], batch_size)
    ]


@wrong("cuts-the-rows")
def rows(x, y, batch_size, rng):
    """Shuffles and splits the rows (units) instead of the columns."""
    p = rng.permutation(x.shape[0])
    return [
        (x[p[k : k + batch_size]], y[:, k : k + batch_size])
        for k in range(0, x.shape[0], batch_size)
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
def swapped_pairs(x, y, batch_size, rng):
    """Puts y before x in each pair."""
    p = rng.permutation(x.shape[1])
    return [
        (y[:, p[k : k + batch_size]], x[:, p[k : k + batch_size]])
        for k in range(0, len(p), batch_size)
    ]


@wrong("overlaps-by-one-column")
def overlap(x, y, batch_size, rng):
    """Steps one column too little, so neighbouring batches share a column."""
    p = rng.permutation(x.shape[1])
    return [
        (x[:, p[k : k + batch_size]], y[:, p[k : k + batch_size]])
        for k in range(0, len(p), max(1, batch_size - 1))
    ]


@wrong("makes-batches-of-equal-size")
def even_sizes(x, y, batch_size, rng):
    """Evens out the batch sizes with array_split instead of leaving a smaller last batch."""
    p = rng.permutation(x.shape[1])
    return [(x[:, c], y[:, c]) for c in np.array_split(p, -(-len(p) // batch_size))]


@wrong("shuffles-whole-batches", None)
def only_batch_order(x, y, batch_size, rng):
    """Shuffles the order of the batches, not the columns."""
    batches = [
        (x[:, k : k + batch_size], y[:, k : k + batch_size])
        for k in range(0, x.shape[1], batch_size)
    ]
    rng.shuffle(batches)
    return batches


@wrong("uses-what-shuffle-returns")
def shuffle_returns_none(x, y, batch_size, rng):
    """Uses the None that rng.shuffle returns as an index."""
    p = rng.shuffle(np.arange(x.shape[1]))
    xs, ys = x[:, p], y[:, p]
    return [
        (xs[:, k : k + batch_size], ys[:, k : k + batch_size])
        for k in range(0, x.shape[1], batch_size)
    ]


@wrong("shuffles-labels-apart+drops-the-last-batch")
def apart_and_dropped(x, y, batch_size, rng):
    """Two slips: x and y shuffled apart, and the last batch dropped."""
    m = x.shape[1]
    xs, ys = x[:, rng.permutation(m)], y[:, rng.permutation(m)]
    return [
        (xs[:, k : k + batch_size], ys[:, k : k + batch_size])
        for k in range(0, m - batch_size + 1, batch_size)
    ]


@wrong("nothing-returned")
def no_return(x, y, batch_size, rng):
    """Builds the list but does not return it."""
    p = rng.permutation(x.shape[1])
    batches = [  # noqa: F841
        (x[:, p[k : k + batch_size]], y[:, p[k : k + batch_size]])
        for k in range(0, len(p), batch_size)
    ]


@wrong("cuts-the-last-batch-at-the-count")
def last_from_the_count(x, y, batch_size, rng):
    m = x.shape[1]
    order = rng.permutation(m)
    x, y = x[:, order], y[:, order]
    batches = []
    full = m // batch_size
    for k in range(full):
        batches.append(
            (
                x[:, k * batch_size : (k + 1) * batch_size],
                y[:, k * batch_size : (k + 1) * batch_size],
            )
        )
    if m % batch_size != 0:
        batches.append((x[:, full:], y[:, full:]))
    return batches


@wrong("shuffles-whole-batches")
def order_of_batches_drawn(x, y, batch_size, rng):
    m = x.shape[1]
    batches = [
        (x[:, s : s + batch_size], y[:, s : s + batch_size]) for s in range(0, m, batch_size)
    ]
    return [batches[i] for i in rng.permutation(len(batches))]


@wrong("ends-every-slice-at-the-batch-size")
def to_the_batch_size(x, y, batch_size, rng):
    """Slices columns k to batch_size: empty from the second batch on."""
    order = rng.permutation(x.shape[1])
    x, y = x[:, order], y[:, order]
    batches = []
    for k in range(0, x.shape[1], batch_size):
        batches.append((x[:, k:batch_size], y[:, k:batch_size]))
    return batches


@wrong("shuffles-the-rows")
def rows_of_x(x, y, batch_size, rng):
    """Shuffles the features (rows): permutes axis 0 with len(x)."""
    order = rng.permutation(len(x))
    x = x[order]
    return [
        (x[:, k : k + batch_size], y[:, k : k + batch_size])
        for k in range(0, x.shape[1], batch_size)
    ]


@wrong("cuts-one-column-short")
def the_last_of_each_is_lost(x, y, batch_size, rng):
    order = rng.permutation(x.shape[1])
    parts = [order[s : s + batch_size][:-1] for s in range(0, len(order), batch_size)]
    return [(x[:, part], y[:, part]) for part in parts]


@wrong("cuts-the-rows")
def rows_for_examples(x, y, batch_size, rng):
    m = x.shape[0]
    order = rng.permutation(m)
    cuts = [order[s : s + batch_size] for s in range(0, m, batch_size)]
    return [(x[cut, :], y[cut, :]) for cut in cuts]


@wrong("starts-at-every-column")
def one_column_on(x, y, batch_size, rng):
    order = rng.permutation(x.shape[1])
    x, y = x[:, order], y[:, order]
    return [(x[:, k : k + batch_size], y[:, k : k + batch_size]) for k in range(x.shape[1])]


@wrong("fills-up-the-last-batch")
def fills_up_from_the_start(x, y, batch_size, rng):
    m = x.shape[1]
    order = list(rng.permutation(m))
    while len(order) % batch_size != 0:
        order.append(order[len(order) % m])
    starts = range(0, len(order), batch_size)
    return [(x[:, order[i : i + batch_size]], y[:, order[i : i + batch_size]]) for i in starts]


@wrong("shuffles-whole-batches")
def shuffles_the_full_ones(x, y, batch_size, rng):
    cuts = range(0, x.shape[1], batch_size)
    batches = [(x[:, i : i + batch_size], y[:, i : i + batch_size]) for i in cuts]
    order = rng.permutation(len(batches))
    full = [batches[i] for i in order if batches[i][0].shape[1] == batch_size]
    return full + [batches[i] for i in order if batches[i][0].shape[1] != batch_size]


@wrong(None)
def no_batch_of_one(x, y, batch_size, rng):
    order = rng.permutation(x.shape[1])
    size = max(batch_size, 2)
    starts = range(0, x.shape[1], size)
    return [(x[:, order[i : i + size]], y[:, order[i : i + size]]) for i in starts]


@wrong("shuffles-whole-batches+drops-the-last-batch")
def full_batches_in_a_new_order(x, y, batch_size, rng):
    cuts = [slice(t * batch_size, (t + 1) * batch_size) for t in range(x.shape[1] // batch_size)]
    return [(x[:, cuts[t]], y[:, cuts[t]]) for t in rng.permutation(len(cuts))]


@wrong("takes-the-rows-for-the-examples")
def m_from_the_rows(x, y, batch_size, rng):
    m = x.shape[0]
    order = rng.permutation(m)
    x, y = x[:, order], y[:, order]
    return [(x[:, k : k + batch_size], y[:, k : k + batch_size]) for k in range(0, m, batch_size)]


@wrong("takes-the-rows-for-the-examples")
def as_many_starts_as_rows(x, y, batch_size, rng):
    order = rng.permutation(x.shape[1])
    x, y = x[:, order], y[:, order]
    batches = []
    for k in range(0, len(x), batch_size):
        batches.append((x[:, k : k + batch_size], y[:, k : k + batch_size]))
    return batches


@wrong("takes-the-rows-for-the-examples")
def as_many_to_draw_from_as_rows(x, y, batch_size, rng):
    order = np.arange(len(x))
    rng.shuffle(order)
    cuts = [order[k : k + batch_size] for k in range(0, x.shape[1], batch_size)]
    return [(x[:, cut], y[:, cut]) for cut in cuts]


@wrong("leaves-out-a-last-batch-of-one")
def up_to_the_last_column(x, y, batch_size, rng):
    m = x.shape[1]
    order = rng.permutation(m)
    xs, ys = x[:, order], y[:, order]
    starts = range(0, m - 1, batch_size)
    return [(xs[:, s : s + batch_size], ys[:, s : s + batch_size]) for s in starts]


@wrong("takes-all-where-nothing-is-left")
def the_rest_from_the_end(x, y, batch_size, rng):
    m = x.shape[1]
    order = rng.permutation(m)
    full, rest = divmod(m, batch_size)
    cuts = [order[t * batch_size : (t + 1) * batch_size] for t in range(full)] + [order[-rest:]]
    return [(x[:, cut], y[:, cut]) for cut in cuts]


@wrong("cuts-the-rows")
def split_along_the_first_axis(x, y, batch_size, rng):
    order = rng.permutation(x.shape[1])
    x, y = x[:, order], y[:, order]
    places = np.arange(batch_size, x.shape[1], batch_size)
    return list(zip(np.split(x, places), np.split(y, places), strict=True))


@wrong("draws-every-batch-anew")
def each_batch_by_choice(x, y, batch_size, rng):
    m = x.shape[1]
    batches = []
    for _ in range(-(-m // batch_size)):
        chosen = rng.choice(m, size=min(batch_size, m), replace=False)
        batches.append((x[:, chosen], y[:, chosen]))
    return batches


@wrong("joins-the-rest-to-the-last-batch")
def rest_joined(x, y, batch_size, rng):
    m = x.shape[1]
    p = rng.permutation(m)
    bounds = [t * batch_size for t in range(max(m // batch_size, 1))] + [m]
    return [(x[:, p[a:b]], y[:, p[a:b]]) for a, b in zip(bounds, bounds[1:], strict=False)]


@wrong("joins-the-rest-to-the-last-batch")
def joins_one_to_the_batch_before(x, y, batch_size, rng):
    order = rng.permutation(x.shape[1])
    parts = [order[s : s + batch_size] for s in range(0, order.size, batch_size)]
    if len(parts) > 1 and parts[-1].size == 1:
        parts[-2:] = [np.concatenate(parts[-2:])]
    return [(x[:, part], y[:, part]) for part in parts]


@wrong("makes-batches-of-equal-size")
def as_many_as_are_full(x, y, batch_size, rng):
    order = rng.permutation(x.shape[1])
    parts = np.array_split(order, max(1, order.size // batch_size))
    return [(x[:, part], y[:, part]) for part in parts]
