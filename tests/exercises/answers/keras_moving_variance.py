"""Answers to `keras_moving_variance`."""

import numpy as np
from legal import rows, share, sizes, variances

from answers import right, wrong


def anything(rng, dtype):
    """Any n and m, and any momentum."""
    n, m = sizes(rng, 1, 1)
    arrays = variances(rng, n, 1).astype(dtype), rows(rng, n, m).astype(dtype)
    return arrays if rng.random() < 0.3 else (*arrays, share(rng))


@right
def in_one_line(moving, z, momentum=0.99):
    return momentum * moving + (1 - momentum) * np.var(z, axis=1, keepdims=True)


@right
def as_a_step(moving, z, momentum=0.99):
    centred = z - z.mean(axis=1, keepdims=True)
    var = (centred @ centred.T).diagonal()[:, None] / z.shape[1]
    return moving + (1 - momentum) * (var - moving)


@right
def in_loops(moving, z, momentum=0.99):
    out = []
    for i in range(z.shape[0]):
        mu = sum(z[i]) / len(z[i])
        var = sum((x - mu) ** 2 for x in z[i]) / len(z[i])
        out.append([momentum * moving[i, 0] + (1 - momentum) * var])
    return np.array(out)


@right
def by_the_mean_of_squares(moving, z, momentum=0.99):
    var = np.mean(z * z, axis=1) - np.mean(z, axis=1) ** 2
    return momentum * moving + (1 - momentum) * var.reshape(-1, 1)


@right
def by_moments(moving, z, momentum=0.99):
    def moments(a):
        return a.mean(1, keepdims=True), a.var(1, keepdims=True)

    _, var = moments(z)
    return np.add(moving * momentum, var * (1.0 - momentum))


@right
def by_einsum(moving, z, momentum=0.99):
    c = z - z.mean(1)[:, np.newaxis]
    return moving * momentum + (1 - momentum) * np.einsum("ij,ij->i", c, c)[:, None] / c.shape[1]


@wrong("exchanges-the-weights")
def as_pytorch_does(moving, z, momentum=0.99):
    return (1 - momentum) * moving + momentum * z.var(axis=1, keepdims=True)


@wrong("keeps-the-unbiased-variance")
def unbiased(moving, z, momentum=0.99):
    m = np.float64(z.shape[1])
    var = ((z - z.mean(1, keepdims=True)) ** 2).sum(axis=1, keepdims=True) / (m - 1)
    return momentum * moving + (1 - momentum) * var


@wrong("exchanges-the-weights+keeps-the-unbiased-variance")
def two_at_once(moving, z, momentum=0.99):
    m = np.float64(z.shape[1])
    return (1 - momentum) * moving + momentum * z.var(axis=1, keepdims=True) * m / (m - 1)


@wrong("changed-arguments")
def in_place(moving, z, momentum=0.99):
    moving *= momentum
    moving += (1 - momentum) * z.var(axis=1, keepdims=True)
    return moving


@wrong("hard-coded-momentum")
def own_momentum(moving, z, momentum=0.99):
    return 0.99 * moving + 0.01 * z.var(axis=1, keepdims=True)


@wrong("adds-a-flat-variance", "wrong-shape")
def forgets_the_axis(moving, z, momentum=0.99):
    return momentum * moving + (1 - momentum) * z.var(axis=1)


@wrong("flat-shape")
def flat(moving, z, momentum=0.99):
    return momentum * moving.ravel() + (1 - momentum) * z.var(axis=1)


@wrong("wrong-for-one-example", "not-finite", None)
def spoils_a_batch_of_one(moving, z, momentum=0.99):
    if z.shape[1] == 1:
        return moving * np.nan
    return momentum * moving + (1 - momentum) * z.var(axis=1, keepdims=True)


@wrong("raised-AttributeError")
def misspelt(moving, z, momentum=0.99):
    return momentum * moving + (1 - momentum) * np.variance(z, axis=1, keepdims=True)


@right
def step(moving, z, momentum=0.99):
    batch = np.var(z, axis=1).reshape(-1, 1)
    return moving - (1 - momentum) * (moving - batch)


@right
def second_moment(moving, z, momentum=0.99):
    z64 = z.astype(np.float64)
    var = (z64**2).mean(axis=1, keepdims=True) - z64.mean(axis=1, keepdims=True) ** 2
    return momentum * moving + (1 - momentum) * var


@right
def einsum(moving, z, momentum=0.99):
    centred = z - z.sum(axis=1, keepdims=True) / z.shape[1]
    var = np.einsum("ij,ij->i", centred, centred)[:, np.newaxis] / z.shape[1]
    return np.average([moving, var], axis=0, weights=[momentum, 1 - momentum])


@wrong("averages-over-units")
def wrong_axis(moving, z, momentum=0.99):
    """The variance runs over the units (axis 0)."""
    return momentum * moving + (1 - momentum) * z.var(axis=0, keepdims=True)


@wrong("averages-in-the-deviation")
def std(moving, z, momentum=0.99):
    """Uses the standard deviation instead of the variance."""
    return momentum * moving + (1 - momentum) * z.std(axis=1, keepdims=True)


@wrong("keeps-the-average-whole")
def old_not_weighed(moving, z, momentum=0.99):
    """The old variance keeps its full weight."""
    return moving + (1 - momentum) * z.var(axis=1, keepdims=True)


