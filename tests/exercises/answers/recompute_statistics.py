"""Answers to `recompute_statistics`."""

import numpy as np
from legal import sizes

from answers import right, wrong
from bnlib.exercises.handed import OnceThrough


def anything(rng, dtype):
    """One to five batches of 1 to 9 examples, as a list or as a generator."""
    n, count = sizes(rng, 1, 1)
    level, spread = rng.uniform(-8, 8, (n, 1)), 10 ** rng.uniform(-1, 1, (n, 1))
    batches = [
        (spread * (level + rng.normal(size=(n, int(rng.integers(1, 10)))))).astype(dtype)
        for _ in range(count)
    ]
    return (batches if rng.random() < 0.5 else OnceThrough(batches),)


@right
def keeps_them(batches):
    z = np.concatenate(list(batches), axis=1)
    return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)


@right
def with_sums(batches):
    count = total = squares = 0
    for z in batches:
        z = z.astype(float)
        count += z.shape[1]
        total = total + z.sum(axis=1, keepdims=True)
        squares = squares + (z**2).sum(axis=1, keepdims=True)
    mean = total / count
    return mean, squares / count - mean**2


@right
def with_lists_and_pooling(batches):
    means, variances, sizes = [], [], []
    for z in batches:
        means.append(z.mean(axis=1, keepdims=True))
        variances.append(z.var(axis=1, keepdims=True))
        sizes.append(z.shape[1])
    mean = sum(m * mu for m, mu in zip(sizes, means, strict=True)) / sum(sizes)
    spread = zip(sizes, variances, means, strict=True)
    return mean, sum(m * (v + (mu - mean) ** 2) for m, v, mu in spread) / sum(sizes)


@right
def one_example_at_a_time(batches):
    """Welford's algorithm."""
    k, mean, squares = 0, 0.0, 0.0
    for batch in batches:
        for z in batch.T:
            k += 1
            shift = z - mean
            mean = mean + shift / k
            squares = squares + shift * (z - mean)
    return mean[:, None], squares[:, None] / k


@right
def by_next(batches):
    batches = iter(batches)
    z = next(batches).copy()
    while True:
        more = next(batches, None)
        if more is None:
            break
        z = np.hstack([z, more])
    mu = z.mean(axis=1).reshape(-1, 1)
    return [mu, ((z - mu) ** 2).mean(axis=1).reshape(-1, 1)]


@right
def unpacked(batches):
    first, *rest = batches
    z = np.hstack((first, *rest))
    return np.mean(z, 1, keepdims=True), np.var(z, 1, keepdims=True)


@wrong("goes-through-twice")
def two_loops(batches):
    m = 0
    mean = 0
    for z in batches:
        m += z.shape[1]
        mean = mean + z.sum(axis=1, keepdims=True)
    mean = mean / m
    var = np.zeros_like(mean)
    for z in batches:
        var += ((z - mean) ** 2).sum(axis=1, keepdims=True) / m
    return mean, var


@wrong("goes-through-twice")
def counts_first(batches):
    m = sum(z.shape[1] for z in batches)
    mean = sum(z.sum(axis=1, keepdims=True) for z in batches) / m
    return mean, sum(((z - mean) ** 2).sum(axis=1, keepdims=True) for z in batches) / m


@wrong("wants-a-list")
def stacks(batches):
    z = np.hstack(batches)
    return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)


@wrong("wants-a-list")
def by_index(batches):
    z = batches[0]
    for k in range(1, len(batches)):
        z = np.hstack([z, batches[k]])
    return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)


@wrong("gives-every-batch-the-same-weight")
def equal(batches):
    parts = list(batches)
    mu = np.stack([z.mean(axis=1, keepdims=True) for z in parts])
    v = np.stack([z.var(axis=1, keepdims=True) for z in parts])
    return mu.mean(axis=0), v.mean(axis=0) + mu.var(axis=0)


