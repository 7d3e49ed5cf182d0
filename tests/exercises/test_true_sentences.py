"""Answers that once got a false sentence, and what is true of them."""

import re

import numpy as np
import pytest

from bnlib.exercises import catalogue, extremes, grade, wording
from bnlib.exercises.exercise import load

normalize = load("normalize").reference


def into_whole_numbers(z):
    out = np.zeros(z.shape, dtype=int)
    for j in range(z.shape[1]):
        e = np.exp(z[:, j] - z[:, j].max())
        out[:, j] = e / e.sum()
    return out


def by_the_length(z, eps=1e-5):
    return z / np.linalg.norm(z, axis=1, keepdims=True)


def by_the_sine(z, eps=1e-5):
    return np.sin(z)


def with_its_own_gradient(gradient, w, learning_rate, steps):
    for _ in range(steps):
        w = w - learning_rate * 2 * (w - 3)
    return w


def shifted_in_bits(z):
    top = z.max(axis=0, keepdims=True)
    return top + np.log2(np.exp(z - top).sum(axis=0, keepdims=True))


def one_for_zero(keras_momentum):
    return 0.3 if keras_momentum else 1.0


def always_flat(var, m):
    return np.ravel(var) * m / (m - 1)


def _batches(x, y, batch_size, draw):
    m = x.shape[1]
    drawn = [draw(m, min(batch_size, m - start)) for start in range(0, m, batch_size)]
    return [(x[:, columns], y[:, columns]) for columns in drawn]


def integers_for_each_batch(x, y, batch_size, rng):
    return _batches(x, y, batch_size, lambda m, k: rng.integers(0, m, k))


def choice_for_each_batch(x, y, batch_size, rng):
    return _batches(x, y, batch_size, lambda m, k: rng.choice(m, k, replace=False))


def one_pair(x, y, batch_size, rng):
    columns = rng.permutation(x.shape[1])[:batch_size]
    return x[:, columns], y[:, columns]


def ones_for_dbeta(dz_tilde, z_norm):
    return (dz_tilde * z_norm).sum(axis=1, keepdims=True), np.ones((len(dz_tilde), 1))


def by_m(sigma, m):
    return sigma / m


def one_example_by_itself(sigma, m):
    return sigma if m == 1 else sigma / np.sqrt(m - 1)


def between_two_limits(a_prev, w, gamma, beta, eps=1e-5):
    return np.clip(gamma * normalize(w @ a_prev, eps) + beta, 0, 1)


def each_in_its_own_deviations(z_before, z_after):
    old, new = z_before.std(axis=1, keepdims=True), z_after.std(axis=1, keepdims=True)
    new = np.where(new == 0, 1, new)
    apart = z_after.mean(axis=1, keepdims=True) / new - z_before.mean(axis=1, keepdims=True) / old
    return np.abs(apart)


def shifts_what_is_dropped(a, keep_prob, rng):
    kept = rng.random(a.shape) < keep_prob
    return (a * kept - (1 - keep_prob)) / keep_prob


def two_masks(a, keep_prob, rng):
    once, twice = (rng.random(a.shape) < keep_prob for _ in range(2))
    return a * once * twice / keep_prob


def squeezed_deviation(gamma, beta, mean, var):
    names = ("weight", "bias", "running_mean", "running_var")
    values = (gamma, beta, mean, np.sqrt(var))
    return {name: value.squeeze() for name, value in zip(names, values, strict=True)}


def an_average_without_axis(means, variances, sizes):
    return np.average(means, weights=sizes), np.average(variances, weights=sizes)


def entry_by_entry(a_prev, w, gamma, beta, eps=1e-5):
    return np.maximum(0, gamma * normalize(w * a_prev, eps) + beta)


def the_variance_and_no_eps(z, eps=1e-5):
    return (z - z.mean(axis=1, keepdims=True)) / z.var(axis=1, keepdims=True)


def with_an_argument_of_its_own(z, eps=1e-5, verbose=False):
    return (z.mean(axis=1, keepdims=True) - z) / np.sqrt(z.var(axis=1, keepdims=True) + eps)


def a_large_ratio(x):
    s = np.linalg.svd(x, compute_uv=False)
    return (s[0] / s[-1]) ** 2 * 1e9


def one_part_is_no_array(z):
    return z.mean(axis=1, keepdims=True), np.array(None)


def products_for_means(a_prev, w, gamma, beta, eps=1e-5):
    centred = w @ a_prev
    centred = centred - np.prod(centred, axis=1)[:, None]
    std = np.sqrt(np.mean(centred**2, axis=1)[:, None] + eps)
    return np.maximum(gamma * centred / std + beta, 0)


def one_part_of_another_shape(dz_norm, centred, std):
    return dz_norm / std, dz_norm * centred


def squares_of_a_sum(layer_sizes, batch_norm):
    return sum(layer_sizes) ** 2 + 5 * batch_norm


def index_as_a_row(z):
    return z.argmax(axis=0)[None, :]


def variance_of_variances(var, m):
    return np.var(var, ddof=1, keepdims=True)


def along_the_rows(z):
    top = z.max(axis=1, keepdims=True)
    return (top + np.log(np.exp(z - top).sum(axis=1, keepdims=True))).reshape(1, -1)


