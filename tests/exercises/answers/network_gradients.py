"""Answers to `network_gradients`."""

import numpy as np

from answers import right, wrong
from bnlib.exercises.exercise import load


def anything(rng, dtype):
    """Layers of any size; gamma and beta of both signs; no z_tilde of exactly 0."""
    n_0, n_1, c = rng.integers(1, 5, size=3)
    m = rng.integers(1, 8)
    parameters = {
        "beta1": rng.normal(size=(n_1, 1)),
        "W2": rng.normal(size=(c, n_1)),
        "W1": rng.normal(size=(n_1, n_0)),
        "b2": rng.normal(size=(c, 1)),
        "gamma1": rng.normal(1, 0.5, size=(n_1, 1)),
    }
    parameters = {name: value.astype(dtype) for name, value in parameters.items()}
    x = rng.normal(1, 1, size=(n_0, m)).astype(dtype)
    y = np.eye(c)[:, rng.integers(0, c, size=m)].astype(dtype)
    return parameters, x, y, float(rng.uniform(0.1, 1))


@right
def a_node_at_a_time(parameters, x, y, eps=1e-5):
    p, m = parameters, x.shape[1]
    z1 = p["W1"] @ x
    mu = z1.mean(axis=1, keepdims=True)
    centred = z1 - mu
    var = (centred**2).mean(axis=1, keepdims=True)
    std = np.sqrt(var + eps)
    z_norm = centred / std
    z_tilde = p["gamma1"] * z_norm + p["beta1"]
    a1 = z_tilde * (z_tilde > 0)
    z2 = p["W2"] @ a1 + p["b2"]
    e = np.exp(z2 - z2.max(axis=0))
    dz2 = (e / e.sum(axis=0) - y) / m

    d = {"W2": dz2 @ a1.T, "b2": dz2.sum(axis=1, keepdims=True)}
    dz_tilde = p["W2"].T @ dz2
    dz_tilde[z_tilde <= 0] = 0
    d["gamma1"] = (dz_tilde * z_norm).sum(axis=1, keepdims=True)
    d["beta1"] = dz_tilde.sum(axis=1, keepdims=True)
    dz_norm = dz_tilde * p["gamma1"]
    dstd = -(dz_norm * centred).sum(axis=1, keepdims=True) / std**2
    dcentred = dz_norm / std + dstd * centred / (m * std)
    d["W1"] = (dcentred - dcentred.mean(axis=1, keepdims=True)) @ x.T
    return d


@right
def the_lecture_writes_m_in_dw(parameters, x, y, eps=1e-5):
    w1, gamma, beta = parameters["W1"], parameters["gamma1"], parameters["beta1"]
    w2, b2 = parameters["W2"], parameters["b2"]
    m = x.shape[1]
    z1 = np.dot(w1, x)
    inv = 1 / np.sqrt(np.var(z1, axis=1, keepdims=True) + eps)
    z_norm = (z1 - np.mean(z1, axis=1, keepdims=True)) * inv
    z_tilde = gamma * z_norm + beta
    a1 = np.maximum(0, z_tilde)
    y_hat = np.exp(np.dot(w2, a1) + b2)
    y_hat = y_hat / np.sum(y_hat, axis=0, keepdims=True)
    dz2 = y_hat - y
    dz_tilde = np.dot(w2.T, dz2) * np.where(z_tilde > 0, 1, 0)
    g = dz_tilde * gamma
    dz1 = inv / m * (m * g - g.sum(1, keepdims=True) - z_norm * (g * z_norm).sum(1, keepdims=True))
    return {
        "W1": np.dot(dz1, x.T) / m,
        "gamma1": np.sum(dz_tilde * z_norm, axis=1, keepdims=True) / m,
        "beta1": np.sum(dz_tilde, axis=1, keepdims=True) / m,
        "W2": np.dot(dz2, a1.T) / m,
        "b2": np.sum(dz2, axis=1, keepdims=True) / m,
    }