@wrong("gives-every-batch-the-same-weight+forgets-the-spread-of-the-means")
def plain_averages(batches):
    pairs = [(z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)) for z in batches]
    mu, v = zip(*pairs, strict=True)
    return np.mean(mu, axis=0), np.mean(v, axis=0)


@wrong("forgets-the-spread-of-the-means")
def within_only(batches):
    count, mean, var = 0, 0, 0
    for z in batches:
        count += z.shape[1]
        mean = mean + z.sum(axis=1, keepdims=True)
        var = var + z.shape[1] * z.var(axis=1, keepdims=True)
    return mean / count, var / count


@wrong("keeps-the-last-batch")
def overwrites(batches):
    for z in batches:
        mean, var = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
    return mean, var


@wrong("stops-after-the-first-batch")
def returns_in_the_loop(batches):
    for z in batches:
        return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)


@wrong("gives-the-mean-of-the-squares")
def no_mean_squared(batches):
    z = np.hstack(list(batches))
    return z.mean(axis=1, keepdims=True), (z**2).mean(axis=1, keepdims=True)


@wrong("divides-by-one-less")
def bessel(batches):
    z = np.hstack(list(batches))
    return z.mean(axis=1, keepdims=True), z.var(axis=1, ddof=1, keepdims=True)


@wrong("gives-the-standard-deviation")
def std(batches):
    z = np.hstack(list(batches))
    return z.mean(axis=1, keepdims=True), z.std(axis=1, keepdims=True)


@wrong("flat-shape")
def flat(batches):
    z = np.hstack(list(batches))
    return z.mean(axis=1), z.var(axis=1)


@wrong("changed-arguments")
def sorts_in_place(batches):
    parts = list(batches)
    for z in parts:
        z.sort(axis=1)
    z = np.hstack(parts)
    return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)


@wrong("raised-ValueError")
def rest_joined_to_the_first(batches):
    """Nothing is left to join where only one batch comes."""
    first, *rest = batches
    z = np.hstack([first, np.concatenate(rest, axis=1)])
    return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)


@wrong("divides-by-the-number-of-batches")
def counts_rounds(batches):
    k, s, q = 0, 0, 0
    for z in batches:
        k += 1
        s = s + z.sum(axis=1, keepdims=True)
        q = q + (z**2).sum(axis=1, keepdims=True)
    return s / k, q / k - (s / k) ** 2


@wrong("leaves-out-batches-of-one")
def keeps_what_has_a_variance(batches):
    kept = [z for z in batches if z.shape[1] > 1]
    z = np.hstack(kept)
    return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)


@wrong("returns-the-sums")
def sums_alone(batches):
    n = s = q = 0
    for b in batches:
        n += b.shape[1]
        s = s + b.sum(axis=1, keepdims=True)
        q = q + (b**2).sum(axis=1, keepdims=True)
    return s, q


@wrong("weighs-the-batches-alike-in-the-variance")
def sizes_in_the_mean_only(batches):
    parts = list(batches)
    n = sum(b.shape[1] for b in parts)
    mean = sum(b.sum(axis=1, keepdims=True) for b in parts) / n
    var = np.mean([((b - mean) ** 2).mean(axis=1, keepdims=True) for b in parts], axis=0)
    return mean, var


@wrong("forgets-to-square-the-mean")
def mean_of_squares_less_the_mean(batches):
    z = np.concatenate(list(batches), axis=1)
    mean = z.mean(axis=1, keepdims=True)
    return mean, np.mean(z**2, axis=1, keepdims=True) - mean


@wrong("squares-the-sums")
def square_of_every_sum(batches):
    m, first, second = 0, 0, 0
    for b in batches:
        total = np.sum(b, axis=1, keepdims=True)
        m, first, second = m + b.shape[1], first + total, second + total * total
    return first / m, second / m - (first / m) ** 2


