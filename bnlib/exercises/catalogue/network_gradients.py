"""The whole way through a network with one hidden layer and batch norm: forward, then backward."""

import numpy as np

from bnlib.exercises.exercise import also, fault, mistake


def network_gradients(parameters, x, y, eps=1e-5):
    """W1, gamma1, beta1, W2, b2 in a dict, x (n_0, m), one-hot y (C, m) -> a dict of gradients."""
    w2, gamma = parameters["W2"], parameters["gamma1"]
    m = x.shape[1]

    z1 = parameters["W1"] @ x
    centred = z1 - z1.mean(axis=1, keepdims=True)
    std = np.sqrt((centred**2).mean(axis=1, keepdims=True) + eps)
    z_norm = centred / std
    z_tilde = gamma * z_norm + parameters["beta1"]
    a1 = np.maximum(z_tilde, 0)
    e = np.exp(w2 @ a1 + parameters["b2"])
    y_hat = e / e.sum(axis=0, keepdims=True)

    dz2 = (y_hat - y) / m
    dz_tilde = (w2.T @ dz2) * (z_tilde > 0)
    dz_norm = dz_tilde * gamma
    mean_of_product = (dz_norm * z_norm).mean(axis=1, keepdims=True)
    dz1 = (dz_norm - dz_norm.mean(axis=1, keepdims=True) - z_norm * mean_of_product) / std
    return {
        "W1": dz1 @ x.T,
        "gamma1": (dz_tilde * z_norm).sum(axis=1, keepdims=True),
        "beta1": dz_tilde.sum(axis=1, keepdims=True),
        "W2": dz2 @ a1.T,
        "b2": dz2.sum(axis=1, keepdims=True),
    }


HINTS = (
    "Write the forward pass first, a line a box, and give every intermediate result a name. Which "
    "of them will the way back want to see again?",
    "Backward starts at the logits: with the mean cross-entropy, their gradient is (y_hat - y) / "
    "m. Then W2 and b2, then what reaches a1, ReLU, gamma and beta, the normalization, and W1.",
    "The parts are other exercises: hidden_layer for the way forward, affine_gradients and "
    "normalize_backward for the way back. New are dW = dz times the layer's input turned, the "
    "step down (W2 turned, times dz2), and the mask of ReLU on z_tilde.",
)

FACT = (
    "Only W2 and b2 see their gradients in one step; a gradient of W1 has come all the way back, "
    "through every box, so W1 is the one to hold against a numerical gradient first."
)


def inputs():
    """A class that never occurs; keys in another order; a unit whose weights are 0, one that hardly
    varies, all units off; logits all below 0; one unit and one class."""
    rng = np.random.default_rng(24)

    def case(sizes, labels, dtype=float, order=("W1", "gamma1", "beta1", "W2", "b2")):
        n_0, n_1, c = sizes
        shapes = {"W1": (n_1, n_0), "gamma1": (n_1, 1), "beta1": (n_1, 1)}
        shapes |= {"W2": (c, n_1), "b2": (c, 1)}
        drawn = {name: rng.normal(size=shape) for name, shape in shapes.items()}
        drawn["gamma1"] = (drawn["gamma1"] + 1.5) * (-1.0) ** np.arange(n_1)[:, np.newaxis]
        drawn["beta1"] = 0.3 + abs(drawn["beta1"]) / 2  # not 0, where ReLU's slope is a convention
        x = 1 + rng.normal(size=(n_0, len(labels))) * (1 + np.arange(n_0))[:, np.newaxis]
        parameters = {name: drawn[name].astype(dtype) for name in order}
        return parameters, x.astype(dtype), np.eye(c)[:, labels].astype(dtype)

    small = {
        "W1": np.array([[1.0, -1.0, 0.5], [0.5, 2.0, -1.0]]),
        "gamma1": np.array([[0.5], [2.0]]),
        "beta1": np.array([[0.2], [-0.3]]),
        "W2": np.array([[1.0, -0.5], [-1.0, 0.5], [0.4, 0.2]]),
        "b2": np.array([[0.2], [-0.1], [0.3]]),
    }
    x = np.array([[1.0, 3.0, 2.0, 0.0], [0.0, 1.0, 2.0, 2.0], [1.0, 0.0, 3.0, 1.0]])
    y = np.array([[1.0, 0.0, 0.0, 1.0], [0.0, 1.0, 1.0, 0.0], [0.0, 0.0, 0.0, 0.0]])
    square = case((5, 5, 5), [0, 2, 1, 4, 0], order=("W2", "beta1", "b2", "W1", "gamma1"))
    square[0]["W1"][1] = 0
    square[0]["W1"][2] *= 0.01
    square[0]["W2"][:] *= 8
    single = case((2, 3, 2), [1])
    single[0]["beta1"][:2] = [[0.003], [-0.004]]
    single[0]["b2"] -= 4
    off = case((2, 2, 2), [0, 1, 1])
    off[0]["beta1"][:] = -9
    off[0]["b2"][:] = [[-0.7], [0.0004]]
    return [
        (small, x, y, 0.6),
        square,
        (*single, 0.25),
        (*case((2, 1, 1), [0, 0, 0, 0]), 0.3),
        (*case((3, 4, 2), [0, 1, 1, 0, 1, 0], np.float32), 0.5),
        (*off, 0.4),
    ]