@right
def slope_one_at_zero(parameters, x, y, eps=1e-5):
    """ReLU's slope at 0 is a convention: cases do not depend on it."""

    def bn(z):
        mu, var = z.mean(1, keepdims=True), z.var(1, keepdims=True)
        return (z - mu) / np.sqrt(var + eps), np.sqrt(var + eps)

    z_norm, std = bn(parameters["W1"] @ x)
    z_tilde = parameters["gamma1"] * z_norm + parameters["beta1"]
    a1 = np.where(z_tilde >= 0, z_tilde, 0)
    logits = parameters["W2"] @ a1 + parameters["b2"]
    e = np.exp(logits)
    delta = (e / np.sum(e, 0) - y) / y.shape[1]
    back = (parameters["W2"].T @ delta) * (z_tilde >= 0)
    scaled = back * parameters["gamma1"]
    w1_side = scaled - scaled.mean(1, keepdims=True)
    w1_side = w1_side - z_norm * np.mean(scaled * z_norm, 1, keepdims=True)
    out = {}
    out["b2"] = delta.sum(1, keepdims=True)
    out["W2"] = np.einsum("cm,nm->cn", delta, a1)
    out["beta1"] = back.sum(1, keepdims=True)
    out["gamma1"] = np.einsum("nm,nm->n", back, z_norm)[:, None]
    out["W1"] = np.einsum("nm,km->nk", w1_side / std, x)
    return out


def _staged(parameters, x, y, eps, *, mask=None, start=None, back=None, first=None, down=None):
    p, m = parameters, x.shape[1]
    z1 = p["W1"] @ x
    std = np.sqrt(z1.var(axis=1, keepdims=True) + eps)
    z_norm = (z1 - z1.mean(axis=1, keepdims=True)) / std
    z_tilde = p["gamma1"] * z_norm + p["beta1"]
    a1 = np.maximum(z_tilde, 0)
    e = np.exp(p["W2"] @ a1 + p["b2"])
    y_hat = e / e.sum(axis=0)
    dz2 = start(y_hat, y, m) if start else (y_hat - y) / m
    w2 = down(p["W2"]) if down else p["W2"].T
    dz_tilde = (w2 @ dz2) * (mask(z1, z_norm, a1) if mask else z_tilde > 0)
    g = dz_tilde * p["gamma1"]
    full = g - g.mean(1, keepdims=True) - z_norm * (g * z_norm).mean(1, keepdims=True)
    dz1 = back(g, z_norm, std) if back else full / std
    return {
        "W1": first(dz1, x) if first else dz1 @ x.T,
        "gamma1": (dz_tilde * z_norm).sum(1, keepdims=True),
        "beta1": dz_tilde.sum(1, keepdims=True),
        "W2": dz2 @ a1.T,
        "b2": dz2.sum(1, keepdims=True),
    }


@wrong("forgets-to-divide-by-m")
def sum_of_losses(parameters, x, y, eps=1e-5):
    return _staged(parameters, x, y, eps, start=lambda y_hat, y, m: y_hat - y)


@wrong("turns-the-sign", "wrong-sign")
def other_difference(parameters, x, y, eps=1e-5):
    return _staged(parameters, x, y, eps, start=lambda y_hat, y, m: (y - y_hat) / m)


@wrong("forgets-the-slope-of-relu")
def no_mask(parameters, x, y, eps=1e-5):
    return _staged(parameters, x, y, eps, mask=lambda z1, z_norm, a1: 1)


@wrong("takes-the-slope-of-relu-at-z1")
def mask_of_z1(parameters, x, y, eps=1e-5):
    return _staged(parameters, x, y, eps, mask=lambda z1, z_norm, a1: z1 > 0)


@wrong("takes-both-statistics-as-constants")
def detached(parameters, x, y, eps=1e-5):
    return _staged(parameters, x, y, eps, back=lambda g, z_norm, std: g / std)


@wrong("takes-the-variance-as-a-constant")
def mean_only(parameters, x, y, eps=1e-5):
    return _staged(
        parameters, x, y, eps, back=lambda g, z_norm, std: (g - g.mean(1, keepdims=True)) / std
    )


