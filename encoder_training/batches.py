"""Examples as tensors."""

from collections.abc import Mapping, Sequence
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
    rows, spoken, weights, polarity, opinion, spans = [], [], [], [], [], []
    for at, example in enumerate(examples):
        group = weighing.groups.get(example.group, 1.0)
        for name, row in labels.items():
            named = name in example.labels
            known = named or name in example.asked
            if not known and row >= built_in:
                continue
            share = 1.0 if row < built_in else weighing.category
            rows.append((at, row))
            spoken.append(float(named))
            weights.append(group * share * (1.0 if known else weighing.unlabelled))
            polarity.append(example.labels.get(name, -100))
            opinion.append(group * (1.0 if row <= built_in else 0.5))
            spans.append(
                [
                    any(start < end_ and end > start_ for start_, end_ in found)
                    for start, end in offsets[at]
                ]
                if (found := example.spans.get(name, ()))
                else []
            )
    marked = torch.zeros((len(rows), pieces.shape[1]), dtype=torch.bool)
    for row, flags in enumerate(spans):
        if flags:
            marked[row, : len(flags)] = torch.tensor(flags)
    return Batch(
        pieces=pieces,
        mask=mask,
        roles=roles,
        asked=torch.tensor(rows),
        spoken=torch.tensor(spoken),
        weights=torch.tensor(weights),
        polarity=torch.tensor(polarity),
        polarity_weights=torch.tensor(opinion),
        spans=marked,
        examples=examples,
    )
