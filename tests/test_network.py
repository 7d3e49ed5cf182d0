"""Layers and the network: gradients of every layer and of the whole, dtypes, errors."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import Batch, batches, relative_error

import bnlib
from bnlib.activations import ACTIVATIONS
from bnlib.experiments.inside import use_exact_statistics
from bnlib.layers import Activation, Linear
from bnlib.validation import NonFiniteError


def check_layer(layer, x, dz):
    """Hold a layer's gradients, of its input and of its parameters, to numerical ones."""

    def cost(x):
        return float(np.sum(layer.forward(x, training=True) * dz))

    cost(x)
    dx = layer.backward(dz)
    gradients = {name: getattr(layer, f"d{name}").copy() for name in layer.PARAMETERS}
    assert relative_error(dx, bnlib.numerical_gradient(cost, x, 1e-4)) < 1e-7
    for name, gradient in gradients.items():
        start = getattr(layer, name).copy()

        def cost_of_parameter(value, name=name):
            setattr(layer, name, value)
            return cost(x)

        numerical = bnlib.numerical_gradient(cost_of_parameter, start, 1e-4)
        setattr(layer, name, start)
        assert relative_error(gradient, numerical) < 1e-7, name


@given(batches(), st.booleans())
def test_linear_gradients(b: Batch, bias):
    w = np.random.default_rng(1).standard_normal((3, len(b.z)))
    layer = Linear(w, np.full((3, 1), 0.5) if bias else None)
    check_layer(layer, b.z, np.random.default_rng(2).standard_normal((3, b.z.shape[1])))


@given(batches(), st.sampled_from(sorted(ACTIVATIONS)))
def test_activation_gradients(b: Batch, name):
    assume(np.abs(b.z).min() > 1e-3)  # away from the kink of relu
    layer = Activation(name)

    def cost(z):
        return float(np.sum(layer.forward(z) * b.dz_tilde))

    cost(b.z)
    error = layer.backward(b.dz_tilde) - bnlib.numerical_gradient(cost, b.z, 1e-4)
    assert np.linalg.norm(error) < 1e-7 * np.linalg.norm(b.dz_tilde)


@given(batches(min_examples=4))
def test_batch_norm_layer_gradients(b: Batch):
    assume(b.z.var(axis=1).min() > 0.3)  # at a tiny variance the difference quotient is what errs
    layer = bnlib.BatchNorm(len(b.z), eps=b.eps)
    layer.gamma, layer.beta = b.gamma, b.beta
    layer.forward(b.z)
    dz = layer.backward(b.dz_tilde)
    numerical = bnlib.numerical_gradient(
        lambda z: float(np.sum(layer.forward(z) * b.dz_tilde)), b.z, 1e-5
    )
    assert relative_error(dz, numerical) < 1e-7 or np.linalg.norm(dz - numerical) < 1e-8


@settings(max_examples=30)
@given(
    st.lists(st.integers(1, 5), min_size=2, max_size=5),
    st.booleans(),
    st.sampled_from(["sigmoid", "tanh", "relu"]),
    st.sampled_from(["before", "after"]),
    st.integers(0, 2**32 - 1),
)
def test_network_gradients(sizes, batch_norm, activation, position, seed):
    rng = np.random.default_rng(seed)
    net = bnlib.Network(sizes, batch_norm, activation, rng=rng, norm_position=position, eps=0.1)
    net.theta += 0.1 * rng.standard_normal(net.theta.size)  # no parameter at a special value
    x, y = rng.standard_normal((sizes[0], 6)), rng.integers(sizes[-1], size=6)
    if activation == "relu":
        inputs = [
            r.z if position == "after" or not batch_norm else r.z_tilde for r in net.trace(x, True)
        ]
        assume(all(np.abs(z).min() > 2e-3 for z in inputs))

    def cost(theta):
        net.theta[...] = theta
        return bnlib.softmax_cross_entropy(net.forward(x, training=True), y)[0]

    theta = net.theta.copy()
    net.backward(bnlib.softmax_cross_entropy(net.forward(x, training=True), y)[1])
    analytic = net.dtheta.copy()
    numerical = bnlib.numerical_gradient(cost, theta, 2e-5)
    assert relative_error(analytic, numerical) < 1e-7 or np.linalg.norm(numerical) < 1e-4