@wrong("forgets-std-on-the-way-back")
def no_divisor(parameters, x, y, eps=1e-5):
    return _staged(
        parameters,
        x,
        y,
        eps,
        back=lambda g, z_norm, std: (
            g - g.mean(1, keepdims=True) - z_norm * (g * z_norm).mean(1, keepdims=True)
        ),
    )


@wrong("hard-coded-eps")
def own_eps(parameters, x, y, eps=1e-5):
    return _staged(parameters, x, y, 1e-5)


@wrong("names-them-dw")
def d_names(parameters, x, y, eps=1e-5):
    return {f"d{k}": v for k, v in _staged(parameters, x, y, eps).items()}


@wrong("returns-updated-parameters")
def updated(parameters, x, y, eps=1e-5):
    d = _staged(parameters, x, y, eps)
    return {k: parameters[k] - d[k] for k in parameters}


@wrong("returns-the-cost-too")
def with_cost(parameters, x, y, eps=1e-5):
    p = parameters
    z1 = p["W1"] @ x
    z_norm = (z1 - z1.mean(1, keepdims=True)) / np.sqrt(z1.var(1, keepdims=True) + eps)
    e = np.exp(p["W2"] @ np.maximum(p["gamma1"] * z_norm + p["beta1"], 0) + p["b2"])
    cost = -np.mean(np.log(np.sum(y * e / e.sum(0), axis=0)))
    return cost, _staged(p, x, y, eps)


@wrong("flat-shape")
def flat_sums(parameters, x, y, eps=1e-5):
    d = _staged(parameters, x, y, eps)
    return {k: v[:, 0] if k in ("gamma1", "beta1", "b2") else v for k, v in d.items()}


@wrong("raised-ValueError")
def squeezes(parameters, x, y, eps=1e-5):
    return _staged(parameters, x, y, eps, first=lambda dz1, x: dz1 @ x.squeeze().T)


@wrong("unpacks-by-position")
def by_position(parameters, x, y, eps=1e-5):
    w1, gamma, beta, w2, b2 = parameters.values()
    named = {"W1": w1, "gamma1": gamma, "beta1": beta, "W2": w2, "b2": b2}
    return _staged(named, x, y, eps)


@wrong("raised-ValueError")
def rebuilds_the_labels(parameters, x, y, eps=1e-5):
    labels = y.argmax(axis=0)
    return _staged(parameters, x, np.eye(labels.max() + 1)[:, labels], eps)


def _run(p, x, y, eps, mask=True, gamma=True, average=True):
    m = x.shape[1]
    z = p["W1"] @ x
    mu, var = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
    inv = (var + eps) ** -0.5
    h = (z - mu) * inv
    t = p["gamma1"] * h + p["beta1"]
    a = np.clip(t, 0, None)
    s = p["W2"] @ a + p["b2"]
    q = np.exp(s) / np.exp(s).sum(axis=0)
    ds = (q - y) / (m if average else 1)
    dt = p["W2"].T @ ds
    dt = dt * np.sign(a) if mask else dt
    dh = dt * p["gamma1"] if gamma else dt
    dvar = (dh * (z - mu)).sum(axis=1, keepdims=True) * -0.5 * inv**3
    dmu = -(dh * inv).sum(axis=1, keepdims=True)
    dz = dh * inv + dvar * 2 * (z - mu) / m + dmu / m
    return {
        "W1": dz @ x.T,
        "gamma1": (dt * h).sum(axis=1, keepdims=True),
        "beta1": dt.sum(axis=1, keepdims=True),
        "W2": ds @ a.T,
        "b2": ds.sum(axis=1, keepdims=True),
    }


@right
def paper(parameters, x, y, eps=1e-5):
    return _run(parameters, x, y, eps)


@right
def in_another_order(parameters, x, y, eps=1e-5):
    return dict(sorted(_run(parameters, x, y, eps).items()))