def _forward(parameters, x, eps, slip=None):
    z1 = parameters["W1"] @ x
    axis = 0 if slip in ("axis 0", "layer norm") else 1
    centred = z1 - z1.mean(axis=axis, keepdims=True)
    var = (centred**2).mean(axis=axis, keepdims=True)
    if slip == "m - 1":
        var = var * z1.shape[1] / (z1.shape[1] - 1)
    std = np.sqrt(var + (0 if slip in ("no eps", "eps outside") else eps))
    std = std + (eps if slip == "eps outside" else 0)
    z_norm = centred / (np.sqrt(var + 1e-5) if slip == "eps on the way back" else std)
    if slip == "eps on the way out":
        std = np.sqrt(var + 1e-5)
    z_tilde = parameters["gamma1"] * z_norm + parameters["beta1"]
    a1 = z_tilde if slip in ("linear", "linear forward") else np.maximum(z_tilde, 0)
    z2 = parameters["W2"] @ a1 + parameters["b2"]
    e = np.exp(z2)
    y_hat = e / e.sum(axis=1 if slip == "softmax along rows" else 0, keepdims=True)
    return z1, std, z_norm, z_tilde, z2, y_hat


def faulty(parameters, x, y, eps=1e-5, *, average="once", slip=None):
    """The reference, with one or two things done wrong."""
    p, m = parameters, x.shape[1]
    z1, std, z_norm, z_tilde, z2, y_hat = _forward(p, x, eps, slip)
    a1 = z_tilde if slip in ("linear", "linear forward") else np.maximum(z_tilde, 0)
    dz2 = {
        "y - y_hat": y - y_hat,
        "logits": z2 - y,
        "y_hat": y_hat,
        "slope": (y_hat - y) * y_hat * (1 - y_hat),
        "quotient": -y / y_hat,
    }.get(slip, y_hat - y)
    count = {"divide by C": len(y), "divide by all": y.size}.get(slip, m)
    dz2 = dz2 / {"never": 1, "again": m * count}.get(average, count)
    w2 = {"W2 as it stands": p["W2"], "W2 reshaped": p["W2"].reshape(p["W2"].T.shape)}
    da1 = w2.get(slip, p["W2"].T) @ dz2
    dz_tilde = {
        "no relu": da1,
        "linear": da1,
        "z1 > 0": da1 * (z1 > 0),
        "z_norm > 0": da1 * (z_norm > 0),
        "times a1": da1 * a1,
        "relu of the gradient": np.maximum(da1, 0),
    }.get(slip, da1 * (z_tilde > 0))
    dz_norm = direct = dz_tilde * (1 if slip == "no gamma" else p["gamma1"])
    axis = 0 if slip == "layer norm" else 1
    if slip not in ("constants", "mu constant"):
        dz_norm = dz_norm - direct.mean(axis=axis, keepdims=True)
    if slip not in ("constants", "var constant"):
        dz_norm = dz_norm - z_norm * (direct * z_norm).mean(axis=axis, keepdims=True)
    dz1 = dz_norm if slip == "no std" else dz_norm / std
    if slip == "var turned":
        dz1 = direct - direct.mean(axis=1, keepdims=True)
        dz1 = (dz1 + z_norm * (direct * z_norm).mean(axis=1, keepdims=True)) / std
    if slip == "no m in std":
        dz1 = (direct - direct.mean(axis=1, keepdims=True)) / std
        dz1 = dz1 - z_norm * (direct * z_norm).sum(axis=1, keepdims=True) / std
    if slip in ("no m in mu", "no m in both"):
        along = np.mean if slip == "no m in mu" else np.sum
        dz1 = (direct - direct.sum(axis=1, keepdims=True)) / std
        dz1 = dz1 - z_norm * along(direct * z_norm, axis=1, keepdims=True) / std
    dz1 = {"W1 from z_norm": direct, "W1 from z_tilde": dz_tilde}.get(slip, dz1)
    if slip == "gamma early":
        dz_tilde = direct
    met = {"dgamma z1": z1, "dgamma z_tilde": z_tilde, "dgamma alone": 1}.get(slip, z_norm)
    fed = {"dW2 z_tilde": z_tilde, "dW2 z_norm": z_norm}.get(slip, a1)
    for_gamma = da1 if slip in ("dgamma da1", "both da1") else dz_tilde
    for_beta = da1 if slip in ("dbeta da1", "both da1") else dz_tilde
    gather = np.mean if slip == "means" else np.sum
    again = m if average == "again in W" else 1
    return {
        "W1": dz1 @ x.T / (m if average == "again in W1" else again),
        "gamma1": gather(for_gamma * met, axis=1, keepdims=True),
        "beta1": gather(for_beta, axis=1, keepdims=True),
        "W2": dz2 @ fed.T / again,
        "b2": gather(dz2, axis=1, keepdims=True),
    }


