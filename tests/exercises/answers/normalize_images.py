"""Answers to `normalize_images`."""

import numpy as np

from answers import right, wrong


def anything(rng, dtype):
    """Any lengths, either layout."""
    shape = tuple(rng.integers(1, 5, size=4))
    x = rng.normal(rng.normal(), rng.uniform(0.5, 3), size=shape).astype(dtype)
    return x, (1, -1)[rng.integers(2)], float(rng.uniform(0.01, 1))


@right
def with_a_condition(x, channel_axis, eps=1e-5):
    axes = (0, 2, 3) if channel_axis == 1 else (0, 1, 2)
    mu = np.mean(x, axis=axes, keepdims=True)
    return (x - mu) / np.sqrt(((x - mu) ** 2).mean(axis=axes, keepdims=True) + eps)


@right
def through_a_matrix(x, channel_axis, eps=1e-5):
    moved = np.moveaxis(x, channel_axis, 0)
    z = moved.reshape(moved.shape[0], -1)
    z = (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z.var(axis=1, keepdims=True) + eps)
    return np.moveaxis(z.reshape(moved.shape), 0, channel_axis)


@right
def channel_by_channel(x, channel_axis, eps=1e-5):
    out = np.empty_like(x)
    for c in range(x.shape[channel_axis]):
        where = [slice(None)] * 4
        where[channel_axis] = c
        one = x[tuple(where)]
        out[tuple(where)] = (one - one.mean()) / (one.var() + eps) ** 0.5
    return out


@right
def with_squares(x, channel_axis, eps=1e-5):
    channel = channel_axis % x.ndim
    axes = tuple(a for a in range(x.ndim) if a != channel)
    mu = x.mean(axes, keepdims=True)
    var = (x**2).mean(axes, keepdims=True) - mu**2
    return (x - mu) / np.sqrt(var + eps)


@wrong("normalizes-every-image-and-channel")
def forgets_the_batch(x, channel_axis, eps=1e-5):
    axes = (2, 3) if channel_axis == 1 else (1, 2)
    return (x - x.mean(axes, keepdims=True)) / np.sqrt(x.var(axes, keepdims=True) + eps)


@wrong("normalizes-over-the-channels")
def averages_the_channels(x, channel_axis, eps=1e-5):
    mu, var = (f(x, axis=channel_axis, keepdims=True) for f in (np.mean, np.var))
    return (x - mu) / np.sqrt(var + eps)


@wrong("takes-channels-to-be-first")
def negative_axis_missed(x, channel_axis, eps=1e-5):
    axes = (0, 2, 3)
    return (x - x.mean(axes, keepdims=True)) / np.sqrt(x.var(axes, keepdims=True) + eps)


@wrong("mixes-the-channels")
def never_finds_the_axis(x, channel_axis, eps=1e-5):
    return (x - x.mean()) / np.sqrt(x.var() + eps)


@wrong("divides-by-one-less")
def with_ddof(x, channel_axis, eps=1e-5):
    axes = (0, 2, 3) if channel_axis == 1 else (0, 1, 2)
    var = x.var(axes, keepdims=True, ddof=1)
    return (x - x.mean(axes, keepdims=True)) / np.sqrt(var + eps)


@wrong("normalizes-every-image")
def like_layer_norm(x, channel_axis, eps=1e-5):
    axes = (1, 2, 3)
    return (x - x.mean(axes, keepdims=True)) / np.sqrt(x.var(axes, keepdims=True) + eps)


@wrong("compares-with-minus-one")
def axis_compared_as_it_is(x, channel_axis, eps=1e-5):
    axes = tuple(a for a in range(4) if a != channel_axis)
    mu = x.mean(axis=axes, keepdims=True)
    var = x.var(axis=axes, keepdims=True)
    return (x - mu) / np.sqrt(var + eps)


