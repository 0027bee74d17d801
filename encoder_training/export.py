"""Writes the network as ONNX, its matrices in eight bits.

The graph is put together node by node, so that the same weights give the same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnx import TensorProto, helper

from encoder_training.graph import MICROSOFT, Floats, Graph, Ranges
from encoder_training.graph_parts import embedded, focused, judged, layer_of, pooled
from encoder_training.network import Network

OUTPUTS = ("spoken", "polarity", "focus", "pooled")
_OPSET = 20
_FORMAT = 10  # of the file, as onnxruntime has read it since 1.18
_HIDDEN_FROM = np.float32(-1e9)
_Shape = tuple[int, Sequence[str | int] | None]


def model_of(
    network: Network, ranges: Ranges | None = None, *, watched: bool = False
) -> onnx.ModelProto:
    """The network as a graph; ``watched`` gives out what is to be measured, too."""
    graph = Graph(ranges)
    _put_together(graph, network)
    inputs, outputs = _shapes(network.head.out.weight.shape[0])
    if watched:
        for name in sorted({*graph.measured} - {*inputs, *outputs}):
            outputs[name] = (TensorProto.FLOAT, None)
    made = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info(n, *kind) for n, kind in inputs.items()],
        [helper.make_tensor_value_info(n, *kind) for n, kind in outputs.items()],
        list(graph.constants.values()),
    )
    sets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(MICROSOFT, 1)]
    model = helper.make_model(made, opset_imports=sets, ir_version=_FORMAT)
    if not watched:  # their shapes are not given
        onnx.checker.check_model(model)
    return model


def _shapes(width: int) -> tuple[dict[str, _Shape], dict[str, _Shape]]:
    """What goes in and what comes out."""
    floats, longs = TensorProto.FLOAT, TensorProto.INT64
    inputs: dict[str, _Shape] = {
        "pieces": (longs, ["texts", "words"]),
        "seen": (floats, ["texts", "words"]),
        "roles": (longs, ["texts"]),
        "labels": (floats, ["labels", width]),
    }
    outputs: list[_Shape] = [
        (floats, ["texts", "labels"]),
        (floats, ["texts", "labels", 4]),
        (floats, ["texts", "labels", "words"]),
        (floats, ["texts", width]),
    ]
    return inputs, dict(zip(OUTPUTS, outputs, strict=True))


def _put_together(graph: Graph, network: Network) -> None:
    states = embedded(graph, network)
    away = graph.add("Sub", graph.constant("one", np.float32(1)), "seen", out="away")
    away = graph.add("Mul", away, graph.constant("far", _HIDDEN_FROM), out="away.far")
    graph.add("Unsqueeze", away, graph.number(1, 2), out="hidden")
    graph.add("Cast", "seen", out="seen.whole", to=TensorProto.INT32)
    for number, layer in enumerate(network.encoder.layers):
        states = layer_of(graph, layer, states, f"l{number}")
    pooled(graph, states)
    judged(graph, network.head, focused(graph, network.head, states))


def measured_ranges(
    network: Network, batches: Iterable[Mapping[str, Any]]
) -> dict[str, tuple[Floats, Floats]]:
    """The lowest and highest values that matrices met in texts like these."""
    model = model_of(network, watched=True)
    names = [output.name for output in model.graph.output]
    session = ort.InferenceSession(model.SerializeToString(), _threads())
    found: dict[str, tuple[Floats, Floats]] = {}
    for batch in batches:
        values = session.run(names, dict(batch))
        for name, value in zip(names, values, strict=True):
            if name not in OUTPUTS:
                rows = value.reshape(-1, value.shape[-1])
                found[name] = _wider(found.get(name), (rows.min(0), rows.max(0)))
    return found


def _wider(
    one: tuple[Floats, Floats] | None, other: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    if one is None:
        return other
    return np.minimum(one[0], other[0]), np.maximum(one[1], other[1])


def _threads() -> ort.SessionOptions:
    options = ort.SessionOptions()
    options.intra_op_num_threads = torch.get_num_threads()
    return options


def write_model(network: Network, path: Path, ranges: Ranges | None) -> None:
    """The same network and ranges give the same bytes."""
    path.write_bytes(model_of(network, ranges).SerializeToString(deterministic=True))
