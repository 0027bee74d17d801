"""Examples as tensors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from analysis.records import QuestionRole
from analysis.trained_encoder import ROLES
from encoder_training.examples import Example
from encoder_training.mix import LONGEST
from encoder_training.vocabulary import PADDING

_ROLE_ROWS = {role: row for row, role in enumerate(ROLES)}


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts, and the pairs (text, label) asked of them with what is right."""

    pieces: Tensor
    mask: Tensor
    roles: Tensor
    asked: Tensor  # rows of (text, label)
    spoken: Tensor  # by pair: whether the text speaks of the label
    weights: Tensor  # by pair, of that judgement
    polarity: Tensor  # by pair, -100 where there is none
    polarity_weights: Tensor
    spans: Tensor  # by pair and piece: whether the piece carries the label
    examples: Sequence[Example]


@dataclass(frozen=True, slots=True)
class Weighing:
    """How much the kinds of judgement count."""

    groups: Mapping[str, float]
    category: float = 0.3  # of a source's own category, beside a touchpoint
    unlabelled: float = 0.15  # that reviews do not name what nobody looked for


def text_tensors(
    texts: Sequence[str], roles: Sequence[QuestionRole | None], tokenizer: Tokenizer
) -> tuple[Tensor, Tensor, Tensor, list[list[tuple[int, int]]]]:
    encodings = tokenizer.encode_batch(list(texts))
    length = min(LONGEST, max(len(one.ids) for one in encodings))
    pieces = torch.full((len(texts), length), PADDING)
    mask = torch.zeros((len(texts), length), dtype=torch.bool)
    for row, one in enumerate(encodings):
        ids = one.ids[:length]
        pieces[row, : len(ids)] = torch.tensor(ids)
        mask[row, : len(ids)] = True
    rows = torch.tensor([_ROLE_ROWS[role] for role in roles])
    return pieces, mask, rows, [one.offsets[:length] for one in encodings]


@dataclass(frozen=True, slots=True)
class _Pair:
    """One label asked of one text."""

    asked: tuple[int, int]  # the text's place in the batch, the label's row
    spoken: float
    weight: float
    polarity: int
    polarity_weight: float
    spans: Sequence[bool]  # by piece; empty where no words are marked


def batch_of(
    examples: Sequence[Example],
    tokenizer: Tokenizer,
    labels: Mapping[str, int],
    built_in: int,
    weighing: Weighing,
) -> Batch:
    pieces, mask, roles, offsets = text_tensors(
        [e.text for e in examples], [e.role for e in examples], tokenizer
    )
    pairs = [
        pair
        for at, example in enumerate(examples)
        for pair in _pairs(example, at, offsets[at], labels, (built_in, weighing))
    ]
    return Batch(
        pieces=pieces,
        mask=mask,
        roles=roles,
        asked=torch.tensor([pair.asked for pair in pairs]),
        spoken=torch.tensor([pair.spoken for pair in pairs]),
        weights=torch.tensor([pair.weight for pair in pairs]),
        polarity=torch.tensor([pair.polarity for pair in pairs]),
        polarity_weights=torch.tensor([pair.polarity_weight for pair in pairs]),
        spans=_marked(pairs, pieces.shape[1]),
        examples=examples,
    )


def _pairs(
    example: Example,
    at: int,
    offsets: Sequence[tuple[int, int]],
    labels: Mapping[str, int],
    how: tuple[int, Weighing],
) -> Iterator[_Pair]:
    """Of touchpoints all, of other labels those that somebody looked for."""
    built_in, weighing = how
    group = weighing.groups.get(example.group, 1.0)
    for name, row in labels.items():
        named = name in example.labels
        known = named or name in example.asked
        if not known and row >= built_in:
            continue
        share = 1.0 if row < built_in else weighing.category
        yield _Pair(
            asked=(at, row),
            spoken=float(named),
            weight=group * share * (1.0 if known else weighing.unlabelled),
            polarity=example.labels.get(name, -100),
            polarity_weight=group * (1.0 if row <= built_in else 0.5),
            spans=_carriers(example.spans.get(name, ()), offsets),
        )


def _carriers(
    spans: Sequence[tuple[int, int]], offsets: Sequence[tuple[int, int]]
) -> list[bool]:
    """By piece, whether it lies in one of the spans; empty without spans."""
    if not spans:
        return []
    return [
        any(start < last and end > first for first, last in spans)
        for start, end in offsets
    ]


def _marked(pairs: Sequence[_Pair], length: int) -> Tensor:
    marked = torch.zeros((len(pairs), length), dtype=torch.bool)
    for row, pair in enumerate(pairs):
        if pair.spans:
            marked[row, : len(pair.spans)] = torch.tensor(pair.spans)
    return marked