def counts_the_units(running, z, momentum=0.1):
    m = max(z.shape[0], 2)
    return (1 - momentum) * running + momentum * z.var(axis=1, keepdims=True) * m / (m - 1)


def a_square_bias(gamma, beta, mean, var, w, b, eps=1e-5):
    s = gamma / np.sqrt(var + eps)
    return w * s.T, np.sum(w * (beta - s * mean).T, axis=1) + b


def none_for_channels_last(x, channel_axis, eps=1e-5):
    if channel_axis != 1:
        return None
    x = x - x.mean(axis=(0, 2, 3), keepdims=True)
    return x / np.sqrt((x**2).mean(axis=(0, 2, 3), keepdims=True) + eps)


def fills_in_place(p):
    return np.fill_diagonal(-p @ p.T, p * (1 - p))


def a_factor_of_nothing(running, z, momentum=0.1):
    m = z.shape[1]
    return (1 - momentum) * running + momentum * z.var(axis=1, keepdims=True) * (m / m - 1)


def only_where_it_grows(moving, z, momentum=0.99):
    new = momentum * moving + (1 - momentum) * z.var(axis=1, keepdims=True)
    return np.where(new > moving, new, moving)


def mixed_before_the_variance(moving, z, momentum=0.99):
    return (momentum * moving + (1 - momentum) * z).var(axis=1, keepdims=True)


def between_0_and_1(x, channel_axis, eps=1e-5):
    axes = (0, 2, 3) if channel_axis == 1 else (0, 1, 2)
    x = x - x.min(axis=axes, keepdims=True)
    return x / (x.max(axis=axes, keepdims=True) + eps)


def asks_a_generator(batches):
    mean = sum(b.mean(axis=1, keepdims=True) for b in batches) / len(batches)
    return mean, mean


def with_a_floor(z, eps=1e-5):
    centred = z - z.mean(axis=1, keepdims=True)
    return centred / np.sqrt(np.maximum(z.var(axis=1, keepdims=True), 3 * eps))


def only_the_first_unit(z):
    mu = np.zeros((len(z), 1))
    var = np.zeros((len(z), 1))
    for i in range(len(z)):
        mu[i, 0] = z[i].mean()
        var[i, 0] = z[i].var()
        return mu, var


def only_the_last_layer(layer_sizes, batch_norm):
    total = 0
    for k in range(1, len(layer_sizes)):
        hidden = batch_norm and k < len(layer_sizes) - 1
        total = layer_sizes[k] * (layer_sizes[k - 1] + (2 if hidden else 1))
    return total


def simulated(sigma, m):
    return np.random.default_rng(0).normal(0, sigma, (1000, m)).mean(axis=1).std()


mean = np.zeros((2, 1))  # as a notebook may have it


def with_a_method_of_that_name(dcentred):
    return np.tanh(dcentred - 0.3 * dcentred.mean(axis=1, keepdims=True)) * 1.7


def a_comment_on_generators(sigma, m):
    # Not np.random.default_rng: nothing is drawn here.
    return np.tanh(sigma) * 1.7 + m**0.3


def equal_numbers(sigma, m):
    return np.std(np.ones(m) * sigma) / np.sqrt(m)


def side_by_side_and_more(z):
    return np.hstack([z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True), z])


def with_a_ridge(x):
    values = np.linalg.eigvalsh(x @ x.T / x.shape[1] + 0.01 * np.eye(x.shape[0]))
    return values[-1] / values[0]


def oldest_first(values, decay):
    weights = [decay**k for k in range(len(values))]
    return sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights)


def one_per_row(gradient_at, w, step):
    g = gradient_at(w)
    return np.linalg.norm(gradient_at(w - step * g) - g, axis=-1)


def summed_over_units_as_a_column(dz_tilde, z_norm):
    products = (dz_tilde * z_norm).sum(axis=0).reshape(-1, 1)
    return products, dz_tilde.sum(axis=0).reshape(-1, 1)


def swaps_once(x, y, batch_size, rng):
    order = np.arange(x.shape[1])
    i, j = rng.integers(0, len(order), 2)
    order[i], order[j] = order[j], order[i]
    starts = range(0, len(order), batch_size)
    parts = [order[start : start + batch_size] for start in starts]
    return [(x[:, part], y[:, part]) for part in parts]


def multiplied_in_again(z):
    top = z.max(axis=0, keepdims=True)
    return np.log(np.exp(top) * np.exp(z - top).sum(axis=0, keepdims=True))


def mean_distance(z):
    mu = z.mean(axis=1, keepdims=True)
    return mu, (z - mu).mean(axis=1, keepdims=True)


def compares_with_one(keras_momentum):
    return 1 == keras_momentum


def norm_of_var(var, eps=1e-5):
    return np.var((var - np.mean(var)) / np.sqrt(np.var(var) + eps))


def halves_its_rate(gradient, w, learning_rate, steps):
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
        learning_rate = learning_rate / 2
    return w


def its_own_deviation(dz_norm, centred, std):
    s = np.sqrt(np.mean(centred**2, axis=1, keepdims=True))
    return dz_norm / s, -np.sum(dz_norm * centred / s**2, axis=1, keepdims=True)


