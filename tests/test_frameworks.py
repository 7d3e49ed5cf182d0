"""Every imitated layer gives what its framework gave when it was run (`recorded/`)."""

import subprocess
import sys
from dataclasses import fields

import numpy as np
import pytest

import bnlib
from bnlib import frameworks
from bnlib.frameworks import CONVENTIONS, NAMES, Convention, batch_norm_like, columns, recorded
from bnlib.frameworks.table import markdown, rows

TOLERANCE = 1e-5
INPUTS = recorded("inputs")["arrays"]


def inputs(dtype=np.float64):
    return [columns(INPUTS[name], dtype) for name in ("x", "x2", "dy", "gamma", "beta")]


def record(name):
    return recorded(CONVENTIONS[name].record)


def agree(value, rows):
    np.testing.assert_allclose(value, columns(rows), rtol=0, atol=TOLERANCE)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", NAMES)
def test_a_training_loop_gives_what_the_framework_gave(name, dtype):
    x, x2, dy, gamma, beta = inputs(dtype)
    measured = record(name)["bn_default"]
    layer = batch_norm_like(name, gamma, beta)

    def running(number):
        mean, var = measured[f"running{number}"]
        agree(layer.running_mean, mean)
        agree(layer.running_var, var)

    running(0)
    y = layer.forward(x, training=True)
    agree(y, measured["y_train_x"])
    dx = layer.backward(dy)
    # ONNX Runtime has no gradients: there the equations' are the answer.
    gradients = measured["grads_x"]
    if "dx" not in gradients:
        assert CONVENTIONS[name].gradient == "the equations'"
        gradients = recorded("paddle")["bn_default"]["grads_x"]
    agree(dx, gradients["dx"])
    agree(layer.dgamma, gradients["dgamma"])
    agree(layer.dbeta, gradients["dbeta"])
    running(1)
    agree(layer.forward(x2, training=True), measured["y_train_x2"])
    layer.backward(dy)
    running(2)
    agree(layer.forward(x, training=False), measured["y_eval_x_after2"])
    assert y.dtype == dx.dtype == layer.running_mean.dtype == layer.running_var.dtype == dtype
    assert layer.dgamma.shape == layer.running_var.shape == (5, 1)


@pytest.mark.parametrize("name", NAMES)
def test_a_batch_of_one(name):
    x, _, dy, gamma, beta = inputs(np.float32)
    measured = record(name)["edge"]
    layer = batch_norm_like(name, gamma, beta)
    if "error" in measured["batch1"]:
        error = {"ValueError": ValueError, "ZeroDivisionError": ZeroDivisionError}
        with pytest.raises(error[measured["batch1"]["error"].split(":")[0]], match="batch norm"):
            layer.forward(x[:, :1], training=True)
    else:
        agree(layer.forward(x[:, :1], training=True), measured["batch1"]["y"])
        dx = layer.backward(dy[:, :1])
        if "dx" in measured["batch1_grads"]:
            agree(dx, measured["batch1_grads"]["dx"])
            agree(layer.dgamma, measured["batch1_grads"]["dgamma"])
            agree(layer.dbeta, measured["batch1_grads"]["dbeta"])
    mean, var = measured["batch1"]["running_after"]
    agree(layer.running_mean, mean)
    agree(layer.running_var, var)


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_batch(name):
    _, _, _, gamma, beta = inputs()
    measured = record(name)["edge"]["empty_batch"]
    layer = batch_norm_like(name, gamma, beta)
    if "error" in measured:
        with pytest.raises(RuntimeError, match="an empty batch"):
            layer.forward(np.empty((5, 0)), training=True)
        return
    assert layer.forward(np.empty((5, 0)), training=True).shape == (5, 0)
    assert layer.backward(np.empty((5, 0))).shape == (5, 0)
    agree(layer.running_mean, measured["running_after"][0])
    agree(layer.running_var, measured["running_after"][1])


@pytest.mark.parametrize("name", NAMES)
def test_a_nan_spoils_its_unit_for_good_and_no_other(name):
    x, _, dy, gamma, beta = inputs()
    measured = record(name)["edge"]["nan_input"]
    spoiled = x.copy()
    spoiled[1, 2] = np.nan
    layer = batch_norm_like(name, gamma, beta)
    y = layer.forward(spoiled, training=True)
    layer.backward(dy)
    assert np.isnan(y[1]).all() and np.isfinite(np.delete(y, 1, axis=0)).all()
    agree(layer.running_mean, measured["running_after"][0])
    agree(layer.running_var, measured["running_after"][1])
    agree(layer.forward(x, training=False)[:, :1], measured["eval_on_clean_x_after"])


