"""Networks exported to ONNX give in ONNX Runtime what they give in bnlib."""

import numpy as np
import pytest

import bnlib
from bnlib.frameworks.export import fold, to_onnx
from bnlib.layers import BatchNorm


def trained(dtype=np.float32, **options):
    rng = np.random.default_rng(0)
    net = bnlib.Network([6, 8, 7, 4], rng=rng, dtype=dtype, **options)
    optimizer = bnlib.Momentum(net, 0.1)
    for _ in range(20):
        x = rng.standard_normal((6, 32)) * 2 + 1
        bnlib.train_step(net, optimizer, x, rng.integers(0, 4, 32))
    return net, (rng.standard_normal((6, 10)) + 1).astype(dtype)


OPTIONS = [
    {"activation": activation, "norm_position": position}
    for activation in ("sigmoid", "tanh", "relu")
    for position in ("before", "after")
] + [{"batch_norm": False}, {"bias": True}]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_folding_leaves_the_outputs_and_no_batch_norm(options):
    net, x = trained(np.float64, **options)
    layers = fold(net.layers)
    a = x
    for layer in layers:
        a = layer.forward(a)
        assert not isinstance(layer, BatchNorm)
    np.testing.assert_allclose(a, net.forward(x), rtol=0, atol=1e-12)


@pytest.mark.parametrize("folded", [False, True])
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_onnx_runtime_gives_the_same_logits(options, folded):
    pytest.importorskip("onnx")
    onnxruntime = pytest.importorskip("onnxruntime")
    net, x = trained(**options)
    model = to_onnx(net, folded=folded)
    operators = [node.op_type for node in model.graph.node]
    assert ("BatchNormalization" in operators) == (net.batch_norm and not folded)
    session = onnxruntime.InferenceSession(model.SerializeToString())
    (logits,) = session.run(["logits"], {"x": np.ascontiguousarray(x.T)})
    np.testing.assert_allclose(logits.T, net.forward(x), rtol=0, atol=1e-5)


def test_only_networks_are_exported():
    with pytest.raises(TypeError, match=r"net is a int, expected a bnlib.Network"):
        to_onnx(3)