@wrong("forgets-keepdims")
def flat_statistics(x, channel_axis, eps=1e-5):
    axes = (0, 2, 3) if channel_axis == 1 else (0, 1, 2)
    mu = x.mean(axis=axes)
    var = x.var(axis=axes)
    return (x - mu) / np.sqrt(var + eps)


@wrong("reshapes-with-channels-last")
def reshape_for_moveaxis(x, channel_axis, eps=1e-5):
    C = x.shape[channel_axis]
    z = x.swapaxes(0, 1).reshape(C, -1) if channel_axis == 1 else x.reshape(C, -1)
    z = (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z.var(axis=1, keepdims=True) + eps)
    if channel_axis == 1:
        s = x.shape
        return z.reshape(s[1], s[0], s[2], s[3]).swapaxes(0, 1)
    return z.reshape(x.shape)


@wrong("reshapes-before-it-moves-the-channels")
def cuts_blocks(x, channel_axis, eps=1e-5):
    z = x.reshape(x.shape[channel_axis], -1)
    z = (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z.var(axis=1, keepdims=True) + eps)
    return z.reshape(x.shape)


@wrong("turns-back-the-way-it-came")
def turns_twice_the_same_way(x, channel_axis, eps=1e-5):
    if channel_axis == 1:
        x = x.transpose(0, 2, 3, 1)
    y = (x - x.mean(axis=(0, 1, 2))) / np.sqrt(x.var(axis=(0, 1, 2)) + eps)
    if channel_axis == 1:
        y = y.transpose(0, 2, 3, 1)
    return y


@wrong("nothing-returned")
def knows_no_minus_one(x, channel_axis, eps=1e-5):
    if channel_axis == 1:
        mu = x.mean(axis=(0, 2, 3), keepdims=True)
        var = x.var(axis=(0, 2, 3), keepdims=True)
        return (x - mu) / np.sqrt(var + eps)
    elif channel_axis == 3:
        mu = x.mean(axis=(0, 1, 2), keepdims=True)
        var = x.var(axis=(0, 1, 2), keepdims=True)
        return (x - mu) / np.sqrt(var + eps)


@wrong("takes-one-mean-for-all-channels")
def one_mean(x, channel_axis, eps=1e-5):
    axes = [0, 1, 2, 3]
    axes.pop(channel_axis)
    return (x - x.mean()) / np.sqrt(x.var(axis=tuple(axes), keepdims=True) + eps)


@wrong("ignores-channel-axis")
def layout_guessed_from_the_shape(x, channel_axis, eps=1e-5):
    axis = 1 if x.shape[1] <= x.shape[-1] else 3
    axes = tuple(a for a in range(4) if a != axis)
    mu = x.mean(axis=axes, keepdims=True)
    var = x.var(axis=axes, keepdims=True)
    return (x - mu) / np.sqrt(var + eps)


@wrong("returns-the-other-layout")
def stays_with_channels_last(x, channel_axis, eps=1e-5):
    z = np.moveaxis(x, channel_axis, -1)
    return (z - z.mean(axis=(0, 1, 2))) / np.sqrt(z.var(axis=(0, 1, 2)) + eps)


@wrong("returns-the-other-layout")
def stays_with_channels_in_front(x, channel_axis, eps=1e-5):
    moved = np.moveaxis(x, channel_axis, 0)
    z = moved.reshape(len(moved), -1)
    z = (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z.var(axis=1, keepdims=True) + eps)
    return z.reshape(moved.shape)


@wrong("returns-the-other-layout")
def stays_swapped(x, channel_axis, eps=1e-5):
    axes = (0, 2, 3)
    z = x.swapaxes(1, 3) if channel_axis == -1 else x
    return (z - z.mean(axes, keepdims=True)) / np.sqrt(z.var(axes, keepdims=True) + eps)


@wrong("reshapes-where-it-should-move-back")
def back_by_a_reshape(x, channel_axis, eps=1e-5):
    z = np.moveaxis(x, channel_axis, 0).reshape(x.shape[channel_axis], -1)
    z = (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z.var(axis=1, keepdims=True) + eps)
    return z.reshape(x.shape)


