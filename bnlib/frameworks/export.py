"""A `bnlib.Network` as an ONNX graph, for running where there is no bnlib. Needs `onnx`.

The graph takes and gives rows, `(m, n_0) -> (m, C)`, as everybody does who deploys a network; it
holds the network at test time, with the running statistics.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from bnlib.layers import Activation, BatchNorm, Linear
from bnlib.network import Network

OPSET = 18
IR_VERSION = 10  # of the same age as the opset, so that older runtimes read the file too
OPERATORS = {"sigmoid": "Sigmoid", "tanh": "Tanh", "relu": "Relu"}


def to_onnx(net: Network, *, folded: bool = False) -> Any:
    """`net` as an `onnx.ModelProto`: `onnx.save(to_onnx(net), "net.onnx")` writes it to a file.

    Args:
        net: any `bnlib.Network`.
        folded: put each batch norm into the linear layer beside it, which leaves W, b and the
            activations: the same outputs to rounding, with fewer operators.

    Returns:
        The model: input "x" (m, n_0), output "logits" (m, C), in the network's dtype.

    Raises:
        ImportError: the `onnx` package is not installed.
        TypeError: `net` is not a `Network`.
    """
    if not isinstance(net, Network):
        raise TypeError(f"to_onnx: net is a {type(net).__name__}, expected a bnlib.Network")
    try:
        from onnx import checker, helper, numpy_helper
    except ImportError as error:
        raise ImportError("to_onnx needs the package onnx: pip install onnx") from error

    layers = fold(net.layers) if folded else net.layers
    nodes, held, name = [], [], "x"
    for number, layer in enumerate(layers, start=1):
        operator, arrays, attributes = node(layer)
        names = [f"{operator}{number}.{key}" for key in arrays]
        held += [numpy_helper.from_array(value, key) for key, value in zip(names, arrays.values())]
        result = "logits" if number == len(layers) else f"{operator}{number}"
        nodes.append(helper.make_node(operator, [name, *names], [result], **attributes))
        name = result
    kind = helper.np_dtype_to_tensor_dtype(np.dtype(net.dtype))
    inputs = [helper.make_tensor_value_info("x", kind, ["m", net.layer_sizes[0]])]
    outputs = [helper.make_tensor_value_info("logits", kind, ["m", net.layer_sizes[-1]])]
    graph = helper.make_graph(nodes, "bnlib", inputs, outputs, held)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
    model.ir_version = IR_VERSION
    checker.check_model(model, full_check=True)
    return model


def node(layer: Any) -> tuple[str, dict[str, np.ndarray], dict[str, Any]]:
    """A layer as an ONNX operator, its arrays in the operator's order, and its attributes."""
    if isinstance(layer, Linear):
        arrays = {"weight": layer.w}  # (n_out, n_in), which Gemm transposes
        if "b" in layer.PARAMETERS:
            arrays["bias"] = layer.b[:, 0]
        return "Gemm", arrays, {"transB": 1}
    if isinstance(layer, BatchNorm):
        arrays = {
            "scale": layer.gamma[:, 0],
            "bias": layer.beta[:, 0],
            "mean": layer.running_mean[:, 0],
            "var": layer.running_var[:, 0],
        }
        return "BatchNormalization", arrays, {"epsilon": layer.eps}
    if isinstance(layer, Activation):
        return OPERATORS[layer.name], {}, {}
    raise TypeError(f"to_onnx: a {type(layer).__name__} has no ONNX operator here")


def fold(layers: list[Any]) -> list[Any]:
    """The layers without batch norm: each is the map a * z + b, which goes into a `Linear`.

    One that follows a linear layer goes into that one, W' = a W and b' = a b + shift; one that
    follows an activation goes into the next linear layer, W' = W aᵀ and b' = W shift + b.
    """
    done: list[Any] = []
    waiting: tuple[np.ndarray, np.ndarray] | None = None
    for layer in layers:
        if isinstance(layer, BatchNorm):
            a = layer.gamma / np.sqrt(layer.running_var + layer.eps)
            shift = layer.beta - a * layer.running_mean
            if isinstance(done[-1], Linear):
                before = done[-1]
                done[-1] = Linear(a * before.w, a * bias_of(before) + shift)
            else:
                waiting = (a, shift)
        elif isinstance(layer, Linear) and waiting:
            a, shift = waiting
            done.append(Linear(layer.w * a.T, layer.w @ shift + bias_of(layer)))
            waiting = None
        else:
            done.append(layer)
    return done


def bias_of(layer: Linear) -> np.ndarray | float:
    """(n_out, 1), or 0 for a layer without one."""
    return layer.b if "b" in layer.PARAMETERS else 0.0
