"""Batch norm for images: every channel normalized over images, rows and columns."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def normalize_images(x, channel_axis, eps=1e-5):
    """x, 4-D with its channels on axis 1 or -1 -> the same shape, every channel normalized."""
    axes = tuple(axis for axis in range(4) if axis != channel_axis % 4)
    mu = x.mean(axis=axes, keepdims=True)
    var = x.var(axis=axes, keepdims=True)
    return (x - mu) / np.sqrt(var + eps)


HINTS = (
    "How many means does batch norm need for images with 3 channels? Over which of the four axes "
    "is each of them taken?",
    "One mean and one variance a channel, over all axes but the channels'. NumPy's mean and var "
    "take several axes at once, as a tuple, and keepdims leaves shapes that broadcast.",
    "The axes are (0, 2, 3) with channels first, (0, 1, 2) with channels last. Then it is x less "
    "mean, over the root of variance plus eps.",
)

FACT = (
    "A fully connected layer is the case of images of one pixel: then only the batch is left to "
    "average over."
)


def inputs():
    """Both layouts; lengths that differ and lengths that agree; one image, one channel."""
    rng = np.random.default_rng(1)
    small = np.array([1.0, 3.0, -2.0, 6.5, 0.5, 2.0, 9.0, -4.0]).reshape(2, 2, 1, 2)
    channels = np.array([1.0, 70.0, 0.03, -3.0, 0.4])
    mixed = (
        -2
        + 3 * rng.normal(size=(4, 5, 7, 6)) * channels[:, None, None]
        + 5 * rng.normal(size=(4, 5, 1, 1))
    )
    cube = rng.normal(1.5, 2.0, size=(3, 3, 3, 3)) * np.array([1.0, 4.0, 0.5])
    return [
        (small, 1),
        (np.moveaxis(mixed, 1, -1).copy(), -1, 2.0),
        (0.02 * mixed[:, :1], 1, 0.0667),
        (cube.astype(np.float32), -1, 0.3),
    ]


def _axes(channel_axis, over):
    channel = channel_axis % 4
    pixels = (2, 3) if channel == 1 else (1, 2)
    return {
        "all but channels": (0, *pixels),
        "layer": (channel, *sorted(pixels)),
        "instance": pixels,
        "batch": (0,),
        "everything": (0, 1, 2, 3),
        "channels": (channel,),
        "batch and channels": (0, channel),
        "always first": (0, 2, 3),
        "always last": (0, 1, 2),
        "the other": (0, 1, 2) if channel == 1 else (0, 2, 3),
        "rows": (0, pixels[0]),
        "columns": (0, pixels[1]),
    }[over]


def faulty(x, channel_axis, eps=1e-5, *, over="all but channels", root="sqrt", where="inside",
           count="all", centre=True, variance="whole"):  # fmt: skip
    """The reference, with one or two things done wrong."""
    axes = _axes(channel_axis, over)
    mu = x.mean(axis=axes, keepdims=True)
    sizes = {"all": 0, "less one": 1}
    n = np.prod([x.shape[a] for a in axes])
    with np.errstate(all="ignore"):
        if variance == "around zero":
            var = (x**2).sum(axis=axes, keepdims=True) / (n - sizes.get(count, 0))
        elif variance == "mean of images'":
            pixels = _axes(channel_axis, "instance")
            var = x.var(axis=pixels, keepdims=True).mean(axis=0, keepdims=True)
        elif count == "images":
            var = ((x - mu) ** 2).sum(axis=axes, keepdims=True) / x.shape[0]
        else:
            var = ((x - mu) ** 2).sum(axis=axes, keepdims=True) / (n - sizes[count])
        if where == "nowhere":
            eps = 0.0
        if where == "before the division":
            eps = eps / (x.shape[0] if count == "images" else n - sizes[count])
        if where == "outside":
            below = np.sqrt(var) + eps
        else:
            below = np.sqrt(var + eps) if root == "sqrt" else var + eps
        if centre == "whole":
            mu = x.mean()
        return (x - mu if centre else x) / below


@fault(centre="whole")
def takes_one_mean_for_all_channels():
    """You take one mean away from all channels. A channel that is brighter than the others can
    then stay so. Look at what your mean is taken over."""


@fault(over="layer")
def normalizes_every_image():
    """Your statistics are of every image, over channels and pixels, as in layer norm. Batch norm
    keeps the channels apart and puts the images together. Look at which axis your statistics
    keep."""


@fault(over="instance")
def normalizes_every_image_and_channel():
    """You take the statistics of every image and channel by itself, as in instance norm. Batch norm
    puts the images of the batch together. Look at whether your statistics go over axis 0 as
    well."""


@fault(over="batch")
def normalizes_every_pixel():
    """You take the statistics over the images alone, so that every pixel has its own. For images,
    batch norm shares them over all pixels of a channel, as a convolution shares its weights. Look
    at which axes you average over."""


@fault(over="everything")
def mixes_the_channels():
    """Your statistics are over all numbers, the same for all channels. Every channel is to have its
    own. Look at the axis that your statistics have to keep."""


@fault(over="channels")
def normalizes_over_the_channels():
    """You take the statistics over the channels, at every pixel by itself. The channel axis is the
    one to keep; all others are to be averaged over. Look at your axes."""


@fault(over="batch and channels")
def averages_over_images_and_channels():
    """You take the statistics over images and channels, and keep the pixels apart. The channels are
    to be kept, and images and pixels averaged over. Look at your axes."""


@fault(over="always first")
def takes_channels_to_be_first():
    """Your statistics are for channels on axis 1, also where `channel_axis` is -1 and the channels
    are the last axis. Look at how `channel_axis` decides which axes you average over, or where it
    should."""


@fault(over="always last")
def takes_channels_to_be_last():
    """Your statistics are for channels on the last axis, also where `channel_axis` is 1 and the
    channels come right after the images. Look at how `channel_axis` decides which axes you average
    over, or where it should."""


@fault(over="the other")
def exchanges_the_layouts():
    """You have the two layouts the wrong way round: where `channel_axis` is 1 you treat the last
    axis as the channels, and the other way about. Look at how you choose the axes."""


@fault(over="rows")
def leaves_out_the_columns():
    """You average over the images and the first axis of their pixels; the second stays. A channel
    has one mean for all its pixels. Count the axes that you average over."""


@fault(over="columns")
def leaves_out_the_rows():
    """You average over the images and the second axis of their pixels; the first stays. A channel
    has one mean for all its pixels. Count the axes that you average over."""


@fault(root="none")
def divides_by_the_variance():
    """You divide by the variance, with or without eps, and not by a root. For a standard deviation
    of 10 the variance is 100. Look at whether a root is taken."""


@fault(where="outside")
def adds_eps_outside_the_root():
    """You add eps to the standard deviation. It belongs to the variance, inside the root. Look at
    what eps is added to, and when."""


@fault(where="nowhere")
def leaves_out_eps():
    """No eps is added to your variance. An eps keeps the root away from 0 for a channel that is the
    same everywhere. Look at what should stand under the root."""


@fault(count="less one")
def divides_by_one_less():
    """Where your variance is of several numbers, it is divided by one less than their count. In
    training, batch norm divides by the count itself. Look at how the variance is taken."""


@fault(count="images")
def divides_by_the_images_alone():
    """You divide the sum of squares by the number of images alone. A channel has images times rows
    times columns numbers. Look at the count that your variance is divided by."""


@fault(centre=False)
def forgets_the_mean():
    """You divide, and do not subtract the mean: the channels keep their level, in other units. Look
    at what you divide."""


@fault(variance="mean of images'")
def averages_the_images_variances():
    """You average the variances of the single images. What lies between the images, where one is
    brighter than another, is lost so. Look at whether one variance is taken over all axes but the
    channels', or several and then their mean."""