@wrong("reshapes-where-it-should-move-back")
def back_from_the_last_axis_by_a_reshape(x, channel_axis, eps=1e-5):
    z = np.moveaxis(x, channel_axis, -1).reshape(-1, x.shape[channel_axis])
    return ((z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + eps)).reshape(x.shape)


@wrong("reshapes-with-channels-first")
def one_column_a_channel(x, channel_axis, eps=1e-5):
    z = x.reshape(-1, x.shape[channel_axis])
    return ((z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + eps)).reshape(x.shape)


@wrong("stands-the-statistics-on-axis-one")
def one_shape_for_both_layouts(x, channel_axis, eps=1e-5):
    axes = (0, 2, 3) if channel_axis == 1 else (0, 1, 2)
    mu = x.mean(axis=axes)[None, :, None, None]
    var = x.var(axis=axes)[None, :, None, None]
    return (x - mu) / np.sqrt(var + eps)


@wrong("flattens-the-images")
def a_column_a_channel_kept(x, channel_axis, eps=1e-5):
    z = np.moveaxis(x, channel_axis, -1)
    z = z.reshape(-1, z.shape[-1])
    return (z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + eps)


@wrong("turns-back-the-way-it-came")
def turns_to_the_front_twice(x, channel_axis, eps=1e-5):
    order = (0, 3, 1, 2) if channel_axis == -1 else (0, 1, 2, 3)
    z = x.transpose(order)
    mu, var = z.mean((0, 2, 3), keepdims=True), z.var((0, 2, 3), keepdims=True)
    return ((z - mu) / np.sqrt(var + eps)).transpose(order)


@wrong("reshapes-with-channels-last")
def flat_pixels_behind_the_channels(x, channel_axis, eps=1e-5):
    z = x.reshape(x.shape[0], x.shape[channel_axis], -1)
    mu, var = z.mean((0, 2), keepdims=True), z.var((0, 2), keepdims=True)
    return ((z - mu) / np.sqrt(var + eps)).reshape(x.shape)


@wrong("returns-the-other-layout")
def swaps_where_it_moved(x, channel_axis, eps=1e-5):
    """Brings the channels to the front, and swaps them back with the wrong axis."""
    front = np.moveaxis(x, channel_axis, 0)
    mu = front.mean(axis=(1, 2, 3), keepdims=True)
    var = front.var(axis=(1, 2, 3), keepdims=True)
    return np.swapaxes((front - mu) / np.sqrt(var + eps), 0, channel_axis)


@wrong("takes-the-mean-away-after-the-division")
def divides_before_centring(x, channel_axis, eps=1e-5):
    """Divides x by the standard deviation first, and then subtracts the mean of the undivided x."""
    other = tuple(a for a in range(4) if a != channel_axis % 4)
    mu = x.mean(axis=other, keepdims=True)
    scale = (x.var(axis=other, keepdims=True) + eps) ** -0.5
    return x * scale - mu


@wrong("measures-the-spread-around-zero")
def root_mean_square(x, channel_axis, eps=1e-5):
    """Divides by the root mean square, from which the mean was not taken off."""
    ax = {1: (0, 2, 3), -1: (0, 1, 2)}[channel_axis]
    mean = np.mean(x, axis=ax, keepdims=True)
    ms = np.mean(np.square(x * 1.0), axis=ax, keepdims=True)
    return (x - mean) / np.sqrt(ms + eps)


@wrong("adds-eps-to-the-sum")
def eps_beside_the_sum(x, channel_axis, eps=1e-5):
    """eps is added to the sum of squares before the division by the count."""
    axes = tuple(sorted({0, 1, 2, 3} - {channel_axis % 4}))
    count = np.prod([x.shape[a] for a in axes])
    d = x - x.sum(axis=axes, keepdims=True) / count
    return d / np.sqrt(((d**2).sum(axis=axes, keepdims=True) + eps) / count)