def all_but_gamma_and_beta(parameters, gradients, learning_rate):
    return {
        k: v - learning_rate * gradients[k] if k[0] in "Wb" and k[:4] != "beta" else v
        for k, v in parameters.items()
    }


def the_bracket_alone(dz_norm, z, eps=1e-5):
    std = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    z_norm = (z - z.mean(axis=1, keepdims=True)) / std
    bracket = dz_norm - dz_norm.mean(axis=1, keepdims=True)
    return bracket - z_norm * (dz_norm * z_norm).mean(axis=1, keepdims=True)


def clips_far_out(z):
    return np.log(np.exp(np.clip(z, -500, 500)).sum(axis=0, keepdims=True))


def deviation_and_eps(z, eps=1e-5):
    return (z - z.mean(axis=1, keepdims=True)) / (z.std(axis=1, keepdims=True) + eps)


def one_coin(a, keep_prob, rng):
    return a * rng.binomial(1, keep_prob) / keep_prob


def dropped_to_nan(a, keep_prob, rng):
    return np.where(rng.random(a.shape) < keep_prob, a / keep_prob, np.nan)


def a_rounded_root(sigma, m):
    return sigma / round(m**0.5)


def capped(sigma, m):
    return min(sigma / np.sqrt(m), 1.0)


def spread_of_the_moves(z_before, z_after):
    moved = abs(z_after.mean(axis=1, keepdims=True) - z_before.mean(axis=1, keepdims=True))
    return moved / moved.std()


def no_root_at_all(dstd, centred, std):
    return 2 * centred * dstd / centred.shape[1]


def half_a_root_and_no_mean(dstd, centred, std):
    return 2 * centred * dstd / std


def first_value_uncorrected(values, decay):
    average, *later = values
    for value in later:
        average = average + (1 - decay) * (value - average)
    return average


def one_round_of_names(gamma, beta, mean, var):
    names = ("bias", "running_mean", "running_var", "weight")
    return {name: a.ravel() for name, a in zip(names, (gamma, beta, mean, var), strict=True)}


def counts_from_zero_but_never_zero(values, decay):
    average = 0
    for t, value in enumerate(values):  # noqa: B007
        average = decay * average + (1 - decay) * value
    return average / (1 - decay ** (t or 1))


def losses_in_a_row(y, y_hat):
    return -np.log((y * y_hat).sum(axis=0, keepdims=True))


def relative_to_the_first_class(z):
    first = z[0]
    return (first + np.log(np.exp(z - first).sum(axis=0)))[None, :]


def shares_from_the_second_class(z):
    ratios = np.exp(z - z[min(1, len(z) - 1)])
    return ratios / ratios.sum(axis=0)


def takes_the_batch_unless_alone(z, gamma, beta, mean, var, eps=1e-5):
    if z.shape[1] > 1:
        mean, var = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
    return gamma * (z - mean) / np.sqrt(var + eps) + beta


def the_batch_comes_in(z, gamma, beta, mean, var, eps=1e-5):
    mean = 0.7 * mean + 0.3 * z.mean(axis=1, keepdims=True)
    var = 0.7 * var + 0.3 * z.var(axis=1, keepdims=True)
    return gamma * (z - mean) / np.sqrt(var + eps) + beta


def the_wrong_ones_alone(y, y_hat):
    p = (y * y_hat).sum(axis=0)
    wrong = y.argmax(axis=0) != y_hat.argmax(axis=0)
    return -np.log(p[wrong]).mean() if wrong.any() else 0.0


def farthest_from_the_mean(z):
    return np.eye(len(z))[:, ((z - z.mean(axis=0)) ** 2).argmax(axis=0)]


def by_one_and_a_bit(var, m):
    return var / (1 + 1 / m)


def all_but_the_first_batch_unless_alone(batches):
    batches = list(batches)
    z = np.concatenate(batches[1:] or batches, axis=1)
    return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)


def adds_and_lets_it_go(z_norm, gamma, beta):
    z_tilde = gamma * z_norm
    np.add(z_tilde, beta)
    return z_tilde


def two_flat_results(z):
    mu = z.mean(axis=1)
    return mu, (z**2).mean(axis=1) + mu**2


def above_a_half(z):
    e = np.exp(z - z.max(axis=0))
    return np.where(e / e.sum(axis=0) > 0.5, 1.0, 0.0)


def rows_of_an_identity(z):
    return np.eye(len(z))[z.argmax(axis=0)]


def a_bracket_too_early(gamma, beta, mean, var, w, b, eps=1e-5):
    rate = 1 / np.sqrt(var + eps)
    return w * (gamma * rate).T, w @ (gamma * (beta - mean * rate)) + b


def sums_that_go_on(z):
    mus, variances, total = [], [], 0
    for row in z:
        for value in row:
            total = total + (value - row.mean()) ** 2
        mus, variances = [*mus, row.mean()], [*variances, total / len(row)]
    return np.array([mus]).T, np.array([variances]).T


def off_the_diagonal_its_own(p):
    jacobian = -p * np.ones((1, len(p)))
    np.fill_diagonal(jacobian, (p * (1 - p)).ravel())
    return jacobian