def test_running_statistics_follow_the_recursion_with_the_biased_variance():
    rng = np.random.default_rng(0)
    layer = bnlib.BatchNorm(3, decay=0.8)
    mean, var = np.zeros((3, 1)), np.ones((3, 1))
    for _ in range(4):
        z = rng.normal(2, 3, (3, 5))
        layer.forward(z)
        mean = 0.8 * mean + 0.2 * z.mean(axis=1, keepdims=True)
        var = 0.8 * var + 0.2 * z.var(axis=1, keepdims=True)
    np.testing.assert_allclose(layer.running_mean, mean)
    np.testing.assert_allclose(layer.running_var, var)
    before = layer.running_mean.copy(), layer.running_var.copy()
    z_tilde = layer.forward(z, training=False)
    np.testing.assert_allclose(z_tilde, (z - mean) / np.sqrt(var + 1e-5))
    np.testing.assert_array_equal((layer.running_mean, layer.running_var), before)


@pytest.mark.parametrize(("activation", "squares"), [("relu", 2), ("sigmoid", 1), ("tanh", 1)])
def test_weights_start_at_the_scale_that_suits_the_activation(activation, squares):
    net = bnlib.Network([400, 300, 5], activation=activation, rng=np.random.default_rng(0))
    assert 400 * net.parameters["W1"].var() == pytest.approx(squares, rel=0.05)


def test_weights_may_start_at_0():
    net = bnlib.Network([3, 4, 2], rng=np.random.default_rng(0), weight_scale=0)
    assert not net.parameters["W1"].any() and not net.parameters["W2"].any()


def test_parameters_are_views_of_one_vector():
    net = bnlib.Network([3, 4, 2], rng=np.random.default_rng(0))
    assert list(net.parameters) == ["W1", "gamma1", "beta1", "W2", "b2"]
    assert (
        net.theta.size == 3 * 4 + 4 + 4 + 4 * 2 + 2 == sum(p.size for p in net.parameters.values())
    )
    net.batch_norms[0].gamma[...] = 7
    assert (net.parameters["gamma1"] == 7).all() and np.count_nonzero(net.theta == 7) == 4


def test_an_array_that_training_would_not_change_is_refused():
    net = bnlib.Network([3, 4, 2], rng=np.random.default_rng(0))
    x, y = np.random.default_rng(1).standard_normal((3, 5)), np.arange(5) % 2
    net.batch_norms[0].gamma = np.full((4, 1), 7.0)
    with pytest.raises(ValueError, match=r"gamma of BatchNorm.*parameters\['gamma1'\]\[...\] ="):
        bnlib.train_step(net, bnlib.SGD(net, 0.1), x, y)


def test_a_layer_alone_checks_what_it_is_given_and_one_in_a_network_what_comes_of_it():
    layer = bnlib.BatchNorm(4)
    with pytest.raises(ValueError, match=r"gamma has shape \(4, 1\), expected \(3, 1\)"):
        layer.forward(np.ones((3, 5)))
    layer.forward(np.arange(20.0).reshape(4, 5))
    with pytest.raises(ValueError, match="dz_tilde has shape"):
        layer.backward(np.ones((4, 6)))
    net = bnlib.Network([3, 4, 2], rng=np.random.default_rng(0))
    assert not net.batch_norms[0].checked
    net.parameters["W1"][0, 0] = np.nan
    with pytest.raises(NonFiniteError, match=r"batch_norm: z holds nan at \[0, 0\]"):
        net.forward(np.ones((3, 5)), training=True)


def test_exact_statistics_leave_the_decay_as_it_was_after_an_error():
    net = bnlib.Network([3, 4, 2], rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match="expected"):
        use_exact_statistics(net, np.ones((5, 6)))
    assert net.batch_norms[0].decay == 0.9


@pytest.mark.parametrize("clone", [copy.deepcopy, lambda net: pickle.loads(pickle.dumps(net))])
def test_a_copy_stands_on_its_own(clone):
    net = bnlib.Network([3, 4, 2], rng=np.random.default_rng(0))
    twin = clone(net)
    twin.theta += 1
    x = np.random.default_rng(1).standard_normal((3, 5))
    assert not np.allclose(twin.forward(x), net.forward(x))
    assert twin.layers[0].w[0, 0] == net.layers[0].w[0, 0] + 1


@pytest.mark.parametrize("position", ["before", "after"])
def test_trace_shows_what_forward_computes(position):
    rng = np.random.default_rng(0)
    net = bnlib.Network([3, 4, 5, 2], activation="relu", rng=rng, norm_position=position)
    x = rng.standard_normal((3, 6))
    first, second = net.trace(x, training=True)
    np.testing.assert_array_equal(first.z, net.layers[0].forward(x))
    np.testing.assert_allclose(
        second.z, net.parameters["W2"] @ first.a + net.parameters.get("b2", 0)
    )
    np.testing.assert_allclose(first.z_tilde.mean(axis=1), 0, atol=1e-12)
    assert (first.a is first.z_tilde) == (position == "after")
    output = net.parameters["W3"] @ second.a + net.parameters["b3"]
    np.testing.assert_allclose(output, net.forward(x, training=True))
    # At test time, unless told.
    assert not np.array_equal(net.trace(x)[0].z_tilde, first.z_tilde)
    np.testing.assert_array_equal(net.trace(x)[0].a, net.trace(x, training=False)[0].a)
    np.testing.assert_array_equal(net.forward(x), net.forward(x, training=False))