@wrong("drops-the-first-batch")
def looks_at_the_first_for_its_height(batches):
    batches = iter(batches)
    height = len(next(batches))
    m, first, second = 0, np.zeros((height, 1)), np.zeros((height, 1))
    for b in batches:
        m += b.shape[1]
        first += b.sum(axis=1, keepdims=True)
        second += (b * b).sum(axis=1, keepdims=True)
    return first / m, second / m - (first / m) ** 2


@wrong("drops-the-first-batch")
def after_the_first(batches):
    rest = iter(batches)
    next(rest)
    m, first, second = 0, 0, 0
    for b in rest:
        m += b.shape[1]
        first = first + b.sum(axis=1, keepdims=True)
        second = second + (b * b).sum(axis=1, keepdims=True)
    return first / m, second / m - (first / m) ** 2


@wrong("adds-the-squared-distance-without-sizes")
def joins_two_at_a_time(batches):
    seen = None
    for z in batches:
        k, mu = z.shape[1], z.mean(axis=1, keepdims=True)
        ss = np.square(z - mu).sum(axis=1, keepdims=True)
        if seen is None:
            seen = k, mu, ss
        else:
            n, old, before = seen
            seen = n + k, (n * old + k * mu) / (n + k), before + ss + (mu - old) ** 2
    return seen[1], seen[2] / seen[0]


@wrong("measures-each-example-from-those-before")
def each_example_from_those_before(batches):
    n, mean, total = 0, 0, 0
    for batch in batches:
        for example in batch.T:
            n = n + 1
            distance = example[:, np.newaxis] - mean
            mean = mean + distance / n
            total = total + distance * distance
    return mean, total / n


@wrong("counts-the-units")
def rows_for_examples(batches):
    sums, squares, n = 0, 0, 0
    for batch in batches:
        n += batch.shape[0]
        sums = sums + batch.sum(1)[:, np.newaxis]
        squares = squares + (batch**2).sum(1)[:, np.newaxis]
    return sums / n, squares / n - (sums / n) ** 2


@wrong("adds-the-squared-distance-without-sizes")
def share_of_the_new_batch_squared(batches):
    seen, mean, var = 0, 0.0, 0.0
    for batch in batches:
        share = batch.shape[1] / (seen + batch.shape[1])
        jump = batch.mean(axis=1, keepdims=True) - mean
        var = (1 - share) * var + share * batch.var(axis=1, keepdims=True)
        var = var + (share * jump) ** 2 * bool(seen)
        seen, mean = seen + batch.shape[1], mean + share * jump
    return mean, var


@wrong("drops-smaller-batches")
def full_batches_alone(batches):
    kept = []
    size = None
    for z in batches:
        if size is None:
            size = z.shape[1]
        if z.shape[1] >= size:
            kept.append(z)
    z = np.concatenate(kept, axis=1)
    return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)


@wrong("forgets-the-spread-of-the-means+averages-the-means-unweighted")
def sizes_for_the_variances_alone(batches):
    means, variances, sizes = [], [], []
    for z in batches:
        means.append(z.mean(axis=1, keepdims=True))
        variances.append(z.var(axis=1, keepdims=True))
        sizes.append(z.shape[1])
    return np.mean(means, axis=0), np.average(variances, axis=0, weights=sizes)


@wrong("measures-each-batch-from-those-before")
def new_count_beside_the_distance(batches):
    count, mean, var = 0, 0.0, 0.0
    for batch in batches:
        m = batch.shape[1]
        total = count + m
        shift = batch.mean(axis=1, keepdims=True) - mean
        var = (count * var + m * batch.var(axis=1, keepdims=True)) / total
        var = var + total * m * (shift / total) ** 2
        mean = mean + m * shift / total
        count = total
    return mean, var


@wrong("measures-each-batch-from-those-before")
def count_goes_up_at_the_top(batches):
    n, mean, squares = 0, 0.0, 0.0
    for b in batches:
        m = b.shape[1]
        n += m
        d = b.mean(axis=1, keepdims=True) - mean
        squares = squares + b.var(axis=1, keepdims=True) * m + n * m / (n + m) * d * d
        mean = mean + m / n * d
    return mean, squares / n


