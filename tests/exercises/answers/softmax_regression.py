"""Answers to `softmax_regression`."""

import numpy as np

from answers import right, wrong


def anything(rng, dtype):
    """Any number of features, classes and examples; moderate logits."""
    n, classes, m = rng.integers(1, 5), rng.integers(2, 5), rng.integers(1, 7)
    x = rng.normal(rng.normal(), 1.5, size=(n, m)).astype(dtype)
    y = np.eye(classes)[:, rng.integers(0, classes, m)].astype(dtype)
    return x, y, float(rng.uniform(0.05, 0.5)), int(rng.integers(0, 6))


@right
def with_a_shift_and_in_place(x, y, learning_rate, steps):
    w, b = np.zeros((y.shape[0], x.shape[0])), np.zeros((y.shape[0], 1))
    for _ in range(steps):
        z = w @ x + b
        z -= z.max(axis=0)
        y_hat = np.exp(z) / np.exp(z).sum(axis=0)
        dz = y_hat - y
        dw = dz @ x.T / x.shape[1]
        db = dz.mean(axis=1, keepdims=True)
        w -= learning_rate * dw
        b -= learning_rate * db
    return w, b


@right
def with_the_bias_as_a_weight(x, y, learning_rate, steps):
    x1 = np.vstack([x, np.ones((1, x.shape[1]))])
    w = np.zeros((len(y), len(x1)))
    for _ in range(steps):
        e = np.exp(w @ x1)
        w = w - learning_rate * np.einsum("cm,nm->cn", e / e.sum(0) - y, x1) / x1.shape[1]
    return w[:, :-1], w[:, -1:]


@right
def with_loops_over_examples(x, y, learning_rate, steps):
    n, m = x.shape
    classes = len(y)
    w, b = np.zeros((classes, n)), np.zeros((classes, 1))
    step = 0
    while step < steps:
        dw, db = np.zeros_like(w), np.zeros_like(b)
        for i in range(m):
            z = w @ x[:, i] + b[:, 0]
            p = np.exp(z) / np.sum(np.exp(z))
            for c in range(classes):
                dw[c] += (p[c] - y[c, i]) * x[:, i]
                db[c] += p[c] - y[c, i]
        w, b = w - learning_rate / m * dw, b - learning_rate / m * db
        step += 1
    return [w, b]


@right
def that_adds_the_labels_share(x, y, learning_rate, steps):
    w = np.zeros((len(y), len(x)), x.dtype)
    b = np.zeros((len(y), 1), x.dtype)
    rate = learning_rate / x.shape[1]
    for _ in range(steps):
        y_hat = np.exp(w @ x + b) / np.exp(w @ x + b).sum(axis=0, keepdims=True)
        w, b = w + rate * (y - y_hat) @ x.T, b + rate * (y - y_hat).sum(1).reshape(-1, 1)
    return w, b


@wrong("forgets-to-divide-by-m")
def sums(x, y, learning_rate, steps):
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        dz = e / e.sum(axis=0) - y
        w = w - learning_rate * dz @ x.T
        b = b - learning_rate * dz.sum(axis=1, keepdims=True)
    return w, b


@wrong("divides-only-for-w")
def sums_for_b(x, y, learning_rate, steps):
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        dz = e / e.sum(axis=0) - y
        w = w - learning_rate * dz @ x.T / x.shape[1]
        b = b - learning_rate * dz.sum(axis=1, keepdims=True)
    return w, b


@wrong("divides-twice-for-b")
def means_a_mean(x, y, learning_rate, steps):
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        dz = (e / e.sum(axis=0) - y) / x.shape[1]
        w = w - learning_rate * dz @ x.T
        b = b - learning_rate * dz.mean(axis=1, keepdims=True)
    return w, b


@wrong("softmax-over-the-examples")
def wrong_axis(x, y, learning_rate, steps):
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        dz = (e / e.sum(axis=1, keepdims=True) - y) / x.shape[1]
        w = w - learning_rate * dz @ x.T
        b = b - learning_rate * dz.sum(axis=1, keepdims=True)
    return w, b