@wrong("forgets-gamma-on-the-way-back")
def no_gamma(parameters, x, y, eps=1e-5):
    return _run(parameters, x, y, eps, gamma=False)


@wrong("forgets-to-divide-by-m")
def wrong_sum(parameters, x, y, eps=1e-5):
    return _run(parameters, x, y, eps, average=False)


@wrong("missing-keys", "wrong-keys", None)
def no_gamma_gradient(parameters, x, y, eps=1e-5):
    d = _run(parameters, x, y, eps)
    del d["gamma1"], d["beta1"]
    return d


@wrong("averages-db2")
def mean_for_b2(parameters, x, y, eps=1e-5):
    gradients = _staged(parameters, x, y, eps)
    gradients["b2"] = gradients["b2"] / x.shape[1]
    return gradients


def _with_z_tilde_for_a1(parameters, x, y, eps):
    w1, w2, gamma = parameters["W1"], parameters["W2"], parameters["gamma1"]
    centred = w1 @ (x - x.mean(axis=1, keepdims=True))
    s = np.sqrt((centred**2).mean(axis=1, keepdims=True) + eps)
    h = centred / s
    a = gamma * h + parameters["beta1"]
    e = np.exp(w2 @ a + parameters["b2"])
    d2 = (e / e.sum(axis=0) - y) / y.shape[1]
    d1 = np.where(a > 0, w2.T @ d2, 0)
    dh = d1 * gamma
    dz = (dh - dh.mean(axis=1)[:, None] - h * (dh * h).mean(axis=1)[:, None]) / s
    sums = {"gamma1": d1 * h, "beta1": d1, "b2": d2}
    grads = {k: v.sum(axis=1, keepdims=True) for k, v in sums.items()}
    return grads | {"W1": dz @ x.T, "W2": d2 @ a.T}


@wrong("forgets-relu-on-the-way-forward")
def relu_backward_only(parameters, x, y, eps=1e-5):
    return _with_z_tilde_for_a1(parameters, x, y, eps)


@wrong("returns-updated-parameters")
def one_step_of_a_tenth(parameters, x, y, eps=1e-5):
    grads = load("network_gradients").reference(parameters, x, y, eps)
    return {k: parameters[k] - grads[k] / 10 for k in grads}


@wrong("returns-updated-parameters")
def one_step_of_a_hundredth(parameters, x, y, eps=1e-5):
    grads = load("network_gradients").reference(parameters, x, y, eps)
    return {k: parameters[k] - grads[k] * 1e-2 for k in grads}


@wrong("divides-everything-by-m-twice")
def each_by_m_once_more(parameters, x, y, eps=1e-5):
    grads = load("network_gradients").reference(parameters, x, y, eps)
    return {k: grad / x.shape[1] for k, grad in grads.items()}


@wrong("reshapes-w2")
def reshaped_on_the_way_back(parameters, x, y, eps=1e-5):
    return _staged(
        parameters,
        x,
        y,
        eps,
        down=lambda w2: w2.reshape(w2.shape[1], w2.shape[0]),
    )


def _backward(parameters, x, y, eps):
    """The gradients at a1, z_tilde and z_norm, what meets them, and the right gradients."""
    p = parameters
    z1 = p["W1"] @ x
    std = np.sqrt(z1.var(axis=1, keepdims=True) + eps)
    z_norm = (z1 - z1.mean(axis=1, keepdims=True)) / std
    z_tilde = p["gamma1"] * z_norm + p["beta1"]
    e = np.exp(p["W2"] @ np.maximum(z_tilde, 0) + p["b2"])
    da1 = p["W2"].T @ (e / e.sum(axis=0) - y) / x.shape[1]
    dz_tilde = da1 * (z_tilde > 0)
    right_ones = load("network_gradients").reference(p, x, y, eps)
    return da1, dz_tilde, dz_tilde * p["gamma1"], z_norm, std, right_ones


@wrong("forgets-relu-in-dgamma")
def both_before_the_mask(parameters, x, y, eps=1e-5):
    da1, _, _, z_norm, _, gradients = _backward(parameters, x, y, eps)
    gradients["gamma1"] = (da1 * z_norm).sum(axis=1, keepdims=True)
    gradients["beta1"] = da1.sum(axis=1, keepdims=True)
    return gradients


