"""ONNX Runtime: a graph of ONNX operators, run forwards; its training mode updates the averages."""

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

VERSIONS = {"onnx": onnx.__version__, "onnxruntime": onnxruntime.__version__}
OPSET = 18


class Net:
    def __init__(self, weights):
        self.depth = sum(name.startswith("W") for name in weights)
        self.weights = {
            name: np.ascontiguousarray(value.T) if name[0] == "W" else value[:, 0]
            for name, value in weights.items()
        }
        for i in range(1, self.depth):
            self.weights[f"mean{i}"] = np.zeros_like(self.weights[f"beta{i}"])
            self.weights[f"var{i}"] = np.ones_like(self.weights[f"beta{i}"])
        self.training = self.session(training=1)

    def session(self, training):
        nodes, outputs = [], ["logits"]
        for i in range(1, self.depth):
            nodes.append(helper.make_node("MatMul", [f"a{i - 1}", f"W{i}"], [f"z{i}"]))
            statistics = [f"{name}{i}" for name in ("gamma", "beta", "mean", "var")]
            updated = [f"new_mean{i}", f"new_var{i}"] if training else []
            normalized = [f"normalized{i}", *updated]
            outputs += updated
            nodes.append(
                helper.make_node(
                    "BatchNormalization", [f"z{i}", *statistics], normalized, training_mode=training
                )
            )
            nodes.append(helper.make_node("Sigmoid", [f"normalized{i}"], [f"a{i}"]))
        last = [f"a{self.depth - 1}", f"W{self.depth}", f"b{self.depth}"]
        nodes.append(helper.make_node("Gemm", last, ["logits"]))
        inputs = [helper.make_tensor_value_info("a0", TensorProto.FLOAT, None)]
        if training:
            outputs.append("cost")
            nodes.append(helper.make_node("SoftmaxCrossEntropyLoss", ["logits", "y"], ["cost"]))
            inputs.append(helper.make_tensor_value_info("y", TensorProto.INT64, None))
        held = dict(self.weights)
        for name in list(held):
            if training and name.startswith(("mean", "var")):
                # Inputs, as what comes out of one batch goes into the next.
                inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
                del held[name]
        graph = helper.make_graph(
            nodes,
            "net",
            inputs,
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
            [numpy_helper.from_array(value, name) for name, value in held.items()],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
        model.ir_version = 10
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        return onnxruntime.InferenceSession(model.SerializeToString(), options)

    def batch(self, x, y):
        return np.ascontiguousarray(x.T), y

    def step(self, batch):
        x, y = batch
        averages = {k: v for k, v in self.weights.items() if k.startswith(("mean", "var"))}
        names = [each.name for each in self.training.get_outputs()]
        found = dict(zip(names, self.training.run(None, {"a0": x, "y": y, **averages})))
        for name in averages:
            self.weights[name] = found[f"new_{name}"]
        return found["logits"].T, float(found["cost"]), {}

    def running(self):
        averages = {k: v for k, v in self.weights.items() if k.startswith(("mean", "var"))}
        return {name: value[:, None] for name, value in averages.items()}

    def infer(self, x):
        x = np.ascontiguousarray(x.T)
        return self.session(training=0).run(["logits"], {"a0": x})[0].T