@wrong("takes-a-single-step")
def returns_in_the_loop(x, y, learning_rate, steps):
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        dz = (e / e.sum(axis=0) - y) / x.shape[1]
        w = w - learning_rate * dz @ x.T
        b = b - learning_rate * dz.sum(axis=1, keepdims=True)
        return w, b
    return w, b


@wrong("leaves-b-at-zero")
def forgets_b(x, y, learning_rate, steps):
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        w = w - learning_rate * (e / e.sum(axis=0) - y) @ x.T / x.shape[1]
    return w, b


@wrong("moves-w-before-it-asks-for-b")
def one_after_the_other(x, y, learning_rate, steps):
    def dz():
        e = np.exp(w @ x + b)
        return (e / e.sum(axis=0) - y) / x.shape[1]

    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        w = w - learning_rate * dz() @ x.T
        b = b - learning_rate * dz().sum(axis=1, keepdims=True)
    return w, b


@wrong(None)
def one_step_at_least(x, y, learning_rate, steps):
    return with_a_shift_and_in_place(x, y, learning_rate, max(steps, 1))


@right
def that_adds_what_is_missing(x, y, learning_rate, steps):
    def probabilities(w, b):
        logits = np.dot(w, x) + b
        return np.exp(logits - np.logaddexp.reduce(logits, axis=0))

    def step(state):
        w, b = state
        error = y - probabilities(w, b)
        return (
            w + learning_rate * np.mean(error[:, None, :] * x[None, :, :], axis=2),
            b + learning_rate * np.mean(error, axis=1).reshape(-1, 1),
        )

    state = (np.zeros((y.shape[0], x.shape[0]), x.dtype), np.zeros((y.shape[0], 1), x.dtype))
    while steps > 0:
        state = step(state)
        steps = steps - 1
    return state


