"""The training loop of one round, which can be left and gone on with."""

import math
import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from encoder_training.batches import Batch, Weighing, batch_of
from encoder_training.examples import Example
from encoder_training.learner import Learner
from encoder_training.material import Material
from encoder_training.mix import batches_of, digest_of
from encoder_training.needs import CannotTrainError
from encoder_training.network import Network
from encoder_training.plans import Plan

_REFRESH = 40  # steps after which the labels are read anew
_SHOW = 50

Keep = Callable[[Mapping[str, Any]], None]


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


def optimiser_of(network: Network, plan: Plan) -> torch.optim.AdamW:
    own = [p for p in network.head.parameters() if p.requires_grad]
    base = [p for p in network.encoder.parameters() if p.requires_grad]
    return torch.optim.AdamW(
        [{"params": base, "lr": plan.rate}, {"params": own, "lr": plan.head_rate}],
        weight_decay=0.01,
        fused=True,
    )


def share_of_rate(done: float, plan: Plan) -> float:
    """The learning rate's course: up over the first steps, then down to nothing."""
    if done < plan.warm_up:
        return done / plan.warm_up
    return max(0.0, (1 - done) / (1 - plan.warm_up))


@dataclass(slots=True)
class Round:
    """One round of training: what it reads, and how far it is."""

    learner: Learner
    plan: Plan
    batches: Sequence[Sequence[Example]]
    chance: random.Random
    optimiser: torch.optim.AdamW
    step: int = 0
    seconds: float = 0.0
    shown: list[float] = field(default_factory=list)

    def run(self, keep: Keep, every: float) -> None:
        """Trains to the end; ``keep`` is given the state after so many minutes."""
        network = self.learner.network.train()
        kept = time.monotonic()
        started = kept - self.seconds
        while (done := self.done()) < 1:
            self._learn(self.batches[self.step], done)
            self.step += 1
            self.seconds = time.monotonic() - started
            self._show()
            if time.monotonic() - kept >= every * 60:
                keep(self.state())
                kept = time.monotonic()
        network.eval()
        self.learner.labels.refresh(network)

    def done(self) -> float:
        """The share of the round that is over, by steps or by time."""
        steps = (self.step + 0.5) / len(self.batches)
        return max(steps, self.seconds / 60 / self.plan.minutes)

    def _learn(self, examples: Sequence[Example], done: float) -> None:
        learner, plan = self.learner, self.plan
        labels, network = learner.labels, learner.network
        if self.step % _REFRESH == 0:
            labels.refresh(network)
        share = share_of_rate(done, plan)
        for group, rate in zip(
            self.optimiser.param_groups, (plan.rate, plan.head_rate), strict=True
        ):
            group["lr"] = rate * share
        weighing = Weighing({"answers": plan.answer_weight}, plan.category_weight)
        batch = batch_of(
            examples, learner.tokenizer, labels.names, labels.built_in, weighing
        )
        loss = losses(network, batch, labels.varied(self.chance), plan)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        self.optimiser.step()
        self.shown.append(loss.item())

    def _show(self) -> None:
        if self.step % _SHOW:
            return
        mean = math.fsum(self.shown) / max(1, len(self.shown))
        at = f"{self.step}/{len(self.batches)}"
        sys.stderr.write(f"{at}  loss {mean:.3f}  {self.seconds:.0f} s\n")
        sys.stderr.flush()
        self.shown.clear()

    def state(self) -> dict[str, Any]:
        """All that it takes to go on as if nothing had happened."""
        return {
            "step": self.step,
            "seconds": self.seconds,
            "reads": digest_of(self.batches),
            "chance": self.chance.getstate(),
            "noise": torch.get_rng_state(),
            "optimiser": self.optimiser.state_dict(),
            "raw": self.learner.labels.raw,
        }

    def go_on_from(self, state: Mapping[str, Any]) -> None:
        """Raises CannotTrainError if the round would read other texts than before."""
        if state["reads"] != digest_of(self.batches):
            raise CannotTrainError(
                "The texts are not those that the interrupted run was reading. Give it"
                " the same folders, or begin a new run from its weights with --anew."
            )
        self.step, self.seconds = state["step"], state["seconds"]
        version, numbers, gauss = state["chance"]
        self.chance.setstate((version, tuple(numbers), gauss))
        torch.set_rng_state(state["noise"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.learner.labels.put(state["raw"], self.learner.network)


def round_of(learner: Learner, material: Material, plan: Plan) -> Round:
    """A round about to begin."""
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)  # noqa: S311  (nothing secret)
    network = learner.network
    network.encoder.freeze(plan.frozen)
    network.encoder.dropout = network.head.dropout = plan.dropout
    batches = batches_of(material, learner.tokenizer, plan, chance)
    if not batches:
        raise CannotTrainError("There is nothing to train on: no text came through.")
    return Round(learner, plan, batches, chance, optimiser_of(network, plan))