def test_what_is_predicted_is_the_likeliest_class():
    net = bnlib.Network([3, 4, 5], rng=np.random.default_rng(0))
    x = np.random.default_rng(1).standard_normal((3, 20))
    predicted = net.predict(x)
    np.testing.assert_array_equal(predicted, net.forward(x).argmax(axis=0))
    assert len(set(predicted)) > 1 and net.accuracy(x, predicted) == 1


def test_a_bias_before_batch_norm_has_no_gradient_and_no_effect():
    rng = np.random.default_rng(0)
    net = bnlib.Network([3, 4, 2], rng=rng, bias=True)
    x, y = rng.standard_normal((3, 6)), rng.integers(2, size=6)
    before = net.forward(x, training=True)
    net.backward(bnlib.softmax_cross_entropy(before, y)[1])
    np.testing.assert_allclose(net.gradients["b1"], 0, atol=1e-16)
    net.parameters["b1"] += 100
    np.testing.assert_allclose(net.forward(x, training=True), before, rtol=1e-10)


RNG = np.random.default_rng(0)
NET = bnlib.Network([3, 4, 2], rng=RNG)


def backward(dz):
    net = bnlib.Network([3, 4, 2], rng=np.random.default_rng(0))
    net.forward(np.arange(15.0).reshape(3, 5), training=True)
    net.backward(dz)


BAD_CALLS = [
    (lambda: bnlib.Network([3], rng=RNG), ValueError, r"expected \[n_0, ..., n_L\]"),
    (lambda: bnlib.Network([3, 0, 2], rng=RNG), ValueError, "layer size is 0"),
    (lambda: bnlib.Network([3, 4.5, 2], rng=RNG), TypeError, "layer size is 4.5"),
    (lambda: bnlib.Network([3, 2], rng=0), TypeError, "expected a numpy Generator"),
    (lambda: bnlib.Network([3, 2, 2], activation="swish", rng=RNG), ValueError, "got 'swish'"),
    (lambda: bnlib.Network([3, 2], rng=RNG, norm_position="around"), ValueError, "'around'"),
    (lambda: bnlib.Network([3, 2], rng=RNG, dtype=np.float16), TypeError, "float16"),
    (lambda: bnlib.Network([3, 2], rng=RNG, weight_scale=-1), ValueError, "weight_scale is -1"),
    (lambda: NET.forward(np.ones((4, 5))), ValueError, r"Network: x .* expected \(3, m\)"),
    (lambda: NET.forward(np.ones(3)), ValueError, r"x has shape \(3,\)"),
    (lambda: backward(np.ones((2, 4))), ValueError, r"Network: dz .* expected \(2, 5\), .* logits"),
    (lambda: backward(np.ones(2)), ValueError, r"Network: dz has shape \(2,\)"),
    (lambda: backward([["a"]]), TypeError, "Network: dz has dtype <U1"),
    (lambda: NET.backward(np.ones((2, 5))), ValueError, "Network: backward needs a forward"),
    (lambda: NET.accuracy(np.ones((3, 2)), [0, 2]), ValueError, "label 2"),
    (lambda: bnlib.BatchNorm(0), ValueError, "n is 0"),
    (lambda: bnlib.BatchNorm(3, decay=1), ValueError, "decay is 1"),
    (lambda: bnlib.BatchNorm(3, dtype=int), TypeError, "expected float32 or float64"),
    (lambda: bnlib.BatchNorm(3).backward(np.ones((3, 2))), ValueError, "needs a forward"),
    (lambda: Linear(np.ones((2, 3))).forward(np.ones((4, 5))), ValueError, r"expected \(3, m\)"),
]


@pytest.mark.parametrize(("call", "error", "message"), BAD_CALLS)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        (Linear(np.ones((2, 3))), "Linear(3 -> 2)"),
        (Linear(np.ones((2, 3)), np.zeros((2, 1))), "Linear(3 -> 2, bias)"),
        (bnlib.BatchNorm(3), "BatchNorm(3, eps=1e-05, decay=0.9)"),
        (Activation("relu"), "Activation(relu)"),
        (NET, "Network(3-4-2, sigmoid, batch norm, 30 parameters)"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_layer_says_what_it_is(made, shown):
    assert repr(made) == shown