@fault(variance="around zero")
def measures_the_spread_around_zero():
    """Your spread is that around 0, of the numbers as they come. A deviation is measured around the
    channel's mean: with a level far from 0, yours can tell mostly of that level. Look at what you
    square."""


@fault(where="before the division")
def adds_eps_to_the_sum():
    """You add eps to the sum of squares, and divide both by the count, so that little of eps is
    left where that is large. It is to be added to the variance, whole. Look at what eps is added
    to, and when."""


@mistake
def takes_the_mean_away_after_the_division(x, channel_axis, eps=1e-5):
    """You divide x and take away a mean that has not been divided. The two are then, as a rule, in
    different units. Look at what comes first, the mean or the division."""
    axes = _axes(channel_axis, "all but channels")
    below = np.sqrt(x.var(axis=axes, keepdims=True) + eps)
    return x / below - x.mean(axis=axes, keepdims=True)


@mistake
def divides_the_mean_alone(x, channel_axis, eps=1e-5):
    """You divide the mean alone, and take that away from x, as happens without brackets: division
    comes before subtraction. The difference is to be divided. Look at how far your division
    reaches."""
    axes = _axes(channel_axis, "all but channels")
    below = np.sqrt(x.var(axis=axes, keepdims=True) + eps)
    return x - x.mean(axis=axes, keepdims=True) / below