@fault(average="never")
def forgets_to_divide_by_m():
    """Your way back starts from the sum of the losses. The cost is their mean, so a 1 / m has to
    come in, once; in the gradient of the logits it reaches all the others. Look for where it could
    stand at the beginning of your way back."""


@fault(slip="divide by C")
def divides_by_the_classes():
    """You divide by the number of classes. The cost is a mean over the batch: there is one column
    an example, one row a class. Look at the count that you, or a mean, divide by."""


@fault(slip="divide by all")
def divides_by_every_entry():
    """You divide by the number of all entries of y. The cost adds up over the classes of an example
    and takes the mean over the examples only. Look at the count that you, or a mean, divide by."""


@fault(average="again in W")
def divides_the_weights_by_m_again():
    """Your gradients of W1 and W2, perhaps with that of b2, are divided by m once more than those
    of gamma and beta. A 1 / m at the logits reaches all five from there, so none needs one of its
    own beside it. Look at the products that give W1 and W2, and for a mean that is to be a sum."""


@fault(average="again in W1")
def divides_dw1_by_m_again():
    """Your gradient of W1 is divided by m once more than that of W2. A 1 / m at the logits comes
    down to z1 with their gradient, and is not needed again there. Look at how you get the gradients
    of z1 and W1."""


def _over_m(parameters, x, y, eps, *names):
    right = network_gradients(parameters, x, y, eps)
    return {name: g / x.shape[1] if name in names else g for name, g in right.items()}


@also(divides_the_weights_by_m_again)
def divides_the_weights_and_b2_by_m_again(parameters, x, y, eps=1e-5):
    return _over_m(parameters, x, y, eps, "W1", "W2", "b2")


@mistake
def divides_the_hidden_layer_by_m_again(parameters, x, y, eps=1e-5):
    """In the hidden layer, your gradient of W1 and that of gamma, of beta or of both are divided by
    m once too often. A 1 / m at the logits comes down to them with the gradient. Look at what you
    divide by in the hidden layer, and for means that are to be sums."""
    return _over_m(parameters, x, y, eps, "W1", "gamma1", "beta1")


@also(divides_the_hidden_layer_by_m_again)
def divides_dw1_and_dgamma_by_m_again(parameters, x, y, eps=1e-5):
    return _over_m(parameters, x, y, eps, "W1", "gamma1")


@also(divides_the_hidden_layer_by_m_again)
def divides_dw1_and_dbeta_by_m_again(parameters, x, y, eps=1e-5):
    return _over_m(parameters, x, y, eps, "W1", "beta1")


@mistake
def divides_some_by_m_again(parameters, x, y, eps=1e-5):
    """Your gradient of W2, perhaps with that of b2, is divided by m once too often. A 1 / m at the
    logits reaches all five from there. Look at what you divide by in the lines that make them, and
    for a mean that is to be a sum."""
    return _over_m(parameters, x, y, eps, "W2", "b2")


@also(divides_some_by_m_again)
def divides_dw2_by_m_again(parameters, x, y, eps=1e-5):
    return _over_m(parameters, x, y, eps, "W2")


