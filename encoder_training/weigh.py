"""The stage weigh: fits how far rules and encoder are trusted, on texts held out."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis.encoder import OVERALL
from analysis.labelled import LabelledText, read_held_out
from analysis.lessons import Taught
from analysis.pipeline import Recipe, build_pipeline
from analysis.trained_encoder import TrainedEncoder
from analysis.weighing import written
from analysis.weighing_training import fit_weights
from encoder_training.needs import CannotTrainError
from encoder_training.options import Sources

_FILES = (
    "mabsa_nl_phone",
    "mabsa_nl_hotel",
    "mabsa_nl_restaurant",
    "mabsa_en_phone",
    "mabsa_en_hotel",
    "opener_nl_hotel",
)


def weigh(folder: Path, sources: Sources, target: Path) -> int:
    """Writes the weights, and tells on how many texts they rest."""
    encoder = TrainedEncoder(folder)
    touchpoints = frozenset(encoder.heads.labels) - {OVERALL}
    texts = list(held_out(sources, touchpoints))
    try:
        weights = fit_weights(texts, build_pipeline(Recipe(fast=True)), encoder)
    except ValueError as error:
        raise CannotTrainError(
            f"There are no weights to fit: {error}. Of every source one text in eight"
            " is held out for this: give more labelled answers."
        ) from error
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(written(weights), "utf-8")
    return len(texts)


def held_out(sources: Sources, touchpoints: frozenset[str]) -> Iterator[Taught]:
    """Texts that the encoder did not train on, with what their labels tell about.

    An answer was read for every touchpoint; a review for those of its source.
    """
    for path in sorted(sources.answers.glob("*.tsv")):
        yield from _taught(read_held_out(path), touchpoints)
    if sources.reviews is None:
        return
    for name in _FILES:
        texts = read_held_out(sources.reviews / f"{name}.jsonl")
        named = {touchpoint for one in texts for touchpoint, _ in one.labels}
        yield from _taught(texts, touchpoints & named)


def _taught(texts: Sequence[LabelledText], known: frozenset[str]) -> Iterator[Taught]:
    return (Taught(one.text, one.labels, known) for one in texts)