@mistake
def takes_one_variance_for_all_channels(x, channel_axis, eps=1e-5):
    """You take a mean for every channel, and one variance of all numbers. With several channels,
    one that varies more than others then still does. Look at what your variance is taken over."""
    axes = _axes(channel_axis, "all but channels")
    return (x - x.mean(axis=axes, keepdims=True)) / np.sqrt(x.var() + eps)


@mistake
def divides_by_the_root_of_the_sum(x, channel_axis, eps=1e-5):
    """Under your root stands a sum of squares that is not divided by their number. The more numbers
    a channel has, the smaller your result gets, as a rule. Look at where a mean should be made of
    it."""
    axes = _axes(channel_axis, "all but channels")
    centred = x - x.mean(axis=axes, keepdims=True)
    return centred / np.sqrt((centred**2).sum(axis=axes, keepdims=True) + eps)


@mistake
def returns_the_other_layout(x, channel_axis, eps=1e-5):
    """Your numbers are right. For some inputs their axes stand in another order than those of x, as
    where the channels are moved to another axis and not moved back. Look at the order of the axes
    in x and in what you return."""
    out = faulty(x, channel_axis, eps)
    return np.moveaxis(out, -1, 1) if channel_axis == -1 else out


@mistake
def flattens_the_images(x, channel_axis, eps=1e-5):
    """Your numbers are right, in two axes in place of four: one for the channels, one for all the
    numbers of a channel. The next layer may expect images. Look at the shape of x and of what you
    return."""
    out = np.moveaxis(faulty(x, channel_axis, eps), channel_axis, 0)
    return out.reshape(len(out), -1)


@mistake
def compares_with_minus_one(x, channel_axis, eps=1e-5):
    """Where `channel_axis` is -1, you take one mean and one variance over all numbers, and every
    channel is to have its own. If you look for it among the axes 0 to 3: none of these equals -1,
    though that names the last. Look at how you leave out the axis of the channels."""
    return faulty(x, channel_axis, eps, over="everything" if channel_axis == -1 else "always first")


@mistake
def reshapes_with_channels_last(x, channel_axis, eps=1e-5):
    """Where the channels come last, your statistics are taken over blocks of numbers that lie one
    after the other in x, as a reshape cuts them. Where several channels come last, the next number
    belongs to another channel. Look at what has to be moved before a reshape."""
    if channel_axis == 1:
        return faulty(x, channel_axis, eps)
    z = x.reshape(x.shape[-1], -1)
    var = z.var(axis=1, keepdims=True)
    return ((z - z.mean(axis=1, keepdims=True)) / np.sqrt(var + eps)).reshape(x.shape)


@mistake
def forgets_keepdims(x, channel_axis, eps=1e-5):
    """Your statistics, a number a channel, line up with the last axis of x, as flat arrays do. With
    channels first that is an error for most shapes, and can be a silent slip, as where there are as
    many columns as channels. Look at what happens to the axes that a mean runs along."""
    axes = _axes(channel_axis, "all but channels")
    return (x - x.mean(axis=axes)) / np.sqrt(x.var(axis=axes) + eps)


@mistake
def reshapes_before_it_moves_the_channels(x, channel_axis, eps=1e-5):
    """Your statistics are those of blocks of numbers that lie one after the other in x, as a
    reshape cuts them. The images come first, and each has all channels in it, so that a block is
    mostly no channel. Look at which axis has to come first before a reshape."""
    z = x.reshape(x.shape[channel_axis], -1)
    var = z.var(axis=1, keepdims=True)
    return ((z - z.mean(axis=1, keepdims=True)) / np.sqrt(var + eps)).reshape(x.shape)