@mistake
def averages_where_a_sum_is_due(parameters, x, y, eps=1e-5):
    """Your gradient of beta, or that of gamma, or both, is the right one over m. Each is a sum over
    the batch, as one number acts on every example; the 1 / m of the cost comes in once. Look at how
    you gather the examples."""
    return _over_m(parameters, x, y, eps, "gamma1", "beta1")


@also(averages_where_a_sum_is_due)
def averages_dbeta(parameters, x, y, eps=1e-5):
    return _over_m(parameters, x, y, eps, "beta1")


@also(averages_where_a_sum_is_due)
def averages_dgamma(parameters, x, y, eps=1e-5):
    return _over_m(parameters, x, y, eps, "gamma1")


@fault(slip="gamma early")
def multiplies_by_gamma_too_early():
    """In the gradients of gamma and beta stands a gamma too many. Gamma lies between z_tilde and
    z_norm; what gamma and beta gather is made of the gradient at z_tilde, before it. Look at where
    you multiply by gamma, and at what you sum."""


@fault(slip="no m in std")
def forgets_the_m_of_the_variance():
    """Back through the deviation you add up over the batch without dividing by m. The variance is a
    mean of squares, so one entry of z1 has the m-th part of a say in it. Look at the way back
    through std."""


@fault(slip="no relu")
def forgets_the_slope_of_relu():
    """You go back past ReLU as if it let everything through. Where it cut a number to 0, a small
    step changes nothing, and no gradient comes back. Look for where ReLU should come in after the
    step down through W2."""


@fault(slip="z1 > 0")
def takes_the_slope_of_relu_at_z1():
    """Your slope of ReLU is 1 where z1 is positive. ReLU was applied to what comes after batch
    norm, and cuts where that is below 0. Look at what your mask is made of."""


@fault(slip="z_norm > 0")
def takes_the_slope_of_relu_at_z_norm():
    """Your slope of ReLU is 1 where z_norm is positive. gamma and beta come before ReLU, and can
    have a say in what it cuts away. Look at what your mask is made of."""


@fault(slip="times a1")
def multiplies_by_the_activation():
    """You multiply by a1 where the slope of ReLU is due. Its slope is 1 where it lets a number
    through, however large the number is, and 0 elsewhere. Look at your way back through ReLU."""


@fault(slip="constants")
def takes_both_statistics_as_constants():
    """Back through batch norm you take mu and var as constants. They are made of z1, which W1
    makes. Look back at `normalize_backward`: three roads lead from z1 to z_norm."""


@fault(slip="mu constant")
def takes_the_mean_as_a_constant():
    """Back through batch norm nothing comes by way of mu. When one entry of z1 rises, mu rises, and
    is taken away from the whole row. Look for what should come back through the centring."""


@fault(slip="var constant")
def takes_the_variance_as_a_constant():
    """Back through batch norm nothing comes by way of var. Stretching a row of z1 that varies
    stretches its deviation too. Look for what should come back through std."""


@fault(slip="no gamma")
def forgets_gamma_on_the_way_back():
    """Gamma is missing between z_tilde and z_norm on your way back. Forward it multiplies, so
    backward it multiplies too. Look for where it should come in between the two gradients."""


@fault(slip="no std")
def forgets_std_on_the_way_back():
    """On your way back through batch norm the division by std is missing. A wide unit in general
    answers less to a step in z1 than a narrow one. Look for where it should come in."""


@fault(slip="y - y_hat")
def turns_the_sign():
    """All your gradients have their sign turned. Perhaps you start from y - y_hat. The minus of
    gradient descent comes in the update. Look at the beginning and the end of your way back."""


@fault(slip="logits")
def forgets_softmax():
    """You start from the logits minus y. y is compared with probabilities, so softmax comes
    between. Look at the end of your way forward."""


@fault(slip="y_hat")
def forgets_the_labels():
    """You start the way back from y_hat alone. What the network should have said has to come in:
    without it the gradient of every logit is above 0. Look for where y should come in."""


@fault(slip="slope")
def multiplies_by_the_slope_of_a_sigmoid():
    """You multiply by y_hat (1 - y_hat) at the start of the way back. For softmax with
    cross-entropy no such factor is left. Look at the gradient of the logits."""


@fault(slip="quotient")
def stops_at_the_probabilities():
    """You start from the gradient of y_hat and hand it to z2, as if there were no softmax between
    the two. Look at the gradient of the logits: softmax and cross-entropy together make it
    simple."""