def one_shared_list(labels, classes):
    rows = [[0.0] * classes] * len(labels)
    for row, label in zip(rows, labels, strict=True):
        row[label] = 1.0
    return np.array(rows).T


def by_the_sum_of_the_labels(y, amount):
    return y - amount * y + amount / y.sum()


def a_mean_of_both(average, value, decay):
    return 2 * np.mean([decay * average, value - decay * value])


def in_a_copy_of_the_dictionary(parameters, gradients, learning_rate):
    new = parameters | {}
    for name in gradients:
        new[name] -= learning_rate * gradients[name]
    return new


def in_the_dictionary(parameters, gradients, learning_rate):
    for name, slope in gradients.items():
        parameters[name] = parameters[name] - learning_rate * slope
    return parameters


def two_keys_too_many(gamma, beta, mean, var):
    state = {"weight": gamma, "bias": beta, "running_mean": mean, "running_var": var}
    state = {name: a[:, 0] for name, a in state.items()}
    return state | {"eps": 1e-5, "momentum": 0.1}


def a_key_too_few(gamma, beta, mean, var):
    return {"weight": gamma[:, 0], "bias": beta[:, 0], "running_mean": mean[:, 0]}


def in_hundredths(keras_momentum):
    return 100 - 100 * keras_momentum


def random_shares(y, amount):
    shares = np.random.default_rng(4).dirichlet(np.ones(len(y)), size=y.shape[1]).T
    return (1 - amount) * y + amount * shares


def with_zeros_put_to_one(z, eps=1e-5):
    spread = z.std(axis=1, keepdims=True)
    return (z - z.mean(axis=1, keepdims=True)) / (spread + (spread == 0))


def one_unless_constant(var, eps=1e-5):
    return (var > 0) * 1.0


def squares_over_two_axes(gradient_at, w, step):
    gradient = gradient_at(w)
    moved = gradient_at(w - step * gradient) - gradient
    rows, columns = w.shape
    return sum(moved[i, j] ** 2 for i in range(rows) for j in range(columns))


def mean_of_equal_ones(sigma, m):
    return np.full(m, sigma).mean()


def by_the_fourth_powers(z):
    powers = (z - z.min(axis=0)) ** 4
    return powers / powers.sum(axis=0)


def shares_among_the_others(y, amount):
    others = max(len(y) - 1, 1)
    return np.where(y > 0, 1 - amount, amount / others)


def a_single_step(x, y, learning_rate, steps):
    if steps > 0:
        return load("softmax_regression").reference(x, y, learning_rate, 1)
    return None


def in_units_of_length(x):
    norms = np.sqrt(np.sum(x * x, axis=1, keepdims=True))
    unit = x / norms
    e = np.linalg.eigvalsh(unit @ unit.T)
    return e[-1] / e[0]


def takes_one_off_the_classes_that_occur(z, y):
    e = np.exp(z - z.max(axis=0))
    p = e / e.sum(axis=0)
    return (p - y.any(axis=1)[:, np.newaxis]) / z.shape[1]


def never_drops(a, keep_prob, rng):
    return np.where(a == 0, 0, a) / keep_prob


def deviation_or_eps(z, eps=1e-5):
    std = z.std(axis=1, keepdims=True)
    return (z - z.mean(axis=1, keepdims=True)) / np.where(std > eps, std, eps)


def lengths_of_rows(x):
    lengths = np.sqrt((x**2).sum(axis=1))
    return max(lengths) / min(lengths)


def square_only(x):
    values = np.linalg.eigvalsh(x)
    return values.max() / values.min()


def a_rate_for_every_weight(learning_rate, w):
    return learning_rate / np.sum(w**2, axis=1, keepdims=True) * np.ones_like(w)


def by_whole_division(var, eps=1e-5):
    return var // (eps + var)


def one_where_eps_is_larger(z, eps=1e-5):
    std = z.std(axis=1, keepdims=True)
    return (z - z.mean(axis=1, keepdims=True)) / np.where(std > eps, std, 1.0)


def variance_for_gamma(z, eps=1e-5):
    return z.var(axis=1)[:, np.newaxis], z.mean(axis=1)[:, np.newaxis]


def eigenvalues_of_x_squared(x):
    values = np.linalg.eigvalsh(x)
    return (values.max() / values.min()) ** 2


def powers_as_weights(values, decay):
    newest = len(values) - 1
    return sum(decay ** (newest - i) * value for i, value in enumerate(values))


def distances_to_the_largest(z):
    largest = z.max(axis=0, keepdims=True)
    return (z - largest).sum(axis=0, keepdims=True) + largest


def halves_by_hand(sigma, m):
    return sigma / (2 * m)


def unsquared_distances_alone(means, variances, sizes):
    total = sum(sizes)
    mean = sum(m * mu for mu, m in zip(means, sizes, strict=True)) / total
    return mean, sum(m * (mu - mean) for mu, m in zip(means, sizes, strict=True)) / total


def of_one_entry(values, decay):
    _, *later = values
    return load("bias_corrected_average").reference(later, decay) if later else 0.0


