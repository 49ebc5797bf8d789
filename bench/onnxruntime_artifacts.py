"""Makes what onnxruntime's trainer starts from: the network of a case folder as ONNX, with gradients and optimizer.

python onnxruntime_artifacts.py CASE_FOLDER…
"""

import json
import sys
import types
from pathlib import Path

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

# The package imports its PyTorch front end as soon as it is imported, and with it gigabytes that making these files
# never uses: empty modules in their place.
for unused in ("amp", "optim"):
    sys.modules[f"onnxruntime.training.{unused}"] = types.ModuleType(unused)
from onnxruntime.training import artifacts, onnxblock  # noqa: E402

EPSILON = 1e-3
# ONNX counts, as Keras, how much of the moving statistics stays.
MOMENTUM = 0.99


def read_safetensors(path: Path) -> dict[str, numpy.ndarray]:
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    body = data[8 + length :]
    return {
        name: numpy.frombuffer(body[slice(*entry["data_offsets"])], dtype="<f4").reshape(entry["shape"]).copy()
        for name, entry in header.items()
        if name != "__metadata__"
    }


class Network:
    """Collects nodes; maps are [batch, channels, height, width], as ONNX wants them."""

    def __init__(self, weights: dict[str, numpy.ndarray]):
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []
        self.trained: list[str] = []
        self.kept: list[str] = []

    def weight(self, name: str, trained: bool = True) -> str:
        values = self.weights[name]
        if values.ndim == 4:
            values = values.transpose(3, 2, 0, 1)
        self.initializers.append(numpy_helper.from_array(numpy.ascontiguousarray(values), name))
        (self.trained if trained else self.kept).append(name)
        return name

    def node(self, operation: str, name: str, inputs: list[str], **attributes) -> str:
        self.nodes.append(helper.make_node(operation, inputs, [name], name=name, **attributes))
        return name

    def convolution(self, layer: str, maps: str, stride: int) -> str:
        edge = self.weights[f"{layer}.kernel"].shape[0]
        inputs = [maps, self.weight(f"{layer}.kernel"), self.weight(f"{layer}.bias")]
        padding = [(edge - 1) // 2] * 4
        return self.node("Conv", layer, inputs, kernel_shape=[edge, edge], strides=[stride, stride], pads=padding)

    def batch_norm(self, layer: str, maps: str) -> str:
        inputs = [maps, self.weight(f"{layer}.gamma"), self.weight(f"{layer}.beta")]
        inputs += [self.weight(f"{layer}.moving_mean", False), self.weight(f"{layer}.moving_variance", False)]
        outputs = [layer, f"{layer}.new_mean", f"{layer}.new_variance"]
        attributes = {"epsilon": EPSILON, "momentum": MOMENTUM, "training_mode": 1}
        self.nodes.append(helper.make_node("BatchNormalization", inputs, outputs, name=layer, **attributes))
        return layer

    def relu(self, maps: str) -> str:
        return self.node("Relu", f"{maps}.relu", [maps])

    def activated(self, layer: str, maps: str) -> str:
        return self.relu(self.batch_norm(layer, maps))

    def dense(self, layer: str, inputs: str) -> str:
        return self.node("Gemm", layer, [inputs, self.weight(f"{layer}.kernel"), self.weight(f"{layer}.bias")])

    def block(self, block: dict, maps: str) -> str:
        name = block["name"]
        branch = self.activated(f"{name}.bn1", maps) if block["first_preactivation"] else maps
        branch = self.convolution(f"{name}.conv1", branch, block["stride"])
        for place in range(2, block["convolutions"] + 1):
            branch = self.convolution(f"{name}.conv{place}", self.activated(f"{name}.bn{place}", branch), 1)
        if block["shortcut"] == "projection":
            maps = self.convolution(f"{name}.shortcut", maps, block["stride"])
        return branch if block["shortcut"] == "absent" else self.node("Add", f"{name}.sum", [maps, branch])


def build(folder: Path) -> None:
    case = json.loads((folder / "case.json").read_text())
    network = Network(read_safetensors(folder / "first_weights.safetensors"))
    maps = network.activated("stem.bn", network.convolution("stem.conv", "images", 1))
    for block in case["blocks"]:
        maps = network.block(block, maps)
    maps = network.activated("head.bn", maps)
    pooled = network.node("GlobalAveragePool", "pooled", [maps])
    flat = network.node("Flatten", "flat", [pooled], axis=1)
    hidden = network.batch_norm("head.dense_bn", network.relu(network.dense("head.dense1", flat)))
    scores = network.dense("head.dense2", hidden)

    batch = case["batch_size"]
    images = helper.make_tensor_value_info("images", TensorProto.FLOAT, [batch, 3, 32, 32])
    output = helper.make_tensor_value_info(scores, TensorProto.FLOAT, [batch, case["classes"]])
    graph = helper.make_graph(network.nodes, "resnet", [images], [output], initializer=network.initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
    onnx.checker.check_model(model)
    target = folder / "onnxruntime"
    target.mkdir(exist_ok=True)
    artifacts.generate_artifacts(
        model,
        requires_grad=network.trained,
        frozen_params=network.kept,
        loss=artifacts.LossType.CrossEntropyLoss,
        optimizer=onnxblock.optim.AdamW(eps=1e-7, weight_decay=0.0),
        artifact_directory=str(target),
    )


for argument in sys.argv[1:]:
    build(Path(argument))
