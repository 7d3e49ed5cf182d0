"""A trained `bnlib` network as an ONNX file, and what ONNX Runtime makes of it."""

from __future__ import annotations

import importlib.util
from typing import Any

import numpy as np

from bnlib.experiments import trained_net
from bnlib.frameworks.export import to_onnx

RECORDED: dict[str, Any] = {
    "versions": "onnx 1.23.2, onnxruntime 1.31.1",
    "batch norm kept": {"operators": 10, "kilobytes": 76, "difference": 1.4e-11, "answers": 0},
    "batch norm folded": {"operators": 7, "kilobytes": 71, "difference": 7.8e-15, "answers": 0},
}
"""What `run` found in November 2026."""


def run(seed: int = 0) -> tuple[dict[str, Any] | None, str]:
    """Export a trained digits network, with batch norm and folded, and run both files.

    Returns what was found: for both the number of operators, the file's size, the largest
    difference of a logit from bnlib's and how many of the 500 answers differ; None where `onnx` or
    `onnxruntime` is missing. And in words, where it comes from.
    """
    if not all(map(importlib.util.find_spec, ("onnx", "onnxruntime"))):
        return None, "recorded: " + RECORDED["versions"]
    import onnx
    import onnxruntime

    net, digits = trained_net.train(seed)
    ours = net.forward(digits.x_test)
    found: dict[str, Any] = {}
    for name, folded in (("batch norm kept", False), ("batch norm folded", True)):
        model = to_onnx(net, folded=folded)
        file = model.SerializeToString()
        session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
        theirs = session.run(None, {"x": digits.x_test.T.copy()})[0].T
        found[name] = {
            "operators": len(model.graph.node),
            "kilobytes": round(len(file) / 1000),
            "difference": float(np.abs(theirs - ours).max()),
            "answers": int((theirs.argmax(axis=0) != ours.argmax(axis=0)).sum()),
        }
    return found, f"live: onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}"