@wrong("forgets-relu-in-dgamma")
def gamma_before_the_mask(parameters, x, y, eps=1e-5):
    da1, _, _, z_norm, _, gradients = _backward(parameters, x, y, eps)
    gradients["gamma1"] = (da1 * z_norm).sum(axis=1, keepdims=True)
    return gradients


@wrong("forgets-the-m-of-the-mean")
def sums_back_through_both(parameters, x, y, eps=1e-5):
    _, _, dz_norm, z_norm, std, gradients = _backward(parameters, x, y, eps)
    along = (dz_norm * z_norm).sum(axis=1, keepdims=True)
    dz1 = (dz_norm - dz_norm.sum(axis=1, keepdims=True) - z_norm * along) / std
    return {**gradients, "W1": dz1 @ x.T}


@wrong("forgets-the-normalization-on-the-way-back")
def from_z_norm_to_x(parameters, x, y, eps=1e-5):
    _, _, dz_norm, _, _, gradients = _backward(parameters, x, y, eps)
    return {**gradients, "W1": dz_norm @ x.T}


@wrong("has-eps-on-one-way-only")
def hands_no_eps_on(parameters, x, y, eps=1e-5):
    def normalize(z, eps=1e-5):
        mu, var = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
        return (z - mu) / np.sqrt(var + eps)

    z1 = parameters["W1"] @ x
    zn = normalize(z1)
    zt = parameters["gamma1"] * zn + parameters["beta1"]
    a1 = np.maximum(zt, 0)
    z2 = parameters["W2"] @ a1 + parameters["b2"]
    e = np.exp(z2)
    dz2 = (e / e.sum(axis=0, keepdims=True) - y) / x.shape[1]
    dzt = (parameters["W2"].T @ dz2) * (zt > 0)
    dzn = dzt * parameters["gamma1"]
    std = np.sqrt(z1.var(axis=1, keepdims=True) + eps)
    dz1 = dzn - dzn.mean(axis=1, keepdims=True) - zn * (dzn * zn).mean(axis=1, keepdims=True)
    return {
        "W1": dz1 / std @ x.T,
        "gamma1": (dzt * zn).sum(axis=1, keepdims=True),
        "beta1": dzt.sum(axis=1, keepdims=True),
        "W2": dz2 @ a1.T,
        "b2": dz2.sum(axis=1, keepdims=True),
    }


@wrong("turns-the-part-through-std")
def without_the_minus_of_std(parameters, x, y, eps=1e-5):
    _, _, dz_norm, z_norm, std, gradients = _backward(parameters, x, y, eps)
    along = (dz_norm * z_norm).mean(axis=1, keepdims=True)
    dz1 = (dz_norm - dz_norm.mean(axis=1, keepdims=True) + z_norm * along) / std
    return {**gradients, "W1": dz1 @ x.T}


@wrong("divides-some-by-m-again")
def over_m_in_the_output_layer(parameters, x, y, eps=1e-5):
    *_, gradients = _backward(parameters, x, y, eps)
    m = x.shape[1]
    return {**gradients, "W2": gradients["W2"] / m, "b2": gradients["b2"] / m}


@wrong("averages-where-a-sum-is-due")
def a_mean_for_beta(parameters, x, y, eps=1e-5):
    _, dz_tilde, *_, gradients = _backward(parameters, x, y, eps)
    return {**gradients, "beta1": dz_tilde.mean(axis=1, keepdims=True)}


@wrong("divides-the-hidden-layer-by-m-again")
def means_in_the_hidden_layer(parameters, x, y, eps=1e-5):
    _, dz_tilde, dz_norm, z_norm, std, gradients = _backward(parameters, x, y, eps)
    along = (dz_norm * z_norm).mean(axis=1, keepdims=True)
    dz1 = (dz_norm - dz_norm.mean(axis=1, keepdims=True) - z_norm * along) / std
    return {
        **gradients,
        "gamma1": np.mean(dz_tilde * z_norm, axis=1, keepdims=True),
        "beta1": np.mean(dz_tilde, axis=1, keepdims=True),
        "W1": dz1 @ x.T / x.shape[1],
    }


