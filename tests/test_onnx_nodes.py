"""The ONNX project's own node tests, through bnlib's functions.

The `onnx` package makes the cases: inputs, attributes, expected outputs. bnlib has its classes or
units on axis 0 and the examples on axis 1, so arrays are turned round on the way in and out.
"""

from __future__ import annotations

import re
import warnings

import numpy as np
import pytest

import bnlib

onnx = pytest.importorskip("onnx")

FAMILIES = "batchnorm|softmax|logsoftmax|hardmax|sce"
SOFTMAXES = {
    "Softmax": bnlib.softmax,
    "LogSoftmax": bnlib.log_softmax,
    "Hardmax": bnlib.hardmax,
}
# The whole batch counts alike in bnlib's cost: it knows no weights a class, and no label that is
# left out. These are the cases with either.
NOT_REPRESENTED = 24


def all_cases():
    from onnx.backend.test.loader import load_model_tests

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # other operators' cases overflow on purpose
        cases = load_model_tests(kind="node")
    mine = re.compile(rf"test_({FAMILIES})(?!.*expanded)")
    return [case for case in cases if mine.match(case.name)]


CASES = all_cases()


def node_of(case):
    node = case.model.graph.node[0]
    attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
    return node.op_type, attributes


def represented(case):
    operator, attributes = node_of(case)
    weights_given = len(case.data_sets[0][0]) > 2
    loss = operator == "SoftmaxCrossEntropyLoss"
    return not (loss and (weights_given or "ignore_index" in attributes))


def to_columns(x, axis):
    """Axis `axis` first, all others together second; and the way back."""
    moved = np.moveaxis(x, axis, 0)
    back = lambda y: np.moveaxis(y.reshape(moved.shape), 0, axis)  # noqa: E731
    return moved.reshape(len(moved), -1), back


def batch_normalization(attributes, x, gamma, beta, mean, var):
    z, back = to_columns(x, 1)
    layer = bnlib.BatchNorm(len(z), attributes.get("epsilon", 1e-5), dtype=x.dtype)
    layer.gamma, layer.beta = gamma[:, None], beta[:, None]
    layer.running_mean, layer.running_var = mean[:, None], var[:, None]
    training = bool(attributes.get("training_mode", 0))
    y = back(layer.forward(z, training))
    return [y, layer.running_mean[:, 0], layer.running_var[:, 0]] if training else [y]


def cross_entropy(attributes, x, labels):
    z, back = to_columns(x, 1)
    y = labels.reshape(-1)
    if attributes["reduction"] == b"none":
        each = [bnlib.softmax_cross_entropy(z[:, [i]], y[[i]])[0] for i in range(len(y))]
        loss = np.array(each).reshape(labels.shape)
    else:
        mean, _ = bnlib.softmax_cross_entropy(z, y)
        loss = mean * (len(y) if attributes["reduction"] == b"sum" else 1)
    return [loss, back(bnlib.log_softmax(z))]


@pytest.mark.parametrize("case", list(filter(represented, CASES)), ids=lambda case: case.name)
def test_node(case):
    operator, attributes = node_of(case)
    inputs, expected = case.data_sets[0]
    if operator in SOFTMAXES:
        z, back = to_columns(inputs[0], attributes.get("axis", -1))
        results = [back(SOFTMAXES[operator](z))]
    elif operator == "BatchNormalization":
        results = batch_normalization(attributes, *inputs)
    else:
        results = cross_entropy(attributes, *inputs)[: len(expected)]
    assert len(results) == len(expected)
    for result, want in zip(results, expected, strict=True):
        np.testing.assert_allclose(result, want, rtol=1e-5, atol=1e-6)


def test_the_rest_is_listed():
    left_out = [case.name for case in CASES if not represented(case)]
    assert len(left_out) == NOT_REPRESENTED
    assert all("weight" in name or "ii" in name for name in left_out)