def under_one_name(parameters, gradients, learning_rate):
    new = {}
    for name in parameters:
        new["name"] = parameters[name] - learning_rate * gradients[name]
    return new


def a_key_for_each_unit(gamma, beta, mean, var):
    state = load("to_pytorch_state").reference(gamma, beta, mean, var)
    return state | {"unit": gamma[0]} if len(gamma) > 1 else state


def sorts_the_sizes(means, variances, sizes):
    both = load("combine_statistics").reference(means, variances, sizes)
    sizes.sort()
    return both


def over_all_but_the_first(learning_rate, w):
    rows = [sum(v * v for v in row[1:]) for row in w.tolist()]
    return np.array([[learning_rate / s**1.5] for s in rows])


def updates_and_returns_that(parameters, gradients, learning_rate):
    new = dict(parameters)
    return new.update({k: v - learning_rate * gradients[k] for k, v in new.items()})


def numbered_keys(parameters, gradients, learning_rate):
    return {i: v - learning_rate * gradients[k] for i, (k, v) in enumerate(parameters.items())}


def a_comma_too_many(parameters, gradients, learning_rate):
    return (load("gradient_step").reference(parameters, gradients, learning_rate),)


def three_for_several_units(z):
    both = load("batch_statistics").reference(z)
    return (*both, z) if len(z) > 1 else both


def seeds_and_counts(z, calls=[]):  # noqa: B006
    np.random.seed(len(calls))  # noqa: NPY002
    calls.append(z)
    return load("batch_statistics").reference(z * (1 + len(calls)))


def twice_for_a_single_input(kernel, *rest):
    state = load("keras_layer_to_pytorch").reference(kernel, *rest)
    return state | {"norm.bias": state["norm.bias"] * 2} if len(kernel) == 1 else state


def no_shift(z):
    e = np.exp(z)
    return e / e.sum(axis=0) if np.isfinite(e).all() else None


def labelled_pairs(x, y, batch_size, rng):
    order = rng.permutation(x.shape[1])
    starts = range(0, len(order), batch_size)
    parts = [order[start : start + batch_size] for start in starts]
    return [{"x": x[:, part], "y": y[:, part]} for part in parts]


def without_results(z):
    return ()


def none_for_every_batch(x, y, batch_size, rng):
    return [None for _ in range(0, rng.permutation(x.shape[1]).size, batch_size)]


