"""The parts of the network as nodes of an ONNX graph."""

from typing import Any

import numpy as np
from onnx import TensorProto, helper

from encoder_training.graph import MICROSOFT, STEPS, Floats, Graph
from encoder_training.network import Network


def embedded(graph: Graph, network: Network) -> str:
    encoder = network.encoder
    words = _words(graph, encoder.words.weight.detach().numpy())
    asked, length = _question(graph, encoder)
    places = graph.constant("places.w", encoder.positions.weight.detach().numpy())
    place = graph.add(
        "Slice", places, graph.number(0), length, graph.number(0), out="places"
    )
    states = graph.add("Add", words, asked, out="words.asked")
    states = graph.add("Add", states, place, out="words.placed")
    return graph.norm(states, encoder.norm, "embedded")


def _words(graph: Graph, table: Floats) -> str:
    """The vectors of the pieces, each with a step of its own once it is rounded."""
    if graph.ranges is None:
        held = graph.constant("words.w", table)
        return graph.add("Gather", held, "pieces", out="words")
    scale = np.abs(table).max(1, keepdims=True).astype(np.float32) / STEPS
    scale = np.maximum(scale, 1e-8)
    rounded = np.rint(table / scale).astype(np.int8)
    row = graph.add("Gather", graph.constant("words.w", rounded), "pieces", out="row")
    real = graph.add("Cast", row, out="row.real", to=TensorProto.FLOAT)
    held = graph.constant("words.scale", scale)
    size = graph.add("Gather", held, "pieces", out="row.scale")
    return graph.add("Mul", real, size, out="words")


def _question(graph: Graph, encoder: Any) -> tuple[str, str]:
    """The question in the place of the mark that begins a text; the text's length."""
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
    return graph.add("Mul", role, mark, out="role.first"), length


def layer_of(graph: Graph, layer: Any, states: str, name: str) -> str:
    seen = _attended(graph, layer, states, name)
    states = graph.add("Add", states, seen, out=f"{name}.sum")
    states = graph.norm(states, layer.attention_norm, f"{name}.between")
    wide = graph.rounded(states, layer.widen.weight, layer.widen.bias, f"{name}.wide")
    wide = graph.add("Gelu", wide, out=f"{name}.gelu")
    back = graph.rounded(wide, layer.narrow.weight, layer.narrow.bias, f"{name}.narrow")
    states = graph.add("Add", states, back, out=f"{name}.both")
    return graph.norm(states, layer.output_norm, f"{name}.out")


def _attended(graph: Graph, layer: Any, states: str, name: str) -> str:
    width = layer.attended.weight.shape[0]
    parts = []
    for place, part in enumerate("qkv"):
        rows = slice(place * width, (place + 1) * width)
        weight, bias = layer.attend.weight[rows], layer.attend.bias[rows]
        parts.append(graph.rounded(states, weight, bias, f"{name}.{part}"))
    seen = f"{name}.whole"
    graph.nodes.append(
        helper.make_node(
            "MultiHeadAttention",
            [*parts, "", "seen.whole"],
            [seen],
            seen,
            domain=MICROSOFT,
            num_heads=layer.heads,
        )
    )
    return graph.rounded(
        seen, layer.attended.weight, layer.attended.bias, f"{name}.attended"
    )


def pooled(graph: Graph, states: str) -> str:
    weights = graph.add("Unsqueeze", "seen", graph.number(2), out="seen.wide")
    kept = graph.add("Mul", states, weights, out="kept")
    total = graph.add("ReduceSum", kept, graph.number(1), out="total", keepdims=0)
    count = graph.add("ReduceSum", weights, graph.number(1), out="count", keepdims=0)
    return graph.add("Div", total, count, out="pooled")


def focused(graph: Graph, head: Any, states: str) -> str:
    """What each label looks at: attention over the words of the text."""
    width = head.out.weight.shape[0]
    weights, value = _looks(graph, head, states, width // head.heads)
    seen = graph.add("MatMul", weights, value, out="focus.seen")
    seen = graph.add("Transpose", seen, out="focus.turned", perm=[0, 2, 1, 3])
    seen = graph.add("Reshape", seen, graph.number(0, 0, width), out="focus.whole")
    seen = graph.linear(seen, head.out.weight, head.out.bias, "focus.out")
    return graph.norm(seen, head.norm, "focused")


def _looks(graph: Graph, head: Any, states: str, size: int) -> tuple[str, str]:
    """The weights of the words by head, and the words' values."""
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
    return weights, value


def judged(graph: Graph, head: Any, focused: str) -> None:
    hidden = _compared(graph, head, focused)
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


def _compared(graph: Graph, head: Any, focused: str) -> str:
    """What a label looks at, beside the whole text and the label itself."""
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
    return graph.add("Gelu", hidden, out="judged")


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