@wrong("takes-a-single-step+nothing-returned", "takes-a-single-step")
def returns_inside_the_loop(x, y, learning_rate, steps):
    w = np.zeros((y.shape[0], x.shape[0]))
    b = np.zeros((y.shape[0], 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        dz = (e / e.sum(axis=0) - y) / x.shape[1]
        w = w - learning_rate * dz @ x.T
        b = b - learning_rate * dz.sum(axis=1, keepdims=True)
        return w, b


@wrong("raised-UFuncTypeError")
def whole_numbers_in_place(x, y, learning_rate, steps):
    w = np.zeros((y.shape[0], x.shape[0]), dtype=int)
    b = np.zeros((y.shape[0], 1), dtype=int)
    for _ in range(steps):
        e = np.exp(w @ x + b)
        dz = (e / e.sum(axis=0) - y) / x.shape[1]
        w -= learning_rate * dz @ x.T
        b -= learning_rate * dz.sum(axis=1, keepdims=True)
    return w, b


@wrong("keeps-the-first-probabilities")
def probabilities_before_the_loop(x, y, learning_rate, steps):
    w = np.zeros((y.shape[0], x.shape[0]))
    b = np.zeros((y.shape[0], 1))
    e = np.exp(w @ x + b)
    p = e / e.sum(axis=0)
    for _ in range(steps):
        dz = (p - y) / x.shape[1]
        w = w - learning_rate * dz @ x.T
        b = b - learning_rate * dz.sum(axis=1, keepdims=True)
    return w, b


@wrong("steps-after-every-example")
def steps_in_the_inner_loop(x, y, learning_rate, steps):
    w = np.zeros((y.shape[0], x.shape[0]))
    b = np.zeros((y.shape[0], 1))
    for _ in range(steps):
        for j in range(x.shape[1]):
            e = np.exp(w @ x[:, j : j + 1] + b)
            dz = (e / e.sum() - y[:, j : j + 1]) / x.shape[1]
            w = w - learning_rate * dz @ x[:, j : j + 1].T
            b = b - learning_rate * dz
    return w, b


@wrong("leaves-b-out-of-the-logits")
def b_not_in_the_logits(x, y, learning_rate, steps):
    w = np.zeros((len(y), len(x)))
    b = np.zeros((len(y), 1))
    for _ in range(steps):
        e = np.exp(w @ x)
        d = (e / e.sum(axis=0) - y) / x.shape[1]
        w, b = w - learning_rate * d @ x.T, b - learning_rate * d.sum(axis=1, keepdims=True)
    return w, b


@wrong("uses-one-example-a-step")
def the_next_example_each_time(x, y, learning_rate, steps):
    w, b = np.zeros((y.shape[0], x.shape[0])), np.zeros((y.shape[0], 1))
    for step in range(steps):
        k = slice(step % x.shape[1], step % x.shape[1] + 1)
        e = np.exp(w @ x[:, k] + b)
        error = e / e.sum() - y[:, k]
        w, b = w - learning_rate * error * x[:, k].T, b - learning_rate * error
    return w, b


@wrong("stops-when-it-is-flat")
def stops_where_it_is_nearly_flat(x, y, learning_rate, steps):
    w, b = np.zeros((y.shape[0], x.shape[0])), np.zeros((y.shape[0], 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        d = (e / e.sum(axis=0) - y) / x.shape[1]
        if np.abs(d).max() < 0.1:
            break
        w, b = w - learning_rate * d @ x.T, b - learning_rate * d.sum(axis=1, keepdims=True)
    return w, b


@wrong("forgets-the-learning-rate-for-b")
def whole_steps_for_b(x, y, learning_rate, steps):
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        dz = (e / e.sum(axis=0) - y) / x.shape[1]
        dw, db = dz @ x.T, dz.sum(axis=1, keepdims=True)
        w = w - learning_rate * dw
        b = b - db
    return w, b


@wrong("forgets-the-learning-rate-for-w")
def whole_steps_for_w(x, y, learning_rate, steps):
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        dz = (e / e.sum(axis=0) - y) / x.shape[1]
        w, b = w - dz @ x.T, b - learning_rate * np.sum(dz, axis=1, keepdims=True)
    return w, b


@wrong("keeps-only-the-true-class")
def pushes_the_true_class_alone(x, y, learning_rate, steps):
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        dz = np.where(y == 1, e / e.sum(axis=0) - 1, 0)
        w = w - learning_rate * dz @ x.T / x.shape[1]
        b = b - learning_rate * dz.mean(axis=1, keepdims=True)
    return w, b


def _softmax(z):
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


@wrong("carries-gradients-over")
def gradients_pile_up(x, y, learning_rate, steps):
    """dw and db are set to zero once and added to in every step, as if they were momentum."""
    C, m = y.shape
    w, b = np.zeros((C, x.shape[0])), np.zeros((C, 1))
    dw, db = np.zeros_like(w), np.zeros_like(b)
    for _ in range(steps):
        dz = (_softmax(w @ x + b) - y) / m
        dw += dz @ x.T
        db += dz.sum(axis=1, keepdims=True)
        w = w - learning_rate * dw
        b = b - learning_rate * db
    return w, b


@wrong("learns-from-the-missed-alone")
def skips_what_is_right_already(x, y, learning_rate, steps):
    """Skips examples that are already classified correctly, like a perceptron."""
    C, m = y.shape
    w, b = np.zeros((C, x.shape[0])), np.zeros((C, 1))
    for _ in range(steps):
        p = _softmax(w @ x + b)
        missed = p.argmax(axis=0) != y.argmax(axis=0)
        dz = (p - y) * missed / m
        w = w - learning_rate * dz @ x.T
        b = b - learning_rate * dz.sum(axis=1, keepdims=True)
    return w, b


@wrong("divides-by-every-entry-of-x")
def over_the_size_of_x(x, y, learning_rate, steps):
    w, b = np.zeros((len(y), len(x))), np.zeros((len(y), 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        d = (e / e.sum(axis=0, keepdims=True) - y) / x.size
        w, b = w - learning_rate * d @ x.T, b - learning_rate * d.sum(axis=1, keepdims=True)
    return w, b


@wrong("lets-b-grow-to-a-square")
def a_flat_gradient_of_b(x, y, learning_rate, steps):
    m = x.shape[1]
    w = np.zeros((y.shape[0], x.shape[0]))
    b = np.zeros((y.shape[0], 1))
    for _ in range(steps):
        e = np.exp(w @ x + b)
        dz = (e / e.sum(axis=0) - y) / m
        w = w - learning_rate * dz @ x.T
        b = b - learning_rate * dz.sum(axis=1)
    return w, b