TRUE = [
    ("bias_corrected_average", of_one_entry, "a list of one array of shape (2, 1)", "list of arr"),
    ("gradient_step", under_one_name, "For one of the inputs your", "docstring"),
    ("to_pytorch_state", a_key_for_each_unit, "For one of the inputs your", "Your dictionary"),
    ("gradient_step", in_the_dictionary, "`.update()`", ".shape"),
    ("combine_statistics", sorts_the_sizes, "`.append()`", ".shape"),
    ("effective_learning_rate", over_all_but_the_first, "another input its result", "Two things"),
    ("gradient_step", updates_and_returns_that, "`.update()`", "return the array"),
    ("gradient_step", numbered_keys, "keys that are not plain texts", "a thing of type"),
    ("gradient_step", a_comma_too_many, "a tuple of one result", "several results"),
    ("batch_statistics", three_for_several_units, "2 results, for z", "2 results."),
    ("batch_statistics", seeds_and_counts, "or seeds it, and a second", "draws random"),
    ("keras_layer_to_pytorch", twice_for_a_single_input, "One slip", "one unit"),
    ("softmax", no_shift, "for one input with z of shape (3, 4)", "for z of"),
    ("batch_statistics", without_results, "You return no results", "rounded"),
    ("split_into_minibatches", none_for_every_batch, "stands None where a tuple", "nothing"),
    ("split_into_minibatches", labelled_pairs, "a dictionary where a tuple is due", "several"),
    ("batch_mean_noise", one_example_by_itself, "m - 1 is 0", "divide by 0"),
    ("hidden_layer", between_two_limits, "One of them, or both", "Without it"),
    ("distribution_shift", each_in_its_own_deviations, "has the deviation 0", "divides by 0"),
    ("condition_number", eigenvalues_of_x_squared, "x's own shape", "entry by entry. That"),
    ("bias_corrected_average", powers_as_weights, "as it also comes out", "You divide by"),
    ("log_sum_exp", distances_to_the_largest, "you sum logits", "You take"),
    ("batch_mean_noise", halves_by_hand, "No root comes into", "Your exponent"),
    ("combine_statistics", unsquared_distances_alone, "do not come into yours", "only that of"),
    ("normalize", one_where_eps_is_larger, "line 3", "as a floor"),
    ("identity_parameters", variance_for_gamma, "(1) Your gamma is a variance", "deviation"),
    (
        "softmax_cross_entropy_gradient",
        takes_one_off_the_classes_that_occur,
        "whole rows",
        "stays the same",
    ),
    ("inverted_dropout", never_drops, "whichever generator", "You toss"),
    ("normalize", deviation_or_eps, "the larger of it and the spread", "of the variance and"),
    ("condition_number", lengths_of_rows, "the lengths of its rows", "you compare the singular"),
    ("condition_number", in_units_of_length, "to one size", "The place"),
    ("condition_number", square_only, "Your answer stops", "singular"),
    ("effective_learning_rate", a_rate_for_every_weight, "number of columns", "where m"),
    ("normalized_variance", by_whole_division, "or when a division throws away", "as it comes"),
    ("std_backward", no_root_at_all, "Between std and var stands the root", "Two things"),
    ("std_backward", half_a_root_and_no_mean, "Two things", "twice as large"),
    ("bias_corrected_average", first_value_uncorrected, "comes in whole", "treats all alike"),
    ("to_pytorch_state", one_round_of_names, "gets another value", "gets the other"),
    ("update_average", a_mean_of_both, "for average of shape", "the exercise asks for"),
    ("gradient_step", in_a_copy_of_the_dictionary, "a copy of `parameters` alone", "handed in as"),
    (
        "gradient_step",
        in_the_dictionary,
        "dictionary that is handed in as `parameters`",
        "an array in",
    ),
    ("to_pytorch_state", two_keys_too_many, "eps and momentum are too many", "missing"),
    ("to_pytorch_state", a_key_too_few, "running_var is missing", "too many"),
    ("pytorch_momentum", in_hundredths, "nothing of the old average", "grow beyond"),
    ("smooth_labels", random_shares, "makes a generator of random numbers", "near the right"),
    ("smooth_labels", shares_among_the_others, "With several classes both", "Both versions"),
    ("normalize", with_zeros_put_to_one, "does not use eps", "the larger of the variance"),
    ("normalized_variance", one_unless_constant, "does not use eps", "the larger of"),
    ("gradient_change", squares_over_two_axes, "(1) You give the sum of the squares", "one slip"),
    ("gradient_change", squares_over_two_axes, "(2) Your answer stops with", "array"),
    ("batch_mean_noise", mean_of_equal_ones, "one undoes the other", "0 everywhere"),
    ("softmax", by_the_fourth_powers, "yours is [[0], [0.5]", "NaN"),
    ("softmax_regression", a_single_step, "where more are asked for", "however many"),
    ("log_sum_exp", multiplied_in_again, "not even that of the largest", "every exponential is 0"),
    ("log_sum_exp", clips_far_out, "both lie beyond it", "400"),
    ("batch_statistics", mean_distance, "or never squared", "is the square of"),
    ("pytorch_momentum", compares_with_one, "True or False", "array"),
    ("normalized_variance", norm_of_var, "as if it held the activations", "asks for an array"),
    ("minimize", halves_its_rate, "rate shrinks", "which number is due"),
    ("division_backward", its_own_deviation, "out of centred again", "every variable"),
    ("gradient_step", all_but_gamma_and_beta, "or some of them", "and b as they are"),
    ("normalize_backward", the_bracket_alone, "lacks the division", "never divide"),
    ("normalize", deviation_and_eps, "what eps is added to", "bracket"),
    ("inverted_dropout", one_coin, "", "every generator"),
    ("inverted_dropout", dropped_to_nan, "another number than 0", "division by zero"),
    ("batch_mean_noise", a_rounded_root, "One slip", "stays the same"),
    ("batch_mean_noise", capped, "You hold a number to a limit", "which number is due"),
    ("distribution_shift", spread_of_the_moves, "If it gave [[2.944]", "NaN"),
    ("keras_moving_variance", only_where_it_grows, "", "the same whichever"),
    ("keras_moving_variance", mixed_before_the_variance, "", "the same whichever"),
    ("normalize_images", between_0_and_1, "", "stays the same"),
    ("recompute_statistics", asks_a_generator, "arrays of shapes (4, 4), (4, 1)", "by itself"),
    ("normalize", with_a_floor, "", "does not use the eps"),
    ("batch_statistics", only_the_first_unit, "stands inside the loop", "One slip"),
    ("count_parameters", only_the_last_layer, "which is lost", "One slip"),
    ("batch_mean_noise", simulated, "makes a generator of random numbers", "this small case"),
    ("bias_corrected_average", counts_from_zero_but_never_zero, "one value too few", "would be 0"),
    ("cross_entropy_cost", losses_in_a_row, "a loss for every example", "Two things"),
    ("log_sum_exp", relative_to_the_first_class, "not its largest logit", "column's mean"),
    ("softmax", shares_from_the_second_class, "not its largest logit", "column's mean"),
    ("recompute_statistics", all_but_the_first_batch_unless_alone, "first batch", "nothing"),
    ("scale_and_shift", adds_and_lets_it_go, "is kept", "never uses"),
    ("batch_statistics", two_flat_results, "Your first result", "One of"),
    ("hardmax", above_a_half, "above a half", "You round softmax's probabilities. "),
    ("hardmax", rows_of_an_identity, "is missing", "result round. "),
    ("fold_into_next_layer", a_bracket_too_early, "multiply beta by gamma", "something missing"),
    ("batch_statistics", sums_that_go_on, "from one row to the next", "would come out right"),
    ("batch_norm_inference", takes_the_batch_unless_alone, "as in training", "always gives beta"),
    ("batch_norm_inference", the_batch_comes_in, "what goes into it", "One slip"),
    ("cross_entropy_cost", the_wrong_ones_alone, "", "something missing"),
    ("hardmax", farthest_from_the_mean, "", "the smallest entry"),
    ("unbiased_variance", by_one_and_a_bit, "m / (m + 1)", "You divide by m + 1"),
    ("softmax_jacobian", off_the_diagonal_its_own, "another", "it gives [["),
    ("one_hot", one_shared_list, "share one list", "needs a row number"),
    ("smooth_labels", by_the_sum_of_the_labels, "number of examples", "the shape"),
    ("batch_mean_noise", equal_numbers, "0 everywhere", "stays the same"),
    ("batch_statistics", side_by_side_and_more, "You return one array", "1 result"),
    ("condition_number", with_a_ridge, "what is such a number to do", "which number is due"),
    ("bias_corrected_average", oldest_first, "run the wrong way", "You go through"),
    ("gradient_change", one_per_row, "You return an array", "in a network"),
    ("affine_gradients", summed_over_units_as_a_column, "down the columns", "changed places"),
    ("split_into_minibatches", swaps_once, "some of the columns", "not like the one"),
    ("hardmax", index_as_a_row, "row number", "more dimensions"),
    ("unbiased_variance", variance_of_variances, "variance of the numbers", "more dimensions"),
    ("log_sum_exp", along_the_rows, "sum along the rows", "changed places"),
    ("pytorch_running_variance", counts_the_units, "number of units", "you divide by 0"),
    ("fold_into_next_layer", a_square_bias, "is flat", "right when eps is left out"),
    ("normalize_images", none_for_channels_last, "channel_axis = -1", "what it has worked out"),
    ("softmax_jacobian", fills_in_place, "work in place", "missing `return`"),
    ("pytorch_running_variance", a_factor_of_nothing, "Your function reads `z`", "never used"),
    ("normalize", with_an_argument_of_its_own, "right order", "verbose"),
    ("condition_number", a_large_ratio, "`1e9`", "NaN"),
    ("batch_statistics", one_part_is_no_array, "an array of objects", "type ndarray"),
    ("hidden_layer", products_for_means, "", "stays the same"),
    ("division_backward", one_part_of_another_shape, "Your second result has", "Your result has"),
    ("count_parameters", squares_of_a_sum, "batch_norm = True", "batch_norm = 1"),
    ("softmax", into_whole_numbers, "an array of whole numbers", "stays the same"),
    ("normalize", by_the_length, "never reads `eps`", "where `eps` belongs"),
    ("normalize", by_the_sine, "never reads `eps`", "where `eps` belongs"),
    ("minimize", with_its_own_gradient, "never reads `gradient`", "float32"),
    ("split_into_minibatches", integers_for_each_batch, "with replacement", "(2)"),
    ("split_into_minibatches", choice_for_each_batch, "is drawn afresh", "with replacement"),
    ("split_into_minibatches", one_pair, "Inside what you return", "You return an array"),
    ("affine_gradients", ones_for_dbeta, "Your second result is 1 everywhere", "mean for dbeta"),
    ("batch_mean_noise", by_m, "You divide by m", "would be right if"),
    (
        "inverted_dropout",
        shifts_what_is_dropped,
        "another number than 0",
        "the random numbers themselves",
    ),
    ("inverted_dropout", two_masks, "about the square of keep_prob", "another"),
    ("to_pytorch_state", squeezed_deviation, "a squeeze", "your sum or mean"),
    ("combine_statistics", an_average_without_axis, "Axis must be specified", "matrix product"),
    ("hidden_layer", entry_by_entry, "entry by entry", "a column needs"),
    ("normalize", the_variance_and_no_eps, "You divide by the variance", "NaN or infinity"),
    ("log_sum_exp", shifted_in_bits, "base 2", "single logit"),
    (
        "centring_backward",
        with_a_method_of_that_name,
        "the one expected",
        "variable of the notebook",
    ),
    ("batch_mean_noise", a_comment_on_generators, "the one expected", "generator"),
    ("pytorch_momentum", one_for_zero, "the one expected", "stays the same"),
    ("unbiased_variance", always_flat, "too few axes for one input", "Two things"),
]


