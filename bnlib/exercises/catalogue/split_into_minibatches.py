"""Shuffle a training set and cut it into mini-batches: images and labels alike."""

import itertools
import math

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def split_into_minibatches(x, y, batch_size, rng):
    """x (n, m), y (C, m) -> a list of (x_t, y_t), columns shuffled, the last one perhaps
    smaller."""
    m = x.shape[1]
    order = rng.permutation(m)
    starts = range(0, m, batch_size)
    return [(x[:, order[i : i + batch_size]], y[:, order[i : i + batch_size]]) for i in starts]


HINTS = (
    "A column of x and the same column of y belong together. How do you shuffle both so that they "
    "still do?",
    "Draw one new order of the m columns with `rng`, and use it for x and for y. Then cut pieces "
    "of batch_size columns; a slice that runs past the end is simply shorter.",
    "`rng.permutation(m)` is the new order. For every start 0, batch_size, 2 batch_size, ... "
    "below m, take the columns of x and of y at order[start : start + batch_size], as a pair.",
)

FACT = (
    "A last batch of one example would be useless to batch norm, whose variance would be 0: `fit` "
    "joins one to the larger batch before it."
)


def inputs():
    """Columns that can be told apart; sizes that divide m, do not, and are larger than it.

    The first number that is drawn for three columns is a large one: an index drawn too far is out
    of bounds there.
    """
    rng = np.random.default_rng(10)

    def case(n, m, batch_size, seed, classes=5, dtype=float):
        x = (90 * rng.normal(size=(n, m))).astype(dtype)
        y = 150 * np.linspace(-1, 1.1, m) ** np.arange(1, classes + 1)[:, np.newaxis]
        return x, y, batch_size, np.random.default_rng(seed)

    return [
        case(3, 30, 20, seed=21),
        case(3, 21, 5, seed=31),
        case(5, 30, 6, seed=24),
        case(5, 3, 4, seed=3, classes=1),
        case(12, 18, 1, seed=4),
        case(1, 1, 4, seed=1, dtype=np.float32),
    ]


def observe(result, x, y, batch_size, rng):
    """What can be told of a random split."""
    if any(x_t.shape[0] != x.shape[0] or y_t.shape[0] != y.shape[0] for x_t, y_t in result):
        return result
    taken = [_columns(x_t, x) for x_t, _ in result]
    labels = [_columns(y_t, y) for _, y_t in result]
    return {
        "widths of the batches": [len(batch) for batch in taken],
        "widths of the labels": [len(batch) for batch in labels],
        "columns of x among them": _use(taken, x.shape[1]),
        "labels that are columns of y": all(j >= 0 for j in itertools.chain(*labels)),
        "labels with their own columns": taken == labels,
        "the order of the columns": _kind_of_order(taken, batch_size, x.shape[1]),
        "the order of the labels": _kind_of_order(labels, batch_size, x.shape[1]),
    }


def _columns(batch, whole):
    """Which columns of `whole` a batch has; -1 for one that is not among them."""
    number = {column: j for j, column in enumerate(map(tuple, whole.T.tolist()))}
    return [number.get(column, -1) for column in map(tuple, batch.T.tolist())]


def _use(taken, m):
    """How many of the columns are used, or that some are used twice; columns of no one's aside."""
    used = [j for j in itertools.chain(*taken) if j >= 0]
    if len(set(used)) == len(used):
        return len(used)
    apart = m >= 20 and all(len(set(batch)) == len(batch) for batch in taken)
    return "some in several batches" if apart else "some more than once"