@pytest.mark.parametrize("name", NAMES)
def test_constant_units_in_float32(name):
    measured = record(name)["edge"]["constant_columns"]
    row = columns(measured["row"], np.float32)
    layer = batch_norm_like(name, np.ones_like(row), np.zeros_like(row))
    y = layer.forward(np.repeat(row, 8, axis=1), training=True)
    # Where a mean is rounded, frameworks differ in the order of a sum: 3e-4 covers all of them, and
    # PyTorch's -59 is no rounding of that kind.
    np.testing.assert_allclose(y[:, 0], measured["y_row0"], rtol=1e-6, atol=3e-4)


def test_pytorch_gives_minus_59_for_a_constant_unit_of_3e7():
    constant = np.full((1, 8), 3e7, np.float32)
    one, zero = np.ones((1, 1), np.float32), np.zeros((1, 1), np.float32)
    assert batch_norm_like("pytorch", one, zero).forward(constant)[0, 0] == -59.43359375
    assert batch_norm_like("tinygrad", one, zero).forward(constant)[0, 0] == 0


def test_a_variance_in_one_pass_cancels_in_float32():
    x = columns(INPUTS["x_off"], np.float32)  # mean 1e4, standard deviation 0.01
    exact, _ = bnlib.batch_norm(x.astype(float), np.ones((5, 1)), np.zeros((5, 1)))
    error = {}
    for name in NAMES:
        layer = batch_norm_like(
            name, np.ones((5, 1), np.float32), np.zeros((5, 1), np.float32), eps=1e-5
        )
        error[name] = np.abs(layer.forward(x, training=True) - exact).max()
    assert np.isnan(error.pop("caffe2"))
    assert error.pop("flax") == pytest.approx(3.4, abs=0.1)
    assert max(error.values()) < 0.25


@pytest.mark.parametrize("name", NAMES)
def test_at_equal_eps_all_agree_on_the_first_batch(name):
    x, _, dy, gamma, beta = inputs()
    expected, cache = bnlib.batch_norm(x, gamma, beta)
    layer = batch_norm_like(name, gamma, beta, eps=1e-5)
    np.testing.assert_allclose(layer.forward(x, training=True), expected, rtol=0, atol=1e-12)
    dx, dgamma, dbeta = bnlib.batch_norm_backward(dy, cache)
    np.testing.assert_allclose(layer.backward(dy), dx, rtol=0, atol=1e-12)
    np.testing.assert_allclose(layer.dgamma, dgamma, rtol=0, atol=1e-12)
    np.testing.assert_allclose(layer.dbeta, dbeta, rtol=0, atol=1e-12)


def test_equinox_has_the_gradient_of_its_own_forward_pass():
    x, x2, dy, gamma, beta = inputs()

    def cost(batch):
        layer = batch_norm_like("equinox", gamma, beta)
        layer.forward(x, training=True)
        return float((layer.forward(batch, training=True) * dy).sum())

    layer = batch_norm_like("equinox", gamma, beta)
    layer.forward(x, training=True)
    layer.forward(x2, training=True)
    numerical = bnlib.numerical_gradient(cost, x2)
    np.testing.assert_allclose(layer.backward(dy), numerical, rtol=0, atol=1e-7)


def test_mxnet_updates_its_running_statistics_in_backward_and_once():
    x, _, dy, gamma, beta = inputs()
    layer = batch_norm_like("mxnet", gamma, beta)
    layer.forward(x, training=True)
    assert not layer.running_mean.any()
    layer.backward(dy)
    once = layer.running_mean.copy()
    assert once.all()
    layer.backward(dy)
    np.testing.assert_array_equal(layer.running_mean, once)