@fault(slip="dgamma z1")
def multiplies_dgamma_by_z1():
    """In the gradient of gamma you use z1. Gamma multiplies z_norm, so that is what belongs there.
    Look at what you multiply there."""


@fault(slip="dgamma z_tilde")
def multiplies_dgamma_by_z_tilde():
    """In the gradient of gamma you use z_tilde or a1. Gamma multiplies z_norm; the two come after
    it. Look at what you multiply there."""


@mistake
def multiplies_dgamma_by_the_centred(parameters, x, y, eps=1e-5):
    """In the gradient of gamma you use z1 less its mean, or multiply by the deviation. Gamma
    multiplies z_norm, so that is what belongs there. Look at what you multiply there."""
    right = network_gradients(parameters, x, y, eps)
    _, std, *_ = _forward(parameters, x, eps)
    return {**right, "gamma1": right["gamma1"] * std}


@mistake
def multiplies_dbeta_by_gamma(parameters, x, y, eps=1e-5):
    """In your gradient of beta, or of gamma, stands a gamma too many. Gamma lies between z_tilde
    and z_norm, and both gradients are made of that at z_tilde. Look at where you multiply by gamma,
    and at what you sum before it and after it."""
    right = network_gradients(parameters, x, y, eps)
    return {**right, "beta1": right["beta1"] * parameters["gamma1"]}


@also(multiplies_dbeta_by_gamma)
def multiplies_dgamma_by_gamma(parameters, x, y, eps=1e-5):
    right = network_gradients(parameters, x, y, eps)
    return {**right, "gamma1": right["gamma1"] * parameters["gamma1"]}


@fault(slip="dgamma alone")
def forgets_z_norm_in_dgamma():
    """Your gradient of gamma is that of beta: z_norm is missing in it. Gamma multiplies z_norm, so
    that is how strongly each entry answers to it. Look at what you add up for gamma."""


@fault(slip="dW2 z_tilde")
def forgets_relu_in_dw2():
    """In the gradient of W2 you use z_tilde. W2 multiplies a1, what ReLU let through. Look at what
    meets the gradient of the logits there."""


@fault(slip="dW2 z_norm")
def uses_z_norm_in_dw2():
    """In the gradient of W2 you use z_norm. W2 multiplies a1, the layer's output. Look at what
    meets the gradient of the logits there."""


@fault(slip="dbeta da1")
def forgets_relu_in_dbeta():
    """Your gradient of beta leaves ReLU out: it adds up what arrives at a1. beta is added before
    ReLU, so only what comes back through it counts. Look at what you sum."""


@fault(slip="dgamma da1")
def forgets_relu_in_dgamma():
    """Your gradient of gamma leaves ReLU out: it adds up what arrives at a1, times z_norm. Gamma
    multiplies before ReLU, so only what comes back through it counts. Look at what you sum, for
    beta as well."""


@also(forgets_relu_in_dgamma)
def forgets_relu_in_both(parameters, x, y, eps=1e-5):
    return faulty(parameters, x, y, eps, slip="both da1")


@fault(slip="no m in mu")
def forgets_the_m_of_the_mean():
    """Back through mu you add up over the batch without dividing by m. One entry of z1 has the m-th
    part of a say in mu, and in the mean of squares that var is. Look at the ways back through mu
    and through std."""


@also(forgets_the_m_of_the_mean)
def forgets_the_m_of_both_statistics(parameters, x, y, eps=1e-5):
    return faulty(parameters, x, y, eps, slip="no m in both")


@fault(slip="W1 from z_norm")
def forgets_the_normalization_on_the_way_back():
    """Your gradient of W1 leaves out the way back through the normalization. W1 makes z1, so what
    meets x has to have come back as far as z1. Look at what stands beside x."""


@also(forgets_the_normalization_on_the_way_back)
def forgets_gamma_and_the_normalization(parameters, x, y, eps=1e-5):
    return faulty(parameters, x, y, eps, slip="W1 from z_tilde")


@fault(slip="means")
def averages_over_the_batch():
    """Your gradient of b2 and that of beta, of gamma or of both are means over the batch. With a 1
    / m at the logits, which reaches them from there, the shares are added up here. Look for means
    that are to be sums, or for a second division."""


@also(averages_over_the_batch)
def averages_both_shifts(parameters, x, y, eps=1e-5):
    return _over_m(parameters, x, y, eps, "b2", "beta1")


