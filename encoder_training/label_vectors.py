"""The vectors of all that can be asked about, as the encoder reads it now."""

import random
from collections.abc import Mapping, Sequence

import torch
from tokenizers import Tokenizer
from torch import Tensor

from encoder_training.batches import text_tensors
from encoder_training.network import Network, pooled


class Labels:
    """Names in order, touchpoints first, each with the texts that tell what it is."""

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
        self.raw = torch.zeros(0)  # a row for each text

    @torch.no_grad()
    def refresh(self, network: Network) -> None:
        """Reads all texts again."""
        was = network.training
        network.eval()
        pieces, mask, _, _ = self._tensors
        with torch.autocast("cpu", torch.bfloat16):
            states = network.encoder(pieces, mask, None)
        self.put(pooled(states.float(), mask), network)
        network.train(was)

    @torch.no_grad()
    def put(self, raw: Tensor, network: Network) -> None:
        """Vectors read now or before; what they share is taken from touchpoints."""
        self.raw = raw
        network.common.copy_(self.means()[: self.built_in].mean(0))

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
        mixed = torch.zeros(count, self.raw.shape[1]).index_add_(
            0, owners, self.raw * shares[:, None]
        )
        return mixed / total[:, None]