@wrong("moves-the-mean-too-soon")
def mean_before_the_squares(batches):
    n, mean, var = 0, 0, 0
    for b in batches:
        m = b.shape[1]
        mu, v = b.mean(axis=1, keepdims=True), b.var(axis=1, keepdims=True)
        mean = (n * mean + m * mu) / (n + m)
        var = (n * var + m * v) / (n + m) + n * m * (mu - mean) ** 2 / (n + m) ** 2
        n = n + m
    return mean, var


@wrong("weighs-the-spread-of-the-means-equally")
def plain_variance_of_the_means(batches):
    means, variances, sizes = [], [], []
    for b in batches:
        means.append(b.mean(axis=1, keepdims=True))
        variances.append(b.var(axis=1, keepdims=True))
        sizes.append(b.shape[1])
    mean = np.average(means, axis=0, weights=sizes)
    return mean, np.average(variances, axis=0, weights=sizes) + np.var(means, axis=0)


@wrong("measures-each-batch-from-those-before")
def each_batch_from_those_before(batches):
    n, mean, squares = 0, 0.0, 0.0
    for b in batches:
        n += b.shape[1]
        d = b - mean
        mean = mean + d.sum(axis=1, keepdims=True) / n
        squares = squares + (d * d).sum(axis=1, keepdims=True)
    return mean, squares / n


@wrong("weighs-the-batches-alike-in-the-variance")
def plain_means_in_the_variance(batches):
    n, total, means, variances = 0, 0, [], []
    for b in batches:
        n, total = n + b.shape[1], total + b.sum(axis=1, keepdims=True)
        means.append(b.mean(axis=1, keepdims=True))
        variances.append(b.var(axis=1, keepdims=True))
    return total / n, np.mean(variances, axis=0) + np.var(means, axis=0)


@wrong("counts-the-first-batch-twice")
def a_look_at_the_first(batches):
    first = next(iter(batches))
    n = first.shape[1]
    s = first.sum(axis=1, keepdims=True)
    q = (first**2).sum(axis=1, keepdims=True)
    for z in batches:
        n += z.shape[1]
        s = s + z.sum(axis=1, keepdims=True)
        q = q + (z**2).sum(axis=1, keepdims=True)
    return s / n, q / n - (s / n) ** 2


@wrong("counts-the-first-batch-twice")
def starts_with_the_first_and_keeps_it(batches):
    parts = list(batches)
    kept = parts[0]
    for part in parts:
        kept = np.hstack([kept, part])
    return kept.mean(axis=1, keepdims=True), kept.var(axis=1, keepdims=True)


@wrong("counts-all-batches-like-one")
def batches_times_the_last_size(batches):
    data = list(batches)
    count = len(data) * data[-1].shape[1]
    s = sum(z.sum(axis=1, keepdims=True) for z in data)
    s2 = sum((z * z).sum(axis=1, keepdims=True) for z in data)
    mean = s / count
    return mean, s2 / count - mean**2


@wrong("keeps-a-moving-average")
def from_0_and_1_on(batches):
    running_mean, running_var = 0.0, 1.0
    for z in batches:
        running_mean = 0.9 * running_mean + 0.1 * z.mean(axis=1, keepdims=True)
        running_var = 0.9 * running_var + 0.1 * z.var(axis=1, keepdims=True)
    return running_mean, running_var


@wrong("counts-the-last-batch-only")
def a_count_set_anew(batches):
    total = squares = 0.0
    for z in batches:
        total = total + z.sum(axis=1, keepdims=True)
        squares = squares + np.square(z).sum(axis=1, keepdims=True)
        count = z.shape[1]
    mean = total / count
    return mean, squares / count - mean**2


@wrong("adds-the-batches-entry-by-entry")
def batches_on_top_of_each_other(batches):
    total, count = 0.0, 0
    for z in batches:
        total = total + z
        count += 1
    z = total / count
    return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