@also(averages_over_the_batch)
def averages_db2_and_dgamma(parameters, x, y, eps=1e-5):
    return _over_m(parameters, x, y, eps, "b2", "gamma1")


@mistake
def leaves_out_batch_norm(parameters, x, y, eps=1e-5):
    """Your way forward has no batch norm: z1 is scaled and shifted as it is. Beta is to set a
    unit's mean before ReLU, whatever z1 brought. Look for where the mean and the variance should
    come in."""
    z1 = parameters["W1"] @ x
    a1 = np.maximum(parameters["gamma1"] * z1 + parameters["beta1"], 0)
    e = np.exp(parameters["W2"] @ a1 + parameters["b2"])
    dz2 = (e / e.sum(axis=0) - y) / x.shape[1]
    dz_tilde = (parameters["W2"].T @ dz2) * (a1 > 0)
    return {
        "W1": (parameters["gamma1"] * dz_tilde) @ x.T,
        "gamma1": (dz_tilde * z1).sum(axis=1, keepdims=True),
        "beta1": dz_tilde.sum(axis=1, keepdims=True),
        "W2": dz2 @ a1.T,
        "b2": dz2.sum(axis=1, keepdims=True),
    }


@fault(slip="W2 as it stands")
def uses_w2_as_it_stands():
    """At least where W2 is square, you step down with it as it stands. Forward it takes units to
    classes; backward it has to take classes to units, so it is turned round. Look at the shapes on
    both sides of that product."""


@mistake
def turns_the_weights_round(parameters, x, y, eps=1e-5):
    """Rows and columns have changed places in your gradients of W1 and W2. A weight's gradient
    stands where the weight does: one row a unit of the layer, one column an input. Look at which
    factor of each product is turned round, and which comes first."""
    right = network_gradients(parameters, x, y, eps)
    return {**right, "W1": right["W1"].T, "W2": right["W2"].T}


@fault(slip="relu of the gradient")
def applies_relu_to_the_gradient():
    """You apply ReLU to the gradient. What decides is where the way forward was positive, not where
    the gradient is: a negative one comes through just as well. Look at your way back through
    ReLU."""


@fault(slip="var turned")
def turns_the_part_through_std():
    """What comes back through std has its sign turned in your gradient of W1. std stands below the
    line: where it rises, z_norm in general comes nearer to 0. Look for where a minus should come
    in, or goes twice."""


@fault(slip="no eps")
def leaves_out_eps():
    """Your batch norm leaves out the eps that is given. Eps keeps the root away from 0 for a unit
    that is constant over the batch. Look at what you divide by."""


@fault(slip="eps on the way back")
def has_eps_on_one_way_only():
    """On one way your root has the eps that is given, and on the other none, or one of its own.
    Both are ways through the same function. Look at every root, and for a function that you do not
    hand eps to."""


@also(has_eps_on_one_way_only)
def has_eps_on_the_way_out_only(parameters, x, y, eps=1e-5):
    return faulty(parameters, x, y, eps, slip="eps on the way out")


@fault(slip="eps outside")
def adds_eps_outside_the_root():
    """You add eps after the root. It belongs to the variance, before the root is taken. Look at
    what eps is added to."""


@fault(slip="m - 1")
def divides_by_m_minus_one():
    """For m above 1 your variance divides by m - 1. Batch norm takes the plain mean of the squared
    deviations. Look for `ddof`, or at the count you divide by."""


@fault(slip="axis 0")
def averages_over_units():
    """You take the statistics of the way forward over the units of one example. Batch norm's belong
    to one unit over the batch, and z1 has one row a unit. Look at the axis of your mean and
    variance."""


@also(averages_over_units)
def _averages_over_units_both_ways(parameters, x, y, eps=1e-5):
    return faulty(parameters, x, y, eps, slip="layer norm")


@fault(slip="softmax along rows")
def lets_examples_compete():
    """Your softmax adds up along the rows, over the examples. An example's probabilities add up to
    1 over the classes, and it is a column. Look at the axis of that sum."""


@mistake
def forgets_the_bias(parameters, x, y, eps=1e-5):
    """You leave b2 out of the way forward. It has a gradient because it is part of the logits. Look
    for where it should come in there."""
    return network_gradients({**parameters, "b2": 0 * parameters["b2"]}, x, y, eps)


