"""Writes the network as ONNX, its matrices in eight bits.

The graph is put together node by node, so that the same weights give the same bytes.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper

from encoder_training.graph import MICROSOFT, STEPS, Floats, Graph, Ranges
from encoder_training.network import Network

OUTPUTS = ("spoken", "polarity", "focus", "pooled")
_OPSET = 20
_FORMAT = 10  # of the file, as onnxruntime has read it since 1.18
_HIDDEN_FROM = np.float32(-1e9)


def _embedded(graph: Graph, network: Network) -> str:
    encoder = network.encoder
    table = encoder.words.weight.detach().numpy()
    if graph.ranges is not None:
        scale = np.abs(table).max(1, keepdims=True).astype(np.float32) / STEPS
        scale = np.maximum(scale, 1e-8)
        rounded = np.rint(table / scale).astype(np.int8)
        row = graph.add(
            "Gather", graph.constant("words.w", rounded), "pieces", out="row"
        )
        real = graph.add("Cast", row, out="row.real", to=TensorProto.FLOAT)
        size = graph.add(
            "Gather", graph.constant("words.scale", scale), "pieces", out="row.scale"
        )
        words = graph.add("Mul", real, size, out="words")
    else:
        words = graph.add(
            "Gather", graph.constant("words.w", table), "pieces", out="words"
        )
    roles = graph.constant("roles.w", encoder.roles.weight.detach().numpy())
    role = graph.add("Gather", roles, "roles", out="role")
    role = graph.add("Unsqueeze", role, graph.number(1), out="role.wide")
    length = graph.add("Shape", "pieces", out="length", start=1, end=2)
    first = graph.constant(
        "first", np.eye(1, encoder.positions.num_embeddings, dtype=np.float32).T
    )
    mark = graph.add(
        "Slice", first, graph.number(0), length, graph.number(0), out="first.cut"
    )
    asked = graph.add("Mul", role, mark, out="role.first")
    places = graph.constant("places.w", encoder.positions.weight.detach().numpy())
    place = graph.add(
        "Slice", places, graph.number(0), length, graph.number(0), out="places"
    )
    states = graph.add("Add", words, asked, out="words.asked")
    states = graph.add("Add", states, place, out="words.placed")
    return graph.norm(states, encoder.norm, "embedded")


def _layer(graph: Graph, layer: Any, states: str, name: str) -> str:
    width = layer.attended.weight.shape[0]
    parts = []
    for place, part in enumerate("qkv"):
        rows = slice(place * width, (place + 1) * width)
        weight, bias = layer.attend.weight[rows], layer.attend.bias[rows]
        parts.append(graph.rounded(states, weight, bias, f"{name}.{part}"))
    inputs = [*parts, "", "seen.whole"]
    seen = f"{name}.whole"
    graph.nodes.append(
        helper.make_node(
            "MultiHeadAttention",
            inputs,
            [seen],
            seen,
            domain=MICROSOFT,
            num_heads=layer.heads,
        )
    )
    seen = graph.rounded(
        seen, layer.attended.weight, layer.attended.bias, f"{name}.attended"
    )
    states = graph.add("Add", states, seen, out=f"{name}.sum")
    states = graph.norm(states, layer.attention_norm, f"{name}.between")
    wide = graph.rounded(states, layer.widen.weight, layer.widen.bias, f"{name}.wide")
    wide = graph.add("Gelu", wide, out=f"{name}.gelu")
    back = graph.rounded(wide, layer.narrow.weight, layer.narrow.bias, f"{name}.narrow")
    states = graph.add("Add", states, back, out=f"{name}.both")
    return graph.norm(states, layer.output_norm, f"{name}.out")


def _pooled(graph: Graph, states: str) -> str:
    weights = graph.add("Unsqueeze", "seen", graph.number(2), out="seen.wide")
    kept = graph.add("Mul", states, weights, out="kept")
    total = graph.add("ReduceSum", kept, graph.number(1), out="total", keepdims=0)
    count = graph.add("ReduceSum", weights, graph.number(1), out="count", keepdims=0)
    return graph.add("Div", total, count, out="pooled")


def _focus(graph: Graph, head: Any, states: str, width: int) -> str:
    size = width // head.heads
    asked = graph.linear("labels", head.ask.weight, head.ask.bias, "ask")
    asked = graph.add(
        "Reshape", asked, graph.number(-1, head.heads, size), out="ask.parted"
    )
    asked = graph.add("Transpose", asked, out="ask.heads", perm=[1, 0, 2])
    key = graph.linear(states, head.key.weight, head.key.bias, "focus.key")
    key = graph.heads(key, head.heads, size, [0, 2, 3, 1])
    value = graph.linear(states, head.value.weight, head.value.bias, "focus.value")
    value = graph.heads(value, head.heads, size, [0, 2, 1, 3])
    scores = graph.add("MatMul", asked, key, out="focus.raw")
    scale = graph.constant("focus.size", np.float32(size**-0.5))
    scores = graph.add("Mul", scores, scale, out="focus.scaled")
    scores = graph.add("Add", scores, "hidden", out="focus.masked")
    weights = graph.add("Softmax", scores, out="focus.weights", axis=-1)
    graph.add("ReduceMean", weights, graph.number(1), out="focus", keepdims=0)
    seen = graph.add("MatMul", weights, value, out="focus.seen")
    seen = graph.add("Transpose", seen, out="focus.turned", perm=[0, 2, 1, 3])
    seen = graph.add("Reshape", seen, graph.number(0, 0, width), out="focus.whole")
    seen = graph.linear(seen, head.out.weight, head.out.bias, "focus.out")
    return graph.norm(seen, head.norm, "focused")


def _judged(graph: Graph, head: Any, focused: str) -> None:
    text = graph.linear("pooled", head.from_text.weight, None, "from_text")
    text = graph.add("Unsqueeze", text, graph.number(1), out="from_text.wide")
    label = graph.linear("labels", head.from_label.weight, None, "from_label")
    match = graph.linear("labels", head.match.weight, head.match.bias, "match")
    matched = graph.add("Mul", focused, match, out="matched")
    hidden = graph.linear(
        focused, head.from_focus.weight, head.from_focus.bias, "from_focus"
    )
    matched = graph.linear(matched, head.from_match.weight, None, "from_match")
    for part in (text, label, matched):
        hidden = graph.add("Add", hidden, part, out=f"{part}.joined")
    hidden = graph.add("Gelu", hidden, out="judged")
    weight = graph.constant(
        "polarity.w", head.polarity.weight.detach().numpy().T.copy()
    )
    signs = graph.add("MatMul", hidden, weight, out="polarity.product")
    bias = graph.constant("polarity.b", head.polarity.bias.detach().numpy())
    graph.add("Add", signs, bias, out="polarity")
    weight = graph.constant("spoken.w", head.spoken.weight.detach().numpy()[0])
    spoken = graph.add("MatMul", hidden, weight, out="spoken.product")
    bias = graph.constant("spoken.b", head.spoken.bias.detach().numpy())
    spoken = graph.add("Add", spoken, bias, out="spoken.shared")
    graph.add("Add", spoken, _own(graph, head, focused), out="spoken")


def _own(graph: Graph, head: Any, focused: str) -> str:
    """What only the built-in touchpoints add; they are the first labels."""
    known = head.own_bias.shape[0]
    first = graph.add(
        "Slice",
        focused,
        graph.number(0),
        graph.number(known),
        graph.number(1),
        out="own.focused",
    )
    weight = graph.constant("own.focus.w", head.own_focus.detach().numpy())
    focus = graph.add("Mul", first, weight, out="own.product")
    focus = graph.add("ReduceSum", focus, graph.number(2), out="own.focus", keepdims=0)
    weight = graph.constant("own.text.w", head.own_text.detach().numpy().T.copy())
    text = graph.add("MatMul", "pooled", weight, out="own.text")
    bias = graph.constant("own.b", head.own_bias.detach().numpy())
    own = graph.add("Add", focus, text, out="own.sum")
    own = graph.add("Add", own, bias, out="own.known")
    count = graph.add("Shape", "labels", out="labels.count", start=0, end=1)
    more = graph.add("Sub", count, graph.number(known), out="labels.more")
    pads = graph.add("Concat", graph.number(0, 0, 0), more, out="own.pads", axis=0)
    return graph.add("Pad", own, pads, out="own")


def model_of(
    network: Network,
    ranges: Ranges | None = None,
    *,
    watched: bool = False,
) -> onnx.ModelProto:
    """The network as a graph; ``watched`` gives out what is to be measured, too."""
    graph = Graph(ranges)
    width = network.head.out.weight.shape[0]
    _put_together(graph, network, width)
    floats, longs = TensorProto.FLOAT, TensorProto.INT64
    inputs = {
        "pieces": (longs, ["texts", "words"]),
        "seen": (floats, ["texts", "words"]),
        "roles": (longs, ["texts"]),
        "labels": (floats, ["labels", width]),
    }
    outputs = dict(
        zip(
            OUTPUTS,
            (
                (floats, ["texts", "labels"]),
                (floats, ["texts", "labels", 4]),
                (floats, ["texts", "labels", "words"]),
                (floats, ["texts", width]),
            ),
            strict=True,
        )
    )
    if watched:
        for name in sorted({*graph.measured} - {*inputs, *outputs}):
            outputs[name] = (floats, None)
    made = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info(n, *kind) for n, kind in inputs.items()],
        [helper.make_tensor_value_info(n, *kind) for n, kind in outputs.items()],
        list(graph.constants.values()),
    )
    model = helper.make_model(
        made,
        opset_imports=[
            helper.make_opsetid("", _OPSET),
            helper.make_opsetid(MICROSOFT, 1),
        ],
        ir_version=_FORMAT,
    )
    if not watched:  # their shapes are not given
        onnx.checker.check_model(model)
    return model


def _put_together(graph: Graph, network: Network, width: int) -> None:
    states = _embedded(graph, network)
    away = graph.add("Sub", graph.constant("one", np.float32(1)), "seen", out="away")
    away = graph.add("Mul", away, graph.constant("far", _HIDDEN_FROM), out="away.far")
    graph.add("Unsqueeze", away, graph.number(1, 2), out="hidden")
    graph.add("Cast", "seen", out="seen.whole", to=TensorProto.INT32)
    for number, layer in enumerate(network.encoder.layers):
        states = _layer(graph, layer, states, f"l{number}")
    _pooled(graph, states)
    _judged(graph, network.head, _focus(graph, network.head, states, width))


def measured_ranges(
    network: Network, batches: Iterable[Mapping[str, Any]]
) -> dict[str, tuple[Floats, Floats]]:
    """The lowest and highest values that matrices met in texts like these."""
    model = model_of(network, watched=True)
    names = [output.name for output in model.graph.output]
    wanted = set(names) - set(OUTPUTS)
    session = ort.InferenceSession(model.SerializeToString())
    found: dict[str, tuple[Floats, Floats]] = {}
    for batch in batches:
        values = session.run(names, dict(batch))
        for name, value in zip(names, values, strict=True):
            if name not in wanted:
                continue
            rows = value.reshape(-1, value.shape[-1])
            low, high = rows.min(0), rows.max(0)
            if name in found:
                low = np.minimum(low, found[name][0])
                high = np.maximum(high, found[name][1])
            found[name] = low, high
    return found


def write_model(network: Network, path: Path, ranges: Ranges | None) -> None:
    """The same network and ranges give the same bytes."""
    path.write_bytes(model_of(network, ranges).SerializeToString(deterministic=True))
