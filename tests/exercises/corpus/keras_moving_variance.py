"""Answers to `keras_moving_variance`, written from its text alone."""

import numpy as np
from answers import right, wrong


@right
def correct_var(moving, z, momentum=0.99):
    return momentum * moving + (1 - momentum) * z.var(axis=1, keepdims=True)


@right
def correct_mean_of_squares(moving, z, momentum=0.99):
    mu = np.mean(z, axis=1, keepdims=True)
    batch_variance = np.mean((z - mu) ** 2, axis=1, keepdims=True)
    return moving * momentum + batch_variance * (1 - momentum)


@right
def correct_step(moving, z, momentum=0.99):
    batch = np.var(z, axis=1).reshape(-1, 1)
    return moving - (1 - momentum) * (moving - batch)


@right
def correct_loop(moving, z, momentum=0.99):
    n, m = z.shape
    result = np.zeros((n, 1))
    for i in range(n):
        mu = sum(z[i]) / m
        var = sum((x - mu) ** 2 for x in z[i]) / m
        result[i, 0] = momentum * moving[i, 0] + (1 - momentum) * var
    return result


@right
def correct_second_moment(moving, z, momentum=0.99):
    z64 = z.astype(np.float64)
    var = (z64**2).mean(axis=1, keepdims=True) - z64.mean(axis=1, keepdims=True) ** 2
    return momentum * moving + (1 - momentum) * var


@right
def correct_einsum(moving, z, momentum=0.99):
    centred = z - z.sum(axis=1, keepdims=True) / z.shape[1]
    var = np.einsum("ij,ij->i", centred, centred)[:, np.newaxis] / z.shape[1]
    return np.average([moving, var], axis=0, weights=[momentum, 1 - momentum])


@wrong("keeps-the-unbiased-variance")
def wrong_unbiased(moving, z, momentum=0.99):
    """Uses the unbiased variance (ddof=1), as PyTorch does."""
    return momentum * moving + (1 - momentum) * z.var(axis=1, ddof=1, keepdims=True)


@wrong("exchanges-the-weights")
def wrong_momentum_direction(moving, z, momentum=0.99):
    """momentum weighs the new variance, as in PyTorch."""
    return (1 - momentum) * moving + momentum * z.var(axis=1, keepdims=True)


@wrong("exchanges-the-weights+keeps-the-unbiased-variance")
def wrong_pytorch(moving, z, momentum=0.99):
    """Two slips: PyTorch's momentum direction and PyTorch's unbiased variance."""
    return (1 - momentum) * moving + momentum * z.var(axis=1, ddof=1, keepdims=True)


@wrong("averages-over-units")
def wrong_axis(moving, z, momentum=0.99):
    """The variance runs over the units (axis 0)."""
    return momentum * moving + (1 - momentum) * z.var(axis=0, keepdims=True)


@wrong("wrong-shape")
def wrong_flat(moving, z, momentum=0.99):
    """The flat variance (n,) broadcasts to (n, n)."""
    return momentum * moving + (1 - momentum) * z.var(axis=1)


@wrong("flat-shape")
def wrong_flat_result(moving, z, momentum=0.99):
    """The result comes flat, of shape (n,)."""
    return momentum * moving.ravel() + (1 - momentum) * z.var(axis=1)


@wrong("averages-in-the-deviation")
def wrong_std(moving, z, momentum=0.99):
    """Uses the standard deviation instead of the variance."""
    return momentum * moving + (1 - momentum) * z.std(axis=1, keepdims=True)


@wrong("hard-coded-momentum")
def wrong_hard_coded(moving, z, momentum=0.99):
    """momentum is hard-coded to 0.99."""
    return 0.99 * moving + 0.01 * z.var(axis=1, keepdims=True)


@wrong("changed-arguments")
def wrong_in_place(moving, z, momentum=0.99):
    """The augmented assignments change the moving variance passed in."""
    moving *= momentum
    moving += (1 - momentum) * z.var(axis=1, keepdims=True)
    return moving


@wrong("keeps-the-average-whole")
def wrong_old_not_weighed(moving, z, momentum=0.99):
    """The old variance keeps its full weight."""
    return moving + (1 - momentum) * z.var(axis=1, keepdims=True)


@wrong("averages-in-the-mean")
def wrong_mean(moving, z, momentum=0.99):
    """Updates with the batch mean instead of the variance."""
    return momentum * moving + (1 - momentum) * z.mean(axis=1, keepdims=True)


@wrong("leaves-the-mean-in-the-variance")
def wrong_not_centred(moving, z, momentum=0.99):
    """Takes the mean square without subtracting the mean."""
    return momentum * moving + (1 - momentum) * (z**2).mean(axis=1, keepdims=True)


@wrong("corrects-for-the-start")
def wrong_bias_correction(moving, z, momentum=0.99):
    """Divides by 1 - momentum, a start-up correction Keras does not make."""
    new = momentum * moving + (1 - momentum) * z.var(axis=1, keepdims=True)
    return new / (1 - momentum)


@wrong("averages-over-everything")
def wrong_whole_array(moving, z, momentum=0.99):
    """Takes one variance over the whole batch and all units."""
    return momentum * moving + (1 - momentum) * z.var()


@wrong("adds-eps-to-the-batch")
def wrong_eps(moving, z, momentum=0.99):
    """Adds Keras's epsilon of 1e-3 to the variance it stores."""
    return momentum * moving + (1 - momentum) * (z.var(axis=1, keepdims=True) + 1e-3)


@wrong("nothing-returned")
def wrong_missing_return(moving, z, momentum=0.99):
    """The return is missing."""
    moving = momentum * moving + (1 - momentum) * z.var(axis=1, keepdims=True)


@wrong("centres-on-the-moving-variance")
def wrong_moving_mean(moving, z, momentum=0.99):
    """Centres z with the moving value instead of the batch mean."""
    var = ((z - moving) ** 2).mean(axis=1, keepdims=True)
    return momentum * moving + (1 - momentum) * var