@mistake
def turns_back_the_way_it_came(x, channel_axis, eps=1e-5):
    """In one of the two layouts your numbers are right, and the axes are not where they were, as
    where they are moved in the same way twice. What undoes a move of several axes is its inverse.
    Look at what you do to the axes the second time."""
    turned = x.transpose(0, 2, 3, 1) if channel_axis == 1 else x
    out = faulty(turned, -1, eps)
    return out.transpose(0, 2, 3, 1) if channel_axis == 1 else out


@also(returns_the_other_layout)
def leaves_the_channels_last(x, channel_axis, eps=1e-5):
    return np.moveaxis(faulty(x, channel_axis, eps), channel_axis, -1)


@also(returns_the_other_layout)
def leaves_the_channels_in_front(x, channel_axis, eps=1e-5):
    return np.moveaxis(faulty(x, channel_axis, eps), channel_axis, 0)


@also(returns_the_other_layout)
def leaves_two_axes_exchanged(x, channel_axis, eps=1e-5):
    return np.swapaxes(faulty(x, channel_axis, eps), channel_axis, 1)


@mistake
def reshapes_where_it_should_move_back(x, channel_axis, eps=1e-5):
    """Your numbers are right, and for some inputs stand at other places than they should, as where
    the channels are moved, and a reshape is to undo it. A reshape gives back the shape of x, and
    leaves the numbers in the order that they have. Look at how you get back to the axes of x."""
    return np.moveaxis(faulty(x, channel_axis, eps), channel_axis, 0).reshape(x.shape)


@also(reshapes_where_it_should_move_back)
def reshapes_from_channels_last(x, channel_axis, eps=1e-5):
    return np.moveaxis(faulty(x, channel_axis, eps), channel_axis, -1).reshape(x.shape)


@mistake
def reshapes_with_channels_first(x, channel_axis, eps=1e-5):
    """Where the channels come first, your numbers are dealt out to the channels in turn, as a
    reshape to rows of one number a channel does. With channels first, the pixels of one channel
    come one after the other. Look at what has to be moved before a reshape."""
    if channel_axis == -1:
        return faulty(x, channel_axis, eps)
    z = x.reshape(-1, x.shape[1])
    return ((z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + eps)).reshape(x.shape)


@mistake
def stands_the_statistics_on_axis_one(x, channel_axis, eps=1e-5):
    """Where the channels come last, your statistics are those of the channels, and stand on axis 1
    of x all the same. For most shapes NumPy stops there, and where it goes on the result is as a
    rule wrong. Look at the shape that your mean and variance have when they meet x."""
    axes = _axes(channel_axis, "all but channels")
    mu, var = (a.reshape(1, -1, 1, 1) for a in (x.mean(axis=axes), x.var(axis=axes)))
    return (x - mu) / np.sqrt(var + eps)


@also(flattens_the_images)
def flattens_with_channels_last(x, channel_axis, eps=1e-5):
    return flattens_the_images.answer(x, channel_axis, eps).T


@also(turns_back_the_way_it_came)
def turns_to_channels_first_twice(x, channel_axis, eps=1e-5):
    out = faulty(x, channel_axis, eps)
    return out.transpose(0, 2, 3, 1) if channel_axis == -1 else out


@also(reshapes_with_channels_last)
def reshapes_every_image_with_channels_last(x, channel_axis, eps=1e-5):
    z = x.reshape(len(x), x.shape[channel_axis], -1)
    mu, var = (f(z, axis=(0, 2), keepdims=True) for f in (np.mean, np.var))
    return ((z - mu) / np.sqrt(var + eps)).reshape(x.shape)


@also(returns_the_other_layout)
def swaps_back_from_the_front(x, channel_axis, eps=1e-5):
    out = np.moveaxis(faulty(x, channel_axis, eps), channel_axis, 0)
    return np.swapaxes(out, 0, channel_axis)


@also(returns_the_other_layout)
def swaps_back_from_the_end(x, channel_axis, eps=1e-5):
    out = np.moveaxis(faulty(x, channel_axis, eps), channel_axis, -1)
    return np.swapaxes(out, -1, channel_axis)


@also(returns_the_other_layout)
def moves_back_what_was_swapped(x, channel_axis, eps=1e-5):
    out = np.swapaxes(faulty(x, channel_axis, eps), channel_axis, 0)
    return np.moveaxis(out, 0, channel_axis)