def _kind_of_order(taken, batch_size, m):
    """How columns were mixed; a true shuffle does not look like less once in a million times.

    A small bias of a shuffle would show in thousands of draws only, and is not looked for.
    """
    order = list(itertools.chain(*taken))
    widths = [len(batch) for batch in taken]
    ways = math.lgamma(sum(widths) + 1) - sum(math.lgamma(width + 1) for width in widths)
    if m < 20 or ways < 14:
        return "too few to tell"
    if all(batch == list(range(batch[0], batch[0] + len(batch))) for batch in taken if batch):
        if len(taken) < 4:  # of so few, some come as they were by chance
            return "in whole batches"
        return "as they came" if order == sorted(order) else "whole batches moved about"
    steps = {(b - a) % m for a, b in itertools.pairwise(order)}
    if len(steps) == 1:
        return "turned round or moved along"
    if all(j // batch_size == t for t, batch in enumerate(taken) for j in batch):
        return "mixed inside each batch only"
    if sum(j == i for i, j in enumerate(order)) >= 10:
        return "many where they were"
    return "mixed"


def over_draws(draws):
    """Columns that stay where they were, or near it: many in one draw, or some in every draw."""
    orders, kinds = [], set()
    for result, (x, _, batch_size, _) in draws:
        taken = [_columns(x_t, x) for x_t, _ in result]
        order = np.array(list(itertools.chain(*taken)))
        kinds.add(kind := _kind_of_order(taken, batch_size, x.shape[1]))
        if kind == "mixed" and len(set(order)) >= 20:
            orders.append((order, all(batch == sorted(batch) for batch in taken)))
    in_part = "many where they were" in kinds
    if len(orders) >= 4:
        sorted_inside = any(tidy for _, tidy in orders)  # which is no slip, and keeps columns near
        ends = [order[-1] == len(order) - 1 for order, _ in orders]
        near = [np.corrcoef(order, np.arange(len(order)))[0, 1] for order, _ in orders]
        moved = [np.median(abs(order - np.arange(len(order)))) for order, _ in orders]
        stays = all(ends) or np.mean(moved) < 3.5
        in_part = bool(in_part or np.mean(near) > 0.6 or (stays and not sorted_inside))
    return ("shuffles-in-part", " ".join(IN_PART.split())) if in_part else None


IN_PART = """
    Your shuffle leaves some of the columns where they were, or close to it. Sorted data may then
    still make batches of one kind. Look at how far your shuffle reaches."""


def faulty(x, y, batch_size, rng, *, order="one", last="kept", start=0, short=0):
    """The reference, with one or two things done wrong."""
    m = x.shape[1]
    as_given, mixed = np.arange(m), rng.permutation(m)
    blocks = np.split(as_given, range(batch_size, m, batch_size))
    whole = len(blocks) if last != "dropped" else m // batch_size
    for_x, for_y = {
        "none": (as_given, as_given),
        "two": (mixed, rng.permutation(m)),
        "x only": (mixed, as_given),
        "y only": (as_given, mixed),
        "replacement": (rng.integers(0, m, size=m),) * 2,
        "rolled": (np.roll(as_given, rng.integers(1, m + 1)),) * 2,
        "inside": (np.concatenate([rng.permutation(block) for block in blocks]),) * 2,
        "batches": (np.concatenate([*(blocks[i] for i in rng.permutation(whole)), as_given[:0]]),)
        * 2,
    }.get(order, (mixed, mixed))
    starts = {
        "one step short": range(0, m, max(1, batch_size - 1)),
        "dropped": range(0, m - batch_size + 1, batch_size),
        "always one less": range(0, m - batch_size, batch_size),
        "overlapping": [max(0, min(s, m - batch_size)) for s in range(0, m, batch_size)],
        "at every column": range(m),
        "empty too": range(0, m + 1, batch_size),
    }.get(last, range(0, m, batch_size))
    size = batch_size - short
    return [(x[:, for_x[s : s + size]], y[:, for_y[s : s + size]]) for s in starts[start:]]


@fault(order="none")
def does_not_shuffle():
    """Your columns come in the order they were given. Sorted data can then make batches of one
    kind, and every epoch looks the same. Look at whether a new order is drawn, and at what is made
    of it."""


@fault(order="two")
def shuffles_labels_apart():
    """You shuffle x and y by two orders that can differ, so examples can lose their labels. The
    network may then learn noise, without any error. Look at how often you draw an order, and at how
    it is used for each of the two."""


@fault(order="x only")
def shuffles_x_only():
    """You shuffle x and leave y as it was, so examples can lose their labels. Look at which columns
    you take of y."""


@fault(order="y only")
def shuffles_y_only():
    """You shuffle y and leave x as it was, so examples can lose their labels. Look at which columns
    you take of x."""


@mistake
def draws_every_batch_anew(x, y, batch_size, rng):
    """Within a batch no column comes twice, but some can be in several batches of an epoch, as when
    each batch is drawn afresh from all of them. A shuffle has each exactly once. Look at how often
    you ask `rng`, and what it still knows of the batches before."""
    m = x.shape[1]
    starts = range(0, m, batch_size)
    drawn = [rng.permutation(m)[: min(batch_size, m - start)] for start in starts]
    return [(x[:, columns], y[:, columns]) for columns in drawn]


@also(draws_every_batch_anew)
def draws_full_batches_anew(x, y, batch_size, rng):
    m = x.shape[1]
    drawn = [rng.permutation(m)[:batch_size] for _ in range(0, m, batch_size)]
    return [(x[:, columns], y[:, columns]) for columns in drawn]


@fault(order="replacement")
def draws_with_replacement():
    """Some columns can come more than once in an epoch, as when they are drawn with replacement,
    and others may never come. A shuffle has each exactly once. Look at how you draw, and whether a
    column may be drawn again."""


@fault(order="inside")
def shuffles_inside_the_batches():
    """Your batches hold neighbours, shuffled among themselves, so the same examples always stay
    together. Who is in a batch matters, the order within it hardly does. Look at which comes first,
    the cut or the shuffle."""


@fault(order="batches")
def shuffles_whole_batches():
    """Neighbours stay neighbours in your batches, and only whole batches change places, so the same
    examples always stay together. Look at what is shuffled, batches or examples."""


@also(shuffles_whole_batches)
def _whole_batches_the_smaller_one_last(x, y, batch_size, rng):
    starts = list(range(0, x.shape[1], batch_size))
    order = [*rng.permutation(starts[:-1]), starts[-1]]
    return [(x[:, s : s + batch_size], y[:, s : s + batch_size]) for s in order]


@fault(order="rolled")
def moves_the_order_along():
    """Your columns come in a regular order, such as x's own, begun elsewhere or turned round. Where
    neighbours stay neighbours, sorted data can still make batches of one kind. Look at how you make
    the new order."""


@fault(last="dropped")
def drops_the_last_batch():
    """After your full batches nothing more comes. A rest that does not fill one is due after them,
    as a smaller batch, or its examples are lost. Look at how many batches you make and how that
    number is rounded, or at which you keep."""


@fault(last="always one less")
def stops_one_batch_early():
    """Of several batches, your last is missing, even where batch_size divides m. Look where your
    batches end: a range and a slice leave their own end out."""


@fault(last="overlapping")
def fills_up_the_last_batch():
    """Where m is above batch_size and no multiple of it, you fill the last batch up with examples
    that are in a batch already, and these are then used again. The last batch may simply be
    smaller. Look at what it is made of."""


@fault(last="empty too")
def adds_an_empty_batch():
    """You add a last batch even where nothing is left for it, and an empty batch has no mean. Look
    at what happens when batch_size divides m."""


@fault(last="one step short")
def overlaps_by_one_column():
    """For a batch_size above 1, your starts lie one column too close: batches of batch_size columns
    then overlap. An epoch uses every example once. Look at the step from one start to the next."""


@fault(start=1)
def drops_the_first_batch():
    """Of several batches, your first is missing. Look at where you begin: the first column is
    number 0, and so is a list's first entry."""


@fault(short=1)
def cuts_one_column_short():
    """Every full batch has one column too few, and those columns can be lost. Look where each batch
    ends: a slice and a range leave their own end out already."""


@mistake
def cuts_into_that_many_batches(x, y, batch_size, rng):
    """Given enough columns, you make batch_size batches, where batches of batch_size columns are
    due. Look at what it means where you cut."""
    pieces = np.array_split(rng.permutation(x.shape[1]), batch_size)
    return [(x[:, piece], y[:, piece]) for piece in pieces]


@mistake
def makes_batches_of_equal_size(x, y, batch_size, rng):
    """You spread the columns evenly, so that batches before the last need not have batch_size
    columns. All but the last are to have exactly batch_size, and the last no more. Look at how you
    find the places to cut."""
    m = x.shape[1]
    pieces = np.array_split(rng.permutation(m), -(-m // batch_size))
    return [(x[:, piece], y[:, piece]) for piece in pieces]


@mistake
def gives_the_batches_the_other_way_up(x, y, batch_size, rng):
    """Your batches have an example in each row. Arrays here have one column an example, before and
    after cutting. Look for where rows and columns change places, as by a `.T` or an index."""
    return [(a.T, b.T) for a, b in split_into_minibatches(x, y, batch_size, rng)]


@mistake
def gives_labels_first(x, y, batch_size, rng):
    """Your pairs have the labels first. Whoever unpacks them takes one for the other. Compare the
    order in your pairs with the docstring."""
    return [(b, a) for a, b in split_into_minibatches(x, y, batch_size, rng)]


@mistake
def gives_two_lists(x, y, batch_size, rng):
    """You return all x batches together, and all y batches apart from them. One list of pairs is
    asked for, so that a loop gets both parts of a batch at once. Look at what goes into a list
    together."""
    pairs = split_into_minibatches(x, y, batch_size, rng)
    return [a for a, _ in pairs], [b for _, b in pairs]


@mistake
def leaves_y_whole(x, y, batch_size, rng):
    """You put the whole of y beside every batch of x. A batch needs the labels of its own columns.
    Look at where y is cut, or should be."""
    return [(a, y) for a, _ in split_into_minibatches(x, y, batch_size, rng)]


@mistake
def gives_only_the_first_batch(x, y, batch_size, rng):
    """You return one batch and no more. An epoch goes through all of them. Look at whether your
    `return` stands inside a loop, or at how many batches you make."""
    return split_into_minibatches(x, y, batch_size, rng)[:1]


@mistake
def cuts_the_rows(x, y, batch_size, rng):
    """Your pieces of x are made of rows. There is one column an example. Look
    at which part of the shape you take for m, and which index the pieces go into."""
    order = rng.permutation(x.shape[0])
    starts = range(0, x.shape[0], batch_size)
    return [(x[order[s : s + batch_size]], y[:, s : s + batch_size]) for s in starts]


@mistake
def uses_what_shuffle_returns(x, y, batch_size, rng):
    """Your batches have an axis too many, as an index of None adds one without an error. What
    `shuffle` returns, for one, is None: it changes the array it is given. Look at what your order
    is."""
    starts = range(0, x.shape[1], batch_size)
    x, y = x[:, np.newaxis], y[:, np.newaxis]
    return [(x[:, s : s + batch_size], y[:, s : s + batch_size]) for s in starts]


@mistake
def shuffles_the_rows(x, y, batch_size, rng):
    """Examples can come apart: your columns need not be x's, as when rows or entries are shuffled.
    Look at the axis along which you shuffle, or the index that the new order goes into."""
    rows, classes = rng.permutation(x.shape[0]), rng.permutation(y.shape[0])
    starts = range(0, x.shape[1], batch_size)
    return [(x[rows, s : s + batch_size], y[classes, s : s + batch_size]) for s in starts]


@also(shuffles_the_rows)
def shuffles_the_rows_of_x(x, y, batch_size, rng):
    x, m = x[rng.permutation(len(x))], x.shape[1]
    cuts = [slice(start, start + batch_size) for start in range(0, m, batch_size)]
    return [(x[:, cut], y[:, cut]) for cut in cuts]


@mistake
def ends_every_slice_at_the_batch_size(x, y, batch_size, rng):
    """None of your batches goes beyond column batch_size, wherever it starts, so from the second on
    nothing is left. Look at what gives their end: behind the colon of a slice stands where it ends,
    not how long it is."""
    order = rng.permutation(x.shape[1])
    parts = [order[start:batch_size] for start in range(0, x.shape[1], batch_size)]
    return [(x[:, part], y[:, part]) for part in parts]


@mistake
def cuts_the_last_batch_at_the_count(x, y, batch_size, rng):
    """Where batch_size does not divide m, your last batch begins at the column whose number is the
    count of full batches, so that it can take columns a second time. The full batches before it
    have used up batch_size columns each. Look at where the slice of the last batch begins."""
    m, order = x.shape[1], rng.permutation(x.shape[1])
    full = m // batch_size
    parts = [order[t * batch_size : (t + 1) * batch_size] for t in range(full)]
    if m % batch_size:
        parts.append(order[full:])
    return [(x[:, part], y[:, part]) for part in parts]


@also(shuffles_whole_batches)
def cuts_first_and_shuffles_then(x, y, batch_size, rng):
    starts = range(0, x.shape[1], batch_size)
    batches = [(x[:, s : s + batch_size], y[:, s : s + batch_size]) for s in starts]
    return [batches[t] for t in rng.permutation(len(batches))]


@mistake
def puts_the_small_batch_first(x, y, batch_size, rng):
    """Where batch_size does not divide m, your first batch is the smaller one. What does not fill a
    batch is to come last. Look at where your cuts begin, or at whether your batches are turned
    round."""
    order = rng.permutation(x.shape[1])
    parts = np.split(order, range(len(order) % batch_size, len(order), batch_size))
    return [(x[:, part], y[:, part]) for part in parts if part.size]


@also(cuts_one_column_short)
def cuts_every_batch_short(x, y, batch_size, rng):
    return [(a[:, :-1], b[:, :-1]) for a, b in split_into_minibatches(x, y, batch_size, rng)]


@also(cuts_the_rows)
def cuts_the_rows_of_both(x, y, batch_size, rng):
    order = rng.permutation(x.shape[0])
    parts = [order[s : s + batch_size] for s in range(0, x.shape[0], batch_size)]
    return [(x[part], y[part]) for part in parts]


@also(cuts_the_rows)
def cuts_the_rows_of_shuffled_columns(x, y, batch_size, rng):
    order = rng.permutation(x.shape[1])
    cuts = [slice(start, start + batch_size) for start in range(0, x.shape[1], batch_size)]
    return [(x[cut][:, order], y[cut][:, order]) for cut in cuts]


@fault(last="at every column")
def starts_at_every_column():
    """A batch starts at every column, so batches can overlap, and examples can come several times.
    Each is to start where the one before ends. Look at how far your start moves on."""


@mistake
def takes_the_rows_for_the_examples(x, y, batch_size, rng):
    """You take the number of rows for the number of examples. The columns are the
    examples: where there are fewer rows, examples may be left out, and where there are more,
    columns may run out. Look at how you get m."""
    order = rng.permutation(x.shape[0])
    starts = range(0, len(order), batch_size)
    parts = [order[s : s + batch_size] for s in starts]
    return [(x[:, part], y[:, part]) for part in parts]


@also(takes_the_rows_for_the_examples)
def takes_the_rows_for_the_examples_in_the_starts(x, y, batch_size, rng):
    order = rng.permutation(x.shape[1])
    parts = [order[s : s + batch_size] for s in range(0, x.shape[0], batch_size)]
    return [(x[:, part], y[:, part]) for part in parts]


@also(takes_the_rows_for_the_examples)
def takes_the_rows_for_the_examples_in_the_order(x, y, batch_size, rng):
    order = rng.permutation(x.shape[0])
    parts = [order[s : s + batch_size] for s in range(0, x.shape[1], batch_size)]
    return [(x[:, part], y[:, part]) for part in parts]


@mistake
def leaves_out_a_last_batch_of_one(x, y, batch_size, rng):
    """A last batch that would have one column is missing, and its example is not used. It is lost
    where the starts end one too early (a range leaves its own end out already), or where batches of
    one are not kept. Look at which of the two is yours."""
    order = rng.permutation(x.shape[1])
    parts = [order[s : s + batch_size] for s in range(0, len(order) - 1, batch_size)]
    return [(x[:, part], y[:, part]) for part in parts]


@mistake
def takes_all_where_nothing_is_left(x, y, batch_size, rng):
    """Where batch_size divides m, you add a batch of all columns after the full ones. Nothing is
    left then, and a slice from -0 on begins at column 0. Look at how you get the last columns, and
    at what happens when there are none."""
    m, order = x.shape[1], rng.permutation(x.shape[1])
    parts = [order[s : s + batch_size] for s in range(0, m - batch_size + 1, batch_size)]
    parts.append(order[-(m % batch_size) :])
    return [(x[:, part], y[:, part]) for part in parts]


@mistake
def joins_the_rest_to_the_last_batch(x, y, batch_size, rng):
    """Your last batch can be larger than batch_size: what should be a batch of its own can be
    joined to the one before it. No batch is to have more columns than batch_size, and the last one
    may be as small as it comes out. Look at where your last batches begin and end."""
    m = x.shape[1]
    order, full = rng.permutation(m), max(m // batch_size, 1)
    parts = np.split(order, range(batch_size, full * batch_size, batch_size))
    return [(x[:, part], y[:, part]) for part in parts]


@also(joins_the_rest_to_the_last_batch)
def joins_a_single_column_to_the_last_batch(x, y, batch_size, rng):
    m = x.shape[1]
    order, starts = rng.permutation(m), list(range(0, m, batch_size))
    if m - starts[-1] == 1 < m:
        starts.pop()
    parts = np.split(order, starts[1:])
    return [(x[:, part], y[:, part]) for part in parts]


@also(joins_the_rest_to_the_last_batch)
def joins_a_single_column_to_a_larger_batch(x, y, batch_size, rng):
    m = x.shape[1]
    order, starts = rng.permutation(m), list(range(0, m, batch_size))
    if m - starts[-1] == 1 < batch_size < m:
        starts.pop()
    parts = np.split(order, starts[1:])
    return [(x[:, part], y[:, part]) for part in parts]


@also(makes_batches_of_equal_size)
def makes_fewer_batches_of_equal_size(x, y, batch_size, rng):
    m = x.shape[1]
    pieces = np.array_split(rng.permutation(m), max(m // batch_size, 1))
    return [(x[:, piece], y[:, piece]) for piece in pieces]