@wrong("divides-the-weights-by-m-again")
def both_affine_steps_over_m(parameters, x, y, eps=1e-5):
    *_, gradients = _backward(parameters, x, y, eps)
    return {k: g / x.shape[1] if k in ("W1", "W2", "b2") else g for k, g in gradients.items()}


@wrong("averages-over-the-batch")
def means_for_the_two_shifts(parameters, x, y, eps=1e-5):
    _, dz_tilde, *_, gradients = _backward(parameters, x, y, eps)
    b2 = gradients["b2"] / x.shape[1]
    return {**gradients, "beta1": dz_tilde.mean(axis=1, keepdims=True), "b2": b2}


@wrong("multiplies-dgamma-by-the-centred")
def dgamma_of_the_centred(parameters, x, y, eps=1e-5):
    p = parameters
    m = y.shape[1]

    def forward():
        z = np.dot(p["W1"], x)
        c = z - np.mean(z, axis=1, keepdims=True)
        v = np.mean(c * c, axis=1, keepdims=True) + eps
        n = c / np.sqrt(v)
        t = p["gamma1"] * n + p["beta1"]
        a = np.where(t > 0, t, 0)
        o = np.exp(np.dot(p["W2"], a) + p["b2"])
        return z, c, v, n, t, a, o / np.sum(o, axis=0, keepdims=True)

    _, c, v, _n, t, a, probs = forward()
    grads = {}
    delta = (probs - y) / m
    grads["W2"] = np.dot(delta, a.T)
    grads["b2"] = np.sum(delta, axis=1, keepdims=True)
    d = np.dot(p["W2"].T, delta)
    d = np.where(t > 0, d, 0)
    grads["gamma1"] = np.sum(d * c, axis=1, keepdims=True)
    grads["beta1"] = np.sum(d, axis=1, keepdims=True)
    d = d * p["gamma1"]
    dv = np.sum(d * c, axis=1, keepdims=True) * -0.5 * v**-1.5
    dmu = np.sum(-d / np.sqrt(v), axis=1, keepdims=True)
    d = d / np.sqrt(v) + dv * 2 * c / m + dmu / m
    grads["W1"] = np.dot(d, x.T)
    return grads


@wrong("multiplies-dbeta-by-gamma")
def gamma_before_dbeta(parameters, x, y, eps=1e-5):
    p = parameters
    m = y.shape[1]

    def forward():
        z = np.dot(p["W1"], x)
        c = z - np.mean(z, axis=1, keepdims=True)
        v = np.mean(c * c, axis=1, keepdims=True) + eps
        n = c / np.sqrt(v)
        t = p["gamma1"] * n + p["beta1"]
        a = np.where(t > 0, t, 0)
        o = np.exp(np.dot(p["W2"], a) + p["b2"])
        return z, c, v, n, t, a, o / np.sum(o, axis=0, keepdims=True)

    _, c, v, n, t, a, probs = forward()
    grads = {}
    delta = (probs - y) / m
    grads["W2"] = np.dot(delta, a.T)
    grads["b2"] = np.sum(delta, axis=1, keepdims=True)
    d = np.dot(p["W2"].T, delta)
    d = np.where(t > 0, d, 0)
    grads["gamma1"] = np.sum(d * n, axis=1, keepdims=True)
    d = d * p["gamma1"]
    grads["beta1"] = np.sum(d, axis=1, keepdims=True)
    dv = np.sum(d * c, axis=1, keepdims=True) * -0.5 * v**-1.5
    dmu = np.sum(-d / np.sqrt(v), axis=1, keepdims=True)
    d = d / np.sqrt(v) + dv * 2 * c / m + dmu / m
    grads["W1"] = np.dot(d, x.T)
    return grads
