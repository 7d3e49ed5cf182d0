"""Answers to `network_gradients`, written from its text alone."""

import numpy as np
from answers import right, wrong


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
def right_paper(parameters, x, y, eps=1e-5):
    return _run(parameters, x, y, eps)


@right
def right_in_another_order(parameters, x, y, eps=1e-5):
    return dict(sorted(_run(parameters, x, y, eps).items()))


@wrong("forgets-the-slope-of-relu")
def wrong_no_mask(parameters, x, y, eps=1e-5):
    return _run(parameters, x, y, eps, mask=False)


@wrong("forgets-gamma-on-the-way-back")
def wrong_no_gamma(parameters, x, y, eps=1e-5):
    return _run(parameters, x, y, eps, gamma=False)


@wrong("forgets-to-divide-by-m")
def wrong_sum(parameters, x, y, eps=1e-5):
    return _run(parameters, x, y, eps, average=False)


@wrong("missing-keys", "wrong-keys", None)
def wrong_no_gamma_gradient(parameters, x, y, eps=1e-5):
    d = _run(parameters, x, y, eps)
    del d["gamma1"], d["beta1"]
    return d
