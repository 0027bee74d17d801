"""What a round of training reads: the mix of each epoch, cut into batches."""

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tokenizers import Tokenizer

from analysis.records import QuestionRole
from encoder_training.augmentation import changed, pairs
from encoder_training.contrasts import contrasts
from encoder_training.examples import Example
from encoder_training.material import Material
from encoder_training.phrasebook import opinions
from encoder_training.plans import Plan

LONGEST = 128  # pieces; what follows is not read in training


def batches_of(
    material: Material, tokenizer: Tokenizer, plan: Plan, chance: random.Random
) -> list[list[Example]]:
    """All batches of a round, in order."""
    return [
        batch
        for _ in range(plan.epochs)
        for batch in in_batches(
            epoch_of(material, plan, chance), tokenizer, plan.pieces, chance
        )
    ]


def epoch_of(material: Material, plan: Plan, chance: random.Random) -> list[Example]:
    """The examples of one epoch, changed a little as people would."""
    others = [*material.reviews, *material.patients]
    chosen = [e for e in others if chance.random() < plan.review_share]
    chosen = [_open(e, chance) for e in chosen]
    for _ in range(plan.answer_rounds):
        chosen.extend(material.answers)
        chosen.extend(pairs(material.answers, plan.joined, chance))
    chosen.extend(material.clauses)
    chosen.extend(contrasts(plan.contrasts, chance))
    chosen.extend(opinions(plan.opinions, chance))
    return [changed(e, chance) for e in chosen]


def _open(example: Example, chance: random.Random) -> Example:
    """Reviews are given without a question, too."""
    draw = chance.random()
    if draw < 0.3:  # noqa: PLR2004
        return replace(example, role=None)
    if draw < 0.4:  # noqa: PLR2004
        return replace(example, role=QuestionRole.INTERVIEW)
    return example


def in_batches(
    examples: Sequence[Example], tokenizer: Tokenizer, limit: int, chance: random.Random
) -> Iterator[list[Example]]:
    """Batches of about ``limit`` pieces, each of texts of about the same length."""
    lengths = [
        min(LONGEST, len(one.ids))
        for one in tokenizer.encode_batch([e.text for e in examples])
    ]
    order = sorted(
        range(len(examples)), key=lambda at: (lengths[at] + chance.randint(0, 4), at)
    )
    batches: list[list[Example]] = []
    batch: list[Example] = []
    longest = 0
    for at in order:
        longest = max(longest, lengths[at])
        if batch and longest * (len(batch) + 1) > limit:
            batches.append(batch)
            batch, longest = [], lengths[at]
        batch.append(examples[at])
    if batch:
        batches.append(batch)
    chance.shuffle(batches)
    yield from batches


def digest_of(batches: Iterable[Sequence[Example]]) -> str:
    """Names what a round reads, so that a run goes on with the same texts only."""
    digest = hashlib.sha256()
    for batch in batches:
        for example in batch:
            digest.update(f"{example.text}\0{sorted(example.labels)}\0".encode())
    return digest.hexdigest()
