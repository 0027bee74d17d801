"""The training loop."""

import math
import random
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F  # noqa: N812
from tokenizers import Tokenizer
from torch import Tensor

from analysis.records import QuestionRole
from encoder_training.augmentation import changed, pairs
from encoder_training.batches import Batch, Weighing, batch_of, in_batches, text_tensors
from encoder_training.contrasts import contrasts
from encoder_training.examples import Example
from encoder_training.network import Network, pooled
from encoder_training.phrasebook import opinions

_REFRESH = 40  # steps after which the labels are read anew
_SHOW = 50


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train; the figures that a run may change."""

    seed: int = 20261128
    epochs: int = 3
    pieces: int = 1_000  # in a batch
    rate: float = 1.5e-4
    head_rate: float = 6e-4
    warm_up: float = 0.06
    span: float = 0.1
    answer_weight: float = 2.0
    category_weight: float = 0.15  # of a review's own category, beside touchpoints
    answer_rounds: int = 3
    joined: float = 0.3
    contrasts: int = 2_500  # in each epoch
    opinions: int = 2_500
    dropout: float = 0.1
    smoothing: float = 0.0  # of the polarity
    review_share: float = 0.5  # of the reviews, in each epoch
    frozen: int = 3  # layers from below that stay as published
    minutes: float = 35.0  # after which a run ends, whatever is left of its rounds


class Labels:
    """The vectors of all that can be asked about, as the encoder reads it now."""

    def __init__(
        self, texts: Mapping[str, Sequence[str]], tokenizer: Tokenizer, built_in: int
    ) -> None:
        self.names = {name: row for row, name in enumerate(texts)}
        self.built_in = built_in
        self._owners = [
            self.names[name] for name, variants in texts.items() for _ in variants
        ]
        self._full = torch.tensor(
            [
                float(place < 2 or len(variants) <= 2)  # noqa: PLR2004
                for variants in texts.values()
                for place in range(len(variants))
            ]
        )
        flat = [text for variants in texts.values() for text in variants]
        self._tensors = text_tensors(flat, [None] * len(flat), tokenizer)
        self._raw = torch.zeros(0)

    @torch.no_grad()
    def refresh(self, network: Network) -> None:
        """Reads all texts again; what they have in common is taken from touchpoints."""
        was = network.training
        network.eval()
        pieces, mask, _, _ = self._tensors
        with torch.autocast("cpu", torch.bfloat16):
            states = network.encoder(pieces, mask, None)
        self._raw = pooled(states.float(), mask)
        network.common.copy_(self.means()[: self.built_in].mean(0))
        network.train(was)

    def means(self) -> Tensor:
        return self._mixed(self._full)

    def varied(self, chance: random.Random) -> Tensor:
        """Each label by its full descriptions or, as often, by any of its texts."""
        if chance.random() < 0.5:  # noqa: PLR2004
            return self.means()
        shares = torch.tensor([chance.random() ** 3 for _ in self._owners])
        return self._mixed(shares + 1e-4)

    def _mixed(self, shares: Tensor) -> Tensor:
        owners = torch.tensor(self._owners)
        count = len(self.names)
        total = torch.zeros(count).index_add_(0, owners, shares)
        mixed = torch.zeros(count, self._raw.shape[1]).index_add_(
            0, owners, self._raw * shares[:, None]
        )
        return mixed / total[:, None]


def losses(network: Network, batch: Batch, labels: Tensor, plan: Plan) -> Tensor:
    with torch.autocast("cpu", torch.bfloat16):
        states = network.encoder(batch.pieces, batch.mask, batch.roles)
        spoken, polarity, weights = network.head(
            states, batch.mask, network.label_vectors(labels), batch.asked
        )
    count = len(batch.examples)
    named = F.binary_cross_entropy_with_logits(
        spoken.float(), batch.spoken, batch.weights, reduction="sum"
    )
    signs = F.cross_entropy(
        polarity.float(),
        batch.polarity,
        reduction="none",
        label_smoothing=plan.smoothing,
    )
    signs = (signs * batch.polarity_weights * (batch.polarity >= 0)).sum()
    return (named + signs + plan.span * _span_loss(batch, weights)) / count


def _span_loss(batch: Batch, weights: Tensor) -> Tensor:
    marked = batch.spans.any(1)
    texts, places = batch.asked[marked].unbind(1)
    seen = (weights[texts, places] * batch.spans[marked]).sum(1)
    return -(seen.clamp(min=1e-4).log()).sum()


def epoch_of(
    answers: Sequence[Example],
    clauses: Sequence[Example],
    reviews: Sequence[Example],
    plan: Plan,
    chance: random.Random,
) -> list[Example]:
    """What one round of training reads."""
    chosen = [e for e in reviews if chance.random() < plan.review_share]
    chosen = [_open(e, chance) for e in chosen]
    for _ in range(plan.answer_rounds):
        chosen.extend(answers)
        chosen.extend(pairs(answers, plan.joined, chance))
    chosen.extend(clauses)
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


def optimiser_of(network: Network, plan: Plan) -> torch.optim.AdamW:
    own = [p for p in network.head.parameters() if p.requires_grad]
    base = [p for p in network.encoder.parameters() if p.requires_grad]
    return torch.optim.AdamW(
        [{"params": base, "lr": plan.rate}, {"params": own, "lr": plan.head_rate}],
        weight_decay=0.01,
        fused=True,
    )


def share_of_rate(step: float, plan: Plan) -> float:
    """The learning rate's course: up over the first steps, then down to nothing."""
    if step < plan.warm_up:
        return step / plan.warm_up
    return max(0.0, (1 - step) / (1 - plan.warm_up))


def fit(
    network: Network,
    labels: Labels,
    tokenizer: Tokenizer,
    material: tuple[Sequence[Example], Sequence[Example], Sequence[Example]],
    plan: Plan,
) -> None:
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)  # noqa: S311  (nothing secret)
    network.encoder.freeze(plan.frozen)
    network.encoder.dropout = network.head.dropout = plan.dropout
    weighing = Weighing({"answers": plan.answer_weight}, plan.category_weight)
    optimiser = optimiser_of(network, plan)
    batches = [
        batch
        for _ in range(plan.epochs)
        for batch in in_batches(
            epoch_of(*material, plan, chance), tokenizer, plan.pieces, chance
        )
    ]
    started, shown = time.monotonic(), []
    network.train()
    for step, examples in enumerate(batches):
        if step % _REFRESH == 0:
            labels.refresh(network)
        done = max((step + 0.5) / len(batches), _minutes(started) / plan.minutes)
        if done >= 1:
            break
        share = share_of_rate(done, plan)
        for group, rate in zip(
            optimiser.param_groups, (plan.rate, plan.head_rate), strict=True
        ):
            group["lr"] = rate * share
        batch = batch_of(examples, tokenizer, labels.names, labels.built_in, weighing)
        loss = losses(network, batch, labels.varied(chance), plan)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        shown.append(loss.item())
        if step % _SHOW == _SHOW - 1:
            _show(step + 1, len(batches), shown, started)
            shown.clear()
    network.eval()
    labels.refresh(network)


def _minutes(started: float) -> float:
    return (time.monotonic() - started) / 60


def _show(step: int, steps: int, shown: Sequence[float], started: float) -> None:
    mean = math.fsum(shown) / len(shown)
    seconds = time.monotonic() - started
    sys.stderr.write(f"{step}/{steps}  loss {mean:.3f}  {seconds:.0f} s\n")
    sys.stderr.flush()