@wrong("averages-in-the-mean")
def mean(moving, z, momentum=0.99):
    """Updates with the batch mean instead of the variance."""
    return momentum * moving + (1 - momentum) * z.mean(axis=1, keepdims=True)


@wrong("leaves-the-mean-in-the-variance")
def not_centred(moving, z, momentum=0.99):
    """Takes the mean square without subtracting the mean."""
    return momentum * moving + (1 - momentum) * (z**2).mean(axis=1, keepdims=True)


@wrong("corrects-for-the-start")
def bias_correction(moving, z, momentum=0.99):
    """Divides by 1 - momentum, a start-up correction Keras does not make."""
    new = momentum * moving + (1 - momentum) * z.var(axis=1, keepdims=True)
    return new / (1 - momentum)


@wrong("averages-over-everything")
def whole_array(moving, z, momentum=0.99):
    """Takes one variance over the whole batch and all units."""
    return momentum * moving + (1 - momentum) * z.var()


@wrong("adds-eps-to-the-batch")
def eps(moving, z, momentum=0.99):
    """Adds Keras's epsilon of 1e-3 to the variance it stores."""
    return momentum * moving + (1 - momentum) * (z.var(axis=1, keepdims=True) + 1e-3)


@wrong("nothing-returned")
def missing_return(moving, z, momentum=0.99):
    """The return is missing."""
    moving = momentum * moving + (1 - momentum) * z.var(axis=1, keepdims=True)


@wrong("centres-on-the-moving-variance")
def moving_mean(moving, z, momentum=0.99):
    """Centres z with the moving value instead of the batch mean."""
    var = ((z - moving) ** 2).mean(axis=1, keepdims=True)
    return momentum * moving + (1 - momentum) * var


@wrong("adds-a-flat-variance")
def without_keepdims(moving, z, momentum=0.99):
    return momentum * moving + (1 - momentum) * z.var(axis=1)


@wrong("keeps-the-unbiased-variance")
def guarded_m_minus_one(moving, z, momentum=0.99):
    m = z.shape[1]
    c = z - z.mean(axis=1, keepdims=True)
    var = np.sum(c**2, axis=1, keepdims=True) / max(m - 1, 1)
    return momentum * moving + (1 - momentum) * var


@wrong("takes-a-step-for-every-example")
def example_by_example(moving, z, momentum=0.99):
    centred = z - z.mean(axis=1, keepdims=True)
    for k in range(z.shape[1]):
        moving = moving + (1 - momentum) * (centred[:, [k]] ** 2 - moving)
    return moving


@wrong("holds-to-a-limit", None)
def momentum_of_nearly_one_at_most(moving, z, momentum=0.99):
    momentum = min(momentum, 0.995)
    return momentum * moving + (1 - momentum) * z.var(axis=1, keepdims=True)


@wrong("moves-the-wrong-way")
def difference_turned_round(moving, z, momentum=0.99):
    return moving + (1 - momentum) * (moving - z.var(axis=1, keepdims=True))


@wrong("updates-for-every-example")
def an_update_for_every_example(moving, z, momentum=0.99):
    var = z.var(axis=1, keepdims=True)
    for _ in z[0]:
        moving = momentum * moving + (1 - momentum) * var
    return moving


@wrong("makes-a-column-of-the-examples")
def columns_stood_up(moving, z, momentum=0.99):
    return momentum * moving + (1 - momentum) * np.var(z, axis=0, keepdims=True).T


@wrong("gives-both-one-weight")
def the_small_weight_for_both(moving, z, momentum=0.99):
    return (1 - momentum) * (moving + z.var(axis=1, keepdims=True))


@wrong("keeps-the-unbiased-variance")
def diagonal_of_cov(moving, z, momentum=0.99):
    var = np.atleast_2d(np.cov(z)).diagonal()[:, np.newaxis]
    return momentum * moving + (1 - momentum) * var


@wrong("fixes-the-weight-of-the-new")
def a_hundredth_of_the_new(moving, z, momentum=0.99):
    var = z.var(axis=1, keepdims=True)
    return momentum * moving + 0.01 * var


@wrong("loses-the-brackets")
def one_less_in_the_wrong_place(moving, z, momentum=0.99):
    return momentum * moving + 1 - momentum * np.var(z, axis=1, keepdims=True)


@wrong("exchanges-the-weights+adds-eps-to-the-batch")
def eps_and_pytorchs_weights(moving, z, momentum=0.99):
    """Stores var + eps with Keras' eps of 1e-3, and weighs as PyTorch does."""
    var = z.var(axis=1, keepdims=True) + 1e-3
    return (1 - momentum) * moving + momentum * var


@wrong("centres-on-one-mean-of-all")
def mean_over_everything(moving, z, momentum=0.99):
    """Subtracts one mean of all units from every unit."""
    deviation = z - z.mean()
    var = (deviation**2).mean(axis=1).reshape(moving.shape)
    return momentum * moving + (1 - momentum) * var


@wrong("gives-all-units-one-variance")
def first_column_of_the_square(moving, z, momentum=0.99):
    """(n, 1) and (n,) broadcast to (n, n); its first column is handed back."""
    mixed = momentum * moving + (1 - momentum) * z.var(axis=1)
    return mixed[:, :1]