def test_what_caffe_and_lasagne_store():
    x, x2, dy, gamma, beta = inputs()
    caffe, lasagne = batch_norm_like("caffe", gamma, beta), batch_norm_like("lasagne", gamma, beta)
    for batch in (x, x2):
        for layer in (caffe, lasagne):
            layer.forward(batch, training=True)
            layer.backward(dy)
    extras = recorded("caffe")["extras"]
    for value, raw in zip(caffe.stored.values(), extras["raw_blobs2"]):
        np.testing.assert_allclose(value[:, 0], raw, rtol=1e-6)
    agree(lasagne.stored["inv_std"], recorded("lasagne")["extras"]["stored_inv_std"][2])


def test_caffe_before_any_training_divides_by_sqrt_eps():
    x, _, _, gamma, beta = inputs()
    y = batch_norm_like("caffe", gamma, beta).forward(x, training=False)
    expected = recorded("caffe")["extras"]["eval_before_any_training_row0"]
    np.testing.assert_allclose(y[:, 0], expected, rtol=1e-6)


def test_eps_and_momentum_have_the_frameworks_own_meaning():
    x, _, _, gamma, beta = inputs()
    keras = batch_norm_like("keras", gamma, beta, momentum=0.9)
    flax = batch_norm_like("flax", gamma, beta, momentum=0.9)
    torch = batch_norm_like("pytorch", gamma, beta, momentum=0.1)
    for layer in (keras, flax, torch):
        layer.forward(x, training=True)
    np.testing.assert_allclose(keras.running_mean, torch.running_mean)
    np.testing.assert_allclose(flax.running_var * 8 / 7 - torch.running_var, 0.9 / 7)


def test_the_callers_arrays_stay_as_they_are():
    x, _, dy, gamma, beta = inputs()
    before = [array.copy() for array in (x, dy, gamma, beta)]
    for name in NAMES:
        layer = batch_norm_like(name, gamma, beta)
        layer.forward(x, training=True)
        layer.backward(dy)[...] = 0
        layer.gamma *= 2
        layer.forward(x, training=False)[...] = 0
    for array, copy in zip((x, dy, gamma, beta), before):
        np.testing.assert_array_equal(array, copy)


def test_wrong_arguments_are_named():
    x, _, dy, gamma, beta = inputs()
    with pytest.raises(ValueError, match="got 'torch', expected one of pytorch, keras, "):
        batch_norm_like("torch", gamma, beta)
    with pytest.raises(ValueError, match=r"gamma has shape \(5,\), expected \(n, 1\)"):
        batch_norm_like("pytorch", gamma[:, 0], beta)
    with pytest.raises(ValueError, match=r"beta has shape \(4, 1\), expected \(5, 1\)"):
        batch_norm_like("pytorch", gamma, beta[:4])
    layer = batch_norm_like("pytorch", gamma, beta)
    with pytest.raises(ValueError, match=r"z has shape \(8, 5\), expected \(5, m\)"):
        layer.forward(x.T)
    with pytest.raises(ValueError, match="backward needs a forward with training=True"):
        layer.backward(dy)
    layer.forward(x)
    with pytest.raises(ValueError, match=r"dz_tilde has shape \(5, 7\), expected \(5, 8\)"):
        layer.backward(dy[:, :7])
    with pytest.raises(TypeError, match="float16"):
        layer.forward(x.astype(np.float16))
    with pytest.raises(ValueError, match="expected one of aesara, "):
        recorded("no-such-record")


def test_the_names_and_their_records():
    assert " ".join(NAMES) == (
        "pytorch keras keras2_fused flax equinox paddle mxnet theano lasagne caffe caffe2 chainer "
        "onnx tinygrad"
    )
    for name in NAMES:
        assert record(name)["versions"] and record(name)["date"] >= "2026"
        assert "measured by running" in record(name)["source"]


def test_every_field_of_a_convention_sets_some_framework_apart():
    for field in fields(Convention):
        assert len({getattr(each, field.name) for each in CONVENTIONS.values()}) > 1, field.name


def test_the_table_is_made_of_the_declarations():
    table = markdown().splitlines()
    assert len(table) == 2 + len(NAMES) and len({line.count("|") for line in table}) == 1
    assert "| Chainer | 2e-5 | 0.9, weight of the old | unbiased | 0, 1 | 1 | beta |" in table[13]
    assert "running statistics change in backward" in table[8]
    assert [row[4] for row in rows()].count("caller's") == 3


def test_frameworks_are_imported_only_when_asked_for():
    code = "import sys, bnlib; print(any('bnlib.frameworks' in name for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
    assert bnlib.frameworks is frameworks