@mistake
def forgets_beta(parameters, x, y, eps=1e-5):
    """You leave beta out of the way forward. It is added before ReLU, and so can have a say in what
    is cut away. Look for where it should come in after the normalization."""
    return network_gradients({**parameters, "beta1": 0 * parameters["beta1"]}, x, y, eps)


@fault(slip="linear")
def forgets_relu_altogether():
    """There is no ReLU in your network, forward or backward. Without it, once batch norm's
    statistics are fixed, the layers of W1 and W2 are no more than one linear layer. Look at what
    becomes of z_tilde."""


@mistake
def does_not_sum_the_bias(parameters, x, y, eps=1e-5):
    """Your gradient of b2 has one column an example. All of them share b2, so their shares add up.
    Look for where a sum should take (C, m) to (C, 1)."""
    right = network_gradients(parameters, x, y, eps)
    y_hat = _forward(parameters, x, eps)[-1]
    return {**right, "b2": (y_hat - y) / x.shape[1]}


@mistake
def returns_the_cost_too(parameters, x, y, eps=1e-5):
    """You return the cost beside the gradients. The exercise asks for the dictionary alone. Look at
    your `return` line."""
    y_hat = _forward(parameters, x, eps)[-1]
    cost = -np.sum(y * np.log(y_hat)) / x.shape[1]
    return cost, network_gradients(parameters, x, y, eps)


@also(returns_the_cost_too)
def returns_the_cost_last(parameters, x, y, eps=1e-5):
    return returns_the_cost_too.answer(parameters, x, y, eps)[::-1]


@mistake
def names_them_dw(parameters, x, y, eps=1e-5):
    """Your dictionary has names such as dW1. The update looks a gradient up under its parameter's
    own name. Look at the keys that are asked for."""
    return {f"d{k}": v for k, v in network_gradients(parameters, x, y, eps).items()}


@mistake
def adds_a_bias_before_batch_norm(parameters, x, y, eps=1e-5):
    """You also return a gradient of b1. This network has no b1: batch norm would take it away, and
    beta does its job. Look at the keys that are asked for."""
    right = network_gradients(parameters, x, y, eps)
    return {**right, "b1": np.zeros_like(right["beta1"])}


@mistake
def unpacks_by_position(parameters, x, y, eps=1e-5):
    """You take the parameters by their position in the dictionary. They may come in any order, and
    then one can be taken for another. Look at how you get them out: each has its name."""
    names = ("W1", "gamma1", "beta1", "W2", "b2")
    taken = dict(zip(names, parameters.values(), strict=True))
    return network_gradients(taken, x, y, eps)


@mistake
def returns_updated_parameters(parameters, x, y, eps=1e-5):
    """You return the parameters after a step. Here only the gradients are asked for; the step is
    `gradient_step`. Look at what you put into the dictionary."""
    right = network_gradients(parameters, x, y, eps)
    return {name: parameters[name] - right[name] for name in parameters}


@mistake
def averages_db2(parameters, x, y, eps=1e-5):
    """For b2 you divide by m once more, as a mean does beside a 1 / m that is there already. With
    it, the examples' shares are added up. Look at your line for b2."""
    right = network_gradients(parameters, x, y, eps)
    return {**right, "b2": right["b2"] / x.shape[1]}


@also(returns_updated_parameters)
def returns_parameters_moved_by_a_tenth(parameters, x, y, eps=1e-5):
    right = network_gradients(parameters, x, y, eps)
    return {name: parameters[name] - 0.1 * right[name] for name in parameters}


@also(returns_updated_parameters)
def returns_parameters_moved_by_a_hundredth(parameters, x, y, eps=1e-5):
    right = network_gradients(parameters, x, y, eps)
    return {name: parameters[name] - 0.01 * right[name] for name in parameters}


@fault(slip="linear forward")
def forgets_relu_on_the_way_forward():
    """Your way forward has no ReLU, though your way back has. What W2 is given is then z_tilde, its
    negative numbers too. Look for what should stand between z_tilde and W2."""


@fault(average="again")
def divides_everything_by_m_twice():
    """All your gradients are divided by m once too often. The 1 / m of the cost comes in once: at
    the logits, from where it reaches them all, or in each of them. Look at where you divide: once
    is enough."""


@fault(slip="W2 reshaped")
def reshapes_w2():
    """On the way back you use the numbers of W2 in the order in which they lie, row after row, as a
    reshape leaves them. Its rows are to become columns. Look at what meets the gradient of the
    logits."""