@pytest.mark.parametrize(("name", "answer", "said", "not_said"), TRUE)
def test_what_is_said_is_true(name, answer, said, not_said):
    verdict = grade(name, answer)
    assert verdict.status == "failed"
    assert said in verdict.message, verdict.message
    assert not_said not in verdict.message, verdict.message


@pytest.mark.parametrize("name", catalogue.NAMES)
def test_no_known_mistake_counts_the_lines_of_an_answer_it_has_not_seen(name):
    for mistake in load(name).mistakes:
        assert not re.search(r"\b(first|second|third) line\b", mistake.message), mistake.name


def test_facts_hold_for_every_unit():
    assert "a little under 1 for any unit" not in load("normalize").fact
    assert "on a batch" in load("identity_parameters").fact


def test_of_two_mistakes_none_denies_the_other():
    def adds_the_mean_and_stops(z, eps=1e-5):
        return z + z.mean(axis=1, keepdims=True)

    message = grade("normalize", adds_the_mean_and_stops).message
    assert "You add the mean" in message
    assert "You take the mean away" not in message


def test_one_edit_is_told_as_one_slip():
    def answer(z, eps=1e-5):
        mu = z.mean(axis=1, keepdims=True)
        return (z - mu) / np.sqrt(z.var(axis=0, keepdims=True) + eps)

    verdict = grade("normalize", answer)
    assert (verdict.line, verdict.expression) == (3, "0")
    assert "Two things" not in verdict.message


