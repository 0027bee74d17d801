"""Writes the network as ONNX, its matrices in eight bits.

The graph is put together node by node, so that the same weights give the same bytes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper

from encoder_training.network import Network

OUTPUTS = ("spoken", "polarity", "focus", "pooled")
_OPSET = 20
_MICROSOFT = "com.microsoft"  # operators that onnxruntime adds
_FORMAT = 10  # of the file, as onnxruntime has read it since 1.18
_STEPS = 127.0  # of a weight, to either side
_LEVELS = 255.0  # of what a weight is applied to
_HIDDEN_FROM = np.float32(-1e9)


Floats = npt.NDArray[np.float32]
Ranges = Mapping[str, tuple[Floats, Floats]]  # lowest and highest, by column


@dataclass(slots=True)
class _Graph:
    """Nodes and constants, in the order in which they were asked for."""

    ranges: Ranges | None  # None: nothing is rounded
    nodes: list[Any] = field(default_factory=list)
    constants: dict[str, Any] = field(default_factory=dict)
    measured: list[str] = field(default_factory=list)  # what matrices are applied to

    def constant(self, name: str, value: npt.ArrayLike) -> str:
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.asarray(value), name)
        return name

    def number(self, *values: int) -> str:
        name = "i" + "_".join(str(value) for value in values)
        return self.constant(name, np.array(values, np.int64))

    def add(self, kind: str, *inputs: str, out: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [out], out, **attributes))
        return out

    def rounded(self, states: str, weight: Any, bias: Any, out: str) -> str:
        """``states`` times a constant matrix, in eight bits once ranges are known."""
        self.measured.append(states)
        if self.ranges is None:
            return self.linear(states, weight, bias, out)
        held = self.constant(f"{out}.b", bias.detach().numpy())
        return self._in_eight_bits(states, weight.detach().numpy().T, held, out)

    def linear(self, states: str, weight: Any, bias: Any, out: str) -> str:
        """``states`` times a constant matrix."""
        matrix = weight.detach().numpy().T
        held = self.constant(f"{out}.w", np.ascontiguousarray(matrix))
        product = self.add("MatMul", states, held, out=f"{out}.product")
        if bias is None:
            return product
        held = self.constant(f"{out}.b", bias.detach().numpy())
        return self.add("Add", product, held, out=out)

    def _in_eight_bits(self, states: str, matrix: Any, bias: str, out: str) -> str:
        """Both sides in eight bits; the size of a step was measured beforehand.

        Steps fixed beforehand, not taken from each batch, so that what is read beside
        a text never changes how it is read.
        """
        evener, step, zero = _steps(*(self.ranges or {})[states])
        matrix = matrix * evener[:, None]
        scale = np.maximum(np.abs(matrix).max(0), 1e-8).astype(np.float32) / _STEPS
        rounded = np.clip(np.rint(matrix / scale), -_STEPS, _STEPS).astype(np.int8)
        small, shift = f"{states}.q", f"{states}.zero"
        if not any(small in node.output for node in self.nodes):
            factor = self.constant(f"{states}.factor", 1 / evener)
            even = self.add("Mul", states, factor, out=f"{states}.even")
            size = self.constant(f"{states}.step", step)
            self.constant(shift, zero)
            self.add("QuantizeLinear", even, size, shift, out=small)
        held = self.constant(f"{out}.w", np.ascontiguousarray(rounded))
        scales = self.constant(f"{out}.scale", scale)
        none = self.constant("no_shift", np.int8(0))
        inputs = (small, held, f"{states}.step", scales, shift, none, bias)
        node = helper.make_node(
            "MatMulIntegerToFloat", inputs, [out], out, domain=_MICROSOFT
        )
        self.nodes.append(node)
        return out

    def norm(self, states: str, module: Any, out: str) -> str:
        weight = self.constant(f"{out}.w", module.weight.detach().numpy())
        bias = self.constant(f"{out}.b", module.bias.detach().numpy())
        return self.add(
            "LayerNormalization", states, weight, bias, out=out, epsilon=module.eps
        )

    def heads(self, states: str, count: int, size: int, order: list[int]) -> str:
        """[batch, words, heads * size] with the heads where ``order`` wants them."""
        parted = self.add(
            "Reshape", states, self.number(0, -1, count, size), out=f"{states}.parted"
        )
        return self.add("Transpose", parted, out=f"{states}.heads", perm=order)


def _steps(low: Floats, high: Floats) -> tuple[Floats, np.float32, np.uint8]:
    """What evens out the columns, the size of a step, and the step that is nought.

    A few columns of the states are far larger than the others; half of that, by
    ratio, is moved into the matrix (SmoothQuant, arXiv 2211.10438).
    """
    largest = np.maximum(np.maximum(-low, high), 1e-6)
    evener = np.sqrt(largest / np.median(largest)).astype(np.float32)
    bottom = min(0.0, float((low / evener).min()))
    top = max(0.0, float((high / evener).max()))
    step = np.float32((top - bottom) / _LEVELS)
    return evener, step, np.uint8(np.clip(np.rint(-bottom / step), 0, _LEVELS))


def _embedded(graph: _Graph, network: Network) -> str:
    encoder = network.encoder
    table = encoder.words.weight.detach().numpy()
    if graph.ranges is not None:
        scale = np.abs(table).max(1, keepdims=True).astype(np.float32) / _STEPS
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


def _layer(graph: _Graph, layer: Any, states: str, name: str) -> str:
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
            domain=_MICROSOFT,
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


def _pooled(graph: _Graph, states: str) -> str:
    weights = graph.add("Unsqueeze", "seen", graph.number(2), out="seen.wide")
    kept = graph.add("Mul", states, weights, out="kept")
    total = graph.add("ReduceSum", kept, graph.number(1), out="total", keepdims=0)
    count = graph.add("ReduceSum", weights, graph.number(1), out="count", keepdims=0)
    return graph.add("Div", total, count, out="pooled")


def _focus(graph: _Graph, head: Any, states: str, width: int) -> str:
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


def _judged(graph: _Graph, head: Any, focused: str) -> None:
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


def _own(graph: _Graph, head: Any, focused: str) -> str:
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
    graph = _Graph(ranges)
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
            helper.make_opsetid(_MICROSOFT, 1),
        ],
        ir_version=_FORMAT,
    )
    if not watched:  # their shapes are not given
        onnx.checker.check_model(model)
    return model


def _put_together(graph: _Graph, network: Network, width: int) -> None:
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