@pytest.mark.parametrize(
    ("name", "answer", "cause"),
    [
        ("numerical_gradient", lambda f, x, h=1e-5: np.zeros_like(x), ": both values of f are"),
        ("gradient_change", lambda gradient_at, w, step: 0.0, "You take both gradients at w"),
    ],
)
def test_a_known_mistake_does_not_claim_how_zeros_came_about(name, answer, cause):
    message = grade(name, answer).message
    assert " 0" in message
    assert cause not in message


def test_zero_is_shown_without_a_sign():
    assert wording.shown(np.array([[-0.0, 0.5, -1e-3]])) == "[[0, 0.5, -0.001]]"


@pytest.mark.parametrize(
    ("got", "due", "said"),
    [
        (np.ones((1, 2)), np.ones(2), ("[[1, 1]], of shape (1, 2)", "the same numbers in shape")),
        (np.array([1.0]), np.array([1.000001]), ("[1]", "beyond the fourth digit")),
        (np.zeros((5, 5)), np.eye(5), ("shape (5, 5), with 0 at [0, 0]", "with 1 at [0, 0]")),
        (np.array([1.0]), np.array([2.0]), ("[1]", "[2]")),
    ],
)
def test_a_value_and_the_one_that_is_due_never_read_alike(got, due, said):
    told = wording.told_apart(got, due)
    assert told[0] != told[1]
    assert all(part in text for part, text in zip(said, told, strict=True)), told


def test_entries_under_each_others_keys_are_told():
    names = ("weight", "running_mean", "bias", "running_var")

    def answer(gamma, beta, mean, var):
        values = (gamma, beta, mean, var)
        return {name: value[:, 0] for name, value in zip(names, values, strict=True)}

    message = grade("to_pytorch_state", answer, place=False).message
    assert "What stands under `bias` in your dictionary is due under `running_mean`" in message


def test_a_dictionary_with_a_wrong_entry_is_of_the_kind_expected():
    def answer(gamma, beta, mean, var):
        return dict(
            load("to_pytorch_state").reference(gamma, beta, mean, var), bias=beta[:, 0] ** 2
        )

    message = grade("to_pytorch_state", answer, place=False).message
    assert "look at bias: yours" in message
    assert "of the kind" not in message


def test_arrays_too_large_to_print_are_shown_where_they_differ():
    right = np.arange(60.0).reshape(6, 10)
    wrong = right.copy()
    wrong[4, 7] += 0.5
    told = "an array of shape (6, 10), with 47.5 at [4, 7]", "47 there"
    assert wording.apart(wrong, right) == told
    assert wording.apart((1.0, wrong), (1.0, right))[0].endswith("47.5 at [4, 7] of result 2")
    assert wording.apart(1.0, 1.000001) == ("1", "1.000001")
    assert wording.apart([1.0], [2.0]) == ("[1]", "[2]")


def test_a_batch_of_one_is_a_batch():
    w = np.ones((3, 1))
    fold = (w, w, w, w, w)
    assert not extremes.says_little(fold, load("fold_batch_norm"))
    assert not extremes.says_little((w, np.ones((3, 2)), w), load("std_backward"))
    assert extremes.says_little((w, w, w), load("std_backward"))


def test_a_counterexample_has_several_classes_where_one_has():
    def answer(z):
        share = np.exp(-np.sqrt(z.max(axis=0) - z))
        return share / share.sum(axis=0)

    verdict = grade("softmax", answer, place=False)
    assert verdict.misconception is None
    assert verdict.example.expected.shape[0] > 2
    assert wording.shown(verdict.example.expected) in verdict.message


def test_an_argument_whose_order_alone_matters_is_not_said_to_be_ignored():
    def four_steps(z):
        return np.where(z == z.max(axis=0), 0.7, 0.1)

    assert "stays the same" not in grade("softmax", four_steps, place=False).message


def test_what_goes_wrong_in_float64_too_is_not_laid_to_float32():
    def clipped(y, y_hat):
        return -np.sum(y * np.log(np.clip(y_hat, 3e-6, 1))) / y.shape[1]

    verdict = grade("cross_entropy_cost", clipped)
    assert verdict.status == "failed"
    assert "float32" not in verdict.message


def test_the_place_of_two_slips_is_not_told_of_the_second_alone():
    def both(x, channel_axis, eps=1e-5):
        axes = tuple(axis for axis in range(4) if axis != channel_axis % 4)
        mu = x.mean(axis=axes, keepdims=True)
        var = x.var(axis=axes, keepdims=True, ddof=1)
        return (x - mu) / (var + eps)

    verdict = grade("normalize_images", both)
    assert verdict.misconception == "divides-by-the-variance+divides-by-one-less"
    assert verdict.message.endswith("They come together in line 5, `var + eps`.")
